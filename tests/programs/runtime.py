"""Real TensorFlow, prepared once, in which a program runs and is watched.

Nothing of what is watched is disturbed: the recorder looks at Keras' own border (the functions that
hand out the session, put values in, initialise) and asks for no session itself.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import functools
import gc
import os
import sys
import tempfile
import types
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ["TF_NUM_INTEROP_THREADS"] = "1"  # a session starts its threads anew in every child
os.environ["TF_NUM_INTRAOP_THREADS"] = "1"

import numpy as np
import tensorflow
from tensorflow.python.client import session as session_module
from tensorflow.python.framework import ops, stack
from tf_keras.src import backend
from tf_keras.src.engine import (
    base_layer,
    base_layer_v1,
    training,
    training_utils_v1,
    training_v1,
)
from tf_keras.src.engine.input_layer import InputLayer
from tf_keras.src.metrics.base_metric import Metric

from tests.programs.trace import Chain, Event, Frame, Living, Replay
from tests.programs.verdict import Run

V1 = tensorflow.compat.v1
V1.disable_eager_execution()
V1.logging.set_verbosity("FATAL")
KERAS = V1.keras
PROGRAM = "program.py"
MAX_DECISIONS = 12
A_NAME_NEVER_SET = "a name never set"

# A model adds up three weights. What is given is another value each time, whatever the program
# says, so that no two sessions hold the same by chance.
INITIAL = 1.0
GIVEN = 5.0


class Stop(Exception):
    """What a program's flags throw at the boundaries of a `try` body."""


class LeftOut(BaseException):
    """The run can't be judged."""


class Recorder:
    """What is seen of one run."""

    def __init__(self, decisions: Sequence[int]) -> None:
        self.run = Run()
        self.decisions = decisions
        self.numbers: dict[int, int] = {}
        self.kept: list[Any] = []  # what has a number stays alive, so that its id stays its own
        self.models: dict[int, Any] = {}
        self.sessions: dict[int, Any] = {}
        self.graphs: dict[int, Any] = {}  # in which a layer or model was made
        self.expected: dict[int, float] = {}
        self.given = GIVEN
        self.initializers: dict[int, frozenset[int]] = {}
        self.in_keras = 0
        self.using: Any = None  # the model whose method runs
        self.returned: Any = None
        self.watched = 0  # functions of Keras, one in another, whose failure is seen
        self.cleared: set[Any] = set()  # graphs
        self.quiet = 0

    def number(self, thing: Any) -> int:
        """A number for an object, the same for the same object."""
        if id(thing) not in self.numbers:
            self.kept.append(thing)
            self.numbers[id(thing)] = len(self.kept)
        return self.numbers[id(thing)]

    def chain(self) -> Chain:
        """The functions of the program that run now, outermost first."""
        frames = []
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None:
            name = frame.f_code.co_name
            if frame.f_code.co_filename == PROGRAM and name not in ("<listcomp>", "<genexpr>"):
                this = frame.f_locals.get("self")
                instance = "" if this is None else type(this).__name__
                name = getattr(frame.f_code, "co_qualname", name)
                frames.append(Frame(name, frame.f_lineno, self.number(frame), instance))
            frame = frame.f_back
        return tuple(reversed(frames))

    def living(self, values: Iterable[Any]) -> tuple[Living, ...]:
        """The layers and models that values hold, also in the program's objects and containers."""
        found: dict[int, Any] = {}
        seen: set[int] = set()
        waiting = list(values)
        while waiting:
            value = waiting.pop()
            if id(value) in seen:
                continue
            seen.add(id(value))
            if isinstance(value, base_layer.Layer):
                if id(value) in self.numbers:
                    found[self.numbers[id(value)]] = value
                waiting += getattr(value, "layers", ())
            elif isinstance(value, dict):
                waiting += value.values()
            elif isinstance(value, (list, tuple)):
                waiting += value
            elif type(value).__module__ == "__main__":
                waiting += vars(value).values()
        return tuple(
            Living(number, self.number(graph_of(layer)), self.variables(layer))
            for number, layer in sorted(found.items())
        )

    def held(self) -> tuple[list[Any], list[Any]]:
        """What variables of the innermost running function hold, and those around it."""
        inner: list[Any] | None = None
        values: list[Any] = []
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == PROGRAM:
                names = frame.f_locals
                if inner is None:
                    inner = list(names.values())
                    values.append(names.get("self"))
                else:
                    values += names.values()
            frame = frame.f_back
        return inner or [], values

    def variables(self, layer: Any) -> frozenset[int]:
        """The numbers of the variables of a layer or model."""
        return frozenset(map(self.number, weights_of(layer)))

    def another(self, value: Any) -> Any:
        """A value to give instead of one, which no other has."""
        self.given += 1
        return np.full_like(value, self.given)

    def known(self) -> tuple[Living, ...]:
        """All models and their parts, with their variables, held or not."""
        return self.living(self.models.values())

    def event(self, kind: str, **details: Any) -> None:
        """Record an event."""
        if self.quiet:
            return
        chain = self.chain()
        graph = self.number(ops.get_default_graph())
        self.run.events.append(Event(kind, chain, graph, **details))

    def fail(self, reason: str) -> None:
        """TensorFlow fails; the program goes on, as if it had caught that."""
        model = self.using
        if model is None:
            self.event("fail", name=reason)
        else:
            self.about("fail", model, name=reason)

    def about(self, kind: str, model: Any, **details: Any) -> None:
        """Record an event of a model."""
        number, variables = self.number(model), self.variables(model)
        self.event(kind, model=number, variables=variables, living=self.living([model]), **details)

    def leave_out(self, reason: str) -> None:
        """Give the run up."""
        self.run.left_out = self.run.left_out or reason
        raise LeftOut(reason)

    def decide(self, arity: int = 2) -> int:
        """The next flag of the program."""
        taken = self.run.decisions
        if len(taken) >= MAX_DECISIONS:
            self.leave_out("too many flags")
        choice = self.decisions[len(taken)] if len(taken) < len(self.decisions) else 0
        taken.append(choice)
        return choice


recorder: Recorder


def _error(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:200]}"


def _global_graph_entered() -> bool:
    return not ops._default_graph_stack.is_cleared()


def _variables(graph: Any) -> list[Any]:
    return list(backend._GRAPH_VARIABLES.get(graph, ()))


def graph_of(layer: Any) -> Any:
    """The graph in which a layer or model was made."""
    return recorder.graphs[recorder.number(layer)]


def weights_of(model: Any) -> list[Any]:
    """The variables of a layer or model, none while it isn't built."""
    try:
        return list(model.weights)
    except ValueError:
        return []


# --- sessions ---------------------------------------------------------------------------------


def _wrap(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    setattr(owner, name, make(getattr(owner, name)))


# Most of a run's time would go to making graphs of three nodes faster.
_QUICK = V1.ConfigProto(inter_op_parallelism_threads=-1, intra_op_parallelism_threads=1)
_QUICK.graph_options.rewrite_options.disable_meta_optimizer = True
_QUICK.graph_options.optimizer_options.opt_level = V1.OptimizerOptions.L0


def _session_init(original: Any) -> Any:
    def __init__(self: Any, target: str, graph: Any = None, config: Any = None) -> None:
        original(self, target, graph, _QUICK)
        number = recorder.number(self)
        recorder.sessions[number] = self
        recorder.event(
            "session",
            session=number,
            session_graph=recorder.number(self.graph),
            by_keras=recorder.in_keras > 0,
        )

    return __init__


class _Entering:
    """Records a session's block."""

    def __init__(self, session: Any, manager: Any) -> None:
        self.session = session
        self.manager = manager

    def __enter__(self) -> Any:
        recorder.event("enter", session=recorder.number(self.session))
        return self.manager.__enter__()

    def __exit__(self, *exc: Any) -> Any:
        recorder.event("exit", session=recorder.number(self.session))
        return self.manager.__exit__(*exc)


def _session_close(original: Any) -> Any:
    def close(self: Any) -> None:
        if recorder.sessions.get(recorder.numbers.get(id(self), 0)) is not self:
            # One of an earlier run, which Python frees only now.
            original(self)
            return
        recorder.event("close", session=recorder.number(self))
        original(self)

    return close


def _session_run(original: Any) -> Any:
    def run(self: Any, fetches: Any, *args: Any, **kwargs: Any) -> Any:
        found = [
            recorder.initializers[id(fetch)]
            for fetch in tensorflow.nest.flatten(fetches)
            if id(fetch) in recorder.initializers
        ]
        try:
            result = original(self, fetches, *args, **kwargs)
        except (tensorflow.errors.OpError, RuntimeError, TypeError, ValueError) as error:
            if not recorder.quiet and not recorder.watched:
                recorder.leave_out(f"a program's own run: {type(error).__name__}")
            raise
        if found:
            variables = frozenset().union(*found)
            known = frozenset(map(recorder.number, _variables(self.graph)))
            recorder.event(
                "initialize", session=recorder.number(self), variables=variables, fresh=known
            )
        return result

    return run


def set_session(session: Any) -> None:
    if session is None:
        recorder.event("unregister")
    else:
        recorder.event("register", session=recorder.number(session))
    KERAS_SET_SESSION(session)


def _get_session_inner(original: Any) -> Any:
    def _get_session(*args: Any, **kwargs: Any) -> Any:
        recorder.in_keras += 1
        try:
            return original(*args, **kwargs)
        finally:
            recorder.in_keras -= 1

    return _get_session


def _get_session_outer(original: Any) -> Any:
    def get_session(op_input_list: Any = ()) -> Any:
        session = backend._get_session(op_input_list)
        variables = _variables(session.graph)
        fresh = [v for v in variables if not getattr(v, "_keras_initialized", False)]
        recorder.event(
            "access",
            session=recorder.number(session),
            variables=frozenset(map(recorder.number, variables)),
            fresh=frozenset(map(recorder.number, fresh)),
            by_keras=recorder.watched > 0,
        )
        return original(op_input_list)

    return get_session


def clear_session() -> None:
    if V1.get_default_session() is not None or _global_graph_entered():
        recorder.leave_out("cleared inside a block")
    recorder.cleared.add(ops.get_default_graph())
    recorder.event("clear", name="clear_session", living=recorder.known())
    with _quietly():
        KERAS_CLEAR_SESSION()


def reset_default_graph() -> None:
    if V1.get_default_session() is not None or _global_graph_entered():
        recorder.leave_out("cleared inside a block")
    recorder.cleared.add(ops.get_default_graph())
    recorder.event("clear", name="reset_default_graph", living=recorder.known())
    V1.reset_default_graph()


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    recorder.quiet += 1
    try:
        yield
    finally:
        recorder.quiet -= 1


# --- initializers -------------------------------------------------------------------------------


def _initializer(variables: Sequence[Any], op: Any) -> Any:
    recorder.kept.append(op)
    recorder.initializers[id(op)] = frozenset(map(recorder.number, variables))
    return op


def global_variables_initializer() -> Any:
    return _initializer(V1.global_variables(), V1.global_variables_initializer())


def variables_initializer(var_list: Sequence[Any], name: str = "init") -> Any:
    return _initializer(var_list, V1.variables_initializer(var_list, name))


# --- Keras objects ------------------------------------------------------------------------------


def _layer_init(original: Any) -> Any:
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        if id(self) not in recorder.numbers and not isinstance(self, Metric):
            number = recorder.number(self)
            recorder.graphs[number] = ops.get_default_graph()
            if isinstance(self, training.Model):
                recorder.models[number] = self
            name = "weightless" if isinstance(self, WEIGHTLESS) else "layer"
            recorder.event("build", model=number, name=name)
        original(self, *args, **kwargs)

    return __init__


def _guarded(original: Any) -> Any:
    """A function of Keras that may fail; the program goes on without it."""

    @functools.wraps(original)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        recorder.watched += 1
        try:
            return original(*args, **kwargs)
        except Exception as error:
            if recorder.watched > 1:
                raise
            recorder.fail(_error(error))
            return None
        finally:
            recorder.watched -= 1

    return guarded


def _model_method(original: Any) -> Any:
    name = original.__name__
    gives = name in ("set_weights", "load_weights")
    trains = name in ("fit", "train_on_batch")

    def work(self: Any, *args: Any, **kwargs: Any) -> Any:
        if trains or name == "evaluate":
            _check_in_use(self)
        result = original(self, *args, **kwargs)
        if name.startswith("predict"):
            check(self, result)
        if trains:
            recorder.about("give", self)
            session = backend._get_session()
            for weight in weights_of(self):
                recorder.expected[recorder.number(weight)] = _value(session, weight)
        return result

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        if recorder.using is not None or not isinstance(self, training.Model):
            return original(self, *args, **kwargs)
        if not weights_of(self):
            recorder.leave_out("a model without layers")
        if not _of_this_graph(weights_of(self)):
            return None
        recorder.using = self
        try:
            if not gives:
                recorder.about("use", self, name=name)
            return _guarded(work)(self, *args, **kwargs)
        finally:
            recorder.using = None

    method.__name__ = name
    return method


def _of_this_graph(weights: Sequence[Any]) -> bool:
    """Whether no other graph is the default; what was cleared is not used any more."""
    for weight in weights:
        if weight.graph in recorder.cleared:
            return False
        if weight.graph is not ops.get_default_graph():
            recorder.leave_out("a model of another graph")
    return True


def _value(session: Any, weight: Any) -> float:
    with _quietly():
        return float(np.ravel(session.run(weight))[-1])


def check(model: Any, prediction: Any) -> None:
    """Compare what a model predicts with what its weights give."""
    values = [recorder.expected.get(recorder.number(w), INITIAL) for w in weights_of(model)]
    expected = 3 * values[0]
    predicted = float(np.sum(prediction))
    if abs(predicted - expected) > 0.01:
        recorder.fail(f"predicts {predicted:g}, not {expected:g}")


def _check_in_use(model: Any) -> None:
    """Compare what a model will work with, if anything, with what its weights are."""
    session = V1.get_default_session() or backend._SESSION.session
    for weight in weights_of(model):
        if session is not None and session.graph is weight.graph:
            with contextlib.suppress(tensorflow.errors.OpError, RuntimeError):
                _check_read(weight, _value(session, weight))


def _batch_set_value(original: Any) -> Any:
    def batch_set_value(tuples: Any) -> None:
        if not tuples:
            return
        tuples = [(variable, recorder.another(value)) for variable, value in tuples]
        original(tuples)
        numbers = frozenset(recorder.number(variable) for variable, _ in tuples)
        for variable, value in tuples:
            recorder.expected[recorder.number(variable)] = float(np.ravel(value)[-1])
        recorder.event("give", variables=numbers)

    return _guarded(batch_set_value)


def _of_a_weight(original: Any) -> Any:
    """A function of the backend that reads or sets one weight of a model."""

    def guarded(x: Any, *value: Any) -> Any:
        if not _of_this_graph([x]):
            return None
        models = [m for m in recorder.models.values() if any(w is x for w in weights_of(m))]
        recorder.using = models[0] if models else None
        try:
            if not value and models:
                recorder.about("use", models[0], name="get_value")
            return _guarded(original)(x, *value)
        finally:
            recorder.using = None

    return guarded


def set_value(x: Any, value: Any) -> None:
    value = recorder.another(value)
    backend.set_value(x, value)
    recorder.expected[recorder.number(x)] = float(np.ravel(value)[-1])
    recorder.event("give", variables=frozenset({recorder.number(x)}))


def _read_value(original: Any) -> Any:
    def read(x: Any) -> Any:
        value = original(x)
        _check_read(x, value)
        return value

    return read


def _batch_get_value(original: Any) -> Any:
    def batch_get_value(tensors: Any) -> Any:
        values = original(tensors)
        for variable, value in zip(tensors, values):
            _check_read(variable, value)
        return values

    return batch_get_value


def _check_read(variable: Any, value: Any) -> None:
    """Compare what is read with what was given last."""
    expected = recorder.expected.get(recorder.number(variable), INITIAL)
    read = float(np.ravel(value)[-1])
    if abs(read - expected) > 0.01:
        recorder.fail(f"reads {read:g}, not {expected:g}")


WEIGHTLESS = (
    InputLayer,
    KERAS.layers.Activation,
    KERAS.layers.Dropout,
    KERAS.layers.Flatten,
    KERAS.layers.Lambda,
)
METHODS = (
    "predict",
    "predict_on_batch",
    "fit",
    "train_on_batch",
    "evaluate",
    "get_weights",
    "set_weights",
    "load_weights",
    "save_weights",
    "save",
)


KERAS_SET_SESSION = backend.set_session
KERAS_CLEAR_SESSION = backend.clear_session


def _watch() -> None:
    training_utils_v1.get_copy_pool = lambda: None  # threads that only large arrays need
    base = session_module.BaseSession
    _wrap(base, "__init__", _session_init)
    as_default = base.as_default
    base.as_default = lambda self: _Entering(self, as_default(self))
    _wrap(base, "close", _session_close)
    _wrap(base, "run", _session_run)
    _wrap(backend, "_get_session", _get_session_inner)
    _wrap(backend, "get_session", _get_session_outer)
    _wrap(backend, "batch_set_value", _batch_set_value)
    _wrap(backend, "batch_get_value", _batch_get_value)
    for layer in (base_layer.Layer, base_layer_v1.Layer):
        _wrap(layer, "__init__", _layer_init)
    for owner in (training.Model, training_v1.Model, base_layer.Layer, base_layer_v1.Layer):
        for name in METHODS:
            if name in vars(owner):
                _wrap(owner, name, _model_method)


def _reset() -> None:
    """Forget an earlier run."""
    stack._default_session_stack.stack = []
    ops._default_graph_stack.stack = []
    V1.reset_default_graph()
    backend.reset_uids()
    backend._SESSION.session = None
    backend._GRAPH.graph = None


# --- the modules that a program imports -----------------------------------------------------------


def _module(name: str, source: Any, **names: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    for public in dir(source):
        if not public.startswith("_"):
            with contextlib.suppress(AttributeError, ImportError):
                setattr(module, public, getattr(source, public))
    vars(module).update(names)
    return module


def _modules(scratch: str) -> dict[str, types.ModuleType]:
    """The modules by their names, as old and new TensorFlow have them, in one TensorFlow."""
    client = _module(
        "session",
        None,
        Session=V1.Session,
        InteractiveSession=V1.InteractiveSession,
    )
    keras_backend = _module(
        "backend",
        KERAS.backend,
        set_session=set_session,
        get_session=backend.get_session,
        clear_session=clear_session,
        batch_set_value=backend.batch_set_value,
        set_value=_of_a_weight(set_value),
        get_value=_of_a_weight(_read_value(backend.get_value)),
        eval=_of_a_weight(_read_value(backend.eval)),
    )
    keras_backend.tensorflow_backend = keras_backend  # type: ignore[attr-defined]
    layers = _module("layers", KERAS.layers)
    models = _module("models", KERAS.models)
    keras = _module(
        "keras",
        KERAS,
        backend=keras_backend,
        layers=layers,
        models=models,
        engine=_module("engine", None, training=models, topology=layers),
    )
    for part in ("core", "embeddings"):
        setattr(layers, part, layers)
    root = _module(
        "tensorflow",
        V1,
        keras=keras,
        global_variables_initializer=global_variables_initializer,
        initialize_all_variables=global_variables_initializer,
        variables_initializer=variables_initializer,
        reset_default_graph=reset_default_graph,
        python=_module("python", None, keras=keras, client=_module("client", None, session=client)),
        contrib=_module("contrib", None, keras=keras),
    )
    root.compat = _module("compat", None, v1=root)  # type: ignore[attr-defined]
    keras_backend.tf = root  # type: ignore[attr-defined]
    flags = _module(
        "switches",
        None,
        on=lambda: bool(recorder.decide()),
        some=lambda: ("a",)[: recorder.decide()],
        stop=_stop,
        Stop=Stop,
        DENSE_W=np.full((3, 1), GIVEN),
        DENSE_V=np.full((3, 1), GIVEN),
        EMBEDDING_W=np.full((2, 1), GIVEN),
        EMBEDDING_V=np.full((2, 1), GIVEN),
        X=np.ones((1, 3)),
        Y=np.zeros((1, 1)),
        DENSE_WEIGHTS=os.path.join(scratch, "dense_weights.h5"),
        DENSE_MODEL=os.path.join(scratch, "dense.h5"),
        EMBEDDING_WEIGHTS=os.path.join(scratch, "embedding_weights.h5"),
        EMBEDDING_MODEL=os.path.join(scratch, "embedding.h5"),
        OUT=os.path.join(scratch, "out.h5"),
    )
    return {"tensorflow": root, "keras": keras, "tf_keras": keras, "switches": flags}


def _stop() -> None:
    if recorder.decide():
        raise Stop


_real_import = builtins.__import__


class Runtime:
    """TensorFlow, imported and prepared, to run programs in forked children of this process."""

    def __init__(self) -> None:
        self.scratch = tempfile.mkdtemp(prefix="programs-")
        _watch()
        self.modules = _modules(self.scratch)
        # Imports what Keras imports late, and asks for no session.
        with warnings.catch_warnings(), V1.Graph().as_default():
            global recorder
            warnings.simplefilter("ignore")
            recorder = Recorder(())
            model = KERAS.Sequential([KERAS.layers.Dense(1, input_shape=(3,))])
            model.compile("sgd", "mse")
            model._make_predict_function()
            model._make_train_function()
        pid = os.fork()
        if not pid:
            status = 1
            try:
                self._save()
                status = 0
            finally:
                os._exit(status)
        _, status = os.waitpid(pid, 0)
        assert status == 0, "the files with weights could not be written"
        gc.collect()
        gc.freeze()  # so that the children leave this process' memory untouched

    def _save(self) -> None:
        warnings.simplefilter("ignore")
        layers = {
            "dense": lambda: KERAS.layers.Dense(
                1,
                input_shape=(3,),
                use_bias=False,
                kernel_initializer="ones",
                weights=[np.full((3, 1), GIVEN)],
            ),
            "embedding": lambda: KERAS.layers.Embedding(
                2,
                1,
                input_length=3,
                embeddings_initializer="ones",
                weights=[np.full((2, 1), GIVEN)],
            ),
        }
        for name, layer in layers.items():
            model = KERAS.Sequential([layer()])
            model.save_weights(os.path.join(self.scratch, name + "_weights.h5"))
            model.save(os.path.join(self.scratch, name + ".h5"))

    def _import(
        self,
        name: str,
        globals: Any = None,
        locals: Any = None,
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> Any:
        root, *parts = name.split(".")
        if level or root not in self.modules:
            return _real_import(name, globals, locals, fromlist, level)
        module = self.modules[root]
        found = module
        for part in parts:
            if not isinstance(getattr(found, part, None), types.ModuleType):
                raise ImportError(f"No module named {name!r}")
            found = getattr(found, part)
        return found if fromlist else module

    def execute(self, source: str, decisions: Sequence[int] = ()) -> Run:
        """Run a program in this process, from a state like that of a fresh one.

        What fails in TensorFlow is recorded, and the program goes on.
        """
        global recorder
        gc.disable()
        _reset()
        recorder = Recorder(decisions)
        run = recorder.run
        names: dict[str, Any] = {
            "__name__": "__main__",
            "__builtins__": dict(
                vars(builtins), __import__=self._import, print=lambda *a, **k: None
            ),
            RETURNED: _returned,
            LEFT: _left,
        }
        tree = _Leaving().visit(ast.parse(source))
        try:
            exec(compile(ast.fix_missing_locations(tree), PROGRAM, "exec"), names)
            self._ask(list(names.values()))
        except LeftOut:
            pass
        except Exception as error:
            last = error.__traceback__
            while last is not None and last.tb_next is not None:
                last = last.tb_next
            in_program = last is not None and last.tb_frame.f_code.co_filename == PROGRAM
            never_set = isinstance(error, (NameError, AttributeError)) and in_program
            run.left_out = A_NAME_NEVER_SET if never_set else f"stopped: {_error(error)}"
        return run

    def _ask(self, values: list[Any]) -> None:
        """Let the models that are still held predict: each in the session it is at home in.

        That is the one that Keras uses, but for what belongs to a session's own block.
        """
        replay = Replay()
        for event in recorder.run.events:
            replay.step(event)
        living = [held for held in recorder.living(values) if held.number in replay.objects]
        default = recorder.number(ops.get_default_graph())
        # What was made in the block of another graph is used there.
        models = [h for h in living if h.number in recorder.models and h.graph == default]
        homes = {h.number: replay.home(h.number, h.variables, default) for h in models}
        used = replay.used(default)
        # Asking gives all their first weights, so those of Keras' own session come first.
        for held in sorted(models, key=lambda held: homes[held.number] != used):
            home = homes[held.number]
            if not held.variables or (home != used and home in replay.closed):
                continue
            if replay.is_foreign(home, default) and replay.homes.keys().isdisjoint(held.variables):
                # It fails, but there is nothing that it has lost.
                continue
            before = len(recorder.run.events)
            inside = contextlib.ExitStack()
            if home != used:
                inside.enter_context(recorder.sessions[replay.sessions[home]].as_default())
            with inside:
                self._predict(recorder.models[held.number])
            asked_only = [e for e in recorder.run.events[before:] if e.kind in ("ask", "fail")]
            recorder.run.events[before:] = asked_only
        recorder.run.events.append(Event("end", (), default, living=tuple(living)))

    def _predict(self, model: Any) -> None:
        recorder.about("ask", model)
        recorder.using = model
        _guarded(lambda: check(model, model.predict_on_batch(np.ones((1, 3)))))()
        recorder.using = None


# --- the end of functions -------------------------------------------------------------------------

RETURNED = "_returned_"
LEFT = "_left_"


def _returned(value: Any = None) -> Any:
    recorder.returned = value
    return value


def _left() -> None:
    """A function ends: what only its variables held is gone."""
    inner, around = recorder.held()
    living = recorder.living([*around, recorder.returned])
    dying = tuple(held for held in recorder.living(inner) if held not in living)
    recorder.returned = None
    recorder.event("leave", living=living, dying=dying)


class _Leaving(ast.NodeTransformer):
    """Lets every function of a program say what it returns and that it ends."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        if any(isinstance(inner, ast.Yield) for inner in ast.walk(node)):
            return node
        self.generic_visit(node)
        end = ast.Expr(ast.Call(ast.Name(LEFT, ast.Load()), [], []))
        last = node.body[-1]
        attempt = ast.Try(node.body, [], [], [ast.copy_location(end, last)])
        node.body = [ast.copy_location(attempt, node.body[0])]
        return node

    def visit_Return(self, node: ast.Return) -> ast.Return:
        arguments = [node.value] if node.value is not None else []
        node.value = ast.Call(ast.Name(RETURNED, ast.Load()), arguments, [])
        return node


@functools.cache
def prepared() -> Runtime:
    """The one runtime of this process: TensorFlow is wrapped once."""
    return Runtime()

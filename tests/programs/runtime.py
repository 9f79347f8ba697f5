"""Real TensorFlow, prepared once, in which a program runs and is watched.

Nothing of what is watched is disturbed: the recorder looks at Keras' own border (the functions that
hand out the session, put values in, initialise) and asks for no session itself.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import gc
import os
import sys
import tempfile
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
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

from tests.programs.trace import Chain, Event, Frame, Replay

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


class Ended(BaseException):
    """The run has shown what it was made for."""


@dataclass
class Run:
    """What one run of a program showed."""

    decisions: list[int] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    left_out: str = ""
    stopped: bool = False
    weights: dict[int, frozenset[int]] = field(default_factory=dict)  # of the models
    homes: int = 0


class Recorder:
    """What is seen of one run."""

    def __init__(
        self,
        decisions: Sequence[int],
        give_until: int | None,
        ask_at: int | None = None,
        heedless: bool = False,
    ) -> None:
        self.run = Run()
        self.decisions = decisions
        self.give_until = give_until
        self.ask_at = ask_at
        self.points = 0
        self.heedless = heedless
        self.numbers: dict[int, int] = {}
        self.kept: list[Any] = []  # what has a number stays alive, so that its id stays its own
        self.models: dict[int, Any] = {}
        self.sessions: dict[int, Any] = {}
        self.expected: dict[int, float] = {}
        self.given = GIVEN
        self.initializers: dict[int, frozenset[int]] = {}
        self.in_keras = 0
        self.in_method = 0
        self.ask: Callable[[], None] = lambda: None
        self.asked = False
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

    def held(self) -> frozenset[int]:
        """What a variable of a running function, or an attribute of its object, holds."""
        holders: list[Any] = []
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == PROGRAM:
                holders += frame.f_locals.values()
                holders += vars(frame.f_locals["self"]).values() if "self" in frame.f_locals else ()
            frame = frame.f_back
        return frozenset(self.numbers[id(held)] for held in holders if id(held) in self.numbers)

    def another(self, value: Any) -> Any:
        """A value to give instead of one, which no other has."""
        self.given += 1
        return np.full_like(value, self.given)

    def event(self, kind: str, **details: Any) -> None:
        """Record an event."""
        if self.quiet:
            return
        chain = self.chain()
        graph = self.number(ops.get_default_graph())
        self.run.events.append(Event(kind, chain, graph, **details))

    def ask_here(self) -> None:
        """Ask the models now, and end the run, if it was made for this point.

        The points are the events of `ASKING_POINTS`: what is lost there may be gone later.
        """
        self.points += 1
        if self.points == self.ask_at:
            self.ask()
            raise Ended

    def fail(self, reason: str) -> None:
        """The program fails, whatever it does about it."""
        if not self.run.left_out:
            self.run.failures.append(reason)

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


def _global_graph_entered() -> bool:
    return not ops._default_graph_stack.is_cleared()


def _variables(graph: Any) -> list[Any]:
    return list(backend._GRAPH_VARIABLES.get(graph, ()))


def weights_of(model: Any) -> list[Any]:
    """The variables of a model, none while it isn't built."""
    try:
        return list(model.weights)
    except ValueError:
        return []


# --- sessions ---------------------------------------------------------------------------------


def _wrap(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    setattr(owner, name, make(getattr(owner, name)))


def _session_init(original: Any) -> Any:
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
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
        if not recorder.quiet:
            recorder.ask_here()  # while it can be asked
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
        if found and _no_more_given():  # initial weights are weights, too
            return None
        try:
            result = original(self, fetches, *args, **kwargs)
        except (tensorflow.errors.OpError, RuntimeError) as error:
            if not recorder.quiet:
                recorder.fail(f"{type(error).__name__}: {str(error)[:200]}")
            if recorder.heedless and not recorder.in_method:
                return None
            raise
        if found:
            variables = frozenset().union(*found)
            recorder.event("initialize", session=recorder.number(self), variables=variables)
        return result

    return run


def set_session(session: Any) -> None:
    if session is None:
        recorder.event("unregister", held=recorder.held())
    else:
        recorder.event("register", session=recorder.number(session), held=recorder.held())
    KERAS_SET_SESSION(session)
    recorder.ask_here()


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
        if session.graph is not ops.get_default_graph():
            recorder.leave_out("a session of another graph is entered")
        variables = _variables(session.graph)
        if variables:
            fresh = [v for v in variables if not getattr(v, "_keras_initialized", False)]
            recorder.event(
                "access",
                session=recorder.number(session),
                variables=frozenset(map(recorder.number, variables)),
                fresh=frozenset(map(recorder.number, fresh)),
            )
        return original(op_input_list)

    return get_session


def clear_session() -> None:
    if V1.get_default_session() is not None or _global_graph_entered():
        recorder.leave_out("cleared inside a block")
    recorder.ask_here()
    recorder.event("clear", name="clear_session")
    with _quietly():
        KERAS_CLEAR_SESSION()


def reset_default_graph() -> None:
    if V1.get_default_session() is not None or _global_graph_entered():
        recorder.leave_out("cleared inside a block")
    recorder.ask_here()
    recorder.event("clear", name="reset_default_graph")
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
            is_model = isinstance(self, training.Model)
            if is_model:
                recorder.models[number] = self
            name = "input" if isinstance(self, InputLayer) else "layer"
            model = number if is_model else None
            recorder.event("build", model=model, made=number, name=name)
        original(self, *args, **kwargs)

    return __init__


def _model_method(original: Any) -> Any:
    name = original.__name__

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        if recorder.in_method or not isinstance(self, training.Model):
            return original(self, *args, **kwargs)
        weights = weights_of(self)
        for weight in weights:
            if weight.graph is not ops.get_default_graph():
                recorder.leave_out("a model of another graph")
        variables = frozenset(map(recorder.number, weights))
        gives = name in ("set_weights", "load_weights", "fit", "train_on_batch")
        if gives and _no_more_given():
            return None
        recorder.event("use", model=recorder.number(self), variables=variables, name=name)
        recorder.in_method += 1
        try:
            result = original(self, *args, **kwargs)
            if name.startswith("predict"):
                check(self, result)
            if name in ("fit", "train_on_batch"):
                recorder.event("give", variables=variables, name="train")
                session = backend._get_session()
                with _quietly():
                    for weight in weights:
                        value = float(np.ravel(session.run(weight))[-1])
                        recorder.expected[recorder.number(weight)] = value
            return result
        except Exception as error:  # the program may well catch it
            recorder.fail(f"{type(error).__name__}: {str(error)[:200]}")
            if recorder.heedless:
                return None
            raise
        finally:
            recorder.in_method -= 1

    method.__name__ = name
    return method


def _no_more_given() -> bool:
    return recorder.give_until is not None and len(recorder.run.events) > recorder.give_until


def check(model: Any, prediction: Any) -> None:
    """Compare what a model predicts with what its weights give."""
    values = [recorder.expected.get(recorder.number(w), INITIAL) for w in weights_of(model)]
    expected = 3 * values[0]
    predicted = float(np.sum(prediction))
    if abs(predicted - expected) > 0.01:
        recorder.fail(f"predicts {predicted:g}, not {expected:g}")


def _batch_set_value(original: Any) -> Any:
    def batch_set_value(tuples: Any) -> None:
        if not tuples or _no_more_given():
            return
        tuples = [(variable, recorder.another(value)) for variable, value in tuples]
        original(tuples)
        numbers = frozenset(recorder.number(variable) for variable, _ in tuples)
        for variable, value in tuples:
            recorder.expected[recorder.number(variable)] = float(np.ravel(value)[-1])
        recorder.event("give", variables=numbers)

    return batch_set_value


def _set_value(original: Any) -> Any:
    def set_value(x: Any, value: Any) -> None:
        if x.graph is not ops.get_default_graph():
            recorder.leave_out("a model of another graph")
        if _no_more_given():
            return
        _use_of(x, "set_weights")
        value = recorder.another(value)
        original(x, value)
        recorder.expected[recorder.number(x)] = float(np.ravel(value)[-1])
        recorder.event("give", variables=frozenset({recorder.number(x)}))

    return set_value


def _use_of(variable: Any, name: str) -> None:
    """Reading or setting a weight uses the model that it is of."""
    for number, model in recorder.models.items():
        weights = weights_of(model)
        if any(weight is variable for weight in weights):
            variables = frozenset(map(recorder.number, weights))
            recorder.event("use", model=number, variables=variables, name=name)


def _read_value(original: Any) -> Any:
    def read(x: Any) -> Any:
        if x.graph is not ops.get_default_graph():
            recorder.leave_out("a model of another graph")
        _use_of(x, "get_weights")
        try:
            value = original(x)
            _check_read(x, value)
        except Exception:
            if recorder.heedless:
                return None
            raise
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
    _wrap(backend, "set_value", _set_value)
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
        set_value=backend.set_value,
        get_value=_read_value(backend.get_value),
        eval=_read_value(backend.eval),
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
            recorder = Recorder((), None)
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

    def execute(
        self,
        source: str,
        decisions: Sequence[int] = (),
        home: int = 0,
        give_until: int | None = None,
        ask_at: int | None = None,
        hidden: bool = False,
        heedless: bool = False,
    ) -> Run:
        """Run a program in this process, from a state like that of a fresh one.

        A `heedless` one goes on where TensorFlow fails.
        """
        global recorder
        gc.disable()
        _reset()
        recorder = Recorder(decisions, give_until, ask_at, heedless)
        recorder.ask = lambda: self._ask(home, hidden)
        run = recorder.run
        names = dict(vars(builtins), __import__=self._import, print=lambda *a, **k: None)
        try:
            exec(
                compile(source, PROGRAM, "exec"),
                {"__name__": "__main__", "__builtins__": names},
            )
        except (LeftOut, Ended):
            pass
        except Exception as error:
            run.stopped = True
            self._stopped(error)
        if not run.left_out and not recorder.asked:
            with contextlib.suppress(LeftOut):
                recorder.ask()
        return run

    def _stopped(self, error: Exception) -> None:
        last = error.__traceback__
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        in_program = last is not None and last.tb_frame.f_code.co_filename == PROGRAM
        if recorder.run.failures and not recorder.heedless:
            return
        never_set = isinstance(error, NameError) or (
            isinstance(error, AttributeError) and error.obj is not None
        )
        if never_set and in_program:
            recorder.run.left_out = A_NAME_NEVER_SET
        elif isinstance(error, (AssertionError, Stop)) or in_program:
            recorder.run.left_out = f"program error: {error!r}"
        elif "must be from the same graph" in str(error):
            recorder.run.left_out = "a model of another graph"
        else:
            recorder.fail(f"stopped: {type(error).__name__}: {str(error)[:200]}")

    def _ask(self, home: int, hidden: bool) -> None:
        """Let the models of one home predict."""
        run = recorder.run
        recorder.asked = True
        replay = Replay()
        for event in run.events:
            replay.step(event)
        run.weights = {
            number: frozenset(map(recorder.number, weights_of(model)))
            for number, model in recorder.models.items()
        }
        stack._default_session_stack.stack = []
        ops._default_graph_stack.stack = []
        homes = replay.homes(
            run.weights,
            all_of_them=recorder.give_until is not None,
            hidden=hidden,
        )
        run.homes = len(homes)
        if run.stopped or home >= len(homes):
            return
        number, models = homes[home]
        recorder.in_method += 1
        recorder.quiet += 1
        for model in (recorder.models[n] for n in models):
            if not weights_of(model):
                continue
            inside = contextlib.ExitStack()
            inside.enter_context(weights_of(model)[0].graph.as_default())
            if number is not None:
                inside.enter_context(recorder.sessions[number].as_default())
            try:
                with inside:
                    check(model, model.predict_on_batch(np.ones((1, 3))))
            except Exception as error:
                recorder.fail(f"asked: {type(error).__name__}: {str(error)[:200]}")


@functools.cache
def prepared() -> Runtime:
    """The one runtime of this process: TensorFlow is wrapped once."""
    return Runtime()

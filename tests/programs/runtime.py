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
import tempfile
import types
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from tensorflow.python.framework import ops, stack
from tf_keras.src import backend

from tests.programs import watch_hooks, watch_models, watch_sessions
from tests.programs.modules import modules
from tests.programs.recorder import (
    A_NAME_NEVER_SET,
    GIVEN,
    KERAS,
    PROGRAM,
    V1,
    LeftOut,
    error_text,
    recorder,
)
from tests.programs.replay import Replay
from tests.programs.trace import Event
from tests.programs.verdict import Run
from tests.programs.watch_models import check, guarded_call


def _reset() -> None:
    """Forget an earlier run."""
    stack._default_session_stack.stack = []
    ops._default_graph_stack.stack = []
    V1.reset_default_graph()
    backend.reset_uids()
    backend._SESSION.session = None
    backend._GRAPH.graph = None


_real_import = builtins.__import__


class Runtime:
    """TensorFlow, imported and prepared, to run programs in forked children of this process."""

    def __init__(self) -> None:
        self.scratch = tempfile.mkdtemp(prefix="programs-")
        watch_sessions.watch()
        watch_hooks.watch()
        watch_models.watch()
        self.modules = modules(self.scratch)
        # Imports what Keras imports late, and asks for no session.
        with warnings.catch_warnings(), V1.Graph().as_default():
            warnings.simplefilter("ignore")
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
        gc.disable()
        _reset()
        recorder.begin(decisions)
        run = recorder.run
        names: dict[str, Any] = {
            "__name__": "__main__",
            "__builtins__": dict(
                vars(builtins), __import__=self._import, print=lambda *a, **k: None
            ),
            RETURNED: _returned,
            LEFT: _left,
        }
        recorder.names = names
        tree = _Leaving().visit(ast.parse(source))
        try:
            exec(compile(ast.fix_missing_locations(tree), PROGRAM, "exec"), names)
            self._go_on(list(names.values()))
            self._ask(list(names.values()))
        except LeftOut:
            pass
        except Exception as error:
            last = error.__traceback__
            while last is not None and last.tb_next is not None:
                last = last.tb_next
            in_program = last is not None and last.tb_frame.f_code.co_filename == PROGRAM
            never_set = isinstance(error, (NameError, AttributeError)) and in_program
            run.left_out = A_NAME_NEVER_SET if never_set else f"stopped: {error_text(error)}"
        return run

    @staticmethod
    def _go_on(values: list[Any]) -> None:
        """What comes after the program's end, if anything: requests, and calls of methods."""
        for server in [*recorder.servers]:
            if recorder.decide():
                server.run()
        for value in values:
            later = getattr(value, LATER, None)
            if isinstance(later, types.MethodType) and recorder.decide():
                later()

    def _ask(self, values: list[Any]) -> None:
        """Let the models that are still held predict: each in the session it is at home in.

        That is the one that Keras uses, but for what belongs to a session's own block.
        """
        replay = Replay()
        for event in recorder.run.events:
            replay.step(event)
        replay.here = replay.state(0)
        living = [held for held in recorder.living(values) if held.number in replay.objects]
        default = recorder.number(ops.get_default_graph())
        # What was made in the block of another graph is used there.
        models = [h for h in living if h.number in recorder.models and h.graph == default]
        homes = {h.number: replay.home(h.number, h.variables, default) for h in models}
        used = replay.used(default)
        # Asking gives all their first weights, so those of Keras' own session come first.
        for held in sorted(models, key=lambda held: homes[held.number] != used):
            home = homes[held.number]
            if not held.variables:
                continue
            if home in replay.closed and (home != used or replay.here.broken is None):
                # To close a session at the end is no mistake.
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
        guarded_call(lambda: check(model, model.predict_on_batch(np.ones((1, 3)))))()
        recorder.using = None


LATER = "serve"  # a method of this name is called by who uses the program
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

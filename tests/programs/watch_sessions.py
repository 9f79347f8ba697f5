"""Watches sessions: who makes, registers, enters, runs and closes them, and clears."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import tensorflow
from tensorflow.python.client import session as session_module
from tensorflow.python.framework import ops
from tf_keras.src import backend

from tests.programs.recorder import V1, global_graph_entered, recorder, variables_of, wrap
from tests.programs.watch_runs import FAILURES, failed, is_own, own_run

KERAS_SET_SESSION = backend.set_session
KERAS_CLEAR_SESSION = backend.clear_session

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
        work = functools.partial(original, self, fetches, *args, **kwargs)
        if not is_own():
            return work()
        if not found:
            return own_run(self, work, fetches)
        variables = frozenset().union(*found)
        try:
            result = work()
        except FAILURES as error:
            failed(self, error, (), variables)
            return None
        recorder.event(
            "initialize",
            session=recorder.number(self),
            variables=variables,
            fresh=frozenset(map(recorder.number, variables_of(self.graph))),
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
        variables = variables_of(session.graph)
        fresh = [v for v in variables if not getattr(v, "_keras_initialized", False)]
        recorder.event(
            "access",
            session=recorder.number(session),
            variables=frozenset(map(recorder.number, variables)),
            fresh=frozenset(map(recorder.number, fresh)),
            by_keras=recorder.watched > 0,
        )
        recorder.in_keras += 1
        try:
            return original(op_input_list)
        except FAILURES as error:
            if recorder.using is not None or recorder.watched:
                raise
            failed(session, error, ())
            return session
        finally:
            recorder.in_keras -= 1

    return get_session


def _check_may_clear() -> None:
    if V1.get_default_session() is not None or global_graph_entered():
        recorder.leave_out("cleared inside a block")
    if recorder.thread:
        recorder.leave_out("cleared in a thread")


def clear_session() -> None:
    _check_may_clear()
    recorder.cleared.add(ops.get_default_graph())
    recorder.event("clear", name="clear_session", living=recorder.known())
    with recorder.quietly():
        KERAS_CLEAR_SESSION()


def reset_default_graph() -> None:
    _check_may_clear()
    recorder.cleared.add(ops.get_default_graph())
    recorder.event("clear", name="reset_default_graph", living=recorder.known())
    V1.reset_default_graph()


# --- initializers -------------------------------------------------------------------------------


def _initializer(variables: Sequence[Any], op: Any) -> Any:
    recorder.kept.append(op)
    recorder.initializers[id(op)] = frozenset(map(recorder.number, variables))
    return op


def global_variables_initializer() -> Any:
    return _initializer(V1.global_variables(), V1.global_variables_initializer())


def variables_initializer(var_list: Sequence[Any], name: str = "init") -> Any:
    return _initializer(var_list, V1.variables_initializer(var_list, name))


def watch() -> None:
    """Watch TensorFlow's sessions, and those that Keras hands out."""
    base = session_module.BaseSession
    wrap(base, "__init__", _session_init)
    as_default = base.as_default
    base.as_default = lambda self: _Entering(self, as_default(self))
    wrap(base, "close", _session_close)
    wrap(base, "run", _session_run)
    wrap(backend, "_get_session", _get_session_inner)
    wrap(backend, "get_session", _get_session_outer)

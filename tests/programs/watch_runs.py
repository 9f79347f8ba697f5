"""Watches what a program runs in a session itself, past Keras: outputs, training, savers."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import numpy as np
import tensorflow

from tests.programs.recorder import V1, error_text, recorder, weights_of
from tests.programs.watch_models import check_read

FAILURES = (tensorflow.errors.OpError, RuntimeError, TypeError, ValueError)
WRITING = ("ResourceApply", "ResourceSparseApply", "ResourceScatter", "Assign")


def is_own() -> bool:
    """Whether it is the program that runs a session now, and not Keras."""
    busy = recorder.quiet or recorder.watched or recorder.in_keras
    return not busy and recorder.using is None


def own_run(session: Any, run: Any, fetches: Any) -> Any:
    """Run what the program wants; what is seen depends on the weights behind it."""
    ops = _behind(tensorflow.nest.flatten(fetches))
    weights = [weight for weight in _weights() if weight.handle.op in ops]
    _working(session, weights)
    try:
        with recorder.quietly():
            read = session.run(weights)
        values = run()
    except FAILURES as error:
        failed(session, error, weights)
        return None
    for weight, value in zip(weights, read):
        check_read(weight, value, session=recorder.number(session))
    written = {op.inputs[0].op for op in ops if op.type.startswith(WRITING)}
    _given(session, [weight for weight in weights if weight.handle.op in written])
    return values


def _weights() -> list[Any]:
    """The weights of all models."""
    found = [weight for model in recorder.models.values() for weight in weights_of(model)]
    return list({id(weight): weight for weight in found}.values())


def _behind(fetches: Iterable[Any]) -> set[Any]:
    """All operations that must be done for what is fetched."""
    found: set[Any] = set()
    waiting = [getattr(getattr(fetch, "handle", fetch), "op", fetch) for fetch in fetches]
    while waiting:
        op = waiting.pop()
        if op not in found:
            found.add(op)
            waiting += [tensor.op for tensor in op.inputs]
            waiting += op.control_inputs
    return found


def _about(kind: str, session: Any, weights: Iterable[Any], **details: Any) -> None:
    """Record an event of weights, and of the first model that has one of them."""
    numbers = frozenset(map(recorder.number, weights))
    models = [m for m in recorder.models.values() if recorder.variables(m) & numbers]
    recorder.event(
        kind,
        session=recorder.number(session),
        model=recorder.number(models[0]) if models else None,
        variables=numbers,
        living=recorder.living(models),
        **details,
    )


def _working(session: Any, weights: Iterable[Any]) -> None:
    if weights:
        _about("run", session, weights)


def failed(
    session: Any,
    error: Exception,
    weights: Iterable[Any],
    initialized: frozenset[int] = frozenset(),
) -> None:
    """The program's own run fails: nothing is known of why, but of a closed session or weights."""
    if not weights and not session._closed:
        recorder.leave_out(f"a program's own run: {type(error).__name__}")
    _about("fail", session, weights, name=error_text(error), fresh=initialized)


def _given(session: Any, weights: Iterable[Any]) -> None:
    """The program put values into weights."""
    if not weights:
        return
    with recorder.quietly():
        for weight in weights:
            value = float(np.ravel(session.run(weight))[-1])
            recorder.expected[recorder.number(weight)] = value
    _about("give", session, weights)


class Saver:
    """`tf.train.Saver`; it says which weights it saves and restores."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        known = {id(variable) for variable in V1.global_variables()}
        self.weights = [weight for weight in _weights() if id(weight) in known]
        if not self.weights:
            recorder.leave_out("nothing to save")
        self.saver = V1.train.Saver(*args, **kwargs)
        self.saved = ""

    def save(self, session: Any, path: str) -> None:
        """Save; the values must be those that were given last."""
        _working(session, self.weights)
        try:
            with recorder.quietly():
                values = session.run(self.weights)
                self.saved = self.saver.save(session, path)
        except FAILURES as error:
            failed(session, error, self.weights)
            return
        for weight, value in zip(self.weights, values):
            check_read(weight, value, session=recorder.number(session))

    def restore(self, session: Any, path: str) -> None:
        """Restore what this saver saved, if that could be saved at all."""
        if not self.saved or os.path.dirname(self.saved) != os.path.dirname(path):
            return
        try:
            with recorder.quietly():
                self.saver.restore(session, self.saved)
        except FAILURES as error:
            failed(session, error, self.weights)
            return
        _given(session, self.weights)

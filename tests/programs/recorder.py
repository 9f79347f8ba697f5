"""What is seen of a run: the recorder, and the real TensorFlow that it looks at.

This module imports TensorFlow, as the programs need it; the others have it from here.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import types
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
from tensorflow.python.framework import ops
from tf_keras.src import backend
from tf_keras.src.engine import base_layer

from tests.programs.trace import Chain, Event, Frame, Living
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


# The frames in which a thread was begun, and their threads; outermost first.
Starts = tuple[tuple[types.FrameType, int], ...]


class Recorder:
    """What is seen of one run."""

    def __init__(self) -> None:
        self.begin(())

    def begin(self, decisions: Sequence[int]) -> None:
        """Forget an earlier run."""
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
        self.names: dict[str, Any] = {}  # the program's own
        self.servers: list[Any] = []  # that wait for requests
        self.threads = 0
        self.made_in: dict[int, int] = {}  # the thread in which a layer or model was made
        self.local = threading.local()
        self.in_thread(())

    def in_thread(self, starts: Starts) -> None:
        """The thread that calls this runs a part of the program, which these frames began."""
        if not hasattr(self.local, "number"):
            self.local.number = self.threads
            self.threads += 1
        self.local.starts = starts

    @property
    def thread(self) -> int:
        """The number of the thread that runs; the main one's is 0."""
        number: int = self.local.number
        return number

    def starts(self) -> Starts:
        """What a thread has to know that is begun now."""
        return (*self.local.starts, (sys._getframe(1), self.thread))

    def frames(self) -> Iterator[tuple[types.FrameType, int]]:
        """The functions of the program that run now, innermost first, and their threads.

        Those that began the thread, and wait for it, are among them.
        """
        for start, thread in reversed((*self.local.starts, (sys._getframe(1), self.thread))):
            frame: types.FrameType | None = start
            while frame is not None:
                if frame.f_code.co_filename == PROGRAM:
                    yield frame, thread
                frame = frame.f_back

    @contextlib.contextmanager
    def called_back(self) -> Iterator[None]:
        """Keras calls the program, while one of its functions is watched."""
        kept = self.using, self.watched, self.in_keras
        self.using, self.watched, self.in_keras = None, 0, 0
        try:
            yield
        finally:
            self.using, self.watched, self.in_keras = kept

    def number(self, thing: Any) -> int:
        """A number for an object, the same for the same object."""
        if id(thing) not in self.numbers:
            self.kept.append(thing)
            self.numbers[id(thing)] = len(self.kept)
        return self.numbers[id(thing)]

    def chain(self) -> Chain:
        """The functions of the program that run now, outermost first."""
        frames = []
        for frame, thread in self.frames():
            name = frame.f_code.co_name
            if name not in ("<listcomp>", "<genexpr>"):
                this = frame.f_locals.get("self")
                instance = "" if this is None else type(this).__name__
                name = getattr(frame.f_code, "co_qualname", name)
                frames.append(Frame(name, frame.f_lineno, self.number(frame), instance, thread))
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
        values = list(self.names.values())
        for frame, _ in self.frames():
            names = frame.f_locals
            if inner is None:
                inner = list(names.values())
                values.append(names.get("self"))
            else:
                values += names.values()
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
        self.run.events.append(Event(kind, chain, graph, thread=self.thread, **details))

    @contextlib.contextmanager
    def quietly(self) -> Iterator[None]:
        """Nothing is recorded meanwhile."""
        self.quiet += 1
        try:
            yield
        finally:
            self.quiet -= 1

    def fail(self, reason: str, model: Any = None, session: int | None = None) -> None:
        """TensorFlow fails; the program goes on, as if it had caught that."""
        model = model or self.using
        if model is None:
            self.event("fail", name=reason, session=session)
        else:
            self.about("fail", model, name=reason, session=session)

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


recorder = Recorder()


def error_text(error: Exception) -> str:
    """What a failure is called."""
    return f"{type(error).__name__}: {str(error)[:200]}"


def global_graph_entered() -> bool:
    """Whether a graph's block is open."""
    return not ops._default_graph_stack.is_cleared()


def variables_of(graph: Any) -> list[Any]:
    """Keras' variables in a graph."""
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


def wrap(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    """Put something of TensorFlow's into what watches it."""
    setattr(owner, name, make(getattr(owner, name)))

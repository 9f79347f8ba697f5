"""What is seen of a run: the recorder, and the real TensorFlow that it looks at.

This module imports TensorFlow, as the programs need it; the others have it from here.
"""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Callable, Iterable, Sequence
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

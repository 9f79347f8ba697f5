"""What a rule keeps in mind: of each path, and of a whole flow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from ..domain.state import State
from .base import FlowContext

T = TypeVar("T")


class Memory(Generic[T]):
    """What a rule remembers of a path, in order; where paths meet, what it remembers of either.

    Its name is unique: two of one name would share what they remember.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def of(self, state: State) -> tuple[T, ...]:
        """All that it remembers."""
        return state.memory.get(self._name, ())

    def add(self, item: T, state: State) -> None:
        """Remember one thing more."""
        state.memory[self._name] = (*self.of(state), item)

    def replace(self, items: Iterable[T], state: State) -> None:
        """Remember these things instead."""
        kept = tuple(items)
        if kept:
            state.memory[self._name] = kept
        else:
            self.forget(state)

    def forget(self, state: State) -> None:
        """Remember nothing any more."""
        state.memory.pop(self._name, None)


class Said(Generic[T]):
    """Of what a rule has said on a path what it says once of each; where paths meet, on both."""

    def __init__(self, name: str) -> None:
        self._name = name

    def take(self, items: Iterable[T], state: State) -> frozenset[T]:
        """Those of some items of which it has not said it; now it has."""
        new = frozenset(item for item in items if (self._name, item) not in state.said)
        if new:
            state.said |= {(self._name, item) for item in new}
        return new


class Notes(Generic[T]):
    """What a rule gathers from all paths of a flow, by the chains of events."""

    def __init__(self, name: str) -> None:
        self._name = name

    def of(self, flow: FlowContext) -> dict[int, T]:
        """All that it noted, to be changed."""
        return flow.notes.setdefault(self._name, {})

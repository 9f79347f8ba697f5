"""How the paths of a block end, other than by reaching its end: one mechanism for all ways out."""

from __future__ import annotations

from .state import State
from .values import Value

# A value, and the state after it was evaluated.
Outcomes = list[tuple[Value, State]]


class Exits:
    """The ways out of what is executed in a frame, gathered by whoever surrounds it.

    Attributes:
        returns: The paths that return, with their values.
        raises: The paths that an exception ended.
        breaks: The paths that leave the loop.
        continues: The paths that begin its next round.
        stopped: The paths after which nothing comes: ``sys.exit()``, or a loop that nothing leaves.
            One list for the whole flow.
        boundaries: Inside a ``try``, the states from which an exception may start: those before
            each of its statements. None outside.
    """

    __slots__ = ("boundaries", "breaks", "continues", "raises", "returns", "stopped")

    def __init__(self, stopped: list[State], boundaries: list[State] | None = None) -> None:
        self.returns: Outcomes = []
        self.raises: list[State] = []
        self.breaks: list[State] = []
        self.continues: list[State] = []
        self.stopped = stopped
        self.boundaries = boundaries

    def inner(self) -> Exits:
        """The ways out of a loop, or of a statement that looks at them, inside of this."""
        return Exits(self.stopped, self.boundaries)

    def inner_try(self) -> Exits:
        """The ways out of the body of a ``try`` inside of this."""
        return Exits(self.stopped, [])

    def inner_with(self) -> Exits:
        """The ways out of the body of a ``with`` inside of this: whatever leaves it leaves its
        manager first, an exception from wherever it starts, too.
        """
        return Exits(self.stopped, None if self.boundaries is None else [])

    def called(self) -> Exits:
        """The ways out of a function that is called inside of this."""
        return Exits(self.stopped)

    def add(self, other: Exits) -> None:
        """Take the paths that leave this as they left another."""
        self.returns += other.returns
        self.raises += other.raises
        self.breaks += other.breaks
        self.continues += other.continues

"""How the paths of a block end."""

from __future__ import annotations

from .state import State
from .values import Value

# A value, and the state after it was evaluated.
Outcomes = list[tuple[Value, State]]


class Exits:
    """How the paths of a block end, other than by reaching its end."""

    __slots__ = ("breaks", "continues", "raises", "returns")

    def __init__(self) -> None:
        self.returns: Outcomes = []
        self.raises: list[State] = []
        self.breaks: list[State] = []
        self.continues: list[State] = []

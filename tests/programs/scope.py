"""What a random program can read at one of its places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Scope:
    """What can be read at a place of a program, and what may be written there."""

    where: str  # module, function, method
    sessions: list[str] = field(default_factory=list)
    models: list[str] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)
    initializers: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)  # InteractiveSessions opened in this block
    own: bool = False  # attributes of self may be written
    blocks: int = 0
    sealed: bool = False  # inside a session's or graph's block: nothing is cleared
    entered: bool = False  # inside a session's block: no InteractiveSession may outlive it
    loops: int = 0
    optional: bool = False  # what follows is reached without this block, too

    def copy(self) -> Scope:
        """The same names, to be changed on their own."""
        return Scope(
            self.where,
            list(self.sessions),
            list(self.models),
            list(self.layers),
            list(self.initializers),
            list(self.closed),
            [],
            self.own,
            self.blocks,
            self.sealed,
            self.entered,
            self.loops,
            self.optional,
        )


@dataclass
class Helper:
    """A function or method that can be called again."""

    name: str
    needs: set[str]
    gives: list[str]
    parameters: list[str]


def attributes(scope: Scope) -> Scope:
    """What another method of the same object can read."""

    def own(names: list[str]) -> list[str]:
        return [name for name in names if name.startswith("self.")]

    return Scope(
        "method",
        own(scope.sessions),
        own(scope.models),
        own(scope.layers),
        own(scope.initializers),
        own(scope.closed),
        own=True,
        blocks=scope.blocks + 1,
        sealed=True,
        entered=scope.entered,
    )


def joined(first: Scope, second: Scope) -> Scope:
    """What either knows."""
    both = first.copy()
    for names in ("sessions", "models", "layers", "initializers", "closed"):
        found = getattr(both, names)
        found += [name for name in getattr(second, names) if name not in found]
    return both


def indented(lines: Sequence[str]) -> list[str]:
    """The lines, one level deeper."""
    return [f"    {line}" if line else line for line in lines]


def class_lines(name: str, base: str, methods: Sequence[Sequence[str]]) -> list[str]:
    """A class and its methods."""
    lines = [f"class {name}({base}):" if base else f"class {name}:"]
    for method, *body in methods:
        lines += indented([f"def {method}(self):", *indented(body), ""])
    while not lines[-1]:
        lines.pop()
    return lines

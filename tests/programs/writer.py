"""The parts of statements of a random program, and which statement comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.programs.scope import Helper, Scope
from tests.programs.styles import Dice, Names

MAX_FLAGS = 2  # written down in one program; each may be met more than once
MAX_STATEMENTS = 22
MAX_HELPERS = 3
MAX_BLOCKS = 3  # one in another


# Writes a statement at a place.
Statement = Callable[[Any, Scope], list[str]]


@dataclass(frozen=True)
class Kind:
    """A kind of mistake that programs are about: what else they say then."""

    name: str
    # What may be written at a place, by weight; nothing where it can't be.
    choices: Callable[[Any, Scope], dict[Statement, int]]
    standalone: bool = True  # whether the package `keras` is spoken of as well
    trains: bool = False  # only models that can be fitted


class Writer:
    """Writes the parts; each statement is a method `write_…` of a class that derives from it."""

    def __init__(self, dice: Dice, kinds: Sequence[Kind] = ()) -> None:
        self.dice = dice
        self.kinds = kinds
        self.written: set[str] = set()  # kinds
        self.names = Names(dice, all(kind.standalone for kind in kinds))
        shapes = ["dense"] if any(kind.trains for kind in kinds) else ["dense", "embedding"]
        self.kind = dice.pick(shapes)
        self.imports: list[str] = []
        self.flags = 0
        self.statements = 0
        self.count = 0
        self.functions: list[list[str]] = []
        self.methods: list[list[str]] = []
        self.helpers: list[Helper] = []
        self.registered: set[str] = set()  # or entered: not to be closed by a `with`
        self.wanted: set[str] = set()  # of `OWN`
        self.overriding = False  # nothing is called again then: it might call what is overridden

    # -- small parts

    def fresh(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def flag(self) -> bool:
        """Whether another flag may be written."""
        if self.flags >= MAX_FLAGS:
            return False
        self.flags += 1
        return True

    def target(self, scope: Scope, letter: str) -> str:
        name = self.fresh(letter)
        return f"self.{name}" if scope.own and self.dice.chance(70) else name

    def new_session(self) -> str:
        return self.dice.pick(
            [
                self.names("tf", "Session") + "()",
                self.names("tf", "Session") + "(config=None)",
                self.names("tf", "Session") + f"(graph={self.names('tf', 'Graph')}())",
            ]
            if self.dice.chance(4)
            else [self.names("tf", "Session") + "()"]
        )

    def layer(self, given: bool, first: bool = True) -> str:
        dense = self.kind == "dense"
        arguments = ["1"] if dense else ["2", "1"]
        if first:
            arguments.append("input_shape=(3,)" if dense else "input_length=3")
        if dense:
            arguments += ["use_bias=False", "kernel_initializer='ones'"]
        else:
            arguments.append("embeddings_initializer='ones'")
        if given:
            arguments.append(f"weights=[{self.value('W')}]")
        name = self.names("layers", "Dense" if dense else "Embedding")
        return f"{name}({', '.join(arguments)})"

    def value(self, what: str) -> str:
        return f"{self.kind.upper()}_{what}"

    # -- statements

    def block(self, scope: Scope, percent: int = 65, most: int = 5) -> list[str]:
        """Some statements, at least one."""
        lines = self.statement(scope)
        written = 1
        while written < most and self.dice.chance(percent):
            if lines and lines[-1].startswith(("return", "break", "raise")):
                break
            lines += self.statement(scope)
            written += 1
        return lines

    def imported(self, lines: str) -> None:
        """Import something else."""
        if lines not in self.imports:
            self.imports.append(lines)

    def special(self, kind: Kind, scope: Scope) -> list[str]:
        """What a program of this kind says, if it can be said here."""
        choices = kind.choices(self, scope)
        if not choices:
            return []
        self.written.add(kind.name)
        return self.dice.weighted(choices)(self, scope)

    def statement(self, scope: Scope) -> list[str]:
        self.statements += 1
        if self.kinds and self.dice.chance(20):
            lines = self.special(self.dice.pick(self.kinds), scope)
            if lines:
                return lines
        choices = {"build": 6, "session": 3}
        if scope.sessions:
            choices.update(register=7)
            choices.update(first_initializer=1)
            if scope.blocks < MAX_BLOCKS:
                choices.update(enter=3, restore=4)
        else:
            choices.update(register_new=3)
        if scope.models:
            choices.update(predict=4, access=4, initialize=2, again_given=2, again_weights=1)
        if scope.initializers and scope.sessions:
            choices.update(run_initializer=2)
        if scope.layers:
            choices.update(finish=4)
        if scope.open:
            choices.update(close=1)
        if scope.closed:
            choices.update(register_closed=1)
        choices.update(get_session=1, interactive=0 if scope.entered else 1, layer=1)
        choices.update(unregister=0 if self.dice.chance(70) else 1, weightless=1)
        if not scope.sealed and not scope.open:
            choices.update(clear=1)
        if scope.blocks < MAX_BLOCKS - 1 and self.statements < MAX_STATEMENTS:
            choices.update(branch=3, loop=1, attempt=2, enter_new=1, graph=1)
            if len(self.helpers) < MAX_HELPERS:
                choices.update(helper=4)
        if self.usable(scope):
            choices.update(again=2)
        if scope.where != "module" and scope.optional and scope.loops == 0:
            choices.update(leave=1)
        choices = {name: weight for name, weight in choices.items() if weight}
        return getattr(self, "write_" + self.dice.weighted(choices))(scope)

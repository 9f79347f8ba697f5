"""Classes whose methods go on with what `__init__` built."""

from __future__ import annotations

from dataclasses import replace

from tests.programs.helpers import Helpers
from tests.programs.kinds.uses import register, some_session, use
from tests.programs.scope import Scope, attributes, class_lines
from tests.programs.writer import Kind, Statement


def write_methods(writer: Helpers) -> list[str]:
    """A class, an object of it, and calls of its methods; `serve` is called by others."""
    scope = Scope("method", own=True)
    init = writer.block(scope, 70, 4)
    own = [name for name in scope.models if name.startswith("self.")]
    if not own:
        name = f"self.{writer.fresh('m')}"
        layer = writer.layer(writer.dice.chance(60))
        init.append(f"{name} = {writer.names('models', 'Sequential')}([{layer}])")
        scope.models.append(name)
    init += writer.surely(scope)
    names = writer.dice.pick([["attach"], ["attach", "score"], ["serve"], ["attach", "serve"]])
    known = attributes(scope)
    methods = []
    for name in names:
        # Its own variables are no other's.
        known = replace(attributes(known), blocks=known.blocks, sealed=False)
        methods.append([name, *body(writer, known)])
    first = [["__init__", *init], *writer.methods]
    if writer.dice.chance(70):
        lines = class_lines("Agent", "", [*first, *methods])
        made = "Agent"
    else:
        lines = [*class_lines("Agent", "", first), "", *class_lines("Player", "Agent", methods)]
        made = "Player"
    calls = [f"agent.{name}()" for name in names if name != "serve"]
    calls += [writer.dice.pick(calls)] if calls and writer.dice.chance(30) else []
    return [*lines, "", f"agent = {made}()", *calls]


def body(writer: Helpers, scope: Scope) -> list[str]:
    """A method registers a session, uses a model, or does anything."""
    lines: list[str] = []
    if writer.dice.chance(60):
        lines.append(register(writer, some_session(writer, scope, lines)))
    if writer.dice.chance(40):
        lines += writer.block(scope, 40, 2)
    if scope.models and (not lines or writer.dice.chance(70)):
        lines += use(writer, writer.dice.pick(scope.models))
    writer.close_open(scope)
    return lines or ["pass"]


def choices(writer: Helpers, scope: Scope) -> dict[Statement, int]:
    """This kind is a form of whole programs; there are no statements of it."""
    return {}


METHODS = Kind("methods", choices)

"""Models that are used after a clearing."""

from __future__ import annotations

from tests.programs.helpers import Helpers
from tests.programs.kinds.uses import use
from tests.programs.scope import Scope
from tests.programs.writer import Kind, Statement


def cleared(writer: Helpers, scope: Scope) -> list[str]:
    """What clears; the names stay, and what they stand for may be used."""
    scope.layers.clear()
    scope.initializers.clear()
    scope.sessions.clear()
    if writer.dice.chance(25):
        return [writer.names("tf", "reset_default_graph") + "()"]
    return [writer.names("K", "clear_session") + "()"]


def write_kept(writer: Helpers, scope: Scope) -> list[str]:
    """A model is used after a clearing, or built anew."""
    lines = cleared(writer, scope)
    model = writer.dice.pick(scope.models)
    form = writer.dice.weighted({"used": 3, "later": 2, "another": 2, "anew": 3, "gone": 1})
    if form == "used":
        lines += use(writer, model)
    elif form == "another":
        lines += [*writer.write_build(scope), *use(writer, model)]
    elif form == "anew":
        lines.append(rebuilt(writer, model))
        scope.models = [model]
        lines += use(writer, model)
    elif form == "gone":
        scope.models.clear()
    return lines


def rebuilt(writer: Helpers, model: str) -> str:
    """A name stands for another model from now on."""
    layer = writer.layer(writer.dice.chance(40))
    return f"{model} = {writer.names('models', 'Sequential')}([{layer}])"


def write_in_function(writer: Helpers, scope: Scope) -> list[str]:
    """A function clears, builds and returns; a model of before may be used."""
    name, model = writer.fresh("fresh"), writer.dice.pick(scope.models)
    clearing = cleared(writer, scope)
    writer.functions.append(
        [
            f"def {name}():",
            f"    {clearing[0]}",
            f"    {rebuilt(writer, 'net')}",
            "    return net",
        ]
    )
    kept = writer.dice.chance(60)
    target = writer.target(scope, "m") if kept else model
    lines = [f"{target} = {name}()"]
    scope.models = [*scope.models, target] if kept else [model]
    return lines + use(writer, writer.dice.pick(scope.models))


def choices(writer: Helpers, scope: Scope) -> dict[Statement, int]:
    """Only where no block is open: nothing may be cleared inside one."""
    if not scope.models or scope.sealed or scope.open:
        return {}
    return {write_kept: 3, write_in_function: 1}


CLEAR = Kind("clear", choices)

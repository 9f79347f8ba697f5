"""Loops of two rounds: what the first one leaves is there in the second."""

from __future__ import annotations

from tests.programs.helpers import Helpers
from tests.programs.kinds.clear import cleared
from tests.programs.kinds.uses import register, use
from tests.programs.scope import Scope, indented
from tests.programs.writer import MAX_FLAGS, Kind, Statement


def between(writer: Helpers, scope: Scope) -> list[str]:
    """What each round does to sessions."""
    forms = {"register": 3, "close": 1, "nothing": 2}
    if not scope.sealed and not scope.open:
        forms["clear"] = 3
    form = writer.dice.weighted(forms)
    if form == "register":
        return [register(writer, writer.new_session())]
    if form == "close":
        return [writer.names("K", "get_session") + "().close()"]
    return cleared(writer, scope) if form == "clear" else []


def write_folds(writer: Helpers, scope: Scope) -> list[str]:
    """Each round builds a model; one, or all, are kept."""
    model, kept = writer.fresh("m"), writer.fresh("kept")
    many = writer.dice.chance(50)
    before = writer.dice.chance(50)
    change = between(writer, scope)
    layer = writer.layer(writer.dice.chance(45))
    body = [*change] if before else []
    body.append(f"{model} = {writer.names('models', 'Sequential')}([{layer}])")
    if writer.dice.chance(60):
        body += use(writer, model)
    if many:
        body.append(f"{kept}.append({model})")
    else:
        body += [f"if {kept} is None:", f"    {kept} = {model}"]
    first = f"{kept}[0]" if many else kept
    if writer.dice.chance(40):
        body += use(writer, first)
    body += [] if before else change
    lines = [
        f"{kept} = {'[]' if many else 'None'}",
        loop(writer),
        *indented(body),
    ]
    form = writer.dice.weighted({"kept": 4, "all": 2 if many else 0, "last": 2, "nothing": 2})
    if form == "all":
        lines += [f"for net in {kept}:", *indented(use(writer, "net"))]
    elif form != "nothing":
        lines += use(writer, first if form == "kept" else model)
    if change and "clear" not in change[0] and "reset" not in change[0]:
        scope.models.append(model)
    return lines


def loop(writer: Helpers) -> str:
    """The head of a loop of one round, or two: the linter counts no rounds."""
    writer.flag()
    return "for _ in rounds():"


def write_again(writer: Helpers, scope: Scope) -> list[str]:
    """A block is walked twice; what it changes meets what was before."""
    head = loop(writer)
    within = writer.inner(scope)
    within.loops += 1
    body = writer.block(within, 60, 4)
    if writer.dice.chance(50):
        body += between(writer, within)
    writer.close_open(within)
    writer.take_over(scope, within)
    return [head, *indented(body)]


def choices(writer: Helpers, scope: Scope) -> dict[Statement, int]:
    """Wherever a loop may stand."""
    if scope.blocks >= 2 or writer.flags >= MAX_FLAGS:
        return {}
    return {write_folds: 3, write_again: 2}


ROUNDS = Kind("rounds", choices)

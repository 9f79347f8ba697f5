"""Sessions that are used after they were closed."""

from __future__ import annotations

from tests.programs.helpers import Helpers
from tests.programs.kinds.uses import register, some_session, use
from tests.programs.scope import Scope, indented
from tests.programs.writer import Kind, Statement


def after(writer: Helpers, scope: Scope, session: str = "") -> list[str]:
    """What may follow: a use, by Keras or of the session itself, or another session."""
    model = writer.dice.pick(scope.models)
    form = writer.dice.weighted({"used": 4, "run": 2 if session else 0, "another": 2, "nothing": 2})
    if form == "used":
        return use(writer, model)
    if form == "run":
        return [f"{session}.run({model}.output, {{{model}.input: X}})"]
    if form == "another":
        lines = [register(writer, writer.new_session())]
        if writer.dice.chance(60):
            lines.append(f"{model}.set_weights([{writer.value('V')}])")
        return lines + use(writer, model)
    return []


def write_closed(writer: Helpers, scope: Scope) -> list[str]:
    """A session is closed by name, or the one in use as it is."""
    lines: list[str] = []
    if writer.dice.chance(40):
        lines.append(writer.names("K", "get_session") + "().close()")
        return lines + after(writer, scope)
    session = some_session(writer, scope, lines)
    lines.append(f"{session}.close()")
    return lines + after(writer, scope, session)


def write_block(writer: Helpers, scope: Scope) -> list[str]:
    """The block of a session is left, that Keras keeps."""
    name = writer.fresh("s")
    within = writer.inner(scope)
    within.sealed = within.entered = True
    within.sessions.append(name)
    writer.registered.add(name)
    if writer.dice.chance(50):
        head, body = f"with {writer.names('K', 'get_session')}() as {name}:", []
    else:
        head, body = f"with {writer.new_session()} as {name}:", [register(writer, name)]
    body += writer.block(within, 50, 3)
    writer.close_open(within)
    writer.take_over(scope, within)
    if not scope.models:
        return [head, *indented(body)]
    return [head, *indented(body), *after(writer, scope, name)]


def choices(writer: Helpers, scope: Scope) -> dict[Statement, int]:
    """Wherever there is a model."""
    if not scope.models:
        return {}
    return {write_closed: 3, write_block: 2 if scope.blocks < 2 else 0}


CLOSE = Kind("close", choices)

"""How a program uses a model, and what it makes of a session for that: parts of several kinds."""

from __future__ import annotations

from tests.programs.helpers import Helpers
from tests.programs.scope import Scope


def use(writer: Helpers, model: str) -> list[str]:
    """A model is used, or given weights."""
    forms = [
        [f"{model}.predict(X)"],
        [f"{model}.predict(X)"],
        [f"{model}.predict_on_batch(X)"],
        [f"{model}.get_weights()"],
        [f"{model}.save_weights(OUT)"],
        [f"{model}.set_weights([{writer.value('V')}])"],
        [f"{writer.names('K', 'get_value')}({model}.weights[0])"],
    ]
    if writer.kind == "dense":
        forms += [[f"{model}.compile('sgd', 'mse')", f"{model}.fit(X, Y, verbose=0)"]]
    return writer.dice.pick(forms)


def some_session(writer: Helpers, scope: Scope, lines: list[str]) -> str:
    """A session: one that is there, the one in use, or a new one, made in `lines`."""
    form = writer.dice.weighted({"known": 6 if scope.sessions else 0, "used": 2, "new": 2})
    if form == "known":
        return writer.dice.pick(scope.sessions)
    made = writer.new_session() if form == "new" else writer.names("K", "get_session") + "()"
    name = writer.fresh("s")
    scope.sessions.append(name)
    writer.registered.add(name)
    lines.append(f"{name} = {made}")
    return name


def register(writer: Helpers, session: str) -> str:
    """A session is registered."""
    return f"{writer.names('K', 'set_session')}({session})"


def numbers(writer: Helpers) -> str:
    """Two of something."""
    # A star import of TensorFlow brings another `range`.
    return "(1, 2)" if writer.names.starred else "range(2)"

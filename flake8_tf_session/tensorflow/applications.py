"""The names of frameworks' objects: an application, however a program comes to it."""

from __future__ import annotations

from functools import lru_cache

from .handlers import FRAMEWORKS

_APP_OBJECTS = {
    **{owner: owner for each in FRAMEWORKS for owner in each.owners if owner.endswith("()")},
    **{dotted: owner for each in FRAMEWORKS for dotted, owner in each.aliases.items()},
}

APP_CLASSES = frozenset(
    dotted.partition("()")[0] for each in FRAMEWORKS for dotted in each.aliases if "()" in dotted
)
"""The classes of applications, and of requests that have one."""


@lru_cache(maxsize=4096)
def app_object(dotted: str) -> str:
    """The one name of a framework's object, or of what belongs to one (``flask.Flask().config``);
    empty if it is none.
    """
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        known = _APP_OBJECTS.get(".".join(parts[:count]))
        if known is not None:
            return ".".join((known, *parts[count:]))
    return ""

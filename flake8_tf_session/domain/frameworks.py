"""Classes of the project whose methods a framework runs in threads of its own."""

from __future__ import annotations

from ..tensorflow.vocabulary import HANDLER_CLASSES, Framework, matches
from .state import State
from .values import Class, External


def framework_of(cls: Class) -> Framework | None:
    """What runs methods of a class's objects in other threads, if it derives from one of that."""
    for base in cls.outer_bases:
        if isinstance(base, External) and base.dotted in HANDLER_CLASSES:
            return HANDLER_CLASSES[base.dotted]
    return None


def names_run(cls: Class, used: Framework, state: State) -> list[str]:
    """The names of a class, in order, by which a framework runs methods."""
    names = {name for each in cls.mro for name in state.attributes(each.id)}
    return sorted(name for name in names if matches(name, used.methods))


def is_run(cls: Class, name: str) -> bool:
    """Whether other threads run a method of objects that the program makes: a thread's ``run``."""
    known = framework_of(cls)
    return known is not None and not known.is_made_there and matches(name, known.methods)

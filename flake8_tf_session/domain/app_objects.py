"""What a program keeps in an object of a framework: ``app.model``, ``app.config["model"]``.

It is a variable of the module, of a name that no other can have: ``flask.Flask().model``.
"""

from __future__ import annotations

from ..tensorflow.vocabulary import app_object
from . import escape
from .containers import matters
from .state import State
from .values import Const, External, Value


def attribute(owner: Value, name: str, module: int, state: State) -> Value | None:
    """What the program keeps as an attribute of a framework's object; None if nothing."""
    return _kept(owner, f".{name}", module, state)


def item(owner: Value, index: Value, module: int, state: State) -> Value | None:
    """What it keeps under a key of one; None if nothing."""
    return _kept(owner, _key(index), module, state)


def got(method: External, index: Value, module: int, state: State) -> Value | None:
    """What ``app.config.get(key)`` finds, for the method that is called; None if nothing."""
    owner, _, name = method.dotted.rpartition(".")
    return item(External(owner), index, module, state) if name == "get" else None


def set_attribute(owner: Value, name: str, value: Value, module: int, state: State) -> bool:
    """Keep a value as an attribute of a framework's object; whether it is kept there."""
    return _keep(owner, f".{name}", value, module, state)


def set_item(owner: Value, index: Value, value: Value, module: int, state: State) -> bool:
    """Keep a value under a key of one; whether it is kept there."""
    return _keep(owner, _key(index), value, module, state)


def _key(index: Value) -> str:
    """A key as it stands behind a name; empty if it is not known."""
    return f"[{index.value!r}]" if isinstance(index, Const) else ""


def _variable(owner: Value, place: str) -> str:
    """The variable that a place of a framework's object is; empty if it is none."""
    spelled = app_object(owner.dotted) if isinstance(owner, External) else ""
    return spelled + place if spelled and place else ""


def _kept(owner: Value, place: str, module: int, state: State) -> Value | None:
    name = _variable(owner, place)
    return state.get(module, name) if name else None


def _keep(owner: Value, place: str, value: Value, module: int, state: State) -> bool:
    name = _variable(owner, place)
    if not name or not (matters((value,)) or name in state.attributes(module)):
        return False
    escape.used((value,), state)
    state.set(module, name, escape.bounded(value, state))
    return True

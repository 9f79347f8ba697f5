"""Imports: the names that they bring, and the modules that they execute."""

from __future__ import annotations

from ..domain import lookup
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import External
from ..ir.nodes import Import, ImportFrom
from .binding import set_name
from .flow import Flow
from .limits import IMPORT_DEPTH_LIMIT


def import_(flow: Flow, node: Import, state: State, frame: Frame) -> list[State]:
    """Import modules, by ``import a.b as c``."""
    importer = node.anchor.source
    for dotted, alias in node.names:
        name, bound = (dotted.split(".", 1)[0],) * 2 if alias is None else (dotted, alias)
        module = flow.modules.module(importer, 0, name)
        set_name(bound, External(name) if module is None else module, state, frame)
    return _execute_modules(flow, node, state, frame)


def import_from(flow: Flow, node: ImportFrom, state: State, frame: Frame) -> list[State]:
    """Import names, by ``from a import b``, or all of them."""
    dotted = "." * node.level + node.module
    module = flow.modules.module(node.anchor.source, node.level, node.module)
    if node.names is None:
        lookup.star_import(External(dotted) if module is None else module, frame.module, state)
    for name, alias in node.names or ():
        value = None if module is None else flow.modules.member(module, name)
        if value is None:
            value = External(f"{dotted}.{name}")
        set_name(name if alias is None else alias, value, state, frame)
    return _execute_modules(flow, node, state, frame)


def _execute_modules(
    flow: Flow, node: Import | ImportFrom, state: State, frame: Frame
) -> list[State]:
    """Execute the modules that do something when they are imported first on a path."""
    states = [state]
    if flow.is_degraded or len(flow.active) >= IMPORT_DEPTH_LIMIT:
        return states
    for loaded in flow.modules.acting(node):
        flow.can_degrade = True
        flow.memory_growth |= loaded.memory_growth
        inner = Frame(loaded.id, loaded.program.module, loaded.id)
        inner.chain = flow.place(frame, node)
        inner.caller = frame
        flow.chains.functions[inner.chain] = inner.function
        pending, states = states, []
        for each in pending:
            if loaded.id in each.store:
                states.append(each)
                continue
            each.store[loaded.id] = {}
            inner.exits = frame.exits.called()
            flow.active.append(inner.function)
            states += flow.block(inner.function.body, [each], inner)
            flow.active.pop()
            frame.exits.raises += inner.exits.raises
    return states

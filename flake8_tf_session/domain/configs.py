"""The options of configs, and what was copied from which."""

from __future__ import annotations

from .facts import COPIES, OPTIONS, SOURCE
from .state import State
from .values import Config, Options, Sequence, Value


def options_of(config: Value | None, state: State) -> Options | None:
    """The GPU options of a known config."""
    if isinstance(config, Config):
        options = state.fact(config.id, OPTIONS)
        if isinstance(options, Options):
            return options
    return None


def copies_of(options: Options, state: State) -> list[Options]:
    """What was copied from options, and from these copies."""
    found: list[Options] = []
    pending = [options]
    while pending:
        copies = state.fact(pending.pop().id, COPIES)
        for copy in copies.items if isinstance(copies, Sequence) else ():
            if isinstance(copy, Options) and copy not in found:
                found.append(copy)
                pending.append(copy)
    return found


def sources_of(options: Options, state: State) -> list[Options]:
    """Options, and what they were copied from."""
    found: list[Options] = []
    source: Value | None = options
    # Code that is executed twice may copy in a circle.
    while isinstance(source, Options) and source not in found:
        found.append(source)
        source = state.fact(source.id, SOURCE)
    return found

"""What rules hear of, and what they say."""

from __future__ import annotations

from typing import NamedTuple

from ..domain.values import KnownOrNot, Session, Value


class Report(NamedTuple):
    """What a rule says of an event: its ``chain``, and the chain of the one that makes it wrong.

    ``subject`` and ``reason`` are words for the code's message. ``at_event`` reports stand on the
    event itself, or on ``place``, whoever called. Of those of one ``group`` the first in the text
    is enough.
    """

    code: str
    chain: int
    related: int | None
    subject: str
    reason: str
    at_event: bool
    group: int | None = None
    place: int | None = None


class Touch(NamedTuple):
    """Weights that are given, loaded, read or trained: of which objects, in which session.

    Others of the graph are ``initialized`` there as well. ``gives`` tells whether the objects get
    values whatever they had before, ``uses`` whether it needs the values that they have, and
    ``keeps`` whether it does so only to keep them elsewhere (``save()``). ``named`` tells whether
    it names the session, whichever Keras uses.
    """

    subject: str
    ids: frozenset[int]
    initialized: frozenset[int]
    session: KnownOrNot
    gives: bool
    uses: bool
    keeps: bool = False
    named: bool = False


class NewSession(NamedTuple):
    """A session that was created, with the value of its config (None where it has none).

    ``devices`` is the config of what has its devices: with a target, that of the target's server.
    """

    kind: str
    session: Session
    config: Value | None
    devices: Value | None
    has_target: bool

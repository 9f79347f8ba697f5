"""Keras objects, and where their weights are."""

from __future__ import annotations

from typing import NamedTuple

from .values import KnownOrNot, Session, Value


class KerasObject(NamedTuple):
    """A Keras object that was built.

    Attributes:
        chain: Where it was built.
        graph: The graph that was the default.
        session: The session that Keras used.
        entered: Whether that was an entered one, and not the one that Keras keeps.
        has_weights: Whether it has weights that a session initialises: a layer has none until it is
            called.
        weightless: Whether it can never have any.
        held: Whether something may still hold it.
        dies_with: The frame whose variables alone held it when they were forgotten.
        initialized: The sessions in which an initializer of its graph was run, and those under
            which it was built before ``set_session(None)``, by id.
        copies: The sessions in which an initializer made its first weights, by id.
    """

    chain: int
    graph: Value
    session: KnownOrNot
    entered: bool
    has_weights: bool
    weightless: bool = False
    held: bool = True
    dies_with: int | None = None
    initialized: frozenset[int] = frozenset()
    copies: frozenset[int] = frozenset()


class Given(NamedTuple):
    """What gave or trained weights: its chain, and the words for it."""

    chain: int
    subject: str


class Overwritten(NamedTuple):
    """An initializer that was run over weights of worth: the session, its chain, and their origin.

    In another session than that of the weights it hides them.
    """

    session: Session
    chain: int
    given: Given


class WeightsIn(NamedTuple):
    """Where the weights of an object are.

    Attributes:
        session: The session that holds them.
        graph: The graph that was the default when they were put there.
        chain: What put them there.
        subject: The words for that.
        entered: Whether the session was an entered one, and not the one that Keras keeps.
        given: What gave or trained them; None while they are initial ones.
        strayed_from: What had put the object into the session that Keras keeps, before its weights
            went into an entered one.
        dropped: Whether Keras dropped the session of itself.
        copies: The sessions in which an initializer made weights that are as good, by id.
        older: The sessions in which it has other weights, that it had before these or that an
            initializer made there, by id.
        overwritten: The initializer that was run over them.
        place: Where another thread has put them there, in a session that it entered or registered:
            in the thread's own function.
    """

    session: KnownOrNot
    graph: Value
    chain: int
    subject: str
    entered: bool
    given: Given | None
    strayed_from: int | None = None
    dropped: bool = False
    copies: frozenset[int] = frozenset()
    older: frozenset[int] = frozenset()
    overwritten: Overwritten | None = None
    place: int | None = None

    @property
    def sessions(self) -> frozenset[int]:
        """The sessions that are known to have weights of the object, of whatever worth, by id."""
        found = self.copies | self.older
        return found | {self.session.id} if isinstance(self.session, Session) else found


def alias(id_: int, home: WeightsIn) -> int:
    """A key for an object of which nothing matters any more but where its weights are."""
    flags = (home.given is not None) << 2 | home.entered << 1 | home.dropped
    return -1 - ((id_ << _CHAIN_BITS | home.chain) << 3 | flags)


def original(key: int) -> int:
    """The object's id for a key of ``keras_objects`` and ``weights_in``: an id or an `alias`."""
    return key if key >= 0 else (-1 - key) >> (_CHAIN_BITS + 3)


# More than the number of any chain has.
_CHAIN_BITS = 128

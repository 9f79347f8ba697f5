"""The state of one path: what has been executed so far, as far as sessions care.

A `State` belongs to one path. The walk changes it in place and forks it where paths part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from .budget import Work
from .facts import CLOSED, FILLED, GRAPH, MONITORED, OWN_GRAPH, PARTS, REGISTERED, Fact, Flag, V
from .kinds import differ
from .values import (
    EARLIER,
    TRUE,
    UNKNOWN,
    Const,
    Graph,
    Imported,
    Keras,
    KnownOrNot,
    Module,
    Session,
    Unknown,
    Value,
)
from .weights import KerasObject, WeightsIn

if TYPE_CHECKING:
    from typing_extensions import TypeGuard

_NOTHING: dict[str, Value] = {}
_T = TypeVar("_T")


class Tables(Protocol):
    """The variables of modules and the attributes of what they made, by id."""

    def get(self, owner: int, default: dict[str, Value], /) -> dict[str, Value]:
        """Those of an owner, not to be changed."""


class Shared(Protocol):
    """What all paths share: the modules of the project around the file that is checked.

    Attributes:
        work: What the flow that is walked costs.
    """

    work: Work

    @property
    def tables(self) -> Tables:
        """The variables of modules and the attributes of what they made, by id."""

    def found(self, name: Imported, state: State) -> Value:
        """The value of a name of another module."""

    def exporting(self, module: Module, name: str, state: State) -> int | None:
        """The id of a module's frame, if ``from module import *`` may bring a name."""


class Entered(NamedTuple):
    """A session that was entered: by a ``with`` block, or (``block`` None) until it is closed."""

    session: KnownOrNot
    block: int | None


def without_first(item: _T, items: tuple[_T, ...]) -> tuple[_T, ...]:
    """A tuple without the first of its items that equals one, if any does."""
    if item not in items:
        return items
    index = items.index(item)
    return items[:index] + items[index + 1 :]


def is_implicit(session: Value | None) -> TypeGuard[Session]:
    """Whether a session is one that Keras makes for itself."""
    return isinstance(session, Session) and session.id < 0


class State:
    """What holds at one point of a path.

    Attributes:
        store: The variables of each frame and the attributes of each object, by id. The inner
            dicts are shared between paths and never changed.
        keras_session: The session that Keras keeps: the one it was given, or an implicit one that
            it made itself; None while it has none.
        generation: Numbers the implicit sessions.
        resets: Numbers the default graphs.
        began: The number of the default graph in which the flow began.
        entered: The sessions that were entered and not left, outermost first.
        graphs: The graphs that were entered, with their blocks.
        keras_objects: The Keras objects that were built, by id.
        weights_in: The session that holds the weights of an object, by the object's id.
        gpus_hidden: Whether ``CUDA_VISIBLE_DEVICES`` hides all GPUs.
        shared: The other modules: what they define, as long as this path does not change it.
        leaving: How this path leaves the bodies of ``with`` statements (``"returns"``, with the
            value, ``"breaks"`` …) whose generator functions are still to run to their ends.
        memory: What each rule remembers of this path.
        reports: What the rules said of it, for which it has to happen to its end.
        said: Of what a rule has said already what it says once: where paths meet, on both.
    """

    __slots__ = (
        "began",
        "entered",
        "generation",
        "gpus_hidden",
        "graphs",
        "keras_objects",
        "keras_session",
        "leaving",
        "memory",
        "reports",
        "resets",
        "said",
        "shared",
        "store",
        "weights_in",
    )

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.store: dict[int, dict[str, Value]] = {}
        self.keras_session: KnownOrNot | None = None
        self.generation = 0
        self.resets = 0
        self.began = 0
        self.entered: tuple[Entered, ...] = ()
        self.graphs: tuple[tuple[Value, int | None], ...] = ()
        self.keras_objects: dict[int, KerasObject] = {}
        self.weights_in: dict[int, WeightsIn] = {}
        self.gpus_hidden = False
        self.leaving: tuple[tuple[str, Value], ...] = ()
        self.memory: dict[str, tuple[Any, ...]] = {}
        self.reports: frozenset[Any] = frozenset()
        self.said: frozenset[tuple[str, Any]] = frozenset()

    def fork(self) -> State:
        """A copy for another path."""
        other = State.__new__(State)
        other.shared = self.shared
        other.store = self.store.copy()
        other.keras_session = self.keras_session
        other.generation = self.generation
        other.resets = self.resets
        other.began = self.began
        other.entered = self.entered
        other.graphs = self.graphs
        other.keras_objects = self.keras_objects.copy()
        other.weights_in = self.weights_in.copy()
        other.gpus_hidden = self.gpus_hidden
        other.leaving = self.leaving
        other.memory = self.memory.copy()
        other.reports = self.reports
        other.said = self.said
        self.shared.work.done += self.size
        return other

    @property
    def size(self) -> int:
        """About how much there is to copy."""
        return len(self.store) + len(self.keras_objects) + len(self.weights_in)

    # --- objects ---

    def attributes(self, owner: int) -> dict[str, Value]:
        """The variables or attributes of an owner; not to be changed."""
        known = self.store.get(owner)
        return self.shared.tables.get(owner, _NOTHING) if known is None else known

    def get(self, owner: int, name: str) -> Value | None:
        """The value of a variable or attribute; None if it was never set on this path."""
        attributes = self.store.get(owner)
        if attributes is None:
            attributes = self.shared.tables.get(owner, _NOTHING)
        return attributes.get(name)

    def set(self, owner: int, name: str, value: Value) -> None:
        """Set a variable or attribute."""
        attributes = self.store[owner] = {**self.attributes(owner), name: value}
        self.shared.work.done += len(attributes)

    def fact(self, owner: int, fact: Fact[V]) -> V | Unknown | None:
        """A fact about an object; None if it was never noted on this path."""
        found: V | Unknown | None = self.get(owner, fact.name)  # type: ignore[assignment]
        return found

    def note(self, owner: int, fact: Fact[V], value: V) -> None:
        """Note a fact about an object."""
        self.set(owner, fact.name, value)

    def has(self, owner: int, fact: Fact[V]) -> bool:
        """Whether a fact about an object is known."""
        return self.get(owner, fact.name) is not None

    def mark(self, owner: int, flag: Flag) -> None:
        """Note that a flag holds for an object."""
        self.set(owner, flag.name, TRUE)

    def unset(self, owner: int, name: str) -> None:
        """Forget a variable or attribute."""
        attributes = self.attributes(owner)
        if name in attributes:
            self.store[owner] = {key: item for key, item in attributes.items() if key != name}

    # --- sessions ---

    @property
    def implicit(self) -> Session:
        """The session that Keras made for itself, or makes when it needs one."""
        if (
            isinstance(self.keras_session, Session)
            and is_implicit(self.keras_session)
            and not self.is_foreign
        ):
            return self.keras_session
        return Session(-1 - self.generation)

    @property
    def next_implicit(self) -> Session:
        """The implicit session after ``set_session(None)``."""
        return Session(-2 - self.generation)

    @property
    def current(self) -> KnownOrNot:
        """The session that Keras uses now."""
        if self.entered:
            return self.entered[-1].session
        if self.keras_session is None or self.is_foreign:
            return self.implicit
        return self.keras_session

    def parts_from(self, session: KnownOrNot | None) -> bool:
        """Whether a session is provably another than the one in use.

        One of before the flow is another than those that the flow makes, until code that can't be
        seen may have put weights there; and than the one that Keras makes for another graph.
        """
        current = self.current
        if session == EARLIER and isinstance(current, Session):
            is_new = current.id >= 0 or (self.is_foreign and not self.entered)
            return is_new and not self.has(current.id, FILLED)
        return session is not None and differ(session, current)

    @property
    def enters_another(self) -> bool:
        """Whether the session in use is an entered one, and not the one that Keras keeps."""
        return bool(self.entered) and self.entered[-1].session != self.keras_session

    @property
    def enters_foreign(self) -> bool:
        """Whether the session in use is an entered one of another graph than the default one."""
        return bool(self.entered) and differ(self.graph_of(self.current), self.graph)

    def graph_of(self, session: KnownOrNot) -> Value:
        """The graph of a session, as far as it is known."""
        graph = self.fact(session.id, GRAPH) if isinstance(session, Session) else None
        return UNKNOWN if graph is None else graph

    @property
    def has_closed_session(self) -> bool:
        """Whether the session in use is closed."""
        session = self.current
        return isinstance(session, Session) and self.has(session.id, CLOSED)

    @property
    def fails(self) -> bool:
        """Whether what needs the session in use fails: it is closed, or one of another graph."""
        return self.has_closed_session or self.enters_foreign

    def is_own(self, session: KnownOrNot) -> bool:
        """Whether a session is one that Keras made for itself, and nobody registered."""
        return is_implicit(session) and not self.has(session.id, REGISTERED)

    @property
    def is_foreign(self) -> bool:
        """Whether the session that Keras keeps is one of another graph: it makes a new one then."""
        if not isinstance(self.keras_session, Session):
            return False
        graph = self.fact(self.keras_session.id, GRAPH)
        return isinstance(graph, Graph) and isinstance(self.graph, Graph) and graph != self.graph

    @property
    def graph(self) -> Value:
        """The graph that is the default now."""
        return self.graphs[-1][0] if self.graphs else Graph(-1 - self.resets)

    def enter(self, session: Session, block: int | None) -> None:
        """Enter a session, and its graph if it was made for that one.

        Those of ``tf.train`` do not become the default session.
        """
        if self.has(session.id, MONITORED):
            return
        self.entered = (*self.entered, Entered(session, block))
        graph = self.fact(session.id, GRAPH)
        if graph is not None and self.has(session.id, OWN_GRAPH):
            self.graphs = (*self.graphs, (graph, block))

    def leave(self, block: int) -> None:
        """Leave whatever a ``with`` block entered."""
        self.entered = tuple(item for item in self.entered if item.block != block)
        self.graphs = tuple(item for item in self.graphs if item[1] != block)

    def close(self, session: Session, chain: int) -> None:
        """Close a session, by the event of a chain; one that no block entered is left with it.

        If it was entered once more, it stays so.
        """
        self.note(session.id, CLOSED, Const(chain))
        entered = Entered(session, None)
        if entered in self.entered:
            self.entered = without_first(entered, self.entered)
            if self.has(session.id, OWN_GRAPH):
                self.graphs = without_first((self.graph_of(session), None), self.graphs)

    def make_session(self) -> None:
        """Let Keras make the session that it needs, if it has none for the graph.

        It keeps one session, so it drops the one of another graph, and with it the weights there.
        """
        if self.entered or not (self.keras_session is None or self.is_foreign):
            return
        for id_, home in self.weights_in.items():
            if home.session == self.keras_session:
                self.weights_in[id_] = home._replace(dropped=True)
        self.keras_session = self.implicit
        self.generation += 1
        if isinstance(self.graph, Graph):
            self.note(self.keras_session.id, GRAPH, self.graph)

    def forget_sessions(self) -> None:
        """Go back to a new implicit session."""
        self.keras_session = None
        self.generation += 1

    def register(self, session: KnownOrNot) -> None:
        """Let Keras keep a session; what was put into it while it was entered is in that one."""
        self.keras_session = session
        if not isinstance(session, Session):
            return
        if is_implicit(session):
            self.mark(session.id, REGISTERED)
        for id_, creation in self.keras_objects.items():
            if creation.entered and creation.session == session:
                self.keras_objects[id_] = creation._replace(entered=False)
        for id_, home in self.weights_in.items():
            if home.entered and home.session == session:
                self.weights_in[id_] = home._replace(entered=False)

    def unregister(self) -> None:
        """Take Keras' session away: what was built and has no weights yet gets them in the next."""
        before = self.implicit
        self.forget_sessions()
        for id_, creation in self.keras_objects.items():
            if creation.session == before and id_ not in self.weights_in:
                self.keras_objects[id_] = creation._replace(
                    session=self.implicit, initialized=creation.initialized | {before.id}
                )

    def reset_graph(self) -> None:
        """Start a new default graph: what was built in the old one is useless."""
        self.resets += 1
        self.keras_objects = {}
        self.weights_in = {}

    def is_of_old_graph(self, id_: int) -> bool:
        """Whether a Keras object was built before the default graph was reset."""
        return self.resets != self.began and id_ not in self.keras_objects

    def with_parts(self, ids: frozenset[int]) -> frozenset[int]:
        """Keras objects and whatever was added to them (`model.add(layer)`)."""
        found = set(ids)
        pending = list(ids)
        while pending:
            parts = self.fact(pending.pop(), PARTS)
            if isinstance(parts, Keras):
                pending += parts.ids - found
                found |= parts.ids
        return frozenset(found)

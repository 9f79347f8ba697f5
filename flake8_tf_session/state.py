"""The state of one path: what has been executed so far, as far as sessions care.

A `State` belongs to one path. The walk changes it in place and forks it where paths part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Union

from .values import Const, Graph, Instance, Session, Unknown, Value

if TYPE_CHECKING:
    from .world import World

KnownOrNot = Union[Session, Unknown]

# The id of the frame of the module that is checked.
MODULE = 0

_NOTHING: dict[str, Value] = {}


class Entered(NamedTuple):
    """A session that was entered: by a ``with`` block, or (``block`` None) until it is closed."""

    session: KnownOrNot
    block: int | None


class Creation(NamedTuple):
    """A Keras object: where it was built, under which graph and session, registered or not, whether
    it has weights that a session initialises (a layer has none until it is called), and whether
    something may still hold it.
    """

    chain: int
    graph: Value
    session: KnownOrNot
    registered: bool
    has_weights: bool
    held: bool = True


class Home(NamedTuple):
    """The session that holds an object's weights, whether it was an entered one, what put them
    there, whether they are of worth (given or trained), whether Keras dropped that session of
    itself, and the sessions in which an initializer made weights that are as good.
    """

    session: KnownOrNot
    entered: bool
    chain: int
    of_worth: bool
    dropped: bool = False
    copies: frozenset[int] = frozenset()


def is_implicit(session: Value | None) -> bool:
    """Whether a session is one that Keras makes for itself."""
    return isinstance(session, Session) and session.id < 0


class State:
    """What holds at one point of a path.

    Attributes:
        objects: The variables of each frame and the attributes of each object, by id. The inner
            dicts are shared between paths and never changed.
        kept: The session that Keras keeps: the one it was given, or an implicit one that it made
            itself; None while it has none.
        generation: Numbers the implicit sessions.
        resets: Numbers the default graphs.
        entered: The sessions that were entered and not left, outermost first.
        graphs: The graphs that were entered, with their blocks.
        creations: The Keras objects that were built, by id.
        homes: The session that holds the weights of an object, by the object's id.
        gpus_hidden: Whether ``CUDA_VISIBLE_DEVICES`` hides all GPUs.
        world: The other files' modules: what they define, as long as this path does not change it.
        memory: What each rule remembers of this path.
        reports: What the rules said of it, for which it has to happen to its end.
    """

    __slots__ = (
        "creations",
        "entered",
        "generation",
        "gpus_hidden",
        "graphs",
        "homes",
        "kept",
        "memory",
        "objects",
        "reports",
        "resets",
        "world",
    )

    def __init__(self, world: World) -> None:
        self.world = world
        self.objects: dict[int, dict[str, Value]] = {}
        self.kept: KnownOrNot | None = None
        self.generation = 0
        self.resets = 0
        self.entered: tuple[Entered, ...] = ()
        self.graphs: tuple[tuple[Value, int | None], ...] = ()
        self.creations: dict[int, Creation] = {}
        self.homes: dict[int, Home] = {}
        self.gpus_hidden = False
        self.memory: dict[str, tuple[Any, ...]] = {}
        self.reports: frozenset[Any] = frozenset()

    def fork(self) -> State:
        """A copy for another path."""
        other = State.__new__(State)
        other.world = self.world
        other.objects = self.objects.copy()
        other.kept = self.kept
        other.generation = self.generation
        other.resets = self.resets
        other.entered = self.entered
        other.graphs = self.graphs
        other.creations = self.creations.copy()
        other.homes = self.homes.copy()
        other.gpus_hidden = self.gpus_hidden
        other.memory = self.memory.copy()
        other.reports = self.reports
        self.world.work.done += self.size
        return other

    @property
    def size(self) -> int:
        """About how much there is to copy."""
        return len(self.objects) + len(self.creations) + len(self.homes)

    # --- objects ---

    def attributes(self, owner: int) -> dict[str, Value]:
        """The variables or attributes of an owner; not to be changed."""
        known = self.objects.get(owner)
        return self.world.tables.get(owner, _NOTHING) if known is None else known

    def get(self, owner: int, name: str) -> Value | None:
        """The value of a variable or attribute; None if it was never set on this path."""
        attributes = self.objects.get(owner)
        if attributes is None:
            attributes = self.world.tables.get(owner, _NOTHING)
        return attributes.get(name)

    def set(self, owner: int, name: str, value: Value) -> None:
        """Set a variable or attribute."""
        attributes = self.objects[owner] = {**self.attributes(owner), name: value}
        self.world.work.done += len(attributes)

    def unset(self, owner: int, name: str) -> None:
        """Forget a variable or attribute."""
        attributes = self.attributes(owner)
        if name in attributes:
            self.objects[owner] = {key: item for key, item in attributes.items() if key != name}

    # --- sessions ---

    @property
    def registered(self) -> KnownOrNot | None:
        """The session that Keras was given; None while it has none but an implicit one."""
        return None if is_implicit(self.kept) else self.kept

    @property
    def implicit(self) -> Session:
        """The session that Keras made for itself, or makes when it needs one."""
        if isinstance(self.kept, Session) and is_implicit(self.kept) and not self.is_foreign:
            return self.kept
        return Session(-1 - self.generation)

    @property
    def current(self) -> KnownOrNot:
        """The session that Keras uses now."""
        if self.entered:
            return self.entered[-1].session
        if self.kept is None or self.is_foreign:
            return self.implicit
        return self.kept

    @property
    def is_foreign(self) -> bool:
        """Whether the session that Keras keeps is one of another graph: it makes a new one then."""
        if not isinstance(self.kept, Session):
            return False
        graph = self.get(self.kept.id, GRAPH)
        return isinstance(graph, Graph) and isinstance(self.graph, Graph) and graph != self.graph

    @property
    def graph(self) -> Value:
        """The graph that is the default now."""
        return self.graphs[-1][0] if self.graphs else Graph(-1 - self.resets)

    def leave(self, block: int) -> None:
        """Leave whatever a ``with`` block entered."""
        self.entered = tuple(item for item in self.entered if item.block != block)
        self.graphs = tuple(item for item in self.graphs if item[1] != block)

    def close(self, session: Session, chain: int) -> None:
        """Close a session, by the event of a chain; an interactive one stops being the default."""
        self.set(session.id, CLOSED, Const(chain))
        self.entered = tuple(
            item for item in self.entered if item.block is not None or item.session != session
        )

    def make_session(self) -> None:
        """Let Keras make the session that it needs, if it has none for the graph.

        It keeps one session, so it drops the one of another graph, and with it the weights there.
        """
        if self.entered or not (self.kept is None or self.is_foreign):
            return
        for id_, home in self.homes.items():
            if home.session == self.kept:
                self.homes[id_] = home._replace(dropped=True)
        self.kept = self.implicit
        self.generation += 1
        if isinstance(self.graph, Graph):
            self.set(self.kept.id, GRAPH, self.graph)

    def forget_sessions(self) -> None:
        """Go back to a new implicit session."""
        self.kept = None
        self.generation += 1

    def reset_graph(self) -> None:
        """Start a new default graph: what was built in the old one is useless."""
        self.resets += 1
        self.creations = {}
        self.homes = {}

    def open_instance(self, instance: Instance) -> None:
        """Let an instance have attributes that were not seen being set."""
        self.set(instance.id, OPEN, Const(True))


# Facts about objects, kept beside their attributes under names that no attribute can have. Those
# with a "<" tell paths apart, the others may hold on one of the paths that were joined.
CLOSED = "<closed>"
COPIES = "<copies>"
GPUS = "<gpus>"
GRAPH = "<graph>"
GROWTH = "<allow_growth>"
MONITORED = "<monitored>"
OPTIONS = "<options>"
OWN_GRAPH = "<own graph>"
STARVED = "<starved>"
# What GPU options were copied from.
SOURCE = "?source"
# A session, config, options, object or variables of a function that code outside the flow may use.
LEFT = "?left"
# The variables of a function that returned, kept for the functions inside it.
ENDED = "?ended"
# The Keras objects that were added to a model.
PARTS = "?parts"
# An instance may have attributes that were not seen being set.
OPEN = "?open"

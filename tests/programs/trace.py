"""What is recorded of a run of a program, and what is read from it.

Nothing here needs TensorFlow. A trace is a list of events.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# A session in a replay: ("session", number) or ("implicit", graph, how many Keras had made).
Key = tuple

ORDER = ("TFS101", "TFS102", "TFS103", "TFS104", "TFS105", "TFS106", "TFS107")


@dataclass(frozen=True)
class Frame:
    """One function of the program that was running, and the line it was at."""

    function: str  # the qualified name, "<module>" for the program's body
    line: int
    serial: int  # tells two calls of the same function apart
    instance: str = ""  # the class of `self`, for a method
    thread: int = 0

    @property
    def inherited(self) -> bool:
        """Whether the method runs for an object of a class derived from its own."""
        return bool(self.instance) and self.function.split(".")[0] != self.instance


Chain = tuple[Frame, ...]


@dataclass(frozen=True)
class Living:
    """A layer or model that the program still holds."""

    number: int
    graph: int
    variables: frozenset[int]


@dataclass(frozen=True)
class Event:
    """One thing that happened in a run.

    kind: build (a Keras object was made), access (Keras handed out its session), give (weights were
    put in; by the program itself, if there is a session), use (a method that needs a model's
    weights was called), run (the program's own session works with weights), fail (TensorFlow
    raised, or worked with other weights than were given; in a run of the program's own, if there is
    a session), register, unregister (`set_session(None)`), enter, exit, session (one was made),
    close, clear, initialize (an initializer was run), leave (a function ended), ask (a model was
    asked after the end), end (of the flow).
    """

    kind: str
    chain: Chain
    graph: int  # the default graph at that moment; that of the model for those of one
    session: int | None = None
    model: int | None = None  # or layer
    variables: frozenset[int] = frozenset()
    # Variables that the access puts into the session; all that are there for an initializer; those
    # that an initializer would have given values, had it not failed.
    fresh: frozenset[int] = frozenset()
    session_graph: int | None = None
    by_keras: bool = False  # a session that Keras made for itself; an access that it made itself
    name: str = ""
    # What is held when a function or the flow ends; the model of the event and its parts; all
    # models when they are cleared.
    living: tuple[Living, ...] = ()
    dying: tuple[Living, ...] = ()  # what only the function that ends held
    thread: int = 0  # the main one is 0


@dataclass(frozen=True)
class Expected:
    """A finding that a trace bears out; several lines or codes where there is a choice."""

    codes: frozenset[str]
    lines: frozenset[int]
    classes: frozenset[str] = frozenset()  # the `class` lines of these may carry it as well

    def __str__(self) -> str:
        lines = "/".join(map(str, sorted(self.lines)))
        names = "".join(f" or class {name}" for name in sorted(self.classes))
        return f"{'/'.join(sorted(self.codes))} on line {lines}{names}"


@dataclass
class Reading:
    """What one trace, or the part of it inside one call, says."""

    must: set[frozenset[Expected]] = field(default_factory=set)  # one of each, for what failed
    may: set[Expected] = field(default_factory=set)
    uncovered: set[str] = field(default_factory=set)

    def add(self, other: Reading) -> None:
        """Take over what another trace says."""
        self.must |= other.must
        self.may |= other.may
        self.uncovered |= other.uncovered

    @property
    def allowed(self) -> set[Expected]:
        """All findings that this trace bears out or excuses."""
        return self.may.union(*self.must)


def threaded(chain: Chain) -> Expected:
    """The finding on what a thread does: in the function that it runs, or one called there."""
    thread = chain[-1].thread
    lines = frozenset(frame.line for frame in chain if frame.thread == thread)
    return Expected(frozenset({"TFS401"}), lines)


def placed(chain: Chain, other: Chain, *codes: str) -> Expected:
    """The finding on `chain`: where the ways to the two events part, or in a caller.

    A callee often can't know the model or the session that it is given; then only the caller makes
    it wrong. Where a class overrides what an inherited method calls, the finding may stand on the
    class; where a method follows upon `__init__`, in that method.
    """
    depth = 0
    for one, two in zip(chain, other):
        if one != two:
            break
        depth += 1
    frames = chain[: depth + 1]
    for first, second in ((chain[depth:], other[depth:]), (other[depth:], chain[depth:])):
        made = {frame.instance for frame in first if frame.function.endswith("__init__")}
        if any(frame.instance in made for frame in second):
            frames += second
    return Expected(
        frozenset(codes),
        frozenset(frame.line for frame in frames),
        frozenset(frame.instance for frame in chain if frame.inherited),
    )


def is_later(chain: Chain, other: Chain) -> bool:
    """Whether an event is in a hook of Keras', or in a method that follows upon the `__init__` in
    which another event was.
    """
    names = [frame.function.rsplit(".", 1)[-1] for frame in chain]
    made = {frame.instance for frame in other if frame.function.endswith("__init__")}
    return any(name.startswith("on_") or name == "<lambda>" for name in names) or any(
        frame.instance in made and name != "__init__" for frame, name in zip(chain, names)
    )


def is_own_entry(chain: Chain) -> bool:
    """Whether it is a flow of its own: of a method that others call after the program's end."""
    return bool(chain) and chain[0].function != "<module>" and not chain[0].thread


@dataclass
class Built:
    """A layer or model in a replay."""

    event: Event
    key: Key  # the session that Keras used then
    since: int  # how many changes there had been
    inside: bool  # in a block, or under an InteractiveSession, that is not the registered one
    thread: int


@dataclass
class Home:
    """Where the weights of a variable live."""

    key: Key
    since: int
    inside: bool
    alone: bool  # Keras kept no session besides the entered one
    thread: int
    own: bool = False  # the program put them there itself, past Keras
    touches: list[Event] = field(default_factory=list)  # what put, changed or used them there
    unseen: bool = False  # what put them there is a method of something that is not known


@dataclass
class State:
    """What TensorFlow and Keras keep for each thread on its own."""

    number: int
    made: int  # sessions that Keras made; those of each thread are others
    registered: Key | None = None  # the session that Keras keeps
    # What set_session was given, and after how many changes.
    explicit: dict[Key, int] = field(default_factory=dict)
    entered: list[Key] = field(default_factory=list)
    opened: dict[Key, Event] = field(default_factory=dict)  # where each was entered last
    changes: list[Change] = field(default_factory=list)
    broken: Event | None = None  # the set_session of one that had been closed


@dataclass
class Change:
    """Another session came in use."""

    event: Event
    registered: Key | None  # what Keras keeps afterwards

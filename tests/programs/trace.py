"""What a recorded run of a program says: where the order is wrong, and which findings it bears out.

Nothing here needs TensorFlow. A trace is a list of events; it is replayed as the specification
describes a flow: which session Keras uses, what is pending, which session holds which weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

# The events at which the models may be asked: after a registration, before what else changes.
ASKING_POINTS = frozenset({"register", "unregister", "close", "clear"})

# A session in a replay: ("session", number) or ("implicit", graph, how many Keras had made).
Key = tuple


@dataclass(frozen=True)
class Frame:
    """One function of the program that was running, and the line it was at."""

    function: str  # the qualified name, "<module>" for the program's body
    line: int
    serial: int  # tells two calls of the same function apart
    instance: str = ""  # the class of `self`, for a method

    @property
    def inherited(self) -> bool:
        """Whether the method runs for an object of a class derived from its own."""
        return bool(self.instance) and self.function.split(".")[0] != self.instance


Chain = tuple[Frame, ...]


@dataclass(frozen=True)
class Event:
    """One thing that happened in a run.

    kind: build (a Keras object was made), access (Keras asked for its session while variables
    exist), give (weights were put in), use (a method of a model was called), register, unregister
    (`set_session(None)`), enter, exit, session (one was made), close, clear, initialize (an
    initializer was run).
    """

    kind: str
    chain: Chain
    graph: int  # the default graph at that moment
    session: int | None = None
    model: int | None = None
    variables: frozenset[int] = frozenset()
    fresh: frozenset[int] = frozenset()  # variables that the access puts into the session
    session_graph: int | None = None
    by_keras: bool = False  # a session that Keras made for itself
    name: str = ""
    made: int | None = None  # the layer or model that was built
    held: frozenset[int] = frozenset()  # what the program holds when another is registered


@dataclass(frozen=True)
class Expected:
    """A finding that a trace bears out; several lines or codes where there is a choice."""

    codes: frozenset[str]
    lines: frozenset[int]
    classes: frozenset[str] = frozenset()  # the `class` lines of these may carry it as well
    callers: frozenset[int] = frozenset()  # so may these, if the callee alone is not wrong

    def __str__(self) -> str:
        lines = "/".join(map(str, sorted(self.lines)))
        names = "".join(f" or class {name}" for name in sorted(self.classes))
        return f"{'/'.join(sorted(self.codes))} on line {lines}{names}"


@dataclass
class Reading:
    """What one trace, or the part of it inside one call, says."""

    wrong_order: set[str] = field(default_factory=set)
    must: set[Expected] = field(default_factory=set)
    may: set[Expected] = field(default_factory=set)
    excused: set[Expected] = field(default_factory=set)  # nothing wrong, but within the wording
    uncovered: set[str] = field(default_factory=set)

    def add(self, other: Reading) -> None:
        """Take over what another trace says."""
        self.wrong_order |= other.wrong_order
        self.must |= other.must
        self.may |= other.may
        self.excused |= other.excused
        self.uncovered |= other.uncovered

    @property
    def codes(self) -> set[str]:
        """The codes that this trace speaks for."""
        return {code for expected in self.must | self.may for code in expected.codes}


def parting(first: Chain, second: Chain) -> int:
    """The depth at which the ways to two events part."""
    depth = 0
    for one, other in zip(first, second):
        if one != other:
            break
        depth += 1
    return min(depth, len(first) - 1, len(second) - 1)


def placed(codes: frozenset[str], chain: Chain, other: Chain) -> Expected:
    """The finding on `chain`, at the first place at which the ways to the two events part.

    Where a class overrides what an inherited method calls, the finding may stand on a call in
    the caller or on the class: the trace of one class can't tell which, so all are taken. A callee
    often can't know the model or the session that it is given; then only the caller makes it
    wrong, and the finding may stand there. A creation needs no such knowledge.
    """
    depth = parting(chain, other)
    if codes & {"TFS101", "TFS102"} and not any(frame.inherited for frame in chain[: depth + 1]):
        callers = frozenset(frame.line for frame in chain[:depth])
        return Expected(codes, frozenset({chain[depth].line}), callers=callers)
    return Expected(
        codes,
        frozenset(frame.line for frame in chain[: depth + 1]),
        frozenset(frame.instance for frame in chain if frame.inherited),
    )


def _pending_codes(event: Event, depth: int, build_methods: frozenset[str]) -> frozenset[str]:
    if event.kind == "access":
        return frozenset({"TFS103"})
    called = [frame.function.rsplit(".", 1)[-1] for frame in event.chain[depth + 1 :]]
    if called and called[0] in build_methods:
        return frozenset({"TFS102"})
    return frozenset({"TFS101", "TFS102"} if build_methods & set(called) else {"TFS101"})


@dataclass
class Pending:
    """What happened before a registration, if one comes."""

    event: Event
    session: Key
    registrations: int  # how many there had been
    puts_in: bool  # a creation; an access that leaves weights in the session


@dataclass
class Model:
    """A model in a replay."""

    built: Event
    session: Key
    registration: Event | None  # the set_session that made Keras use the session it is built under
    entered: bool  # built inside a session's block, or under an InteractiveSession
    registrations: int  # how many there had been
    away: list[Event] = field(default_factory=list)  # set_session of others, until it is taken back
    dead: bool = False  # nothing held it any more when its session was replaced

    @property
    def registered(self) -> bool:
        """Whether it was built under a session that set_session made Keras use."""
        return self.registration is not None


class Replay:
    """The state of a flow, replayed event by event."""

    def __init__(self, build_methods: frozenset[str] = frozenset({"_build_graph"})) -> None:
        self.build_methods = build_methods
        self.reading = Reading()
        self.registered: Key | None = None
        self.register_event: Event | None = None
        self.entered: list[Key] = []
        self.keys: dict[int, Key] = {}
        self.sessions: dict[Key, int] = {}
        self.graphs: dict[Key, int] = {}
        self.closed: set[Key] = set()
        self.closed_later: set[Key] = set()  # closed while Keras used them: no code covers it
        self.made = 0
        self.pending: list[Pending] = []
        self.models: dict[int, Model] = {}
        self.gave: dict[int, Event] = {}  # variable: the last event that gave it a value
        self.holder: dict[int, tuple[Key, Event, int]] = {}
        self.copies: set[tuple[Key, int]] = set()  # variables that an initializer made elsewhere
        self.inside: set[int] = set()  # variables whose holder was an entered session
        self.taken: dict[int, Key] = {}  # variable: the session of its model that it was in before
        self.hidden: list[tuple[Key, int, Event, Event]] = []  # what an initializer hides
        self.registrations = 0
        self.cleared: Event | None = None  # a clearing after a registration

    def key(self, session: int) -> Key:
        """What stands for this session."""
        key = self.keys.setdefault(session, ("session", session))
        self.sessions[key] = session
        return key

    def used(self, graph: int) -> Key:
        """The session that Keras uses now."""
        if self.entered:
            return self.entered[-1]
        if self.registered is not None and self.graphs.get(self.registered, graph) == graph:
            return self.registered
        return ("implicit", graph, self.made)

    def must(self, code: str, chain: Chain, other: Chain) -> None:
        """The linter has to say this."""
        self.reading.must.add(placed(frozenset({code}), chain, other))

    def may(self, code: str, chain: Chain) -> None:
        """The linter may say this, on any line on the way."""
        classes = frozenset(frame.instance for frame in chain if frame.inherited)
        lines = frozenset(frame.line for frame in chain)
        self.reading.may.add(Expected(frozenset({code}), lines, classes))

    def step(self, event: Event) -> None:
        """Replay one event."""
        getattr(self, "on_" + event.kind)(event)

    def on_session(self, event: Event) -> None:
        assert event.session is not None and event.session_graph is not None
        if event.by_keras:
            self.keys[event.session] = ("implicit", event.graph, self.made)
            self.made += 1
            if self.registered is not None:  # of another graph
                self.may("TFS302", (self.register_event or event).chain)
            self.registered = self.key(event.session)
            self.register_event = None
        self.graphs[self.key(event.session)] = event.session_graph

    def on_enter(self, event: Event) -> None:
        assert event.session is not None
        self.entered.append(self.key(event.session))

    def on_exit(self, event: Event) -> None:
        assert event.session is not None
        key = self.key(event.session)
        if key in self.entered:
            last = len(self.entered) - 1 - self.entered[::-1].index(key)
            del self.entered[last]

    def on_close(self, event: Event) -> None:
        assert event.session is not None
        key = self.key(event.session)
        self.closed.add(key)
        if key == self.registered:
            self.closed_later.add(key)

    def on_clear(self, event: Event) -> None:
        if self.registered is not None and self.registered[0] == "session":
            self.cleared = event
        if event.name == "clear_session" or (self.registered or "?")[0] == "implicit":
            self.registered = None
            self.register_event = None
        self.made += 1
        self.pending.clear()
        self.models.clear()
        self.gave.clear()
        self.holder.clear()
        self.hidden.clear()

    def on_build(self, event: Event) -> None:
        used = self.used(event.graph)
        self._pend(event, used)
        self._other_graph(event)
        if event.model is not None:
            registered = used == self.registered and used[0] == "session" and not self.entered
            registration = self.register_event if registered else None
            self.models[event.model] = Model(
                event,
                used,
                registration,
                bool(self.entered) and used[0] != "implicit",
                self.registrations,
            )

    def _other_graph(self, event: Event) -> None:
        if self.cleared is not None:
            self.may("TFS303", self.cleared.chain)
        if (
            self.registered is not None
            and self.register_event is not None
            and self.graphs.get(self.registered, event.graph) != event.graph
        ):
            self.may("TFS302", self.register_event.chain)

    def on_access(self, event: Event) -> None:
        used = self.used(event.graph)
        if used in self.closed_later:
            self.reading.uncovered.add("closed later")
        self._other_graph(event)
        self._pend(event, used)
        for variable in event.fresh:
            self._hold(variable, used, event)
        self._other_session(event, event.variables - event.fresh)

    def _pend(self, event: Event, used: Key) -> None:
        if self.entered and used[0] == "implicit" and used != self.registered:
            used = ("entered", *used)  # one that Keras made, but keeps no longer
        # What was there before the flow began may be in any session.
        puts_in = event.kind == "build" or any(
            variable in event.fresh or self.holder.get(variable, (used,))[0] == used
            for variable in event.variables
        )
        self.pending.append(Pending(event, used, self.registrations, puts_in))

    def _hold(self, variable: int, used: Key, event: Event) -> None:
        self.holder[variable] = (used, event, self.registrations)
        self.inside -= {variable}
        if self.entered:
            self.inside.add(variable)

    def _other_session(self, event: Event, variables: frozenset[int]) -> None:
        used = self.used(event.graph)
        for variable in variables & self.holder.keys():
            key, held, registrations = self.holder[variable]
            gives = event.name in ("set_weights", "load_weights")
            if (
                key != used
                and registrations == self.registrations
                and event.kind == "use"
                and not gives
                and (variable in self.gave or (used, variable) not in self.copies)
            ):
                expected = placed(frozenset({"TFS106"}), event.chain, held.chain)
                model = self.models.get(event.model or 0)
                if held.kind == "give" or (model is not None and key != model.session):
                    # What put the weights there was in another session, already.
                    lines = expected.lines | {frame.line for frame in held.chain}
                    expected = replace(expected, lines=lines)
                self.reading.must.add(expected)
            elif key != used:
                self.may("TFS106", event.chain)

    def on_use(self, event: Event) -> None:
        model = self.models.get(event.model if event.model is not None else -1)
        if model is None:
            return
        self._replaced(model, "used")
        used = self.used(event.graph)
        if used in self.closed_later:
            self.reading.uncovered.add("closed later")
        if model.registered and used != model.session:
            self.may("TFS106", event.chain)
        self._other_session(event, event.variables)
        if event.name not in ("set_weights", "load_weights"):
            for key, variable, initialized, given in self.hidden:
                if key == used and variable in event.variables:
                    self.must("TFS105", initialized.chain, given.chain)

    def _replaced(self, model: Model, when: str) -> None:
        if not model.registered or self.register_event is None or not model.away:
            return
        if self.entered and when == "left":
            lines = frozenset(frame.line for event in model.away for frame in event.chain)
            classes = frozenset(
                frame.instance for event in model.away for frame in event.chain if frame.inherited
            )
            self.reading.excused.add(Expected(frozenset({"TFS104"}), lines, classes))
            return
        if self.entered:  # neither of the two is Keras' session
            return
        self.reading.wrong_order.add(f"replaced, then {when}")
        # After several others, any of them may be blamed.
        places = [placed(frozenset({"TFS104"}), e.chain, model.built.chain) for e in model.away]
        lines = frozenset().union(*(place.lines for place in places))
        classes = frozenset().union(*(place.classes for place in places))
        self.reading.must.add(Expected(frozenset({"TFS104"}), lines, classes))

    def on_give(self, event: Event) -> None:
        used = self.used(event.graph)
        if self.pending and self.pending[-1].event.kind == "access":
            self.pending[-1].puts_in = True
        self.hidden = [h for h in self.hidden if h[0] != used or h[1] not in event.variables]
        for variable in event.variables:
            self.gave[variable] = event
            if variable in self.holder and self.holder[variable][0] != used:
                if variable not in self.inside:
                    self.taken[variable] = self.holder[variable][0]
                self._hold(variable, used, event)
                self.may("TFS106", event.chain)

    def on_initialize(self, event: Event) -> None:
        assert event.session is not None
        key = self.key(event.session)
        self.copies |= {(key, variable) for variable in event.variables}
        for variable in event.variables & self.gave.keys():
            holder = self.holder.get(variable)
            in_use = key == self.used(event.graph)
            if (holder is not None and holder[0] == key) or (in_use and not self.entered):
                self.must("TFS105", event.chain, self.gave[variable].chain)
            else:
                self.may("TFS105", event.chain)
            if in_use and (holder is None or holder[0] != key):
                self.hidden.append((key, variable, event, self.gave[variable]))

    def on_register(self, event: Event) -> None:
        assert event.session is not None
        key = self.key(event.session)
        if key in self.closed:
            self.may("TFS304", event.chain)
        if self.graphs.get(key, event.graph) != event.graph:
            self.may("TFS302", event.chain)
        self.cleared = None
        for item in self.pending:
            pending, used = item.event, item.session
            if used[0] != "implicit" or used == key:
                continue
            if key[0] == "implicit" and key[1] != used[1]:  # the implicit one of another graph
                self.may("TFS302", event.chain)
                continue
            if pending.kind == "build":
                self.reading.wrong_order.add("built before a registration")
            depth = parting(pending.chain, event.chain)
            codes = _pending_codes(pending, depth, self.build_methods)
            expected = placed(codes, pending.chain, event.chain)
            first = item.registrations == self.registrations and item.puts_in
            (self.reading.must if first else self.reading.may).add(expected)
        if key != self.registered:
            self.registrations += 1
            # What nothing holds any more can't be used again, and counts no more.
            held = {number: m for number, m in self.models.items() if number in event.held}
            built = any(
                model.session == self.registered and model.registered for model in held.values()
            )
            if not built and any(
                p.session == self.registered and p.event.made in event.held for p in self.pending
            ):
                # A layer that makes no model, or a model inside the session's own block.
                lines = frozenset(frame.line for frame in event.chain)
                self.reading.excused.add(Expected(frozenset({"TFS104"}), lines))
            if any(m.session[0] == "session" and m.session != key for m in held.values()):
                self.may("TFS104", event.chain)  # a later loss may be blamed on either
            self.register_event = event
            for number, model in self.models.items():
                if key == model.session:
                    model.away = []
                elif number in held:
                    model.away = [*model.away, event]
                else:
                    model.dead = model.registered
        self.registered = key

    def on_unregister(self, event: Event) -> None:
        for item in self.pending:
            pending, used = item.event, item.session
            if used[0] == "implicit" and pending.kind == "access":
                expected = placed(frozenset({"TFS103"}), pending.chain, event.chain)
                first = item.registrations == self.registrations and item.puts_in
                (self.reading.must if first else self.reading.may).add(expected)
        self.pending = [item for item in self.pending if item.event.kind != "access"]
        self.registrations += 1
        self.cleared = None
        self.register_event = event
        for number, model in self.models.items():
            if number in event.held:
                model.away = [*model.away, event]
            else:
                model.dead = model.registered
        self.registered = None
        self.made += 1

    def end(self, weights: Mapping[int, frozenset[int]]) -> Reading:
        """What the flow says once it is over; `weights` are the variables of its models."""
        for key, _, initialized, given in self.hidden:
            if key == self.used(initialized.graph):
                self.must("TFS105", initialized.chain, given.chain)
        for number, model in self.models.items():
            self._replaced(model, "left")
            if self.used(model.built.graph) != model.session:
                continue
            # Keras is back on the session that the model was built under: are its weights there?
            for variable in weights.get(number, frozenset()) & self.holder.keys():
                key, held, _ = self.holder[variable]
                back = model.registered or self.taken.get(variable) == model.session
                if key != model.session and variable in self.inside and back:
                    self.must("TFS106", held.chain, model.built.chain)
                elif key != model.session:
                    self.may("TFS106", held.chain)
        return self.reading

    def homes(
        self,
        weights: Mapping[int, frozenset[int]],
        all_of_them: bool = False,
        hidden: bool = False,
    ) -> list[tuple[int | None, list[int]]]:
        """The models to ask at the end, by the session to ask them in (None: the one Keras uses).

        Models of different homes or graphs are asked in runs of their own: asking one
        initialises all others of its graph in that session. No code can ask those that are dead:
        these are asked only if `all_of_them` are to be. While an InteractiveSession is open,
        those that are not its own are asked only if `all_of_them` are to be; where an initializer
        gave them initial weights in the session in use, there as well if `hidden` ones are to be.
        """
        groups: dict[tuple[int | None, int], list[int]] = {}
        entered, self.entered = self.entered, []
        concealed: dict[int, Key] = {}
        if hidden:
            concealed = {variable: key for key, variable, _, _ in self.hidden}
        for number, model in self.models.items():
            if model.dead and not all_of_them:
                continue
            home = model.session
            now = entered[-1] if entered else self.used(model.built.graph)
            if any(concealed.get(variable) == now for variable in weights[number]):
                groups.setdefault((self.sessions[now], model.built.graph), []).append(number)
            for variable in weights[number] & self.holder.keys():
                home = self.holder[variable][0]
            there = weights[number] & self.holder.keys()
            # A plain model that is first used inside a block has its weights there; one that is
            # given others there has its first ones where Keras comes back to.
            moved = (
                not model.registered
                and home not in (model.session, self.registered)
                and there <= self.inside
                and not any(self.taken.get(variable) == model.session for variable in there)
            )
            inside = moved or (model.entered and home == model.session)
            # Keras keeps one session: another graph's is gone, though no one registered another.
            elsewhere = home[0] == "implicit" and model.registrations == self.registrations
            if inside or home in entered or (elsewhere and home in self.sessions):
                if home in self.closed or home not in self.sessions:
                    continue
                groups.setdefault((self.sessions[home], model.built.graph), []).append(number)
            elif entered and not all_of_them:
                continue
            elif self.used(model.built.graph) not in self.closed_later:
                groups.setdefault((None, model.built.graph), []).append(number)
        return [(home, numbers) for (home, _), numbers in groups.items()]


def read(
    events: list[Event],
    weights: Mapping[int, frozenset[int]] | None = None,
    complete: bool = True,
) -> Reading:
    """Replay a flow; one that is not complete stopped before its end."""
    replay = Replay()
    for event in events:
        replay.step(event)
    return replay.end(weights or {}) if complete else replay.reading


def calls(events: list[Event]) -> Iterator[list[Event]]:
    """The part of a trace inside each call of a function: a flow of its own."""
    inside: dict[int, list[Event]] = {}
    for event in events:
        for depth, frame in enumerate(event.chain):
            if depth:
                part = replace(event, chain=event.chain[depth:])
                inside.setdefault(frame.serial, []).append(part)
    yield from inside.values()

"""The state of a flow: which session is in use, what lives, where weights are, what changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from tests.programs.trace import (
    Built,
    Chain,
    Change,
    Event,
    Expected,
    Home,
    Key,
    Reading,
    State,
    placed,
    threaded,
)

MANY = 1_000  # sessions that Keras makes in one thread are fewer
MOST_ROUNDS = 2  # that a loop has, if it stands in no other


class Flow:
    """The state of a flow, replayed event by event.

    Which variables an object has is told by a whole trace: it may have none while it is built.
    """

    def __init__(
        self,
        variables: Mapping[int, frozenset[int]] | None = None,
        is_call: bool = False,
        sees_strays: bool = True,
    ) -> None:
        self.variables = variables or {}
        self.is_call = is_call  # a flow of a function's own: what it is given was built before
        # Whether it knows what a use of what was cleared does to the sessions before it fails.
        self.sees_strays = sees_strays
        self.missed: frozenset[int] = frozenset()  # variables that got values unseen
        self.failing: dict[Chain, int | None] = {}  # where it fails sooner or later, and of what
        self.reading = Reading()
        self.states: dict[int, State] = {}
        self.here = self.state(0)
        self.keys: dict[int, Key] = {}
        self.sessions: dict[Key, int] = {}
        self.graphs: dict[Key, int] = {}
        self.closed: dict[Key, Event] = {}
        self.used_closed: dict[Key, Event] = {}  # where a closed one was used first
        self.cleared: dict[int, Event] = {}  # objects, by what cleared them first
        self.outer: set[int] = set()  # sessions from outside of a call, in its own flow
        self.objects: dict[int, Built] = {}
        self.dead: dict[int, Built] = {}
        self.homes: dict[int, Home] = {}
        self.lived: dict[int, dict[Key, list[Home]]] = {}  # where weights ever were, of a variable
        self.gave: dict[int, Event] = {}
        self.lost: dict[tuple[Key, int], list[Event]] = {}  # initialised over what had been given
        self.copied: set[tuple[Key, int]] = set()  # initialised, and nothing had been given
        self.strays: dict[Chain, int | None] = {}  # where what was cleared was used, and what
        self.straying: Chain = ()  # where it is, in a use of what was cleared
        self.blame: set[Expected] = set()  # for what bites now
        self.asked: Event | None = None  # where Keras handed out its session last
        self.using: frozenset[int] = frozenset()  # the variables of what was used last
        self.user: Chain = ()  # where that was
        # Weights of worth that the program has put into another session as well, or trained there:
        # nobody knows which of them are meant.
        self.unclear: set[int] = set()
        self.left_out: set[int] = set()  # models asked at the end of which nothing is said
        self.used_again: set[int] = set()  # models that were used after their session had come back
        self.is_beyond = False  # whether nobody can know of what was used last
        self.is_back = False  # whether that may be in use again, if it was cleared
        self.is_again = False  # whether a second round is to blame for it
        self.default = 0  # the default graph, as it was last seen
        self.made_at: dict[Key | None, Chain] = {}  # where the program made its sessions
        # How often each call was at another line than before; how often it was so at what happened
        # there, and in how many rounds that did.
        self.moves: dict[int, tuple[int, int]] = {}
        self.seen: dict[tuple[str, str, Chain], tuple[int, int]] = {}
        self.again: set[int] = set()  # events of the second rounds of loops, by id
        # Whether what happens is in a second round: where each call was at each line first.
        self.is_round = False
        # Whether what was used last is so in a second round within that of another loop.
        self.is_inner_round = False
        self.visits: dict[tuple[int, int], int] = {}
        # Calls of building methods that build nothing, by their frames, and the session in use.
        self.builds: dict[int, tuple[Chain, Key | None] | None] = {}
        self.failed: dict[int | None, set[Expected]] = {}  # what may be said of a model that failed

    def key(self, session: int | None) -> Key:
        """What stands for this session."""
        assert session is not None
        key = self.keys.setdefault(session, ("session", session))
        self.sessions.setdefault(key, session)
        return key

    def state(self, thread: int) -> State:
        """What is kept for a thread."""
        return self.states.setdefault(thread, State(thread, thread * MANY))

    def used(self, graph: int) -> Key:
        """The session that Keras uses now."""
        if self.here.entered:
            return self.here.entered[-1]
        if self.here.registered is not None and not self.is_foreign(self.here.registered, graph):
            return self.here.registered
        return ("implicit", graph, self.here.made)

    def is_foreign(self, key: Key, graph: int) -> bool:
        """Whether a session is one of another graph."""
        return self.graphs.get(key, graph) != graph

    @property
    def inside(self) -> bool:
        """Whether a session is entered that is not the one Keras keeps."""
        return bool(self.here.entered) and self.here.entered[-1] != self.here.registered

    def _bite_hazard(self, number: int, used: Key, lost: Key | None = None) -> None:
        """An object is used, or given weights, in this session; see `Replay`."""
        raise NotImplementedError

    def _may_be_back(self, graph: int) -> bool:
        """Whether what was cleared may be in use again; see `Replay`."""
        raise NotImplementedError

    def step(self, event: Event) -> None:
        """Replay one event."""
        self.here = self.state(event.thread)
        if event.model is None:
            self.default = event.graph
        self._note_round(event)
        failing = self.failing.get(event.chain)
        if failing in self.cleared:
            self.strays[event.chain] = failing
            if event.chain not in (self.user, self.straying):
                self.is_back = self._may_be_back(event.graph)
        self.straying = event.chain if failing in self.cleared else ()
        getattr(self, "on_" + event.kind)(event)

    def _note_round(self, event: Event) -> None:
        """Note what happens where the same happened, and other lines of its function since."""
        self.is_round = False
        for frame in event.chain:
            line, moves = self.moves.get(frame.serial, (frame.line, 0))
            moves += line != frame.line
            self.moves[frame.serial] = (frame.line, moves)
            first = self.visits.setdefault((frame.serial, frame.line), moves)
            self.is_round = self.is_round or first != moves
        happening = (event.kind, event.name, event.chain)
        moves = self.moves[event.chain[-1].serial][1] if event.chain else 0
        before, rounds = self.seen.get(happening, (moves, 1))
        if before != moves:
            self.again.add(id(event))
            rounds += 1
        self.seen[happening] = moves, rounds
        if event.kind == "use":
            self.is_inner_round = rounds > MOST_ROUNDS

    def changed(self, event: Event, before: Key | None = None) -> None:
        """Note that another session came in use, if it is another than `before`."""
        if before is None or before != self.current:
            self.here.changes.append(Change(event, self.here.registered))

    @property
    def current(self) -> Key | None:
        return self.here.entered[-1] if self.here.entered else self.here.registered

    # -- sessions

    def on_session(self, event: Event) -> None:
        assert event.session is not None and event.session_graph is not None
        if event.by_keras and self._is_unseen(event):
            self.keys[event.session] = self.used(event.graph)
            return
        if event.by_keras:
            key = self.keys[event.session] = ("implicit", event.graph, self.here.made)
            self._make(key, event)
        self.graphs[self.key(event.session)] = event.session_graph
        self.made_at[self.key(event.session)] = event.chain

    def _is_unseen(self, event: Event) -> bool:
        """Whether it is a part of a use of what was cleared, of which no more is known."""
        return not self.sees_strays and event.chain in self.strays

    def _make(self, key: Key, event: Event) -> None:
        """Keras makes a session, and drops the one of another graph that it kept."""
        self.here.made += 1
        self.here.broken = None
        dropped, self.here.registered = self.here.registered, key
        self.graphs[key] = event.graph
        if dropped is not None:
            self.changed(event)

    def on_enter(self, event: Event) -> None:
        before = self.current
        self.here.entered.append(self.key(event.session))
        self.here.opened[self.here.entered[-1]] = event
        self.changed(event, before)

    def on_exit(self, event: Event) -> None:
        key = self.key(event.session)
        before = self.current
        if key in self.here.entered:
            del self.here.entered[len(self.here.entered) - 1 - self.here.entered[::-1].index(key)]
            self.changed(event, before)

    def on_close(self, event: Event) -> None:
        self.closed.setdefault(self.key(event.session), event)

    def on_clear(self, event: Event) -> None:
        for held in event.living:
            if held.graph == event.graph:
                self.cleared.setdefault(held.number, event)
        if event.name == "clear_session" or (self.here.registered or "?")[0] == "implicit":
            self.here.registered = self.here.broken = None
        self.here.made += 1
        self.objects.clear()
        self.dead.clear()
        self.homes.clear()
        self.lost.clear()

    def on_register(self, event: Event) -> None:
        key = self.key(event.session)
        self.here.broken = event if key in self.closed else None
        if key in self.closed:
            self.used_closed.setdefault(key, event)
            self.reading.may.add(placed(event.chain, event.chain, "TFS304"))
        before, self.here.registered = self.here.registered, key
        if before != key:
            self.changed(event)
        for built in (*self.objects.values(), *self.dead.values()):
            # A block of the registered session is no other one.
            built.inside = built.inside and built.key != key
        self.here.explicit.setdefault(key, len(self.here.changes))

    def on_unregister(self, event: Event) -> None:
        self.here.registered = self.here.broken = None
        self.here.made += 1
        self.changed(event)

    # -- objects and weights

    def on_build(self, event: Event) -> None:
        assert event.model is not None
        key = self.used(event.graph)
        since = len(self.here.changes)
        self.objects[event.model] = Built(event, key, since, self.inside, event.thread)

    def on_access(self, event: Event) -> None:
        assert event.session is not None
        self.asked = event
        if self._is_unseen(event):
            self.missed |= event.fresh
            return
        if self.missed:
            event = replace(event, fresh=event.fresh | self.missed)
            self.missed = frozenset()
        key = self.keys.get(event.session)
        if key is None or key not in self.graphs or event.session in self.outer:
            # In a call's own flow, it is not known what the session was before.
            self.outer.add(event.session)
            key = self.used(event.graph)
            if not self.here.entered and key != self.here.registered:
                self._make(key, event)
            if not event.by_keras:
                self.keys[event.session] = key
        for number in self._parts(event.fresh):
            self._bite_hazard(number, key)
        for variable in event.fresh if key not in self.closed else ():
            self._put(variable, key, event)
        for variable in (self.using & event.variables) - self.homes.keys():
            # In a call's own flow, what was there before is found where it is used.
            self._put(variable, key, event)
        for variable in event.variables & self.homes.keys():
            home = self.homes[variable]
            if home.unseen and home.key == key:
                # To who does not see that, it is this that puts them there.
                home.touches.append(event)
                home.unseen = False
        if self.user == event.chain:
            self._hide(self.using, event)

    def _put(self, variable: int, key: Key, event: Event) -> None:
        home = self.homes.get(variable)
        if home is None or home.key != key:
            kept = self.here.registered
            alone = kept is None or self.is_foreign(kept, event.graph)
            since, own = len(self.here.changes), event.session is not None and event.kind == "give"
            home = Home(key, since, self.inside, alone, event.thread, own)
            self.homes[variable] = home
            self.lived.setdefault(variable, {}).setdefault(key, []).append(home)
        home.touches.append(event)

    def on_give(self, event: Event) -> None:
        used = self.used(event.graph) if event.session is None else self.key(event.session)
        parts = self._parts(event.variables)
        for number in parts:
            self._bite_hazard(number, used)
        own = any(self.objects[n].thread == event.thread for n in parts & self.objects.keys())
        trains = event.session is None and event.model is not None
        if event.thread and not own:
            # Nobody else finds them, whether they come again or not.
            self.reading.may.add(threaded(event.chain))
        for variable in event.variables:
            home = self.homes.get(variable)
            if not trains:
                self.unclear.discard(variable)
            is_own = trains or event.session is not None
            if is_own and variable in self.gave and home and home.key != used:
                self.unclear.add(variable)
            self._put(variable, used, event)
            self.gave[variable] = event
            self.lost.pop((used, variable), None)
        self._hide(event.variables, event)

    def _hide(self, variables: Collection[int], event: Event) -> None:
        """Note what else gets weights by a method of an object that is not known in this flow."""
        if not self._parts(variables):
            for home in self.homes.values():
                home.unseen = home.unseen or home.touches[-1].chain == event.chain

    def on_initialize(self, event: Event) -> None:
        key = self.key(event.session)
        used = self.used(event.graph)
        for variable in event.variables:
            home = self.homes.get(variable)
            if variable in self.gave and (key == used or (home is not None and home.key == key)):
                self.lost.setdefault((key, variable), []).append(event)
            elif variable not in self.gave:
                self.copied.add((key, variable))
        if key == self.here.registered:
            # What had no weights, and belongs to no block, has them there from now on.
            for objects in (self.objects, self.dead):
                for number, built in objects.items():
                    if self._is_cured(number, built, event):
                        objects[number] = replace(built, key=key, since=len(self.here.changes))

    def _is_cured(self, number: int, built: Built, event: Event) -> bool:
        """Whether an initializer gives an object its first weights."""
        graph = self.graphs.get(self.key(event.session), event.graph)
        if built.event.graph != graph or built.inside or built.key == self.used(graph):
            return False
        variables = self.variables.get(number, frozenset())
        known = variables <= event.variables or variables.isdisjoint(event.fresh)
        return known and variables.isdisjoint(self.homes)

    def _parts(self, variables: Collection[int]) -> set[int]:
        """The objects that have some of these variables, and no others."""
        return {
            number
            for number in self.dead.keys() | self.objects.keys()
            if self.variables.get(number) and self.variables[number] <= variables
        }

    def _lived(self, number: int) -> set[Key]:
        """The sessions that ever had an object's weights, as far as its flow can know."""
        return {
            key
            for variable in self.variables.get(number, ())
            for key, stays in self.lived.get(variable, {}).items()
            if not all(stay.unseen for stay in stays)
        }

    def _comes_back(self, event: Event) -> bool:
        """Whether the session of a model that is used had been taken away and came back."""
        used = self.used(event.graph)
        built = self.objects.get(event.model or 0)
        since = [self.homes[v].since for v in event.variables & self.homes.keys()]
        if built is not None and built.key == used:
            since.append(built.since)
        changes = self.here.changes[min(since) :] if since else ()
        return any(c.registered == used and c.event.kind == "register" for c in changes)

    def _since(self, key: Key, since: int) -> list[tuple[int, Change]]:
        """The changes, numbered, since `key` was registered last."""
        changes = list(enumerate(self.here.changes, 1))[since:]
        back = [n for n, c in changes if c.registered == key and c.event.kind == "register"]
        return [(n, c) for n, c in changes if n > max(back, default=0)]

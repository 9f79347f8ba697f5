"""What a recorded run of a program says: which findings it bears out, and which it excuses.

A trace is replayed as the specification describes a flow: which session Keras uses, where weights
live, what changed since they do. What is wrong is not judged here: the trace holds TensorFlow's
failures, and the replay says what each of them comes from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from tests.programs.trace import Built, Chain, Change, Event, Expected, Home, Key, Reading, placed

BUILD_METHODS = frozenset({"_build_graph"})
REGISTERING = ("register", "unregister")


class Replay:
    """The state of a flow, replayed event by event.

    Which variables an object has is told by a whole trace: it may have none while it is built.
    """

    def __init__(self, variables: Mapping[int, frozenset[int]] | None = None) -> None:
        self.variables = variables or {}
        self.reading = Reading()
        self.registered: Key | None = None  # the session that Keras keeps
        self.explicit: dict[Key, int] = {}  # what set_session was given, and after how many changes
        self.entered: list[Key] = []
        self.opened: dict[Key, Event] = {}  # where each was entered last
        self.changes: list[Change] = []
        self.keys: dict[int, Key] = {}
        self.sessions: dict[Key, int] = {}
        self.graphs: dict[Key, int] = {}
        self.closed: set[Key] = set()
        self.broken: Event | None = None  # the set_session of one that had been closed
        self.outer: set[int] = set()  # sessions from outside of a call, in its own flow
        self.made = 0
        self.objects: dict[int, Built] = {}
        self.dead: dict[int, Built] = {}
        self.homes: dict[int, Home] = {}
        self.lived: dict[int, dict[Key, list[Home]]] = {}  # where weights ever were, of a variable
        self.gave: dict[int, Event] = {}
        self.lost: dict[tuple[Key, int], list[Event]] = {}  # initialised over what had been given
        self.copied: set[tuple[Key, int]] = set()  # initialised, and nothing had been given
        self.blame: set[Expected] = set()  # for what bites now
        self.using: frozenset[int] = frozenset()  # the variables of what was used last
        self.user: Chain = ()  # where that was
        self.failed: dict[int | None, set[Expected]] = {}  # what may be said of a model that failed

    def key(self, session: int | None) -> Key:
        """What stands for this session."""
        assert session is not None
        key = self.keys.setdefault(session, ("session", session))
        self.sessions.setdefault(key, session)
        return key

    def used(self, graph: int) -> Key:
        """The session that Keras uses now."""
        if self.entered:
            return self.entered[-1]
        if self.registered is not None and not self.is_foreign(self.registered, graph):
            return self.registered
        return ("implicit", graph, self.made)

    def is_foreign(self, key: Key, graph: int) -> bool:
        """Whether a session is one of another graph."""
        return self.graphs.get(key, graph) != graph

    @property
    def inside(self) -> bool:
        """Whether a session is entered that is not the one Keras keeps."""
        return bool(self.entered) and self.entered[-1] != self.registered

    def step(self, event: Event) -> None:
        """Replay one event."""
        getattr(self, "on_" + event.kind)(event)

    def changed(self, event: Event, before: Key | None = None) -> None:
        """Note that another session came in use, if it is another than `before`."""
        if before is None or before != self.current:
            self.changes.append(Change(event, self.registered))

    @property
    def current(self) -> Key | None:
        return self.entered[-1] if self.entered else self.registered

    # -- sessions

    def on_session(self, event: Event) -> None:
        assert event.session is not None and event.session_graph is not None
        if event.by_keras:
            key = self.keys[event.session] = ("implicit", event.graph, self.made)
            self._make(key, event)
        self.graphs[self.key(event.session)] = event.session_graph

    def _make(self, key: Key, event: Event) -> None:
        """Keras makes a session, and drops the one of another graph that it kept."""
        self.made += 1
        self.broken = None
        dropped, self.registered = self.registered, key
        self.graphs[key] = event.graph
        if dropped is not None:
            self.changed(event)

    def on_enter(self, event: Event) -> None:
        before = self.current
        self.entered.append(self.key(event.session))
        self.opened[self.entered[-1]] = event
        self.changed(event, before)

    def on_exit(self, event: Event) -> None:
        key = self.key(event.session)
        before = self.current
        if key in self.entered:
            del self.entered[len(self.entered) - 1 - self.entered[::-1].index(key)]
            self.changed(event, before)

    def on_close(self, event: Event) -> None:
        self.closed.add(self.key(event.session))

    def on_clear(self, event: Event) -> None:
        if event.name == "clear_session" or (self.registered or "?")[0] == "implicit":
            self.registered = self.broken = None
        self.made += 1
        self.objects.clear()
        self.dead.clear()
        self.homes.clear()
        self.lost.clear()

    def on_register(self, event: Event) -> None:
        key = self.key(event.session)
        self.broken = event if key in self.closed else None
        before, self.registered = self.registered, key
        if before != key:
            self.changed(event)
        for built in (*self.objects.values(), *self.dead.values()):
            # A block of the registered session is no other one.
            built.inside = built.inside and built.key != key
        self.explicit.setdefault(key, len(self.changes))

    def on_unregister(self, event: Event) -> None:
        self.registered = self.broken = None
        self.made += 1
        self.changed(event)

    # -- objects and weights

    def on_build(self, event: Event) -> None:
        assert event.model is not None
        key = self.used(event.graph)
        self.objects[event.model] = Built(event, key, len(self.changes), self.inside)

    def on_access(self, event: Event) -> None:
        assert event.session is not None
        key = self.keys.get(event.session)
        if key is None or key not in self.graphs or event.session in self.outer:
            # In a call's own flow, it is not known what the session was before.
            self.outer.add(event.session)
            key = self.used(event.graph)
            if not self.entered and key != self.registered:
                self._make(key, event)
            if not event.by_keras:
                self.keys[event.session] = key
        for number in self._parts(event.fresh):
            self._bite_hazard(number, key)
        for variable in event.fresh:
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
            alone = self.registered is None or self.is_foreign(self.registered, event.graph)
            home = Home(key, len(self.changes), self.inside, alone)
            self.homes[variable] = home
            self.lived.setdefault(variable, {}).setdefault(key, []).append(home)
        home.touches.append(event)

    def on_give(self, event: Event) -> None:
        used = self.used(event.graph)
        for number in self._parts(event.variables):
            self._bite_hazard(number, used)
        for variable in event.variables:
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
        if key == self.registered:
            # What had no weights, and belongs to no block, has them there from now on.
            for objects in (self.objects, self.dead):
                for number, built in objects.items():
                    if self._is_cured(number, built, event):
                        objects[number] = replace(built, key=key, since=len(self.changes))

    def _is_cured(self, number: int, built: Built, event: Event) -> bool:
        """Whether an initializer gives an object its first weights."""
        graph = self.graphs.get(self.key(event.session), event.graph)
        if built.event.graph != graph or built.inside or built.key == self.used(graph):
            return False
        variables = self.variables.get(number, frozenset())
        known = variables <= event.variables or variables.isdisjoint(event.fresh)
        return known and variables.isdisjoint(self.homes)

    # -- where it bites

    def on_use(self, event: Event) -> None:
        assert event.model is not None
        self.using, self.user = event.variables, event.chain
        self._bite(event.model, event.graph, event.variables, event.chain)
        if event.name != "save":
            for variable in event.variables & self.homes.keys():
                if self.homes[variable].key == self.used(event.graph):
                    self.homes[variable].touches.append(event)

    def on_ask(self, event: Event) -> None:
        assert event.model is not None
        self._bite(event.model, event.graph, event.variables, ())

    def on_leave(self, event: Event) -> None:
        living = {held.number for held in event.living}
        self.dead.update((n, built) for n, built in self.objects.items() if n not in living)
        self.objects = {n: built for n, built in self.objects.items() if n in living}

    def on_end(self, event: Event) -> None:
        for held in event.living:
            self._bite(held.number, held.graph, held.variables, ())
        living = {held.number for held in event.living}
        for number, built in (self.dead | self.objects).items():
            if number not in living:
                self._bite_hazard(number, self.used(built.event.graph))

    def on_fail(self, event: Event) -> None:
        used = self.used(event.graph)
        failed = self.failed.setdefault(event.model, set())
        if self.is_foreign(used, event.graph):
            if event.chain:
                # It fails at once, in the layer that is built for a model first.
                failed.add(placed(event.chain, event.chain, "TFS106"))
                failed |= self.failed.get(None, set())
            else:
                # Asked at the end, it only shows what had been lost before.
                failed |= self.blame
        elif used in self.closed and self.broken is not None:
            failed.add(placed(self.broken.chain, self.broken.chain, "TFS304"))
        elif used in self.closed:
            self.reading.uncovered.add("closed")
        elif event.model is not None:
            failed |= self.blame

    def home(self, number: int, variables: Collection[int], graph: int) -> Key:
        """The session to ask a model in at the end."""
        for variable in variables:
            home = self.homes.get(variable)
            if home is not None and (self._at_home(number, home) or home.key in self.closed):
                return home.key
        return self.used(graph)

    def _at_home(self, number: int, home: Home) -> bool:
        """Whether weights were put into an entered session because they belong there.

        Their model was built in its block, or Keras kept no other one.
        """
        built = self.objects.get(number)
        later = (change.registered for change in self.changes[home.since :])
        return (
            home.inside
            and home.key not in later
            and (home.alone or (built is not None and built.inside))
        )

    def _bite(self, number: int, graph: int, variables: Collection[int], chain: Chain) -> None:
        """A model is used, or left to whoever comes after the flow (then there is no chain)."""
        used = self.used(graph)
        built = self.objects.get(number)
        blame: set[Expected] = set()
        for variable in variables:
            home = self.homes.get(variable)
            for key in {used, home.key if home else used}:
                for initialized in self.lost.get((key, variable), ()):
                    blame.add(placed(initialized.chain, self.gave[variable].chain, "TFS105"))
            if home is None or home.key == used or (not chain and self._at_home(number, home)):
                continue
            blame.update(self._losses(home.key, home.since, home.touches, chain))
            for stay in self.lived[variable][home.key]:  # what was put there before they moved
                self.reading.may.update(self._losses(home.key, home.since, stay.touches, chain))
            if built is not None and built.key in self.explicit:
                blame.update(self._losses(built.key, built.since, [built.event], chain))
            if variable in self.gave or (used, variable) not in self.copied:
                for part in {number, *self._parts(variables)}:
                    self._bite_hazard(part, used, home.key)
        for part in {number, *self._parts(variables)}:
            self._bite_hazard(part, used)
            self._bite_replaced(part, used, chain)
        self.blame = blame
        self.reading.may |= blame

    def _parts(self, variables: Collection[int]) -> set[int]:
        """The objects that have some of these variables, and no others."""
        return {
            number
            for number in self.dead.keys() | self.objects.keys()
            if self.variables.get(number) and self.variables[number] <= variables
        }

    def _lived(self, number: int) -> set[Key]:
        """The sessions that ever had an object's weights."""
        variables = self.variables.get(number, ())
        return set().union(*(self.lived.get(variable, ()) for variable in variables))

    def _bite_hazard(self, number: int, used: Key, lost: Key | None = None) -> None:
        """An object is used, given weights, or left at the end of the flow, dead or not.

        It had no weights where it was built, or they are `lost` together with what else had its
        weights there.
        """
        built = self.objects.get(number) or self.dead.get(number)
        if built is None or built.key == used:
            return
        if built.key == lost or built.key not in self._lived(number):
            self.reading.may.update(self._hazards(built))

    def _bite_replaced(self, number: int, used: Key, chain: Chain) -> None:
        """An object that never had weights where it was built, under a registered session."""
        built = self.objects.get(number)
        if built is None or built.key == used or built.key not in self.explicit:
            return
        if built.key not in self._lived(number):
            self.reading.may.update(self._losses(built.key, built.since, [built.event], chain))

    def _since(self, key: Key, since: int) -> list[tuple[int, Change]]:
        """The changes, numbered, since `key` was registered last."""
        changes = list(enumerate(self.changes, 1))[since:]
        back = [n for n, c in changes if c.registered == key and c.event.kind == "register"]
        return [(n, c) for n, c in changes if n > max(back, default=0)]

    def _losses(
        self, key: Key, since: int, touches: list[Event], chain: Chain
    ) -> Iterator[Expected]:
        """What made the session `key` no longer the one in use, for what happened in it."""
        changes = self._since(key, since)
        entered = bool(self.entered) or any(
            change.event.kind not in REGISTERING for _, change in changes
        )
        if self.entered:
            opened = self.opened[self.entered[-1]]
            yield placed(opened.chain, opened.chain, "TFS106")
        for touch in touches:
            if entered:
                yield placed(touch.chain, touch.chain, "TFS106")
                if chain:
                    yield placed(chain, chain, "TFS106")
            for number, change in changes:
                if change.event.kind not in REGISTERING:
                    yield placed(change.event.chain, change.event.chain, "TFS106")
                elif self.explicit.get(key, number) < number:
                    yield placed(change.event.chain, touch.chain, "TFS104")
                elif key[0] == "implicit":
                    yield placed(touch.chain, change.event.chain, "TFS103")

    def _hazards(self, built: Built) -> Iterator[Expected]:
        """What was built under an implicit session before another was registered."""
        if built.key[0] != "implicit" or built.event.name == "weightless":
            return
        functions = {frame.function.rsplit(".", 1)[-1] for frame in built.event.chain}
        codes = ("TFS101", "TFS102") if functions & BUILD_METHODS else ("TFS101",)
        for number, change in self._since(built.key, built.since):
            if change.event.kind == "register" and number <= self.explicit.get(built.key, number):
                yield placed(built.event.chain, change.event.chain, *codes)


def read(events: list[Event]) -> Reading:
    """Replay a flow."""
    variables: dict[int, frozenset[int]] = {}
    for event in events:
        for held in (*event.living, *event.dying):
            variables[held.number] = variables.get(held.number, frozenset()) | held.variables
        if event.model is not None:
            known = variables.get(event.model, frozenset())
            variables[event.model] = known | event.variables
    replay = Replay(variables)
    for event in events:
        replay.step(event)
    replay.reading.must = {frozenset(choice) for choice in replay.failed.values()}
    return replay.reading


def calls(events: list[Event]) -> Iterator[list[Event]]:
    """The part of a trace inside each call of a function: a flow of its own."""
    inside: dict[int, list[Event]] = {}
    for event in events:
        for depth, frame in enumerate(event.chain[1:], 1):
            ends = event.kind == "leave" and depth == len(event.chain) - 1
            part = replace(event, chain=event.chain[depth:], kind="end" if ends else event.kind)
            inside.setdefault(frame.serial, []).append(part)
    yield from inside.values()

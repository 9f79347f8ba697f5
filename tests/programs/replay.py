"""What a recorded run of a program says: which findings it bears out, and which it excuses.

A trace is replayed as the specification describes a flow: which session Keras uses, where weights
live, what changed since they do. What is wrong is not judged here: the trace holds TensorFlow's
failures, and the replay says what each of them comes from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from tests.programs.excuses import Excuses
from tests.programs.trace import (
    Built,
    Chain,
    Event,
    Expected,
    Home,
    Key,
    Reading,
    is_later,
    is_own_entry,
    placed,
    threaded,
)

BUILD_METHODS = frozenset({"_build_graph"})
REGISTERING = ("register", "unregister")


class Replay(Excuses):
    """Says where a flow bites, and what it comes from."""

    def step(self, event: Event) -> None:
        super().step(event)
        for depth, frame in enumerate(event.chain):
            if frame.function.rsplit(".", 1)[-1] in BUILD_METHODS:
                # It counts whatever it does; where it builds something, that says so.
                self.builds.setdefault(frame.serial, (event.chain[: depth + 1], self.current))
                if event.kind == "build":
                    self.builds[frame.serial] = None

    def on_register(self, event: Event) -> None:
        for chain, before in filter(None, self.builds.values()):
            if before is None or before[0] == "implicit":
                self.reading.may.add(placed(chain, event.chain, "TFS102"))
        super().on_register(event)

    def on_use(self, event: Event) -> None:
        assert event.model is not None
        self.using, self.user = event.variables, event.chain
        self.is_beyond, self.is_again = self._is_beyond(event), self._is_again(event.variables)
        self.is_back = self._may_be_back(event.graph)
        self._use_given(event)
        self._use_elsewhere(event)
        special = self._special(event)
        self.reading.may |= special
        if event.thread:
            self._use_in_thread(event, special)
        if event.model in self.cleared:
            self.strays[event.chain] = event.model
        if event.model in self.cleared or self._elsewhere(event):
            self.blame = special
            return
        self._bite(event.model, event.graph, event.variables, event.chain)
        if self._comes_back(event):
            self.used_again.add(event.model)
        if event.name != "save":
            for variable in event.variables & self.homes.keys():
                if self.homes[variable].key == self.used(event.graph):
                    self.homes[variable].touches.append(event)

    def _use_elsewhere(self, event: Event) -> None:
        """Weights of worth are elsewhere; that an access has made others here changes nothing."""
        used = self.used(event.graph)
        for variable in event.variables & self.gave.keys() & self.homes.keys():
            for key, stays in self.lived[variable].items():
                for stay in stays if key != used else ():
                    if self.gave[variable] in stay.touches:
                        self.reading.may.update(self._in_another(stay, event.chain))

    def _use_given(self, event: Event) -> None:
        """A function changes the session, and uses a model that it was given: by then that may have
        weights.
        """
        is_given = event.model not in self.objects | self.dead and not event.chain[0].instance
        for change in self.here.changes if self.is_call and is_given else ():
            self.reading.may.add(placed(change.event.chain, event.chain, "TFS104"))
            self.reading.may.add(placed(event.chain, change.event.chain, "TFS106"))

    def _use_in_thread(self, event: Event, special: set[Expected]) -> None:
        """A thread uses a model: what failed before, `compile` for one, may be said of this."""
        if event.model in self.failed:
            self.failed[event.model] |= special
        built = self.objects.get(event.model or 0)
        homes = [self.homes[v] for v in event.variables & self.homes.keys()]
        is_others = built is not None and built.thread != event.thread
        if is_others and any(home.thread == event.thread for home in homes):
            # It finds what it has given itself, in a session that nobody else has.
            self.reading.may.add(threaded(event.chain))

    def on_ask(self, event: Event) -> None:
        assert event.model is not None
        if self._is_left_out(event):
            self.left_out.add(event.model)
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
        if not event.chain and event.model in self.left_out:
            return
        blame = self._explained(event)
        if self._is_excused(event, blame) or event.variables & self.unclear:
            self.reading.may |= blame
        else:
            self.failed.setdefault(event.model, set()).update(blame)

    def _explained(self, event: Event) -> set[Expected]:
        """What a failure comes from."""
        used = self.used(event.graph)
        special = self._special(event)
        blame = special if special and self.user != event.chain else special | self.blame
        for variable in event.fresh & self.gave.keys():
            # Had the session been open, the initializer would have overwritten them.
            gave = self.gave[variable]
            self.reading.may.add(placed(event.chain, gave.chain, "TFS105"))
        if event.session is not None and not blame:
            self.reading.uncovered.add("a program's own run")
        elif not special and event.session is None:
            if event.chain and self.is_foreign(used, event.graph):
                # It fails at once, in the layer that is built for a model first.
                blame = {placed(event.chain, event.chain, "TFS106")} | self.failed.get(None, set())
            elif event.model is None:
                blame = set()
        if event.chain and any("TFS106" in place.codes for place in blame):
            # It may be said of each use until the weights are given again.
            self.reading.may.add(placed(event.chain, event.chain, "TFS106"))
        return blame

    def on_run(self, event: Event) -> None:
        """The program's own session works with weights."""
        key = self.key(event.session)
        self.blame = set()
        for variable in event.variables:
            home = self.homes.get(variable)
            if home is not None and home.key != key and home.thread != self.here.number:
                # It is a thread that has put them elsewhere.
                self.blame.update(threaded(each.chain) for each in home.touches if each.thread)
            for lost in {key, home.key if home else key}:
                for initialized in self.lost.get((lost, variable), ()):
                    self.blame.add(placed(initialized.chain, self.gave[variable].chain, "TFS105"))
            if home is None:
                continue
            if home.key == key:
                if event.chain not in self.failing:
                    home.touches.append(event)
                continue
            self.blame.update(self._in_another(home, event.chain))
            used = self.used(event.graph)
            if home.key != used or key == self.here.registered:
                self.blame.update(self._losses(home.key, home.since, home.touches, event.chain))
                for part in self._parts(event.variables):
                    self._bite_hazard(part, used, home.key)
        self.reading.may |= self.blame

    @staticmethod
    def _in_another(home: Home, chain: Chain) -> Iterator[Expected]:
        """Weights are worked with where they are not, by the program or after it."""
        for touch in home.touches:
            yield placed(touch.chain, chain, "TFS106")
            yield placed(chain, touch.chain, "TFS106")

    def _special(self, event: Event) -> set[Expected]:
        """What is said of what was cleared or closed, or is of another thread."""
        cleared = self.cleared.get(event.model or 0)
        key = self.used(event.graph) if event.session is None else self.key(event.session)
        if cleared is not None:
            said = {
                placed(event.chain, cleared.chain, "TFS107"),
                placed(cleared.chain, event.chain, "TFS107"),
                *self._strayed(event.chain),
            }
            is_run = event.session is not None and key in self.closed
            return said | self._closed(key, event) if is_run else said
        said = self._elsewhere(event)
        if key in self.closed and (event.chain or self.here.broken is not None):
            said |= self._closed(key, event)
        return said

    def _closed(self, key: Key, event: Event) -> set[Expected]:
        """A session that was closed is used; that is said once, where it is used first."""
        first = self.used_closed.setdefault(key, event)
        causes = [event, first, self.closed[key], *filter(None, [self.here.broken])]
        # That it is of another graph, too, would show if it were open.
        codes = ("TFS304", "TFS106") if self.is_foreign(key, event.graph) else ("TFS304",)
        return {placed(cause.chain, cause.chain, *codes) for cause in causes}

    def _elsewhere(self, event: Event) -> set[Expected]:
        """A thread uses an object of another one, and not where its weights are."""
        built = self.objects.get(event.model or 0)
        if built is None or not event.thread or built.thread == event.thread:
            return set()
        used = self.used(event.graph)
        homes = [self.homes[v].key for v in event.variables if v in self.homes]
        if event.session is not None and not homes:
            # What has no weights anywhere is no question of sessions.
            return set()
        builder = self.state(built.thread)
        self.here = builder
        homes = homes or [self.used(built.event.graph)]
        said = set()
        if event.graph != built.event.graph or any(home != used for home in homes):
            # It may have been lost where it was built as well.
            self._bite(built.event.model or 0, built.event.graph, event.variables, ())
            said = {threaded(event.chain), *self.blame}
        self.here = self.state(event.thread)
        return said

    def home(self, number: int, variables: Collection[int], graph: int) -> Key:
        """The session to ask a model in at the end."""
        for variable in variables:
            home = self.homes.get(variable)
            if home is not None and (
                home.own
                or home.thread != self.here.number
                or self._at_home(number, home)
                or home.key in self.closed
            ):
                return home.key
        return self.used(graph)

    def _at_home(self, number: int, home: Home) -> bool:
        """Whether weights were put into an entered session because they belong there.

        Their model was built in its block, or Keras kept no other one.
        """
        if not home.inside or home.key in (
            change.registered for change in self.here.changes[home.since :]
        ):
            return False
        built = self.objects.get(number)
        if home.alone or built is None:
            return home.alone
        return built.inside or self._is_late(built, home)

    def _bite(self, number: int, graph: int, variables: Collection[int], chain: Chain) -> None:
        """A model is used, or left to whoever comes after the flow (then there is no chain)."""
        used = self.used(graph)
        built = self.objects.get(number)
        of_here = built is not None and built.thread == self.here.number
        blame: set[Expected] = set()
        for variable in variables:
            home = self.homes.get(variable)
            for key in {used, home.key if home else used}:
                for initialized in self.lost.get((key, variable), ()):
                    blame.add(placed(initialized.chain, self.gave[variable].chain, "TFS105"))
            if variable in self.unclear:
                self.reading.may.update(self._anywhere(variable, used, chain))
            if home is None or home.key == used:
                continue
            if not chain and home.own:
                # Keras has lost what it had put elsewhere before.
                for key, stays in self.lived[variable].items():
                    for stay in stays if key != used else ():
                        self.reading.may.update(self._losses(key, stay.since, stay.touches, chain))
                continue
            if not chain and self._at_home(number, home):
                continue
            if home.own or home.key in self.closed:
                # In a second round it is said of a closed session alone that is the one in use.
                of_closed = self.is_round and not home.own
                (self.reading.may if of_closed else blame).update(self._past_keras(home, chain))
                self._lives_on(home, chain)
            if home.thread != self.here.number:
                if of_here:
                    blame.update(threaded(touch.chain) for touch in home.touches if touch.thread)
                self._lives_on(home, chain)
                for change in self.here.changes if is_own_entry(chain) else ():
                    # A method that is called later knows that they are in a session of before it.
                    if is_own_entry(change.event.chain):
                        self.reading.may.add(placed(change.event.chain, chain, "TFS104"))
                if home.key in self.here.explicit:
                    # This one has registered that session, and another one after it.
                    since = self.here.explicit[home.key]
                    blame.update(self._losses(home.key, since, home.touches, chain))
                continue
            blame.update(self._losses(home.key, home.since, home.touches, chain))
            for stay in self.lived[variable][home.key]:  # what was put there before they moved
                self.reading.may.update(self._losses(home.key, home.since, stay.touches, chain))
            if of_here and built.key in self.here.explicit:
                of_built = set(self._losses(built.key, built.since, [built.event], chain))
                # In a second round, of which less is said, that does not stand for what is lost.
                (self.reading.may if blame and self.is_round else blame).update(of_built)
            if variable in self.gave or (used, variable) not in self.copied:
                for part in {number, *self._parts(variables)}:
                    self._bite_hazard(part, used, home.key)
        for part in {number, *self._parts(variables)}:
            self._bite_hazard(part, used)
            self._bite_replaced(part, used, chain)
        self.blame = blame
        self.reading.may |= blame

    def _anywhere(self, variable: int, used: Key, chain: Chain) -> Iterator[Expected]:
        """What may be said if any of the weights is meant that there are in several sessions."""
        for key, stays in self.lived[variable].items():
            for stay in stays if key != used else ():
                yield from self._losses(key, stay.since, stay.touches, chain)
                if chain:
                    yield from self._in_another(stay, chain)

    def _lives_on(self, home: Home, chain: Chain) -> None:
        """A method that follows upon `__init__` knows that weights are in a session of before."""
        for change in self.here.changes if chain else ():
            if any(is_later(change.event.chain, touch.chain) for touch in home.touches):
                self.reading.may.add(placed(change.event.chain, chain, "TFS104"))

    def _past_keras(self, home: Home, chain: Chain) -> Iterator[Expected]:
        """Weights that the program put into a session itself, or whose session it closed."""
        if not chain:
            return
        if home.own:
            yield from self._in_another(home, chain)
        if home.key in self.closed:
            closed = self.closed[home.key]
            yield placed(closed.chain, chain, "TFS304")
            yield placed(chain, closed.chain, "TFS304")

    def _bite_hazard(self, number: int, used: Key, lost: Key | None = None) -> None:
        """An object is used, given weights, or left at the end of the flow, dead or not.

        It had no weights where it was built, or they are `lost` together with what else had its
        weights there.
        """
        built = self.objects.get(number) or self.dead.get(number)
        if built is None or built.key == used or built.thread != self.here.number:
            return
        if built.key in (lost, *self.closed) or built.key not in self._lived(number):
            self.reading.may.update(self._hazards(built))

    def _bite_replaced(self, number: int, used: Key, chain: Chain) -> None:
        """An object that never had weights where it was built, under a registered session."""
        built = self.objects.get(number)
        if built is None or built.key == used or built.thread != self.here.number:
            return
        if built.key not in self.here.explicit:
            return
        if built.key not in self._lived(number):
            self.reading.may.update(self._losses(built.key, built.since, [built.event], chain))

    def _losses(
        self, key: Key, since: int, touches: list[Event], chain: Chain
    ) -> Iterator[Expected]:
        """What made the session `key` no longer the one in use, for what happened in it."""
        changes = self._since(key, since)
        entered = bool(self.here.entered) or any(
            change.event.kind not in REGISTERING for _, change in changes
        )
        if self.here.entered:
            opened = self.here.opened[self.here.entered[-1]]
            yield placed(opened.chain, opened.chain, "TFS106")
        for touch in touches:
            yield from self._strayed(touch.chain)
            if entered:
                yield placed(touch.chain, touch.chain, "TFS106")
                if chain:
                    yield placed(chain, chain, "TFS106")
            for number, change in changes:
                if change.event.kind not in REGISTERING:
                    yield placed(change.event.chain, change.event.chain, "TFS106")
                    # For what was cleared, Keras made a session, and dropped its own.
                    yield from self._strayed(change.event.chain)
                elif self.here.explicit.get(key, number) < number:
                    yield placed(change.event.chain, touch.chain, "TFS104")
                elif key[0] == "implicit":
                    yield placed(touch.chain, change.event.chain, "TFS103")
                    if is_later(change.event.chain, touch.chain):
                        # Of an object that is there already: no order would make it right.
                        yield placed(change.event.chain, touch.chain, "TFS104")

    def _strayed(self, chain: Chain) -> Iterator[Expected]:
        """What is said where something cleared is used: once of it, wherever that is first."""
        for each, model in self.strays.items():
            if model == self.strays.get(chain):
                yield placed(each, each, "TFS107")

    def _hazards(self, built: Built) -> Iterator[Expected]:
        """What was built under an implicit session before another was registered."""
        if built.key[0] != "implicit" or built.event.name == "weightless":
            return
        functions = {frame.function.rsplit(".", 1)[-1] for frame in built.event.chain}
        codes = ("TFS101", "TFS102") if functions & BUILD_METHODS else ("TFS101",)
        for number, change in self._since(built.key, built.since):
            if change.event.kind == "register" and number <= self.here.explicit.get(
                built.key, number
            ):
                yield placed(built.event.chain, change.event.chain, *codes)


def read(events: list[Event], is_call: bool = False) -> Reading:
    """Replay a flow, or what one call does."""
    variables: dict[int, frozenset[int]] = {}
    for event in events:
        for held in (*event.living, *event.dying):
            variables[held.number] = variables.get(held.number, frozenset()) | held.variables
        if event.model is not None:
            known = variables.get(event.model, frozenset())
            variables[event.model] = known | event.variables
    reading = _replayed(events, Replay(variables, is_call))
    if any(event.kind == "clear" for event in events):
        blind = _replayed(events, Replay(variables, is_call, sees_strays=False))
        reading.may |= blind.allowed
    return reading


def _replayed(events: list[Event], replay: Replay) -> Reading:
    replay.failing = {event.chain: event.model for event in events if event.kind == "fail"}
    for event in events:
        replay.step(event)
    replay.reading.must = {frozenset(choice) for choice in replay.failed.values()}
    return replay.reading


def calls(events: list[Event]) -> Iterator[list[Event]]:
    """The part of a trace inside each call of a function: a flow of its own."""
    inside: dict[int, list[Event]] = {}
    for event in events:
        for depth, frame in enumerate(event.chain):
            if depth == 0 and not is_own_entry(event.chain):
                continue
            ends = event.kind == "leave" and depth == len(event.chain) - 1
            part = replace(event, chain=event.chain[depth:], kind="end" if ends else event.kind)
            inside.setdefault(frame.serial, []).append(part)
    yield from inside.values()

"""What a flow can't know, or what is not said of it: failures that need no finding."""

from __future__ import annotations

import re
from collections.abc import Collection

from tests.programs.flow import Flow
from tests.programs.trace import Built, Event, Expected, Home, is_own_entry

# What is said of the second round of a loop.
OF_SECOND_ROUNDS = ("TFS104", "TFS107", "TFS304")
# An optimizer's own variables are no object's weights.
OF_AN_OPTIMIZER = r"variable training(_\d+)?/"


class Excuses(Flow):
    """Tells which failures of a flow are beyond it."""

    def _is_left_out(self, event: Event) -> bool:
        """Whether that a model is lost at the end is no finding.

        A thread put its weights where they are, which may be for that thread, or what lost it, or
        gave it weights, is in the second round of a loop, or in a method that is called later; or
        the program has registered its session again before, to use it.
        """
        if event.model in self.used_again:
            return True
        homes = [self.homes[v] for v in event.variables & self.homes.keys()]
        built = self.objects[event.model or 0]
        if any(home.thread != self.here.number or self._is_late(built, home) for home in homes):
            return True
        if any(id(home.touches[0]) in self.again for home in homes):
            return True
        key, since = (homes[0].key, homes[0].since) if homes else (built.key, built.since)
        changes = [change.event for _, change in self._since(key, since)]
        return bool(changes) and (id(changes[0]) in self.again or is_own_entry(changes[-1].chain))

    def _is_late(self, built: Built, home: Home) -> bool:
        """Whether the session in which a model was built was not yet registered, but entered, when
        its weights went into another one.
        """
        is_later = self.here.explicit.get(built.key, 0) > home.since
        return home.inside and built.key[0] == "session" and is_later

    def _is_beyond(self, event: Event) -> bool:
        """Whether a method that is called later uses what its flow knows too little of.

        It knows weights that `__init__` has put somewhere, and the sessions that it makes itself.
        """
        if not is_own_entry(event.chain):
            return False
        homes = [self.homes[v] for v in event.variables & self.homes.keys()]
        if not homes or homes[0].key in self.closed:
            return True
        if not any("__init__" in frame.function for frame in homes[0].touches[0].chain):
            return True
        changes = (change for _, change in self._since(homes[0].key, homes[0].since))
        first = next((each for each in changes if is_own_entry(each.event.chain)), None)
        return first is None or not is_own_entry(self.made_at.get(first.registered, ()))

    def _may_be_back(self, graph: int) -> bool:
        """Whether the session that the program has put in use is one of the graph that was cleared,
        or of a third one.
        """
        here = self.here
        key = here.entered[-1] if here.entered else here.registered
        known = self.graphs.get(key) if key in (*here.entered, *here.explicit) else None
        return known is not None and (known == graph or known != self.default)

    def _is_again(self, variables: Collection[int]) -> bool:
        """Whether it is the second round of a loop that has taken weights away."""
        homes = [self.homes[v] for v in variables if v in self.homes]
        changes = self._since(homes[0].key, homes[0].since) if homes else []
        return bool(changes) and id(changes[0][1].event) in self.again

    def _is_excused(self, event: Event, blame: set[Expected]) -> bool:
        """Whether a failure is beyond what can be known, or beyond what is said."""
        codes = frozenset().union(*(place.codes for place in blame))
        is_again = codes.isdisjoint(OF_SECOND_ROUNDS)
        is_beyond = self.is_beyond or (self.is_again and is_again)
        if event.thread and not any("TFS401" in place.codes for place in blame):
            # Nothing else is said of threads.
            return True
        if event.thread and self._is_twice(event):
            return True
        if self._is_closed_by_thread(event):
            return True
        if not blame and self._is_no_object(event):
            return True
        if event.model in self.cleared:
            is_back = self.is_back
            if event.session is not None:
                is_back = self.is_foreign(self.key(event.session), event.graph)
            return is_own_entry(event.chain) or is_back
        if is_own_entry(event.chain) and self._is_closed_before(event):
            return True
        if is_own_entry(event.chain) and (self._is_entered_before() or self._is_own_run(event)):
            return True
        if codes == {"TFS105"} and self._is_initialized_later(event):
            return True
        if self._is_of_optimizer(event):
            return True
        is_beyond = is_beyond or self.is_inner_round
        return (is_beyond and event.chain == self.user) or (is_again and self.is_round)

    def _is_no_object(self, event: Event) -> bool:
        """Whether no object's weights are missing: an optimizer's variables, or the program's own
        session runs what has weights nowhere.
        """
        has_none = event.session is not None and self.homes.keys().isdisjoint(event.variables)
        return has_none or bool(re.search(OF_AN_OPTIMIZER, event.name))

    def _is_of_optimizer(self, event: Event) -> bool:
        """Whether a session is asked for, and only what belongs to no object has no values yet."""
        asked = self.asked
        if asked is None or event.model is not None or asked.chain != event.chain:
            return False
        known: set[int] = set().union(*self.variables.values())
        return (
            bool(asked.fresh) and asked.session == event.session and known.isdisjoint(asked.fresh)
        )

    def _is_closed_by_thread(self, event: Event) -> bool:
        """Whether another thread has closed the session: what it does is no part of this flow."""
        closed = self.closed.get(self.used(event.graph))
        return closed is not None and closed.thread != event.thread

    def _is_closed_before(self, event: Event) -> bool:
        """Whether a session had been closed when the flow of a method began that uses it."""
        closed = self.closed.get(self.used(event.graph))
        return closed is not None and not is_own_entry(closed.chain)

    def _is_entered_before(self) -> bool:
        """Whether a session stays entered that was so when the flow of a method began."""
        entered = self.here.entered
        return bool(entered) and not is_own_entry(self.here.opened[entered[-1]].chain)

    def _is_own_run(self, event: Event) -> bool:
        """Whether a method that is called later runs weights of before it in a session of its own:
        of these it is said alone what Keras does.
        """
        homes = [self.homes[v] for v in event.variables & self.homes.keys()]
        of_before = not any(is_own_entry(home.touches[0].chain) for home in homes)
        return event.session is not None and bool(homes) and of_before

    def _is_initialized_later(self, event: Event) -> bool:
        """Whether a method that is called later initialises a session, of which it can't know that
        it has the weights.
        """
        later = [
            initialized.chain
            for (_, variable), events in self.lost.items()
            for initialized in (events if variable in event.variables else ())
        ]
        gave = [self.gave[v].chain for v in event.variables & self.gave.keys()]
        return all(map(is_own_entry, later)) and not any(map(is_own_entry, gave))

    def _is_twice(self, event: Event) -> bool:
        """Whether the same thread, begun once more, has put weights of another one elsewhere."""
        built = self.objects.get(event.model or 0)
        if built is None or built.thread:
            return False
        places = [(frame.function, frame.line) for frame in event.chain]
        homes = [self.homes[v] for v in event.variables & self.homes.keys()]
        return any(
            home.thread != event.thread
            and any(
                [(frame.function, frame.line) for frame in touch.chain] == places
                for touch in home.touches
            )
            for home in homes
        )

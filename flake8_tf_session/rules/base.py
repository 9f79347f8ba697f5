"""What a rule can hear of, and what it may know of the flow that is walked."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from ..domain.call_strings import CallStrings
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import Graph, KnownOrNot, Options, Session, Value
from ..ir.nodes import MODULE_NAME, Call, Function
from ..settings import Settings
from ..text.source import Source
from .events import NewSession, Report, Touch

# The codes that are reported of what other threads do.
_OF_THREADS = ("TFS301", "TFS401")


class Host(Protocol):
    """What walks the flows of a file: what it knows of the program, and who takes the reports."""

    rules: tuple[Rule, ...]
    options: Settings
    chains: CallStrings
    source: Source
    memory_growth: bool
    threaded: set[object]

    @property
    def forces_growth(self) -> bool:
        """Whether the program asks for growth by an environment variable."""

    @property
    def shows_graph_mode(self) -> bool:
        """Whether the file, or one that it imports, shows graph mode."""

    @property
    def runs_in_graph_mode(self) -> bool:
        """Whether the file, or one that it imports, provably runs in graph mode."""

    def mentions(self, words: frozenset[str]) -> bool:
        """Whether the file, or one that it imports, has one of these words."""

    def report(self, entry: object, report: Report) -> None:
        """Take a rule's report on the flow of an entry."""


class Running(NamedTuple):
    """The thread whose function is being executed.

    Attributes:
        call: The call that started it.
        graph: Its own default graph.
        session: The session that Keras kept in the main thread.
        is_hidden: Whether the main thread had entered another one.
        lost: The objects whose weights it looks for in that session, which has none of them.
    """

    call: int
    graph: Graph
    session: KnownOrNot | None
    is_hidden: bool
    lost: set[int]


# Where conditions of both rounds may depend on each other, others would be guesses.
_OF_SECOND_ROUNDS = frozenset("TFS104 TFS107 TFS303 TFS304".split())


class FlowContext:
    """The flow that is walked, as far as rules and models may know it.

    Attributes:
        host: What walks it.
        entry: The function, or the definition of the class, whose flow it is.
        memory_growth: Whether growth was asked for for the whole process.
        main_guards: How many ``if __name__ == "__main__"`` are being executed.
        in_callback: Whether a hook of a callback is being executed, which Keras calls.
        thread: The thread whose function is being executed, if one is.
        only_threads: Whether it is walked for what threads do alone.
        is_forked: Whether the function of a forked process is being executed.
        is_silent: Whether it is walked for the state at its end alone.
        hearing: The rules that hear of each call.
        handlers: What frameworks run in threads of their own, and where they got it.
        starters: What frameworks run in the main thread before that, and where they got it.
        handled: The functions among these, as they are before they are decorated.
        switches: How often a session was registered or closed, or the default graph cleared.
        notes: What the rules gather from all paths, by rule.
    """

    def __init__(self, host: Host, entry: object) -> None:
        self.host = host
        self.entry = entry
        self.rules = host.rules
        self.options = host.options
        self.hearing = [rule for rule in host.rules if rule.hears_calls(host.options)]
        self.chains = host.chains
        self.memory_growth = host.memory_growth
        self.main_guards = 0
        self.in_callback = False
        self.thread: Running | None = None
        self.only_threads = False
        self.is_forked = False
        self.is_silent = False
        self.handlers: dict[Value, int] = {}
        self.starters: dict[Value, int] = {}
        self.handled: set[Function] = set()
        self.switches = 0
        self.notes: dict[str, dict[int, Any]] = {}
        self._said: dict[Report, None] = {}

    @property
    def is_module(self) -> bool:
        """Whether it is the flow of a module, which an import executes."""
        return isinstance(self.entry, Function) and self.entry.name == MODULE_NAME

    def report(
        self,
        code: str,
        chain: int,
        related: int | None,
        subject: str = "",
        reason: str = "",
        at_event: bool = False,
        path: State | None = None,
        group: int | None = None,
        place: int | None = None,
    ) -> None:
        """Take a rule's report on the event with a chain (see `Report`).

        ``path`` is what shows it: the report counts only if that path can happen to its end.
        """
        report = Report(code, chain, related, subject, reason, at_event, group, place)
        if self.is_silent or (self.is_forked and code != "TFS402"):
            return
        if (self.thread is not None or self.only_threads) and code not in _OF_THREADS:
            return
        if code not in _OF_SECOND_ROUNDS and any(
            each is not None and self.chains.is_again(each) for each in (chain, related)
        ):
            return
        if path is None:
            self.host.report(self.entry, report)
        else:
            self._said[report] = None
            path.reports |= {report}

    def settle(self, ends: list[State]) -> None:
        """Let the reports count that the paths which can happen show.

        All of them, if there is no such path: that is the walk's mistake.
        """
        shown = frozenset().union(*(end.reports for end in ends))
        for report in self._said:
            if report in shown or not ends:
                self.host.report(self.entry, report)


class Site(NamedTuple):
    """Where something happens: the flow, the frame and the chain; the call and what it calls."""

    flow: FlowContext
    frame: Frame
    chain: int
    node: Call | None = None
    dotted: str = ""

    def part(self, name: str) -> int:
        """The id of a further object that the same call makes."""
        return self.flow.chains.intern(self.chain, name)


class Rule:
    """A rule that hears nothing: each method says whether the state is that before or after it."""

    def hears_calls(self, options: Settings) -> bool:
        """Whether it hears of each call of something imported: most have no event to tell of."""
        return False

    def called(self, site: Site) -> None:
        """Something imported is called, ``site.dotted``: before what it does, on whichever path."""

    def keras_created(self, site: Site, id_: int, subject: str, state: State) -> None:
        """A Keras layer or model was created, ``id_`` in ``keras_objects``: after that."""

    def build_called(self, site: Site, name: str, state: State) -> None:
        """A building method was called and has returned: after whatever it did."""

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        """Weights are given, loaded, read or trained in the session in use: before that."""

    def unknown_given(self, site: Site, state: State) -> None:
        """Something unknown may be given weights, in the session in use: before that."""

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        """``set_session(session)`` is called: before Keras keeps the session."""

    def unregistered(self, site: Site, state: State) -> None:
        """``set_session(None)`` is called: before Keras has a new implicit session."""

    def cleared(self, site: Site, name: str, state: State) -> None:
        """``clear_session()`` or ``reset_default_graph()`` is called: before all is forgotten."""

    def outlived(self, site: Site, subject: str, ids: frozenset[int], state: State) -> None:
        """Keras objects are used that were built before the default graph was reset."""

    def session_run(self, site: Site, subject: str, session: Session, state: State) -> None:
        """A session is to run something: before that."""

    def initialized(self, site: Site, graph: Value, session: Session, state: State) -> None:
        """What initialises all variables of a graph is run in a session: before that."""

    def session_created(self, site: Site, created: NewSession, state: State) -> None:
        """A session was created: after that."""

    def growth_set(self, site: Site, options: Options, growth: Value, state: State) -> None:
        """``allow_growth`` was assigned: after that."""

    def forked(self, flow: FlowContext, frame: int, state: State) -> None:
        """The path goes on in a process that was forked, from a frame on: after that."""

    def ended(self, flow: FlowContext, frame: Frame, state: State) -> None:
        """A path of the flow reached its normal end."""

    def stopped(self, flow: FlowContext, state: State) -> None:
        """A path of the flow ended for good: ``sys.exit()``, or a loop that nothing leaves."""

    def finished(self, flow: FlowContext) -> None:
        """All paths of the flow were walked."""

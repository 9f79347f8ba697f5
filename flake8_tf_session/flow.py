"""The flow walk: executes a program form abstractly, in Python's order, path by path.

The walk knows Python: statements, expressions, scopes, classes, calls. What calls of TensorFlow
and Keras do is told by ``effects.py``, what is wrong about it by the rules.

An expression evaluates to outcomes: pairs of a value and the state after it. There is no outcome
where a path can't happen (it reads a name that was never set) or ends (an exception).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

from . import effects, escape, holding, lookup, withs
from .budget import EXPRESSION, STEP
from .exits import Exits, Outcomes
from .gate import Need
from .liveness import tail, words_read
from .narrowing import learn, narrow
from .paths import EXACT_LIMIT, PATH_LIMIT, Live, merge, merge_outcomes
from .program import (
    MODULE_NAME,
    Assert,
    Assign,
    Attribute,
    AugmentedAssign,
    Block,
    Boolean,
    Break,
    Call,
    ClassDef,
    Compare,
    Comprehension,
    Conditional,
    Constant,
    Continue,
    Delete,
    DictDisplay,
    Display,
    Evaluate,
    Evaluated,
    Expression,
    For,
    Function,
    FunctionDef,
    GivenUp,
    Handler,
    If,
    Import,
    ImportFrom,
    LambdaExpr,
    Match,
    Name,
    NamedExpr,
    Not,
    Raise,
    Return,
    Subscript,
    Target,
    Try,
    Unpack,
    While,
    With,
    Yield,
)
from .state import MODULE, OPEN, State
from .values import (
    ANY_ARGUMENTS,
    FALSE,
    NONE,
    NOT_NONE,
    TRUE,
    UNKNOWN,
    Arguments,
    Class,
    Const,
    DeviceCount,
    ExitStack,
    External,
    Instance,
    Keras,
    Mapping,
    Member,
    Method,
    Module,
    Partial,
    Routine,
    Sequence,
    Suspended,
    Unknown,
    Value,
    is_none,
    truth,
)
from .vocabulary import ROUTE_DECORATORS, STACK_METHODS, role

if TYPE_CHECKING:
    from .analysis import Analysis

# After so many steps in other files what they do is unknown. A config is made in a few.
FAR_STEP_LIMITS = {Need.ALL: 4_000, Need.WEIGHTS: 500, Need.CONFIGS: 200}
CALL_DEPTH_LIMIT = 40
# So deep inside calls and other modules a module that is imported is not executed any more.
IMPORT_DEPTH_LIMIT = 20
BASES_LIMIT = 100
DISPLAY_LIMIT = 32


class Frame:
    """One execution of a function, class body or module.

    Attributes:
        id: The id of the call that made it, and the owner of its variables.
        chain: The chain of calls that its nodes continue: its id, but for a class body, which is
            executed where it stands.
        function: What is executed.
        module: The id of the frame of its module, which has the global names.
        closure: The ids of the enclosing functions' frames, inner first.
        owner: The class whose method it is, for ``super()``.
        receiver: The value of its first parameter, if it is a method's.
        parameters: The values that its caller passed, by parameter.
        blocks: The blocks being executed, inner last, each with the index of its statement.
        raised: The states of paths that an exception ended inside the statement in hand.
        collectors: For each ``try`` being executed, the states an exception may start from.
        caller: The frame that called it; None for an entry's.
        is_class_body: Whether it executes the body of a class.
        is_entry: Whether the functions and classes that it defines are entries.
        on_yield: What a ``with`` statement runs where a context manager's function yields.
        visible: The frames whose variables a function defined here sees: not those of a class body.
    """

    __slots__ = (
        "blocks",
        "caller",
        "chain",
        "closure",
        "collectors",
        "function",
        "id",
        "is_class_body",
        "is_entry",
        "module",
        "on_yield",
        "owner",
        "parameters",
        "raised",
        "receiver",
        "visible",
    )

    def __init__(
        self,
        id: int,
        function: Function,
        module: int,
        closure: tuple[int, ...] = (),
        owner: Class | None = None,
        receiver: Value | None = None,
    ) -> None:
        self.id = id
        self.chain = id
        self.function = function
        self.module = module
        self.closure = closure
        self.owner = owner
        self.receiver = receiver
        self.parameters: dict[str, Value] = {}
        self.blocks: list[tuple[Block, int]] = []
        self.raised: list[State] = []
        self.collectors: list[list[State]] = []
        self.on_yield: OnYield | None = None
        self.caller: Frame | None = None
        self.is_entry = False
        self.is_class_body = owner is not None and function is owner.definition.scope
        self.visible = closure if self.is_class_body else (id, *closure)


class Report(NamedTuple):
    """What a rule says: an event, and another one that makes it wrong, by their chains.

    ``fixed`` reports stand on the event itself, or on ``place``, whoever called. Of those of one
    ``group`` the first in the text is enough.
    """

    code: str
    chain: int
    related: int | None
    subject: str
    reason: str
    fixed: bool
    group: int | None = None
    place: int | None = None


# What runs where a context manager's function yields a value.
OnYield = Callable[[State, Value, Frame], list[State]]


class Flow:
    """The walk of one entry.

    Attributes:
        need: What it needs to know of other files.
    """

    def __init__(self, analysis: Analysis, entry: object, need: Need) -> None:
        self.need = need
        self.analysis = analysis
        self.entry = entry
        # The paths that ended otherwise than normally: an exception, `sys.exit()`, a loop forever.
        self.stopped: list[State] = []
        self.said: dict[Report, None] = {}
        # How many `if __name__ == "__main__"` are being executed.
        self.main_guards = 0
        # The call that started the thread whose function is being executed, if one is.
        self.thread: int | None = None
        # Whether it is walked for what threads do alone.
        self.only_threads = False
        # Functions that a web server calls in threads of its own, and where they are given to it.
        self.handlers: dict[Value, int] = {}
        # What the rules gather from all paths, by rule.
        self.notes: dict[str, dict[int, Any]] = {}
        self.rules = analysis.rules
        self.memory_growth = analysis.memory_growth
        # Whether functions of other files, and those of tables, are unknown calls; and whether one
        # was executed.
        self.is_simple = False
        self.can_be_simpler = False
        # The functions that are being executed, inner last.
        self.active: list[Function] = []
        # Those of them that are generators and wait where they yield.
        self._suspended: list[Function] = []
        self._far_steps = 0

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
        fixed: bool = False,
        path: State | None = None,
        group: int | None = None,
        place: int | None = None,
    ) -> None:
        """Take a rule's report on the event with a chain (see `Report`).

        ``path`` is what shows it: the report counts only if that path can happen to its end.
        """
        report = Report(code, chain, related, subject, reason, fixed, group, place)
        if (self.thread is not None or self.only_threads) and code != "TFS401":
            return
        if path is None:
            self.analysis.report(self.entry, report)
        else:
            self.said[report] = None
            path.reports |= {report}

    def mark(self) -> tuple[int, int, int]:
        """Where the walk of a module's body stands between two of its statements."""
        return len(self.stopped), self._far_steps, self.analysis.world.work.done

    def rewind(self, mark: tuple[int, int, int]) -> None:
        """Go back to a mark: what was executed since will be executed once more."""
        stopped, self._far_steps, self.analysis.world.work.done = mark
        del self.stopped[stopped:]
        self.active.clear()
        self._suspended.clear()
        self.main_guards, self.thread = 0, None

    def settle(self, ends: list[State]) -> None:
        """Let the reports count that the paths which can happen show.

        All of them, if there is no such path: that is the walk's mistake.
        """
        shown = frozenset().union(*(end.reports for end in ends))
        for report in self.said:
            if report in shown or not ends:
                self.analysis.report(self.entry, report)

    def run_thread(
        self, target: Value, arguments: Arguments, call: int, state: State, frame: Frame
    ) -> None:
        """Execute a function as another thread does, which starts with nothing entered.

        What it does is of no account to the path that starts it.
        """
        if not self.analysis.options.follow_threads:
            return
        while isinstance(target, Partial):
            arguments = target.arguments.followed_by(arguments)
            target = target.callee
        if not isinstance(target, (Member, Routine, Method)) or self.thread is not None:
            return
        inside = state.fork()
        inside.entered, inside.graphs, inside.kept = (), (), None
        inside.memory = {}
        raised, self.thread = frame.raised, call
        if isinstance(target, Member):
            effects.call(effects.Site(self, frame, call), target, arguments, inside)
        else:
            self.follow(target, arguments, call, inside, frame)
        frame.raised, self.thread = raised, None

    def run_handlers(self, ends: list[State], frame: Frame) -> None:
        """Execute the functions that a web server got, as its threads do after the flow's end."""
        if self.analysis.source.serves_in_one_thread:
            return
        for end in ends:
            for handler, chain in self.handlers.items():
                self.run_thread(handler, ANY_ARGUMENTS, chain, end, frame)

    def end_for_good(self, states: Iterable[State]) -> None:
        """Tell the rules of paths after which nothing comes, though they reach no normal end."""
        for state in states:
            for rule in self.rules:
                rule.stopped(self, state)

    # --- frames and chains ---

    def place(self, frame: Frame, node: object) -> int:
        """The chain of a node: the calls that led to its frame, and the node itself."""
        return self.analysis.chains.intern(frame.chain, node)

    def run(self, frame: Frame, state: State) -> list[State]:
        """Execute a frame's function from a state; the states at its normal ends."""
        exits = Exits()
        self.active.append(frame.function)
        ends = self.block(frame.function.body, [state], frame, exits)
        self.active.pop()
        ends += [end for _, end in exits.returns]
        self.stopped += exits.raises
        return ends

    # --- blocks ---

    def block(
        self, statements: Block, states: list[State], frame: Frame, exits: Exits
    ) -> list[State]:
        """Execute statements from each state; the states that reach their end."""
        frame.blocks.append((statements, 0))
        for index, statement in enumerate(statements):
            if not states:
                break
            frame.blocks[-1] = (statements, index)
            self._reach(states, frame)
            after: list[State] = []
            for state in states:
                self._step(state, frame)
                after += _STATEMENTS[type(statement)](self, statement, state, frame, exits)
                if frame.raised:
                    exits.raises += frame.raised
                    frame.raised = []
            states = self._merge(after, frame)
        frame.blocks.pop()
        return states

    def _reach(self, states: list[State], frame: Frame) -> None:
        """Note that a statement is reached, in which an exception may be raised."""
        if frame.collectors:
            frame.collectors[-1].extend(state.fork() for state in states)

    def _merge(self, states: list[State], frame: Frame) -> list[State]:
        """Join the paths that meet after the statement in hand."""
        return merge(states, lambda: self._live_words(frame)) if len(states) > 1 else states

    def _live_words(self, frame: Frame) -> Live:
        """What the code after the statement in hand may read: variables of the frame, and, of the
        whole file, attributes.
        """
        words: set[str] = set()
        for depth, (statements, index) in enumerate(frame.blocks, 1):
            later: list[object] = list(statements[index + 1 :])
            if depth < len(frame.blocks):
                later += tail(statements[index])
            words |= words_read(later)
        variables = None
        if not frame.is_class_body:
            variables = frozenset(words | frame.function.inner_words)
        ends = frame.id != frame.module
        return Live(frame.id, variables, self.analysis.words_read, ends)

    def _step(self, state: State, frame: Frame) -> None:
        self._far_steps += frame.module != MODULE
        work = state.world.work
        work.done += STEP + state.size
        work.check()

    # --- simple statements ---

    def _evaluate(self, node: Evaluate, state: State, frame: Frame, exits: Exits) -> list[State]:
        return [after for _, after in self.evaluate(node.value, state, frame)]

    def _assign(self, node: Assign, state: State, frame: Frame, exits: Exits) -> list[State]:
        states = []
        for value, after in self.evaluate(node.value, state, frame):
            reached = [after]
            for target in node.targets:
                reached = [
                    later
                    for each in reached
                    for later in self.bind(target, value, each, frame, node)
                ]
            states += reached
        return states

    def _augmented_assign(
        self, node: AugmentedAssign, state: State, frame: Frame, exits: Exits
    ) -> list[State]:
        states = []
        for values, after in self.evaluate_all((node.target, node.value), state, frame):
            escape.changed(values, after)
            if isinstance(node.target, Subscript):
                self.rebind(node.target.value, UNKNOWN, UNKNOWN, after, frame)
            else:
                self.rebind(node.target, values[0], UNKNOWN, after, frame)
            states.append(after)
        return states

    def _delete(self, node: Delete, state: State, frame: Frame, exits: Exits) -> list[State]:
        states = [state]
        for target in node.targets:
            states = [after for each in states for after in self._unbind(target, each, frame)]
        return states

    def _unbind(self, target: Target, state: State, frame: Frame) -> list[State]:
        if isinstance(target, Name):
            state.unset(self._scope(target.id, state, frame), target.id)
            return [state]
        if isinstance(target, Unpack):
            states = [state]
            for inner in target.targets:
                states = [after for each in states for after in self._unbind(inner, each, frame)]
            return states
        states = []
        for values, after in self.evaluate_all(_operands(target), state, frame):
            if isinstance(target, Attribute) and isinstance(values[0], Instance):
                after.unset(values[0].id, target.attr)
            states.append(after)
        return states

    def _return(self, node: Return, state: State, frame: Frame, exits: Exits) -> list[State]:
        if node.value is None:
            exits.returns.append((NONE, state))
            return []
        outcomes = self.evaluate(node.value, state, frame)
        if frame.caller is None:
            for value, after in outcomes:
                escape.held((value,), after)
        exits.returns += outcomes
        return []

    def _raise(self, node: Raise, state: State, frame: Frame, exits: Exits) -> list[State]:
        for values, after in self.evaluate_all(node.items, state, frame):
            escape.changed(values, after)
            exits.raises.append(after)
        return []

    def _assert(self, node: Assert, state: State, frame: Frame, exits: Exits) -> list[State]:
        """Go on where it may hold: like any statement it may raise, which is no path of its own."""
        held = []
        for value, after in self.evaluate(node.test, state, frame):
            outcome = truth(value)
            if outcome or (outcome is None and narrow(node.test, True, after, frame)):
                held.append(after)
            else:
                exits.raises += [end for _, end in self.evaluate_all(node.message, after, frame)]
        return held

    def _break(self, node: Break, state: State, frame: Frame, exits: Exits) -> list[State]:
        exits.breaks.append(state)
        return []

    def _continue(self, node: Continue, state: State, frame: Frame, exits: Exits) -> list[State]:
        exits.continues.append(state)
        return []

    def _import(self, node: Import, state: State, frame: Frame, exits: Exits) -> list[State]:
        importer = node.anchor.source
        for dotted, alias in node.names:
            name, bound = (dotted.split(".", 1)[0],) * 2 if alias is None else (dotted, alias)
            module = state.world.module(importer, 0, name)
            self._set_name(bound, External(name) if module is None else module, state, frame)
        return self._execute_modules(node, state, frame, exits)

    def _import_from(
        self, node: ImportFrom, state: State, frame: Frame, exits: Exits
    ) -> list[State]:
        dotted = "." * node.level + node.module
        module = state.world.module(node.anchor.source, node.level, node.module)
        if node.names is None:
            lookup.star_import(External(dotted) if module is None else module, frame.module, state)
        for name, alias in node.names or ():
            value = None if module is None else state.world.member(module, name)
            if value is None:
                value = External(f"{dotted}.{name}")
            self._set_name(name if alias is None else alias, value, state, frame)
        return self._execute_modules(node, state, frame, exits)

    def _execute_modules(
        self, node: Import | ImportFrom, state: State, frame: Frame, exits: Exits
    ) -> list[State]:
        """Execute the modules that do something when they are imported first on a path."""
        states = [state]
        if self.is_simple or len(self.active) >= IMPORT_DEPTH_LIMIT:
            return states
        for loaded in state.world.acting(node):
            self.can_be_simpler = True
            self.memory_growth |= loaded.memory_growth
            inner = Frame(loaded.id, loaded.program.module, loaded.id)
            inner.chain = self.place(frame, node)
            inner.caller = frame
            self.analysis.chains.functions[inner.chain] = inner.function
            pending, states = states, []
            for each in pending:
                if loaded.id in each.objects:
                    states.append(each)
                    continue
                each.objects[loaded.id] = {}
                body = Exits()
                self.active.append(inner.function)
                states += self.block(inner.function.body, [each], inner, body)
                self.active.pop()
                exits.raises += body.raises
        return states

    # --- compound statements ---

    def _if(self, node: If, state: State, frame: Frame, exits: Exits) -> list[State]:
        main_guards = self.main_guards
        ends: list[list[State]] = []
        states, orelse = [state], node.orelse
        # A loop over the elifs: generated code has thousands of them.
        while True:
            done, states = self._then(node, states, frame, exits)
            ends.append(done)
            orelse = node.orelse
            if not states or len(orelse) != 1 or not isinstance(orelse[0], If):
                break
            node = orelse[0]
            self._reach(states, frame)
            for each in states:
                self._step(each, frame)
        after = self.block(orelse, states, frame, exits)
        self.main_guards = main_guards
        while len(ends) > 1:
            after = self._merge(ends.pop() + after, frame)
        return ends[0] + after

    def _then(
        self, node: If, states: list[State], frame: Frame, exits: Exits
    ) -> tuple[list[State], list[State]]:
        """The states at the end of an ``if``'s body, and those in which its test does not hold."""
        guards = _main_guard(node.test)
        if guards is not None and frame.module != MODULE:
            # Another file is imported, not run.
            return ([], states) if guards else (self.block(node.body, states, frame, exits), [])
        pairs = [self.branch(node.test, each, frame) for each in states]
        yes = [each for holding, _ in pairs for each in holding]
        self.main_guards += guards is True
        after = self.block(node.body, yes, frame, exits)
        self.main_guards += (guards is False) - (guards is True)
        return after, [each for _, failing in pairs for each in failing]

    def _while(self, node: While, state: State, frame: Frame, exits: Exits) -> list[State]:
        forever = isinstance(node.test, Constant) and bool(node.test.value)
        yes, no = self.branch(node.test, state, frame)
        inner = Exits()
        rounds = self.block(node.body, yes, frame, inner) + inner.continues
        if forever:
            # Only a break leaves it, in whichever round.
            if not inner.breaks:
                self.stopped += rounds
                self.end_for_good(rounds)
            after = inner.breaks + ([each.fork() for each in rounds] if inner.breaks else [])
            return self._leave_loop(after, [], node.orelse, frame, inner, exits)
        done = no + [
            later
            for each in rounds
            for later in self.branch(node.test, each, frame, known=False)[1]
        ]
        return self._leave_loop(inner.breaks, done, node.orelse, frame, inner, exits)

    def _for(self, node: For, state: State, frame: Frame, exits: Exits) -> list[State]:
        inner = Exits()
        done: list[State] = []
        for iterable, after in self.evaluate(node.iterable, state, frame):
            item, empty = self._iterate(iterable, after)
            if empty is not False:
                done.append(after.fork() if empty is None else after)
            if empty is not True:
                starts = self.bind(node.target, item, after, frame, None)
                done += self.block(node.body, starts, frame, inner)
        done += inner.continues
        return self._leave_loop(inner.breaks, done, node.orelse, frame, inner, exits)

    def _leave_loop(
        self,
        breaks: list[State],
        done: list[State],
        orelse: Block,
        frame: Frame,
        inner: Exits,
        exits: Exits,
    ) -> list[State]:
        exits.returns += inner.returns
        exits.raises += inner.raises
        return breaks + self.block(orelse, merge(done), frame, exits)

    def _try(self, node: Try, state: State, frame: Frame, exits: Exits) -> list[State]:
        inner = Exits()
        boundaries: list[State] = []
        frame.collectors.append(boundaries)
        after = self.block(node.body, [state], frame, inner)
        frame.collectors.pop()
        thrown, inner.raises = inner.raises, []
        handled: list[State] = []
        # Where an exception that is not caught here starts from.
        passed = boundaries if frame.collectors else []
        if node.handlers:
            raised = merge(boundaries + [each.fork() for each in thrown])
            for handler in node.handlers:
                starts = [each.fork() for each in raised]
                handled += self._handler(handler, starts, frame, inner)
            if any(lookup.catches_all(handler.type) for handler in node.handlers):
                thrown = []
                passed = []
            elif frame.collectors:
                passed = raised
        inner.raises += thrown
        after = self.block(node.orelse, merge(after), frame, inner)
        after = merge(after + handled)
        if passed:
            frame.collectors[-1].extend(self.block(node.final, merge(passed), frame, exits))
        return self._finally(node.final, after, frame, inner, exits)

    def _handler(
        self, handler: Handler, starts: list[State], frame: Frame, exits: Exits
    ) -> list[State]:
        if handler.type is not None:
            starts = [
                after for each in starts for _, after in self.evaluate(handler.type, each, frame)
            ]
        if handler.name is not None:
            for each in starts:
                self._set_name(handler.name, UNKNOWN, each, frame)
        return self.block(handler.body, starts, frame, exits)

    def _finally(
        self, final: Block, after: list[State], frame: Frame, inner: Exits, exits: Exits
    ) -> list[State]:
        """Execute a ``finally`` on every way out of its ``try``."""
        if final:
            after = self.block(final, after, frame, exits)
            inner.returns = [
                (value, later)
                for value, each in inner.returns
                for later in self.block(final, [each], frame, exits)
            ]
            inner.raises = self.block(final, inner.raises, frame, exits)
            inner.breaks = self.block(final, inner.breaks, frame, exits)
            inner.continues = self.block(final, inner.continues, frame, exits)
        exits.returns += inner.returns
        exits.raises += inner.raises
        exits.breaks += inner.breaks
        exits.continues += inner.continues
        return after

    def _match(self, node: Match, state: State, frame: Frame, exits: Exits) -> list[State]:
        after: list[State] = []
        for value, subject in self.evaluate(node.subject, state, frame):
            if any(case.names for case in node.cases):
                escape.changed((value,), subject)
            remaining = [subject]
            for case in node.cases:
                starts = [each.fork() for each in remaining]
                if case.takes_none is False or not case.takes_others:
                    fact = NOT_NONE if case.takes_others else NONE
                    starts = [each for each in starts if learn(node.subject, fact, each, frame)]
                for each in starts:
                    for name in case.names:
                        self._set_name(name, UNKNOWN, each, frame)
                if case.always:
                    remaining = []
                elif case.takes_none and case.guard is None:
                    remaining = [
                        each for each in remaining if learn(node.subject, NOT_NONE, each, frame)
                    ]
                elif case.guard is not None:
                    pairs = [self.branch(case.guard, each, frame) for each in starts]
                    starts = [each for yes, _ in pairs for each in yes]
                    remaining += [each for _, no in pairs for each in no]
                after += self.block(case.body, starts, frame, exits)
            after += merge(remaining)
        return after

    def _function_def(
        self, node: FunctionDef, state: State, frame: Frame, exits: Exits
    ) -> list[State]:
        after = []
        for decorators, decorated in self.evaluate_all(node.decorators, state, frame):
            for routine, defined in self._routine(node.function, decorated, frame):
                outcomes: Outcomes = [(routine, defined)]
                for decorator in reversed(decorators):
                    outcomes = [
                        outcome
                        for value, each in outcomes
                        for outcome in self._decorate(decorator, value, node, each, frame)
                    ]
                wrapped = (value for value, _ in outcomes if isinstance(value, Routine))
                own = next((each for each in wrapped if each.function is node.function), routine)
                self.analysis.define(node.function, own, frame)
                if any(map(_is_route, node.decorators)):
                    self.handlers[routine] = self.place(frame, (node, "handler"))
                for value, each in outcomes:
                    self._set_name(node.function.name, value, each, frame)
                    after.append(each)
        return after

    def _routine(
        self, function: Function, state: State, frame: Frame
    ) -> list[tuple[Routine, State]]:
        defaults = [parameter.default for parameter in function.parameters]
        given = [default for default in defaults if default is not None]
        routines = []
        for values, after in self.evaluate_all(given, state, frame):
            remaining = iter(values)
            bound = tuple(None if default is None else next(remaining) for default in defaults)
            routine = Routine(function, frame.module, frame.visible, frame.owner, bound)
            routines.append((routine, after))
        return routines

    def _decorate(
        self, decorator: Value, value: Value, node: FunctionDef, state: State, frame: Frame
    ) -> Outcomes:
        if isinstance(decorator, External) and isinstance(value, Routine):
            known = role(decorator.dotted)
            if known is not None and known.kind == "transparent decorator":
                return [(value, state)]
            if known is not None and known.kind in _WRAPPERS:
                return [(value.wrapped(known.kind), state)]
        if isinstance(decorator, Routine) and decorator.wrapper == "property":
            # `@layer.setter`: the property goes on as it is.
            return [(decorator, state)]
        if isinstance(decorator, (Routine, Method)):
            call = self.place(frame, (node, decorator))
            return self.follow(decorator, Arguments((value,), (), True), call, state, frame)
        escape.given((decorator, value), state)
        return [(UNKNOWN, state)]

    def _class_def(self, node: ClassDef, state: State, frame: Frame, exits: Exits) -> list[State]:
        after = []
        expressions = [*node.decorators, *(base.value for base in node.bases)]
        expressions += [keyword.value for keyword in node.keywords]
        for values, defined in self.evaluate_all(expressions, state, frame):
            first, last = len(node.decorators), len(node.decorators) + len(node.bases)
            bases = values[first:last]
            escape.given(values[last:], defined)
            id_ = self.analysis.chains.intern(frame.id, node)
            cls = self.analysis.same_class(Class(id_, node, _followed(bases)))
            defined.objects[id_] = {}
            if node.decorators or node.keywords:
                # A decorator or metaclass may add attributes.
                defined.set(id_, OPEN, Const(True))
            body = Frame(id_, node.scope, frame.module, frame.visible, cls)
            body.collectors = frame.collectors
            body.is_entry = frame.is_entry
            body.chain = frame.chain
            inner = Exits()
            for each in self.block(node.scope.body, [defined], body, inner):
                self._set_name(node.scope.name, cls, each, frame)
                self.analysis.define_class(cls, each, frame)
                after.append(each)
            exits.raises += inner.raises
        return after

    # --- names and targets ---

    def _scope(self, name: str, state: State, frame: Frame) -> int:
        function = frame.function
        if name in function.global_names:
            return frame.module
        if name in function.nonlocal_names:
            known = lookup.owner_of_name(name, state, frame)
            return frame.id if known is None else known
        return frame.id

    def _set_name(self, name: str, value: Value, state: State, frame: Frame) -> None:
        owner = self._scope(name, state, frame)
        if owner != frame.id or frame.is_class_body:
            escape.used((value,), state)
        state.set(owner, name, escape.bounded(value, state))

    def bind(
        self, target: Target, value: Value, state: State, frame: Frame, node: Assign | None
    ) -> list[State]:
        """Assign a value to a target; ``node`` is the statement, where it is an assignment."""
        if isinstance(target, Name):
            self._set_name(target.id, value, state, frame)
            return [state]
        if isinstance(target, Attribute):
            states = []
            for owner, after in self.evaluate(target.value, state, frame):
                if isinstance(owner, (Instance, Class)):
                    escape.used((value,), after)
                    after.set(owner.id, target.attr, escape.bounded(value, after))
                elif isinstance(owner, Module):
                    escape.used((value,), after)
                    after.world.rebind(owner, target.attr, value, after)
                else:
                    escape.changed((value,), after)
                    site = effects.Site(self, frame, self.place(frame, node))
                    effects.set_attribute(site, owner, target.attr, value, after)
                states.append(after)
            return states
        if isinstance(target, Subscript):
            states = []
            for values, after in self.evaluate_all(_operands(target), state, frame):
                index = values[-1] if target.index is not None else UNKNOWN
                changed = effects.set_item(values[0], index, value, after)
                if isinstance(changed, Mapping) or isinstance(values[0], DeviceCount):
                    escape.held((value,), after)
                else:
                    escape.changed((*values, value), after)
                if changed is not None:
                    self.rebind(target.value, values[0], changed, after, frame)
                states.append(after)
            return states
        return self._unpack(target, value, state, frame)

    def rebind(
        self, expression: Expression, before: Value, value: Value, state: State, frame: Frame
    ) -> None:
        """Give a variable or attribute the value that its list or dict was changed to.

        Whatever else holds that list or dict has the value then as well.
        """
        value = escape.bounded(value, state)
        is_known = holding.change(before, value, state)
        if isinstance(expression, Attribute) or (isinstance(expression, Name) and not is_known):
            self.bind(expression, value, state, frame, None)

    def _unpack(self, target: Unpack, value: Value, state: State, frame: Frame) -> list[State]:
        items: tuple[Value, ...]
        if (
            isinstance(value, Sequence)
            and not target.starred
            and len(value.items) == len(target.targets)
        ):
            items = value.items
        else:
            items = (self._iterate(value, state)[0],) * len(target.targets)
        states = [state]
        for inner, item in zip(target.targets, items):
            states = [
                later for each in states for later in self.bind(inner, item, each, frame, None)
            ]
        return states

    @staticmethod
    def _iterate(value: Value, state: State) -> tuple[Value, bool | None]:
        """What iterating gives, and whether it is empty: as `lookup.iterate`."""
        item, empty = lookup.iterate(value)
        if item == UNKNOWN and not isinstance(value, Mapping):
            escape.changed((value,), state)
        return item, empty

    # --- conditions ---

    def branch(
        self, test: Expression, state: State, frame: Frame, known: bool = True
    ) -> tuple[list[State], list[State]]:
        """The states in which a test holds, and those in which it does not.

        With ``known`` False the test's value counts for nothing (a loop's second round), but once
        the loop is left it does not hold.
        """
        yes: list[State] = []
        no: list[State] = []
        for value, after in self._tested(test, state, frame):
            outcome = truth(value) if known else None
            if outcome is None:
                other = after.fork()
                if not known or narrow(test, True, after, frame):
                    yes.append(after)
                if narrow(test, False, other, frame, overrule=not known):
                    no.append(other)
            else:
                (yes if outcome else no).append(after)
        return yes, no

    def _tested(self, test: Expression, state: State, frame: Frame) -> Outcomes:
        """Evaluate an expression of whose value only the truth counts."""
        if isinstance(test, Boolean) and not test.calls:
            return self._combine(test, state, frame, is_test=True)
        return self.evaluate(test, state, frame)

    # --- expressions ---

    def evaluate(self, expression: Expression, state: State, frame: Frame) -> Outcomes:
        """Evaluate an expression; the state given is used up."""
        state.world.work.done += EXPRESSION
        if type(expression) is Name:
            value = lookup.name(expression.id, state, frame)
            return [] if value is None else [(value, state)]
        return _EXPRESSIONS[type(expression)](self, expression, state, frame)

    def evaluate_all(
        self, expressions: Iterable[Expression], state: State, frame: Frame
    ) -> list[tuple[tuple[Value, ...], State]]:
        """Evaluate expressions in order; each outcome has all their values."""
        # Nearly always there is one path: no lists are needed to follow it.
        known: list[Value] = []
        remaining = iter(expressions)
        results: Outcomes = []
        for expression in remaining:
            results = self.evaluate(expression, state, frame)
            if len(results) != 1:
                break
            ((value, state),) = results
            known.append(value)
        else:
            return [(tuple(known), state)]
        outcomes = _merge_many([([*known, value], after) for value, after in results])
        for expression in remaining:
            following: list[tuple[list[Value], State]] = []
            for values, before in outcomes:
                results = self.evaluate(expression, before, frame)
                following += [([*values, value], after) for value, after in results]
            outcomes = _merge_many(following)
        return [(tuple(values), after) for values, after in outcomes]

    def _constant(self, node: Constant, state: State, frame: Frame) -> Outcomes:
        value = node.value
        if value is None or isinstance(value, (bool, int, float, complex, str, bytes)):
            return [(Const(value), state)]
        return [(UNKNOWN, state)]

    def _primary(self, node: Attribute | Call | Subscript, state: State, frame: Frame) -> Outcomes:
        """Evaluate ``a.b(c)[d](e)…`` from the left: a loop, since such chains get long."""
        links: list[Attribute | Call | Subscript] = []
        base: Expression = node
        while isinstance(base, (Attribute, Call, Subscript)):
            links.append(base)
            if isinstance(base, Call):
                # Its callee's attribute is looked up after the arguments: part of the call.
                base = base.func.value if isinstance(base.func, Attribute) else base.func
            else:
                base = base.value
        outcomes = self.evaluate(base, state, frame)
        for link in reversed(links):
            evaluate = _LINKS[type(link)]
            if len(outcomes) == 1:
                ((value, after),) = outcomes
                outcomes = evaluate(self, value, link, after, frame)
            else:
                outcomes = [
                    outcome
                    for value, after in outcomes
                    for outcome in evaluate(self, value, link, after, frame)
                ]
            if len(outcomes) > PATH_LIMIT:
                lists = merge_outcomes([([value], after) for value, after in outcomes])
                outcomes = [(value, after) for (value,), after in lists]
        return outcomes

    def _member(self, value: Value, node: Attribute, state: State, frame: Frame) -> Outcomes:
        """Look up an attribute of a value; a property is executed."""
        found = lookup.attribute(value, node.attr, state)
        if found is None:
            return []
        if isinstance(found, Unknown) and isinstance(value, (Method, Partial)):
            escape.changed((value,), state)
        if isinstance(found, Method) and found.function.wrapper == "property":
            bound = Method(found.function.wrapped(""), found.receiver)
            return self.follow(bound, withs.NO_ARGUMENTS, self.place(frame, node), state, frame)
        return [(found, state)]

    def _display(self, node: Display, state: State, frame: Frame) -> Outcomes:
        outcomes: Outcomes = []
        for values, after in self.evaluate_all(node.items, state, frame):
            known: Value = Sequence(_shortened(values), node.is_list)
            if node.starred:
                known = UNKNOWN
                escape.changed(values, after)
            outcomes.append((known, after))
        return outcomes

    def _dict(self, node: DictDisplay, state: State, frame: Frame) -> Outcomes:
        expressions = [item for pair in node.items for item in pair if item is not None]
        complete = all(key is not None for key, _ in node.items)
        outcomes: Outcomes = []
        for values, after in self.evaluate_all(expressions, state, frame):
            keys = values[::2]
            if len(keys) > DISPLAY_LIMIT:
                escape.changed(values, after)
                outcomes.append((TRUE, after))
            elif complete and all(isinstance(key, Const) for key in keys):
                # Of equal keys the last counts.
                pairs = {
                    key: value for key, value in zip(keys, values[1::2]) if isinstance(key, Const)
                }
                outcomes.append((Mapping(tuple(pairs.items())), after))
            else:
                escape.changed(values, after)
                outcomes.append((UNKNOWN, after))
        return outcomes

    def _item(self, value: Value, node: Subscript, state: State, frame: Frame) -> Outcomes:
        operands = node.others if node.index is None else [node.index]
        outcomes: Outcomes = []
        for values, after in self.evaluate_all(operands, state, frame):
            index = UNKNOWN if node.index is None else values[0]
            choices = () if self.is_simple else lookup.choices(value, index)
            self.can_be_simpler |= bool(choices)
            outcomes += [(choice, after.fork()) for choice in choices[1:]]
            found = choices[0] if choices else lookup.item(value, index)
            if isinstance(found, Unknown) and not isinstance(index, Const):
                escape.changed((value, *values), after)
            outcomes.append((found, after))
        return outcomes

    def _boolean(self, node: Boolean, state: State, frame: Frame) -> Outcomes:
        if not node.calls:
            return self._combine(node, state, frame, is_test=False)
        done: Outcomes = []
        states = [state]
        for index, operand in enumerate(node.values):
            last = index == len(node.values) - 1
            following: list[State] = []
            for each in states:
                for value, after in self.evaluate(operand, each, frame):
                    outcome = truth(value)
                    if last or (outcome is not None and outcome != node.is_and):
                        done.append((value, after))
                        continue
                    if outcome is None:
                        stopped = after.fork()
                        if narrow(operand, not node.is_and, stopped, frame):
                            fact = FALSE if node.is_and else TRUE
                            known = fact if isinstance(value, Unknown) else value
                            done.append((known, stopped))
                        if not narrow(operand, node.is_and, after, frame):
                            continue
                    following.append(after)
            states = merge(following)
        return done

    def _combine(self, node: Boolean, state: State, frame: Frame, is_test: bool) -> Outcomes:
        """No operand does anything: which of them are evaluated makes no difference."""
        outcomes: Outcomes = []
        for values, after in self.evaluate_all(node.values, state, frame):
            value = lookup.combine(values, node.is_and)
            if isinstance(value, Unknown) and not is_test:
                escape.changed(values, after)
            outcomes.append((value, after))
        return outcomes

    def _not(self, node: Not, state: State, frame: Frame) -> Outcomes:
        outcomes: Outcomes = []
        for value, after in self._tested(node.operand, state, frame):
            outcome = truth(value)
            outcomes.append((UNKNOWN if outcome is None else Const(not outcome), after))
        return outcomes

    def _compare(self, node: Compare, state: State, frame: Frame) -> Outcomes:
        outcomes: Outcomes = []
        for (left, right), after in self.evaluate_all((node.left, node.right), state, frame):
            # Configs are compared in tests: that is a use.
            escape.used((left, right), after)
            equal: bool | None = None
            if right == NONE:
                equal = is_none(left)
            elif isinstance(left, Const) and isinstance(right, Const):
                equal = left.value == right.value
            if equal is None:
                outcomes.append((UNKNOWN, after))
            else:
                outcomes.append((Const(equal == (node.operator in ("is", "=="))), after))
        return outcomes

    def _conditional(self, node: Conditional, state: State, frame: Frame) -> Outcomes:
        yes, no = self.branch(node.test, state, frame)
        outcomes: Outcomes = []
        for states, expression in ((yes, node.body), (no, node.orelse)):
            for each in states:
                outcomes += self.evaluate(expression, each, frame)
        return outcomes

    def _named(self, node: NamedExpr, state: State, frame: Frame) -> Outcomes:
        outcomes = self.evaluate(node.value, state, frame)
        for value, after in outcomes:
            self._set_name(node.target, value, after, frame)
        return outcomes

    def _lambda(self, node: LambdaExpr, state: State, frame: Frame) -> Outcomes:
        return list(self._routine(node.function, state, frame))

    def _comprehension(self, node: Comprehension, state: State, frame: Frame) -> Outcomes:
        """A generator expression is taken to be consumed at once, as it nearly always is."""
        ends = self._clauses(node, 0, state, frame)
        return [(UNKNOWN, end) for end in merge(ends)]

    def _clauses(self, node: Comprehension, index: int, state: State, frame: Frame) -> list[State]:
        if index == len(node.clauses):
            ends = []
            for values, after in self.evaluate_all(node.elements, state, frame):
                escape.changed(values, after)
                ends.append(after)
            return ends
        target, iterable, tests = node.clauses[index]
        done: list[State] = []
        for value, after in self.evaluate(iterable, state, frame):
            item, empty = self._iterate(value, after)
            if empty is not False:
                done.append(after.fork() if empty is None else after)
            if empty is True:
                continue
            starts = self.bind(target, item, after, frame, None)
            for test in tests:
                pairs = [self.branch(test, each, frame) for each in starts]
                starts = [each for yes, _ in pairs for each in yes]
                done += [each for _, no in pairs for each in no]
            for start in starts:
                done += self._clauses(node, index + 1, start, frame)
        return done

    def _yield(self, node: Yield, state: State, frame: Frame) -> Outcomes:
        outcomes: Outcomes = [(NONE, state)]
        if node.value is not None:
            outcomes = self.evaluate(node.value, state, frame)
        if frame.on_yield is None or node.is_from:
            for value, after in outcomes:
                escape.changed((value,), after)
            return [(UNKNOWN, after) for _, after in outcomes]
        self._suspended.append(frame.function)
        resumed: Outcomes = [
            (UNKNOWN, later)
            for value, after in outcomes
            for later in frame.on_yield(after, value, frame)
        ]
        self._suspended.pop()
        return resumed

    def _evaluated(self, node: Evaluated, state: State, frame: Frame) -> Outcomes:
        outcomes: Outcomes = []
        for values, after in self.evaluate_all(node.items, state, frame):
            if not node.keeps:
                escape.used(values, after)
                outcomes.append((UNKNOWN, after))
                continue
            # Arithmetic on layers' outputs gives a tensor that depends on the same weights.
            ids = lookup.keras_ids(values)
            escape.changed((value for value in values if not lookup.keras_ids((value,))), after)
            outcomes.append((Keras(ids, "tensor") if ids else UNKNOWN, after))
        return outcomes

    # --- calls ---

    def _call(self, head: Value, node: Call, state: State, frame: Frame) -> Outcomes:
        """Call a value, or the attribute of it that the call's callee is."""
        self._step(state, frame)
        func = node.func
        site = effects.Site(self, frame, self.place(frame, node), node)
        outcomes: Outcomes = []
        passed = [argument.value for argument in node.arguments]
        for values, after in self.evaluate_all(passed, state, frame):
            arguments = _arguments(node, values)
            callees: Outcomes = [(head, after)]
            if isinstance(func, Attribute):
                callees = self._member(head, func, after, frame)
            for callee, ready in callees:
                if isinstance(head, Instance) and node.name == "start" and head.cls.is_thread:
                    run = lookup.class_attribute(head.cls, "run", ready)
                    if isinstance(run, Routine):
                        self.run_thread(
                            Method(run, head), withs.NO_ARGUMENTS, site.chain, ready, frame
                        )
                if isinstance(callee, Unknown):
                    escape.given((head,), ready)
                    effects.note_unknown_method(site, node, head, ready)
                for value, later in self._apply(callee, arguments, site, ready):
                    effects.note_build_call(site, later)
                    outcomes.append((value, later))
        return outcomes

    def _apply(
        self, callee: Value, arguments: Arguments, site: effects.Site, state: State
    ) -> Outcomes:
        if isinstance(callee, External) and callee.dotted == "builtins.super":
            return [(lookup.super_of(arguments, site.frame), state)]
        while isinstance(callee, Partial):
            arguments = callee.arguments.followed_by(arguments)
            callee = callee.callee
        if isinstance(callee, (Routine, Method)):
            return self.follow(callee, arguments, site.chain, state, site.frame)
        if (
            isinstance(callee, Member)
            and isinstance(callee.of, ExitStack)
            and callee.name in STACK_METHODS
            and arguments.positional
        ):
            return withs.enter_context(site, callee.of, arguments.positional[0], state)
        if isinstance(callee, Class):
            return self._instantiate(callee, arguments, site, state)
        if isinstance(callee, Instance):
            method = lookup.class_attribute(callee.cls, "__call__", state)
            if isinstance(method, Routine):
                bound = Method(method, callee)
                return self.follow(bound, arguments, site.chain, state, site.frame)
        if isinstance(callee, External):
            known = role(callee.dotted)
            if known is not None and known.kind == "exit":
                self.stopped.append(state)
                self.end_for_good((state,))
                return []
        return [(effects.call(site, callee, arguments, state), state)]

    def _instantiate(
        self, cls: Class, arguments: Arguments, site: effects.Site, state: State
    ) -> Outcomes:
        instance = Instance(self.analysis.chains.intern(site.chain, cls.id), cls)
        state.objects[instance.id] = {}
        is_seen = False
        if not lookup.is_closed(cls, state):
            state.open_instance(instance)
            is_seen = holding.is_seen(cls, state)
            if not is_seen:
                escape.held((instance,), state)
        method = lookup.class_attribute(cls, "__init__", state)
        states = [state]
        if isinstance(method, Routine):
            self.analysis.note_created(site.chain, cls, method)
            bound = Method(method, instance)
            ends = self.follow(bound, arguments, site.chain, state, site.frame)
            states = [after for _, after in ends]
        elif is_seen and cls.keras_base is not None and method is None:
            effects.build_instance(instance, arguments, state)
        elif method is not None or not lookup.is_closed(cls, state):
            escape.given(arguments.values(), state)
        for after in states:
            if cls.keras_base is not None:
                effects.create_instance(site, instance, cls.keras_base, after)
        return [(instance, after) for after in states]

    def follow(
        self,
        callee: Routine | Method,
        arguments: Arguments,
        call: int,
        state: State,
        frame: Frame,
    ) -> Outcomes:
        """Call a function of the project; the state given is used up."""
        routine = callee.function if isinstance(callee, Method) else callee
        if routine.wrapper == "contextmanager" and routine.function.is_generator:
            receiver = callee.receiver if isinstance(callee, Method) else None
            return [(Suspended(routine, receiver, arguments, call), state)]
        known = None
        if not routine.function.is_generator:
            known = self.execute(callee, arguments, call, state, frame)
        if known is None:
            # A generator lives on with the variables around it.
            escape.given((callee, *arguments.values()), state)
            return [(UNKNOWN, state)]
        return known

    def execute(
        self,
        callee: Routine | Method,
        arguments: Arguments,
        call: int,
        before: State,
        frame: Frame,
        on_yield: OnYield | None = None,
    ) -> Outcomes | None:
        """Execute a function of the project; the state given stays as it is.

        A callee that is being executed already, or raises whatever it is given, is an unknown call:
        None.
        """
        receiver, routine = None, callee
        if isinstance(routine, Method):
            receiver, routine = routine.receiver, routine.function
        function = routine.function
        own = receiver
        if own is None and routine.owner is not None and arguments.positional:
            # `Base.__init__(self)`: its `super()` needs to know.
            own = arguments.positional[0]
        if self.active.count(function) > self._suspended.count(function):
            return None
        if routine.module != MODULE:
            if self.is_simple or self._far_steps > FAR_STEP_LIMITS[self.need]:
                return None
            if not before.world.matters(routine, own, self.need):
                return None
            self.can_be_simpler = True
            self.analysis.note_other(routine)
        if len(self.active) >= CALL_DEPTH_LIMIT:
            raise GivenUp(f"calls are nested deeper than {CALL_DEPTH_LIMIT}")
        state = before.fork()
        inner = Frame(call, function, routine.module, routine.frames, routine.owner, own)
        inner.on_yield = on_yield
        inner.caller = frame
        self.analysis.chains.functions[call] = function
        _pass_parameters(inner, routine, receiver, arguments, state)
        self.active.append(function)
        exits = Exits()
        ends = self.block(function.body, [state], inner, exits)
        self.active.pop()
        outcomes: Outcomes = [(NONE, end) for end in ends] + exits.returns
        builds = function.name in self.analysis.options.build_methods
        if not outcomes and (builds or _always_raises(function)):
            # A building method counts whatever it does: where it reads what is not there yet, its
            # call is too early.
            return None
        passed = (*arguments.values(), *(() if receiver is None else (receiver,)))
        for value, end in (*outcomes, *((NONE, end) for end in exits.raises)):
            if on_yield is None and end.creations:
                holding.bury(inner, (value, *passed), before, end)
            if function.inner_words:
                escape.end_frame(inner.id, function, end)
            else:
                end.objects.pop(call, None)
        frame.raised += exits.raises
        return _merge_outcomes(outcomes)

    def may_act(self, callee: Routine | Method, state: State) -> bool:
        """Whether a function of the project that is not executed may do something to sessions."""
        receiver, routine = None, callee
        if isinstance(routine, Method):
            receiver, routine = routine.receiver, routine.function
        return routine.module == MODULE or state.world.matters(routine, receiver, self.need)


_WRAPPERS = ("property", "classmethod", "staticmethod", "contextmanager")


def _always_raises(function: Function) -> bool:
    """Whether a function ends by an exception whatever it is given, as an abstract method does."""
    return any(
        isinstance(statement, Raise)
        or (isinstance(statement, Assert) and isinstance(statement.test, Constant))
        for statement in function.body
    )


def _followed(bases: tuple[Value, ...]) -> tuple[Value, ...]:
    """Base classes; where they are derived from too many, the others are unknown."""
    followed: list[Value] = []
    count = 0
    for base in bases:
        count += len(base.mro) if isinstance(base, Class) else 1
        is_class = isinstance(base, (Class, External)) and count <= BASES_LIMIT
        followed.append(base if is_class else UNKNOWN)
    return tuple(followed)


def _is_route(decorator: Expression) -> bool:
    """Whether a decorator makes a function a request handler: ``@app.route("/predict")``."""
    return (
        isinstance(decorator, Call)
        and isinstance(decorator.func, Attribute)
        and decorator.func.attr in ROUTE_DECORATORS
    )


def _main_guard(test: Expression) -> bool | None:
    """Whether a test holds (or, False, does not hold) only where the module is run as a script."""
    if not isinstance(test, Compare):
        return None
    name, text = test.left, test.right
    if isinstance(name, Constant):
        name, text = text, name
    if not isinstance(name, Name) or name.id != "__name__" or not isinstance(text, Constant):
        return None
    return test.operator == "==" if text.value == "__main__" else None


def _operands(target: Attribute | Subscript) -> list[Expression]:
    """What is evaluated before a target is set, in that order: its index last."""
    if isinstance(target, Attribute):
        return [target.value]
    index = [] if target.index is None else [target.index]
    return [target.value, *target.others, *index]


def _shortened(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The elements of a display; in a long one of no interest, one stands for all."""
    if len(values) > DISPLAY_LIMIT and all(isinstance(item, (Const, Unknown)) for item in values):
        return (UNKNOWN,)
    return values


def _arguments(node: Call, values: tuple[Value, ...]) -> Arguments:
    positional: list[Value] = []
    keywords: list[tuple[str, Value]] = []
    complete = True
    for argument, value in zip(node.arguments, values):
        if argument.star == "**" and isinstance(value, Mapping):
            keywords += [
                (key.value, item) for key, item in value.items if isinstance(key.value, str)
            ]
        elif argument.star == "*" and isinstance(value, Sequence) and complete:
            positional += value.items
        elif argument.star:
            complete = False
            keywords.append(("*", value))
        elif argument.keyword is not None:
            keywords.append((argument.keyword, value))
        elif complete:
            positional.append(value)
        else:
            keywords.append(("*", value))
    return Arguments(tuple(positional), tuple(keywords), complete)


def _pass_parameters(
    frame: Frame,
    routine: Routine,
    receiver: Value | None,
    arguments: Arguments,
    state: State,
) -> None:
    """Bind a call's arguments to the parameters of the frame's function."""
    positional = arguments.positional if receiver is None else (receiver, *arguments.positional)
    keywords = dict(arguments.keywords)
    values: dict[str, Value] = {}
    index = 0
    for parameter, default in zip(routine.function.parameters, routine.defaults):
        name = parameter.name
        if parameter.kind == "*":
            rest = positional[index:]
            values[name] = Sequence(rest, False) if arguments.complete else UNKNOWN
            index = len(positional)
        elif parameter.kind == "**":
            values[name] = UNKNOWN
            if arguments.complete:
                left = [(Const(key), item) for key, item in keywords.items() if key not in values]
                values[name] = Mapping(tuple(left))
        elif parameter.kind != "kw" and index < len(positional):
            values[name] = positional[index]
            index += 1
        elif name in keywords and parameter.kind != "/":
            values[name] = keywords[name]
        elif not arguments.complete or default is None:
            values[name] = UNKNOWN
        else:
            values[name] = default
    if not arguments.complete:
        # Which parameter gets these can't be known.
        bound = values.values()
        escape.changed((value for value in arguments.values() if value not in bound), state)
    values = {name: escape.bounded(value, state) for name, value in values.items()}
    frame.parameters = values
    state.objects[frame.id] = values


def _merge_many(
    outcomes: list[tuple[list[Value], State]],
) -> list[tuple[list[Value], State]]:
    return merge_outcomes(outcomes) if len(outcomes) > EXACT_LIMIT else outcomes


def _merge_outcomes(outcomes: Outcomes) -> Outcomes:
    """Join the paths through a callee that end alike, with the same value."""
    if len(outcomes) < 2:
        return outcomes
    by_value: dict[Value, list[State]] = {}
    for value, state in outcomes:
        by_value.setdefault(value, []).append(state)
    return [(value, state) for value, states in by_value.items() for state in merge(states)]


_STATEMENTS: dict[type, Callable[..., list[State]]] = {
    Evaluate: Flow._evaluate,
    Assign: Flow._assign,
    AugmentedAssign: Flow._augmented_assign,
    Delete: Flow._delete,
    Return: Flow._return,
    Raise: Flow._raise,
    Assert: Flow._assert,
    Break: Flow._break,
    Continue: Flow._continue,
    Import: Flow._import,
    ImportFrom: Flow._import_from,
    If: Flow._if,
    While: Flow._while,
    For: Flow._for,
    Try: Flow._try,
    With: withs.execute,
    Match: Flow._match,
    FunctionDef: Flow._function_def,
    ClassDef: Flow._class_def,
}
_EXPRESSIONS: dict[type, Callable[..., Outcomes]] = {
    Attribute: Flow._primary,
    Call: Flow._primary,
    Constant: Flow._constant,
    Display: Flow._display,
    DictDisplay: Flow._dict,
    Subscript: Flow._primary,
    Boolean: Flow._boolean,
    Not: Flow._not,
    Compare: Flow._compare,
    Conditional: Flow._conditional,
    NamedExpr: Flow._named,
    LambdaExpr: Flow._lambda,
    Comprehension: Flow._comprehension,
    Yield: Flow._yield,
    Evaluated: Flow._evaluated,
}
_LINKS: dict[type, Callable[..., Outcomes]] = {
    Attribute: Flow._member,
    Call: Flow._call,
    Subscript: Flow._item,
}

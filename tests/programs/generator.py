"""Random programs: small Keras graph-mode programs that no one thought of.

Each has a number, and the same number always makes the same. Its flags come from the module
`switches`, which the judge provides and the linter can't know: `on()` is a condition,
`some()` has no element or one, `stop()` may throw. A name that is defined in a branch may be read
after it: the runs in which it was never set are left out by the judge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.programs.styles import OWN, Dice, Names

SWITCHES = (
    *("on", "some", "stop", "Stop", "X", "Y", "OUT"),
    *(
        f"{kind}_{what}"
        for kind in ("DENSE", "EMBEDDING")
        for what in ("W", "V", "WEIGHTS", "MODEL")
    ),
)
MAX_FLAGS = 2  # written down in one program; each may be met more than once
MAX_STATEMENTS = 22
MAX_HELPERS = 3
MAX_BLOCKS = 3  # one in another


# --- programs -------------------------------------------------------------------------------------


@dataclass
class Scope:
    """What can be read at a place of a program, and what may be written there."""

    where: str  # module, function, method
    sessions: list[str] = field(default_factory=list)
    models: list[str] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)
    initializers: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)  # InteractiveSessions opened in this block
    own: bool = False  # attributes of self may be written
    blocks: int = 0
    sealed: bool = False  # inside a session's or graph's block: nothing is cleared
    entered: bool = False  # inside a session's block: no InteractiveSession may outlive it
    loops: int = 0
    optional: bool = False  # what follows is reached without this block, too

    def copy(self) -> Scope:
        """The same names, to be changed on their own."""
        return Scope(
            self.where,
            list(self.sessions),
            list(self.models),
            list(self.layers),
            list(self.initializers),
            list(self.closed),
            [],
            self.own,
            self.blocks,
            self.sealed,
            self.entered,
            self.loops,
            self.optional,
        )


@dataclass
class Helper:
    """A function or method that can be called again."""

    name: str
    needs: set[str]
    gives: list[str]
    parameters: list[str]


class Program:
    """Writes one program."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.names = Names(dice)
        self.kind = dice.pick(["dense", "embedding"])
        self.flags = 0
        self.statements = 0
        self.count = 0
        self.functions: list[list[str]] = []
        self.methods: list[list[str]] = []
        self.helpers: list[Helper] = []
        self.registered: set[str] = set()  # or entered: not to be closed by a `with`
        self.wanted: set[str] = set()  # of `OWN`
        self.overriding = False  # nothing is called again then: it might call what is overridden

    # -- small parts

    def fresh(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def flag(self) -> bool:
        """Whether another flag may be written."""
        if self.flags >= MAX_FLAGS:
            return False
        self.flags += 1
        return True

    def target(self, scope: Scope, letter: str) -> str:
        name = self.fresh(letter)
        return f"self.{name}" if scope.own and self.dice.chance(70) else name

    def new_session(self) -> str:
        return self.dice.pick(
            [
                self.names("tf", "Session") + "()",
                self.names("tf", "Session") + "(config=None)",
                self.names("tf", "Session") + f"(graph={self.names('tf', 'Graph')}())",
            ]
            if self.dice.chance(4)
            else [self.names("tf", "Session") + "()"]
        )

    def layer(self, given: bool, first: bool = True) -> str:
        dense = self.kind == "dense"
        arguments = ["1"] if dense else ["2", "1"]
        if first:
            arguments.append("input_shape=(3,)" if dense else "input_length=3")
        if dense:
            arguments += ["use_bias=False", "kernel_initializer='ones'"]
        else:
            arguments.append("embeddings_initializer='ones'")
        if given:
            arguments.append(f"weights=[{self.value('W')}]")
        name = self.names("layers", "Dense" if dense else "Embedding")
        return f"{name}({', '.join(arguments)})"

    def value(self, what: str) -> str:
        return f"{self.kind.upper()}_{what}"

    # -- statements

    def block(self, scope: Scope, percent: int = 65, most: int = 5) -> list[str]:
        """Some statements, at least one."""
        lines = self.statement(scope)
        written = 1
        while written < most and self.dice.chance(percent):
            if lines and lines[-1].startswith(("return", "break", "raise")):
                break
            lines += self.statement(scope)
            written += 1
        return lines

    def statement(self, scope: Scope) -> list[str]:
        self.statements += 1
        choices = {"build": 6, "session": 3}
        if scope.sessions:
            choices.update(register=7)
            choices.update(first_initializer=1)
            if scope.blocks < MAX_BLOCKS:
                choices.update(enter=3, restore=4)
        else:
            choices.update(register_new=3)
        if scope.models:
            choices.update(predict=4, access=4, initialize=2, again_given=2, again_weights=1)
        if scope.initializers and scope.sessions:
            choices.update(run_initializer=2)
        if scope.layers:
            choices.update(finish=4)
        if scope.open:
            choices.update(close=1)
        if scope.closed:
            choices.update(register_closed=1)
        choices.update(get_session=1, interactive=0 if scope.entered else 1, layer=1)
        choices.update(unregister=0 if self.dice.chance(70) else 1, weightless=1)
        if not scope.sealed and not scope.open:
            choices.update(clear=1)
        if scope.blocks < MAX_BLOCKS - 1 and self.statements < MAX_STATEMENTS:
            choices.update(branch=3, loop=1, attempt=2, enter_new=1, graph=1)
            if len(self.helpers) < MAX_HELPERS:
                choices.update(helper=4)
        if self.usable(scope):
            choices.update(again=2)
        if scope.where != "module" and scope.optional and scope.loops == 0:
            choices.update(leave=1)
        choices = {name: weight for name, weight in choices.items() if weight}
        return getattr(self, "write_" + self.dice.weighted(choices))(scope)

    def write_session(self, scope: Scope) -> list[str]:
        name = self.target(scope, "s")
        scope.sessions.append(name)
        return [f"{name} = {self.new_session()}"]

    def write_get_session(self, scope: Scope) -> list[str]:
        call = self.names("K", "get_session") + "()"
        if self.dice.chance(25):
            return [call]
        name = self.target(scope, "s")
        scope.sessions.append(name)
        return [f"{name} = {call}"]

    def write_register(self, scope: Scope) -> list[str]:
        session = self.dice.pick(scope.sessions)
        self.registered.add(session)
        call = f"{self.names('K', 'set_session')}({session})"
        if self.dice.chance(6) and self.flag():
            return [f"on() and {call}"]
        return [call]

    def write_first_initializer(self, scope: Scope) -> list[str]:
        session = self.dice.pick(scope.sessions)
        self.registered.add(session)
        initializer = self.names("tf", "global_variables_initializer") + "()"
        return [
            f"{self.names('K', 'set_session')}({session})",
            f"{session}.run({initializer})",
        ]

    def write_unregister(self, scope: Scope) -> list[str]:
        return [f"{self.names('K', 'set_session')}(None)"]

    def write_register_new(self, scope: Scope) -> list[str]:
        return [f"{self.names('K', 'set_session')}({self.new_session()})"]

    def write_register_closed(self, scope: Scope) -> list[str]:
        return [f"{self.names('K', 'set_session')}({self.dice.pick(scope.closed)})"]

    def write_build(self, scope: Scope) -> list[str]:
        name = self.target(scope, "m")
        given = self.dice.chance(45)
        form = self.dice.weighted(
            {
                "sequential": 5,
                "functional": 3,
                "add": 1,
                "load": 1,
                "clone": 1 if scope.models else 0,
            }
        )
        model = self.names("models", "Sequential")
        if form == "sequential":
            lines = [f"{name} = {model}([{self.layer(given)}])"]
        elif form == "add":
            lines = [f"{name} = {model}()", f"{name}.add({self.layer(given)})"]
        elif form == "load":
            lines = [f"{name} = {self.names('models', 'load_model')}({self.value('MODEL')})"]
        elif form == "clone":
            other = self.dice.pick(scope.models)
            lines = [f"{name} = {self.names('models', 'clone_model')}({other})"]
        else:
            start = self.fresh("i")
            lines = [
                f"{start} = {self.names('layers', 'Input')}((3,))",
                f"{name} = {self.names('models', 'Model')}({start}, "
                f"{self.layer(given, first=False)}({start}))",
            ]
        if self.dice.chance(20):
            lines.append(f"{name}.compile('sgd', 'mse')")
        scope.models.append(name)
        return lines

    def write_layer(self, scope: Scope) -> list[str]:
        name = self.target(scope, "d")
        scope.layers.append(name)
        return [f"{name} = {self.layer(given=False)}"]

    def write_finish(self, scope: Scope) -> list[str]:
        name = self.target(scope, "m")
        layer = self.dice.pick(scope.layers)
        scope.layers.remove(layer)
        scope.models.append(name)
        return [f"{name} = {self.names('models', 'Sequential')}([{layer}])"]

    def write_weightless(self, scope: Scope) -> list[str]:
        layer = self.dice.pick(["Dropout(0.5)", "Flatten()", "Activation('relu')"])
        return [f"{self.fresh('w')} = {self.names('layers', layer)}"]

    def write_again_given(self, scope: Scope) -> list[str]:
        """All models are given their weights again."""
        form = self.dice.pick(
            [f".load_weights({self.value('WEIGHTS')})", f".set_weights([{self.value('V')}])"]
        )
        return [model + form for model in scope.models]

    def write_again_weights(self, scope: Scope) -> list[str]:
        """One is given weights, an initializer runs over them, and it is given them again."""
        lines = self.write_initialize(scope)
        return [*lines, *self.write_again_given(scope)]

    def write_predict(self, scope: Scope) -> list[str]:
        return [f"{self.dice.pick(scope.models)}.predict(X)"]

    def write_access(self, scope: Scope) -> list[str]:
        model = self.dice.pick(scope.models)
        forms = [
            [f"{model}.set_weights([{self.value('V')}])"],
            [f"{model}.load_weights({self.value('WEIGHTS')})"],
            [f"{model}.get_weights()"],
            [f"{model}.save_weights(OUT)"],
            [f"{self.names('K', 'get_value')}({model}.weights[0])"],
            [f"{self.names('K', 'set_value')}({model}.weights[0], {self.value('V')})"],
        ]
        if self.kind == "dense":
            forms += [
                [f"{model}.compile('sgd', 'mse')", f"{model}.train_on_batch(X, Y)"],
                [f"{model}.compile('sgd', 'mse')", f"{model}.fit(X, Y, verbose=0)"],
            ]
        return self.dice.pick(forms)

    def write_initialize(self, scope: Scope) -> list[str]:
        op = self.dice.weighted(
            {
                self.names("tf", "global_variables_initializer") + "()": 4,
                f"{self.names('tf', 'variables_initializer')}"
                f"({self.names('tf', 'global_variables')}())": 1,
            }
        )
        if not scope.sessions or self.dice.chance(30):
            return [f"{self.names('K', 'get_session')}().run({op})"]
        if self.dice.chance(25):
            name = self.fresh("init")
            scope.initializers.append(name)
            return [f"{name} = {op}"]
        return [f"{self.dice.pick(scope.sessions)}.run({op})"]

    def write_run_initializer(self, scope: Scope) -> list[str]:
        op = self.dice.pick(scope.initializers)
        session = self.dice.pick(scope.sessions)
        return [self.dice.pick([f"{session}.run({op})", f"{op}.run(session={session})"])]

    def write_interactive(self, scope: Scope) -> list[str]:
        name = self.fresh("s")
        scope.sessions.append(name)
        self.registered.add(name)  # it can't stand in a `with`
        scope.open.append(name)
        return [f"{name} = {self.names('tf', 'InteractiveSession')}()"]

    def write_close(self, scope: Scope) -> list[str]:
        name = scope.open.pop()
        if name in scope.sessions:
            scope.sessions.remove(name)
        return [f"{name}.close()"]

    def write_clear(self, scope: Scope) -> list[str]:
        lines = []
        if scope.models and self.dice.chance(15):  # one is used though it was cleared
            lines = self.write_predict(scope)
        scope.models.clear()
        scope.layers.clear()
        scope.initializers.clear()
        if self.dice.chance(85):
            scope.sessions.clear()
        if self.dice.chance(20):
            return [self.names("tf", "reset_default_graph") + "()", *lines]
        return [self.names("K", "clear_session") + "()", *lines]

    # -- statements with blocks

    def inner(self, scope: Scope) -> Scope:
        within = scope.copy()
        within.blocks += 1
        return within

    def merge(self, scope: Scope, *branches: Scope) -> None:
        """After a branch: what it defined may be read, what it cleared may not."""
        for names in ("sessions", "models", "layers", "initializers", "closed"):
            before: list[str] = getattr(scope, names)
            lists = [getattr(branch, names) for branch in branches]
            kept = [name for name in before if all(name in found for found in lists)]
            if scope.where != "module" and self.dice.chance(40):
                for found in lists:
                    kept += [name for name in found if name not in before and name not in kept]
            setattr(scope, names, kept)

    def write_branch(self, scope: Scope) -> list[str]:
        if not self.flag():
            return self.write_session(scope)
        first = self.inner(scope)
        first.optional = True
        lines = ["if on():", *indented(self.block(first, 45, 3))]
        second = self.inner(scope)
        if self.dice.chance(40):
            lines += ["else:", *indented(self.block(second, 45, 3))]
        self.close_open(first, second)
        self.merge(scope, first, second)
        return lines

    def close_open(self, *scopes: Scope) -> None:
        """InteractiveSessions left open by a branch stay open; their names are not closed."""
        for scope in scopes:
            scope.open.clear()

    def write_loop(self, scope: Scope) -> list[str]:
        within = self.inner(scope)
        within.loops += 1
        form = self.dice.pick(["range", "literal", "while", "some"])
        if form == "some" and not self.flag():
            form = "range"
        body = self.block(within, 45, 3)
        if form == "while":
            if not body[-1].startswith(("return", "break")):
                body.append("break")
            head = "while True:"
        else:
            head = {
                # A star import of TensorFlow brings another `range`.
                "range": "for _ in (1,):" if self.names.starred else "for _ in range(1):",
                "literal": "for _ in ('a',):",
                "some": "for _ in some():",
            }[form]
        self.close_open(within)
        if form == "some":
            self.merge(scope, within)
        else:
            self.take_over(scope, within)
        return [head, *indented(body)]

    def take_over(self, scope: Scope, within: Scope) -> None:
        for names in ("sessions", "models", "layers", "initializers", "closed"):
            setattr(scope, names, getattr(within, names))

    def write_attempt(self, scope: Scope) -> list[str]:
        if not self.flag():
            return self.write_session(scope)
        body = self.inner(scope)
        body.blocks = MAX_BLOCKS  # only plain statements: it may end at each of them
        lines = ["try:", "    stop()"]
        for _ in range(self.dice.pick([1, 2])):
            for line in self.statement(body):
                lines += [f"    {line}", "    stop()"]
            if line.startswith(("return", "break")):
                lines.pop()
                break
        handler = self.inner(scope)
        handler.optional = True
        lines.append(self.dice.pick(["except Exception:", "except Stop:", "except:"]))
        lines += indented(self.block(handler, 30, 2) if self.dice.chance(70) else ["pass"])
        last = self.inner(scope)
        body.blocks = last.blocks
        if self.dice.chance(20):
            lines += ["else:", *indented(self.block(body, 30, 2))]
        elif self.dice.chance(20):
            lines += ["finally:", *indented(self.block(last, 30, 2))]
        self.close_open(body, handler, last)
        self.merge(scope, body, handler, last)
        return lines

    def write_enter(self, scope: Scope) -> list[str]:
        session = self.dice.pick(scope.sessions)
        closing = session not in self.registered and self.dice.chance(25)
        entered = self.entering(session, scope.sessions)
        within = self.inner(scope)
        within.sealed = within.entered = True
        before = set(scope.models)
        body = self.block(within, 55, 3)
        closing = closing and not self.taken(session, body)
        self.close_open(within)
        self.take_over(scope, within)
        if closing:
            if session in scope.sessions:
                scope.sessions.remove(session)
            scope.closed.append(session)
            if self.dice.chance(70):
                scope.models = [name for name in scope.models if name in before]
        return [f"with {session if closing else entered}:", *indented(body)]

    def write_restore(self, scope: Scope) -> list[str]:
        """Another session is registered for a while, and the one before it comes back."""
        session = self.dice.pick(scope.sessions)
        self.registered.add(session)
        within = self.inner(scope)
        within.sealed = True
        form = self.dice.weighted({"plain": 3, "finally": 3, "helpers": 2, "manager": 4})
        if form == "manager":
            if self.dice.chance(20):
                session = self.new_session()
            manager = self.manager(["using", "passing", "Using"], session, scope.sessions)
            given = self.fresh("s") if self.dice.chance(30) else ""
            if given:
                self.registered.add(given)
                within.sessions.append(given)
            body = self.block(within, 55, 3)
            head = f"with {manager} as {given}:" if given else f"with {manager}:"
            lines = [head, *indented(body)]
        else:
            kept = self.target(scope, "s")
            self.registered.add(kept)
            within.sessions.append(kept)
            register = self.names("K", "set_session") + "({})"
            before = [f"{kept} = {self.names('K', 'get_session')}()", register.format(session)]
            after = register.format(kept)
            if form == "helpers":
                swap, restore = self.swapping()
                before, after = [f"{kept} = {swap}({session})"], f"{restore}({kept})"
            body = self.block(within, 55, 3)
            if form == "finally":
                first = self.dice.pick([0, 1]) if len(before) > 1 else 0
                inner = [*before[len(before) - first :], *body]
                outer = before[: len(before) - first]
                lines = [*outer, "try:", *indented(inner), "finally:", f"    {after}"]
            else:
                # A `return` at the end of the body would leave the other session registered.
                lines = [*before, *body, after]
        self.close_open(within)
        self.take_over(scope, within)
        return lines

    def swapping(self) -> tuple[str, str]:
        """Functions that register another session, and the one before it again."""
        self.wanted |= {"swap", "restore"}
        return "swap", "restore"

    def manager(self, names: Sequence[str], session: str, more: Sequence[str]) -> str:
        """A context manager of the program's own, at times inside itself."""
        name = self.dice.pick(names)
        self.wanted.add(name)
        call = f"{name}({session})"
        if self.dice.chance(20):
            call = f"{name}({self.dice.pick(more)}), {call}"
        return call

    def taken(self, session: str, body: Sequence[str]) -> bool:
        """Whether a block gives its session to something, so that it had better not be closed."""
        given = any(f"({session}" in line or f", {session}" in line for line in body)
        return given and self.dice.chance(90)

    def entering(self, session: str, more: Sequence[str]) -> str:
        """What enters a session, at times inside another or itself."""
        if self.dice.chance(25):
            return self.manager(["entering", "Entering"], session, more)
        if self.dice.chance(15):
            return f"{self.dice.pick(more)}.as_default(), {session}.as_default()"
        return f"{session}.as_default()"

    def write_enter_new(self, scope: Scope) -> list[str]:
        session = self.fresh("s")
        self.registered.add(session)  # it is entered already
        within = self.inner(scope)
        within.sealed = within.entered = True
        within.sessions.append(session)
        before = set(scope.models)
        body = self.block(within, 55, 3)
        closing = self.dice.chance(60) and not self.taken(session, body)
        self.close_open(within)
        self.take_over(scope, within)
        if closing:
            if session in scope.sessions:
                scope.sessions.remove(session)
            scope.closed.append(session)
            if self.dice.chance(70):
                scope.models = [name for name in scope.models if name in before]
        ending = "" if closing else ".as_default()"
        return [f"with {self.new_session()}{ending} as {session}:", *indented(body)]

    def write_graph(self, scope: Scope) -> list[str]:
        """A graph of its own; its models are not read outside."""
        within = self.inner(scope)
        form = self.dice.pick(["default", "session"])
        within.sealed = True
        within.entered = within.entered or form == "session"
        within.models, within.layers, within.initializers = [], [], []
        if self.dice.chance(80):
            within.sessions = []
        graph = self.names("tf", "Graph") + "()"
        body = self.block(within, 75, 5)
        self.close_open(within)
        if self.dice.chance(15):
            scope.sessions = within.sessions
        if form == "session":
            session = self.names("tf", "Session")
            return [f"with {session}(graph={graph}):", *indented(body)]
        return [f"with {graph}.as_default():", *indented(body)]

    def write_leave(self, scope: Scope) -> list[str]:
        return ["return"]

    # -- helpers

    def usable(self, scope: Scope) -> list[Helper]:
        known = {*scope.sessions, *scope.models, *scope.layers, *scope.initializers}
        if self.overriding:
            return []
        return [
            helper
            for helper in self.helpers
            if helper.needs <= known and (scope.own or not helper.name.startswith("self."))
        ]

    def write_again(self, scope: Scope) -> list[str]:
        helper = self.dice.pick(self.usable(scope))
        for name in helper.gives:
            self.define(scope, name)
        return [f"{helper.name}({', '.join(helper.parameters)})"]

    @staticmethod
    def define(scope: Scope, name: str) -> None:
        letter = name.rsplit(".", 1)[-1][0]
        names = {"s": scope.sessions, "m": scope.models, "d": scope.layers}[letter]
        if name not in names:
            names.append(name)

    def write_helper(self, scope: Scope) -> list[str]:
        if scope.own and self.dice.chance(75):
            return self.write_method(scope)
        return self.write_function(scope)

    def helper_body(self, within: Scope) -> list[str]:
        body = self.block(within, 50, 4)
        self.close_open(within)
        return body

    def write_method(self, scope: Scope) -> list[str]:
        """A method of the class, called at once; it reads and writes attributes."""
        name = "_build_graph" if self.dice.chance(25) else self.fresh("step")
        if any(helper.name == f"self.{name}" for helper in self.helpers):
            name = self.fresh("step")
        placeholder = Helper(f"self.{name}", set(), [], [])
        index = len(self.helpers)
        self.helpers.append(placeholder)
        placeholder.needs = {"not yet"}
        within = attributes(scope)
        before = {*within.sessions, *within.models, *within.layers}
        if name == "_build_graph":
            body = self.write_build(within)
            if self.dice.chance(30):
                body += self.block(within, 40, 2)
        else:
            body = self.helper_body(within)
        gives = [n for n in [*within.sessions, *within.models, *within.layers] if n not in before]
        gives = [n for n in gives if n.startswith("self.")]
        needs = {n for n in before if n in "\n".join(body)}
        self.helpers[index] = Helper(f"self.{name}", needs, gives, [])
        self.methods.append([name, *body])
        self.lose(scope, within)
        for given in gives:
            self.define(scope, given)
        return [f"self.{name}()"]

    @staticmethod
    def lose(scope: Scope, within: Scope) -> None:
        """What a callee cleared or closed can't be read any more."""
        for names in ("sessions", "models", "layers", "initializers"):
            attribute = [n for n in getattr(scope, names) if n.startswith("self.")]
            left = getattr(within, names)
            gone = {n for n in attribute if n not in left}
            if gone and names == "models":  # cleared: locals are dead as well
                gone = set(getattr(scope, names))
            setattr(scope, names, [n for n in getattr(scope, names) if n not in gone])

    def write_function(self, scope: Scope) -> list[str]:
        """A function of the module: it takes a session, a model, or both, and may return one."""
        name = self.fresh("helper")
        arguments = []
        within = Scope("function", blocks=1, sealed=True, entered=scope.entered)
        if scope.sessions and self.dice.chance(60):
            arguments.append(self.dice.pick(scope.sessions))
            within.sessions.append("sess")
            self.registered.add(arguments[-1])
        if scope.models and self.dice.chance(50):
            arguments.append(self.dice.pick(scope.models))
            within.models.append("net")
        parameters = [*within.sessions, *within.models]
        index = len(self.helpers)
        self.helpers.append(Helper(name, {"not yet"}, [], []))
        body = self.helper_body(within)
        returned = [n for n in [*within.sessions, *within.models] if n not in parameters]
        result = ""
        if returned and not body[-1].startswith("return") and self.dice.chance(60):
            result = self.dice.pick(returned)
            body.append(f"return {result}")
        self.functions.append([f"def {name}({', '.join(parameters)}):", *indented(body)])
        call = f"{name}({', '.join(arguments)})"
        self.helpers[index] = Helper(name, set(arguments), [], arguments)
        if not result:
            return [call]
        self.helpers[index].needs = {"its value is wanted"}
        target = self.target(scope, "s" if result in within.sessions else "m")
        self.define(scope, target)
        return [f"{target} = {call}"]

    # -- whole programs

    def write(self) -> str:
        """A program: a script, a function, a class, or a class and one derived from it."""
        form = self.dice.pick(["script", "main", "class", "classes"])
        body: list[str]
        if form in ("script", "main"):
            scope = Scope("module" if form == "script" else "function")
            body = self.block(scope, 88, 9)
            if form == "main":
                body += self.ending(scope)
                guard = self.dice.chance(50)
                body = ["def main():", *indented(body), ""]
                call = "made = main()"
                body += ["if __name__ == '__main__':", f"    {call}"] if guard else [call]
        else:
            body = self.write_classes(derived=form == "classes")
        if self.dice.chance(15) and form in ("script", "main"):
            clearing = self.names("K", "clear_session") + "()"
            body.append(f"    {clearing}" if body[-1].startswith("    made = ") else clearing)
        functions = [self.own(name) for name in OWN if name in self.wanted]
        functions += [line for function in self.functions for line in [*function, ""]]
        text = "\n".join([*functions, *body]) + "\n"
        used = [name for name in SWITCHES if re.search(rf"\b{name}\b", text)]
        switches = f"from switches import {', '.join(used) or SWITCHES[0]}"
        if self.dice.chance(10):
            switches = "from switches import *"
        return "\n".join([*self.names.lines, switches, "", text])

    def own(self, name: str) -> str:
        """A function or class that is the same in every program."""
        text = OWN[name]
        for word in ("get_session", "set_session"):
            text = text.replace(word, self.names("K", word))
        return text

    def ending(self, scope: Scope) -> list[str]:
        """The end of a function: what it built is dead unless it is used or returned."""
        form = self.dice.weighted({"use": 3, "return": 3, "nothing": 2})
        if form == "nothing" or not scope.models:
            return []
        if form == "return":
            return [f"return {', '.join(scope.models)}"]
        return [f"{model}.predict(X)" for model in scope.models]

    def write_classes(self, derived: bool) -> list[str]:
        scope = Scope("method", own=True)
        init = self.block(scope, 85, 7)
        base_methods = [["__init__", *init], *self.methods]
        inherited = [method[0] for method in self.methods]
        known = attributes(scope)
        lines = class_lines("Agent", "", base_methods)
        if not derived:
            return [*lines, "", "agent = Agent()"]
        self.methods = []
        methods: list[list[str]] = []
        sub = Scope("method", own=True)
        if self.dice.chance(50) or not inherited:
            before = self.block(sub, 40, 2) if self.dice.chance(50) else []
            after = attributes(sub)
            self.take_over(after, joined(attributes(sub), known))
            call = self.dice.pick(
                ["super().__init__()", "super(Player, self).__init__()", "Agent.__init__(self)"]
            )
            rest = self.block(after, 50, 3) if self.dice.chance(70) else []
            if not any(line.startswith("return") for line in before):
                methods.append(["__init__", *before, call, *rest])
        methods += self.methods
        self.methods = []
        self.overriding = True
        for name in inherited:
            if self.dice.chance(50):
                methods.append([name, *self.override(name)])
        methods += self.methods
        if not methods:
            methods = [["extra", "pass"]]
        lines += ["", *class_lines("Player", "Agent", methods)]
        return [*lines, "", "agent = Player() if on() else Agent()"]

    def override(self, name: str) -> list[str]:
        """Another body for a method, which sets what the first one sets."""
        helper = next(h for h in self.helpers if h.name == f"self.{name}")
        within = Scope("method", own=True, blocks=1, sealed=True)
        for needed in helper.needs:
            if needed.startswith("self."):
                self.define(within, needed) if needed[5] in "smd" else None
        above = self.dice.chance(30)
        body = self.block(within, 40, 3) if self.dice.chance(70) else []
        if above:
            return [*body, f"super().{name}()"]
        for given in helper.gives:
            letter = given[5]
            if letter == "s":
                body.append(f"{given} = {self.new_session()}")
            elif letter == "m":
                layer = self.layer(self.dice.chance(40))
                body.append(f"{given} = {self.names('models', 'Sequential')}([{layer}])")
            else:
                body.append(f"{given} = {self.layer(False)}")
        return body or ["pass"]


def attributes(scope: Scope) -> Scope:
    """What another method of the same object can read."""

    def own(names: list[str]) -> list[str]:
        return [name for name in names if name.startswith("self.")]

    return Scope(
        "method",
        own(scope.sessions),
        own(scope.models),
        own(scope.layers),
        own(scope.initializers),
        own(scope.closed),
        own=True,
        blocks=scope.blocks + 1,
        sealed=True,
        entered=scope.entered,
    )


def joined(first: Scope, second: Scope) -> Scope:
    """What either knows."""
    both = first.copy()
    for names in ("sessions", "models", "layers", "initializers", "closed"):
        found = getattr(both, names)
        found += [name for name in getattr(second, names) if name not in found]
    return both


def indented(lines: Sequence[str]) -> list[str]:
    """The lines, one level deeper."""
    return [f"    {line}" if line else line for line in lines]


def class_lines(name: str, base: str, methods: Sequence[Sequence[str]]) -> list[str]:
    """A class and its methods."""
    lines = [f"class {name}({base}):" if base else f"class {name}:"]
    for method, *body in methods:
        lines += indented([f"def {method}(self):", *indented(body), ""])
    while not lines[-1]:
        lines.pop()
    return lines


def program(number: int) -> str:
    """The source of a random program."""
    return Program(Dice(number)).write()

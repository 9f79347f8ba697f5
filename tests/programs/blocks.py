"""The statements of a random program that have a block."""

from __future__ import annotations

from collections.abc import Sequence

from tests.programs.scope import Scope, indented
from tests.programs.statements import Statements
from tests.programs.writer import MAX_BLOCKS


class Blocks(Statements):
    """Statements with a block."""

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

    def close(self, session: str, scope: Scope, before: set[str]) -> None:
        """Note that the block of a session has closed it; what it made is seldom used after it."""
        if session in scope.sessions:
            scope.sessions.remove(session)
        scope.closed.append(session)
        if self.dice.chance(70):
            scope.models = [name for name in scope.models if name in before]

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
            self.close(session, scope, before)
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
        return any(f"({session}" in line or f", {session}" in line for line in body)

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
            self.close(session, scope, before)
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

"""The functions and methods of a random program."""

from __future__ import annotations

from tests.programs.blocks import Blocks
from tests.programs.scope import Helper, Scope, attributes, indented


class Helpers(Blocks):
    """Functions and methods, called at once and at times again."""

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

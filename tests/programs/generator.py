"""Random programs: small Keras graph-mode programs that no one thought of.

Each has a number, and the same number always makes the same. Its flags come from the module
`switches`, which the judge provides and the linter can't know: `on()` is a condition,
`some()` has no element or one, `rounds()` one or two, `stop()` may throw. A name that is defined in
a branch may be read after it: the runs in which it was never set are left out by the judge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.programs.helpers import Helpers
from tests.programs.kinds import KINDS, METHODS, write_methods
from tests.programs.scope import Scope, attributes, class_lines, indented, joined
from tests.programs.styles import OWN, Dice

SWITCHES = (
    *("on", "some", "rounds", "stop", "Stop", "X", "Y", "OUT"),
    *(
        f"{kind}_{what}"
        for kind in ("DENSE", "EMBEDDING")
        for what in ("W", "V", "WEIGHTS", "MODEL")
    ),
)


class Program(Helpers):
    """Writes one program."""

    def write(self) -> str:
        """A program: a script, a function, a class, or a class and one derived from it."""
        form = self.dice.pick(["script", "main", "class", "classes"])
        if any(kind is METHODS for kind in self.kinds):
            form = "methods"
        body: list[str]
        if form in ("script", "main"):
            scope = Scope("module" if form == "script" else "function")
            body = self.block(scope, 88, 9)
            body += self.surely(scope)
            if form == "main":
                body += self.ending(scope)
                guard = self.dice.chance(50)
                body = ["def main():", *indented(body), ""]
                call = "made = main()"
                body += ["if __name__ == '__main__':", f"    {call}"] if guard else [call]
        elif form == "methods":
            body = write_methods(self)
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
        mode = [self.names("tf", "disable_eager_execution") + "()"] if self.kinds else []
        return "\n".join([*self.names.lines, *self.imports, switches, *mode, "", text])

    def surely(self, scope: Scope) -> list[str]:
        """What each kind says that said nothing yet."""
        lines: list[str] = []
        for kind in self.kinds:
            if kind.name not in self.written:
                if not scope.models:
                    lines += self.write_build(scope)
                lines += self.special(kind, scope)
        return lines

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
        init += self.surely(scope)
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


def program(number: int, kinds: Sequence[str] = ()) -> str:
    """The source of a random program, about one or two of these kinds."""
    dice = Dice(number)
    some = [KINDS[dice.pick(kinds)] for _ in range(dice.pick([1, 1, 2]))] if kinds else []
    return Program(dice, list({kind.name: kind for kind in some}.values())).write()

"""Programs made to cost as much as they can: each grows with a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable

HEAD = (
    "import tensorflow as tf\n"
    "from tensorflow.keras import backend as K\n"
    "from tensorflow.keras.layers import Dense\n"
)
LAST = "K.set_session(tf.Session())\n"


def _lines(lines: Iterable[str], last: str = LAST) -> str:
    return HEAD + "".join(f"{line}\n" for line in lines) + last


def _functions(count: int, *body: str, parameters: str = "") -> str:
    """Functions of which each calls the next; ``{}`` stands for its number."""
    lines = []
    for number in range(count):
        lines.append(f"def f{number}({parameters}):")
        lines += ["    " + line.format(number + 1) for line in body]
    return _lines([*lines, f"def f{count}(*_):", "    Dense(1)", "    tf.Session()"])


def _nested(count: int, head: Callable[[int], Iterable[str]], depth: int = 15) -> str:
    """Blocks inside one another, in as many functions as it takes."""
    lines = []
    for number in range(max(1, count // (2 * depth))):
        lines.append(f"def f{number}(a, b, c):")
        tails: list[str] = []
        for level in range(depth):
            first, *rest = head(level)
            lines.append("    " * (level + 1) + first)
            tails += ["    " * (level + 1) + line for line in reversed(rest)]
        lines.append("    " * (depth + 1) + "Dense(1)")
        lines += reversed(tails)
        lines.append("    K.set_session(a)")
    return _lines(lines)


def _in_function(lines: Iterable[str], parameters: str = "a, b, c") -> str:
    return _lines([f"def f({parameters}):", *("    " + line for line in lines)], f"    {LAST}")


def _branches(count: int, body: str) -> str:
    lines = ["if a == 0: pass"]
    lines += [f"elif a == {number}: {body.format(number)}" for number in range(1, count)]
    return _in_function(lines)


def _classes(count: int) -> str:
    lines = ["class A0:", "    def __init__(self): self.c = 1"]
    for number in range(1, count):
        lines += [
            f"class A{number}(A{number - 1}):",
            "    def __init__(self):",
            "        super().__init__()",
            f"        self.c = A{number - 1}()",
        ]
    return _lines([*lines, f"a = A{count - 1}()"])


def _diamonds(count: int) -> str:
    lines = ["import sys", "class A0: pass", "class B0: pass"]
    for number in range(1, count):
        lines += [
            f"class A{number}(A{number - 1}): pass",
            f"class B{number}(A{number - 1}, B{number - 1}): pass",
        ]
    return _lines(["import sys", "if sys.argv: x = Dense(1)", "else: x = Dense(2)", *lines[1:]])


SHAPES: dict[str, Callable[[int], str]] = {
    "lists of themselves": lambda n: _lines(["a = [tf]", *["a = [a, a]"] * n]),
    "tuples of themselves": lambda n: _lines(["a = tf,", *["a = a, a"] * n]),
    "tuples of sessions": lambda n: _lines(["a = tf.Session()", *["a = a, a"] * n]),
    "dicts of themselves": lambda n: _lines(["a = {}", *["a = {'a': a, 'b': a}"] * n]),
    "appended": lambda n: _lines(["a = [tf]", *["b = a; a = [a]; a.append(b)"] * n]),
    "appended to one": lambda n: _lines(["a = []", *["a.append(Dense(1))"] * n]),
    "appended to itself": lambda n: _lines(["a = [tf]", *["a.append(a)"] * n]),
    "returned": lambda n: _lines(["def f(x): return x, x", "a = tf", *["a = f(a)"] * n]),
    "passed": lambda n: _functions(n, "return f{}((x, x))", parameters="x=tf"),
    "passed by star": lambda n: _lines(["def f(*x): return x", "a = tf", *["a = f(a, a)"] * n]),
    "passed by name": lambda n: _lines(
        ["def f(**x): return x", "a = tf", *["a = f(a=a, b=a)"] * n]
    ),
    "partials": lambda n: _lines(
        ["from functools import partial", "a = print", *["a = partial(a, a, a)"] * n, "a()"]
    ),
    "partials of methods": lambda n: _lines(
        ["from functools import partial", "a = []", *["a = [partial(a.append, a)]"] * n, "a[0]()"]
    ),
    "defaults": lambda n: _lines(["f = tf", *["def f(x=f, y=f): pass"] * n, "print(f)"]),
    "lambdas": lambda n: _lines(["f = tf", *["f = lambda x=f, y=f: x"] * n, "print(f)"]),
    "threads": lambda n: _lines(
        ["from threading import Thread", "a = []", *["a = Thread(target=a, args=(a, a))"] * n]
    ),
    "attributes": lambda n: _lines(["x = tf", *["x = x.a"] * n]),
    "calls of calls": lambda n: _lines(["x = tf", *["x = x.a(x, x)"] * n]),
    "names": lambda n: _lines(f"x{number} = {number}" for number in range(n)),
    "names in a function": lambda n: _in_function(f"x{number} = {number}" for number in range(n)),
    "objects": lambda n: _lines(["class A: pass", *(f"x{i} = A(); x{i}.a = 1" for i in range(n))]),
    "attributes of an object": lambda n: _lines(
        ["class A: pass", "x = A()", *(f"x.a{number} = {number}" for number in range(n))]
    ),
    "layers": lambda n: _lines(["x = a", *["x = Dense(1)(x)"] * n]),
    "layers of one model": lambda n: _lines(
        ["m = tf.keras.Sequential()", *["m.add(Dense(1))"] * n, "m.predict(1)"]
    ),
    "sessions": lambda n: _lines(f"s{number} = tf.Session()" for number in range(n)),
    "sessions registered": lambda n: _lines(
        f"Dense({number}); K.set_session(tf.Session())" for number in range(n)
    ),
    "classes of their own": _classes,
    "diamonds": _diamonds,
    "many bases": lambda n: _lines(
        [
            *(f"class A{number}: pass" for number in range(n)),
            f"class B({', '.join(f'A{number}' for number in range(n))}): pass",
            "B()",
        ]
    ),
    "fan-out": lambda n: _functions(n, "f{0}()", "f{0}()"),
    "fan-out of branches": lambda n: _functions(
        n, "if x: f{0}(1)", "else: f{0}(2)", parameters="x=0"
    ),
    "fan-out of layers": lambda n: _functions(n, "Dense(1)", "f{0}()", "f{0}()"),
    "fan-out of objects": lambda n: _functions(
        n, "class A: pass", "a = A()", "a.b = f{0}()", "a.c = f{0}()", "return a"
    ),
    "many callers": lambda n: _lines(
        [
            "def work(a):",
            *["    Dense(a)"] * (n // 2),
            *(f"def f{number}(): work({number}); K.set_session(a)" for number in range(n // 2)),
        ]
    ),
    "elif": lambda n: _branches(n, "pass"),
    "elif of names": lambda n: _branches(n, "x{0} = Dense(1)"),
    "elif of one name": lambda n: _branches(n, "x = Dense({0})"),
    "elif of sessions": lambda n: _branches(n, "K.set_session(b{0})"),
    "elif of returns": lambda n: _branches(n, "return Dense({0})"),
    "ifs": lambda n: _in_function(f"if a == {i}: x{i} = Dense(1)" for i in range(n)),
    "ifs of returns": lambda n: _in_function(f"if a == {i}: return Dense(1)" for i in range(n)),
    "ifs of sessions": lambda n: _in_function(f"if a.b{i}: K.set_session(b)" for i in range(n)),
    "ifs of attributes": lambda n: _lines(
        ["class A:", "    def f(self, a):", "        K.set_session(a)"]
        + [f"        if a == {i}: self.x{i} = Dense(1)" for i in range(n)]
    ),
    "nested with": lambda n: _nested(n, lambda level: [f"with a.session({level}):"]),
    "nested with of own managers": lambda n: _nested(n, lambda level: ["with M():"]).replace(
        HEAD,
        f"{HEAD}from contextlib import contextmanager\n@contextmanager\ndef M():\n"
        "    try: yield\n    finally: Dense(1)\n",
    ),
    "nested try": lambda n: _nested(n, lambda level: ["try:", "except a: b()"]),
    "nested finally": lambda n: _nested(n, lambda level: ["try:", "finally: b()"]),
    "nested finally of blocks": lambda n: _nested(
        n, lambda level: ["try:", f"finally:\n{'    ' * (level + 2)}if a: b(); return"]
    ),
    "nested for": lambda n: _nested(n, lambda level: [f"for x{level} in a:"]),
    "nested while": lambda n: _nested(n, lambda level: [f"while a.b{level}():"]),
    "nested if": lambda n: _nested(
        n, lambda level: [f"if a == {level}:", f"else: x{level} = Dense(1)"]
    ),
    "finally in finally": lambda n: _lines(
        line
        for number in range(n // 40)
        for line in [
            f"def f{number}(a):",
            *(
                "    " * (level + 1) + text
                for level in range(18)
                for text in ("try: a()", "finally:")
            ),
            "    " * 19 + "Dense(1)",
            "    K.set_session(a)",
        ]
    ),
    "try after try": lambda n: _in_function(
        line for number in range(n // 2) for line in ("try: x = a()", f"except b.c{number}: return")
    ),
    "nested functions": lambda n: _nested(n, lambda level: [f"def g{level}():", f"g{level}()"]),
    "nested comprehensions": lambda n: _in_function(
        ["[" * 30 + "Dense(1)" + " for x in a if x]" * 30] * (n // 10)
    ),
    "clauses of comprehensions": lambda n: _in_function(
        ["[Dense(1)" + " for x in a if x if b(x)" * 30 + "]"] * (n // 10)
    ),
    "nested conditionals": lambda n: _in_function(
        ["x = " + " if a() else ".join(f"Dense({i})" for i in range(30))] * (n // 10)
    ),
    "nested lambdas": lambda n: _in_function(
        ["x = " + "lambda a=a: " * 90 + "Dense(1)"] * (n // 10)
    ),
    "nested calls": lambda n: _in_function(["b(" * 60 + "Dense(1)" + ", a)" * 60] * (n // 10)),
    "booleans": lambda n: _in_function(
        [f"x = {' or '.join(f'a({i})' for i in range(40))}"] * (n // 10)
    ),
    "booleans of names": lambda n: _in_function(
        [f"if {' and '.join(f'a.b{i}' for i in range(40))}: Dense(1)"] * (n // 10)
    ),
    "decorators": lambda n: _lines(
        ["def d(f): return lambda *a: f(*a)", *["@d"] * n, "def g(a): K.set_session(a)", "g()"]
    ),
    "decorated": lambda n: _lines(
        ["def d(f):", "    def g(*a): return f(*a)", "    return g"]
        + [f"@d\ndef g{i}(a): Dense(1); K.set_session(a); g{i - 1}(a)" for i in range(n // 2)]
    ),
    "dict table": lambda n: _lines(
        [
            *(f"def f{i}(): Dense({i})" for i in range(n // 2)),
            "T = {" + "".join(f"'f{i}': f{i}, " for i in range(30)) + "}",
            "def call(a):",
            *["    T[a]()"] * (n // 2),
            "    K.set_session(a)",
        ]
    ),
    "choices": lambda n: _functions(n, "{{'a': f{0}, 'b': f{0}, 'c': f1}}[x]()", parameters="x=0"),
    "dicts": lambda n: _lines(
        f"d{number} = {{" + "".join(f"'k{i}': Dense({i}), " for i in range(30)) + "}"
        for number in range(n // 10)
    ),
    "managers of one with": lambda n: _in_function(
        [f"with {', '.join(f'a.b({i})' for i in range(50))}: Dense(1)"] * (n // 10)
    ),
    "globals": lambda n: _lines(
        line
        for number in range(n // 3)
        for line in (
            f"def f{number}(a):",
            f"    global x{number}",
            f"    x{number} = Dense(1)",
            "    K.set_session(a)",
        )
    ),
    "closures": lambda n: _in_function(
        line
        for number in range(n // 2)
        for line in (f"x{number} = Dense(1)", f"def g{number}(): return x{number}")
    ),
    "generators": lambda n: _lines(
        ["def g(a): yield a", "a = tf", *["a = g((a, a))"] * n, "with a: pass"]
    ),
    "properties": lambda n: _lines(
        ["class A:", "    def f(self): K.set_session(self.p0)"]
        + [
            line
            for number in range(n // 3)
            for line in (
                "    @property",
                f"    def p{number}(self): return self.p{number + 1}, self.p{number + 1}",
            )
        ]
        + ["A().p0"]
    ),
    "slices": lambda n: _in_function([f"a[{i}] = Dense(1)" for i in range(n)]),
    "arguments": lambda n: _in_function([f"b({', '.join(['a'] * 20)}, Dense(1))"] * n),
    "cases": lambda n: _in_function(
        ["match a:", *(f"    case [x{i}, {i}]: y{i} = Dense(1)" for i in range(n))]
    ),
    "guards": lambda n: _in_function(
        ["match a:", *(f"    case [x, {i}] if b(x): x = Dense(1)" for i in range(n))]
    ),
    "yields": lambda n: _in_function(["x = yield Dense(1)"] * n),
    "managers of managers": lambda n: _lines(
        ["from contextlib import contextmanager", "@contextmanager", "def m0(a): yield"]
        + [
            f"@contextmanager\ndef m{i + 1}(a):\n    with m{i}(a), m{i}(a): yield"
            for i in range(n // 3)
        ]
        + [f"with m{min(30, n // 3)}(1): Dense(1)"]
    ),
    "globals of functions": lambda n: _lines(
        ["def f(a):", "    global x", *["    x = [x, Dense(1)]"] * n, "    K.set_session(a)"]
    ),
    "closures in closures": lambda n: _lines(
        line
        for number in range(n // 40)
        for line in [
            f"def f{number}(a):",
            *("    " * (level + 1) + f"def g{level}(b=a, c=a):" for level in range(20)),
            "    " * 21 + "return Dense(1)",
            *(
                "    " * (20 - level) + f"return g{19 - level}, g{19 - level}"
                for level in range(20)
            ),
        ]
    ),
    "handlers": lambda n: _in_function(
        ["try: Dense(1)", *(f"except a.b{i}: x{i} = Dense(1)" for i in range(n))]
    ),
    "recursion": lambda n: _lines(
        line
        for i in range(n // 4)
        for line in (
            f"def f{i}(a):",
            f"    f{(i * 7 + 1) % max(1, n // 4)}(a)",
            f"    f{(i * 5 + 2) % max(1, n // 4)}(a)",
            "    Dense(1); K.set_session(a)",
        )
    ),
    "objects of objects": lambda n: _lines(
        [
            "class A:",
            "    def __init__(self, a): self.a = a; self.b = a",
            "a = 1",
            *["a = A(a)"] * n,
            "print(a.a.b)",
        ]
    ),
    "objects that escape": lambda n: _lines(
        ["class A: pass", "a = A()", *["b = A(); b.a = a; a.b = b; a = b; print(a); u(a)"] * n]
    ),
    "attributes of unknowns": lambda n: _in_function(f"a.b{i}.c = Dense(1)" for i in range(n)),
    "deleted": lambda n: _in_function(f"x{i} = Dense(1); del x{i}" for i in range(n)),
    "while": lambda n: _in_function(
        line for i in range(n // 2) for line in (f"while a.b{i}():", f"    x{i} = Dense(1); break")
    ),
    "for": lambda n: _in_function(
        line for i in range(n // 2) for line in (f"for y{i} in a:", f"    if y{i}: x{i} = Dense(1)")
    ),
    "strings": lambda n: _lines(["s = 'x'", *["s = f'{s}{s}'"] * n, *["s = s + s"] * n]),
    "unpacked": lambda n: _lines(["a = tf", *["a = b, *c = (a, a), (a, a)"] * n]),
}

"""Every way out of a flow, for every kind of value: who has let go of one can't blame it.

A way is code in which ``IT`` leaves. Without it each program has its finding.
"""

from __future__ import annotations

import sys
from bisect import bisect
from collections.abc import Iterable

import pytest

from flake8_tf_session import check_source

HEAD = """\
import functools
import logging
import threading

import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential, load_model
from somewhere import run

GROWING = tf.ConfigProto()
GROWING.gpu_options.allow_growth = True


class Holder:
    def __init__(self, it):
        self.it = it


class Error(Exception):
    def __init__(self, it):
        self.it = it


"""

# Into something that is not followed: whoever has it may keep and change it.
INTO_THE_UNKNOWN = {
    "argument": "run(IT)",
    "argument by keyword": "run(a=IT)",
    "argument behind a star": "run(*x, IT)",
    "argument in a star": "run(*[IT])",
    "argument in two stars": "run(**{'a': IT})",
    "argument in two stars of a call": "run(**dict(a=IT))",
    "argument of a method": "x.run(IT)",
    "argument of a parameter": "x(IT)",
    "argument of a call of a call": "x(1)(IT)",
    "argument of an item": "x[0](IT)",
    "argument in a tuple": "run((1, IT))",
    "argument in a list": "run([1, IT])",
    "argument in a set": "run({1, IT})",
    "argument in a dictionary": "run({'a': IT})",
    "argument deep inside": "run({'a': (1, [{'b': IT}])})",
    "argument in a starred list": "run([*[IT], 1])",
    "argument in a starred tuple": "run((*x, IT))",
    "argument in a starred set": "run({*x, IT})",
    "argument in a starred dictionary": "run({**x, 'a': IT})",
    "argument in a dictionary in a dictionary": "run({**{'a': IT}})",
    "argument under an unknown key": "run({x: IT})",
    "argument in a long dictionary": f"run({{{'1: 1, ' * 40}2: IT}})",
    "argument or another": "run(x or IT)",
    "argument and another": "run(x and IT)",
    "argument or not": "run(IT if x else None)",
    "argument that is named": "run(it := IT)",
    "argument by another name": "other = IT\nrun(other)",
    "argument in a sum": "run([1] + [IT])",
    "argument in a product": "run([IT] * 2)",
    "argument unpacked": "a, b = 1, IT\nrun(b)",
    "argument unpacked with a star": "a, *b = 1, IT\nrun(b)",
    "argument unpacked from an unknown place": "a, b = (1, IT)[:]\nrun(b)",
    "argument of a slice": "run([IT][0:])",
    "argument of an unknown item": "run((1, IT)[y])",
    "argument in an object": "run(Holder(IT))",
    "argument in an object's attribute": "holder = Holder(None)\nholder.it = IT\nrun(holder)",
    "argument in a partial": "run(functools.partial(run, IT))",
    "argument in a partial by keyword": "run(functools.partial(run, a=IT))",
    "argument in a partial of a partial": "run(functools.partial(functools.partial(run, IT), 1))",
    "argument in a partial's arguments": "run(functools.partial(run, IT).args)",
    "argument of a partial": "functools.partial(run, IT)()",
    "default of a function": "def inner(a=IT):\n    return a\nrun(inner)",
    "default by keyword": "def inner(*, a=IT):\n    return a\nrun(inner)",
    "default of a lambda": "run(lambda a=IT: a)",
    "default of a decorated function": "@x\ndef inner(a=IT):\n    return a",
    "argument of a decorator": "@run(IT)\ndef inner():\n    pass",
    "argument of a class's decorator": "@run(IT)\nclass Inner:\n    pass",
    "keyword of a class": "class Inner(run, a=IT):\n    pass",
    "argument for a base class": "class Inner(run(IT)):\n    pass",
    "argument of an own function that passes it on": "def inner(a):\n    run(a)\ninner(IT)",
    "argument of an own function behind a star": "def inner(a, *b):\n    run(b)\ninner(*x, IT)",
    "argument of an own generator": "def inner(a):\n    yield a\nlist(inner(IT))",
    "argument of super's method": (
        "class Inner(run):\n    def __init__(self, a):\n        super().__init__(a)\nInner(IT)"
    ),
    "argument in an object's super": (
        "class Inner(Holder):\n    def run(self):\n        run(super().run)\nInner(IT).run()"
    ),
    "argument of an inherited constructor": "class Inner(run):\n    pass\nInner(IT)",
    "comprehension": "run([it for it in [IT]])",
    "comprehension's element": "run([IT for _ in x])",
    "comprehension of a set": "run({it for it in [IT]})",
    "comprehension of a dictionary": "run({1: it for it in [IT]})",
    "comprehension with two values": "run([it for it in [IT, 1]])",
    "generator expression": "run(it for it in [IT])",
    "generator expression with two values": "run(it for it in (1, IT))",
    "loop": "for it in [IT]:\n    run(it)",
    "loop over two values": "for it in [IT, None]:\n    run(it)",
    "loop over a zip": "for a, b in zip([IT], [1]):\n    run(a)",
    "loop over an enumeration": "for a, b in enumerate([IT]):\n    run(b)",
    "loop over a dictionary's values": "for it in {'a': IT}.values():\n    run(it)",
    "loop over a dictionary's items": "for _, it in {'a': IT}.items():\n    run(it)",
    "loop's target": "for x.it in [IT]:\n    pass",
    "attribute": "x.it = IT",
    "attribute of an attribute": "x.a.it = IT",
    "attribute of a call": "run().it = IT",
    "attribute of a function": "def inner():\n    pass\ninner.it = IT",
    "attribute in an unpacking": "x.it, y = IT, 1",
    "attribute by name": "setattr(x, 'it', IT)",
    "item": "x[0] = IT",
    "item under itself": "x[IT] = 1",
    "item of a list": "items = [1]\nitems[0] = IT\nrun(items)",
    "item of a dictionary": "items = {}\nitems['a'] = IT\nrun(items)",
    "item of a dictionary under an unknown key": "items = {}\nitems[x] = IT\nrun(items)",
    "item of a list in which another was set": "items = [IT]\nitems[y] = 1\nrun(items)",
    "item of a dictionary in which another was set": "items = {'a': IT}\nitems[y] = 1\nrun(items)",
    "slice": "x[0:1] = [IT]",
    "index": "run(x[IT])",
    "index alone": "x[IT]",
    "one of several indexes": "x[0, IT]",
    "appended": "x.append(IT)",
    "appended to a list": "items = []\nitems.append(IT)\nrun(items)",
    "inserted": "items = []\nitems.insert(0, IT)\nrun(items)",
    "extended": "items = []\nitems.extend([IT])\nrun(items)",
    "popped": "run([IT].pop())",
    "copied": "run([IT].copy())",
    "joined": "items = [IT]\nitems.extend(x)\nrun(items)",
    "got": "run({'a': IT}.get(x))",
    "got as a default": "run({}.get('a', IT))",
    "updated": "items = {}\nitems.update(a=IT)\nrun(items)",
    "set by default": "items = {}\nrun(items.setdefault('a', IT))",
    "dict": "run(dict(a=IT))",
    "list": "run(list([IT]))",
    "reversed": "run(reversed((IT, 1)))",
    "next": "run(next(iter([IT])))",
    "max": "run(max(IT, x))",
    "attribute got by name": "run(getattr(Holder(IT), 'it'))",
    "attribute got by an unknown name": "run(getattr(Holder(IT), x))",
    "attribute got as a default": "run(getattr(x, 'it', IT))",
    "attribute of an object got as a default": "run(getattr(Holder(x), 'it', IT))",
    "property got by name": (
        "class Inner(Holder):\n    @property\n    def its(self):\n        return self.it\n"
        "run(getattr(Inner(IT), 'its'))"
    ),
    "augmented assignment": "x += [IT]",
    "augmented attribute": "x.a += [IT]",
    "augmented item": "x[0] += [IT]",
    "augmented list": "items = [IT]\nitems += x\nrun(items)",
    "with": "with run(IT):\n    pass",
    "with as": "with run(IT) as y:\n    pass",
    "with and an attribute": "with x.open() as x.a, run(IT) as x.b:\n    pass",
    "raised and caught": "try:\n    raise x(IT)\nexcept ValueError as error:\n    run(error)",
    "raised and caught in an object": (
        "try:\n    raise Error(IT)\nexcept Error as error:\n    run(error.it)"
    ),
    "thread": "threading.Thread(target=run, args=(IT,)).start()",
    "thread by keyword": "threading.Thread(target=run, kwargs={'a': IT}).start()",
    "thread by a dictionary": "threading.Thread(target=run, kwargs=dict(a=IT)).start()",
    "thread with a partial": "threading.Thread(target=functools.partial(run, IT)).start()",
    "thread given away": "run(threading.Thread(target=run, args=(IT,)))",
    "argument of what is awaited": "await run(IT)",
    "with that is awaited": "async with run(IT):\n    pass",
    "loop that is awaited": "async for y in run(IT):\n    pass",
    "executed": "it = IT\nexec('run(it)')",
    "evaluated": "it = IT\neval('run(it)')",
    "in a statement's header": "if run(IT):\n    pass",
    "in a loop's header": "while run(IT):\n    pass",
    "in a finally": "try:\n    pass\nfinally:\n    run(IT)",
    "in an else": "for _ in x:\n    pass\nelse:\n    run(IT)",
    "in a text": "f'{run(IT)}'",
    "in a comparison": "run(IT) == 1",
    "in a condition": "run(IT) and x",
    "in an assertion": "assert run(IT)",
    "in a delete": "del x[run(IT)]",
    "in a delete of several": "del (y, x[run(IT)])",
    "in a negation": "-run(IT)",
    "in an annotation's value": "y: int = run(IT)",
}
if sys.version_info >= (3, 10):
    INTO_THE_UNKNOWN["matched"] = "match IT:\n    case y:\n        run(y)"
    INTO_THE_UNKNOWN["matched inside"] = "match [IT]:\n    case [y]:\n        run(y)"

# To where it can still be followed, or where the flow ends: others may keep it.
OUT = {
    "returned": "return IT",
    "returned in a tuple": "return 1, IT",
    "returned in a dictionary": "return {'a': [IT]}",
    "returned in a starred list": "return [*[IT], 1]",
    "returned or not": "return IT if x else None",
    "returned or another": "return x or IT",
    "returned in a sum": "return [1] + [IT]",
    "returned by a name": "other = IT\nreturn other",
    "returned in an object": "return Holder(IT)",
    "returned in a partial": "return functools.partial(run, IT)",
    "returned in a comprehension": "return [it for it in [IT]]",
    "returned in a default": "return lambda a=IT: a",
    "returned in a closure": "def inner():\n    return it\nit = IT\nreturn inner",
    "returned in a lambda": "it = IT\nreturn lambda: it",
    "returned in a method": (
        "it = IT\nclass Inner:\n    def run(self):\n        return it\nreturn Inner()"
    ),
    "returned in a class": "class Inner:\n    it = IT\nreturn Inner",
    "returned in a method's default": (
        "class Inner:\n    def run(self, a=IT):\n        pass\nreturn Inner"
    ),
    "returned from a try": "try:\n    return IT\nfinally:\n    pass",
    "returned by an item": "return (IT, 1)[0]",
    "returned list": "items = []\nitems.append(IT)\nreturn items",
    "returned with all variables": "it = IT\nreturn locals()",
    "returned with all variables by another name": "it = IT\nreturn vars()",
    "attribute of self": "Holder(IT)",
    "attribute of a class": "class Inner:\n    pass\nInner.it = IT",
    "nonlocal": "y = None\ndef inner(a):\n    nonlocal y\n    y = a\ninner(IT)",
    "global": "global KEPT\nKEPT = IT",
    "global in an unpacking": "global KEPT\nKEPT, y = IT, 1",
    "yielded": "yield IT",
    "yielded in a tuple": "yield 1, IT",
    "yielded from": "yield from [IT]",
    "sent back": "y = yield IT",
}
# These hold nothing, but tell somebody: a session or config is of use there.
SHOWN = {
    "printed": "print(IT)",
    "logged": "logging.info('%s', IT)",
    "formatted": "return f'{IT}'",
    "turned into text": "return str(IT)",
    "compared": "return IT == x",
    "looked for": "return IT in x",
}


# On some path through these nothing leaves.
UNCERTAIN = {
    "argument and another",
    "argument or another",
    "argument or not",
    "comprehension's element",
    "raised and caught",
    "raised and caught in an object",
}

CONFIG = "config = tf.ConfigProto()\nconfig.gpu_options.allow_growth = True\n"
SESSION = "session = tf.Session(config=GROWING)\nDense(1)\n"
# What is made, what leaves of it, and what is wrong where nothing does.
UNUSED = {
    "config": (CONFIG, "config", "TFS203"),
    "options": ("options = tf.GPUOptions(allow_growth=True)\n", "options", "TFS203"),
    "options of a config": (CONFIG, "config.gpu_options", "TFS203"),
    "method of a config": (CONFIG, "config.CopyFrom", "TFS203"),
    "partial with a config": (CONFIG, "functools.partial(tf.Session, config=config)", "TFS203"),
    "session": (SESSION, "session", "TFS301"),
    "method of a session": (SESSION, "session.run", "TFS301"),
    "context of a session": (SESSION, "session.as_default()", "TFS301"),
    "partial with a session": (SESSION, "functools.partial(run, session)", "TFS301"),
}
STARVED = "config = tf.ConfigProto()\n"
CHANGED = {
    "config": "config",
    "options": "config.gpu_options",
    "method": "config.CopyFrom",
    "method of options": "config.gpu_options.CopyFrom",
    "devices": "config.device_count",
    "partial": "functools.partial(run, config)",
}
MODEL = "model = Sequential([Dense(1)])\n"
ALIVE = {
    "model": "model",
    "method": "model.predict",
    "partial": "functools.partial(run, model)",
    "list": "[1, model]",
}


def findings(bodies: dict[str, str], after: str = "") -> dict[str, set[str]]:
    """The codes that functions get, whose bodies these are, by the bodies' names.

    ``after`` is the body of another function that follows each and calls it by its name, ``{}``.
    """
    source = HEAD
    ends = []
    for number, body in enumerate(bodies.values()):
        source += _function(f"f{number}", body)
        if after:
            source += _function(f"g{number}", after.format(f"f{number}"))
        ends.append(source.count("\n"))
    codes: dict[str, set[str]] = {name: set() for name in bodies}
    names = list(bodies)
    for finding in check_source(source):
        codes[names[bisect(ends, finding.line - 1)]].add(finding.code)
    return codes


def _function(name: str, body: str) -> str:
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    prefix = "async " if "await " in body or "async " in body else ""
    return f"{prefix}def {name}(x=None, y=None):\n{lines}\n\n"


def alike(ways: Iterable[str], codes: set[str]) -> dict[str, set[str]]:
    """The findings where each way has the same."""
    return dict.fromkeys(ways, codes)


@pytest.mark.parametrize("kind", UNUSED)
def test_what_leaves_may_be_used(kind: str) -> None:
    made, it, code = UNUSED[kind]
    ways = {**INTO_THE_UNKNOWN, **OUT, **SHOWN}
    bodies = {name: made + way.replace("IT", it) for name, way in ways.items()}

    found = findings({"it stays": f"{made}it = {it}", **bodies})

    assert found == {"it stays": {code}, **alike(ways, set())}


@pytest.mark.parametrize("kind", CHANGED)
def test_what_leaves_may_be_changed(kind: str) -> None:
    it = CHANGED[kind]
    ways = {name: way for name, way in INTO_THE_UNKNOWN.items() if name not in UNCERTAIN}
    end = "\nreturn tf.Session(config=config)"
    bodies = {name: STARVED + way.replace("IT", it) + end for name, way in ways.items()}

    found = findings({"it stays": f"{STARVED}it = {it}{end}", **bodies})

    assert found == {"it stays": {"TFS201"}, **alike(ways, set())}


FILLING = "model = load_model(x)\nsession = tf.Session(config=GROWING)\n"
FILLED = {
    "session": "session",
    "method": "session.run",
    "context": "session.as_default()",
    "partial": "functools.partial(run, session)",
}


@pytest.mark.parametrize("kind", FILLED)
def test_weights_may_come_into_what_leaves(kind: str) -> None:
    it = FILLED[kind]
    ways = {name: way for name, way in INTO_THE_UNKNOWN.items() if name not in UNCERTAIN}
    end = "\nreturn session.run(model.output)"
    bodies = {name: FILLING + way.replace("IT", it) + end for name, way in ways.items()}

    found = findings({"it stays": f"{FILLING}it = {it}{end}", **bodies})

    assert found == {"it stays": {"TFS106"}, **alike(ways, set())}


def test_a_function_may_change_what_it_sees() -> None:
    inner = "{}def inner():\n    {}\nrun(inner)\nreturn tf.Session(config=config)"
    bodies = {
        "asks": inner.format(STARVED, "config.gpu_options.allow_growth = True"),
        "uses": inner.format(STARVED, "return config"),
    }

    assert findings(bodies) == {"asks": set(), "uses": {"TFS201"}}


def test_what_is_shown_is_not_changed() -> None:
    ways = {name: way.replace("return ", "it = ") for name, way in SHOWN.items()}
    end = "\nreturn tf.Session(config=config)"
    bodies = {name: STARVED + way.replace("IT", "config") + end for name, way in ways.items()}

    assert findings(bodies) == alike(ways, {"TFS201"})


# A session is replaced after a function that made a model has returned.
REPLACED = """\
K.set_session(tf.Session(config=GROWING))
for _ in {}(x, y) or ():
    pass
K.set_session(tf.Session(config=GROWING))"""


@pytest.mark.parametrize("kind", ALIVE)
def test_a_model_that_leaves_is_alive(kind: str) -> None:
    it = ALIVE[kind]
    ways = INTO_THE_UNKNOWN
    bodies = {name: MODEL + way.replace("IT", it) for name, way in ways.items()}

    found = findings({"it stays": f"{MODEL}it = {it}", **bodies}, REPLACED)

    assert found == {"it stays": set(), **alike(ways, {"TFS104"})}


def test_a_model_that_is_shown_is_dead() -> None:
    bodies = {name: MODEL + way.replace("IT", "model") for name, way in SHOWN.items()}

    assert findings(bodies, REPLACED) == alike(SHOWN, set())

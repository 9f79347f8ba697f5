"""Random programs: small Keras graph-mode programs that no one thought of.

A program is drawn from hypothesis, so that a failing one can be shrunk. Its flags come from the
module `switches`, which the judge provides and the linter can't know: `on()` is a condition,
`some()` has no element or one, `stop()` may throw. A name that is defined in a branch may be read
after it: the runs in which it was never set are left out by the judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

SWITCHES = (
    *("on", "some", "stop", "Stop", "X", "Y", "OUT"),
    *(
        f"{kind}_{what}"
        for kind in ("DENSE", "EMBEDDING")
        for what in ("W", "V", "WEIGHTS", "MODEL")
    ),
)
MAX_FLAGS = 4  # written down in one program; each may be met more than once
MAX_STATEMENTS = 22
MAX_HELPERS = 3


class Dice:
    """Choices; the first of a list and `False` are what shrinking leads to."""

    def __init__(self, draw: Callable[[st.SearchStrategy[T]], T]) -> None:
        self.draw = draw

    def pick(self, choices: Sequence[T]) -> T:
        """One of them."""
        return choices[0] if len(choices) == 1 else self.draw(st.sampled_from(choices))

    def weighted(self, choices: dict[T, int]) -> T:
        """One of them, by weight."""
        at = self.draw(st.integers(0, sum(choices.values()) - 1))
        for choice, weight in choices.items():
            at -= weight
            if at < 0:
                return choice
        raise AssertionError

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.draw(st.integers(0, 99)) >= 100 - percent


# --- import styles --------------------------------------------------------------------------------

# Each style: the import lines, and how its names are spelled.
TENSORFLOW = [
    ("import tensorflow as tf", "tf.{}"),
    ("import tensorflow", "tensorflow.{}"),
    ("import tensorflow.compat.v1 as tf", "tf.{}"),
    ("from tensorflow.compat import v1 as tf", "tf.{}"),
    ("import tensorflow as tf", "tf.compat.v1.{}"),
    ("from tensorflow.compat.v1 import *", "{}"),
    (
        "from tensorflow import Session, InteractiveSession, Graph\n"
        "from tensorflow import global_variables_initializer, reset_default_graph\n"
        "from tensorflow import variables_initializer, global_variables",
        "{}",
    ),
    (
        "import tensorflow as tf\nfrom tensorflow.python.client.session import Session",
        {"Session": "Session", "": "tf.{}"},
    ),
    (
        "import tensorflow as tf\nfrom tensorflow.python.client import session",
        {"Session": "session.Session", "": "tf.{}"},
    ),
]
BACKEND = [
    ("from tensorflow.keras import backend as K", "K.{}"),
    ("import keras.backend as K", "K.{}"),
    ("from keras import backend as K", "K.{}"),
    ("import keras", "keras.backend.{}"),
    ("import keras.backend.tensorflow_backend as KTF", "KTF.{}"),
    ("from tensorflow.python.keras import backend as K", "K.{}"),
    ("import tf_keras", "tf_keras.backend.{}"),
    ("import tensorflow.keras.backend as K", "K.{}"),
    ("import tensorflow.compat.v1.keras.backend as K", "K.{}"),
    ("from tensorflow.compat.v1.keras import backend", "backend.{}"),
    (
        "from keras.backend.tensorflow_backend import set_session, get_session, clear_session\n"
        "from keras.backend import get_value, set_value",
        "{}",
    ),
    ("from tensorflow.compat.v1.keras.backend import *", "{}"),
    ("import tensorflow as tf0\nK = tf0.keras.backend", "K.{}"),
    (
        "try:\n    from keras import backend as K\nexcept ImportError:\n"
        "    from tensorflow.keras import backend as K",
        "K.{}",
    ),
    (
        "try:\n    import tensorflow.contrib.keras.backend as K\nexcept ImportError:\n"
        "    import tensorflow.compat.v1.keras.backend as K",
        "K.{}",
    ),
    ("import tensorflow.contrib.keras as keras", "keras.backend.{}"),
]
LAYERS = [
    ("from tensorflow.keras.layers import Dense, Embedding, Input", "{}"),
    ("from keras.layers import *", "{}"),
    ("from keras import layers", "layers.{}"),
    ("from keras.layers.core import Dense\nfrom keras.layers import Embedding, Input", "{}"),
    ("import tensorflow.keras.layers as L", "L.{}"),
    ("import tensorflow as tf1", "tf1.keras.layers.{}"),
    ("from keras import layers as kl\nDense = kl.Dense", {"Dense": "Dense", "": "kl.{}"}),
    ("import tf_keras.layers", "tf_keras.layers.{}"),
]
MODELS = [
    ("from tensorflow.keras.models import Sequential, Model, load_model, clone_model", "{}"),
    ("from keras.models import *", "{}"),
    ("from keras import models", "models.{}"),
    ("import tensorflow as tf2", "tf2.keras.models.{}"),
    (
        "from tensorflow.keras import Sequential, Model\nfrom keras import models as km",
        {"Sequential": "Sequential", "Model": "Model", "": "km.{}"},
    ),
    ("import tensorflow.compat.v1.keras.models as M", "M.{}"),
]


class Names:
    """How this program spells what it uses."""

    def __init__(self, dice: Dice) -> None:
        self.lines: list[str] = []
        self.spelled: dict[str, str | dict[str, str]] = {}
        families = {"tf": TENSORFLOW, "K": BACKEND, "layers": LAYERS, "models": MODELS}
        for family, styles in families.items():
            lines, spelling = dice.pick(styles)
            if lines not in self.lines:
                self.lines.append(lines)
            self.spelled[family] = spelling
        self.starred = any("v1 import *" in lines for lines in self.lines)

    def __call__(self, family: str, name: str) -> str:
        spelling = self.spelled[family]
        if isinstance(spelling, str):
            return spelling.format(name)
        return spelling[name] if name in spelling else spelling[""].format(name)


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
    thrown: bool = False  # inside a `try` body: an exception may come between two statements

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
            self.thrown,
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
        lines = ["stop()"] if scope.thrown else []
        lines += self.statement(scope)
        written = 1
        while written < most and self.dice.chance(percent):
            if lines and lines[-1].startswith(("return", "break", "raise")):
                break
            if scope.thrown:
                lines.append("stop()")
            lines += self.statement(scope)
            written += 1
        return lines

    def statement(self, scope: Scope) -> list[str]:
        self.statements += 1
        choices = {"build": 6, "session": 3}
        if scope.sessions:
            choices.update(register=7)
            choices["enter"] = 2 if scope.blocks < 2 else 0
        else:
            choices.update(register_new=3)
        if scope.models:
            choices.update(predict=4, access=4, initialize=1)
        if scope.initializers and scope.sessions:
            choices.update(run_initializer=2)
        if scope.layers:
            choices.update(finish=4)
        if scope.open:
            choices.update(close=1)
        if scope.closed:
            choices.update(register_closed=1)
        choices.update(get_session=1, interactive=0 if scope.entered else 1, layer=1)
        if not scope.sealed and not scope.open:
            choices.update(clear=1)
        if scope.blocks < 2 and self.statements < MAX_STATEMENTS:
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
        scope.models.clear()
        scope.layers.clear()
        scope.initializers.clear()
        if self.dice.chance(85):
            scope.sessions.clear()
        if self.dice.chance(20):
            return [self.names("tf", "reset_default_graph") + "()"]
        return [self.names("K", "clear_session") + "()"]

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
        body.thrown = True
        lines = ["try:"]
        for _ in range(self.dice.pick([1, 2])):
            lines.append("    stop()")
            lines += indented(self.statement(body))
        if not lines[-1].strip().startswith(("return", "break")):
            lines.append("    stop()")
        handler = self.inner(scope)
        handler.optional = True
        lines.append(self.dice.pick(["except Exception:", "except Stop:", "except:"]))
        lines += indented(self.block(handler, 30, 2) if self.dice.chance(70) else ["pass"])
        last = self.inner(scope)
        body.thrown = scope.thrown
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
        within = self.inner(scope)
        within.sealed = within.entered = True
        before = set(scope.models)
        body = self.block(within, 55, 3)
        self.close_open(within)
        self.take_over(scope, within)
        if closing:
            if session in scope.sessions:
                scope.sessions.remove(session)
            scope.closed.append(session)
            if self.dice.chance(70):
                scope.models = [name for name in scope.models if name in before]
        return [f"with {session}{'' if closing else '.as_default()'}:", *indented(body)]

    def write_enter_new(self, scope: Scope) -> list[str]:
        session = self.fresh("s")
        self.registered.add(session)  # it is entered already
        within = self.inner(scope)
        within.sealed = within.entered = True
        within.sessions.append(session)
        before = set(scope.models)
        closing = self.dice.chance(60)
        body = self.block(within, 55, 3)
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
                guard = self.dice.chance(50)
                body = ["def main():", *indented(body), ""]
                body += ["if __name__ == '__main__':", "    main()"] if guard else ["main()"]
        else:
            body = self.write_classes(derived=form == "classes")
        functions = [line for function in self.functions for line in [*function, ""]]
        text = "\n".join([*functions, *body]) + "\n"
        used = [name for name in SWITCHES if re.search(rf"\b{name}\b", text)]
        switches = f"from switches import {', '.join(used) or SWITCHES[0]}"
        if self.dice.chance(10):
            switches = "from switches import *"
        return "\n".join([*self.names.lines, switches, "", text])

    def write_classes(self, derived: bool) -> list[str]:
        scope = Scope("method", own=True)
        init = self.block(scope, 85, 7)
        base_methods = [["__init__", *init], *self.methods]
        inherited = [method[0] for method in self.methods]
        known = attributes(scope)
        lines = class_lines("Agent", "", base_methods)
        if not derived:
            return [*lines, "", "Agent()"]
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
        return [*lines, "", "if on():", "    Player()", "else:", "    Agent()"]

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


@st.composite
def programs(draw: Callable[[st.SearchStrategy[T]], T]) -> str:
    """The source of a random program."""
    return Program(Dice(draw)).write()

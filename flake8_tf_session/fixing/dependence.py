"""What a statement reads, changes and lets others see: whether another may be moved over it.

Names and attributes are told apart by their spelling alone: ``x`` for a name, ``.x`` for an
attribute of whatever object. That takes two things for one now and then, never one for two.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ..tensorflow.vocabulary import (
    GIVING_METHODS,
    INITIALIZING,
    LIBRARIES,
    OTHER_METHODS,
    READING_METHODS,
    SESSIONS,
    STATEFUL,
    canonical,
)
from ..text.imported_names import ImportedNames
from ..text.syntax import bindings, last_name
from .observe import Facts
from .places import Places

ENVIRONMENT = "the environment"
"""What ``os.environ`` holds, which a session reads when it is created."""

_SESSION_CLASSES = frozenset(path.rpartition(".")[2] for path in SESSIONS)
_KERAS_METHODS = READING_METHODS | GIVING_METHODS | OTHER_METHODS
_PLAIN_METHODS = frozenset(
    name for kind in (bytes, dict, float, list, set, str, tuple) for name in dir(kind)
)
_PRINTING_METHODS = frozenset("critical debug error exception info log warn warning write".split())
_LEAVING = frozenset("_exit abort exit quit".split())
_PRINTING = frozenset("input open print".split())
_DYNAMIC = frozenset("__import__ compile delattr eval exec globals locals setattr vars".split())
_HARMLESS = frozenset(
    """
    argparse collections copy datetime functools itertools json math numpy operator pathlib pickle
    random re string sys time typing
    """.split()
)
_HARMLESS_OS = ("os.path", "os.getenv", "os.environ.get", "os.getcwd", "os.listdir", "os.getpid")
_ENVIRONMENT_CALLS = ("os.environ", "os.putenv", "os.unsetenv")
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass
class Effects:
    """What some code does.

    Attributes:
        reads: What it reads.
        writes: What it changes.
        own: The attributes of ``self`` that it reads.
        unknown: The calls of code that can't be known.
        assumed: The methods of unknown objects that are taken for those of Python's own types.
        stateful: The calls that change, or depend on, what sessions, graphs and modes there are.
        tensorflow: The other calls of TensorFlow itself.
        prints: Whether it shows something, to a user or in a file.
        leaves: How it may leave its block (``return``, ``break`` …), empty if it does not.
        raises: Whether it has a ``raise`` of its own, or ends the program.
        runs: Whether something is run in a session.
        creates: Whether Keras objects are created other than by loading them.
        touches: Whether weights are used.
    """

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    assumed: set[str] = field(default_factory=set)
    stateful: set[str] = field(default_factory=set)
    tensorflow: set[str] = field(default_factory=set)
    prints: bool = False
    leaves: str = ""
    raises: bool = False
    runs: bool = False
    creates: bool = False
    touches: bool = False

    def add(self, other: Effects) -> None:
        """Take in what other code does, which is executed as part of this."""
        self.reads |= other.reads
        self.writes |= other.writes
        self.own |= other.own
        self.unknown |= other.unknown
        self.assumed |= other.assumed
        self.stateful |= other.stateful
        self.tensorflow |= other.tensorflow
        self.prints |= other.prints
        self.raises |= other.raises
        self.runs |= other.runs
        self.creates |= other.creates
        self.touches |= other.touches


class Dependence:
    """The effects of the statements of one text."""

    def __init__(self, places: Places, facts: Facts) -> None:
        self._places = places
        self._facts = facts
        self._functions: dict[ast.AST, Effects] = {}

    def of(self, statement: ast.stmt) -> Effects:
        """What a statement does where it stands."""
        effects = Effects()
        self._statement(statement, effects, loops=0)
        return effects

    def of_calls(self, without: Collection[ast.stmt]) -> Effects:
        """What the calls and imports anywhere in the text do, but for those of some statements."""
        effects = Effects()
        left = {node for statement in without for node in ast.walk(statement)}
        for node in ast.walk(self._places.draft.tree):
            if node in left:
                continue
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                self._import(node, effects)
            elif isinstance(node, ast.Call):
                called = self._facts.calls.at(self._places.draft.range_of(node))
                # The walk leaves out what leads to no finding.
                names = called.external
                if not names and not called.followed:
                    names = self._imported.of(node.func)
                for dotted in names:
                    self._external(dotted, node, effects)
                if not names and not called.followed:
                    self._unresolved(node, effects)
        return effects

    @cached_property
    def _imported(self) -> ImportedNames:
        """What names mean by the imports of the text, but for the project's own."""
        names = ImportedNames()
        for node in ast.walk(self._places.draft.tree):
            for binding in bindings(node) if isinstance(node, (ast.Import, ast.ImportFrom)) else ():
                if not binding.is_relative and binding.member != "*":
                    names.add(binding)
        return names

    # --- statements ---

    def _statement(self, node: ast.stmt, effects: Effects, loops: int) -> None:
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            self._definition(node, effects)
            return
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            self._import(node, effects)
            return
        if isinstance(node, ast.Return):
            effects.leaves = "return"
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            effects.writes |= set(node.names)
        elif isinstance(node, ast.Raise):
            effects.raises = True
        elif isinstance(node, (ast.Break, ast.Continue)) and not loops:
            effects.leaves = type(node).__name__.lower()
        elif isinstance(node, ast.AugAssign):
            effects.reads |= _roots(node.target)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                if not isinstance(item.context_expr, ast.Call):
                    effects.unknown.add(ast.unparse(item.context_expr))
        inside = loops + isinstance(node, (ast.For, ast.AsyncFor, ast.While))
        for child in ast.iter_child_nodes(node):
            self._part(child, effects, inside)

    def _part(self, node: ast.AST, effects: Effects, loops: int) -> None:
        """A statement, an expression, or what holds them (a handler, a case, a ``with`` item)."""
        if isinstance(node, ast.stmt):
            self._statement(node, effects, loops)
        elif isinstance(node, ast.expr):
            self._expression(node, effects)
        else:
            # A handler, or what a pattern captures.
            names = (getattr(node, "name", None), getattr(node, "rest", None))
            effects.writes |= {name for name in names if isinstance(name, str)}
            for child in ast.iter_child_nodes(node):
                self._part(child, effects, loops)

    def _definition(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, effects: Effects
    ) -> None:
        effects.writes.add(node.name)
        for each in node.decorator_list:
            effects.unknown.add(ast.unparse(each))
            self._expression(each, effects)
        if isinstance(node, ast.ClassDef):
            inner = Effects()
            for part in (*node.bases, *(keyword.value for keyword in node.keywords)):
                self._expression(part, inner)
            for statement in node.body:
                self._statement(statement, inner, loops=0)
            # The names that its body binds are its attributes.
            inner.writes = {name for name in inner.writes if not name.isidentifier()}
            effects.add(inner)
            return
        self._part(node.args, effects, 0)
        # What its body reads must be there when it is called, as it was where it stood.
        names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        effects.reads |= names - _locals(node)

    def _import(self, node: ast.Import | ast.ImportFrom, effects: Effects) -> None:
        for alias in node.names:
            module = alias.name if isinstance(node, ast.Import) else node.module or ""
            top = module.partition(".")[0]
            if alias.name == "*" or top not in _HARMLESS | {"os", *LIBRARIES}:
                effects.unknown.add(f"import {module}")
            effects.writes.add(alias.asname or alias.name.partition(".")[0])

    # --- expressions ---

    def _expression(self, node: ast.expr, effects: Effects) -> None:
        pending: list[ast.AST] = [node]
        while pending:
            each = pending.pop()
            if isinstance(each, ast.Name):
                (effects.reads if isinstance(each.ctx, ast.Load) else effects.writes).add(each.id)
                continue
            if isinstance(each, ast.Attribute):
                if isinstance(each.ctx, ast.Load):
                    effects.reads.add(f".{each.attr}")
                    if isinstance(each.value, ast.Name) and each.value.id in ("self", "cls"):
                        effects.own.add(each.attr)
                else:
                    effects.writes |= _roots(each)
            elif isinstance(each, ast.Subscript) and not isinstance(each.ctx, ast.Load):
                effects.writes |= _roots(each)
                if last_name(each.value) == "environ":
                    effects.writes.add(ENVIRONMENT)
            elif isinstance(each, ast.Subscript) and last_name(each.value) == "environ":
                effects.reads.add(ENVIRONMENT)
            elif isinstance(each, ast.Call):
                self._call(each, effects)
            elif isinstance(each, (ast.Yield, ast.YieldFrom, ast.Await)):
                effects.leaves = "await" if isinstance(each, ast.Await) else "yield"
            elif isinstance(each, _COMPREHENSIONS):
                self._comprehension(each, effects)
                continue
            elif isinstance(each, ast.Lambda):
                inner = Effects()
                self._expression(each.body, inner)
                parameters = {argument.arg for argument in _parameters(each)}
                inner.reads -= parameters
                effects.add(inner)
                pending.append(each.args)
                continue
            pending += ast.iter_child_nodes(each)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, effects: Effects
    ) -> None:
        # What it goes through first has no part in its names.
        self._expression(node.generators[0].iter, effects)
        inner = Effects()
        for child in ast.iter_child_nodes(node):
            self._part(child, inner, 0)
        own = {
            each.id
            for child in ast.walk(node)
            if isinstance(child, ast.comprehension)
            for each in ast.walk(child.target)
            if isinstance(each, ast.Name)
        }
        inner.reads -= own
        inner.writes -= own
        effects.leaves = effects.leaves or inner.leaves
        effects.add(inner)

    def _call(self, node: ast.Call, effects: Effects) -> None:
        range_ = self._places.draft.range_of(node)
        called = self._facts.calls.at(range_)
        effects.touches |= called.touches
        if called.creates:
            names = {name.rpartition(".")[2] for name in called.external}
            effects.creates |= names != {"load_model"}
        for place in called.followed:
            self._follow(place, node, effects)
        for dotted in called.external:
            self._external(dotted, node, effects)
        if not called.external and not called.followed:
            self._unresolved(node, effects)

    def _follow(self, place: tuple[int, int], node: ast.Call, effects: Effects) -> None:
        function = self._places.functions.get(place)
        if not isinstance(function, _FUNCTIONS):
            self._unknown(node, effects)
            return
        known = self._functions.get(function)
        if known is None:
            known = self._functions[function] = Effects()
            for statement in function.body:
                self._statement(statement, known, loops=0)
            known.leaves = ""
            own = _locals(function)
            if known.writes & {argument.arg for argument in _parameters(function)}:
                known.writes.add("its arguments")
            known.reads -= own
            known.writes -= own
        effects.add(known)
        if "its arguments" in known.writes:
            effects.writes |= _given(node)

    def _external(self, dotted: str, node: ast.Call, effects: Effects) -> None:
        name = dotted.rpartition(".")[2].removesuffix("()")
        top = canonical(dotted).partition(".")[0]
        if top == "builtins":
            self._builtin(name, node, effects)
        elif top in ("keras", "tensorflow"):
            if name in STATEFUL:
                effects.stateful.add(name)
                if name in _SESSION_CLASSES:
                    effects.reads.add(ENVIRONMENT)
            elif name in INITIALIZING or top == "tensorflow":
                effects.tensorflow.add(name)
        elif dotted.startswith(_HARMLESS_OS):
            effects.reads.add(ENVIRONMENT)
        elif dotted.startswith(_ENVIRONMENT_CALLS):
            effects.writes.add(ENVIRONMENT)
        elif top in ("logging", "warnings"):
            effects.prints = True
        elif top not in _HARMLESS:
            self._unknown(node, effects)
        if top not in ("builtins", "keras", "tensorflow"):
            effects.writes |= _given(node)

    def _builtin(self, name: str, node: ast.Call, effects: Effects) -> None:
        if name in _PRINTING:
            effects.prints = True
        elif name in _LEAVING:
            effects.raises = True
        elif name in _DYNAMIC:
            self._unknown(node, effects)

    def _unresolved(self, node: ast.Call, effects: Effects) -> None:
        """A call that the walk could not tell: by the name of the method."""
        func = node.func
        if isinstance(func, ast.Name) and hasattr(builtins, func.id):
            self._builtin(func.id, node, effects)
        elif isinstance(func, ast.Call):
            # `Dense(1)(x)`: a layer that is applied, or the result of unknown code.
            if not self._facts.calls.at(self._places.draft.range_of(func)).creates:
                self._unknown(node, effects)
        elif not isinstance(func, ast.Attribute):
            self._unknown(node, effects)
        elif func.attr == "run":
            effects.runs = True
        elif func.attr in _LEAVING:
            # `sys.exit()`: the walk ends there, and so tells of no call.
            effects.raises = True
        elif func.attr in STATEFUL:
            effects.stateful.add(func.attr)
        elif func.attr in _PRINTING_METHODS:
            effects.prints = True
        elif func.attr in _KERAS_METHODS | _PLAIN_METHODS:
            effects.writes |= _roots(func.value)
            effects.assumed.add(func.attr)
        else:
            self._unknown(node, effects)

    def _unknown(self, node: ast.Call, effects: Effects) -> None:
        effects.unknown.add(f"{ast.unparse(node.func).partition('(')[0]}()")
        effects.writes |= _given(node)
        if isinstance(node.func, ast.Attribute):
            effects.writes |= _roots(node.func.value) - {"self", "cls"}


def _roots(node: ast.expr) -> set[str]:
    """What is another one once a part of an object is: the parts on the way to it, and its name."""
    found = set()
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Starred)):
        if isinstance(node, ast.Attribute):
            found.add(f".{node.attr}")
        node = node.value
    if isinstance(node, ast.Name) and not (found and node.id in ("self", "cls")):
        found.add(node.id)
    return found


def _given(node: ast.Call) -> set[str]:
    """What a call may change of what it is given."""
    values = [*node.args, *(keyword.value for keyword in node.keywords)]
    return {root for value in values for root in _roots(value)} - {"self", "cls"}


def _parameters(
    function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
) -> Iterable[ast.arg]:
    arguments = function.args
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from (each for each in (arguments.vararg, arguments.kwarg) if each is not None)


def _locals(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """The names that are a function's own."""
    own = {argument.arg for argument in _parameters(function)}
    outer: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            own.add(node.id)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            outer.update(node.names)
    return own - outer

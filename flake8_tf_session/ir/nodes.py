"""The program form: a small tree of what the flow walk needs of a Python file.

``translation.py`` translates each node of the `ast` tree into this form exactly once; the flow
(``flow.py``) then walks it as often as there are callers. Expressions and statements keep no
positions: a `Call` or a statement refers to its node and to its `Anchor`, of which ``positions.py``
tells the range when, and only when, a finding needs one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING, Callable, NamedTuple, Union

from ..stack import fresh_stack

if TYPE_CHECKING:
    from ..text.project import Source


class Anchor:
    """A statement, or an expression in the header of a clause, and its file."""

    __slots__ = ("node", "source")

    def __init__(self, node: ast.stmt | ast.expr, source: Source) -> None:
        self.node = node
        self.source = source


# --- expressions -------------------------------------------------------------------------------


class Name:
    """A name that is read."""

    __slots__ = ("id",)

    def __init__(self, id: str) -> None:
        self.id = id


class Attribute:
    """``value.attr``."""

    __slots__ = ("anchor", "attr", "node", "value")

    def __init__(self, value: Expression, attr: str, node: ast.Attribute, anchor: Anchor) -> None:
        self.value = value
        self.attr = attr
        self.node = node
        self.anchor = anchor


class Argument(NamedTuple):
    """One argument of a call; ``star`` is ``""``, ``"*"`` or ``"**"``."""

    value: Expression
    keyword: str | None
    star: str


class Call:
    """A call. ``order`` numbers the calls of a file in the order in which their text begins.

    ``last`` is the order of the last call inside it, or inside the call that applies it
    (``Dense(1)(x)`` for ``Dense(1)``): a call with ``order < other.order <= last`` is nested.
    ``discarded`` tells whether nothing uses its value, ``is_fallback`` whether it stands where
    versions are told apart: in a ``try`` with handlers, or under a test of a version.
    """

    __slots__ = (
        "anchor",
        "arguments",
        "discarded",
        "func",
        "is_fallback",
        "last",
        "node",
        "order",
    )

    def __init__(
        self,
        func: Expression,
        arguments: list[Argument],
        node: ast.Call,
        anchor: Anchor,
        order: int,
        last: int,
    ) -> None:
        self.func = func
        self.arguments = arguments
        self.node = node
        self.anchor = anchor
        self.order = order
        self.last = last
        self.discarded = False
        self.is_fallback = False

    @property
    def name(self) -> str:
        """The last name of the callee, empty where it has none (``f()()``)."""
        func = self.func
        if isinstance(func, Attribute):
            return func.attr
        return func.id if isinstance(func, Name) else ""


class Constant:
    """``None``, ``True``, ``False``, a number, a string or ``...``."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


class Display:
    """A list, tuple or set display; ``starred`` tells whether an element is starred."""

    __slots__ = ("is_list", "items", "starred")

    def __init__(self, items: list[Expression], is_list: bool, starred: bool) -> None:
        self.items = items
        self.is_list = is_list
        self.starred = starred


class DictDisplay:
    """A dict display; the key of a ``**mapping`` is None."""

    __slots__ = ("items",)

    def __init__(self, items: list[tuple[Expression | None, Expression]]) -> None:
        self.items = items


class Subscript:
    """``value[index]``; ``index`` is None for slices and several indexes."""

    __slots__ = ("index", "others", "value")

    def __init__(
        self, value: Expression, index: Expression | None, others: list[Expression]
    ) -> None:
        self.value = value
        self.index = index
        self.others = others


class Boolean:
    """``a and b and …`` or ``a or b or …``; ``calls`` tells whether an operand calls something."""

    __slots__ = ("calls", "is_and", "values")

    def __init__(self, is_and: bool, values: list[Expression], calls: bool) -> None:
        self.is_and = is_and
        self.values = values
        self.calls = calls


class Not:
    """``not operand``."""

    __slots__ = ("operand",)

    def __init__(self, operand: Expression) -> None:
        self.operand = operand


class Compare:
    """A comparison of two operands; longer chains are an `Evaluated`."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, left: Expression, operator: str, right: Expression) -> None:
        self.left = left
        self.operator = operator
        self.right = right


class Conditional:
    """``body if test else orelse``."""

    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expression, body: Expression, orelse: Expression) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse


class NamedExpr:
    """``(target := value)``."""

    __slots__ = ("target", "value")

    def __init__(self, target: str, value: Expression) -> None:
        self.target = target
        self.value = value


class LambdaExpr:
    """A lambda; its body is the function's one return statement."""

    __slots__ = ("function",)

    def __init__(self, function: Function) -> None:
        self.function = function


class Comprehension:
    """A comprehension or generator expression as nested clauses around its element(s)."""

    __slots__ = ("clauses", "elements", "is_generator")

    def __init__(
        self,
        clauses: list[tuple[Target, Expression, list[Expression]]],
        elements: list[Expression],
        is_generator: bool,
    ) -> None:
        self.clauses = clauses
        self.elements = elements
        self.is_generator = is_generator


class Yield:
    """``yield value`` or ``yield from value``."""

    __slots__ = ("is_from", "value")

    def __init__(self, value: Expression | None, is_from: bool = False) -> None:
        self.value = value
        self.is_from = is_from


class Evaluated:
    """Expressions that are evaluated in order, with a result that nobody follows.

    ``keeps`` tells whether the result may hold them: ``[1] + [x]`` does, ``f"{x}"`` does not.
    """

    __slots__ = ("items", "keeps")

    def __init__(self, items: list[Expression], keeps: bool = False) -> None:
        self.items = items
        self.keeps = keeps


Expression = Union[
    Name,
    Attribute,
    Call,
    Constant,
    Display,
    DictDisplay,
    Subscript,
    Boolean,
    Not,
    Compare,
    Conditional,
    NamedExpr,
    LambdaExpr,
    Comprehension,
    Yield,
    Evaluated,
]

# --- targets of assignments --------------------------------------------------------------------


class Unpack:
    """A tuple or list of targets; ``starred`` tells whether one of them is starred."""

    __slots__ = ("starred", "targets")

    def __init__(self, targets: list[Target], starred: bool) -> None:
        self.targets = targets
        self.starred = starred


Target = Union[Name, Attribute, Subscript, Unpack]

# --- statements --------------------------------------------------------------------------------


class Evaluate:
    """An expression statement."""

    __slots__ = ("value",)

    def __init__(self, value: Expression) -> None:
        self.value = value


class Assign:
    """``targets = value``."""

    __slots__ = ("anchor", "targets", "value")

    def __init__(self, targets: list[Target], value: Expression, anchor: Anchor) -> None:
        self.targets = targets
        self.value = value
        self.anchor = anchor


class AugmentedAssign:
    """``target += value`` and the like."""

    __slots__ = ("target", "value")

    def __init__(self, target: Name | Attribute | Subscript, value: Expression) -> None:
        self.target = target
        self.value = value


class Delete:
    """``del targets``."""

    __slots__ = ("targets",)

    def __init__(self, targets: list[Target]) -> None:
        self.targets = targets


class Return:
    """``return value``."""

    __slots__ = ("value",)

    def __init__(self, value: Expression | None) -> None:
        self.value = value


class Raise:
    """``raise …``."""

    __slots__ = ("items",)

    def __init__(self, items: list[Expression]) -> None:
        self.items = items


class Assert:
    """``assert test, message``; ``message`` has one expression or none."""

    __slots__ = ("message", "test")

    def __init__(self, test: Expression, message: list[Expression]) -> None:
        self.test = test
        self.message = message


class Break:
    """``break``."""

    __slots__ = ()


class Continue:
    """``continue``."""

    __slots__ = ()


class Import:
    """``import a.b as c``: pairs of dotted name and alias."""

    __slots__ = ("anchor", "names")

    def __init__(self, names: list[tuple[str, str | None]], anchor: Anchor) -> None:
        self.names = names
        self.anchor = anchor


class ImportFrom:
    """``from module import name as alias``; ``names`` is None for a star, ``level`` counts dots."""

    __slots__ = ("anchor", "level", "module", "names")

    def __init__(
        self,
        module: str,
        level: int,
        names: list[tuple[str, str | None]] | None,
        anchor: Anchor,
    ) -> None:
        self.module = module
        self.level = level
        self.names = names
        self.anchor = anchor


class If:
    """``if``/``elif``/``else``."""

    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expression, body: Block, orelse: Block) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse


class While:
    """``while``/``else``."""

    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expression, body: Block, orelse: Block) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse


class For:
    """``for``/``else``."""

    __slots__ = ("body", "iterable", "orelse", "target")

    def __init__(self, target: Target, iterable: Expression, body: Block, orelse: Block) -> None:
        self.target = target
        self.iterable = iterable
        self.body = body
        self.orelse = orelse


class Handler(NamedTuple):
    """An ``except`` clause; ``type`` is None for a bare one."""

    type: Expression | None
    name: str | None
    body: Block


class Try:
    """``try`` with its handlers, ``else`` and ``finally``."""

    __slots__ = ("body", "final", "handlers", "orelse")

    def __init__(self, body: Block, handlers: list[Handler], orelse: Block, final: Block) -> None:
        self.body = body
        self.handlers = handlers
        self.orelse = orelse
        self.final = final


class With:
    """``with item as target, …``, or ``async with``."""

    __slots__ = ("anchor", "body", "is_async", "items")

    def __init__(
        self,
        items: list[tuple[Expression, Target | None]],
        body: Block,
        anchor: Anchor,
        is_async: bool,
    ) -> None:
        self.items = items
        self.body = body
        self.is_async = is_async
        self.anchor = anchor


class Case(NamedTuple):
    """A ``case``: the names its pattern binds, whether it always matches, guard and body.

    ``takes_none`` tells whether it matches None (None if that can't be known), ``takes_others``
    whether anything else.
    """

    names: list[str]
    always: bool
    takes_none: bool | None
    takes_others: bool
    guard: Expression | None
    body: Block


class Match:
    """``match subject``."""

    __slots__ = ("cases", "subject")

    def __init__(self, subject: Expression, cases: list[Case]) -> None:
        self.subject = subject
        self.cases = cases


class FunctionDef:
    """A ``def`` statement."""

    __slots__ = ("decorators", "function")

    def __init__(self, function: Function, decorators: list[Expression]) -> None:
        self.function = function
        self.decorators = decorators


class ClassDef:
    """A ``class`` statement; its body is a scope like a function's.

    ``assigned`` are the names of all attributes that are assigned anywhere in the file.
    """

    __slots__ = ("assigned", "bases", "decorators", "keywords", "scope")

    def __init__(
        self,
        bases: list[Argument],
        keywords: list[Argument],
        decorators: list[Expression],
        scope: Function,
        assigned: set[str],
    ) -> None:
        self.assigned = assigned
        self.bases = bases
        self.keywords = keywords
        self.decorators = decorators
        self.scope = scope


Statement = Union[
    Evaluate,
    Assign,
    AugmentedAssign,
    Delete,
    Return,
    Raise,
    Assert,
    Break,
    Continue,
    Import,
    ImportFrom,
    If,
    While,
    For,
    Try,
    With,
    Match,
    FunctionDef,
    ClassDef,
]
Block = list[Statement]

# --- scopes ------------------------------------------------------------------------------------


class Parameter(NamedTuple):
    """A parameter; ``kind`` is ``"/"``, ``"kw"``, ``"*"``, ``"**"``, or empty where it is plain."""

    name: str
    default: Expression | None
    kind: str


class Function:
    """A function, lambda, class body or module: its parameters, its body and its names.

    The body of a function is translated when it is first asked for. ``path`` is its qualified name
    and ``words`` are all identifiers that stand in it or in the functions and classes inside it.
    The other names are known with the body: ``local`` are those bound in it (its parameters too),
    ``inner_words`` the words of the functions and classes inside it.
    """

    __slots__ = (
        "_body",
        "_is_generator",
        "_translate",
        "anchor",
        "global_names",
        "inner_words",
        "local",
        "name",
        "nonlocal_names",
        "parameters",
        "path",
        "words",
    )

    def __init__(
        self, name: str, anchor: Anchor, path: str = "", words: Iterable[str] = ()
    ) -> None:
        self.name = name
        self.path = path or name
        self.anchor = anchor
        self.words = frozenset(words)
        self.parameters: list[Parameter] = []
        self.local: set[str] = set()
        self.global_names: set[str] = set()
        self.nonlocal_names: set[str] = set()
        self.inner_words: set[str] = set()
        self._is_generator = False
        self._body: Block = []
        self._translate: Callable[[Function], Block] | None = None

    @property
    def body(self) -> Block:
        """The statements.

        Raises:
            GivenUp: they are nested too deeply.
        """
        self._need_body()
        return self._body

    @body.setter
    def body(self, body: Block) -> None:
        self._body = body

    @property
    def is_generator(self) -> bool:
        """Whether the body yields.

        Raises:
            GivenUp: it is nested too deeply.
        """
        self._need_body()
        return self._is_generator

    @is_generator.setter
    def is_generator(self, is_generator: bool) -> None:
        self._is_generator = is_generator

    def _need_body(self) -> None:
        if self._translate is not None:
            with fresh_stack():
                self._body = self._translate(self)
            self._translate = None

    def translate_by(self, translate: Callable[[Function], Block]) -> None:
        """Leave the translation of the body for the time when it is asked for."""
        self._translate = translate


class GivenUp(Exception):
    """A flow can't be walked to its end, for a reason."""


# What the function that stands for a module is called.
MODULE_NAME = "<module>"


class Program(NamedTuple):
    """A file: its source, and its module as a function without parameters."""

    source: Source
    module: Function

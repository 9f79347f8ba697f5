"""The kinds of expression, and the targets of assignments."""

from __future__ import annotations

import ast
from typing import NamedTuple, Union

from .base import Anchor, Expression
from .functions import Function


class Name(Expression):
    """A name that is read."""

    __slots__ = ("id",)

    def __init__(self, id: str) -> None:
        self.id = id


class Attribute(Expression):
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


class Call(Expression):
    """A call. ``order`` numbers the calls of a file in the order in which their text begins.

    ``name`` is the last name of the callee, empty where it has none (``f()()``); ``is_plain`` tells
    whether all arguments are positional, and none is starred.

    ``last`` is the order of the last call inside it, or inside the call that applies it
    (``Dense(1)(x)`` for ``Dense(1)``): a call with ``order < other.order <= last`` is nested.
    ``discarded`` tells whether nothing uses its value, ``is_fallback`` whether it stands where
    versions are told apart: in a ``try`` with handlers, or under a test of a version,
    ``is_alternative`` whether the name by which it is called was imported in such a place.
    """

    __slots__ = (
        "anchor",
        "arguments",
        "discarded",
        "func",
        "is_alternative",
        "is_fallback",
        "is_plain",
        "last",
        "name",
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
        self.is_alternative = False
        self.is_fallback = False
        self.is_plain = not any(each.keyword or each.star for each in arguments)
        self.name = ""
        if isinstance(func, Attribute):
            self.name = func.attr
        elif isinstance(func, Name):
            self.name = func.id


class Constant(Expression):
    """``None``, ``True``, ``False``, a number, a string or ``...``."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


class Display(Expression):
    """A list, tuple or set display; ``starred`` tells whether an element is starred."""

    __slots__ = ("is_list", "items", "starred")

    def __init__(self, items: list[Expression], is_list: bool, starred: bool) -> None:
        self.items = items
        self.is_list = is_list
        self.starred = starred


class DictDisplay(Expression):
    """A dict display; the key of a ``**mapping`` is None."""

    __slots__ = ("items",)

    def __init__(self, items: list[tuple[Expression | None, Expression]]) -> None:
        self.items = items


class Subscript(Expression):
    """``value[index]``; ``index`` is None for slices and several indexes."""

    __slots__ = ("index", "others", "value")

    def __init__(
        self, value: Expression, index: Expression | None, others: list[Expression]
    ) -> None:
        self.value = value
        self.index = index
        self.others = others


class Boolean(Expression):
    """``a and b and …`` or ``a or b or …``; ``calls`` tells whether an operand calls something."""

    __slots__ = ("calls", "is_and", "values")

    def __init__(self, is_and: bool, values: list[Expression], calls: bool) -> None:
        self.is_and = is_and
        self.values = values
        self.calls = calls


class Not(Expression):
    """``not operand``."""

    __slots__ = ("operand",)

    def __init__(self, operand: Expression) -> None:
        self.operand = operand


class Compare(Expression):
    """A comparison of two operands; longer chains are an `Evaluated`."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, left: Expression, operator: str, right: Expression) -> None:
        self.left = left
        self.operator = operator
        self.right = right


class Conditional(Expression):
    """``body if test else orelse``."""

    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expression, body: Expression, orelse: Expression) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse


class NamedExpr(Expression):
    """``(target := value)``."""

    __slots__ = ("target", "value")

    def __init__(self, target: str, value: Expression) -> None:
        self.target = target
        self.value = value


class LambdaExpr(Expression):
    """A lambda; its body is the function's one return statement."""

    __slots__ = ("function",)

    def __init__(self, function: Function) -> None:
        self.function = function


class Comprehension(Expression):
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


class Yield(Expression):
    """``yield value`` or ``yield from value``."""

    __slots__ = ("is_from", "value")

    def __init__(self, value: Expression | None, is_from: bool = False) -> None:
        self.value = value
        self.is_from = is_from


class Evaluated(Expression):
    """Expressions that are evaluated in order, with a result that nobody follows.

    ``keeps`` tells whether the result may hold them: ``[1] + [x]`` does, ``f"{x}"`` does not.
    """

    __slots__ = ("items", "keeps")

    def __init__(self, items: list[Expression], keeps: bool = False) -> None:
        self.items = items
        self.keeps = keeps


class Unpack:
    """A tuple or list of targets; ``starred`` tells whether one of them is starred."""

    __slots__ = ("starred", "targets")

    def __init__(self, targets: list[Target], starred: bool) -> None:
        self.targets = targets
        self.starred = starred


Target = Union[Name, Attribute, Subscript, Unpack]

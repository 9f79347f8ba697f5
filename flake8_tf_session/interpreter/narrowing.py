"""Narrowing: what a test tells about the values in it, once it is known whether it held."""

from __future__ import annotations

from ..domain import lookup
from ..domain.frame import Frame
from ..domain.kinds import is_none, truth
from ..domain.state import State
from ..domain.values import (
    FALSE,
    MANAGER,
    NONE,
    NOT_NONE,
    TRUE,
    Class,
    Const,
    Instance,
    Unknown,
    Value,
)
from ..ir.nodes import (
    Attribute,
    Boolean,
    Call,
    Compare,
    Constant,
    Display,
    Expression,
    Name,
    NamedExpr,
    Not,
)

# Functions of Python that are true of their first argument only where it is not None.
_PROVING = frozenset(("callable", "hasattr", "isinstance"))
# Classes of which None is an object.
_OF_NONE = frozenset(("Hashable", "NoneType", "object"))


def narrow(
    test: Expression, outcome: bool, state: State, frame: Frame, overrule: bool = False
) -> bool:
    """Remember what a test tells that was evaluated; False where its outcome can't be that one.

    With ``overrule`` it tells more than what is known: after a loop its test does not hold,
    whatever the one round that was walked left behind.
    """
    if isinstance(test, Not):
        return narrow(test.operand, not outcome, state, frame, overrule)
    if isinstance(test, Boolean):
        if test.is_and == outcome:
            # Where operands do something, each but the last was narrowed when it was evaluated.
            for operand in test.values[-1:] if test.calls else test.values:
                narrow(operand, outcome, state, frame, overrule)
        return True
    if isinstance(test, (Name, Attribute, NamedExpr)):
        return learn(test, TRUE if outcome else FALSE, state, frame, overrule)
    if isinstance(test, Compare):
        is_equal = outcome == (test.operator in ("is", "=="))
        if isinstance(test.right, Constant) and test.right.value is None:
            return learn(test.left, NONE if is_equal else NOT_NONE, state, frame, overrule)
        subject = test.left
        if isinstance(subject, Call) and subject.name == "type":
            proves = _excludes_none(test.right)
            subject = _first_argument(subject)
        else:
            proves = isinstance(test.right, Constant)
        return not (is_equal and proves) or learn(subject, NOT_NONE, state, frame, overrule)
    if isinstance(test, Call) and isinstance(test.func, Name):
        subject = _first_argument(test)
        if test.name == "bool":
            return narrow(subject, outcome, state, frame, overrule)
        proves = test.name in _PROVING and outcome
        if test.name == "isinstance":
            proves &= len(test.arguments) == 2 and _excludes_none(test.arguments[1].value)
        return not proves or learn(subject, NOT_NONE, state, frame, overrule)
    return True


def learn(
    expression: Expression, fact: Value, state: State, frame: Frame, overrule: bool = False
) -> bool:
    """Remember a fact about the value of an expression; False where it contradicts what is known.

    The fact is None or one of the unknown values of which something is known.
    """
    place = _place(expression, state, frame)
    known = None if place is None else state.get(*place)
    if place is None or known is None:
        return True
    if _contradicts(known, fact):
        if overrule and isinstance(known, (Const, Unknown)):
            state.set(*place, fact)
        return overrule
    tells_more = fact == NOT_NONE and is_none(known) is False
    if isinstance(known, Unknown) and known != MANAGER and not tells_more:
        state.set(*place, fact)
    return True


def _contradicts(known: Value, fact: Value) -> bool:
    if fact in (NONE, NOT_NONE):
        return is_none(known) is (fact == NOT_NONE)
    return truth(known) is (fact == FALSE)


def _place(expression: Expression, state: State, frame: Frame) -> tuple[int, str] | None:
    """Where the value of an expression is kept: an owner and a name; None if that is unknown."""
    if isinstance(expression, NamedExpr):
        expression = Name(expression.target)
    if isinstance(expression, Name):
        owner = lookup.owner_of_name(expression.id, state, frame)
        return None if owner is None else (owner, expression.id)
    if isinstance(expression, Attribute):
        place = _place(expression.value, state, frame)
        receiver = None if place is None else state.get(*place)
        if isinstance(receiver, (Class, Instance)):
            return receiver.id, expression.attr
    return None


def _first_argument(call: Call) -> Expression:
    return call.arguments[0].value if call.arguments else call


def _excludes_none(classes: Expression) -> bool:
    """Whether None is no object of a class, or of any in a tuple, by their names."""
    if isinstance(classes, Display):
        return all(map(_excludes_none, classes.items))
    return isinstance(classes, (Attribute, Name)) and lookup.spelled(classes) not in _OF_NONE

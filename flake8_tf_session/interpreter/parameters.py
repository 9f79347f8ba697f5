"""The parameters of entries: unknown, but for the receiver and what is provably a Keras model, or
a framework's request.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set
from typing import Union

from ..domain import lookup
from ..domain.facts import ESCAPED
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import (
    ANY_ARGUMENTS,
    EARLIER,
    UNKNOWN,
    Arguments,
    External,
    Keras,
    Value,
)
from ..domain.weights import WeightsIn
from ..ir.nodes import Function
from ..rules.base import FlowContext
from ..tensorflow.vocabulary import APP_CLASSES, GIVING_METHODS, KERAS_METHODS, role
from ..text.syntax import attributes_of

_Definition = Union[ast.FunctionDef, ast.AsyncFunctionDef]


def parameters(function: Function, receiver: Value | None) -> dict[str, Value]:
    """The variables of an entry when it begins: unknown, but for its receiver."""
    variables: dict[str, Value] = {parameter.name: UNKNOWN for parameter in function.parameters}
    if receiver is not None and function.parameters:
        variables[function.parameters[0].name] = receiver
    return variables


def begin_models(flow: FlowContext, frame: Frame, state: State) -> None:
    """Let parameters that are provably Keras models be such as were built before the call.

    Where their weights are, if they have any, is not known; in no session that the function makes.
    """
    definition = frame.function.anchor.node
    assert isinstance(definition, (ast.FunctionDef, ast.AsyncFunctionDef))
    named = {*_annotated(definition, frame, state), *_called(definition, KERAS_METHODS)}
    # Of one that it gives weights it is not known what it had.
    named.difference_update(_called(definition, GIVING_METHODS))
    plain = (each for each in frame.function.parameters if not each.default and each.kind != "kw")
    for parameter in plain:
        name = parameter.name
        if name in named and state.get(frame.id, name) == UNKNOWN:
            id_ = flow.chains.intern(frame.id, name)
            state.set(frame.id, name, Keras(frozenset((id_,)), "model"))
            state.mark(id_, ESCAPED)
            state.weights_in[id_] = WeightsIn(
                EARLIER, state.graph, frame.id, name, entered=False, given=None
            )


def given_by_framework(function: Function, frame: Frame, state: State) -> Arguments:
    """What a framework gives a function: by its annotations the application, or a request."""
    definition = function.anchor.node
    found: list[tuple[str, Value]] = []
    if isinstance(definition, (ast.FunctionDef, ast.AsyncFunctionDef)):
        for name, dotted in _annotations(definition, frame, state):
            if dotted in APP_CLASSES:
                found.append((name, External(f"{dotted}()")))
    return ANY_ARGUMENTS.but(keywords=tuple(found))


def _annotated(definition: _Definition, frame: Frame, state: State) -> Iterator[str]:
    """The parameters whose annotation is a class of Keras' models."""
    for name, dotted in _annotations(definition, frame, state):
        known = role(dotted)
        if known is not None and known.kind == "model" and known.name[0].isupper():
            yield name


def _annotations(definition: _Definition, frame: Frame, state: State) -> Iterator[tuple[str, str]]:
    """The parameters whose annotation is something imported, with its dotted name."""
    args = definition.args
    for each in (*args.posonlyargs, *args.args, *args.kwonlyargs):
        parts = [] if each.annotation is None else _dotted(each.annotation)
        value = lookup.name(parts[0], state, frame) if parts else None
        if isinstance(value, External):
            yield each.arg, ".".join((value.dotted, *parts[1:]))


def _dotted(annotation: ast.expr) -> list[str]:
    """The parts of the name that an annotation is, as text too; none if it is no name."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return annotation.value.split(".")
    first, attributes = attributes_of(annotation)
    return [first.id, *attributes] if isinstance(first, ast.Name) else []


def _called(definition: _Definition, methods: Set[str]) -> Iterator[str]:
    """The names in a function of which it calls one of some methods."""
    for node in ast.walk(definition):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in methods
            and isinstance(node.func.value, ast.Name)
        ):
            yield node.func.value.id

"""The arguments of calls, and the parameters that get them."""

from __future__ import annotations

from ..domain import escape
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import UNKNOWN, Arguments, Const, Mapping, Routine, Sequence, Value
from ..ir.nodes import Call


def arguments_of(node: Call, values: tuple[Value, ...]) -> Arguments:
    """The arguments of a call, by the values of its expressions."""
    if node.is_plain:
        return Arguments(values, (), complete=True)
    positional: list[Value] = []
    keywords: list[tuple[str, Value]] = []
    complete = True
    for argument, value in zip(node.arguments, values):
        if (
            argument.star == "**"
            and isinstance(value, Mapping)
            and len(value.named) == len(value.items)
        ):
            keywords += value.named
        elif argument.star == "*" and isinstance(value, Sequence) and complete:
            positional += value.items
        elif argument.star:
            complete = False
            keywords.append(("*", value))
        elif argument.keyword is not None:
            keywords.append((argument.keyword, value))
        elif complete:
            positional.append(value)
        else:
            keywords.append(("*", value))
    return Arguments(tuple(positional), tuple(keywords), complete)


def pass_parameters(
    frame: Frame,
    routine: Routine,
    receiver: Value | None,
    arguments: Arguments,
    state: State,
) -> None:
    """Bind a call's arguments to the parameters of the frame's function."""
    positional = arguments.positional if receiver is None else (receiver, *arguments.positional)
    keywords = dict(arguments.keywords)
    values: dict[str, Value] = {}
    index = 0
    for parameter, default in zip(routine.function.parameters, routine.defaults):
        name = parameter.name
        if parameter.kind == "*":
            rest = positional[index:]
            values[name] = Sequence(rest, False) if arguments.complete else UNKNOWN
            index = len(positional)
        elif parameter.kind == "**":
            values[name] = UNKNOWN
            if arguments.complete:
                left = [(Const(key), item) for key, item in keywords.items() if key not in values]
                values[name] = Mapping(tuple(left))
        elif parameter.kind != "kw" and index < len(positional):
            values[name] = positional[index]
            index += 1
        elif name in keywords and parameter.kind != "/":
            values[name] = keywords[name]
        elif not arguments.complete or default is None:
            values[name] = UNKNOWN
        else:
            values[name] = default
    if not arguments.complete:
        # Which parameter gets these can't be known.
        bound = values.values()
        escape.changed((value for value in arguments.values() if value not in bound), state)
    values = {name: escape.bounded(value, state) for name, value in values.items()}
    frame.parameters = values
    state.store[frame.id] = values

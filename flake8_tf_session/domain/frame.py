"""Frames: the executions of functions, class bodies and modules."""

from __future__ import annotations

from typing import Callable

from ..ir.nodes import Block, Function
from .exits import Exits
from .state import State
from .values import Class, Value


class Frame:
    """One execution of a function, class body or module.

    Attributes:
        id: The id of the call that made it, and the owner of its variables.
        chain: The chain of calls that its nodes continue: its id, but for a class body, which is
            executed where it stands.
        function: What is executed.
        module: The id of the frame of its module, which has the global names.
        closure: The ids of the enclosing functions' frames, inner first.
        owner: The class whose method it is, for ``super()``.
        receiver: The value of its first parameter, if it is a method's.
        parameters: The values that its caller passed, by parameter.
        blocks: The blocks being executed, inner last, each with the index of its statement.
        exits: The ways out of what is being executed.
        caller: The frame that called it; None for an entry's.
        is_class_body: Whether it executes the body of a class.
        is_entry: Whether the functions and classes that it defines are entries.
        on_yield: What a ``with`` statement runs where a context manager's function yields.
        visible: The frames whose variables a function defined here sees: not those of a class body.
    """

    __slots__ = (
        "blocks",
        "caller",
        "chain",
        "closure",
        "exits",
        "function",
        "id",
        "is_class_body",
        "is_entry",
        "module",
        "on_yield",
        "owner",
        "parameters",
        "receiver",
        "visible",
    )

    def __init__(
        self,
        id: int,
        function: Function,
        module: int,
        closure: tuple[int, ...] = (),
        owner: Class | None = None,
        receiver: Value | None = None,
    ) -> None:
        self.id = id
        self.chain = id
        self.function = function
        self.module = module
        self.closure = closure
        self.owner = owner
        self.receiver = receiver
        self.parameters: dict[str, Value] = {}
        self.blocks: list[tuple[Block, int]] = []
        self.exits = Exits([])
        self.on_yield: OnYield | None = None
        self.caller: Frame | None = None
        self.is_entry = False
        self.is_class_body = owner is not None and function is owner.definition.scope
        self.visible = closure if self.is_class_body else (id, *closure)


# What runs where a context manager's function yields a value.
OnYield = Callable[[State, Value, Frame], list[State]]

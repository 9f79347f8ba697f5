"""What an expression can be known to be: the abstract values of the interpreter.

Values are immutable and hashable. What changes along a path (a config's growth, an instance's
attributes, whether a session is closed) is kept by the path's `State` under the value's ``id``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Union

from ..ir.nodes import ClassDef, Function
from ..tensorflow.vocabulary import role
from ..text.folders import Module as Module
from .objects import Config as Config
from .objects import Context as Context
from .objects import DeviceCount as DeviceCount
from .objects import Graph as Graph
from .objects import Keras as Keras
from .objects import Options as Options
from .objects import Saver as Saver
from .objects import Session as Session
from .objects import Supervisor as Supervisor
from .records import Record

# What a value may weigh. One with parts weighs twice what they do: it is a few deep at most, and
# however often it holds the same part, comparing it costs little.
WEIGHT_LIMIT = 2_000


class Compound(Record):
    """A value that consists of others."""

    @property
    def parts(self) -> Iterable[Value | None]:
        """The values that it consists of."""
        raise NotImplementedError  # pragma: no cover - each kind has its own

    @cached_property
    def weight(self) -> int:
        """How much it costs to compare it with another."""
        parts = self.parts
        return 2 + 2 * sum(part.weight if isinstance(part, Compound) else 1 for part in parts)


class Unknown(Record):
    """A value that can't be known. ``fact`` is what is known about it all the same:

    ``"true"``, ``"false"`` or ``"not None"``, as a branch told on this path; ``"maybe None"``, if
    it is None on one of the paths that were joined; ``"manager"``, if entering it may enter a
    session; ``"earlier"``, if it is a session that there was before the flow; or nothing.
    """

    fact: str = ""


UNKNOWN = Unknown()
TRUE = Unknown("true")
FALSE = Unknown("false")
NOT_NONE = Unknown("not None")
MAYBE_NONE = Unknown("maybe None")
MANAGER = Unknown("manager")
EARLIER = Unknown("earlier")


class Const(Record):
    """A constant: None, a bool, a number or a string."""

    value: bool | int | float | complex | str | bytes | None


NONE = Const(None)


class External(Record):
    """Something imported, by its dotted name as the file spells it."""

    dotted: str


class Imported(Record):
    """A name of another module of the project, which is looked up when it is needed."""

    module: Module
    name: str


class Creator(Compound):
    """A session creator (``ChiefSessionCreator``) with the config it was given, and that of the
    server whose devices it uses, if it has a target.
    """

    config: Value
    server: Value | None

    @property
    def parts(self) -> Iterable[Value]:
        return (self.config,)


class Thread(Compound):
    """A thread, or process to be forked (``forks``), before its start: function and arguments."""

    target: Value
    arguments: Arguments
    forks: bool = False

    @property
    def parts(self) -> Iterable[Value]:
        return (self.target, *self.arguments.values())


class Executor(Record):
    """A pool of threads, or of forked processes (``forks``)."""

    forks: bool = False


class Server(Record):
    """A ``tf.train.Server``, with the config whose devices it has (None, or unknown)."""

    id: int
    config: Value


class Target(Record):
    """The ``target`` of a server: a session that has it uses the server's devices."""

    config: Value


class ExitStack(Record):
    """A ``contextlib.ExitStack``: where it was created."""

    id: int


class GlobalVariables(Record):
    """What ``global_variables()`` returns: all variables of a graph, as far as there are any.

    ``ids`` are the creations whose weights are among them.
    """

    graph: Value
    ids: frozenset[int]


class Initializer(Record):
    """An operation that initialises all variables of a graph: running it overwrites them.

    ``ids`` are the creations whose weights it knows: no later ones.
    """

    graph: Value
    ids: frozenset[int]


class LambdaCallback(Compound):
    """A ``LambdaCallback``, with the functions that it was given."""

    hooks: Arguments

    @property
    def parts(self) -> Iterable[Value]:
        return self.hooks.values()


class Sequence(Compound):
    """A list or tuple whose elements are known."""

    items: tuple[Value, ...]
    is_list: bool

    @property
    def parts(self) -> Iterable[Value]:
        return self.items


class Mapping(Compound):
    """A dict whose values are known; a key that is not is unknown.

    Tensors are keys of what is fed to a session.
    """

    items: tuple[tuple[Const | Keras | Member | Unknown, Value], ...]

    @property
    def parts(self) -> Iterable[Value]:
        return [value for _, value in self.items]

    @property
    def named(self) -> tuple[tuple[str, Value], ...]:
        """What is under strings: the keyword arguments that it is as ``**`` of a call."""
        pairs = ((getattr(key, "value", None), value) for key, value in self.items)
        return tuple((key, value) for key, value in pairs if isinstance(key, str))

    def get(self, key: str) -> Value | None:
        """The value under a string key, None if there is none."""
        return next((value for name, value in self.items if name == Const(key)), None)


# Wrappers that are executed when the attribute is read.
PROPERTIES = ("property", "cached property")


class Routine(Compound):
    """A function of the project: its module's frame, its closure's frames (inner first), its class
    and its defaults.
    """

    function: Function
    module: int
    frames: tuple[int, ...]
    owner: Class | None
    defaults: tuple[Value | None, ...]
    wrapper: str = ""

    @property
    def parts(self) -> Iterable[Value | None]:
        return self.defaults

    def wrapped(self, wrapper: str) -> Routine:
        """The same function as a property, classmethod, staticmethod or contextmanager."""
        return self.but(wrapper=wrapper)


class Class(Record):
    """A class of the project; ``bases`` are values, of which some may be unknown."""

    id: int
    definition: ClassDef
    bases: tuple[Value, ...]

    def __hash__(self) -> int:
        return self.id

    @cached_property
    def mro(self) -> tuple[Class, ...]:
        """The classes of the project in its method resolution order (C3), itself first."""
        parents = [base for base in self.bases if isinstance(base, Class)]
        if len(parents) == 1:
            return (self, *parents[0].mro)
        sequences = [list(parent.mro) for parent in parents] + [parents]
        result = [self]
        while any(sequences):
            sequences = [sequence for sequence in sequences if sequence]
            heads = (
                sequence[0]
                for sequence in sequences
                if not any(sequence[0] in other[1:] for other in sequences)
            )
            head = next(heads, None)
            if head is None:
                return (self,)
            result.append(head)
            for sequence in sequences:
                if sequence[0] == head:
                    del sequence[0]
        return tuple(result)

    @cached_property
    def outer_bases(self) -> tuple[Value, ...]:
        """The bases of the classes in its order that are no classes of the project."""
        return tuple(
            base for each in self.mro for base in each.bases if not isinstance(base, Class)
        )

    @cached_property
    def keras_base(self) -> tuple[str, str] | None:
        """The kind and dotted name of the model or layer of Keras that it derives from, if any."""
        for base in self.outer_bases:
            if isinstance(base, External):
                known = role(base.dotted)
                if known is not None and known.kind in ("model", "layer"):
                    return known.kind, base.dotted
        return None

    @property
    def keras_kind(self) -> str | None:
        """``"model"`` or ``"layer"`` if it derives from one of Keras, else None."""
        return None if self.keras_base is None else self.keras_base[0]


class Instance(Record):
    """An object of a class of the project."""

    id: int
    cls: Class


class Method(Compound):
    """A function or external method bound to its receiver."""

    function: Routine
    receiver: Value

    @property
    def parts(self) -> Iterable[Value]:
        return (self.function, self.receiver)


class Member(Compound):
    """An attribute of a session, config, options, model … that may be called: ``model.fit``."""

    of: Value
    name: str

    @property
    def parts(self) -> Iterable[Value]:
        return (self.of,)


class Partial(Compound):
    """A callable with some of its arguments: ``functools.partial(work, model)``."""

    callee: Value
    arguments: Arguments

    @property
    def parts(self) -> Iterable[Value]:
        return (self.callee, *self.arguments.values())


class Super(Record):
    """``super()``: attributes are looked up behind ``cls`` in the receiver's class."""

    cls: Class
    receiver: Value


class Suspended(Compound):
    """A call of a generator function: one of a manager is run when a ``with`` statement enters it,
    any other where something is known to consume it.
    """

    function: Routine
    receiver: Value | None
    arguments: Arguments
    call: int

    @property
    def parts(self) -> Iterable[Value | None]:
        return (self.function, self.receiver, *self.arguments.values())

    @property
    def is_manager(self) -> bool:
        """Whether it is a context manager."""
        return self.function.wrapper == "contextmanager"


class Arguments(Record):
    """The values of a call's arguments; ``complete`` is False where a star hides some."""

    positional: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]
    complete: bool

    def get(self, name: str, position: int | None = None) -> Value | None:
        """The value of a parameter by keyword or position; None where it was not given.

        UNKNOWN where a ``*`` or ``**`` argument may hold it.
        """
        for keyword, value in self.keywords:
            if keyword == name:
                return value
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return None if self.complete else UNKNOWN

    def followed_by(self, others: Arguments) -> Arguments:
        """These arguments, and then others."""
        return Arguments(
            self.positional + others.positional,
            self.keywords + others.keywords,
            self.complete and others.complete,
        )

    def values(self) -> tuple[Value, ...]:
        """All values that were passed."""
        if not self.keywords:
            return self.positional
        return (*self.positional, *[value for _, value in self.keywords])


ANY_ARGUMENTS = Arguments((), (), complete=False)
NO_ARGUMENTS = Arguments((), (), complete=True)

Value = Union[
    Unknown,
    Const,
    External,
    Module,
    Imported,
    Session,
    Graph,
    Context,
    Config,
    Options,
    DeviceCount,
    Creator,
    Thread,
    Executor,
    Server,
    Target,
    ExitStack,
    Supervisor,
    GlobalVariables,
    Initializer,
    Saver,
    Keras,
    LambdaCallback,
    Sequence,
    Mapping,
    Routine,
    Class,
    Instance,
    Method,
    Member,
    Partial,
    Super,
    Suspended,
]

KnownOrNot = Union[Session, Unknown]

"""Records: immutable values with named fields, equal to those of the same class with equal fields.

They are what frozen dataclasses are, but cost much less to define, to compare and to hash: an
editor starts the linter anew at each keystroke, and defining some dozens of dataclasses takes as
long then as the analysis of a file.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from typing_extensions import Self, dataclass_transform
else:

    def dataclass_transform(**_: bool) -> Any:
        """What tells type checkers of the fields."""
        return lambda cls: cls


@dataclass_transform(frozen_default=True)
class Record(tuple):  # type: ignore[type-arg]
    """The base of all records: a tuple of the fields, which ends with the class."""

    __slots__ = ()
    _names: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        names = cls._names = tuple(vars(cls).get("__annotations__", ()))
        cls._defaults = {name: vars(cls)[name] for name in names if name in vars(cls)}
        for index, name in enumerate(names):
            setattr(cls, name, property(itemgetter(index)))

    def __new__(cls, *fields: Any, **named: Any) -> Self:
        """A record of some fields; the last ones by name, or left to their defaults."""
        if len(fields) != len(cls._names):
            rest = cls._names[len(fields) :]
            named = {**cls._defaults, **named}
            fields += tuple(named[name] for name in rest)
        return tuple.__new__(cls, (*fields, cls))

    def but(self, **changed: Any) -> Self:
        """The same with other values of some fields."""
        fields = dict(zip(self._names, self), **changed)
        return self.__class__(**fields)

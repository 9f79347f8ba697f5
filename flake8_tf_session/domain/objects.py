"""Values that are objects of TensorFlow's and Keras' own, known by their ids alone."""

from __future__ import annotations

from .records import Record


class Session(Record):
    """A session: where it was created, or the implicit one of a generation (a negative id)."""

    id: int


class Graph(Record):
    """A graph; the default graphs have negative ids."""

    id: int


class Context(Record):
    """What ``as_default()`` returns: entering it makes the session or graph the default."""

    of: Session | Graph


class Config(Record):
    """A ``ConfigProto``."""

    id: int


class Options(Record):
    """A ``GPUOptions``; ``config`` is the id of the config that it is part of, if it is."""

    id: int
    config: int | None = None


class DeviceCount(Record):
    """The ``device_count`` of a config."""

    config: int


class Supervisor(Record):
    """A ``tf.train.Supervisor``."""

    id: int


class Saver(Record):
    """A ``tf.train.Saver``.

    Attributes:
        ids: The creations whose weights it saves and restores.
        names_them: Whether it was given them, and not whatever variables there are.
    """

    ids: frozenset[int]
    names_them: bool


class Keras(Record):
    """A Keras layer, model, a tensor made by them, or a part of one (``model.layers``).

    ``ids`` are the creations whose weights it has. Running a ``"tensor"`` needs those of all of
    them, and running what is ``"training"`` trains them; of a ``"part"`` nothing more is known.
    """

    ids: frozenset[int]
    kind: str

"""Which session names a version of TensorFlow lacks, and what works there instead.

The tables were read off the live namespaces, as those of the vocabulary were.
"""

from __future__ import annotations

Version = tuple[int, int]

# Since TensorFlow 2.0 these exist under `tf.compat.v1` alone.
COMPAT_ONLY = frozenset(
    """
    ConfigProto GPUOptions InteractiveSession Session all_variables disable_eager_execution
    disable_v2_behavior get_default_graph get_default_session global_variables
    global_variables_initializer initialize_all_variables initialize_variables
    reset_default_graph train.ChiefSessionCreator train.MonitoredSession
    train.MonitoredTrainingSession train.SingularMonitoredSession train.Supervisor
    train.WorkerSessionCreator variables_initializer
    """.split()
)
# These were in the `keras.backend` of TensorFlow 1.
REMOVED_FROM_BACKEND = ("get_session", "set_session")
_LEGACY = "tf.compat.v1.keras.backend.{name}() with the package tf_keras and TF_USE_LEGACY_KERAS=1"

# Code that has none of these words lacks nothing.
WORDS = frozenset(name.rpartition(".")[2] for name in COMPAT_ONLY) | {
    *REMOVED_FROM_BACKEND,
    "contrib",
}

# From these versions on Keras 2 is in `tf.compat.v1.keras` alone, and Keras 3 has no sessions.
_TENSORFLOW_2 = (2, 0)
_KERAS_3 = (2, 16)
# Modules of the package keras that had them, and since when TensorFlow comes with one that has not.
_REMOVED_FROM_KERAS = {
    "keras.backend": (2, 13),
    "keras.backend.tensorflow_backend": (2, 6),
}


def replacement(dotted: str, target: Version) -> str | None:
    """What a version has in the place of a name; None if it has the name itself.

    Args:
        dotted: The name as the file spells it, with aliases resolved: ``tensorflow.Session``.
        target: The version of TensorFlow, ``(2, 15)``.
    """
    if target < _TENSORFLOW_2:
        return None
    package, _, name = dotted.rpartition(".")
    since = _REMOVED_FROM_KERAS.get(package)
    if name in REMOVED_FROM_BACKEND and since is not None and target >= since:
        return _of_backend(name, target)
    if not dotted.startswith("tensorflow."):
        return None
    path = dotted[len("tensorflow.") :]
    if path in COMPAT_ONLY:
        return f"tf.compat.v1.{path}"
    module, _, name = path.rpartition(".")
    if name in REMOVED_FROM_BACKEND and module in ("keras.backend", "compat.v1.keras.backend"):
        is_compat = module.startswith("compat") and target < _KERAS_3
        return None if is_compat else _of_backend(name, target)
    if path.startswith("contrib.keras."):
        return "tf.compat.v1." + path[len("contrib.") :]
    return None


def _of_backend(name: str, target: Version) -> str:
    """What a version has in the place of a function of Keras' backend."""
    if target >= _KERAS_3:
        return _LEGACY.format(name=name)
    return f"tf.compat.v1.keras.backend.{name}"


def parse(text: str) -> Version:
    """A version of TensorFlow from its text, ``2.15`` or ``2.15.1``.

    Raises:
        ValueError: it is none.
    """
    parts = text.split(".")
    if len(parts) < 2 or not all(part.isdigit() for part in parts):
        raise ValueError(f"{text!r} is not a version of TensorFlow such as 2.15")
    return int(parts[0]), int(parts[1])

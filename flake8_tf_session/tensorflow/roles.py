"""What a dotted name of TensorFlow, Keras or Python is: its one spelling, and its role."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from .handlers import HANDLER_CLASSES, HANDLER_KINDS
from .keras_names import (
    APPLICATIONS,
    BACKEND_SESSIONS,
    BACKEND_WEIGHTS,
    COMPUTING_MODULES,
    ESTIMATORS,
    LAYER_FUNCTIONS,
    LAYERS,
    MODEL_FUNCTIONS,
    MODELS,
    WEIGHTS_POSITIONS,
)
from .python_names import PYTHON_KINDS
from .tensorflow_names import (
    CREATORS,
    EAGER_MODE,
    GRAPH_MODE,
    KINDS,
    LIBRARIES,
    METHOD_KINDS,
    PREFIXES,
    SERVERS,
    SESSIONS,
    SUBMODULES,
    TARGETS,
    VERSION_1,
    WITHOUT_VARIABLES,
)

# What is done with sessions and graphs in programs that have them.
_OF_GRAPH_MODE = (
    "creator",
    "default graph",
    "default session",
    "get_session",
    "graph",
    "monitored session",
    "server",
    "session",
    "set_session",
    "supervisor",
)
# The modules of Keras, by the first part of their names, that have models and that have layers.
_OF_MODELS = ("", "engine", "models", "legacy", "saving")
_OF_LAYERS = ("layers", "engine", "legacy", "experimental")


class Role(NamedTuple):
    """What a name is: its kind, its last name, and the position of the argument that counts.

    ``target`` is that of the server whose devices a session uses.
    """

    kind: str
    name: str
    position: int = 0
    target: int = 0


@lru_cache(maxsize=4096)
def canonical(dotted: str) -> str:
    """The one spelling of a dotted name: ``keras.…`` for every Keras, ``tensorflow.…`` without
    ``compat.v1``.
    """
    found = dotted.partition(".")[0] in LIBRARIES
    while found:
        found = False
        for prefix, replacement in PREFIXES:
            if dotted == prefix or dotted.startswith(prefix + "."):
                dotted = replacement + dotted[len(prefix) :]
                found = True
                break
    return dotted


def is_keras(dotted: str) -> bool:
    """Whether a dotted name is Keras or something in it."""
    return canonical(dotted).partition(".")[0] == "keras"


def is_computing(dotted: str) -> bool:
    """Whether a dotted name is a module of Keras whose functions only compute something."""
    top, _, rest = canonical(dotted).partition(".")
    return top == "keras" and rest in COMPUTING_MODULES


def is_tensorflow(dotted: str) -> bool:
    """Whether a dotted name is TensorFlow or something in it, but not in Keras."""
    return canonical(dotted).partition(".")[0] == "tensorflow"


def is_version_1(dotted: str) -> bool:
    """Whether a dotted name, as it is spelled, is one that only TensorFlow 1 has."""
    parts = dotted.split(".")
    return parts[0] == "tensorflow" and any(
        ".".join(parts[1 : count + 2]) in VERSION_1 for count in range(min(len(parts) - 1, 3))
    )


def is_of_graph_mode(dotted: str) -> bool:
    """Whether a program that uses a name, as it is spelled, runs in graph mode: it leaves eager
    execution, makes a session or a graph, or is one of TensorFlow 1.
    """
    known = role(dotted)
    return (
        dotted.rpartition(".")[2] in GRAPH_MODE
        or (known is not None and known.kind in _OF_GRAPH_MODE)
        or is_version_1(dotted)
    )


def proves_graph_mode(dotted: str) -> bool:
    """Whether a program that uses a name, as it is spelled, can't run eagerly: it leaves eager
    execution, or is one of TensorFlow 1. One of TensorFlow 2 may have sessions that Keras ignores.
    """
    return dotted.rpartition(".")[2] in GRAPH_MODE or is_version_1(dotted)


def enters_eager(dotted: str) -> bool:
    """Whether a program that uses a name runs TensorFlow 1 eagerly."""
    return dotted.rpartition(".")[2] in EAGER_MODE


def is_foreign(dotted: str) -> bool:
    """Whether a dotted name is of a library of which no name means anything here."""
    return dotted.partition(".")[0] not in _KNOWN_LIBRARIES


_KNOWN_LIBRARIES = {
    *LIBRARIES,
    *(dotted.partition(".")[0] for dotted in (*PYTHON_KINDS, *HANDLER_KINDS, *HANDLER_CLASSES)),
}


@lru_cache(maxsize=4096)
def role(dotted: str) -> Role | None:
    """What a dotted name is, None if it means nothing here."""
    parts = canonical(dotted).split(".")
    name = parts[-1]
    if parts[0] == "keras":
        return _keras_role(parts[1:-1], name)
    if parts[0] == "tensorflow":
        return _tensorflow_role(".".join(parts[1:]), name)
    kind = PYTHON_KINDS.get(dotted)
    if kind is None and dotted in HANDLER_KINDS:
        kind = HANDLER_KINDS[dotted][0]
    return None if kind is None else Role(kind, name)


def is_module_member(module: str, name: str) -> bool:
    """Whether a star import of ``module`` is known to bring ``name``."""
    root = canonical(module).split(".")[0]
    if root not in ("keras", "tensorflow"):
        return False
    top = canonical(module)
    return (
        role(f"{module}.{name}") is not None
        or (name in SUBMODULES and top in ("keras", "tensorflow"))
        or (name in WITHOUT_VARIABLES and top == "tensorflow")
    )


def _keras_role(path: list[str], name: str) -> Role | None:
    """What a name is that stands in a module of Keras, whose name may end in a class."""
    if path and path[-1] in LAYERS | MODELS and name == "from_config":
        return _keras_role(path[:-1], path[-1])
    if any(part != part.lower() for part in path):
        # `keras.layers.core.K` and the like are no modules of layers but what these import.
        return None
    section = path[0] if path else ""
    if section == "backend":
        return _backend_role(name) if len(path) == 1 else None
    if section == "applications":
        return _application_role(name)
    if section == "callbacks":
        return Role("lambda callback", name) if name == "LambdaCallback" else None
    if section == "utils":
        return Role("model", name) if name == "multi_gpu_model" else None
    if section == "wrappers":
        return Role("estimator", name) if name in ESTIMATORS else None
    return _model_role(section, name) or _layer_role(section, name)


def _backend_role(name: str) -> Role | None:
    if name in BACKEND_SESSIONS:
        return Role(name, name)
    return Role("backend weights", name) if name in BACKEND_WEIGHTS else None


def _application_role(name: str) -> Role | None:
    if name not in APPLICATIONS:
        return None
    families = [family for family in WEIGHTS_POSITIONS if name.startswith(family)]
    position = WEIGHTS_POSITIONS[max(families, key=len)] if families else 1
    return Role("application", name, position)


def _model_role(section: str, name: str) -> Role | None:
    """What a name is as one of models: a class, a function that makes or loads one."""
    if name in MODELS and section in (*_OF_MODELS, "experimental"):
        return Role("model", name)
    if section == "" or section not in _OF_MODELS:
        return None
    if name in MODEL_FUNCTIONS:
        return Role("model", name)
    return Role(name, name) if name in ("load_model", "save_model") else None


def _layer_role(section: str, name: str) -> Role | None:
    """What a name is as one of layers: a class, or a function that makes or applies one."""
    if name in LAYERS and section in _OF_LAYERS:
        return Role("layer", name)
    if name in LAYER_FUNCTIONS and section in _OF_LAYERS and section != "experimental":
        return Role("layer", name)
    is_base = name in ("Input", "Layer", "InputLayer")
    return Role("layer", name) if is_base and section in _OF_MODELS else None


def _tensorflow_role(path: str, name: str) -> Role | None:
    if path in SESSIONS:
        return Role("session", name, SESSIONS[path], TARGETS.get(path, 0))
    if path in CREATORS:
        return Role("creator", name, CREATORS[path], TARGETS[path])
    if path in SERVERS:
        return Role("server", name, SERVERS[path])
    kind = KINDS.get(path) or METHOD_KINDS.get(path.replace("()", ""))
    return None if kind is None else Role(kind, name)

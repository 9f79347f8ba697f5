"""The linter's vocabulary is that of the live namespaces, which `namespaces.csv` holds.

`scripts/evidence.py` writes the file from every version of TensorFlow; the tests marked
`tensorflow` compare its columns with the version installed here. Each table of names is compared
as a whole: one that no comparison covers fails, and so does a table that stands elsewhere.
"""

from __future__ import annotations

import ast
import csv
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from server import Server

import flake8_tf_session
from flake8_tf_session import tensorflow as folder
from flake8_tf_session.tensorflow import keras_names, tensorflow_names, vocabulary
from flake8_tf_session.tensorflow.vocabulary import role

HERE = Path(__file__).parent
PACKAGE = Path(flake8_tf_session.__file__).parent
with (HERE / "namespaces.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))
COLUMNS = [title for title in ROWS[0] if title not in ("kind", "name")]

NO_OBJECTS = frozenset(
    """
    deserialize deserialize_keras_object disable_v2_dtype_behavior enable_v2_dtype_behavior has_arg
    serialize to_list
    """.split()
)
"""Public functions of keras.layers and keras.models that create no layer or model."""

ELSEWHERE = frozenset(
    """
    Functional Merge float int keras._v1.keras keras._v2.keras map
    python.framework.graph_util.convert_variables_to_constants
    python.framework.graph_util_impl.convert_variables_to_constants
    python.framework.ops.reset_default_graph
    python.saved_model.builder.SavedModelBuilder.add_meta_graph_and_variables
    python.saved_model.simple_save.simple_save
    python.training.saver.Saver tensorflow.contrib.keras.python.keras
    tensorflow.python.keras._impl.keras zip
    """.split()
)
"""Known names that are public in none of these versions: private ones, those of older versions, and
what modules without a list of their public names import from Python's.
"""

MAY_HOLD_WEIGHTS = frozenset({"Attention", "Layer", "RandomFlip"})
"""Layers that have none by default: an option, a subclass or a generator gives them some."""

ROLES = {
    "layer": {"layer"},
    "model": {"model"},
    "layer function": {"layer"},
    "model function": {"layer", "model", "load_model", "save_model"},
    "application": {"application"},
    "backend": {"backend weights", "clear_session", "get_session", "set_session"},
    "session": {"session", "creator", "monitored session", "server"},
}
"""The kind of a live name → the roles that the linter may give it."""


def live(kind: str) -> list[dict[str, str]]:
    """The rows of a kind."""
    return [row for row in ROWS if row["kind"] == kind]


def last_names(kind: str) -> set[str]:
    """The last parts of the names of a kind."""
    return {row["name"].rpartition(".")[2] for row in live(kind)}


def positions(row: dict[str, str]) -> dict[str, int]:
    """The position of the argument that counts, where the signature tells it.

    Keras 3 doesn't count: it has no sessions.
    """
    titles = [title for title in COLUMNS if not title.endswith("Keras 3")]
    return {title: int(row[title]) for title in titles if row[title].isdigit()}


@pytest.mark.parametrize(
    "kind",
    ["layer", "model", "layer function", "model function", "application", "backend"],
)
def test_every_public_name_is_known(kind: str) -> None:
    unknown = {}
    for row in live(kind):
        found = role(row["name"])
        if (found is None or found.kind not in ROLES[kind]) and (
            row["name"].rpartition(".")[2] not in NO_OBJECTS
        ):
            unknown[row["name"]] = found
    assert not unknown


def test_sessions_are_known_with_the_position_of_their_config() -> None:
    for row in live("session"):
        path = row["name"].split(".")
        if "Supervisor" in path:
            known: int | None = tensorflow_names.SUPERVISOR_METHODS[path[-1]]
        else:
            found = role(row["name"])
            assert found is not None, row["name"]
            assert found.kind in ROLES["session"], row["name"]
            known = found.position
        assert set(positions(row).values()) == {known}, row["name"]


def test_sessions_are_known_with_the_position_of_their_target() -> None:
    for row in live("target"):
        name, _, parameter = row["name"].rstrip(")").partition("(")
        known = role(name)
        # A supervisor's methods have it first.
        found = 0 if known is None else known.target
        assert set(positions(row).values()) == {found}, row["name"]
        is_default = known is not None and known.name in ("Session", "InteractiveSession")
        assert parameter == ("target" if is_default else "master"), row["name"]


def test_methods_are_known_with_the_position_of_their_callbacks() -> None:
    for row in live("callbacks"):
        name = row["name"].partition("(")[0].rpartition(".")[2]
        assert set(positions(row).values()) == {keras_names.CALLBACK_METHODS[name]}, row["name"]


def test_names_of_version_1_are_in_no_other() -> None:
    rows = {row["name"]: row for row in live("TensorFlow 1")}

    assert {name[len("tf.") :] for name in rows} == tensorflow_names.VERSION_1
    for name, row in rows.items():
        assert {title for title in COLUMNS if row[title]} == {*COLUMNS[:2]}, name
        assert vocabulary.is_version_1(f"tensorflow.{name[3:]}.deeper")
        assert not vocabulary.is_version_1(f"tensorflow.compat.v1.{name[3:]}")


def test_applications_are_known_with_the_position_of_their_weights() -> None:
    wrong = {}
    for row in live("application"):
        found = role(row["name"])
        assert found is not None, row["name"]
        if not set(positions(row).values()) <= {found.position}:
            wrong[row["name"]] = (positions(row), found.position)
    assert not wrong


class Comparison(NamedTuple):
    """With which live names a table is compared.

    Attributes:
        kinds: Their kinds; all, where there are none.
        prefix: What the table's names lack in front; None where they are last names alone.
    """

    kinds: tuple[str, ...] = ()
    prefix: str | None = None


COMPARISONS = {
    # keras_names
    "APPLICATIONS": Comparison(("application",)),
    "BACKEND_BUILTINS": Comparison(("backend", "builtin"), "keras.backend."),
    "BACKEND_SESSIONS": Comparison(("backend",), "keras.backend."),
    "BACKEND_WEIGHTS": Comparison(("backend",), "keras.backend."),
    "CONSUMING_METHODS": Comparison(("method",), "keras.Model."),
    "CALLBACK_METHODS": Comparison(("method",), "keras.Model."),
    "DESCRIBING_METHODS": Comparison(("method",), "keras.Model."),
    "ESTIMATORS": Comparison(("estimator",), "keras.wrappers.scikit_learn."),
    "ESTIMATOR_METHODS": Comparison(("estimator",)),
    "FUNCTION_OF": Comparison(("attribute", "method"), "keras.Model."),
    "GIVING_METHODS": Comparison(("method",), "keras.Model."),
    "KEEPING_METHODS": Comparison(("method",), "keras.Model."),
    "KERAS_METHODS": Comparison(("method",), "keras.Model."),
    "LAMBDA_HOOKS": Comparison(("hook",), "keras.callbacks.LambdaCallback."),
    "LAYERS": Comparison(("layer",)),
    "LAYER_FUNCTIONS": Comparison(("layer function",)),
    "MODELS": Comparison(("model",)),
    "MODEL_FUNCTIONS": Comparison(("model function",)),
    "OTHER_METHODS": Comparison(("method",), "keras.Model."),
    "PLAIN_ATTRIBUTES": Comparison(("attribute",), "keras.Model."),
    "READING_METHODS": Comparison(("method",), "keras.Model."),
    "RUN_ATTRIBUTES": Comparison(("attribute",)),
    "SHAPED_LAYERS": Comparison(("layer", "layer function")),
    "TENSOR_ATTRIBUTES": Comparison(("attribute",), "keras.Model."),
    "TRAINING_METHODS": Comparison(("method",), "keras.Model."),
    "VERSION_2_SPELLINGS": Comparison(("module",), ""),
    "WEIGHTLESS": Comparison(("layer", "layer function")),
    # tensorflow_names
    "ASSIGNING": Comparison(("member", "other")),
    "BUILTINS": Comparison(("backend", "builtin")),
    "CONFIG_CLASSES": Comparison(("other",), "tensorflow."),
    "CONFIG_POSITIONS": Comparison(("session",)),
    "CREATORS": Comparison(("session",), "tensorflow."),
    "EAGER_MODE": Comparison(("member",), "tensorflow."),
    "GRAPH_INITIALIZERS": Comparison(("member", "other"), "tensorflow."),
    "GRAPH_MODE": Comparison(("member",), "tensorflow."),
    "INITIALIZING": Comparison(("member", "other"), "tensorflow."),
    "KINDS": Comparison(("other", "session"), "tensorflow."),
    "LEAVES_EAGER": Comparison(("member",), "tensorflow."),
    "LIBRARIES": Comparison(("module",), ""),
    "METHOD_KINDS": Comparison(("member",), "tensorflow."),
    "PREFIXES": Comparison(("module",), ""),
    "RUNNING_METHODS": Comparison(("member",)),
    "SERVERS": Comparison(("session",), "tensorflow."),
    "SESSIONS": Comparison(("session",), "tensorflow."),
    "SESSION_READERS": Comparison(("member",)),
    "SETUP": Comparison(("backend", "other", "session")),
    "SHAPE_FUNCTIONS": Comparison(("member",)),
    "STATEFUL": Comparison(("backend", "member", "other", "session")),
    "SUBMODULES": Comparison(("module",)),
    "SUPERVISOR_METHODS": Comparison(("session",), "tensorflow.train.Supervisor."),
    "TARGETS": Comparison(("session",), "tensorflow."),
    "VARIABLE_WORDS": Comparison(("TensorFlow 1", "member")),
    "VERSION_1": Comparison(("TensorFlow 1",), "tf."),
    "WITHOUT_VARIABLES": Comparison(("member", "other")),
    # versions
    "COMPAT_ONLY": Comparison(("TensorFlow 1",), "tf."),
    "_REMOVED_FROM_KERAS": Comparison(("module",), ""),
    "REMOVED_FROM_BACKEND": Comparison(("TensorFlow 1",), "tf.keras.backend."),
    "WORDS": Comparison(("TensorFlow 1",)),
    # words
    "CONFIG_WORDS": Comparison(),
    "CREATING_WORDS": Comparison(),
    "ENDING_WORDS": Comparison(),
    "GROWTH_WORDS": Comparison(),
    "INITIALIZING_WORDS": Comparison(),
    "KERAS_WORDS": Comparison(),
    "ORDER_WORDS": Comparison(),
    "REACHED_WORDS": Comparison(),
    "REGISTERING_WORDS": Comparison(),
    "WEIGHT_WORDS": Comparison(),
}
"""Table of the vocabulary → the live names of which its names are some."""

NO_NAMES = frozenset(
    """
    APP_CLASSES COMPUTING_MODULES DEVICE_WORDS EXECUTOR_METHODS FALSE_NAMES FRAMEWORKS
    GENERATOR_PARAMETERS HANDLED_ATTRIBUTES HANDLER_CLASSES HANDLER_KINDS HANDLER_WORDS
    OTHER_THREAD_WORDS PROCESS_CLASSES PROCESS_METHODS PROCESS_WORDS PYTHON_KINDS REGISTRARS
    ROUTE_DECORATORS SHAPE_ARGUMENTS STACK_METHODS START_METHODS TASK_CLASSES TASK_DECORATORS
    TASK_WORDS TELLING_DECORATORS THREAD_CLASSES THREAD_LOCAL_WORDS THREAD_WORDS VERB_DECORATORS
    VIEWS WEIGHTS_POSITIONS WINDOW_TOOLKITS _APP_OBJECTS _BROAD _FLASK _FUNCTION_USERS
    _KNOWN_LIBRARIES _OF_GRAPH_MODE _OF_LAYERS _OF_MODELS _PACKAGES _TELLING _VERBS __all__
    """.split()
)
"""Tables that hold no names of TensorFlow or Keras: those of Python and of the linter, parts."""


def tables() -> Iterator[tuple[str, Any]]:
    """The tables of the vocabulary's modules."""
    for module in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
        for name, value in vars(import_module(module.name)).items():
            is_table = isinstance(value, (dict, frozenset, list, set, tuple))
            if is_table and any(isinstance(each, (str, tuple)) for each in value):
                yield name, value


TABLES = {name: value for name, value in tables() if name != "__builtins__"}


def test_every_table_is_compared() -> None:
    assert set(TABLES) == {*COMPARISONS, *NO_NAMES}


@pytest.mark.parametrize("table", COMPARISONS)
def test_every_known_name_is_public_somewhere(table: str) -> None:
    kinds, prefix = COMPARISONS[table]
    rows = [row["name"] for row in ROWS if not kinds or row["kind"] in kinds]
    names = (each if isinstance(each, str) else each[0] for each in TABLES[table])
    known = set(names) - ELSEWHERE
    if prefix is None:
        assert known - {name.rpartition(".")[2] for name in rows} == set()
    else:
        assert {prefix + name.rstrip(".") for name in known} - set(rows) == set()


def test_families_of_applications_are_some() -> None:
    for family in keras_names.WEIGHTS_POSITIONS:
        assert any(name.startswith(family) for name in last_names("application")), family


def named(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """The tables of a module, by name, with the words that its text has for them."""
    for statement in tree.body:
        if isinstance(statement, (ast.AnnAssign, ast.Assign)) and statement.value is not None:
            strings = (
                each.value
                for each in ast.walk(statement.value)
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )
            yield (
                ast.unparse(statement).partition(" =")[0],
                {word for string in strings for word in string.split()},
            )


def test_no_names_stand_elsewhere() -> None:
    """Of names that can be nothing but TensorFlow's or Keras', no table outside has two."""
    names = {row["name"].rpartition(".")[2] for row in ROWS if row["kind"] != "builtin"}
    telling = {name for name in names if "_" in name.strip("_") or name != name.lower()}
    # The kinds of role that are called as what has them.
    telling -= set(keras_names.BACKEND_SESSIONS) | {"load_model", "save_model"}
    found = {
        f"{path.relative_to(PACKAGE)}: {table}": words & telling
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.parent.name != "tensorflow"
        for table, words in named(ast.parse(path.read_text(encoding="utf-8")))
        if len(words & telling) > 1
    }
    assert found == {}


def test_every_other_name_of_tensorflow_exists_in_every_version() -> None:
    exist = {row["name"] for row in live("other") if all(row[title] for title in COLUMNS)}
    assert {row["name"] for row in live("other")} == exist


@pytest.mark.tensorflow
@pytest.mark.parametrize(("keras", "is_legacy"), [("tf_keras", "1"), ("Keras 3", "0")])
def test_this_tensorflow_has_the_names_of_its_column(
    tensorflow: Server, keras: str, is_legacy: str
) -> None:
    version = tensorflow.conditions[0].rpartition(" ")[2]
    column = next((title for title in COLUMNS if title == f"{version}, {keras}"), None)
    if column is None:
        pytest.skip(f"namespaces.csv has no column of TensorFlow {version} with {keras}")
    result = subprocess.run(
        [sys.executable, str(HERE / "namespaces.py")],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "TF_USE_LEGACY_KERAS": is_legacy},
    )
    names: dict[str, Any] = json.loads(result.stdout)
    seen = {
        (kind, name): "yes" if place is None else str(place)
        for name, (kind, place) in names.items()
    }
    assert seen == {(row["kind"], row["name"]): row[column] for row in ROWS if row[column]}


@pytest.mark.tensorflow
def test_layers_without_weights_are_known(tensorflow: Server) -> None:
    result = subprocess.run(
        [sys.executable, str(HERE / "weightless.py")],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "TF_USE_LEGACY_KERAS": "1"},
    )
    holds_weights: dict[str, bool] = json.loads(result.stdout)
    weightless = {name for name, holds in holds_weights.items() if not holds}
    functions = {name.lower() for name in weightless} & keras_names.LAYER_FUNCTIONS
    expected = (weightless - MAY_HOLD_WEIGHTS) | functions | {"Input"}
    assert expected == keras_names.WEIGHTLESS

"""The linter's vocabulary is that of the live namespaces, which `namespaces.csv` holds.

`scripts/evidence.py` writes the file from every version of TensorFlow; the test marked
`tensorflow` compares its column with the version installed here.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from server import Server

from flake8_tf_session.tensorflow import versions, vocabulary
from flake8_tf_session.tensorflow.vocabulary import role

HERE = Path(__file__).parent
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

ELSEWHERE = frozenset({"Functional", "Merge"})
"""Known names that are public in none of these versions: a private class, a layer of Keras 1."""

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
            known: int | None = vocabulary.SUPERVISOR_METHODS[path[-1]]
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


def test_names_of_version_1_are_in_no_other() -> None:
    rows = {row["name"]: row for row in live("TensorFlow 1")}

    assert {name[len("tf.") :] for name in rows} == vocabulary.VERSION_1
    for name, row in rows.items():
        assert {title for title in COLUMNS if row[title]} == {*COLUMNS[:2]}, name
        assert vocabulary.is_version_1(f"tensorflow.{name[3:]}.deeper")
        assert not vocabulary.is_version_1(f"tensorflow.compat.v1.{name[3:]}")


def test_names_that_a_version_lacks_are_of_version_1() -> None:
    assert versions._VERSION_1 <= vocabulary.VERSION_1


def test_applications_are_known_with_the_position_of_their_weights() -> None:
    wrong = {}
    for row in live("application"):
        found = role(row["name"])
        assert found is not None, row["name"]
        if not set(positions(row).values()) <= {found.position}:
            wrong[row["name"]] = (positions(row), found.position)
    assert not wrong


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        ("LAYERS", "layer"),
        ("LAYER_FUNCTIONS", "layer function"),
        ("MODEL_FUNCTIONS", "model function"),
        ("MODELS", "model"),
        ("APPLICATIONS", "application"),
        ("READING_METHODS", "method"),
        ("TRAINING_METHODS", "method"),
        ("GIVING_METHODS", "method"),
    ],
)
def test_every_known_name_is_public_somewhere(known: str, kind: str) -> None:
    assert getattr(vocabulary, known) - last_names(kind) - ELSEWHERE == set()


def test_every_other_name_of_tensorflow_exists_in_every_version() -> None:
    exist = {row["name"] for row in live("other") if all(row[title] for title in COLUMNS)}
    assert {row["name"] for row in live("other")} == exist
    known = {f"tensorflow.{name}" for name in vocabulary._TENSORFLOW if "python." not in name}
    assert known <= exist | {row["name"] for row in live("session")}


@pytest.mark.tensorflow
def test_this_tensorflow_has_the_names_of_its_column(tensorflow: Server) -> None:
    version = tensorflow.conditions[0].rpartition(" ")[2]
    column = next((title for title in COLUMNS if title == f"{version}, tf_keras"), None)
    if column is None:
        pytest.skip(f"namespaces.csv has no column of TensorFlow {version} with tf_keras")
    result = subprocess.run(
        [sys.executable, str(HERE / "namespaces.py")],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "TF_USE_LEGACY_KERAS": "1"},
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
    functions = {name.lower() for name in weightless} & vocabulary.LAYER_FUNCTIONS
    expected = (weightless - MAY_HOLD_WEIGHTS) | functions | {"Input"}
    assert expected == vocabulary.WEIGHTLESS

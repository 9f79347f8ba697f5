"""The runner sees everything that a program can do, and keeps programs apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from runner import claims, symptoms
from server import Server

pytestmark = pytest.mark.tensorflow


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("print('score:'); print(1.5)", ["predicts 1.5", "no session"]),
        ("print('no number')", ["predicts nothing", "no session"]),
        ("1 / 0", ["ZeroDivisionError", "no session"]),
        ("import sys; sys.exit(3)", ["SystemExit", "no session"]),
        ("import os; os.abort()", ["Crash", "no session"]),
        ("import os; os._exit(0)", ["Crash", "no session"]),
        ("import os; print(int(os.path.exists('left')))", ["predicts 0.0", "no session"]),
    ],
)
def test_however_a_program_ends(
    tensorflow: Server, tmp_path: Path, source: str, shown: list[str]
) -> None:
    assert symptoms(tensorflow.run(source, "program.py", str(tmp_path))) == shown


def test_no_program_sees_what_another_left(tensorflow: Server, tmp_path: Path) -> None:
    leave = """
import tensorflow as tf
tf.compat.v1.disable_eager_execution()
session = tf.compat.v1.InteractiveSession()
tf.constant(1.0)
print(len(session.graph.get_operations()))
"""
    for _ in range(2):
        seen = tensorflow.run(leave, "program.py", str(tmp_path))
        assert symptoms(seen) == ["predicts 1.0", "allow_growth True", "session not used"]


def test_the_witness_is_no_attribute_of_the_session(tensorflow: Server, tmp_path: Path) -> None:
    source = """
import tensorflow as tf
config = tf.compat.v1.ConfigProto()
session = tf.compat.v1.Session(config=config, graph=tf.Graph())
config.gpu_options.allow_growth = True
print(float(session._config.gpu_options.allow_growth))
"""
    seen = tensorflow.run(source, "program.py", str(tmp_path))
    assert symptoms(seen)[:2] == ["predicts 1.0", "allow_growth False"]


def test_a_fixture_must_say_what_it_shows(tmp_path: Path) -> None:
    program = tmp_path / "bad.py"
    program.write_text('"""A program."""\n')
    with pytest.raises(ValueError, match="no '# shows: "):
        claims(program)

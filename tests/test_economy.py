"""What the gate leaves out changes no finding, and work grows with the file, no faster."""

from __future__ import annotations

import ast
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from flake8_tf_session import Finding, Settings, check_source
from flake8_tf_session.ir import lower_statements
from flake8_tf_session.text import project
from flake8_tf_session.text.gate import ImportDepth, RelevantWords
from flake8_tf_session.text.source import Source
from tests.programs.generator import program

from .conftest import FIXTURES, SOURCES, Result, skip_newer_syntax
from .test_projects import PROJECTS

PATHS = [*SOURCES, *sorted(PROJECTS.rglob("*.py"))]

EVERYTHING = Settings(all_unregistered=True, target=(2, 15))
SESSION = "tf.compat.v1.keras.backend.set_session(tf.compat.v1.Session())"


def check(text: str, path: str, gated: bool) -> list[Finding]:
    """The findings of a text, without what an earlier check kept of other files."""
    project._KEPT.clear()
    with pytest.MonkeyPatch.context() as patch:
        if not gated:
            patch.setattr(RelevantWords, "import_depth", lambda *_: ImportDepth.ALL)
        return check_source(text, path, EVERYTHING)


MISSING_WORD = (
    "the gate leaves out what has a finding: a word is missing in `_relevant` (text/gate.py) or in"
    " `Settings.words`; see CONTRIBUTING.md, Add a rule"
)
RIGHT = """\
import tensorflow as tf
from tensorflow.keras import backend as K, layers


def build(sess):
    K.set_session(sess)
    return layers.Dense(1)
"""


@pytest.mark.parametrize("path", PATHS, ids=lambda path: "/".join(path.parts[-3:]))
def test_the_gate_changes_no_finding(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    skip_newer_syntax(path)

    expected = check(text, str(path), gated=False)
    assert check(text, str(path), gated=True) == expected, MISSING_WORD


@pytest.mark.parametrize("number", range(60))
def test_the_gate_changes_no_finding_of_random_programs(number: int) -> None:
    source = program(number)
    expected = check(source, "<string>", gated=False)
    assert check(source, "<string>", gated=True) == expected, MISSING_WORD


@pytest.fixture
def lowered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the functions whose bodies are lowered."""
    names: list[str] = []

    def lower(source: Source, tree: ast.FunctionDef, *rest: Any) -> Any:
        names.append(tree.name)
        return lower_body(source, tree, *rest)

    lower_body = lower_statements._lower_body
    monkeypatch.setattr(lower_statements, "_lower_body", lower)
    return names


def test_bodies_that_no_flow_enters_are_not_lowered(lowered: list[str]) -> None:
    text = f"import tensorflow as tf\n\ndef unused():\n    x = 1\n\ndef main():\n    {SESSION}\n"

    assert (7, "TFS201") in [(found.line, found.code) for found in check_source(text)]
    assert lowered == ["main"]


HARMLESS = {
    "methods with names of Keras": """\
        class Agent:
            def __init__(self):
                self.graph = tf.Graph()
                self.initializer = tf.keras.initializers.Zeros()
                self.load_model()
                self.predict()
        """,
    "Keras objects in a graph, and no weights": """\
        def build():
            with tf.Graph().as_default():
                return tf.keras.layers.Dense(1)
        """,
    "a building method, and no registration": """\
        def train(model):
            model._build_graph()
            with tf.Graph().as_default():
                return model
        """,
    "two functions, of which none does both": """\
        def build():
            return tf.keras.layers.Dense(1)

        def run(graph):
            with graph.as_default(), tf.Graph().as_default():
                return graph.predict()
        """,
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_can_have_no_finding_is_not_walked(text: str, lowered: list[str]) -> None:
    text = f"import tensorflow as tf\n\n{textwrap.dedent(text)}"

    assert check_source(text, options=Settings(follow_threads=False)) == []
    assert lowered == []


AGENT = """\
import tensorflow.compat.v1 as tf
from tensorflow.keras import layers


class Agent:
    def __init__(self):
        self.session = tf.Session()
        self.net = {net}

    def clear(self):
        tf.reset_default_graph()
"""


@pytest.mark.parametrize(
    ("net", "walked"), [("None", ["__init__"]), ("layers.Dense(1)", ["__init__", "clear"])]
)
def test_a_method_finds_nothing_of_its_class_but_keras_objects(
    net: str, walked: list[str], lowered: list[str]
) -> None:
    assert {found.code for found in check_source(AGENT.format(net=net))} == {"TFS201"}
    assert lowered == walked


def test_threads_are_followed_only_for_their_code(
    flake8: Callable[..., Result], lowered: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "threads.py"
    path.write_text((FIXTURES / "TFS401" / "job_queue" / "bad.py").read_text(encoding="utf-8"))

    assert flake8("--extend-ignore=TFS401,E501", str(path)).lines == []
    unselected = len(lowered)
    assert {line.code for line in flake8(str(path)).lines} == {"TFS401"}
    assert len(lowered) > 2 * unselected


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["plain.py"], ["right.py"]],
    ids=["version", "no TensorFlow", "right order"],
)
def test_libcst_is_imported_only_for_a_file_with_a_finding(
    arguments: list[str], tmp_path: Path
) -> None:
    (tmp_path / "plain.py").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "right.py").write_text(RIGHT, encoding="utf-8")
    program = (
        "import sys\nfrom flake8.main.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "sys.exit('libcst' in sys.modules)"
    )

    result = subprocess.run(
        [sys.executable, "-c", program, "--isolated", "-j1", *arguments], cwd=tmp_path, check=False
    )

    assert result.returncode == 0


# --- work, counted in calls -----------------------------------------------------------------------


def statements(count: int) -> str:
    """A file of many statements, classes and functions."""
    return "".join(
        f"class Model{number}:\n"
        "    def __init__(self, units):\n"
        "        config = tf.compat.v1.ConfigProto()\n"
        "        config.gpu_options.allow_growth = True\n"
        "        self.session = tf.compat.v1.Session(config=config)\n"
        "        tf.compat.v1.keras.backend.set_session(self.session)\n"
        "        self.layer = tf.keras.layers.Dense(units)\n\n"
        for number in range(count // 8)
    )


def hierarchy(count: int) -> str:
    """Classes, each derived from the one before."""
    first = f"class Model0:\n    def __init__(self):\n        {SESSION}\n\n"
    return first + "".join(
        f"class Model{number}(Model{number - 1}):\n    pass\n\n" for number in range(1, count)
    )


def helpers(count: int) -> str:
    """Functions, each of which calls the one before."""
    first = f"def helper0():\n    {SESSION}\n\n"
    return first + "".join(
        f"def helper{number}():\n    helper{number - 1}()\n\n" for number in range(1, count)
    )


def chain(count: int) -> str:
    """A chain of calls."""
    return f"def main(x):\n    {SESSION}\n    x{'.f()' * count}\n"


class Calls:
    """Counts the calls of the package's own functions."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        if event == "call" and "flake8_tf_session" in frame.f_code.co_filename:
            self.count += 1


def work(text: str) -> int:
    """How many calls of the package's functions a check takes."""
    counter = Calls()
    sys.setprofile(counter)
    try:
        check_source(f"import tensorflow as tf\n\n{text}")
    finally:
        sys.setprofile(None)
    return counter.count


@pytest.mark.parametrize(
    ("generate", "count"),
    [(statements, 20_000), (hierarchy, 2_000), (helpers, 500), (chain, 1_000)],
)
def test_work_grows_with_the_file_no_faster(generate: Callable[[int], str], count: int) -> None:
    half, full = work(generate(count // 2)), work(generate(count))

    assert full > count
    assert full < 2.2 * half

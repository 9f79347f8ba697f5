"""The plugin of python-lsp-server, with the server that is installed here."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..neighbours.test_language_server import Editor, starts
from .test_command import BEFORE, GROWN

pytest.importorskip("pylsp", reason="needs python-lsp-server")

TWO = "import tensorflow as tf\nboth = tf.Session(), tf.Session()"


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    """An editor whose server runs; the folder has no configuration of flake8."""
    with subprocess.Popen(
        [sys.executable, "-m", "pylsp"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as server:
        editor = Editor(server, tmp_path / "model.py")
        editor.start()
        yield editor
        editor.request("shutdown", None)
        editor.notify("exit", None)


def found(editor: Editor, text: str, code: str) -> list[dict[str, Any]]:
    """The diagnostics of a code in a text."""
    return [each for each in editor.open(text) if each["code"] == code]


def test_the_finding_at_the_cursor_is_fixed(editor: Editor) -> None:
    first, second = found(editor, TWO, "TFS201")
    assert starts([first, second]) == [(2, 8, "TFS201"), (2, 22, "TFS201")]

    (action,) = editor.actions(second)

    assert (action["title"], action["isPreferred"]) == ("Fix TFS201", True)
    assert editor.applied(action) == f"import tensorflow as tf\nboth = tf.Session(), {GROWN}"


def test_a_fix_that_is_not_safe_is_offered_as_such(editor: Editor) -> None:
    text = (
        "import tensorflow as tf\noptions = tf.GPUOptions(allow_growth=False)\n"
        "sess = tf.Session(config=tf.ConfigProto(gpu_options=options))\n"
    )
    (finding,) = found(editor, text, "TFS201")

    (action,) = editor.actions(finding)

    assert action["title"] == "Fix TFS201 (not safe: read the change)"
    assert not action["isPreferred"]
    assert editor.applied(action) == text.replace("False", "True")


def test_nothing_is_offered_where_nothing_can_be_fixed(editor: Editor) -> None:
    text = "import tensorflow as tf\nNONE = None\nsess = tf.Session(config=NONE)\n"
    (finding,) = found(editor, text, "TFS201")

    assert editor.actions(finding) == []
    assert editor.actions({**finding, "code": "F401"}) == []


def test_nothing_is_offered_for_a_finding_that_is_gone(editor: Editor) -> None:
    (finding,) = found(editor, BEFORE, "TFS201")
    editor.change(f"# A session.\n{BEFORE}")

    assert editor.actions(finding) == []


@pytest.mark.parametrize(("kind", "count"), [("quickfix", 1), ("refactor", 0)])
def test_a_fix_is_an_action_of_its_kind(
    editor: Editor, tmp_path: Path, kind: str, count: int
) -> None:
    (finding,) = found(editor, BEFORE, "TFS201")
    params = {
        "textDocument": {"uri": (tmp_path / "model.py").as_uri()},
        "range": finding["range"],
        "context": {"diagnostics": [finding], "only": [kind]},
    }

    assert len(editor.request("textDocument/codeAction", params)) == count


def test_a_configuration_that_fails_costs_the_fixes_alone(editor: Editor) -> None:
    (finding,) = found(editor, BEFORE, "TFS201")
    settings = {"pylsp": {"plugins": {"flake8": {"config": "missing.cfg"}}}}
    editor.notify("workspace/didChangeConfiguration", {"settings": settings})

    assert editor.actions(finding) == []
    editor.notify("workspace/didChangeConfiguration", {"settings": {"pylsp": {"plugins": {}}}})
    assert len(editor.actions(finding)) == 1

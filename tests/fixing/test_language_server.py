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

UNPROVEN = """\
import tensorflow as tf
from keras.layers import Dense


def build():
    session = tf.Session()
    return Dense(1)
"""
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

    assert (action["title"], action["isPreferred"]) == ("Fix TFS201 on line 2", True)
    assert editor.applied(action) == f"import tensorflow as tf\nboth = tf.Session(), {GROWN}"


def test_a_fix_that_is_not_safe_is_offered_as_such(editor: Editor) -> None:
    text = (
        "import tensorflow as tf\noptions = tf.GPUOptions(allow_growth=False)\n"
        "sess = tf.Session(config=tf.ConfigProto(gpu_options=options))\n"
    )
    (finding,) = found(editor, text, "TFS201")

    (action,) = editor.actions(finding)

    assert action["title"] == "Fix TFS201 on line 3 (not safe: read the change)"
    assert not action["isPreferred"]
    assert editor.applied(action) == text.replace("False", "True")


def test_what_can_not_be_fixed_says_why(editor: Editor) -> None:
    text = "import tensorflow as tf\nNONE = None\nsess = tf.Session(config=NONE)\n"
    (finding,) = found(editor, text, "TFS201")

    (action,) = editor.actions(finding)

    reason = "its config is given by a name that is None here"
    assert action["disabled"] == {"reason": reason}
    assert action["title"] == f"TFS201 on line 3 can't be fixed: {reason}"
    assert "command" not in action
    assert "edit" not in action


def test_nothing_is_offered_for_what_is_not_ours_or_has_no_fix(editor: Editor) -> None:
    (finding,) = found(editor, BEFORE, "TFS201")

    assert editor.actions({**finding, "code": "F401"}) == []
    assert editor.actions({**finding, "code": "TFS301"}) == []


def test_a_change_that_is_not_proven_says_why(editor: Editor) -> None:
    (finding,) = found(editor, UNPROVEN, "TFS201")
    (action,) = editor.actions(finding)

    assert editor.applied(action) == UNPROVEN
    assert editor.messages == ["TFS201 on line 6 is not fixed: the change would bring TFS301"]


def test_nothing_is_offered_for_a_finding_that_is_gone(editor: Editor) -> None:
    (finding,) = found(editor, BEFORE, "TFS201")
    (action,) = editor.actions(finding)
    changed = f"# A session.\n{BEFORE}"
    editor.change(changed)

    assert editor.actions(finding) == []
    assert editor.applied(action) == changed
    assert editor.messages == ["TFS201 on line 3 is not fixed: the text has changed"]


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("quickfix", ["Fix TFS201 on line 3"]),
        ("source", ["Fix all that is safe: 1 finding"]),
        ("source.fixAll", ["Fix all that is safe: 1 finding"]),
        ("source.fixAll.flake8-tf-session", ["Fix all that is safe: 1 finding"]),
        ("source.fixAll.other", []),
        ("source.fix", []),
        ("refactor", []),
    ],
)
def test_a_fix_is_an_action_of_its_kind(editor: Editor, kind: str, title: list[str]) -> None:
    (finding,) = found(editor, BEFORE, "TFS201")

    assert [each["title"] for each in editor.actions(finding, only=[kind])] == title


def test_everything_is_fixed_but_what_has_a_noqa(editor: Editor) -> None:
    text = f"{TWO}\nlast = tf.Session()  # noqa: TFS201\n"
    found(editor, text, "TFS201")

    (action,) = editor.actions(only=["source.fixAll"])

    assert editor.applied(action) == text.replace("tf.Session(), tf.Session()", f"{GROWN}, {GROWN}")


def test_a_configuration_that_fails_costs_the_fixes_alone(editor: Editor) -> None:
    (finding,) = found(editor, BEFORE, "TFS201")
    settings = {"pylsp": {"plugins": {"flake8": {"config": "missing.cfg"}}}}
    editor.notify("workspace/didChangeConfiguration", {"settings": settings})

    assert editor.actions(finding) == []
    editor.notify("workspace/didChangeConfiguration", {"settings": {"pylsp": {"plugins": {}}}})
    assert len(editor.actions(finding)) == 1

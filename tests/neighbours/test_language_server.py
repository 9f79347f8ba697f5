"""python-lsp-server with this package, driven over the protocol as an editor does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import FINDINGS, PROGRAM, Tools

pytestmark = pytest.mark.network

QUIET = ("mccabe", "pycodestyle", "pyflakes")
SETTINGS = {
    "pylsp": {
        "plugins": {
            "flake8": {"enabled": True, "extendIgnore": ["C", "E", "F", "W"]},
            **{name: {"enabled": False} for name in QUIET},
        }
    }
}


class Editor:
    """An editor with one open file."""

    def __init__(self, server: subprocess.Popen[bytes], path: Path) -> None:
        self._server = server
        self._folder = path.parent.as_uri()
        self._uri = path.as_uri()
        self._number = 0
        self.text = ""
        self.messages: list[str] = []
        self._edits: list[dict[str, Any]] = []

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin is not None
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._server.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._server.stdout is not None
        length = 0
        while (line := self._server.stdout.readline().strip()) or not length:
            assert line, "the server has ended"
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self._server.stdout.read(length))
        if message.get("method") == "window/showMessage":
            self.messages.append(message["params"]["message"])
        if message.get("method") == "workspace/applyEdit":
            self._edits.append(message["params"]["edit"])
            self._send({"id": message["id"], "result": {"applied": True}})
        return message

    def request(self, method: str, params: Any) -> Any:
        """Ask the server, and give its answer."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def notify(self, method: str, params: Any) -> None:
        """Tell the server."""
        self._send({"method": method, "params": params})

    def start(self) -> dict[str, Any]:
        """Begin; what the server can do."""
        params = {
            "processId": None,
            "rootUri": self._folder,
            "capabilities": {},
            "initializationOptions": SETTINGS,
        }
        able: dict[str, Any] = self.request("initialize", params)["capabilities"]
        self.notify("initialized", {})
        return able

    def open(self, text: str) -> list[dict[str, Any]]:
        """Open the file; the diagnostics."""
        self.text = text
        item = {"uri": self._uri, "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return self.diagnostics()

    def change(self, text: str) -> list[dict[str, Any]]:
        """Replace the text; the diagnostics."""
        self.text = text
        params = {
            "textDocument": {"uri": self._uri, "version": 2},
            "contentChanges": [{"text": text}],
        }
        self.notify("textDocument/didChange", params)
        return self.diagnostics()

    def diagnostics(self) -> list[dict[str, Any]]:
        """The next diagnostics that the server publishes for the file."""
        while True:
            message = self._receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                assert message["params"]["uri"] == self._uri
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found

    def actions(self, *diagnostics: dict[str, Any], **context: Any) -> list[dict[str, Any]]:
        """What the server offers for diagnostics, or for a file of which none are known."""
        start = {"line": 0, "character": 0}
        params = {
            "textDocument": {"uri": self._uri},
            "range": diagnostics[0]["range"] if diagnostics else {"start": start, "end": start},
            "context": {"diagnostics": diagnostics, **context},
        }
        offered: list[dict[str, Any]] = self.request("textDocument/codeAction", params)
        return offered

    def applied(self, action: dict[str, Any]) -> str:
        """The text after an action; as it was if the server refuses."""
        text = self.text
        if "command" in action:
            command = {key: action["command"][key] for key in ("command", "arguments")}
            self.request("workspace/executeCommand", command)
        else:
            self._edits.append(action["edit"])
        if not self._edits:
            return text
        (edits,) = self._edits.pop()["changes"].values()
        for edit in sorted(edits, key=lambda edit: -edit["range"]["start"]["line"]):
            start, end = (self._offset(edit["range"][side]) for side in ("start", "end"))
            text = text[:start] + edit["newText"] + text[end:]
        return text

    def _offset(self, position: dict[str, int]) -> int:
        lines = self.text.splitlines(keepends=True)
        return sum(map(len, lines[: position["line"]])) + position["character"]


@pytest.fixture
def editor(tools: Tools, project: Path) -> Iterator[Editor]:
    """An editor whose server runs."""
    server = subprocess.Popen(
        [str(tools.bin / "pylsp")],
        cwd=project,
        env=tools.variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with server:
        editor = Editor(server, project / "news.py")
        try:
            yield editor
            editor.request("shutdown", None)
            editor.notify("exit", None)
        finally:
            server.kill()


def starts(diagnostics: list[dict[str, Any]]) -> list[tuple[int, int, str]]:
    """Line, column (from 1) and code of diagnostics."""
    ranges = [(each["range"]["start"], each["code"]) for each in diagnostics]
    return [(start["line"] + 1, start["character"] + 1, code) for start, code in ranges]


def test_diagnostics_come_and_go(editor: Editor) -> None:
    assert editor.start()["codeActionProvider"]

    found = editor.open(PROGRAM)

    assert starts(found) == FINDINGS
    lines = PROGRAM.splitlines()
    for each in found:
        assert each["range"]["end"]["line"] == each["range"]["start"]["line"]
        assert each["range"]["end"]["character"] >= len(lines[each["range"]["end"]["line"]])
    assert editor.change(PROGRAM.partition("class BaseModel")[0]) == []
    assert starts(editor.change(PROGRAM)) == FINDINGS


def test_a_fix_is_offered_and_applied(editor: Editor) -> None:
    editor.start()
    growth = editor.open(PROGRAM)[2]

    (action,) = editor.actions(growth)
    assert (action["title"], action["isPreferred"]) == ("Fix TFS202 on line 18", True)
    grown = editor.applied(action)
    assert len(grown.splitlines()) == len(PROGRAM.splitlines())
    left = editor.change(grown)
    assert starts(left) == [FINDINGS[0], FINDINGS[3]]

    (action,) = editor.actions(left[0])
    assert (action["title"], action["isPreferred"]) == (
        "Fix TFS102 on line 14 (not safe: read the change)",
        False,
    )
    assert editor.change(editor.applied(action)) == []


def test_the_configuration_of_the_project_counts(editor: Editor, project: Path) -> None:
    (project / ".flake8").write_text("[flake8]\ntf-session-build-methods = make\nselect = TFS\n")
    text = (
        "from keras import backend as K\n\n\n"
        "def start(net, session):\n    net.make()\n    K.set_session(session)"
    )
    editor.start()
    (found,) = editor.open(text)

    assert starts([found]) == [(5, 5, "TFS102")]
    (action,) = editor.actions(found)
    assert editor.change(editor.applied(action)) == []
    assert editor.actions({**found, "code": "E501"}) == []


def test_everything_is_fixed_if_that_is_asked_for(editor: Editor) -> None:
    editor.start()
    editor.open(PROGRAM)

    (action,) = editor.actions(only=["source.fixAll"])

    assert action["title"] == "Fix all that is safe: 2 findings"
    left = editor.change(editor.applied(action))
    assert starts(left) == [FINDINGS[0], FINDINGS[3]]
    assert editor.actions(only=["source.fixAll"]) == []

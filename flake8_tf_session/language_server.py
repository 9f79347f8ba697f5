"""A plugin of python-lsp-server: a code action for each finding that can be fixed.

The findings themselves are shown by the server's own flake8 plugin. A fix is offered for what that
reports, and so for what the project's configuration and its ``# noqa`` comments let through. What
is offered comes from one analysis; a change is proven when it is chosen.
"""

from __future__ import annotations

import difflib
import json
import logging
import os
import re
import subprocess
import sys
import threading
from typing import Any

from pylsp import hookimpl, lsp

from .settings import Settings
from .text.gate import may_matter
from .text.source import Source

log = logging.getLogger(__name__)

COMMAND = "flake8_tf_session.fix"
"""The command of the server that applies one fix."""

FIX_ALL = "source.fixAll.flake8-tf-session"
"""The kind of action that fixes all that can safely be fixed."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


class _Worker:
    """A process in a project's folder that finds and makes the fixes."""

    def __init__(self, folder: str | None) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "flake8_tf_session.quick_fixes"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request; an error if the process has died of it."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        with self._lock:
            try:
                stdin.write(json.dumps(request) + "\n")
                stdin.flush()
                line = stdout.readline()
            except OSError:
                line = ""
        if not line:
            self.stop()
            return {"error": "the process that makes the fixes has ended"}
        answer: dict[str, Any] = json.loads(line)
        return answer

    def stop(self) -> None:
        """End it: there are no more requests."""
        self._process.communicate()


_workers: dict[str | None, _Worker] = {}
# A command comes without the workspace of its document: it is the one for which it was offered.
_offered: dict[str, tuple[Any, Any]] = {}


def _worker(workspace: Any) -> _Worker:
    """The process of a workspace's folder."""
    folder = workspace.root_path or None
    worker = _workers.get(folder)
    if worker is None or not worker.alive:
        worker = _workers[folder] = _Worker(folder)
    return worker


@hookimpl  # type: ignore[untyped-decorator]
def pylsp_document_did_open(config: Any, workspace: Any, document: Any) -> None:
    """Have the process ready when a file is opened that may have findings."""
    if may_matter(Source(document.path, document.source), Settings()):
        _worker(workspace)


@hookimpl  # type: ignore[untyped-decorator]
def pylsp_shutdown(config: Any, workspace: Any) -> None:
    """End the processes."""
    while _workers:
        _workers.popitem()[1].stop()


@hookimpl  # type: ignore[untyped-decorator]
def pylsp_commands(config: Any, workspace: Any) -> list[str]:
    """The commands behind the actions."""
    return [COMMAND]


@hookimpl  # type: ignore[untyped-decorator]
def pylsp_code_actions(
    config: Any, workspace: Any, document: Any, range: Any, context: dict[str, Any]
) -> list[dict[str, Any]]:
    """The fixes of the findings at the cursor or, if that is asked for, of the whole file."""
    only = context.get("only") or ["quickfix"]
    actions = []
    if _asks_for(FIX_ALL, only):
        actions += _fix_all(config, workspace, document)
    if _asks_for("quickfix", only):
        actions += _quick_fixes(config, workspace, document, context.get("diagnostics", []))
    return actions


def _asks_for(kind: str, only: list[str]) -> bool:
    return any(f"{kind}.".startswith(f"{each}.") for each in only)


def _fix_all(config: Any, workspace: Any, document: Any) -> list[dict[str, Any]]:
    # An editor that asks for it applies it, while it saves the file: this is no mere offer.
    text = document.source
    answer = _ask(config, workspace, document, text, {"fix_all": True})
    if not answer.get("fixed"):
        return []
    findings = "1 finding" if answer["fixed"] == 1 else f"{answer['fixed']} findings"
    edit = {"changes": {document.uri: _edits(text, answer["text"])}}
    return [{"title": f"Fix all that is safe: {findings}", "kind": FIX_ALL, "edit": edit}]


def _quick_fixes(
    config: Any, workspace: Any, document: Any, diagnostics: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    own = [each for each in diagnostics if str(each.get("code")).startswith("TFS")]
    if not own:
        return []
    starts = [each["range"]["start"] for each in own]
    places = [
        (each["code"], start["line"] + 1, start["character"]) for each, start in zip(own, starts)
    ]
    answer = _ask(config, workspace, document, document.source, {"propose": places})
    _offered[document.uri] = config, workspace
    proposals = answer.get("proposals", [])
    return [
        _action(document.uri, diagnostic, place, proposal)
        for diagnostic, place, proposal in zip(own, places, proposals)
        if proposal is not None
    ]


def _action(
    uri: str, diagnostic: dict[str, Any], place: tuple[str, int, int], proposal: dict[str, Any]
) -> dict[str, Any]:
    """What could be made of a finding, as the protocol has it."""
    name = f"{place[0]} on line {place[1]}"
    action = {"kind": "quickfix", "diagnostics": [diagnostic]}
    if proposal["refused"]:
        reason = proposal["refused"]
        return {
            **action,
            "title": f"{name} can't be fixed: {reason}",
            "disabled": {"reason": reason},
        }
    note = "" if proposal["safe"] else " (not safe: read the change)"
    title = f"Fix {name}{note}"
    command = {"title": title, "command": COMMAND, "arguments": [uri, place]}
    return {**action, "title": title, "isPreferred": proposal["safe"], "command": command}


@hookimpl  # type: ignore[untyped-decorator]
def pylsp_execute_command(config: Any, workspace: Any, command: str, arguments: list[Any]) -> None:
    """Apply the fix that someone has chosen, or say why that can't be done."""
    if command != COMMAND:
        return
    uri, place = arguments
    config, workspace = _offered.get(uri, (config, workspace))
    document = workspace.get_document(uri)
    text = document.source
    answer = _ask(config, workspace, document, text, {"fix": place})
    if "text" in answer:
        workspace.apply_edit({"changes": {uri: _edits(text, answer["text"])}})
    else:
        reason = answer.get("refused") or answer["error"]
        message = f"{place[0]} on line {place[1]} is not fixed: {reason}"
        workspace.show_message(message, lsp.MessageType.Warning)


def _ask(
    config: Any, workspace: Any, document: Any, text: str, wanted: dict[str, Any]
) -> dict[str, Any]:
    """What the process answers about a file, in the folder where the server runs flake8."""
    root = workspace.root_path or None
    inside = root and document.path and document.path.startswith(root)
    file = config.plugin_settings("flake8", document_path=document.path).get("config")
    request = {
        "name": os.path.relpath(document.path, root) if inside else document.path or "stdin",
        "text": text,
        "arguments": [f"--config={os.path.abspath(os.path.expanduser(file))}"] if file else [],
    }
    answer = _worker(workspace).ask({**request, **wanted})
    if "error" in answer:
        log.error("no fixes: %s", answer["error"])
    return answer


def _edits(before: str, after: str) -> list[dict[str, Any]]:
    """What turns a text into another, as few lines as possible."""
    old, new = _LINE.findall(before), _LINE.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [
        {
            "range": {"start": _start(old, i1), "end": _start(old, i2)},
            "newText": "".join(new[j1:j2]),
        }
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _start(lines: list[str], number: int) -> dict[str, int]:
    """Where a line starts; behind the last one, where the text ends."""
    if number == len(lines) and lines and not lines[-1].endswith(("\n", "\r")):
        units = len(lines[-1].encode("utf-16-le")) // 2
        return {"line": number - 1, "character": units}
    return {"line": number, "character": 0}

"""A plugin of python-lsp-server: a code action for each finding that can be fixed.

The findings themselves are shown by the server's own flake8 plugin. A fix is offered for what that
reports, and so for what the project's configuration and its ``# noqa`` comments let through.
"""

from __future__ import annotations

import difflib
import json
import logging
import os
import re
import subprocess
import sys
from typing import Any

from pylsp import hookimpl

from .fixing.table import FIXES

log = logging.getLogger(__name__)

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@hookimpl  # type: ignore[untyped-decorator]
def pylsp_code_actions(
    config: Any, workspace: Any, document: Any, range: Any, context: dict[str, Any]
) -> list[dict[str, Any]]:
    """The fixes of the findings at the cursor."""
    diagnostics = [each for each in context.get("diagnostics", []) if each.get("code") in FIXES]
    only = context.get("only")
    if not diagnostics or (only and not any("quickfix".startswith(kind) for kind in only)):
        return []
    text = document.source
    fixes = _fixes(config, workspace, document, text, diagnostics)
    return [_action(document.uri, text, diagnostics[fix["place"]], fix) for fix in fixes]


def _fixes(
    config: Any, workspace: Any, document: Any, text: str, diagnostics: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """What `quick_fixes` answers, in the folder where the server runs flake8."""
    root = workspace.root_path or None
    inside = root and document.path and document.path.startswith(root)
    file = config.plugin_settings("flake8", document_path=document.path).get("config")
    starts = [(each["code"], each["range"]["start"]) for each in diagnostics]
    request = {
        "name": os.path.relpath(document.path, root) if inside else document.path or "stdin",
        "text": text,
        "arguments": [f"--config={os.path.abspath(os.path.expanduser(file))}"] if file else [],
        "places": [(code, start["line"] + 1, start["character"]) for code, start in starts],
    }
    result = subprocess.run(
        [sys.executable, "-m", "flake8_tf_session.quick_fixes"],
        cwd=root,
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        log.error("no fixes: %s", result.stderr)
        return []
    answer: list[dict[str, Any]] = json.loads(result.stdout)
    return answer


def _action(uri: str, text: str, diagnostic: dict[str, Any], fix: dict[str, Any]) -> dict[str, Any]:
    """A fix as the protocol has it."""
    note = "" if fix["safe"] else " (not safe: read the change)"
    return {
        "title": f"Fix {diagnostic['code']}{note}",
        "kind": "quickfix",
        "diagnostics": [diagnostic],
        "isPreferred": fix["safe"],
        "edit": {"changes": {uri: _edits(text, fix["text"])}},
    }


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

"""Emacs, with the lines for Flymake that the documentation gives."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import FINDINGS, PROGRAM, ROOT

EMACS = shutil.which("emacs")
# Waits for the diagnostics, at most for as many outputs of the process as there can be.
SHOW = """
(find-file "news.py")
(flymake-start)
(while (and (flymake-running-backends) (null (flymake-diagnostics)))
  (accept-process-output nil 1))
(dolist (each (flymake-diagnostics))
  (goto-char (flymake-diagnostic-beg each))
  (princ (format "%s:%s:%s:%s\\n" (line-number-at-pos) (1+ (current-column))
                 (flymake-diagnostic-type each) (flymake-diagnostic-text each))))
"""


@pytest.mark.skipif(EMACS is None, reason="Emacs is not installed")
def test_flymake_shows_the_findings(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "howto" / "editors.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"```elisp\n(\(setq python-flymake-command.*?)```", page, re.DOTALL)
    (tmp_path / "news.py").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / ".flake8").write_text("[flake8]\nselect = TFS\n", encoding="utf-8")
    (tmp_path / "show.el").write_text(f"(require 'flymake)\n{lines}\n{SHOW}", encoding="utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    result = subprocess.run(
        [str(EMACS), "--batch", "-Q", "-l", "show.el"],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
    )

    shown = re.findall(r"^(\d+):(\d+):(\S+):(TFS\d+) ", result.stdout, re.MULTILINE)
    assert sorted((int(line), int(column), code) for line, column, _, code in shown) == FINDINGS
    assert {kind for _, _, kind, _ in shown} == {":warning"}

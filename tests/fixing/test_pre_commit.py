"""The fixer as a hook of the real pre-commit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .test_command import AFTER, BEFORE

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.network
def test_the_hook_fixes_what_is_committed(tmp_path: Path) -> None:
    pytest.importorskip("pre_commit", reason="needs pre-commit")
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(tmp_path)]
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / "model.py").write_text(BEFORE)
    subprocess.run([*git, "add", "."], check=True)

    command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "flake8-tf-session-fix"]
    first, second = (
        subprocess.run(
            [*command, "--all-files"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        for _ in range(2)
    )

    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stdout
    assert (tmp_path / "model.py").read_text() == AFTER
    assert second.returncode == 0, second.stdout + second.stderr

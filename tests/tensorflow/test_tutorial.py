"""The programs of the tutorial do on TensorFlow what the tutorial says."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


def run(name: str) -> subprocess.CompletedProcess[str]:
    """Run one of the tutorial's programs in a process of its own."""
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("TensorFlow is not installed")
    return subprocess.run(
        [sys.executable, str(DOCS / "tutorial" / name)],
        env={**os.environ, "TF_USE_LEGACY_KERAS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.tensorflow
def test_the_program_fails_as_quoted() -> None:
    tutorial = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    quoted = [line for line in tutorial.splitlines() if "NotFoundError: " in line]

    assert len(quoted) == 1
    assert quoted[0] in run("news.py").stderr.splitlines()


@pytest.mark.tensorflow
def test_the_fixed_program_scores_as_quoted() -> None:
    result = run("news_fixed.py")

    assert (result.returncode, result.stdout) == (0, "1.0\n"), result.stderr

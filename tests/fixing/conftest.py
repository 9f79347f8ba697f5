"""How the tests reach the fixer: through the console script's entry."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Callable, NamedTuple

import pytest

from flake8_tf_session.cli import main

CASES = Path(__file__).parent / "cases"


class Ran(NamedTuple):
    """What the command printed and returned."""

    status: int
    output: str
    error: str


@pytest.fixture
def command(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    """Runs the command."""

    def run(*arguments: object, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        printed = capsysbinary.readouterr()
        return Ran(status, printed.out.decode("utf-8"), printed.err.decode("utf-8"))

    return run

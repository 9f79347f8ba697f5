"""The runner in a process of its own, asked for one program after the other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

RUNNER = Path(__file__).with_name("runner.py")


class Server:
    """The runner, asked for one program after the other."""

    def __init__(self, questions: IO[str], answers: IO[str]) -> None:
        self._questions = questions
        self._answers = answers
        self.about: dict[str, Any] = self._answer()

    @property
    def conditions(self) -> list[str]:
        """The conditions of claims that hold here."""
        return list(self.about["conditions"])

    def run(
        self, source: str, name: str, directory: str, read_weights: bool = False
    ) -> dict[str, Any]:
        """Run a program; return what was seen."""
        question = {
            "source": source,
            "name": name,
            "directory": directory,
            "read_weights": read_weights,
        }
        print(json.dumps(question), file=self._questions, flush=True)
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        line = self._answers.readline()
        if not line:
            raise RuntimeError("the runner ended: see its standard error")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def start() -> Iterator[Server]:
    """A runner on TensorFlow with tf_keras, the Keras that has sessions."""
    with subprocess.Popen(
        [sys.executable, str(RUNNER), "--serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "TF_USE_LEGACY_KERAS": "1"},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Server(process.stdin, process.stdout)
        process.stdin.close()

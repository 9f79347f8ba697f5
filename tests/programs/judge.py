"""The judge: what real TensorFlow makes of a program, for every setting of its flags."""

from __future__ import annotations

import os
import pickle
import select
import signal
import traceback
from collections.abc import Callable, Sequence
from typing import Any

from tests.programs.runtime import A_NAME_NEVER_SET, prepared
from tests.programs.verdict import Run, Verdict

MAX_RUNS = 40
PATIENCE_SECONDS = 120


class Unjudgeable(Exception):
    """The program does what no rule speaks of, so it shows nothing."""


class Judge:
    """Judges programs, each in a forked child of a process that has imported TensorFlow once."""

    def __init__(self) -> None:
        self.runtime = prepared()

    def judge(self, source: str) -> Verdict:
        """Run a program for every setting of its flags."""
        verdict = Verdict(source)
        for run in self._in_child(self._explore, source):
            if run.left_out and run.left_out != A_NAME_NEVER_SET:
                raise Unjudgeable(run.left_out)
            verdict.runs.append(run)
        if all(run.left_out for run in verdict.runs):
            raise Unjudgeable("no run reaches the end")
        if verdict.reading.uncovered:
            raise Unjudgeable("; ".join(sorted(verdict.reading.uncovered)))
        return verdict

    def _explore(self, source: str) -> list[Run]:
        """All runs of a program; one that can't be judged is the last one."""
        runs: list[Run] = []
        decisions: list[int] | None = []
        while decisions is not None:
            run = self.runtime.execute(source, decisions)
            runs.append(run)
            if run.left_out and run.left_out != A_NAME_NEVER_SET:
                break
            if len(runs) >= MAX_RUNS:
                run.left_out = "too many flags"
                break
            decisions = _next(run.decisions)
        return runs

    def _in_child(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What a function gives in a child; nothing that it does to TensorFlow stays."""
        reading, writing = os.pipe()
        pid = os.fork()
        if not pid:
            self._child(writing, function, arguments)
        os.close(writing)
        try:
            data = self._receive(reading)
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            raise
        finally:
            os.close(reading)
            os.waitpid(pid, 0)
        if not data:
            raise RuntimeError(f"a child died: {arguments}")
        result, error = pickle.loads(data)
        if error:
            raise RuntimeError(error)
        return result

    @staticmethod
    def _child(writing: int, function: Callable[..., Any], arguments: Sequence[Any]) -> None:
        try:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            try:
                data = pickle.dumps((function(*arguments), ""))
            except Exception:
                data = pickle.dumps((None, traceback.format_exc()))
            with open(writing, "wb") as pipe:
                pipe.write(data)
        finally:
            os._exit(0)

    @staticmethod
    def _receive(reading: int) -> bytes:
        parts = []
        while True:
            ready, _, _ = select.select([reading], [], [], PATIENCE_SECONDS)
            if not ready:
                raise TimeoutError("a program hangs")
            part = os.read(reading, 1 << 16)
            if not part:
                return b"".join(parts)
            parts.append(part)


def _next(decisions: Sequence[int]) -> list[int] | None:
    """The next setting of the flags."""
    following = list(decisions)
    while following:
        if not following.pop():
            return [*following, 1]
    return None

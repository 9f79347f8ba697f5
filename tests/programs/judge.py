"""The judge: what real TensorFlow makes of a program, for every setting of its flags."""

from __future__ import annotations

import os
import pickle
import select
import signal
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.programs.runtime import A_NAME_NEVER_SET, Run, prepared
from tests.programs.trace import ASKING_POINTS, Reading, calls, read

MAX_RUNS = 64
PATIENCE_SECONDS = 120


class Unjudgeable(Exception):
    """The program does what no rule speaks of, so it shows nothing."""


@dataclass
class Verdict:
    """What is true of a program."""

    source: str
    runs: list[Run] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)

    @property
    def fails(self) -> bool:
        """Whether a run raises, or predicts from other weights than were given."""
        return bool(self.failures)

    @property
    def wrong_order(self) -> bool:
        """Whether a model was built under one session and another one took over."""
        return bool(self.reading.wrong_order)

    @property
    def cut_short(self) -> bool:
        """Whether a run ended before its program did, so that its trace is not the whole flow."""
        return any(run.stopped or run.failures for run in self.runs)

    @cached_property
    def own_flows(self) -> Reading:
        """What the calls of functions say, each as a flow of its own."""
        reading = Reading()
        for run in self.runs:
            for part in calls(run.events):
                reading.add(read(part))
        return reading

    def __str__(self) -> str:
        said = [f"fails: {failure}" for failure in dict.fromkeys(self.failures)]
        said += [f"wrong order: {reason}" for reason in sorted(self.reading.wrong_order)]
        said += [f"expected: {place}" for place in sorted(map(str, self.reading.must))]
        return "\n".join(said) or "right"


class Judge:
    """Judges programs, each in a forked child of a process that has imported TensorFlow once."""

    def __init__(self) -> None:
        self.runtime = prepared()

    def judge(self, source: str) -> Verdict:
        """Run a program for every setting of its flags."""
        runs: list[Run] = self._in_child(self._explore, source)
        verdict = Verdict(source)
        for run in runs:
            if run.left_out == A_NAME_NEVER_SET:
                continue
            if run.left_out:
                raise Unjudgeable(run.left_out)
            reading = read(run.events, run.weights, complete=not run.stopped)
            if reading.uncovered:
                raise Unjudgeable("; ".join(sorted(reading.uncovered)))
            verdict.runs.append(run)
            verdict.failures += run.failures
            verdict.reading.add(reading)
        if not verdict.runs:
            raise Unjudgeable("no run reaches the end")
        return verdict

    def _explore(self, source: str) -> list[Run]:
        """All runs of a program; a run that can't be judged is the last one."""
        runs: list[Run] = []
        decisions: list[int] | None = []
        while decisions is not None:
            run = self.runtime.execute(source, decisions)
            for home in range(1, run.homes):
                run.failures += self.runtime.execute(source, run.decisions, home).failures
            if run.stopped and not run.left_out and self._ends_at_no_name(source, run.decisions):
                run.left_out = A_NAME_NEVER_SET
            runs.append(run)
            if run.left_out and run.left_out != A_NAME_NEVER_SET:
                break
            if len(runs) >= MAX_RUNS:
                run.left_out = "too many flags"
                break
            decisions = _next(run.decisions)
        return runs

    def _ends_at_no_name(self, source: str, decisions: list[int]) -> bool:
        """Whether a run that failed would have come to a name never set, whatever its flags say."""
        following: list[int] | None = decisions
        for _ in range(MAX_RUNS):
            if following is None or following[: len(decisions)] != decisions:
                return True
            run = self.runtime.execute(source, following, heedless=True)
            if run.left_out != A_NAME_NEVER_SET:
                return False
            following = _next(run.decisions)
        return False

    def fails_without_more_weights(
        self, verdict: Verdict, line: int, initialized: bool = False
    ) -> bool:
        """Whether a run fails once no weights are given again after `line`.

        If they were `initialized` there, in a session that is entered to the end, they are asked
        in that one too.
        """
        loses: bool = self._in_child(self._loses, verdict, line, initialized)
        return loses

    def _loses(self, verdict: Verdict, line: int, initialized: bool) -> bool:
        for run in verdict.runs:
            if initialized:
                found = [
                    index
                    for index, event in enumerate(run.events)
                    if event.kind == "initialize" and any(f.line == line for f in event.chain)
                ]
            else:
                end = _end_of(run, line)
                found = [] if end is None else [end]
            if any(self._loses_after(verdict, run, until, initialized) for until in found):
                return True
        return False

    def _loses_after(self, verdict: Verdict, run: Run, until: int, initialized: bool) -> bool:
        # At the end, and where sessions change: what is lost there is lost, though an initializer,
        # a clearing or the first session registered again come after it.
        kinds = [event.kind for event in run.events]
        before = sum(kind in ASKING_POINTS for kind in kinds[: until + 1])
        points = sum(kind in ASKING_POINTS for kind in kinds)
        for ask_at in (None, *range(before + 1, points + 1)):
            home, homes = 0, 1
            while home < homes:
                again = self.runtime.execute(
                    verdict.source, run.decisions, home, until, ask_at, initialized
                )
                if again.failures:
                    return True
                home, homes = home + 1, again.homes
        return False

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


def _end_of(run: Run, line: int) -> int | None:
    """The last event of the first time `line` ran; what comes before a registration in it."""
    end = None
    serial = None
    accessed = False
    for index, event in enumerate(run.events):
        frame = next((frame for frame in event.chain if frame.line == line), None)
        if accessed and event.kind == "register":
            break
        accessed = accessed or (frame is not None and event.kind == "access")
        if frame is not None and (serial is None or frame.serial == serial):
            serial = frame.serial
            end = index
        elif end is not None:
            break
    return end


def _next(decisions: Sequence[int]) -> list[int] | None:
    """The next setting of the flags."""
    following = list(decisions)
    while following:
        if not following.pop():
            return [*following, 1]
    return None

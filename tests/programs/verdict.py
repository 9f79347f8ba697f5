"""What is true of a program, and files that keep it."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests.programs.replay import calls, read
from tests.programs.trace import ORDER, Event, Expected, Reading


@dataclass
class Run:
    """What one run of a program showed."""

    decisions: list[int] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    left_out: str = ""


@dataclass
class Verdict:
    """What is true of a program. It can be kept: what it says is read from its runs."""

    source: str
    runs: list[Run] = field(default_factory=list)

    @property
    def ended(self) -> list[Run]:
        """The runs that reach the end; the others show what functions do that have ended."""
        return [run for run in self.runs if not run.left_out]

    @cached_property
    def failures(self) -> list[str]:
        """What TensorFlow says; empty if every run is right, as are the models at its end."""
        events = (event for run in self.ended for event in run.events)
        return list(dict.fromkeys(event.name for event in events if event.kind == "fail"))

    @cached_property
    def reading(self) -> Reading:
        """What the runs say."""
        reading = Reading()
        for run in self.ended:
            reading.add(read(run.events))
        return reading

    @cached_property
    def own_flows(self) -> Reading:
        """What the calls of functions say, each as a flow of its own."""
        reading = Reading()
        for run in self.runs:
            for part in calls(run.events):
                flow = read(part, is_call=True)
                if not all(flow.must):
                    # It fails for what its caller has done: without that no run shows it.
                    lines = {frame.line for event in part for frame in event.chain}
                    flow.may.add(Expected(frozenset((*ORDER, "TFS304")), frozenset(lines)))
                reading.add(flow)
        return reading

    def __str__(self) -> str:
        said = [f"fails: {failure}" for failure in self.failures]
        for choice in self.reading.must:
            said.append(f"expected: {', or '.join(sorted(map(str, choice)))}")
        said += [f"excused: {place}" for place in sorted(map(str, self.reading.may))]
        return "\n".join(said) or "right"


def recording(file: Path, verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Keep verdicts in a file as they come."""
    with file.open("wb") as out:
        for verdict in verdicts:
            pickle.dump(verdict, out)
            out.flush()
            yield verdict


def recorded(file: Path) -> Iterator[Verdict]:
    """The verdicts that a file keeps; what they say is read anew."""
    with file.open("rb") as kept:
        while True:
            try:
                verdict = pickle.load(kept)
            except EOFError:
                return
            yield Verdict(verdict.source, verdict.runs)

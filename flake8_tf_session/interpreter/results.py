"""What the analysis of a file ends with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from ..domain.call_strings import CallStrings
from ..domain.values import Class
from ..ir.nodes import Function, Program
from ..rules.events import Report


class Failure(NamedTuple):
    """A flow that was not walked to its end: whose, why, and inside which functions that was.

    ``is_last`` tells that no flow after it was walked either.
    """

    function: Function
    reason: str
    inside: frozenset[Function] = frozenset()
    is_last: bool = False


class Results(NamedTuple):
    """All that is known when every flow was walked.

    Attributes:
        program: The file's IR.
        chains: What the chains in the reports stand for.
        reports: What the rules said, by entry: a function, or the definition of a class. Those of
            other files are there in which a report of the file's own may stand.
        created: The classes whose objects calls create, by the calls' chains.
        failures: The flows that were not walked to their end.
    """

    program: Program
    chains: CallStrings
    reports: Mapping[object, Set[Report]]
    created: Mapping[int, Class]
    failures: Sequence[Failure]


def causes(failures: Sequence[Failure]) -> list[Failure]:
    """The failures but those inside a function whose own flow fails: they are its fault."""
    return [
        failure
        for index, failure in enumerate(failures)
        if failure.is_last
        or not any(
            other.function in failure.inside
            # Of two inside each other the first counts.
            and (before < index or failure.function not in other.inside)
            for before, other in enumerate(failures)
            if other.function is not failure.function
        )
    ]

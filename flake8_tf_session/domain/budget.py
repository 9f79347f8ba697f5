"""The budget of work: what the flows of a file may cost.

Work is counted, not timed: every machine gives up at the same place. Copying a value, or comparing
it with another, counts as one, and whatever costs more as what it costs compared with that.
"""

from __future__ import annotations

from ..ir.nodes import GivenUp

# A statement or a call, an expression, two paths that are compared, and a value of theirs.
STEP = 800
EXPRESSION = 100
PAIR = 100
COMPARED = 10
# Of one flow; and of a file, by its lines, of which there are at least so many: about a hundred
# times what parsing them takes.
FLOW_LIMIT = 40_000_000
LINE_LIMIT = 80_000
FEW_LINES = 1_000


class Work:
    """What a flow has cost so far, and what it may cost."""

    __slots__ = ("done", "limit")

    def __init__(self, limit: int) -> None:
        self.done = 0
        self.limit = limit

    def check(self) -> None:
        """Give up where it is too much.

        Raises:
            GivenUp: more was done than may be.
        """
        if self.done > self.limit:
            raise GivenUp("its flow takes too much work")


def file_limit(text: str) -> int:
    """What all flows of a file may cost together."""
    return LINE_LIMIT * max(FEW_LINES, text.count("\n"))


def body_limit(text: str) -> int:
    """What the flow of a module may cost, which is as long as its file."""
    return max(FLOW_LIMIT, file_limit(text) // 2)

"""The depth of calls that Python allows, which must not decide what is found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Python's own limit, which nobody has to raise for us.
_DEPTH = 1_000


@contextmanager
def fresh_stack() -> Iterator[None]:
    """Have the same depth of calls ahead, however deep the caller is.

    Who asks for a module or the body of a function, and from how deep, is chance: what is made of
    it is kept for all others.
    """
    before = sys.getrecursionlimit()
    depth = 0
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        depth += 1
        frame = frame.f_back
    sys.setrecursionlimit(depth + _DEPTH)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)

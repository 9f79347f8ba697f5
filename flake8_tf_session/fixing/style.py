"""What flake8 itself says of a text: a fix must not be what its next run complains of."""

from __future__ import annotations

import io
from collections import Counter

import pycodestyle

from .draft import Draft


class _Style(pycodestyle.StyleGuide):  # type: ignore[misc]
    """pycodestyle's checks as flake8 has them by default, without the user's own configuration."""

    def __init__(self, max_line_length: int) -> None:
        self.options, _ = pycodestyle.get_parser().parse_args([])
        self.options.max_line_length = max_line_length
        self.options.select, self.options.ignore = (), tuple(pycodestyle.DEFAULT_IGNORE.split(","))
        self.options.ignore_code = self.ignore_code
        self.options.benchmark_keys = pycodestyle.BENCHMARK_KEYS
        for kind in ("physical", "logical"):
            setattr(self.options, f"{kind}_checks", self.get_checks(f"{kind}_line"))
        self.options.ast_checks = []


def complaints(draft: Draft, max_line_length: int) -> Counter[str]:
    """The codes that pycodestyle reports of a text, and how often."""
    options = _Style(max_line_length).options
    report = pycodestyle.BaseReport(options)
    lines = io.StringIO(draft.normal).readlines()
    pycodestyle.Checker(lines=lines, options=options, report=report).check_all()
    return Counter({code: report.counters[code] for code in report.messages})


def brought(before: Counter[str], after: Counter[str]) -> list[str]:
    """The codes that a change brings.

    How a file is indented is its own affair: a line that is added is indented as its neighbours.
    """
    return sorted(
        code for code in after - before if not (code.startswith(("E1", "W1")) and before[code])
    )


def too_long(before: Draft, after: Draft, max_line_length: int) -> list[int]:
    """The numbers of the lines that a change makes longer than lines may be."""
    known = set(before.lines)
    return [
        number
        for number, line in enumerate(after.lines, 1)
        if line not in known
        and None in after.origins[number - 1]
        and len(after.body(number).rstrip()) > max_line_length
    ]

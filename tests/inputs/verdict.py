"""What is to be said of each input: what the linter and the fixer must do, whatever it is."""

from __future__ import annotations

import ast
import random
import sys
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple
from unittest import mock

import libcst

from flake8_tf_session import Finding, check_source
from flake8_tf_session import check as checking
from flake8_tf_session.catalogue import CODES
from flake8_tf_session.fixing import FixResult, fix_findings, fixer
from flake8_tf_session.fixing.refusal import Refused
from flake8_tf_session.fixing.table import FIXES
from flake8_tf_session.ir import lower_statements
from flake8_tf_session.ir.nodes import GivenUp
from flake8_tf_session.text.source import normalized
from tests.inputs.mutate import is_python
from tests.inputs.sources import Input

# How much an input may cost: calls, of Python and of C, and returns from them. The inputs are at
# most a few hundred lines, for which ten times less is much.
WORK_LIMIT = 20_000_000
# How many findings of an input the fixer is given.
_FIXES = 1
# How deep a source must be for its depth to be the reason.
_DEEP = 90


class TooMuchWork(KeyboardInterrupt):
    """An input costs more than it may; no `except` of the package takes it."""


class Verdict(NamedTuple):
    """What became of an input.

    Attributes:
        answer: What kind of answer the linter gave.
        fixes: How many findings were fixed.
        work: What the input cost.
        wrong: What must not be; empty if all is well.
    """

    answer: str
    fixes: int
    work: int
    wrong: str


def judged(given: Input) -> Verdict:
    """Check and fix one input."""
    python = is_python(normalized(given.text))
    errors: list[BaseException] = []
    check, fixing = WorkCounter(WORK_LIMIT), WorkCounter(WORK_LIMIT)
    result = FixResult(given.text, [], [])
    found: list[Finding] = []
    try:
        with _seen(errors), check:
            found = check_source(given.text, given.filename, given.settings)
        wrong = _wrong_answer(given.text, found, python, errors)
        if python and not wrong:
            with _seen(errors), fixing:
                result = _fixed(given, found)
            wrong = _wrong_fix(given, found, result, errors)
    except TooMuchWork as error:
        wrong = _told(error)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        wrong = f"an exception escapes\n{_told(error)}"
    work = check.count + fixing.count
    return Verdict(_answer(found, python), len(result.fixed), work, wrong)


def _fixed(given: Input, found: list[Finding]) -> FixResult:
    # Each costs several analyses: a few are enough.
    wanted = _fixable(found)
    chosen = random.Random(given.number).sample(wanted, min(len(wanted), _FIXES))
    return fix_findings(given.text, given.filename, given.settings, chosen, given.unsafe)


def _fixable(found: list[Finding]) -> list[Finding]:
    return [each for each in found if each.code in FIXES]


def _answer(found: list[Finding], python: bool) -> str:
    unfinished = [each for each in found if each.code == "TFS900"]
    if not python:
        return "no Python: TFS900" if unfinished else "no Python: silence"
    if unfinished:
        whole = unfinished[0].message.startswith("the file ")
        return "TFS900 for the file" if whole else "TFS900 for a flow"
    return "findings" if found else "silence"


# --- the linter ---


def _wrong_answer(
    text: str, found: list[Finding], python: bool, errors: list[BaseException]
) -> str:
    for error in errors:
        if python and not _may_give_up(text, error):
            return f"an internal error\n{_told(error)}"
    whole = [each for each in found if each.message.startswith("the file was not analysed: ")]
    if (whole and len(found) > 1) or (not python and len(found) > len(whole)):
        return f"more than one answer: {found}"
    lines = normalized(text).split("\n")
    for each in found:
        if each.code not in CODES or not each.message or len(each.message.splitlines()) != 1:
            return f"no line of text: {each}"
        if not 1 <= each.line <= each.end_line <= len(lines):
            return f"no lines of the file: {each}"
        ends = (each.line, each.column), (each.end_line, each.end_column)
        if ends[0] > ends[1] or any(not 0 <= col <= len(lines[line - 1]) for line, col in ends):
            return f"no columns of the file: {each}"
    if found != sorted(found, key=lambda each: (each.line, each.column)):
        return f"not in their order: {found}"
    return ""


def _may_give_up(text: str, error: BaseException) -> bool:
    """Whether an error of the analysis lies in the text: libcst, or Python's stack, can't do it."""
    if isinstance(error, RecursionError):
        return _depth(normalized(text)) >= _DEEP
    inner = error.__traceback__
    while inner is not None and inner.tb_next is not None:
        inner = inner.tb_next
    if inner is None or "libcst" not in Path(inner.tb_frame.f_code.co_filename).parts:
        return False
    try:
        libcst.parse_module(normalized(text))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        return True
    return False


def _depth(text: str) -> int:
    """How deep the syntax tree is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        level: list[ast.AST] = [ast.parse(text)]
    depth = 0
    while level:
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        depth += 1
    return depth


# --- the fixer ---


def _wrong_fix(
    given: Input, found: list[Finding], result: FixResult, errors: list[BaseException]
) -> str:
    for error in errors:
        # What a fix makes of the text may be what libcst can't parse: the fix is refused.
        refused = isinstance(error, (libcst.ParserSyntaxError, RecursionError))
        if not refused and not _may_give_up(given.text, error):
            return f"an internal error of the fixer\n{_told(error)}"
    if bool(result.fixed) != (result.text != given.text):
        return f"{len(result.fixed)} findings fixed, but the text is as it was, or the reverse"
    for refusal in result.refused:
        if not refusal.reason or len(refusal.reason.splitlines()) != 1:
            return f"no line of text: {refusal.reason!r}"
    if not result.fixed:
        return ""
    if given.text.startswith(fixer.MARK) != result.text.startswith(fixer.MARK):
        return "the byte order mark came or went"
    if _compiles(given.text) and not _compiles(result.text):
        return f"what was fixed does not compile\n{result.text}"
    left = check_source(result.text.removeprefix(fixer.MARK), given.filename, given.settings)
    if _codes(result.fixed) - (_codes(found) - _codes(left)):
        return f"what is said to be fixed is still found\n{result.text}"
    if len(_fixable(found)) <= _FIXES:
        return _wrong_again(given, result, left)
    return ""


def _codes(found: list[Finding]) -> Counter[str]:
    return Counter(each.code for each in found)


def _wrong_again(given: Input, result: FixResult, left: list[Finding]) -> str:
    """What is wrong if all that could be fixed was, and it is fixed once more."""
    again = _fixed(given._replace(text=result.text), left)
    if again.fixed:
        return f"what was fixed is fixed again\n{result.text}\n---\n{again.text}"
    return ""


def _compiles(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(normalized(text), "<input>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


# --- what goes on inside ---


class WorkCounter:
    """Counts calls and returns while it is entered, and ends what makes too many.

    Raises:
        TooMuchWork: the limit is reached.
    """

    def __init__(self, limit: int) -> None:
        self.count = 0
        self._limit = limit

    def __enter__(self) -> None:
        sys.setprofile(self._one)

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _one(self, frame: FrameType, event: str, argument: object) -> None:
        self.count += 1
        if self.count > self._limit:
            raise TooMuchWork(f"more than {self._limit:,} calls and returns")


@contextmanager
def _seen(errors: list[BaseException]) -> Iterator[None]:
    """Note the errors that the linter makes a TFS900, and the fixer a refusal."""
    tell = checking._not_analysed
    lower_body = lower_statements._lower_body
    fix = fixer._Fixer.run

    def telling(line: int, error: BaseException) -> Finding:
        errors.append(error)
        return tell(line, error)

    def lowering(*arguments: Any) -> Any:
        try:
            return lower_body(*arguments)
        except GivenUp as error:
            errors.append(error.__cause__ or error)
            raise

    def fixing(self: Any, *arguments: Any) -> Any:
        try:
            return fix(self, *arguments)
        except (Refused, KeyboardInterrupt):
            raise
        except BaseException as error:
            errors.append(error)
            raise

    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(checking, "_not_analysed", telling))
        stack.enter_context(mock.patch.object(lower_statements, "_lower_body", lowering))
        stack.enter_context(mock.patch.object(fixer._Fixer, "run", fixing))
        yield


def _told(error: BaseException) -> str:
    return "".join(traceback.format_exception(type(error), error, error.__traceback__, limit=-8))

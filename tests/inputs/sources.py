"""The inputs: generated sources, damaged real ones, and projects with a damaged file."""

from __future__ import annotations

import ast
import random
import re
import shutil
import warnings
from collections.abc import Iterator
from functools import lru_cache
from keyword import iskeyword
from pathlib import Path
from typing import NamedTuple

import hypothesmith
import libcst
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from flake8_tf_session import Settings
from flake8_tf_session.tensorflow.vocabulary import REACHED_WORDS
from flake8_tf_session.text.gate import gate
from flake8_tf_session.text.source import Source, normalized, parsed
from tests.inputs.mutate import is_python, mutated

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("tests/cases", "tests/fixing/cases", "tests/projects", "fixtures")
PROJECTS = ROOT / "tests" / "projects"

# Hypothesis varies what it has after the first examples of a run; new runs show more.
_BATCH = 10
# A run's examples serve so many numbers.
_SHARE = 500
_LONG = 150
_SETTINGS = (
    *[Settings()] * 5,
    Settings(all_unregistered=True),
    Settings(build_methods=("build", "make", "f")),
    Settings(target=(2, 15, 0)),
)
_HEAD = "import keras, tensorflow as tf\nfrom tensorflow.keras import backend as K, layers\n"
_NAMES = (
    sorted(REACHED_WORDS) + "tf keras K layers sess config self f g x y Dense Model".split() * 4
)
_NAME = re.compile(r"\b[^\W\d]\w*")


class Input(NamedTuple):
    """One input.

    Attributes:
        number: Which one it is.
        kind: How it came about.
        text: The text to be checked.
        filename: Its name, by which its siblings are found.
        settings: The plugin's options.
        unsafe: Whether the fixer may do what is not safe.
    """

    number: int
    kind: str
    text: str
    filename: str
    settings: Settings
    unsafe: bool


def inputs(
    count: int, start: int, corpus: Path | None, workplace: Path, first: int = 0
) -> Iterator[Input]:
    """So many inputs; the same for the same arguments, and each depends on its number alone.

    Args:
        count: How many.
        start: The seed.
        corpus: A folder of real code; without one the sources are those of the repository.
        workplace: A folder in which projects are copied.
        first: The number of the first one.
    """
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    real = [*_read(files)]
    if corpus is not None:
        # The repository's files are small and all about sessions: they are half of the sources.
        others = [text for text in _read(sorted(corpus.rglob("*.py"))) if is_hot(text)]
        real = [*others, *(real * (len(others) // len(real) + 1))]
    for number in range(first, first + count):
        chance = random.Random(f"{start} {number}")
        filename = "<string>"
        turn = number % 10
        if turn in (3, 7):
            kind, text = "generated", _generated(start, number, chance)
        elif turn == 5:
            kind = "project"
            filename, text = _project(workplace, chance)
        else:
            kind, text = "mutated", mutated(_window(chance.choice(real), chance), chance)
        settings_ = chance.choice(_SETTINGS)
        yield Input(number, kind, text, filename, settings_, chance.random() < 0.5)


def is_hot(text: str) -> bool:
    """Whether a text passes the gate, by itself."""
    text = normalized(text)
    if not is_python(text):
        return False
    return gate(Source("<string>", text), Settings(), None) is not None


def _read(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        try:
            yield path.read_bytes().decode("utf-8")
        except (UnicodeDecodeError, OSError):
            continue


# --- real ones ---


def _window(text: str, chance: random.Random) -> str:
    """A long source cut to its imports and some statements in a row."""
    if text.count("\n") <= _LONG or not is_python(text):
        return text
    lines = text.splitlines(keepends=True)
    statements = parsed(normalized(text)).body
    kept: list[ast.stmt] = [
        each for each in statements if isinstance(each, (ast.Import, ast.ImportFrom))
    ]
    room = _LONG
    for each in statements[chance.randrange(len(statements)) :]:
        room -= (each.end_lineno or each.lineno) - each.lineno
        kept.append(each)
        if room < 0:
            break
    cut = [
        "".join(lines[_first_line(each) - 1 : each.end_lineno])
        for each in dict.fromkeys(kept)
    ]  # fmt: skip
    return "".join(cut)


def _first_line(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", [])
    line: int = min([statement.lineno, *(each.lineno for each in decorators)])
    return line


def _project(workplace: Path, chance: random.Random) -> tuple[str, str]:
    """A file of a project in which one file, this one or another, is damaged."""
    project = chance.choice(sorted(PROJECTS.iterdir()))
    copy = workplace / project.name
    if copy.exists():
        shutil.rmtree(copy)
    shutil.copytree(project, copy)
    files = sorted(copy.rglob("*.py"))
    damaged = chance.choice(files)
    text = mutated(damaged.read_bytes().decode("utf-8"), chance)
    damaged.write_bytes(text.encode("utf-8", "surrogatepass"))
    checked = chance.choice(files)
    return str(checked), checked.read_bytes().decode("utf-8", "surrogatepass")


# --- generated ones ---


def _generated(start: int, number: int, chance: random.Random) -> str:
    """A source that passes the gate: some generated ones behind an import of Keras, their names
    changed to those of sessions.
    """
    batch = _batch(start, number // _SHARE)
    parts = [_HEAD]
    for _ in range(chance.choice((1, 2, 3))):
        part = _renamed(chance.choice(batch), chance)
        if chance.random() < 0.3:
            part = mutated(part, chance)
        parts.append(part if part.endswith("\n") else part + "\n")
    parts.append("sess = tf.Session()\nK.set_session(sess)\n")
    whole = "".join(parts)
    # With our names it may be no Python any more, which without them it was.
    return whole if is_python(whole) or chance.random() < 0.2 else _HEAD + chance.choice(batch)


@lru_cache(maxsize=2)
def _batch(start: int, number: int) -> list[str]:
    """Some sources that hypothesmith makes."""
    found: list[str] = []
    strategies: list[SearchStrategy[str]] = [
        hypothesmith.from_grammar(),
        *map(hypothesmith.from_node, (libcst.FunctionDef, libcst.ClassDef)),
        *map(hypothesmith.from_node, (libcst.Call, libcst.Subscript, libcst.Lambda)),
    ]
    for index, strategy in enumerate(strategies):

        @seed(start * 1_000_003 + number * len(strategies) + index)
        @settings(
            max_examples=_BATCH,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def take(source: str) -> None:
            found.append(source)

        with warnings.catch_warnings():
            # hypothesmith compiles what it makes.
            warnings.simplefilter("ignore")
            take()
    return sorted(set(found))


def _renamed(source: str, chance: random.Random) -> str:
    """A source with names that mean something; a name gets the same one everywhere."""
    names: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        old = match.group()
        if iskeyword(old) or chance.random() < 0.1:
            return old
        return names.setdefault(old, chance.choice(_NAMES))

    return _NAME.sub(name, source)

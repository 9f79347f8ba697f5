"""Odd texts: deep, long, and in every spelling of a file that Python knows."""

from __future__ import annotations

import ast
import codecs
import encodings.aliases
import itertools
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_tf_session import Finding, check_source
from tests.conftest import Result
from tests.fixing.conftest import Ran, command
from tests.test_plugin import run_flake8

Flake8 = Callable[..., Result]
Command = Callable[..., Ran]
# pytest finds fixtures by the names of the module.
__all__ = ["command"]

HEAD = "import tensorflow as tf\ndef before():\n    return tf.Session()\n"
KNOWN = (3, 11, "TFS201")


def places(found: list[Finding]) -> list[tuple[int, int, str]]:
    """Line, column and code of findings."""
    return [(each.line, each.column, each.code) for each in found]


def is_python(source: str) -> bool:
    """Whether this Python parses it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(source)
        except (SyntaxError, RecursionError, MemoryError):
            return False
    return True


def check(source: str, *more: tuple[int, int, str]) -> None:
    """Check that the findings are those that are known, or that the linter gives up in one line.

    It may give up on one flow: then the others' findings are there.
    """
    found = check_source(source)

    unfinished = [each for each in found if each.code == "TFS900"]
    assert all(len(each.message.splitlines()) == 1 for each in unfinished)
    if not unfinished:
        assert places(found) == [KNOWN, *more]
    elif unfinished[0].message.startswith("the file "):
        assert found == unfinished[:1]
        assert any(word in found[0].message for word in ("nested", "memory", "libcst", "Parser"))
    else:
        assert is_python(source)
        assert KNOWN in places(found)


# --- deep ---

DEEP: dict[str, Callable[[int], str]] = {
    "sum": lambda count: " + ".join(["x"] * count),
    "power": lambda count: " ** ".join(["x"] * count),
    "and": lambda count: " and ".join(["x"] * count),
    "comparison": lambda count: " < ".join(["x"] * count),
    "minus": lambda count: "-" * count + "x",
    "attributes": lambda count: "x" + ".y" * count,
    "subscripts": lambda count: "x" + "[0]" * count,
    "calls of calls": lambda count: "x" + "()" * count,
    "nested calls": lambda count: "f(" * count + ")" * count,
    "parentheses": lambda count: "(" * count + "x" + ")" * count,
    "lists": lambda count: "[" * count + "]" * count,
    "strings": lambda count: " ".join(["'x'"] * count),
    "added strings": lambda count: " + ".join(["'x'"] * count),
    "f-string": lambda count: "f'" + "{x}" * count + "'",
    "lambdas": lambda count: "lambda: " * count + "x",
    "conditionals": lambda count: "1 if x else " * count + "2",
}


@pytest.mark.parametrize("count", [80, 199, 5000])
@pytest.mark.parametrize("kind", DEEP)
def test_depth(kind: str, count: int) -> None:
    deep = DEEP[kind](count)
    check(f"{HEAD}def f(x):\n    y = {deep}\n    return tf.Session()\n", (6, 11, "TFS201"))
    if count == 80:
        assert "TFS900" not in [each.code for each in check_source(f"{HEAD}x = f = 0\ny = {deep}")]


BLOCKS = ["if x:", "while x:", "for x in y:", "with x:", "try:", "def f(x):", "class C:"]


@pytest.mark.parametrize("count", [15, 60, 98, 200])
@pytest.mark.parametrize("header", BLOCKS)
def test_nested_blocks(header: str, count: int) -> None:
    lines = [" " * depth + header for depth in range(count)] + [" " * count + "pass"]
    if header == "try:":
        lines += [" " * depth + "finally: pass" for depth in reversed(range(count))]
    source = HEAD + "x = y = None\n" + "\n".join(lines) + "\n"
    if is_python(source):
        check(source)
        return
    (found,) = check_source(source)
    assert found.code == "TFS900"


def test_blocks_that_python_does_not_take_are_flake8s(tmp_path: Path) -> None:
    source = HEAD + "".join(" " * depth + "if x:\n" for depth in range(200)) + " " * 200 + "pass\n"
    (tmp_path / "deep.py").write_text(source, encoding="utf-8")
    (tmp_path / "other.py").write_text(HEAD, encoding="utf-8")

    result = run_flake8("--isolated", "--select=E9,TFS", "-j1", ".", cwd=tmp_path)

    codes = {tuple(line.split()[0::1][:2]) for line in result.stdout.splitlines()}
    assert {(place.split(":")[0], code) for place, code in codes} >= {("./other.py", "TFS201")}
    assert {code for place, code in codes if "deep" in place} <= {"E902", "E999"}
    assert any("deep" in place for place, _ in codes)
    assert result.stderr == ""


def test_a_thousand_calls_one_inside_another() -> None:
    calls = "".join(f"def f{number}():\n    f{number + 1}()\n" for number in range(1000))

    found = check_source(f"{HEAD}{calls}def f1000():\n    tf.Session()\n")

    assert KNOWN in places(found)
    assert (2005, 4, "TFS201") in places(found)
    assert all("deeper than" in each.message for each in found if each.code == "TFS900")


# --- long ---

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "padding",
    [
        lambda: "'" + "x" * MEGABYTE + "'",
        lambda: "'" + "é" * MEGABYTE + "'",
        lambda: "b'" + "\\x00" * (MEGABYTE // 4) + "'",
        lambda: "1" * 4000 + " " * MEGABYTE,
        lambda: "0x" + "f" * MEGABYTE,
        lambda: "'''" + "\n" * MEGABYTE + "'''",
    ],
    ids=["string", "wide string", "bytes", "spaces", "number", "lines"],
)
def test_a_line_of_a_megabyte(padding: Callable[[], str]) -> None:
    text = padding()
    source = f"{HEAD}x = {text}; y = tf.Session()\n"
    line, column = 4 + text.count("\n"), len(f"x = {text}; y = ".rsplit("\n", 1)[-1])

    assert [KNOWN, (line, column)] == [
        places(check_source(source))[0],
        *[each[:2] for each in places(check_source(source)) if each[2] == "TFS201"][1:],
    ]


def test_a_name_of_a_megabyte() -> None:
    name = "x" * MEGABYTE
    source = f"{HEAD}def {name}(): return tf.Session()\n"

    assert places(check_source(source)) == [KNOWN, (4, len(f"def {name}(): return "), "TFS201")]


def test_files_of_five_megabytes() -> None:
    comments = "# nothing\n" * (MEGABYTE // 2)
    functions = "".join(
        f"def f{n}(x):\n    return [x, {n}]  # {'.' * 400}\n" for n in range(12_000)
    )
    assert len(functions) > 5 * MEGABYTE

    assert places(check_source(HEAD + comments + HEAD[24:])) == [KNOWN, (500_005, 11, "TFS201")]
    assert places(check_source(HEAD + functions + HEAD[24:])) == [KNOWN, (24_005, 11, "TFS201")]


# --- spelled oddly ---


@pytest.mark.parametrize(
    "line",
    [
        r"import os\nimport sys",
        "from a import (b) import c",
        "from a import (b, import c",
        "import: import; import",
        "reimport import import\\",
        "from import from",
    ],
)
def test_what_looks_like_an_import(tmp_path: Path, line: str) -> None:
    """Imports are looked for in the text, whatever stands around them."""
    register = "from keras import backend as K\ndef register(sess):\n    K.set_session(sess)\n"
    (tmp_path / "other.py").write_text(register, encoding="utf-8")
    text = f'import other\nfrom keras import layers\ndef f(sess):\n    r"""\n{line}\n    """\n'
    text += "    layers.Dense(1)\n    other.register(sess)\n"

    found = check_source(text, str(tmp_path / "file.py"))

    assert places(found) == [(7, 4, "TFS101")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("indentation", ["    ", "\t", " \t", "  "], ids=repr)
def test_line_ends_and_marks(flake8: Flake8, tmp_path: Path, ending: str, indentation: str) -> None:
    expected = {}
    for mark, feed, end, word in itertools.product(
        ("", "\ufeff"), ("", "\f"), (True, False), ("x", "é", "\U0001d54f")
    ):
        lines = [
            "import tensorflow as tf",
            f"{feed}def f():",
            f"{indentation}'{word}'; tf.Session()",
        ]
        text = ending.join(lines) + ending * end
        path = tmp_path / f"file{len(expected)}.py"
        path.write_bytes((mark + text).encode("utf-8"))
        column = len(indentation) + 5
        expected[str(path)] = (3, column + 1, "TFS201")
        assert places(check_source(text)) == [(3, column, "TFS201")]

    result = flake8(str(tmp_path))

    assert {line.path: (line.line, line.column, line.code) for line in result.lines} == expected
    assert len(result.lines) == len(expected)


@pytest.mark.parametrize(
    "data",
    [
        b"import keras\nSession\0\n",
        b"\0",
        b"import keras\nx = '\xff'  # Session\n",
        b"import keras\nx = '\xed\xa0\x80'  # Session\n",
        b"# coding: none such\nimport keras  # Session\n",
        b"\xff\xfei\0m\0p\0o\0r\0t\0 \0k\0e\0r\0a\0s\0",
        b"\xef\xbb\xbf# coding: latin-1\nimport keras  # Session\n",
    ],
    ids=["null", "only null", "no utf-8", "surrogate", "no codec", "utf-16", "mark and cookie"],
)
def test_what_is_no_text_is_flake8s(tmp_path: Path, data: bytes) -> None:
    if b"\0" in data and sys.version_info < (3, 11, 4):
        pytest.skip("flake8 itself fails at the ValueError that this Python raises")
    (tmp_path / "odd.py").write_bytes(data)
    (tmp_path / "other.py").write_text(HEAD, encoding="utf-8")

    result = run_flake8("--isolated", "--select=E9,TFS", "-j1", ".", cwd=tmp_path)

    lines = [line for line in result.stdout.splitlines() if "other.py" not in line]
    assert all(": E9" in line for line in lines)
    assert "./other.py:3:12: TFS201" in result.stdout
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("text", ["\0", "\ud800", "'\udfff'", "x = '\0'", "\ufffe", "\u2028"])
def test_characters_that_no_program_has(text: str) -> None:
    assert check_source(text) == []
    found = check_source(HEAD + text + "\n")
    assert places(found) in ([KNOWN], [(each.line, 0, "TFS900") for each in found][:1])


# --- every codec ---


def _spelled(codec: str) -> bytes | None:
    """A program in a codec that says so in its first line; None if there is no such text."""
    for word in ("é", "я", "中", "x"):
        text = f"# coding: {codec}\nimport tensorflow as tf\n'{word}'; tf.Session()\n"
        try:
            data = text.encode(codec)
            ast.parse(data)
            if data.decode(codec) == text:
                return data
        except (LookupError, ValueError, SyntaxError, TypeError):
            continue
    return None


CODECS = sorted({*encodings.aliases.aliases.values(), "utf_8_sig", "idna", "punycode", "mbcs"})
SPELLED = {codec: data for codec in CODECS for data in [_spelled(codec)] if data is not None}


def test_every_codec(tmp_path: Path, command: Command) -> None:
    assert len(SPELLED) > 60
    for codec, data in SPELLED.items():
        (tmp_path / f"{codec}.py").write_bytes(data)

    result = run_flake8("--isolated", "--select=E9,TFS201", "-j1", ".", cwd=tmp_path)

    found = sorted(line.split(" ", 2)[:2] for line in result.stdout.splitlines())
    assert found == sorted([f"./{codec}.py:3:6:", "TFS201"] for codec in SPELLED)
    (tmp_path / "wide.cfg").write_text("[flake8]\nmax-line-length = 100\n")
    command("fix", "--config", tmp_path / "wide.cfg", "-j1", tmp_path)
    for codec, data in SPELLED.items():
        text = (tmp_path / f"{codec}.py").read_bytes().decode(codec)
        grown = "tf.Session(config=tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True)))"
        assert text == data.decode(codec).replace("tf.Session()", grown), codec


@pytest.mark.parametrize("codec", sorted({*CODECS} - {*SPELLED}))
def test_a_codec_that_python_can_not_read(tmp_path: Path, codec: str) -> None:
    """The codec of a file that is imported, which flake8 itself never sees."""
    text = f"# coding: {codec}\nimport tensorflow as tf\ndef f(): return tf.Session()\n"
    (tmp_path / "setup.py").touch()
    (tmp_path / "odd.py").write_bytes(text.encode("ascii"))
    with_import = HEAD + "from odd import f\nf()\n"

    found = check_source(with_import, str(tmp_path / "model.py"))

    assert places(found) == [KNOWN]


def test_the_codecs_are_all() -> None:
    assert all(codecs.lookup(codec) for codec in SPELLED)

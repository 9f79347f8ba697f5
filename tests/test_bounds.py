"""What costs much ends all the same, and what a file imports is the same for whoever asks."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_tf_session import Finding, check_source
from tests.conftest import Result
from tests.inputs.hostile import HEAD, SHAPES
from tests.inputs.verdict import WORK_LIMIT, WorkCounter
from tests.test_plugin import run_flake8

Flake8 = Callable[..., Result]

USE = "def use(sess):\n    made = make()\n    K.set_session(sess)\n"
MAKE = "def make():\n    return Dense(1)\n"
LOOP = "def loop():\n    for _ in range(3):\n        tf.Session()\n"


def codes(found: list[Finding]) -> list[tuple[str, int]]:
    """Codes and lines of findings."""
    return [(each.code, each.line) for each in found]


def unfinished(found: list[Finding]) -> list[str]:
    """The messages of the findings that say that something was not analysed."""
    return [each.message for each in found if each.code == "TFS900"]


# --- work ---


@pytest.mark.parametrize("shape", SHAPES)
def test_the_work_is_bounded(shape: str) -> None:
    source = SHAPES[shape](100)
    try:
        ast.parse(source)
    except (SyntaxError, RecursionError):
        pytest.skip("this Python can not parse it")

    with WorkCounter(WORK_LIMIT):
        found = check_source(source)

    assert found
    assert len(unfinished(found)) <= 2
    assert not any(message.startswith("the file ") for message in unfinished(found))


@pytest.mark.parametrize(
    "shape", ["lists of themselves", "partials", "defaults", "elif", "elif of sessions", "objects"]
)
def test_what_is_long_or_holds_itself_is_analysed(shape: str) -> None:
    found = check_source(SHAPES[shape](2_000))

    assert unfinished(found) == []
    assert "TFS201" in [code for code, _ in codes(found)]


def test_values_with_many_parts_are_unknown() -> None:
    """What is in them unknown code may use and change."""
    deep = "".join("    held = [held, held]\n" for _ in range(20))
    source = (
        f"{HEAD}def f():\n    config = tf.ConfigProto()\n    held = [config]\n{{}}"
        "    tf.Session(config=config)\n"
    )

    assert codes(check_source(source.format(""))) == [("TFS201", 7)]
    assert check_source(source.format(deep)) == []


def test_defaults_with_many_parts_are_unknown() -> None:
    deep = "".join("    def g(a=g, b=g, config=config):\n        pass\n" for _ in range(20))
    source = (
        f"{HEAD}def f():\n    g = config = tf.ConfigProto()\n{deep}    tf.Session(config=config)\n"
    )

    assert check_source(source) == []


def test_the_file_has_a_budget_beside_that_of_each_flow() -> None:
    (message,) = unfinished(check_source(SHAPES["fan-out"](60)))

    assert ", as all after it, was not analysed: " in message
    assert "the flows of the file take too much work; split" in message


def test_methods_that_start_threads_share_the_budget() -> None:
    methods = "".join(
        f"class S{number}(threading.Thread):\n    def __init__(self): f0()\n"
        "    def run(self): K.get_session()\n"
        for number in range(30)
    )
    calls = "".join(f"def f{n}():\n    f{n + 1}()\n    f{n + 1}()\n" for n in range(12))
    source = f"{HEAD}import threading\n{methods}{calls}def f12():\n    Dense(1)\n{USE}"

    assert len(unfinished(check_source(source))) == 1


def test_what_is_nested_deep_in_calls_costs_one_flow() -> None:
    """Python's stack ends before the number of calls does."""
    lines = []
    for number in range(39):
        lines.append(f"def f{number}(a):")
        lines += ["    " * (level + 1) + f"if a.b{level}:" for level in range(15)]
        lines.append("    " * 16 + f"f{number + 1}(a)")
    lines += ["def f39(a):", "    Dense(1)", "    K.set_session(a)"]
    source = HEAD + "\n".join(lines) + "\ndef g():\n    tf.Session()\n"

    found = check_source(source)

    (message,) = unfinished(found)
    assert "was not analysed: it is nested too deeply; split" in message
    assert {"TFS101", "TFS201"} <= {code for code, _ in codes(found)}


def test_how_deep_the_caller_is_makes_no_difference() -> None:
    calls = "".join(f"def f{number}():\n    return f{number + 1}()\n" for number in range(38))
    source = f"{HEAD}{calls}def f38():\n    return Dense(1)\n"
    source += "def f(sess):\n    layer = f0()\n    K.set_session(sess)\n    return layer\n"

    def from_below(depth: int) -> list[Finding]:
        return from_below(depth - 1) if depth else check_source(source)

    assert from_below(700) == check_source(source) != []


# --- modules ---


def write(folder: Path, names: dict[str, str]) -> None:
    """Write the modules of a package."""
    folder.mkdir()
    for name, text in {"__init__": "", **names}.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")


def chain(folder: Path, count: int, link: str, *, first: str = "", last: str = MAKE) -> None:
    """A package of modules each of which imports the next, of which ``{}`` is the name."""
    names = {}
    for number in range(count):
        text = link.format(f"m{number + 1:03}") if number < count - 1 else last
        names[f"m{number:03}"] = HEAD + text + (first if number in (0, count // 2) else "")
    write(folder, names)


def test_modules_are_the_same_whoever_asks(tmp_path: Path) -> None:
    """In whichever order, in one process or several, as a file or as standard input."""
    (tmp_path / "setup.cfg").touch()
    names = "from .{0} import make, Base\nclass Base(Base): pass\n"
    chain(tmp_path / "names", 300, names, first=USE, last=f"class Base: pass\n{MAKE}")
    chain(tmp_path / "stars", 100, "from .{} import *\n", first=USE + LOOP)
    chain(tmp_path / "bodies", 60, "from . import {0}\nmake = {0}.make\n", first=USE)
    acting = "from .{0} import make\nlayer = make()\n"
    chain(tmp_path / "acting", 60, acting, first=USE, last=f"{MAKE}layer = make()\n")
    last = f"from .m000 import *\n{MAKE}"
    chain(tmp_path / "circle", 5, "from .{} import *\n", first=USE + LOOP, last=last)
    files = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("m*.py"))
    asking = [name for name in files if "use" in (tmp_path / name).read_text("utf-8")]

    def lines(*arguments: str, stdin: str | None = None) -> list[str]:
        result = run_flake8("--isolated", "--select=TFS", *arguments, cwd=tmp_path, stdin=stdin)
        assert result.stderr == ""
        return sorted(result.stdout.replace("./", "").splitlines())

    found = lines("-j1", ".")

    assert [line.split()[1] for line in found].count("TFS101") == len(asking) == 10
    assert [line.split()[1] for line in found].count("TFS201") == 4
    assert len(found) == 14
    assert lines("-j4", ".") == found
    assert lines("-j1", *reversed(files)) == found
    for name in asking:
        text = (tmp_path / name).read_text("utf-8")
        alone = lines(f"--stdin-display-name={name}", "-", stdin=text)
        assert alone == [line for line in found if line.startswith(name)]
        as_library = check_source(text, str(tmp_path / name))
        assert sorted(f"{name}:{each.line}" for each in as_library) == sorted(
            ":".join(line.split(":")[:2]) for line in alone
        )


@pytest.mark.parametrize("first", ["a", "b"])
def test_bodies_that_need_each_other_do_not_see_each_other(tmp_path: Path, first: str) -> None:
    """Whichever of them is imported first; the functions in them see both."""
    (tmp_path / "setup.cfg").touch()
    write(
        tmp_path / "pkg",
        {
            "a": f"{HEAD}from . import b\nb.prepare()\nclass Own(b.Base): pass\n{MAKE}",
            "b": f"{HEAD}from . import a, c\nclass Base(c.Base): pass\ndef prepare():\n"
            "    return a.make()\nx = a.make()\n",
            "c": f"{HEAD}class Base:\n    def build(self):\n        return Dense(1)\n",
        },
    )
    second = {"a": "b", "b": "a"}[first]
    own = f"{HEAD}from pkg.{first} import *\nfrom pkg.{second} import *\n"
    made = "def use(sess):\n    {}\n    K.set_session(sess)\n"
    names = ("Own().build()", "Base().build()", "prepare()", "make()")
    source = own + "".join(made.format(name) for name in names)

    found = check_source(source, str(tmp_path / "main.py"))

    assert codes(found) == [("TFS101", 10), ("TFS101", 13), ("TFS101", 16)]


def test_names_that_modules_import_from_each_other_are_unknown(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").touch()
    write(
        tmp_path / "pkg",
        {
            "a": f"{HEAD}from .b import make\ndef own():\n    return Dense(1)\n",
            "b": f"{HEAD}from .a import make\ndef own():\n    return Dense(1)\n",
        },
    )
    source = f"{HEAD}from pkg.a import make, own\n{USE}{USE.replace('make', 'own')}"

    assert codes(check_source(source, str(tmp_path / "main.py"))) == [("TFS101", 9)]

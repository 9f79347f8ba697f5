"""Module summaries: what a module is depends on texts alone, and costs once."""

from __future__ import annotations

import gc
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_tf_session import check_source
from flake8_tf_session.check import check_tree
from flake8_tf_session.settings import Settings
from flake8_tf_session.text.project import Project
from flake8_tf_session.text.source import parsed
from tests.inputs.hostile import HEAD
from tests.test_economy import Calls
from tests.test_plugin import run_flake8

# --- modules of whichever kind, and imports of whichever kind ---

PARTS = (
    "class Base{n}:\n    def build(self):\n        self.x = Dense({n})\n        return self.x\n",
    "def make{n}():\n    return Dense({n})\n",
    "config{n} = tf.ConfigProto()\n",
    "layer{n} = Dense({n})\n",
    "model{n} = tf.keras.Sequential()\nmodel{n}.add(Dense({n}))\n",
    "def use{n}(sess):\n    layer = Dense({n})\n    K.set_session(sess)\n    return layer\n",
    "def run{n}(sess):\n    K.set_session(sess)\n    return model{n}.predict({n})\n",
    "os.environ['CUDA_VISIBLE_DEVICES'] = ''\n",
    "def start{n}():\n    return tf.Session(config=config{n})\n",
)
IMPORTS = (
    "from .m{o} import *\n",
    "from . import m{o}\n",
    "from .m{o} import make{o}, Base{o}\n",
    "from .m{o} import config{o}\nconfig{o}.gpu_options.allow_growth = True\n",
    "from . import m{o}\nm{o}.layer = m{o}.make{o}()\n",
    "from .m{o} import Base{o}\nclass Base{n}(Base{o}):\n    pass\nbuilt{n} = Base{o}().build()\n",
    "from . import m{o}\ndef use{n}_{o}(sess):\n    x = m{o}.make{o}()\n    K.set_session(sess)\n"
    "    return x, tf.Session(config=m{o}.config{o})\n",
    "from . import m{o}\ndef both{n}_{o}(sess):\n    K.set_session(sess)\n"
    "    return m{o}.model{o}.predict({n})\n",
)


def write_any(folder: Path, seed: int, count: int) -> list[str]:
    """A package of modules that import each other at random, in circles too; their files."""
    chance = random.Random(seed)
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    names = []
    for number in range(count):
        text = f"{HEAD}import os\n"
        for other in chance.sample(range(count), chance.randrange(4)):
            if other != number:
                text += chance.choice(IMPORTS).format(n=number, o=other)
        for part in chance.sample(PARTS, 4):
            text += part.format(n=number)
        (folder / f"m{number}.py").write_text(text, encoding="utf-8")
        names.append(f"{folder.name}/m{number}.py")
    return names


def test_findings_are_the_same_in_whichever_order_files_are_checked(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").touch()
    files = [name for seed in range(12) for name in write_any(tmp_path / f"p{seed}", seed, 8)]

    def lines(jobs: int, names: list[str]) -> list[str]:
        result = run_flake8("--isolated", "--select=TFS", f"-j{jobs}", *names, cwd=tmp_path)
        assert result.stderr == ""
        return sorted(result.stdout.splitlines())

    expected = lines(1, files)
    assert len(expected) > len(files) // 2
    for seed in range(4):
        chance = random.Random(seed)
        assert lines(4 if seed == 0 else 1, chance.sample(files, len(files))) == expected
    # Each by itself, in a process that knows the others from before.
    for name in random.Random(4).sample(files, len(files)):
        found = check_source((tmp_path / name).read_text("utf-8"), str(tmp_path / name))
        own = [line for line in expected if line.startswith(name)]
        assert sorted(
            f"{name}:{each.line}:{each.column + 1}" for each in found if each.code != "TFS401"
        ) == sorted(line.split(": ")[0] for line in own)


def test_a_summary_lives_as_long_as_the_texts_on_which_it_rests(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").touch()
    growing = "import tensorflow as tf\nconfig = tf.ConfigProto()\n{}"
    grows = growing.format("config.gpu_options.allow_growth = True\n")
    asking = "import tensorflow as tf\nfrom middle import config\ntf.Session(config=config)\n"
    middle = tmp_path / "middle.py"
    middle.write_text("import tensorflow as tf\nfrom base import config\n", encoding="utf-8")

    def lacks_growth(base: str | None) -> bool:
        if base is None:
            (tmp_path / "base.py").unlink()
        else:
            (tmp_path / "base.py").write_text(base, encoding="utf-8")
        found = check_source(asking, str(tmp_path / "asking.py"))
        return "TFS201" in [each.code for each in found]

    assert lacks_growth(growing.format(""))
    assert not lacks_growth(grows)
    assert lacks_growth(growing.format(""))
    assert not lacks_growth(None)
    assert lacks_growth(growing.format(""))
    # A package comes before a module of the same name.
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "__init__.py").write_text(grows, encoding="utf-8")
    assert not lacks_growth(growing.format(""))


# --- what they cost ---


def chain(folder: Path, count: int) -> None:
    """Modules each of which imports the next."""
    for number in range(count):
        link = f"from m{number + 1} import make as inner, Base as Base{number}\n"
        _write(folder, number, link if number < count - 1 else "")


def star(folder: Path, count: int) -> None:
    """Modules all of which import one, which imports none, and a module that imports them all."""
    _write(folder, 0, "")
    for number in range(1, count - 1):
        _write(folder, number, "from m0 import make as inner, Base as Base0\n")
    names = range(1, count - 1)
    _write(
        folder, count - 1, "".join(f"from m{each} import Base as Base{each}\n" for each in names)
    )


def circle(folder: Path, count: int) -> None:
    """Modules each of which imports the next, and the last the first."""
    for number in range(count):
        _write(folder, number, f"import m{(number + 1) % count} as other\n")


def _write(folder: Path, number: int, imports: str) -> None:
    text = (
        f"{HEAD}{imports}class Base:\n    def __init__(self):\n        self.layer = Dense(1)\n\n"
        f"def make():\n    return Dense({number})\n\n"
        "def use(sess):\n    layer = make()\n    K.set_session(sess)\n    return layer\n"
    )
    (folder / f"m{number}.py").write_text(text, encoding="utf-8")


def work(folder: Path) -> int:
    """How many calls of the package's functions it takes to check a folder as one run does."""
    project = Project()
    counter = Calls()
    found = 0
    for path in sorted(folder.glob("m*.py")):
        text = path.read_text("utf-8")
        tree = parsed(text)
        sys.setprofile(counter)
        try:
            found += len(check_tree(text, tree, str(path), Settings(), project))
        finally:
            sys.setprofile(None)
    assert found == len(list(folder.glob("m*.py")))
    return counter.count


@pytest.mark.parametrize("generate", [chain, star, circle])
def test_work_grows_with_the_project_no_faster(
    generate: Callable[[Path, int], None], tmp_path: Path
) -> None:
    counts = []
    for count in (30, 60):
        folder = tmp_path / str(count)
        folder.mkdir()
        (folder / "setup.cfg").touch()
        generate(folder, count)
        counts.append(work(folder))

    assert counts[1] < 2.2 * counts[0]


def test_memory_stays_the_same_however_often_files_are_edited(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").touch()
    chain(tmp_path, 6)
    last, asking = tmp_path / "m5.py", tmp_path / "m0.py"
    text, own = last.read_text("utf-8"), asking.read_text("utf-8")

    def edit(first: int, end: int) -> int:
        for number in range(first, end):
            last.write_text(f"{text}x{number} = Dense({number})\n", encoding="utf-8")
            found = check_source(f"{own}x{number} = Dense({number})\n", str(asking))
            assert [each.code for each in found] == ["TFS101"]
        gc.collect()
        return len(gc.get_objects())

    edit(0, 10)
    before = edit(10, 20)
    assert edit(20, 120) <= before + 50

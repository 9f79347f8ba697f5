"""The linter and the fixer run nothing of what they read, and read nothing out of its tree.

Each run is a process of its own whose every opened file, listed folder, import, executed code,
socket and process is recorded by Python's auditing (`audited.py`).
"""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path
from typing import NamedTuple

import pytest

from .conftest import Place, Run, audit

FLAKE8 = ("flake8", "--isolated", "--extend-ignore=C,E,F,W", "-j1")
FIX = ("fix", "--isolated", "-j1")

# It has one finding of its own (TFS201), and one more (TFS101) where the import is followed.
MODEL = """\
import tensorflow as tf
from tensorflow.compat.v1.keras import layers

{imported}


class Model(BaseModel):
    def __init__(self):
        self.layer = layers.Dense(1)
        super().__init__()


def session():
    return tf.compat.v1.Session()
"""
BASE = """\
from tensorflow.compat.v1.keras import backend


class BaseModel:
    def __init__(self):
        backend.set_session(self.session())
"""


def make(place: Place, imported: str, name: str = "tree/news/model.py") -> str:
    """Write the file that is checked; its name for a command."""
    path = place.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MODEL.format(imported=imported), encoding="utf-8")
    return os.path.relpath(path, place.tree)


def contents(folder: Path) -> dict[str, bytes]:
    """Every regular file of a folder."""
    return {
        str(path): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


# --- nothing runs ---

NAMES = """
    conftest.py flake8.py keras/__init__.py libcst/__init__.py news/__init__.py news/__main__.py
    news/base_model.py setup.py sitecustomize.py tensorflow/__init__.py tokenize.py tqdm.py
    usercustomize.py encodings/news.py
""".split()


@pytest.mark.parametrize(
    "command",
    [FLAKE8, (*FLAKE8[:-1], "-j2"), FIX, ("check",)],
    ids=["flake8", "workers", "fix", "library"],
)
def test_nothing_is_imported_or_executed(place: Place, command: tuple[str, ...]) -> None:
    for name in NAMES:
        place.write(f"tree/{name}", BASE)
    model = make(place, "from news.base_model import BaseModel")
    everything = ["."] if command != ("check",) else [model]
    before = contents(place.tree)

    run = place.run(*command, *everything)

    assert {"tree/news/base_model.py", "tree/news/model.py"} <= run.opened
    after = contents(place.tree)
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == ({str(place.tree / model)} if command == FIX else set())
    if command != FIX:
        assert run.codes("") == ["TFS101", "TFS201"]


def test_a_declared_encoding_is_no_module_of_the_project(place: Place) -> None:
    place.write("tree/news/__init__.py", "")
    base = place.write("tree/news/base_model.py", BASE)
    place.write("tree/encodings/evil.py", BASE)
    place.write("tree/evil.py", BASE)
    base.write_text("# coding: evil\n" + base.read_text(encoding="utf-8"), encoding="utf-8")
    model = make(place, "from .base_model import BaseModel")

    assert place.run(*FLAKE8, model).codes("") == ["TFS201"]


# --- nothing out of the tree is read ---


def link(place: Place, name: str, target: str) -> None:
    """A link, with a target that is relative to it."""
    path = place.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def file_link(place: Place) -> str:
    link(place, "tree/news/base_model.py", "../../outside/base_model.py")
    return make(place, "from .base_model import BaseModel")


def folder_link(place: Place) -> str:
    link(place, "tree/news/parts", "../../outside")
    return make(place, "from .parts.base_model import BaseModel")


def package_link(place: Place) -> str:
    link(place, "tree/shared", "../outside")
    return make(place, "from shared import BaseModel")


def link_to_a_tree(place: Place) -> str:
    (place.folder / "outside" / "setup.py").touch()
    link(place, "tree/shared", "../outside")
    return make(place, "from shared.base_model import BaseModel")


def link_to_no_package(place: Place) -> str:
    (place.folder / "outside" / "__init__.py").unlink()
    link(place, "tree/shared", "../outside")
    return make(place, "from shared import base_model\nBaseModel = base_model.BaseModel")


def link_in_src(place: Place) -> str:
    link(place, "tree/src", "..")
    return make(place, "from outside.base_model import BaseModel")


def link_in_a_package(place: Place) -> str:
    (place.tree / "news" / "__init__.py").unlink()
    link(place, "tree/news/__init__.py", "../../outside/__init__.py")
    return make(place, "from news import BaseModel")


def link_to_a_link(place: Place) -> str:
    link(place, "tree/links/base_model.py", "../../outside/base_model.py")
    link(place, "tree/news/base_model.py", "../links/base_model.py")
    return make(place, "from .base_model import BaseModel")


def link_upwards(place: Place) -> str:
    link(place, "tree/news/up", "../..")
    return make(place, "from .up.outside.base_model import BaseModel")


def link_to_the_root(place: Place) -> str:
    link(place, "tree/news/up", "/")
    inner = ".".join((place.folder / "outside").parts[1:])
    return make(place, f"from .up.{inner}.base_model import BaseModel")


def beyond_the_top(place: Place) -> str:
    return make(place, "from ...outside.base_model import BaseModel")


def beyond_the_top_of_a_script(place: Place) -> str:
    return make(place, "from ..outside.base_model import BaseModel", "tree/model.py")


def far_beyond_the_top(place: Place) -> str:
    inner = ".".join((place.folder / "outside").parts[1:])
    return make(place, f"from {'.' * 50}{inner}.base_model import BaseModel")


def by_the_name_of_a_sibling(place: Place) -> str:
    return make(place, "from outside.base_model import BaseModel", "tree/model.py")


def by_the_names_of_the_folders_above(place: Place) -> str:
    inner = ".".join((place.folder / "outside").parts[1:])
    return make(place, f"from {inner}.base_model import BaseModel")


def in_a_package_above(place: Place) -> str:
    place.write("__init__.py", BASE)
    place.write("base_model.py", BASE)
    (place.tree / "pyproject.toml").touch()
    place.write("tree/__init__.py", "")
    return make(place, f"from {place.folder.name}.base_model import BaseModel", "tree/model.py")


OUT = [
    file_link,
    folder_link,
    package_link,
    link_to_a_tree,
    link_to_no_package,
    link_in_src,
    link_in_a_package,
    link_to_a_link,
    link_upwards,
    link_to_the_root,
    beyond_the_top,
    beyond_the_top_of_a_script,
    far_beyond_the_top,
    by_the_name_of_a_sibling,
    by_the_names_of_the_folders_above,
    in_a_package_above,
]


class Way(NamedTuple):
    """A way out of a tree: its place, the file that is checked, and what was there before."""

    place: Place
    model: str
    outside: dict[str, bytes]


class Ways(NamedTuple):
    """Every way out, and what two runs over all of them did."""

    ways: dict[str, Way]
    linted: Run
    fixed: Run


@pytest.fixture(scope="module", params=["marked", "unmarked"])
def ways(request: pytest.FixtureRequest, base: Path) -> Ways:
    """Trees with a way out, linted together and then fixed together."""
    folder = base / request.param
    made = {}
    for way in OUT:
        place = Place(folder / way.__name__)
        place.write("outside/__init__.py", BASE)
        place.write("outside/base_model.py", BASE)
        place.write("tree/news/__init__.py", "")
        if request.param == "marked":
            (place.tree / "setup.cfg").touch()
        model = os.path.relpath(place.tree / way(place), folder)
        made[way.__name__] = Way(place, model, contents(place.folder / "outside"))
    models = [way.model for way in made.values()]
    return Ways(made, audit(folder, folder, *FLAKE8, *models), audit(folder, folder, *FIX, *models))


@pytest.mark.parametrize("name", [way.__name__ for way in OUT])
def test_nothing_out_of_the_tree_is_read(ways: Ways, name: str) -> None:
    place, model, outside = ways.ways[name]

    assert ways.linted.codes(model) == ["TFS201"]
    assert "allow_growth = True" in (place.folder.parent / model).read_text(encoding="utf-8")
    for run in (ways.linted, ways.fixed):
        touched = {path for path in run.opened | run.listed if path.startswith(f"{name}/")}
        assert model in touched
        assert {path for path in touched if not path.startswith(f"{name}/tree")} == set()
        followed = {path for path in touched if not is_within(place, path)}
        assert followed == set()
    assert place.executed == []
    assert contents(place.folder / "outside") == outside


def is_within(place: Place, path: str) -> bool:
    """Whether a path is in the tree, links followed."""
    real = (place.folder.parent / path).resolve()
    return place.tree in (real, *real.parents)


def test_around_the_trees_nothing_is_listed(ways: Ways) -> None:
    assert {path for path in ways.linted.listed if "/" not in path} == set()


def test_what_is_in_the_tree_is_read_through_links(place: Place) -> None:
    (place.tree / "setup.cfg").touch()
    place.write("tree/models/base_model.py", BASE)
    link(place, "tree/news/parts", "../models")
    model = make(place, "from .parts.base_model import BaseModel")

    run = place.run(*FLAKE8, model)

    assert run.codes("") == ["TFS101", "TFS201"]
    assert "tree/news/parts/base_model.py" in run.opened


def test_the_fixer_leaves_what_a_link_leads_to_out_of_the_tree(place: Place) -> None:
    outside = place.folder / make(place, "", "outside/model.py").partition("/")[2]
    before = outside.read_bytes()
    make(place, "")
    (place.tree / "setup.cfg").touch()
    link(place, "tree/news/linked.py", "../../outside/model.py")

    run = place.run(*FIX, ".")

    assert "./news/linked.py: not fixed: it is a link that leads out of the tree" in run.output
    assert "1 finding fixed in 1 file" in run.output
    assert outside.read_bytes() == before
    assert "tree/news/linked.py" not in run.opened


@pytest.mark.parametrize("named", ["news/linked.py", "news"])
def test_the_fixer_fixes_what_is_named_wherever_it_leads(place: Place, named: str) -> None:
    make(place, "", "outside/model.py")
    (place.tree / "setup.cfg").touch()
    if named == "news":
        link(place, "tree/news", "../outside")
    else:
        link(place, "tree/news/linked.py", "../../outside/model.py")

    assert "1 finding fixed in 1 file" in place.run(*FIX, named).output


# --- nothing hangs ---


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def device(path: Path) -> None:
    os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))  # what /dev/zero is


def listener(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(path.name)
    os.chdir(before)


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def dangling(path: Path) -> None:
    path.symlink_to("nothing")


def folder(path: Path) -> None:
    path.mkdir()


def large(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(BASE)
        file.truncate(1 << 40)  # it takes no room on the disk


SPECIAL = [pipe, endless, listener, circle, dangling, folder, large]
if hasattr(os, "geteuid") and os.geteuid() == 0:
    SPECIAL.append(device)  # only root makes one
SIBLINGS = {
    "base_model.py": "from .base_model import BaseModel",
    "base_model/__init__.py": "from .base_model import BaseModel",
    "__init__.py": "from . import BaseModel",
}


@pytest.fixture(scope="module")
def specials(base: Path) -> Run:
    """What a run over trees with one special file each did."""
    models = []
    for special in SPECIAL:
        for name, imported in SIBLINGS.items():
            path = base / f"{special.__name__}_{name[:-3].replace('/', '_')}" / "news" / name
            path.parent.mkdir(parents=True)
            special(path)
            model = path.parents[len(Path(name).parts)] / "news" / "model.py"
            model.write_text(MODEL.format(imported=imported), encoding="utf-8")
            models.append(os.path.relpath(model, base))
    return audit(base, base, *FLAKE8, *models)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX files")
@pytest.mark.parametrize("name", SIBLINGS)
@pytest.mark.parametrize("special", [each.__name__ for each in SPECIAL])
def test_special_files_are_not_opened(specials: Run, special: str, name: str) -> None:
    tree = f"{special}_{name[:-3].replace('/', '_')}"

    opened = {path for path in specials.opened if path.startswith(f"{tree}/")}
    assert opened == {f"{tree}/news/model.py"}
    assert specials.codes(f"{tree}/") == ["TFS201"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX files")
def test_the_fixer_opens_no_special_file_of_a_folder(place: Place) -> None:
    make(place, "from .pipe import BaseModel")
    pipe(place.tree / "news" / "pipe.py")
    endless(place.tree / "news" / "endless.py")

    run = place.run(*FIX, ".")

    assert "./news/endless.py: not fixed: it is no regular file" in run.output
    assert "./news/pipe.py: not fixed: it is no regular file" in run.output
    assert "1 finding fixed in 1 file" in run.output

"""Small projects of several files: what a file imports from its own project is followed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_tf_session import Settings, check_source

from .conftest import Result
from .expectations import check_findings

PROJECTS = Path(__file__).parent / "projects"
NAMES = sorted(path.name for path in PROJECTS.iterdir())
Flake8 = Callable[..., Result]


@pytest.fixture(params=NAMES)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of one project, in a folder that no other project is near."""
    return shutil.copytree(PROJECTS / request.param, tmp_path / "tree" / request.param)


def sources(project: Path) -> dict[str, str]:
    """The annotated files of a project: path and text."""
    return {str(path): path.read_text(encoding="utf-8") for path in sorted(project.rglob("*.py"))}


@pytest.mark.parametrize("arguments", [(), ("--jobs=2",)], ids=["one job", "two jobs"])
def test_project(project: Path, flake8: Flake8, arguments: tuple[str, ...]) -> None:
    check_findings(flake8(*arguments, str(project)).lines, sources(project))


def test_the_order_of_files_changes_nothing(project: Path, flake8: Flake8) -> None:
    texts = sources(project)

    check_findings(flake8(*reversed(texts)).lines, texts)


def test_each_file_alone(project: Path, flake8: Flake8) -> None:
    texts = sources(project)

    check_findings([line for file in texts for line in flake8(file).lines], texts)


def test_unsaved_text_sees_its_siblings(flake8: Flake8, tmp_path: Path) -> None:
    project = shutil.copytree(PROJECTS / "relative", tmp_path / "relative")
    file = project / "news" / "nrms.py"
    text = file.read_text(encoding="utf-8")
    file.unlink()

    result = flake8("--stdin-display-name", str(file), "-", stdin=text.encode("utf-8"))

    check_findings(result.lines, {str(file): text})


def test_the_message_names_the_other_place(flake8: Flake8) -> None:
    file = PROJECTS / "relative" / "news" / "nrms.py"

    first, _ = flake8(str(file)).lines

    assert "before set_session() in BaseModel.__init__ (base_model.py:8)" in first.text


def test_related_place_is_in_the_other_file() -> None:
    file = PROJECTS / "relative" / "news" / "nrms.py"

    first, *_ = check_source(file.read_text(encoding="utf-8"), str(file))

    assert first.related is not None
    assert first.related.filename == str(file.with_name("base_model.py"))
    assert first.related[1:3] == (8, 8)


def test_the_message_names_the_folder_of_the_other_place() -> None:
    file = PROJECTS / "forms" / "package" / "absolute_as.py"

    (found,) = check_source(file.read_text(encoding="utf-8"), str(file))

    assert "before set_session() in BaseModel.__init__ (models/base.py:8)" in found.message


def test_the_message_names_the_line_of_a_module() -> None:
    file = PROJECTS / "at_import" / "service" / "late.py"

    found = check_source(file.read_text(encoding="utf-8"), str(file))

    (late,) = (each for each in found if each.code == "TFS103")
    assert "before set_session() in gpu.py:6 takes Keras to another" in late.message


@pytest.mark.parametrize(
    ("devices", "imports", "codes"),
    [
        ("-1", "import machine", []),
        ("", "from tools import hidden", []),
        ("1", "import machine", ["TFS201"]),
        ("-1", "import elsewhere", ["TFS201"]),
    ],
)
def test_an_import_may_hide_the_gpus(
    devices: str, imports: str, codes: list[str], tmp_path: Path
) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "__init__.py").write_text("from machine import hidden\n")
    (tmp_path / "machine.py").write_text(
        f"import os\nos.environ['CUDA_VISIBLE_DEVICES'] = '{devices}'\nhidden = True\n"
    )
    source = f"import tensorflow as tf\n{imports}\ndef f():\n    return tf.Session()\n"

    found = check_source(source, str(tmp_path / "train.py"))

    assert [each.code for each in found] == codes


SERVER = """
import threading
from base import settings
from tensorflow.keras.models import load_model

model = load_model("model.h5")


def score():
    print(model.predict([1]))


threading.Thread(target=score).start()
"""


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ("import tensorflow as tf\ntf.compat.v1.disable_eager_execution()\n", ["TFS401"]),
        ("import tensorflow as tf\nsettings = tf.placeholder\n", ["TFS401"]),
        (
            "import base\nfrom .names import *\nimport tensorflow as tf\nsettings = tf.Graph\n",
            ["TFS401"],
        ),
        ("from tensorflow import keras\nsettings = keras\n", []),
        ("import requests\nsettings = requests.Session  # tensorflow\n", []),
        ("import tensorflow as tf\ntf.Session(\n", []),
    ],
)
def test_another_file_may_show_graph_mode(other: str, codes: list[str], tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "__init__.py").write_text("from .switch import settings\n")
    (tmp_path / "base" / "names.py").write_text("from . import switch\n")
    (tmp_path / "base" / "switch.py").write_text(other)

    found = check_source(SERVER, str(tmp_path / "server.py"))

    assert [each.code for each in found] == codes


def test_a_related_place_is_named_as_the_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECTS / "relative")
    file = Path("news", "nrms.py")

    first, *_ = check_source(file.read_text(encoding="utf-8"), str(file))

    assert first.related is not None
    assert first.related.filename == str(Path("news", "base_model.py"))


def test_imports_are_not_followed_when_that_is_off(flake8: Flake8) -> None:
    project = PROJECTS / "relative"

    assert flake8("--tf-session-follow-imports=no", str(project)).lines == []
    check_findings(flake8("--tf-session-follow-imports=yes", str(project)).lines, sources(project))


def test_a_text_without_a_file_follows_nothing() -> None:
    text = (PROJECTS / "relative" / "news" / "nrms.py").read_text(encoding="utf-8")

    assert check_source(text) == []


def test_a_file_that_was_edited_is_read_again(tmp_path: Path) -> None:
    project = shutil.copytree(PROJECTS / "relative", tmp_path / "relative")
    base, file = project / "news" / "base_model.py", project / "news" / "nrms.py"
    text = file.read_text(encoding="utf-8")
    codes = [finding.code for finding in check_source(text, str(file))]
    lines = base.read_text(encoding="utf-8").splitlines(keepends=True)

    base.write_text("".join(line for line in lines if "set_session" not in line), encoding="utf-8")
    after = [finding.code for finding in check_source(text, str(file))]

    assert codes == ["TFS101", "TFS102"]
    assert after == []


def test_links_out_of_the_tree_are_not_followed(tmp_path: Path) -> None:
    outside = shutil.copytree(PROJECTS / "relative" / "news", tmp_path / "outside")
    inside = tmp_path / "tree" / "news"
    inside.mkdir(parents=True)
    (inside.parent / "setup.py").touch()
    (inside / "__init__.py").touch()
    file = shutil.copy(outside / "nrms.py", inside / "nrms.py")
    os.symlink(outside / "base_model.py", inside / "base_model.py")

    assert check_source(file.read_text(encoding="utf-8"), str(file)) == []


def test_links_within_the_tree_are_followed(tmp_path: Path) -> None:
    project = shutil.copytree(PROJECTS / "relative", tmp_path / "relative")
    news = project / "news"
    (news / "base_model.py").rename(project / "moved.py")
    (project / "setup.py").touch()
    os.symlink(project / "moved.py", news / "base_model.py")
    file = news / "nrms.py"

    codes = [finding.code for finding in check_source(file.read_text("utf-8"), str(file))]

    assert codes == ["TFS101", "TFS102"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    project = shutil.copytree(PROJECTS / "relative", tmp_path / "relative")
    base, file = project / "news" / "base_model.py", project / "news" / "nrms.py"
    base.unlink()
    os.mkfifo(base)

    assert check_source(file.read_text(encoding="utf-8"), str(file)) == []


def test_installed_packages_are_not_followed(tmp_path: Path) -> None:
    installed = tmp_path / "site-packages"
    shutil.copytree(PROJECTS / "relative" / "news", installed / "news")
    user = installed / "user" / "models.py"
    user.parent.mkdir()
    text = (PROJECTS / "relative" / "news" / "nrms.py").read_text(encoding="utf-8")
    text = text.replace("from .base_model", "from news.base_model")
    user.write_text(text, encoding="utf-8")

    assert check_source(text, str(user)) == []
    own = installed / "news" / "nrms.py"
    assert [finding.code for finding in check_source(text, str(own))] == ["TFS101", "TFS102"]


def test_a_relative_import_beyond_the_tree_is_not_followed(tmp_path: Path) -> None:
    shutil.copytree(PROJECTS / "relative" / "news", tmp_path / "news")
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "setup.cfg").touch()
    text = (PROJECTS / "relative" / "news" / "nrms.py").read_text(encoding="utf-8")
    text = text.replace("from .base_model", "from ..news.base_model")

    assert check_source(text, str(tree / "models.py"), Settings()) == []


def test_nothing_is_executed(tmp_path: Path) -> None:
    project = shutil.copytree(PROJECTS / "relative", tmp_path / "relative")
    base, file = project / "news" / "base_model.py", project / "news" / "nrms.py"
    trace = tmp_path / "executed"
    with base.open("a", encoding="utf-8") as handle:
        handle.write(f"\nopen({str(trace)!r}, 'w').close()\n")

    codes = [finding.code for finding in check_source(file.read_text("utf-8"), str(file))]

    assert codes == ["TFS101", "TFS102"]
    assert not trace.exists()

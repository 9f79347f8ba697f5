"""scripts/corpus.py keeps what it unpacks in its folder and goes on without what it can't have."""

import importlib.util
import io
import sys
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "corpus.py"


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("corpus", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "corpus", module)
    spec.loader.exec_module(module)
    return module


def make_sdist(path: Path, *members: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for member in members:
            content = b"x = 1\n" if member.isreg() else b""
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def link(name: str, target: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type = tarfile.SYMTYPE
    member.linkname = target
    return member


def make_wheel(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x = 1\n")
    return path


def files_under(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_sdist_loses_its_one_outer_folder(corpus: ModuleType, tmp_path: Path) -> None:
    sdist = make_sdist(tmp_path / "a-1.tar.gz", tarfile.TarInfo("a-1/a/b.py"))
    assert files_under(corpus.unpack(sdist, tmp_path / "tree")) == ["a/b.py"]


def test_wheel_keeps_its_one_folder(corpus: ModuleType, tmp_path: Path) -> None:
    wheel = make_wheel(tmp_path / "a-1-py3-none-any.whl", "a/b.py")
    assert files_under(corpus.unpack(wheel, tmp_path / "tree")) == ["a/b.py"]


@pytest.mark.parametrize("name", ["../evil.py", "a/../../evil.py", "/evil.py", "C:/evil.py"])
def test_path_out_of_the_archive_is_refused(corpus: ModuleType, tmp_path: Path, name: str) -> None:
    archives = [
        make_sdist(tmp_path / "a-1.tar.gz", tarfile.TarInfo("a/b.py"), tarfile.TarInfo(name)),
        make_wheel(tmp_path / "a-1-py3-none-any.whl", "a/b.py", name),
    ]
    before = files_under(tmp_path)
    for archive in archives:
        with pytest.raises(corpus.CorpusError, match="unsafe path in archive"):
            corpus.unpack(archive, tmp_path / "tree")
    assert files_under(tmp_path) == before


@pytest.mark.parametrize("target", ["..", "/"])
def test_link_out_of_the_archive_is_refused(
    corpus: ModuleType, tmp_path: Path, target: str
) -> None:
    sdist = make_sdist(tmp_path / "a-1.tar.gz", link("out", target), tarfile.TarInfo("out/evil.py"))
    with pytest.raises(corpus.CorpusError):
        corpus.unpack(sdist, tmp_path / "tree")
    assert files_under(tmp_path) == ["a-1.tar.gz"]


def test_archive_that_is_none_is_refused(corpus: ModuleType, tmp_path: Path) -> None:
    for name in ("a-1.tar.gz", "a-1-py3-none-any.whl"):
        (tmp_path / name).write_bytes(b"not an archive")
        with pytest.raises(corpus.CorpusError, match=name):
            corpus.unpack(tmp_path / name, tmp_path / "tree")


def test_run_goes_on_after_a_package_that_cannot_be_had(
    corpus: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    wheel = make_wheel(tmp_path / "b-2-py3-none-any.whl", "b.py")

    def download(package: object, _work: Path) -> Path:
        if str(package) == "a-1":
            raise corpus.CorpusError("ERROR: no such version")
        return wheel

    packages = [corpus.Package("a", "1"), corpus.Package("b", "2")]
    monkeypatch.setattr(corpus, "read_list", lambda: packages)
    monkeypatch.setattr(corpus, "download", download)
    cache = tmp_path / "cache"
    assert corpus.main(["--fetch-only", "--cache", str(cache)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first == "a-1: can't be had: ERROR: no such version"
    assert second.startswith("b-2: ")
    assert files_under(cache) == ["b-2/b.py"]


def test_line_that_pins_nothing_is_named(corpus: ModuleType, tmp_path: Path) -> None:
    pinned = tmp_path / "corpus.txt"
    pinned.write_text("# real packages\na==1\nb\n", encoding="utf-8")
    with pytest.raises(corpus.CorpusError, match=r"corpus\.txt:3: not a name==version: b"):
        corpus.read_list(pinned)

"""Fetch real packages that use TensorFlow sessions, at pinned versions, and lint or fix them.

    python scripts/corpus.py                     # all of scripts/corpus.txt
    python scripts/corpus.py --package keras     # one package (repeatable; NAME or NAME==VERSION)
    python scripts/corpus.py --fetch-only        # download and unpack, lint nothing
    python scripts/corpus.py --fix DIR           # fix a copy of each in DIR, print what changed

Packages are downloaded with pip and unpacked as plain files: nothing of theirs is installed, built
or run. The exit code is 1 if a package could not be had or a fixed file does not compile, else 0:
findings are what the run is for.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import tokenize
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Callable, NamedTuple, Optional

LIST = Path(__file__).with_name("corpus.txt")

# pip asks an sdist's build backend for its metadata, and setuptools' backend runs the package's
# setup.py for that. This stands in for it: what pip needs is in the sdist's PKG-INFO already.
STUB_BACKEND = """
import email
import os

def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    with open("PKG-INFO", "rb") as file:
        info = email.message_from_binary_file(file)
    folder = f"{info['Name'].replace('-', '_')}-{info['Version']}.dist-info"
    os.mkdir(os.path.join(metadata_directory, folder))
    with open(os.path.join(metadata_directory, folder, "METADATA"), "w", encoding="utf-8") as file:
        file.write(f"Metadata-Version: 2.1\\nName: {info['Name']}\\nVersion: {info['Version']}\\n")
    return folder

class __legacy__:
    prepare_metadata_for_build_wheel = staticmethod(prepare_metadata_for_build_wheel)
"""


class CorpusError(Exception):
    """A package, or the list of them, that can't be had; the text is one line."""


class Package(NamedTuple):
    """A pinned package."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name}-{self.version}"


def default_cache() -> Path:
    """The folder for caches that the platform's convention gives this program."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "flake8-tf-session" / "corpus"


def read_list(path: Path = LIST) -> list[Package]:
    """The pinned packages of a list with one name==version a line."""
    packages = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.partition("#")[0].strip()
        if not line:
            continue
        name, separator, version = line.partition("==")
        if not (name and separator and version):
            raise CorpusError(f"{path}:{number}: not a name==version: {line}")
        packages.append(Package(name, version))
    return packages


def choose(packages: list[Package], wanted: Sequence[str]) -> list[Package]:
    """The packages named, all of them without a name; each name is NAME or NAME==VERSION."""
    chosen = []
    for name in wanted:
        found = [p for p in packages if name in (p.name, f"{p.name}=={p.version}")]
        if not found:
            raise CorpusError(f"--package: {name} is not in {LIST.name}")
        chosen += found
    return chosen or packages


def fetch(package: Package, cache: Path) -> Path:
    """The package's unpacked tree, downloaded if the cache doesn't have it."""
    tree = cache / str(package)
    if tree.is_dir():
        return tree
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="fetch-") as work:
        # Unpacked beside its final place and moved there, so that a tree in the cache is complete.
        unpacked = unpack(download(package, Path(work)), Path(work) / "unpacked")
        unpacked.rename(tree)
    return tree


def download(package: Package, work: Path) -> Path:
    """The package's wheel, or its sdist where it has none for this Python."""
    backend = work / "backend" / "setuptools"
    backend.mkdir(parents=True)
    (backend / "__init__.py").touch()
    (backend / "build_meta.py").write_text(STUB_BACKEND, encoding="utf-8")
    with_stub = {**os.environ, "PYTHONPATH": str(backend.parent)}
    ways = (
        ["--only-binary", ":all:"],
        ["--no-binary", ":all:", "--no-build-isolation", "--use-pep517"],
    )
    folder = work / "download"
    for way in ways:
        shutil.rmtree(folder, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        pip += ["--no-input", "--no-deps", "--ignore-requires-python", "--dest", str(folder)]
        done = subprocess.run(
            [*pip, *way, f"{package.name}=={package.version}"],
            env=with_stub,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode == 0:
            (archive,) = folder.iterdir()
            return archive
        if "No matching distribution" not in done.stdout:
            # There is one: had it not failed, it would be that one, with other files in it.
            break
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    raise CorpusError((errors or lines or ["pip download failed"])[-1])


def unpack(archive: Path, target: Path) -> Path:
    """Unpack a wheel or an sdist under target; refuse one that would write elsewhere.

    Returns the tree: target, or the one folder in it that holds everything.
    """
    if not hasattr(tarfile, "data_filter"):
        raise CorpusError("this Python's tarfile can't unpack safely: take a later patch release")
    try:
        if archive.name.endswith((".whl", ".zip")):
            with zipfile.ZipFile(archive) as opened_zip:
                for name in opened_zip.namelist():
                    check_inside(name)
                opened_zip.extractall(target)
        else:
            with tarfile.open(archive) as opened_tar:
                for name in opened_tar.getnames():
                    check_inside(name)
                # Refuses links out of the tree, devices and the like.
                opened_tar.extractall(target, filter="data")
    except (tarfile.TarError, zipfile.BadZipFile, OSError) as error:
        raise CorpusError(f"{archive.name}: {error}") from error
    entries = list(target.iterdir())
    if not archive.name.endswith(".whl") and len(entries) == 1 and entries[0].is_dir():
        return entries[0]
    return target


def check_inside(name: str) -> None:
    """Refuse the name of an archive's member that leads out of the archive's own folder."""
    for path in (PurePosixPath(name), PureWindowsPath(name)):
        if path.anchor or ".." in path.parts:
            raise CorpusError(f"unsafe path in archive: {name}")


class FileResult(NamedTuple):
    """What linting one file gave: lines to print and the codes they have."""

    lines: list[str]
    codes: list[str]


def read_text(path: Path) -> str:
    """The text of a Python file.

    Raises:
        SyntaxError, UnicodeDecodeError: it can't be decoded.
    """
    with tokenize.open(path) as file:
        return file.read()


def lint_file(path: Path, select: Sequence[str]) -> FileResult:
    """The findings of one file whose code begins with one of select (any code, if it is empty)."""
    from flake8_tf_session import check_source

    try:
        source = read_text(path)
    except (SyntaxError, UnicodeDecodeError) as error:
        return FileResult([f" could not be decoded: {error}"], [])
    findings = [
        finding
        for finding in check_source(source, str(path))
        if not select or finding.code.startswith(tuple(select))
    ]
    return FileResult(
        # Columns from 1, as flake8 shows them.
        [f"{f.line}:{f.column + 1}: {f.code} {f.message}" for f in findings],
        [finding.code for finding in findings],
    )


def visit(
    package: Package,
    tree: Path,
    select: Sequence[str],
    pool: Optional[concurrent.futures.Executor],
    work: Callable[[Path, Sequence[str]], FileResult],
) -> collections.Counter[str]:
    """Lint or fix every Python file of a tree, print what there is to say, return the counts."""
    start = time.perf_counter()
    paths = sorted(tree.rglob("*.py"))
    selects = [select] * len(paths)
    results: Iterable[FileResult]
    if pool is None:
        results = map(work, paths, selects)
    else:
        results = pool.map(work, paths, selects, chunksize=8)
    counts: collections.Counter[str] = collections.Counter()
    for path, result in zip(paths, results):
        counts.update(result.codes)
        for line in result.lines:
            print(f"{package}: {path.relative_to(tree).as_posix()}:{line}")
    seconds = time.perf_counter() - start
    print(f"{package}: {summary(len(paths), counts, seconds)}", flush=True)
    return counts


def summary(files: int, counts: collections.Counter[str], seconds: float) -> str:
    """The closing line of a package or of the run."""
    codes = ", ".join(f"{code} {count}" for code, count in sorted(counts.items())) or "no findings"
    return f"{files} files, {codes}, {seconds:.1f} s"


def fix_file(path: Path, select: Sequence[str]) -> FileResult:
    """Fix one file, unsafe fixes too: the difference, the refusals, and the codes of both."""
    from flake8_tf_session.fixing import fix_source
    from flake8_tf_session.fixing.files import decoded
    from flake8_tf_session.fixing.run import difference

    data = path.read_bytes()
    try:
        text, encoding = decoded(data)
    except (SyntaxError, UnicodeError) as error:
        return FileResult([f" could not be decoded: {error}"], [])
    result = fix_source(text, str(path), select=select or None, unsafe=True)
    lines = [
        f"{finding.line}:{finding.column + 1}: {finding.code} not fixed: {reason}"
        for finding, reason in result.refused
    ]
    codes = [f"{finding.code} fixed" for finding in result.fixed]
    codes += [f"{finding.code} not fixed" for finding, _ in result.refused]
    if result.text != text:
        fixed = result.text.encode(encoding)
        try:
            compile(fixed, str(path), "exec", dont_inherit=True)
        except SyntaxError as error:
            return FileResult([f"{error.lineno}: DOES NOT COMPILE: {error.msg}"], ["broken"])
        path.write_bytes(fixed)
        lines += difference(path.name, text, result.text).splitlines()
    return FileResult(lines, codes)


def parse_arguments(arguments: Optional[Sequence[str]]) -> argparse.Namespace:
    """The command line."""
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--package",
        action="append",
        default=[],
        metavar="NAME",
        help="only this package of the list, NAME or NAME==VERSION (repeatable)",
    )
    parser.add_argument(
        "--select",
        default="",
        metavar="CODES",
        help="only codes that begin with one of these, separated by commas",
    )
    parser.add_argument(
        "--fix", type=Path, metavar="DIR", help="copy the packages there and fix the copies"
    )
    parser.add_argument("--fetch-only", action="store_true", help="download and unpack, no linting")
    parser.add_argument("--jobs", type=int, default=1, help="processes to lint with (default 1)")
    parser.add_argument(
        "--cache", type=Path, default=default_cache(), help="folder of the packages (%(default)s)"
    )
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> int:
    """Fetch and lint; the exit code."""
    packages = choose(read_list(), options.package)
    select = [code.strip() for code in options.select.split(",") if code.strip()]
    start = time.perf_counter()
    total: collections.Counter[str] = collections.Counter()
    files = missing = 0
    with contextlib.ExitStack() as stack:
        pool = None
        if options.jobs > 1 and not options.fetch_only:
            pool = stack.enter_context(concurrent.futures.ProcessPoolExecutor(options.jobs))
        for package in packages:
            try:
                tree = fetch(package, options.cache)
            except CorpusError as error:
                missing += 1
                print(f"{package}: can't be had: {error}", flush=True)
                continue
            if options.fetch_only:
                print(f"{package}: {tree}", flush=True)
                continue
            files += sum(1 for _ in tree.rglob("*.py"))
            work = lint_file
            if options.fix is not None:
                work = fix_file
                tree = Path(shutil.copytree(tree, options.fix / str(package)))
            total.update(visit(package, tree, select, pool, work))
    if not options.fetch_only:
        print(f"all: {summary(files, total, time.perf_counter() - start)}")
    return 1 if missing or total["broken"] else 0


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """The script's entry."""
    options = parse_arguments(arguments)
    if not options.fetch_only and importlib.util.find_spec("flake8_tf_session") is None:
        print("corpus.py: flake8_tf_session is not installed: pip install .", file=sys.stderr)
        return 2
    try:
        return run(options)
    except (CorpusError, OSError) as error:
        print(f"corpus.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

"""Check that everything which names a version or a code agrees, and build the release.

    python scripts/release.py            # check, and write sdist and wheel to dist/
    python scripts/release.py --check    # the same, but write nothing

Needs what scripts/release-requirements.txt lists. Both archives are built twice, from copies of the
tree, and must come out the same; the wheel is built from the sdist. Exits 1 with a line for each
disagreement.
"""

from __future__ import annotations

import argparse
import ast
import fnmatch
import gzip
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "flake8_tf_session"
NAME = "flake8-tf-session"
CATALOGUE = f"{PACKAGE}/catalogue.py"
# What can't be analysed is no program, and so neither fixture nor evidence.
WITHOUT_PROGRAMS = frozenset(("TFS900",))
# What is of use in a repository alone.
NOT_IN_SDIST = (".ci/*", ".git", ".git/*", ".github/*", ".gitignore", "MANIFEST.in")
# The earliest time that an archive can hold: that of a version without a date.
EARLIEST = 315532800


class ReleaseError(Exception):
    """There is no release; the text is one line."""


def read(name: str) -> str:
    """The text of a file of the tree."""
    return (ROOT / name).read_text(encoding="utf-8")


# --- versions ---


def version() -> str:
    """The package's version."""
    found = re.search(r'^__version__ = "(.+)"$', read(f"{PACKAGE}/__init__.py"), re.M)
    if found is None:
        raise ReleaseError(f"{PACKAGE}/__init__.py: no __version__")
    return found[1]


def released() -> tuple[str, str]:
    """The version at the top of the changelog, and its date or "unreleased"."""
    found = re.search(r"^## (\S+) \((unreleased|\d{4}-\d{2}-\d{2})\)$", read("CHANGELOG.md"), re.M)
    return (found[1], found[2]) if found else ("", "unreleased")


def minimum(dependency: str) -> str:
    """The oldest version of a dependency that pyproject.toml allows."""
    found = re.search(rf'"{dependency}>=([\d.]+)"', read("pyproject.toml"))
    return found[1] if found else "?"


def version_problems() -> Iterator[str]:
    """Where another version is named than the package's, or another Python or dependency."""
    own = version()
    changelog, _ = released()
    if changelog != own:
        yield f"CHANGELOG.md: starts with version {changelog or '?'}, the package is {own}"
    cited = re.search(r"^version: (\S+)$", read("CITATION.cff"), re.M)
    if cited is None or cited[1] != own:
        yield f"CITATION.cff: has version {cited[1] if cited else '?'}, the package is {own}"
    text = read("pyproject.toml")
    pythons = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', text)
    if f'requires-python = ">={pythons[0]}"' not in text:
        yield f"pyproject.toml: requires-python is not the classifiers' oldest, {pythons[0]}"
    said = [f"Python {pythons[0]} to {pythons[-1]}"]
    said += [f"{name} {minimum(name)} or later" for name in ("flake8", "libcst")]
    for name in ("README.md", "CHANGELOG.md"):
        lines = " ".join(read(name).split())
        yield from (f"{name}: does not say '{each}'" for each in said if each not in lines)


def hook_problems() -> Iterator[str]:
    """Where the hooks, and the examples of their use, don't fit the package."""
    hooks = read(".pre-commit-hooks.yaml")
    ids = set(re.findall(r"^- id: (\S+)$", hooks, re.M))
    scripts = read("pyproject.toml").partition("[project.scripts]\n")[2].partition("\n\n")[0]
    commands = re.findall(r"^(\S+) = ", scripts, re.M)
    for entry in re.findall(r"^  entry: (\S+)", hooks, re.M):
        if entry not in commands:
            yield f".pre-commit-hooks.yaml: {entry} is no command of pyproject.toml"
    example = re.compile(rf"- repo: \S*{NAME}\n +rev: (\S+)\n +hooks:\n((?: +- id: \S+\n)+)")
    for name in ("README.md", "docs/howto/pre-commit.md"):
        found = example.findall(read(name))
        if not found:
            yield f"{name}: no example of the hooks"
        for rev, used in found:
            if rev != f"v{version()}":
                yield f"{name}: the hook's rev is {rev}, the release's tag is v{version()}"
            yield from differences(
                name, re.findall(r"id: (\S+)", used), ".pre-commit-hooks.yaml", ids
            )


# --- codes ---


def catalogue() -> dict[str, str]:
    """The codes, and their names."""
    calls = [node for node in ast.walk(ast.parse(read(CATALOGUE))) if isinstance(node, ast.Call)]
    return {
        call.args[0].value: call.args[1].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id == "Entry"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[1], ast.Constant)
    }


def differences(
    name: str, here: Iterable[str], other: str, there: Collection[str]
) -> Iterator[str]:
    """What one place lacks of another, and has beyond it."""
    found = set(here)
    yield from (f"{name}: no {each}, which {other} has" for each in sorted(set(there) - found))
    yield from (f"{name}: {each} is not in {other}" for each in sorted(found - set(there)))


def code_problems() -> Iterator[str]:
    """Where a code, its name, its fix or its programs are missing, or are too many."""
    codes = catalogue()
    named = {f"{code} {name}" for code, name in codes.items()}
    pages = sorted((ROOT / PACKAGE / "pages").iterdir())
    titles = [re.match(r"# (\S+): (\S+)\n", page.read_text(encoding="utf-8")) for page in pages]
    rows = re.findall(r"^\| (TFS\d+) \| (\S+) \|", read("README.md"), re.M)
    sections = re.findall(r"^\*\*(TFS\d+) ([\w-]+)", read("docs/rules.md"), re.M)
    for name, pairs in {
        "README.md": rows,
        "docs/rules.md": sections,
        f"{PACKAGE}/pages": [title.groups() for title in titles if title],
    }.items():
        yield from differences(name, (f"{code} {its}" for code, its in pairs), CATALOGUE, named)
    for page, title in zip(pages, titles):
        if title is None or title[1] != page.stem:
            yield f"{PACKAGE}/pages/{page.name}: its title is not that of {page.stem}"
    with_programs = set(codes) - WITHOUT_PROGRAMS
    # Linters leave caches here, in folders whose names begin with a dot.
    folders = [path.name for path in (ROOT / "fixtures").glob("[!.]*")]
    yield from differences("fixtures", folders, CATALOGUE, with_programs)
    evidence = re.findall(r"^## (TFS\d+)$", read("docs/evidence.md"), re.M)
    yield from differences("docs/evidence.md", evidence, CATALOGUE, with_programs)
    yield from program_problems()
    fixes = re.findall(r'^    "(TFS\d+)": ', read(f"{PACKAGE}/fixing/table.py"), re.M)
    table = re.findall(r"^\| ((?:TFS\d+(?:, )?)+) \|", read("docs/fixes.md"), re.M)
    described = [code for row in table for code in row.split(", ")]
    yield from differences("docs/fixes.md", described, f"{PACKAGE}/fixing/table.py", fixes)
    yield from mention_problems(codes)


def program_problems() -> Iterator[str]:
    """Which programs of the fixtures are not in the evidence, and the other way round."""
    programs = {
        f"{path.parent.parent.name}/{path.parent.name}, {path.stem}"
        for path in (ROOT / "fixtures").glob("*/*/*.py")
        if path.stem in ("bad", "fixed")
    }
    folders = {path for path in (ROOT / "fixtures").glob("[!.]*/*") if path.is_dir()}
    for folder in sorted(folders):
        for stem in ("bad", "fixed"):
            if not (folder / f"{stem}.py").exists():
                yield f"{folder.relative_to(ROOT).as_posix()}: no {stem}.py"
    shown = set()
    section = ""
    for line in read("docs/evidence.md").splitlines():
        if line.startswith("## "):
            section = line[3:]
        row = re.match(r"\| (\w+, (?:bad|fixed))[ ,]", line)
        if row and section.startswith("TFS"):
            shown.add(f"{section}/{row[1]}")
    yield from differences("docs/evidence.md", shown, "fixtures", programs)


def mention_problems(codes: Collection[str]) -> Iterator[str]:
    """Where the documentation names a code that there is not, and what no changelog names."""
    hand_written = [
        path
        for path in sorted((ROOT / "docs").rglob("*.md"))
        if not {"_build", "rules"} & set(path.relative_to(ROOT / "docs").parts[:-1])
    ]
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *hand_written):
        mentioned = set(re.findall(r"TFS\d{3}\b", path.read_text(encoding="utf-8")))
        name = path.relative_to(ROOT).as_posix()
        if name == "CHANGELOG.md":
            yield from differences(name, mentioned, CATALOGUE, codes)
        else:
            yield from (f"{name}: there is no {code}" for code in sorted(mentioned - set(codes)))


# --- building ---


def is_ignored(path: str, patterns: Iterable[str]) -> bool:
    """Whether a path is one that .gitignore or its like names."""
    parts = path.split("/")
    return any(
        fnmatch.fnmatch(path, pattern[1:])
        if pattern.startswith("/")
        else any(fnmatch.fnmatch(part, pattern) for part in parts)
        for pattern in patterns
    )


def tree(folder: Path) -> Iterator[str]:
    """The files of the tree, without what .gitignore names."""
    patterns = [".git", *(line.rstrip("/") for line in read(".gitignore").split())]
    for path in sorted(folder.iterdir()):
        name = path.relative_to(ROOT).as_posix()
        if is_ignored(name, patterns):
            continue
        if path.is_dir():
            yield from tree(path)
        else:
            yield name


def build(folder: Path, time: int) -> list[Path]:
    """Build sdist and wheel in a folder, from a copy of the tree."""
    source = folder / "source"
    for name in tree(ROOT):
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
        target.chmod(0o755 if os.access(ROOT / name, os.X_OK) else 0o644)
    built = folder / "built"
    run(
        *("build", "--no-isolation", "--outdir", str(built), str(source)),
        environment={"SOURCE_DATE_EPOCH": str(time)},
    )
    (sdist,) = built.glob("*.tar.gz")
    (wheel,) = built.glob("*.whl")
    sdist.write_bytes(normalized(sdist.read_bytes(), time))
    return [sdist, wheel]


def normalized(archive: bytes, time: int) -> bytes:
    """A source archive without the times, owners and modes of where it was packed."""
    packed = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(archive)) as before,
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=time) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.PAX_FORMAT) as after,
    ):
        for member in sorted(before.getmembers(), key=lambda each: each.name):
            entry = tarfile.TarInfo(member.name)
            entry.type, entry.size, entry.mtime = member.type, member.size, time
            entry.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            after.addfile(entry, before.extractfile(member) if member.isfile() else None)
    return packed.getvalue()


def run(module: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
    """Run a program that is a module.

    Raises:
        ReleaseError: it fails, or is not installed.
    """
    result = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=tempfile.gettempdir(),  # a folder `build` beside the script would be taken for it
        env={**os.environ, **(environment or {})},
        umask=0o022,  # the wheel has the modes of the files that are written
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if result.returncode != 0:
        reason = (result.stdout.strip() or "no message").splitlines()[-1]
        raise ReleaseError(f"{module}: {reason}")


def content_problems(sdist: Path, wheel: Path) -> Iterator[str]:
    """What the archives lack of the tree, or have beyond it."""
    files = [name for name in tree(ROOT) if not is_ignored(name, ["/" + n for n in NOT_IN_SDIST])]
    with tarfile.open(sdist) as archive:
        names = (member.name for member in archive.getmembers() if member.isfile())
        packed = [name.partition("/")[2] for name in names]
    made = re.compile(r"PKG-INFO|setup\.cfg|[^/]+\.egg-info/.*|MANIFEST\.in")
    yield from differences(
        sdist.name, (name for name in packed if not made.fullmatch(name)), "the tree", files
    )
    modules = [name for name in files if name.startswith(f"{PACKAGE}/")]
    names = zipfile.ZipFile(wheel).namelist()
    packed = [name for name in names if not re.match(r"[^/]+\.dist-info/", name)]
    yield from differences(wheel.name, packed, "the tree", modules)


def release(target: Path | None) -> list[str]:
    """Build and check the archives, and put them into a folder if there is one.

    Returns:
        What is wrong with them; nothing is put anywhere then.
    """
    _, date = released()
    time = EARLIEST
    if date != "unreleased":
        time = int(datetime.fromisoformat(date).replace(tzinfo=timezone.utc).timestamp())
    with tempfile.TemporaryDirectory() as folder:
        first, second = (build(Path(folder, name), time) for name in ("first", "again"))
        problems = [
            f"{one.name}: building it again gives other bytes"
            for one, other in zip(first, second)
            if one.read_bytes() != other.read_bytes()
        ]
        problems += content_problems(*first)
        run("twine", "--no-color", "check", "--strict", *map(str, first))
        run("check_wheel_contents", str(first[1]))
        if target is not None and not problems:
            target.mkdir(exist_ok=True)
            for path in first:
                shutil.copyfile(path, target / path.name)
                print(f"{(target / path.name).relative_to(ROOT)}")
    return problems


def readiness_problems() -> Iterator[str]:
    """What stands between a tree whose parts agree and its release."""
    if released()[1] == "unreleased":
        yield f"CHANGELOG.md: version {version()} is unreleased; write its date"
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True
    )
    if status.returncode != 0 or status.stdout:
        yield "git: the tree is not as it was committed"


def main(arguments: list[str] | None = None) -> int:
    """The script's entry."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    try:
        problems = [*version_problems(), *hook_problems(), *code_problems()]
        if not options.check:
            problems += readiness_problems()
        if not problems:
            problems = release(None if options.check else ROOT / "dist")
    except (ReleaseError, OSError) as error:
        problems = [str(error)]
    for problem in problems:
        print(f"release.py: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

"""Lint many packages on a Dask cluster, and write what is found to one Parquet file.

    python fleet.py --output findings.parquet FOLDER...
    python fleet.py --output findings.parquet --packages list.txt --scheduler tcp://host:8786

A folder is a package of its own; a list has a line `name==version` for each package, which a worker
downloads with pip (as a wheel: to build a package, pip would run its code). Without a scheduler,
the processors of this machine are the cluster. The table has a row for each finding: package,
version, file, line, code, message. What could not be checked is a row as well, with the code
TFS900.

Dask starts what a worker had not finished again on another one when a worker dies. Rows come to the
client with the result of a task, once, and only the client writes: nothing is lost or there twice.
"""

from __future__ import annotations

import argparse
import errno
import io
import os
import subprocess
import sys
import tempfile
import tokenize
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from distributed import Client, Future, LocalCluster, as_completed
from tqdm import tqdm

from flake8_tf_session import check_source

BATCH = 50
"""Files of one task: enough to be worth sending, few enough to be soon done."""

SCHEMA = pa.schema(
    [
        ("package", pa.string()),
        ("version", pa.string()),
        ("file", pa.string()),
        ("line", pa.int32()),
        ("code", pa.string()),
        ("message", pa.string()),
    ]
)


class Row(NamedTuple):
    """A finding, as the table has it."""

    package: str
    version: str
    file: str
    line: int
    code: str
    message: str


class Task(NamedTuple):
    """Files of a folder, or, with neither, a package that has to be downloaded."""

    package: str
    version: str = ""
    folder: str = ""
    files: tuple[str, ...] = ()


def check_file(task: Task, folder: Path, name: str) -> list[Row]:
    """The findings of one file; one that can't be read is a finding."""
    try:
        data = (folder / name).read_bytes()
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        source = data.decode(encoding)
    except (OSError, SyntaxError, UnicodeError) as error:
        return [not_checked(task, name, f"{type(error).__name__}: {error}")]
    return [
        Row(task.package, task.version, name, found.line, found.code, found.message)
        for found in check_source(source, name)
    ]


def not_checked(task: Task, name: str, reason: str) -> Row:
    """The row of what could not be checked."""
    message = f"the file was not analysed: {reason.splitlines()[0]}"
    return Row(task.package, task.version, name, 1, "TFS900", message)


def check_task(task: Task) -> list[Row]:
    """What a worker does: the findings of a task."""
    if task.files:
        return [row for name in task.files for row in check_file(task, Path(task.folder), name)]
    with tempfile.TemporaryDirectory() as work:
        try:
            folder = download(f"{task.package}=={task.version}", Path(work))
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            return [not_checked(task, "", str(error) or type(error).__name__)]
        return [row for name in programs(folder) for row in check_file(task, folder, name)]


def download(requirement: str, work: Path) -> Path:
    """Download a package's wheel and unpack it; its folder.

    Raises:
        ValueError: there is none.
    """
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--only-binary=:all:", "--ignore-requires-python", f"--dest={work}"]
    result = subprocess.run(
        [*pip, *options, requirement], capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        raise ValueError((result.stderr.strip() or "pip failed").splitlines()[-1])
    (wheel,) = work.glob("*.whl")
    folder = work / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def programs(folder: Path) -> list[str]:
    """The Python files of a folder, as paths within it."""
    found = (path for path in folder.rglob("*.py") if not path.is_dir())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def tasks_of_folders(folders: Iterable[Path]) -> Iterator[Task]:
    """The tasks for folders; each folder is a package.

    Raises:
        OSError: one is no folder.
    """
    for folder in folders:
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "no such folder", str(folder))
        names = programs(folder)
        for start in range(0, len(names), BATCH):
            batch = tuple(names[start : start + BATCH])
            # "." has a name, too.
            yield Task(folder.resolve().name, "", str(folder), batch)


def tasks_of_list(text: str) -> Iterator[Task]:
    """The tasks for a list of packages, `name==version` a line.

    Raises:
        ValueError: a line is something else.
    """
    for number, line in enumerate(text.splitlines(), 1):
        requirement = line.partition("#")[0].strip()
        package, equals, version = requirement.partition("==")
        if requirement and not (package and equals and version):
            raise ValueError(f"line {number} is not name==version: {requirement}")
        if requirement:
            yield Task(package, version)


def check(client: Client, tasks: Iterable[Task]) -> Iterator[tuple[Task, list[Row]]]:
    """The findings of all tasks, each file once, as they are done.

    A task that several workers have died of is tried again file by file, so that a bad file costs
    no other.
    """
    pending = {submit(client, task): task for task in tasks}
    suspects = []
    for future in as_completed(list(pending)):
        task = pending.pop(future)
        try:
            # Not by `status`: a result is computed again if its worker dies before it is fetched.
            rows = future.result()
        except Exception:
            suspects.append(task)
        else:
            yield task, rows
        future.release()
    # One at a time: Dask blames a worker's death on everything that the worker was to do.
    for task in suspects:
        for name in task.files or ("",):
            single = task._replace(files=(name,)) if name else task
            try:
                rows = submit(client, single).result()
            except Exception as error:
                rows = [not_checked(task, name, type(error).__name__)]
            yield single, rows


def submit(client: Client, task: Task) -> Future:
    """Send a task to the cluster."""
    return client.submit(check_task, task, pure=False)


def connect(scheduler: str | None, workers: int) -> Client:
    """A client of a cluster: a scheduler's, or one on this machine.

    Raises:
        OSError: the scheduler does not answer.
    """
    if scheduler:
        return Client(scheduler)
    return Client(LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None))


def write(rows: Iterable[Row], output: Path) -> None:
    """Write the table, all of it or nothing."""
    columns = zip(*sorted(rows)) if rows else [[] for _ in SCHEMA]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA)]
    partial = output.with_name(output.name + ".partial")
    pq.write_table(pa.Table.from_arrays(arrays, schema=SCHEMA), partial)
    os.replace(partial, output)


def main(arguments: list[str] | None = None) -> int:
    """The script's entry."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--packages", type=Path, metavar="FILE", help="lines of name==version")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a cluster's; else this machine")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="on this machine")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        tasks = list(tasks_of_folders(options.folders))
        if options.packages:
            tasks += tasks_of_list(options.packages.read_text(encoding="utf-8"))
        # To find out when all is done would be late.
        if not os.access(options.output.absolute().parent, os.W_OK):
            raise PermissionError(errno.EACCES, "can't be written there", str(options.output))
        client = connect(options.scheduler, options.workers)
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}" if error.filename else error
        print(f"fleet.py: {reason}", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"fleet.py: {error}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    with client:
        done = check(client, tasks)
        for _, found in tqdm(done, total=len(tasks), unit="task", disable=None):
            rows += found
    write(rows, options.output)
    print(f"{len(rows)} findings in {len(tasks)} tasks: {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

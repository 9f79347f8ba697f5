"""The example of a fleet, on a real cluster of two workers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_tf_session import check_source

from .conftest import FIXTURES, ROOT, Tools, install, make_environment

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc"),
    pytest.mark.skipif(sys.version_info < (3, 11), reason="Dask has pins of its own"),
]

FLEET = ROOT / "examples" / "fleet"
GREEDY = "import tensorflow as tf\n\ntf.compat.v1.Session()\n"
READ = """
import json, sys
import pyarrow.parquet as pq
table = pq.read_table(sys.argv[1])
print(json.dumps([table.column_names, *(list(row.values()) for row in table.to_pylist())]))
"""


@pytest.fixture(scope="session")
def dask(request: pytest.FixtureRequest, wheel: Path) -> Tools:
    """An environment with Dask and this package."""
    environment = make_environment(request, FLEET / "requirements.txt")
    install(environment, ["--force-reinstall", "--no-deps", str(wheel)])
    return Tools(environment / "bin")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder with many programs."""
    folder = tmp_path / "models"
    shutil.copytree(FIXTURES, folder)
    return folder


def rows(dask: Tools, table: Path) -> list[list[object]]:
    """The rows of a Parquet file, read by its library."""
    columns, *found = json.loads(dask.run("python", "-c", READ, str(table), cwd=FLEET).stdout)
    assert columns == ["package", "version", "file", "line", "code", "message"]
    return found


def expected(folder: Path) -> list[list[object]]:
    """What the library finds in a folder, file by file."""
    return sorted(
        ["models", "", path.relative_to(folder).as_posix(), found.line, found.code, found.message]
        for path in folder.rglob("*.py")
        for found in check_source(path.read_text(encoding="utf-8"), path.name)
    )


def drive(dask: Tools, script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a script of this folder that uses the example as a module."""
    return subprocess.run(
        [str(dask.bin / "python"), str(Path(__file__).with_name(script)), *map(str, arguments)],
        env={**dask.variables, "PYTHONPATH": str(FLEET)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_killed_worker_costs_nothing(dask: Tools, package: Path, tmp_path: Path) -> None:
    pipe = package / "TFS203" / "pipe.py"
    os.mkfifo(pipe)

    done = drive(dask, "killed_worker.py", package, pipe, GREEDY, tmp_path / "found.parquet")

    assert done.returncode == 0, done.stderr
    pipe.unlink()
    pipe.write_text(GREEDY)
    assert sum(map(int, done.stdout.split())) == len(list(package.rglob("*.py")))
    found = rows(dask, tmp_path / "found.parquet")
    assert found == expected(package)
    assert ["models", "", "TFS203/pipe.py", 3, "TFS201"] in [row[:5] for row in found]


def test_a_file_that_no_worker_survives_costs_itself_alone(
    dask: Tools, package: Path, tmp_path: Path
) -> None:
    poison = "TFS203/poison.py"
    wanted = expected(package)
    (package / poison).write_text(GREEDY)

    done = drive(dask, "poisoned_worker.py", package, poison, tmp_path / "found.parquet")

    assert done.returncode == 0, done.stderr
    found = rows(dask, tmp_path / "found.parquet")
    assert [row for row in found if row[2] != poison] == wanted
    (unchecked,) = [row for row in found if row[2] == poison]
    assert unchecked[4:] == ["TFS900", "the file was not analysed: KilledWorker"]


def test_the_command_writes_folders_and_what_could_not_be_read(
    dask: Tools, package: Path, tmp_path: Path
) -> None:
    wanted = expected(package)
    (package / "latin.py").write_bytes("# ü".encode("latin-1"))

    done = dask.run(
        *("python", str(FLEET / "fleet.py"), "--workers=2", "--output=found.parquet"),
        str(package),
        cwd=tmp_path,
    )

    assert done.returncode == 0, done.stderr
    found = rows(dask, tmp_path / "found.parquet")
    assert [row for row in found if row[2] != "latin.py"] == wanted
    (unread,) = [row for row in found if row[2] == "latin.py"]
    assert unread[4] == "TFS900"
    assert f"{len(found)} findings in " in done.stdout


def test_a_list_of_packages_is_downloaded(dask: Tools, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("# two\nkeras-explain==0.0.1\n\nkeras-explain==999\n")

    done = dask.run(
        *("python", str(FLEET / "fleet.py"), "--workers=2", "--output=found.parquet"),
        "--packages=list.txt",
        cwd=tmp_path,
    )

    assert done.returncode == 0, done.stderr
    found = rows(dask, tmp_path / "found.parquet")
    (missing,) = [row for row in found if row[1] == "999"]
    assert (missing[0], missing[2], missing[4]) == ("keras-explain", "", "TFS900")
    assert "keras-explain==999" in str(missing[5])
    guided = "keras_explain/deep_viz_keras/guided_backprop.py"
    assert [row[:5] for row in found if row is not missing] == [
        ["keras-explain", "0.0.1", guided, line, "TFS201"] for line in (57, 68)
    ]


def test_a_bad_list_is_refused_in_one_line(dask: Tools, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("keras>=2\n")

    done = dask.run(
        *("python", str(FLEET / "fleet.py"), "--output=found.parquet", "--packages=list.txt"),
        cwd=tmp_path,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "fleet.py: line 1 is not name==version: keras>=2\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--output=found.parquet", "nowhere"], "nowhere: no such folder"),
        (["--output=no/found.parquet"], "no/found.parquet: can't be written there"),
        (
            ["--output=found.parquet", "--scheduler=tcp://127.0.0.1:1"],
            "Timed out trying to connect to tcp://127.0.0.1:1 after 1 s",
        ),
    ],
    ids=["folder", "output", "scheduler"],
)
def test_what_can_t_be_reached_is_one_line_before_anything_is_done(
    dask: Tools,
    package: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    error: str,
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")

    done = dask.run(*("python", str(FLEET / "fleet.py"), *arguments, "models"), cwd=package.parent)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"fleet.py: {error}\n"
    assert not (package.parent / "found.parquet").exists()


def test_the_folder_of_the_shell_has_its_name_in_the_table(dask: Tools, package: Path) -> None:
    done = dask.run(
        "python", str(FLEET / "fleet.py"), "--output=../found.parquet", ".", cwd=package
    )

    assert done.returncode == 0, done.stderr
    assert {row[0] for row in rows(dask, package.parent / "found.parquet")} == {"models"}

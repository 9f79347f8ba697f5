"""What a file is beside its content stays, and none is half written."""

from __future__ import annotations

import ctypes
import errno
import io
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from flake8_tf_session.fixing import files
from flake8_tf_session.fixing.files import write

from .test_files import PACKAGES

# Of Linux: its headers' numbers.
PR_CAPBSET_DROP = 24
CAP_CHOWN = 0
SOMEBODY = 12345
OLD, NEW = b"old\n" * 100, b"new\n" * 200

needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root may give files away"
)
needs_attributes = pytest.mark.skipif(
    not hasattr(os, "listxattr"), reason="needs a system whose attributes can be seen"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file."""
    file = tmp_path / "model.py"
    file.write_bytes(OLD)
    return file


def set_attribute(path: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except OSError as error:
        pytest.skip(f"no extended attributes here: {error.strerror}")


def refuse(monkeypatch: pytest.MonkeyPatch, name: str, number: int = errno.EPERM) -> None:
    """Let a function of `os` fail."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, name, fail)


# --- what stays ---


@needs_root
def test_owner_group_and_mode_stay(path: Path) -> None:
    os.chown(path, SOMEBODY, SOMEBODY + 1)
    path.chmod(0o4754)
    inode = path.stat().st_ino

    write(str(path), OLD, NEW)

    status = path.stat()
    assert (status.st_uid, status.st_gid) == (SOMEBODY, SOMEBODY + 1)
    assert stat.S_IMODE(status.st_mode) == 0o4754
    assert status.st_ino != inode
    assert path.read_bytes() == NEW


@needs_root
def test_whoever_may_not_give_a_file_away_writes_over_it(path: Path) -> None:
    os.chown(path, SOMEBODY, SOMEBODY)
    inode = path.stat().st_ino
    program = (
        f"from flake8_tf_session.fixing.files import write; write('model.py', {OLD!r}, {NEW!r})"
    )

    subprocess.run(
        [sys.executable, "-c", program],
        cwd=path.parent,
        env={**os.environ, "PYTHONPATH": PACKAGES},
        preexec_fn=lambda: ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_CHOWN, 0, 0, 0),
        check=True,
    )

    assert (path.stat().st_uid, path.stat().st_ino) == (SOMEBODY, inode)
    assert path.read_bytes() == NEW
    assert os.listdir(path.parent) == ["model.py"]


@needs_attributes
def test_attributes_stay(path: Path) -> None:
    set_attribute(path, "user.note", b"mine")

    write(str(path), OLD, NEW)

    assert os.getxattr(path, "user.note") == b"mine"
    assert path.read_bytes() == NEW


@needs_attributes
def test_attributes_that_a_new_file_gets_by_itself_go(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one gets the access list that its folder gives to all new files."""
    set_attribute(path, "user.note", b"mine")
    made = files._made_beside

    def with_attribute(target: str, data: bytes) -> str:
        new = made(target, data)
        os.setxattr(new, "user.more", b"folder's")
        return new

    monkeypatch.setattr(files, "_made_beside", with_attribute)

    write(str(path), OLD, NEW)

    assert os.listxattr(path) == ["user.note"]


@needs_attributes
@pytest.mark.parametrize(
    ("number", "is_replaced"), [(errno.ENOTSUP, True), (errno.EIO, False)], ids=["none", "unknown"]
)
def test_a_file_system_without_attributes(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, is_replaced: bool
) -> None:
    refuse(monkeypatch, "listxattr", number)
    inode = path.stat().st_ino

    write(str(path), OLD, NEW)

    assert (path.stat().st_ino != inode) == is_replaced
    assert path.read_bytes() == NEW


def test_hard_links_stay(path: Path) -> None:
    other = path.with_name("other.py")
    os.link(path, other)

    write(str(path), OLD, NEW)

    assert path.samefile(other)
    assert other.read_bytes() == NEW
    assert sorted(os.listdir(path.parent)) == ["model.py", "other.py"]


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EPERM, errno.EXDEV])
def test_a_file_that_can_t_be_replaced_is_written_over(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """As one that is a mount of its own."""
    refuse(monkeypatch, "replace", number)

    write(str(path), OLD, NEW)

    assert path.read_bytes() == NEW
    assert os.listdir(path.parent) == ["model.py"]


def test_a_system_whose_attributes_can_t_be_seen_keeps_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "listxattr", raising=False)
    inode = path.stat().st_ino

    write(str(path), OLD, NEW[:4])

    assert path.stat().st_ino == inode
    assert path.read_bytes() == NEW[:4]


# --- what goes wrong in place ---


def failing(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let the writes into an existing file fail in their middle, some times."""
    put = files._put
    left = [times]

    def fail(file: io.FileIO, data: bytes) -> None:
        if isinstance(file.name, str) and left[0]:
            left[0] -= 1
            file.write(data[:10])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        put(file, data)

    monkeypatch.setattr(files, "_put", fail)


def test_a_write_over_a_file_that_fails_is_undone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.link(path, path.with_name("other.py"))
    failing(monkeypatch, 1)

    with pytest.raises(OSError, match="No space left on device"):
        write(str(path), OLD, NEW)

    assert path.read_bytes() == OLD
    assert sorted(os.listdir(path.parent)) == ["model.py", "other.py"]


def test_a_copy_stays_where_a_write_can_t_be_undone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.link(path, path.with_name("other.py"))
    failing(monkeypatch, 2)

    with pytest.raises(OSError, match="what it was is in ") as raised:
        write(str(path), OLD, NEW)

    copy = Path(str(raised.value.strerror).partition(" is in ")[2])
    assert copy.read_bytes() == OLD
    assert copy.parent == path.parent


# --- signals ---


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("over", [False, True], ids=["rename", "in place"])
def test_a_signal_waits_until_the_write_is_done(
    path: Path, monkeypatch: pytest.MonkeyPatch, over: bool
) -> None:
    if over:
        os.link(path, path.with_name("other.py"))
    came: list[tuple[int, bytes]] = []
    put = files._put

    def interrupted(file: io.FileIO, data: bytes) -> None:
        signal.raise_signal(signal.SIGTERM)
        put(file, data)

    monkeypatch.setattr(files, "_put", interrupted)
    before = signal.signal(
        signal.SIGTERM, lambda number, _: came.append((number, path.read_bytes()))
    )
    try:
        write(str(path), OLD, NEW)
        assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, before)

    assert set(came) == {(signal.SIGTERM, NEW)}


def test_another_thread_writes_too(path: Path) -> None:
    thread = threading.Thread(target=write, args=(str(path), OLD, NEW))
    thread.start()
    thread.join()

    assert path.read_bytes() == NEW

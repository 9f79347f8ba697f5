"""Reading and writing files: every byte kept, and never half of a file."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import stat
import tempfile
import tokenize
from collections.abc import Iterator

from ..process import handled


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a Python file, with its line ends and its byte order mark, and its encoding.

    Raises:
        SyntaxError: the encoding that it declares is none.
        UnicodeError: it is not in its encoding, or that is none of texts.
    """
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    if encoding == "utf-8-sig":
        encoding = "utf-8"
    try:
        text = data.decode(encoding)
    except LookupError as error:
        # Python has encodings of bytes as well: hex, rot13.
        raise UnicodeError(f"{encoding} is no encoding of texts") from error
    if text.encode(encoding) != data:
        raise UnicodeError(f"its bytes are not those that {encoding} gives its text")
    return text, encoding


def write(path: str, before: bytes, data: bytes) -> None:
    """Put new content into a file whose content was read before: all of it, or none.

    It is written beside the file, which is then replaced; a link stays, and its target changes.
    Where the new file could not be all that the old one is (its owner, say), the old one is
    written over, with a copy beside it until that is done.

    Raises:
        OSError: it can't be written, or somebody else has changed it; the file is as it was.
    """
    target = os.path.realpath(path)
    status = os.stat(target)
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    with _uninterrupted(), _beside(target, data) as new:
        replaces = status.st_nlink == 1 and _made_alike(new, target, status)
        with open(target, "rb") as file:
            if file.read() != before:
                raise OSError(errno.EBUSY, "it has changed meanwhile", path)
        if not (replaces and _replaced(new, target)):
            _write_over(target, before, data)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let no signal end the process in the middle of a write: it comes right afterwards."""
    came: list[int] = []
    with handled(lambda number, _: came.append(number)):
        yield
    for number in came:
        signal.raise_signal(number)


@contextlib.contextmanager
def _beside(target: str, data: bytes) -> Iterator[str]:
    """A file beside another one for the time of a block, unless that renames it."""
    temporary = _made_beside(target, data)
    try:
        yield temporary
    finally:
        if os.path.lexists(temporary):
            os.unlink(temporary)


def _made_beside(target: str, data: bytes) -> str:
    name = f".{os.path.basename(target)}."
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=name)
    try:
        with os.fdopen(handle, "wb", buffering=0) as file:
            _put(file, data)
    except BaseException:
        os.unlink(temporary)
        raise
    return temporary


def _put(file: io.FileIO, data: bytes) -> None:
    """Make something all that a file holds; what it held keeps its room until that is done."""
    file.seek(0)
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
    file.truncate()
    os.fsync(file.fileno())


def _made_alike(new: str, old: str, status: os.stat_result) -> bool:
    """Whether a file could be given the owner, group, mode and extended attributes of another."""
    if not hasattr(os, "listxattr"):
        # What else such a system keeps of a file (access lists, flags) can't be seen here.
        return False
    try:
        own = os.stat(new)
        if (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
            os.chown(new, status.st_uid, status.st_gid)
        os.chmod(new, stat.S_IMODE(status.st_mode))
        attributes = _attributes(old)
        for name in _attributes(new).keys() - attributes.keys():
            os.removexattr(new, name)
        for name, value in attributes.items() - _attributes(new).items():
            os.setxattr(new, name, value)
    except OSError:
        return False
    return True


def _attributes(path: str) -> dict[str, bytes]:
    """A file's extended attributes; none where the file system has no such thing."""
    try:
        return {name: os.getxattr(path, name) for name in os.listxattr(path)}
    except OSError as error:
        if error.errno == errno.ENOTSUP:
            return {}
        raise


def _replaced(new: str, target: str) -> bool:
    """Whether a file could be put in another's place: a mount of its own can't be replaced."""
    try:
        os.replace(new, target)
    except OSError as error:
        if error.errno in (errno.EBUSY, errno.EPERM, errno.EXDEV):
            return False
        raise
    return True


def _write_over(target: str, before: bytes, data: bytes) -> None:
    """Write over a file. If that fails, its old content comes back.

    A copy of it stands beside the file meanwhile, and stays there if nothing else is left of it.
    """
    with open(target, "rb+", buffering=0) as file:
        copy = _made_beside(target, before)
        try:
            _put(file, data)
        except BaseException:
            try:
                _put(file, before)
            except OSError as error:
                reason = f"{error.strerror}; what it was is in {copy}"
                raise OSError(error.errno, reason, target) from error
            os.unlink(copy)
            raise
        os.unlink(copy)

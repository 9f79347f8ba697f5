"""Reading and writing files: every byte kept, and never half of a file."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import tempfile
import tokenize


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a Python file, with its line ends and its byte order mark, and its encoding.

    Raises:
        SyntaxError: the encoding that it declares is none.
        UnicodeError: it is not in its encoding.
    """
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    if encoding == "utf-8-sig":
        encoding = "utf-8"
    text = data.decode(encoding)
    if text.encode(encoding) != data:
        raise UnicodeError(f"its bytes are not those that {encoding} gives its text")
    return text, encoding


def write(path: str, before: bytes, data: bytes) -> None:
    """Put new content into a file whose content was read before: all of it, or none.

    It is written beside the file, which is then replaced; a link stays, and its target changes.

    Raises:
        OSError: it can't be written, or somebody else has changed it; the file is as it was.
    """
    target = os.path.realpath(path)
    mode = stat.S_IMODE(os.stat(target).st_mode)
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "Permission denied", path)
    handle, temporary = tempfile.mkstemp(
        dir=os.path.dirname(target), prefix=f".{os.path.basename(target)}."
    )
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        with open(target, "rb") as file:
            if file.read() != before:
                raise OSError(errno.EBUSY, "it has changed meanwhile", path)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise

"""The command as a process: its standard streams, the signals that end it, its trouble in a line.

Nothing here imports what takes long: whoever interrupts the command early gets a line as well.
"""

from __future__ import annotations

import contextlib
import errno
import io
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from types import FrameType
from typing import Any, Optional, TextIO, TypeVar

DONE, WOULD_CHANGE, TROUBLE = 0, 1, 2
"""The exit codes; a signal's is its number and 128."""

ENDING = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))
"""The signals that ask a process to end."""

Handler = Callable[[int, Optional[FrameType]], Any]
Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


class CommandError(Exception):
    """The command can't be carried out; the text is one line."""


def carry_out(work: Callable[[], int]) -> int:
    """Do the work of a command; the exit code. Whatever goes wrong is one line."""
    _open_streams()
    with handled(_end):
        try:
            try:
                return work()
            finally:
                # Python itself would find out too late, and say so in its own way.
                sys.stdout.flush()
        except CommandError as error:
            return _complain(str(error))
        except BrokenProcessPool:
            return _complain("a worker was killed; run it again")
        except BrokenPipeError:
            # Whoever read the output has read enough.
            _silence()
            return DONE
        except OSError as error:
            names = [error.filename] if error.filename else []
            return _complain(": ".join([*names, error.strerror or str(error)]))
        except Exception as error:
            lines = str(error).strip().splitlines()
            return _complain(": ".join([type(error).__name__, *lines[:1]]))


@contextlib.contextmanager
def handled(handler: Handler) -> Iterator[None]:
    """Handle the signals that end a process, but those that are ignored.

    Only the main thread can; of another one, whoever has made it takes care.
    """
    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        before = {
            number: signal.signal(number, handler)
            for number in ENDING
            if signal.getsignal(number) not in (signal.SIG_IGN, None)
        }
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


@contextlib.contextmanager
def in_workers(
    work: Callable[[Task], Outcome],
    tasks: Collection[Task],
    jobs: int,
    begin: Callable[[], None] | None = None,
) -> Iterator[Iterator[Outcome]]:
    """Do the work for each task in worker processes, which end with the block; outcomes in order.

    `begin` is called first in each worker.
    """
    workers = min(jobs, len(tasks))
    with contextlib.ExitStack() as stack:
        pool = ProcessPoolExecutor(workers, initializer=_begin_worker, initargs=(begin,))
        stack.callback(pool.shutdown, cancel_futures=True)
        # The first task begins all workers, if they are forked.
        with _signals_held_back():
            outcomes = pool.map(work, tasks)
        yield outcomes


@contextlib.contextmanager
def _signals_held_back() -> Iterator[None]:
    """Let the signals that end a process come after a block, here and in a worker that it forks.

    A worker that has not run yet would forget one (`PyOS_AfterFork_Child` clears what came), and
    one that is not in the list of workers yet would get none.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin_worker(begin: Callable[[], None] | None) -> None:
    """Leave it to the command to end a worker: a terminal interrupts all processes at once."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    if begin is not None:
        begin()


def _end(number: int, _: FrameType | None) -> None:
    """End the process and its workers, at once: who waited for their results waits no more."""
    for worker in multiprocessing.active_children():
        worker.terminate()
    if number == signal.SIGINT and multiprocessing.parent_process() is None:
        # A progress bar may stand on the line.
        start = "\n" if sys.stderr.isatty() else ""
        with contextlib.suppress(OSError):
            os.write(2, f"{start}flake8-tf-session: interrupted\n".encode())
    os._exit(128 + number)


# --- standard streams ---


class _Closed(io.RawIOBase):
    """A standard output that is closed: whoever writes there is told."""

    def writable(self) -> bool:
        return True

    def write(self, _: object) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


def _open_streams() -> None:
    """See to it that no file is opened in the place of a stream that is closed."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free is taken.
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        # Nothing is kept in a buffer, since Python 3.13 complains of what is left there at the end.
        sys.stdout = io.TextIOWrapper(_Closed(), write_through=True)
    elif isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal may lack some character of a page.
        sys.stdout.reconfigure(errors="backslashreplace")
    if sys.stderr is None:
        sys.stderr = _nowhere()


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")


def _complain(text: str) -> int:
    """Say why the command ends, if anybody listens."""
    try:
        print(f"flake8-tf-session: {text}", file=sys.stderr, flush=True)
    except OSError:
        pass
    finally:
        _silence()
    return TROUBLE


def _silence() -> None:
    """Forget what could not be written: Python would try again at its end, and say so."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        try:
            stream.flush()
        except OSError:
            nothing = _nowhere()
            with contextlib.suppress(OSError):
                os.dup2(nothing.fileno(), stream.fileno())
            setattr(sys, name, nothing)

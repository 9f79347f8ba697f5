"""Lint a folder on two workers, and kill the one that is in the middle of a task.

    python killed_worker.py FOLDER PIPE TEXT OUTPUT

PIPE is a file of the folder: whoever reads it waits until something is written to it. The worker
that has opened it is killed; TEXT is what the next worker reads there. Prints a line for each
result of a task: the number of its files.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from collections.abc import Iterable
from pathlib import Path

import fleet
from distributed import Client, LocalCluster


def reader(pipe: Path, processes: Iterable[int]) -> int:
    """The process that has the pipe open."""
    (found,) = {
        process
        for process in processes
        for descriptor in Path(f"/proc/{process}/fd").iterdir()
        if descriptor.exists() and descriptor.samefile(pipe)
    }
    return found


def interrupt(pipe: Path, text: str, processes: Iterable[int]) -> None:
    """Kill the first reader of the pipe, and give the second the text."""
    with open(pipe, "wb"):  # waits until a worker reads
        worker = reader(pipe, processes)
        os.kill(worker, signal.SIGSTOP)  # so that it doesn't see the pipe's end
    ended = os.pidfd_open(worker)
    os.kill(worker, signal.SIGKILL)
    select.select([ended], [], [])
    pipe.write_text(text)  # waits until the other one reads


def main() -> None:
    """Run it."""
    folder, pipe, text, output = sys.argv[1:]
    fleet.BATCH = 5
    rows = []
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        processes = client.run(os.getpid).values()
        thread = threading.Thread(target=interrupt, args=(Path(pipe), text, processes))
        thread.start()
        for task, found in fleet.check(client, fleet.tasks_of_folders([Path(folder)])):
            print(len(task.files), flush=True)
            rows += found
        thread.join()
    fleet.write(rows, Path(output))


if __name__ == "__main__":
    main()

"""Lint a folder on two workers, with a file that kills whatever worker checks it.

python poisoned_worker.py FOLDER FILE OUTPUT
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import fleet
from distributed import Client, LocalCluster

check_task = fleet.check_task


def check_or_die(task: fleet.Task) -> list[fleet.Row]:
    """Check a task, unless the file is in it."""
    if sys.argv[2] in task.files:
        os.kill(os.getpid(), signal.SIGKILL)
    return check_task(task)


def main() -> None:
    """Run it."""
    folder, _, output = sys.argv[1:]
    fleet.BATCH = 5
    fleet.check_task = check_or_die
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        tasks = fleet.tasks_of_folders([Path(folder)])
        rows = [row for _, found in fleet.check(client, tasks) for row in found]
    fleet.write(rows, Path(output))


if __name__ == "__main__":
    main()

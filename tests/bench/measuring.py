"""Run commands in turns and take the median of their times."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPROFILEIMPORTTIME")
"""They would measure compiling or the console; a user has none of them set."""

_DONE = (0, 3, 4)
"""Documents were written, whatever was found in the answers."""


def medians(tasks: Mapping[str, Callable[[], object]], rounds: int = 30) -> dict[str, float]:
    """Do things within this process in turns; the median seconds of each."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            began = time.perf_counter()
            task()
            taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in taken.items()}


class Task(NamedTuple):
    """A command with the folder it writes to, which is taken away before every run."""

    command: list[str]
    output: Path | None = None


class Run(NamedTuple):
    """What a command took."""

    seconds: float
    """From its start to its end, the median of several runs; or its processor time."""
    megabytes: float
    """Largest resident memory of the process itself, not of its children."""


def measure(
    tasks: Sequence[Task], *, rounds: int = 1, warm: bool = True, is_cpu: bool = False
) -> list[Run]:
    """Run the commands in turns, after one round that does not count.

    This process must stay small: a child's peak memory begins at that of its parent.
    """
    runs: list[list[Run]] = [[] for _ in tasks]
    for number in range(rounds + warm):
        for task, taken in zip(tasks, runs, strict=True):
            run = _run(task, is_cpu=is_cpu)
            if number or not warm:
                taken.append(run)
    return [_median(taken) for taken in runs]


def _median(runs: Sequence[Run]) -> Run:
    return Run(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.megabytes for run in runs),
    )


def _run(task: Task, *, is_cpu: bool) -> Run:
    if task.output is not None:
        shutil.rmtree(task.output, ignore_errors=True)
    environment = {key: value for key, value in os.environ.items() if key not in _LEFT_OUT}
    with tempfile.TemporaryFile() as complaints:
        began = time.perf_counter()
        child = subprocess.Popen(
            task.command, stdout=subprocess.DEVNULL, stderr=complaints, env=environment
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in _DONE:
            complaints.seek(0)
            sys.stderr.write(complaints.read().decode(errors="replace"))
            raise SystemExit(f"exit {child.returncode}: {' '.join(task.command)}")
    if is_cpu:
        seconds = usage.ru_utime + usage.ru_stime
    return Run(seconds, usage.ru_maxrss / 1024)

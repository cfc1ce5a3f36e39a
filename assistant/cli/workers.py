"""Several processes that share the files of a run; one that dies takes no other's files along."""

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from assistant.cli.input_files import Job
from assistant.cli.json_results import FileResult

_SHARE = 16
"""Files handed to a process at a time."""
_AHEAD = 2
"""Shares of each process that are under way, so that what is kept does not grow with the files."""


class WorkerPool:
    """Processes at work on jobs."""

    def __init__(
        self,
        size: int,
        start: Callable[[], None],
        work: Callable[[Job], FileResult],
        lost: Callable[[Job], FileResult],
    ) -> None:
        """Take what each process does first, then with every job, and what is said without it.

        Args:
            size: How many processes.
            start: Called in each of them.
            work: Called in one of them for every job.
            lost: Makes the result of a job whose process died.
        """
        self._size = size
        self._start = start
        self._work = work
        self._lost = lost
        self._pool = self._open(size)
        self._under_way: deque[tuple[Sequence[Job], Future[list[FileResult]]]] = deque()

    def results(self, jobs: Sequence[Job]) -> Iterator[FileResult]:
        """The results of all jobs in their order."""
        try:
            for at in range(0, len(jobs), _SHARE):
                share = jobs[at : at + _SHARE]
                self._under_way.append((share, self._begin(share)))
                if len(self._under_way) > _AHEAD * self._size:
                    yield from self._next()
            while self._under_way:
                yield from self._next()
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _open(self, size: int) -> ProcessPoolExecutor:
        way = "fork" if sys.platform == "linux" else "spawn"  # a fork has the library already
        return ProcessPoolExecutor(size, get_context(way), self._start)

    def _begin(self, share: Sequence[Job]) -> "Future[list[FileResult]]":
        try:
            return self._pool.submit(_work_through, self._work, share)
        except RuntimeError:  # a process has died meanwhile, which ends its pool
            self._pool.shutdown()
            self._pool = self._open(self._size)
            return self._pool.submit(_work_through, self._work, share)

    def _next(self) -> Iterator[FileResult]:
        share, future = self._under_way.popleft()
        try:
            yield from future.result()
        except RuntimeError:
            yield from self._one_by_one(share)

    def _one_by_one(self, share: Sequence[Job]) -> Iterator[FileResult]:
        """Work through a share whose process died, to find the file that does it."""
        pool = self._open(1)
        for job in share:
            try:
                yield pool.submit(self._work, job).result()
            except RuntimeError:
                yield self._lost(job)
                pool.shutdown()
                pool = self._open(1)
        pool.shutdown()


def _work_through(work: Callable[[Job], FileResult], share: Sequence[Job]) -> list[FileResult]:
    return [work(job) for job in share]

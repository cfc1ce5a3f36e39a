"""Waiting for what must come, and bounds of work: neither depends on how fast a machine is."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE = 300.0
"""Seconds until a test gives up waiting for what comes at once on an idle machine."""
_MOST_WORK = 30.0
"""Processor seconds for what takes a few hundredths; what hangs takes minutes or years."""


def until(true: Callable[[], Any]) -> Any:
    """Wait for what must come and give it back."""
    limit = time.monotonic() + PATIENCE
    while not (found := true()):
        assert time.monotonic() < limit, "it did not come"
        time.sleep(0.05)
    return found


@contextmanager
def at_once() -> Iterator[None]:
    """Assert that what is done within takes little work, however long it has to wait for it."""
    began = time.process_time()
    yield
    assert time.process_time() - began < _MOST_WORK

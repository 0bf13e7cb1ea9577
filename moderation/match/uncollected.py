"""Making many objects at once without the garbage collector, which else walks them again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_making = 0
_was_enabled = True


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of the process from running, in any thread; also a decorator of what leaves no cycles."""
    global _making, _was_enabled
    with _lock:
        if not _making:
            _was_enabled = gc.isenabled()
            gc.disable()
        _making += 1
    try:
        yield
    finally:
        with _lock:
            _making -= 1
            if not _making and _was_enabled:
                gc.enable()

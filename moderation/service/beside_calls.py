"""Work that takes the interpreter for long beside calls that are answered in other threads."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from moderation.match.uncollected import uncollected

SWITCH_SECONDS = 0.0001
"""How long such work keeps the interpreter while a call waits for it; a call asks for it several times."""

_lock = Lock()
_working = 0
_usual = sys.getswitchinterval()


@contextmanager
def beside_calls() -> Iterator[None]:
    """Give the interpreter to calls soon after they ask for it, and let no collection of garbage hold them up."""
    global _working, _usual
    with _lock:
        if not _working:
            _usual = sys.getswitchinterval()
            sys.setswitchinterval(SWITCH_SECONDS)
        _working += 1
    try:
        with uncollected():
            yield
    finally:
        with _lock:
            _working -= 1
            if not _working:
                sys.setswitchinterval(_usual)

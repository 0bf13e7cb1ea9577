"""Processes whose work can wait: they stand behind those that answer calls in the machine's queue."""

from __future__ import annotations

import os
from contextlib import suppress
from multiprocessing.process import BaseProcess

NICENESS = 10
"""How far such a process stands behind the one that starts it.

It gets what others leave, and a tenth of a core where they leave nothing.
"""


def start_behind_calls(process: BaseProcess) -> None:
    """Start a process, and let it stand behind others from its first steps on, which are the longest."""
    process.start()
    if hasattr(os, "setpriority") and process.pid is not None:
        with suppress(OSError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, process.pid, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)

"""Time and memory of this process, and the machine it runs on."""

from __future__ import annotations

import os
import platform
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

STATUS, CPUS, LOAD = Path("/proc/self/status"), Path("/proc/cpuinfo"), Path("/proc/stat")


def resident() -> float:
    """Return the megabytes that this process holds now; 0 where the system does not tell."""
    return _status("VmRSS")


def most_resident() -> float:
    """Return the most megabytes that this process has held; 0 where the system does not tell."""
    return _status("VmHWM")


def keep_to_one_core() -> None:
    """Keep this process, and those that it starts, to one core where the system allows."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def best_times(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the least seconds of the processor that each run took.

    Every round does every run, so that a busy machine slows all of them alike; one round before does not count.
    """
    best = dict.fromkeys(runs, float("inf"))
    for turn in range(rounds + 1):
        for name, run in runs.items():
            start = time.process_time()
            run()
            taken = time.process_time() - start
            if turn:
                best[name] = min(best[name], taken)
    return best


def machine() -> dict[str, str]:
    """Return what figures depend on: date, processor, system and Python."""
    model = re.search(r"^model name\s*:\s*(.+)$", CPUS.read_text(), re.M) if CPUS.exists() else None
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": f"{model[1].strip() if model else platform.processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def busy_otherwise() -> float | None:
    """Return how long the cores have worked, in seconds, without what ended children of this process took.

    None where the system does not tell.
    """
    if not LOAD.exists():
        return None
    user, nice, system, _idle, _waiting, *interrupts = map(int, LOAD.read_text(encoding="ascii").split()[1:8])
    own = os.times()
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK") - own.children_user - own.children_system


def _status(key: str) -> float:
    if not STATUS.exists():
        return 0.0
    found = re.search(rf"^{key}:\s+(\d+) kB$", STATUS.read_text(), re.M)
    return int(found[1]) / 1024 if found else 0.0


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started and that still run; none where the system does not tell."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            own, _, rest = path.read_text(encoding="utf-8", errors="replace").rpartition(")")
            if int(rest.split()[1]) == pid:
                found.append(int(own.partition(" ")[0]))
    return found

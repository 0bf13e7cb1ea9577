"""All figures as one report; `make bench` runs it.

Every part is measured by a process of its own, one after the other, and told with date, machine and commit. The
directory that is written to gets performance.json and performance.svg; the tables are printed. `--output docs`, and
`make docs` after it, renew docs/performance.md. No text that was measured with is written.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import goals
import part
import plots
import process
import service
from performance_page import FIGURES, SECTIONS, sections

BENCH = Path(__file__).resolve().parent
DRAWING = "performance.svg"
SCRIPTS = {"check": "check_many", "wordlists": "variants", "classifier": "classify"}
"""The parts whose script has another name."""

PRODUCT = ("moderation", "wordlists", "dialects", "variants", "models", "profiles")

LONG = frozenset({"memory", "swap"})
"""Parts that are measured only when they are named: they take minutes."""


def measured(name: str, data: Path | None, quick: bool) -> part.Record:
    """Return the figures of a part and what they were measured on; those of the part are whatever it prints."""
    command = [sys.executable, str(BENCH / f"{SCRIPTS.get(name, name)}.py"), "--json"]
    command += [*(["--data", str(data)] if data else []), *(["--quick"] if quick else [])]
    run: part.Record = {**process.machine(), "commit": commit(), "quick": quick}
    start, before = time.perf_counter(), process.busy_otherwise()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    seconds, after = time.perf_counter() - start, process.busy_otherwise()
    run["seconds"] = round(seconds)
    if before is not None and after is not None:
        run["cores_busy_otherwise"] = round((after - before) / seconds, 2)
    return {"run": run, **json.loads(done.stdout)}


def commit() -> str:
    """Return the last commit that changed the product, and whether its files differ from that."""
    try:
        name, changes = _git("log", "-1", "--format=%h", "--", *PRODUCT), _git("status", "--porcelain", "--", *PRODUCT)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{name} with changes" if changes else name


def _git(*arguments: str) -> str:
    command = [shutil.which("git") or "git", *arguments]
    done = subprocess.run(command, cwd=BENCH.parent, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def chosen(named: Sequence[str]) -> list[str]:
    """Return the parts to measure, without those that this machine lacks the means for."""
    names = list(named or (name for name in SECTIONS if name not in LONG))
    if "service" in names and shutil.which(service.CLIENT) is None:
        print(f"the service is not measured: {service.MISSING}", file=sys.stderr)
        names.remove("service")
    return names


def write(parts: part.Record, directory: Path) -> None:
    """Write the figures and their drawing."""
    report = {"goals": goals.results(parts), "parts": parts}
    directory.mkdir(parents=True, exist_ok=True)
    (directory / FIGURES).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (directory / DRAWING).write_text(plots.drawing(parts), encoding="utf-8")


def main() -> None:
    """Measure, write and print."""
    parser = part.options(__doc__)
    parser.add_argument(
        "--output", type=Path, default=Path("build/bench"), help="a directory; build/bench unless given"
    )
    parser.add_argument(
        "--part", action="append", choices=SECTIONS, default=[], help="measure this alone and keep the others' figures"
    )
    given = parser.parse_args()
    kept = given.output / FIGURES
    names = chosen(given.part) or sys.exit("there is nothing to measure")
    parts = json.loads(kept.read_text(encoding="utf-8"))["parts"] if given.part and kept.exists() else {}
    for name in names:
        print("…", name, file=sys.stderr, flush=True)
        parts[name] = measured(name, given.data, given.quick)
        write({one: parts[one] for one in SECTIONS if one in parts}, given.output)
    for name, tables in sections(json.loads(kept.read_text(encoding="utf-8"))).items():
        print(f"## {name}\n\n{tables}\n")


if __name__ == "__main__":
    main()

"""How every part of `make bench` is called, and what it prints: its figures as JSON, or for people."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import process

Record = dict[str, Any]


def options(doc: str | None) -> argparse.ArgumentParser:
    """Return the options that every part has."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="a directory of .jsonl files with real SMS")
    parser.add_argument("--quick", action="store_true", help="fewer texts and rounds: figures that differ more")
    return parser


def main(
    doc: str | None,
    measure: Callable[[Path | None, bool], Record],
    shown: Callable[[Record], str] | None = None,
    *,
    on_one_core: bool = True,
) -> None:
    """Measure on one core and print; `shown` is what people read instead of JSON."""
    parser = options(doc)
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    if on_one_core:
        process.keep_to_one_core()
    record = measure(given.data, given.quick)
    print(shown(record) if shown and not given.json else json.dumps(record, ensure_ascii=False, indent=2))

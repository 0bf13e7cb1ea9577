"""The statistics of a training set as a table for people."""

from __future__ import annotations

from collections.abc import Mapping


def statistics_table(record: Mapping[str, Mapping[str, int]]) -> str:
    """Return each count with what is counted, in sections."""
    width = max((len(name) for counts in record.values() for name in counts), default=0)
    lines: list[str] = []
    for section, counts in record.items():
        lines.append(section)
        lines += [f"  {name:<{width}} {count:>9,}" for name, count in counts.items()]
    return "\n".join(lines)

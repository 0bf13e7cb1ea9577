"""What another model would change, as a table for people and as a JSON record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from moderation.train.changes import Change, Changes

MOST_SHOWN = 50
"""Changes that a table shows; a JSON record has all."""


def changes_record(changes: Changes) -> dict[str, Any]:
    """Return how many templates were checked, the counts of changes, and each change with its template."""
    return {
        "texts": dict(sorted(changes.texts.items())),
        "counts": [
            {"origin": origin, "before": before.value, "after": after.value, "texts": count}
            for (origin, before, after), count in changes.counts().items()
        ],
        "changes": [_change_record(change) for change in changes.changes],
    }


def _change_record(change: Change) -> dict[str, Any]:
    return {
        "origin": change.origin,
        "id": change.template.id,
        "text": change.template.text,
        "before": change.before.value,
        "after": change.after.value,
        "probability_before": change.probability_before,
        "probability_after": change.probability_after,
    }


def changes_table(changes: Changes) -> str:
    """Return the counts, then the changes themselves, the stricter ones first."""
    total = sum(changes.texts.values())
    lines = [f"{total:,} templates checked, {len(changes.changes):,} decided otherwise"]
    lines += [
        f"  {origin:<28} {before.value:>6} -> {after.value:<6} {count:>6} of {changes.texts[origin]}"
        for (origin, before, after), count in changes.counts().items()
    ]
    shown = sorted(changes.changes, key=lambda one: (not one.is_stricter, -one.probability_after))[:MOST_SHOWN]
    lines += [
        f"{one.before.value:>6} -> {one.after.value:<6} {one.probability_before:.3f} -> {one.probability_after:.3f} "
        f"{one.origin} {one.template.id}: {one.template.text}"
        for one in shown
    ]
    if len(changes.changes) > len(shown):
        lines.append(f"and {len(changes.changes) - len(shown):,} more; --format json lists all")
    return "\n".join(lines)

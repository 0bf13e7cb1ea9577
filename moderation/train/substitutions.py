"""Counts of characters that senders put in the place of others, over messages as sent and as meant; no text is kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

from moderation.text.normal import fold

MOST_CELLS = 400
"""Size of a replaced stretch that is aligned character by character; a longer one is no substitution."""

SAME_SHAPE, RELATED, UNRELATED, GAP = 0.0, 0.2, 1.0, 0.7

Related = Callable[[str, str], bool]
"""Whether a character may stand for another because of its sound or shape."""


class SubstitutionsError(ValueError):
    """The file of messages is no JSON Lines with `restored`, `variant` and `has_variant`."""


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each message with variants as it was meant and as it was sent, both folded."""
    mend = 'write {"restored": "…", "variant": "…", "has_variant": true}'
    try:
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SubstitutionsError(f"cannot read {path.name}: {error}; {mend} on each line of it") from error
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            meant, sent, has_variant = row["restored"], row["variant"], row["has_variant"]
            pair = fold(meant).text, fold(sent).text
        except (ValueError, KeyError, TypeError) as error:
            raise SubstitutionsError(f"{path.name}:{number}: no pair of messages; {mend}") from error
        if has_variant:
            yield pair


def count(pairs: Iterable[tuple[str, str]], related: Related) -> Counter[tuple[str, str]]:
    """Return how often one character stands in the place of another: (meant, sent) and the number of times."""
    counts: Counter[tuple[str, str]] = Counter()
    for meant, sent in pairs:
        counts.update(_substituted(meant, sent, related))
    return counts


def _substituted(meant: str, sent: str, related: Related) -> Iterator[tuple[str, str]]:
    for tag, start, end, other, other_end in SequenceMatcher(None, meant, sent, autojunk=False).get_opcodes():
        if tag == "replace" and (end - start) * (other_end - other) <= MOST_CELLS:
            yield from _aligned(meant[start:end], sent[other:other_end], related)


def _aligned(meant: str, sent: str, related: Related) -> Iterator[tuple[str, str]]:
    """Yield the pairs of the cheapest alignment of two short strings."""
    rows, columns = len(meant) + 1, len(sent) + 1
    cost = [[GAP * (row + column) for column in range(columns)] for row in range(rows)]
    for row in range(1, rows):
        for column in range(1, columns):
            cost[row][column] = min(
                cost[row - 1][column] + GAP,
                cost[row][column - 1] + GAP,
                cost[row - 1][column - 1] + _price(meant[row - 1], sent[column - 1], related),
            )
    row, column = rows - 1, columns - 1
    while row and column:
        price = _price(meant[row - 1], sent[column - 1], related)
        if cost[row][column] == cost[row - 1][column - 1] + price:
            row, column = row - 1, column - 1
            if meant[row] != sent[column] and not sent[column].isspace():
                yield meant[row], sent[column]
        elif cost[row][column] == cost[row - 1][column] + GAP:
            row -= 1
        else:
            column -= 1


def _price(meant: str, sent: str, related: Related) -> float:
    if meant == sent:
        return SAME_SHAPE
    return RELATED if related(meant, sent) else UNRELATED

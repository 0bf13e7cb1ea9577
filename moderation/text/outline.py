"""What the characters of some texts tell of their form at first sight, so that few need a closer look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from moderation.text.characters import characters_of, table_of
from moderation.text.script import traditional

BRACKETS = frozenset("[［〖「(（ 】]］\t\n")
"""What the body begins or ends with where brackets may stand at its edge."""

PHRASE = 4
"""Han characters in a row that tell what a text is for."""

NOWHERE = 1 << 30
"""Beyond every place in a text."""

_BRACKETS = table_of(BRACKETS)


class Outline(NamedTuple):
    """A text `is_plain` that has no traditional characters and no bracket at an edge.

    `said` is where its first phrase ends, NOWHERE where it has none.
    """

    is_plain: bool
    said: int


def outlines(texts: Sequence[str]) -> list[Outline]:
    """Return the outline of each text."""
    characters = characters_of(texts)
    codes, starts, ends = characters.codes, characters.starts, characters.ends
    edges = np.append(_BRACKETS[codes], False)
    is_noteworthy = characters.any(traditional()[codes]) | ((edges[starts] | edges[ends - 1]) & (ends > starts))
    is_han = (codes >= ord("\u3400")) & (codes <= ord("\u9fff"))
    phrases = np.flatnonzero(is_han[:-3] & is_han[1:-2] & is_han[2:-1] & is_han[3:]) + PHRASE
    phrases = np.append(phrases, NOWHERE)
    first = phrases[np.searchsorted(phrases, starts + PHRASE)]
    said = np.where(first <= ends, first - starts, NOWHERE)
    return list(map(Outline, (~is_noteworthy).tolist(), said.tolist()))

"""Entries that would be found in texts of every kind: single characters and words of every day."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum

from moderation.match.wordlist import Wordlist
from moderation.text.segment import Segmenter
from moderation.wordlists.coverage import is_unconditional

EVERYDAY_FREQUENCY = 500
"""How often an everyday word stands in the texts of jieba's dictionary.

9,600 of its 350,000 words reach that, and 0.1 % of the shipped entries of what is prohibited, insults and advertises.
"""


class CautionKind(StrEnum):
    """Why an entry is looked at twice."""

    ONE_CHARACTER = "ONE_CHARACTER"
    EVERYDAY_WORD = "EVERYDAY_WORD"


@dataclass(frozen=True, slots=True)
class Caution:
    """A spelling of a new or changed entry, with its frequency in the dictionary."""

    kind: CautionKind
    wordlist: str
    entry: str
    spelling: str
    frequency: int


def cautions(wordlist: Wordlist, written: Set[str], dictionary: Segmenter) -> Iterator[Caution]:
    """Yield what to look at twice in the entries of a wordlist, by their texts, that nothing restricts."""
    for entry in wordlist.entries:
        if entry.text not in written or not is_unconditional(entry):
            continue
        for spelling in entry.parts[0]:
            frequency = dictionary.frequency(spelling)
            if len(spelling) == 1:
                yield Caution(CautionKind.ONE_CHARACTER, wordlist.id, entry.text, spelling, frequency)
            elif frequency >= EVERYDAY_FREQUENCY:
                yield Caution(CautionKind.EVERYDAY_WORD, wordlist.id, entry.text, spelling, frequency)

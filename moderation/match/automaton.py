"""All wordlists and their variants in one Aho-Corasick automaton: normal texts in, matches out.

pyahocorasick scans the codes of an alphabet in which characters that pass for one another share a code. What it finds
is compared with what was looked for, and read as a variant where the wordlist allows. The automaton holds whole
entries, exceptions and the parts of combinations; where the rarest part of one is seen, the others are looked for
around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from moderation.match.alphabet import Encoded
from moderation.match.candidates import Candidates, longest
from moderation.match.combinations import Place
from moderation.match.compiled import Compiled, Hits, Source
from moderation.match.compiling import compile_wordlists
from moderation.match.completion import Completion
from moderation.match.exceptions import Exceptions
from moderation.match.ragged import Numbers
from moderation.match.readings import Reading
from moderation.match.role_table import RoleTable
from moderation.match.section import ListedEntry
from moderation.match.spellings import Role, Spellings
from moderation.match.wordlist import VARIANT_KINDS, Wordlist

MOST_ROLES = 65_536
"""Sets of roles that are remembered; no texts can make memory grow without end."""


class Match(NamedTuple):
    """An entry seen at a half-open range of the normal text.

    `term` is what was looked for: the entry as it is written, of a combination the spellings that were
    meant, joined by + where they stand apart. `reading` tells how what is written differs from it; `parts` are those of
    a combination.
    """

    start: int
    end: int
    listed: ListedEntry
    term: str
    meant: str
    reading: Reading
    parts: tuple[Place, ...] = ()

    @property
    def pieces(self) -> tuple[Place, ...]:
        """What was seen: the parts of a combination, or one spelling."""
        return self.parts or (Place(self.start, self.end, self.meant, self.reading),)


class Found:
    """Matches in many texts, as columns in order of texts and starts; `match` makes one of them.

    `texts` tells the text of each, `entries` the number of the entry among those of the automaton.
    """

    def __init__(self, kept: Candidates, entries: Sequence[ListedEntry], roles: Sequence[Role]) -> None:
        self.texts, self.is_variant = kept.texts, kept.is_variant
        self.starts: list[int] = kept.starts.tolist()
        self.ends: list[int] = kept.ends.tolist()
        self.entries: list[int] = kept.entries.tolist()
        self._numbers: list[int] = kept.roles.tolist()
        self._combinations: list[int] = np.flatnonzero(kept.roles < 0).tolist()
        self._listed, self._roles, self._places = entries, roles, kept.places

    def combinations(self, count: int) -> Iterator[tuple[int, str]]:
        """Yield which of the first matches are combinations, each with its term."""
        for number in self._combinations:
            if number >= count:
                return
            yield number, self._places.term(-self._numbers[number] - 1)

    def match(self, number: int) -> Match:
        """Return a match by its number."""
        listed, role = self._listed[self.entries[number]], self._numbers[number]
        start, end = self.starts[number], self.ends[number]
        if role < 0:
            place = self._places[-role - 1]
            return Match(start, end, listed, place.term, place.term, place.reading, place.pieces)
        known = self._roles[role]
        return Match(start, end, listed, listed.entry.text, known.meant, known.reading)


class Automaton:
    """An immutable matcher over a set of wordlists; safe to share between threads.

    Without `source` words are found as they are written in the lists only. `compiled` is what
    `compile_wordlists` made of the same lists and source; without it, that is done now. `signals`, `terms`, `weights`
    and `word_edges` are those of each entry.
    """

    def __init__(
        self, wordlists: Iterable[Wordlist], source: Source | None = None, compiled: Compiled | None = None
    ) -> None:
        self._compiled = compiled or compile_wordlists(wordlists, source)
        spellings = self._compiled.spellings
        self.entries = spellings.entries
        self._readings = self._compiled.readings
        self._completion = Completion(spellings, self._readings)
        self._roles = self._no_roles()
        self._wordlists = spellings.lists
        self._lines = np.array(spellings.column(lambda one: one.lines), dtype=np.int64)
        self.signals = spellings.column(lambda one: one.signals)
        self.terms = spellings.column(lambda one: one.terms)
        self.weights = spellings.column(lambda one: one.weights)
        self.word_edges = np.array(spellings.column(lambda one: one.word_edges), dtype=np.bool_)
        self._with_exceptions = np.array(spellings.column(lambda one: one.has_exceptions), dtype=np.bool_)
        self._with_near = np.array(spellings.column(lambda one: one.has_near), dtype=np.bool_)
        self._near: dict[int, re.Pattern[str]] = {}

    @property
    def strings(self) -> int:
        """How many different strings the automaton looks for."""
        return self._compiled.strings

    @property
    def spellings(self) -> Spellings:
        """What it looks for."""
        return self._compiled.spellings

    def scan(self, text: str) -> list[Match]:
        """Return the matches in a normal text in order; one inside a longer match of the same wordlist is left out.

        Exceptions, combinations and near words are resolved here; word edges are not.
        """
        return self.scan_many([text])[0]

    def scan_many(self, texts: Sequence[str]) -> list[list[Match]]:
        """Return the matches in each normal text, searched as one."""
        matches: list[list[Match]] = [[] for _ in texts]
        found = self.find_many(texts)
        for number, text in enumerate(found.texts.tolist()):
            matches[text].append(found.match(number))
        return matches

    def find_many(self, texts: Sequence[str]) -> Found:
        """Return the matches in normal texts, searched as one, as columns."""
        encoded = self._compiled.alphabet.encode_many(texts)
        hits = self._compiled.hits(encoded)
        if self._roles.count > MOST_ROLES:
            self._roles = self._no_roles()
        table = self._roles
        sets = table.sets_of(hits, encoded)
        candidates = self._candidates(hits, sets, table, encoded)
        allowed = candidates.only(self._allowed(candidates, hits, sets, table, encoded))
        return Found(longest(allowed, self._wordlists, self._lines), self.entries, table.roles)

    def plain_many(self, texts: Sequence[str]) -> list[str]:
        """Return normal texts with rare forms of characters replaced by those that they stand for, one for one."""
        return self._compiled.alphabet.plain_many(texts)

    def kinds_between(self, plain: str, written: str) -> tuple[str, ...]:
        """Return the kinds of variant by which what is written differs from what its characters stand for."""
        reading = self._readings.read(plain, written, VARIANT_KINDS) if plain != written else None
        return reading.kinds if reading else ()

    def _no_roles(self) -> RoleTable:
        return RoleTable(self._compiled, self._completion.ranks)

    def _candidates(self, hits: Hits, sets: Numbers, table: RoleTable, encoded: Encoded) -> Candidates:
        """Return the whole entries and the combinations that stand in texts."""
        terms, owners = table.terms.joined(sets)
        entries, roles = terms[:, 0], terms[:, 1]
        texts = hits.texts[owners]
        begins = encoded.starts[texts]
        completed = self._completion.complete(hits, sets, table, encoded)
        return Candidates(
            texts=np.concatenate((texts, completed.texts)),
            starts=np.concatenate((hits.starts[owners] - begins, completed.starts)),
            ends=np.concatenate((hits.ends[owners] - begins, completed.ends)),
            entries=np.concatenate((entries, completed.entries)),
            roles=np.concatenate((roles, np.arange(-1, -len(completed) - 1, -1))),
            confidences=np.concatenate((table.confidences[roles], completed.confidences)),
            is_variant=np.concatenate((table.is_variant[roles], completed.is_variant)),
            places=completed,
        )

    def _allowed(
        self, candidates: Candidates, hits: Hits, sets: Numbers, table: RoleTable, encoded: Encoded
    ) -> NDArray[np.bool_]:
        """Return which candidates no exception covers, and have a near word, where the entry asks for one.

        An exception to a combination need only share a character with it.
        """
        allowed = np.ones(len(candidates.texts), dtype=np.bool_)
        asked = np.flatnonzero(self._with_exceptions[candidates.entries])
        if len(asked):
            exceptions = _exceptions(candidates.texts[asked], hits, sets, table, len(encoded.texts))
            begins = encoded.starts[candidates.texts[asked]]
            ranges = candidates.entries[asked], candidates.starts[asked] + begins, candidates.ends[asked] + begins
            is_combination = candidates.roles[asked] < 0
            allowed[asked] = ~np.where(is_combination, exceptions.touch(*ranges), exceptions.cover(*ranges))
        for index in np.flatnonzero(self._with_near[candidates.entries] & allowed).tolist():
            entry, text = int(candidates.entries[index]), encoded.texts[candidates.texts[index]]
            allowed[index] = self._has_near(entry, int(candidates.starts[index]), int(candidates.ends[index]), text)
        return allowed

    def _has_near(self, index: int, start: int, end: int, text: str) -> bool:
        """Return whether one of the words that an entry asks for stands before or after a place."""
        listed = self.entries[index]
        finder = self._near.get(index)
        if finder is None:
            finder = self._near[index] = re.compile(
                "|".join(self._readings.expression(word, listed.kinds) for word in _longest_first(listed.entry.near))
            )
        window, longest = listed.entry.near_window, max(map(len, listed.entry.near))
        before = finder.finditer(text, max(start - window - longest, 0), start)
        if any(start - match.end() <= window for match in before):
            return True
        after = finder.search(text, end, end + window + longest)
        return after is not None and after.start() - end <= window


def _exceptions(texts: Numbers, hits: Hits, sets: Numbers, table: RoleTable, count: int) -> Exceptions:
    """Return the exceptions that stand in some of the texts."""
    is_asked = np.zeros(count, dtype=np.bool_)
    is_asked[texts] = True
    chosen = np.flatnonzero(is_asked[hits.texts])
    entries, owners = table.exceptions.joined(sets[chosen])
    chosen = chosen[owners]
    return Exceptions(entries[:, 0], hits.starts[chosen], hits.ends[chosen])


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)

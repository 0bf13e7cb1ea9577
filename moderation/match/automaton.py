"""All wordlists and their variants in one Aho-Corasick automaton: normal texts in, matches out.

pyahocorasick scans the codes of an alphabet in which characters that pass for one another share a code. What it finds
is compared with what was looked for, and read as a variant where the wordlist allows. The automaton holds whole
entries, exceptions and the parts of combinations; where the rarest part of one is seen, the others are looked for
around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain, count
from operator import itemgetter
from typing import NamedTuple

from moderation.match.combinations import Place, outermost, shortest
from moderation.match.compiled import Compiled, Source, compile_wordlists
from moderation.match.readings import Reading, Readings
from moderation.match.spellings import NO_PART, ListedEntry, Role
from moderation.match.wordlist import VARIANT_KINDS, Wordlist


class Match(NamedTuple):
    """An entry seen at a half-open range of the normal text.

    `term` is what was looked for: the entry as it is written, of a combination the spellings that were
    meant, joined by + where they stand apart. `reading` tells how what is written differs from it; `pieces` are what
    was seen: the parts of a combination, or one spelling.
    """

    start: int
    end: int
    listed: ListedEntry
    term: str
    reading: Reading
    pieces: tuple[Place, ...]


Held = tuple[int, int, Role]
"""Where a string was seen, and what it stands for."""

Exceptions = list[tuple[int, int, frozenset[int]]]
"""Where exceptions were seen, and to which entries."""

Ranked = tuple[int, int, int, float, int, int, Place]
"""Start, negative end, number of the wordlist, negative confidence, line, entry, place: in this order when sorted."""


class _Seen(NamedTuple):
    """What was seen in a text: whole entries, parts and rarest parts of combinations, exceptions."""

    terms: list[tuple[int, Place]]
    parts: list[Held]
    triggers: list[Held]
    exceptions: Exceptions


class Automaton:
    """An immutable matcher over a set of wordlists; safe to share between threads.

    Without `source` words are found as they are written in the lists only. `compiled` is what
    `compile_wordlists` made of the same lists and source; without it, that is done now.
    """

    def __init__(
        self, wordlists: Iterable[Wordlist], source: Source | None = None, compiled: Compiled | None = None
    ) -> None:
        self._compiled = compiled or compile_wordlists(wordlists, source)
        self._spellings = self._compiled.spellings
        self.entries = self._spellings.entries
        self._readings = self._compiled.readings
        numbers: dict[str, int] = {}
        self._wordlists = [numbers.setdefault(listed.wordlist, len(numbers)) for listed in self.entries]
        self._lines = [listed.entry.line for listed in self.entries]
        self._conditional = frozenset(
            index for index, listed in enumerate(self.entries) if listed.entry.exceptions or listed.entry.near
        )
        self._texts = ["" if len(listed.entry.parts) > 1 else listed.entry.text for listed in self.entries]
        self._near: dict[int, re.Pattern[str]] = {}

    @property
    def strings(self) -> int:
        """How many different strings the automaton looks for."""
        return len(self._compiled.strings.written)

    def scan(self, text: str) -> list[Match]:
        """Return the matches in a normal text in order; one inside a longer match of the same wordlist is left out.

        Exceptions, combinations and near words are resolved here; word edges are not.
        """
        return self.scan_many([text])[0]

    def scan_many(self, texts: Sequence[str]) -> list[list[Match]]:
        """Return the matches in each normal text, searched as one."""
        found: list[list[Match]] = [[] for _ in texts]
        hits, has_forms = self._compiled.iterate(texts)
        places = iter(zip(count(), texts, has_forms, strict=False))
        offset = end = number = -1
        text, may_vary = "", False
        seen: list[tuple[int, int]] = []
        for place, group in hits:
            if place > end:
                if seen:
                    found[number] = self._matches(text, seen, may_vary)
                    seen = []
                while place > end:
                    number, text, may_vary = next(places)
                    offset, end = end + 1, end + 1 + len(text)
            seen.append((place - offset, group))
        if seen:
            found[number] = self._matches(text, seen, may_vary)
        return found

    def plain_many(self, texts: Sequence[str]) -> list[str]:
        """Return normal texts with rare forms of characters replaced by those that they stand for, one for one."""
        return self._compiled.plain_many(texts)

    def kinds_between(self, plain: str, written: str) -> tuple[str, ...]:
        """Return the kinds of variant by which what is written differs from what its characters stand for."""
        reading = self._readings.read(plain, written, VARIANT_KINDS) if plain != written else None
        return reading.kinds if reading else ()

    def _matches(self, text: str, ends: Iterable[tuple[int, int]], may_vary: bool) -> list[Match]:
        """Return the matches that what was seen in a text amounts to: the ends of strings, and their groups."""
        compiled = self._compiled
        lengths, plain = compiled.lengths, compiled.plain
        seen = _Seen([], [], [], [])
        for end, group in ends:
            start = end - lengths[group]
            if may_vary:
                roles = compiled.roles_of(group, text[start:end])
            else:
                roles = plain.get(group) or compiled.plain_roles(group)
            for role in roles:
                reading, parts, meant, terms, triggers, excepted = role
                if parts:
                    seen.parts.append((start, end, role))
                if terms:
                    place = Place(start, end, meant, reading)
                    seen.terms.extend([(index, place) for index in terms])
                if triggers:
                    seen.triggers.append((start, end, role))
                if excepted:
                    seen.exceptions.append((start, end, excepted))
        found = self._complete(text, seen) if seen.triggers else []
        if seen.terms or found:
            return self._longest(text, seen, found)
        return []

    def _complete(self, text: str, seen: _Seen) -> list[tuple[int, Place]]:
        """Return the combinations all of whose parts stand in the text, and where."""
        parts = _Parts(text, seen.parts, self._readings)
        present = {NO_PART}.union(*[role.parts for _, _, role in seen.parts])
        complete = {
            index
            for _, _, role in seen.triggers
            for number in role.triggers.keys() & present
            for index, needed in role.triggers[number]
            if needed <= present
        }
        found: list[tuple[int, Place]] = []
        for index in sorted(complete):
            combination = self._spellings.combinations[index]
            kinds = self.entries[index].kinds
            if all(parts.has(number, short, kinds) or number in present for number, short in combination.short):
                found.extend([(index, place) for place in shortest(combination.complete(parts.places))])
        return found

    def _longest(self, text: str, seen: _Seen, found: Iterable[tuple[int, Place]]) -> list[Match]:
        """Return the matches in text order that exceptions and near words allow, of each wordlist the longest."""
        conditional, wordlists, lines = self._conditional, self._wordlists, self._lines
        allowed = [
            (place[0], -place[1], wordlists[index], -place[3][1], lines[index], index, place)
            for index, place in chain(seen.terms, found)
            if index not in conditional or self._is_allowed(index, place, seen.exceptions, text)
        ]
        return [
            Match(
                place[0], place[1], self.entries[index], self._texts[index] or place[2], place[3], place[4] or (place,)
            )
            for *_, index, place in _longest(allowed)
        ]

    def _is_allowed(self, index: int, place: Place, exceptions: Exceptions, text: str) -> bool:
        """Return whether no exception covers a place, and it has a near word, where the entry asks for one."""
        entry = self.entries[index].entry
        if exceptions and entry.exceptions:
            covers = [(start, end) for start, end, excepted in exceptions if index in excepted]
            if covers and place.pieces and any(place.start < end and start < place.end for start, end in covers):
                return False
            if covers and not place.pieces and _is_covered(place, covers):
                return False
        return not entry.near or self._has_near(index, place, text)

    def _has_near(self, index: int, place: Place, text: str) -> bool:
        """Return whether one of the words that an entry asks for stands before or after a place."""
        listed = self.entries[index]
        finder = self._near.get(index)
        if finder is None:
            finder = self._near[index] = re.compile(
                "|".join(self._readings.expression(word, listed.kinds) for word in _longest_first(listed.entry.near))
            )
        window, longest = listed.entry.near_window, max(map(len, listed.entry.near))
        before = finder.finditer(text, max(place.start - window - longest, 0), place.start)
        if any(place.start - match.end() <= window for match in before):
            return True
        after = finder.search(text, place.end, place.end + window + longest)
        return after is not None and after.start() - place.end <= window


class _Parts:
    """Where the parts of combinations stand in a text: those that the automaton saw, and short ones asked for."""

    def __init__(self, text: str, held: Sequence[Held], readings: Readings) -> None:
        self._text = text
        self._held = held
        self._readings = readings
        self._places: dict[int, list[Place]] = {}
        self._short: dict[int, list[Place]] = {}

    def places(self, number: int) -> Sequence[Place]:
        """Return the places of a part, in order."""
        known = self._places.get(number)
        if known is None:
            held = ((start, end, role) for start, end, role in self._held if number in role.parts)
            known = [Place(start, end, role.meant, role.reading) for start, end, role in held]
            known += self._short.get(number, ())
            self._places[number] = known = outermost(known) if len(known) > 1 else known
        return known

    def has(self, number: int, short: Iterable[str], kinds: frozenset[str]) -> bool:
        """Look for the short spellings of a part, which may be written by some kinds; return whether there are any."""
        known = self._short.get(number)
        if known is None:
            known = self._short[number] = [
                Place(place, place + 1, spelling, reading)
                for spelling in short
                for form, reading in self._readings.sure_forms(spelling, kinds)
                if form in self._text
                for place in range(len(self._text))
                if self._text[place] == form
            ]
        return bool(known)


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _is_covered(one: Place, covers: Sequence[tuple[int, int]]) -> bool:
    """Return whether a longer range contains this one; `covers` is in order of ends."""
    for index in range(bisect_left(covers, one.end, key=itemgetter(1)), len(covers)):
        start, end = covers[index]
        if start <= one.start and end - start > one.end - one.start:
            return True
        if start >= one.end:
            return False
    return False


def _longest(seen: list[Ranked]) -> list[Ranked]:
    """Return what was seen in text order, without what lies inside something longer of the same wordlist.

    A variant does not count as longer than what is written plainly: it may yet turn out to be another word.
    """
    if len(seen) < 2:
        return seen
    seen.sort()
    kept: list[Ranked] = []
    reached: dict[int, int] = {}
    reached_by_variant: dict[int, int] = {}
    for one in seen:
        end, wordlist = -one[1], one[2]
        if end <= reached.get(wordlist, -1):
            continue
        if not one[6][3][0]:
            reached[wordlist] = end
        elif end <= reached_by_variant.get(wordlist, -1):
            continue
        else:
            reached_by_variant[wordlist] = end
        kept.append(one)
    return kept

"""Characters that could stand for another: its traditional forms, those that sound like it, those that look like it."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache, lru_cache
from math import exp, log1p

import jieba
from opencc import OpenCC

from moderation.train import authored_forms, readings
from moderation.train.glyphs import components, rarity, similarity

FIRST, LAST = 0x3400, 0x9FFF
MOST_HOMOPHONES, MOST_LOOK_ALIKES = 16, 8
LEAST_SIMILARITY = 0.3
# Fitted once by logistic regression: which characters that sound alike were taken in a half of the messages.
BIAS, CONTAINS, SHARES, CONTAINED = -8.4, 0.4, 1.2, -0.7
SAME_TONE, MAIN_READING, SAME_SYLLABLE = 1.2, 0.7, 1.6
FREQUENT, SIMILAR, VARIANT = 1.7, 3.8, 0.7
LEVELS = (2.0, 1.4, 1.3, 0.0)

FREQUENCY_OF_COMMON = 100_000
"""Occurrences in the corpus of jieba's dictionary of a character that lawful texts are full of."""

COMMON_COMPONENT = 250
"""A component of more characters than this tells nothing about their looks."""


class Candidates:
    """Looks up what could stand for a character; reads the packages' tables once."""

    def __init__(self) -> None:
        self._simplified = _converted("t2s")
        self._frequency = _frequencies()
        self._traditional: dict[str, dict[str, float]] = defaultdict(dict)
        for configuration, weight in (("s2t", 0.9), ("s2tw", 0.9), ("s2hk", 0.9)):
            for character, form in _converted(configuration).items():
                if form != character:
                    self._traditional[character].setdefault(form, weight)
        for configuration, weight in (("t2s", 0.7), ("tw2s", 0.7), ("hk2s", 0.7), ("jp2t", 0.6)):
            for form, found in _converted(configuration).items():
                character = self._simplified.get(found, found)
                if form != character:
                    self._traditional[character].setdefault(form, weight)
        self._by_syllable: dict[str, list[str]] = defaultdict(list)
        self._by_component: dict[str, list[str]] = defaultdict(list)
        for code in range(FIRST, LAST + 1):
            character = chr(code)
            for syllable in {readings.blurred(one) for one in readings.syllables(character)}:
                self._by_syllable[syllable].append(character)
            for component in components(character, 2):
                self._by_component[component].append(character)

    def simplified(self, form: str) -> str:
        """Return the simplified character of a form; the form itself where there is no other."""
        return self._simplified.get(form, form)

    def traditional(self, character: str) -> list[tuple[str, float]]:
        """Return traditional, regional and variant characters with weights, the likeliest first."""
        authored = dict.fromkeys(authored_forms.load().listed("traditional", character), 0.7)
        return _ranked(authored | self._traditional.get(character, {}), 8)

    def homophones(self, character: str) -> list[tuple[str, float]]:
        """Return the likeliest characters that sound alike, tone and what many speakers mix up aside."""
        near = {readings.blurred(syllable) for syllable in readings.syllables(character)[:1]}
        scores = {
            form: self._plausibility(character, form)
            for syllable in near
            for form in self._by_syllable[syllable]
            if form != character
        }
        return [(form, _weight(score) - self._penalty(form)) for form, score in _ranked(scores, MOST_HOMOPHONES)]

    def look_alikes(self, character: str) -> list[tuple[str, float]]:
        """Return the likeliest characters that share rare components or are listed as twins."""
        scores = dict.fromkeys(authored_forms.load().listed("look-alike", character), 0.7)
        for component in components(character, 1):
            peers = self._by_component[component]
            for form in peers if len(peers) <= COMMON_COMPONENT else ():
                if form != character and (score := similarity(character, form)) >= LEAST_SIMILARITY:
                    scores.setdefault(form, 0.4 + 0.3 * min(1.0, score) - self._penalty(form))
        return _ranked(scores, MOST_LOOK_ALIKES)

    def _plausibility(self, character: str, form: str) -> float:
        """Return the log odds that a sender takes a character that sounds alike."""
        mine, theirs = components(character), components(form)
        syllable, tone = readings.syllables(character)[0], readings.toned(character)[0]
        return (
            BIAS
            + CONTAINS * (character in theirs)
            + SHARES * max(map(rarity, mine & theirs), default=0.0) / 5
            + CONTAINED * (form in mine)
            + SAME_TONE * (tone == readings.toned(form)[0])
            + MAIN_READING * (syllable == readings.syllables(form)[0])
            + SAME_SYLLABLE * (syllable in readings.syllables(form))
            + FREQUENT * log1p(self._frequency[form]) / 10
            + LEVELS[_level(form)]
            + SIMILAR * similarity(character, form)
            + VARIANT * (self.simplified(form) in mine)
        )

    def _penalty(self, form: str) -> float:
        """Return what a form loses for being a common character: it is then mostly meant as it stands."""
        return min(0.1, 0.1 * self._frequency[form] / FREQUENCY_OF_COMMON)


def _ranked(scores: dict[str, float], most: int) -> list[tuple[str, float]]:
    return sorted(((form, score) for form, score in scores.items()), key=lambda one: (-one[1], one[0]))[:most]


def _weight(plausibility: float) -> float:
    """Return a weight between that of a form seen once and the least one that is worth a line."""
    return 0.45 + 0.15 / (1 + exp(-plausibility - 1))


@cache
def _level(character: str) -> int:
    """Return how easily a character is typed: 0 and 1 the levels of GB2312, 2 the rest of GBK, 3 beyond."""
    try:
        return 0 if character.encode("gb2312")[0] < 0xD8 else 1
    except UnicodeEncodeError:
        pass
    try:
        return 2 if character.encode("gbk") else 3
    except UnicodeEncodeError:
        return 3


@cache
def _converted(configuration: str) -> dict[str, str]:
    """Return what OpenCC makes of each character by itself, where that is one other character."""
    characters = [chr(code) for code in (*range(FIRST, LAST + 1), *range(0x20000, 0x2A6E0))]
    converted = OpenCC(configuration).convert("\n".join(characters)).split("\n")
    return {
        character: form
        for character, form in zip(characters, converted, strict=True)
        if form != character and len(form) == 1
    }


@lru_cache(maxsize=1)
def _frequencies() -> Counter[str]:
    """Return how often each character stands in the words of jieba's dictionary, by their frequencies."""
    jieba.setLogLevel(60)
    jieba.initialize()
    counts: Counter[str] = Counter()
    for word, times in jieba.dt.FREQ.items():
        for character in word:
            counts[character] += times
    return counts

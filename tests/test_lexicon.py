"""Tenants' own words on shared shelves: whatever changes in whatever order, each tenant has its own and no other's."""

from __future__ import annotations

import random

import pytest

from moderation.match import lexicon
from moderation.match.lexicon import Lexicon, lexicon_of
from moderation.match.own_word import Listing, OwnWord


def found(of: Lexicon, tenant: str, text: str) -> list[str]:
    """Return the words that a text has for a tenant."""
    own = of.of(tenant, 1)
    return sorted(hit.word.text for hit in own.shelf.find_many([text], [own.slot])) if own is not None else []


def test_what_is_said_of_a_word_comes_back() -> None:
    words = [
        OwnWord("乙品牌", "竞品", Listing.WATCHED, word_edges=True),
        OwnWord("乙品牌", "", Listing.ALLOWED, rule="AW101"),
        OwnWord("ＡＢＣ", "x" * 200, wordlist="finance/guarantee"),
        OwnWord("😀", "表情"),
    ]
    own = lexicon_of({"jia": words, "yi": words[:1]}).of("jia", 3)
    assert own is not None
    assert own.shelf.words_of(own.slot) == words
    hits = list(own.shelf.find_many(["", "abc😀", "看乙品牌"], [own.slot] * 3))
    assert [
        (hit.text, hit.start, hit.end, hit.word) for hit in sorted(hits, key=lambda hit: (hit.text, hit.start))
    ] == [
        (1, 0, 3, words[2]),
        (1, 3, 4, words[3]),
        (2, 1, 4, words[0]),
        (2, 1, 4, words[1]),
    ]


@pytest.mark.parametrize("word", ["", " ", "\u200b", "\0"])
def test_a_word_that_folds_to_nothing_is_never_found(word: str) -> None:
    assert found(lexicon_of({"jia": [OwnWord(word, "x"), OwnWord("甲", "x")]}), "jia", f"甲{word}") in (
        ["甲"],
        [" ", "甲"],
    )


def test_nobody_has_words_before_they_are_given() -> None:
    assert Lexicon().of("jia", 0) is None
    assert lexicon_of({"jia": []}).of("jia", 0) is None
    assert len(lexicon_of({})) == 0


def test_every_change_leaves_each_tenant_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small shelves that are made anew, left, emptied and put together give what a dictionary gives."""
    monkeypatch.setattr(lexicon, "YOUNG", 8)
    monkeypatch.setattr(lexicon, "FULL", 30)
    monkeypatch.setattr(lexicon, "MOST_SMALL", 3)
    chance = random.Random(7)
    letters = "甲乙丙丁戊己庚辛"
    tenants = [f"t{number}" for number in range(20)]
    expected: dict[str, list[str]] = {}
    held = Lexicon()
    text = "".join(chance.choices(letters, k=200))
    for _ in range(150):
        changes = {
            tenant: sorted(
                {"".join(chance.choices(letters, k=chance.randint(1, 3))) for _ in range(chance.randint(0, 9))}
            )
            for tenant in chance.sample(tenants, chance.randint(1, 4))
        }
        before, told = held, {tenant: found(held, tenant, text) for tenant in tenants}
        held = held.changed({tenant: [OwnWord(word, "x") for word in words] for tenant, words in changes.items()})
        expected |= changes
        for tenant in tenants:
            own = expected.get(tenant, [])
            assert set(found(held, tenant, text)) == {word for word in own if word in text}
        assert {tenant: found(before, tenant, text) for tenant in tenants} == told
        assert len(held) == sum(map(len, expected.values()))
    assert len(held.shelves) < 12

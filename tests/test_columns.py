"""What batches are resolved with, column by column, against plain reckoning one by one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.match import automaton as automaton_module
from moderation.match.automaton import Automaton
from moderation.match.candidates import Candidates, longest
from moderation.match.combinations import Place
from moderation.match.exceptions import Exceptions
from moderation.match.part_places import NOWHERE, PartPlaces
from moderation.match.ragged import Numbers, Ragged
from moderation.match.wordlist_file import parse


def column(values: list[int]) -> Numbers:
    return np.array(values, dtype=np.int64)


@given(
    st.lists(st.lists(st.tuples(st.integers(), st.integers()).map(lambda one: (one[0] % 99, one[1] % 9))), max_size=9)
)
def test_lists_come_back_joined_in_the_order_asked_for(lists: list[list[tuple[int, int]]]) -> None:
    ragged = Ragged(2)
    for one in lists:
        ragged.append(one)
    asked = [number for number in range(len(lists)) for _ in range(number % 3)][::-1]
    rows, owners = ragged.joined(column(asked))
    assert [tuple(row) for row in rows.tolist()] == [row for number in asked for row in lists[number]]
    assert owners.tolist() == [place for place, number in enumerate(asked) for _ in lists[number]]


class NoPlaces:
    """The places of combinations where there are none."""

    def term(self, number: int) -> str:
        raise AssertionError(number)

    def __getitem__(self, number: int) -> Place:
        raise AssertionError(number)


class Seen(NamedTuple):
    entry: int
    start: int
    end: int


RANGES = st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(1, 5)).map(
    lambda one: Seen(one[0], one[1], one[1] + one[2])
)


@given(st.lists(RANGES, max_size=12), st.lists(RANGES, min_size=1, max_size=12))
def test_exceptions_cover_and_touch_the_matches_of_their_entries(excepted: list[Seen], matches: list[Seen]) -> None:
    exceptions = Exceptions(*(column([one[place] for one in excepted]) for place in range(3)))
    asked = [column(list(part)) for part in zip(*matches, strict=True)]
    own = [[one for one in excepted if one.entry == match.entry] for match in matches]
    assert exceptions.cover(*asked).tolist() == [
        any(
            one.start <= match.start and match.end <= one.end and one.end - one.start > match.end - match.start
            for one in some
        )
        for match, some in zip(matches, own, strict=True)
    ]
    assert exceptions.touch(*asked).tolist() == [
        any(one.start < match.end and match.start < one.end for one in some)
        for match, some in zip(matches, own, strict=True)
    ]


CANDIDATES = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 8), st.integers(1, 5), st.integers(0, 3), st.booleans()),
    min_size=1,
    max_size=14,
)
WORDLISTS, LINES = column([0, 0, 1, 1]), column([7, 3, 2, 2])


@given(CANDIDATES)
def test_what_lies_inside_something_longer_of_its_wordlist_is_left_out(
    rows: list[tuple[int, int, int, int, bool]],
) -> None:
    texts, starts, lengths, entries, variants = (list(part) for part in zip(*rows, strict=True))
    confidences = np.where(np.array(variants), 0.8, 1.0)
    given_ = Candidates(
        column(texts),
        column(starts),
        column(starts) + column(lengths),
        column(entries),
        column(list(range(len(rows)))),
        confidences,
        np.array(variants, dtype=np.bool_),
        NoPlaces(),
    )
    kept = longest(given_, WORDLISTS, LINES)

    def rank(number: int) -> tuple[float, ...]:
        text, start, length, entry, _ = rows[number]
        return text, start, -start - length, int(WORDLISTS[entry]), -float(confidences[number]), int(LINES[entry])

    expected: list[int] = []
    reached: dict[tuple[int, int, bool], int] = {}
    for number in sorted(range(len(rows)), key=rank):
        text, start, length, entry, is_variant = rows[number]
        group = text, int(WORDLISTS[entry])
        end = start + length
        if end <= reached.get((*group, False), -1) or (is_variant and end <= reached.get((*group, True), -1)):
            continue
        reached[*group, is_variant] = end
        expected.append(number)
    assert [rows[number] for number in kept.roles.tolist()] == [rows[number] for number in expected]


TEXTS = st.lists(st.text("甲乙丙丁加微信贷款无抵押,。x", max_size=24), min_size=1, max_size=6)
HEADER = """+++
id = "a"
title = "a"
owner = "policy"
licence = "own work"
reviewed = 2026-11-23
[sources]
x = "x"
+++
"""
LISTS = HEADER + (
    "加微信\tx\n微信\tx\texcept=甲微信|微信丙\n贷款+无抵押~6\tx\texcept=丁贷款\n加|甲+款+乙~4\tx\n甲乙\tx\n乙\tx\n"
)


@given(TEXTS)
def test_a_batch_finds_in_each_text_what_the_text_alone_holds(texts: list[str]) -> None:
    automaton = Automaton([parse(LISTS.encode(), "x")])
    assert automaton.scan_many(texts) == [automaton.scan(text) for text in texts]


def test_what_is_remembered_of_texts_is_bounded_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["加微信贷款，无抵押", "甲微信", "甲乙加乙款"]
    automaton = Automaton([parse(LISTS.encode(), "x")])
    expected = automaton.scan_many(texts)
    monkeypatch.setattr(automaton_module, "MOST_ROLES", 0)
    assert [automaton.scan_many(texts) for _ in range(3)] == [expected] * 3
    assert expected[0]
    assert not expected[1]


PART_PLACES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(1, 3)), min_size=1, max_size=12)


@given(PART_PLACES, st.integers(0, 2), st.integers(0, 6))
def test_the_nearest_part_is_the_first_of_those_least_far_from_another(
    rows: list[tuple[int, int, int]], key: int, window: int
) -> None:
    keys, starts, lengths = (column(list(part)) for part in zip(*rows, strict=True))
    given_ = PartPlaces(keys, starts, starts + lengths, keys, np.ones(len(keys)), keys < 0)
    seen = given_.outermost()
    ranges = list(zip(seen.keys.tolist(), seen.starts.tolist(), seen.ends.tolist(), strict=True))
    whole = {(one, start, start + length) for one, start, length in rows}
    assert ranges == sorted(
        one
        for one in whole
        if not any(one[0] == o[0] and o[1] <= one[1] and one[2] <= o[2] and o != one for o in whole)
    )

    def gaps(centre: tuple[int, int, int]) -> list[tuple[int, int]]:
        apart = (
            (max(start - centre[2], centre[1] - end), place)
            for place, (own, start, end) in enumerate(ranges)
            if own == key
        )
        return [(gap, place) for gap, place in apart if 0 <= gap <= window]

    centres = np.arange(len(ranges))
    nearest = seen.nearest(np.full(len(ranges), key), centres, np.full(len(ranges), window))
    assert nearest.tolist() == [min(gaps(centre), default=(0, NOWHERE))[1] for centre in ranges]
    places, owners = seen.of_keys(column([key, 9, key]))
    own = [place for place, one in enumerate(ranges) if one[0] == key]
    assert (places.tolist(), owners.tolist()) == (own * 2, [0] * len(own) + [2] * len(own))

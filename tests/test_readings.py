"""Readings: what a character may be read as, how surely, and which characters share a code."""

from __future__ import annotations

import pytest
from variant_source import FORMS, KINDS, table

from moderation.match.forms import Forms
from moderation.match.readings import PLAIN, Readings, is_common, is_simplified
from moderation.match.wordlist import VARIANT_KINDS

ALL = VARIANT_KINDS


@pytest.fixture(scope="module")
def readings() -> Readings:
    return Readings(FORMS)


@pytest.mark.parametrize(
    ("meant", "written", "expected"),
    [
        ("稳赚", "稳赚", ((), 1.0)),
        ("稳赚", "穩賺", (("traditional",), 1.0)),  # says the same, as surely
        ("发票", "髮票", (("traditional",), 0.6)),  # unless the form is doubtful
        ("加微", "加徽", (("look-alike",), 0.85)),  # the surest of two kinds
        ("微赔", "薇陪", (("homophone",), 0.72)),
        ("微信", "v芯", (("letter", "homophone"), 0.7125)),
        ("第一", "苐壹", (("look-alike", "digit"), 0.846)),
    ],
)
def test_what_is_written_is_read_with_its_kinds_and_confidence(
    readings: Readings, meant: str, written: str, expected: tuple[tuple[str, ...], float]
) -> None:
    reading = readings.read(meant, written, ALL)
    assert reading is not None
    assert reading.kinds == expected[0]
    assert reading.confidence == pytest.approx(expected[1])


@pytest.mark.parametrize(
    ("meant", "written", "kinds"),
    [
        ("微信", "薇信", {"look-alike"}),
        ("微信", "惟信", ALL),
        ("薇信", "微信", ALL),  # no way back
        ("微信", "信微", ALL),
    ],
)
def test_what_is_written_otherwise_is_not_read(
    readings: Readings, meant: str, written: str, kinds: frozenset[str]
) -> None:
    assert readings.read(meant, written, kinds) is None


def test_sure_forms_are_those_that_need_no_neighbour(readings: Readings) -> None:
    assert dict(readings.sure_forms("微", ALL)).keys() == {"微", "薇", "v"}
    assert dict(readings.sure_forms("微", frozenset(("homophone",)))).keys() == {"微", "薇"}
    assert readings.sure_forms("甲", ALL) == (("甲", PLAIN),)


def test_an_expression_finds_a_word_by_its_rare_forms(readings: Readings) -> None:
    assert readings.expression("微信", ALL) == "[微薇]信"
    assert readings.expression("微信", {"split"}) == "微信"


@pytest.mark.parametrize(
    ("forms", "looked_for", "expected"),
    [
        ({"微": {"薇": 0.9}}, "微", {"薇": "微"}),
        ({"微": {"威": 0.9}}, "微", {}),  # a common character, which every text has
        ({"微": {"薇": 0.9}}, "微薇", {}),  # looked for itself
        ({"微": {"薇": 0.6}, "维": {"薇": 0.7}}, "微维", {"薇": "维"}),  # the likelier of two
        ({"微": {"薇": 0.9}}, "", {"薇": "微"}),  # of any common character
    ],
)
def test_rare_forms_share_the_code_of_what_they_stand_for(
    forms: dict[str, dict[str, float]], looked_for: str, expected: dict[str, str]
) -> None:
    assert Readings(Forms(table(homophone=forms), {})).classes(set(looked_for)) == expected


def test_a_traditional_character_shares_the_code_of_the_simplified_one_whatever_it_sounds_like() -> None:
    forms = table(traditional={"发": {"髮": 0.6}}, homophone={"法": {"髮": 0.9}})
    assert Readings(Forms(forms, {})).classes(set("发法")) == {"髮": "发"}


def test_no_character_that_is_shared_with_shares_another() -> None:
    classes = Readings(FORMS).classes(set("微赔赌信赚稳发没第一"))
    assert not set(classes) & set(classes.values())


@pytest.mark.parametrize(
    ("character", "simplified", "common"),
    [("的", True, True), ("薇", True, False), ("賺", False, False), ("a", True, True), ("😀", False, False)],
)
def test_characters_by_their_use(character: str, simplified: bool, common: bool) -> None:
    assert (is_simplified(character), is_common(character)) == (simplified, common)


def test_the_kinds_of_the_tests_are_all_kinds() -> None:
    assert {kind.strip(' "') for kind in KINDS.split(",")} == VARIANT_KINDS

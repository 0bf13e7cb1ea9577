"""The alphabet: characters that pass for one another have one code, and codes are found only where characters stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.match.alphabet import SEPARATOR, Alphabet

CLASSES = {"賺": "赚", "穩": "稳", "湅": "冻"}
ANY = st.text(st.characters(exclude_characters=SEPARATOR), max_size=12)
MANY = [chr(code) for code in range(0x4E00, 0x4E00 + (1 << 14))]


@pytest.fixture(scope="module")
def narrow() -> Alphabet:
    return Alphabet("稳赚不赔ab", CLASSES)


@pytest.fixture(scope="module")
def wide() -> Alphabet:
    return Alphabet(MANY, {"\U00020000": MANY[-1]})


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("稳赚不赔", "穩賺不赔", True),
        ("稳赚", "赚稳", False),
        ("稳", "赚", False),
        ("丙", "丁", True),  # neither is looked for
        ("丙", "稳", False),
    ],
)
def test_texts_have_the_same_codes_if_they_pass_for_each_other(
    narrow: Alphabet, one: str, other: str, is_same: bool
) -> None:
    assert (narrow.encode(one) == narrow.encode(other)) is is_same


def test_a_plain_text_has_the_codes_of_the_text_but_no_form(narrow: Alphabet) -> None:
    assert narrow.plain("穩賺不赔,湅") == "稳赚不赔,冻"
    assert narrow.encode(narrow.plain("穩賺不赔")) == narrow.encode("穩賺不赔")


def test_many_characters_take_wider_codes(narrow: Alphabet, wide: Alphabet) -> None:
    assert (narrow.width, wide.width) == (2, 4)
    codes = [wide.encode(character) for character in MANY]
    assert len(set(codes)) == len(MANY)
    assert wide.encode("\U00020000") == codes[-1]


@pytest.mark.parametrize("chosen", ["narrow", "wide"])
@given(texts=st.lists(ANY, max_size=5))
def test_codes_are_self_synchronising(chosen: str, request: pytest.FixtureRequest, texts: list[str]) -> None:
    alphabet: Alphabet = request.getfixturevalue(chosen)
    joined = alphabet.codes(alphabet.encode_many(texts).characters)
    assert joined == alphabet.encode(SEPARATOR.join(texts))
    assert alphabet.encode_each(texts) == [alphabet.encode(text) for text in texts]
    for place, octet in enumerate(joined):
        assert (ord(octet) < 0x80) == (place % alphabet.width == 0)


@given(texts=st.lists(st.text("稳赚賺穩不x湅", max_size=6), max_size=6))
def test_many_plain_texts_are_those_of_each(texts: list[str]) -> None:
    alphabet = Alphabet("稳赚不赔ab", CLASSES)
    assert alphabet.plain_many(texts) == [alphabet.plain(text) for text in texts]


@given(needle=st.text("稳赚不赔穩", min_size=1, max_size=3), text=st.text("稳赚不赔穩賺x丙\U00020000", max_size=20))
def test_codes_are_found_where_the_characters_stand(needle: str, text: str) -> None:
    alphabet = Alphabet("稳赚不赔ab", CLASSES)
    codes, sought, width = alphabet.encode(text), alphabet.encode(needle), alphabet.width
    plain, wanted = alphabet.plain(text), alphabet.plain(needle)
    by_codes = {place for place in range(len(codes)) if codes.startswith(sought, place)}
    assert by_codes == {place * width for place in range(len(plain)) if plain.startswith(wanted, place)}

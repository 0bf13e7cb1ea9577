"""The tables of other spellings: what the reader takes, what it refuses, and what the shipped ones promise."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.match.forms import CHARACTER_FILE, WORD_FILE, Form, FormsError, Table, load_forms
from moderation.shipped import directory
from moderation.text.normal import fold

MOST_BYTES = 1_500_000


def write(target: Path, characters: str = "", words: str = "") -> Path:
    (target / CHARACTER_FILE).write_text(characters, encoding="utf-8")
    (target / WORD_FILE).write_text(words, encoding="utf-8")
    return target


def test_forms_by_kind_and_spelling(tmp_path: Path) -> None:
    characters = "# a comment\nletter\t加\t+:0.95 ➕:0.70\nsplit\t法\t氵去:0.70\n"
    forms = load_forms(write(tmp_path, characters, "letter\t微信\tvx:0.85 v::0.50\n"))
    assert forms.characters["letter"] == {"加": (Form("+", 0.95), Form("➕", 0.7))}
    assert forms.characters["split"] == {"法": (Form("氵去", 0.7),)}
    assert forms.characters["digit"] == {}
    assert forms.words["letter"]["微信"] == (Form("vx", 0.85), Form("v:", 0.5))


@pytest.mark.parametrize(
    ("characters", "words", "told"),
    [
        ("letter\t加", "", "characters.tsv:1:1: 2 columns; write kind, spelling and forms, parted by tabs"),
        ("sound\t加\t家:0.50", "", "characters.tsv:1:1: unknown kind 'sound'; use one of digit, emoji"),
        ("letter\t加微\t+:0.50", "", "characters.tsv:1:8: '加微' has 2 characters; write one character"),
        ("", "\nletter\t加\t+:0.50", "words.tsv:2:8: '加' has 1 characters; write two or more characters"),
        ("letter\tＡ\t4:0.50", "", "characters.tsv:1:8: 'Ａ' is not folded; write 'a'"),
        ("letter\t加\t＋:0.50", "", "characters.tsv:1:10: '＋' is not folded; write '+'"),
        ("letter\t加\t+:0.50 j", "", "characters.tsv:1:17: 'j' is not form:weight; write for instance 徽:0.80"),
        ("letter\t加\t+:1.50", "", "characters.tsv:1:10: '+:1.50' is not form:weight"),
        ("letter\t加\t+:0.00", "", "characters.tsv:1:10: '+:0.00' is not form:weight"),
        ("letter\t加\t加:0.50", "", "characters.tsv:1:10: '加' says nothing new; delete it"),
        ("letter\t加\t+:0.50 +:0.40", "", "characters.tsv:1:17: '+' says nothing new; delete it"),
        ("letter\t加\t+:0.50\nletter\t加\tj:0.50", "", "characters.tsv:2:8: letter '加' stands already above"),
    ],
)
def test_errors_tell_where_and_how_to_mend(tmp_path: Path, characters: str, words: str, told: str) -> None:
    with pytest.raises(FormsError) as error:
        load_forms(write(tmp_path, characters, words))
    assert told in str(error.value)
    assert len(error.value.diagnostics) == 1


def test_both_files_are_told_of_at_once(tmp_path: Path) -> None:
    (tmp_path / WORD_FILE).write_bytes(b"# first\nletter\t\xff")
    with pytest.raises(FormsError) as error:
        load_forms(tmp_path)
    assert [str(one).split(";")[0] for one in error.value.diagnostics] == [
        "characters.tsv:1:1: the file is missing",
        "words.tsv:2:1: byte 0xff is not UTF-8",
    ]


@pytest.mark.parametrize("name", [CHARACTER_FILE, WORD_FILE])
def test_shipped_tables_are_sorted_and_small(name: str) -> None:
    content = (directory("variants") / name).read_text(encoding="utf-8")
    assert len(content.encode()) < MOST_BYTES
    keys = [tuple(line.split("\t")[:2]) for line in content.splitlines() if not line.startswith("#")]
    assert keys == sorted(keys)


@pytest.mark.parametrize("name", ["characters", "words"])
def test_shipped_forms_are_folded_and_ranked(name: str) -> None:
    table: Table = getattr(load_forms(directory("variants")), name)
    for spellings in table.values():
        assert spellings
        for spelling, forms in spellings.items():
            assert fold(spelling).text == spelling
            assert list(forms) == sorted(forms, key=lambda form: (-form.weight, form.text))
            assert all(fold(form.text).text == form.text != spelling for form in forms)


@pytest.mark.parametrize(
    ("kind", "spelling", "form"),
    [
        ("traditional", "赚", "賺"),
        ("traditional", "发", "髮"),
        ("homophone", "送", "宋"),
        ("look-alike", "天", "夭"),
        ("look-alike", "未", "末"),
        ("homophone", "水", "氺"),
        ("split", "法", "氵去"),
        ("split", "好", "女子"),
        ("split", "张", "弓长"),
        ("split", "权", "木又"),
        ("letter", "加", "+"),
        ("letter", "微", "v"),
        ("letter", "q", "扣"),
        ("digit", "1", "壹"),
        ("digit", "三", "3"),
        ("pinyin", "微", "wei"),
        ("emoji", "钱", "💰"),
    ],
)
def test_well_known_forms_of_characters(kind: str, spelling: str, form: str) -> None:
    assert form in {one.text for one in load_forms(directory("variants")).characters[kind][spelling]}


@pytest.mark.parametrize(
    ("kind", "spelling", "form"),
    [
        ("letter", "微信", "vx"),
        ("pinyin", "微信", "weixin"),
        ("emoji", "微信", "🛰"),
        ("letter", "加微", "+v"),
        ("letter", "qq", "扣扣"),
        ("emoji", "飞机", "✈"),
        ("homophone", "发票", "发漂"),
    ],
)
def test_well_known_forms_of_words(kind: str, spelling: str, form: str) -> None:
    assert form in {one.text for one in load_forms(directory("variants")).words[kind][spelling]}

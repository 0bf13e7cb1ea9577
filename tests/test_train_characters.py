"""Counting what senders put in the place of characters, and the table that comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from moderation.cli.main import app
from moderation.match.forms import WORD_FILE, load_forms
from moderation.match.plain import PLAIN_FILE, parse, render
from moderation.shipped import directory
from moderation.train import readings
from moderation.train.characters import Table, build, common_characters, related, write
from moderation.train.glyphs import similarity, splits
from moderation.train.plain_forms import plain_characters
from moderation.train.substitutions import SubstitutionsError, count, read_pairs

PAIRS = [
    ("加微信领红包", "伽徽信领葒包"),
    ("加微信领红包", "伽 徽 信领红包"),
    ("快送钱", "快宋💰"),
    ("加我微信", "+我vx"),
]


def messages(target: Path) -> Path:
    rows = [{"restored": meant, "variant": sent, "has_variant": True} for meant, sent in PAIRS]
    rows.append({"restored": "您好", "variant": "您号", "has_variant": False})
    path = target / "messages.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    return build("加微红送钱法一1q", count(read_pairs(messages(tmp_path_factory.mktemp("sms"))), related))


def test_substitutions_are_counted_over_aligned_messages(tmp_path: Path) -> None:
    counts = count(read_pairs(messages(tmp_path)), related)
    assert counts["加", "伽"] == counts["微", "徽"] == 2
    assert counts["红", "葒"] == counts["送", "宋"] == counts["钱", "💰"] == counts["加", "+"] == 1
    assert ("好", "号") not in counts


@pytest.mark.parametrize("line", ["no json", "[]", '{"restored": "好", "variant": "好"}', '{"restored": 1}'])
def test_a_line_that_is_no_pair_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "sms.jsonl").write_text(f'{{"restored": "a", "variant": "b", "has_variant": true}}\n{line}\n')
    with pytest.raises(SubstitutionsError, match=r"^sms\.jsonl:2: no pair of messages; write"):
        list(read_pairs(tmp_path / "sms.jsonl"))


@pytest.mark.parametrize(
    ("kind", "character", "form", "weight"),
    [
        ("homophone", "加", "伽", 0.7),
        ("look-alike", "微", "徽", 0.7),
        ("traditional", "微", "徽", None),
        ("traditional", "钱", "錢", 0.9),
        ("split", "法", "氵去", 0.7),
        ("digit", "一", "1", 0.8),
        ("digit", "1", "壹", 0.8),
        ("letter", "q", "扣", 0.7),
        ("pinyin", "钱", "qian", 0.8),
        ("homophone", "送", "送", None),
    ],
)
def test_forms_and_weights(table: Table, kind: str, character: str, form: str, weight: float | None) -> None:
    assert table[kind].get(character, {}).get(form) == (pytest.approx(weight) if weight else None)


def test_what_was_counted_is_likelier_than_what_only_sounds_alike(table: Table) -> None:
    forms = table["homophone"]["加"]
    assert all(forms["伽"] > weight for form, weight in forms.items() if form != "伽")


def test_a_form_is_listed_under_one_kind(table: Table) -> None:
    for character in "加微红送钱法一1q":
        forms = [form for spellings in table.values() for form in spellings.get(character, ())]
        assert len(forms) == len(set(forms))


def test_the_written_table_can_be_read(table: Table, tmp_path: Path) -> None:
    write(table, tmp_path / "characters.tsv")
    (tmp_path / WORD_FILE).write_text("")
    read = load_forms(tmp_path).characters
    assert {kind: set(spellings) for kind, spellings in read.items() if spellings} == {
        kind: {character for character, forms in spellings.items() if forms} for kind, spellings in table.items()
    }


@pytest.mark.parametrize(
    ("character", "apart"),
    [("法", "氵去"), ("说", "讠兑"), ("好", "女子"), ("张", "弓长"), ("赌", "贝者"), ("枪", "木仓"), ("一", None)],
)
def test_splits(character: str, apart: str | None) -> None:
    assert next(splits(character), None) == apart


@pytest.mark.parametrize(
    ("alike", "character", "form", "expected"),
    [
        (readings.sound_alike, "加", "家", True),
        (readings.sound_alike, "领", "拎", True),
        (readings.sound_alike, "加", "减", False),
        (related, "微", "徽", True),
        (related, "微", "天", False),
    ],
)
def test_alike(alike: Callable[[str, str], bool], character: str, form: str, expected: bool) -> None:
    assert alike(character, form) is expected


def test_similarity_is_symmetric_and_highest_with_itself() -> None:
    assert similarity("未", "末") == similarity("末", "未") < similarity("未", "未") == 1.0


def test_common_characters_are_those_of_everyday() -> None:
    assert {"的", "赌", "q", "0"} <= common_characters()
    assert "賭" not in common_characters()
    assert len(common_characters()) == 3755 + 10 + 26 + 2


def test_the_command_writes_the_table(tmp_path: Path) -> None:
    wordlist = tmp_path / "lists" / "own.txt"
    wordlist.parent.mkdir()
    wordlist.write_text(
        '+++\nid = "own"\ntitle = "自有"\nowner = "policy"\nlicence = "own"\n[sources]\na = "甲"\n+++\n赌場\ta\n'
    )
    options = [
        "--variant-sms",
        str(messages(tmp_path)),
        "-o",
        str(tmp_path / "out"),
        "--wordlists",
        str(wordlist.parent),
    ]
    done = CliRunner().invoke(app, ["train", "characters", *options])
    assert done.exit_code == 0, done.output
    assert "homophone" in done.output
    (tmp_path / "out" / WORD_FILE).write_text("")
    assert "場" in load_forms(tmp_path / "out").characters["pinyin"]
    assert parse((tmp_path / "out" / PLAIN_FILE).read_text(encoding="utf-8"))["賺"] == "赚"


def test_the_shipped_table_of_rare_characters_is_what_the_forms_say() -> None:
    forms = load_forms(directory("variants")).characters
    weights = {kind: {meant: dict(own) for meant, own in of_kind.items()} for kind, of_kind in forms.items()}
    written = (directory("variants") / PLAIN_FILE).read_text(encoding="utf-8")
    assert render(plain_characters(weights)) == written
    plain = parse(written)
    assert {"氺": "水", "賺": "赚", "場": "场"}.items() <= plain.items()
    assert plain.keys().isdisjoint(plain.values())


def test_the_command_tells_what_is_wrong(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["train", "characters", "--variant-sms", str(tmp_path / "none.jsonl")])
    assert done.exit_code == 2
    assert "cannot read none.jsonl" in done.output
    assert "see moderation train characters --help" in done.output

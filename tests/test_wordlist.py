"""The wordlist format: what it accepts, and diagnostics that say where and how to mend (golden files)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation import shipped
from moderation.match.wordlist_file import WordlistError, load_directory, parse

GOLDEN = Path(__file__).parent / "golden"
HEADER = """+++
id = "test/list"
title = "试"
owner = "policy"
licence = "own work"
reviewed = 2026-11-23
[sources]
law9 = "广告法 第九条第三项"
+++
"""


def test_reads_entries_with_their_options() -> None:
    text = HEADER + (
        "# comment\n"
        "国家级\tlaw9\n"
        "最好\tlaw9\tedges=word\texcept=最好提前|最好不要\tweight=0.6\n"
        "贷款|借款+无抵押~12\tlaw9\tsince=0.1.0\n"
        "加\tlaw9\tnear=微信|v信~3\tdialect=sichuan\n"
        "１００\\+１\tlaw9\n"
    )
    wordlist = parse(text.encode(), "test/list.txt")
    plain, edged, combined, near, escaped = wordlist.entries
    assert (wordlist.id, wordlist.sources["law9"]) == ("test/list", "广告法 第九条第三项")
    assert (plain.parts, plain.weight, plain.line) == ((("国家级",),), 1.0, 11)
    assert (edged.word_edges, edged.exceptions, edged.weight) == (True, ("最好提前", "最好不要"), 0.6)
    assert (combined.parts, combined.window) == ((("贷款", "借款"), ("无抵押",)), 12)
    assert (near.near, near.near_window, near.dialect) == (("微信", "v信"), 3, "sichuan")
    assert escaped.parts == (("100+1",),)


LINES = "国家级\tlaw9\n贷款|借款+无抵押~12\tlaw9\n最好\tlaw9\tvariants=split|pinyin|digit|slang\texcept=最好提前\n"


def digest_in_a_process(seed: str) -> str:
    program = (
        "import sys; from moderation.match.wordlist_file import parse;"
        "print(parse(sys.stdin.buffer.read(), 'a').digest.hex())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONHASHSEED": seed},
        input=(HEADER + LINES).encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout.decode().strip()


def test_a_digest_is_the_same_in_every_process() -> None:
    assert {digest_in_a_process(seed) for seed in "123"} == {parse((HEADER + LINES).encode(), "a").digest.hex()}


@pytest.mark.parametrize(
    ("before", "after", "is_spelt"),
    [
        ("国家级\t", "国家的\t", True),
        ("|借款", "", True),
        ("~12", "~9", False),
        ("except=最好提前", "except=最好不要", True),
        ("split|pinyin", "split", True),
        ("split|pinyin|digit|slang", "slang|digit|pinyin|split", None),
        ("国家级\tlaw9\n", "国家级\tlaw9\tweight=0.5\n", False),
        ("国家级\tlaw9\n", "国家级\tlaw9\tedges=word\n", False),
        ("国家级\tlaw9\n", "国家级\tlaw9\tshadow=2027-01-01\n", None),
        ("国家级\tlaw9\n", "国家级\tlaw9\tnear=微信~3\n", True),
        ("国家级\tlaw9\n", "# 国家级\n国家级\tlaw9\n", False),
        ('id = "test/list"', 'id = "test/other"', True),
        ("reviewed = 2026-11-23", 'variants = ["digit"]', True),
    ],
)
def test_digests_tell_what_differs(before: str, after: str, is_spelt: bool | None) -> None:
    """Where nothing that is looked for differs, `is_spelt` is false; None where nothing differs that decides."""
    content = HEADER + LINES
    assert before in content
    one, other = (parse(text.encode(), "a") for text in (content, content.replace(before, after)))
    assert (one.digest == other.digest) == (is_spelt is None)
    assert (one.spelt_digest == other.spelt_digest) == (not is_spelt)


WRONG = {
    "no-header": b"abc\tlaw9\n",
    "open-header": b"+++\nid = 'x'\n",
    "bad-toml": b"+++\nid = \n+++\n",
    "header-keys": b'+++\nid = "test/list"\nbogus = 1\nvariants = ["runes"]\nreviewed = "x"\n+++\n',
    "encoding": HEADER.encode() + "中".encode() + b"\xff\tlaw9\r\n",
    "entries": (
        HEADER + "国家级 law9\n国家级\tlaw8\n 最佳\tlaw9\n贷款+无抵押\tlaw9\n单\u200b\tlaw9\tweight=2\n词~3\tlaw9\n"
        "甲\tlaw9\tedges=char\n乙\tlaw9\tcolour=red\n丙\tlaw9\tnear=丁\n戊\tlaw9\tweight\n己|\tlaw9\n辛+壬~0\tlaw9\n"
    ).encode(),
    "twins": (HEADER + "国家级\tlaw9\n最佳\tlaw9\n国家级\tlaw9\n").encode(),
    "too-long": (HEADER + "长" * 65 + "\tlaw9\n").encode(),
    "bom": b"\xef\xbb\xbf" + HEADER.encode(),
}


@pytest.mark.parametrize("name", WRONG)
def test_diagnostics_are_golden(name: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(WordlistError) as caught:
        parse(WRONG[name], f"{name}.txt")
    golden = GOLDEN / f"wordlist-{name}.txt"
    if request.config.getoption("--write-golden"):
        golden.write_text(f"{caught.value}\n", encoding="utf-8")
    assert f"{caught.value}\n" == golden.read_text(encoding="utf-8")


def test_a_directory_reports_every_file_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(WRONG["twins"])
    (tmp_path / "two.txt").write_bytes(WRONG["no-header"])
    (tmp_path / "three.txt").write_text(HEADER, encoding="utf-8")
    with pytest.raises(WordlistError) as caught:
        load_directory(tmp_path)
    assert {diagnostic.file for diagnostic in caught.value.diagnostics} == {"one.txt", "two.txt", "three.txt"}


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: (HEADER + text).encode("utf-8", "replace")))
def test_any_bytes_parse_or_give_diagnostics(content: bytes) -> None:
    try:
        found = parse(content, "any.txt").id
    except WordlistError as error:
        found = error.diagnostics[0].problem if all(one.line >= 1 <= one.column for one in error.diagnostics) else ""
    assert found


def test_shipped_wordlists_load_and_name_their_sources() -> None:
    wordlists = load_directory(shipped.directory("wordlists"))
    assert len(wordlists) >= 50
    for wordlist in wordlists:
        assert wordlist.entries, wordlist.id
        assert wordlist.reviewed, wordlist.id
        used = {key for entry in wordlist.entries for key in entry.sources}
        assert used == set(wordlist.sources), f"{wordlist.id}: sources that no entry uses"

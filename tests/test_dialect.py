"""Dialect files: what the format accepts, diagnostics that say where and how to mend (golden), what is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation import shipped
from moderation.match.dialect import DialectError, load_dialects, parse

GOLDEN = Path(__file__).parent / "golden"
HEADER = """+++
id = "dialect/test"
title = "试话"
owner = "policy"
licence = "own work"
reviewed = 2026-11-24
common = ["好"]
[sources]
own = "编者的语言知识"
dictionary = "现代汉语词典 第7版"
+++
"""
LEAST_LINES = {"sichuan": 500, "cantonese": 250, "dongbei": 80, "minnan": 80, "wu": 80, "xiang": 80}


def test_reads_equivalents_with_their_options() -> None:
    text = HEADER + (
        "# comment\n\n"
        "没有\t莫得\town,dictionary\n"
        "傻瓜\t瓜娃子\town\tregister=insult\tambiguous=yes\n"
        "很\t好\town\tambiguous=yes\n"
        "Ｗｉｆｉ\tＷＩＦＩ儿\town\tregister=coarse\n"
        "…\t噻\town\tuse=marker\n"
    )
    dialect = parse(text.encode(), "test.txt")
    plain, insult, common, folded, marker = dialect.equivalents
    assert (dialect.id, dialect.title, dialect.common) == ("test", "试话", ("好",))
    assert (plain.standard, plain.word, plain.sources, plain.line) == ("没有", "莫得", ("own", "dictionary"), 14)
    assert (insult.register, insult.is_ambiguous, insult.is_marker) == ("insult", True, False)
    assert (common.word, common.is_ambiguous) == ("好", True)
    assert (folded.standard, folded.word, folded.register) == ("wifi", "wifi儿", "coarse")
    assert (marker.standard, marker.word, marker.is_marker, marker.is_ambiguous) == ("", "噻", True, False)


WRONG = {
    "no-header": "没有\t莫得\town\n".encode(),
    "header-keys": b'+++\nid = "sichuan"\nbogus = 1\nvariants = ["digit"]\ncommon = 3\n+++\n',
    "id": HEADER.replace("dialect/test", "test").encode() + "很\t好\town\tambiguous=yes\n".encode(),
    "encoding": HEADER.encode() + "很\t好\town\tambiguous=yes\n没有\t莫".encode() + b"\xff\town\r\n",
    "common": (HEADER + "很\t好\town\n").encode(),
    "lines": (
        HEADER
        + "很\t好\town\tambiguous=yes\n没有 莫得 own\n没有\t莫得\n没有\t莫得\tbook\n没有\t 莫得\town\n\t莫得\town\n"
        "没有\t没有\town\n没有\t莫得\town\tuse=marker\n…\t噻\town\n没有\t莫得\town\tregister=rude\n"
        "没有\t莫得\town\tambiguous\n没有\t莫得\town\tuse=marker\tuse=marker\n没有\t莫\u200b\town\n"
        f"没有\t{'长' * 33}\town\n"
    ).encode(),
    "twins": (HEADER + "很\t好\town\tambiguous=yes\n没有\t莫得\town\n没\t莫得\town\n没有\t莫得\town\n").encode(),
}


@pytest.mark.parametrize("name", WRONG)
def test_diagnostics_are_golden(name: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(DialectError) as caught:
        parse(WRONG[name], f"{name}.txt")
    golden = GOLDEN / f"dialect-{name}.txt"
    if request.config.getoption("--write-golden"):
        golden.write_text(f"{caught.value}\n", encoding="utf-8")
    assert f"{caught.value}\n" == golden.read_text(encoding="utf-8")


def test_a_directory_reports_every_file_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(WRONG["twins"])
    (tmp_path / "two.txt").write_bytes(WRONG["no-header"])
    (tmp_path / "three.txt").write_text(HEADER + "很\t好\town\tambiguous=yes\n", encoding="utf-8")
    with pytest.raises(DialectError) as caught:
        load_dialects(tmp_path)
    assert {diagnostic.file for diagnostic in caught.value.diagnostics} == {"one.txt", "two.txt", "three.txt"}
    assert "three.txt:1:1: id 'dialect/test'; write id = \"dialect/three\" or rename the file" in str(caught.value)


LINES = st.lists(st.sampled_from(["没有", "莫得", "own", "…", "use=marker", "ambiguous=yes", "\t", "\t", "\n", "好"]))


@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: (HEADER + text).encode("utf-8", "replace"))
    | LINES.map(lambda pieces: (HEADER + "".join(pieces)).encode())
)
def test_any_bytes_parse_or_give_diagnostics(content: bytes) -> None:
    try:
        found = parse(content, "any.txt").id
    except DialectError as error:
        found = error.diagnostics[0].problem if all(one.line >= 1 <= one.column for one in error.diagnostics) else ""
    assert found


def test_shipped_dialects_load_and_name_their_sources() -> None:
    dialects = load_dialects(shipped.directory("dialects"))
    assert {dialect.id for dialect in dialects} == LEAST_LINES.keys()
    for dialect in dialects:
        assert len(dialect.equivalents) >= LEAST_LINES[dialect.id], dialect.id
        used = {key for equivalent in dialect.equivalents for key in equivalent.sources}
        assert used == set(dialect.sources), f"{dialect.id}: sources that no line uses"

"""Batches as they are uploaded: what each format says, and what is wrong with it line by line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import text_cell, workbook, workbook_of

from moderation.wordlists.batch_file import BatchFormat, BatchRead, format_of, read_batch
from moderation.wordlists.change import Change, Given, Operation
from moderation.wordlists.problems import MOST_TOLD

ADD, REMOVE, REPLACE = Operation
ABSOLUTE = "advertising/absolute"
HEADER = f"""+++
id = "{ABSOLUTE}"
title = "绝对化用语"
owner = "policy"
licence = "own work"
[sources]
law9 = "法"
+++
"""
LAW9 = Given(wordlist=ABSOLUTE, source="law9")


def told(read: BatchRead) -> list[str]:
    return list(map(str, read.diagnostics))


def read(content: str | bytes, format: BatchFormat, given: Given | None = None) -> BatchRead:
    return read_batch(content.encode() if isinstance(content, str) else content, format, "batch", given)


TABLE = [
    ["operation", "wordlist", "entry", "source", "options"],
    ["", ABSOLUTE, "国家级", "law9", ""],
    ["add", ABSOLUTE, "最好", "law9", "edges=word; except=最好提前|最好不要"],
    ["", "", "", "", ""],
    ["删除", ABSOLUTE, "最佳", "", ""],
    ["REPLACE", ABSOLUTE, "唯一", "law9", r"near=甲\;乙~3"],
]
CHANGES = (
    Change(ADD, ABSOLUTE, "国家级", "国家级\tlaw9", 2),
    Change(ADD, ABSOLUTE, "最好", "最好\tlaw9\tedges=word\texcept=最好提前|最好不要", 3),
    Change(REMOVE, ABSOLUTE, "最佳", "", 5),
    Change(REPLACE, ABSOLUTE, "唯一", "唯一\tlaw9\t" + r"near=甲\;乙~3", 6),
)


def test_a_csv_and_a_workbook_say_the_same() -> None:
    assert read("".join(",".join(row) + "\r\n" for row in TABLE), BatchFormat.CSV) == BatchRead(CHANGES, ())
    assert read(workbook(TABLE), BatchFormat.XLSX) == BatchRead(CHANGES, ())


@pytest.mark.parametrize(
    ("content", "format", "given", "changes"),
    [
        (f"{HEADER}# a comment\n国家级\tlaw9\n\n最佳\tlaw9\tedges=word\n", BatchFormat.WORDLIST, None,
         [(ADD, "国家级", "国家级\tlaw9", 10), (ADD, "最佳", "最佳\tlaw9\tedges=word", 12)]),
        (f"{HEADER}国家级\tlaw9\n", BatchFormat.WORDLIST, Given(REMOVE), [(REMOVE, "国家级", "", 9)]),
        ("国家级\r\n# a comment\r\n 最佳 \r\n最好\tguide\tedges=word", BatchFormat.TXT, LAW9,
         [(ADD, "国家级", "国家级\tlaw9", 1), (ADD, "最佳", "最佳\tlaw9", 3),
          (ADD, "最好", "最好\tguide\tedges=word", 4)]),
        ("\ufeff国家级\n最佳\tlaw9\n", BatchFormat.TXT, Given(REMOVE, ABSOLUTE),
         [(REMOVE, "国家级", "", 1), (REMOVE, "最佳", "", 2)]),
        ("\ufeff词条,来源\n国家级,\n最佳,guide\n", BatchFormat.CSV, LAW9,
         [(ADD, "国家级", "国家级\tlaw9", 2), (ADD, "最佳", "最佳\tguide", 3)]),
        ('entry\n"甲,乙"\n"甲""乙"\n', BatchFormat.CSV, LAW9,
         [(ADD, "甲,乙", "甲,乙\tlaw9", 2), (ADD, '甲"乙', '甲"乙\tlaw9', 3)]),
        ("entry\n国家级\n", BatchFormat.CSV, Given(REMOVE, ABSOLUTE), [(REMOVE, "国家级", "", 2)]),
        ("", BatchFormat.TXT, LAW9, []),
    ],
)  # fmt: skip
def test_a_file_says_changes(
    content: str, format: BatchFormat, given: Given | None, changes: list[tuple[Operation, str, str, int]]
) -> None:
    expected = tuple(Change(operation, ABSOLUTE, entry, line, number) for operation, entry, line, number in changes)
    assert read(content, format, given) == BatchRead(expected, ())


@pytest.mark.parametrize(
    ("content", "format", "given", "problems"),
    [
        ("国家级\tlaw9\n", BatchFormat.WORDLIST, None,
         ["batch:1:1: the header is missing; begin the file with a line +++"]),
        (HEADER.encode() + b"\xff\tlaw9\n" + "最佳\tlaw9\r\n".encode(), BatchFormat.WORDLIST, None,
         ["batch:9:1: byte 0xff is not UTF-8; save the file as UTF-8",
          "batch:10:8: carriage return; save the file with LF line ends"]),
        (HEADER, BatchFormat.WORDLIST, Given(wordlist="finance/loan"),
         ["batch:1:1: the header names 'advertising/absolute', not 'finance/loan'; name the same wordlist"]),
        ("国家级\n", BatchFormat.TXT, None, ["batch:1:1: no wordlist; name the wordlist that the words are for"]),
        ("国家级\n最佳\tlaw9\n", BatchFormat.TXT, Given(wordlist=ABSOLUTE),
         ["batch:1:4: no source; write a tab and a source, or name one for all"]),
        ("国家级".encode("gbk"), BatchFormat.TXT, LAW9, ["batch:1:1: not UTF-8; save the file as UTF-8"]),
        ("", BatchFormat.CSV, LAW9,
         ["batch:1:1: the table is empty; begin it with a row of headers: "
          "operation, wordlist, entry, source, options"]),
        ("word,entry,entry\n国家级,,\n", BatchFormat.CSV, LAW9,
         ["batch:1:1: unknown column 'word'; use operation, wordlist, entry, source, options, each once",
          "batch:1:3: second column 'entry'; use operation, wordlist, entry, source, options, each once"]),
        ("operation\nADD\n", BatchFormat.CSV, None,
         ["batch:1:1: no column 'entry'; name the columns operation, wordlist, entry, source, options",
          "batch:1:1: no column 'wordlist'; name the columns operation, wordlist, entry, source, options"]),
        ("operation,wordlist,entry,source\nMOVE,a,b,c\n,,b,c\nADD,a,,c\nADD,a,b,\nADD,a,b,\"c\td\"\n\"ADD,a,b,c\n",
         BatchFormat.CSV, None,
         ["batch:2:1: unknown operation 'MOVE'; use ADD, REMOVE, REPLACE or leave it empty",
          "batch:3:2: no wordlist; name the wordlist in the row, or one for all",
          "batch:4:3: no entry; write the entry, or delete the row",
          "batch:5:4: no source; write a key of [sources] of the wordlist, or name one for all",
          "batch:6:3: a tab in a cell; delete it; each column has a cell of its own",
          "batch:7:1: broken row: unexpected end of data; close every quote, and double those inside a cell"]),
        (b"entry\n\xb9\xfa\n", BatchFormat.CSV, LAW9, ["batch:2:1: not UTF-8; save the file as UTF-8"]),
        ("entry", BatchFormat.XLSX, LAW9,
         ["batch:1:1: no XLSX workbook; save it as .xlsx, without a password, or as CSV"]),
        (workbook_of(f'<row r="2">{text_cell("B2", "entry")}</row><row r="4"><c r="B4"><v>10086</v></c></row>'
                     '<row r="5"><c r="B5"><v>1.5</v></c></row><row r="6"><c r="B6" t="b"><v>1</v></c></row>'
                     '<row r="7"><c r="B7" t="d"><v>2026-12-01T00:00:00</v></c></row>'), BatchFormat.XLSX, LAW9,
         ["batch:5:2: the cell holds a number; format the column as text and write the cell again",
          "batch:6:2: the cell holds a truth value; format the column as text and write the cell again",
          "batch:7:2: the cell holds a date or time; format the column as text and write the cell again"]),
    ],
)  # fmt: skip
def test_all_that_is_wrong_is_told_at_once(
    content: str | bytes, format: BatchFormat, given: Given | None, problems: list[str]
) -> None:
    assert told(read(content, format, given)) == problems


FAR = f'<row r="1">{text_cell("A1", "entry")}</row>'


@pytest.mark.parametrize(
    ("sheet", "problem"),
    [
        (f'{FAR}<row r="1048576">{text_cell("XFD1048576", "甲")}</row>', "a cell outside the columns of the table"),
        (f'{FAR}<row r="2">{text_cell("I2", "甲")}</row>', "a cell outside the columns of the table"),
        (f'{FAR}<row r="1048577">{text_cell("H1048577", "甲")}</row>', "a cell outside the columns of the table"),
        (f'{FAR}<row r="9999999">{text_cell("A9999999", "甲")}</row>', "a cell outside the columns of the table"),
        (f'{FAR}<row r="99999999">{text_cell("A2", "甲")}</row>', "a cell outside the columns of the table"),
        (f'{FAR}<row r="2"><c t="b" r="A2" r="XFD9"><v>1</v></c></row>', "a cell outside the columns of the table"),
        (f'{FAR}<row r="2"><c r="&#88;FD9"><v>1</v></c></row>', "a cell outside the columns of the table"),
        (f'{FAR}<row r="2"><c><v>1</v></c></row>', "cells without a place"),
        (f'{FAR}<row r="2"><c t="<"r="XFD9"><v>1</v></c></row>', "cells without a place"),
        (f'{FAR}<row r="2"><c t=">" r="XFD9"><v>1</v></c></row>', "cells without a place"),
        (f'{FAR}<row r="2"><x:c t="b"r="XFD9"><v>1</v></x:c></row>', "a cell outside the columns of the table"),
        (f"{FAR}<row", "no XLSX workbook"),
    ],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(sheet: str, problem: str) -> None:
    assert [one.problem for one in read(workbook_of(sheet), BatchFormat.XLSX, LAW9).diagnostics] == [problem]


@pytest.mark.parametrize("count", ["4000000000", "300", "-1", "&#52;000000000", "9" * 30])
def test_a_workbook_that_tells_of_more_texts_than_it_has_is_refused(count: str) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = f'<sst xmlns="{main}" uniqueCount="{{}}"><si><t>甲</t></si></sst>'
    found = read(workbook_of(FAR, texts.format(count)), BatchFormat.XLSX, LAW9).diagnostics
    assert [one.problem for one in found] == ["more texts are told of than there are"]
    assert told(read(workbook_of(FAR, texts.format(1)), BatchFormat.XLSX, LAW9)) == []


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moderation.wordlists.workbook.MAX_UNPACKED", 2000)
    assert told(read(workbook([["entry"], ["国家级"]]), BatchFormat.XLSX, LAW9)) == []
    problems = read(workbook([["entry"], ["国" * 2000]]), BatchFormat.XLSX, LAW9).diagnostics
    assert [one.problem for one in problems] == ["the workbook is too large"]


def test_an_address_in_a_cell_is_no_place_of_a_cell() -> None:
    assert len(read(workbook([["entry"], ["http://example.cn/?r=XFD9 r='x'"]]), BatchFormat.XLSX, LAW9).changes) == 1


def test_more_problems_than_are_told_are_counted() -> None:
    wrong = read("国家级\n" * (MOST_TOLD + 5), BatchFormat.TXT, Given(wordlist=ABSOLUTE))
    assert len(wrong.diagnostics) == MOST_TOLD + 1
    assert str(wrong.diagnostics[-1]) == f"batch:{MOST_TOLD + 5}:1: 5 problems more; mend those above first"


def test_a_batch_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moderation.wordlists.batch_file.MAX_CHANGES", 2)
    assert told(read("甲\n乙\n", BatchFormat.TXT, LAW9)) == []
    assert told(read("甲\n乙\n丙\n", BatchFormat.TXT, LAW9)) == [
        "batch:3:1: more than 2 changes; upload them as several batches"
    ]


@pytest.mark.parametrize(
    ("file", "content", "format"),
    [
        ("a.csv", b"", BatchFormat.CSV),
        ("a.XLSX", b"", BatchFormat.XLSX),
        ("a.txt", b"+++\n", BatchFormat.WORDLIST),
        ("a.txt", b"++\n", BatchFormat.TXT),
        ("-", b"", BatchFormat.TXT),
    ],
)
def test_a_file_tells_its_format(file: str, content: bytes, format: BatchFormat) -> None:
    assert format_of(file, content) is format


PIECES = st.sampled_from(
    [
        b"entry",
        b"operation",
        b"wordlist",
        b",",
        b"\n",
        b"\r",
        b"\t",
        b'"',
        b"\x00",
        b"\xff",
        b"+++\n",
        b"id = ",
        b"\xef\xbb\xbf",
    ]
)


@settings(max_examples=200)
@given(
    st.one_of(st.binary(max_size=200), st.lists(st.one_of(PIECES, st.text().map(str.encode))).map(b"".join)),
    st.sampled_from(BatchFormat),
    st.sampled_from([Given(), LAW9, Given(REMOVE, ABSOLUTE)]),
)
def test_any_bytes_survive(content: bytes, format: BatchFormat, given: Given) -> None:
    found = read(content, format, given)
    assert all(change.entry == change.line.partition("\t")[0] or not change.line for change in found.changes)
    assert len(str(found.diagnostics)) < 2000 * (len(found.diagnostics) + 1)


@settings(max_examples=100)
@given(st.data())
def test_any_damage_to_a_workbook_survives(data: st.DataObject) -> None:
    content = bytearray(workbook(TABLE))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(content), BatchFormat.XLSX)

"""Reading templates: good and bad lines of JSONL, CSV and text, with what is told about each bad one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.cli.reading import FIELDS, FORMATS, MAX_LINE, InputError, Line, read_arguments, read_file
from moderation.text.csv_rows import read_rows
from moderation.text.template import Industry, Template, TemplateType

NOTHING = Template("-")
OBJECT = 'write one object a line, such as {"id": "1", "text": "…"}'
KNOWN = ", ".join(FIELDS)
MOMENT = "write 2026-11-23T09:30:00+08:00"


def read(content: bytes, suffix: str = "", defaults: Template = NOTHING) -> list[Line]:
    if not suffix:
        return list(read_file(Path("-"), io.BytesIO(content), defaults))
    with TemporaryDirectory() as directory:
        path = Path(directory) / f"templates{suffix}"
        path.write_bytes(content)
        return list(read_file(path, io.BytesIO(), defaults))


def texts(lines: Sequence[Line]) -> list[tuple[int, str]]:
    assert [line.problem for line in lines] == [""] * len(lines)
    return [(line.number, line.template.text) for line in lines]


def test_a_json_line_gives_all_that_a_sender_declares() -> None:
    record = {
        "id": "tpl-1",
        "text": "【甲商城】您好",
        "signature": "甲商城",
        "type": "otp",
        "industry": "real-estate",
        "tenant": "甲",
        "profile": "generic",
        "region": "sichuan",
        "send_at": "2026-11-23T09:30:00+08:00",
    }
    (line,) = read(json.dumps(record).encode(), ".jsonl")
    moment = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
    assert line.template == Template(
        "【甲商城】您好", "tpl-1", "甲商城", TemplateType.OTP, Industry.REAL_ESTATE, "甲", "generic", "sichuan", moment
    )


def test_arguments_count_from_one_and_take_the_defaults() -> None:
    first, second = read_arguments(["您好", '{"text": "不是JSON"}'], Template("-", tenant="甲"))
    assert (first.template, first.place) == (Template("您好", "1", tenant="甲"), "TEXT 1")
    assert (second.template.text, second.template.id) == ('{"text": "不是JSON"}', "2")


def test_a_line_overrides_the_defaults_and_an_empty_field_does_not() -> None:
    defaults = Template("-", type=TemplateType.OTP, tenant="甲")
    own, empty, null = read(
        b'{"text": "a", "type": "marketing"}\n{"text": "b", "type": ""}\n{"text": "c", "type": null}\n',
        ".jsonl",
        defaults,
    )
    assert own.template == Template("a", "1", type=TemplateType.MARKETING, tenant="甲")
    assert empty.template == Template("b", "2", type=TemplateType.OTP, tenant="甲")
    assert null.template == Template("c", "3", type=TemplateType.OTP, tenant="甲")


@pytest.mark.parametrize(
    ("suffix", "content", "expected"),
    [
        (".txt", "甲\n乙\n", [(1, "甲"), (2, "乙")]),
        (".txt", "甲\n\n  \n乙", [(1, "甲"), (4, "乙")]),
        (".txt", "\ufeff甲\r\n乙\r\n", [(1, "甲"), (2, "乙")]),
        (".txt", '{"text": "甲"}', [(1, '{"text": "甲"}')]),
        (".txt", " 甲 \n", [(1, " 甲 ")]),
        (".txt", "甲\u2028乙\x0b丙\n", [(1, "甲\u2028乙\x0b丙")]),
        (".jsonl", '{"text": "甲"}\n\n{"text": "乙"}', [(1, "甲"), (3, "乙")]),
        (".jsonl", '\ufeff{"text": "甲\\n乙"}\r\n{"text": "丙"}\r\n', [(1, "甲\n乙"), (2, "丙")]),
        (".csv", "text\n甲\n乙\n", [(2, "甲"), (3, "乙")]),
        (".csv", "\ufefftext,id\r\n甲,1\r\n\r\n乙,2\r\n", [(2, "甲"), (4, "乙")]),
        (".csv", 'id,text\n1,"甲,乙""丙"""\n', [(2, '甲,乙"丙"')]),
        (".csv", 'id,text\n1,"甲\n乙"\n2,丙\n', [(2, "甲\n乙"), (4, "丙")]),
        (".CSV", "text\n甲\n", [(2, "甲")]),
        ("", "甲\n乙\n", [(1, "甲"), (2, "乙")]),
        ("", '\n {"text": "甲"}\n{"text": "乙"}\n', [(2, "甲"), (3, "乙")]),
        ("", "", []),
        (".jsonl", "", []),
        (".csv", "text\n", []),
    ],
)
def test_good_lines_keep_their_numbers(suffix: str, content: str, expected: list[tuple[int, str]]) -> None:
    assert texts(read(content.encode(), suffix)) == expected


@pytest.mark.parametrize(
    ("written", "id"),
    [('"a-1"', "a-1"), ("17", "17"), ("0", "0"), ('""', "1"), ("null", "1"), ("9" * 4000, "9" * 4000)],
)
def test_an_id_is_a_string_or_a_whole_number(written: str, id: str) -> None:
    (line,) = read(f'{{"id": {written}, "text": "甲"}}'.encode(), ".jsonl")
    assert (line.template.id, line.problem) == (id, "")


@pytest.mark.parametrize(
    ("content", "field", "problem"),
    [
        ("hello", "", f"not JSON: Expecting value in column 1; {OBJECT}"),
        ('{"text": "a"', "", f"not JSON: Expecting ',' delimiter in column 13; {OBJECT}"),
        ('{"text": "a"} x', "", f"not JSON: Extra data in column 15; {OBJECT}"),
        ('{"id": ' + "9" * 5000 + ', "text": "a"}', "", f"not JSON: too long a number or nested too deep; {OBJECT}"),
        ("[" * 200_000, "", f"not JSON: too long a number or nested too deep; {OBJECT}"),
        ('["a"]', "", 'not a JSON object; write {"id": "1", "text": "…"}'),
        ("null", "", 'not a JSON object; write {"id": "1", "text": "…"}'),
        ("{}", "text", "is missing; every template needs one"),
        ('{"text": ""}', "text", "is missing; every template needs one"),
        ('{"text": null}', "text", "is missing; every template needs one"),
        ('{"text": 7}', "text", "is not a string; put it into quotes"),
        ('{"text": {"a": [1, {"b": 2}]}}', "text", "is not a string; put it into quotes"),
        ('{"id": true, "text": "a"}', "id", "is not a string; put it into quotes"),
        ('{"id": 1.5, "text": "a"}', "id", "is not a string; put it into quotes"),
        ('{"id": NaN, "text": "a"}', "id", "is not a string; put it into quotes"),
        ('{"txt": "a"}', "txt", f"unknown field 'txt'; use {KNOWN}"),
        ('{"' + "k" * 99 + '": 1}', "k" * 40, f"unknown field '{'k' * 40}'; use {KNOWN}"),
        ('{"\\ud800": 1}', "\\ud800", f"unknown field '\\ud800'; use {KNOWN}"),
        ('{"text": "ab\\ud800"}', "text", "lone surrogate \\ud800 at character 3; write the whole character"),
        ('{"text": "a", "text": "b"}', "text", "the key 'text' stands twice; delete one of them"),
        (
            '{"text": "a", "type": "advert"}',
            "type",
            "'advert' is no template type; use otp, notification, marketing",
        ),
        (
            '{"text": "a", "industry": "pets"}',
            "industry",
            f"'pets' is no industry; use {', '.join(industry.value.lower() for industry in Industry)}",
        ),
        ('{"text": "a", "send_at": "noon"}', "send_at", f"'noon' is no RFC 3339 time; {MOMENT}"),
        (
            '{"text": "a", "send_at": "2026-11-23T09:30:00"}',
            "send_at",
            f"'2026-11-23T09:30:00' has no offset; {MOMENT}",
        ),
        (
            '{"text": "a", "send_at": "0001-01-01T00:00:00+08:00"}',
            "send_at",
            f"'0001-01-01T00:00:00+08:00' is no RFC 3339 time; {MOMENT}",
        ),
        (
            '{"text": "a", "send_at": "9999-12-31T23:59:59-12:00"}',
            "send_at",
            f"'9999-12-31T23:59:59-12:00' is no RFC 3339 time; {MOMENT}",
        ),
    ],
    ids=lambda value: value[:24],
)
def test_a_bad_json_line_is_told_and_the_next_is_read(content: str, field: str, problem: str) -> None:
    bad, good = read(f'{content}\n{{"text": "您好"}}\n'.encode(), ".jsonl")
    assert (bad.number, bad.template.id, bad.field, bad.problem) == (1, "1", field, problem)
    assert (good.number, good.template.text, good.problem) == (2, "您好", "")


@pytest.mark.parametrize(
    ("row", "field", "problem"),
    [
        ('1,"甲"乙', "", "',' expected after '\"'; close quotes, and double those inside a quoted cell"),
        ("1,甲,乙", "", "3 cells, the header has 2; quote cells that hold commas"),
        ("1", "", "1 cells, the header has 2; quote cells that hold commas"),
        ("1,", "text", "is missing; every template needs one"),
        (
            "1," + "长" * 131_073,
            "",
            "field larger than field limit (131072); close quotes, and double those inside a quoted cell",
        ),
    ],
    ids=["stray quote", "too many cells", "too few cells", "no text", "too long a cell"],
)
def test_a_bad_csv_row_is_told_and_the_next_is_read(row: str, field: str, problem: str) -> None:
    bad, good = read(f"id,text\n{row}\n2,您好\n".encode(), ".csv")
    assert (bad.number, bad.field, bad.problem) == (2, field, problem)
    assert (good.number, good.template.text, good.problem) == (3, "您好", "")


def test_a_quote_that_nothing_closes_spoils_its_own_row_only() -> None:
    before, bad, *after = read('id,text\n1,甲\n2,"乙\n3,丙\n4,"丁\n戊"\n'.encode(), ".csv")
    assert (before.number, before.template.text) == (2, "甲")
    assert (bad.number, bad.problem) == (
        3,
        "',' expected after '\"'; close quotes, and double those inside a quoted cell",
    )
    assert texts(after) == [(4, "丙"), (5, "丁\n戊")]


def test_an_open_quote_at_the_end_of_the_file_is_told() -> None:
    bad, after = read('text\n"甲\n乙\n'.encode(), ".csv")
    assert (bad.number, bad.problem) == (
        2,
        "unexpected end of data; close quotes, and double those inside a quoted cell",
    )
    assert (after.number, after.template.text) == (3, "乙")


def test_rows_carry_the_number_of_the_line_they_begin_on() -> None:
    rows = list(read_rows(["a,b\n", "\n", '"x\n', 'y",z\n', '"open\n', "c,d\n"]))
    assert [(number, row) for number, row in rows if isinstance(row, list)] == [
        (1, ["a", "b"]),
        (3, ["x\ny", "z"]),
        (6, ["c", "d"]),
    ]
    (wrong,) = [(number, row) for number, row in rows if isinstance(row, csv.Error)]
    assert wrong[0] == 5


@pytest.mark.parametrize(
    ("suffix", "content", "field", "position"),
    [
        (".txt", b"\xff\xfe", "text", 1),
        (".txt", "甲乙".encode() + b"\x80", "text", 3),
        (".jsonl", b'{"text": "a\xe4\xb8"}', "text", 2),
        (".jsonl", b'{"tenant": "\xc0", "text": "a"}', "tenant", 1),
        ("", "甲".encode("gb18030"), "text", 1),
    ],
)
def test_bytes_that_are_not_utf_8_spoil_their_line_only(suffix: str, content: bytes, field: str, position: int) -> None:
    good = b'{"text": "ok"}'
    bad, after = read(content + b"\n" + good + b"\n", suffix)
    told = f"not UTF-8 at character {position}; save the file as UTF-8"
    assert (bad.number, bad.field, bad.problem) == (1, field, told)
    assert (after.number, after.problem) == (2, "")


def test_a_line_beyond_the_bound_is_told_instead_of_parsed() -> None:
    long, good = read(b'{"text": "' + b"a" * MAX_LINE + b'"}\n{"text": "ok"}\n', ".jsonl")
    assert long.problem == f"the line has {MAX_LINE + 12} characters; keep it within {MAX_LINE}"
    assert good.template.text == "ok"


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("", "no column text; begin with a header line such as id,text,type"),
        ("id,type", "no column text; begin with a header line such as id,text,type"),
        ('"text', "no column text; begin with a header line such as id,text,type"),
        ("text,colour", f"unknown or repeated column 'colour'; use {KNOWN}"),
        ("text,id,text", f"unknown or repeated column 'text'; use {KNOWN}"),
        ("text\0\x01", "is not text in UTF-8; save the table as CSV UTF-8, with a header id,text,type"),
        ("PK\x03\x04", "is not text in UTF-8; save the table as CSV UTF-8, with a header id,text,type"),
        ("text, id", f"unknown or repeated column ' id'; use {KNOWN}"),
    ],
)
def test_a_csv_file_without_sound_header_is_refused(header: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        read(header.encode() + b"\n", ".csv")
    assert str(caught.value).endswith(f"templates.csv:1: {problem}")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "templates.xlsx").touch()
    told = {
        "missing.txt": "no such file; check the path",
        "folder.txt": "Is a directory",
        "templates.xlsx": "unknown kind of file; name it *.jsonl, *.csv, *.txt, or pipe it into --file -",
    }
    for name, problem in told.items():
        with pytest.raises(InputError) as caught:
            list(read_file(tmp_path / name, io.BytesIO(), NOTHING))
        assert str(caught.value) == f"{tmp_path / name}: {problem}"


fragments = st.sampled_from(
    [
        *(
            b'{"text": "a"}',
            b'{"text": ',
            b'"',
            b",",
            b"\n",
            b"\r",
            b"\r\n",
            b"\xef\xbb\xbf",
            b"\xff",
            b"\x00",
            b"\xed\xa0\x80",
        ),
        *(
            b"text",
            b"id,text\n",
            b"id",
            b'{"\\ud800": 1}',
            b'"send_at": "0001-01-01T00:00:00+23:00"',
            b"[" * 3000,
            b"9" * 5000,
        ),
        *("【甲商城】".encode(), "\u2028".encode(), b"-", b"\\", b"}"),
    ]
)
contents = st.binary(max_size=80) | st.lists(fragments, max_size=12).map(b"".join)


@given(contents, st.sampled_from((*FORMATS, "")))
@settings(max_examples=600)
def test_any_bytes_give_lines_or_one_input_error(content: bytes, suffix: str) -> None:
    refusal = ""
    try:
        lines = read(content, suffix)
    except InputError as error:
        lines, refusal = [], str(error)
    assert refusal == "" or (suffix == ".csv" and ":1: " in refusal)
    numbers = [line.number for line in lines]
    assert numbers == sorted(set(numbers))
    for line in lines:
        told = f"{line.problem}{line.field}{line.template}"
        assert told.encode()
        assert line.problem or line.template.text
        assert line.template.send_at is None or line.template.send_at.utctimetuple()


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), min_size=1, max_size=6)
)
def test_what_a_csv_writer_writes_is_read_back(cells: list[str]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([["id", "text"], *([f"t{n}", cell] for n, cell in enumerate(cells))])
    lines = read(written.getvalue().encode(), ".csv")
    assert [(line.template.id, line.template.text) for line in lines] == [
        (f"t{n}", cell) for n, cell in enumerate(cells)
    ]

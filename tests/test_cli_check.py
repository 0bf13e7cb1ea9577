"""The command line: exit codes, formats, files, a bad line among good ones, a server, help and rules."""

from __future__ import annotations

import asyncio
import csv
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import pytest
import typer.core
import typer.main
from serving import ObservedEngine, captured_logs, real_engine, serving
from stores import JIA, SQLITE, ZHANG, fresh
from typer.testing import CliRunner, Result

from moderation.cli import checking
from moderation.cli.main import app
from moderation.review.case import Outcome
from moderation.review.desk import DeskError, DeskReason
from moderation.rules.catalogue import RULES
from moderation.store.database import BUSY
from moderation.text.template import Template
from moderation.verdict import Decision

pytestmark = pytest.mark.usefixtures("loads_once")

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = Path(__file__).parent / "golden"
LAWFUL = "【甲商城】您的订单已发货，请留意查收"
UNLAWFUL = "【甲商城】全国第一好茶，会员8折，拒收请回复R"
DIALECT = "【甲商城】会员日巴适得很，莫得套路，全场8折，拒收请回复R"
LINKED = "【甲商城】您的订单已发货，详情 https://www.example.cn/a"
ROWS: list[dict[str, str]] = [
    {"id": "lawful", "type": "notification", "industry": "retail", "text": LAWFUL},
    {
        "id": "unlawful",
        "type": "marketing",
        "industry": "retail",
        "text": '【甲商城】\U0001f600全国第一<b>好茶</b>\x1b[31m，会员\u200b8折&"更多"',
    },
    {"id": "linked", "type": "notification", "industry": "retail", "text": LINKED},
    {"id": "dialect", "type": "marketing", "industry": "retail", "text": DIALECT},
    {"id": "wrong-type", "type": "advert", "text": LAWFUL},
]


def run(*arguments: str, standard_input: str | bytes | None = None) -> Result:
    return CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}).invoke(
        app, arguments, input=standard_input, prog_name="moderation"
    )


def json_lines(rows: Sequence[dict[str, str]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def records(done: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    path = tmp_path / "templates.jsonl"
    path.write_text(json_lines(ROWS), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "decision", "code"),
    [(LAWFUL, "PASS", 0), (LINKED, "REVIEW", 1), (UNLAWFUL, "REJECT", 1)],
)
def test_the_exit_code_tells_whether_all_passed(text: str, decision: str, code: int) -> None:
    kind = "marketing" if text == UNLAWFUL else "notification"
    done = run("check", "--type", kind, "--format", "jsonl", text)
    assert [record["decision"] for record in records(done)] == [decision]
    assert (done.exit_code, done.stderr) == (code, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--type", "advert", LAWFUL], "error: --type: 'advert' is no template type; use otp, notification, marketing"),
        (
            ["--send-at", "noon", LAWFUL],
            "error: --send-at: 'noon' is no RFC 3339 time; write 2026-11-23T09:30:00+08:00",
        ),
        (["--industry", "pets", LAWFUL], "error: --industry: 'pets' is no industry; use "),
        (["--file", "templates.jsonl", LAWFUL], "error: give templates as arguments or by --file, not both"),
        (["--file", "missing.jsonl"], "error: missing.jsonl: no such file; check the path"),
        (["--file", "templates.xlsx"], "error: templates.xlsx: unknown kind of file; name it *.jsonl, *.csv, *.txt"),
        (
            ["--server", "127.0.0.1:1", "--verified-domain", "example.cn", LAWFUL],
            "error: --verified-domain, --wordlists",
        ),
        (["--verified-domain", "cn", LAWFUL], "error: --verified-domain: 'cn' is no domain that one can own"),
        (["--input-format", "csv", LAWFUL], "error: --input-format tells how standard input is written; add --file -"),
        (["--server", "", LAWFUL], "error: --server: is empty; write HOST:PORT"),
        (["--wordlists", "missing", LAWFUL], "error: wordlists: missing: there is no such directory; check the path"),
        (["--profiles", "missing", LAWFUL], "error: profiles: missing: there is no such directory; check the path"),
        (["--dialects", "missing", LAWFUL], "error: dialects: missing: there is no such directory; check the path"),
        (["--models", "missing", LAWFUL], "error: no readable model in missing: "),
        (["--format", "xml", LAWFUL], "xml"),
        (["--output", "missing/verdicts.jsonl", LAWFUL], "error: missing/verdicts.jsonl: No such file or directory"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_bad_usage_ends_with_2_and_says_what_is_wrong(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("check", *arguments, "--locale", "en")
    assert done.exit_code == 2
    assert message in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--type", "advert", LAWFUL], "--type：'advert' 不是模板类型；可用：otp, notification, marketing"),
        (["--send-at", "noon", LAWFUL], "--send-at：'noon' 不是 RFC 3339 时间"),
        (["--file", "templates.jsonl", LAWFUL], "模板写成参数或用 --file 给出，不能同用"),
        (["--file", "missing.jsonl"], "missing.jsonl：没有这个文件；请核对路径"),
        (["--file", "templates.xlsx"], "templates.xlsx：不知道文件的种类；请命名为 *.jsonl, *.csv, *.txt"),
        (["--file", "made.jsonl"], "made.jsonl: 这是目录"),
        (["--server", "127.0.0.1:1", "--verified-domain", "example.cn", LAWFUL], "属于服务器的设置"),
        (["--verified-domain", "cn", LAWFUL], "--verified-domain：'cn' 是公共后缀"),
        (
            ["--verified-domain", "https://example.cn/", LAWFUL],
            "--verified-domain：'https://example.cn/' 不是单独的域名",
        ),
        (["--verified-domain", "a b.cn", LAWFUL], "--verified-domain：'a b.cn' 不是域名"),
        (["--input-format", "csv", LAWFUL], "--input-format：只用于标准输入"),
        (["--server", "", LAWFUL], "--server：为空；请写成 HOST:PORT"),
        (["--server", "nonsense", LAWFUL], "--server：'nonsense' 不是 HOST:PORT"),
        (["--server", "127.0.0.1", LAWFUL], "moderation serve"),
        (["--output", "missing/verdicts.jsonl", LAWFUL], "missing/verdicts.jsonl: 没有这个文件或目录"),
        (["--file", "columns.csv"], "columns.csv:1：列 'colour' 未知或重复"),
        (["--file", "empty.csv"], "empty.csv:1：没有 text 列"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_bad_usage_is_told_in_chinese(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("made.jsonl").mkdir()
    Path("columns.csv").write_text("text,colour\n")
    Path("empty.csv").write_text("")
    done = run("check", *arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("error: ")
    assert message in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bad.jsonl", '{"id": "p1", "type": "VERIFICATION", "text": "a"}'),
        ("bad.jsonl", '{"id": "p1", "text": "a", "text": "b"}'),
        ("bad.jsonl", '{"id": "p1", "text": ""}'),
        ("bad.csv", "id,type,text\np1,VERIFICATION,a"),
    ],
)
def test_a_bad_line_keeps_its_id(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content + "\n")
    (record,) = records(run("check", "--file", str(tmp_path / name), "--format", "jsonl"))
    assert (record["id"], record["error"]["is_checked"]) == ("p1", True)


@pytest.mark.parametrize("given", ['["p1"]', "true", '""', "null", '"\\ud800"', "1.5"])
def test_what_is_no_id_is_not_one_of_a_bad_line(given: str) -> None:
    (record,) = records(
        run("check", "--format", "jsonl", standard_input=f'{{"id": {given}, "type": "x", "text": "a"}}')
    )
    assert record["id"] == "1"


def test_one_bad_template_makes_the_exit_code_2_whatever_the_rest_is() -> None:
    done = run("check", "--format", "jsonl", "", UNLAWFUL, LAWFUL)
    assert done.exit_code == 2
    missing = "缺少内容；每条模板都须填写"
    assert done.stderr == f"error: TEXT 1: text: {missing}\n"
    bad, *good = records(done)
    assert bad == {"id": "1", "error": {"line": 1, "field": "text", "message": missing, "is_checked": True}}
    assert [record["id"] for record in good] == ["2", "3"]


def golden(name: str, text: str, request: pytest.FixtureRequest) -> None:
    """Compare a text with its golden file, but for the digest of the ruleset."""
    text = re.sub(r"sha256:[0-9a-f]{64}", "sha256:…", text)
    path = GOLDEN / name
    if request.config.getoption("--write-golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_the_table_is_golden(templates: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(templates.parent)
    done = run("check", "--file", templates.name)
    golden("check-table.txt", done.stdout, request)
    assert (done.exit_code, done.stderr) == (2, "")


def test_the_html_report_is_golden(templates: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    report = tmp_path / "report.html"
    done = run("check", "--file", str(templates), "--format", "html", "--output", str(report), "--locale", "en")
    golden("check-report.html", report.read_text(encoding="utf-8"), request)
    assert (done.exit_code, done.stdout) == (2, "")


def test_the_html_report_runs_nothing_and_loads_nothing() -> None:
    done = run(
        "check", "--type", "marketing", "--format", "html", "【甲商城】</p><script>alert(1)</script><img src=x>全国第一"
    )
    assert "&lt;script&gt;" in done.stdout
    assert re.findall(r"<script|<img|<link|\bsrc=\"|href=", done.stdout) == []
    assert "default-src 'none'" in done.stdout


def test_no_control_character_of_a_template_reaches_the_terminal() -> None:
    done = run("check", "【甲商城】\x1b]0;标题\x07\x9b31m您好\x7f\r覆盖")
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.stdout) == []


def test_a_json_record_has_the_keys_that_scripts_rely_on() -> None:
    (record,) = records(run("check", "--type", "marketing", "--industry", "finance", "--format", "jsonl", UNLAWFUL))
    assert list(record) == [
        *("id", "decision", "risk_score", "type", "industry", "findings", "classification", "suggested_text"),
        *("segments", "ruleset", "degraded", "suggested_decision", "edits", "tags"),
        *("policy_version", "default_policy_version"),
        *("verdict_id", "case", "machine_decision", "ruling"),
    ]
    assert (record["type"], record["industry"], record["segments"]) == ("MARKETING", "FINANCE", 1)
    finding = next(one for one in record["findings"] if one["rule_id"] == "AW101")
    assert list(finding) == [
        *("rule_id", "rule_name", "category", "severity", "score", "span", "quote", "term", "via", "message", "advice"),
        "law",
    ]
    assert UNLAWFUL[finding["span"]["start"] : finding["span"]["end"]] == finding["quote"] == "全国第一"
    assert finding["law"] == [{"name": "广告法", "article": "第九条第三项", "valid_from": "2021-04-29"}]
    assert set(record["classification"]) == {"type", "industry", "risk"}


def test_json_is_one_array_and_jsonl_the_same_records_by_line(templates: Path) -> None:
    array = json.loads(run("check", "--file", str(templates), "--format", "json").stdout)
    lines = records(run("check", "--file", str(templates), "--format", "jsonl"))
    assert array == lines
    assert [record["id"] for record in lines] == ["lawful", "unlawful", "linked", "dialect", "wrong-type"]
    assert [record.get("tags") for record in lines] == [[], [], [], ["dialect:sichuan"], None]


@pytest.mark.parametrize(("format", "written"), [("json", "[]\n"), ("jsonl", ""), ("table", "共检查 0 条: 通过 0")])
@pytest.mark.parametrize("content", ["", "\n \n"])
def test_nothing_to_check_is_an_error_with_an_empty_report(format: str, written: str, content: str) -> None:
    done = run("check", "--format", format, standard_input=content)
    assert (done.exit_code, done.stdout[: len(written)]) == (2, written)
    assert done.stderr == "error: 没有可检查的内容；请每行写一条模板\n"


@pytest.mark.parametrize("name", ["empty.txt", "empty.jsonl"])
def test_an_empty_file_leaves_no_report(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("\n\n")
    done = run("check", "-f", str(tmp_path / name), "-o", str(tmp_path / "verdicts.txt"))
    assert (done.exit_code, done.stderr.startswith("error: 没有可检查的内容")) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_standard_input_may_be_told_to_be_csv() -> None:
    content = f"id,type,text\na,notification,{LAWFUL}\n"
    for arguments in (["--file", "-"], []):
        done = run("check", *arguments, "--input-format", "csv", "--format", "jsonl", standard_input=content)
        assert [(one["id"], one["type"]) for one in records(done)] == [("a", "NOTIFICATION")]


def test_standard_input_is_text_or_json_by_its_first_line() -> None:
    for text in (f"{LAWFUL}\n{UNLAWFUL}\n", json_lines([{"text": LAWFUL}, {"text": UNLAWFUL}])):
        for arguments in (["--file", "-"], []):
            done = run("check", *arguments, "--type", "marketing", "--format", "jsonl", standard_input=text)
            assert [(one["id"], one["segments"]) for one in records(done)] == [("1", 1), ("2", 1)]
            assert "AW101" in {finding["rule_id"] for finding in records(done)[1]["findings"]}


def test_standard_input_named_twice_is_read_once() -> None:
    done = run("check", "--file", "-", "--file", "-", "--format", "jsonl", standard_input=f"{LAWFUL}\n")
    assert (done.exit_code, len(records(done))) == (0, 1)


def written(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """Write the templates in the format that the file's name tells."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        if path.suffix == ".jsonl":
            stream.write(json_lines(rows))
        elif path.suffix == ".csv":
            writer = csv.DictWriter(stream, ["id", "type", "text"])
            writer.writeheader()
            writer.writerows(rows)
        else:
            stream.writelines(row["text"] + "\n" for row in rows)
    return path


@pytest.mark.parametrize("name", ["templates.jsonl", "templates.csv", "templates.txt"])
def test_files_of_every_kind_give_the_same_verdicts(name: str, tmp_path: Path) -> None:
    rows = [{"id": str(n), "type": "marketing", "text": text} for n, text in enumerate((UNLAWFUL, LINKED), 1)]
    done = run("check", "--file", str(written(tmp_path / name, rows)), "--type", "marketing", "--format", "jsonl")
    found = [[finding["quote"] for finding in record["findings"]] for record in records(done)]
    assert found == [["全国第一"], ["", "https://www.example.cn/a"]]


def test_several_files_follow_each_other(tmp_path: Path) -> None:
    first = written(tmp_path / "a.csv", [{"id": "a", "type": "", "text": LAWFUL}])
    second = written(tmp_path / "b.txt", [{"text": UNLAWFUL}])
    done = run("check", "-f", str(first), "-f", str(second), "--format", "jsonl")
    assert [record["id"] for record in records(done)] == ["a", "1"]


BAD_LINES = {
    2: ("not json", "", "not JSON: Expecting value in column 1"),
    256: ('{"text": 7}', "text", "is not a string; put it into quotes"),
    257: ('{"colour": "red"}', "colour", "unknown field 'colour'"),
    258: ('{"text": "a", "type": "advert"}', "type", "'advert' is no template type"),
    300: (json.dumps({"text": "长" * 2001}), "text", "length is 2001, limit is 2000"),
    301: ('{"text": "a", "profile": "nobody"}', "profile", "no profile has this name"),
    302: ('{"\\ud800": 1}', "\\ud800", "unknown field '\\ud800'"),
    303: ('{"text": "a", "send_at": "1969-12-31T00:00:00Z"}', "send_at", "must lie in the years 1970 to 9999"),
    600: ('{"text": "a", "send_at": "0001-01-01T00:00:00+08:00"}', "send_at", "is no RFC 3339 time"),
}


def test_a_bad_line_is_told_by_number_and_the_rest_goes_on_in_order(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    good = {"type": "notification", "text": LAWFUL}
    lines = [BAD_LINES[n][0] if n in BAD_LINES else json.dumps(good | {"id": f"t{n}"}) for n in range(1, 601)]
    path.write_text("\n".join(lines), encoding="utf-8")
    done = run("check", "--file", str(path), "--format", "jsonl", "--locale", "en")
    found = records(done)
    assert (done.exit_code, len(found)) == (2, 600)
    assert {n for n, record in enumerate(found, 1) if "error" in record} == set(BAD_LINES)
    told = done.stderr.splitlines()
    for report, (number, (_, field, problem)) in zip(told, BAD_LINES.items(), strict=True):
        error = found[number - 1]["error"]
        assert error["line"] == number
        assert error["field"] == field
        assert problem in error["message"]
        assert report.startswith(f"error: {path}:{number}: ")
        assert report.endswith(error["message"])
    assert all(found[n - 1]["id"] == f"t{n}" for n in range(1, 601) if n not in BAD_LINES)


def test_every_bad_line_is_told_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    rows = [content for content, *_ in BAD_LINES.values()] + [
        '{"text": "a", "text": "b"}',
        '{"text": "\\ud800"}',
        "{}",
        "[]",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    done = run("check", "--file", str(path))
    told = [line.partition(" 行: ")[2] for line in done.stdout.splitlines() if "无法读取  " in line]
    assert (len(told), done.stderr, done.exit_code) == (len(rows), "", 2)
    assert [line for line in told if not re.search(r"[\u4e00-\u9fff]", line.replace("…", ""))] == []
    errors = [record["error"]["message"] for record in records(run("check", "-f", str(path), "--format", "jsonl"))]
    assert all(line.endswith(message) for line, message in zip(told, errors, strict=True))
    english = run("check", "--file", str(path), "--locale", "en").stdout
    assert f"unreadable  {path} line 1: not JSON: Expecting value in column 1" in english


def test_an_output_file_appears_whole(templates: Path, tmp_path: Path) -> None:
    output = tmp_path / "verdicts.jsonl"
    output.write_text("old", encoding="utf-8")
    done = run("check", "--file", str(templates), "--format", "jsonl", "-o", str(output))
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(output.read_text(encoding="utf-8").splitlines()) == len(ROWS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["templates.jsonl", "verdicts.jsonl"]


def test_an_output_file_stays_as_it_was_where_an_input_cannot_be_read(templates: Path, tmp_path: Path) -> None:
    output = tmp_path / "verdicts.jsonl"
    output.write_text("old", encoding="utf-8")
    done = run("check", "-f", str(templates), "-f", str(tmp_path / "missing.txt"), "-o", str(output))
    assert done.exit_code == 2
    assert output.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["templates.jsonl", "verdicts.jsonl"]


def test_what_stands_before_a_file_that_cannot_be_read_is_checked(templates: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    done = run("check", "-f", str(templates), "-f", str(missing), "--format", "json")
    assert done.exit_code == 2
    assert done.stderr.endswith(f"error: {missing}：没有这个文件；请核对路径\n")
    assert len(json.loads(done.stdout)) == len(ROWS)


def test_reasons_are_chinese_unless_the_locale_is_english() -> None:
    told = [run("check", "--type", "marketing", "--locale", locale, UNLAWFUL).stdout for locale in ("zh", "en")]
    assert "“全国第一”属于绝对化用语" in told[0]
    assert "共检查 1 条: 通过 0 · 人工审核 0 · 拒绝 1" in told[0]
    assert "“全国第一” is absolute wording" in told[1]
    assert "1 checked: pass 0 · review 0 · reject 1" in told[1]
    assert run("check", "--type", "marketing", UNLAWFUL).stdout == told[0]


def test_options_speak_for_lines_that_do_not() -> None:
    linked = run("check", "--type", "notification", "--verified-domain", "EXAMPLE.cn", LINKED)
    assert linked.exit_code == 0
    beside = run("check", "--type", "marketing", "--signature", "代开发票", "--format", "jsonl", "会员8折，拒收请回复R")
    assert [finding["term"] for finding in records(beside)[0]["findings"]] == ["代开发票"]
    late = ["--type", "marketing", "--send-at", "2026-11-23T23:30:00+08:00", "【甲商城】会员8折，拒收请回复R"]
    assert "SW101 outside-send-window" in run("check", *late).stdout


async def test_a_server_gives_the_verdicts_of_this_process(templates: Path) -> None:
    arguments = ["check", "--file", str(templates), "--format", "jsonl", "--locale", "en"]
    with captured_logs():
        async with serving(real_engine()) as client:
            remote = await asyncio.to_thread(run, *arguments, "--server", f"127.0.0.1:{client.server.port}")
    here = run(*arguments)
    assert (remote.exit_code, remote.stdout, remote.stderr) == (here.exit_code, here.stdout, here.stderr)
    assert len(records(remote)) == len(ROWS)


async def test_what_a_server_keeps_is_told_with_its_case_and_ruling(tmp_path: Path) -> None:
    review, reject = "【甲商城】会员日全场8折，详情 example.cn/a 拒收请回复R", "【甲商城】全国第一好茶，会员8折"
    with captured_logs(), closing(fresh(SQLITE, tmp_path)) as store:
        async with serving(real_engine(), desk=store.desk) as client:
            options = ("--type", "marketing", "--tenant", "jia", "--server", f"127.0.0.1:{client.server.port}")

            async def checked(*arguments: str) -> str:
                return (await asyncio.to_thread(run, "check", *options, *arguments)).stdout

            passed = "【甲商城】会员日全场8折，拒收请回复R"
            one, other, third = json.loads(await checked("--format", "json", review, reject, passed))
            assert (third["decision"], third["verdict_id"], third["case"], third["ruling"]) == (
                "PASS",
                None,
                None,
                None,
            )
            assert list(one) == list(other) == list(third)
            assert (one["case"], one["machine_decision"], other["case"]) == (1, None, None)
            told = await checked(review, reject, passed)
            assert f"  检查结果 {one['verdict_id']} · 案件 1\n" in told
            assert f"  检查结果 {other['verdict_id']}\n" in told
            assert told.count("检查结果") == 2
            store.rule(store.desk.claim(ZHANG, 1), Decision.PASS)
            assert f"  检查结果 {one['verdict_id']} · 案件 1 · 裁决：通过（机审：人工审核）\n" in await checked(review)
            store.desk.file_appeal(JIA, other["verdict_id"], "“全国第一”是品牌名")
            store.decided(Outcome.REVERSED, store.desk.case(ZHANG, 2))
            for form in ("table", "html"):
                told = await checked("--locale", "en", "--format", form, reject)
                kept = f"verdict {other['verdict_id']} · case 2 · decision on the appeal: pass (machine: reject)"
                assert kept in told


async def test_templates_on_which_a_server_fails_are_told_by_line(tmp_path: Path) -> None:
    def fail(templates: Sequence[Template], _: object) -> None:
        if any("乙商城" in template.text for template in templates):
            raise RuntimeError("out of order")

    source, output = tmp_path / "two.txt", tmp_path / "verdicts.jsonl"
    source.write_text(f"{LAWFUL}\n" * 256 + "【乙商城】您好\n", encoding="utf-8")
    with captured_logs():
        async with serving(ObservedEngine(fail)) as client:
            server = f"127.0.0.1:{client.server.port}"
            arguments = ["check", "-f", str(source), "--format", "jsonl", "-o", str(output), "--server", server]
            done = await asyncio.to_thread(run, *arguments)
    assert (done.exit_code, done.stderr) == (2, f"error: {source}:257: 服务器内部错误；请稍后重试，或查看服务器日志\n")
    *good, bad = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert {record["decision"] for record in good} == {"PASS"}
    assert (len(good), bad["error"]["line"], bad["error"]["is_checked"]) == (256, 257, False)


def test_a_server_that_is_not_there_is_told_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "FIRST_WAIT_SECONDS", 0.0)
    for locale, told in (("zh", "服务器 127.0.0.1:1 没有应答"), ("en", "the server 127.0.0.1:1 does not answer")):
        output = str(tmp_path / "verdicts.txt")
        done = run("check", "--server", "127.0.0.1:1", "--locale", locale, "-o", output, LAWFUL)
        assert done.exit_code == 2
        assert done.stderr.startswith(f"error: {told}")
        assert "moderation serve" in done.stderr
    assert list(tmp_path.iterdir()) == []


async def test_a_server_without_a_ruleset_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "FIRST_WAIT_SECONDS", 0.0)
    with captured_logs():
        async with serving(None) as client:
            arguments = ("check", "--server", f"127.0.0.1:{client.server.port}", LAWFUL)
            chinese = await asyncio.to_thread(run, *arguments)
            english = await asyncio.to_thread(run, *arguments, "--locale", "en")
    assert (chinese.exit_code, english.exit_code) == (2, 2)
    assert "还没有加载规则集；请稍后重试" in chinese.stderr
    assert "has not loaded its ruleset yet; try again" in english.stderr


async def test_a_template_is_not_blamed_for_a_store_that_is_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> NoReturn:
        raise DeskError(DeskReason.STORE_UNAVAILABLE, BUSY)

    with captured_logs(), closing(fresh(SQLITE, tmp_path)) as store:
        monkeypatch.setattr(store.desk, "record", down)
        async with serving(real_engine(), desk=store.desk) as client:
            arguments = ("check", "--type", "marketing", "--server", f"127.0.0.1:{client.server.port}", UNLAWFUL)
            done = {
                form: await asyncio.to_thread(run, *arguments, *form.split())
                for form in ("--format table", "--format jsonl", "--format html", "--locale en")
            }
    assert {one.exit_code for one in done.values()} == {2}
    assert "未检查  第 1 行: 存储或服务器暂不可用：连不上或正忙；请稍后重试" in done["--format table"].stdout
    assert "无法读取" not in done["--format table"].stdout + done["--format html"].stdout
    assert "未检查</strong> 第 1 行" in done["--format html"].stdout
    assert "not checked  line 1: the store cannot be reached or is busy; try again" in done["--locale en"].stdout
    (record,) = records(done["--format jsonl"])
    assert record["error"]["is_checked"] is False
    assert record["error"]["message"] in done["--format jsonl"].stderr


@pytest.mark.parametrize(("lines", "codes"), [(2, {0, 141}), (2000, {141})])
def test_a_reader_that_stops_reading_sees_no_traceback(lines: int, codes: set[int], tmp_path: Path) -> None:
    """Two lines may all be written before the reader stops."""
    source = tmp_path / "many.txt"
    source.write_text(f"{LAWFUL}\n" * lines, encoding="utf-8")
    command = [sys.executable, "-m", "moderation.cli.main", "check", "-f", str(source), "--format", "jsonl"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read().decode()
    assert told == ""
    assert process.returncode in codes


def commands(group: typer.core.TyperGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command that runs something, with the words that call it."""
    for name, command in group.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(commands(typer.main.get_group(app)))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example_that_parses(path: tuple[str, ...]) -> None:
    done = run(*path, "--help")
    assert done.exit_code == 0
    assert f"Example: moderation {' '.join(path)} " in done.stdout
    command = COMMANDS[path]
    for example in (command.epilog or "").removeprefix("Example: ").split(" · "):
        words = shlex.split(example)
        assert tuple(words[: len(path) + 1]) == ("moderation", *path)
        command.make_context("moderation", words[len(path) + 1 :])


def test_the_commands_that_the_documentation_names_are_there() -> None:
    assert {" ".join(path) for path in COMMANDS} >= {
        "check",
        "serve",
        "train model",
        "train characters",
        "eval",
        "rule list",
        "rule explain",
    }
    top = run("--help")
    assert top.exit_code == 0
    assert all(path[0] in top.stdout for path in COMMANDS)
    assert re.fullmatch(r"moderation \d+\.\d+\.\d+\S*\n", run("--version").stdout)


def test_laws_are_listed_in_the_order_of_their_articles() -> None:
    listed = json.loads(run("law", "list", "--format", "json").stdout)
    articles = [law["article"] for law in listed if law["name"] == "广告法"]
    chosen = ["第八条第二款", "第九条第三项", "第九条第九项", "第十一条", "第二十条", "第二十三条", "第四十三条第二款"]
    assert [article for article in articles if article in chosen] == chosen


def test_rules_are_listed_by_category_and_severity() -> None:
    everything = json.loads(run("rule", "list", "--format", "json").stdout)
    assert [record["id"] for record in everything] == [rule.id for rule in RULES]
    chosen = json.loads(
        run("rule", "list", "--category", "absolute-wording", "--severity", "reject", "--format", "json").stdout
    )
    expected = [rule.id for rule in RULES if (rule.category, rule.severity) == ("ABSOLUTE_WORDING", "REJECT")]
    assert [record["id"] for record in chosen] == expected != []


def test_the_table_of_rules_holds_every_rule() -> None:
    table = run("rule", "list").stdout
    assert all(re.search(rf"^{rule.id} .*{re.escape(rule.name)}", table, re.M) for rule in RULES)
    assert table.endswith(f"{len(RULES)} rules\n")


@pytest.mark.parametrize("key", ["AW101", "aw101", "absolute-term", "Absolute-Term"])
def test_a_rule_is_explained_by_id_and_by_name(key: str) -> None:
    done = run("rule", "explain", key)
    assert done.exit_code == 0
    rule = next(rule for rule in RULES if rule.id == "AW101")
    for told in (rule.id, rule.name, rule.message["zh"], rule.why, str(rule.when), *(bad.text for bad in rule.bad)):
        assert told in done.stdout
    english = json.loads(run("rule", "explain", key, "--format", "json", "--locale", "en").stdout)
    assert english["message"] == rule.message["en"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["explain", "absolute-trem"], "error: no rule 'absolute-trem'; did you mean absolute-term"),
        (["explain", "????"], "error: no rule '????'; see moderation rule list"),
        (["list", "--category", "nonsense"], "error: --category: 'nonsense' is unknown; use ABSOLUTE_WORDING, "),
        (["list", "--severity", "mild"], "error: --severity: 'mild' is unknown; use REJECT, REVIEW, ADVICE, SHADOW"),
    ],
)
def test_a_rule_that_is_not_there_is_told(arguments: list[str], message: str) -> None:
    done = run("rule", *arguments)
    assert done.exit_code == 2
    assert message in done.stderr

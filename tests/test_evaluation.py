"""Labels, counts and intervals, bounds, and `moderation eval` on labelled files."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from corpora import CORPUS, LIBRARY
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from moderation.cli.main import app
from moderation.evaluation.rates import Counts, Share, wilson
from moderation.evaluation.truth import LAWFUL_TRUTH, LabelError, Reading, Truth
from moderation.rules.rule import ReasonCategory
from moderation.verdict import Decision

PROHIBITED, ABSOLUTE = ReasonCategory.PROHIBITED_CONTENT, ReasonCategory.ABSOLUTE_WORDING
BOUNDS = CORPUS / "bounds.json"
LABELLED: list[dict[str, Any]] = [
    {"id": "fine", "text": "【甲物流】您的快递已到，请凭取件码${code}领取", "type": "notification", "label": "courier"},
    {"text": "【甲商城】全国第一，全场39元起，拒收请回复R", "type": "marketing", "expect": ["ABSOLUTE_WORDING"]},
    {"text": "【甲娱乐】真人荷官在线发牌，注册送彩金，拒收请回复R", "type": "marketing", "risk": "gambling"},
    {"text": "【甲商城】代开发票，点数低，电话13800000000", "type": "marketing", "decision": "reject"},
    {"text": "【甲银行】您尾号1234的账户收入100元", "type": "notification", "decision": "PASS", "title": "movement"},
    {"text": "【甲商城】您的订单已发货", "type": "notification", "risk": "fraud", "label": "courier"},
    {"text": "【甲商城】顶级面料，全场39元起，拒收请回复R", "type": "marketing", "expect": []},
]
pytestmark = pytest.mark.usefixtures("loads_once")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["eval", *map(str, arguments)])


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    return write(tmp_path / "labelled.jsonl", LABELLED)


@pytest.mark.parametrize(
    ("row", "truth"),
    [
        ({"decision": "PASS"}, Truth(Decision.PASS, is_bad=False, is_prohibited=False, kind="normal")),
        ({"decision": "review"}, Truth(Decision.REVIEW, is_bad=True)),
        ({"expect": []}, Truth(Decision.PASS, is_bad=False, is_prohibited=False, categories=frozenset())),
        (
            {"expect": [{"category": "PROHIBITED_CONTENT", "quote": "彩金"}, "absolute_wording"]},
            Truth(is_bad=True, is_prohibited=True, categories=frozenset((PROHIBITED, ABSOLUTE))),
        ),
        ({"risk": "normal"}, Truth(is_bad=False, is_prohibited=False, kind="normal")),
        ({"risk": "gambling"}, Truth(is_bad=True, is_prohibited=True, kind="gambling")),
        ({"risk": True}, Truth(is_bad=True, is_prohibited=True)),
        ({"label": "REJECT"}, Truth(Decision.REJECT, is_bad=True, own="REJECT")),
        ({"label": " spam "}, Truth(is_bad=True, own="spam")),
        ({"label": 0}, Truth(is_bad=False, is_prohibited=False, kind="normal", own="0")),
        ({"label": "escort"}, Truth(is_bad=True, is_prohibited=True, kind="escort", own="escort")),
        (
            {"label": "PROHIBITED_CONTENT"},
            Truth(is_bad=True, is_prohibited=True, categories=frozenset((PROHIBITED,)), own="PROHIBITED_CONTENT"),
        ),
        ({"label": "AD:Retail"}, Truth(own="AD:Retail")),
        (
            {"label": "courier", "risk": "fraud"},
            Truth(is_bad=True, is_prohibited=True, kind="fraud", own="courier"),
        ),
        (
            {"decision": "PASS", "expect": ["ABSOLUTE_WORDING"]},
            Truth(Decision.PASS, is_bad=False, is_prohibited=False, kind="normal", categories=frozenset((ABSOLUTE,))),
        ),
    ],
)
def test_what_labels_say(row: dict[str, Any], truth: Truth) -> None:
    assert Reading().truth_of(row) == truth


@pytest.mark.parametrize(
    ("name", "is_bad"), [("AD:Loan", False), ("Other", False), ("FR:Other", True), ("normal", True)]
)
def test_classes_of_a_file_are_lawful_by_pattern(name: str, is_bad: bool) -> None:
    truth = Reading("class", ("AD:*", "Other")).truth_of({"class": name})
    assert truth == Truth(is_bad=is_bad, is_prohibited=None if is_bad else False, own=name)


def test_classes_of_a_file_are_prohibited_by_pattern() -> None:
    reading = Reading("class", ("AD:*",), ("IL:*",))
    assert reading.truth_of({"class": "IL:Gambling"}) == Truth(is_bad=True, is_prohibited=True, own="IL:Gambling")
    assert reading.idle(["AD:Loan", "IL:Gambling"]) == []
    assert reading.idle(["AD:Loan"]) == ["IL:*"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"text": "您好"}, "has no label; give decision, expect, label, risk"),
        ({"label": None}, "has no label"),
        ({"decision": "maybe"}, "write PASS, REVIEW or REJECT"),
        ({"expect": "ABSOLUTE_WORDING"}, "write a list of categories"),
        ({"expect": ["WORDING"]}, "names 'WORDING'; the categories are ABSOLUTE_WORDING, "),
        ({"risk": "murder"}, "one of contraband, escort"),
        ({"label": ["a"]}, "write a name or a number"),
        ({"label": "  "}, "write the name of a class"),
        ({"label": "a\udfff"}, "write the name of a class"),
        ({"decision": "REJECT", "expect": []}, "decision and expect contradict each other"),
        ({"decision": "PASS", "risk": "gambling"}, "decision and risk contradict each other"),
        ({"expect": ["MISSING_OPT_OUT"], "risk": "gambling"}, "expect and risk contradict each other"),
        ({"risk": "normal", "label": "spam"}, "risk and label contradict each other"),
    ],
)
def test_labels_that_say_nothing(row: dict[str, Any], told: str) -> None:
    with pytest.raises(LabelError, match=told):
        Reading().truth_of(row)


def test_a_text_without_a_label_may_be_said_to_be_lawful() -> None:
    assert Reading(unlabelled_lawful=True).truth_of({"text": "您好"}) == LAWFUL_TRUTH


def test_intervals_of_shares() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(10, 10)[1] == pytest.approx(1.0)
    low, high = wilson(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert Share(0, 0).value is None


def test_precision_recall_and_f1() -> None:
    counts = Counts(found=6, wrong=2, missed=4)
    assert (counts.precision.value, counts.recall.value) == (0.75, 0.6)
    assert counts.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))
    assert Counts().f1 is None


@given(*[st.integers(0, 500)] * 3)
def test_f1_lies_in_its_interval(found: int, wrong: int, missed: int) -> None:
    counts = Counts(found, wrong, missed)
    low, high = counts.f1_interval
    assert 0 <= low <= (low if counts.f1 is None else counts.f1 + 1e-9)
    assert (high if counts.f1 is None else counts.f1) <= high + 1e-9 <= 1 + 2e-9


def test_systems_categories_and_errors_are_counted(labelled: Path) -> None:
    result = run(labelled, "--format", "json")
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    assert (record["texts"], record["labelled_bad"], record["degraded"]) == (7, 4, 0)
    both = record["systems"]["both"]
    assert (both["stopped"]["found"], both["stopped"]["wrong"], both["stopped"]["missed"]) == (3, 1, 1)
    assert both["right"]["hits"] == 4
    assert both["right"]["total"] == 6
    assert both["categories"]["ABSOLUTE_WORDING"] == record["systems"]["rules"]["categories"]["ABSOLUTE_WORDING"]
    assert both["categories"]["ABSOLUTE_WORDING"]["precision"]["hits"] == 1
    assert both["categories"]["ABSOLUTE_WORDING"]["precision"]["total"] == 2
    assert record["systems"]["model"]["categories"].keys() == {"ABSOLUTE_WORDING"}
    assert record["classes"]["courier"]["both"] == {"PASS": 2, "REVIEW": 0, "REJECT": 0}
    decided = next(one for one in record["matrices"] if one["title"] == "decision: labelled, and made by both")
    assert decided["rows"] == {
        "PASS": {"PASS": 1, "REVIEW": 0, "REJECT": 1},
        "REJECT": {"PASS": 0, "REVIEW": 0, "REJECT": 1},
    }
    types = next(one for one in record["matrices"] if one["title"].startswith("type"))
    assert sum(sum(row.values()) for row in types["rows"].values()) == 7
    assert [one["text"] for one in record["false_alarms"]] == [LABELLED[6]["text"]]
    assert [one["text"] for one in record["misses"]] == [LABELLED[5]["text"]]
    assert "fields that were not read: title (1)" in result.stderr


def test_the_table_shows_errors_without_texts_too(labelled: Path) -> None:
    shown, hidden = run(labelled).stdout, run(labelled, "--no-texts").stdout
    assert LABELLED[6]["text"] in shown
    assert "顶级面料" not in hidden
    assert f"{labelled}:7 REJECT, prohibited 0." in hidden
    assert "none" in run(labelled, "--worst", "0").stdout


class _Page(HTMLParser):
    """Collects the elements of a page, and what it would fetch."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.fetched: list[str] = []
        self.words = ""
        self.ids: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.fetched += [
            f"{tag} {value}"
            for name, value in attrs
            if name in ("src", "href", "xlink:href") and not (value or "").startswith("#")
        ]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_needs_nothing_else(labelled: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    marked = {"text": "【甲商城】<b>好</b>&全国第一，拒收请回复R", "expect": [], "type": "marketing"}
    written = write(tmp_path / "more.jsonl", [marked])
    assert run(labelled, written, "--html", page).exit_code == 0
    found = _Page(page.read_text(encoding="utf-8"))
    assert found.elements.count("svg") == 3
    assert found.fetched == []
    assert len(found.ids) == len(set(found.ids)) > 0
    assert "script" not in found.elements
    assert "b" not in found.elements
    assert "<b>好</b>&全国第一" in found.words
    again = tmp_path / "again.html"
    assert run(labelled, written, "--html", again).exit_code == 0
    assert again.read_text(encoding="utf-8") == page.read_text(encoding="utf-8")
    assert run(labelled, written, "--html", page, "--no-texts").exit_code == 0
    assert "全国" not in page.read_text(encoding="utf-8")


def test_measures_below_stored_bounds_fail(labelled: Path, tmp_path: Path) -> None:
    bounds = tmp_path / "bounds.json"
    assert run(labelled, "--write-bounds", bounds).exit_code == 0
    assert run(labelled, "--bounds", bounds).exit_code == 0
    stored = json.loads(bounds.read_text(encoding="utf-8"))
    assert stored["both/stopped/precision"] == 0.75
    bounds.write_text(json.dumps({**stored, "both/stopped/precision": 0.76, "both/PRIVACY/recall": 0.5}))
    result = run(labelled, "--bounds", bounds)
    assert result.exit_code == 1
    assert "below its bound: both/stopped/precision: 0.7500, bound 0.76" in result.stderr
    assert "below its bound: both/PRIVACY/recall: not measured, bound 0.5" in result.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[1]", "no JSON object"),
        ("{", "write it with"),
        ('{"right": 2}', "a number from 0 to 1"),
        (None, "No such file"),
    ],
)
def test_bounds_that_cannot_be_read(labelled: Path, tmp_path: Path, content: str | None, told: str) -> None:
    bounds = tmp_path / "bounds.json"
    if content is not None:
        bounds.write_text(content, encoding="utf-8")
    result = run(labelled, "--bounds", bounds)
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"text": "您好"', ":1: not JSON"),
        ('{"text": "您好"}', ":1: has no label"),
        ('{"label": "spam"}', ":1: has no field 'text' but label; name that of the text by --text"),
        ('{"text": "", "label": "spam"}', ":1: text is missing"),
        ('{"text": "您好", "label": "spam", "profile": "nosuch"}', ":1: profile 'nosuch' is unknown; use aliyun, "),
        ('{"text": "您好", "label": "spam", "type": "advert"}', ":1: type 'advert' is no template type"),
        ('{"text": "您好", "label": "spam", "verified_domains": "example.cn"}', ":1: verified_domains is no list"),
        ("", "no labelled text"),
    ],
)
def test_rows_that_cannot_be_read(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(line + "\n", encoding="utf-8")
    result = run(file)
    assert result.exit_code == 2
    assert told in result.stderr


def test_files_of_one_name_are_told_apart_and_read_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "same.jsonl", LABELLED[1:2])
    record = json.loads(run(tmp_path, "--format", "json").stdout)
    assert set(record["classes"]) == {str(tmp_path / name / "same.jsonl") for name in ("a", "b")}
    twice = run(tmp_path, tmp_path / "a" / "same.jsonl")
    assert (twice.exit_code, "is given twice" in twice.stderr) == (2, True)


def test_expected_advice_that_was_given_leaves_open_whether_the_text_may_pass(tmp_path: Path) -> None:
    rows = [
        {"text": "【甲商城】您的订单★已发货", "type": "notification", "expect": ["FORMAT"]},
        LABELLED[0] | {"risk": "normal"},
    ]
    record = json.loads(run(write(tmp_path / "advice.jsonl", rows), "--format", "json").stdout)
    assert record["unknown"] == {"advice.jsonl": 1}
    assert record["systems"]["both"]["categories"]["FORMAT"]["recall"]["share"] == 1.0
    assert record["misses"] == []


def test_classes_that_say_nothing_are_told_and_measure_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "own.jsonl", [{"text": "【甲物流】您的快递已到", "label": "courier"}])
    result = run(file)
    assert result.exit_code == 2
    assert "of 1 it is not known whether they may be sent: courier (1); see --lawful" in result.stdout
    assert "nothing was measured" in result.stderr
    assert run(file, "--write-bounds", tmp_path / "bounds.json").exit_code == 2
    idle = run(file, "--lawful", "AD:*")
    assert (idle.exit_code, "no class matches 'AD:*'; the classes are courier" in idle.stderr) == (2, True)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--html", "none/report.html"), "its directory does not exist"),
        (("--write-bounds", "."), "is a directory"),
        (("--html", "labelled.jsonl"), "lies in what is measured"),
        (("--bounds", "labelled.jsonl", "--write-bounds", "bounds.json"), "exclude each other"),
        (("--measured", "measured.json"), "is for the directory of the five collections"),
    ],
)
def test_options_that_cannot_be_followed(
    labelled: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(labelled.parent)
    before = labelled.read_bytes()
    result = run(labelled, *options)
    assert (result.exit_code, told in result.stderr) == (2, True)
    assert labelled.read_bytes() == before


def test_control_characters_of_texts_are_escaped(tmp_path: Path) -> None:
    rows = [{"text": "【甲商城】全国第一\n\x1b[2J，拒收请回复R", "type": "marketing", "expect": []}]
    result = run(write(tmp_path / "control.jsonl", rows), "--html", tmp_path.parent / "control.html")
    assert "全国第一\\n\\x1b[2J" in result.stdout
    assert "\x1b" not in (tmp_path.parent / "control.html").read_text(encoding="utf-8")


def test_fields_of_other_names_and_a_type_for_all(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"sms": "【甲商城】夏凉被两件装159元，拒收请回复R", "class": "AD:Retail", "text": 7},
        {"sms": "【甲娱乐】真人荷官在线发牌，注册送彩金", "class": "IL:Gambling"},
    ]
    options = ("--text", "sms", "--label", "class", "--lawful", "AD:*", "--type", "marketing", "--format", "json")
    result = run(write(tmp_path / "other.jsonl", rows), *options)
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    assert record["systems"]["both"]["right"]["hits"] == 2
    assert set(record["classes"]) == {"AD:Retail", "IL:Gambling"}
    assert record["systems"]["both"]["prohibited"]["recall"]["total"] == 0
    assert run(tmp_path, "--type", "advert").exit_code == 2
    assert run(tmp_path / "none.jsonl").exit_code == 2


def test_the_corpus_is_within_its_bounds() -> None:
    """Raise the bounds after an improvement: give `--write-bounds tests/corpus/bounds.json` instead."""
    paths = (CORPUS / "lawful", LIBRARY, CORPUS / "unlawful")
    result = run(*paths, "--unlabelled-lawful", "--no-texts", "--worst", "0", "--bounds", BOUNDS)
    assert result.exit_code == 0, result.stderr

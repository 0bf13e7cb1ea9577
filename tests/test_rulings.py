"""Rulings: what reviewers decided becomes training text, and every wrong line is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from moderation.match.classifier import LAWFUL
from moderation.train.rulings import RulingsError, load_rulings

KINDS = frozenset(("fraud", "gambling"))


def rulings(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
    path.write_bytes(b"\n".join(lines))
    return path


def test_rulings_teach_what_people_decided(tmp_path: Path) -> None:
    found = load_rulings(
        rulings(
            tmp_path / "rulings.jsonl",
            {
                "text": "【甲影院】狼人杀剧本推理今晚开局",
                "ruling": "PASS",
                "type": "MARKETING",
                "industry": "ENTERTAINMENT",
            },
            {"text": "开局就送，提款秒到", "ruling": "REJECT", "risk": "gambling"},
            {"text": "【甲商城】全场五折", "ruling": "REJECT"},
        ),
        KINDS,
    )
    assert [(one.risk, one.type, one.industry, one.source) for one in found] == [
        (LAWFUL, "MARKETING", "ENTERTAINMENT", "rulings"),
        ("gambling", "", "", "rulings"),
        ("", "", "", "rulings"),
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (b"{", "write one JSON object a line"),
        (b'"text"', "not a JSON object"),
        (b'{"text": "\xff"}', "in UTF-8"),
        ({"ruling": "PASS"}, "'text' is no text of 1 to "),
        ({"text": "", "ruling": "PASS"}, "'text' is no text of 1 to "),
        ({"text": "您好", "ruling": "MAYBE"}, "'ruling' is 'MAYBE'; write PASS or REJECT"),
        (
            {"text": "您好", "ruling": "REJECT", "risk": "noise"},
            "'risk' is 'noise'; leave it out, or write one of fraud",
        ),
        ({"text": "您好", "ruling": "PASS", "risk": "fraud"}, "was let pass"),
        ({"text": "您好", "ruling": "PASS", "type": "CALL"}, "'type' is 'CALL'"),
        ({"text": "您好", "ruling": "PASS", "industry": "MOON"}, "'industry' is 'MOON'"),
    ],
)
def test_a_wrong_line_is_told_and_so_are_all_others(row: object, problem: str, tmp_path: Path) -> None:
    with pytest.raises(RulingsError) as caught:
        load_rulings(rulings(tmp_path / "rulings.jsonl", {"text": "您好", "ruling": "PASS"}, row, row), KINDS)
    second, third = caught.value.problems
    assert second.startswith("rulings.jsonl:2: ")
    assert third.startswith("rulings.jsonl:3: ")
    assert problem in second


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulingsError, match=r"cannot read rulings\.jsonl: No such file or directory"):
        load_rulings(tmp_path / "rulings.jsonl", KINDS)

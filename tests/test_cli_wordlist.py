"""`moderation wordlist list|variants`: every spelling with its reason, all of them found; errors with exit code 2."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from moderation.cli.main import app
from moderation.engine import Engine
from moderation.match.wordlist import VARIANT_KINDS
from moderation.match.wordlist_file import load_directory
from moderation.shipped import directory
from moderation.text.template import Template, TemplateType

RUNNER = CliRunner()


def run(*arguments: str) -> str:
    done = RUNNER.invoke(app, ["wordlist", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def variants(*arguments: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(run("variants", *arguments, "--format", "json"))
    return told


def test_list_names_every_wordlist_with_its_kinds() -> None:
    loaded = load_directory(directory("wordlists"))
    table = run("list")
    assert [one.id for one in loaded if f"\n{one.id} " not in table] == []
    records = json.loads(run("list", "--format", "json"))
    assert {one["id"]: one["kinds"] for one in records} == {one.id: sorted(one.variants) for one in loaded}


def test_every_spelling_is_told_with_how_it_comes_about() -> None:
    told = variants("没有风险")
    assert told["wordlists"][0]["id"] == "finance/guarantee"
    kinds = {one["spelling"]: one["kinds"] for one in told["variants"]}
    assert kinds["莫得风险"] == ["dialect:sichuan"]
    assert kinds["沒有风险"] == ["traditional"]
    assert told["total"] == len(kinds) > 100
    confidences = [one["confidence"] for one in told["variants"]]
    assert confidences == sorted(confidences, reverse=True)
    table = run("variants", "没有风险")
    assert "莫得风险" in table
    assert "四川话" in table or "川渝" in table


@pytest.mark.parametrize("word", ["没有风险", "稳赚不赔", "代开发票"])
def test_the_spellings_that_are_told_are_found(engine: Engine, word: str) -> None:
    told = [one["spelling"] for one in variants(word)["variants"]]
    templates = [Template(f"【甲商城】{one}，拒收请回复R", type=TemplateType.MARKETING) for one in told]
    verdicts = engine.check_many(templates)
    lost = [one for one, verdict in zip(told, verdicts, strict=True) if not any(f.span for f in verdict.findings)]
    assert len(lost) < 0.03 * len(told), lost


def test_a_kind_shows_what_is_found_by_that_kind_alone() -> None:
    told = variants("代开发票", "--kind", "split")
    assert {kind for one in told["variants"] for kind in one["kinds"]} == {"split"}
    every = {one["spelling"] for one in variants("代开发票")["variants"]}
    assert {one["spelling"] for one in told["variants"]} <= every
    assert {kind for one in variants("加微信", "--kind", "dialect")["variants"] for kind in one["kinds"]} <= {"dialect"}


def test_a_word_in_no_list_gets_every_kind() -> None:
    told = variants("包你满意度")
    assert told["wordlists"] == []
    assert set(told["kinds"]) == VARIANT_KINDS
    assert told["variants"]
    assert "不在任何词表中" in run("variants", "包你满意度")
    assert "in no wordlist" in run("variants", "包你满意度", "--locale", "en")


def test_a_limit_takes_the_surest() -> None:
    assert variants("没有风险", "--limit", "3")["variants"] == variants("没有风险")["variants"][:3]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([" "], "the word is empty"),
        (["没有" * 13], "at most 24 characters"),
        (["没有\n风险"], "on one line"),
        (["没有风险", "--kind", "x"], "--kind: 'x' is unknown; use dialect"),
        (["没有风险", "--dialects", "/nowhere"], "there is no such directory"),
        (["没有风险", "--wordlists", "/nowhere"], "there is no such directory"),
    ],
)
def test_errors_say_how_to_mend_them(arguments: list[str], message: str) -> None:
    done = RUNNER.invoke(app, ["wordlist", "variants", *arguments])
    assert done.exit_code == 2
    assert message in done.stderr

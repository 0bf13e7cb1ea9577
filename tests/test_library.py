"""Ready-made templates: found by words, type and industry, and all of them pass."""

from __future__ import annotations

import json

import pytest
from corpora import LIBRARY
from typer.testing import CliRunner

from moderation.cli.main import app
from moderation.engine import Engine
from moderation.library import load_library, search
from moderation.text.template import Industry, Template, TemplateType
from moderation.verdict import Decision, Policy

TEMPLATES = load_library(LIBRARY)


def test_every_template_of_the_library_passes(engine: Engine) -> None:
    verdicts = engine.check_many(
        [Template(one.text, signature=one.signature, type=one.type, industry=one.industry) for one in TEMPLATES],
        [Policy(frozenset(one.verified_domains)) for one in TEMPLATES],
    )
    assert [
        one.id for one, verdict in zip(TEMPLATES, verdicts, strict=True) if verdict.decision is not Decision.PASS
    ] == []


def test_what_shares_most_words_comes_first() -> None:
    first = search(TEMPLATES, ["取件码"])[0]
    assert "取件码" in first.title + first.text
    assert search(TEMPLATES, ["完全不存在的词语组合甲乙丙"]) == [] or all(
        any(piece in one.title + one.text for piece in ("完全", "全不", "不存", "存在", "词语", "语组", "组合"))
        for one in search(TEMPLATES, ["完全不存在的词语组合甲乙丙"])
    )


def test_type_and_industry_narrow_the_search() -> None:
    found = search(TEMPLATES, [], kind=TemplateType.OTP, industry=Industry.FINANCE)
    assert found
    assert {(one.type, one.industry) for one in found} == {(TemplateType.OTP, Industry.FINANCE)}


def test_the_command_finds_and_shows() -> None:
    runner = CliRunner()
    found = runner.invoke(app, ["template", "search", "取件", "--limit", "2", "--format", "json"])
    records = json.loads(found.stdout)
    assert (found.exit_code, len(records)) == (0, 2)
    shown = runner.invoke(app, ["template", "show", records[0]["id"]])
    assert json.loads(shown.stdout)["text"] == records[0]["text"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["template", "show", "no-such-id"], "no template 'no-such-id'"),
        (["template", "search", "--type", "letter"], "'letter' is no template type"),
        (["template", "search", "--industry", "moon"], "'moon' is no industry"),
        (["law", "list", "--valid-at", "yesterday"], "'yesterday' is no date"),
    ],
)
def test_bad_usage_is_told(arguments: list[str], told: str) -> None:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert told in done.stderr


def test_laws_hold_from_a_day_on() -> None:
    runner = CliRunner()
    early = json.loads(runner.invoke(app, ["law", "list", "--valid-at", "2018-01-01", "--format", "json"]).stdout)
    late = json.loads(runner.invoke(app, ["law", "list", "--format", "json"]).stdout)
    assert {law["name"] for law in early} == {"电信条例"}
    assert len(late) > len(early)
    assert all(law["rules"] for law in late)

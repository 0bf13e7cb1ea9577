"""Rates of the whole check on a small corpus of invented texts, and the goals against them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from collections_of_texts import collections, families, marked, write
from typer.testing import CliRunner

from moderation.cli.evaluate import COLLECTIONS
from moderation.cli.main import app
from moderation.engine import Engine
from moderation.match.classifier import LAWFUL
from moderation.rules.rule import ReasonCategory
from moderation.text.template import Template, TemplateType
from moderation.train import corpus
from moderation.train.collection_rates import GOALS, Evaluation, Goal, Tally, evaluate
from moderation.train.corpus import READERS
from moderation.verdict import Decision

PROHIBITED, LINK = ReasonCategory.PROHIBITED_CONTENT, ReasonCategory.UNVERIFIED_LINK
SERVICE = [
    {"text": f"【甲商城】您的订单{marked(1)}已发货，请留意查收", "type_guess": "logistics"},
    {"text": f"【甲商城】您的{marked(2)}已发货，详情 https://www.example.cn/a", "type_guess": "logistics"},
    {"text": f"【甲商城】代开发票{marked(3)}，您的订单已发货", "type_guess": "logistics"},
    {"text": f"【甲商城】您预约的{marked(4)}已确认", "type_guess": "service"},
]
OURS = families(6, ("good", LAWFUL, "NOTIFICATION", "RETAIL", 2000))


@pytest.fixture(scope="module", autouse=True)
def few_families() -> Iterator[None]:
    """Ours are grouped together with the collections, and not measured."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus, "load_families", lambda: OURS)
        yield


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("data"), service_sms=SERVICE)


@pytest.fixture(scope="module")
def evaluation(engine: Engine, data: Path) -> Evaluation:
    return evaluate(engine, data, report=lambda line: None)


def test_a_category_counts_once_a_text(engine: Engine, evaluation: Evaluation) -> None:
    tally = evaluation.everything["service"]
    verdicts = [engine.check(Template(row["text"], type=TemplateType.NOTIFICATION)) for row in SERVICE]
    assert tally.texts == 4
    assert sum(tally.decisions.values()) == 4
    for decision in Decision:
        assert tally.decisions[decision] == sum(verdict.decision is decision for verdict in verdicts)
    assert (tally.share(LINK), tally.share(PROHIBITED), tally.share(None)) == (0.25, 0.25, 0.25)
    assert tally.share(ReasonCategory.PROFANITY) == 0.0


def test_every_text_counts_for_its_kinds(evaluation: Evaluation) -> None:
    rows = collections()
    counted = {name: tally.texts for name, tally in evaluation.everything.items()}
    assert counted == {
        "service": 4,
        "marketing": len(rows["marketing_sms.jsonl"]),
        "personal": len(rows["personal_sms.jsonl"]),
        "IL:Gambling": 30,
        "IL": 30,
        "FR:Phishing(Bank)": 30,
        "FR": 30,
        "AD:Retail": 30,
        "AD": 30,
        "Other": 1,
        "variant: restored": 30,
        "variant: variant": 30,
        "variant: mixed": 1,
        "marketing, lawful": len(rows["marketing_sms.jsonl"]),
        "FR, unlawful": 30,
    }
    for name, tally in evaluation.held_out.items():
        assert 0 < tally.texts <= counted[name]
    assert evaluation.held_out["variant: restored"].texts == evaluation.held_out["variant: variant"].texts
    assert sum(tally.texts for tally in evaluation.held_out.values()) < sum(counted.values()) / 2


def test_advertising_is_checked_as_marketing(evaluation: Evaluation) -> None:
    assert evaluation.everything["AD:Retail"].share(ReasonCategory.MISSING_OPT_OUT) == 1.0
    assert evaluation.everything["marketing"].share(ReasonCategory.MISSING_OPT_OUT) == 0.0


def test_an_empty_tally_has_no_shares() -> None:
    assert (Tally().share(PROHIBITED), Tally().share(None)) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("share", "at_least", "is_met"),
    [
        (0.9, True, True),
        (0.95, True, True),
        (0.899, True, False),
        (0.9, False, True),
        (0.0, False, True),
        (0.91, False, False),
    ],
)
def test_a_goal_is_a_bound_on_one_side(share: float, at_least: bool, is_met: bool) -> None:
    assert Goal("service", PROHIBITED, 0.9, at_least=at_least, held_out=False).is_met(share) is is_met


@pytest.mark.parametrize(
    ("goal", "text"),
    [
        (Goal("service", PROHIBITED, 0.01, at_least=False, held_out=False), "service: PROHIBITED_CONTENT ≤ 1%"),
        (
            Goal("FR", None, 0.9, at_least=True, held_out=True),
            "FR (held out): PROHIBITED_CONTENT or GUARANTEED_RETURN ≥ 90%",
        ),
    ],
)
def test_a_goal_tells_itself(goal: Goal, text: str) -> None:
    assert str(goal) == text


def test_goals_are_measured_on_the_texts_that_they_name(evaluation: Evaluation) -> None:
    measured = dict(evaluation.goals())
    assert tuple(measured) == GOALS
    for goal, share in measured.items():
        tallies = evaluation.held_out if goal.held_out else evaluation.everything
        assert share == (tallies[goal.texts].share(goal.category) if goal.texts in tallies else 0.0)
    by_text = {str(goal): share for goal, share in measured.items()}
    assert by_text["service: PROHIBITED_CONTENT ≤ 1%"] == 0.25


def test_the_table_tells_met_and_missed_goals(evaluation: Evaluation) -> None:
    table = evaluation.table()
    assert "MISSED service: PROHIBITED_CONTENT ≤ 1%: measured 25.00%" in table
    assert "met    marketing, lawful: PROHIBITED_CONTENT ≤ 2%: measured 0.00%" in table
    assert sum(line.startswith(("met ", "MISSED ")) for line in table.splitlines()) == len(GOALS)
    assert table.count("\nvariant: restored ") == 2


def test_the_record_holds_the_same_numbers(evaluation: Evaluation) -> None:
    record = json.loads(json.dumps(evaluation.record()))
    service = record["all"]["service"]
    assert (service["texts"], service["unlawful"], service["categories"]["PROHIBITED_CONTENT"]) == (4, 1, 1)
    assert set(service["decisions"]) == set(Decision)
    assert len(record["goals"]) == len(GOALS)
    missed = {goal["goal"] for goal in record["goals"] if not goal["met"]}
    assert "service: PROHIBITED_CONTENT ≤ 1%" in missed


def test_the_command_prints_the_table_or_the_record(data: Path, evaluation: Evaluation) -> None:
    table = CliRunner().invoke(app, ["eval", str(data)])
    assert (table.exit_code, table.stdout) == (0, evaluation.table() + "\n")
    assert table.stderr.endswith(" texts\n")
    record = CliRunner().invoke(app, ["eval", str(data), "--format", "json"])
    assert json.loads(record.stdout) == evaluation.record()


def test_the_command_tells_what_it_cannot_read(data: Path, tmp_path: Path) -> None:
    for file in data.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "marketing_sms.jsonl").write_text("{}\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["eval", str(tmp_path)])
    assert done.exit_code == 2
    assert done.stderr.startswith("error: marketing_sms.jsonl:1: 'text' is missing")
    refused = CliRunner().invoke(app, ["eval", str(data), "--unlabelled-lawful"])
    assert (refused.exit_code, "goals of their own" in refused.stderr) == (2, True)


def test_the_command_knows_the_collections_by_their_names() -> None:
    assert set(COLLECTIONS) == set(READERS)

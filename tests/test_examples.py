"""What a newcomer runs first: the example templates through a real service, and the commands of the README."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from moderation.engine import Engine
from moderation.text.template import Industry, Template, TemplateType
from moderation.verdict import Decision

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
LAWFUL = {
    "otp-login",
    "otp-transfer",
    "notice-parcel",
    "notice-appointment",
    "notice-power",
    "notice-fraud-warning",
    "marketing-member-day",
    "marketing-tea",
}
ROWS = [json.loads(line) for line in (EXAMPLES / "templates.jsonl").read_text(encoding="utf-8").splitlines()]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(command, cwd=EXAMPLES, env=environment, capture_output=True, text=True, timeout=120)


def test_the_demo_prints_a_verdict_on_every_example_and_stops_its_service() -> None:
    done = run(sys.executable, str(EXAMPLES / "check_templates.py"))
    assert done.returncode == 0, done.stderr
    for row in ROWS:
        assert row["id"] in done.stdout
    address = re.search(r"127\.0\.0\.1:\d+", done.stdout)
    assert address is not None
    again = run(sys.executable, "-m", "moderation.cli.main", "check", "--server", address[0], "您好")
    assert again.returncode == 2
    assert "没有应答" in again.stderr


def test_the_demo_fails_where_the_service_cannot_start() -> None:
    program = (
        "import sys, check_templates as demo;"
        "demo.COMMAND = (sys.executable, '-c', 'import sys; print(\"no such luck\", file=sys.stderr)');"
        "sys.exit(demo.main())"
    )
    done = run(sys.executable, "-c", program)
    assert done.returncode == 1
    assert "no such luck" in done.stderr


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_lawful_examples_pass_and_unlawful_ones_do_not(engine: Engine, row: dict[str, str]) -> None:
    industry = Industry(row["industry"].upper()) if "industry" in row else None
    verdict = engine.check(Template(row["text"], type=TemplateType(row["type"].upper()), industry=industry))
    reasons = [(finding.rule.id, finding.quote) for finding in verdict.findings]
    assert (verdict.decision is Decision.PASS) == (row["id"] in LAWFUL), reasons


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_a_readme_shows_what_its_command_prints(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    command, shown = re.findall(r"```\npip install \.\nmoderation (.*?)\n```\n\n```\n(.*?)```", text, re.S)[0]
    done = run(sys.executable, "-m", "moderation.cli.main", *shlex.split(command))
    assert done.returncode == 1
    assert done.stdout.strip() == shown.strip()


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_a_readme_shows_the_record_of_its_sample(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    (shown,) = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.S))
    sample = json.dumps({"id": shown["id"], "type": "marketing", "text": "【甲商城】全国第一好茶，会员8折"})
    command = (sys.executable, "-m", "moderation.cli.main", "check", "--format", "jsonl")
    record = json.loads(subprocess.run(command, cwd=ROOT, input=sample, capture_output=True, text=True).stdout)
    shown["ruleset"] = record["ruleset"]
    kinds = {name: _as_shown(record["classification"][name], of) for name, of in shown["classification"].items()}
    assert shown == record | {"classification": kinds}


def _as_shown(probabilities: dict[str, float], shown: dict[str, float]) -> dict[str, float]:
    """Return the probabilities that are shown, and an ellipsis for the others."""
    return {name: 0.0 if name == "…" else probabilities[name] for name in shown}

"""`moderation profile`: lists, shows with origins, differences, one's own directory, errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from moderation.cli.main import app
from moderation.ruleset import load_all_profiles

RUNNER = CliRunner()


def run(*arguments: str) -> str:
    done = RUNNER.invoke(app, ["profile", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def write(directory: Path, body: str) -> None:
    head = 'id = "mine"\ntitle = "My shop"\ninherits = "aliyun"\nvalid_from = 2026-12-01\n'
    (directory / "mine.toml").write_text(head + body, encoding="utf-8")


def test_list_names_every_profile() -> None:
    profiles = load_all_profiles()
    table = run("list")
    assert [name for name in profiles if f"\n{name} " not in table] == []
    records = json.loads(run("list", "--format", "json"))
    assert [record["id"] for record in records] == sorted(profiles)
    aliyun = records[0]
    assert (aliyun["inherits"], aliyun["severities"]) == ("generic", len(profiles["aliyun"].severity))
    assert aliyun["sources"]


def test_show_tells_every_value_and_where_it_comes_from(tmp_path: Path) -> None:
    write(tmp_path, '[signature]\nmost = 8\n[severity]\nlottery = "OFF"\n')
    record = json.loads(run("show", "mine", "--profiles", str(tmp_path), "--format", "json"))
    values = record["values"]
    assert (record["id"], record["inherits"], record["valid_from"]) == ("mine", "aliyun", "2026-12-01")
    assert values["signature.most"] == {"value": 8, "from": "mine"}
    assert values["contact.most"] == {"value": 2, "from": "aliyun"}
    assert values["send_window.zone"] == {"value": "Asia/Shanghai", "from": "generic"}
    assert values["placeholder.numbered"] == {"value": False, "from": "default"}
    assert values["severity.CP103"] == {"value": "OFF", "from": "mine"}
    table = run("show", "mine", "--profiles", str(tmp_path))
    assert "mine My shop · since 2026-12-01 · inherits aliyun" in table
    assert "severity.CP103 lottery" in table
    assert "拒收请回复R" in table


def test_diff_prints_what_differs_and_nothing_else() -> None:
    found = json.loads(run("diff", "aliyun", "tencent", "--format", "json"))
    assert found["placeholder.syntaxes"] == {"aliyun": ["dollar"], "tencent": ["brace"]}
    assert found["severity.RT169"] == {"aliyun": "REJECT", "tencent": None}
    assert "signature.most" not in found
    table = run("diff", "aliyun", "tencent")
    assert "severity.RT169 trade-car-sale" in table
    assert f"{len(found)} differences" in table
    assert run("diff", "qiniu", "qiniu").endswith("0 differences\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "nobody"), "error: no profile 'nobody'; use one of aliyun, generic"),
        (("diff", "aliyun", "nobody"), "error: no profile 'nobody'"),
        (("list", "--profiles", "/nowhere"), "error: --profiles: /nowhere is no directory"),
    ],
)
def test_a_wrong_name_ends_with_code_2(arguments: tuple[str, ...], said: str) -> None:
    done = RUNNER.invoke(app, ["profile", *arguments])
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_wrong_file_ends_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, "[text]\nlongest = 3\n")
    done = RUNNER.invoke(app, ["profile", "list", "--profiles", str(tmp_path)])
    assert done.exit_code == 2
    assert "error: mine.toml:6: text.longest: " in done.stderr


@pytest.mark.parametrize("command", ["list", "show", "diff"])
def test_help_gives_an_example(command: str) -> None:
    assert "Example: moderation profile" in run(command, "--help")

"""`moderation audit`: what is listed, proved, exported and purged, and every fault that is found."""

from __future__ import annotations

import ctypes
import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from store_commands import Commands, commands_over_a_store  # noqa: F401 - a fixture

from moderation.review.audit_proof import FaultKind
from moderation.review.case import Outcome


@pytest.fixture
def export(commands: Commands, tmp_path: Path) -> Path:
    """An export of a few entries, all of them proved by a checkpoint."""
    for _ in range(3):
        commands.store.claimed()
    commands.run("audit", "checkpoint")
    path = tmp_path / "audit.jsonl"
    assert commands.run("audit", "export", "-o", str(path)) == ("", "")
    return path


def proof(commands: Commands, export: Path, code: int = 0) -> tuple[dict[str, object], str]:
    """Return what is proved of an export, and what is told beside; no store is read."""
    arguments = ("--checkpoints", str(commands.checkpoints), "--keys", str(commands.keys), "--format", "json")
    told, warning = commands.run(
        "audit", "verify", "--file", str(export), *arguments, code=code, MODERATION_STORE="none"
    )
    return json.loads(told), warning


def edit(commands: Commands, *statements: str) -> None:
    """Change the store behind the back of its triggers."""
    with closing(sqlite3.connect(commands.store.path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def heed_modes() -> None:
    """Let what this process becomes heed the modes of files, also where it is root."""
    drop, override, read_search = 24, 1, 2
    for capability in (override, read_search):
        ctypes.CDLL(None).prctl(drop, capability, 0, 0, 0)


def test_entries_are_listed_a_few_at_a_time(commands: Commands) -> None:
    commands.store.claimed()
    entries = commands.record("audit", "list")["entries"]
    assert [(one["sequence"], one["actor"], one["role"], one["action"], one["subject"]) for one in entries] == [
        (1, "moderation", "system", "case.open", "case/1"),
        (2, "zhang", "reviewer", "case.claim", "case/1"),
    ]
    assert entries[1]["details"] == {"epoch": 1, "state": "CLAIMED"}
    assert entries[1]["previous"] == entries[0]["digest"]
    assert commands.record("audit", "list", "--after", "1", "--size", "1") == {
        "entries": entries[1:],
        "unreadable": [],
        "next_after": None,
    }
    assert "epoch=1 state=CLAIMED" in commands.table("audit", "list")


def test_where_further_entries_follow_it_is_told_how_to_go_on(commands: Commands) -> None:
    assert commands.table("audit", "list") == "没有符合的审计记录\n"
    assert commands.record("audit", "list") == {"entries": [], "unreadable": [], "next_after": None}
    commands.store.claimed()
    assert commands.record("audit", "list", "--size", "1")["next_after"] == 1
    assert commands.table("audit", "list", "--size", "1").endswith("还有更多：加上 --after 1\n")
    assert "--after 1" in commands.table("audit", "list", "--size", "1", "--locale", "en")
    assert "--after" not in commands.table("audit", "list", "--size", "2")


def test_a_chain_is_proved_as_far_as_a_checkpoint_reaches(commands: Commands) -> None:
    assert commands.run("audit", "verify")[0] == "审计中没有记录\n"
    commands.store.claimed()
    told, warning = commands.run("audit", "verify")
    assert "第 1 至 2 条相互衔接" in told
    assert "没有检查点" in warning
    made = commands.record("audit", "checkpoint")
    assert (made["count"], made["checkpoints"]) == (2, str(commands.checkpoints))
    commands.store.open_case()
    told, warning = commands.run("audit", "verify", "--locale", "en")
    assert "1 checkpoints prove the first 2 entries\nfrom entry 3 on no checkpoint vouches yet\n" in told
    assert warning == ""
    proved = commands.record("audit", "verify")
    assert (proved["is_whole"], proved["first"], proved["count"], proved["proved"]) == (True, 1, 3, 2)


FAULTS = (
    ("UPDATE audit SET actor = 'li' WHERE sequence = 2", FaultKind.EDITED, 2),
    ("DELETE FROM audit WHERE sequence = 3", FaultKind.MISSING, 3),
    ("DELETE FROM audit WHERE sequence = 6", FaultKind.TRUNCATED, 6),
    ("UPDATE audit SET details = '{broken' WHERE sequence = 3", FaultKind.EDITED, 3),
    ("UPDATE audit SET details = '[1]' WHERE sequence = 3", FaultKind.EDITED, 3),
    ('UPDATE audit SET details = \'{"a":"\\ud800"}\' WHERE sequence = 3', FaultKind.EDITED, 3),
    ("UPDATE audit SET details = replace(details, ':', ' :') WHERE sequence = 3", FaultKind.EDITED, 3),
    ("UPDATE audit SET at = 'gestern' WHERE sequence = 3", FaultKind.EDITED, 3),
    ("UPDATE audit SET at = 9000000000000000000 WHERE sequence = 3", FaultKind.EDITED, 3),
    ("UPDATE audit SET at = 1.5 WHERE sequence = 3", FaultKind.EDITED, 3),
    ("UPDATE audit SET actor = char(55296) WHERE sequence = 3", FaultKind.EDITED, 3),
    ("UPDATE audit SET subject = x'ff' WHERE sequence = 3", FaultKind.EDITED, 3),
    ("UPDATE audit SET digest = '________________________________' WHERE sequence = 3", FaultKind.EDITED, 3),
    ("UPDATE audit SET sequence = 'x' WHERE sequence = 6", FaultKind.EDITED, 6),
    ("DELETE FROM audit_head", FaultKind.HEAD_DIFFERS, 6),
    ("UPDATE audit_head SET count = 5", FaultKind.HEAD_DIFFERS, 6),
    ("UPDATE audit_head SET count = 'x'", FaultKind.HEAD_DIFFERS, 6),
    ("UPDATE audit_head SET digest = zeroblob(32)", FaultKind.HEAD_DIFFERS, 6),
)


@pytest.mark.parametrize(("statement", "kind", "sequence"), FAULTS)
def test_what_was_changed_in_the_store_is_found(
    commands: Commands, export: Path, statement: str, kind: FaultKind, sequence: int
) -> None:
    edit(commands, statement)
    found = commands.record("audit", "verify", code=1)
    assert (found["is_whole"], found["fault"]["kind"], found["fault"]["sequence"]) == (False, kind, sequence)
    proved = 6 if kind is FaultKind.HEAD_DIFFERS else 0
    assert found["untrusted_from"] == proved + 1
    told, _ = commands.run("audit", "verify", code=1)
    assert kind in told
    assert f"第 {proved + 1} 条起均不可信" in told
    assert kind in commands.run("audit", "purge", code=1)[0]
    assert proof(commands, export)[0]["is_whole"] is True


def test_an_entry_that_cannot_be_read_hides_no_other(commands: Commands, export: Path) -> None:
    edit(commands, "UPDATE audit SET details = '{broken' WHERE sequence = 3")
    listed = commands.record("audit", "list", code=1)
    assert [one["sequence"] for one in listed["entries"]] == [1, 2, 4, 5, 6]
    assert (listed["unreadable"], listed["next_after"]) == ([3], None)
    edit(commands, "UPDATE audit SET at = 253402300799000000 WHERE sequence = 2")
    told, warning = commands.run("audit", "list", "--size", "3", code=1)
    assert "9999-12-31" in commands.run("audit", "list", code=1, TZ="Asia/Shanghai")[0]
    assert "--after 3" in told
    assert warning == "警告：第 3 条审计记录无法读取：已被改动；请运行 moderation audit verify\n"
    assert "第 3 条审计记录无法读取" in commands.run("audit", "export", code=2)[1]


def test_a_store_that_has_lost_the_end_of_its_audit_takes_nothing(commands: Commands) -> None:
    commands.store.claimed()
    edit(commands, "DELETE FROM audit_head")
    assert "审计链尾的行已不在" in commands.refused("review", "release", "1")
    assert "审计链尾的行已不在" in commands.refused("audit", "checkpoint")
    assert len(commands.record("audit", "list")["entries"]) == 2


DECISIONS = (
    ("UPDATE rulings SET decision = 'PASS' WHERE case_number = 2", "case.rule", 2),
    ("UPDATE rulings SET code = 'LAWFUL' WHERE case_number = 2", "case.rule", 2),
    ("UPDATE rulings SET reviewer = 'wang' WHERE case_number = 1", "case.rule", 1),
    ("UPDATE rulings SET reviewer = char(55296) WHERE case_number = 1", "case.rule", 1),
    ("DELETE FROM rulings WHERE case_number = 1", "case.rule", 1),
    ("UPDATE appeals SET outcome = 'REVERSED'", "appeal.decide", 1),
    ("UPDATE appeals SET decided_by = 'wang'", "appeal.decide", 1),
)


@pytest.mark.parametrize(("statement", "action", "number"), DECISIONS)
def test_a_decision_that_was_changed_in_the_tables_is_found(
    commands: Commands, statement: str, action: str, number: int
) -> None:
    commands.store.decided(Outcome.UPHELD)
    commands.store.ruled()
    commands.run("audit", "checkpoint")
    assert commands.record("audit", "verify")["is_whole"] is True
    edit(commands, statement)
    found = commands.record("audit", "verify", code=1)
    entries = commands.record("audit", "list")["entries"]
    (told,) = [
        one["sequence"] for one in entries if (one["action"], one["subject"].partition("/")[2]) == (action, str(number))
    ]
    assert (found["fault"]["kind"], found["fault"]["sequence"]) == (FaultKind.ROW_DIFFERS, told)
    assert found["proved"] == len(entries)
    assert "均不可信" not in commands.run("audit", "verify", code=1)[0]


def test_who_may_only_read_a_store_lists_and_proves_its_audit(commands: Commands, export: Path) -> None:
    directory, path = commands.store.path.parent, commands.store.path
    commands.store.engine.dispose()
    for one in (path, commands.keys, commands.checkpoints):
        one.chmod(0o444)
    directory.chmod(0o555)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        program = "from moderation.cli.main import app; app()"
        command = [sys.executable, "-c", program, *arguments, "--store", str(path)]
        limited = heed_modes if os.geteuid() == 0 else None
        return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limited)

    try:
        proved = run("audit", "verify", "--format", "json")
        assert (proved.returncode, proved.stderr) == (0, "")
        assert json.loads(proved.stdout)["proved"] == 6
        assert "case.open" in run("audit", "list").stdout
        refused = run("case", "list")
        assert refused.returncode == 2
        assert "没有写入文件及其目录的权限，所有者是" in refused.stderr
    finally:
        directory.chmod(0o755)


def test_an_export_is_proved_without_the_store(commands: Commands, export: Path) -> None:
    assert [json.loads(line) for line in export.read_text().splitlines()] == commands.record("audit", "list")["entries"]
    assert export.read_text() == commands.table("audit", "export")
    found, warning = proof(commands, export)
    assert (found["is_whole"], found["first"], found["count"], found["proved"]) == (True, 1, 6, 6)
    assert warning == ""


def test_an_export_is_proved_by_what_is_beside_the_store(commands: Commands, export: Path, tmp_path: Path) -> None:
    export.write_text("".join(export.read_text().splitlines(keepends=True)[:-1]))
    verify = ("audit", "verify", "--file", str(export), "--format", "json")
    moved = tmp_path / "moved.checkpoints"
    for options, environment in (
        ((), {}),
        (("--store", str(commands.store.path)), {"MODERATION_STORE": "none"}),
        ((), {"MODERATION_CHECKPOINTS": str(moved)}),
    ):
        told, warning = commands.run(*verify, *options, code=1, **environment)
        assert json.loads(told)["fault"]["kind"] == FaultKind.TRUNCATED
        used = environment.get("MODERATION_CHECKPOINTS", str(commands.checkpoints))
        assert f"所用检查点：{used}" in warning
        moved.write_bytes(commands.checkpoints.read_bytes())
    for kept in (commands.checkpoints, commands.keys):
        kept.unlink()
        told, warning = commands.run(*verify)
        assert json.loads(told)["checkpoints"] == 0
        assert "没有用到检查点" in warning
        assert "--keys" in warning


def test_an_export_without_entries_is_not_fine(commands: Commands, export: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    assert "没有审计记录" in commands.refused("audit", "verify", "--file", str(empty), MODERATION_STORE="none")
    assert commands.record("audit", "verify", "--file", str(empty), code=1)["fault"]["kind"] == FaultKind.TRUNCATED


def test_files_with_data_of_people_are_for_their_owner(commands: Commands, export: Path, tmp_path: Path) -> None:
    commands.store.ruled()
    rulings = tmp_path / "rulings.jsonl"
    rulings.touch(0o644)
    commands.run("case", "export", "-o", str(rulings))
    assert rulings.read_text()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (rulings, export)] == [0o600, 0o600]


def test_what_was_changed_in_an_export_is_found(commands: Commands, export: Path) -> None:
    lines = export.read_text().splitlines(keepends=True)
    for kind, changed in {
        FaultKind.EDITED: [lines[0], lines[1].replace("zhang", "zhong"), *lines[2:]],
        FaultKind.MISSING: [*lines[:2], *lines[3:]],
        FaultKind.OUT_OF_ORDER: [*lines[:2], lines[1], *lines[2:]],
        FaultKind.TRUNCATED: lines[:-1],
    }.items():
        export.write_text("".join(changed))
        found, _ = proof(commands, export, code=1)
        assert found["fault"]["kind"] == kind  # type: ignore[index]


def test_a_checkpoint_of_another_key_or_a_forged_one_is_no_proof(
    commands: Commands, export: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.keys"
    commands.run("key", "new", str(other))
    options = ("--file", str(export), "--checkpoints", str(commands.checkpoints), "--keys", str(other))
    assert commands.record("audit", "verify", *options, code=1)["fault"]["kind"] == FaultKind.CHECKPOINT_KEY_UNKNOWN
    line = json.loads(commands.checkpoints.read_text())
    commands.checkpoints.write_text(json.dumps(line | {"count": line["count"] - 1}))
    found, _ = proof(commands, export, code=1)
    assert found["fault"]["kind"] == FaultKind.CHECKPOINT_FORGED  # type: ignore[index]


BROKEN = (b"{}", b"[]", b"null", b"\xff", b"{", b"[" * 100_000, b"", b"1" * 5000)


@pytest.mark.parametrize("line", BROKEN)
def test_a_line_that_is_no_entry_is_named(commands: Commands, export: Path, line: bytes) -> None:
    whole = export.read_bytes()
    export.write_bytes(whole + line + b"\n")
    assert "第 7 行不是审计记录" in commands.refused("audit", "verify", "--file", str(export))


@pytest.mark.parametrize(
    ("field", "value"),
    [("sequence", "7"), ("sequence", True), ("at", 3), ("at", "soon"), ("actor", None), ("details", []),
     ("previous", "00"), ("digest", "xx" * 32), ("extra", 1)],
)  # fmt: skip
def test_an_entry_with_a_wrong_field_is_named(commands: Commands, export: Path, field: str, value: object) -> None:
    first, _, rest = export.read_text().partition("\n")
    export.write_text(json.dumps(json.loads(first) | {field: value}) + "\n" + rest)
    assert "第 1 行不是审计记录" in commands.refused("audit", "verify", "--file", str(export))


def test_what_is_old_is_purged_and_the_rest_stays_provable(commands: Commands, tmp_path: Path) -> None:
    now = commands.store.clock.now
    commands.store.clock.now = now - timedelta(days=400)
    commands.store.ruled()
    commands.store.clock.now = now
    commands.store.open_case()
    assert commands.record("audit", "purge", MODERATION_AUDIT_DAYS="500")["purged_up_to"] is None
    assert "已清除前 4 条审计记录" in commands.table("audit", "purge", "--actor", "wang")
    proved = commands.record("audit", "verify")
    assert (proved["is_whole"], proved["first"], proved["proved"]) == (True, 5, proved["count"])
    entries = commands.record("audit", "list")["entries"]
    assert [(one["actor"], one["role"]) for one in entries if one["action"] == "audit.purge"] == [("wang", "lead")]
    assert commands.record("case", "show", "1")["purged"] is True
    assert "文本已到期清除" in commands.table("case", "show", "1")
    path = tmp_path / "audit.jsonl"
    commands.run("audit", "export", "--output", str(path))
    found, _ = proof(commands, path)
    assert (found["is_whole"], found["first"], found["proved"]) == (True, 5, proved["count"])


def test_what_cannot_be_read_or_written(commands: Commands, export: Path, tmp_path: Path) -> None:
    absent = str(tmp_path / "absent" / "file")
    for command, told in (
        (("verify", "--checkpoints", absent), "--checkpoints"),
        (("verify", "--file", absent), "无法读取"),
        (
            ("verify", "--file", str(export), "--checkpoints", str(commands.checkpoints), "--store", "x"),
            "--keys：未填写",
        ),
        (("verify", "--file", str(export), "--checkpoints", str(commands.checkpoints), "--keys", absent), "--keys"),
        (("export", "-o", absent), "cannot be written"),
        (("checkpoint", "--checkpoints", absent), "MODERATION_CHECKPOINTS"),
    ):
        assert told in commands.refused("audit", *command), command
    commands.checkpoints.write_text("none")
    assert "第 1 行不是检查点" in commands.refused("audit", "verify")

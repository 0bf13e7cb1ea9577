"""Commands on cases and appeals that end with an error: what is told, in which language, and that nothing else is."""

from __future__ import annotations

import pytest
from store_commands import Commands, commands_over_a_store  # noqa: F401 - a fixture

from moderation.cli.rendering.refusals import DESK
from moderation.review.desk import DeskReason
from moderation.verdict import Decision

REFUSALS = (
    ("review show 9", "没有案件 9", "there is no case 9"),
    ("review claim 1 --actor li", "案件 1 现为“审理中”", "case 1 is CLAIMED"),
    ("review rule 1 pass --code lawful --actor li", "案件 1 现不由您审理", "case 1 is not held by li"),
    ("review rule 1 pass --code lawful --epoch 7", "案件 1 现不由您审理", "no longer held by you in epoch 7"),
    ("review rule 2 pass --code lawful", "案件 2 现为“已裁决”", "case 2 is RULED"),
    ("review claim 3", "案件 3 由您裁决", "you ruled case 3"),
    ("appeal show 9", "没有申诉 9", "there is no appeal 9"),
    ("appeal file 00ff --text 请复核 --tenant jia", "没有检查结果 00ff", "there is no verdict 00ff"),
    ("case list --token x", "--token 不是这个列表给出的", "the page token is not one"),
)  # fmt: skip


def test_what_the_desk_refuses_is_told_in_either_language(commands: Commands) -> None:
    commands.store.claimed()
    commands.store.ruled()
    commands.store.appealed()
    for command, chinese, english in REFUSALS:
        assert commands.refused(*command.split()).startswith(f"error: {chinese}"), command
        assert english in commands.refused(*command.split(), "--locale", "en"), command


def test_appeals_that_cannot_be_filed(commands: Commands) -> None:
    filing = ("--text", "请复核", "--tenant", "jia")
    passed = commands.store.ruled(Decision.PASS).line.verdict_id
    assert "只有被拒绝的才能申诉" in commands.refused("appeal", "file", passed, *filing)
    appealed = commands.store.appealed().line.verdict_id
    assert "已申诉过" in commands.refused("appeal", "file", appealed, *filing)
    rejected = commands.store.ruled().line.verdict_id
    assert "没有检查结果" in commands.refused("appeal", "file", rejected, "--text", "请复核", "--tenant", "yi")


USAGE = (
    ("review rule 1 maybe --code lawful", "use pass, reject"),
    ("review rule 1 pass --code nice", "use lawful, rule-mistaken, evidence-provided"),
    ("review rule 0 pass --code lawful", "greater than or equal to 1"),
    ("review skip 1 --reason ", "--reason"),
    ("review next --queue fast", "use review, quality, appeal"),
    ("review next --request-id " + "x" * 65, "has 65 characters; write 0 to 64"),
    ("review stats --since yesterday", "write 2026-11-23"),
    ("review show 1 --role system", "use sender, reviewer, lead, policy, auditor"),
    ("review show 1 --actor \a", "write 1 to 64 printable characters"),
    ("review --actor li show 1", "--actor: stands before show"),
    ("review show 1 --server 127.0.0.1:1 --store x", "drop them or --server"),
    ("review show 1 --store ", "--store: is empty"),
    ("review show 1 --store mysql://example.cn/x", "sqlite:///PATH or postgresql://USER@HOST/NAME"),
    ("case list --priority high", "use complaint, government, normal, low"),
    ("case list --size 501", "less than or equal to 500"),
    ("case list --tenant \udcff", "--tenant: is not UTF-8"),
    ("appeal decide 1 drop --reason x", "use uphold, reverse"),
    ("appeal file 1 --text x --server 127.0.0.1:1", "a sender speaks for a tenant"),
    ("appeal file 1 --text x" + " --evidence x" * 11, "--evidence: has 11 values; write 0 to 10"),
    ("appeal file 1 --text " + "长" * 2001, "--text: has 2001 characters; write 1 to 2000"),
)


@pytest.mark.parametrize(("command", "told"), USAGE)
def test_bad_usage_is_told(commands: Commands, command: str, told: str) -> None:
    error = commands.refused(*command.split(" "))
    assert told in " ".join(error.split())


def test_a_store_that_cannot_be_used(commands: Commands) -> None:
    path = commands.store.path
    assert "没有存储" in commands.refused("case", "list", "--store", str(path.with_name("absent.db")))
    assert not path.with_name("absent.db").exists()
    assert "没有存储" in commands.refused("case", "list", MODERATION_STORE="none")
    assert "MODERATION_LEASE_MINUTES" in commands.refused("case", "list", MODERATION_LEASE_MINUTES="-1")
    commands.keys.rename(path.with_name("moved"))
    assert "没有密钥无法读取" in commands.refused("case", "list")
    assert commands.record("case", "list", "--keys", str(path.with_name("moved")))["cases"] == []
    path.with_name("text.db").write_text("no database" * 100)
    told = commands.refused("case", "list", "--store", str(path.with_name("text.db")))
    assert "存储不可用：file is not a database" in told


def test_texts_of_another_key_are_told(commands: Commands) -> None:
    commands.store.open_case()
    other = commands.keys.with_name("other.keys")
    commands.run("key", "new", str(other))
    assert "密钥文件中没有它" in commands.refused("case", "list", "--keys", str(other))


def test_a_server_that_does_not_answer_is_told(commands: Commands) -> None:
    assert "存储或服务器暂不可用" in commands.refused("case", "list", "--server", "127.0.0.1:1")


def test_every_reason_of_the_desk_has_chinese_words() -> None:
    assert set(DESK) == set(DeskReason)

"""Commands on cases and appeals that end with an error: what is told, in which language, and that nothing else is."""

from __future__ import annotations

from string import Formatter

import pytest
from desk_serving import running
from serving import captured_logs
from store_commands import Commands, commands_over_a_store  # noqa: F401 - a fixture

from moderation.cli.rendering.mistakes import MISTAKES
from moderation.cli.rendering.refusals import DESK
from moderation.review.desk import DeskReason
from moderation.verdict import Decision

REFUSALS = (
    ("review show 9", "没有案件 9", "there is no case 9"),
    ("review claim 1 --actor li", "案件 1 现为“审理中”", "case 1 is CLAIMED"),
    ("review rule 1 pass --code lawful --actor li", "案件 1 现不由您审理", "case 1 is not held by li"),
    ("review rule 1 pass --code lawful --epoch 7", "案件 1 现不由您审理", "no longer held by you in epoch 7"),
    ("review rule 2 pass --code lawful", "案件 2 现为“已裁决”", "case 2 is RULED"),
    ("review rule 2 pass --code lawful --epoch 1", "案件 2 现为“已裁决”", "case 2 is RULED"),
    ("review claim 3", "案件 3 由您裁决", "you ruled case 3"),
    ("review show 9", "没有案件 9", "case list shows them"),
    ("review claim 1 --actor li", "案件 1 现为", "moderation case show 1 tells more"),
    ("appeal show 9", "没有申诉 9", "there is no appeal 9; moderation appeal list shows them"),
    ("appeal file 00ff --text 请复核 --tenant jia", "没有检查结果 00ff", "there is no verdict 00ff; check the id"),
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
    ("review rule 1 maybe --code lawful", "可用：pass, reject", "use pass, reject"),
    ("review rule 1 pass --code nice", "可用：lawful, rule-mistaken", "use lawful, rule-mistaken, evidence-provided"),
    (
        "review rule 1 reject --code lawful",
        "--code：lawful 不能用于 拒绝；可用：confirmed, unlawful, misleading, incomplete, unclear, other",
        "--code: lawful is no reason to reject; use confirmed, unlawful, misleading, incomplete, unclear, other",
    ),
    ("review rule 1 pass --code unlawful", "可用：lawful, rule-mistaken, evidence-provided, other", "to pass; use"),
    ("review rule 0 pass --code lawful", "greater than or equal to 1", "greater than or equal to 1"),
    ("review skip 1 --reason ", "--reason：有 0 个字符", "--reason: has 0 characters"),
    ("review next --queue fast", "可用：review, quality, appeal", "use review, quality, appeal"),
    ("review next --request-id " + "x" * 65, "有 65 个字符；须为 0 至 64 个", "has 65 characters; write 0 to 64"),
    ("review release 1 --request-id r1", "须同时指定 --epoch", "needs --epoch"),
    ("review stats --since yesterday", "请写成 2026-11-23", "write 2026-11-23"),
    ("review show 1 --role system", "可用：sender, reviewer", "use sender, reviewer, lead, policy, auditor"),
    ("review show 1 --actor \a", "请写 1 至 64 个可显示的字符", "write 1 to 64 printable characters"),
    ("review show 1 --server 127.0.0.1:1 --store x", "不能与 --server 同用", "drop them or --server"),
    ("review show 1 --server ", "请写成 HOST:PORT", "write HOST:PORT"),
    ("review show 1 --store ", "--store：为空", "--store: is empty"),
    ("review show 1 --server nonsense", "'nonsense' 不是 HOST:PORT", "'nonsense' is not HOST:PORT"),
    (
        "review show 1 --store mysql://example.cn/x",
        "存储须为 SQLite 文件或 PostgreSQL；请写成",
        "postgresql://USER@HOST/NAME",
    ),
    ("case list --priority high", "可用：complaint, government", "use complaint, government, normal, low"),
    ("case list --size 501", "less than or equal to 500", "less than or equal to 500"),
    ("case list --tenant \udcff", "--tenant：不是 UTF-8", "--tenant: is not UTF-8"),
    ("appeal decide 1 drop --reason x", "可用：uphold, reverse", "use uphold, reverse"),
    ("appeal file 1 --text x --server 127.0.0.1:1", "须指明租户", "a sender speaks for a tenant"),
    ("appeal file 1 --text x" + " --evidence x" * 11, "有 11 项；须为 0 至 10 项", "has 11 values; write 0 to 10"),
    ("appeal file 1 --text " + "长" * 2001, "须为 1 至 2000 个", "--text: has 2001 characters; write 1 to 2000"),
    ("audit verify --checkpoints absent", "--checkpoints：absent：没有这个文件", "absent: there is no such file"),
    ("audit verify --file absent --store x", "absent：无法读取", "absent: cannot be read"),
    ("webhook retry 1", "请写一个 EVENT", "name an EVENT"),
    (
        "webhook add jia https://a.example.cn/ --secret-file absent",
        "absent：没有这个文件或目录",
        "absent: No such file",
    ),
)


@pytest.mark.parametrize(("command", "chinese", "english"), USAGE)
def test_bad_usage_is_told_in_either_language(commands: Commands, command: str, chinese: str, english: str) -> None:
    assert chinese in " ".join(commands.refused(*command.split(" ")).split())
    assert english in " ".join(commands.refused(*command.split(" "), "--locale", "en").split())


def test_options_before_the_command_are_told(commands: Commands) -> None:
    assert "--actor：写在了 show 之前" in commands.refused("review", "--actor", "li", "show", "1")


def test_every_mistake_has_words_in_both_languages() -> None:
    for name, chinese in MISTAKES["zh"].items():
        english = MISTAKES["en"][name]
        assert not chinese.isascii()
        assert english.isascii()
        fields = [{field for _, field, _, _ in Formatter().parse(told) if field} for told in (chinese, english)]
        assert fields[0] == fields[1], name


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
    commands.run("case", "list")
    commands.run("key", "new", str(other))
    assert "这不是这个存储的密钥" in commands.refused("case", "list", "--keys", str(other))
    own, root = commands.keys.read_text().splitlines()
    commands.keys.write_text(own.replace("k1", "k2", 1) + "\n" + root)
    assert "密钥文件中没有它" in commands.refused("case", "show", "1")


def test_what_is_wrong_with_keys_is_told(commands: Commands) -> None:
    own, root = commands.keys.read_text().splitlines()
    for content, chinese in (
        ("", "没有加密密钥；请添加一行 `编号 aes-256-gcm 密钥`"),
        (own, "没有根密钥"),
        (f"{own}\n{own}\n{root}", "第 2 行的编号与第 1 行相同"),
        (f"k1 aes-256-gcm\n{root}", "第 1 行有 2 个字段"),
        (f"-1 aes-256-gcm %%\n{root}", "第 1 行的编号须为 1 至 32 个"),
        (f"k1 rot13 AAAA\n{root}", "第 1 行的算法未知；可用：aes-256-gcm"),
        (f"k1 sm4-gcm %%\n{root}", "第 1 行的密钥不是 base64"),
        (f"k1 sm4-gcm AAAA\n{root}", "第 1 行的密钥有 3 字节；sm4-gcm 须有 16 字节"),
    ):
        commands.keys.write_text(content)
        assert f"密钥文件有误：{chinese}" in commands.refused("case", "list")
        assert "key ring: " in commands.refused("case", "list", "--locale", "en")


def test_a_server_that_does_not_answer_is_told(commands: Commands) -> None:
    assert "存储或服务器暂不可用" in commands.refused("case", "list", "--server", "127.0.0.1:1")


def test_every_reason_of_the_desk_has_chinese_words() -> None:
    assert set(DESK) == set(DeskReason)


def test_a_role_that_may_not_is_told_as_such(commands: Commands) -> None:
    with captured_logs(), running(commands.store) as server:
        asked = ("review", "next", "--role", "sender", "--server", server.address)
        told = [commands.refused(*asked), commands.refused(*asked, "--locale", "en")]
    assert told[0] == "error: --role：sender 不能这样做；可用：lead, reviewer\n"
    assert told[1] == "error: --role: sender may not do this; use lead, reviewer\n"

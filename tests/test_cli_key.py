"""`moderation key`: new keys, rotation, resealing, and a list without secrets."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from store_commands import Commands, commands_over_a_store  # noqa: F401 - a fixture
from stores import RING

from moderation.review.keys import Algorithm, read_key_ring


def forget(commands: Commands, key_id: str) -> None:
    """Take a key out of the file of keys."""
    lines = commands.keys.read_text().splitlines(keepends=True)
    commands.keys.write_text("".join(line for line in lines if line.split()[0] != key_id))


def states(commands: Commands) -> list[tuple[str, int]]:
    return [(one["state"], one["contents"]) for one in commands.record("key", "list")["keys"]]


@pytest.mark.parametrize("algorithm", ["aes-256-gcm", "sm4-gcm"])
def test_new_keys_are_for_their_owner_only_and_never_replace_others(
    commands: Commands, tmp_path: Path, algorithm: str
) -> None:
    path = tmp_path / "new.keys"
    made = commands.record("key", "new", str(path), "--algorithm", algorithm)
    ring = read_key_ring(path)
    assert (ring.current.id, ring.current.algorithm) == (made["current"], Algorithm(algorithm))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "已存在" in commands.refused("key", "new", str(path))
    assert read_key_ring(path) == ring
    assert "无法写入" in commands.refused("key", "new", str(tmp_path / "absent" / "new.keys"))


def test_a_rotation_keeps_the_old_keys_the_comments_and_who_may_read(commands: Commands) -> None:
    before = "# made for the tests\n" + commands.keys.read_text()
    commands.keys.write_text("\ufeff" + before)
    commands.keys.chmod(0o640)
    told = commands.record("key", "rotate", "--algorithm", "sm4-gcm")
    line, _, rest = commands.keys.read_text().partition("\n")
    assert line.startswith(f"{told['current']} sm4-gcm ")
    assert rest == before
    assert read_key_ring(commands.keys).sealing[1:] == RING.sealing
    assert stat.S_IMODE(commands.keys.stat().st_mode) == 0o640
    assert list(commands.keys.parent.glob("*.new")) == []


def test_a_rotation_through_a_link_changes_the_file_that_is_meant(commands: Commands, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(commands.keys)
    commands.run("key", "rotate", "--keys", str(link))
    assert link.is_symlink()
    assert len(read_key_ring(commands.keys).sealing) == 2


def test_texts_are_resealed_and_the_old_key_can_go(commands: Commands) -> None:
    commands.store.appealed()
    count = states(commands)[0][1]
    assert states(commands) == [("current", count), ("root", 0)]
    commands.run("key", "rotate")
    assert states(commands) == [("current", 0), ("old", count), ("root", 0)]
    told, note = commands.run("key", "reseal", "--actor", "wang", "--format", "json")
    assert json.loads(told)["resealed"] == count > 0
    assert "请先重启所有服务" in note
    assert "密钥" not in commands.table("case", "list")
    assert commands.record("key", "reseal")["resealed"] == 0
    assert states(commands) == [("current", count), ("old", 0), ("root", 0)]
    (noted,) = [one for one in commands.record("audit", "list")["entries"] if one["action"] == "texts.reseal"]
    assert (noted["actor"], noted["details"]) == ("wang", {"contents": count})
    forget(commands, RING.current.id)
    assert commands.record("case", "show", "1")["appeal"]["text"] == "请复核"


def test_a_missing_key_is_listed_and_stops_the_resealing(commands: Commands) -> None:
    commands.store.open_case()
    commands.run("key", "rotate")
    forget(commands, RING.current.id)
    told = commands.table("key", "list")
    assert "缺少其密钥" in commands.table("case", "list")
    assert any(line.split() == [RING.current.id, "-", "1", "缺失"] for line in told.splitlines())
    assert RING.current.id in commands.refused("key", "reseal")


def test_a_rotation_is_in_the_audit_of_the_store(commands: Commands) -> None:
    told, warning = commands.run("key", "rotate", "--algorithm", "sm4-gcm", "--actor", "wang")
    current = read_key_ring(commands.keys).current.id
    assert f"当前密钥已换为 {current}；请重启所有服务，再运行 moderation key reseal" in told
    assert warning == ""
    (noted,) = [one for one in commands.record("audit", "list")["entries"] if one["action"] == "key.rotate"]
    assert (noted["actor"], noted["role"], noted["subject"]) == ("wang", "lead", f"key/{current}")
    assert noted["details"] == {"algorithm": "sm4-gcm"}


def test_a_rotation_without_the_store_of_the_keys_is_made_and_warned_of(commands: Commands, tmp_path: Path) -> None:
    commands.run("case", "list")
    other = tmp_path / "other.keys"
    commands.run("key", "new", str(other))
    for keys, store, why in (
        (commands.keys, str(tmp_path / "absent.db"), "没有存储"),
        (commands.keys, "none", "MODERATION_STORE 为 none"),
        (other, str(commands.store.path), "不是这个存储的密钥"),
    ):
        before = read_key_ring(keys).current.id
        told, warning = commands.run("key", "rotate", "--keys", str(keys), MODERATION_STORE=store)
        assert warning.startswith("警告：审计没有记录这次更换：")
        assert why in warning
        assert read_key_ring(keys).current.id in told
        assert read_key_ring(keys).current.id != before
    assert commands.record("audit", "list")["entries"] == []


def test_no_secret_is_shown(commands: Commands) -> None:
    commands.store.open_case()
    secrets = [line.split()[2] for line in commands.keys.read_text().splitlines()]
    for command in (("list",), ("rotate",), ("reseal",)):
        for form in ("table", "json"):
            told = "".join(commands.run("key", *command, "--format", form))
            assert not any(secret in told for secret in secrets)


def test_what_cannot_be_rotated(commands: Commands, tmp_path: Path) -> None:
    absent = str(tmp_path / "absent")
    assert "没有这个文件" in commands.refused("key", "rotate", "--keys", absent)
    assert "--keys：未填写" in commands.refused("key", "rotate", "--store", "postgresql://moderation@example.cn/x")
    assert "MODERATION_KEY_RING" in commands.refused("key", "rotate", MODERATION_KEY_RING=commands.keys.read_text())
    before = commands.keys.read_text()
    blocked = commands.keys.with_name(commands.keys.name + ".new")
    blocked.touch()
    assert f"{blocked}：有人正在更换密钥" in commands.refused("key", "rotate")
    blocked.unlink()
    assert commands.keys.read_text() == before
    commands.keys.write_text("no keys")
    assert "第 1 行有 2 个字段" in commands.refused("key", "rotate")
    assert not blocked.exists()

"""`moderation webhook` adds, lists and removes webhooks, and lists and retries what did not arrive."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from stores import RING, SQLITE, START, Store, fresh
from typer.testing import CliRunner, Result
from webhook_receiver import SECRET

from moderation.cli import webhook as command
from moderation.review.keys import write_key_ring
from moderation.store import deliveries
from moderation.store.content import Seals
from moderation.store.database import reading
from moderation.store.opening import KEYS
from moderation.store.schema import WEBHOOKS, DeliveryState


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with its keys beside it."""
    with closing(fresh(SQLITE, tmp_path)) as made:
        made.path.with_name(made.path.name + KEYS).write_text(write_key_ring(RING))
        yield made


@pytest.fixture
def run(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command over the store."""
    monkeypatch.setenv("MODERATION_ACTOR", "zhao")

    def run(*arguments: str, said: str = "") -> Result:
        return CliRunner().invoke(command.app, [*arguments, "--store", store.address], input=said)

    return run


def test_a_secret_is_made_and_shown_once(run: Callable[..., Result]) -> None:
    made = json.loads(run("add", "jia", "https://hooks.example.cn/sms", "--format", "json").output)
    assert made["number"] == 1
    assert len(made["secret"]) > 40
    listed = run("list", "--format", "json")
    assert made["secret"] not in listed.output
    ((one),) = json.loads(listed.output)["webhooks"]
    assert (one["number"], one["tenant"], one["url"]) == (1, "jia", "https://hooks.example.cn/sms")


def test_a_secret_that_is_given_is_not_shown(run: Callable[..., Result], store: Store, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET + "\n")
    for number, (file, said) in enumerate(((str(tmp_path / "secret.txt"), ""), ("-", SECRET + "\r\n")), 1):
        added = run("add", "jia", f"https://hooks.example.cn/{number}", "--secret-file", file, said=said)
        assert (added.exit_code, added.output) == (0, f"已添加回调 {number}\n")
    with reading(store.engine) as connection:
        rows = connection.execute(select(WEBHOOKS.c.number, WEBHOOKS.c.secret)).all()
    assert [Seals(RING).unseal(deliveries.secret_place(number), sealed) for number, sealed in rows] == [SECRET, SECRET]


def test_dead_letters_are_listed_and_tried_again(run: Callable[..., Result], store: Store) -> None:
    run("add", "jia", "http://127.0.0.1:1/")
    store.open_case()
    (taken,) = deliveries.take(store.engine, store.clock.now, 1, {})
    deliveries.record(store.engine, [deliveries.Result(taken, DeliveryState.DEAD, START, "UNREACHABLE")])
    assert "无法连接" in run("dead").output
    assert "UNREACHABLE" in run("dead", "--locale", "en", "--webhook", "1").output
    (letter,) = json.loads(run("dead", "--format", "json").output)["dead_letters"]
    assert letter | {"failed_at": ""} == {
        "webhook": 1,
        "event": 1,
        "kind": "case.opened",
        "case": 1,
        "attempts": 1,
        "failure": "UNREACHABLE",
        "failed_at": "",
    }
    assert run("retry", "1", "1").output == "将重新发送 1 条\n"
    assert json.loads(run("retry", "1", "--all", "--format", "json").output) == {"retried": 0}
    assert run("remove", "1", "--locale", "en").output.startswith("webhook 1 was removed")


def test_what_waits_is_listed_and_an_event_that_is_still_tried_is_not_sent_again(
    run: Callable[..., Result], store: Store
) -> None:
    run("add", "jia", "http://127.0.0.1:1/")
    store.open_case()
    (taken,) = deliveries.take(store.engine, store.clock.now, 1, {})
    deliveries.record(store.engine, [deliveries.Result(taken, DeliveryState.DUE, START, "TIMED_OUT")])
    assert "已试 1 次：超时" in run("list").output
    assert "tried 1 times: TIMED_OUT" in run("list", "--locale", "en").output
    (one,) = json.loads(run("list", "--format", "json").output)["webhooks"]
    assert one["waiting"] == {"due": 1, "failing": 1, "dead": 0, "attempts": 1, "failure": "TIMED_OUT"}
    assert "仍在自动重试" in run("retry", "1", "1").output


def test_operators_have_webhooks_of_their_own(run: Callable[..., Result]) -> None:
    made = json.loads(run("add-alerts", "https://ops.example.cn/hook", "--format", "json").output)
    assert made["number"] == 1
    assert len(made["secret"]) > 40
    assert "（告警）" in run("list").output
    assert "该租户已有此网址" in run("add-alerts", "https://ops.example.cn/hook").output
    assert run("add", "jia", "https://ops.example.cn/hook").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "jia", "http://hooks.example.cn/"), "请改用 https"),
        (("add", "jia", "http://hooks.example.cn/", "--locale", "en"), "write https"),
        (("add", "jia", "https://hooks.example.cn/", "--secret-file", "-"), "密钥须为"),
        (("add", "jia", "https://hooks.example.cn/", "--secret-file", "missing.txt"), "请核对路径"),
        (("remove", "9"), "没有这个回调"),
        (("retry", "9", "1", "--locale", "en"), "no such webhook"),
        (("retry", "9"), "--all"),
        (("retry", "9", "1", "--all"), "--all"),
        (("list", "--token", "x"), "--token"),
        (("dead", "--token", "x"), "--token"),
    ],
)
def test_a_mistake_is_told_with_how_to_mend_it(run: Callable[..., Result], arguments: Sequence[str], told: str) -> None:
    failed = run(*arguments)
    assert failed.exit_code == 2
    assert told in failed.output


def test_a_private_address_is_pointed_out(run: Callable[..., Result]) -> None:
    assert "MODERATION_WEBHOOK_NETWORKS" in run("add", "jia", "http://127.0.0.1:8080/").output
    assert "MODERATION_WEBHOOK_NETWORKS" not in run("add", "jia", "https://hooks.example.cn/").output


def test_a_private_address_that_the_settings_allow_is_not_pointed_out(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = (("10.1.0.0/16", False), ("10.2.0.0/16", True), ("anywhere", True))
    for number, (networks, is_told) in enumerate(cases):
        monkeypatch.setenv("MODERATION_WEBHOOK_NETWORKS", networks)
        added = run("add", "jia", f"https://10.1.2.3/{number}")
        assert added.exit_code == 0
        assert ("MODERATION_WEBHOOK_NETWORKS" in added.output) is is_told, networks


def test_an_empty_list_is_told(run: Callable[..., Result]) -> None:
    assert run("list").output == "没有回调\n"
    assert run("dead", "--locale", "en").output == "there is nothing that did not arrive\n"


@pytest.mark.parametrize("name", ["add", "list", "remove", "dead", "retry"])
def test_help_shows_an_example(name: str) -> None:
    assert f"Example: moderation webhook {name}" in CliRunner().invoke(command.app, [name, "--help"]).output

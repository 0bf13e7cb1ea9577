"""`moderation webhook`: where tenants are told of rulings and decisions, and what did not arrive."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import LARGEST_NUMBER, STORE, Access, PageSize, Token, accessing, refuse
from moderation.cli.check import Locale
from moderation.cli.failure import fail
from moderation.cli.opening import actor_of, opened_store, settings_of
from moderation.cli.rule import Format
from moderation.review.people import Role

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from moderation.review.webhook import Network
    from moderation.store.transaction import Transaction

app = typer.Typer(
    help="Tell tenants of rulings and decisions by signed HTTP requests.", no_args_is_help=True, rich_markup_mode=None
)

ADD_EXAMPLE = (
    "Example: moderation webhook add jia https://hooks.example.cn/sms"
    " · moderation webhook add jia https://hooks.example.cn/sms --secret-file secret.txt"
)
LIST_EXAMPLE = "Example: moderation webhook list · moderation webhook list --tenant jia --format json"
REMOVE_EXAMPLE = "Example: moderation webhook remove 3"
DEAD_EXAMPLE = "Example: moderation webhook dead · moderation webhook dead --webhook 3 --format json"
RETRY_EXAMPLE = "Example: moderation webhook retry 3 1207 · moderation webhook retry 3 --all"

STANDARD_INPUT = Path("-")
LONGEST_FILE = 4096
PREFIX = "whsec_"
"""How a secret that is made here begins, so that scanners for leaked secrets know it."""

WEBHOOK_COLUMNS = {Locale.ZH: ("编号", "租户", "网址", "添加时间"), Locale.EN: ("number", "tenant", "URL", "added")}
DEAD_COLUMNS = {
    Locale.ZH: ("回调", "事件", "类型", "案件", "尝试次数", "原因", "失败时间"),
    Locale.EN: ("webhook", "event", "kind", "case", "attempts", "failure", "failed"),
}
WORDS = {
    "added": ("已添加回调 {number}", "webhook {number} was added"),
    "secret": (
        "签名密钥（只显示这一次，请交给接收方保管）：{secret}",
        "the secret that signs, shown this once, for the receiver to keep: {secret}",
    ),
    "private": (
        "{host} 是内部地址：须将其网段加入服务的 MODERATION_WEBHOOK_NETWORKS，否则不会发送",
        "{host} is a private address: nothing is sent there unless MODERATION_WEBHOOK_NETWORKS of the service has it",
    ),
    "removed": (
        "已移除回调 {number}；未送达的不再发送",
        "webhook {number} was removed; what did not arrive is not sent any more",
    ),
    "retried": ("将重新发送 {count} 条", "{count} will be sent again"),
    "no webhooks": ("没有回调", "there is no webhook"),
    "no dead letters": ("没有未送达的", "there is nothing that did not arrive"),
    "more": ("还有更多：加上 --token {token}", "there is more: add --token {token}"),
}
FAILURES = {
    "NAME_UNKNOWN": "域名无法解析",
    "ADDRESS_REFUSED": "内部地址，未获允许",
    "UNREACHABLE": "无法连接",
    "TLS_FAILED": "证书或加密连接有误",
    "TIMED_OUT": "超时",
    "NOT_HTTP": "应答不是 HTTP",
    "URL_UNFIT": "网址无法使用",
    "SECRET_SEALED": "签名密钥无法解封",
    "INTERNAL": "内部错误",
}

WebhookNumber = Annotated[
    int, typer.Argument(metavar="WEBHOOK", min=1, max=LARGEST_NUMBER, help="The number of a webhook.")
]


@app.command("add", epilog=ADD_EXAMPLE)
@accessing(*STORE, "actor", role=Role.LEAD)
def add(
    access: Access,
    tenant: Annotated[str, typer.Argument(help="Whose cases are told of, as in the templates.")],
    url: Annotated[str, typer.Argument(help="Where to: https://HOST/PATH.")],
    secret_file: Annotated[
        Path | None, typer.Option(help="A file of the secret that signs, - for standard input; else one is made.")
    ] = None,
) -> None:
    """Tell a tenant at a URL what happens to its cases from now on.

    Receivers verify the signature, answer 2xx within 15 seconds, and pass over events whose id they had before.
    """
    from moderation.cli.rendering.listing import print_json
    from moderation.review.webhook import may_reach, parse_url
    from moderation.store import webhooks

    secret = _read_secret(access, secret_file) if secret_file is not None else PREFIX + secrets.token_urlsafe(32)
    with _begun(access) as transaction:
        number = webhooks.add(transaction, tenant, url, secret)
    endpoint = parse_url(url)
    if endpoint.own_address is not None and not may_reach(endpoint, endpoint.own_address, _networks()):
        typer.echo(_told(access, "private", host=endpoint.host), err=True)
    if access.format is Format.JSON:
        print_json({"number": number} | ({"secret": secret} if secret_file is None else {}))
        return
    typer.echo(_told(access, "added", number=number))
    if secret_file is None:
        typer.echo(_told(access, "secret", secret=secret))


@app.command("list", epilog=LIST_EXAMPLE)
@accessing(*STORE)
def list_webhooks(
    access: Access,
    tenant: Annotated[str | None, typer.Option(help="Only those of this tenant.")] = None,
    size: PageSize = 50,
    token: Token = "",
) -> None:
    """List the webhooks in use; secrets are not shown."""
    from moderation.cli.rendering.listing import local, print_json, print_table, rfc3339
    from moderation.store import webhooks

    with _reading(access) as connection:
        page = webhooks.webhooks(connection, tenant, size, token)
    if access.format is Format.JSON:
        records = [asdict(one) | {"created_at": rfc3339(one.created_at)} for one in page.items]
        print_json({"webhooks": records, "next_token": page.next_token})
        return
    if not page.items:
        typer.echo(_told(access, "no webhooks"))
        return
    rows = [(str(one.number), one.tenant, one.url, local(one.created_at)) for one in page.items]
    print_table(WEBHOOK_COLUMNS[access.locale], rows)
    _tell_of_more(access, page.next_token)


@app.command("remove", epilog=REMOVE_EXAMPLE)
@accessing(*STORE, "actor", role=Role.LEAD)
def remove(access: Access, webhook: WebhookNumber) -> None:
    """Send nothing more to a webhook, and forget its secret and what did not arrive."""
    from moderation.cli.rendering.listing import print_json
    from moderation.store import webhooks

    with _begun(access) as transaction:
        webhooks.remove(transaction, webhook)
    if access.format is Format.JSON:
        print_json({"removed": webhook})
    else:
        typer.echo(_told(access, "removed", number=webhook))


@app.command("dead", epilog=DEAD_EXAMPLE)
@accessing(*STORE)
def dead(
    access: Access,
    webhook: Annotated[
        int | None, typer.Option(min=1, max=LARGEST_NUMBER, help="Only what did not arrive at this webhook.")
    ] = None,
    size: PageSize = 50,
    token: Token = "",
) -> None:
    """List events that did not arrive and are not sent any more."""
    from moderation.cli.rendering.listing import local, print_json, print_table, rfc3339
    from moderation.store import webhooks

    with _reading(access) as connection:
        page = webhooks.dead_letters(connection, webhook, size, token)
    if access.format is Format.JSON:
        records = [asdict(one) | {"failed_at": rfc3339(one.failed_at)} for one in page.items]
        print_json({"dead_letters": records, "next_token": page.next_token})
        return
    if not page.items:
        typer.echo(_told(access, "no dead letters"))
        return
    rows = [
        (
            *map(str, (one.webhook, one.event, one.kind, one.case, one.attempts)),
            FAILURES.get(one.failure, one.failure) if access.locale is Locale.ZH else one.failure,
            local(one.failed_at),
        )
        for one in page.items
    ]
    print_table(DEAD_COLUMNS[access.locale], rows)
    _tell_of_more(access, page.next_token)


@app.command("retry", epilog=RETRY_EXAMPLE)
@accessing(*STORE, "actor", role=Role.LEAD)
def retry(
    access: Access,
    webhook: WebhookNumber,
    event: Annotated[
        int | None,
        typer.Argument(
            metavar="[EVENT]", min=1, max=LARGEST_NUMBER, help="The number of an event that did not arrive."
        ),
    ] = None,
    all_of_it: Annotated[bool, typer.Option("--all", help="All that did not arrive at the webhook.")] = False,
) -> None:
    """Send again what did not arrive, from the first attempt on."""
    from moderation.cli.rendering.listing import print_json
    from moderation.store import webhooks

    if (event is not None) == all_of_it:
        refuse(access, "event or all")
    with _begun(access) as transaction:
        count = webhooks.retry(transaction, webhook, event)
    if access.format is Format.JSON:
        print_json({"retried": count})
    else:
        typer.echo(_told(access, "retried", count=count))


@contextmanager
def _begun(access: Access) -> Iterator[Transaction]:
    """Give a transaction in the store; what is wrong with a webhook ends the command."""
    from moderation.review.webhook import WebhookError
    from moderation.store.content import Seals
    from moderation.store.transaction import begun

    actor, settings = actor_of(access), settings_of(access)
    with opened_store(access, settings) as opened:
        seals, policy = Seals(opened.ring), settings.review_policy
        try:
            with begun(opened.engine, actor, datetime.now(UTC), seals, policy) as transaction:
                yield transaction
        except WebhookError as error:
            fail(error.message(access.locale))


@contextmanager
def _reading(access: Access) -> Iterator[Connection]:
    from moderation.store.database import reading

    with opened_store(access) as opened, reading(opened.engine) as connection:
        yield connection


def _networks() -> Sequence[Network]:
    """Return the private networks that this environment allows; none where its settings are impossible."""
    from moderation.service.settings import SettingsError, read_settings

    try:
        return read_settings({}).webhook_networks
    except SettingsError:
        return ()


def _read_secret(access: Access, path: Path) -> str:
    """Return the secret in a file, without the end of its line."""
    try:
        if path == STANDARD_INPUT:
            content = sys.stdin.buffer.read(LONGEST_FILE)
        else:
            with path.open("rb") as file:
                content = file.read(LONGEST_FILE)
    except OSError as error:
        refuse(access, "unreadable", option="--secret-file", path=path, why=error.strerror)
    return content.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")


def _told(access: Access, name: str, **told: object) -> str:
    chinese, english = WORDS[name]
    return (chinese if access.locale is Locale.ZH else english).format(**told)


def _tell_of_more(access: Access, token: str) -> None:
    if token:
        typer.echo(_told(access, "more", token=token))

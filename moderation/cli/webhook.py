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
from moderation.cli.rendering.webhook_words import DEAD_COLUMNS, FAILURES, WEBHOOK_COLUMNS, WORDS
from moderation.cli.rule import Format
from moderation.review.people import Role

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from moderation.review.webhook import Network
    from moderation.store.transaction import Transaction
    from moderation.store.webhooks import Waiting

app = typer.Typer(
    help="Tell tenants of rulings and decisions by signed HTTP requests.", no_args_is_help=True, rich_markup_mode=None
)

ADD_EXAMPLE = (
    "Example: moderation webhook add jia https://hooks.example.cn/sms"
    " · moderation webhook add jia https://hooks.example.cn/sms --secret-file secret.txt"
)
ADD_ALERTS_EXAMPLE = "Example: moderation webhook add-alerts https://ops.example.cn/moderation"
LIST_EXAMPLE = "Example: moderation webhook list · moderation webhook list --tenant jia --format json"
REMOVE_EXAMPLE = "Example: moderation webhook remove 3"
DEAD_EXAMPLE = "Example: moderation webhook dead · moderation webhook dead --webhook 3 --format json"
RETRY_EXAMPLE = "Example: moderation webhook retry 3 1207 · moderation webhook retry 3 --all"

STANDARD_INPUT = Path("-")
LONGEST_FILE = 4096
PREFIX = "whsec_"
"""How a secret that is made here begins, so that scanners for leaked secrets know it."""

WebhookNumber = Annotated[
    int, typer.Argument(metavar="WEBHOOK", min=1, max=LARGEST_NUMBER, help="The number of a webhook.")
]

Url = Annotated[str, typer.Argument(help="Where to: https://HOST/PATH.")]
SecretFile = Annotated[
    Path | None, typer.Option(help="A file of the secret that signs, - for standard input; else one is made.")
]


@app.command("add", epilog=ADD_EXAMPLE)
@accessing(*STORE, "actor", role=Role.LEAD)
def add(
    access: Access,
    tenant: Annotated[str, typer.Argument(help="Whose cases are told of, as in the templates.")],
    url: Url,
    secret_file: SecretFile = None,
) -> None:
    """Tell a tenant at a URL what happens to its cases from now on.

    Receivers verify the signature, answer 2xx within 15 seconds, and pass over events whose id they had before.
    """
    from moderation.store import webhooks

    secret = _secret(access, secret_file)
    with _begun(access) as transaction:
        number = webhooks.add(transaction, tenant, url, secret)
    _tell_added(access, number, url, secret if secret_file is None else "")


@app.command("add-alerts", epilog=ADD_ALERTS_EXAMPLE)
@accessing(*STORE, "actor", role=Role.LEAD)
def add_alerts(access: Access, url: Url, secret_file: SecretFile = None) -> None:
    """Tell the operators at a URL of alerts from now on: spikes of rejects, first hits of new entries.

    Receivers do as those of tenants do; see docs/alerts.md for what they are sent.
    """
    from moderation.store import webhooks

    secret = _secret(access, secret_file)
    with _begun(access) as transaction:
        number = webhooks.add_for_alerts(transaction, url, secret)
    _tell_added(access, number, url, secret if secret_file is None else "")


@app.command("list", epilog=LIST_EXAMPLE)
@accessing(*STORE)
def list_webhooks(
    access: Access,
    tenant: Annotated[str | None, typer.Option(help="Only those of this tenant.")] = None,
    size: PageSize = 50,
    token: Token = "",
) -> None:
    """List the webhooks in use, and what waits for them; secrets are not shown."""
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
    rows = [
        (
            str(one.number),
            _told(access, "operators") if one.is_for_alerts else one.tenant,
            one.url,
            local(one.created_at),
            str(one.waiting.due),
            str(one.waiting.failing),
            _oldest(access, one.waiting),
            str(one.waiting.dead),
        )
        for one in page.items
    ]
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
            *map(str, (one.webhook, one.event, one.kind, one.case or "-", one.attempts)),
            _failure(access, one.failure),
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


def _secret(access: Access, file: Path | None) -> str:
    return _read_secret(access, file) if file is not None else PREFIX + secrets.token_urlsafe(32)


def _tell_added(access: Access, number: int, url: str, secret: str) -> None:
    """Tell the number of a new webhook, a secret that was made, and that a private address needs to be allowed."""
    from moderation.cli.rendering.listing import print_json
    from moderation.review.webhook import may_reach, parse_url

    endpoint = parse_url(url)
    if endpoint.own_address is not None and not may_reach(endpoint, endpoint.own_address, _networks()):
        typer.echo(_told(access, "private", host=endpoint.host), err=True)
    if access.format is Format.JSON:
        print_json({"number": number} | ({"secret": secret} if secret else {}))
        return
    typer.echo(_told(access, "added", number=number))
    if secret:
        typer.echo(_told(access, "secret", secret=secret))


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


def _oldest(access: Access, waiting: Waiting) -> str:
    """Return how often the oldest event that failed was tried, and why it failed last."""
    if not waiting.failing:
        return "-"
    return _told(access, "tried", attempts=waiting.attempts, failure=_failure(access, waiting.failure))


def _failure(access: Access, failure: str) -> str:
    return FAILURES.get(failure, failure) if access.locale is Locale.ZH else failure


def _told(access: Access, name: str, **told: object) -> str:
    chinese, english = WORDS[name]
    return (chinese if access.locale is Locale.ZH else english).format(**told)


def _tell_of_more(access: Access, token: str) -> None:
    if token:
        typer.echo(_told(access, "more", token=token))

"""The options by which commands over a store say which store is meant, who acts, and how to answer.

`accessing` gives them to a command, so that they are the same everywhere; the command gets them as one `Access`.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Concatenate, NoReturn, ParamSpec, TypeVar

import typer

from moderation.cli.check import Locale
from moderation.cli.failure import fail
from moderation.cli.rendering.mistakes import MISTAKES
from moderation.cli.rendering.system import in_language
from moderation.cli.rule import Format
from moderation.review.people import Role

LARGEST_NUMBER = 10**15
"""Of what a store counts, as a server takes it."""

CaseNumber = Annotated[int, typer.Argument(metavar="CASE", min=1, max=LARGEST_NUMBER, help="The number of a case.")]
Epoch = Annotated[
    int | None,
    typer.Option(min=1, max=LARGEST_NUMBER, help="The epoch of your lease; else that of the lease you hold now."),
]
RequestId = Annotated[
    str, typer.Option(metavar="ID", help="An id of this write: sent again, it changes nothing and answers alike.")
]
PageSize = Annotated[int, typer.Option(min=1, max=500, help="At most so many.")]
Token = Annotated[str, typer.Option(metavar="TOKEN", help="The page to show, as the page before told it.")]

Arguments = ParamSpec("Arguments")
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Access:
    """Which store or server, whose keys, who acts, and how answers are written; what a command lacks is as here.

    `has_tenant` tells whether the command is one that a sender may give, who speaks for a tenant.
    """

    store: str | None = None
    keys: Path | None = None
    server: str | None = None
    actor: str | None = None
    role: str = Role.REVIEWER
    tenant: str = ""
    has_tenant: bool = False
    locale: Locale = Locale.ZH
    format: Format = Format.TABLE
    wordlists: Path | None = None
    dialects: Path | None = None
    models: Path | None = None
    profiles: Path | None = None


def _directory(variable: str, help: str) -> object:
    option = typer.Option(
        metavar="DIRECTORY", envvar=variable, show_envvar=False, help=f"A directory of {help}; else {variable}."
    )
    return Annotated[Path | None, option]


OPTIONS: Mapping[str, object] = {
    "store": Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="An SQLite file or postgresql://USER@HOST/NAME; else MODERATION_STORE, or one in your data directory.",
        ),
    ],
    "keys": Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The keys of the store; else MODERATION_KEYS, or the file beside an SQLite."),
    ],
    "server": Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Ask this server, not a store in this process.")
    ],
    "actor": Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            envvar="MODERATION_ACTOR",
            show_envvar=False,
            help="Who acts; else MODERATION_ACTOR, or you.",
        ),
    ],
    "role": Annotated[str, typer.Option(metavar="ROLE", help="As what: sender, reviewer, lead, policy or auditor.")],
    "tenant": Annotated[str, typer.Option(metavar="NAME", help="The tenant that a sender speaks for.")],
    "locale": Annotated[Locale, typer.Option(help="The language of the answer.")],
    "format": Annotated[Format, typer.Option(help="How to write the answer.")],
    "wordlists": _directory("MODERATION_WORDLISTS", "wordlists instead of the shipped"),
    "dialects": _directory("MODERATION_DIALECTS", "dialect files instead of the shipped"),
    "models": _directory("MODERATION_MODELS", "models instead of the shipped"),
    "profiles": _directory("MODERATION_PROFILES", "profiles beside the shipped"),
}
STORE = ("store", "keys", "locale", "format")
REMOTE = ("server", "actor", "role")
DESK = (*STORE, *REMOTE)
WORDLISTS = (*STORE, "wordlists")
RULESET = (*WORDLISTS, "dialects", "models", "profiles")


def accessing(
    *names: str, role: Role = Role.REVIEWER
) -> Callable[[Callable[Concatenate[Access, Arguments], None]], Callable[..., None]]:
    """Give a command these options; it takes them, as an Access, before its own parameters."""
    defaults = {field.name: field.default for field in fields(Access)} | {"role": role.value}

    def decorated(command: Callable[Concatenate[Access, Arguments], None]) -> Callable[..., None]:
        own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
        kind = inspect.Parameter.KEYWORD_ONLY
        added = [
            inspect.Parameter(name, kind, default=defaults[name], annotation=option)
            for name, option in OPTIONS.items()
            if name in names
        ]

        @functools.wraps(command)
        def run(**given: Any) -> None:  # noqa: ANN401 - whatever the command takes
            said = {name: given.pop(name) for name in names}
            command(Access(**({"role": role.value, "has_tenant": "tenant" in names} | said)), **given)  # type: ignore[call-arg]

        run.__signature__ = inspect.Signature([*(one.replace(kind=kind) for one in own), *added])  # type: ignore[attr-defined]
        return run

    return decorated


def refuse(access: Access, mistake: str, **told: object) -> NoReturn:
    """End the command with what is wrong, in the reader's language."""
    fail(in_language(access.locale, MISTAKES[access.locale][mistake].format(**told)))


def chosen(access: Access, option: str, value: str, choices: type[Choice]) -> Choice:
    """Return the choice that a value names in any case; end the command where there is no such."""
    try:
        return choices(value.upper().replace("-", "_"))
    except ValueError:
        refuse(access, "unknown", option=option, value=repr(value), known=written(choices))


def written(choices: Iterable[StrEnum]) -> str:
    """Return choices as an option takes them."""
    return ", ".join(choice.value.lower().replace("_", "-") for choice in choices)


def moment(access: Access, option: str, value: str) -> datetime:
    """Return the moment of a day or a time, of this machine's zone unless it tells another."""
    try:
        return datetime.fromisoformat(value).astimezone()
    except (ValueError, OverflowError, OSError):
        refuse(access, "no time", option=option, value=repr(value))


def day(access: Access, option: str, value: str) -> date:
    """Return the day that a value names, today or later; end the command where it is none."""
    from moderation.match.wordlist_file import day_of

    try:
        named = day_of(value)
    except ValueError:
        refuse(access, "no day", option=option, value=repr(value[:40]))
    if named < datetime.now(UTC).date():
        refuse(access, "day over", option=option, value=value)
    return named


def within(access: Access, option: str, value: str | Sequence[str], field: str) -> None:
    """End the command unless a field of the contract, such as `RuleCaseRequest.note`, may hold a text or so many."""
    from moderation.service.bounds import BOUNDS

    bound = BOUNDS[f"moderation.v1.{field}"]
    if not bound.least <= len(value) <= bound.most:
        counted = "characters" if isinstance(value, str) else "values"
        refuse(access, counted, option=option, count=len(value), least=bound.least, most=bound.most)
    for one in [value] if isinstance(value, str) else value:
        if any("\ud800" <= character <= "\udfff" for character in one):
            refuse(access, "not UTF-8", option=option)


def repeatable(access: Access, request_id: str, epoch: int | None) -> None:
    """End the command unless a write on a held case can be sent again, when its lease is over, under its id."""
    within(access, "--request-id", request_id, "RuleCaseRequest.request_id")
    if request_id and epoch is None:
        refuse(access, "no epoch")

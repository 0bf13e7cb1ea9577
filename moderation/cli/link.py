"""`moderation link`: the domains and hosts that tenants register as their own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from moderation.cli.access import (
    DESK,
    LARGEST_NUMBER,
    Access,
    PageSize,
    RequestId,
    Token,
    accessing,
    chosen,
    refuse,
    within,
)
from moderation.cli.answering import answer, answer_page, words
from moderation.cli.failure import fail
from moderation.cli.link_access import opened_links
from moderation.review.people import Role

if TYPE_CHECKING:
    from moderation.links.link import Link

app = typer.Typer(
    help="Register tenants' own links, verify and revoke them.", no_args_is_help=True, rich_markup_mode=None
)

ADD_EXAMPLE = (
    "Example: moderation link add example.cn --tenant jia --icp 京ICP备00000000号-1"
    " · moderation link add s.example.cn/jia --tenant jia --kind short"
)
VERIFY_EXAMPLE = "Example: moderation link verify 7 --evidence 备案截图2026-12 --until 2027-11-30"
CHALLENGE_EXAMPLE = "Example: moderation link challenge 7 · moderation link challenge 7 --look dns --tenant jia"
LIST_EXAMPLE = "Example: moderation link list --tenant jia --state verified · moderation link list --format json"
SHOW_EXAMPLE = "Example: moderation link show 7 --format json"
REVOKE_EXAMPLE = "Example: moderation link revoke 7 --reason 域名已转让"
IMPORT_EXAMPLE = "Example: moderation link import links.csv · moderation link import -"

STANDARD_INPUT = Path("-")
NOT_IMPORTED = 2
"""Exit code where a file has problems."""

Number = Annotated[int, typer.Argument(metavar="LINK", min=1, max=LARGEST_NUMBER, help="The number of a link.")]
Epoch = Annotated[
    int, typer.Option(min=0, max=10**9, help="The epoch at which you believe the link stands; 0 for any.")
]
Icp = Annotated[str, typer.Option(metavar="NUMBER", help="The number of its filing, such as 京ICP备00000000号-1.")]
Made = TypeVar("Made")


@app.command("add", epilog=ADD_EXAMPLE)
@accessing(*DESK, "tenant", "wordlists", role=Role.SENDER)
def add(
    access: Access,
    target: Annotated[str, typer.Argument(metavar="DOMAIN", help="A domain or a host, perhaps with a path.")],
    kind: Annotated[str, typer.Option(help="domain, or short for your own domain of short links.")] = "domain",
    icp: Icp = "",
    evidence: Annotated[str, typer.Option(metavar="TEXT", help="What shows whose it is.")] = "",
    request_id: RequestId = "",
) -> None:
    """Register a link of a tenant; it counts once it is verified.

    A domain such as example.cn has all hosts below it, a host such as m.example.cn itself alone; with a path, what is
    under the path.
    """
    from moderation.links.fields import kind_of

    if not access.tenant:
        refuse(access, "no tenant")
    within(access, "DOMAIN", target, "AddLinkRequest.target")
    within(access, "--icp", icp, "AddLinkRequest.icp_number")
    within(access, "--evidence", evidence, "AddLinkRequest.evidence")
    within(access, "--request-id", request_id, "AddLinkRequest.request_id")
    meant = _read(access, "--kind", lambda: kind_of(kind))
    with opened_links(access) as (links, actor):
        added = links.add(
            actor, access.tenant, target, kind=meant, icp_number=icp, evidence=evidence, request_id=request_id
        )
    _print(access, added, with_challenge=True)


@app.command("verify", epilog=VERIFY_EXAMPLE)
@accessing(*DESK, role=Role.POLICY)
def verify(
    access: Access,
    link: Number,
    evidence: Annotated[str, typer.Option(metavar="TEXT", help="By what you verified it.")],
    until: Annotated[str, typer.Option(metavar="DAY", help="Until when it holds, such as 2027-11-30.")],
    icp: Icp = "",
    epoch: Epoch = 0,
    request_id: RequestId = "",
) -> None:
    """Verify a link by hand, over evidence; also one that is over or was revoked."""
    from moderation.links.fields import moment_of

    within(access, "--evidence", evidence, "AddLinkRequest.evidence")
    within(access, "--icp", icp, "AddLinkRequest.icp_number")
    within(access, "--request-id", request_id, "VerifyLinkRequest.request_id")
    end: datetime = _read(access, "--until", lambda: moment_of(until))
    with opened_links(access) as (links, actor):
        verified = links.verify(actor, link, evidence, end, icp_number=icp, epoch=epoch, request_id=request_id)
    _print(access, verified)


@app.command("challenge", epilog=CHALLENGE_EXAMPLE)
@accessing(*DESK, "tenant", role=Role.SENDER)
def challenge(
    access: Access,
    link: Number,
    look: Annotated[str, typer.Option(metavar="WHERE", help="Look now: dns, or file.")] = "",
    request_id: RequestId = "",
) -> None:
    """Tell what the host has to publish to prove whose it is; with --look, look for it and verify the link.

    What is proved so holds for a year, and can be proved again.
    """
    from moderation.links.challenge import CHALLENGES
    from moderation.links.link import Proof

    within(access, "--request-id", request_id, "VerifyLinkRequest.request_id")
    method = chosen(access, "--look", look, Proof) if look else None
    if method is not None and method not in CHALLENGES:
        refuse(access, "unknown", option="--look", value=repr(look), known="dns, file")
    with opened_links(access) as (links, actor):
        found = links.link(actor, link) if method is None else links.prove(actor, link, method, request_id=request_id)
    _print(access, found, with_challenge=method is None)


@app.command("list", epilog=LIST_EXAMPLE)
@accessing(*DESK, "tenant", role=Role.POLICY)
def list_links(
    access: Access,
    state: Annotated[str, typer.Option(metavar="STATE", help="Only pending, verified, expired or revoked ones.")] = "",
    host: Annotated[str, typer.Option(metavar="HOST", help="Only those of this host.")] = "",
    size: PageSize = 50,
    token: Token = "",
) -> None:
    """List links, the oldest first; of one tenant with --tenant, which a sender has to name."""
    from moderation.cli.rendering.links import link_record, print_links
    from moderation.links.link import LinkFilter
    from moderation.links.states import LinkState
    from moderation.links.target import target_of

    known = _read(access, "--host", lambda: target_of(host).host) if host else ""
    wanted = LinkFilter(access.tenant, chosen(access, "--state", state, LinkState) if state else None, known)
    with opened_links(access) as (links, actor):
        page = links.links(actor, wanted, size=size, token=token)
    answer_page(access, "links", page, link_record, lambda some: print_links(some, access.locale))


@app.command("show", epilog=SHOW_EXAMPLE)
@accessing(*DESK, "tenant", role=Role.POLICY)
def show(access: Access, link: Number) -> None:
    """Print a whole link, and what its host may publish to prove whose it is."""
    with opened_links(access) as (links, actor):
        found = links.link(actor, link)
    _print(access, found, with_challenge=True)


@app.command("revoke", epilog=REVOKE_EXAMPLE)
@accessing(*DESK, role=Role.POLICY)
def revoke(
    access: Access,
    link: Number,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, for the tenant and the audit.")],
    epoch: Epoch = 0,
    request_id: RequestId = "",
) -> None:
    """Let a link count no longer, in all checks within a second; policy staff alone can verify it again."""
    within(access, "--reason", reason, "RevokeLinkRequest.reason")
    within(access, "--request-id", request_id, "RevokeLinkRequest.request_id")
    with opened_links(access) as (links, actor):
        revoked = links.revoke(actor, link, reason, epoch=epoch, request_id=request_id)
    _print(access, revoked)


@app.command("import", epilog=IMPORT_EXAMPLE)
@accessing(*DESK, "wordlists", role=Role.POLICY)
def import_links(
    access: Access,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file; - reads standard input.")],
    request_id: RequestId = "",
) -> None:
    """Verify all links of a CSV file, at most 100,000, or none of them where anything is wrong.

    Its first line names the columns: tenant, domain, evidence and until, and if needed path, icp and kind (domain or
    short). What is wrong is told line by line, with exit code 2.
    """
    from moderation.cli.rendering.links import imported_record, print_imported, problem_lines

    within(access, "--request-id", request_id, "ImportLinksRequest.request_id")
    content = _content(access, file)
    with opened_links(access) as (links, actor):
        imported = links.import_links(actor, content, request_id=request_id)
    if imported.problems:
        for line in problem_lines(imported, str(file), access.locale):
            typer.echo(line, err=True)
        answer(access, lambda: imported_record(imported, access.locale), lambda: None)
        raise typer.Exit(NOT_IMPORTED)
    answer(
        access,
        lambda: imported_record(imported, access.locale),
        lambda: print_imported(imported, access.locale),
    )


def _content(access: Access, file: Path) -> bytes:
    from moderation.links.file import MOST_BYTES

    try:
        if file == STANDARD_INPUT:
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        refuse(access, "unreadable", option="FILE", path=file, why=error.strerror)


def _read(access: Access, option: str, read: Callable[[], Made]) -> Made:
    """Return what an option says; end the command where that cannot be."""
    from moderation.links.problems import UnfitLinkError

    try:
        return read()
    except UnfitLinkError as problem:
        fail(f"{option}: {problem.message(access.locale)}")


def _print(access: Access, link: Link, *, with_challenge: bool = False) -> None:
    from moderation.cli.rendering.links import link_record, print_link

    answer(
        access,
        lambda: {"link": link_record(link)},
        lambda: print_link(link, words(access), access.locale, with_challenge=with_challenge),
    )

"""Links as JSON records and as tables, and what became of a file of them."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from moderation.cli.rendering.listing import Record, console, local, print_table, rfc3339
from moderation.cli.rendering.words import WORDS
from moderation.evaluation.printable import shown
from moderation.links.challenge import content_of, file_url, record_name
from moderation.links.link import Link, own_link_of
from moderation.links.problems import message_of
from moderation.links.registry import Imported
from moderation.links.states import LinkState


def link_record(link: Link) -> Record:
    """Return the record of a link."""
    return {
        "link": link.number,
        "tenant": link.tenant,
        "host": link.host,
        "path": link.path,
        "kind": link.kind.value,
        "state": link.state.value,
        "epoch": link.epoch,
        "covers_subdomains": own_link_of(link.host, link.path, link.kind).is_below,
        "icp_number": link.icp_number,
        "evidence": link.evidence,
        "challenge": {
            "record_name": record_name(link.host),
            "file_url": file_url(link.host),
            "content": content_of(link.token),
        },
        "added_by": link.added_by,
        "added_at": rfc3339(link.added_at),
        "proof": link.proof.value if link.proof else None,
        "verified_by": link.verified_by,
        "verified_at": rfc3339(link.verified_at),
        "valid_until": rfc3339(link.valid_until),
        "revoked_by": link.revoked_by,
        "revoked_at": rfc3339(link.revoked_at),
        "reason": link.reason,
    }


def imported_record(imported: Imported, locale: str) -> Record:
    """Return the record of what became of a file."""
    return {
        "added": imported.added,
        "renewed": imported.renewed,
        "problems": [
            {
                "line": one.line,
                "column": one.column,
                "fault": one.fault.value,
                "message": message_of(one.fault, one.told, locale),
            }
            for one in imported.problems
        ],
        "untold": imported.untold,
    }


def print_links(links: Iterable[Link], locale: str) -> None:
    """Write links as a table, one a row."""
    words = WORDS[locale]
    columns = [words[name] for name in ("link", "tenant", "target", "link kind", "state", "valid until", "icp")]
    rows = (
        (
            str(link.number),
            link.tenant,
            link.target,
            words[link.kind],
            words[f"LINK {link.state}"],
            local(link.valid_until) if link.valid_until else "-",
            link.icp_number or "-",
        )
        for link in links
    )
    print_table(columns, rows)


def print_link(link: Link, words: Mapping[str, str], locale: str, *, with_challenge: bool) -> None:
    """Write a whole link, and how its host can prove whose it is."""
    lines = [*_facts(link, words)]
    if with_challenge and link.state is not LinkState.REVOKED:
        content = content_of(link.token)
        lines += [
            words["to prove"].format(link=link.number, tenant=shlex.quote(link.tenant)),
            words["by record"].format(name=record_name(link.host), content=content),
            words["by file"].format(url=file_url(link.host), content=content),
        ]
    for line in lines:
        console().print(Text(shown(line)), soft_wrap=True)


def _facts(link: Link, words: Mapping[str, str]) -> Iterator[str]:
    scope = words["all below" if own_link_of(link.host, link.path, link.kind).is_below else "itself alone"]
    state = words[f"LINK {link.state}"]
    yield f"{words['link']} {link.number} · {link.tenant} · {link.target} ({words[link.kind]}, {scope}) · {state}"
    if link.valid_until is not None and link.state is not LinkState.REVOKED:
        yield f"  {words['valid until']}: {local(link.valid_until)}"
    if link.icp_number:
        yield f"  {words['icp']}: {link.icp_number}"
    if link.evidence:
        yield f"  {words['evidence']}: {link.evidence}"
    yield f"  {words['link added']}: {local(link.added_at)} {link.added_by}".rstrip()
    if link.verified_at is not None and link.proof is not None:
        how = words[f"PROOF {link.proof}"]
        yield f"  {words['link verified']}: {local(link.verified_at)} {how} {link.verified_by}".rstrip()
    if link.revoked_at is not None:
        yield f"  {words['link revoked']}: {local(link.revoked_at)} {link.revoked_by} {link.reason}".rstrip()
    yield f"  {words['link epoch']}: {link.epoch}"


def print_imported(imported: Imported, locale: str) -> None:
    """Write how many links of a file are kept."""
    told = WORDS[locale]["imported"].format(added=imported.added, renewed=imported.renewed)
    console().print(Text(told), soft_wrap=True)


def problem_lines(imported: Imported, file: str, locale: str) -> Iterator[str]:
    """Yield what is wrong with a file, a problem a line, as FILE:LINE: COLUMN: what and how to mend it."""
    words = WORDS[locale]
    for one in imported.problems:
        column = f" {one.column}:" if one.column else ""
        yield shown(f"{file}:{one.line}:{column} {message_of(one.fault, one.told, locale)}")
    if imported.untold:
        yield words["untold"].format(count=imported.untold)
    yield words["not imported"]

"""`moderation wordlist rollback|log|diff|export`: numbered versions of the wordlists."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from moderation.cli.access import (
    LARGEST_NUMBER,
    REMOTE,
    STORE,
    WORDLISTS,
    Access,
    PageSize,
    RequestId,
    Token,
    accessing,
)
from moderation.cli.answering import answer, answer_page, words
from moderation.cli.output_file import output_file
from moderation.cli.wordlist_access import Expect, OfVersion, Reason, WordlistId, opened_lists, require_writable
from moderation.review.people import Role

ROLLBACK_EXAMPLE = "Example: moderation wordlist rollback 6 --expect 7 --reason 误伤取件通知"
LOG_EXAMPLE = "Example: moderation wordlist log --size 10 --format json"
DIFF_EXAMPLE = "Example: moderation wordlist diff 6 7 · moderation wordlist diff 7 6 --format json"
EXPORT_EXAMPLE = "Example: moderation wordlist export advertising/absolute --version 6 -o absolute.txt"

app = typer.Typer(rich_markup_mode=None)


@app.command("rollback", epilog=ROLLBACK_EXAMPLE)
@accessing(*STORE, *REMOTE, role=Role.POLICY)
def rollback(
    access: Access,
    version: Annotated[
        int, typer.Argument(metavar="VERSION", min=0, max=LARGEST_NUMBER, help="The version to restore; 0 as shipped.")
    ],
    expect: Expect,
    reason: Reason,
    request_id: RequestId = "",
) -> None:
    """Make all wordlists what they were in an earlier version; this is the next version, and nothing is forgotten."""
    from moderation.cli.rendering.wordlists import version_record

    require_writable(access, request_id, reason)
    with opened_lists(access) as lists:
        made = lists.rollback(version, expect, reason, request_id=request_id)
    told = {"restores": version, "version": made.number}
    answer(
        access,
        lambda: {"version": version_record(made)},
        lambda: typer.echo(words(access)["is restored"].format(**told)),
    )


@app.command("log", epilog=LOG_EXAMPLE)
@accessing(*STORE, *REMOTE, role=Role.POLICY)
def log(access: Access, size: PageSize = 50, token: Token = "") -> None:
    """List the versions, the latest first: what changed, by whom, approved by whom, and why."""
    from moderation.cli.rendering.wordlists import print_versions, version_record

    with opened_lists(access) as lists:
        page = lists.log(size=size, token=token)
    answer_page(access, "versions", page, version_record, lambda versions: print_versions(versions, access.locale))


@app.command("diff", epilog=DIFF_EXAMPLE)
@accessing(*WORDLISTS, *REMOTE, role=Role.POLICY)
def diff(
    access: Access,
    from_version: Annotated[
        int, typer.Argument(metavar="FROM", min=0, max=LARGEST_NUMBER, help="A version; 0 is as shipped.")
    ],
    to_version: Annotated[int, typer.Argument(metavar="TO", min=0, max=LARGEST_NUMBER, help="Another version.")],
    size: PageSize = 50,
    token: Token = "",
) -> None:
    """List what leads from one version to another, with the lines before and after."""
    from moderation.cli.rendering.wordlists import difference_record, print_differences

    with opened_lists(access) as lists:
        page = lists.diff(from_version, to_version, size=size, token=token)
    answer_page(access, "differences", page, difference_record, lambda some: print_differences(some, access.locale))


@app.command("export", epilog=EXPORT_EXAMPLE)
@accessing("store", "keys", "locale", "wordlists", *REMOTE, role=Role.POLICY)
def export(
    access: Access,
    wordlist: WordlistId,
    version: OfVersion = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
) -> None:
    """Write a wordlist as a file: its header and comments as shipped, and the lines in force."""
    with opened_lists(access, needs_store=False) as lists:
        content = lists.export(wordlist, version)
    with output_file(output) as stream:
        stream.write(content)

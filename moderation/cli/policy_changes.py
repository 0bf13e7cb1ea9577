"""`moderation policy plan|apply|rollback`: a policy file as the next version, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import DESK, LARGEST_NUMBER, Access, RequestId, accessing
from moderation.cli.answering import answer, words
from moderation.cli.policy_access import (
    ExpectPolicy,
    PolicyPath,
    PolicyReason,
    TenantName,
    opened_policies,
    read_file,
    require_tenant,
    require_writable,
)
from moderation.review.people import Role

if TYPE_CHECKING:
    from moderation.policies.document import PolicyVersion

PLAN_EXAMPLE = "Example: moderation policy plan bank.toml · moderation policy plan bank.toml --server 127.0.0.1:50051"
APPLY_EXAMPLE = "Example: moderation policy apply bank.toml --expect 3 --reason 新增竞品词"
ROLLBACK_EXAMPLE = "Example: moderation policy rollback bank 3 --expect 4 --reason 误伤取件通知"

app = typer.Typer(rich_markup_mode=None)


@app.command("plan", epilog=PLAN_EXAMPLE)
@accessing(*DESK, "profiles", role=Role.POLICY)
def plan(access: Access, file: PolicyPath) -> None:
    """Say what a policy file would change; 2: something is wrong in it, which is told line by line."""
    from moderation.cli.rendering.policies import difference_record, print_plan
    from moderation.policies.difference import differences

    read = read_file(access, file)
    with opened_policies(access, read.tenant) as (policies, actor):
        current = policies.version(actor, read.tenant, 0)
        policies.validate(actor, read.tenant, read.document, current.line.version)
    found = differences(current.document, read.document)
    answer(
        access,
        lambda: {
            "tenant": read.tenant,
            "version": current.line.version,
            "differences": list(map(difference_record, found)),
        },
        lambda: print_plan(read.tenant, current.line.version, found, access.locale),
    )


@app.command("apply", epilog=APPLY_EXAMPLE)
@accessing(*DESK, "profiles", role=Role.POLICY)
def apply(
    access: Access, file: PolicyPath, expect: ExpectPolicy, reason: PolicyReason, request_id: RequestId = ""
) -> None:
    """Put a policy file into force as the next version, where the current one is as expected."""
    require_writable(access, reason, request_id)
    read = read_file(access, file)
    with opened_policies(access, read.tenant) as (policies, actor):
        made = policies.update(actor, read.tenant, read.document, expect, reason, request_id)
    _tell(access, made, "policy applied" if made.line.version != expect else "policy same")


@app.command("rollback", epilog=ROLLBACK_EXAMPLE)
@accessing(*DESK, role=Role.POLICY)
def rollback(
    access: Access,
    tenant: TenantName,
    version: Annotated[
        int,
        typer.Argument(metavar="VERSION", min=0, max=LARGEST_NUMBER, help="The version to restore; 0 says nothing."),
    ],
    expect: ExpectPolicy,
    reason: PolicyReason,
    request_id: RequestId = "",
) -> None:
    """Make a policy what it was in an earlier version; this is the next version, and nothing is forgotten."""
    require_tenant(access, tenant)
    require_writable(access, reason, request_id)
    with opened_policies(access, tenant) as (policies, actor):
        made = policies.rollback(actor, tenant, version, expect, reason, request_id)
    _tell(access, made, "policy restored" if made.line.version != expect else "policy same")


def _tell(access: Access, made: PolicyVersion, done: str) -> None:
    from moderation.cli.rendering.policies import line_record

    line = made.line
    told = {"tenant": line.tenant, "version": line.version, "restores": line.restores, "previous": line.version - 1}
    answer(access, lambda: {"policy": line_record(line)}, lambda: typer.echo(words(access)[done].format(**told)))

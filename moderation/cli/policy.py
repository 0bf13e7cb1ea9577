"""`moderation policy list|show|log|export`: what tenants allow, forbid and re-weight."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from moderation.cli.access import DESK, LARGEST_NUMBER, Access, PageSize, Token, accessing, moment, refuse
from moderation.cli.answering import answer, answer_page
from moderation.cli.output_file import output_file
from moderation.cli.policy_access import TenantName, opened_policies, require_tenant
from moderation.review.people import Role

app = typer.Typer(help="Show policies of tenants, and change them.", no_args_is_help=True, rich_markup_mode=None)

LIST_EXAMPLE = "Example: moderation policy list · moderation policy list --server 127.0.0.1:50051 --format json"
SHOW_EXAMPLE = "Example: moderation policy show bank · moderation policy show bank --effective --at 2027-01-31"
LOG_EXAMPLE = "Example: moderation policy log bank --size 10 --format json"
EXPORT_EXAMPLE = "Example: moderation policy export bank --version 3 -o bank.toml"

OfVersion = Annotated[
    int,
    typer.Option(
        "--version", metavar="VERSION", min=0, max=LARGEST_NUMBER, help="This version; else the one in force."
    ),
]


@app.command("list", epilog=LIST_EXAMPLE)
@accessing(*DESK, role=Role.POLICY)
def list_policies(access: Access, size: PageSize = 50, token: Token = "") -> None:
    """List the policies in force, by tenant."""
    from moderation.cli.rendering.policies import line_record, print_lines

    with opened_policies(access) as (policies, actor):
        page = policies.list(actor, size, token)
    answer_page(access, "policies", page, line_record, lambda lines: print_lines(lines, access.locale))


@app.command("show", epilog=SHOW_EXAMPLE)
@accessing(*DESK, role=Role.POLICY)
def show(
    access: Access,
    tenant: TenantName,
    version: OfVersion = 0,
    effective: Annotated[
        bool, typer.Option("--effective", help="What holds, with what is inherited, and where each value comes from.")
    ] = False,
    at: Annotated[
        str, typer.Option(metavar="TIME", help="What holds at this time, such as 2027-01-31; with --effective.")
    ] = "",
    size: PageSize = 200,
    token: Token = "",
) -> None:
    """Show a tenant's policy as its file, or what holds for the tenant."""
    from moderation.cli.rendering.policies import print_policy, print_values, value_record, version_record

    require_tenant(access, tenant)
    if at and not effective:
        refuse(access, "when of effective")
    if version and effective:
        refuse(access, "version of effective")
    if not effective:
        with opened_policies(access, tenant) as (policies, actor):
            found = policies.version(actor, tenant, version)
        answer(access, lambda: {"policy": version_record(found)}, lambda: print_policy(found, access.locale))
        return
    meant = moment(access, "--at", at) if at else None
    with opened_policies(access, tenant) as (policies, actor):
        page = policies.values(actor, tenant, meant, size, token)
    answer_page(access, "values", page, value_record, lambda values: print_values(values, access.locale))


@app.command("log", epilog=LOG_EXAMPLE)
@accessing(*DESK, role=Role.POLICY)
def log(access: Access, tenant: TenantName, size: PageSize = 50, token: Token = "") -> None:
    """List the versions of a tenant's policy, the latest first: how much each says, by whom, and why."""
    from moderation.cli.rendering.policies import line_record, print_lines

    require_tenant(access, tenant)
    with opened_policies(access, tenant) as (policies, actor):
        page = policies.log(actor, tenant, size, token)
    answer_page(access, "policy_versions", page, line_record, lambda lines: print_lines(lines, access.locale))


@app.command("export", epilog=EXPORT_EXAMPLE)
@accessing("store", "keys", "locale", "server", "actor", "role", role=Role.POLICY)
def export(
    access: Access,
    tenant: TenantName,
    version: OfVersion = 0,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
) -> None:
    """Write a tenant's policy as the file that `plan` and `apply` read."""
    from moderation.policies.writing import write_policy

    require_tenant(access, tenant)
    with opened_policies(access, tenant) as (policies, actor):
        found = policies.version(actor, tenant, version)
    with output_file(output) as stream:
        stream.write(write_policy(tenant, found.document))

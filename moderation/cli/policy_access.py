"""The policies that a command means: those of a store in this process, or of a server."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from moderation.cli.access import LARGEST_NUMBER, Access, refuse, within
from moderation.cli.failure import fail, ruleset_errors
from moderation.cli.opening import actor_of, at_server, opened_store, settings_of
from moderation.review.people import Actor, Role

if TYPE_CHECKING:
    from moderation.policies.document import PolicyDocument, PolicyLine, PolicyVersion
    from moderation.policies.effective import Value
    from moderation.policies.reading import PolicyFile
    from moderation.review.desk import Page

STANDARD_INPUT = "-"

TenantName = Annotated[str, typer.Argument(metavar="TENANT", help="A tenant, or default for what all inherit.")]
ExpectPolicy = Annotated[
    int,
    typer.Option(
        "--expect", metavar="VERSION", min=0, max=LARGEST_NUMBER, help="The version that you believe is in force, or 0."
    ),
]
PolicyReason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the log and the audit.")]
PolicyPath = Annotated[str, typer.Argument(metavar="FILE", help="A policy file of TOML; - reads standard input.")]


class Policies(Protocol):
    """The policies of all tenants, wherever they are."""

    def version(self, actor: Actor, tenant: str, number: int) -> PolicyVersion:
        """Return one version of a policy, the one in force for 0."""
        ...

    def values(self, actor: Actor, tenant: str, at: datetime | None, size: int, token: str) -> Page[Value]:
        """Return a page of what holds for a tenant at a moment, now unless told."""
        ...

    def update(
        self, actor: Actor, tenant: str, document: PolicyDocument, expected: int, reason: str, request_id: str
    ) -> PolicyVersion:
        """Make the next version of a policy."""
        ...

    def validate(self, actor: Actor, tenant: str, document: PolicyDocument, expected: int) -> None:
        """Refuse what `update` would, besides what is wrong in the file."""
        ...

    def rollback(
        self, actor: Actor, tenant: str, to: int, expected: int, reason: str, request_id: str
    ) -> PolicyVersion:
        """Make the next version, which says what an earlier one said."""
        ...

    def list(self, actor: Actor, size: int, token: str) -> Page[PolicyLine]:
        """Return a page of the policies in force."""
        ...

    def log(self, actor: Actor, tenant: str, size: int, token: str) -> Page[PolicyLine]:
        """Return a page of the versions of a policy, the latest first."""
        ...


@contextmanager
def opened_policies(access: Access, tenant: str = "") -> Iterator[tuple[Policies, Actor]]:
    """Give the policies that the options mean, and who acts; a sender speaks for the tenant that is asked for."""
    actor = actor_of(access)
    if actor.role is Role.SENDER:
        actor = replace(actor, tenant=tenant)
    if access.server is not None:
        from moderation.cli.remote_policies import RemotePolicies

        with at_server(access, RemotePolicies) as remote:
            yield remote, actor
        return
    from moderation.cli.local_policies import LocalPolicies
    from moderation.store.policies import StoredPolicies

    settings = settings_of(access)
    with opened_store(access, settings) as opened:
        yield LocalPolicies(StoredPolicies(opened.engine, opened.ring, settings.review_policy)), actor


def require_tenant(access: Access, tenant: str) -> None:
    """End the command where this is no name of a tenant."""
    within(access, "TENANT", tenant, "GetPolicyRequest.tenant")
    if not tenant.isprintable() or not tenant.strip():
        refuse(access, "no name", option="TENANT", value=repr(tenant), most=64)


def require_writable(access: Access, reason: str, request_id: str) -> None:
    """End the command where a write cannot be kept as it is told."""
    within(access, "--request-id", request_id, "UpdatePolicyRequest.request_id")
    within(access, "--reason", reason, "UpdatePolicyRequest.reason")


def read_file(access: Access, path: str) -> PolicyFile:
    """Return the policy of a file; end the command with everything that is wrong in it."""
    from moderation.cli.rendering.policy_problems import policy_problem
    from moderation.policies.reading import PolicyFileError, read_policy

    name = "stdin" if path == STANDARD_INPUT else path
    try:
        content = sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
    except OSError as error:
        fail(f"{path}: {error.strerror}")
    try:
        file = read_policy(name, content, _profiles(access), datetime.now(UTC))
    except PolicyFileError as error:
        fail("\n".join(policy_problem(one, access.locale) for one in error.diagnostics))
    require_tenant(access, file.tenant)
    return file


def _profiles(access: Access) -> Collection[str] | None:
    """Return the names of the profiles that there are; None where only a server knows."""
    if access.server is not None:
        return None
    from moderation.ruleset import load_all_profiles

    with ruleset_errors(access.locale):
        return load_all_profiles(access.profiles).keys()

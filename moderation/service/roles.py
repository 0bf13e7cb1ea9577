"""Who calls, by the call's metadata, and which role may call what; what the table does not name, nobody may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import unquote

from moderation.review.people import Actor, Role
from moderation.service.errors import Reason, RequestError

ACTOR_KEY, ROLE_KEY, TENANT_KEY = "moderation-actor", "moderation-role", "moderation-tenant"
"""Keys of the metadata; a tenant is asked of senders only."""

MOST_CHARACTERS = 64
"""Of the name of an actor or a tenant."""

KNOWN_ROLES = tuple(role for role in Role if role is not Role.SYSTEM)
"""Roles that a caller may have; the service itself makes no calls."""

REVIEWERS = frozenset((Role.REVIEWER, Role.LEAD))
READERS = REVIEWERS | {Role.POLICY, Role.AUDITOR}
APPEAL_READERS = REVIEWERS | {Role.SENDER, Role.AUDITOR}
LINK_OWNERS = frozenset((Role.SENDER, Role.POLICY))
LINK_READERS = LINK_OWNERS | {Role.LEAD, Role.AUDITOR}
WATCHERS = REVIEWERS | {Role.SENDER}
POLICY_READERS = READERS | {Role.SENDER}
POLICY = frozenset((Role.POLICY,))
WORDLIST_READERS = POLICY | {Role.LEAD, Role.AUDITOR}

ROLES: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        "ReviewService.ClaimNext": REVIEWERS,
        "ReviewService.ClaimCase": REVIEWERS,
        "ReviewService.RenewLease": REVIEWERS,
        "ReviewService.ReleaseCase": REVIEWERS,
        "ReviewService.SkipCase": REVIEWERS,
        "ReviewService.RuleCase": REVIEWERS,
        "ReviewService.GetCase": READERS,
        "ReviewService.ListCases": READERS,
        "ReviewService.ListSimilarCases": READERS,
        "ReviewService.GetStatistics": frozenset((Role.LEAD, Role.POLICY, Role.AUDITOR)),
        "ReviewService.ListProposals": frozenset((Role.POLICY,)),
        "ReviewService.ListCaseEvents": WATCHERS,
        "ReviewService.WatchCases": WATCHERS,
        "AppealService.FileAppeal": frozenset((Role.SENDER,)),
        "AppealService.GetAppeal": APPEAL_READERS,
        "AppealService.ListAppeals": APPEAL_READERS,
        "AppealService.DecideAppeal": REVIEWERS,
        "AuditService.ListAuditEntries": frozenset((Role.LEAD, Role.AUDITOR)),
        "AuditService.VerifyAudit": frozenset((Role.AUDITOR,)),
        "LinkService.AddLink": LINK_OWNERS,
        "LinkService.VerifyLink": LINK_OWNERS,
        "LinkService.GetLink": LINK_READERS,
        "LinkService.ListLinks": LINK_READERS,
        "LinkService.RevokeLink": frozenset((Role.POLICY,)),
        "LinkService.ImportLinks": frozenset((Role.POLICY,)),
        "PolicyService.GetPolicy": POLICY_READERS,
        "PolicyService.GetEffectivePolicy": POLICY_READERS,
        "PolicyService.UpdatePolicy": frozenset((Role.POLICY,)),
        "PolicyService.RollbackPolicy": frozenset((Role.POLICY,)),
        "PolicyService.ListPolicies": READERS,
        "PolicyService.ListPolicyVersions": POLICY_READERS,
        "WordlistService.ListWordlists": WORDLIST_READERS,
        "WordlistService.GetWordlist": WORDLIST_READERS,
        "WordlistService.ListEntries": WORDLIST_READERS,
        "WordlistService.SearchEntries": WORDLIST_READERS,
        "WordlistService.ExportWordlist": WORDLIST_READERS,
        "WordlistService.UploadBatch": POLICY,
        "WordlistService.PlanBatch": POLICY,
        "WordlistService.ApplyBatch": POLICY,
        "WordlistService.ApproveBatch": POLICY,
        "WordlistService.DropBatch": POLICY,
        "WordlistService.Rollback": POLICY,
        "WordlistService.GetBatch": WORDLIST_READERS,
        "WordlistService.ListBatches": WORDLIST_READERS,
        "WordlistService.ListChanges": WORDLIST_READERS,
        "WordlistService.ListVersions": WORDLIST_READERS,
        "WordlistService.DiffVersions": WORDLIST_READERS,
        "TrialService.ListEntryTrials": WORDLIST_READERS,
        "TrialService.ListRuleTrials": WORDLIST_READERS,
        "TrialService.GetTrialHits": WORDLIST_READERS,
        "TrialService.SetRuleTrials": POLICY,
        "RulesetService.GetRuleset": WORDLIST_READERS,
    }
)
"""The roles that may call each method; methods of services that are not named here need no role."""

Metadata = Iterable[tuple[str, str | bytes]]


def permitted(method: str, metadata: Metadata | None) -> Actor:
    """Return who calls a method; raise a RequestError where the metadata does not say, or the role may not."""
    values: dict[str, list[str | bytes]] = {}
    for key, value in metadata or ():
        values.setdefault(key, []).append(value)
    name, role = _read(values, ACTOR_KEY), _role(_read(values, ROLE_KEY))
    allowed = ROLES.get(method, frozenset())
    if role not in allowed:
        names = " ".join(sorted(allowed))
        told = f"the role {role} may not call {method}; these may: {names}"
        raise RequestError(Reason.ROLE_DENIED, told, method=method, role=role, allowed=names)
    return Actor(name, role, _tenant(values) if role is Role.SENDER else "")


def _role(name: str) -> Role:
    if name not in KNOWN_ROLES:
        known = " ".join(KNOWN_ROLES)
        raise RequestError(Reason.ROLE_DENIED, f"there is no such role; roles are {known}", allowed=known)
    return Role(name)


def _tenant(values: Mapping[str, list[str | bytes]]) -> str:
    """Return the tenant that a sender speaks for: whatever a template may name, and nothing where it names none."""
    tenant = _decoded(values, TENANT_KEY)
    if tenant is None or len(tenant) > MOST_CHARACTERS or "\0" in tenant:
        told = f"the metadata {TENANT_KEY} must be at most {MOST_CHARACTERS} characters, as percent-encoded UTF-8"
        raise RequestError(Reason.ACTOR_REQUIRED, told, key=TENANT_KEY)
    return tenant


def _decoded(values: Mapping[str, list[str | bytes]], key: str) -> str | None:
    """Return the one value of a key, which is percent-encoded UTF-8; None where it is not."""
    given = values.get(key, [])
    if len(given) != 1:
        told = f"the metadata {key} is missing" if not given else f"the metadata {key} is given {len(given)} times"
        raise RequestError(Reason.ACTOR_REQUIRED, f"{told}; send it once", key=key)
    try:
        return unquote(str(given[0]), errors="strict")
    except UnicodeDecodeError:
        return None


def _read(values: Mapping[str, list[str | bytes]], key: str) -> str:
    """Return a name."""
    name = _decoded(values, key) or ""
    if not name.strip() or not name.isprintable() or len(name) > MOST_CHARACTERS:
        told = f"the metadata {key} must be 1 to {MOST_CHARACTERS} printable characters, as percent-encoded UTF-8"
        raise RequestError(Reason.ACTOR_REQUIRED, told, key=key)
    return name

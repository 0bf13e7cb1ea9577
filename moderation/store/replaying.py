"""Kept verdicts, with all that it takes to make them again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine, func, select

from moderation.policies.document import DEFAULT
from moderation.policies.effective import Inheritance
from moderation.policies.words import words_of
from moderation.review.desk import DeskError, DeskReason
from moderation.review.keys import KeyRing
from moderation.review.replay import Kept
from moderation.store.content import Seals
from moderation.store.database import reading
from moderation.store.policies import StoredPolicies
from moderation.store.schema import VERDICTS
from moderation.store.wordlist_schema import WORDLIST_VERSIONS
from moderation.text.template import Template
from moderation.verdict import Decision, Policy
from moderation.wordlists.change import SHIPPED


@dataclass(frozen=True, slots=True)
class Remembered:
    """A kept verdict, its template and policy, and the version of the wordlists that made it.

    `is_assumed` tells that the verdict does not say it: then it is the version that was in force, and no policy.
    """

    kept: Kept
    template: Template
    policy: Policy
    wordlists_version: int
    is_assumed: bool


def remembered(engine: Engine, ring: KeyRing, verdict_id: str) -> Remembered:
    """Return a verdict by its id; raise DeskError where there is none, or its text was purged."""
    column = VERDICTS.c
    query = select(column.machine, column.risk_score, column.ruleset, column.content, column.created_at)
    with reading(engine) as connection:
        row = connection.execute(query.where(column.id == verdict_id)).one_or_none()
        if row is None:
            raise DeskError(DeskReason.VERDICT_UNKNOWN, f"there is no verdict {verdict_id}", verdict=verdict_id)
        if row.content is None:
            raise DeskError(DeskReason.TEXT_PURGED, "the text of the verdict is purged", verdict=verdict_id)
        content = Seals(ring).unseal_verdict(verdict_id, row.content)
        told = content.made
        version = told.made.wordlists_version if told is not None else _in_force(connection, row.created_at)
    kept = Kept(
        verdict_id, Decision(row.machine), row.risk_score, row.ruleset, content.reasons, told.made if told else None
    )
    if told is None:
        return Remembered(kept, content.template, Policy(), version, is_assumed=True)
    policy = _worded(StoredPolicies(engine, ring), content.template.tenant, told.policy)
    return Remembered(kept, content.template, policy, version, is_assumed=False)


def _worded(policies: StoredPolicies, tenant: str, policy: Policy) -> Policy:
    """Return a policy with the words of its versions."""
    own = policies.version(tenant, policy.version) if policy.version else None
    default = policies.version(DEFAULT, policy.default_version) if policy.default_version else None
    return replace(policy, words=words_of(Inheritance(tenant, own, default)))


def _in_force(connection: Connection, at: object) -> int:
    """Return the version that was in force at a moment."""
    column = WORDLIST_VERSIONS.c
    found = connection.execute(select(func.max(column.number)).where(column.at <= at)).scalar_one()
    return int(found) if found is not None else SHIPPED

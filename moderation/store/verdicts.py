"""Verdicts into the store, many in one transaction: each once, with the case that it opens."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from moderation.review.case import Priority, Queue, ReasonCode
from moderation.review.recording import PersonsWord, Recorded, Recording, skill_of
from moderation.review.similar import bands, sketch
from moderation.review.states import CaseState
from moderation.store.columns import EPOCH
from moderation.store.content import VerdictContent
from moderation.store.schema import (
    APPEALS,
    CASE_BANDS,
    CASE_TAGS,
    CASES,
    PASSES,
    RULINGS,
    VERDICT_RULES,
    VERDICTS,
)
from moderation.store.transaction import Transaction
from moderation.verdict import Decision

MOST_BINDINGS = 500
"""Values in one list of a statement."""

FOUND = (
    select(
        VERDICTS.c.fingerprint,
        VERDICTS.c.id,
        VERDICTS.c.machine,
        VERDICTS.c.standing,
        VERDICTS.c.content.is_(None),
        CASES.c.number,
        RULINGS.c.decision,
        RULINGS.c.code,
        RULINGS.c.ruled_at,
        APPEALS.c.decided_at,
    )
    .outerjoin(CASES, CASES.c.verdict_id == VERDICTS.c.id)
    .outerjoin(RULINGS, RULINGS.c.case_number == CASES.c.number)
    .outerjoin(APPEALS, APPEALS.c.verdict_id == VERDICTS.c.id)
    .where(VERDICTS.c.fingerprint.in_(bindparam("fingerprints", expanding=True)))
)
INSERTED_CASES = insert(CASES).returning(CASES.c.number, sort_by_parameter_order=True)
INTO_VERDICTS, INTO_RULES, INTO_TAGS, INTO_BANDS = map(insert, (VERDICTS, VERDICT_RULES, CASE_TAGS, CASE_BANDS))
"""Statements that are made once: to make one takes longer than to run it."""


def find(connection: Connection, fingerprints: Iterable[bytes]) -> dict[bytes, Recorded]:
    """Return the verdicts that are kept, by their fingerprints."""
    wanted = sorted(set(fingerprints))
    found: dict[bytes, Recorded] = {}
    for start in range(0, len(wanted), MOST_BINDINGS):
        rows = connection.execute(FOUND, {"fingerprints": wanted[start : start + MOST_BINDINGS]})
        for fingerprint, verdict_id, machine, standing, purged, number, ruled, code, ruled_at, decided_at in rows:
            stands = Decision(standing)
            word = PersonsWord(Decision(ruled), ReasonCode(code), ruled_at) if ruled else None
            word = PersonsWord(stands, None, decided_at) if decided_at else word
            found[fingerprint] = Recorded(verdict_id, number, Decision(machine), stands, word, is_purged=bool(purged))
    return found


def record(transaction: Transaction, recordings: Sequence[Recording]) -> dict[bytes, Recorded]:
    """Keep the verdicts that are not kept yet, with their cases, and return all by their fingerprints."""
    found = find(transaction.connection, (one.fingerprint for one in recordings))
    purged = [one for one in recordings if one.fingerprint in found and found[one.fingerprint].is_purged]
    _seal_anew(transaction, {found[one.fingerprint].verdict_id: one for one in purged})
    new = {one.fingerprint: one for one in recordings if one.fingerprint not in found}
    if not new:
        return found
    ids = {fingerprint: uuid.uuid4().hex for fingerprint in new}
    _insert_verdicts(transaction, ids, new)
    openings = [
        Opening(ids[mark], one.template.tenant, one.template.text, one.queue, one.priority, one.tags)
        for mark, one in new.items()
        if one.queue is not None
    ]
    numbers = open_cases(transaction, openings)
    for fingerprint, one in new.items():
        verdict_id = ids[fingerprint]
        found[fingerprint] = Recorded(verdict_id, numbers.get(verdict_id), one.machine, one.machine)
    return found


@dataclass(frozen=True, slots=True)
class Opening:
    """A case that is to be opened for a verdict."""

    verdict_id: str
    tenant: str
    text: str
    queue: Queue
    priority: Priority
    tags: tuple[str, ...]
    state: CaseState = CaseState.OPEN


def open_cases(transaction: Transaction, openings: Sequence[Opening]) -> dict[str, int]:
    """Open cases, and return their numbers by the ids of their verdicts."""
    if not openings:
        return {}
    secret = transaction.seals.ring.sketch_secret
    sketches = [sketch(one.text, secret) for one in openings]
    rows = [
        {
            "verdict_id": one.verdict_id,
            "tenant": one.tenant,
            "queue": one.queue,
            "state": one.state,
            "priority": one.priority,
            "skill": skill_of(one.tags),
            "epoch": 0,
            "sketch": drawn.least,
            "opened_at": transaction.now,
            "due_at": transaction.now + transaction.policy.due,
        }
        for one, drawn in zip(openings, sketches, strict=True)
    ]
    connection = transaction.connection
    numbers = list(connection.execute(INSERTED_CASES, rows).scalars())
    tags, similar = [], []
    for number, drawn, one in zip(numbers, sketches, openings, strict=True):
        tags += [{"case_number": number, "tag": tag} for tag in dict.fromkeys(one.tags)]
        similar += [{"case_number": number, "band": band} for band in dict.fromkeys(bands(drawn))]
        transaction.ledger.note("case.open", f"case/{number}", verdict=one.verdict_id, queue=one.queue.value)
        transaction.ledger.tell("case.opened", number, one.verdict_id, one.tenant, queue=one.queue.value)
    if tags:
        connection.execute(INTO_TAGS, tags)
    connection.execute(INTO_BANDS, similar)
    return {one.verdict_id: number for number, one in zip(numbers, openings, strict=True)}


def count_passes(transaction: Transaction, passed: Mapping[str, int]) -> None:
    """Add to the numbers of templates that passed today without a case, by tenant."""
    if not passed:
        return
    day = (transaction.now - EPOCH).days
    rows = [{"day": day, "tenant": tenant, "count": count} for tenant, count in passed.items()]
    dialect = sqlite if transaction.connection.dialect.name == "sqlite" else postgresql
    added = dialect.insert(PASSES)
    transaction.connection.execute(
        added.on_conflict_do_update(
            index_elements=[PASSES.c.day, PASSES.c.tenant], set_={"count": PASSES.c.count + added.excluded.count}
        ),
        rows,
    )


def _seal_anew(transaction: Transaction, purged: Mapping[str, Recording]) -> None:
    """Keep the texts of verdicts again that were purged, so that who is rejected anew can appeal."""
    for verdict_id, one in purged.items():
        content = VerdictContent(one.template, one.reasons, one.suggested_text, one.tags, one.made)
        sealed = transaction.seals.seal_verdict(verdict_id, content)
        again = update(VERDICTS).where(VERDICTS.c.id == verdict_id)
        transaction.connection.execute(again.values(content=sealed, created_at=transaction.now))


def _insert_verdicts(transaction: Transaction, ids: Mapping[bytes, str], new: Mapping[bytes, Recording]) -> None:
    rows = [
        {
            "id": ids[fingerprint],
            "fingerprint": fingerprint,
            "tenant": one.template.tenant,
            "template_id": one.template.id,
            "machine": one.machine,
            "standing": one.machine,
            "risk_score": one.risk_score,
            "ruleset": one.ruleset,
            "content": transaction.seals.seal_verdict(
                ids[fingerprint], VerdictContent(one.template, one.reasons, one.suggested_text, one.tags, one.made)
            ),
            "created_at": transaction.now,
        }
        for fingerprint, one in new.items()
    ]
    transaction.connection.execute(INTO_VERDICTS, rows)
    rules = [
        {"verdict_id": ids[fingerprint], "rule_id": rule_id}
        for fingerprint, one in new.items()
        for rule_id in dict.fromkeys(reason.rule_id for reason in one.reasons)
    ]
    if rules:
        transaction.connection.execute(INTO_RULES, rules)

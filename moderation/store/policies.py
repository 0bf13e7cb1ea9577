"""Tenants' policies over a store, in numbered versions: every verb is one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from moderation.policies.document import DEFAULT, EMPTY, PolicyDocument, PolicyLine, PolicyVersion
from moderation.policies.effective import Inheritance
from moderation.policies.record import from_record, to_record
from moderation.policies.refusal import stale, unknown
from moderation.review.desk import PAGE_SIZE, Page
from moderation.review.people import Actor
from moderation.store.columns import EPOCH
from moderation.store.database import reading
from moderation.store.pages import after, token_of, words_of
from moderation.store.policy_schema import POLICIES, POLICY_HEAD, POLICY_VERSIONS
from moderation.store.requests import Answer, number_in
from moderation.store.transaction import Transaction
from moderation.store.writing_alone import WritingAlone

READ_AT_ONCE = 100
_LINE = [column for column in POLICY_VERSIONS.c if column.name != "document"]


class StoredPolicies(WritingAlone):
    """The policies of all tenants, and the default one; safe to share between threads.

    Every write takes a `request_id` as `moderation.review.desk.Desk` does, and raises PoliciesError where it is
    refused; whether the actor's role permits it, and whether a document is right, is not asked here.
    """

    _head = POLICY_HEAD

    def update(
        self,
        actor: Actor,
        tenant: str,
        document: PolicyDocument,
        expected_version: int,
        reason: str,
        *,
        request_id: str = "",
    ) -> PolicyVersion:
        """Make the next version of a tenant's policy where the current one is the expected one; 0 is none.

        Where the current one says the same, it stays.
        """

        def work(transaction: Transaction) -> Answer:
            standing = _in_force(transaction.connection, tenant)
            if standing is not None and (standing.line.version, standing.document) == (expected_version, document):
                return {"version": expected_version}
            return {"version": _add(transaction, tenant, document, expected_version, reason, None)}

        arguments = {"tenant": tenant, "document": to_record(document), "expected": expected_version, "reason": reason}
        answer = self._write(actor, "policy.update", request_id, arguments, work)
        return self.version(tenant, number_in(answer, "version"))

    def rollback(
        self, actor: Actor, tenant: str, to_version: int, expected_version: int, reason: str, *, request_id: str = ""
    ) -> PolicyVersion:
        """Make the next version, which says what an earlier one said; 0 says nothing.

        The version in force is returned as it is.
        """

        def work(transaction: Transaction) -> Answer:
            current = _current(transaction.connection, tenant)
            if not current or not 0 <= to_version <= current:
                raise unknown(tenant, to_version, current)
            if to_version == current == expected_version:
                return {"version": current}
            restored = _version(transaction.connection, tenant, to_version).document if to_version else EMPTY
            return {"version": _add(transaction, tenant, restored, expected_version, reason, to_version)}

        arguments = {"tenant": tenant, "to": to_version, "expected": expected_version, "reason": reason}
        answer = self._write(actor, "policy.rollback", request_id, arguments, work)
        return self.version(tenant, number_in(answer, "version"))

    def version(self, tenant: str, number: int) -> PolicyVersion:
        """Return one version of a tenant's policy; raise PoliciesError where there is none."""
        with reading(self._engine) as connection:
            return _version(connection, tenant, number)

    def current(self, tenant: str) -> PolicyVersion | None:
        """Return the policy of a tenant; None where it has none."""
        with reading(self._engine) as connection:
            return _in_force(connection, tenant)

    def inheritance(self, tenant: str) -> Inheritance:
        """Return the policy of a tenant with that which it inherits."""
        with reading(self._engine) as connection:
            own = _in_force(connection, tenant) if tenant != DEFAULT else None
            return Inheritance(tenant, own, _in_force(connection, DEFAULT))

    def list(self, *, size: int = PAGE_SIZE, token: str = "") -> Page[PolicyLine]:
        """Return the policies in force, by tenant."""
        query = select(*_LINE).join(POLICIES, POLICIES.c.sequence == POLICY_VERSIONS.c.sequence)
        if token:
            (last,) = words_of(token, POLICIES.name, 1)
            query = query.where(POLICIES.c.tenant > last)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(POLICIES.c.tenant).limit(size + 1)).all()
        lines = tuple(_line_of(row) for row in rows[:size])
        return Page(lines, token_of([lines[-1].tenant], POLICIES.name) if len(rows) > size else "")

    def log(self, tenant: str, *, size: int = PAGE_SIZE, token: str = "") -> Page[PolicyLine]:
        """Return the versions of a tenant's policy, the latest first."""
        of_list, column = f"{POLICY_VERSIONS.name}/{tenant}", POLICY_VERSIONS.c
        query = select(*_LINE).where(column.tenant == tenant)
        if before := after(token, of_list):
            query = query.where(column.number < before)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(column.number.desc()).limit(size + 1)).all()
        lines = tuple(_line_of(row) for row in rows[:size])
        return Page(lines, token_of([lines[-1].version], of_list) if len(rows) > size else "")

    def head(self) -> int:
        """Return how many versions there are of all policies: one row by its key, cheap enough to poll."""
        with reading(self._engine) as connection:
            return int(connection.execute(select(POLICY_HEAD.c.sequence)).scalar_one())

    def since(self, sequence: int) -> Iterator[PolicyVersion]:
        """Yield the policies in force that were not yet at a sequence number, in the order in which they came."""
        query = (
            select(POLICY_VERSIONS)
            .join(POLICIES, POLICIES.c.sequence == POLICY_VERSIONS.c.sequence)
            .where(POLICIES.c.sequence > sequence)
            .order_by(POLICIES.c.sequence)
        )
        with reading(self._engine) as connection:
            for row in connection.execution_options(yield_per=READ_AT_ONCE).execute(query):
                yield _version_of(row)


def nothing(tenant: str) -> PolicyVersion:
    """Return what stands for the policy of a tenant that has none."""
    return PolicyVersion(PolicyLine(tenant, 0, 0, "", "", EPOCH, 0, 0, 0), EMPTY)


def _add(
    transaction: Transaction, tenant: str, document: PolicyDocument, expected: int, reason: str, restores: int | None
) -> int:
    """Add a version and put it into force, and return its number."""
    connection = transaction.connection
    current = _current(connection, tenant)
    if current != expected:
        raise stale(tenant, expected, current)
    sequence = int(connection.execute(select(POLICY_HEAD.c.sequence)).scalar_one()) + 1
    number = current + 1
    counts = {
        "denied": len(document.deny),
        "allowed": len(document.allow),
        "rules": len(document.severities) + len(document.off),
    }
    values = {"author": transaction.actor.name, "reason": reason, "at": transaction.now, "restores": restores}
    content = json.dumps(to_record(document), ensure_ascii=False, separators=(",", ":"))
    made = insert(POLICY_VERSIONS).values(
        sequence=sequence, tenant=tenant, number=number, document=content, **values, **counts
    )
    connection.execute(made)
    assert connection.execute(update(POLICY_HEAD).values(sequence=sequence)).rowcount == 1
    if current:
        connection.execute(update(POLICIES).where(POLICIES.c.tenant == tenant).values(sequence=sequence))
    else:
        connection.execute(insert(POLICIES).values(tenant=tenant, sequence=sequence))
    action = "policy.update" if restores is None else "policy.rollback"
    transaction.ledger.note(
        action, f"policy/{tenant}", version=number, sequence=sequence, restores=restores, reason=reason, **counts
    )
    return number


def _current(connection: Connection, tenant: str) -> int:
    """Return the number of a tenant's policy in force; 0 where it has none."""
    return int(connection.execute(_of(tenant, POLICY_VERSIONS.c.number)).scalar_one_or_none() or 0)


def _in_force(connection: Connection, tenant: str) -> PolicyVersion | None:
    row = connection.execute(_of(tenant, POLICY_VERSIONS)).one_or_none()
    return _version_of(row) if row is not None else None


def _of(tenant: str, *columns: Any) -> Select[Any]:  # noqa: ANN401 - columns or a table
    joined = select(*columns).join(POLICIES, POLICIES.c.sequence == POLICY_VERSIONS.c.sequence)
    return joined.where(POLICIES.c.tenant == tenant)


def _version(connection: Connection, tenant: str, number: int) -> PolicyVersion:
    column = POLICY_VERSIONS.c
    query = select(POLICY_VERSIONS).where(column.tenant == tenant, column.number == number)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise unknown(tenant, number, _current(connection, tenant))
    return _version_of(row)


def _version_of(row: Row[Any]) -> PolicyVersion:
    return PolicyVersion(_line_of(row), from_record(json.loads(row.document)))


def _line_of(row: Row[Any]) -> PolicyLine:
    return PolicyLine(
        row.tenant,
        row.number,
        row.sequence,
        row.author,
        row.reason,
        row.at,
        row.denied,
        row.allowed,
        row.rules,
        row.restores,
    )

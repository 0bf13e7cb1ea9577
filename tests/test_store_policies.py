"""Policies over a store, SQLite and PostgreSQL: versions by tenant, nothing lost, nothing twice, followed by number."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from stores import START, Store, each_store, refused  # noqa: F401 - a fixture

from moderation.policies.document import DEFAULT, EMPTY, Allowed, Denied, PolicyDocument, PolicyVersion, Weighed
from moderation.policies.refusal import PoliciesError, PoliciesReason
from moderation.review.desk import DeskReason
from moderation.review.people import Actor, Role
from moderation.rules.rule import Severity
from moderation.store.database import writing

ZHAO, QIAN = Actor("zhao", Role.POLICY), Actor("qian", Role.POLICY)
FIRST = PolicyDocument(
    deny=(Denied("乙品牌", "竞品"),),
    allow=(Allowed("资金归集", "产品"),),
    severities=(Weighed("AW101", Severity.REVIEW, "有证明", START + timedelta(days=9)),),
)
SECOND = PolicyDocument(deny=(Denied("丙品牌", "竞品"),))


@contextmanager
def unwilling(reason: PoliciesReason) -> Iterator[None]:
    with pytest.raises(PoliciesError) as caught:
        yield
    assert caught.value.reason is reason


def update(store: Store, tenant: str, document: PolicyDocument, expected: int, request_id: str = "") -> PolicyVersion:
    return store.policies.update(ZHAO, tenant, document, expected, "巡查", request_id=request_id)


def test_a_policy_is_changed_in_versions(store: Store) -> None:
    policies = store.policies
    assert (policies.current("jia"), policies.head()) == (None, 0)
    made = update(store, "jia", FIRST, 0)
    line = made.line
    assert made.document == FIRST
    assert (line.tenant, line.version, line.sequence, line.author, line.reason) == ("jia", 1, 1, "zhao", "巡查")
    assert (line.denied, line.allowed, line.rules, line.restores, line.at) == (1, 1, 1, None, START)
    update(store, "yi", SECOND, 0)
    assert update(store, "jia", SECOND, 1).line.version == 2
    assert policies.version("jia", 1) == made
    current = policies.current("jia")
    assert current is not None
    assert (current.line.version, current.line.sequence, current.document) == (2, 3, SECOND)
    assert policies.head() == 3


def test_a_policy_that_says_the_same_stays(store: Store) -> None:
    made = update(store, "jia", FIRST, 0)
    assert update(store, "jia", FIRST, 1) == made
    assert store.policies.head() == 1
    with unwilling(PoliciesReason.POLICY_VERSION_STALE):
        update(store, "jia", FIRST, 0)
    assert update(store, "jia", SECOND, 1).line.version == 2
    assert update(store, "jia", FIRST, 2).line.version == 3


def test_nobody_overwrites_what_another_changed(store: Store) -> None:
    update(store, "jia", FIRST, 0)
    for expected in (0, 2):
        with unwilling(PoliciesReason.POLICY_VERSION_STALE):
            update(store, "jia", SECOND, expected)
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda _: _tried(store), range(6)))
    assert sorted(done) == [False] * 5 + [True]
    current = store.policies.current("jia")
    assert current is not None
    assert (current.line.version, store.policies.head()) == (2, 2)


def _tried(store: Store) -> bool:
    try:
        update(store, "jia", SECOND, 1)
    except PoliciesError:
        return False
    return True


def test_a_write_that_is_sent_again_is_made_once(store: Store) -> None:
    made = update(store, "jia", FIRST, 0, "r1")
    assert update(store, "jia", FIRST, 0, "r1") == made
    with refused(DeskReason.REQUEST_ID_REUSED):
        update(store, "jia", SECOND, 0, "r1")
    update(store, "jia", SECOND, 1)
    back = store.policies.rollback(ZHAO, "jia", 1, 2, "误伤", request_id="r2")
    assert store.policies.rollback(ZHAO, "jia", 1, 2, "误伤", request_id="r2") == back
    assert store.policies.head() == 3


def test_an_earlier_version_is_restored(store: Store) -> None:
    update(store, "jia", FIRST, 0)
    update(store, "jia", SECOND, 1)
    back = store.policies.rollback(QIAN, "jia", 1, 2, "误伤")
    assert (back.document, back.line.version, back.line.restores, back.line.author) == (FIRST, 3, 1, "qian")
    nothing = store.policies.rollback(QIAN, "jia", 0, 3, "不再需要")
    assert (nothing.document, nothing.line.restores) == (EMPTY, 0)
    assert store.policies.rollback(QIAN, "jia", 4, 4, "x") == nothing
    with unwilling(PoliciesReason.POLICY_VERSION_UNKNOWN):
        store.policies.rollback(QIAN, "jia", 9, 4, "x")
    with unwilling(PoliciesReason.POLICY_VERSION_STALE):
        store.policies.rollback(QIAN, "jia", 1, 3, "x")
    with unwilling(PoliciesReason.POLICY_VERSION_UNKNOWN):
        store.policies.version("jia", 5)
    with unwilling(PoliciesReason.POLICY_VERSION_UNKNOWN):
        store.policies.rollback(QIAN, "yi", 1, 0, "x")
    with unwilling(PoliciesReason.POLICY_VERSION_UNKNOWN):
        store.policies.rollback(QIAN, "yi", 0, 0, "x")


def test_who_follows_reads_what_changed_and_no_more(store: Store) -> None:
    for tenant in ("jia", "yi", DEFAULT):
        update(store, tenant, FIRST, 0)
    update(store, "jia", SECOND, 1)
    seen = [(one.line.tenant, one.line.version, one.line.sequence) for one in store.policies.since(0)]
    assert seen == [("yi", 1, 2), (DEFAULT, 1, 3), ("jia", 2, 4)]
    assert [one.document for one in store.policies.since(3)] == [SECOND]
    assert list(store.policies.since(4)) == []


def test_lists_page(store: Store) -> None:
    tenants = [f"t{number}" for number in range(5)] + ["甲商城"]
    for tenant in tenants:
        update(store, tenant, FIRST, 0)
    for version in range(1, 5):
        update(store, "t0", SECOND if version % 2 else FIRST, version)
    listed, token = [], ""
    while True:
        page = store.policies.list(size=4, token=token)
        listed += [(line.tenant, line.version) for line in page.items]
        if not (token := page.next_token):
            break
    assert listed == [("t0", 5), *((tenant, 1) for tenant in tenants[1:])]
    first = store.policies.log("t0", size=3)
    assert [line.version for line in first.items] == [5, 4, 3]
    assert [line.version for line in store.policies.log("t0", size=3, token=first.next_token).items] == [2, 1]
    for stolen in (first.next_token, "x"):
        with refused(DeskReason.PAGE_TOKEN_INVALID):
            store.policies.log("t1", token=stolen)
        with refused(DeskReason.PAGE_TOKEN_INVALID):
            store.policies.list(token=stolen)


def test_inheritance(store: Store) -> None:
    update(store, DEFAULT, SECOND, 0)
    update(store, "jia", FIRST, 0)
    jia, yi, default = (store.policies.inheritance(tenant) for tenant in ("jia", "yi", DEFAULT))
    assert (jia.own and jia.own.document, jia.default and jia.default.document) == (FIRST, SECOND)
    assert (yi.own, default.own) == (None, None)
    assert (jia.states, yi.states) == ("jia/1/1", "yi/0/1")


def test_every_change_is_in_the_audit_without_words(store: Store) -> None:
    update(store, "jia", FIRST, 0)
    store.policies.rollback(QIAN, "jia", 0, 1, "误伤")
    entries = store.desk.audit_entries(0, 10)
    assert [(one.action, one.subject, one.actor, one.role) for one in entries] == [
        ("policy.update", "policy/jia", "zhao", "policy"),
        ("policy.rollback", "policy/jia", "qian", "policy"),
    ]
    counts = {"allowed": 1, "denied": 1, "rules": 1, "reason": "巡查", "restores": None, "sequence": 1, "version": 1}
    assert dict(entries[0].details) == counts
    assert "乙品牌" not in repr(entries)


REFUSED = {
    "a version that is changed": "UPDATE policy_versions SET author = 'wang'",
    "a version that goes": "DELETE FROM policy_versions",
    "a version again": "INSERT INTO policy_versions SELECT * FROM policy_versions WHERE sequence = 2",
    "a version after a gap": "INSERT INTO policy_versions SELECT sequence + 2, tenant, number + 1, restores, author,"
    " reason, at, denied, allowed, rules, document FROM policy_versions WHERE sequence = 2",
    "a version of another number": "INSERT INTO policy_versions SELECT sequence + 1, tenant, number + 2, restores,"
    " author, reason, at, denied, allowed, rules, document FROM policy_versions WHERE sequence = 2",
    "an earlier version in force": "UPDATE policies SET sequence = 1",
    "a version in force that is none": "UPDATE policies SET sequence = 9",
    "a policy of another tenant": "UPDATE policies SET tenant = document FROM policy_versions",
    "a policy that goes": "DELETE FROM policies",
    "a head that goes back": "UPDATE policy_head SET sequence = 0",
    "a head that leaps": "UPDATE policy_head SET sequence = 4",
    "two heads": "INSERT INTO policy_head VALUES (2, 0)",
    "no head": "DELETE FROM policy_head",
}


def test_what_the_schema_refuses(store: Store) -> None:
    update(store, "jia", FIRST, 0)
    update(store, "jia", SECOND, 1)
    truncated = {} if store.kind == "sqlite" else {"no versions": "TRUNCATE policy_versions CASCADE"}
    accepted = []
    for what, statement in (REFUSED | truncated).items():
        try:
            with writing(store.engine) as connection:
                connection.execute(text(statement))
            accepted.append(what)
        except DatabaseError:
            continue
    assert not accepted
    assert [line.version for line in store.policies.log("jia").items] == [2, 1]

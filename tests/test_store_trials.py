"""Trials in the store: what is said of rules, what is counted, the texts that are kept, and the alerts that follow."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from stores import POLICY, RING, Store, each_store, refused  # noqa: F401 - a fixture

from moderation.review.alerts import Alert, AlertKind
from moderation.review.desk import DeskReason
from moderation.review.hits import MOST_EXAMPLES, Count, Example, HitKind, HitMode, Subject, Summary, Tally
from moderation.review.people import Actor, Role
from moderation.rules.rule import Severity
from moderation.rules.rule_trials import RuleTrial, TrialState
from moderation.store import alerts, hits
from moderation.store.content import Seals
from moderation.store.database import reading, writing
from moderation.store.keeping import Keeper
from moderation.store.tallies import MOST_FIRST_HITS
from moderation.store.trial_schema import HIT_EXAMPLES, HITS, REJECT_COUNTS

SEALS = Seals(RING)
LIN = Actor("lin", Role.POLICY)
UNTIL = date(2026, 12, 31)
ON_TRIAL = RuleTrial(TrialState.SHADOW, until=UNTIL)
ENTRY = Subject(HitKind.ENTRY, "advertising/ranking", "宇宙桂冠", HitMode.SHADOW, 3)
RULE = Subject(HitKind.RULE, "", "AW102", HitMode.SHADOW)
TODAY = date(2026, 11, 23)


def told(store: Store, kind: AlertKind | None = None) -> tuple[Alert, ...]:
    with reading(store.engine) as connection:
        return alerts.alerts(connection, kind).items


def summaries(store: Store, kind: HitKind = HitKind.ENTRY) -> dict[tuple[str, str], Summary]:
    with reading(store.engine) as connection:
        return hits.summaries(connection, kind, HitMode.SHADOW)


def test_what_was_said_last_of_a_rule_holds(store: Store) -> None:
    assert (store.rule_trials.head(), store.rule_trials.current()) == (0, {})
    store.rule_trials.say(LIN, {"AW102": ON_TRIAL, "OO301": ON_TRIAL}, "误伤多")
    promoted = RuleTrial(TrialState.LIVE, Severity.REVIEW)
    (said,) = store.rule_trials.say(LIN, {"AW102": promoted}, "已核对")
    assert (said.number, said.rule_id, said.trial, said.reason, said.author) == (3, "AW102", promoted, "已核对", "lin")
    assert store.rule_trials.current() == {"AW102": promoted, "OO301": ON_TRIAL}
    store.rule_trials.say(LIN, {"OO301": RuleTrial(TrialState.ENDED)}, "")
    assert store.rule_trials.current() == {"AW102": promoted}
    assert store.rule_trials.head() == 4
    assert [one.rule_id for one in store.rule_trials.log().items] == ["OO301", "AW102", "OO301", "AW102"]
    first = store.rule_trials.log(size=3)
    assert [one.number for one in store.rule_trials.log(size=3, token=first.next_token).items] == [1]


def test_saying_it_is_audited_and_can_be_sent_again(store: Store) -> None:
    for _ in range(2):
        store.rule_trials.say(LIN, {"AW102": ON_TRIAL}, "误伤多", request_id="r1")
    assert store.rule_trials.head() == 1
    with refused(DeskReason.REQUEST_ID_REUSED):
        store.rule_trials.say(LIN, {"AW103": ON_TRIAL}, "误伤多", request_id="r1")
    with reading(store.engine) as connection:
        rows = connection.execute(text("SELECT action, subject, details FROM audit")).all()
    assert [(row.action, row.subject) for row in rows] == [("rule.trial", "rule/AW102")]
    assert '"until":"2026-12-31"' in rows[0].details.replace(" ", "")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE rule_trials SET author = 'wang'", "DELETE FROM rule_trials", "UPDATE rule_trials SET until = NULL"],
)
def test_what_was_said_is_not_changed(store: Store, statement: str) -> None:
    store.rule_trials.say(LIN, {"AW102": ON_TRIAL}, "误伤多")
    with pytest.raises(DatabaseError), writing(store.engine) as connection:
        connection.execute(text(statement))


def test_hits_are_counted_by_day_and_tenant(store: Store) -> None:
    store.tallies.take(Tally({(ENTRY, "jia"): Count(3, 1), (ENTRY, "yi"): Count(1, 1), (RULE, "jia"): Count(2, 0)}))
    store.clock.move(timedelta(days=1))
    store.tallies.take(Tally({(ENTRY._replace(since=9), "jia"): Count(5, 0)}))
    entry = ENTRY.wordlist, ENTRY.name
    assert summaries(store) == {entry: Summary(9, 2, 2, TODAY, TODAY + timedelta(days=1))}
    assert summaries(store, HitKind.RULE) == {("", "AW102"): Summary(2, 0, 1, TODAY, TODAY)}
    with reading(store.engine) as connection:
        assert [(one.day, one.hits, one.changes, one.tenants) for one in hits.days(connection, ENTRY)] == [
            (TODAY, 4, 2, 2),
            (TODAY + timedelta(days=1), 5, 0, 1),
        ]
        live = hits.summaries(connection, HitKind.ENTRY, HitMode.LIVE)
        late = hits.summaries(connection, HitKind.ENTRY, HitMode.SHADOW, TODAY + timedelta(days=1))
    assert live == {}
    assert late[entry].hits == 5


def test_a_few_texts_are_kept_sealed_and_shown_masked(store: Store) -> None:
    secret = "【甲商城】宇宙桂冠,致电13800001234"
    texts = [secret, *(f"宇宙桂冠{number}" for number in range(MOST_EXAMPLES + 3))]
    for one in (secret, *texts):
        store.tallies.take(Tally({(ENTRY, "jia"): Count(1, 0)}, {ENTRY: (Example("jia", one, "v1"),)}))
    with reading(store.engine) as connection:
        stored = connection.execute(select(HIT_EXAMPLES.c.content)).scalars().all()
        shown, whole = (hits.examples(connection, SEALS, ENTRY, is_masked=masked) for masked in (True, False))
    assert len(stored) == len(shown) == MOST_EXAMPLES
    assert not any("宇宙".encode() in one for one in stored)
    assert secret in {one.text for one in whole}
    assert not any("13800001234" in one.text for one in shown)
    assert {one.verdict_id for one in shown} == {"v1"}


def test_the_first_hit_of_an_entry_is_told_once_for_each_line(store: Store) -> None:
    for _ in range(2):
        store.tallies.take(Tally({(ENTRY, "jia"): Count(2, 0), (RULE, "jia"): Count(1, 0)}))
    (alert,) = told(store)
    assert (alert.kind, alert.about) == (AlertKind.FIRST_HIT, "entry/advertising/ranking/宇宙桂冠/shadow")
    assert alert.details == {
        "wordlist": "advertising/ranking",
        "entry": "宇宙桂冠",
        "mode": "SHADOW",
        "version": 3,
        "hits": 2,
    }
    assert store.tallies.take(Tally({(ENTRY._replace(mode=HitMode.LIVE, since=4), "jia"): Count(1, 1)})) == [
        AlertKind.FIRST_HIT
    ]
    assert store.tallies.take(Tally({(ENTRY._replace(since=7), "jia"): Count(1, 1)})) == [AlertKind.FIRST_HIT]
    assert [one.details["version"] for one in told(store)] == [7, 4, 3]


def test_the_first_hits_of_a_large_batch_are_few_alerts(store: Store) -> None:
    many = {(ENTRY._replace(name=f"词{number}"), "jia"): Count(1, 0) for number in range(MOST_FIRST_HITS + 5)}
    assert len(store.tallies.take(Tally(many))) == MOST_FIRST_HITS + 1
    assert told(store)[0].details == {"further": 5}


def spend(store: Store, checked: int, rejected: int, windows: int, tenant: str = "jia") -> list[AlertKind]:
    """Count the same in each of some windows, and return what was raised."""
    raised: list[AlertKind] = []
    for _ in range(windows):
        tally = Tally(checked={tenant: checked}, rejected={tenant: rejected}, rejected_by={"AW102": rejected})
        raised += store.tallies.take(tally)
        store.clock.move(timedelta(minutes=5))
    return raised


def test_a_spike_is_told_of_its_tenant_and_its_rule_once(store: Store) -> None:
    assert spend(store, 50, 1, 12) == []
    assert spend(store, 50, 1, 12, "yi") == []
    assert spend(store, 30, 12, 1) == []
    store.clock.move(-timedelta(minutes=5))
    assert spend(store, 30, 12, 1) == [AlertKind.REJECT_SPIKE] * 2
    assert spend(store, 60, 30, 4) == []
    by_tenant = {one.about: one for one in told(store)}
    assert set(by_tenant) == {"tenant/jia", "rule/AW102"}
    assert by_tenant["tenant/jia"].details == {
        "tenant": "jia",
        "rejects": 24,
        "checked": 60,
        "share": 0.4,
        "usual_share": 0.02,
        "window_minutes": 5.0,
    }
    assert spend(store, 50, 1, 90) == []
    assert AlertKind.REJECT_SPIKE in spend(store, 60, 55, 1)


def test_counts_of_several_processes_come_together(store: Store) -> None:
    assert spend(store, 50, 1, 24) == []
    for _ in range(3):
        others = Tally(checked={"jia": 10}, rejected={"jia": 9}, rejected_by={"AW102": 9})
        raised = store.tallies.take(others)
    assert AlertKind.REJECT_SPIKE in raised


def test_alerts_are_listed_the_latest_first_by_pages(store: Store) -> None:
    for number in range(5):
        store.tallies.take(Tally({(ENTRY._replace(name=f"词{number}"), "jia"): Count(1, 0)}))
    with reading(store.engine) as connection:
        first = alerts.alerts(connection, size=3)
        rest = alerts.alerts(connection, size=3, token=first.next_token)
        assert alerts.alerts(connection, AlertKind.REJECT_SPIKE).items == ()
    assert [one.sequence for one in (*first.items, *rest.items)] == [5, 4, 3, 2, 1]
    assert rest.next_token == ""


def test_what_is_old_is_purged(store: Store) -> None:
    example = {ENTRY: (Example("jia", "宇宙桂冠"),)}
    store.tallies.take(Tally({(ENTRY, "jia"): Count(1, 0)}, example, {"jia": 5}, {"jia": 1}, {"AW102": 1}))
    keeper = Keeper(store.engine, RING, POLICY, None)
    tables = HITS, HIT_EXAMPLES, REJECT_COUNTS
    for days, left in ((1, [1, 1, 3]), (3, [1, 1, 0]), (800, [0, 0, 0])):
        keeper.purge(datetime(2026, 11, 23, 8, tzinfo=UTC) + timedelta(days=days))
        with reading(store.engine) as connection:
            assert [len(connection.execute(select(table)).all()) for table in tables] == left

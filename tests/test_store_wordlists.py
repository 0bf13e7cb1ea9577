"""Versions of wordlists in either store: batches, who applies them, and what can be read of any version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_invariants import check_invariants, contents
from stores import Store, each_store, refused  # noqa: F401 - a fixture

from moderation.review.desk import DeskReason, Page
from moderation.review.people import Actor, Role
from moderation.store import wordlist_upload
from moderation.store.wordlist_schema import MOST_ENTRY, MOST_LINE
from moderation.wordlists.change import Batch, BatchState, Change, Difference, Operation, Overlay, Version
from moderation.wordlists.refusal import WordlistsError, WordlistsReason

ZHAO, QIAN, SUN = Actor("zhao", Role.POLICY), Actor("qian", Role.LEAD), Actor("sun", Role.POLICY)
ANY = 1 << 30
"""A size that no batch has."""

ADD, REMOVE, REPLACE = Operation.ADD, Operation.REMOVE, Operation.REPLACE


def change(operation: Operation, entry: str, line: str = "", number: int = 1, wordlist: str = "a/b") -> Change:
    return Change(operation, wordlist, entry, "" if operation is REMOVE else line or f"{entry}\tlaw9", number)


def upload(store: Store, *changes: Change, by: Actor = ZHAO) -> Batch:
    return store.wordlists.upload(by, changes, "例行更新", store.wordlists.head())


def apply(store: Store, *changes: Change, by: Actor = ZHAO) -> Version:
    """Upload a batch, apply it at once, and return its version."""
    wordlists = store.wordlists
    version = wordlists.apply(by, upload(store, *changes, by=by).number, wordlists.head(), approval_above=ANY)
    assert isinstance(version, Version)
    return version


def rollback(store: Store, to: int) -> Version:
    return store.wordlists.rollback(ZHAO, to, store.wordlists.head(), "误伤")


@contextmanager
def not_done(store: Store, reason: WordlistsReason, **metadata: str) -> Iterator[None]:
    """Hold that what is done within is refused for this reason, and that nothing changes."""
    before = contents(store.engine)
    with pytest.raises(WordlistsError) as raised:
        yield
    assert raised.value.reason is reason
    assert metadata.items() <= raised.value.metadata.items()
    assert contents(store.engine) == before


def audited(store: Store) -> list[tuple[str, str, str]]:
    return [(entry.actor, entry.action, entry.subject) for entry in store.desk.audit_entries(0, 1000)]


def test_a_batch_becomes_a_version(store: Store) -> None:
    wordlists = store.wordlists
    assert (wordlists.head(), wordlists.overlay(), wordlists.log()) == (0, {}, Page(()))
    changes = [change(REPLACE, "乙", number=2), change(REMOVE, "丙", number=3), change(ADD, "甲", number=1)]
    batch = upload(store, *changes)
    assert batch == Batch(1, BatchState.DRAFT, 0, "zhao", "例行更新", store.clock(), added=1, removed=1, replaced=1)
    assert wordlists.changes(1).items == tuple(sorted(changes, key=lambda one: one.entry.encode()))
    assert (wordlists.head(), wordlists.overlay()) == (0, {})
    version = wordlists.apply(QIAN, 1, 0, approval_above=3)
    assert version == Version(1, 1, "zhao", "", "例行更新", store.clock(), added=1, removed=1, replaced=1)
    assert wordlists.batch(1) == replace(batch, state=BatchState.APPLIED, version=1)
    assert (wordlists.head(), wordlists.version(1), wordlists.log().items) == (1, version, (version,))
    assert wordlists.overlay() == {"a/b": {"甲": "甲\tlaw9", "乙": "乙\tlaw9", "丙": None}}
    assert audited(store) == [("zhao", "wordlist.upload", "batch/1"), ("qian", "wordlist.apply", "batch/1")]
    told = store.desk.audit_entries(1, 1)[0].details
    assert told == {"added": 1, "author": "zhao", "reason": "例行更新", "removed": 1, "replaced": 1, "version": 1}
    check_invariants(store.engine)


def test_a_large_batch_waits_for_a_second_person(store: Store) -> None:
    wordlists = store.wordlists
    number = upload(store, change(ADD, "甲"), change(ADD, "乙", number=2)).number
    waiting = wordlists.apply(ZHAO, number, 0, approval_above=1)
    assert isinstance(waiting, Batch)
    assert (waiting.state, waiting.version, wordlists.head()) == (BatchState.AWAITING_APPROVAL, None, 0)
    with not_done(store, WordlistsReason.OWN_BATCH, batch="1"):
        wordlists.approve(ZHAO, number, 0)
    with not_done(store, WordlistsReason.BATCH_STATE, state="AWAITING_APPROVAL"):
        wordlists.apply(QIAN, number, 0, approval_above=ANY)
    apply(store, change(ADD, "丙"))
    with not_done(store, WordlistsReason.VERSION_STALE, expected="0", current="1"):
        wordlists.approve(QIAN, number, 0)
    version = wordlists.approve(QIAN, number, 1)
    assert (version.number, version.author, version.approved_by) == (2, "zhao", "qian")
    assert wordlists.batch(number).approved_by == "qian"
    assert set(wordlists.overlay()["a/b"]) == {"甲", "乙", "丙"}
    assert audited(store)[-2:] == [("qian", "wordlist.approve", "batch/1"), ("qian", "wordlist.apply", "batch/1")]


def test_a_batch_that_is_done_with_stays_so(store: Store) -> None:
    wordlists = store.wordlists
    applied = apply(store, change(ADD, "甲")).batch
    dropped = wordlists.drop(QIAN, upload(store, change(ADD, "乙")).number, "不需要")
    assert (applied, dropped.state) == (1, BatchState.DROPPED)
    for number in (1, dropped.number):
        with not_done(store, WordlistsReason.BATCH_STATE):
            wordlists.apply(ZHAO, number, 1, approval_above=ANY)
        with not_done(store, WordlistsReason.BATCH_STATE):
            wordlists.approve(QIAN, number, 1)
        with not_done(store, WordlistsReason.BATCH_STATE):
            wordlists.drop(QIAN, number, "不需要")
    assert set(wordlists.overlay()["a/b"]) == {"甲"}
    assert wordlists.batches(states=frozenset((BatchState.DROPPED,))).items == (dropped,)
    assert [one.number for one in wordlists.batches().items] == [2, 1]


def test_what_is_unknown_or_stale(store: Store) -> None:
    wordlists = store.wordlists
    number = upload(store, change(ADD, "甲")).number
    asked: list[Callable[[], object]] = [
        lambda: wordlists.batch(9),
        lambda: wordlists.changes(9),
        lambda: wordlists.drop(ZHAO, 9, ""),
    ]
    for ask in asked:
        with not_done(store, WordlistsReason.BATCH_UNKNOWN, batch="9"):
            ask()
    asked = [
        lambda: wordlists.version(1),
        lambda: wordlists.overlay(1),
        lambda: wordlists.overlay(-1),
        lambda: wordlists.diff(0, 1),
        lambda: wordlists.rollback(ZHAO, 1, 0, ""),
        lambda: wordlists.upload(ZHAO, [change(ADD, "甲")], "", 1),
    ]
    for ask in asked:
        with not_done(store, WordlistsReason.VERSION_UNKNOWN):
            ask()
    with not_done(store, WordlistsReason.VERSION_STALE, expected="1", current="0"):
        wordlists.apply(ZHAO, number, 1, approval_above=ANY)
    with not_done(store, WordlistsReason.VERSION_STALE, expected="1", current="0"):
        wordlists.rollback(ZHAO, 0, 1, "")


INVALID: dict[str, tuple[WordlistsReason, list[Change]]] = {
    "nothing": (WordlistsReason.BATCH_EMPTY, []),
    "no entry": (WordlistsReason.CHANGE_INVALID, [change(ADD, "", "甲", 7)]),
    "an entry that is too long": (
        WordlistsReason.CHANGE_INVALID,
        [change(ADD, "甲" * (MOST_ENTRY // 3 + 1), number=7)],
    ),
    "a line that is too long": (WordlistsReason.CHANGE_INVALID, [change(ADD, "甲", "a" * (MOST_LINE + 1), 7)]),
    "a line to remove": (WordlistsReason.CHANGE_INVALID, [Change(REMOVE, "a/b", "甲", "甲", 7)]),
    "an addition of nothing": (WordlistsReason.CHANGE_INVALID, [Change(ADD, "a/b", "甲", "", 7)]),
    "no wordlist": (WordlistsReason.CHANGE_INVALID, [change(ADD, "甲", number=7, wordlist="")]),
    "an entry twice": (
        WordlistsReason.CHANGE_REPEATED,
        [change(ADD, "甲", number=3), change(ADD, "乙", number=5), change(REMOVE, "甲", number=7)],
    ),
}


@pytest.mark.parametrize(("reason", "changes"), INVALID.values(), ids=INVALID)
def test_a_batch_that_is_not_taken_up(store: Store, reason: WordlistsReason, changes: list[Change]) -> None:
    told = {} if reason is WordlistsReason.BATCH_EMPTY else {"line": "7"}
    with not_done(store, reason, **told):
        upload(store, *changes)
    assert upload(store, change(ADD, "甲")).state is BatchState.DRAFT


def test_a_batch_has_a_largest_size(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordlist_upload, "LARGEST_BATCH", 5)
    monkeypatch.setattr(wordlist_upload, "AT_ONCE", 2)
    endless = (change(ADD, f"甲{number}") for number in range(1 << 40))
    with not_done(store, WordlistsReason.BATCH_TOO_LARGE, most="5"):
        upload(store, *[change(ADD, f"甲{number}") for number in range(6)])
    with not_done(store, WordlistsReason.BATCH_TOO_LARGE):
        store.wordlists.upload(ZHAO, endless, "", 0)
    assert upload(store, *[change(ADD, f"甲{number}") for number in range(5)]).added == 5


def test_changes_that_break_off_leave_nothing(store: Store) -> None:
    before = contents(store.engine)

    def broken() -> Iterator[Change]:
        yield change(ADD, "甲")
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.wordlists.upload(ZHAO, broken(), "", 0)
    assert contents(store.engine) == before
    upload(store, change(ADD, "甲"))


def test_others_write_while_changes_come_in(store: Store) -> None:
    """Uploading waits for nobody and lets nobody wait: a case is opened between two changes."""

    def slow() -> Iterable[Change]:
        for number in range(25_000):
            if number % 12_000 == 0:
                store.open_case()
            yield change(ADD, f"甲{number}", number=number + 1)

    assert store.wordlists.upload(ZHAO, slow(), "", 0).added == 25_000
    check_invariants(store.engine)


ODD = ["\x00", "𠮷野家💰", "\ud800", "e\u0301", "é", "\\x41", "\\N", "\t", "\n", "'", '"', "%s", "ﬀ", "A", "a", " "]


def test_any_text_comes_back_in_one_order(store: Store) -> None:
    changes = [change(ADD, text, f"{text}\t{text}", number, text) for number, text in enumerate(ODD, 1)]
    batch = upload(store, *changes)
    in_order = sorted(changes, key=lambda one: one.entry.encode("utf-8", "surrogatepass"))
    assert list(store.wordlists.changes(batch.number).items) == in_order
    store.wordlists.apply(ZHAO, batch.number, 0, approval_above=ANY)
    assert store.wordlists.overlay() == {one.wordlist: {one.entry: one.line} for one in changes}
    told, token = [], ""
    while True:
        page = store.wordlists.diff(0, 1, size=3, token=token)
        told += [(one.wordlist, one.entry, one.after) for one in page.items]
        if not (token := page.next_token):
            break
    assert told == [(one.wordlist, one.entry, one.line) for one in in_order]


def test_pages(store: Store) -> None:
    for number in range(5):
        apply(store, *[change(ADD, f"{number}{index}") for index in range(5)])
    wordlists = store.wordlists

    def walked(ask: object, size: int = 2) -> list[object]:
        assert callable(ask)
        found, token = [], ""
        while True:
            page = ask(size=size, token=token)
            assert len(page.items) <= size
            found += page.items
            if not (token := page.next_token):
                return found

    for ask in (wordlists.log, wordlists.batches, lambda **asked: wordlists.changes(2, **asked)):
        assert walked(ask) == walked(ask, 100)
        assert len(walked(ask)) == 5
    differences = walked(lambda **asked: wordlists.diff(1, 4, **asked))
    assert len(differences) == 15
    assert differences == walked(lambda **asked: wordlists.diff(1, 4, **asked), 100)
    token = wordlists.log(size=1).next_token
    with refused(DeskReason.PAGE_TOKEN_INVALID):
        wordlists.batches(token=token)
    with refused(DeskReason.PAGE_TOKEN_INVALID):
        wordlists.diff(1, 4, token=wordlists.diff(1, 5, size=1).next_token)


def test_differences_are_told_as_operations(store: Store) -> None:
    apply(store, change(REPLACE, "乙", "乙\t1"), change(REMOVE, "丙"), change(ADD, "甲", "甲\t1"))
    apply(store, change(REMOVE, "甲"), change(ADD, "丙", "丙\t2"), change(REPLACE, "乙", "乙\t2"))
    told = {(first, second): store.wordlists.diff(first, second).items for first in range(3) for second in range(3)}
    assert told[0, 0] == told[2, 2] == ()
    assert told[0, 1] == (
        Difference(REMOVE, "a/b", "丙", None, None),
        Difference(REPLACE, "a/b", "乙", None, "乙\t1"),
        Difference(ADD, "a/b", "甲", None, "甲\t1"),
    )
    assert told[1, 2] == (
        Difference(ADD, "a/b", "丙", None, "丙\t2"),
        Difference(REPLACE, "a/b", "乙", "乙\t1", "乙\t2"),
        Difference(REMOVE, "a/b", "甲", "甲\t1", None),
    )
    assert told[0, 2] == (
        Difference(REPLACE, "a/b", "丙", None, "丙\t2"),
        Difference(REPLACE, "a/b", "乙", None, "乙\t2"),
    )
    inverse = {ADD: REMOVE, REMOVE: ADD, REPLACE: REPLACE}
    for first, second in told:
        back = [Difference(inverse[one[0]], *one[1:3], one.after, one.before) for one in told[first, second]]
        assert list(told[second, first]) == back
    assert rollback(store, 0) == Version(
        3, None, "zhao", "", "误伤", store.clock(), added=0, removed=0, replaced=2, restores=0
    )


ENTRIES = st.sampled_from("甲乙丙丁戊")
STEPS = st.lists(
    st.one_of(
        st.dictionaries(ENTRIES, st.tuples(st.sampled_from(Operation), st.sampled_from("123")), min_size=1),
        st.integers(0, 10),
    ),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_version_is_what_its_changes_say(store: Store, steps: list[object]) -> None:
    """Each version is replayed from the changes; the store goes on from where the example before left it."""
    wordlists, first = store.wordlists, store.wordlists.head()
    expected: list[dict[str, str | None]] = [dict(wordlists.overlay().get("a/b", {}))]
    for step in steps:
        if isinstance(step, dict):
            changes = [change(operation, entry, f"{entry}\t{line}") for entry, (operation, line) in step.items()]
            apply(store, *changes)
            expected.append(expected[-1] | {one.entry: one.line or None for one in changes})
        elif isinstance(step, int):
            to = step % len(expected)
            told = wordlists.diff(wordlists.head(), first + to, size=500).items
            version = rollback(store, first + to)
            assert version.added == sum(one.operation is ADD for one in told)
            assert version.removed == sum(one.operation is REMOVE for one in told)
            assert version.replaced >= sum(one.operation is REPLACE for one in told)
            expected.append(expected[to])
    assert wordlists.head() == first + len(expected) - 1
    assert [lines(wordlists.overlay(first + number)) for number in range(len(expected))] == expected
    assert lines(wordlists.overlay()) == expected[-1]
    check_invariants(store.engine)


def lines(overlay: Overlay) -> dict[str, str | None]:
    return dict(overlay.get("a/b", {}))


def test_many_apply_at_once(store: Store) -> None:
    """Eight people apply three batches each, and look again where they came too late: nothing is lost."""

    def work(person: int) -> list[int]:
        actor, mine = Actor(f"p{person}", Role.POLICY), []
        for turn in range(3):
            number = store.wordlists.upload(
                actor, [change(ADD, f"{person}-{turn}"), change(REPLACE, "共")], "", 0
            ).number
            while True:
                try:
                    version = store.wordlists.apply(actor, number, store.wordlists.head(), approval_above=ANY)
                except WordlistsError as error:
                    if error.reason is not WordlistsReason.VERSION_STALE:
                        raise
                    continue
                assert isinstance(version, Version)
                assert version.batch == number
                mine.append(version.number)
                break
        return mine

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for mine in pool.map(work, range(8)) for number in mine]
    assert sorted(numbers) == list(range(1, 25))
    assert len(store.wordlists.overlay()["a/b"]) == 25
    assert [one.number for one in store.wordlists.log(size=100).items] == list(range(24, 0, -1))
    check_invariants(store.engine)

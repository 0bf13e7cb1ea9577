"""What plans of wordlists read of either store: templates that were checked last, and since when a line stands."""

from __future__ import annotations

from dataclasses import replace

from stores import Store, each_store, recording  # noqa: F401 - a fixture

from moderation.review.people import Actor, Role
from moderation.store.checked import AT_ONCE, last_checked
from moderation.store.content import Seals
from moderation.store.database import reading
from moderation.wordlists.change import Change, Operation

ZHAO = Actor("zhao", Role.POLICY)


def last(store: Store, most: int) -> list[str]:
    with reading(store.engine) as connection:
        return [one.text for one in last_checked(connection, Seals(store.desk._ring), most)]


def test_the_templates_that_were_checked_last_are_read_once_each(store: Store) -> None:
    texts = [f"【甲店】第{number}次,拒收请回复R" for number in range(4)]
    for number in range(7):
        store.clock.now = store.clock.now.replace(microsecond=number)
        again = recording(texts[number // 2])
        store.desk.record([replace(again, fingerprint=bytes([number] * 32))])
    found = {most: last(store, most) for most in (0, 1, 2, 3, 9)}
    assert found == {most: texts[::-1][:most] for most in found}


def test_more_templates_than_are_read_at_once_are_read(store: Store) -> None:
    store.desk.record([recording() for _ in range(AT_ONCE + 3)])
    assert len(set(last(store, 10 * AT_ONCE))) == AT_ONCE + 3
    assert len(last(store, AT_ONCE + 1)) == AT_ONCE + 1


def test_lines_tell_since_which_version_they_stand(store: Store) -> None:
    wordlists = store.wordlists
    for version, (operation, entry, line) in enumerate(
        (
            (Operation.ADD, "甲", "甲\tlaw9"),
            (Operation.ADD, "乙", "乙\tlaw9"),
            (Operation.REPLACE, "甲", "甲\tlaw9\tweight=0.5"),
        )
    ):
        batch = wordlists.upload(ZHAO, [Change(operation, "a/b", entry, line, 1)], "巡查", version)
        wordlists.apply(ZHAO, batch.number, version, approval_above=9)
    asked = ["甲", "乙", "丙", *(f"词{number}" for number in range(1000))]
    found = [wordlists.since(version, "a/b", asked) for version in range(4)]
    assert found == [{}, {"甲": 1}, {"甲": 1, "乙": 2}, {"甲": 3, "乙": 2}]
    assert wordlists.since(3, "a/c", asked) == {}

"""What processes tell a store of themselves: kept while they tell it, gone soon after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from stores import START, Store, each_store

from moderation.store.presence import FORGOTTEN_AFTER, GONE_AFTER, Presence, StoredPresence

__all__ = ["each_store"]

ONE = Presence("a" * 32, "host1", 7, "0.1.0", START, START)
SERVING = replace(ONE, ruleset="sha256:ab", wordlists_version=3, serving_since=START, building_version=4)
OTHER = replace(
    SERVING,
    id="b" * 32,
    started_at=START + timedelta(seconds=1),
    building_version=None,
    failed_version=4,
    failed_reason="词表 'prohibited/gone'",
    failed_at=START,
)


def test_each_process_is_told_as_it_told_itself_last(store: Store) -> None:
    kept = StoredPresence(store.engine)
    for one in (ONE, OTHER, SERVING):
        kept.tell(one)
    assert kept.present(START) == (SERVING, OTHER)
    kept.leave(SERVING.id)
    assert kept.present(START) == (OTHER,)


def test_who_tells_no_more_is_gone_and_forgotten(store: Store) -> None:
    kept = StoredPresence(store.engine)
    kept.tell(ONE)
    assert kept.present(START + GONE_AFTER) == ()
    late = START + FORGOTTEN_AFTER + timedelta(seconds=1)
    newer = replace(OTHER, seen_at=late)
    kept.tell(newer)
    assert kept.present(START) == (newer,)

"""Whatever a template, a note or a name holds comes back from either store as it was, and no text is there in clear."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from store_invariants import check_invariants
from stores import JIA, LI, ZHANG, Store, each_store, epoch, reason, recording  # noqa: F401 - a fixture

from moderation.review.case import Outcome, ReasonCode
from moderation.review.desk import CaseFilter
from moderation.review.people import Actor, Role
from moderation.store.columns import SCHEMA
from moderation.store.database import reading
from moderation.text.template import MAX_TEXT_LENGTH
from moderation.verdict import Decision

ODD = {
    "astral characters": "【甲】𠮷野家💰👨‍👩‍👧",
    "NUL": "【甲】\x00全国第一\x00",
    "lone surrogates": "\ud800【甲】\udfff",
    "surrogates that would join": "【甲】\ud83d\udcb0",
    "combining signs": "e\u0301 é か\u3099",
    "quotes and backslashes": "'; DROP TABLE cases; -- \\ \" %s ? :x {x} \\u0000",
    "white space": " \t\r\n\u2028\u3000",
    "two thousand characters": "𠮷" * MAX_TEXT_LENGTH,
}
NAMES = [
    "",
    " ",
    "Jia",
    "jia",
    "JIA",
    "ｊｉａ",
    "ǰia",
    "jıa",
    "甲",
    "é",
    "e\u0301",
    "ß",
    "ss",
    "a" * 64,
    "𠮷" * 64,
    "a%",
    "a_",
]


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_texts_come_back(store: Store, text: str) -> None:
    told = recording(text, reasons=[replace(reason(quote=text), message=text, laws=(text,))])
    case = store.claimed(of=replace(told, suggested_text=text))
    assert (case.template.text, case.reasons, case.suggested_text) == (text, told.reasons, text)
    store.desk.skip(ZHANG, case.number, epoch(case), text)
    held = store.desk.claim(ZHANG, case.number)
    ruled = store.desk.rule(ZHANG, case.number, epoch(held), Decision.REJECT, ReasonCode.OTHER, text)
    assert ruled.ruling is not None
    assert (ruled.ruling.note, ruled.skips[0].reason) == (text, text)
    appeal = store.desk.file_appeal(JIA, case.line.verdict_id, text, [text, text])
    assert (appeal.text, appeal.evidence) == (text, (text, text))
    held = store.desk.claim(LI, case.number)
    assert store.desk.decide(LI, case.number, epoch(held), Outcome.REVERSED, text).reason == text
    assert store.desk.proposals(LI).items[0].quote == text
    assert len(store.desk.cases(LI, CaseFilter()).items) == 1
    check_invariants(store.engine)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=()), min_size=1, max_size=50))
def test_any_text_comes_back(store: Store, text: str) -> None:
    (told,) = store.desk.record([recording(text)])
    assert told.case is not None
    assert store.desk.case(ZHANG, told.case).template.text == text


def test_names_are_equal_only_where_every_character_is(store: Store) -> None:
    text = "【甲商城】全国第一"
    recorded = store.desk.record([recording(text, tenant=name, tags=(name or "-",)) for name in NAMES])
    assert len({one.verdict_id for one in recorded}) == len(NAMES)
    store.desk.record([], dict.fromkeys(NAMES, 1))
    assert store.desk.statistics(ZHANG).passed_unseen == len(NAMES)
    for number, name in enumerate(NAMES, 1):
        sender = Actor("sender", Role.SENDER, name)
        assert [event.case for event in store.desk.events(sender)] == [number]
        found = store.desk.cases(ZHANG, CaseFilter(tenant=name, tags=frozenset((name or "-",)))).items
        assert [(case.number, case.tenant, case.tags) for case in found] == [(number, name, (name or "-",))]


def test_tags_are_in_one_order_everywhere(store: Store) -> None:
    tags = sorted(["b", "B", "a", "_", "é", "e\u0301", "甲", "乙", "𠮷", "\uff5e", "A1", "A-1", "A 1"])
    case = store.claimed(of=recording(tags=tags[::-1]))
    assert case.line.tags == tuple(tags)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 11, 1, 1, 30, 0, 1, tzinfo=timezone(timedelta(hours=8))),
        datetime(9999, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
    ],
)
def test_times_come_back_to_the_microsecond(store: Store, moment: datetime) -> None:
    store.clock.now = moment
    case = store.claimed()
    assert case.line.opened_at == moment
    assert case.line.opened_at.utcoffset() == timedelta()
    assert store.rule(case).ruling == store.desk.case(ZHANG, case.number).ruling
    check_invariants(store.engine)


def test_no_text_is_stored_in_clear(store: Store) -> None:
    """Neither in what the tables hold nor, in SQLite, in any byte of its files."""
    text, secret = "【甲商城】绝密文案不可外传", "不可外传".encode()
    case = store.claimed(of=recording(text, reasons=[reason(quote=text)]))
    store.desk.skip(ZHANG, case.number, epoch(case), text)
    held = store.desk.claim(ZHANG, case.number, request_id="r1")
    store.desk.rule(ZHANG, case.number, epoch(held), Decision.REJECT, ReasonCode.OTHER, text, request_id="r2")
    store.desk.file_appeal(JIA, case.line.verdict_id, text, [text], request_id="r3")
    held = store.desk.claim(LI, case.number)
    store.desk.decide(LI, case.number, epoch(held), Outcome.REVERSED, text, request_id="r4")
    with reading(store.engine) as connection:
        for table in SCHEMA.sorted_tables:
            for row in connection.execute(select(table)):
                values = dict(zip(table.columns.keys(), row, strict=True))
                sealed = [value for value in values.values() if isinstance(value, bytes)]
                assert all(secret not in value for value in sealed), table.name
                assert "不可外传" not in repr(values), table.name
                assert "\\u4e0d\\u53ef" not in repr(values).lower(), table.name
    if store.kind == "sqlite":
        files = list(store.path.parent.glob(f"{store.path.name}*"))
        assert len(files) > 1
        assert all(secret not in file.read_bytes() for file in files)

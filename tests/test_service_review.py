"""Cases, appeals and the audit over a real socket and a real store: each method, each refusal, and the remote desk."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from desk_serving import METHODS, DeskServer, by, desk_server, remote_desk, running
from hypothesis import given, settings
from hypothesis import strategies as st
from serving import Failure, captured_logs, log_lines, with_bad_bytes
from stores import JIA, LI, POLICY, RING, SQLITE, ZHANG, Store, epoch, fresh, recording, refused

from moderation.cli.remote_desk import RemoteDesk
from moderation.cli.rendering.refusals import refusal
from moderation.cli.server_error import ServerError
from moderation.review.audit import AuditEntry, Head, encode_details
from moderation.review.audit_proof import Fault, FaultKind, Verified
from moderation.review.case import Case, Outcome, Queue, ReasonCode
from moderation.review.desk import CaseFilter, Desk, DeskError, DeskReason
from moderation.review.keys import rotated
from moderation.review.people import SERVICE, Actor, Role
from moderation.review.states import CaseState
from moderation.service.errors import FIELDS, STATUS_CODES, Reason, from_desk
from moderation.service.roles import ROLES
from moderation.store import resealing
from moderation.store.content import Seals
from moderation.store.database import open_engine
from moderation.store.desk import StoredDesk
from moderation.store.retention import purge_texts
from moderation.store.transaction import begun
from moderation.v1 import audit_service_pb2, case_pb2, review_service_pb2, verdict_pb2
from moderation.verdict import Decision

__all__ = ["desk_server", "remote_desk"]

API = Path(__file__).parent.parent / "docs" / "api.md"
LEAD, KEEPER = Actor("lead", Role.LEAD), Actor("policy", Role.POLICY)
REVIEWER = by("reviewer", "zhang")
"""The metadata by which ZHANG calls."""


def rejected(store: Store) -> str:
    """Return the id of a verdict that the engine rejected."""
    return store.desk.record([recording(machine=Decision.REJECT)])[0].verdict_id


def test_a_case_goes_its_whole_way(server: DeskServer) -> None:
    verdict = rejected(server.store)
    sender, other = by("sender"), by("reviewer", "li")
    appeal = server.call(
        "AppealService.FileAppeal", sender, verdict_id=verdict, text="请复核", evidence=["许可证"]
    ).appeal
    case = server.call("ReviewService.ClaimNext", other, queues=[case_pb2.CASE_QUEUE_APPEAL]).case
    assert (case.line.case, case.appeal, case.line.state) == (appeal.case, appeal, case_pb2.CASE_STATE_APPEAL_CLAIMED)
    held = {"case": case.line.case, "epoch": case.line.lease.epoch}
    decided = server.call(
        "AppealService.DecideAppeal", other, **held, outcome=case_pb2.APPEAL_OUTCOME_REVERSED, reason="证据属实"
    ).appeal
    assert (decided.reason, decided.outcome) == ("证据属实", case_pb2.APPEAL_OUTCOME_REVERSED)
    assert decided.decided_by == "li"
    decided.decided_by = ""
    assert server.call("AppealService.GetAppeal", sender, appeal=appeal.appeal).appeal == decided
    assert not server.call("AppealService.ListAppeals", sender, open_only=True).appeals
    (proposal,) = server.call("ReviewService.ListProposals", by("policy")).proposals
    assert (proposal.case, proposal.rule_id) == (case.line.case, "AW102")
    kinds = [event.kind for event in server.call("ReviewService.ListCaseEvents", other).events]
    assert kinds[-2:] == ["appeal.filed", "appeal.decided"]


def test_a_case_is_renewed_released_and_skipped(server: DeskServer) -> None:
    number = server.store.open_case()
    held = server.call("ReviewService.ClaimCase", REVIEWER, case=number).case.line.lease
    server.store.clock.move(timedelta(minutes=5))
    renewed = server.call("ReviewService.RenewLease", REVIEWER, case=number, epoch=held.epoch).case.line.lease
    assert renewed.expires_at.ToDatetime() - held.expires_at.ToDatetime() == timedelta(minutes=5)
    server.call("ReviewService.ReleaseCase", REVIEWER, case=number, epoch=held.epoch)
    again = server.call("ReviewService.ClaimNext", REVIEWER).case.line.lease
    server.call("ReviewService.SkipCase", REVIEWER, case=number, epoch=again.epoch, reason="看不懂方言")
    assert not server.call("ReviewService.ClaimNext", REVIEWER).HasField("case")
    case = server.call("ReviewService.GetCase", by("lead"), case=number).case
    assert [(skip.reviewer, skip.reason) for skip in case.skips] == [("zhang", "看不懂方言")]


def test_similar_cases_are_ruled_together(server: DeskServer) -> None:
    texts = [f"【甲商城】会员日全国第一好茶,编号{place},拒收请回复R" for place in range(3)]
    numbers = [server.store.open_case(recording(text)) for text in texts]
    case = server.call("ReviewService.ClaimCase", REVIEWER, case=numbers[0]).case
    similar = server.call("ReviewService.ListSimilarCases", REVIEWER, case=numbers[0]).cases
    assert sorted(one.line.case for one in similar) == numbers[1:]
    ruled = server.call(
        "ReviewService.RuleCase",
        REVIEWER,
        case=numbers[0],
        epoch=case.line.lease.epoch,
        decision=verdict_pb2.DECISION_PASS,
        reason=verdict_pb2.RULING_REASON_RULE_MISTAKEN,
        note="茶名",
        also=numbers[1:],
    ).case
    assert (ruled.ruling.reviewer, ruled.ruling.note, ruled.line.ruling) == ("zhang", "茶名", verdict_pb2.DECISION_PASS)
    statistics = server.call("ReviewService.GetStatistics", by("lead")).statistics
    assert [(one.reviewer, one.passed) for one in statistics.reviewers] == [("zhang", 3)]


def filled(store: Store) -> None:
    """Bring a store to hold a case of every kind."""
    store.open_case(recording(tags=("dialect:sichuan", "industry:retail")))
    store.claimed()
    skipped = store.claimed(LI)
    store.desk.skip(LI, skipped.number, epoch(skipped), "看不懂")
    store.ruled(Decision.PASS)
    store.appealed()
    store.decided(Outcome.REVERSED)
    store.desk.file_appeal(JIA, rejected(store), "请复核", ("许可证", "https://www.example.cn/a"))
    store.clock.move(timedelta(seconds=90))


READS: list[Callable[[Desk], object]] = [
    lambda desk: [desk.case(ZHANG, line.number) for line in desk.cases(ZHANG, CaseFilter()).items],
    lambda desk: desk.cases(ZHANG, CaseFilter(), size=3),
    lambda desk: desk.cases(ZHANG, CaseFilter(), size=3, token=desk.cases(ZHANG, CaseFilter(), size=3).next_token),
    lambda desk: desk.cases(
        ZHANG, CaseFilter(Queue.REVIEW, frozenset((CaseState.OPEN,)), "jia", frozenset(("dialect:sichuan",)))
    ),
    lambda desk: desk.cases(ZHANG, CaseFilter(holder="zhang", rule_id="AW102", overdue_only=True)),
    lambda desk: [desk.similar(ZHANG, line.number, size=3) for line in desk.cases(ZHANG, CaseFilter()).items],
    lambda desk: desk.statistics(LEAD),
    lambda desk: desk.appeals(JIA, size=2),
    lambda desk: [desk.appeal(JIA, appeal.number) for appeal in desk.appeals(JIA, open_only=True).items],
    lambda desk: desk.proposals(KEEPER),
    lambda desk: desk.events(JIA, after=2, size=4),
    lambda desk: desk.events(ZHANG),
]


@pytest.mark.parametrize("read", READS)
def test_the_remote_desk_tells_what_the_store_tells(
    server: DeskServer, remote: RemoteDesk, read: Callable[[Desk], object]
) -> None:
    filled(server.store)
    told = read(server.store.desk)
    assert read(remote) == told
    assert told


def test_the_remote_desk_does_what_the_store_does(server: DeskServer, remote: RemoteDesk) -> None:
    store = server.store
    first, second = store.open_case(), store.open_case()
    case = remote.claim_next(ZHANG, queues=frozenset((Queue.REVIEW,)), skills=frozenset(("dialect:wu",)))
    assert case == store.desk.case(ZHANG, first)
    assert case is not None
    assert remote.renew(ZHANG, first, epoch(case)) == store.desk.case(ZHANG, first)
    ruled = remote.rule(ZHANG, first, epoch(case), Decision.REJECT, ReasonCode.UNLAWFUL, "茶", also=(second,))
    assert ruled == store.desk.case(ZHANG, first)
    appeal = remote.file_appeal(JIA, ruled.line.verdict_id, "请复核", ("许可证",))
    assert appeal == store.desk.appeal(JIA, appeal.number)
    claimed = remote.claim(LI, first)
    remote.release(LI, first, epoch(claimed))
    claimed = remote.claim(LI, first)
    decided = remote.decide(LI, first, epoch(claimed), Outcome.UPHELD, "理由不足")
    assert decided == store.desk.appeal(LI, appeal.number)
    third = remote.claim(ZHANG, store.open_case())
    remote.skip(ZHANG, third.number, epoch(third), "看不懂")
    assert remote.claim_next(ZHANG) is None


def lost(desk: Desk, store: Store) -> None:
    case = store.claimed()
    store.clock.move(timedelta(hours=1))
    desk.release(ZHANG, case.number, epoch(case))


def reused(desk: Desk, store: Store) -> None:
    for number in (store.open_case(), store.open_case()):
        desk.claim(ZHANG, number, request_id="a")


def too_late(desk: Desk, store: Store) -> None:
    verdict = rejected(store)
    store.clock.move(timedelta(days=31))
    desk.file_appeal(JIA, verdict, "请复核")


def purged(desk: Desk, store: Store) -> None:
    verdict = rejected(store)
    store.clock.move(timedelta(days=2))
    policy = replace(POLICY, texts_kept=timedelta(days=1))
    with begun(store.engine, SERVICE, store.clock.now, Seals(RING), policy) as transaction:
        purge_texts(transaction)
    desk.file_appeal(JIA, verdict, "请复核")


def together_with_another(desk: Desk, store: Store) -> None:
    other = store.open_case(recording(text="【丁书店】您预订的教材已到货,请于周五前到店领取。"))
    held = store.claimed(of=recording(text="【甲商城】全国第一好茶,会员日全场8折,拒收请回复R"))
    code = ReasonCode.UNLAWFUL
    desk.rule(ZHANG, held.number, epoch(held), Decision.REJECT, code, also=[other])


REFUSALS: list[tuple[DeskReason, Callable[[Desk, Store], object]]] = [
    (DeskReason.CASE_UNKNOWN, lambda desk, _: desk.case(ZHANG, 99)),
    (DeskReason.APPEAL_UNKNOWN, lambda desk, _: desk.appeal(JIA, 99)),
    (DeskReason.VERDICT_UNKNOWN, lambda desk, _: desk.file_appeal(JIA, "0" * 32, "请复核")),
    (DeskReason.WRONG_STATE, lambda desk, store: desk.claim(ZHANG, store.ruled().number)),
    (DeskReason.LEASE_LOST, lost),
    (
        DeskReason.ALREADY_APPEALED,
        lambda desk, store: desk.file_appeal(JIA, store.appealed().line.verdict_id, "请复核"),
    ),
    (DeskReason.APPEAL_WINDOW_CLOSED, too_late),
    (
        DeskReason.NOT_APPEALABLE,
        lambda desk, store: desk.file_appeal(JIA, store.ruled(Decision.PASS).line.verdict_id, "请复核"),
    ),
    (DeskReason.TEXT_PURGED, purged),
    (DeskReason.NOT_SIMILAR, together_with_another),
    (DeskReason.OWN_RULING, lambda desk, store: desk.claim(ZHANG, store.appealed().number)),
    (DeskReason.REQUEST_ID_REUSED, reused),
    (DeskReason.PAGE_TOKEN_INVALID, lambda desk, _: desk.cases(ZHANG, CaseFilter(), token="?")),
    (DeskReason.PAGE_TOKEN_INVALID, lambda desk, _: desk.appeals(ZHANG, token="字")),
    (DeskReason.PAGE_TOKEN_INVALID, lambda desk, _: desk.proposals(KEEPER, token="e30=")),
]


@pytest.mark.parametrize(("reason", "act"), REFUSALS)
def test_what_the_store_refuses_the_remote_desk_refuses_likewise(
    server: DeskServer, remote: RemoteDesk, tmp_path: Path, reason: DeskReason, act: Callable[[Desk, Store], object]
) -> None:
    with pytest.raises(DeskError) as far:
        act(remote, server.store)
    with closing(fresh(SQLITE, tmp_path)) as store, pytest.raises(DeskError) as near:
        act(store.desk, store)
    assert far.value.reason is near.value.reason is reason
    field = {"field": FIELDS[reason]} if reason in FIELDS else {}
    assert set(far.value.metadata) == {*near.value.metadata, *field} == documented_metadata(reason)
    assert nameless(far.value.message.removeprefix(f"{FIELDS.get(reason)}: ")) == nameless(near.value.message)


def documented_metadata(reason: DeskReason) -> set[str]:
    """Return the keys of a reason's metadata as the documentation shows them."""
    (example,) = re.findall(rf"^\| `{reason}` \|.*\| `({{.*}})` \|$", API.read_text(encoding="utf-8"), re.M)
    return set(json.loads(example))


def nameless(message: str) -> str:
    """Return a message without the id of a verdict, which no other store has."""
    return re.sub(r"[0-9a-f]{32}", "…", message)


@pytest.mark.parametrize("reason", DeskReason)
def test_every_refusal_has_its_status(reason: DeskReason) -> None:
    error = from_desk(DeskError(reason, "told", case=7))
    assert (error.reason, error.message, error.metadata["case"]) == (Reason(reason), "told", "7")
    assert STATUS_CODES[error.reason] not in ("INTERNAL", "UNKNOWN")


def test_a_store_that_cannot_be_reached_is_told_and_may_be_tried_again(server: DeskServer, tmp_path: Path) -> None:
    desk = StoredDesk(open_engine(str(tmp_path / "nowhere" / "a.db")), RING)
    with running(server.store, desk) as broken:
        seen = broken.refused("ReviewService.ListCases", REVIEWER)
        assert (seen.code, seen.reason) == (grpc.StatusCode.UNAVAILABLE, "STORE_UNAVAILABLE")
        with closing(RemoteDesk(broken.address)) as far, refused(DeskReason.STORE_UNAVAILABLE):
            far.cases(ZHANG, CaseFilter())


def test_a_server_that_is_not_there_is_told() -> None:
    with closing(RemoteDesk("127.0.0.1:1")) as desk, pytest.raises(DeskError) as caught:
        desk.case(ZHANG, 1)
    assert caught.value.reason is DeskReason.STORE_UNAVAILABLE
    assert caught.value.message.startswith("the server 127.0.0.1:1 does not answer")


def test_what_the_desk_has_no_reason_for_is_the_servers(remote: RemoteDesk) -> None:
    with pytest.raises(ServerError, match=r"the role reviewer may not call ReviewService.GetStatistics"):
        remote.statistics(ZHANG)
    with pytest.raises(ServerError, match=r"reason: must not be empty"):
        remote.skip(ZHANG, 1, 1, "")


def test_a_write_that_is_sent_again_changes_nothing(server: DeskServer) -> None:
    first, second = server.store.open_case(), server.store.open_case()
    answers = [server.call("ReviewService.ClaimNext", REVIEWER, request_id="a").case for _ in range(3)]
    assert [answer.line.case for answer in answers] == [first] * 3
    assert server.call("ReviewService.ClaimNext", REVIEWER).case.line.case == second


BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("ReviewService.GetCase", {}, "FIELD_OUT_OF_RANGE", "case"),
    ("ReviewService.GetCase", {"case": 2**62}, "FIELD_OUT_OF_RANGE", "case"),
    ("ReviewService.ClaimNext", {"tags": ["a", ""]}, "FIELD_REQUIRED", "tags[1]"),
    ("ReviewService.ClaimNext", {"skills": ["x" * 65]}, "FIELD_TOO_LONG", "skills[0]"),
    ("ReviewService.ClaimNext", {"tags": ["a"] * 17}, "FIELD_TOO_LONG", "tags"),
    ("ReviewService.ClaimNext", {"queues": [1, 9]}, "ENUM_UNKNOWN", "queues[1]"),
    ("ReviewService.ClaimNext", {"queues": [0]}, "FIELD_REQUIRED", "queues[0]"),
    ("ReviewService.ClaimCase", {"case": 1, "request_id": "\0"}, "CHARACTER_FORBIDDEN", "request_id"),
    ("ReviewService.SkipCase", {"case": 1, "epoch": 1}, "FIELD_REQUIRED", "reason"),
    ("ReviewService.RuleCase", {"case": 1, "epoch": 1}, "FIELD_REQUIRED", "decision"),
    ("ReviewService.RuleCase", {"case": 1, "epoch": 1, "decision": 2}, "ENUM_UNKNOWN", "decision"),
    ("ReviewService.RuleCase", {"case": 1, "epoch": 1, "decision": 1}, "FIELD_REQUIRED", "reason"),
    ("ReviewService.RuleCase", {"case": 1, "epoch": 1, "decision": 1, "reason": 5}, "ENUM_UNKNOWN", "reason"),
    ("ReviewService.RuleCase", {"case": 1, "epoch": 1, "decision": 3, "reason": 1}, "ENUM_UNKNOWN", "reason"),
    ("ReviewService.RuleCase", {"case": 1, "epoch": 1, "also": [2, 0]}, "FIELD_OUT_OF_RANGE", "also[1]"),
    ("ReviewService.RuleCase", {"case": 1, "epoch": 1, "note": "字" * 2001}, "FIELD_TOO_LONG", "note"),
    ("ReviewService.ListCases", {"page_size": 501}, "FIELD_OUT_OF_RANGE", "page_size"),
    ("ReviewService.ListCases", {"tags": ["a\0"]}, "CHARACTER_FORBIDDEN", "tags[0]"),
    ("ReviewService.ListCases", {"page_token": "?"}, "PAGE_TOKEN_INVALID", "page_token"),
    ("ReviewService.ListCaseEvents", {"after": -1}, "FIELD_OUT_OF_RANGE", "after"),
    ("AppealService.DecideAppeal", {"case": 1, "epoch": 1, "reason": "好"}, "FIELD_REQUIRED", "outcome"),
]


@pytest.mark.parametrize(("method", "fields", "reason", "field"), BAD)
def test_a_bad_request_is_refused_with_its_field(
    server: DeskServer, method: str, fields: dict[str, Any], reason: str, field: str
) -> None:
    seen = server.refused(method, REVIEWER, **fields)
    assert (seen.reason, seen.code.name) == (reason, STATUS_CODES[Reason(reason)])
    assert list(seen.violations) == [field]


def test_since_must_be_a_moment(server: DeskServer) -> None:
    seen = server.refused("ReviewService.GetStatistics", by("lead"), since={"seconds": -1})
    assert (seen.reason, seen.metadata) == ("TIMESTAMP_INVALID", {"field": "since"})


def test_a_string_of_a_list_that_is_not_utf8_is_named(server: DeskServer) -> None:
    data = with_bad_bytes(review_service_pb2.ClaimNextRequest(tags=["a", "QQQQ"]), "QQQQ")
    with pytest.raises(grpc.RpcError) as caught:
        server.send("ReviewService.ClaimNext", data, REVIEWER)
    seen = Failure.of(caught.value)  # type: ignore[arg-type]
    assert (seen.reason, list(seen.violations)) == ("REQUEST_MALFORMED", ["tags[1]"])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    """A server whose cases are only read."""
    yield from filled_server(tmp_path_factory.mktemp("read"))


@pytest.fixture(scope="module")
def battered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    """A server to which anything is done."""
    yield from filled_server(tmp_path_factory.mktemp("battered"))


def filled_server(directory: Path) -> Iterator[DeskServer]:
    with closing(fresh(SQLITE, directory)) as store, running(store) as server:
        filled(store)
        yield server


ONCE = sorted(set(METHODS) - {"ReviewService.WatchCases"})
TAGGED = st.sampled_from([bytes([number << 3]) for number in range(1, 8)])
FIELD = st.one_of(
    st.tuples(TAGGED, st.sampled_from([b"\0", b"\1", b"\2", b"\xff" * 9 + b"\1", b"\x80" * 4 + b"\1"])),
    st.tuples(st.sampled_from([bytes([number << 3 | 2]) for number in range(1, 8)]), st.sampled_from([b"\0", b"\1\0"])),
    st.tuples(st.just(b""), st.binary(max_size=12)),
)


@settings(max_examples=150)
@given(st.sampled_from(ONCE), st.lists(FIELD, max_size=5))
def test_no_request_is_a_fault_of_the_server(
    battered: DeskServer, method: str, fields: list[tuple[bytes, bytes]]
) -> None:
    role = sorted(ROLES[method])[0]
    try:
        battered.send(method, b"".join(part for field in fields for part in field), by(role))
    except grpc.RpcError as error:
        seen = Failure.of(error)  # type: ignore[arg-type]
        assert seen.reason not in ("", "INTERNAL", "STORE_UNAVAILABLE")


def lines(server: DeskServer, size: int, **filters: Any) -> list[case_pb2.CaseLine]:  # noqa: ANN401 - as `call`
    found: list[case_pb2.CaseLine] = []
    token = ""
    while True:
        answer = server.call("ReviewService.ListCases", REVIEWER, page_size=size, page_token=token, **filters)
        assert len(answer.cases) <= size
        found.extend(answer.cases)
        token = answer.next_page_token
        if not token:
            return found


@pytest.mark.parametrize("size", [1, 2, 3, 500])
def test_pages_hold_every_case_once_in_order(shared: DeskServer, size: int) -> None:
    expected = [line.number for line in shared.store.desk.cases(ZHANG, CaseFilter(), size=500).items]
    assert [line.case for line in lines(shared, size)] == expected
    assert len(expected) > 5


def test_filters_choose_cases(shared: DeskServer) -> None:
    tagged = lines(shared, 500, tags=["dialect:sichuan"], states=[case_pb2.CASE_STATE_OPEN])
    assert [list(line.tags) for line in tagged] == [["dialect:sichuan", "industry:retail"]]
    urgent = lines(shared, 500, priority=case_pb2.CASE_PRIORITY_COMPLAINT)
    assert {line.queue for line in urgent} == {case_pb2.CASE_QUEUE_APPEAL}
    assert lines(shared, 500, tenant="yi") == lines(shared, 500, overdue_only=True) == []


def test_a_token_belongs_to_its_filter(shared: DeskServer) -> None:
    token = shared.call("ReviewService.ListCases", REVIEWER, page_size=1).next_page_token
    assert token
    seen = shared.refused("ReviewService.ListCases", REVIEWER, page_size=1, page_token=token, tenant="jia")
    assert seen.reason == "PAGE_TOKEN_INVALID"


@pytest.mark.parametrize("number", [-1, 2**40, 2**70, 10**400])
def test_a_forged_token_is_no_fault_of_the_server(shared: DeskServer, number: int) -> None:
    for method, role in (("ReviewService.ListCases", REVIEWER), ("AppealService.ListAppeals", REVIEWER)):
        token = shared.call(method, role, page_size=1).next_page_token
        name, *position = json.loads(base64.urlsafe_b64decode(token + "==="))
        forged = base64.urlsafe_b64encode(json.dumps([name, *(number for _ in position)]).encode()).decode()
        try:
            shared.call(method, role, page_size=1, page_token=forged)
        except grpc.RpcError as error:
            assert Failure.of(error).reason in ("PAGE_TOKEN_INVALID", "FIELD_TOO_LONG")  # type: ignore[arg-type]  # noqa: PT017


def test_who_watches_sees_a_ruling_and_ends_at_the_stop(server: DeskServer) -> None:
    case = server.store.claimed()
    call = server.watch(REVIEWER)
    assert next(call).event.kind == "case.opened"
    server.store.rule(case, Decision.PASS)
    event = next(call).event
    assert (event.kind, event.case, event.details["decision"]) == ("case.ruled", case.number, "PASS")
    later = server.watch(by("lead"), after=event.sequence - 1)
    assert next(later).event == event
    server.stop()
    assert list(call) == list(later) == []
    assert (call.code(), later.code()) == (grpc.StatusCode.OK, grpc.StatusCode.OK)


def test_who_watches_takes_no_place_of_others_and_gives_theirs_back(server: DeskServer) -> None:
    case = server.store.claimed()
    with running(server.store, max_concurrent_rpcs=4) as small:
        call = small.watch(REVIEWER)
        assert next(call).event.case == case.number
        assert Failure.of(watching_error(small)).reason == "OVERLOADED"
        assert small.call("ReviewService.GetCase", REVIEWER, case=case.number).case.line.case == case.number
        call.cancel()
        assert any(is_watched(small) for _ in range(100))


def is_watched(server: DeskServer) -> bool:
    """Return whether one more may watch, after a little while."""
    time.sleep(0.05)
    call = server.watch(REVIEWER)
    try:
        return bool(next(call).event.case)
    except grpc.RpcError:
        return False
    finally:
        call.cancel()


def watching_error(server: DeskServer) -> Any:  # noqa: ANN401 - a call that failed
    with pytest.raises(grpc.RpcError) as caught:
        next(server.watch(REVIEWER))
    return caught.value


def test_a_store_that_fails_is_told_to_who_watches(server: DeskServer, tmp_path: Path) -> None:
    directory = tmp_path / "moved"
    desk = StoredDesk(open_engine(str(directory / "a.db")), RING)
    with running(server.store, desk) as broken:
        assert Failure.of(watching_error(broken)).reason == "STORE_UNAVAILABLE"


def test_a_call_ends_at_its_deadline_while_the_store_is_busy(server: DeskServer) -> None:
    number = server.store.open_case()
    with closing(sqlite3.connect(server.store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(grpc.RpcError) as caught:
            server.call("ReviewService.ClaimCase", REVIEWER, timeout=0.5, case=number)
        other.execute("ROLLBACK")
    assert Failure.of(caught.value).code is grpc.StatusCode.DEADLINE_EXCEEDED  # type: ignore[arg-type]


def test_the_audit_is_listed_page_by_page_and_proved(server: DeskServer) -> None:
    filled(server.store)
    entries: list[audit_service_pb2.AuditEntry] = []
    while page := server.call("AuditService.ListAuditEntries", by("auditor"), after=len(entries), page_size=4).entries:
        entries.extend(page)
    kept = server.store.desk.audit_entries(0, 500)
    assert [told_of(entry) for entry in entries] == [told_of_kept(entry) for entry in kept]
    answer = server.call("AuditService.VerifyAudit", by("auditor"))
    verified = server.store.desk.verify_audit()
    assert isinstance(verified, Verified)
    assert Head(answer.whole.count, answer.whole.digest) == verified.head == Head(len(kept), kept[-1].digest)
    changed(server.store, "UPDATE audit SET actor = 'nobody' WHERE sequence = 3")
    fault = server.call("AuditService.VerifyAudit", by("auditor"), locale="en").fault
    told = server.store.desk.verify_audit()
    assert isinstance(told, Fault)
    assert (fault.kind, fault.sequence, fault.message) == (
        audit_service_pb2.AUDIT_FAULT_KIND_EDITED,
        3,
        told.message("en"),
    )
    assert told.kind is FaultKind.EDITED


def changed(store: Store, *statements: str) -> None:
    """Change a store behind the back of its triggers."""
    with closing(sqlite3.connect(store.path)) as other, other:
        for trigger in [name for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
            other.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            other.execute(statement)


def test_an_entry_that_cannot_be_read_is_told(server: DeskServer) -> None:
    for _ in range(4):
        server.store.open_case()
    changed(server.store, "UPDATE audit SET details = '[1]', actor = char(55296) WHERE sequence = 3")
    fault = server.call("AuditService.VerifyAudit", by("auditor")).fault
    assert (fault.kind, fault.sequence) == (audit_service_pb2.AUDIT_FAULT_KIND_EDITED, 3)
    listed = server.call("AuditService.ListAuditEntries", by("auditor")).entries
    assert [entry.sequence for entry in listed] == [1, 2]
    seen = server.refused("AuditService.ListAuditEntries", by("auditor"), after=2)
    assert (seen.code, seen.reason) == (grpc.StatusCode.DATA_LOSS, "STORE_DAMAGED")
    assert "entry 3" in seen.message
    assert [one.sequence for one in server.call("AuditService.ListAuditEntries", by("auditor"), after=3).entries] == [4]


def test_a_store_that_lost_the_end_of_its_audit_is_told_and_logged(server: DeskServer) -> None:
    held = {"case": server.store.open_case()}
    changed(server.store, "DELETE FROM audit_head")
    fault = server.call("AuditService.VerifyAudit", by("auditor")).fault
    assert (fault.kind, fault.sequence) == (audit_service_pb2.AUDIT_FAULT_KIND_HEAD_DIFFERS, 1)
    with captured_logs() as stream:
        assert server.refused("ReviewService.ClaimCase", REVIEWER, **held).reason == "STORE_DAMAGED"
        (line,) = log_lines(stream)
    assert (line["reason"], line["level"]) == ("STORE_DAMAGED", "warning")


def test_text_that_is_not_utf_8_is_no_busy_store(server: DeskServer, remote: RemoteDesk) -> None:
    server.store.open_case()
    changed(server.store, "UPDATE cases SET tenant = char(55296)")
    with captured_logs() as stream, refused(DeskReason.STORE_DAMAGED):
        remote.case(ZHANG, 1)
    assert log_lines(stream)[0]["cause_type"] == "OperationalError"


def test_a_key_that_the_server_lacks_is_told_and_logged(server: DeskServer) -> None:
    case = server.store.open_case()
    ring = rotated(RING)
    resealing.reseal(server.store.engine, ring, lambda _: None)
    with captured_logs() as stream, closing(RemoteDesk(server.address)) as far, pytest.raises(DeskError) as caught:
        far.case(ZHANG, case)
    assert caught.value.reason is DeskReason.KEY_MISSING
    assert documented_metadata(DeskReason.KEY_MISSING) == set(caught.value.metadata)
    assert refusal(caught.value, "zh") == (
        f"文本由密钥 {ring.current.id} 加密，服务器没有它；请用含有该密钥的密钥文件重启服务器"
    )
    assert log_lines(stream)[0]["key"] == ring.current.id
    changed(server.store, "UPDATE verdicts SET content = zeroblob(100)")
    assert server.refused("ReviewService.GetCase", REVIEWER, case=case).reason == "STORE_DAMAGED"


def told_of(entry: audit_service_pb2.AuditEntry) -> tuple[object, ...]:
    who = (entry.actor, entry.role, entry.action, entry.subject, entry.details)
    return (entry.sequence, *who, entry.previous, entry.digest)


def told_of_kept(entry: AuditEntry) -> tuple[object, ...]:
    who = (entry.actor, entry.role, entry.action, entry.subject, encode_details(entry.details))
    return (entry.sequence, *who, entry.previous, entry.digest)


def test_one_desk_serves_many_threads(server: DeskServer, remote: RemoteDesk) -> None:
    numbers = {server.store.open_case() for _ in range(24)}
    claimed: list[Case | None] = []
    actors = [Actor(f"reviewer-{place}", Role.REVIEWER) for place in range(8)]
    threads = [
        threading.Thread(target=lambda actor=actor: claimed.extend(remote.claim_next(actor) for _ in range(3)))
        for actor in actors
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(case.number for case in claimed if case is not None) == sorted(numbers)

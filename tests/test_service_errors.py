"""Every way that a call may fail, over a real socket: its status, its reason, and what the logs say of it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable

import grpc
import pytest
from serving import (
    PLAIN,
    SECRET,
    Client,
    Failure,
    ObservedEngine,
    batch,
    captured_logs,
    failure,
    log_lines,
    real_engine,
    request,
    serving,
    with_bad_bytes,
)

from moderation.service.errors import STATUS_CODES, Reason
from moderation.v1 import check_service_pb2, error_reason_pb2, rule_pb2, rule_service_pb2, template_pb2


class Gate:
    """An engine hook that holds each run until it is opened."""

    def __init__(self) -> None:
        self.runs: list[int] = []
        self.entered = threading.Event()
        self._open = threading.Event()

    def __call__(self, templates: object, _policies: object) -> None:
        assert isinstance(templates, list)
        self.runs.append(len(templates))
        self.entered.set()
        assert self._open.wait(10)

    def open(self) -> None:
        self._open.set()

    async def reached(self) -> None:
        assert await asyncio.to_thread(self.entered.wait, 10)


def explode(*_: object) -> None:
    raise RuntimeError(SECRET)


def bad_request(**fields: object) -> Callable[[Client], Awaitable[object]]:
    return lambda client: client.check.Check(request(**fields))  # type: ignore[arg-type]


def page(**fields: object) -> Callable[[Client], Awaitable[object]]:
    return lambda client: client.rules.ListRules(rule_service_pb2.ListRulesRequest(**fields))  # type: ignore[arg-type]


INDUSTRIES = " ".join(template_pb2.Industry.keys())
PROFILES = "aliyun generic huawei qiniu tencent volcengine"

REFUSED: list[tuple[Reason, Callable[[Client], Awaitable[object]], dict[str, str]]] = [
    (
        Reason.REQUEST_MALFORMED,
        lambda client: client.raw("Check", with_bad_bytes(request("QQQQ"), "QQQQ")),
        {"field": "template.text", "type": "moderation.v1.CheckRequest"},
    ),
    (
        Reason.REQUEST_MALFORMED,
        lambda client: client.raw("CheckBatch", b"\x0a\x7f"),
        {"type": "moderation.v1.CheckBatchRequest"},
    ),
    (
        Reason.REQUEST_MALFORMED,
        lambda client: client.raw("ExplainRule", b"\x0a\x02\xff\xfe"),
        {"field": "rule", "type": "moderation.v1.ExplainRuleRequest"},
    ),
    (Reason.FIELD_REQUIRED, bad_request(text=""), {"field": "template.text"}),
    (
        Reason.FIELD_REQUIRED,
        lambda client: client.check.CheckBatch(check_service_pb2.CheckBatchRequest()),
        {"field": "items"},
    ),
    (Reason.FIELD_TOO_LONG, bad_request(text="字" * 2001), {"field": "template.text", "limit": "2000"}),
    (Reason.FIELD_TOO_LONG, bad_request(tenant="t" * 65), {"field": "template.tenant", "limit": "64"}),
    (
        Reason.FIELD_TOO_LONG,
        lambda client: client.check.CheckBatch(batch(*["字"] * 1001)),
        {"field": "items", "limit": "1000"},
    ),
    (Reason.FIELD_OUT_OF_RANGE, page(page_size=-1), {"field": "page_size", "limit": "1000"}),
    (Reason.FIELD_OUT_OF_RANGE, page(page_size=1001), {"field": "page_size", "limit": "1000"}),
    (Reason.ENUM_UNKNOWN, bad_request(industry=99), {"field": "template.industry", "value": "99", "known": INDUSTRIES}),
    (
        Reason.ENUM_UNKNOWN,
        page(categories=[1, 77]),
        {"field": "categories[1]", "value": "77", "known": " ".join(rule_pb2.ReasonCategory.keys())},
    ),
    (Reason.TIMESTAMP_INVALID, bad_request(send_at={"nanos": -5}), {"field": "template.send_at"}),
    (Reason.TIMESTAMP_INVALID, bad_request(send_at={"seconds": 2**40}), {"field": "template.send_at"}),
    (Reason.PROFILE_UNKNOWN, bad_request(profile="no-such-profile"), {"field": "template.profile", "known": PROFILES}),
    (
        Reason.LOCALE_UNKNOWN,
        lambda client: client.check.Check(check_service_pb2.CheckRequest(template={"text": PLAIN}, locale="fr")),
        {"field": "locale", "known": "en zh"},
    ),
    (Reason.PAGE_TOKEN_INVALID, page(page_token="?"), {"field": "page_token"}),
    (
        Reason.RULE_UNKNOWN,
        lambda client: client.rules.ExplainRule(rule_service_pb2.ExplainRuleRequest(rule="ZZ999")),
        {"field": "rule"},
    ),
]


@pytest.mark.parametrize(("reason", "call", "metadata"), REFUSED, ids=lambda value: getattr(value, "value", ""))
async def test_a_bad_request_is_refused_with_its_field(
    reason: Reason, call: Callable[[Client], Awaitable[object]], metadata: dict[str, str]
) -> None:
    async with serving(real_engine()) as client:
        seen = await failure(call(client))
    assert (seen.reason, seen.code.name, seen.metadata) == (reason.value, STATUS_CODES[reason], metadata)
    assert list(seen.violations) == [path for key, path in metadata.items() if key == "field"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            bad_request(type=99),
            "template.type: 99 is not a value of TemplateType; use one of TEMPLATE_TYPE_UNSPECIFIED ",
        ),
        (bad_request(send_at={"nanos": -5}), "template.send_at: nanos is -5; it must be 0 to 999999999"),
        (bad_request(send_at={"seconds": -1}), "template.send_at: must lie in the years 1970 to 9999"),
        (bad_request(profile="x"), f"template.profile: no profile has this name; known are {PROFILES}"),
    ],
    ids=["type", "nanos", "seconds", "profile"],
)
async def test_the_message_says_what_is_allowed(call: Callable[[Client], Awaitable[object]], message: str) -> None:
    async with serving(real_engine()) as client:
        assert (await failure(call(client))).message.startswith(message)


async def test_a_batch_whose_answer_is_too_large_is_refused() -> None:
    message = batch(*["字"] * 1000)
    for item in message.items:
        item.id = "i" * 40
    async with serving(real_engine(), max_message_bytes=64 * 1024) as client:
        seen = await failure(client.check.CheckBatch(message))
    assert (seen.reason, seen.code.name) == ("RESPONSE_TOO_LARGE", "RESOURCE_EXHAUSTED")
    assert seen.metadata == {"limit": "65536"}


async def test_a_request_that_is_too_large_is_refused() -> None:
    async with serving(real_engine(), max_message_bytes=64 * 1024) as client:
        seen = await failure(client.check.CheckBatch(batch(*["字" * 2000] * 20)))
    assert seen.code is grpc.StatusCode.RESOURCE_EXHAUSTED


async def test_more_calls_than_allowed_are_refused_with_a_reason_and_health_still_answers() -> None:
    gate = Gate()
    async with serving(ObservedEngine(gate), max_concurrent_rpcs=2) as client:
        held = [client.check.Check(request()) for _ in range(2)]
        await gate.reached()
        await asyncio.sleep(0.05)
        seen = await failure(client.check.Check(request()))
        gate.open()
        answers = [await call for call in held]
        await client.check.Check(request())
    assert (seen.reason, seen.code.name, seen.metadata) == ("OVERLOADED", "RESOURCE_EXHAUSTED", {"limit": "2"})
    assert all(answer.HasField("verdict") for answer in answers)


async def test_far_more_calls_than_allowed_are_refused_by_grpc_itself() -> None:
    gate = Gate()
    async with serving(ObservedEngine(gate), max_concurrent_rpcs=1) as client:
        calls = [asyncio.create_task(failure_or_none(client.check.Check(request()))) for _ in range(20)]
        await gate.reached()
        await asyncio.sleep(0.2)
        gate.open()
        outcomes = await asyncio.gather(*calls)
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert {outcome.code for outcome in refused} == {grpc.StatusCode.RESOURCE_EXHAUSTED}
    assert 1 <= len(refused) < 20


async def failure_or_none(call: Awaitable[object]) -> Failure | None:
    try:
        await call
    except grpc.aio.AioRpcError as error:
        return Failure.of(error)
    return None


async def test_without_a_ruleset_calls_are_told_to_come_back() -> None:
    async with serving(None) as client:
        for call in (
            client.check.Check(request()),
            client.check.CheckBatch(batch(PLAIN)),
            client.rules.ListRules(rule_service_pb2.ListRulesRequest()),
        ):
            seen = await failure(call)
            assert (seen.reason, seen.code.name) == ("RULESET_NOT_LOADED", "UNAVAILABLE")


async def test_a_call_whose_deadline_passes_stops_between_chunks() -> None:
    gate = Gate()
    with captured_logs() as stream:
        async with serving(ObservedEngine(gate)) as client:
            seen = await failure(client.check.CheckBatch(batch(*[PLAIN] * 640), timeout=0.3))
            await asyncio.sleep(0.1)
            gate.open()
            await client.check.Check(request())
    assert seen.code is grpc.StatusCode.DEADLINE_EXCEEDED
    assert '"reason": "DEADLINE_EXCEEDED"' in stream.getvalue()
    assert gate.runs == [64, 1]


async def test_a_cancelled_call_does_no_more_work() -> None:
    gate = Gate()
    async with serving(ObservedEngine(gate)) as client:
        running = client.check.CheckBatch(batch(*[PLAIN] * 640))
        await gate.reached()
        waiting = client.check.CheckBatch(batch(*[PLAIN] * 64))
        await asyncio.sleep(0.1)
        running.cancel()
        waiting.cancel()
        await asyncio.sleep(0.1)
        gate.open()
        await client.check.Check(request())
    assert gate.runs == [64, 1]


async def test_a_call_cut_off_by_the_stop_ends_with_a_status() -> None:
    gate = Gate()
    with captured_logs() as stream:
        async with serving(ObservedEngine(gate), grace_seconds=0.1) as client:
            call = asyncio.create_task(failure(client.check.Check(request())))
            await gate.reached()
            stopping = asyncio.create_task(client.server.stop())
            seen = await asyncio.wait_for(call, 5)
            gate.open()
            await stopping
    assert seen.code in (grpc.StatusCode.CANCELLED, grpc.StatusCode.UNAVAILABLE)
    assert '"reason": "CANCELLED"' in stream.getvalue()


async def test_work_that_the_server_cancels_ends_with_a_status_and_its_reason() -> None:
    gate = Gate()
    async with serving(ObservedEngine(gate)) as client:
        first = asyncio.create_task(failure_or_none(client.check.Check(request())))
        await gate.reached()
        second = asyncio.create_task(failure(client.check.Check(request())))
        await asyncio.sleep(0.1)
        threading.Timer(0.1, gate.open).start()
        await client.server.worker.close()
        seen = await asyncio.wait_for(second, 5)
        assert await asyncio.wait_for(first, 5) is None
    assert (seen.reason, seen.code.name) == ("CANCELLED", "CANCELLED")


async def test_an_unexpected_exception_tells_nothing_but_its_type() -> None:
    with captured_logs() as stream:
        async with serving(ObservedEngine(explode)) as client:
            seen = await failure(client.check.Check(request(id="tpl-7")))
    assert (seen.reason, seen.code.name, seen.message) == ("INTERNAL", "INTERNAL", "internal error")
    assert SECRET not in stream.getvalue()
    failed = next(line for line in log_lines(stream) if line["event"] == "engine_failed")
    assert failed["error_type"] == "RuntimeError"
    assert failed["template_id"] == "tpl-7"


async def test_an_exception_outside_the_engine_tells_nothing_either(monkeypatch: pytest.MonkeyPatch) -> None:
    with captured_logs() as stream:
        async with serving(real_engine()) as client:
            monkeypatch.setattr("moderation.service.answers.verdict_to_proto", explode)
            seen = await failure(client.check.Check(request()))
            cut = await failure(
                anext(
                    aiter(
                        client.check.CheckStream(iter([check_service_pb2.CheckStreamRequest(template={"text": PLAIN})]))
                    )
                )
            )
    for each in (seen, cut):
        assert (each.reason, each.code.name, each.message) == ("INTERNAL", "INTERNAL", "internal error")
    assert SECRET not in stream.getvalue()
    assert [line["error_type"] for line in log_lines(stream) if line.get("reason") == "INTERNAL"] == [
        "RuntimeError"
    ] * 2


async def test_a_template_that_breaks_the_engine_fails_alone() -> None:
    def fragile(templates: object, _policies: object) -> None:
        assert isinstance(templates, list)
        if any("坏" in template.text for template in templates):
            raise RuntimeError(SECRET)

    async with serving(ObservedEngine(fragile)) as client:
        results = (await client.check.CheckBatch(batch(PLAIN, "坏", PLAIN))).results
    assert [result.WhichOneof("outcome") for result in results] == ["verdict", "error", "verdict"]
    assert results[1].error.reason == error_reason_pb2.ERROR_REASON_INTERNAL


def test_reasons_mirror_the_contract() -> None:
    names = [name.removeprefix("ERROR_REASON_") for name in error_reason_pb2.ErrorReason.keys()]  # noqa: SIM118
    assert names == ["UNSPECIFIED", *Reason]
    assert set(STATUS_CODES) == set(Reason)


async def test_a_cancelled_stream_gives_its_place_back() -> None:
    gate = Gate()
    async with serving(ObservedEngine(gate), max_concurrent_rpcs=1) as client:
        call = client.check.CheckStream()
        for _ in range(3):
            await call.write(check_service_pb2.CheckStreamRequest(template={"text": PLAIN}))
        await gate.reached()
        call.cancel()
        await asyncio.sleep(0.1)
        gate.open()
        assert (await client.check.Check(request())).HasField("verdict")

"""CheckService over a real socket: each method, order, and errors of single items."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import grpc
import pytest
from serving import LINK, PLAIN, Client, ObservedEngine, batch, real_engine, request, serving, with_bad_bytes

from moderation.rules.rule import Severity
from moderation.service.translate import template_to_proto, verdict_to_proto
from moderation.text.template import Industry, Template, TemplateType
from moderation.v1 import check_service_pb2, error_reason_pb2, template_pb2, verdict_pb2
from moderation.verdict import Policy


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with serving(real_engine()) as client:
        yield client


def rejected_template() -> Template:
    rule = next(rule for rule in real_engine().ruleset.rules if rule.severity is Severity.REJECT and rule.bad[0].quote)
    bad = rule.bad[0]
    return Template(bad.text, "r1", bad.signature, bad.type or TemplateType.MARKETING, bad.industry)


async def test_check_gives_the_engines_verdict(client: Client) -> None:
    template = rejected_template()
    response = await client.check.Check(check_service_pb2.CheckRequest(template=template_to_proto(template)))
    assert response.verdict == verdict_to_proto("r1", real_engine().check(template, suggest=True))
    assert response.verdict.decision == verdict_pb2.DECISION_REJECT
    assert response.verdict.ruleset == real_engine().ruleset.digest
    spans = [(finding.span, finding.quote) for finding in response.verdict.findings if finding.HasField("span")]
    assert spans
    assert all(template.text[span.start : span.end] == quote for span, quote in spans)


async def test_every_declaration_reaches_the_engine() -> None:
    seen: list[Template] = []
    template = Template(
        PLAIN,
        "a",
        "优选",
        TemplateType.OTP,
        Industry.RETAIL,
        "shop",
        "",
        "sichuan",
        datetime(2026, 3, 1, 9, 30, 0, 250000, UTC),
    )
    async with serving(ObservedEngine(lambda templates, _: seen.extend(templates))) as client:
        await client.check.Check(check_service_pb2.CheckRequest(template=template_to_proto(template)))
    assert seen == [template]


async def test_locale_changes_the_words_only(client: Client) -> None:
    message = template_to_proto(rejected_template())
    chinese = (await client.check.Check(check_service_pb2.CheckRequest(template=message))).verdict
    english = (await client.check.Check(check_service_pb2.CheckRequest(template=message, locale="en-GB"))).verdict
    assert chinese.findings[0].message != english.findings[0].message
    for verdict in (chinese, english):
        for finding in verdict.findings:
            finding.ClearField("message")
            finding.ClearField("advice")
    assert chinese == english


async def test_verified_domains_belong_to_their_tenant() -> None:
    seen: dict[str, frozenset[str]] = {}

    def note(templates: Sequence[Template], policies: Sequence[Policy]) -> None:
        seen.update((t.tenant, p.verified_domains) for t, p in zip(templates, policies, strict=True))

    domains = {"*": ["shared.example.cn"], "shop": ["example.cn"]}
    async with serving(ObservedEngine(note), verified_domains=domains) as client:
        own = (await client.check.Check(request(LINK, tenant="shop"))).verdict
        foreign = (await client.check.Check(request(LINK, tenant="other"))).verdict
        await client.check.Check(request(LINK, tenant="*"))
    shared = frozenset(("shared.example.cn",))
    assert seen == {"shop": shared | {"example.cn"}, "other": shared, "*": shared}
    assert foreign.risk_score > own.risk_score


async def test_batch_answers_in_order(client: Client) -> None:
    texts = [f"{PLAIN}编号{index}" for index in range(150)]
    results = (await client.check.CheckBatch(batch(*texts))).results
    assert [result.id for result in results] == [f"t{index}" for index in range(150)]
    expected = real_engine().check_many([Template(text) for text in texts])
    assert [result.verdict for result in results] == [
        verdict_to_proto(f"t{index}", verdict) for index, verdict in enumerate(expected)
    ]


async def test_bad_items_of_a_batch_fail_alone(client: Client) -> None:
    message = batch(*[PLAIN] * 70)
    message.items[3].text = ""
    message.items[65].type = 99  # type: ignore[assignment]
    message.items[66].send_at.seconds = -1
    message.items[67].id = "i" * 200
    results = (await client.check.CheckBatch(message)).results
    errors = {index: result.error for index, result in enumerate(results) if result.HasField("error")}
    reason = error_reason_pb2.ErrorReason.Name
    assert {index: (reason(error.reason), error.field) for index, error in errors.items()} == {
        3: ("ERROR_REASON_FIELD_REQUIRED", "items[3].text"),
        65: ("ERROR_REASON_ENUM_UNKNOWN", "items[65].type"),
        66: ("ERROR_REASON_TIMESTAMP_INVALID", "items[66].send_at"),
        67: ("ERROR_REASON_FIELD_TOO_LONG", "items[67].id"),
    }
    known = " ".join(template_pb2.TemplateType.keys())
    assert errors[65].metadata == {"field": "items[65].type", "value": "99", "known": known}
    assert results[3].id == "t3"
    assert len(results[67].id) == 128
    assert sum(result.HasField("verdict") for result in results) == 66


async def test_an_item_that_is_not_utf8_fails_alone(client: Client) -> None:
    data = with_bad_bytes(batch(PLAIN, "QQQQ", PLAIN), "QQQQ")
    results = check_service_pb2.CheckBatchResponse.FromString(await client.raw("CheckBatch", data)).results
    assert [result.WhichOneof("outcome") for result in results] == ["verdict", "error", "verdict"]
    assert results[1].id == "t1"
    assert results[1].error.reason == error_reason_pb2.ERROR_REASON_REQUEST_MALFORMED
    assert results[1].error.field == "items[1].text"


async def test_stream_answers_in_order_with_its_numbers(client: Client) -> None:
    texts = ["" if index % 7 == 3 else f"{PLAIN}编号{index}" for index in range(200)]

    async def send() -> AsyncIterator[check_service_pb2.CheckStreamRequest]:
        for index, text in enumerate(texts):
            template = template_pb2.Template(id=f"t{index}", text=text)
            yield check_service_pb2.CheckStreamRequest(sequence=1000 - index, template=template)

    answers = [answer async for answer in client.check.CheckStream(send())]
    assert [(answer.sequence, answer.result.id) for answer in answers] == [
        (1000 - index, f"t{index}") for index in range(200)
    ]
    assert [answer.result.error.field for answer in answers] == ["" if text else "template.text" for text in texts]


async def test_stream_answers_before_it_is_closed(client: Client) -> None:
    call = client.check.CheckStream()
    for sequence in (1, 2):
        template = template_pb2.Template(text=PLAIN)
        await call.write(check_service_pb2.CheckStreamRequest(sequence=sequence, template=template))
        assert (await call.read()).sequence == sequence
    await call.done_writing()
    assert await call.read() is grpc.aio.EOF  # type: ignore[attr-defined]


async def test_stream_goes_on_after_what_it_cannot_read(client: Client) -> None:
    message = check_service_pb2.CheckStreamRequest(sequence=5, template=template_pb2.Template(id="x", text="QQQQ"))
    good = check_service_pb2.CheckStreamRequest(sequence=6, template=template_pb2.Template(text=PLAIN))

    async def send() -> AsyncIterator[bytes]:
        for data in (with_bad_bytes(message, "QQQQ"), b"\x0a\x7f", good.SerializeToString()):
            yield data

    method = client.channel.stream_stream("/moderation.v1.CheckService/CheckStream", None, None)
    answers = [check_service_pb2.CheckStreamResponse.FromString(data) async for data in method(send())]
    malformed = error_reason_pb2.ERROR_REASON_REQUEST_MALFORMED
    assert [(answer.sequence, answer.result.error.reason) for answer in answers] == [
        (5, malformed),
        (0, malformed),
        (6, 0),
    ]
    assert answers[0].result.error.field == "template.text"


async def test_waiting_calls_share_a_run_and_keep_their_verdicts() -> None:
    runs: list[int] = []
    async with serving(ObservedEngine(lambda templates, _: runs.append(len(templates)))) as client:
        calls = [client.check.Check(request(f"{PLAIN}编号{index}", id=str(index))) for index in range(60)]
        answers = [await call for call in calls]
    assert [answer.verdict.id for answer in answers] == [str(index) for index in range(60)]
    assert sum(runs) == 60
    assert len(runs) < 60


async def test_the_documented_client_works(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    document = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
    program, *_ = re.findall(r"```python\n(.*?)```", document, re.DOTALL)
    assert "127.0.0.1:50051" in program
    await asyncio.to_thread(exec, program.replace("50051", str(client.server.port)), {})
    said = capsys.readouterr().out.splitlines()
    assert "tpl-2 items[1].text must not be empty" in said
    assert "FIELD_REQUIRED template.text" in said
    assert [line.split()[0] for line in said if line[:1].isdigit() and len(line.split()) == 2] == ["0", "1", "2"]

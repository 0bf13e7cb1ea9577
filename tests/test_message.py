"""Filled messages against their template, in the engine and through the service."""

from __future__ import annotations

import asyncio

import grpc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import failure, real_engine, serving

from moderation.engine import Engine
from moderation.message import Value, check_messages
from moderation.text.parts import parse
from moderation.text.template import Span, Template, TemplateType
from moderation.v1 import check_service_pb2, template_pb2, verdict_pb2
from moderation.verdict import Decision, Policy

NOBODY = Policy()
NOTICE = Template("【甲物流】${name}您好，您的包裹${no}已到${place}，请及时领取", type=TemplateType.NOTIFICATION)
GOOD = "【甲物流】王先生您好，您的包裹SF01已到东门驿站，请及时领取"


def check(
    engine: Engine, template: Template, *messages: str, policy: Policy = NOBODY
) -> list[tuple[Decision, list[str]]]:
    judged = engine.check(template, policy)
    return [
        (verdict.decision, [finding.rule.id for finding in verdict.findings])
        for verdict in check_messages(engine, template, judged, messages, policy)
    ]


@pytest.mark.parametrize(
    ("message", "decision", "rules"),
    [
        (GOOD, Decision.PASS, []),
        (GOOD + "\n", Decision.PASS, []),
        ("【甲物流】王先生您好，您的包裹SF01已到东门驿站，请马上领取", Decision.REJECT, ["MS101"]),
        ("【乙物流】王先生您好，您的包裹SF01已到东门驿站，请及时领取", Decision.REJECT, ["MS101"]),
        (GOOD.replace("东门驿站", "东门驿站，点 a.example.com 领"), Decision.REJECT, ["MS105"]),
        (GOOD.replace("东门驿站", "13800000000"), Decision.REJECT, ["MS106"]),
        (GOOD.replace("王先生", ""), Decision.REVIEW, ["MS108"]),
        (GOOD.replace("王先生", "代\u200b开发票"), Decision.REJECT, ["MS107"]),
        (GOOD.replace("东门驿站", "甲" * 36), Decision.REJECT, ["MS103"]),
    ],
)
def test_values_decide(engine: Engine, message: str, decision: Decision, rules: list[str]) -> None:
    assert check(engine, NOTICE, message) == [(decision, rules)]


def test_spans_are_in_the_message(engine: Engine) -> None:
    message = "【甲物流】\U0001f600王先生您好，您的包裹SF01已到 a.example.com ，请及时领取"
    (verdict,) = check_messages(engine, NOTICE, engine.check(NOTICE), [message], NOBODY)
    (finding,) = verdict.findings
    assert finding.span is not None
    assert message[finding.span.start : finding.span.end] == finding.quote == "a.example.com"
    assert verdict.values[1] == Value("no", Span(16, 20))
    assert message[verdict.values[0].span.start : verdict.values[0].span.end] == "\U0001f600王先生"


def test_a_verified_domain_may_come_with_a_value(engine: Engine) -> None:
    own = Policy(frozenset(("example.cn",)))
    assert check(engine, NOTICE, GOOD.replace("东门驿站", " m.example.cn "), policy=own) == [(Decision.PASS, [])]


def test_a_message_is_never_judged_more_mildly_than_its_template(engine: Engine) -> None:
    template = Template("【甲商城】全国第一的好茶到店，会员${off}折，详询客服，退订回T", type=TemplateType.MARKETING)
    ((decision, rules),) = check(engine, template, "【甲商城】全国第一的好茶到店，会员8折，详询客服，退订回T")
    assert (decision, rules) == (Decision.REJECT, ["MS102"])


def test_many_messages_are_judged_like_one(engine: Engine) -> None:
    messages = [GOOD, GOOD.replace("王先生", "代开发票"), "别的短信", GOOD.replace("东门驿站", "13800000000")] * 30
    assert check(engine, NOTICE, *messages) == [check(engine, NOTICE, message)[0] for message in messages]


def test_a_long_hostile_message_takes_linear_time(engine: Engine) -> None:
    template = Template("您好" + "，编号${a}，金额${b}元" * 30, type=TemplateType.NOTIFICATION)
    (verdict,) = check_messages(engine, template, engine.check(template), ["您好" + "，编号1，金额" * 300], NOBODY)
    assert not verdict.matches


def test_a_template_full_of_placeholders_takes_linear_time(engine: Engine) -> None:
    for unit in ("${a}", "${a}1", "，号${a}"):
        text = "您好，订单" + unit * (1990 // len(unit))
        template = Template(text[: text.rindex("}") + 1], type=TemplateType.NOTIFICATION)
        (verdict,) = check_messages(engine, template, engine.check(template), ["您好，订单" + "1" * 3900], NOBODY)
        assert not verdict.matches


@pytest.mark.parametrize(
    ("message", "matches"),
    [
        ("您好王，订单已发货", True),
        ("【甲商城】您好王，订单已发货", True),
        (" 您好王，订单已发货【 甲商城 】\n", True),
        ("【乙商城】您好王，订单已发货", False),
        ("您好王，订单已发货【乙商城】", False),
    ],
)
def test_a_message_may_carry_the_signature_that_travels_beside_its_template(
    engine: Engine, message: str, matches: bool
) -> None:
    template = Template("您好${name}，订单已发货", signature="甲商城", type=TemplateType.NOTIFICATION)
    (verdict,) = check_messages(engine, template, engine.check(template), [message], NOBODY)
    assert verdict.matches is matches
    for value in verdict.values:
        assert message[value.span.start : value.span.end] == "王"


WORDING = st.text(st.sampled_from("您好，。订单 \u3000\n.*+?()[]\\^$|#%\ud800\U0001f600a1"), max_size=6)


@given(
    st.lists(st.tuples(WORDING, WORDING), max_size=6), WORDING, st.sampled_from(("", "【甲】", "【 甲 】", "【甲】 "))
)
def test_a_filled_template_is_recognised_and_its_values_are_in_order(
    pieces: list[tuple[str, str]], last: str, signature: str
) -> None:
    text = signature + "".join(f"{fixed}{{{{v{number}}}}}" for number, (fixed, _) in enumerate(pieces)) + last
    message = signature + "".join(fixed + value for fixed, value in pieces) + last
    template = Template(text, type=TemplateType.NOTIFICATION)
    placeholders = parse(text.strip()).placeholders
    if len(placeholders) != len(pieces):
        return
    engine = real_engine()
    (verdict,) = check_messages(engine, template, engine.check(template), [message], NOBODY)
    assert verdict.matches
    assert len(verdict.values) == len(pieces)
    reached = 0
    for value in verdict.values:
        assert reached <= value.span.start <= value.span.end <= len(message)
        reached = value.span.end


async def test_the_service_answers_for_every_message() -> None:
    async with serving(real_engine()) as client:
        template = template_pb2.Template(id="t", text=NOTICE.text, type=template_pb2.TEMPLATE_TYPE_NOTIFICATION)
        request = check_service_pb2.CheckMessageRequest(template=template, messages=[GOOD, "别的短信"])
        for _ in range(2):
            good, other = (await client.check.CheckMessage(request)).verdicts
            assert good.decision == verdict_pb2.DECISION_PASS
            assert good.is_filled_from_template
            assert (good.values[0].name, good.values[0].start, good.values[0].end) == ("name", 5, 8)
            assert other.decision == verdict_pb2.DECISION_REJECT
            assert other.findings[0].rule_id == "MS101"


@pytest.mark.parametrize(
    ("messages", "field"),
    [([], "messages"), ([""], "messages[0]"), (["好", "好" * 4001], "messages[1]"), (["好"] * 1001, "messages")],
)
async def test_messages_out_of_bounds_are_named(messages: list[str], field: str) -> None:
    async with serving(real_engine()) as client:
        template = template_pb2.Template(text=NOTICE.text)
        request = check_service_pb2.CheckMessageRequest(template=template, messages=messages)
        failed = await failure(client.check.CheckMessage(request))
        assert (failed.code, failed.violations) == (grpc.StatusCode.INVALID_ARGUMENT, [field])


async def test_calls_at_the_same_time_judge_the_template_alike() -> None:
    async with serving(real_engine()) as client:
        request = check_service_pb2.CheckMessageRequest(
            template=template_pb2.Template(text=NOTICE.text), messages=[GOOD]
        )
        answers = await asyncio.gather(*(client.check.CheckMessage(request) for _ in range(20)))
        assert {answer.verdicts[0].decision for answer in answers} == {verdict_pb2.DECISION_PASS}


@pytest.mark.parametrize(("second", "rules"), [("张三", []), ("李四", ["MS101"])])
def test_a_name_has_one_value_wherever_it_stands(engine: Engine, second: str, rules: list[str]) -> None:
    template = Template("【甲物流】尊敬的{1}，包裹已到{2}，{1}请及时领取", type=TemplateType.NOTIFICATION)
    message = f"【甲物流】尊敬的张三，包裹已到东门，{second}请及时领取"
    assert [found for _, found in check(engine, template, message)] == [rules]

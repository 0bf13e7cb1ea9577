"""RuleService over a real socket: pages, filters and one rule."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
import pytest
from serving import Client, Failure, real_engine, serving

from moderation.service.rules import rule_to_proto
from moderation.service.translate import CATEGORIES
from moderation.v1 import rule_pb2, rule_service_pb2


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with serving(real_engine()) as client:
        yield client


async def pages(client: Client, **fields: object) -> list[rule_pb2.Rule]:
    rules: list[rule_pb2.Rule] = []
    token = ""
    while True:
        request = rule_service_pb2.ListRulesRequest(page_token=token, **fields)  # type: ignore[arg-type]
        answer = await client.rules.ListRules(request)
        assert answer.ruleset == real_engine().ruleset.digest
        assert len(answer.rules) <= (request.page_size or 100)
        rules.extend(answer.rules)
        token = answer.next_page_token
        if not token:
            return rules


@pytest.mark.parametrize("size", [0, 1, 2, 7, 1000])
async def test_pages_hold_every_rule_once_in_the_order_of_ids(client: Client, size: int) -> None:
    expected = sorted(real_engine().ruleset.rules, key=lambda rule: rule.id)
    assert await pages(client, page_size=size) == [rule_to_proto(rule) for rule in expected]


async def test_categories_filter(client: Client) -> None:
    wanted = {rule.category for rule in real_engine().ruleset.rules[:1]}
    expected = sorted(rule.id for rule in real_engine().ruleset.rules if rule.category in wanted)
    listed = await pages(client, page_size=2, categories=[CATEGORIES[category] for category in wanted])
    assert [rule.id for rule in listed] == expected
    assert 0 < len(expected) < len(real_engine().ruleset.rules)


async def test_a_token_belongs_to_its_filter(client: Client) -> None:
    first = await client.rules.ListRules(rule_service_pb2.ListRulesRequest(page_size=1))
    assert first.next_page_token
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await client.rules.ListRules(
            rule_service_pb2.ListRulesRequest(page_token=first.next_page_token, categories=["REASON_CATEGORY_EVASION"])
        )
    assert Failure.of(caught.value).reason == "PAGE_TOKEN_INVALID"


async def test_a_rule_is_explained_by_id_and_by_name(client: Client) -> None:
    rule = real_engine().ruleset.rules[-1]
    for key in (rule.id, rule.name):
        answer = await client.rules.ExplainRule(rule_service_pb2.ExplainRuleRequest(rule=key, locale="en"))
        assert answer.rule == rule_to_proto(rule, "en")
    assert answer.rule.message == rule.message["en"]
    assert answer.rule.condition == str(rule.when)
    assert [example.text for example in answer.rule.bad] == [bad.text for bad in rule.bad]

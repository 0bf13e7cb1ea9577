"""Kept verdicts and the counters that tell of them, over a real socket."""

from __future__ import annotations

import urllib.request
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import LINK, PLAIN, Client, ObservedEngine, batch, real_engine, request, serving

from moderation.engine import Engine
from moderation.service.verdict_cache import OVERHEAD, Built, Key, VerdictCache, key_of
from moderation.text.template import Industry, Template, TemplateType
from moderation.v1 import check_service_pb2, template_pb2
from moderation.verdict import Policy, Verdict


def key(text: str) -> Key:
    return key_of(Template(text), Policy(), suggest=False, locale="zh", ruleset="sha256:0")


async def counters(client: Client) -> dict[str, float]:
    url = f"http://127.0.0.1:{client.server.metrics.port}/metrics"
    with urllib.request.urlopen(url, timeout=5) as page:
        lines = page.read().decode().splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}


async def test_a_template_is_judged_once_whoever_asks() -> None:
    seen: list[str] = []
    async with serving(ObservedEngine(lambda templates, _: seen.extend(one.text for one in templates))) as client:
        first = await client.check.Check(request(LINK, id="a"))
        again = await client.check.Check(request(LINK, id="b"))
        both = await client.check.CheckBatch(batch(LINK, PLAIN))
    assert seen == [LINK, PLAIN]
    assert (first.verdict.id, again.verdict.id) == ("a", "b")
    again.verdict.id = "a"
    assert again == first
    kept = both.results[0].verdict
    kept.id = "a"
    assert kept == first.verdict


@pytest.mark.parametrize(
    "other",
    [
        check_service_pb2.CheckRequest(template=template_pb2.Template(text=LINK), locale="en"),
        check_service_pb2.CheckRequest(template=template_pb2.Template(text=LINK), without_suggestion=True),
        check_service_pb2.CheckRequest(template=template_pb2.Template(text=LINK, signature="甲")),
        check_service_pb2.CheckRequest(template=template_pb2.Template(text=LINK, tenant="shop")),
        check_service_pb2.CheckRequest(
            template=template_pb2.Template(text=LINK, type=template_pb2.TEMPLATE_TYPE_NOTIFICATION)
        ),
    ],
)
async def test_what_a_verdict_depends_on_tells_it_apart(other: check_service_pb2.CheckRequest) -> None:
    seen: list[Template] = []
    async with serving(ObservedEngine(lambda templates, _: seen.extend(templates))) as client:
        await client.check.Check(check_service_pb2.CheckRequest(template=template_pb2.Template(text=LINK)))
        await client.check.Check(other)
    assert len(seen) == 2


async def test_nothing_is_kept_where_there_is_no_room() -> None:
    seen: list[Template] = []
    engine = ObservedEngine(lambda templates, _: seen.extend(templates))
    async with serving(engine, verdict_cache_bytes=0) as client:
        for _ in range(2):
            await client.check.Check(request(LINK))
    assert len(seen) == 2


class Degraded(Engine):
    """The real engine on a day when a detector is down."""

    def __init__(self) -> None:
        super().__init__(real_engine().ruleset)
        self.runs = 0

    def check_many(
        self, templates: Sequence[Template], policies: Sequence[Policy] = (), *, suggest: bool | Sequence[bool] = False
    ) -> list[Verdict]:
        self.runs += 1
        found = real_engine().check_many(templates, policies, suggest=suggest)
        return [one._replace(degraded=("classifier",)) for one in found]


async def test_a_verdict_that_lacks_a_detector_is_not_kept() -> None:
    engine = Degraded()
    async with serving(engine) as client:
        for _ in range(2):
            await client.check.Check(request(PLAIN))
    assert engine.runs == 2


async def test_the_page_counts_calls_verdicts_and_what_the_cache_knew() -> None:
    async with serving(real_engine(), metrics_port=0) as client:
        await client.check.CheckBatch(batch(LINK, PLAIN))
        await client.check.Check(request(LINK))
        told = await counters(client)
    assert told['moderation_verdict_cache_total{result="hit"}'] == 1
    assert told['moderation_verdict_cache_total{result="miss"}'] == 2
    assert told["moderation_verdict_cache_entries"] == 2
    assert told['moderation_calls_total{code="OK",method="Check"}'] == 1
    assert told['moderation_call_seconds_count{method="CheckBatch"}'] == 1
    assert sum(value for name, value in told.items() if name.startswith("moderation_verdicts_total")) == 3
    assert not any(LINK[:4] in name for name in told)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁戊"), st.binary(max_size=900)), max_size=40))
def test_the_cache_never_takes_more_room_than_it_has(puts: list[tuple[str, bytes]]) -> None:
    cache = VerdictCache(2 * OVERHEAD + 900)
    last: dict[str, Built] = {}
    for text, content in puts:
        message = Built("PASS", content)
        cache.put(key(text), message)
        last[text] = message
        assert cache.size <= 2 * OVERHEAD + 900
        kept = cache.get(key(text))
        assert kept == message
    for text in "甲乙丙丁戊":
        assert cache.get(key(text)) in (None, last.get(text))
    assert cache.counts.hits + cache.counts.misses == len(puts) + 5


def test_the_least_recently_used_makes_room() -> None:
    cache = VerdictCache(2 * (OVERHEAD + 4 + 10))
    for text in "甲乙":
        cache.put(key(text), Built("PASS", b"0123456789"))
    assert cache.get(key("甲")) is not None
    cache.put(key("丙"), Built("PASS", b"0123456789"))
    assert [cache.get(key(text)) is not None for text in "甲乙丙"] == [True, False, True]


def test_declarations_are_part_of_a_key() -> None:
    one = Template("甲", "a", "乙", TemplateType.MARKETING, Industry.RETAIL, "shop", "huawei", "cn")
    policies = (Policy(), Policy(), Policy(frozenset(("example.cn",))))
    keys = [key_of(one, policy, suggest=True, locale="zh", ruleset="sha256:0") for policy in policies]
    assert keys[0] == keys[1] != keys[2]

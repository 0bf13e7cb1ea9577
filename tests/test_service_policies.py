"""PolicyService over a socket, and checks under the policy of the caller's tenant, followed while calls go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from desk_serving import by
from google.protobuf.timestamp_pb2 import Timestamp
from policy_serving import tiny_engine
from serving import Failure, captured_logs, log_lines
from stores import SQLITE, Store, fresh

from moderation.match.shelf import Shelf
from moderation.policies.document import DEFAULT, Allowed, Denied, PolicyDocument, SwitchedOff
from moderation.review.people import Actor, Role
from moderation.service import served_policies
from moderation.service.policy_services import POLICY
from moderation.service.roles import KNOWN_ROLES, ROLES
from moderation.service.served_policies import PolicyWatch, ServedPolicies
from moderation.service.server import Server
from moderation.service.settings import Settings
from moderation.service.verdict_cache import key_of
from moderation.text.template import Template
from moderation.v1 import (
    check_service_pb2,
    check_service_pb2_grpc,
    policy_service_pb2,
    policy_service_pb2_grpc,
    template_pb2,
    verdict_pb2,
)
from moderation.verdict import Policy

ZHAO = Actor("zhao", Role.POLICY)
STAFF = by("policy", "zhao")
WORD = PolicyDocument(deny=(Denied("乙品牌", "竞品"),))
OTHER = PolicyDocument(deny=(Denied("乙品牌", "另一竞品"),))
PASS, REVIEW, REJECT = verdict_pb2.DECISION_PASS, verdict_pb2.DECISION_REVIEW, verdict_pb2.DECISION_REJECT
TEXT = "【甲商城】乙品牌已到店"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(fresh(SQLITE, tmp_path)) as made:
        yield made


class Service:
    """A server over a store, its policies and stubs."""

    def __init__(self, store: Store, policies: ServedPolicies, channel: grpc.aio.Channel) -> None:
        self.store = store
        self.policies = policies
        self._policy: Any = policy_service_pb2_grpc.PolicyServiceStub(channel)
        self._check: Any = check_service_pb2_grpc.CheckServiceStub(channel)

    async def call(self, method: str, metadata: Any = STAFF, **fields: Any) -> Any:  # noqa: ANN401 - any message
        request = getattr(policy_service_pb2, f"{method}Request")(**fields)
        return await getattr(self._policy, method)(request, metadata=metadata)

    async def refused(self, method: str, metadata: Any = STAFF, **fields: Any) -> Failure:  # noqa: ANN401
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await self.call(method, metadata, **fields)
        return Failure.of(caught.value)

    async def check(self, text: str = TEXT, tenant: str = "jia", **fields: Any) -> verdict_pb2.Verdict:  # noqa: ANN401
        template = template_pb2.Template(
            text=text, tenant=tenant, type=template_pb2.TEMPLATE_TYPE_NOTIFICATION, **fields
        )
        answer = await self._check.Check(check_service_pb2.CheckRequest(template=template, without_suggestion=True))
        verdict: verdict_pb2.Verdict = answer.verdict
        return verdict

    async def check_message(self, *messages: str) -> Any:  # noqa: ANN401 - a message
        template = template_pb2.Template(
            text="【甲商城】您好${name}，已到店", tenant="jia", type=template_pb2.TEMPLATE_TYPE_NOTIFICATION
        )
        request = check_service_pb2.CheckMessageRequest(template=template, messages=messages)
        return (await self._check.CheckMessage(request)).verdicts

    def update(self, tenant: str, document: PolicyDocument, expected: int) -> None:
        self.store.policies.update(ZHAO, tenant, document, expected, "巡查")

    def put(self, tenant: str, document: PolicyDocument, expected: int = 0) -> None:
        """Change a policy and let the server see it."""
        self.update(tenant, document, expected)
        self.policies.follow()


@pytest.fixture
async def service(store: Store) -> AsyncIterator[Service]:
    domains = {"jia": frozenset(("jia.example.cn",))}
    policies = ServedPolicies(lambda tenant: domains.get(tenant, frozenset()), domains, store.policies)
    settings = Settings.model_validate({"port": 0, "grace_seconds": 0.2})
    with captured_logs():
        async with (
            Server(settings, tiny_engine(), store.desk, policies=policies) as server,
            grpc.aio.insecure_channel(f"127.0.0.1:{server.port}") as channel,
        ):
            yield Service(store, policies, channel)


async def test_a_policy_is_written_read_and_restored(service: Service) -> None:
    document = policy_service_pb2.PolicyDocument(
        deny=[policy_service_pb2.DeniedWord(word="乙品牌", reason="竞品")], reject_threshold=0.9, profile="aliyun"
    )
    nothing = (await service.call("GetPolicy", tenant="jia")).policy
    assert (nothing.summary.version, nothing.document) == (0, policy_service_pb2.PolicyDocument())
    asked = {"tenant": "jia", "document": document, "expected_version": 0, "reason": "初版", "request_id": "r1"}
    planned = (await service.call("UpdatePolicy", **asked, validate_only=True)).policy
    assert (planned.summary.version, planned.summary.denied) == (1, 1)
    assert (await service.call("GetPolicy", tenant="jia")).policy.summary.version == 0
    made = (await service.call("UpdatePolicy", **asked)).policy
    assert (await service.call("UpdatePolicy", **asked)).policy == made
    assert (made.summary.version, made.summary.author, made.document.deny[0].word) == (1, "zhao", "乙品牌")
    assert (await service.call("GetPolicy", tenant="jia", version=1)).policy == made
    rollback = {"tenant": "jia", "to_version": 0, "expected_version": 1, "reason": "误伤"}
    back = (await service.call("RollbackPolicy", **rollback)).policy
    assert (back.summary.version, back.summary.restores, len(back.document.deny)) == (2, 0, 0)
    first = await service.call("ListPolicyVersions", tenant="jia", page_size=1)
    rest = await service.call("ListPolicyVersions", tenant="jia", page_token=first.next_page_token)
    assert [one.version for one in (*first.versions, *rest.versions)] == [2, 1]
    assert [one.tenant for one in (await service.call("ListPolicies")).policies] == ["jia"]


@pytest.mark.parametrize(
    ("method", "fields", "reason", "field"),
    [
        ("GetPolicy", {}, "FIELD_REQUIRED", "tenant"),
        ("GetPolicy", {"tenant": "jia", "version": 9}, "POLICY_VERSION_UNKNOWN", ""),
        ("UpdatePolicy", {"tenant": "jia"}, "FIELD_REQUIRED", "reason"),
        ("UpdatePolicy", {"tenant": "jia", "reason": "x"}, "FIELD_REQUIRED", "document"),
        (
            "UpdatePolicy",
            {"tenant": "jia", "reason": "x", "document": {}, "expected_version": 3},
            "POLICY_VERSION_STALE",
            "",
        ),
        (
            "UpdatePolicy",
            {"tenant": "jia", "reason": "x", "document": {}, "expected_version": 3, "validate_only": True},
            "POLICY_VERSION_STALE",
            "",
        ),
        ("UpdatePolicy", {"tenant": "a\nb", "reason": "x", "document": {}}, "FIELD_OUT_OF_RANGE", "tenant"),
        (
            "UpdatePolicy",
            {"tenant": "jia", "reason": "x", "document": {"deny": [{"word": "甲", "reason": "x"}, {"word": "乙"}]}},
            "FIELD_REQUIRED",
            "document.deny[1].reason",
        ),
        (
            "UpdatePolicy",
            {"tenant": "jia", "reason": "x", "document": {"off": [{"rule": "SG101", "reason": "x"}]}},
            "FIELD_REQUIRED",
            "document.off[0].until",
        ),
        (
            "UpdatePolicy",
            {"tenant": "jia", "reason": "x", "document": {"severities": [{"rule": "SG101", "reason": "x"}]}},
            "FIELD_REQUIRED",
            "document.severities[0].severity",
        ),
        (
            "UpdatePolicy",
            {"tenant": "jia", "reason": "x", "document": {"profile": "aliyn", "review_threshold": 2.0}},
            "POLICY_INVALID",
            "document.review_threshold",
        ),
        (
            "UpdatePolicy",
            {"tenant": "jia", "reason": "x", "document": {"reject_threshold": float("nan")}},
            "POLICY_INVALID",
            "document.reject_threshold",
        ),
        ("RollbackPolicy", {"tenant": "jia", "to_version": 1, "reason": "x"}, "POLICY_VERSION_UNKNOWN", ""),
        ("ListPolicies", {"page_token": "x"}, "PAGE_TOKEN_INVALID", "page_token"),
        ("GetEffectivePolicy", {"tenant": "jia", "page_token": "x"}, "PAGE_TOKEN_INVALID", "page_token"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_is_refused(service: Service, method: str, fields: dict[str, Any], reason: str, field: str) -> None:
    failure = await service.refused(method, **fields)
    assert (failure.reason, (failure.metadata or {}).get("field", "")) == (reason, field)


async def test_only_policy_staff_write_and_senders_read_their_own(service: Service) -> None:
    service.update("jia", WORD, 0)
    calls: dict[str, dict[str, Any]] = {
        "GetPolicy": {"tenant": "jia"},
        "GetEffectivePolicy": {"tenant": "jia"},
        "UpdatePolicy": {"tenant": "jia", "reason": "x", "expected_version": 7},
        "RollbackPolicy": {"tenant": "jia", "reason": "x", "expected_version": 7},
        "ListPolicies": {},
        "ListPolicyVersions": {"tenant": "jia"},
    }
    assert {name for name in ROLES if name.startswith("PolicyService.")} == {f"PolicyService.{name}" for name in calls}
    assert set(calls) == {method.name for method in POLICY.methods}
    for name, fields in calls.items():
        allowed = ROLES[f"PolicyService.{name}"]
        assert allowed == {Role.POLICY} if name in ("UpdatePolicy", "RollbackPolicy") else allowed >= {Role.POLICY}
        for role in KNOWN_ROLES:
            if role not in allowed:
                assert (await service.refused(name, by(role), **fields)).reason == "ROLE_DENIED"
    own = (await service.call("GetPolicy", by("sender"), tenant="jia")).policy
    assert (own.document.deny[0].word, own.summary.author) == ("乙品牌", "")
    for name in ("GetPolicy", "GetEffectivePolicy", "ListPolicyVersions"):
        seen = await service.refused(name, by("sender", tenant="yi"), tenant="jia")
        assert (seen.reason, seen.metadata) == ("TENANT_DENIED", {"tenant": "jia", "field": "tenant"})


async def test_where_values_come_from_page_by_page(service: Service) -> None:
    service.update(DEFAULT, PolicyDocument(deny=(Denied("丙", "全平台"),), review_threshold=0.3), 0)
    service.update("jia", WORD, 0)
    values, token = [], ""
    while True:
        page = await service.call("GetEffectivePolicy", tenant="jia", page_size=2, page_token=token)
        values += page.values
        if not (token := page.next_page_token):
            break
        told = await service.refused("GetEffectivePolicy", tenant="jia", page_token=token, at={"seconds": 5})
        assert told.reason == "PAGE_TOKEN_INVALID"
    assert [(one.key, one.subject, one.value, one.origin, one.version) for one in values] == [
        ("threshold.review", "", "0.3", policy_service_pb2.POLICY_ORIGIN_DEFAULT, 1),
        ("threshold.reject", "", "0.97", policy_service_pb2.POLICY_ORIGIN_BUILT_IN, 0),
        ("profile", "", "", policy_service_pb2.POLICY_ORIGIN_BUILT_IN, 0),
        ("industry", "", "", policy_service_pb2.POLICY_ORIGIN_BUILT_IN, 0),
        ("deny", "乙品牌", "REJECT", policy_service_pb2.POLICY_ORIGIN_TENANT, 1),
        ("deny", "丙", "REJECT", policy_service_pb2.POLICY_ORIGIN_DEFAULT, 1),
    ]


async def test_a_check_is_made_under_the_policy_of_its_tenant(service: Service) -> None:
    assert (await service.check()).decision == PASS
    service.put("jia", WORD)
    held = await service.check()
    assert (held.decision, held.findings[0].message, held.policy_version) == (REJECT, "竞品", 1)
    for tenant in ("yi", "", DEFAULT):
        other = await service.check(tenant=tenant)
        assert (other.decision, other.policy_version, other.default_policy_version) == (PASS, 0, 0)
    service.put(DEFAULT, PolicyDocument(deny=(Denied("到店", "全平台"),)))
    for tenant, versions, quotes in (
        ("jia", (1, 1), ["乙品牌", "到店"]),
        ("yi", (0, 1), ["到店"]),
        ("", (0, 1), ["到店"]),
    ):
        verdict = await service.check(tenant=tenant)
        assert (verdict.policy_version, verdict.default_policy_version) == versions
        assert [finding.quote for finding in verdict.findings] == quotes
    service.put("jia", PolicyDocument(), 1)
    assert [finding.quote for finding in (await service.check()).findings] == ["到店"]


async def test_a_word_that_only_some_tenants_are_allowed(service: Service) -> None:
    text = "【甲商城】百家乐主题展"
    allowed = Allowed("百家乐主题展", "展名", rule="PC101", tenants=("jia",))
    service.put(DEFAULT, PolicyDocument(allow=(allowed,)))
    assert [(await service.check(text, tenant)).decision for tenant in ("jia", "yi")] == [PASS, REJECT]
    service.put(DEFAULT, PolicyDocument(allow=(Allowed("百家乐主题展", "展名", "PC101", tenants=("yi",)),)), 1)
    assert [(await service.check(text, tenant)).decision for tenant in ("jia", "yi")] == [REJECT, PASS]
    service.put(DEFAULT, PolicyDocument(), 2)
    assert [(await service.check(text, tenant)).decision for tenant in ("jia", "yi")] == [REJECT, REJECT]


async def test_what_is_off_holds_again_at_the_time_of_sending(service: Service) -> None:
    now = datetime.now(UTC)
    until = now + timedelta(days=2)
    service.put(DEFAULT, PolicyDocument(off=(SwitchedOff("PC101", "试行", until),)))
    text = "【甲商城】百家乐已到店"

    async def at(moment: datetime | None) -> verdict_pb2.Verdict:
        sent = Timestamp()
        if moment is not None:
            sent.FromDatetime(moment)
        return await service.check(text, send_at=sent if moment is not None else None)

    found = [(await at(moment)).findings for moment in (None, until - timedelta(seconds=1), until, None)]
    assert [[one.rule_id for one in findings] for findings in found] == [[], [], ["PC101"], []]


async def test_a_recorded_verdict_stands_for_its_policy_only(service: Service) -> None:
    text = "【甲商城】国家级品质，乙品牌已到店"
    first = await service.check(text)
    assert (await service.check(text)).verdict_id == first.verdict_id
    service.put("jia", WORD)
    second = await service.check(text)
    service.put("jia", OTHER, 1)
    third = await service.check(text)
    assert len({first.verdict_id, second.verdict_id, third.verdict_id}) == 3
    assert [one.policy_version for one in (first, second, third)] == [0, 1, 2]
    assert (await service.check(text)).verdict_id == third.verdict_id
    assert (await service.check(text, tenant="yi")).policy_version == 0


async def test_filled_messages_follow_the_policy_too(service: Service) -> None:
    messages = "【甲商城】您好王先生，已到店", "【甲商城】您好乙品牌，已到店"
    assert [one.decision for one in await service.check_message(*messages)] == [PASS, PASS]
    service.put("jia", WORD)
    held = await service.check_message(*messages)
    assert [one.decision for one in held] == [PASS, REJECT]
    assert {(one.policy_version, one.default_policy_version) for one in held} == {(1, 0)}
    service.put("jia", PolicyDocument(deny=(Denied("您好", "x"),)), 1)
    assert [one.template_decision for one in await service.check_message(*messages)] == [REJECT, REJECT]


async def test_servers_follow_by_themselves(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served_policies, "POLL_SECONDS", 0.01)
    with captured_logs() as logged:
        watch = PolicyWatch(service.policies)
        service.update("jia", WORD, 0)
        async with asyncio.timeout(20):
            while (await service.check()).decision != REJECT:
                await asyncio.sleep(0.01)
            read, service.policies.stored = service.policies.stored, None
            service.policies.stored = _Broken()  # type: ignore[assignment]
            while not any(line["event"] == "policies_not_read" for line in log_lines(logged)):
                await asyncio.sleep(0.01)
            service.policies.stored = read
            service.update("jia", PolicyDocument(), 1)
            while (await service.check()).decision != PASS:
                await asyncio.sleep(0.01)
        await watch.stop()
    assert "乙品牌" not in logged.getvalue()


class _Broken:
    def head(self) -> int:
        raise OSError("no store")


def test_only_what_changed_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    shelf = Shelf.__init__

    def counted(self: Shelf, words: Any) -> None:  # noqa: ANN401 - as the shelf takes it
        made.append(sum(map(len, words.values())))
        shelf(self, words)

    monkeypatch.setattr(Shelf, "__init__", counted)
    many = PolicyDocument(deny=tuple(Denied(f"词{number}号", "x") for number in range(5000)))
    store.policies.update(ZHAO, "big", many, 0, "x")
    policies = ServedPolicies(lambda _: frozenset(), stored=store.policies)
    assert policies.follow()
    assert not policies.follow()
    store.policies.update(ZHAO, "jia", WORD, 0, "x")
    assert policies.follow()
    assert made == [5000, 1]
    assert policies.sequence == 2
    assert policies.policy_of(Template("x", tenant="nobody")) == Policy()
    assert policies.policy_of(Template("x", tenant="jia")).version == 1


def test_the_keys_of_kept_verdicts_keep_no_words(store: Store) -> None:
    """What was cached before a change must not hold the words that were in force then."""
    store.policies.update(ZHAO, "jia", WORD, 0, "x")
    policies = ServedPolicies(lambda _: frozenset(), stored=store.policies)
    policies.follow()
    template = Template(TEXT, tenant="jia")
    policy = policies.policy_of(template)
    key = key_of(template, policy, suggest=False, locale="zh", ruleset="sha256:1")
    assert key == key._replace(policy=policy)
    assert hash(key.policy) == hash(policy)
    assert [len(one.shelf) for one in key.policy.words] == [0]
    store.policies.update(ZHAO, "jia", OTHER, 1, "x")
    policies.follow()
    assert key_of(template, policies.policy_of(template), suggest=False, locale="zh", ruleset="sha256:1") != key


def test_domains_are_those_of_the_tenant() -> None:
    jia = Template("x", tenant="jia")
    assert ServedPolicies(lambda _: frozenset()).policy_of(jia) == Policy()
    domains = {"jia": frozenset(("jia.example.cn",))}
    policies = ServedPolicies(lambda tenant: domains.get(tenant, frozenset()), domains)
    assert policies.policy_of(jia) == Policy(domains["jia"])
    assert policies.policy_of(Template("x", tenant="yi")) == Policy()

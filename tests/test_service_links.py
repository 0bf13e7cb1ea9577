"""LinkService over a real socket, and checks that follow what it keeps."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import grpc
import pytest
from desk_serving import DeskServer, by, running
from published_challenges import Nameserver, nameserver
from stores import POLICY, RING, SQLITE, Store, fresh

from moderation.cli.remote_links import RemoteLinks
from moderation.cli.server_error import ServerError
from moderation.engine import Engine
from moderation.links.challenge import content_of, record_name
from moderation.links.link import LinkFilter, LinkKind, Proof
from moderation.links.problems import LinkFault
from moderation.links.registry import Imported, LinkError, LinkReason
from moderation.links.states import LinkState
from moderation.review.people import Actor, Role
from moderation.ruleset import load_ruleset
from moderation.service import link_watch
from moderation.service.challenges import PublicChallenger
from moderation.service.link_watch import FollowedLinks
from moderation.store.links import StoredLinks
from moderation.v1 import (
    check_service_pb2,
    check_service_pb2_grpc,
    link_pb2,
    link_service_pb2,
    template_pb2,
    verdict_pb2,
)
from moderation.verdict import Decision, Policy

ZHAO, JIA, YI = Actor("zhao", Role.POLICY), Actor("lin", Role.SENDER, "jia"), Actor("he", Role.SENDER, "yi")
YEAR = timedelta(days=365)
PATIENCE = 20.0
TEXT = "【甲商城】您的订单已发货，查看 m.example.com/o/1 "


@pytest.fixture(name="engine", scope="module")
def engine_of_small_lists(small_lists: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine(load_ruleset(small_lists, cache=tmp_path_factory.mktemp("cache")))


@pytest.fixture(name="names")
def nameserver_on_the_loopback() -> Iterator[Nameserver]:
    with nameserver() as server:
        yield server


@pytest.fixture(name="server")
def server_with_links(tmp_path: Path, engine: Engine, names: Nameserver) -> Iterator[DeskServer]:
    with closing(fresh(SQLITE, tmp_path)) as store:
        store.clock.now = datetime.now(UTC)
        challenger = PublicChallenger([names.address], seconds=3)
        store.links = StoredLinks(store.engine, RING, POLICY, store.clock, challenger=challenger)
        with running(store, engine=engine) as server:
            yield server


@pytest.fixture(name="remote")
def remote_links(server: DeskServer) -> Iterator[RemoteLinks]:
    with closing(RemoteLinks(server.address)) as links:
        yield links


def check(server: DeskServer, text: str = TEXT, tenant: str = "jia") -> verdict_pb2.Verdict:
    stub = check_service_pb2_grpc.CheckServiceStub(server.channel)
    template = template_pb2.Template(text=text, tenant=tenant, type=template_pb2.TEMPLATE_TYPE_NOTIFICATION)
    request = check_service_pb2.CheckRequest(template=template)
    verdict: verdict_pb2.Verdict = stub.Check(request, timeout=20).verdict
    return verdict


def rules(verdict: verdict_pb2.Verdict) -> set[str]:
    return {finding.rule_id for finding in verdict.findings if finding.rule_id.startswith("LK")}


def eventually(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.05)


def verified(remote: RemoteLinks, target: str = "example.com", tenant: str = "jia") -> int:
    number = remote.add(ZHAO, tenant, target).number
    return remote.verify(ZHAO, number, "备案截图", datetime.now(UTC) + YEAR).number


def test_a_link_goes_its_whole_way_and_checks_follow(server: DeskServer, remote: RemoteLinks) -> None:
    added = remote.add(JIA, "jia", "EXAMPLE.com", icp_number="京ICP备00000000号-1", request_id="1")
    assert (added.target, added.state, added.added_by) == ("example.com", LinkState.PENDING, "")
    assert remote.add(JIA, "jia", "EXAMPLE.com", icp_number="京ICP备00000000号-1", request_id="1") == added
    assert rules(check(server)) == {"LK101"}
    done = remote.verify(ZHAO, added.number, "备案截图", datetime.now(UTC) + YEAR, epoch=1)
    assert (done.state, done.proof, done.verified_by) == (LinkState.VERIFIED, Proof.MANUAL, "zhao")
    eventually(lambda: not rules(check(server)))
    assert check(server).decision == verdict_pb2.DECISION_PASS
    assert rules(check(server, tenant="yi")) == {"LK101"}
    revoked = remote.revoke(ZHAO, added.number, "域名已转让")
    assert remote.link(JIA, added.number) == replace(revoked, added_by="", verified_by="", revoked_by="")
    eventually(lambda: rules(check(server)) == {"LK101"})
    assert remote.links(ZHAO, LinkFilter(state=LinkState.REVOKED)).items == (revoked,)
    assert remote.links(YI).items == ()


def test_what_people_ruled_before_a_revocation_does_not_hold_after(server: DeskServer, remote: RemoteLinks) -> None:
    store = server.store
    first = check(server)
    reviewer = Actor("zhang", Role.REVIEWER)
    case = store.desk.claim(reviewer, first.case)
    store.rule(case, Decision.PASS, reviewer)
    assert check(server).decision == verdict_pb2.DECISION_PASS
    number = verified(remote)
    eventually(lambda: not rules(check(server)))
    remote.revoke(ZHAO, number, "钓鱼")
    eventually(lambda: bool(rules(check(server))))
    after = check(server)
    assert after.decision == verdict_pb2.DECISION_REVIEW
    assert after.case not in (0, first.case)


def test_filled_messages_follow_too(server: DeskServer, remote: RemoteLinks) -> None:
    template = template_pb2.Template(
        text="【甲商城】订单查看 ${url} 谢谢", tenant="jia", type=template_pb2.TEMPLATE_TYPE_NOTIFICATION
    )
    request = check_service_pb2.CheckMessageRequest(
        template=template, messages=["【甲商城】订单查看 m.example.com/o 谢谢"]
    )
    stub = check_service_pb2_grpc.CheckServiceStub(server.channel)

    def found() -> bool:
        (verdict,) = stub.CheckMessage(request, timeout=20).verdicts
        return any("example.com" in finding.quote for finding in verdict.findings)

    assert found()
    number = verified(remote)
    eventually(lambda: not found())
    remote.revoke(ZHAO, number, "x")
    eventually(found)


def test_a_challenge_verifies_what_a_sender_registered(remote: RemoteLinks, names: Nameserver) -> None:
    link = remote.add(JIA, "jia", "m.example.cn")
    with pytest.raises(LinkError) as raised:
        remote.prove(JIA, link.number, Proof.DNS)
    assert (raised.value.reason, raised.value.metadata["fault"]) == (LinkReason.CHALLENGE_FAILED, "NOT_PUBLISHED")
    names.texts[record_name("m.example.cn")] = [content_of(link.token)]
    assert remote.prove(JIA, link.number, Proof.DNS).state is LinkState.VERIFIED
    with pytest.raises(LinkError) as raised:
        remote.prove(YI, link.number, Proof.DNS)
    assert raised.value.reason is LinkReason.LINK_UNKNOWN


def test_senders_do_not_verify_by_hand(server: DeskServer, remote: RemoteLinks) -> None:
    link = remote.add(JIA, "jia", "m.example.cn")
    with pytest.raises(ServerError) as raised:
        remote.verify(JIA, link.number, "我的", datetime.now(UTC) + YEAR)
    assert raised.value.reason == "ROLE_DENIED"
    assert raised.value.metadata["allowed"] == "policy"
    with pytest.raises(LinkError) as refused:
        remote.add(JIA, "yi", "m.example.cn")
    assert refused.value.reason is LinkReason.TENANT_DENIED


def test_what_is_told_wrongly_names_its_field(server: DeskServer) -> None:
    seen = server.refused("LinkService.AddLink", by("policy"), tenant="jia", target="com.cn")
    assert (seen.code, seen.reason, seen.violations) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "LINK_INVALID",
        ["target"],
    )
    assert seen.metadata is not None
    assert (seen.metadata["fault"], seen.metadata["value"]) == ("PUBLIC_SUFFIX", "com.cn")
    server.call("LinkService.AddLink", by("policy"), tenant="jia", target="example.cn")
    for fields, field in (
        ({"link": 1}, "way"),
        ({"link": 1, "challenge": link_pb2.LINK_PROOF_MANUAL}, "challenge"),
        ({"link": 1, "manual": manual("x")}, "manual.valid_until"),
    ):
        assert server.refused("LinkService.VerifyLink", by("policy"), **fields).violations == [field]


def manual(evidence: str) -> object:
    return link_service_pb2.ManualProof(evidence=evidence)


def test_shorteners_are_those_of_the_ruleset(remote: RemoteLinks) -> None:
    with pytest.raises(LinkError) as raised:
        remote.add(JIA, "jia", "t.cn", kind=LinkKind.OWN_SHORT_DOMAIN)
    assert raised.value.metadata["fault"] == LinkFault.SHORTENER_WHOLE


def test_a_file_comes_in_parts(server: DeskServer, remote: RemoteLinks) -> None:
    rows = "".join(f"t{number},a{number}.example.cn,{'证' * 300},2027-01-31\n" for number in range(2000))
    content = ("tenant,domain,evidence,until\n" + rows).encode()
    assert len(content) > 1 << 20
    assert remote.import_links(ZHAO, content, request_id="1") == Imported(added=2000)
    assert remote.import_links(ZHAO, content, request_id="1") == Imported(added=2000)
    eventually(lambda: not rules(check(server, "【甲】查看 a7.example.cn/o ", "t7")))


def test_a_file_with_problems_is_told_line_by_line(remote: RemoteLinks) -> None:
    done = remote.import_links(ZHAO, b"tenant,domain,evidence,until\njia,com.cn,,x\n")
    assert [(one.line, one.column, one.fault) for one in done.problems] == [
        (2, "domain", LinkFault.PUBLIC_SUFFIX),
        (2, "evidence", LinkFault.EVIDENCE_MISSING),
        (2, "until", LinkFault.UNTIL_MALFORMED),
    ]
    assert done.problems[0].told == {"value": "com.cn"}
    with pytest.raises(ServerError) as raised:
        remote.import_links(JIA, b"")
    assert raised.value.reason == "ROLE_DENIED"


def test_a_server_without_a_ruleset_lists_and_refuses_to_add(tmp_path: Path) -> None:
    with closing(fresh(SQLITE, tmp_path)) as store, running(store) as server:
        assert server.call("LinkService.ListLinks", by("auditor")).next_page_token == ""
        seen = server.refused("LinkService.AddLink", by("policy"), tenant="jia", target="example.cn")
        assert seen.reason == "RULESET_NOT_LOADED"


async def test_links_that_cannot_be_followed_count_no_longer(
    store_of_one: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed, base = FollowedLinks(store_of_one.links, store_of_one.clock), Policy()
    await followed.start()
    own = followed.added_to(base, "jia")
    assert own.own_links.links
    assert followed.added_to(base, "jia") is own
    assert followed.added_to(base, "yi") is base
    stricter = Policy(review_threshold=0.1)
    assert followed.added_to(stricter, "jia").review_threshold == 0.1
    store_of_one.clock.move(timedelta(days=30))
    assert not followed.added_to(base, "jia").own_links.links
    store_of_one.clock.move(-timedelta(days=30))
    assert followed.added_to(stricter, "jia").own_links.links
    monkeypatch.setattr(link_watch, "STALE_SECONDS", -1.0)
    assert followed.added_to(base, "jia") is base
    await followed.stop()


@pytest.fixture(name="store_of_one")
def store_with_one_verified_link(tmp_path: Path) -> Iterator[Store]:
    with closing(fresh(SQLITE, tmp_path)) as store:
        store.links.add(ZHAO, "jia", "example.cn")
        store.links.verify(ZHAO, 1, "x", store.clock.now + timedelta(days=30))
        yield store

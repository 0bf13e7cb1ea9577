"""Who may call what: the whole table over a real socket, and metadata that does not say who calls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import grpc
import pytest
from desk_serving import METHODS, DeskServer, Metadata, by, desk_server, running
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from serving import Failure, failure, real_engine, request, serving
from stores import SQLITE, fresh, recording

from moderation.review.people import Actor, Role
from moderation.service.desk_services import DESK_SERVICES
from moderation.service.roles import KNOWN_ROLES, ROLES
from moderation.service.settings import SettingsError, require_loopback
from moderation.v1 import rule_service_pb2

__all__ = ["desk_server"]

HOLDING = ("ClaimNext", "ClaimCase", "RenewLease", "ReleaseCase", "SkipCase", "RuleCase", "DecideAppeal")
READING = ("GetCase", "ListCases", "ListSimilarCases")
WATCHING = ("ListCaseEvents", "WatchCases")
APPEALS = ("GetAppeal", "ListAppeals")
ADDING = ("AddLink", "VerifyLink")
LISTING = ("GetLink", "ListLinks")

WORDLISTS = (
    "ListWordlists",
    "GetWordlist",
    "ListEntries",
    "SearchEntries",
    "ExportWordlist",
    "GetBatch",
    "ListBatches",
    "ListChanges",
    "ListVersions",
    "DiffVersions",
    "ListEntryTrials",
    "ListRuleTrials",
    "GetTrialHits",
    "GetRuleset",
)
CHANGING = ("UploadBatch", "PlanBatch", "ApplyBatch", "ApproveBatch", "DropBatch", "Rollback", "SetRuleTrials")

MAY: dict[str, tuple[str, ...]] = {
    "sender": ("FileAppeal", *APPEALS, *WATCHING, *ADDING, *LISTING),
    "reviewer": (*HOLDING, *READING, *APPEALS, *WATCHING),
    "lead": (*HOLDING, *READING, *APPEALS, *WATCHING, "GetStatistics", "ListAuditEntries", *LISTING, *WORDLISTS),
    "policy": (
        *READING,
        "GetStatistics",
        "ListProposals",
        *ADDING,
        *LISTING,
        "RevokeLink",
        "ImportLinks",
        *WORDLISTS,
        *CHANGING,
    ),
    "auditor": (*READING, *APPEALS, "GetStatistics", "ListAuditEntries", "VerifyAudit", *LISTING, *WORDLISTS),
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    with closing(fresh(SQLITE, tmp_path_factory.mktemp("roles"))) as store, running(store) as server:
        yield server


def reason_of(server: DeskServer, method: str, metadata: Metadata) -> str:
    """Return the reason with which a call with an empty request fails; empty where it does not."""
    try:
        if method.endswith("WatchCases"):
            call = server.watch(metadata, after=-1)
            next(call)
        else:
            server.call(method, metadata)
    except grpc.RpcError as error:
        return Failure.of(error).reason  # type: ignore[arg-type]
    return ""


def test_every_method_of_the_desk_has_its_roles() -> None:
    assert {method for method in ROLES if not method.startswith("PolicyService.")} == set(METHODS)
    assert {role for roles in ROLES.values() for role in roles} == set(KNOWN_ROLES)


@pytest.mark.parametrize("role", KNOWN_ROLES)
def test_a_role_may_call_what_is_its_own_and_nothing_else(shared: DeskServer, role: Role) -> None:
    reasons = {method: reason_of(shared, method, by(role)) for method in METHODS}
    allowed = {method.partition(".")[2] for method, reason in reasons.items() if reason != "ROLE_DENIED"}
    assert allowed == set(MAY[role])
    assert not {"ACTOR_REQUIRED", "INTERNAL", "REQUEST_MALFORMED"} & set(reasons.values())


def test_a_denial_tells_who_may(shared: DeskServer) -> None:
    seen = shared.refused("ReviewService.RuleCase", by("auditor"))
    assert (seen.code, seen.reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_DENIED")
    assert seen.metadata == {"method": "ReviewService.RuleCase", "role": "auditor", "allowed": "lead reviewer"}
    assert seen.message == "the role auditor may not call ReviewService.RuleCase; these may: lead reviewer"


@pytest.mark.parametrize("role", ["system", "boss", "Reviewer", "reviewer lead"])
def test_there_are_no_other_roles(shared: DeskServer, role: str) -> None:
    seen = shared.refused("ReviewService.ListCases", by(role))
    assert (seen.reason, seen.metadata) == ("ROLE_DENIED", {"allowed": "sender reviewer lead policy auditor"})


ACTOR, ROLE, TENANT = "moderation-actor", "moderation-role", "moderation-tenant"


@pytest.mark.parametrize(
    ("metadata", "key"),
    [
        ((), ACTOR),
        (((ROLE, "reviewer"),), ACTOR),
        (((ACTOR, "lin"),), ROLE),
        (((ACTOR, "lin"), (ROLE, "sender")), TENANT),
        (((ACTOR, "lin"), (ACTOR, "wang"), (ROLE, "reviewer")), ACTOR),
        (((ACTOR, "lin"), (ROLE, "reviewer"), (ROLE, "lead")), ROLE),
        (((ACTOR, ""), (ROLE, "reviewer")), ACTOR),
        (((ACTOR, "%20"), (ROLE, "reviewer")), ACTOR),
        (((ACTOR, "%00"), (ROLE, "reviewer")), ACTOR),
        (((ACTOR, "%ff"), (ROLE, "reviewer")), ACTOR),
        (((ACTOR, "x" * 65), (ROLE, "reviewer")), ACTOR),
    ],
)
def test_who_does_not_say_who_they_are_is_not_served(shared: DeskServer, metadata: Metadata, key: str) -> None:
    seen = shared.refused("AppealService.ListAppeals", metadata)
    assert (seen.code, seen.reason) == (grpc.StatusCode.UNAUTHENTICATED, "ACTOR_REQUIRED")
    assert seen.metadata == {"key": key}


def test_who_calls_is_asked_before_the_request_is_read(shared: DeskServer) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        shared.send("ReviewService.ClaimCase", b"\xff")
    assert Failure.of(caught.value).reason == "ACTOR_REQUIRED"  # type: ignore[arg-type]


def test_a_name_may_be_chinese(server: DeskServer) -> None:
    number = server.store.open_case()
    answer = server.call("ReviewService.ClaimCase", by("reviewer", "林审核"), case=number)
    assert answer.case.line.lease.holder == "林审核"


def test_a_sender_sees_the_own_tenants_only(server: DeskServer) -> None:
    for tenant in ("甲商城", "yi"):
        case = server.store.ruled(of=recording(tenant=tenant))
        sender = Actor("sender", Role.SENDER, tenant)
        server.store.desk.file_appeal(sender, case.line.verdict_id, "请复核")
    jia, yi = by("sender", tenant="甲商城"), by("sender", tenant="yi")
    (own,) = server.call("AppealService.ListAppeals", jia).appeals
    assert own.tenant == "甲商城"
    assert len(server.call("AppealService.ListAppeals", by("reviewer")).appeals) == 2
    assert server.refused("AppealService.GetAppeal", yi, appeal=own.appeal).reason == "APPEAL_UNKNOWN"
    refused = server.refused("AppealService.FileAppeal", yi, verdict_id=own.verdict_id, text="请复核")
    assert refused.reason == "VERDICT_UNKNOWN"
    events = server.call("ReviewService.ListCaseEvents", jia).events
    assert {event.tenant for event in events} == {"甲商城"}
    call = server.watch(jia)
    assert [next(call).event for _ in events] == list(events)
    call.cancel()


async def test_without_a_store_there_is_no_desk_and_without_a_role_there_are_checks() -> None:
    async with serving(real_engine()) as client:
        assert (await client.check.Check(request())).HasField("verdict")
        assert (await client.rules.ListRules(rule_service_pb2.ListRulesRequest())).rules
        for service in DESK_SERVICES:
            call = client.channel.unary_unary(f"/{service}/ClaimNext", None, None)
            assert (await failure(call(b"", metadata=by("reviewer")))).code is grpc.StatusCode.UNIMPLEMENTED


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.cn"])
def test_a_store_is_served_on_the_loopback_only(tmp_path: Path, host: str) -> None:
    refused = pytest.raises(SettingsError, match="may claim any name and role; set --host")
    with closing(fresh(SQLITE, tmp_path)) as store, refused, running(store, host=host):
        pass
    for loopback in ("127.0.0.1", "::1", "localhost"):
        require_loopback(loopback)


def test_reflection_lists_the_desks_services(shared: DeskServer) -> None:
    asked = iter([reflection_pb2.ServerReflectionRequest(list_services="")])
    (answer,) = reflection_pb2_grpc.ServerReflectionStub(shared.channel).ServerReflectionInfo(asked)
    assert {service.name for service in answer.list_services_response.service} >= set(DESK_SERVICES)

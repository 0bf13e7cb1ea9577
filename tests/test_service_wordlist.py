"""WordlistService over a socket: batches from upload to rollback, by a client and by the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import grpc
import pytest
from desk_serving import METHODS, DeskServer, by, running
from serving import Failure
from stores import STORES, fresh, recording
from typer.testing import CliRunner

from moderation.cli.main import app
from moderation.review.people import Actor, Role
from moderation.service import wordlist_receiving
from moderation.service.errors import Reason, RequestError
from moderation.v1 import wordlist_pb2, wordlist_service_pb2_grpc
from moderation.v1 import wordlist_service_pb2 as messages
from moderation.wordlists.change import Change, Operation

ABSOLUTE = "advertising/absolute"
POLICY, LEAD = by(Role.POLICY, "zhao"), by(Role.LEAD, "sun")
ADD, REMOVE = wordlist_pb2.WORDLIST_OPERATION_ADD, wordlist_pb2.WORDLIST_OPERATION_REMOVE
HEADER = "operation,wordlist,entry,source\n"
LONGEST = 120


@pytest.fixture(name="server")
def wordlist_server(
    small_lists: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DeskServer]:
    """A server over an empty store and small lists, whose automata are kept between tests."""
    cache = tmp_path_factory.getbasetemp() / "automata"
    with (
        closing(fresh(STORES[0], tmp_path)) as store,
        running(store, wordlists=small_lists, cache=cache, approval_above=2) as server,
    ):
        yield server


def parts(
    *following: messages.UploadBatchRequest,
    **header: Any,  # noqa: ANN401 - fields of the header
) -> Iterator[messages.UploadBatchRequest]:
    yield messages.UploadBatchRequest(header=messages.UploadHeader(**{"reason": "巡查"} | header))
    yield from following


def changes(
    *entries: str, operation: wordlist_pb2.WordlistOperation = wordlist_pb2.WORDLIST_OPERATION_ADD
) -> messages.UploadBatchRequest:
    made = [
        wordlist_pb2.WordlistChange(operation=operation, wordlist=ABSOLUTE, entry=one, line=f"{one}\tlaw9")
        for one in entries
    ]
    return messages.UploadBatchRequest(changes=messages.UploadChanges(changes=made))


def file(name: str, content: str, *, cut: int = 7, **fields: Any) -> Iterator[messages.UploadBatchRequest]:  # noqa: ANN401
    yield messages.UploadBatchRequest(file=messages.UploadFile(name=name, **fields))
    octets = content.encode()
    for start in range(0, len(octets), cut):
        yield messages.UploadBatchRequest(content=octets[start : start + cut])


def upload(server: DeskServer, sent: Iterable[messages.UploadBatchRequest]) -> messages.UploadBatchResponse:
    stub = wordlist_service_pb2_grpc.WordlistServiceStub(server.channel)
    answer: messages.UploadBatchResponse = stub.UploadBatch(iter(sent), metadata=POLICY, timeout=LONGEST)
    return answer


def refused(server: DeskServer, sent: Iterable[messages.UploadBatchRequest]) -> Failure:
    with pytest.raises(grpc.RpcError) as caught:
        upload(server, sent)
    return Failure.of(caught.value)  # type: ignore[arg-type]


def call(server: DeskServer, name: str, **fields: Any) -> Any:  # noqa: ANN401 - any message
    return server.call(f"WordlistService.{name}", POLICY, LONGEST, **fields)


def plan(server: DeskServer, batch: int) -> tuple[wordlist_pb2.WordlistPlan, list[str]]:
    """Return the plan of a batch, and the stages that were told before."""
    stub = wordlist_service_pb2_grpc.WordlistServiceStub(server.channel)
    whole, stages = wordlist_pb2.WordlistPlan(), []
    for answer in stub.PlanBatch(messages.PlanBatchRequest(batch=batch), metadata=POLICY, timeout=LONGEST):
        if answer.HasField("plan"):
            whole.MergeFrom(answer.plan)
        else:
            stages.append(answer.progress.stage)
    return whole, list(dict.fromkeys(stages))


def test_a_batch_is_uploaded_planned_applied_and_undone(server: DeskServer) -> None:
    server.store.desk.record([recording("【甲店】云朵九号开放,欢迎光临,拒收请回复R")])
    sent = [*parts(*file("a.csv", f"{HEADER}ADD,{ABSOLUTE},云朵九号,law9\n"), request_id="r1")]
    taken = upload(server, sent)
    assert (taken.batch.number, taken.batch.added, taken.changes, taken.version) == (1, 1, 1, 0)
    assert upload(server, sent).batch == taken.batch

    made, stages = plan(server, 1)
    assert stages[:2] == ["before", "after"]
    assert (made.applicable, made.checked, made.totals.stricter) == (True, 1, 1)
    assert [(one.text[4:8], list(one.quotes)) for one in made.stricter] == [("云朵九号", ["云朵九号"])]
    assert [(one.wordlist, one.added) for one in made.counts] == [(ABSOLUTE, 1)]

    applied = call(server, "ApplyBatch", batch=1, expected_version=0, request_id="r2")
    assert (applied.version.number, applied.version.author, applied.batch.version) == (1, "zhao", 1)
    assert call(server, "ApplyBatch", batch=1, expected_version=0, request_id="r2") == applied
    found = call(server, "SearchEntries", text="云朵")
    assert [(one.entry, one.since, one.match) for one in found.entries] == [("云朵九号", 1, 1)]
    (difference,) = call(server, "DiffVersions", from_version=1, to_version=0).differences
    assert (difference.operation, difference.before) == (REMOVE, "云朵九号\tlaw9")
    undone = call(server, "Rollback", to_version=0, expected_version=1, reason="误伤")
    assert (undone.version.number, undone.version.restores) == (2, 0)
    assert [one.number for one in call(server, "ListVersions").versions] == [2, 1]
    assert call(server, "SearchEntries", text="云朵").entries == []
    old = call(server, "SearchEntries", text="云朵", version=1)
    assert (len(old.entries), old.version) == (1, 1)


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_kept(server: DeskServer) -> None:
    first = file("a.txt", "云朵\n甲 \tlaw9\n乙\tzz\n", wordlist=ABSOLUTE, source="law9")
    second = file("b.csv", f"{HEADER}ADD,{ABSOLUTE},云朵,law9\nREMOVE,{ABSOLUTE},丙,\n")
    taken = upload(server, parts(*first, *second, changes("国家级"), changes("丁\n")))
    assert not taken.HasField("batch")
    told = [(one.file, one.line, one.column) for one in taken.problems]
    assert told == [("a.txt", 2, 1), ("a.txt", 3, 3), ("b.csv", 2, 1), ("b.csv", 3, 1), ("changes", 2, 1)]
    assert taken.problem_count == 5
    assert (taken.changes, taken.unchanged) == (1, 1)
    assert call(server, "ListBatches").batches == []


def test_what_is_only_validated_is_not_kept(server: DeskServer) -> None:
    taken = upload(server, parts(changes("云朵", "云海"), validate_only=True))
    assert (taken.changes, taken.problem_count, taken.HasField("batch")) == (2, 0, False)
    assert [(one.wordlist, one.added) for one in taken.counts] == [(ABSOLUTE, 2)]
    assert call(server, "ListBatches").batches == []


def test_who_was_slower_or_approves_his_own_batch_is_told(server: DeskServer) -> None:
    zhao, wordlists = Actor("zhao", Role.POLICY), server.store.wordlists
    change = Change(Operation.ADD, ABSOLUTE, "云朵", "云朵\tlaw9", 1)
    for batch in (1, 2):
        assert wordlists.upload(zhao, [change], "巡查", 0).number == batch
    wordlists.apply(zhao, 1, 0, approval_above=0)
    own = server.refused("WordlistService.ApproveBatch", POLICY, batch=1, expected_version=0)
    assert (own.code, own.reason) == (grpc.StatusCode.PERMISSION_DENIED, "OWN_BATCH")
    wordlists.apply(zhao, 2, 0, approval_above=9)
    late = server.refused("WordlistService.Rollback", POLICY, to_version=0, expected_version=0, reason="误伤")
    assert (late.code, late.reason) == (grpc.StatusCode.ABORTED, "VERSION_STALE")
    assert late.metadata == {"expected": "0", "current": "1"}


def test_a_batch_that_breaks_examples_is_not_applied(server: DeskServer) -> None:
    gone = wordlist_pb2.WordlistChange(operation=REMOVE, wordlist="advertising/superlative", entry="最好吃")
    upload(server, parts(messages.UploadBatchRequest(changes=messages.UploadChanges(changes=[gone]))))
    answer = call(server, "ApplyBatch", batch=1, expected_version=0)
    assert not answer.HasField("version")
    assert "最好吃" in {one.quote for one in answer.broken}
    assert answer.batch.state == wordlist_pb2.WORDLIST_BATCH_STATE_DRAFT
    dropped = call(server, "DropBatch", batch=1, reason="误传")
    assert dropped.batch.state == wordlist_pb2.WORDLIST_BATCH_STATE_DROPPED
    assert [one.entry for one in call(server, "ListChanges", batch=1).changes] == ["最好吃"]


def test_lists_are_read_page_by_page(server: DeskServer) -> None:
    first = call(server, "ListWordlists", page_size=2)
    rest = call(server, "ListWordlists", page_size=500, page_token=first.next_page_token)
    names = [one.id for one in (*first.wordlists, *rest.wordlists)]
    assert names == sorted(names)
    assert ABSOLUTE in names
    one = call(server, "GetWordlist", wordlist=ABSOLUTE).wordlist
    lines = call(server, "ListEntries", wordlist=ABSOLUTE).entries
    assert (one.entries, len(lines), one.title) == (2, 2, "绝对化用语")
    stub = wordlist_service_pb2_grpc.WordlistServiceStub(server.channel)
    export = stub.ExportWordlist(messages.ExportWordlistRequest(wordlist=ABSOLUTE), metadata=LEAD)
    content = b"".join(part.content for part in export).decode()
    assert content.startswith("+++\n")
    assert content.endswith(f"{lines[-1].line}\n")


REFUSED = (
    ("GetBatch", {"batch": 9}, grpc.StatusCode.NOT_FOUND, "BATCH_UNKNOWN"),
    ("ApplyBatch", {"batch": 9}, grpc.StatusCode.NOT_FOUND, "BATCH_UNKNOWN"),
    ("ApplyBatch", {"batch": 0}, grpc.StatusCode.INVALID_ARGUMENT, "FIELD_OUT_OF_RANGE"),
    ("ListEntries", {"wordlist": "advertising/absolut"}, grpc.StatusCode.NOT_FOUND, "WORDLIST_UNKNOWN"),
    ("ListEntries", {"wordlist": ABSOLUTE, "version": 7}, grpc.StatusCode.NOT_FOUND, "VERSION_UNKNOWN"),
    ("ListBatches", {"states": [99]}, grpc.StatusCode.INVALID_ARGUMENT, "ENUM_UNKNOWN"),
    ("ListVersions", {"page_token": "x"}, grpc.StatusCode.INVALID_ARGUMENT, "PAGE_TOKEN_INVALID"),
    ("SearchEntries", {"text": " "}, grpc.StatusCode.INVALID_ARGUMENT, "FIELD_REQUIRED"),
    ("Rollback", {"to_version": 3, "reason": "误伤"}, grpc.StatusCode.NOT_FOUND, "VERSION_UNKNOWN"),
)


def test_what_cannot_be_done_says_why(server: DeskServer) -> None:
    for name, fields, code, reason in REFUSED:
        failure = server.refused(f"WordlistService.{name}", POLICY, **fields)
        assert (name, failure.code, failure.reason) == (name, code, reason)
    near = server.refused("WordlistService.GetWordlist", POLICY, wordlist="advertising/absolut").metadata or {}
    assert ABSOLUTE in near["near"]


def test_a_version_that_fits_the_shipped_lists_no_more_is_no_fault_of_the_server(server: DeskServer) -> None:
    zhao, wordlists = Actor("zhao", Role.POLICY), server.store.wordlists
    change = Change(Operation.ADD, ABSOLUTE, "云朵", "云朵\tgone", 1)
    wordlists.apply(zhao, wordlists.upload(zhao, [change], "巡查", 0).number, 0, approval_above=9)
    unfit = server.refused("WordlistService.SearchEntries", POLICY, text="云朵")
    assert (unfit.code, unfit.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "RULESET_NOT_BUILT")
    assert "unknown source 'gone'" in unfit.message


def test_parts_of_an_upload_come_in_their_order(server: DeskServer) -> None:
    header = messages.UploadBatchRequest(header=messages.UploadHeader())
    content = messages.UploadBatchRequest(content=b"x")
    for sent, part in (
        ([], "header"),
        ([content], "content"),
        ([header, header], "header"),
        ([header, content], "content"),
        ([header, messages.UploadBatchRequest()], "part"),
    ):
        failure = refused(server, sent)
        assert (failure.reason, failure.metadata) == ("UPLOAD_MALFORMED", {"part": part})
    unknown = refused(server, parts(changes("云", operation=wordlist_pb2.WORDLIST_OPERATION_UNSPECIFIED)))
    assert unknown.violations == ["changes.changes[0].operation"]


@pytest.mark.parametrize(("limit", "most"), [("MOST_FILES", 1), ("MOST_BYTES", 20), ("LARGEST_BATCH", 1)])
def test_too_much_is_refused_while_it_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(wordlist_receiving, limit, most)
    receiving = wordlist_receiving.Receiving(tmp_path)
    sent = [*parts(*file("a.txt", "云朵\n"), changes("云海", "云山"))]
    with closing(receiving), pytest.raises(RequestError) as refusal:
        list(map(receiving.take, sent))
    assert (refusal.value.reason, refusal.value.metadata) == (Reason.BATCH_TOO_LARGE, {"most": str(most)})


def test_policy_writes_and_others_read(server: DeskServer) -> None:
    for name in (one for one in METHODS if one.startswith("WordlistService.")):
        short = name.partition(".")[2]
        if short in ("UploadBatch", "PlanBatch", "ExportWordlist"):
            continue
        is_write = short in ("ApplyBatch", "ApproveBatch", "DropBatch", "Rollback")
        assert (server.refused(name, by(Role.REVIEWER)).reason, name) == ("ROLE_DENIED", name)
        failure = is_write and server.refused(name, LEAD).reason
        assert failure in (False, "ROLE_DENIED")


def test_who_cancels_a_plan_ends_its_work(server: DeskServer) -> None:
    upload(server, parts(changes("云朵")))
    stub = wordlist_service_pb2_grpc.WordlistServiceStub(server.channel)
    planning = stub.PlanBatch(messages.PlanBatchRequest(batch=1), metadata=POLICY)
    next(planning)
    planning.cancel()
    assert upload(server, parts(changes("云海"))).batch.number == 2  # its turn comes when the work before has ended


def test_the_command_line_does_the_same_at_a_server(
    server: DeskServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MODERATION_STORE")

    def run(*arguments: str, code: int = 0, actor: str = "zhao") -> str:
        said = {"MODERATION_ACTOR": actor, "COLUMNS": "200"}
        done = CliRunner(env=said).invoke(app, ["wordlist", *arguments, "--server", server.address])
        assert done.exit_code == code, (arguments, done.output, done.exception)
        return done.output

    def record(*arguments: str, code: int = 0, actor: str = "zhao") -> Any:  # noqa: ANN401 - JSON
        output = run(*arguments, "--format", "json", code=code, actor=actor)
        return json.loads(output[output.index("{") :])

    path = tmp_path / "a.txt"
    path.write_text("云朵甲\tlaw9\n云朵乙\tlaw9\n云朵丙\tlaw9\n", encoding="utf-8")
    named = str(path), "--wordlist", ABSOLUTE
    assert "3 处变更，0 行与现行词表相同，没有错误" in run("lint", *named)
    planned = record("plan", *named, "--reason", "巡查")
    assert (planned["batch"]["number"], planned["plan"]["counts"][0]["added"]) == (1, 3)
    assert "须由另一人批准" in run("apply", "1", "--expect", "0")
    assert "已生效，为第 1 版" in run("approve", "1", "--expect", "0", actor="qian")
    assert "云朵乙" in run("search", "云朵")
    assert len(record("show", ABSOLUTE)["lines"]) == 5
    assert "云朵丙\tlaw9" in run("export", ABSOLUTE)
    assert [one["operation"] for one in record("diff", "0", "1")["differences"]] == ["ADD"] * 3
    assert record("rollback", "0", "--expect", "1", "--reason", "误伤")["version"]["restores"] == 0
    assert [one["number"] for one in record("log")["versions"]] == [2, 1]
    assert [one["state"] for one in record("batches")["batches"]] == ["APPLIED"]
    assert ABSOLUTE in run("list")
    path.write_text("云朵丁\tzz\n", encoding="utf-8")
    assert f"{path}:1:5：没有依据 'zz'" in run("plan", *named, code=2)
    assert "词表现为第 2 版，不是第 1 版" in run("rollback", "0", "--expect", "1", "--reason", "误伤", code=2)
    assert "没有词表 'advertising/absolut'" in run("show", "advertising/absolut", code=2)
    assert "--approval-above" in run("apply", "1", "--expect", "2", "--approval-above", "9", code=2)
    assert "--role" in run("drop", "1", "--reason", "误", "--role", "reviewer", code=2)

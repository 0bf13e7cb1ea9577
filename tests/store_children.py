"""Processes that work on a store until they are killed, and write down what they were answered, after it came."""

from __future__ import annotations

import json
import os
import random
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from stores import JIA, RING, epoch, recording

from moderation.review.case import Case, Outcome, Queue, ReasonCode
from moderation.review.desk import DeskError, DeskReason
from moderation.review.people import Actor, Role
from moderation.review.policy import ReviewPolicy
from moderation.store.database import open_engine
from moderation.store.desk import StoredDesk
from moderation.verdict import Decision

LEASE = timedelta(seconds=0.4)
STALLED, RELEASED, RENEWED = 0.05, 0.07, 0.09
"""Of a reviewer's cases, the shares up to which the lease runs out, is given back, or is renewed."""

OVER = (DeskReason.LEASE_LOST, DeskReason.WRONG_STATE)
"""Why somebody is refused whose lease has run out: the case waits again, or another has ruled it."""

_FORKING = get_context("forkserver")
_FORKING.set_forkserver_preload(
    [
        *(f"moderation.store.{name}" for name in ("desk", "links", "migration", "policies", "rule_trials", "tallies")),
        "psycopg",
        "pytest",
        "sqlalchemy.dialects.postgresql.psycopg",
        "sqlalchemy.dialects.sqlite.pysqlite",
    ]
)
"""What a process would import for longer than it lives."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A file of answers, which survives who writes it."""

    path: Path

    def add(self, kind: str, *answer: object) -> None:
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, json.dumps([kind, *answer]).encode() + b"\n")
        os.close(descriptor)

    def count(self) -> int:
        return self.path.read_bytes().count(b"\n") if self.path.exists() else 0

    def read(self) -> dict[str, list[tuple[object, ...]]]:
        """Return the answers by their kinds."""
        answers: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        for line in self.path.read_text().splitlines():
            kind, *answer = json.loads(line)
            answers[kind].append(tuple(answer))
        return answers


Work = Callable[[StoredDesk, Actor, random.Random, Acknowledged], None]


def started(work: Work, address: str, acknowledged: Acknowledged, seed: int) -> ForkServerProcess:
    """Start a process that does some work, under a name of its own."""
    process = _FORKING.Process(target=_run, args=(work, address, acknowledged, seed), daemon=True)
    process.start()
    return process


def _run(work: Work, address: str, acknowledged: Acknowledged, seed: int) -> None:
    desk = StoredDesk(open_engine(address), RING, ReviewPolicy(lease=LEASE))
    work(desk, Actor(f"reviewer-{seed}", Role.REVIEWER), random.Random(seed), acknowledged)
    desk.close()


def do_everything(desk: StoredDesk, who: Actor, choose: random.Random, acknowledged: Acknowledged) -> None:
    """Record, claim, rule, appeal and decide, without end."""
    turn = 0
    while True:
        turn += 1
        many = [
            recording(f"【甲商城】{who.name}第{turn}轮第{number}条", machine=choose.choice(list(Decision)))
            for number in range(choose.randint(1, 3))
        ]
        for one, told in zip(many, desk.record(many), strict=True):
            acknowledged.add("recorded", one.fingerprint.hex(), told.verdict_id, told.case)
        case = desk.claim_next(who)
        if case is None:
            continue
        acknowledged.add("claimed", case.number, epoch(case), who.name)
        if case.line.queue is Queue.APPEAL:
            outcome = choose.choice(list(Outcome))
            appeal = desk.decide(who, case.number, epoch(case), outcome, "已核实")
            acknowledged.add("decided", appeal.number, outcome, who.name)
            continue
        ruled = _rule(desk, who, case, choose, acknowledged)
        if ruled is Decision.REJECT:
            appeal = desk.file_appeal(JIA, case.line.verdict_id, "请复核")
            acknowledged.add("appealed", appeal.number, case.number)


def review_all(desk: StoredDesk, who: Actor, choose: random.Random, acknowledged: Acknowledged) -> None:
    """Rule what waits until nothing waits and nobody holds anything; sometimes stall, give back, or renew."""
    while True:
        try:
            case = desk.claim_next(who)
            if case is not None:
                _review(desk, who, case, choose, acknowledged)
            elif any(queue.waiting or queue.held for queue in desk.statistics(who).queues):
                time.sleep(LEASE.total_seconds() / 10)
            else:
                return
        except DeskError as error:
            acknowledged.add("refused", error.reason)
            if error.reason not in OVER:
                raise


def _review(desk: StoredDesk, who: Actor, case: Case, choose: random.Random, acknowledged: Acknowledged) -> None:
    chance = choose.random()
    if chance < STALLED:
        time.sleep(LEASE.total_seconds() * 1.5)
    elif chance < RELEASED:
        desk.release(who, case.number, epoch(case))
        return
    elif chance < RENEWED:
        desk.renew(who, case.number, epoch(case))
    _rule(desk, who, case, choose, acknowledged)


def _rule(desk: StoredDesk, who: Actor, case: Case, choose: random.Random, acknowledged: Acknowledged) -> Decision:
    decision = choose.choice([Decision.PASS, Decision.REJECT])
    desk.rule(who, case.number, epoch(case), decision, ReasonCode.OTHER, "说明")
    acknowledged.add("ruled", case.number, epoch(case), decision, who.name)
    return decision

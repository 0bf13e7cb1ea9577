"""A store does what the pure table of states says, whatever is done to it in whatever order while time passes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import event
from store_invariants import check_invariants, rows
from stores import JIA, LI, SQLITE, START, WANG, ZHANG, fresh, recording, refused

from moderation.review.case import Outcome, Priority, ReasonCode
from moderation.review.desk import CaseFilter, DeskReason
from moderation.review.people import Actor
from moderation.review.policy import ReviewPolicy
from moderation.review.states import HELD, WAITING, CaseEvent, CaseState, TransitionError, after
from moderation.store.schema import VERDICTS
from moderation.verdict import Decision

POLICY = ReviewPolicy()
SKILL = "dialect:sichuan"
MOMENT = timedelta(microseconds=1)
STEPS = (MOMENT, POLICY.lease - MOMENT, POLICY.lease, POLICY.due - POLICY.lease, POLICY.due, POLICY.appeal_window)

ACTS = ("wait", "claim", "claim_next", "appeal", "RENEW", "RELEASE", "SKIP", "RULE", "RULE", "DECIDE")
"""What may be done next; one rule draws from it, for of several rules each run would get some only."""


@dataclass(slots=True)
class Expected:
    """What a verdict and its case ought to be; without a case, its number is 0."""

    verdict: str
    number: int
    standing: Decision
    decided_at: datetime
    due: datetime
    priority: Priority = Priority.NORMAL
    skill: str = ""
    state: CaseState = CaseState.OPEN
    epoch: int = 0
    holder: Actor | None = None
    expires: datetime = START
    ruler: Actor | None = None
    was_appealed: bool = False
    skipped: set[str] = field(default_factory=set)

    def take(self, who: Actor, now: datetime) -> None:
        self.state = after(self.state, CaseEvent.CLAIM)
        self.holder, self.epoch, self.expires = who, self.epoch + 1, now + POLICY.lease

    def let_go(self, event: CaseEvent) -> None:
        self.state, self.holder = after(self.state, event), None


class Reviews(RuleBasedStateMachine):
    """Three reviewers and a sender do what comes to their mind; every answer and refusal is foretold."""

    def __init__(self) -> None:
        super().__init__()
        self.directory = tempfile.TemporaryDirectory()
        self.store = fresh(SQLITE, Path(self.directory.name))
        self.desk, self.clock = self.store.desk, self.store.clock
        self.all: list[Expected] = []
        event.listen(self.store.engine, "connect", _without_waiting_for_the_disk)

    def teardown(self) -> None:
        check_invariants(self.store.engine)
        self.store.close()
        self.directory.cleanup()

    @property
    def cases(self) -> list[Expected]:
        return [one for one in self.all if one.number]

    @initialize()
    def begin(self) -> None:
        for machine, tags in product(Decision, ((), (SKILL,))):
            self.record(machine, tags)

    @rule(
        act=st.sampled_from(ACTS),
        who=st.sampled_from((ZHANG, LI, WANG)),
        index=st.integers(0, 99),
        is_odd=st.sampled_from((False, False, False, False, True)),
        is_good=st.booleans(),
        step=st.sampled_from(STEPS),
    )
    def happen(self, act: str, who: Actor, index: int, is_odd: bool, is_good: bool, step: timedelta) -> None:
        held = [one for one in self.cases if one.holder]
        if act == "wait":
            self.wait(step)
        elif act == "appeal":
            self.appeal(self.all[index % len(self.all)])
        elif act == "claim":
            self.claim(who, self.cases[index % len(self.cases)])
        elif act == "claim_next" or not held:
            self.claim_next(who, (SKILL,) if is_good else ())
        else:
            chosen = self.cases if is_odd else held
            self.hold(CaseEvent(act), who, chosen[index % len(chosen)], is_odd, is_good)

    def record(self, machine: Decision, tags: tuple[str, ...]) -> None:
        (told,) = self.desk.record([recording(machine=machine, tags=tags)])
        now = self.clock.now
        self.all.append(Expected(told.verdict_id, told.case or 0, machine, now, now + POLICY.due, skill="".join(tags)))
        self.all[-1].priority = Priority.LOW if machine is Decision.PASS else Priority.NORMAL

    def wait(self, step: timedelta) -> None:
        self.clock.move(step)
        for one in self.cases:
            if one.state in HELD and one.expires <= self.clock.now:
                one.let_go(CaseEvent.EXPIRE)

    def claim_next(self, who: Actor, skills: tuple[str, ...]) -> None:
        waiting = [one for one in self.cases if self._may_get(one, who, skills)]
        case = self.desk.claim_next(who, skills=frozenset(skills))
        first = min(waiting, key=lambda one: (one.priority, one.due, one.number), default=None)
        assert (case and case.number) == (first and first.number)
        if first is not None:
            first.take(who, self.clock.now)

    def claim(self, who: Actor, case: Expected) -> None:
        own = case.state is CaseState.APPEALED and case.ruler == who
        if self._happens(
            case, CaseEvent.CLAIM, DeskReason.OWN_RULING if own else None, lambda: self.desk.claim(who, case.number)
        ):
            case.take(who, self.clock.now)

    def hold(self, event: CaseEvent, who: Actor, case: Expected, is_odd: bool, good: bool) -> None:
        """Do what only the holder of a case can; where it is odd, as somebody perhaps, and in an earlier epoch."""
        who = who if is_odd or case.holder is None else case.holder
        epoch = case.epoch - is_odd
        verbs: dict[CaseEvent, Callable[[], Any]] = {
            CaseEvent.RENEW: lambda: self.desk.renew(who, case.number, epoch),
            CaseEvent.RELEASE: lambda: self.desk.release(who, case.number, epoch),
            CaseEvent.SKIP: lambda: self.desk.skip(who, case.number, epoch, "看不懂"),
            CaseEvent.RULE: lambda: self.desk.rule(who, case.number, epoch, _decision(good), ReasonCode.OTHER),
            CaseEvent.DECIDE: lambda: self.desk.decide(who, case.number, epoch, _outcome(good), "已核实"),
        }
        is_held = case.state in HELD and case.holder == who and case.epoch == epoch
        otherwise = DeskReason.LEASE_LOST if case.state in HELD | WAITING else DeskReason.WRONG_STATE
        if self._happens(case, event, None if is_held else otherwise, verbs[event]):
            self._held(case, event, who, good)

    def appeal(self, one: Expected) -> None:
        closes = one.decided_at + POLICY.appeal_window
        reason = (
            DeskReason.ALREADY_APPEALED
            if one.was_appealed
            else DeskReason.NOT_APPEALABLE
            if one.standing is not Decision.REJECT
            else DeskReason.APPEAL_WINDOW_CLOSED
            if closes < self.clock.now
            else None
        )
        if reason is not None:
            with refused(reason):
                self.desk.file_appeal(JIA, one.verdict, "请复核")
            return
        filed = self.desk.file_appeal(JIA, one.verdict, "请复核")
        one.state = after(one.state, CaseEvent.FILE) if one.number else CaseState.APPEALED
        one.was_appealed, one.priority, one.due = True, Priority.COMPLAINT, self.clock.now + POLICY.due
        one.skill = "" if one.number else one.skill
        one.number = filed.case

    @invariant()
    def the_store_is_as_expected(self) -> None:
        lines = self.desk.cases(ZHANG, CaseFilter(), size=500).items
        assert {
            line.number: (line.state, line.priority, line.due_at, line.lease and (line.lease.holder, line.lease.epoch))
            for line in lines
        } == {
            one.number: (one.state, one.priority, one.due, (one.holder.name, one.epoch) if one.holder else None)
            for one in self.cases
        }
        standing = rows(self.store.engine, VERDICTS.c.id, VERDICTS.c.standing)
        assert set(standing) == {(one.verdict, one.standing) for one in self.all}

    def _may_get(self, one: Expected, who: Actor, skills: Iterable[str]) -> bool:
        is_open_to_all = not one.skill or one.due <= self.clock.now
        return (
            one.state in WAITING
            and who.name not in one.skipped
            and (is_open_to_all or one.skill in skills)
            and (one.state is CaseState.OPEN or one.ruler != who)
        )

    def _happens(self, case: Expected, event: CaseEvent, reason: DeskReason | None, verb: Callable[[], object]) -> bool:
        """Return whether an event happens to a case; hold that it is refused for a reason or by the table."""
        try:
            after(case.state, event)
        except TransitionError:
            reason = reason or DeskReason.WRONG_STATE
        if reason is None:
            verb()
            return True
        with refused(reason):
            verb()
        return False

    def _held(self, case: Expected, event: CaseEvent, who: Actor, good: bool) -> None:
        if event is CaseEvent.RENEW:
            case.expires = self.clock.now + POLICY.lease
            return
        case.let_go(event)
        if event is CaseEvent.SKIP:
            case.skipped.add(who.name)
        if event is CaseEvent.RULE:
            case.ruler, case.standing, case.decided_at, case.skill = who, _decision(good), self.clock.now, ""
        if event is CaseEvent.DECIDE and good:
            case.standing = Decision.PASS


def _decision(good: bool) -> Decision:
    return Decision.PASS if good else Decision.REJECT


def _outcome(good: bool) -> Outcome:
    return Outcome.REVERSED if good else Outcome.UPHELD


def _without_waiting_for_the_disk(connection: Any, _record: object) -> None:  # noqa: ANN401 - of the driver
    connection.execute("PRAGMA synchronous = OFF")


TestReviews = Reviews.TestCase
TestReviews.settings = settings(max_examples=30, stateful_step_count=50)

"""Rules on trial in the store: what is said of a rule for every tenant, only added to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from moderation.review.desk import PAGE_SIZE, Page
from moderation.review.people import Actor
from moderation.rules.rule import Severity
from moderation.rules.rule_trials import NO_TRIALS, RuleTrial, RuleTrials, TrialState
from moderation.ruleset_digest import trials_mark
from moderation.store.database import reading
from moderation.store.pages import after, token_of
from moderation.store.requests import Answer
from moderation.store.transaction import Transaction
from moderation.store.trial_schema import RULE_TRIALS
from moderation.store.wordlist_news import tell
from moderation.store.wordlist_schema import WORDLIST_HEAD
from moderation.store.writing_alone import WritingAlone


@dataclass(frozen=True, slots=True)
class SaidOfRule:
    """What somebody said of a rule; `number` is the version of all rules' trials that it made."""

    number: int
    rule_id: str
    trial: RuleTrial
    reason: str
    author: str
    at: datetime


class StoredRuleTrials(WritingAlone):
    """Which rules are on trial, promoted or off for every tenant; safe to share between threads.

    Whether the actor's role permits a write, and whether there is such a rule, is not asked here.
    """

    _head = WORDLIST_HEAD

    def say(
        self, actor: Actor, trials: Mapping[str, RuleTrial], reason: str, *, request_id: str = ""
    ) -> Sequence[SaidOfRule]:
        """Let this hold for some rules from now on, all at once; return what holds for them."""

        def work(transaction: Transaction) -> Answer:
            for rule_id, trial in sorted(trials.items()):
                _say(transaction, rule_id, trial, reason)
            return {}

        told = {rule_id: [one.state, one.severity, one.until] for rule_id, one in sorted(trials.items())}
        self._write(actor, "rule.trial", request_id, {"trials": told, "reason": reason}, work)
        with reading(self._engine) as connection:
            return [one for one in _latest(connection) if one.rule_id in trials]

    def head(self) -> int:
        """Return the current version, 0 where nothing was said yet: one row, cheap enough to poll."""
        with reading(self._engine) as connection:
            return int(connection.execute(select(func.max(RULE_TRIALS.c.number))).scalar() or 0)

    def current(self) -> RuleTrials:
        """Return what holds for rules; of those whose trial was ended nothing."""
        return {one.rule_id: one.trial for one in self.said()}

    def of_ruleset(self, digest: str) -> RuleTrials:
        """Return what held for rules in a ruleset of this digest, the latest such; nothing where that is not known."""
        held, found = dict[str, RuleTrial](), NO_TRIALS
        with reading(self._engine) as connection:
            for row in connection.execute(select(RULE_TRIALS).order_by(RULE_TRIALS.c.number)):
                one = _said(row)
                held.pop(one.rule_id, None)
                if one.trial.state is not TrialState.ENDED:
                    held[one.rule_id] = one.trial
                if held and digest.endswith(trials_mark(held)):
                    found = dict(held)
        return found

    def said(self) -> Sequence[SaidOfRule]:
        """Return what was said last of each rule for which anything holds, by the ids of the rules."""
        with reading(self._engine) as connection:
            return [one for one in _latest(connection) if one.trial.state is not TrialState.ENDED]

    def log(self, *, size: int = PAGE_SIZE, token: str = "") -> Page[SaidOfRule]:
        """Return all that was ever said, the latest first, a page at a time."""
        query = select(RULE_TRIALS).order_by(RULE_TRIALS.c.number.desc()).limit(size + 1)
        if before := after(token, RULE_TRIALS.name):
            query = query.where(RULE_TRIALS.c.number < before)
        with reading(self._engine) as connection:
            found = [_said(row) for row in connection.execute(query)]
        page = tuple(found[:size])
        return Page(page, token_of([page[-1].number], RULE_TRIALS.name) if len(found) > size else "")


def _say(transaction: Transaction, rule_id: str, trial: RuleTrial, reason: str) -> None:
    columns: dict[str, str | None] = {
        "state": trial.state,
        "severity": trial.severity,
        "until": trial.until.isoformat() if trial.until is not None else None,
        "reason": reason,
    }
    added = insert(RULE_TRIALS).values(rule_id=rule_id, author=transaction.actor.name, at=transaction.now, **columns)
    number = transaction.connection.execute(added.returning(RULE_TRIALS.c.number)).scalar_one()
    tell(transaction.connection, int(number))
    transaction.ledger.note("rule.trial", f"rule/{rule_id}", number=int(number), **columns)


def _latest(connection: Connection) -> list[SaidOfRule]:
    last = select(func.max(RULE_TRIALS.c.number)).group_by(RULE_TRIALS.c.rule_id)
    query = select(RULE_TRIALS).where(RULE_TRIALS.c.number.in_(last)).order_by(RULE_TRIALS.c.rule_id)
    return [_said(row) for row in connection.execute(query)]


def _said(row: Row[Any]) -> SaidOfRule:
    trial = RuleTrial(
        TrialState(row.state),
        row.severity and Severity(row.severity),
        row.until and date.fromisoformat(row.until),
    )
    return SaidOfRule(row.number, row.rule_id, trial, row.reason, row.author, row.at)

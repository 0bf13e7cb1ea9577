"""Plans to messages of the contract, in parts that are small enough for any client, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from moderation.service.choices import DECISIONS, Choices
from moderation.service.wordlist_translate import (
    broken_from_proto,
    broken_to_proto,
    counts_from_proto,
    counts_to_proto,
    problems_from_proto,
    problems_to_proto,
)
from moderation.text.template import Template
from moderation.v1 import wordlist_pb2
from moderation.wordlists.caution import Caution, CautionKind
from moderation.wordlists.coverage import Conflict, Redundant
from moderation.wordlists.flips import Flip, Flips, RuleCount
from moderation.wordlists.lawful import EntryHit, LawfulHit
from moderation.wordlists.outcome import Planned
from moderation.wordlists.plan import Plan
from moderation.wordlists.told import MOST_SHOWN, Told

IN_ONE_PART = 100
"""Findings in one message."""

KINDS = Choices(wordlist_pb2.EntryCautionKind, "ENTRY_CAUTION_KIND_", CautionKind)


def plan_parts(planned: Planned) -> Iterator[wordlist_pb2.WordlistPlan]:
    """Yield a plan in parts, which are to be merged."""
    plan = planned.plan
    if plan is None:
        totals = wordlist_pb2.PlanTotals(problems=planned.problem_count)
        yield wordlist_pb2.WordlistPlan(version=planned.version, totals=totals)
        yield from _parts("problems", planned.problems, problems_to_proto)
        return
    flips = plan.flips
    yield wordlist_pb2.WordlistPlan(
        version=planned.version,
        before=plan.before,
        after=plan.after,
        applicable=plan.is_applicable,
        totals=wordlist_pb2.PlanTotals(
            redundant=plan.redundant.total,
            conflicts=plan.conflicts.total,
            cautions=plan.cautions.total,
            lawful=plan.lawful.total,
            stricter=flips.stricter.total,
            milder=flips.milder.total,
            broken=len(plan.broken),
        ),
        counts=counts_to_proto(plan.counts),
        checked=flips.checked,
        otherwise=flips.otherwise,
        rules=[wordlist_pb2.RuleFlips(rule_id=one.rule_id, gained=one.gained, lost=one.lost) for one in flips.rules],
    )
    yield from _parts("redundant", plan.redundant.shown, lambda some: list(map(_redundant, some)))
    yield from _parts("conflicts", plan.conflicts.shown, lambda some: list(map(_conflict, some)))
    yield from _parts("cautions", plan.cautions.shown, lambda some: list(map(_caution, some)))
    yield from _parts("lawful", plan.lawful.shown, lambda some: list(map(_lawful, some)))
    yield from _parts("stricter", flips.stricter.shown, lambda some: list(map(_flip, some)))
    yield from _parts("milder", flips.milder.shown, lambda some: list(map(_flip, some)))
    yield from _parts("broken", plan.broken[:MOST_SHOWN], broken_to_proto)


def plan_from_proto(message: wordlist_pb2.WordlistPlan) -> Planned:
    """Return the plan of merged parts."""
    totals = message.totals
    if totals.problems:
        return Planned(message.version, None, problems_from_proto(message.problems), totals.problems)
    flips = Flips(
        checked=message.checked,
        stricter=Told(tuple(map(_flip_of, message.stricter)), totals.stricter),
        milder=Told(tuple(map(_flip_of, message.milder)), totals.milder),
        otherwise=message.otherwise,
        rules=tuple(RuleCount(one.rule_id, one.gained, one.lost) for one in message.rules),
    )
    redundant = tuple(Redundant(one.wordlist, one.entry, one.covered_by) for one in message.redundant)
    conflicts = tuple(Conflict(one.wordlist, one.entry, one.exception, one.holder) for one in message.conflicts)
    cautions = tuple(
        Caution(KINDS.sent(one.kind), one.wordlist, one.entry, one.spelling, one.frequency) for one in message.cautions
    )
    plan = Plan(
        before=message.before,
        after=message.after,
        counts=counts_from_proto(message.counts),
        redundant=Told(redundant, totals.redundant),
        conflicts=Told(conflicts, totals.conflicts),
        cautions=Told(cautions, totals.cautions),
        lawful=Told(tuple(map(_lawful_of, message.lawful)), totals.lawful),
        flips=flips,
        broken=broken_from_proto(message.broken),
    )
    return Planned(message.version, plan)


def _parts(
    name: str, items: Sequence[Any], translate: Callable[[Sequence[Any]], Sequence[Any]]
) -> Iterator[wordlist_pb2.WordlistPlan]:
    for start in range(0, len(items), IN_ONE_PART):
        part = wordlist_pb2.WordlistPlan()
        getattr(part, name).extend(translate(items[start : start + IN_ONE_PART]))
        yield part


def _redundant(one: Redundant) -> wordlist_pb2.RedundantEntry:
    return wordlist_pb2.RedundantEntry(wordlist=one.wordlist, entry=one.entry, covered_by=one.covered_by)


def _conflict(one: Conflict) -> wordlist_pb2.EntryConflict:
    return wordlist_pb2.EntryConflict(
        wordlist=one.wordlist, entry=one.entry, exception=one.exception, holder=one.holder
    )


def _caution(one: Caution) -> wordlist_pb2.EntryCaution:
    return wordlist_pb2.EntryCaution(
        kind=KINDS.number(one.kind),
        wordlist=one.wordlist,
        entry=one.entry,
        spelling=one.spelling,
        frequency=one.frequency,
    )


def _lawful(one: LawfulHit) -> wordlist_pb2.LawfulHit:
    return wordlist_pb2.LawfulHit(
        id=one.id,
        title=one.title,
        text=one.text,
        hits=[wordlist_pb2.EntryHit(wordlist=hit.wordlist, entry=hit.entry, quote=hit.quote) for hit in one.hits],
        before=DECISIONS.number(one.before),
        after=DECISIONS.number(one.after),
        rules=one.rules,
    )


def _lawful_of(message: wordlist_pb2.LawfulHit) -> LawfulHit:
    return LawfulHit(
        message.id,
        message.title,
        message.text,
        tuple(EntryHit(hit.wordlist, hit.entry, hit.quote) for hit in message.hits),
        DECISIONS.sent(message.before),
        DECISIONS.sent(message.after),
        tuple(message.rules),
    )


def _flip(one: Flip) -> wordlist_pb2.VerdictFlip:
    return wordlist_pb2.VerdictFlip(
        id=one.template.id,
        tenant=one.template.tenant,
        text=one.template.text,
        before=DECISIONS.number(one.before),
        after=DECISIONS.number(one.after),
        gained=one.gained,
        lost=one.lost,
        quotes=one.quotes,
    )


def _flip_of(message: wordlist_pb2.VerdictFlip) -> Flip:
    return Flip(
        Template(message.text, id=message.id, tenant=message.tenant),
        DECISIONS.sent(message.before),
        DECISIONS.sent(message.after),
        tuple(message.gained),
        tuple(message.lost),
        tuple(message.quotes),
    )

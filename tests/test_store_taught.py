"""What people decided, exported as training texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from store_commands import Commands, commands_over_a_store  # noqa: F401 - a fixture
from stores import SQLITE, Store, fresh, reason, recording

from moderation.review.case import Outcome
from moderation.store.content import Seals
from moderation.store.database import reading
from moderation.store.taught import rulings
from moderation.train.rulings import load_rulings
from moderation.verdict import Decision


@pytest.fixture(name="store")
def fresh_store(tmp_path: Path) -> Iterator[Store]:
    with closing(fresh(SQLITE, tmp_path)) as store:
        yield store


def exported(store: Store) -> list[dict[str, str]]:
    with reading(store.engine) as connection:
        return list(rulings(connection, Seals(store.desk._ring)))


def test_what_stands_is_what_is_taught(store: Store, tmp_path: Path) -> None:
    passed = store.ruled(Decision.PASS)
    gambling = recording(reasons=(replace(reason(), rule_id="PC201", term="gambling"),))
    store.ruled(Decision.REJECT, of=gambling)
    store.decided(Outcome.REVERSED)
    store.open_case()
    rows = exported(store)
    assert [row["ruling"] for row in rows] == ["PASS", "REJECT", "PASS"]
    assert rows[0]["text"] == passed.template.text
    assert [row.get("risk") for row in rows] == [None, "gambling", None]
    path = tmp_path / "rulings.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    assert [example.text for example in load_rulings(path, frozenset(("gambling",)))] == [row["text"] for row in rows]


def test_the_command_writes_a_file(commands: Commands, tmp_path: Path) -> None:
    case = commands.store.ruled(Decision.REJECT)
    path = tmp_path / "rulings.jsonl"
    commands.run("case", "export", "-o", str(path))
    (row,) = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert (row["text"], row["ruling"]) == (case.template.text, "REJECT")

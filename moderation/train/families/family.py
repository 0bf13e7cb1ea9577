"""Reading the families, and writing out their texts."""

from __future__ import annotations

import hashlib
import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from moderation.match.classifier import LAWFUL
from moderation.text.template import Industry, TemplateType
from moderation.train.families.grammar import GrammarError, Slot, slots_of, unbalanced, write

SHARED_FILE = "slots.toml"
PER_FAMILY = 450
"""Distinct texts wanted of a family."""

MOST_TRIES = 6
"""Texts written for each wanted one, where a family has fewer than it should."""

FIELDS = frozenset(("id", "industry", "type", "risk", "hard", "signatures", "texts", "slots"))


class FamilyError(ValueError):
    """A file of families cannot be read, or a family in it is wrong."""


@dataclass(frozen=True, slots=True)
class Family:
    """SMS of one purpose: its labels, its patterns, and who signs it.

    `risk` is LAWFUL or a kind of prohibited content; `hard` says that the family was written to be taken for the other
    side. Without `signatures` the texts carry none.
    """

    id: str
    industry: Industry
    type: TemplateType
    risk: str
    hard: bool
    signatures: tuple[str, ...]
    texts: tuple[str, ...]
    slots: Mapping[str, Slot]

    @property
    def lawful(self) -> bool:
        """Whether the texts may be sent."""
        return self.risk == LAWFUL


def write_texts(family: Family, count: int = PER_FAMILY, *, seed: int = 1) -> list[str]:
    """Return at most `count` distinct texts, each pattern as often as the others, the same in every run of a seed."""
    digest = hashlib.sha256(f"{seed}:{family.id}".encode()).digest()
    choose = random.Random(digest)  # noqa: S311
    found: dict[str, None] = {}
    for turn in range(count * MOST_TRIES):
        if len(found) >= count:
            break
        text = write(family.texts[turn % len(family.texts)], family.slots, choose)
        found[_signed(text, family, choose)] = None
    return list(found)


def lawful_texts(per_family: int = 10) -> list[str]:
    """Return some texts of each lawful family, the same in every run: what honest senders write, to try things on."""
    return [text for family in load_families() if family.lawful for text in write_texts(family, per_family)]


def _signed(text: str, family: Family, choose: random.Random) -> str:
    """Return the text with a signature before it, mostly, or behind it, or none: a vendor may add it."""
    draw = choose.random()
    if not family.signatures or draw < 0.2:
        return text
    signature = "【" + write(choose.choice(family.signatures), family.slots, choose) + "】"
    return signature + text if draw < 0.9 else text + signature


@cache
def load_families() -> tuple[Family, ...]:
    """Return every family, in the order of files and of families in them; raise FamilyError for a wrong one."""
    directory = resources.files(__package__)
    shared = shared_slots()
    families: list[Family] = []
    for file in sorted(directory.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml") and file.name != SHARED_FILE:
            families.extend(parse_families(file.name, file.read_text(encoding="utf-8"), shared))
    twice = sorted(id for id, times in Counter(one.id for one in families).items() if times > 1)
    if twice:
        raise FamilyError(f"families of one id: {', '.join(twice)}; give each its own")
    return tuple(families)


@cache
def shared_slots() -> dict[str, Slot]:
    """Return the slots that every family may use."""
    table = tomllib.loads(resources.files(__package__).joinpath(SHARED_FILE).read_text(encoding="utf-8"))
    return {name: Slot(tuple(own["values"]), tuple(own.get("placeholders", ()))) for name, own in table.items()}


def parse_families(name: str, content: str, shared: Mapping[str, Slot]) -> Iterator[Family]:
    """Yield the families of one file; raise FamilyError that names the file and the family."""
    try:
        tables = tomllib.loads(content)["family"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise FamilyError(f"{name}: {error}; a file holds [[family]] tables") from error
    for table in tables:
        place = f"{name}: family {table.get('id', '?')}"
        if unknown := table.keys() - FIELDS:
            raise FamilyError(f"{place}: unknown {', '.join(sorted(unknown))}; known are {', '.join(sorted(FIELDS))}")
        try:
            family = _family(table, shared)
            for pattern in (*family.texts, *family.signatures):
                if unbalanced(pattern):
                    raise GrammarError(f"brackets do not pair up in {pattern!r}")
                write(pattern, family.slots, random.Random(1))  # noqa: S311
        except (KeyError, ValueError) as error:
            raise FamilyError(f"{place}: {error}") from error
        yield family


def _family(table: Mapping[str, Any], shared: Mapping[str, Slot]) -> Family:
    return Family(
        id=table["id"],
        industry=Industry(table["industry"]),
        type=TemplateType(table["type"]),
        risk=table["risk"],
        hard=table.get("hard", False),
        signatures=tuple(table.get("signatures", ())),
        texts=tuple(table["texts"]),
        slots={**shared, **slots_of(table.get("slots", {}))},
    )

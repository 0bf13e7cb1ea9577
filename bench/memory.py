"""Whether memory grows with checks: what one process holds while it checks a million templates, no two alike."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import part
from check_many import BATCH
from process import resident
from texts import texts_of

from moderation.engine import Engine
from moderation.ruleset import load_ruleset, settle
from moderation.text.template import Template

CHECKS, QUICK_CHECKS, READINGS = 1_000_000, 20_000, 10
STRANGE = "賺氺徽薇⁢❤㊙㈠ａＢ①♠\u200b\u0301💰ѕβ"
"""Signs that are strewn in, so that texts show the matchers new ways of writing."""


def altered(texts: list[str]) -> Iterator[str]:
    """Yield the texts over and over, each time with other digits and some strange signs."""
    choose = random.Random(1)  # noqa: S311
    for text in cycle(texts):
        characters = [str(choose.randrange(10)) if one.isdecimal() else one for one in text]
        characters.insert(choose.randrange(len(characters) + 1), choose.choice(STRANGE))
        yield "".join(characters) + str(choose.randrange(10**9))


def measure(data: Path | None, quick: bool) -> part.Record:
    """Return the megabytes that the process holds, by the checks that it has done."""
    checks = QUICK_CHECKS if quick else CHECKS
    engine = Engine(load_ruleset())
    templates = (Template(text) for text in islice(altered(texts_of(data)), checks))
    settle()
    held: dict[str, float] = {}
    done, step = 0, checks // READINGS
    while batch := list(islice(templates, BATCH)):
        engine.check_many(batch)
        done += len(batch)
        if done // step > len(held):
            held[str(done)] = round(resident(), 1)
            print(f"{done:,} checks: {held[str(done)]} MB", file=sys.stderr)
    return {"megabytes by checks": held}


if __name__ == "__main__":
    part.main(__doc__, measure)

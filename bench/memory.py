"""Whether memory grows with checks: what one process holds while it checks a million templates, no two alike.

`--checks N` checks fewer; `make bench` leaves this out, since it takes minutes.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from check_many import BATCH
from process import resident
from texts import texts_of

from moderation.engine import Engine
from moderation.ruleset import load_ruleset, settle
from moderation.text.template import Template

CHECKS, READINGS = 1_000_000, 10
STRANGE = "賺氺徽薇⁢❤㊙㈠ａＢ①♠\u200b\u0301💰ѕβ"
"""Signs that are strewn in, so that texts show the matchers new ways of writing."""


def altered(texts: list[str]) -> Iterator[str]:
    """Yield the texts over and over, each time with other digits and some strange signs."""
    choose = random.Random(1)  # noqa: S311
    for text in cycle(texts):
        characters = [str(choose.randrange(10)) if one.isdecimal() else one for one in text]
        characters.insert(choose.randrange(len(characters) + 1), choose.choice(STRANGE))
        yield "".join(characters) + str(choose.randrange(10**9))


def main() -> None:
    """Check, and print what the process holds, in megabytes, as it goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a directory of .jsonl files with real SMS")
    parser.add_argument("--checks", type=int, default=CHECKS)
    given = parser.parse_args()
    engine = Engine(load_ruleset())
    templates = (Template(text) for text in islice(altered(texts_of(given.data)), given.checks))
    settle()
    held: dict[int, float] = {}
    done, step = 0, max(given.checks // READINGS, 1)
    while batch := list(islice(templates, BATCH)):
        engine.check_many(batch)
        done += len(batch)
        if done // step > len(held):
            held[done] = round(resident(), 1)
            print(f"{done:,} checks: {held[done]} MB", file=sys.stderr)
    print(json.dumps(held))


if __name__ == "__main__":
    main()

"""What readers saw in texts of the collections whose labels are mixed, doubted or missing; the file beside lists it.

The readers, a language model asked anew for every few hundred texts, knew neither the collection nor its label. Of
held-out texts the label is one voice, and where the first reader speaks against it a second one is asked: two voices of
three count. No text is listed, but digests of the Han characters, so that copies with other links and numbers share a
line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from moderation.text.normal import fold
from moderation.train.corpus import OWN_SOURCES, Example

FILE = Path(__file__).with_suffix(".tsv")
UNSURE = "unsure"
"""Readers could not tell, or disagreed."""

LEAST_HAN = 4
"""Han characters of a text that can be told from others by them."""

_OTHER = re.compile(r"[^\u3400-\u9fff]+")


def key_of(text: str) -> str:
    """Return what a text is listed under; empty where it has too few Han characters."""
    han = _OTHER.sub("", fold(text).text)
    return hashlib.sha256(han.encode("utf-8")).hexdigest()[:16] if len(han) >= LEAST_HAN else ""


@cache
def load() -> Mapping[str, str]:
    """Return by key what was read: LAWFUL, a kind of prohibited content, or UNSURE."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def read_again(examples: Sequence[Example]) -> list[Example]:
    """Return the examples with the risk that readers saw in them, disputed where they could not tell.

    Our own texts say what their families say, and were read by nobody.
    """
    readings = load()
    return [
        _read(example, "" if example.source in OWN_SOURCES else readings.get(key_of(example.text), ""))
        for example in examples
    ]


def _read(example: Example, reading: str) -> Example:
    if not reading:
        return replace(example, published=example.risk)
    risk = example.risk if reading == UNSURE else reading
    return replace(example, published=example.risk, risk=risk, disputed=reading == UNSURE)

"""Rare and traditional characters as the common ones that they are written for, so that n-grams see what is meant.

`variants/plain.tsv` is written by `moderation train characters`: a common character, a tab, what stands for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from moderation import shipped

PLAIN_FILE = "plain.tsv"
HEADING = "# a common character, and what stands for it; written by moderation train characters"
CODES = 1 << 16
"""Code points that the table covers; what lies beyond counts as its last."""


@cache
def plain_codes() -> NDArray[np.uint32]:
    """Return by code point the code point of the common character that is meant, mostly the same."""
    return table_of(parse(_content().decode("utf-8")))


@cache
def plain_digest() -> str:
    """Return the SHA-256 of the shipped table, by which a model knows what it was trained with."""
    return hashlib.sha256(_content()).hexdigest()


def parse(content: str) -> dict[str, str]:
    """Return the common character of each rare one."""
    lines = (line.split("\t") for line in content.splitlines() if line and not line.startswith("#"))
    return {form: character for character, forms in lines for form in forms}


def render(characters: Mapping[str, str]) -> str:
    """Return the content of the file for the common character of each rare one."""
    forms: dict[str, list[str]] = {}
    for form, character in characters.items():
        forms.setdefault(character, []).append(form)
    lines = [f"{character}\t{''.join(sorted(own))}" for character, own in sorted(forms.items())]
    return "\n".join((HEADING, *lines, ""))


def table_of(characters: Mapping[str, str]) -> NDArray[np.uint32]:
    """Return the table by code point."""
    codes = np.arange(CODES, dtype=np.uint32)
    forms, meant = (_codes(part) for part in (characters.keys(), characters.values()))
    codes[forms] = meant
    return codes


def _codes(characters: Iterable[str]) -> NDArray[np.uint32]:
    return np.array([ord(one) for one in characters], dtype=np.uint32)


def _content() -> bytes:
    return (shipped.directory("variants") / PLAIN_FILE).read_bytes()

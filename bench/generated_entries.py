"""Wordlists of any size for measuring: entries that resemble words, made of common ones, the same in every run."""

from __future__ import annotations

import logging
import random
from itertools import islice

import jieba

from moderation.match.wordlist import VARIANT_KINDS, Entry, Wordlist

COMMON_WORDS, COMMON_CHARACTERS = 6000, 1500
"""How many of the most usual words of two characters, and of the characters in them, entries are made of."""

PATTERNS = ((2, 1), (1, 2), (2, 2), (2, 2), (2, 2), (2, 2, 1), (2, 2, 2))
"""Lengths of the pieces of an entry; those of two characters are words. Most listed words have four characters."""

SEED = 1


def entries(number: int) -> list[str]:
    """Return so many different entries; the longer list begins with the shorter one."""
    words, characters = _pieces()
    source = random.Random(SEED)  # noqa: S311
    found: dict[str, None] = {}
    while len(found) < number:
        lengths = source.choice(PATTERNS)
        found["".join(source.choice(words if length == 2 else characters) for length in lengths)] = None
    return list(found)


def wordlist(number: int, *, has_variants: bool) -> Wordlist:
    """Return a wordlist of so many entries, which asks for every kind of variant or for none."""
    listed = tuple(Entry(text, ((text,),), ("own",), line) for line, text in enumerate(entries(number), 1))
    kinds = tuple(sorted(VARIANT_KINDS)) if has_variants else ()
    return Wordlist("bench/generated", "生成的词表", kinds, "bench", "own work", None, {"own": "generated"}, listed)


def _pieces() -> tuple[list[str], list[str]]:
    """Return the most usual words of two characters, and the characters in them, by the segmenter's dictionary."""
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    han = (word for word in tokenizer.FREQ if len(word) == 2 and all("一" <= one <= "鿿" for one in word))
    words = sorted(han, key=lambda word: (-tokenizer.FREQ[word], word))[:COMMON_WORDS]
    characters = list(islice(dict.fromkeys("".join(words)), COMMON_CHARACTERS))
    return words, characters

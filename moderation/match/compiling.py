"""Compiling wordlists: anew, from what was made before, or as a small layer upon a large one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence

import ahocorasick
import numpy as np

from moderation.match.alphabet import Alphabet
from moderation.match.compiled import Compiled, Source, classes_of, readings_of
from moderation.match.layer import Layer, Spelled, Strings, column
from moderation.match.lines import Lines, encoded
from moderation.match.ragged import Numbers
from moderation.match.section import Spelling
from moderation.match.spellings import Spellings
from moderation.match.spelt import NO_VARIANTS, Known, Spelt, expanded
from moderation.match.uncollected import uncollected
from moderation.match.variants import VariantCompiler
from moderation.match.wordlist import Wordlist

BLOCK = 100_000
"""Strings whose codes are held at a time."""

LARGEST, SMALLEST = 0.125, 1000
"""Spellings of a layer upon another one, as a share of the other's, from which on both are made into one; fewer than
the smallest number never are."""

LEAST_USED = 0.5
"""Share of the spellings of a layer that must be of use still, for another one to be put upon it."""


@uncollected()
def compile_wordlists(
    wordlists: Iterable[Wordlist],
    source: Source | None,
    beneath: Layer | None = None,
    made: Sequence[Layer] = (),
    name: str = "",
) -> Compiled:
    """Return the strings of some wordlists, with the variants that they ask for where there is a source of them.

    With a layer from the same source, what it has not is put upon it where that is little. What it or other layers
    that were made from the same source have is not expanded again. `name` is that of the layer that is made.
    """
    spellings, readings = Spellings(wordlists), readings_of(source)
    classes = classes_of(spellings, readings)
    compiler = None
    if source is not None:
        compiler = VariantCompiler(source.forms, source.dialects, readings, classes, source.dictionary)
    known = Known([*([beneath] if beneath is not None else []), *made], classes)
    if beneath is not None:
        standing = known.standing_in(beneath)
        upon = [one for one in spellings if one not in standing]
        used = len(spellings) - len(upon)
        is_little = len(upon) <= max(LARGEST * len(beneath.spelled), SMALLEST)
        if is_little and used >= LEAST_USED * len(beneath.spelled):
            return Compiled(spellings, readings, _layer(name, upon, compiler, classes, known, beneath))
    return Compiled(spellings, readings, _layer(name, list(spellings), compiler, classes, known))


def _layer(
    name: str,
    spellings: Sequence[Spelling],
    compiler: VariantCompiler | None,
    classes: Mapping[str, str],
    known: Known,
    beneath: Layer | None = None,
) -> Layer:
    """Return spellings as a layer, with their variants where they are compiled."""
    numbers, spelt = expanded(spellings, compiler, known) if compiler is not None else ([], NO_VARIANTS)
    texts = [text for text, _ in spellings]
    texts += spelt.texts
    alphabet = Alphabet(_characters(texts), classes)
    trie, groups = _trie(alphabet, texts)
    overruled = known.changed_in(beneath) if beneath is not None else ()
    strings = _grouped(texts, groups, numbers, spelt)
    return Layer(Spelled.of(spellings), alphabet, strings, trie, name, beneath, overruled)


def _characters(texts: Sequence[str]) -> str:
    """Return the different characters of texts."""
    is_used = np.zeros(sys.maxunicode + 1, dtype=np.bool_)
    for start in range(0, len(texts), BLOCK):
        is_used[np.frombuffer(encoded(texts[start : start + BLOCK]), dtype=np.uint32)] = True
    return "".join(map(chr, np.flatnonzero(is_used).tolist()))


def _trie(alphabet: Alphabet, texts: Sequence[str]) -> tuple[ahocorasick.Automaton, Numbers]:
    """Return a trie over the codes of texts, and the number of the code of each text: they come as they are met.

    The trie is made in order of codes, so that nodes that are visited together lie together.
    """
    trie = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    numbers: dict[str, int] = {}
    numbered, add_word = numbers.setdefault, trie.add_word
    groups = np.zeros(len(texts), dtype=np.int64)
    for start in range(0, len(texts), BLOCK):
        codes = alphabet.encode_each(texts[start : start + BLOCK])
        groups[start : start + BLOCK] = [numbered(code, len(numbers)) for code in codes]
    for code in sorted(numbers):
        add_word(code, numbers[code])
    if numbers:
        trie.make_automaton()
    return trie, groups


def _grouped(texts: Sequence[str], groups: Numbers, numbers: Sequence[int], spelt: Spelt) -> Strings:
    """Return texts in order of their groups: spellings, then variants of some of them, by their numbers."""
    count = len(texts) - len(spelt.texts)
    order = np.argsort(groups, kind="stable")
    first = np.searchsorted(groups[order], np.arange(groups.max(initial=-1) + 2))
    spelling = np.concatenate((np.arange(count), np.repeat(np.array(numbers, dtype=np.int64), spelt.counts)))
    kinds_of = np.concatenate((np.zeros(count, dtype=np.int64), spelt.kinds_of + 1))
    confidence = np.concatenate((np.full(count, 1000, dtype=np.int64), spelt.confidence))
    written = list(map(texts.__getitem__, order.tolist()))
    return Strings(
        Lines.of(written),
        column([len(written[index]) for index in first[:-1].tolist()]),
        column(first),
        column(spelling[order]),
        [(), *spelt.kinds],
        column(kinds_of[order]),
        column(confidence[order]),
    )

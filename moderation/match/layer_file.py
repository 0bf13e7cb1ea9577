"""The file of a layer: spellings, strings by numbers, and the nodes of the trie as pyahocorasick pickles them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import ahocorasick
import numpy as np

from moderation.match import cache_file
from moderation.match.alphabet import Alphabet
from moderation.match.cache_file import DamagedError
from moderation.match.layer import Layer, Spelled, Strings, column
from moderation.match.lines import Lines

_OF_STRINGS = ("lengths", "first", "spelling", "kinds_of", "confidence")
_OF_SPELLINGS = 4


def write(layer: Layer, path: Path, marks: Mapping[str, str]) -> None:
    """Write a layer; raise OSError where the directory cannot be written. `marks` come with it."""
    spelled, strings, upon = layer.spelled, layer.strings, layer.upon
    nodes, *shape, _ = layer.trie.__reduce__()[1] or ([], None)
    told = {
        "characters": layer.alphabet.characters,
        "classes": None if upon and upon.alphabet.classes == layer.alphabet.classes else layer.alphabet.classes,
        "kinds": strings.kinds,
        "kinds of spellings": [sorted(kinds) for kinds in spelled.kinds],
        "shape": shape,
        "upon": upon.name if upon else "",
        "marks": marks,
    }
    of_strings = (strings.written.block, *(getattr(strings, name) for name in _OF_STRINGS))
    of_spellings = (
        spelled.texts.block,
        column(spelled.texts.lengths),
        spelled.kinds_of,
        column(sorted(layer.overruled)),
    )
    cache_file.write(path, told, [*of_strings, *of_spellings, *nodes])


def read(path: Path, name: str, layer_of: Callable[[str], Layer]) -> Layer:
    """Return the layer of a file, as one of a name; raise DamagedError where it is missing or damaged.

    `layer_of` returns the layer that it is put upon by its name.
    """
    told, (written, *columns) = cache_file.read(path)
    try:
        of_strings, others = columns[: len(_OF_STRINGS)], columns[len(_OF_STRINGS) :]
        (texts, *of_spellings), nodes = others[:_OF_SPELLINGS], others[_OF_SPELLINGS:]
        strings = _strings(written, of_strings, [tuple(one) for one in told["kinds"]])
        lengths, kinds_of, overruled = (one.cast("i") for one in of_spellings)
        ends = np.asarray(lengths, dtype=np.int64).cumsum()
        spelled = Spelled(Lines(texts, ends), [frozenset(one) for one in told["kinds of spellings"]], kinds_of)
        upon = layer_of(told["upon"]) if told["upon"] else None
        classes = upon.alphabet.classes if upon is not None and told["classes"] is None else told["classes"]
        alphabet = Alphabet(told["characters"], classes)
        return Layer(spelled, alphabet, strings, _trie(nodes, told["shape"]), name, upon, overruled.tolist())
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedError(path) from error


def head(path: Path) -> tuple[str, Mapping[str, str]]:
    """Return what a layer is put upon, and its marks, unproved; raise DamagedError where the file tells nothing."""
    told = cache_file.told(path)
    upon, marks = told.get("upon"), told.get("marks")
    if not isinstance(upon, str) or not isinstance(marks, dict):
        raise DamagedError(path)
    return upon, marks


def _strings(written: memoryview, columns: list[memoryview], kinds: list[tuple[str, ...]]) -> Strings:
    lengths, first, spelling, kinds_of, confidence = (one.cast("i") for one in columns)
    ends = np.repeat(np.asarray(lengths, dtype=np.int64), np.diff(np.asarray(first))).cumsum()
    return Strings(Lines(written, ends), lengths, first, spelling, kinds, kinds_of, confidence)


def _trie(nodes: list[memoryview], shape: list[Any]) -> ahocorasick.Automaton:
    """Return the trie of nodes; they are copied one by one, since a map would keep the interpreter until its end."""
    copied = [bytes(column) for column in nodes]
    return ahocorasick.Automaton(copied, *shape, None) if copied else ahocorasick.Automaton()

"""Compiled wordlists on disk: what takes seconds to make is read in a fraction of one.

An automaton is one file: the strings, their numbers, and the nodes of the trie as pyahocorasick pickles them. Whatever
is wrong with it, the caller compiles anew.
"""

from __future__ import annotations

import hashlib
import os
import platform
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import ahocorasick
import numpy as np

from moderation.match import cache_file
from moderation.match.alphabet import Alphabet
from moderation.match.cache_file import UNFINISHED, DamagedError
from moderation.match.compiled import Compiled, Source, Strings, compile_wordlists, readings_of
from moderation.match.dialect import Dialect
from moderation.match.expansions import KeptExpansions
from moderation.match.lines import Lines
from moderation.match.spellings import Spellings
from moderation.match.turn import turn
from moderation.match.uncollected import uncollected
from moderation.match.wordlist import Wordlist

KEPT = 6
"""Automata that a directory keeps, the latest ones."""

KEPT_EXPANSIONS = 2
"""Files of expansions that a directory keeps, the latest ones; another release or dictionary makes another file."""

ABANDONED_AFTER = 3600.0
"""Seconds after which a file that is not whole belongs to a process that has died."""

SUFFIX, EXPANSIONS_SUFFIX, TURN = ".automaton", ".expansions", ".turn"

_MATCHERS = (
    "alphabet", "cache_file", "combinations", "compiled", "expansions", "forms", "lines", "readings", "saved",
    "spellings", "spelt", "substitution", "variants",
)  # fmt: skip
_MAKERS = (*(f"match/{name}.py" for name in _MATCHERS), "text/normal.py", "text/segment.py")
"""Modules whose code decides what the strings are; a change of theirs makes another automaton."""

_PACKAGE = Path(__file__).resolve().parent.parent
_ARRAYS = ("lengths", "first", "spelling", "kinds_of", "confidence")


class NotSavedError(Exception):
    """There is no readable automaton of this name."""


@dataclass(frozen=True, slots=True)
class Obtained:
    """An automaton, where it lies, and whether it was found there; `error` tells why it could not be saved."""

    compiled: Compiled
    path: Path
    was_found: bool
    error: OSError | None = None


def obtain(
    directory: Path, wordlists: Sequence[Wordlist], source: Source, forms: bytes, dictionary: Iterable[str]
) -> Obtained:
    """Return the automaton of wordlists as it was saved; where it was not, compile it and save it if that is possible.

    `forms` and `dictionary` are what the source was made from, as `name_of` takes them.
    """
    made_from = _digest_of_source(forms, source.dialects, tuple(dictionary))
    name = _named(made_from, wordlists)
    found = _found(directory, name, wordlists, source)
    if found is not None:
        return found
    with turn(directory / f"{name}{TURN}"):
        found = _found(directory, name, wordlists, source)
        if found is not None:
            return found
        kept = KeptExpansions(directory / f"{made_from.hexdigest()[:32]}{EXPANSIONS_SUFFIX}")
        return _compiled(directory, name, wordlists, source, kept)


def _found(directory: Path, name: str, wordlists: Sequence[Wordlist], source: Source) -> Obtained | None:
    """Return a saved automaton, which is one of the latest from now on."""
    path = path_of(directory, name)
    if not path.exists():
        return None
    with suppress(OSError):
        os.utime(path)
    with suppress(NotSavedError):
        return Obtained(load(directory, name, wordlists, source), path, was_found=True)
    return None


def _compiled(
    directory: Path, name: str, wordlists: Sequence[Wordlist], source: Source, kept: KeptExpansions
) -> Obtained:
    compiled, path = compile_wordlists(wordlists, source, kept), path_of(directory, name)
    try:
        save(compiled, directory, name)
    except OSError as error:
        return Obtained(compiled, path, was_found=False, error=error)
    return Obtained(compiled, path, was_found=False)


def path_of(directory: Path, name: str) -> Path:
    """Return where the automaton of a name lies."""
    return directory / f"{name}{SUFFIX}"


def name_of(wordlists: Iterable[Wordlist], forms: bytes, dialects: Iterable[Dialect], dictionary: Iterable[str]) -> str:
    """Return a name for what is compiled from these; it changes with everything that the strings depend on."""
    return _named(_digest_of_source(forms, dialects, dictionary), wordlists)


def _named(made_from: hashlib._Hash, wordlists: Iterable[Wordlist]) -> str:
    digest = made_from.copy()
    for wordlist in wordlists:
        digest.update(f"{wordlist.id} {sorted(wordlist.variants)}".encode())
        for entry in wordlist.entries:
            kinds = None if entry.variants is None else sorted(entry.variants)
            told = (entry.parts, entry.exceptions, entry.near, kinds, sorted(entry.not_variants))
            digest.update(repr(told).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()[:32]


def _digest_of_source(forms: bytes, dialects: Iterable[Dialect], dictionary: Iterable[str]) -> hashlib._Hash:
    """Return the digest of what variants are made from, and of the code that makes them."""
    digest = hashlib.sha256(f"{platform.machine()} {platform.python_version()} {os.name}".encode())
    for package in ("pyahocorasick", "jieba"):
        digest.update(f"{package} {version(package)}".encode())
    for module in _MAKERS:
        digest.update((_PACKAGE / module).read_bytes())
    digest.update(forms)
    for dialect in dialects:
        digest.update(repr(_told(dialect)).encode("utf-8", "backslashreplace"))
    digest.update("\n".join(dictionary).encode())
    return digest


def save(compiled: Compiled, directory: Path, name: str) -> None:
    """Write an automaton under a name; raise OSError where the directory cannot be written.

    Directories that are missing are made for this user alone.
    """
    strings = compiled.strings
    nodes, *shape, _ = compiled.trie.__reduce__()[1] or ([], None)
    told = {
        "characters": compiled.alphabet.characters,
        "classes": compiled.alphabet.classes,
        "kinds": strings.kinds,
        "shape": shape,
    }
    columns = [getattr(strings, name) for name in _ARRAYS]
    cache_file.write(path_of(directory, name), told, [strings.written.block, *columns, *nodes])
    with suppress(OSError):
        _tidy(directory)


@uncollected()
def load(directory: Path, name: str, wordlists: Iterable[Wordlist], source: Source) -> Compiled:
    """Return the automaton of a name; raise NotSavedError where it is missing or damaged."""
    try:
        told, (written, *columns) = cache_file.read(path_of(directory, name))
        kinds = [tuple(one) for one in told["kinds"]]
        lengths, first, spelling, kinds_of, confidence = (one.cast("i") for one in columns[: len(_ARRAYS)])
        ends = np.repeat(np.asarray(lengths, dtype=np.int64), np.diff(np.asarray(first))).cumsum()
        strings = Strings(Lines(written, ends), lengths, first, spelling, kinds, kinds_of, confidence)
        nodes = [bytes(column) for column in columns[len(_ARRAYS) :]]  # a map would keep the interpreter until its end
        trie = ahocorasick.Automaton(nodes, *told["shape"], None) if nodes else ahocorasick.Automaton()
        alphabet = Alphabet(told["characters"], told["classes"])
    except (DamagedError, ValueError, KeyError, TypeError) as error:
        raise NotSavedError(name) from error
    return Compiled(Spellings(wordlists), readings_of(source), alphabet, strings, trie)


def _told(dialect: Dialect) -> object:
    return dialect.id, [(one.standard, one.word, one.is_ambiguous) for one in dialect.equivalents]


def _tidy(directory: Path) -> None:
    """Delete all automata and expansions but the latest ones, and what processes that died have left."""
    for suffix, kept in ((SUFFIX, KEPT), (EXPANSIONS_SUFFIX, KEPT_EXPANSIONS)):
        latest_first = sorted(directory.glob(f"*{suffix}"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in latest_first[kept:]:
            path.unlink(missing_ok=True)
    abandoned = time.time() - ABANDONED_AFTER
    for path in (*directory.glob(f"*{UNFINISHED}"), *directory.glob(f"*{TURN}")):
        if path.stat().st_mtime < abandoned:
            path.unlink(missing_ok=True)

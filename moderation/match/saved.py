"""Compiled wordlists on disk: what takes seconds to make is read in a fraction of one.

An automaton is one file: a digest of the rest, a line of JSON, then the strings, their numbers, and the nodes of the
trie as pyahocorasick pickles them. It is read on the kind of machine that wrote it; whatever is wrong with it, the
caller compiles anew. It is as trusted as the code: who can write the directory decides what is found.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import tempfile
import time
from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from io import BufferedIOBase
from pathlib import Path

import ahocorasick

from moderation.match.alphabet import Alphabet
from moderation.match.compiled import Compiled, Source, Strings, compile_wordlists, readings_of
from moderation.match.dialect import Dialect
from moderation.match.spellings import Spellings
from moderation.match.uncollected import uncollected
from moderation.match.wordlist import Wordlist

KEPT = 4
"""Automata that a directory keeps, the latest ones."""

ABANDONED_AFTER = 3600.0
"""Seconds after which a file that is not whole belongs to a process that has died."""

SUFFIX, UNFINISHED = ".automaton", ".unfinished"

_MATCHERS = (
    "alphabet", "combinations", "compiled", "forms", "readings", "saved", "spellings", "spelt", "substitution", "variants"
)
_MAKERS = (*(f"match/{name}.py" for name in _MATCHERS), "text/normal.py", "text/segment.py")
"""Modules whose code decides what the strings are; a change of theirs makes another automaton."""

_PACKAGE = Path(__file__).resolve().parent.parent
_ARRAYS = ("lengths", "first", "spelling", "kinds_of", "confidence")
_DIGEST_SIZE = hashlib.blake2b().digest_size


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
    name = name_of(wordlists, forms, source.dialects, dictionary)
    path = path_of(directory, name)
    try:
        return Obtained(load(directory, name, wordlists, source), path, was_found=True)
    except NotSavedError:
        compiled = compile_wordlists(wordlists, source)
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
    digest = hashlib.sha256(f"{platform.machine()} {platform.python_version()} {os.name}".encode())
    for package in ("pyahocorasick", "jieba"):
        digest.update(f"{package} {version(package)}".encode())
    for module in _MAKERS:
        digest.update((_PACKAGE / module).read_bytes())
    for wordlist in wordlists:
        digest.update(f"{wordlist.id} {sorted(wordlist.variants)}".encode())
        for entry in wordlist.entries:
            kinds = None if entry.variants is None else sorted(entry.variants)
            told = (entry.parts, entry.exceptions, entry.near, kinds, sorted(entry.not_variants))
            digest.update(repr(told).encode("utf-8", "backslashreplace"))
    digest.update(forms)
    for dialect in dialects:
        digest.update(repr(_told(dialect)).encode("utf-8", "backslashreplace"))
    digest.update("\n".join(dictionary).encode())
    return digest.hexdigest()[:32]


def save(compiled: Compiled, directory: Path, name: str) -> None:
    """Write an automaton under a name; raise OSError where the directory cannot be written.

    Directories that are missing are made for this user alone.
    """
    for place in (*reversed(directory.parents), directory):
        place.mkdir(mode=0o700, exist_ok=True)
    number, unfinished = tempfile.mkstemp(UNFINISHED, dir=directory)
    try:
        with os.fdopen(number, "w+b") as file:
            _write(compiled, file)
        Path(unfinished).replace(path_of(directory, name))
    except OSError:
        with suppress(OSError):
            Path(unfinished).unlink()
        raise
    with suppress(OSError):
        _tidy(directory)


@uncollected()
def load(directory: Path, name: str, wordlists: Iterable[Wordlist], source: Source) -> Compiled:
    """Return the automaton of a name; raise NotSavedError where it is missing or damaged."""
    try:
        with path_of(directory, name).open("rb") as file:
            if file.read(_DIGEST_SIZE) != _digest(file):
                raise NotSavedError(name)
            alphabet, strings, trie = _read(file)
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise NotSavedError(name) from error
    return Compiled(Spellings(wordlists), readings_of(source), alphabet, strings, trie)


def _write(compiled: Compiled, file: BufferedIOBase) -> None:
    strings = compiled.strings
    numbers: list[array[int]] = [getattr(strings, key) for key in _ARRAYS]
    written = "\n".join(strings.written).encode("utf-8", "surrogatepass")
    nodes, *shape, _ = compiled.trie.__reduce__()[1] or ([], None)
    told = {
        "characters": compiled.alphabet.characters,
        "classes": compiled.alphabet.classes,
        "kinds": strings.kinds,
        "written": len(written),
        "numbers": list(map(len, numbers)),
        "nodes": list(map(len, nodes)),
        "shape": shape,
    }
    file.write(bytes(_DIGEST_SIZE))
    file.write(f"{json.dumps(told)}\n".encode())
    file.write(written)
    file.writelines(numbers)
    file.writelines(nodes)
    digest = _digest(file)
    file.seek(0)
    file.write(digest)


def _read(file: BufferedIOBase) -> tuple[Alphabet, Strings, ahocorasick.Automaton]:
    file.seek(_DIGEST_SIZE)
    told = json.loads(file.readline())
    written = file.read(told["written"]).decode("utf-8", "surrogatepass")
    numbers = [array("i", file.read(length * array("i").itemsize)) for length in told["numbers"]]
    nodes = [file.read(length) for length in told["nodes"]]
    lengths, first, spelling, kinds_of, confidence = numbers
    kinds = [tuple(one) for one in told["kinds"]]
    strings = Strings(written.split("\n") if spelling else [], lengths, first, spelling, kinds, kinds_of, confidence)
    trie = ahocorasick.Automaton(nodes, *told["shape"], None) if nodes else ahocorasick.Automaton()
    return Alphabet(told["characters"], told["classes"]), strings, trie


def _told(dialect: Dialect) -> object:
    return dialect.id, [(one.standard, one.word, one.is_ambiguous) for one in dialect.equivalents]


def _digest(file: BufferedIOBase) -> bytes:
    """Return the digest of what stands in a file behind the place of its digest."""
    file.seek(_DIGEST_SIZE)
    return hashlib.file_digest(file, "blake2b").digest()


def _tidy(directory: Path) -> None:
    """Delete all automata but the latest ones, and what processes that died have left."""
    latest_first = sorted(directory.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
    abandoned = time.time() - ABANDONED_AFTER
    for path in latest_first[KEPT:]:
        path.unlink(missing_ok=True)
    for path in directory.glob(f"*{UNFINISHED}"):
        if path.stat().st_mtime < abandoned:
            path.unlink(missing_ok=True)

"""Compiled wordlists on disk: what takes seconds to make is read in a fraction of one.

Each layer of an automaton is a file, and the last one names the automaton. A process loads a layer once. Whatever is
wrong with a file, the caller compiles anew.
"""

from __future__ import annotations

import hashlib
import os
import platform
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

from moderation.match import layer_file
from moderation.match.cache_file import UNFINISHED, DamagedError, latest_first
from moderation.match.compiled import Compiled, Source, readings_of
from moderation.match.compiling import compile_wordlists
from moderation.match.dialect import Dialect
from moderation.match.layer import Layer
from moderation.match.remembered import remembered
from moderation.match.spellings import Spellings
from moderation.match.turn import turn
from moderation.match.uncollected import uncollected
from moderation.match.wordlist import Wordlist

KEPT = 6
"""Automata that a directory keeps, the latest ones."""

ABANDONED_AFTER = 3600.0
"""Seconds after which a file that is not whole belongs to a process that has died."""

SUFFIX, TURN = ".automaton", ".turn"
APART = "-"
"""Stands in a name between what variants are made from and what is looked for."""

_MATCHERS = (
    "alphabet", "cache_file", "combinations", "compiled", "compiling", "forms", "layer", "layer_file", "lines",
    "readings", "saved", "section", "spellings", "spelt", "substitution", "variants",
)  # fmt: skip
_MAKERS = (*(f"match/{name}.py" for name in _MATCHERS), "text/normal.py", "text/segment.py")
"""Modules whose code decides what the strings are; a change of theirs makes another automaton."""

_PACKAGE = Path(__file__).resolve().parent.parent

_loading = Lock()
_loaded: WeakValueDictionary[tuple[str, str], Layer] = WeakValueDictionary()


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
    directory: Path,
    wordlists: Sequence[Wordlist],
    source: Source,
    forms: bytes,
    dictionary: Iterable[str],
    like: Spellings | None = None,
) -> Obtained:
    """Return the automaton of wordlists as it was saved; where it was not, compile it and save it if that is possible.

    `forms` and `dictionary` are what the source was made from, as `name_of` takes them; `like` is as `Spellings` takes
    it.
    """
    name = name_of(wordlists, forms, source.dialects, dictionary)
    found = _found(directory, name, wordlists, source, like)
    if found is not None:
        return found
    with turn(directory / f"{name}{TURN}"):
        found = _found(directory, name, wordlists, source, like)
        return found if found is not None else _compiled(directory, name, wordlists, source)


def _found(
    directory: Path, name: str, wordlists: Sequence[Wordlist], source: Source, like: Spellings | None
) -> Obtained | None:
    """Return a saved automaton, whose layers are among the latest from now on."""
    path = path_of(directory, name)
    if not path.exists():
        return None
    with suppress(NotSavedError):
        compiled = load(directory, name, wordlists, source, like)
        for layer in compiled.layers:
            _touch(path_of(directory, layer.name))
        return Obtained(compiled, path, was_found=True)
    return None


def _compiled(directory: Path, name: str, wordlists: Sequence[Wordlist], source: Source) -> Obtained:
    """Compile wordlists, upon a layer that is saved where there is one that fits, and save what is made."""
    beneath, made = _beneath(directory, name, wordlists)
    compiled, path = compile_wordlists(wordlists, source, beneath, made, name), path_of(directory, name)
    try:
        save(compiled, directory, name, _marks(wordlists))
    except OSError as error:
        return Obtained(compiled, path, was_found=False, error=error)
    with _loading:
        _loaded[str(directory), name] = compiled.layers[-1]
    return Obtained(compiled, path, was_found=False)


def _beneath(directory: Path, name: str, wordlists: Sequence[Wordlist]) -> tuple[Layer | None, list[Layer]]:
    """Return the layer made from the same source of whose wordlists the fewest differ, and the latest one upon it."""
    marks = _marks(wordlists).items()
    whole: dict[str, int] = {}
    upon: dict[str, list[str]] = {}
    for path in latest_first(directory, f"{name.partition(APART)[0]}{APART}*{SUFFIX}"):
        with suppress(DamagedError):
            beneath, others = layer_file.head(path)
            if beneath:
                upon.setdefault(beneath, []).append(path.stem)
            else:
                whole[path.stem] = len(marks ^ others.items())
    for nearest in sorted(whole, key=whole.__getitem__):
        with suppress(NotSavedError):
            layer = _layer(directory, nearest)
            _touch(path_of(directory, nearest))
            return layer, _first(directory, upon.get(nearest, ()))
    return None, []


def _first(directory: Path, names: Iterable[str]) -> list[Layer]:
    """Return the first layer of some names that can be read, if there is one."""
    for name in names:
        with suppress(NotSavedError):
            return [_layer(directory, name)]
    return []


def _marks(wordlists: Iterable[Wordlist]) -> dict[str, str]:
    """Return what names what is looked for of each wordlist."""
    return {wordlist.id: wordlist.spelt_digest.hex() for wordlist in wordlists}


def path_of(directory: Path, name: str) -> Path:
    """Return where the automaton of a name lies."""
    return directory / f"{name}{SUFFIX}"


def name_of(wordlists: Iterable[Wordlist], forms: bytes, dialects: Iterable[Dialect], dictionary: Iterable[str]) -> str:
    """Return a name for what is compiled from these; it changes with everything that the strings depend on."""
    made_from = _digest_of_source(forms, tuple(dialects), tuple(dictionary), _code())
    digest = hashlib.sha256()
    for wordlist in wordlists:
        digest.update(wordlist.spelt_digest)
    return f"{made_from[:24]}{APART}{digest.hexdigest()[:32]}"


@remembered
def _digest_of_source(forms: bytes, dialects: tuple[Dialect, ...], dictionary: tuple[str, ...], code: bytes) -> str:
    """Return the digest of what variants are made from, and of the code that makes them."""
    digest = hashlib.sha256(code)
    digest.update(forms)
    for dialect in dialects:
        digest.update(repr(_told(dialect)).encode("utf-8", "backslashreplace"))
    digest.update("\n".join(dictionary).encode())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _code() -> bytes:
    """Return the digest of the code that decides what the strings are, and of the machine that runs it."""
    digest = hashlib.sha256(f"{platform.machine()} {platform.python_version()} {os.name}".encode())
    for package in ("pyahocorasick", "jieba"):
        digest.update(f"{package} {version(package)}".encode())
    for module in _MAKERS:
        digest.update((_PACKAGE / module).read_bytes())
    return digest.digest()


def save(compiled: Compiled, directory: Path, name: str, marks: Mapping[str, str] | None = None) -> None:
    """Write the last layer of an automaton under a name; raise OSError where the directory cannot be written.

    `marks` name what is looked for of each wordlist. Directories that are missing are made for this user alone.
    """
    layer_file.write(compiled.layers[-1], path_of(directory, name), marks or {})
    with suppress(OSError):
        _tidy(directory)


@uncollected()
def load(
    directory: Path, name: str, wordlists: Iterable[Wordlist], source: Source, like: Spellings | None = None
) -> Compiled:
    """Return the automaton of a name; raise NotSavedError where it is missing or damaged, or what it stands on is."""
    return Compiled(Spellings(wordlists, like), readings_of(source), _layer(directory, name))


def _layer(directory: Path, name: str) -> Layer:
    """Return the layer of a name, which a process loads once while it is in use; raise NotSavedError."""
    key = str(directory), name
    with _loading:
        known = _loaded.get(key)
    if known is None:
        try:
            known = layer_file.read(path_of(directory, name), name, partial(_layer, directory))
        except DamagedError as error:
            raise NotSavedError(name) from error
        with _loading:
            known = _loaded.setdefault(key, known)
    return known


def _told(dialect: Dialect) -> object:
    return dialect.id, [(one.standard, one.word, one.is_ambiguous) for one in dialect.equivalents]


def _tidy(directory: Path) -> None:
    """Delete all automata but the latest ones and what these stand upon, and what processes that died have left."""
    saved = latest_first(directory, f"*{SUFFIX}")
    needed = set(saved[:KEPT])
    for path in saved[:KEPT]:
        with suppress(DamagedError):
            needed.add(path_of(directory, layer_file.head(path)[0]))
    for path in saved:
        if path not in needed:
            path.unlink(missing_ok=True)
    abandoned = time.time() - ABANDONED_AFTER
    for path in (*directory.glob(f"*{UNFINISHED}"), *directory.glob(f"*{TURN}")):
        if path.stat().st_mtime < abandoned:
            path.unlink(missing_ok=True)


def _touch(path: Path) -> None:
    """Have a file be the one that was used last."""
    with suppress(OSError):
        os.utime(path)

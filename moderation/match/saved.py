"""Compiled wordlists on disk: what takes seconds to make is read in a fraction of one.

Three files lie beside each other: the nodes of the trie as pyahocorasick pickles them, the arrays that belong to it,
and a manifest with the digests of both. They are read on the kind of machine that wrote them; whatever is wrong with
them, the caller compiles anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import tempfile
from array import array
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import ahocorasick
import numpy as np

from moderation.match.alphabet import Alphabet
from moderation.match.compiled import Compiled, Source, Strings, readings_of
from moderation.match.dialect import Dialect
from moderation.match.spellings import Spellings
from moderation.match.uncollected import uncollected
from moderation.match.wordlist import Wordlist

KEPT = 4
"""Automata that a directory keeps, the latest ones."""

_MAKERS = (
    *(
        f"match/{name}"
        for name in ("alphabet", "combinations", "compiled", "readings", "saved", "spellings", "variants")
    ),
    "text/normal",
)
"""Modules whose code decides what the strings are; a change of theirs makes another automaton."""

_PACKAGE = Path(__file__).resolve().parent.parent
_ARRAYS = ("lengths", "first", "spelling", "kinds_of", "confidence")


class NotSavedError(Exception):
    """There is no readable automaton of this name."""


def name_of(wordlists: Iterable[Wordlist], forms: bytes, dialects: Iterable[Dialect], dictionary: Iterable[str]) -> str:
    """Return a name for what is compiled from these; it changes with everything that the strings depend on."""
    digest = hashlib.sha256(f"{platform.machine()} {platform.python_version()} {os.name}".encode())
    for package in ("pyahocorasick", "jieba"):
        digest.update(f"{package} {version(package)}".encode())
    for module in _MAKERS:
        digest.update((_PACKAGE / f"{module}.py").read_bytes())
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
    """Write an automaton under a name; raise OSError where the directory cannot be written."""
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory) as place:
        trie, arrays = Path(place, "trie"), Path(place, "arrays")
        _, (nodes, *shape, _) = compiled.trie.__reduce__()
        trie.write_bytes(b"".join(nodes))
        with arrays.open("wb") as file:
            strings = compiled.strings
            written = np.frombuffer("\n".join(strings.written).encode("utf-8", "surrogatepass"), dtype=np.uint8)
            lengths, first, spelling, kinds_of, confidence = (
                np.array(getattr(strings, key), dtype=np.int32) for key in _ARRAYS
            )
            np.savez(
                file,
                written=written,
                lengths=lengths,
                first=first,
                spelling=spelling,
                kinds_of=kinds_of,
                confidence=confidence,
                pieces=list(map(len, nodes)),
                shape=shape,
            )
        manifest = {
            "trie": _digest(trie),
            "arrays": _digest(arrays),
            "kinds": strings.kinds,
            "characters": compiled.alphabet.characters,
            "classes": compiled.alphabet.classes,
        }
        Path(place, "manifest").write_text(json.dumps(manifest), encoding="utf-8")
        for part in ("trie", "arrays", "manifest"):
            Path(place, part).replace(directory / f"{name}.{part}")
    _tidy(directory)


@uncollected()
def load(directory: Path, name: str, wordlists: Iterable[Wordlist], source: Source) -> Compiled:
    """Return the automaton of a name; raise NotSavedError where it is missing or damaged."""
    try:
        manifest = json.loads((directory / f"{name}.manifest").read_text(encoding="utf-8"))
        trie, arrays = directory / f"{name}.trie", directory / f"{name}.arrays"
        if (manifest["trie"], manifest["arrays"]) != (_digest(trie), _digest(arrays)):
            raise NotSavedError(name)
        with np.load(arrays, allow_pickle=False) as read:
            numbers = [array("i", read[key].tobytes()) for key in _ARRAYS]
            written = read["written"].tobytes().decode("utf-8", "surrogatepass").split("\n")
            pieces, shape = read["pieces"].tolist(), read["shape"].tolist()
        lengths, first, spelling, kinds_of, confidence = numbers
        kinds = [tuple(one) for one in manifest["kinds"]]
        strings = Strings(written, lengths, first, spelling, kinds, kinds_of, confidence)
        alphabet = Alphabet(manifest["characters"], manifest["classes"])
        with trie.open("rb") as file:
            nodes = [file.read(length) for length in pieces]
        loaded = ahocorasick.Automaton(nodes, *shape, None)
        return Compiled(Spellings(wordlists), readings_of(source), alphabet, strings, loaded)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotSavedError(name) from error


def _told(dialect: Dialect) -> object:
    return dialect.id, [(one.standard, one.word, one.is_ambiguous) for one in dialect.equivalents]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def _tidy(directory: Path) -> None:
    """Delete all automata but the latest ones."""
    manifests = sorted(directory.glob("*.manifest"), key=lambda path: path.stat().st_mtime, reverse=True)
    for manifest in manifests[KEPT:]:
        for part in ("manifest", "arrays", "trie"):
            manifest.with_suffix(f".{part}").unlink(missing_ok=True)

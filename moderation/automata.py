"""The automata of wordlists: compiled here, or taken from the directory that keeps them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from platformdirs import user_cache_path

from moderation import shipped
from moderation.match import saved
from moderation.match.automaton import Automaton
from moderation.match.compiled import Source
from moderation.match.dialect import Dialect
from moderation.match.forms import FormsInFiles
from moderation.match.on_trial import WordsOnTrial, entries_of, trials_of, without_trials
from moderation.match.readings import Readings
from moderation.match.saved import Obtained
from moderation.match.wordlist import Wordlist
from moderation.text.segment import Segmenter

SHORTENERS, PROTECTED_HOSTS, DOWNLOADS = "link/shortener", "link/protected", "link/download"
BLOCKED_HOSTS = "link/blocked"
SEGMENTATION = "segmentation/words"
OTHER_USE = frozenset((SHORTENERS, PROTECTED_HOSTS, DOWNLOADS, BLOCKED_HOSTS, SEGMENTATION))
"""Wordlists that feed the link finder and the segmenter instead of the automaton."""

SAVED_FROM = 1000
"""Entries on trial from which on their automaton is saved; fewer are compiled as soon as they are read."""

Named = TypeVar("Named", Wordlist, Dialect)

Unsaved = Callable[[Path, OSError], None]
"""Is told where an automaton should have been saved and why it could not be."""


def default_cache() -> Path:
    """Return the directory of the user that keeps compiled automata: MODERATION_CACHE, or that of the platform."""
    return Path(os.environ.get("MODERATION_CACHE", "").strip() or user_cache_path("moderation"))


def texts_of(wordlists: Iterable[Wordlist], wordlist_id: str) -> tuple[str, ...]:
    """Return the texts of the entries of one list, none where it is not there."""
    return tuple(entry.text for wordlist in wordlists if wordlist.id == wordlist_id for entry in wordlist.entries)


def save_automata(wordlists: Sequence[Wordlist], dialects: Sequence[Dialect], cache: Path) -> None:
    """Have the automata of wordlists lie in a directory, where others find them; what fails there is passed over."""
    spoken, ordered = in_order(dialects), in_order(wordlists)
    live, tried = without_trials(ordered), trials_of(_searched(ordered))
    obtain_automaton(live, spoken, cache)
    if len(tried) >= SAVED_FROM:
        words = texts_of(live, SEGMENTATION)
        _obtained(tried, words, spoken, cache, Segmenter(words))


def automaton_paths(wordlists: Sequence[Wordlist], dialects: Sequence[Dialect], cache: Path) -> tuple[Path, ...]:
    """Return where the automata of wordlists lie in a directory once `save_automata` saved them."""
    spoken, ordered = in_order(dialects), in_order(wordlists)
    live, tried = without_trials(ordered), trials_of(_searched(ordered))
    words, forms = texts_of(live, SEGMENTATION), _forms().content()
    kept = [_searched(live), *([tried] if len(tried) >= SAVED_FROM else [])]
    return tuple(saved.path_of(cache, saved.name_of(one, forms, spoken, words)) for one in kept)


def obtain_automaton(
    wordlists: Sequence[Wordlist],
    dialects: Sequence[Dialect],
    cache: Path,
    segmenter: Segmenter | None = None,
    like: Automaton | None = None,
) -> Obtained:
    """Return the automaton of wordlists and dialects, both by id, as a directory keeps it; else it is built and saved.

    The segmenter is one that knows the words of these wordlists, a new one unless given. What an automaton `like` has
    of the same wordlists is taken from it.
    """
    words = texts_of(wordlists, SEGMENTATION)
    return _obtained(_searched(wordlists), words, dialects, cache, segmenter or Segmenter(words), like)


def automaton_of(
    wordlists: Sequence[Wordlist],
    dialects: Sequence[Dialect],
    segmenter: Segmenter,
    cache: Path | None,
    unsaved: Unsaved | None,
    like: Automaton | None = None,
) -> Automaton:
    """Return the automaton of wordlists and dialects, both by id; without a directory it is built and not kept."""
    source = _source(dialects, segmenter)
    if cache is None:
        return Automaton(_searched(wordlists), source)
    obtained = obtain_automaton(wordlists, dialects, cache, segmenter, like)
    if obtained.error is not None and unsaved is not None:
        unsaved(obtained.path, obtained.error)
    return Automaton(_searched(wordlists), source, obtained.compiled)


def words_on_trial(
    wordlists: Sequence[Wordlist], dialects: Sequence[Dialect], segmenter: Segmenter, cache: Path | None
) -> WordsOnTrial | None:
    """Return what finds the entries on trial, None where there are none; a large automaton is kept as others are."""
    tried = trials_of(_searched(wordlists))
    if not tried:
        return None
    mark = hashlib.sha256()
    for one in tried:
        mark.update(f"{one.id} {one.variants} {one.entries}\n".encode("utf-8", "backslashreplace"))
    if cache is not None and len(tried) >= SAVED_FROM:
        words = texts_of(without_trials(wordlists), SEGMENTATION)
        automaton = Automaton(tried, compiled=_obtained(tried, words, dialects, cache, segmenter).compiled)
    else:
        automaton = Automaton(tried, _source(dialects, segmenter))
    return WordsOnTrial(entries_of(tried), automaton, mark.hexdigest())


def told_of(paths: Iterable[Path]) -> Hashable:
    """Return what changes with files."""
    told = ((path, path.stat()) for path in paths)
    return frozenset((path, one.st_mtime_ns, one.st_size) for path, one in told)


def in_order(named: Iterable[Named]) -> list[Named]:
    """Return wordlists or dialects by id."""
    return sorted(named, key=lambda one: one.id)


def _obtained(
    searched: Sequence[Wordlist],
    words: Sequence[str],
    dialects: Sequence[Dialect],
    cache: Path,
    segmenter: Segmenter,
    like: Automaton | None = None,
) -> Obtained:
    source, known = _source(dialects, segmenter), like.spellings if like is not None else None
    return saved.obtain(cache, searched, source, _forms().content(), words, known)


def _source(dialects: Sequence[Dialect], segmenter: Segmenter) -> Source:
    forms = _forms()
    return Source(forms, tuple(dialects), segmenter, _readings(forms))


def _forms() -> FormsInFiles:
    """Return the shipped forms, which a process reads once while the files stay: whatever it makes shares them."""
    directory = shipped.directory("variants")
    return _read_forms(directory, told_of(directory.glob("*.tsv")))


@lru_cache(maxsize=1)
def _read_forms(directory: Path, _told: Hashable) -> FormsInFiles:
    return FormsInFiles(directory)


@lru_cache(maxsize=1)
def _readings(forms: FormsInFiles) -> Readings:
    return Readings(forms)


def _searched(wordlists: Iterable[Wordlist]) -> list[Wordlist]:
    return [wordlist for wordlist in wordlists if wordlist.id not in OTHER_USE]

"""Building a ruleset from rules, wordlists, dialects and model, and the digest that names it."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from platformdirs import user_cache_path

from moderation import shipped
from moderation.detection import Detectors
from moderation.engine import Ruleset
from moderation.match import saved
from moderation.match.automaton import Automaton
from moderation.match.classifier import Classifier
from moderation.match.compiled import Source
from moderation.match.dialect import Dialect, load_dialects
from moderation.match.dialect_scorer import DialectScorer
from moderation.match.forms import FormsInFiles
from moderation.match.links import LinkFinder
from moderation.match.readings import Readings
from moderation.match.saved import Obtained
from moderation.match.wordlist import Wordlist, load_directory
from moderation.rules.catalogue import BY_KEY, RULES
from moderation.rules.profile_files import load_origins, load_profiles
from moderation.rules.profiles import GENERIC, Profile
from moderation.rules.rule import Rule
from moderation.text.segment import Segmenter

SHORTENERS, PROTECTED_HOSTS, DOWNLOADS = "link/shortener", "link/protected", "link/download"
SEGMENTATION = "segmentation/words"
OTHER_USE = frozenset((SHORTENERS, PROTECTED_HOSTS, DOWNLOADS, SEGMENTATION))
"""Wordlists that feed the link finder and the segmenter instead of the automaton."""


COLLECTED_AFTER = 500_000
"""Objects that come to be between two runs of the garbage collector once the ruleset is settled."""


Unsaved = Callable[[Path, OSError], None]
"""Is told where an automaton should have been saved and why it could not be."""


class RulesetError(ValueError):
    """A directory that is told does not exist, or a rule reads a wordlist that does not."""


def load_ruleset(
    wordlists: Path | None = None,
    models: Path | None = None,
    profiles: Path | None = None,
    dialects: Path | None = None,
    *,
    lists: Sequence[Wordlist] | None = None,
    wordlists_version: int = 0,
    records_shadow: bool = False,
    cache: Path | None = None,
    unsaved: Unsaved | None = None,
) -> Ruleset:
    """Return the ruleset of these directories, or of the shipped ones; own profiles are added to the shipped ones.

    `lists` stand for the directory of wordlists where they are given, as they are in a version. `cache` is the
    directory that keeps compiled automata; the user's own one unless given. `unsaved` is called where it cannot be
    written, which costs nothing but time.

    Raises WordlistError for wrong wordlists, DialectError for wrong dialect files, ModelError for a wrong model,
    ProfileError for wrong profiles, RulesetError for a missing directory, wordlist or rule.
    """
    loaded, spoken = (lists, load_spoken(dialects)) if lists is not None else load_lists(wordlists, dialects)
    classifier = Classifier.load(models or shipped.directory("models"))
    known = load_all_profiles(profiles)
    return build_ruleset(
        loaded,
        classifier,
        profiles=known,
        dialects=spoken,
        records_shadow=records_shadow,
        cache=cache or default_cache(),
        unsaved=unsaved,
        wordlists_version=wordlists_version,
    )


def save_automaton(lists: Sequence[Wordlist], dialects: Path | None = None, cache: Path | None = None) -> None:
    """Have the automaton of wordlists lie in the cache, where `load_ruleset` finds it; what fails there is passed over.

    Raises DialectError for wrong dialect files.
    """
    spoken = sorted(load_spoken(dialects), key=lambda dialect: dialect.id)
    obtain_automaton(sorted(lists, key=lambda wordlist: wordlist.id), spoken, cache or default_cache())


def automaton_path(lists: Sequence[Wordlist], dialects: Path | None = None, cache: Path | None = None) -> Path:
    """Return where the automaton of wordlists lies once it is saved; raise DialectError for wrong dialect files."""
    spoken = sorted(load_spoken(dialects), key=lambda dialect: dialect.id)
    ordered = sorted(lists, key=lambda wordlist: wordlist.id)
    name = saved.name_of(_searched(ordered), _forms().content(), spoken, _texts(ordered, SEGMENTATION))
    return saved.path_of(cache or default_cache(), name)


def load_lists(
    wordlists: Path | None = None, dialects: Path | None = None
) -> tuple[tuple[Wordlist, ...], tuple[Dialect, ...]]:
    """Return the wordlists and the dialects of these directories, or the shipped ones; raise as `load_ruleset` does."""
    _require_directory("wordlists", wordlists)
    return load_directory(wordlists or shipped.directory("wordlists")), load_spoken(dialects)


def load_spoken(own: Path | None = None) -> tuple[Dialect, ...]:
    """Return the dialects of a directory, or the shipped ones; raise as `load_ruleset` does."""
    _require_directory("dialects", own)
    directory = own or shipped.directory("dialects")
    return _read_dialects(directory, _told_of(directory.rglob("*")))


def settle() -> None:
    """Take what is loaded out of the sight of the garbage collector, which else walks it again and again under load.

    A check makes no cycles; the collector runs seldom from then on, for what libraries make.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER, 20, 20)


def load_all_profiles(own: Path | None = None) -> dict[str, Profile]:
    """Return the shipped profiles by id, and those of a directory; raise ProfileError for what is wrong in them."""
    return load_profiles(*_profile_directories(own))


def load_profile_origins(own: Path | None = None) -> dict[str, dict[str, str]]:
    """Return for each of these profiles which one sets each of its keys; raise ProfileError for unreadable files."""
    return load_origins(*_profile_directories(own))


def _profile_directories(own: Path | None) -> tuple[Path, ...]:
    _require_directory("profiles", own)
    return (shipped.directory("profiles"), *([own] if own is not None else []))


def build_ruleset(
    wordlists: Sequence[Wordlist],
    classifier: Classifier | None,
    rules: Sequence[Rule] = RULES,
    profiles: Mapping[str, Profile] | None = None,
    dialects: Sequence[Dialect] | None = None,
    *,
    records_shadow: bool = True,
    cache: Path | None = None,
    unsaved: Unsaved | None = None,
    wordlists_version: int = 0,
    like: Ruleset | None = None,
) -> Ruleset:
    """Return the ruleset of parsed wordlists, a classifier, rules, profiles and dialects; no order matters.

    Profiles and dialects are the shipped ones unless given. `cache` is a directory that keeps compiled automata,
    and `unsaved` is called where it cannot be written. The segmenter of `like` is taken where it has the same words.
    """
    known = load_all_profiles() if profiles is None else profiles
    given = load_dialects(shipped.directory("dialects")) if dialects is None else dialects
    spoken = sorted(given, key=lambda dialect: dialect.id)
    ordered = sorted(wordlists, key=lambda wordlist: wordlist.id)
    _require_wordlists(rules, ordered)
    _require_rules(known)
    words = _texts(ordered, SEGMENTATION)
    segmenter = like.detectors.segmenter if like and like.detectors.segmenter.words == words else Segmenter(words)
    detectors = Detectors(
        automaton=_automaton(ordered, spoken, segmenter, cache, unsaved),
        segmenter=segmenter,
        links=LinkFinder(_texts(ordered, SHORTENERS), _texts(ordered, PROTECTED_HOSTS), _texts(ordered, DOWNLOADS)),
        classifier=classifier,
        profiles=dict(sorted(known.items())),
        dialects=DialectScorer(spoken),
    )
    digest = digest_of(ordered, rules, classifier, known, spoken)
    return Ruleset(digest, tuple(rules), detectors, records_shadow, wordlists_version)


def default_cache() -> Path:
    """Return the directory of the user that keeps compiled automata: MODERATION_CACHE, or that of the platform."""
    return Path(os.environ.get("MODERATION_CACHE", "").strip() or user_cache_path("moderation"))


def obtain_automaton(
    wordlists: Sequence[Wordlist], dialects: Sequence[Dialect], cache: Path, segmenter: Segmenter | None = None
) -> Obtained:
    """Return the automaton of wordlists and dialects, both by id, as a directory keeps it; else it is built and saved.

    The segmenter is one that knows the words of these wordlists, a new one unless given.
    """
    words = _texts(wordlists, SEGMENTATION)
    source = _source(dialects, segmenter or Segmenter(words))
    return saved.obtain(cache, _searched(wordlists), source, _forms().content(), words)


def _automaton(
    wordlists: Sequence[Wordlist],
    dialects: Sequence[Dialect],
    segmenter: Segmenter,
    cache: Path | None,
    unsaved: Unsaved | None,
) -> Automaton:
    source = _source(dialects, segmenter)
    if cache is None:
        return Automaton(_searched(wordlists), source)
    obtained = obtain_automaton(wordlists, dialects, cache, segmenter)
    if obtained.error is not None and unsaved is not None:
        unsaved(obtained.path, obtained.error)
    return Automaton(_searched(wordlists), source, obtained.compiled)


def _source(dialects: Sequence[Dialect], segmenter: Segmenter) -> Source:
    forms = _forms()
    return Source(forms, tuple(dialects), segmenter, _readings(forms))


def _forms() -> FormsInFiles:
    """Return the shipped forms, which a process reads once while the files stay: whatever it makes shares them."""
    directory = shipped.directory("variants")
    return _read_forms(directory, _told_of(directory.glob("*.tsv")))


def _told_of(paths: Iterable[Path]) -> Hashable:
    """Return what changes with files."""
    told = ((path, path.stat()) for path in paths)
    return frozenset((path, one.st_mtime_ns, one.st_size) for path, one in told)


@lru_cache(maxsize=1)
def _read_dialects(directory: Path, _told: Hashable) -> tuple[Dialect, ...]:
    return load_dialects(directory)


@lru_cache(maxsize=1)
def _read_forms(directory: Path, _told: Hashable) -> FormsInFiles:
    return FormsInFiles(directory)


@lru_cache(maxsize=1)
def _readings(forms: FormsInFiles) -> Readings:
    return Readings(forms)


def _searched(wordlists: Iterable[Wordlist]) -> list[Wordlist]:
    return [wordlist for wordlist in wordlists if wordlist.id not in OTHER_USE]


def digest_of(
    wordlists: Iterable[Wordlist],
    rules: Iterable[Rule],
    classifier: Classifier | None,
    profiles: Mapping[str, Profile],
    dialects: Iterable[Dialect],
) -> str:
    """Return `sha256:…` over everything that a verdict depends on, besides the code."""
    digest = hashlib.sha256()
    for wordlist in wordlists:
        digest.update(f"{wordlist.id}\n{wordlist.variants}\n".encode())
        digest.update("\n".join(sorted(map(repr, wordlist.entries))).encode("utf-8", "backslashreplace"))
    for rule in sorted(rules, key=lambda rule: rule.id):
        digest.update(repr(rule).encode("utf-8", "backslashreplace"))
    for name in sorted(profiles):
        digest.update(profiles[name].model_dump_json().encode())
    for dialect in sorted(dialects, key=lambda dialect: dialect.id):
        digest.update(f"{dialect.id}\n{dialect.common}\n".encode())
        digest.update("\n".join(sorted(map(repr, dialect.equivalents))).encode("utf-8", "backslashreplace"))
    digest.update(classifier.digest.encode() if classifier else b"no model")
    return f"sha256:{digest.hexdigest()}"


def _require_directory(name: str, path: Path | None) -> None:
    if path is not None and not path.is_dir():
        raise RulesetError(f"{name}: {path}: there is no such directory; check the path")


def _require_wordlists(rules: Iterable[Rule], wordlists: Iterable[Wordlist]) -> None:
    present = {f"words:{wordlist.id}" for wordlist in wordlists}
    for rule in rules:
        missing = sorted(name for name in rule.when.names() if name.startswith("words:") and name not in present)
        if missing:
            raise RulesetError(f"rule {rule.id} reads {', '.join(missing)}: no such wordlist; add it or mend the rule")


def _require_rules(profiles: Mapping[str, Profile]) -> None:
    if GENERIC not in profiles:
        raise RulesetError(f"there is no profile {GENERIC!r}; restore {GENERIC}.toml")
    for profile in profiles.values():
        if unknown := sorted(key for key in profile.severity if key not in BY_KEY):
            raise RulesetError(f"profile {profile.id}: severity.{unknown[0]}: no such rule; see moderation rule list")


def _texts(wordlists: Iterable[Wordlist], wordlist_id: str) -> tuple[str, ...]:
    return tuple(entry.text for wordlist in wordlists if wordlist.id == wordlist_id for entry in wordlist.entries)

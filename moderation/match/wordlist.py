"""Wordlists and their entries, as files and versions hold them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

VARIANT_KINDS = frozenset(
    (
        "dialect",
        "digit",
        "emoji",
        "homophone",
        "letter",
        "look-alike",
        "pinyin",
        "reversed",
        "separator",
        "slang",
        "split",
        "traditional",
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a wordlist; all spellings are folded.

    `parts` holds the alternatives of each part: a plain entry has one part with one spelling; a combination has two or
    more parts that stand at most `window` characters apart, in any order. `near` lists words of which one must stand at
    most `near_window` characters away. `variants` are the kinds of variant of this line
    alone, None those of its wordlist; `not_variants` are left out of them. `shadow` is the last day of a trial: an
    entry that has one decides nothing, also after that day.
    """

    text: str
    parts: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]
    line: int
    window: int = 0
    weight: float = 1.0
    word_edges: bool = False
    exceptions: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    near_window: int = 0
    dialect: str = ""
    since: str = ""
    variants: frozenset[str] | None = None
    not_variants: frozenset[str] = frozenset()
    shadow: date | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Wordlist:
    """A parsed wordlist file.

    `on_trial` counts the entries on trial.
    """

    id: str
    title: str
    variants: tuple[str, ...]
    owner: str
    licence: str
    reviewed: date | None
    sources: Mapping[str, str]
    entries: tuple[Entry, ...]
    on_trial: int = field(init=False, repr=False, compare=False)
    _digests: dict[str, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "on_trial", sum(entry.shadow is not None for entry in self.entries))

    @property
    def digest(self) -> bytes:
        """Sixteen octets over its id, kinds of variant, and entries in any order."""
        return self._once("whole", lambda: (self.variants, sorted(map(_told, self.entries))))

    @property
    def spelt_digest(self) -> bytes:
        """Sixteen octets over its id, kinds of variant, and what is written of its entries."""
        return self._once("spelt", lambda: (sorted(self.variants), list(map(_spelt, self.entries))))

    def _once(self, of: str, told: Callable[[], object]) -> bytes:
        known = self._digests.get(of)
        if known is None:
            octets = f"{self.id} {told()}".encode("utf-8", "backslashreplace")
            known = self._digests[of] = hashlib.blake2b(octets, digest_size=16).digest()
        return known


def _spelt(entry: Entry) -> str:
    kinds = None if entry.variants is None else sorted(entry.variants)
    return repr((entry.parts, entry.exceptions, entry.near, kinds, sorted(entry.not_variants)))


def _told(entry: Entry) -> str:
    """Return what an entry says, in the same words in every process; a set is told in any order."""
    own = (entry.window, entry.weight, entry.word_edges, entry.near_window, entry.dialect, entry.since)
    return repr((entry.text, entry.sources, entry.line, own)) + _spelt(entry)

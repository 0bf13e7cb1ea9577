"""Verdict messages that were built before, by all that they depend on; the least recently used ones make room."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

from moderation.review.hits import Hit
from moderation.review.recording import Recorded
from moderation.text.template import Template
from moderation.verdict import Policy

OVERHEAD = 600
"""Octets that an entry takes besides its text and its message, about."""


class Built(NamedTuple):
    """A verdict message without an id, serialized, and the name of its decision; `recorded` is what the store says.

    `hits` are those of entries and rules that are watched, `rules` those that rejected it.
    """

    decision: str
    content: bytes
    recorded: Recorded | None = None
    hits: tuple[Hit, ...] = ()
    rules: tuple[str, ...] = ()


class Key(NamedTuple):
    """What a verdict message depends on; the id of a template does not matter."""

    text: str
    declared: tuple[object, ...]
    policy: Policy
    suggest: bool
    locale: str
    ruleset: str


def key_of(template: Template, policy: Policy, *, suggest: bool, locale: str, ruleset: str) -> Key:
    """Return what the verdict message on a template is kept under."""
    sender = template.signature, template.tenant, template.profile
    declared = *sender, template.type, template.industry, template.region, template.send_at
    return Key(template.text, declared, policy.mark, suggest, locale, ruleset)


@dataclass(slots=True)
class Counts:
    """How often the cache was asked, and how often it knew."""

    hits: int = 0
    misses: int = 0


class VerdictCache:
    """A bounded cache of serialized messages; belongs to one thread. With room for nothing, it keeps nothing."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[Key, Built] = OrderedDict()
        self.counts = Counts()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def size(self) -> int:
        """Octets that are taken, about."""
        return self._size

    def get(self, key: Key) -> Built | None:
        """Return the message of a key; None where it is not kept."""
        message = self._kept.get(key)
        if message is None:
            self.counts.misses += 1
            return None
        self.counts.hits += 1
        self._kept.move_to_end(key)
        return message

    def put(self, key: Key, message: Built) -> None:
        """Keep a message under a key."""
        size = _size(key, message)
        if size > self._most:
            return
        if (before := self._kept.pop(key, None)) is not None:
            self._size -= _size(key, before)
        self._kept[key] = message
        self._size += size
        while self._size > self._most:
            self._size -= _size(*self._kept.popitem(last=False))


def _size(key: Key, message: Built) -> int:
    return OVERHEAD + 4 * len(key.text) + len(message.content)

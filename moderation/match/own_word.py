"""What a tenant lists of its own: words that it forbids, watches or allows."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Listing(StrEnum):
    """What a tenant's own word is for: FORBIDDEN rejects, WATCHED asks a person, ALLOWED spares shipped words in it."""

    FORBIDDEN = "FORBIDDEN"
    WATCHED = "WATCHED"
    ALLOWED = "ALLOWED"


class OwnWord(NamedTuple):
    """A word of a tenant with its reason for people.

    One with `word_edges` is found at word edges only. `rule` (an id) and `wordlist` limit what an allowed word spares.
    """

    text: str
    reason: str
    listing: Listing = Listing.FORBIDDEN
    word_edges: bool = False
    rule: str = ""
    wordlist: str = ""

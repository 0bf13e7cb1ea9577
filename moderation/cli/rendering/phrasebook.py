"""What English messages say, in Chinese: each by a pattern of the whole message and what is put for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

Phrasebook = Sequence[tuple[re.Pattern[str], str]]


def phrasebook(*said: tuple[str, str]) -> Phrasebook:
    """Return a phrasebook of expressions of English messages and Chinese ones that refer to their groups."""
    return tuple((re.compile(english, re.DOTALL), chinese) for english, chinese in said)


def in_chinese(message: str, known: Phrasebook) -> str | None:
    """Return a message in Chinese; None where it is not known."""
    return next((found.expand(chinese) for one, chinese in known if (found := one.fullmatch(message))), None)

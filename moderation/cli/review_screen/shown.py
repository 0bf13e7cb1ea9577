"""Texts of strangers as a terminal may show them."""

from __future__ import annotations

from moderation.text.normal import is_invisible

INVISIBLE = "\N{REPLACEMENT CHARACTER}"
NEW_LINE = "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}\n"
_BREAKS = {"\n": NEW_LINE, "\r": "\N{SYMBOL FOR CARRIAGE RETURN}", "\t": "\N{RIGHTWARDS ARROW TO BAR}"}
_SEPARATORS = "\u2028\u2029"


def shown(text: str) -> str:
    """Return the text with a sign for everything that would command the terminal or show nothing.

    Reviewers have to see what hides between the characters, so nothing is dropped.
    """
    return "".join(_one(character) for character in text)


def shown_on_one_line(text: str) -> str:
    """Return the text as `shown` does, without new lines."""
    return shown(text).replace("\n", "")


def _one(character: str) -> str:
    if character in _BREAKS:
        return _BREAKS[character]
    return INVISIBLE if is_invisible(character) or character in _SEPARATORS else character

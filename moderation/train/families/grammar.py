"""The grammar of a family's texts: choices, slots, digits and placeholders, written out by a seeded choice."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NOTATIONS = ("${{{}}}", "${{{}}}", "{{{}}}", "{{{{{}}}}}", "#{}#", "%{}%", "【变量】", "*{}*")
"""How senders write a placeholder, by the name in it."""

PLACEHOLDER_SHARE = 0.5
"""Share of texts whose values are placeholders, where a slot has any."""

MOST_STEPS = 400
"""Choices and slots that one text may need; more means that a slot leads back to itself."""

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"<([a-z0-9_]+)>")
_DIGIT = re.compile("#")


class GrammarError(ValueError):
    """A pattern names no slot, or does not end."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand in a place: patterns of values, and the names of placeholders."""

    values: tuple[str, ...]
    placeholders: tuple[str, ...] = ()


def write(pattern: str, slots: Mapping[str, Slot], choose: random.Random) -> str:
    """Return one text of a pattern; raise GrammarError where a slot is missing or leads back to itself.

    `[a|b]` is one of its alternatives, which may hold others; `<name>` is a slot, `#` outside of placeholders a digit.
    """
    masked = choose.random() < PLACEHOLDER_SHARE
    notation = choose.choice(NOTATIONS)
    held: list[str] = []
    text = pattern
    for _ in range(MOST_STEPS):
        if (choice := _CHOICE.search(text)) is not None:
            text = text[: choice.start()] + choose.choice(choice[1].split("|")) + text[choice.end() :]
        elif (found := _SLOT.search(text)) is not None:
            if (slot := slots.get(found[1])) is None:
                raise GrammarError(f"no slot <{found[1]}>; list it in the family's slots or in slots.toml")
            value = _value(slot, notation if masked else "", held, choose)
            text = text[: found.start()] + value + text[found.end() :]
        else:
            text = _DIGIT.sub(lambda _: str(choose.randrange(10)), text)
            return re.sub("[\ue000-\uf8ff]", lambda mark: held[ord(mark[0]) - 0xE000], text)
    raise GrammarError("a slot leads back to itself, or the text is longer than any SMS")


def _value(slot: Slot, notation: str, held: list[str], choose: random.Random) -> str:
    """Return a value's pattern; a placeholder is held back under a private character, so that its # stays."""
    if not slot.placeholders or not notation:
        return choose.choice(slot.values)
    held.append(notation.format(choose.choice(slot.placeholders)))
    return chr(0xE000 + len(held) - 1)


def unbalanced(pattern: str) -> bool:
    """Return whether brackets of choices do not pair up."""
    depth = 0
    for character in pattern:
        depth += (character == "[") - (character == "]")
        if depth < 0:
            return True
    return depth != 0


def slots_of(table: Mapping[str, Sequence[str]]) -> dict[str, Slot]:
    """Return a family's own slots."""
    return {name: Slot(tuple(values)) for name, values in table.items()}

"""The keys, in one table: what each does, its text, and whether the line at the bottom shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textual.binding import Binding


class Key(NamedTuple):
    """A key and its action; `name` is that of its text, `shown` is how help names the key."""

    key: str
    name: str
    action: str
    shown: str
    is_hinted: bool = False


KEYS = (
    Key("g", "claim next", "claim_next", "g", True),
    Key("c", "claim", "claim", "c Enter", True),
    Key("p", "pass", "rule('PASS')", "p", True),
    Key("x", "reject", "rule('REJECT')", "x", True),
    Key("a", "appeal", "appeal", "a", True),
    Key("s", "skip", "skip", "s", True),
    Key("b", "release", "release", "b", True),
    Key("u", "undo", "undo", "u", True),
    Key("o", "note", "note", "o"),
    Key("n", "next reason", "move_reason(1)", "n"),
    Key("N", "previous reason", "move_reason(-1)", "N"),
    Key("space", "mark", "mark", "Space"),
    Key("r", "refresh", "refresh", "r"),
    Key("t", "toggle next", "toggle_next", "t"),
    Key("escape", "dismiss", "dismiss", "Esc"),
    Key("question_mark", "help", "help", "?", True),
    Key("q", "quit", "quit", "q", True),
)
NATIVE_KEYS = (("look", "Enter"), ("focus", "Tab"), ("move", "↑ ↓ PgDn"))
"""Keys that the widgets handle: the key of the text, and how help names them."""


def bindings() -> list[Binding]:
    """Return the bindings of the application."""
    return [Binding(key.key, key.action, show=False) for key in KEYS]


def hints(words: Mapping[str, str], *, is_appeal: bool) -> str:
    """Return the line of the most used keys: those that decide an appeal, or any other case."""
    useless = ("pass", "reject") if is_appeal else ("appeal",)
    hinted = [key for key in KEYS if key.is_hinted and key.name not in useless]
    return "  ".join(f"{key.shown.split()[0]} {words[f'key {key.name}']}" for key in hinted)


def all_keys(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each key with what it does."""
    named = [(key.shown, words[f"key {key.name}"]) for key in KEYS]
    return named + [(shown, words[f"key {name}"]) for name, shown in NATIVE_KEYS]

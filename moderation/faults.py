"""What is wrong with a value, in our own words: what was found and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import PurePath

from pydantic_core import ErrorDetails

SHOWN = 40
"""Characters of a wrong value that a message repeats."""

DISORDER = "disorder"
"""The type of a pydantic error about keys that contradict each other; its context names them as `keys`."""

ALLOWED = {
    "int": "write a whole number",
    "float": "write a number",
    "finite": "write a number",
    "bool": "write true or false",
    "string": 'write a text, in a file in quotes: "…"',
    "tuple": 'write a list: ["…", "…"]',
    "frozen": 'write a list: ["…", "…"]',
    "list": 'write a list: ["…", "…"]',
    "dict": "write a table of keys and values",
    "mapping": "write a table of keys and values",
    "model": "write a table of keys and values",
    "time": "write a time such as 08:00:00, in a file without quotes",
    "date": "write a day such as 2026-12-01, in a file without quotes",
    "path": "name something that exists",
}
"""How to mend a value of the wrong kind, by the first word of pydantic's name of the error."""


def explain(error: ErrorDetails, known: Iterable[str] = ()) -> str:
    """Return what is wrong and how to mend it; `known` are the keys that may stand where one is wrong."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == DISORDER:
        return error["msg"]
    if kind == "extra_forbidden":
        near = suggest(str(error["loc"][-1]), known)
        return f"there is no such key; {near}known keys: {', '.join(known)}"
    if kind == "missing":
        return "is missing; add it"
    found = f"found {_shown(error['input'])}; "
    if kind in ("literal_error", "enum"):
        return f"{found}{suggest(str(error['input']), _choices(context['expected']))}use {context['expected']}"
    if kind == "greater_than_equal":
        return f"{found}it must be at least {context['ge']}"
    if kind == "less_than_equal":
        return f"{found}it must be at most {context['le']}"
    if kind == "path_not_file":
        return f"{found}there is no such file; check the path"
    return found + ALLOWED.get(kind.partition("_")[0], error["msg"])


def suggest(word: str, known: Iterable[str]) -> str:
    """Return `did you mean …? ` with the known words nearest to a wrong one; empty where none is near."""
    near = get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f"did you mean {', '.join(near)}? " if near else ""


def _choices(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").replace("'", "").split(", ")


def _shown(value: object) -> str:
    told = repr(str(value) if isinstance(value, PurePath) else value)
    return told if len(told) <= SHOWN else told[:SHOWN] + "…"

"""`moderation wordlist build`: the automaton of the wordlists, made before a server needs it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from moderation.cli.check import Locale
from moderation.cli.failure import fail, ruleset_errors
from moderation.cli.rule import Format

EXAMPLE = "Example: moderation wordlist build · moderation wordlist build --cache /var/cache/moderation --format json"

LABELS = {
    Locale.ZH: {
        "entries": "词条",
        "strings": "写法",
        "seconds": "用时（秒）",
        "megabytes": "大小（MB）",
        "built": "来源",
        "path": "位置",
    },
    Locale.EN: {
        "entries": "entries",
        "strings": "strings",
        "seconds": "seconds",
        "megabytes": "megabytes",
        "built": "origin",
        "path": "path",
    },
}
ORIGINS = {Locale.ZH: {True: "新建", False: "已有"}, Locale.EN: {True: "built now", False: "found"}}


def build(
    wordlists: Annotated[Path | None, typer.Option(help="A directory of wordlists, not the shipped ones.")] = None,
    dialects: Annotated[Path | None, typer.Option(help="A directory of dialect files, not the shipped ones.")] = None,
    cache: Annotated[
        Path | None,
        typer.Option(help="The directory to keep it in, not that of MODERATION_CACHE or the user's cache directory."),
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write what was done.")] = Format.TABLE,
    locale: Annotated[Locale, typer.Option(help="The language of the table.")] = Locale.ZH,
) -> None:
    """Build the automaton of the wordlists and save it, unless it is there; a server with these lists starts at once.

    Exit code 2 where the directory cannot be written.
    """
    from moderation.automata import default_cache, obtain_automaton
    from moderation.ruleset import load_lists

    directory = cache or default_cache()
    start = time.perf_counter()
    with ruleset_errors(locale):
        obtained = obtain_automaton(*load_lists(wordlists, dialects), directory)
    seconds = time.perf_counter() - start
    if obtained.error is not None:
        reason = obtained.error.strerror
        fail(f"{directory}: cannot be written: {reason}; name another directory by --cache or MODERATION_CACHE")
    record = {
        "entries": len(obtained.compiled.spellings.entries),
        "strings": obtained.compiled.strings,
        "seconds": round(seconds, 2),
        "megabytes": round(obtained.path.stat().st_size / 1e6, 1),
        "built": not obtained.was_found,
        "path": str(obtained.path),
    }
    typer.echo(json.dumps(record, ensure_ascii=False, indent=2) if format is Format.JSON else _table(record, locale))


def _table(record: dict[str, Any], locale: Locale) -> str:
    shown = record | {"built": ORIGINS[locale][record["built"]]}
    return "\n".join(f"{label}: {shown[key]}" for key, label in LABELS[locale].items())

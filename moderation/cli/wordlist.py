"""`moderation wordlist`: what is looked for, and in which other spellings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from moderation.cli.access import REMOTE, Access, accessing
from moderation.cli.check import Locale
from moderation.cli.failure import fail, ruleset_errors
from moderation.review.people import Role

if TYPE_CHECKING:
    from moderation.match.dialect import Dialect
    from moderation.match.expansion import Expander
    from moderation.match.wordlist import Wordlist

app = typer.Typer(help="Show the wordlists, and change them in versions.", no_args_is_help=True, rich_markup_mode=None)

LIST_EXAMPLE = "Example: moderation wordlist list · moderation wordlist list --wordlists ./wordlists --format json"
VARIANTS_EXAMPLE = (
    "Example: moderation wordlist variants 没有风险 · moderation wordlist variants 加微信 --kind homophone"
)

KIND_NAMES = {
    "dialect": "方言",
    "digit": "数字",
    "emoji": "表情",
    "homophone": "谐音",
    "letter": "字母",
    "look-alike": "形近",
    "pinyin": "拼音",
    "reversed": "倒写",
    "separator": "夹符号",
    "slang": "黑话",
    "split": "拆字",
    "traditional": "繁体异体",
}
COLUMNS = {
    Locale.ZH: ("写法", "方式", "把握", "词表"),
    Locale.EN: ("spelling", "kinds", "confidence", "wordlists"),
}
LONGEST_WORD = 24
"""Characters of a word whose spellings are told; the longest listed word is shorter."""

SHOWN = 40
"""Characters of an entry that are shown beside its place; a combination may have hundreds."""

ANY = ""
"""Stands for the wordlists where a word is in none, or where the kinds are chosen by hand."""

Own = Annotated[Path | None, typer.Option(help="A directory of your own wordlists, instead of the shipped.")]


class Format(StrEnum):
    """How variants are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


FormatOption = Annotated[Format, typer.Option(help="How to write them.")]


@app.command("list", epilog=LIST_EXAMPLE)
@accessing("store", "keys", "locale", "wordlists", *REMOTE, role=Role.POLICY)
def list_wordlists(access: Access, format: FormatOption = Format.TABLE) -> None:
    """List the wordlists in force, or the shipped ones without a store: title, number of entries, kinds of variant."""
    from moderation.cli.wordlist_access import opened_lists

    with opened_lists(access, needs_store=False) as opened:
        lists = opened.wordlists()
    records = [{"id": one.id, "title": one.title, "entries": one.entries, "kinds": sorted(one.kinds)} for one in lists]
    if format is not Format.TABLE:
        _echo(records, format)
        return
    rows = [(str(one["id"]), str(one["title"]), str(one["entries"]), " ".join(one["kinds"])) for one in records]  # type: ignore[arg-type]
    _print_table(("id", "title", "entries", "kinds"), rows)


@app.command("variants", epilog=VARIANTS_EXAMPLE)
def show_variants(
    word: Annotated[str, typer.Argument(help="A word, in a wordlist or not.")],
    wordlists: Own = None,
    dialects: Annotated[
        Path | None, typer.Option(help="A directory of your own dialect files, instead of the shipped.")
    ] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only spellings of this kind of variant; repeatable.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, the surest ones.")] = None,
    format: FormatOption = Format.TABLE,
    locale: Annotated[Locale, typer.Option(help="The language of the table.")] = Locale.ZH,
) -> None:
    """Print the other spellings in which a word is found, of one or two changes; a word in no list gets all kinds.

    The lists are the shipped ones, or those of --wordlists, and not those of a store.
    """
    from moderation.text.normal import fold

    chosen = _kinds(kind or ())
    folded = fold(word).text.strip()
    if not folded:
        fail("the word is empty; write for instance moderation wordlist variants 没有风险")
    if len(folded) > LONGEST_WORD or not folded.isprintable():
        fail(f"give one word of at most {LONGEST_WORD} characters on one line, as wordlists have them")
    with ruleset_errors(locale):
        expander, spoken = _expander(wordlists, dialects)
    holders = expander.holders(folded)
    asked: dict[str, frozenset[str]] = {}
    for listed in holders:
        asked[listed.wordlist] = asked.get(listed.wordlist, frozenset()) | listed.kinds
    found = [
        one
        for one in expander.expand(folded, asked or {ANY: frozenset(KIND_NAMES)})
        if not chosen or chosen.issuperset(kind.partition(":")[0] for kind in one.reading.kinds)
    ]
    records = [
        {
            "spelling": one.spelling,
            "kinds": list(one.reading.kinds),
            "confidence": round(one.reading.confidence, 3),
            "wordlists": [wordlist for wordlist in one.wordlists if wordlist != ANY],
        }
        for one in found[:limit]
    ]
    head = [
        {"id": one.wordlist, "entry": one.entry.text, "line": one.entry.line, "kinds": sorted(one.kinds)}
        for one in holders
    ]
    if format is Format.JSONL:
        _echo(records, format)
    elif format is Format.JSON:
        kinds = sorted(chosen or frozenset().union(*asked.values()) or KIND_NAMES)
        _echo({"word": folded, "wordlists": head, "kinds": kinds, "total": len(found), "variants": records}, format)
    else:
        _print_variants(folded, head, records, len(found), locale, spoken)


def _print_variants(
    word: str,
    head: Sequence[dict[str, Any]],
    records: Sequence[dict[str, Any]],
    total: int,
    locale: Locale,
    dialects: Sequence[Dialect],
) -> None:
    is_chinese = locale is Locale.ZH
    titles = {f"dialect:{one.id}": one.title for one in dialects}
    for one in head:
        kinds = (KIND_NAMES[kind] if is_chinese else kind for kind in one["kinds"])
        entry = one["entry"] if len(one["entry"]) <= SHOWN else f"{one['entry'][:SHOWN]}…"
        typer.echo(f"{one['id']}:{one['line']}  {entry}  {' '.join(kinds) or '-'}")
    if not head:
        typer.echo(f"{word} 不在任何词表中,列出所有方式" if is_chinese else f"{word} is in no wordlist: all kinds")
    if len(word) == 1:
        typer.echo("单字只按原样查找" if is_chinese else "a single character is looked for as it is")
    rows = [
        (
            one["spelling"],
            " ".join(KIND_NAMES.get(kind, titles.get(kind, kind)) if is_chinese else kind for kind in one["kinds"]),
            f"{one['confidence']:.2f}",
            " ".join(one["wordlists"]) or "-",
        )
        for one in records
    ]
    if rows:
        _print_table(COLUMNS[locale], rows)
    typer.echo(f"共 {total} 种写法,列出 {len(rows)} 种" if is_chinese else f"{len(rows)} of {total} spellings")
    if not head or any("separator" in one["kinds"] for one in head):
        told = "夹在字间的符号和叠写的字在检查时识别,不逐一列出"
        typer.echo(
            told if is_chinese else "signs between characters and repeated ones are seen in any place, and not told"
        )


def _kinds(named: Iterable[str]) -> frozenset[str]:
    for name in named:
        if name not in KIND_NAMES:
            fail(f"--kind: {name[:40]!r} is unknown; use {', '.join(KIND_NAMES)}")
    return frozenset(named)


def _wordlists(directory: Path | None) -> Sequence[Wordlist]:
    from moderation import shipped
    from moderation.match.wordlist_file import load_directory

    if directory is not None and not directory.is_dir():
        fail(f"wordlists: {directory}: there is no such directory; check the path")
    with ruleset_errors():
        return load_directory(directory or shipped.directory("wordlists"))


def _expander(wordlists: Path | None, dialects: Path | None) -> tuple[Expander, Sequence[Dialect]]:
    from moderation import shipped
    from moderation.automata import OTHER_USE, SEGMENTATION
    from moderation.match.compiled import Source
    from moderation.match.dialect import load_dialects
    from moderation.match.expansion import Expander
    from moderation.match.forms import load_forms
    from moderation.text.segment import Segmenter

    if dialects is not None and not dialects.is_dir():
        fail(f"dialects: {dialects}: there is no such directory; check the path")
    loaded = _wordlists(wordlists)
    spoken = load_dialects(dialects or shipped.directory("dialects"))
    words = tuple(entry.text for one in loaded if one.id == SEGMENTATION for entry in one.entries)
    source = Source(load_forms(shipped.directory("variants")), spoken, Segmenter(words))
    return Expander((one for one in loaded if one.id not in OTHER_USE), source), spoken


def _echo(found: Any, format: Format) -> None:  # noqa: ANN401 - JSON
    if format is Format.JSON:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for record in found:
        typer.echo(json.dumps(record, ensure_ascii=False))


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(highlight=False, emoji=False)
    if not sys.stdout.isatty():
        console.width = 200
    console.print(table)

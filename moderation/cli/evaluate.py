"""`moderation eval`: how well texts whose labels are known are judged, by the rules, by the model, and by both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.failure import fail, ruleset_errors
from moderation.cli.progress import progress_of
from moderation.cli.rule import Format

if TYPE_CHECKING:
    from moderation.engine import Engine
    from moderation.evaluation.bounds import Bounds
    from moderation.evaluation.measures import Measures, Row
    from moderation.evaluation.truth import Reading

EXAMPLE = "Example: moderation eval labelled.jsonl --lawful 'AD:*' --html report.html"
MISSING_EXTRA = "an HTML report needs more packages; run pip install 'moderation[eval]'"
COLLECTIONS = (
    "service_sms.jsonl",
    "marketing_sms.jsonl",
    "personal_sms.jsonl",
    "spam_sms_14_classes.jsonl",
    "variant_sms.jsonl",
)
"""The files that the model is trained on; a directory that holds all of them is measured as these."""


def evaluate(
    data: Annotated[
        list[Path],
        typer.Argument(help="Labelled .jsonl files, directories of them, or the directory of the five collections."),
    ],
    label: Annotated[str, typer.Option(help="The field with the class of a text.")] = "label",
    text: Annotated[str, typer.Option(help="The field with the text.")] = "text",
    lawful: Annotated[
        list[str] | None, typer.Option(help="A class that may be sent, or a pattern such as 'AD:*'; may be repeated.")
    ] = None,
    prohibited: Annotated[
        list[str] | None, typer.Option(help="A class of prohibited content, or a pattern; may be repeated.")
    ] = None,
    unlabelled_lawful: Annotated[bool, typer.Option(help="A text without a label may be sent.")] = False,
    type: Annotated[str, typer.Option(help="The type of texts that declare none.")] = "",
    html: Annotated[Path | None, typer.Option(help="Also write a page with plots that needs nothing else.")] = None,
    bounds: Annotated[
        Path | None, typer.Option(help="Exit with 1 where a measure is below what this file says.")
    ] = None,
    write_bounds: Annotated[Path | None, typer.Option(help="Write what was measured as bounds.")] = None,
    worst: Annotated[int, typer.Option(min=0, help="How many of the worst errors of each sort to show.")] = 20,
    texts: Annotated[bool, typer.Option(help="Show the texts of errors, not only their places.")] = True,
    measured: Annotated[
        Path | None, typer.Option(help="Of the collections: write each rule's hits, for the pages of the rules.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write the measures.")] = Format.TABLE,
    wordlists: Annotated[Path | None, typer.Option(help="A directory of wordlists, not the shipped ones.")] = None,
    models: Annotated[Path | None, typer.Option(help="A directory of models, not the shipped ones.")] = None,
) -> None:
    """Measure precision, recall and F1 on labelled texts: rules alone, model alone, both.

    A row has a text and at least one label: decision (PASS, REVIEW, REJECT), expect (all categories that should be
    found), risk (normal, unlawful or a kind of prohibited content), or label (a class of your own; see --lawful). What
    else it says of the template is read as by moderation check.
    """
    if len(data) == 1 and all((data[0] / name).is_file() for name in COLLECTIONS):
        if html or bounds or write_bounds or lawful or prohibited or unlabelled_lawful or type:
            fail(
                "the five collections are measured against goals of their own; leave out the options of labelled files"
            )
        _collections(data[0], measured, format, wordlists, models)
        return
    if measured is not None:
        fail("--measured is for the directory of the five collections; leave it out")
    if bounds is not None and write_bounds is not None:
        fail("--bounds and --write-bounds exclude each other: look at what broke before it is stored")
    for output in (html, write_bounds):
        _require_output(output, data)
    from moderation.engine import Engine
    from moderation.evaluation.bounds import BoundsError, load, save
    from moderation.evaluation.measures import measure
    from moderation.evaluation.truth import Reading
    from moderation.ruleset import load_ruleset

    try:
        kept = load(bounds) if bounds else {}
        with ruleset_errors():
            engine = Engine(load_ruleset(wordlists, models))
        reading = Reading(label, tuple(lawful or ()), tuple(prohibited or ()), unlabelled_lawful)
        measures = measure(_judged(data, reading, text, type, engine), worst)
        if html is not None:
            _write_page(html, measures, data, engine.ruleset.digest, with_texts=texts)
        if write_bounds is not None:
            save(measures, write_bounds)
    except BoundsError as error:
        fail(str(error))
    _tell(measures, kept, format, with_texts=texts)


def _tell(measures: Measures, kept: Bounds, format: Format, *, with_texts: bool) -> None:
    """Print the measures; end with 2 where there are none, with 1 where one is below its bound."""
    from moderation.cli.rendering.evaluation import measures_record, measures_table
    from moderation.evaluation.bounds import NOTHING, breaches, figures_of

    if format is Format.JSON:
        typer.echo(json.dumps(measures_record(measures, with_texts=with_texts), ensure_ascii=False, indent=2))
    else:
        typer.echo(measures_table(measures, with_texts=with_texts))
    if not figures_of(measures):
        fail(NOTHING)
    broken = breaches(measures, kept)
    for breach in broken:
        typer.echo(f"below its bound: {breach}", err=True)
    if broken:
        raise typer.Exit(1)


def _require_output(path: Path | None, data: list[Path]) -> None:
    """End with a message where a file cannot be written at the end, or would overwrite what is measured."""
    if path is None:
        return
    if path.is_dir() or not path.parent.is_dir():
        fail(f"{path}: {'is a directory' if path.is_dir() else 'its directory does not exist'}; name a file to write")
    if any(path.resolve() == one.resolve() or one.resolve() in path.resolve().parents for one in data):
        fail(f"{path}: lies in what is measured; write it elsewhere")


def _judged(data: list[Path], reading: Reading, text: str, type: str, engine: Engine) -> list[Row]:
    from moderation.cli.labelled import Source, read_labelled
    from moderation.cli.reading import LineError, parse_type
    from moderation.evaluation.measures import Row
    from moderation.evaluation.systems import judge, without_model
    from moderation.text.template import Template

    try:
        defaults = Template("", type=parse_type(type) if type else None)
    except LineError as error:
        fail(f"--type: {error}")
    files = read_labelled(data, Source(reading, text, defaults, engine.ruleset.detectors.profiles))
    if files.unread:
        told = ", ".join(f"{name} ({count:,})" for name, count in files.unread.most_common())
        typer.echo(f"fields that were not read: {told}", err=True)
    templates, policies = [row.template for row in files.rows], [row.policy for row in files.rows]
    with progress_of(len(templates)) as advance:
        judged = judge(templates, policies, engine, without_model(engine), report=advance)
    return [
        Row(row.place, row.origin, row.template, row.declared, row.truth, one)
        for row, one in zip(files.rows, judged, strict=True)
    ]


def _write_page(path: Path, measures: Measures, data: list[Path], ruleset: str, *, with_texts: bool) -> None:
    try:
        from moderation.evaluation.page import render
    except ImportError:
        fail(MISSING_EXTRA)
    title = f"Evaluation: {', '.join(one.name for one in data)}"
    try:
        path.write_text(render(measures, title, ruleset, with_texts=with_texts), encoding="utf-8")
    except OSError as error:
        fail(f"{path}: {error.strerror}; write it elsewhere")


def _collections(
    data: Path, measured: Path | None, format: Format, wordlists: Path | None, models: Path | None
) -> None:
    """Check the collections and print how often each category is found, on all texts and on those not trained on."""
    from moderation.engine import Engine
    from moderation.ruleset import load_ruleset
    from moderation.train.collection_rates import MEASURED
    from moderation.train.collection_rates import evaluate as run
    from moderation.train.corpus import CorpusError

    with ruleset_errors():
        engine = Engine(load_ruleset(wordlists, models, records_shadow=measured is not None))
    try:
        evaluation = run(engine, data, report=lambda line: typer.echo(line, err=True))
    except CorpusError as error:
        fail(str(error))
    if measured is not None:
        written = json.dumps(evaluation.measured(MEASURED), ensure_ascii=False, indent=1)
        measured.write_text(written + "\n", encoding="utf-8")
    typer.echo(
        json.dumps(evaluation.record(), ensure_ascii=False, indent=2) if format is Format.JSON else evaluation.table()
    )

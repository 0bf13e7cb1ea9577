"""`moderation eval`: measured rates of the whole check on real SMS."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from moderation.cli.failure import fail, ruleset_errors
from moderation.cli.rule import Format

EXAMPLE = "Example: moderation eval data --format json"


def evaluate(
    data: Annotated[Path, typer.Argument(help="A directory with the five .jsonl collections.")],
    measured: Annotated[
        Path | None, typer.Option(help="Also write each rule's hits to this file, for the pages of the rules.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write the rates.")] = Format.TABLE,
    wordlists: Annotated[Path | None, typer.Option(help="A directory of wordlists, not the shipped ones.")] = None,
    models: Annotated[Path | None, typer.Option(help="A directory of models, not the shipped ones.")] = None,
) -> None:
    """Check real SMS and print how often each reason category is found, on all texts and on the held-out ones.

    Held-out texts are those that the model did not train on. The goals are those that the project set itself.
    """
    from moderation.engine import Engine
    from moderation.ruleset import load_ruleset
    from moderation.train.corpus import CorpusError
    from moderation.train.evaluation import evaluate as run

    with ruleset_errors():
        engine = Engine(load_ruleset(wordlists, models, records_shadow=measured is not None))
    try:
        evaluation = run(engine, data, report=lambda line: typer.echo(line, err=True))
    except CorpusError as error:
        fail(str(error))
    if measured is not None:
        from moderation.train.evaluation import MEASURED

        written = json.dumps(evaluation.measured(MEASURED), ensure_ascii=False, indent=1)
        measured.write_text(written + "\n", encoding="utf-8")
    if format is Format.JSON:
        typer.echo(json.dumps(evaluation.record(), ensure_ascii=False, indent=2))
        return
    typer.echo(evaluation.table())

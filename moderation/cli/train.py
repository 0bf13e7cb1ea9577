"""`moderation train`: data to model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from moderation.cli.failure import fail

EXAMPLE = "Example: moderation train data --output models"
MISSING_EXTRA = "training needs more packages; run pip install 'moderation[train]'"


def train(
    data: Annotated[Path, typer.Argument(help="A directory with the five .jsonl collections.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where model, manifest and card go.")] = Path("models"),
    seed: Annotated[int, typer.Option(help="The seed of what is random in fitting.")] = 1,
    leave_one_out: Annotated[bool, typer.Option(help="Also measure on each collection by a model without it.")] = True,
) -> None:
    """Train the classifier, choose its threshold, and write model, manifest and model card."""
    try:
        from moderation.train.corpus import CorpusError
        from moderation.train.training import train as run
    except ImportError:
        fail(MISSING_EXTRA)
    try:
        report = run(
            data, output, seed=seed, leave_one_out=leave_one_out, report=lambda line: typer.echo(line, err=True)
        )
    except CorpusError as error:
        fail(str(error))
    typer.echo(f"{output}: sha256:{report.sha256}, {report.size / 1e6:.1f} MB, threshold {report.threshold:g}")
    for rate in report.rates:
        typer.echo(f"{rate.head:<9} {rate.texts:<50} {rate.share:7.1%} of {rate.total}")


def _tell(line: str) -> None:
    typer.echo(line, err=True)

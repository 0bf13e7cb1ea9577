"""`moderation train`: data to the model, counts to the table of how characters are written otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from moderation.cli.failure import fail, ruleset_errors

EXAMPLE = "Example: moderation train model data --output models"
CHARACTERS_EXAMPLE = "Example: moderation train characters --variant-sms data/variant_sms.jsonl -o variants"
MISSING_EXTRA = "training needs more packages; run pip install 'moderation[train]'"


app = typer.Typer(no_args_is_help=True, help="Make the shipped model and tables again from data.")


@app.command(name="model", epilog=EXAMPLE)
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


@app.command(name="characters", epilog=CHARACTERS_EXAMPLE)
def characters(
    variant_sms: Annotated[
        Path, typer.Option(help="JSON Lines with restored, variant and has_variant: messages as meant and as sent.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where characters.tsv goes.")] = Path("variants"),
    wordlists: Annotated[
        Path | None, typer.Option(help="Wordlists whose characters are listed too; the shipped ones by default.")
    ] = None,
) -> None:
    """Write the table of how characters are written otherwise; of the messages it keeps counts of characters only."""
    from moderation.match.forms import CHARACTER_FILE
    from moderation.shipped import directory

    try:
        from moderation.train import characters as table
        from moderation.train.substitutions import SubstitutionsError
    except ImportError:
        fail(MISSING_EXTRA)
    try:
        with ruleset_errors():
            built = table.generate(wordlists or directory("wordlists"), variant_sms)
            output.mkdir(parents=True, exist_ok=True)
            table.write(built, output / CHARACTER_FILE)
    except (SubstitutionsError, OSError) as error:
        fail(f"{error}; see moderation train characters --help")
    for kind, spellings in sorted(built.items()):
        typer.echo(f"{kind:<12} {len(spellings):>6} characters {sum(map(len, spellings.values())):>7} forms")

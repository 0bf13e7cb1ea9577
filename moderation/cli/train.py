"""`moderation train`: texts to a training set, the set to the model, and what a new model would change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.failure import fail, ruleset_errors
from moderation.cli.progress import progress_of
from moderation.cli.rule import Format

if TYPE_CHECKING:
    from moderation.train.dataset import Dataset

DATA_EXAMPLE = "Example: moderation train data data -o training.jsonl.gz"
EXAMPLE = "Example: moderation train model data --output models"
COMPARE_EXAMPLE = "Example: moderation train compare new-models tests/corpus/lawful --format json"
CHARACTERS_EXAMPLE = "Example: moderation train characters --variant-sms data/variant_sms.jsonl -o variants"
MISSING_EXTRA = "training needs more packages; run pip install 'moderation[train]'"

app = typer.Typer(no_args_is_help=True, help="Make the shipped model and tables again from data.")

Rulings = Annotated[
    Path | None,
    typer.Option(
        help="JSON Lines of reviewers' rulings: text, ruling (PASS or REJECT) and, optional, risk, type, industry."
    ),
]
RulingWeight = Annotated[float, typer.Option(min=0.0, help="How many texts of a collection one ruling counts for.")]
Seed = Annotated[int, typer.Option(help="The seed of what is random.")]


@app.command(name="data", epilog=DATA_EXAMPLE)
def data(
    collections: Annotated[
        Path | None,
        typer.Argument(help="A directory with the five .jsonl collections; without it, our own texts only."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the training set goes.")] = Path(
        "training.jsonl.gz"
    ),
    rulings: Rulings = None,
    ruling_weight: RulingWeight = 5.0,
    seed: Seed = 1,
    format: Annotated[Format, typer.Option(help="How to write the statistics.")] = Format.TABLE,
) -> None:
    """Fold, clear of duplicates, group, split, balance and augment all texts; write the set, print its statistics."""
    from moderation.cli.rendering.statistics import statistics_table

    dataset = _prepared(collections, rulings, ruling_weight, seed)
    dataset.save(output)
    record = dataset.statistics()
    typer.echo(f"{output}: {len(dataset.samples):,} texts, sha256:{dataset.digest}", err=True)
    typer.echo(json.dumps(record, ensure_ascii=False, indent=2) if format is Format.JSON else statistics_table(record))


@app.command(name="model", epilog=EXAMPLE)
def model(
    source: Annotated[
        Path, typer.Argument(help="A directory with the five .jsonl collections, or a set that train data wrote.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where model, manifest and card go.")] = Path("models"),
    rulings: Rulings = None,
    ruling_weight: RulingWeight = 5.0,
    seed: Seed = 1,
    study: Annotated[
        bool, typer.Option(help="Also leave out each source in turn, guess sources, and compare kinds of models.")
    ] = True,
) -> None:
    """Train the classifier, choose its thresholds, and write model, manifest and model card."""
    try:
        from moderation.train.card import render
        from moderation.train.study import study_of
        from moderation.train.training import train as run
    except ImportError:
        fail(MISSING_EXTRA)
    if source.is_file() and rulings is not None:
        fail("a prepared set has its rulings in it; give --rulings to moderation train data, or a directory here")
    dataset = _loaded(source) if source.is_file() else _prepared(source, rulings, ruling_weight, seed)
    report = run(dataset, output, seed=seed, report=_tell)
    found = study_of(dataset, seed=seed, report=_tell) if study else None
    (output / "README.md").write_text(render(report, found), encoding="utf-8")
    typer.echo(f"{output}: sha256:{report.sha256}, {report.size / 1e6:.1f} MB")
    for rate in report.rates:
        typer.echo(f"{rate.what:<16} {rate.texts:<52} {rate.share:7.1%} of {rate.total}")


@app.command(name="compare", epilog=COMPARE_EXAMPLE)
def compare(
    candidate: Annotated[Path, typer.Argument(help="A directory with the model that may come into use.")],
    corpus: Annotated[list[Path], typer.Argument(help="Templates (.jsonl, .csv, .txt), or directories of them.")],
    models: Annotated[Path | None, typer.Option(help="The model in use; the shipped one by default.")] = None,
    most_stricter: Annotated[
        int | None, typer.Option(min=0, help="Exit with 1 where more templates than these are judged more strictly.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write the changes.")] = Format.TABLE,
) -> None:
    """Show which decisions on a corpus another model would change, both ways, before it is taken into use."""
    from moderation.cli.rendering.changes import changes_record, changes_table
    from moderation.cli.templates import read_templates
    from moderation.engine import Engine
    from moderation.ruleset import load_ruleset
    from moderation.train.changes import compare as run

    templates = read_templates(corpus)
    with ruleset_errors():
        before, after = (Engine(load_ruleset(models=directory)) for directory in (models, candidate))
    with progress_of(len(templates)) as advance:
        changes = run(templates, before, after, report=advance)
    if format is Format.JSON:
        typer.echo(json.dumps(changes_record(changes), ensure_ascii=False, indent=2))
    else:
        typer.echo(changes_table(changes))
    if most_stricter is not None and changes.stricter() > most_stricter:
        raise typer.Exit(1)


@app.command(name="characters", epilog=CHARACTERS_EXAMPLE)
def characters(
    variant_sms: Annotated[
        Path, typer.Option(help="JSON Lines with restored, variant and has_variant: messages as meant and as sent.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where characters.tsv and plain.tsv go.")] = Path(
        "variants"
    ),
    wordlists: Annotated[
        Path | None, typer.Option(help="Wordlists whose characters are listed too; the shipped ones by default.")
    ] = None,
) -> None:
    """Write the tables of how characters are written otherwise; of the messages they keep counts of characters only."""
    from moderation.match.forms import CHARACTER_FILE
    from moderation.match.plain import PLAIN_FILE, render
    from moderation.shipped import directory
    from moderation.train.plain_forms import plain_characters

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
            (output / PLAIN_FILE).write_text(render(plain_characters(built)), encoding="utf-8")
    except (SubstitutionsError, OSError) as error:
        fail(f"{error}; see moderation train characters --help")
    for kind, spellings in sorted(built.items()):
        typer.echo(f"{kind:<12} {len(spellings):>6} characters {sum(map(len, spellings.values())):>7} forms")


def _tell(line: str) -> None:
    typer.echo(line, err=True)


def _prepared(collections: Path | None, rulings: Path | None, ruling_weight: float, seed: int) -> Dataset:
    """Return the training set of collections, families and rulings; end with a message for what cannot be read."""
    from moderation.train.corpus import CorpusError
    from moderation.train.families.family import FamilyError
    from moderation.train.rulings import RulingsError
    from moderation.train.sources import assemble

    try:
        with ruleset_errors():
            return assemble(collections, rulings, ruling_weight=ruling_weight, seed=seed, report=_tell)
    except (CorpusError, FamilyError, RulingsError) as error:
        fail(str(error))


def _loaded(path: Path) -> Dataset:
    from moderation.train.dataset import Dataset, DatasetError

    try:
        return Dataset.load(path)
    except DatasetError as error:
        fail(str(error))

"""Engines without and with a batch, and the plan that compares them, with its progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from moderation.cli.access import Access
from moderation.cli.answering import words
from moderation.cli.failure import ruleset_errors
from moderation.cli.wordlist_access import InForce, directory_of
from moderation.wordlists.told import Progress

if TYPE_CHECKING:
    from moderation.library import LibraryTemplate
    from moderation.match.classifier import Classifier
    from moderation.match.dialect import Dialect
    from moderation.match.wordlist import Wordlist
    from moderation.ruleset import Unsaved
    from moderation.text.template import Template
    from moderation.wordlists.plan import Plan
    from moderation.wordlists.validation import Validated

BEFORE, AFTER = "before", "after"
"""Stages of the work, beside those of a plan."""


def compared(
    access: Access,
    lists: InForce,
    validated: Validated,
    templates: Sequence[Template] = (),
    library: Sequence[LibraryTemplate] | None = None,
) -> Plan:
    """Return the plan of valid changes to the lists in force, over stored templates and the library."""
    from moderation.engine import Engine, Ruleset
    from moderation.match.uncollected import uncollected
    from moderation.ruleset import build_ruleset, default_cache, load_all_profiles
    from moderation.wordlists.overlay import apply, overlaid
    from moderation.wordlists.plan import make_plan, ruleset_with

    dialects, unsaved = _dialects(access), _unsaved(access)
    with plan_progress(access) as progress, ruleset_errors(), uncollected():
        progress(BEFORE, 0, 1)
        before: Ruleset = build_ruleset(
            overlaid(lists.shipped, lists.overlay),
            _classifier(access),
            profiles=load_all_profiles(directory_of(access, "profiles")),
            dialects=dialects,
            records_shadow=False,
            cache=default_cache(),
            unsaved=unsaved,
        )
        progress(BEFORE, 1, 1)
        progress(AFTER, 0, 1)
        wordlists: Sequence[Wordlist] = overlaid(lists.shipped, apply(lists.shipped, lists.overlay, validated.changes))
        after = ruleset_with(wordlists, before, dialects, cache=default_cache(), unsaved=unsaved)
        progress(AFTER, 1, 1)
        known = before.detectors.profiles
        judged = [one for one in templates if not one.profile or one.profile in known]
        engines = Engine(before), Engine(after)
        return make_plan(validated, wordlists, *engines, judged, library=library, progress=progress)


@contextmanager
def plan_progress(access: Access) -> Iterator[Progress]:
    """Give what shows each stage on standard error: bars on a terminal, else a line when the stage is done."""
    said = words(access)
    if not sys.stderr.isatty():

        def tell(stage: str, done: int, total: int) -> None:
            if done >= total:
                typer.echo(f"{said[f'stage {stage}']} {done}/{total}", err=True)

        yield tell
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(said[f"stage {stage}"])
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def _dialects(access: Access) -> Sequence[Dialect]:
    from moderation import shipped
    from moderation.match.dialect import load_dialects

    with ruleset_errors():
        return load_dialects(directory_of(access, "dialects") or shipped.directory("dialects"))


def _classifier(access: Access) -> Classifier:
    from moderation import shipped
    from moderation.match.classifier import Classifier

    return Classifier.load(directory_of(access, "models") or shipped.directory("models"))


def _unsaved(access: Access) -> Unsaved:
    def warn(path: Path, error: OSError) -> None:
        typer.echo(words(access)["not saved"].format(path=path, why=error.strerror), err=True)

    return warn

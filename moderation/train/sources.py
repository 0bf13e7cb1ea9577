"""From all that there is to learn from, collections, families of ours and rulings, to one training set."""

from __future__ import annotations

from pathlib import Path

from moderation import shipped
from moderation.match.forms import load_forms
from moderation.train.augmentation import augmenter_of
from moderation.train.corpus import collected, generated, grouped
from moderation.train.dataset import Dataset, Report, prepare
from moderation.train.disputes import marked, rules_alone
from moderation.train.families.family import load_families
from moderation.train.rulings import SOURCE, load_rulings
from moderation.train.second_readings import read_again


def assemble(
    collections: Path | None, rulings: Path | None, *, ruling_weight: float, seed: int, report: Report
) -> Dataset:
    """Return the training set; the same files and seed give the same set.

    Raises CorpusError, FamilyError or RulingsError for what cannot be read, and what building a ruleset raises.
    """
    families = load_families()
    kinds = frozenset(family.risk for family in families if not family.lawful)
    ruled = load_rulings(rulings, kinds) if rulings else []
    examples = [*(collected(collections) if collections else ()), *generated(families), *ruled]
    report(f"{len(examples):,} texts read; asking the rules about labels that are in doubt")
    augmenter = augmenter_of(families, load_forms(shipped.directory("variants")))
    multipliers = {SOURCE: ruling_weight}
    return prepare(
        grouped(read_again(marked(examples, rules_alone()))),
        augmenter,
        seed=seed,
        multipliers=multipliers,
        report=report,
    )

"""Labelled texts to a training set: folded, without duplicates, grouped, split, balanced, and spelt in other ways.

The prepared set is one file of JSON Lines: what a model was trained on can be looked at, and named by its digest.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType

from moderation.match.classifier import LAWFUL
from moderation.text.normal import fold
from moderation.train.augmentation import Augmenter
from moderation.train.corpus import OWN_SOURCES, Example

Report = Callable[[str], None]

OWN_EXPONENT = 0.7
NO_MULTIPLIERS: Mapping[str, float] = MappingProxyType({})
RESIGNED_SHARE, RECLOSED_SHARE = 0.5, 0.4
TRADITIONAL_SHARE, DISGUISED_SHARE, OPENED_SHARE = 0.1, 0.5, 0.25
"""Shares of texts that are changed so."""

PLAIN = "plain"
"""The way of writing of a text as it came."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One folded text with its labels, its group, its weight, and the way in which it is written.

    `way` is PLAIN or names a change (`disguised`, `readdressed` …); what is held out is only there as it came. Labels
    that are not known are empty. `weight` is 0 for what is only measured; what is `disputed` teaches no risk.
    """

    normal: str
    source: str
    label: str
    side: str
    type: str
    industry: str
    risk: str
    group: int
    held_out: bool
    published: str = ""
    disputed: bool = False
    way: str = PLAIN
    weight: float = 1.0

    @property
    def unlawful(self) -> bool | None:
        """Whether the text is prohibited content; None where that is not known."""
        return None if not self.risk else self.risk != LAWFUL


@dataclass(frozen=True, slots=True)
class Dataset:
    """The samples, what they were made from, and the digest of all that.

    `dropped` counts the texts left out, by reason.
    """

    samples: tuple[Sample, ...]
    dropped: dict[str, int]

    @property
    def digest(self) -> str:
        """The SHA-256 of the samples, in hexadecimal."""
        return hashlib.sha256("\n".join(self._lines()).encode("utf-8", "replace")).hexdigest()

    @property
    def training(self) -> list[Sample]:
        """What a model may learn from."""
        return [sample for sample in self.samples if not sample.held_out]

    @property
    def held_out(self) -> list[Sample]:
        """What a model is measured on."""
        return [sample for sample in self.samples if sample.held_out]

    def statistics(self) -> dict[str, dict[str, int]]:
        """Return how many texts there are by source, label, way of writing, type, industry, risk and side of the split.

        Labels are counted of texts as they came; `dropped` tells what was left out and why.
        """
        columns = ("source", "way", "type", "industry", "risk")
        counts: dict[str, Counter[str]] = {name: Counter() for name in ("split", "label", *columns)}
        for sample in self.samples:
            counts["split"]["held out" if sample.held_out else "training"] += 1
            if sample.way == PLAIN:
                counts["label"][f"{sample.source}: {sample.label}"] += 1
            for column in columns:
                counts[column][getattr(sample, column) or "unknown"] += 1
        counts["dropped"] = Counter(self.dropped)
        return {name: dict(sorted(own.items())) for name, own in counts.items()}

    def save(self, path: Path) -> None:
        """Write one JSON object a line, compressed; the same samples give the same bytes."""
        with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
            for line in self._lines():
                file.write(line.encode("utf-8", "replace") + b"\n")

    @classmethod
    def load(cls, path: Path) -> Dataset:
        """Return a saved set; raise DatasetError where the file is none."""
        try:
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                return cls(tuple(Sample(**json.loads(line)) for line in lines), {})
        except (OSError, EOFError, ValueError, TypeError) as error:
            raise DatasetError(f"{path}: {error}; write it with moderation train data") from error

    def _lines(self) -> Iterator[str]:
        for sample in self.samples:
            yield json.dumps(asdict(sample), ensure_ascii=False)


class DatasetError(ValueError):
    """A file is no prepared training set."""


def teaching_risk(samples: Iterable[Sample]) -> list[Sample]:
    """Return the samples whose risk is known and not doubted."""
    return [sample for sample in samples if sample.risk and not sample.disputed]


def prepare(
    examples: Sequence[Example],
    augmenter: Augmenter,
    *,
    seed: int,
    multipliers: Mapping[str, float] = NO_MULTIPLIERS,
    report: Report,
) -> Dataset:
    """Return the training set of grouped examples; the same examples and seed give the same set.

    Duplicates are left out, and texts that are lawful in one place and unlawful in another. `multipliers` are factors
    of the weights of a source's texts.
    """
    kept, dropped = distinct(examples)
    report(f"{len(examples):,} texts, {len(kept):,} distinct")
    plain = [_sample(example, example.text) for example in kept]
    others = [
        one
        for example, sample in zip(kept, plain, strict=True)
        if not example.held_out
        for one in _others(example, sample, augmenter, seed)
    ]
    report(f"{len(others):,} texts in other spellings")
    return Dataset(tuple(balanced([*plain, *others], multipliers)), dropped)


def distinct(examples: Sequence[Example]) -> tuple[list[Example], dict[str, int]]:
    """Return the first of examples of one folded text, without those on whose risk collections disagree."""
    normals = [example.normal for example in examples]
    risks: dict[str, set[bool]] = {}
    for example, normal in zip(examples, normals, strict=True):
        if example.risk:
            risks.setdefault(normal, set()).add(example.risk == LAWFUL)
    kept: dict[tuple[str, str], Example] = {}
    dropped: Counter[str] = Counter()
    for example, normal in zip(examples, normals, strict=True):
        if len(risks.get(normal, ())) > 1:
            dropped["both lawful and unlawful"] += 1
        elif (normal, example.side) in kept:
            dropped["duplicate"] += 1
        else:
            kept[normal, example.side] = example
    return list(kept.values()), dict(dropped)


def _sample(example: Example, text: str, way: str = PLAIN) -> Sample:
    return Sample(
        normal=fold(text).text,
        source=example.source,
        label=example.label,
        side=example.side,
        type=example.type,
        industry=example.industry,
        risk=example.risk,
        group=example.group,
        held_out=example.held_out,
        published=example.published,
        disputed=example.disputed,
        way=way,
    )


def _others(example: Example, sample: Sample, augmenter: Augmenter, seed: int) -> Iterator[Sample]:
    """Yield other spellings of an example that say the same; disguise and openings only change what is unlawful.

    A lawful text may be written in traditional characters too, so that these are no sign of the unlawful. Whether a
    text is signed and tells how to refuse says nothing about it either: both change beneath all other changes.
    """
    choose = augmenter.choice_of(example.text, seed)
    text = augmenter.filled(example.raw or example.text, choose)

    def reframed() -> str:
        changed = augmenter.resigned(text, choose) if choose.random() < RESIGNED_SHARE else text
        return augmenter.reclosed(changed, choose) if choose.random() < RECLOSED_SHARE else changed

    seen = {sample.normal}
    for way in _ways(example, choose):
        other = _sample(example, augmenter.rewritten(way, reframed(), choose), way)
        if other.normal.strip() and other.normal not in seen:
            seen.add(other.normal)
            yield other


def _ways(example: Example, choose: random.Random) -> Iterator[str]:
    """Yield the ways in which an example is written otherwise."""
    yield "readdressed"
    yield choose.choice(("unaddressed", "without signs", "reframed"))
    if example.risk == LAWFUL:
        if choose.random() < TRADITIONAL_SHARE:
            yield "traditional"
    elif example.risk:
        if choose.random() < DISGUISED_SHARE:
            yield "disguised"
        if choose.random() < OPENED_SHARE:
            yield "opened"


def balanced(samples: Sequence[Sample], multipliers: Mapping[str, float] = NO_MULTIPLIERS) -> Iterator[Sample]:
    """Yield the samples with weights: what is held out weighs nothing, and a group less than its texts.

    A group of n texts of a collection weighs as much as n ** 0.5 texts, so that a campaign does not drown the rest; a
    family of ours, whose texts differ more, as n ** OWN_EXPONENT.
    """
    sizes = Counter((sample.group, sample.unlawful) for sample in samples)
    for sample in samples:
        exponent = OWN_EXPONENT if sample.source in OWN_SOURCES else 0.5
        weight = 0.0 if sample.held_out else sizes[sample.group, sample.unlawful] ** (exponent - 1.0)
        yield replace(sample, weight=round(weight * multipliers.get(sample.source, 1.0), 5))

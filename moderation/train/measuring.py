"""How often a model is right on texts that it did not see, by kind of text, each share with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from moderation.evaluation.rates import Interval, wilson
from moderation.match.classifier import LAWFUL, Classification, Classifier
from moderation.train.corpus import MIXED, OWN_SOURCES
from moderation.train.dataset import Sample

BATCH = 256
EVEN = 0.5
"""Probability from which a text is taken to be unlawful rather than lawful, where that is all that is asked."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some texts were judged in one way: `what` says in which, `texts` which ones."""

    what: str
    texts: str
    hits: int
    total: int

    @property
    def share(self) -> float:
        """The hits as a share of the total."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> Interval:
        """The 95 % interval of the share."""
        return wilson(self.hits, self.total)


def kind_of(sample: Sample) -> str:
    """Return what a sample is counted as: its source with the collection's own class, or the spelling."""
    is_spelling = sample.source == "variant" and sample.label != MIXED
    return f"{sample.source}: {sample.side if is_spelling else sample.label}"


def measure(samples: Sequence[Sample], classifier: Classifier) -> list[Rate]:
    """Return the rates of a model on samples: judged right, sent to a person, refused; by kind of text and in all."""
    counts: dict[tuple[str, str], list[int]] = {}
    for sample, classification in zip(samples, classified(samples, classifier), strict=True):
        for what, texts, hit in _judged(sample, classification, classifier):
            counts.setdefault((what, texts), []).append(int(hit))
    return [Rate(what, texts, sum(hits), len(hits)) for (what, texts), hits in sorted(counts.items())]


def classified(samples: Sequence[Sample], classifier: Classifier) -> Iterator[Classification]:
    """Yield the classification of each sample; raise TimeoutError where the machine is too busy for it."""
    for start in range(0, len(samples), BATCH):
        for classification in classifier.classify([one.normal for one in samples[start : start + BATCH]]):
            if classification is None:
                raise TimeoutError("the classifier was too slow; try again on a machine that is less busy")
            yield classification


def _judged(sample: Sample, classification: Classification, classifier: Classifier) -> Iterable[tuple[str, str, bool]]:
    """Yield what a sample is judged in, which texts it stands for, and whether it was judged so."""
    kind, probability = classification.prohibited
    thresholds = classifier.thresholds(kind)
    texts = kind_of(sample)
    yield "sent to a person", texts, probability >= thresholds.review
    yield "refused", texts, probability >= thresholds.reject
    for head, best in (("type", classification.type.best), ("industry", classification.industry.best)):
        if sample.risk in ("", LAWFUL) and (expected := getattr(sample, head)):
            yield f"{head} right", f"{_origin(sample)}: {expected}", best == expected
            yield f"{head} right", _origin(sample), best == expected
    is_flagged = probability >= EVEN
    if sample.published:
        yield from _both("risk right", sample, is_flagged == (sample.published != LAWFUL))
    if sample.risk and not sample.disputed:
        yield from _both("risk right, read again", sample, is_flagged == sample.unlawful)
        if sample.unlawful and is_flagged:
            yield "kind right", f"{_origin(sample)}: {sample.risk}", kind == sample.risk


def _both(what: str, sample: Sample, is_right: bool) -> Iterable[tuple[str, str, bool]]:
    yield what, kind_of(sample), is_right
    yield what, _origin(sample), is_right


def _origin(sample: Sample) -> str:
    return "our own, families not seen" if sample.source in OWN_SOURCES else "all collections"

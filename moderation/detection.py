"""One template to its signals: every detector's facts, with spans in the text that the caller sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta, timezone
from functools import partial
from typing import TypeVar

from moderation.match import patterns
from moderation.match.automaton import Automaton, Match
from moderation.match.classifier import Classification, Classifier
from moderation.match.links import Link, LinkFinder, is_within
from moderation.match.patterns import Range
from moderation.text.normal import Normal, fold, fold_many, fold_parts
from moderation.text.parts import PartKind, Parts, parse
from moderation.text.segment import Segmenter
from moderation.text.signal import Signal
from moderation.text.template import Industry, Span, Template, TemplateType
from moderation.verdict import Policy

Found = TypeVar("Found")
NOT_CLASSIFIED = Classification()
CHINA_TIME = timezone(timedelta(hours=8))
MARKETING_HOURS = range(8, 21)
"""Hours of the day, China time, in which marketing may be sent (Huawei IoTCom; the widest window of the vendors)."""

TYPE_CONFIDENCE = 0.5
"""Probability that the classifier's industry needs before rules for that industry apply."""

MODEL_HAN_SHARE = 1 / 5
"""Share of Han characters below which the risk model keeps silent: price lists and bare links are not what it learnt."""


class DetectorError(Exception):
    """A detector failed on a text."""


@dataclass(frozen=True, slots=True)
class Detectors:
    """The detectors of one ruleset; `classifier` is None where the ruleset has no model."""

    automaton: Automaton
    segmenter: Segmenter
    links: LinkFinder
    classifier: Classifier | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A template taken apart and folded; `text` has the signature field put in front, `shift` characters long."""

    template: Template
    text: str
    shift: int
    parts: Parts
    normal: Normal


def prepare_many(templates: Sequence[Template]) -> list[Prepared]:
    """Take templates apart and fold them; a placeholder becomes one U+FFFC, so that words never join across it."""
    prefixes = [f"【{template.signature}】" if template.signature else "" for template in templates]
    texts = [prefix + template.text for prefix, template in zip(prefixes, templates, strict=True)]
    taken_apart = list(map(parse, texts))
    normals = [
        normal if normal is not None and not parts.placeholders else _fold_parts(text, parts)
        for text, parts, normal in zip(texts, taken_apart, fold_many(texts), strict=True)
    ]
    return [
        Prepared(template, text, len(prefix), parts, normal)
        for template, text, prefix, parts, normal in zip(templates, texts, prefixes, taken_apart, normals, strict=True)
    ]


def _fold_parts(text: str, parts: Parts) -> Normal:
    return fold_parts(
        (text[part.span.start : part.span.end], part.kind is PartKind.PLACEHOLDER) for part in parts.parts
    )


@dataclass(slots=True)
class Detection:
    """The signals of one template by name, and the detectors that failed on it."""

    prepared: Prepared
    policy: Policy
    classification: Classification
    signals: dict[str, list[Signal]]
    degraded: list[str]

    def guard(self, detector: str, signals: Iterable[Signal]) -> None:
        """Record what a detector finds; where it fails, record that it was not available (never a silent pass)."""
        try:
            found = list(signals)
        except Exception:
            self.degrade(detector)
            return
        for signal in found:
            self.signals[signal.name].append(signal)

    def degrade(self, detector: str) -> None:
        """Record that a detector was not available."""
        self.degraded.append(detector)
        self.signals["degraded:detector"].append(Signal("degraded:detector", term=detector))


def detect_many(prepared: Sequence[Prepared], policies: Sequence[Policy], detectors: Detectors) -> Iterator[Detection]:
    """Yield all signals of each prepared template; what can be searched as one text is."""
    normals = [one.normal.text for one in prepared]
    classified = _each(partial(_classify, detectors.classifier), normals)
    links = _each(lambda texts: detectors.links.find_many(texts), normals)
    ranges = _each(patterns.find_many, normals)
    symbols = _each(patterns.find_symbols, [one.text for one in prepared])
    for one, policy, classification, found, stretches, signs in zip(
        prepared, policies, classified, links, ranges, symbols, strict=True
    ):
        detection = Detection(one, policy, classification or NOT_CLASSIFIED, defaultdict(list), [])
        detection.guard("form", _form_signals(one, signs))
        detection.guard("words", _word_signals(one.normal, detectors))
        detection.guard("links", _link_signals(one.normal, policy, detectors, found))
        detection.guard("patterns", _pattern_signals(one.normal, stretches))
        if policy.forbidden_words:
            detection.guard("policy", _policy_signals(one, policy))
        detection.guard("classifier", _model_signals(classification, detectors.classifier, one.normal.text))
        yield detection


def _classify(classifier: Classifier | None, texts: Sequence[str]) -> Sequence[Classification]:
    return classifier.classify(texts) if classifier is not None else [NOT_CLASSIFIED] * len(texts)


def _each(find_many: Callable[[Sequence[str]], Sequence[Found]], texts: Sequence[str]) -> Sequence[Found | None]:
    """Return what is found in each text; where the search of all fails, that of each; None where it fails too."""
    try:
        return find_many(texts)
    except Exception:
        return [_one(find_many, text) for text in texts]


def _one(find_many: Callable[[Sequence[str]], Sequence[Found]], text: str) -> Found | None:
    try:
        return find_many([text])[0]
    except Exception:
        return None


def _required(found: Found | None) -> Found:
    """Return what was found; raise DetectorError where the search failed."""
    if found is None:
        raise DetectorError
    return found


def declared_or_classified(detection: Detection) -> tuple[TemplateType, Industry | None]:
    """Return the type and industry that rules go by: the sender's, else the classifier's, else what the words show."""
    template, classification = detection.prepared.template, detection.classification
    kind, industry = template.type, template.industry
    if kind is None and classification.type:
        kind = TemplateType(classification.type.best)
    if kind is None:
        kind = TemplateType.MARKETING if "words:promotion/offer" in detection.signals else TemplateType.NOTIFICATION
    if industry is None and classification.industry:
        label = classification.industry.best
        industry = Industry(label) if classification.industry[label] >= TYPE_CONFIDENCE else None
    return kind, industry


def _form_signals(prepared: Prepared, symbols: Sequence[Range] | None) -> Iterator[Signal]:
    yield from prepared.parts.signals
    for found in _required(symbols):
        yield Signal(found.kind, found.start, found.end)
    send_at = prepared.template.send_at
    if send_at is not None and send_at.astimezone(CHINA_TIME).hour not in MARKETING_HOURS:
        yield Signal("template:outside-send-window", term=send_at.astimezone(CHINA_TIME).strftime("%H:%M"))


def _word_signals(normal: Normal, detectors: Detectors) -> Iterator[Signal]:
    for match in detectors.automaton.scan(normal.text):
        entry = match.listed.entry
        if entry.word_edges and not detectors.segmenter.is_word(normal.text, match.start, match.end):
            continue
        span = normal.source_span(match.start, match.end)
        via = _via(match, span)
        yield Signal(f"words:{match.listed.wordlist}", span.start, span.end, entry.text, entry.weight, via)
        if via:
            yield Signal("evasion:invisible", span.start, span.end, entry.text, entry.weight, via)


def _via(match: Match, span: Span) -> tuple[str, ...]:
    """Return how the written form differs from the entry: here, by invisible characters inside it."""
    is_plain_entry = len(match.listed.entry.parts) == 1
    return ("invisible",) if is_plain_entry and span.end - span.start > match.end - match.start else ()


def _link_signals(
    normal: Normal, policy: Policy, detectors: Detectors, links: Sequence[Link] | None
) -> Iterator[Signal]:
    for link in _required(links):
        span = normal.source_span(link.start, link.end)
        for kind in _link_kinds(link, policy, detectors.links):
            yield Signal(f"link:{kind}", span.start, span.end, link.host)
        if "disguised" in link.kinds:
            yield Signal("evasion:link", span.start, span.end, link.host, via=("link",))


def _link_kinds(link: Link, policy: Policy, finder: LinkFinder) -> Iterator[str]:
    yield "any"
    if is_within(link.host, policy.verified_domains):
        yield "verified"
        yield from (kind for kind in link.kinds if kind != "shortener")
        return
    yield "unverified"
    yield from link.kinds
    if "look-alike" not in link.kinds and finder.imitates(link.host, link.domain, policy.verified_domains):
        yield "look-alike"


def _pattern_signals(normal: Normal, stretches: Sequence[Range] | None) -> Iterator[Signal]:
    for found in _required(stretches):
        span = normal.source_span(found.start, found.end)
        yield Signal(found.kind, span.start, span.end)


def _policy_signals(prepared: Prepared, policy: Policy) -> Iterator[Signal]:
    for word in policy.forbidden_words:
        folded = fold(word).text
        start = prepared.normal.text.find(folded) if folded else -1
        while start >= 0:
            span = prepared.normal.source_span(start, start + len(folded))
            yield Signal("policy:forbidden-word", span.start, span.end, word)
            start = prepared.normal.text.find(folded, start + len(folded))


def _model_signals(
    classification: Classification | None, classifier: Classifier | None, text: str
) -> Iterator[Signal]:
    known = _required(classification)
    for head, probabilities in (("type", known.type), ("industry", known.industry)):
        if label := probabilities.best:
            yield Signal(f"model:{head}.{label}", term=label, confidence=probabilities[label])
    label, probability = known.prohibited
    if classifier is not None and probability >= classifier.review_threshold and _is_mostly_han(text):
        yield Signal(f"model:risk.{label}", term=label, confidence=probability, via=("model",))


def _is_mostly_han(text: str) -> bool:
    """Return whether Han characters carry enough of a text for the model to have learnt what it says."""
    return sum("\u3400" <= character <= "\u9fff" for character in text) >= MODEL_HAN_SHARE * len(text)

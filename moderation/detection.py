"""One template to its signals: every detector's facts, with spans in the text that the caller sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta, timezone

from moderation.match import patterns
from moderation.match.automaton import Automaton, Match
from moderation.match.classifier import Classification, Classifier
from moderation.match.links import Link, LinkFinder, is_within
from moderation.text.normal import Normal, fold, fold_parts
from moderation.text.parts import PartKind, Parts, parse
from moderation.text.segment import Segmenter
from moderation.text.signal import Signal
from moderation.text.template import Industry, Span, Template, TemplateType
from moderation.verdict import Policy

CHINA_TIME = timezone(timedelta(hours=8))
MARKETING_HOURS = range(8, 21)
"""Hours of the day, China time, in which marketing may be sent (Huawei IoTCom; the widest window of the vendors)."""

TYPE_CONFIDENCE = 0.5
"""Probability that the classifier's industry needs before rules for that industry apply."""


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


def prepare(template: Template) -> Prepared:
    """Take a template apart and fold it; a placeholder becomes one U+FFFC, so that words never join across it."""
    prefix = f"【{template.signature}】" if template.signature else ""
    text = prefix + template.text
    parts = parse(text)
    sliced = [(text[part.span.start : part.span.end], part.kind is PartKind.PLACEHOLDER) for part in parts.parts]
    return Prepared(template, text, len(prefix), parts, fold_parts(sliced))


@dataclass(slots=True)
class Detection:
    """The signals of one template by name, and the detectors that failed on it."""

    prepared: Prepared
    policy: Policy
    classification: Classification
    signals: dict[str, list[Signal]]
    degraded: list[str]

    def add(self, signal: Signal) -> None:
        """Record a signal."""
        self.signals[signal.name].append(signal)

    def guard(self, detector: str, detect: Callable[[], Iterable[Signal]]) -> None:
        """Record what a detector finds; where it fails, record that it was not available (never a silent pass)."""
        try:
            found = list(detect())
        except Exception:
            self.degrade(detector)
            return
        for signal in found:
            self.add(signal)

    def degrade(self, detector: str) -> None:
        """Record that a detector was not available."""
        self.degraded.append(detector)
        self.add(Signal("degraded:detector", term=detector))


def detect(
    prepared: Prepared, policy: Policy, detectors: Detectors, classification: Classification | None
) -> Detection:
    """Return all signals of a prepared template; `classification` is None where the classifier failed."""
    detection = Detection(prepared, policy, classification or Classification(), defaultdict(list), [])
    detection.guard("form", lambda: _form_signals(prepared))
    detection.guard("words", lambda: _word_signals(prepared.normal, detectors))
    detection.guard("links", lambda: _link_signals(prepared.normal, policy, detectors.links))
    detection.guard("patterns", lambda: _pattern_signals(prepared.normal))
    detection.guard("policy", lambda: _policy_signals(prepared, policy))
    if classification is None:
        detection.degrade("classifier")
    elif detectors.classifier is not None:
        classifier = detectors.classifier
        detection.guard("classifier", lambda: _model_signals(detection.classification, classifier))
    return detection


def declared_or_classified(detection: Detection) -> tuple[TemplateType, Industry | None]:
    """Return the type and industry that rules go by: the sender's, else the classifier's, else what the words show."""
    template, classification = detection.prepared.template, detection.classification
    kind, industry = template.type, template.industry
    if kind is None and classification.type:
        kind = TemplateType(max(classification.type, key=lambda label: classification.type[label]))
    if kind is None:
        kind = TemplateType.MARKETING if "words:promotion/offer" in detection.signals else TemplateType.NOTIFICATION
    if industry is None and classification.industry:
        label, probability = max(classification.industry.items(), key=lambda item: item[1])
        industry = Industry(label) if probability >= TYPE_CONFIDENCE else None
    return kind, industry


def _form_signals(prepared: Prepared) -> Iterator[Signal]:
    yield from prepared.parts.signals
    for found in patterns.find_symbols(prepared.text):
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


def _link_signals(normal: Normal, policy: Policy, finder: LinkFinder) -> Iterator[Signal]:
    for link in finder.find(normal.text):
        span = normal.source_span(link.start, link.end)
        for kind in _link_kinds(link, policy, finder):
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


def _pattern_signals(normal: Normal) -> Iterator[Signal]:
    for found in patterns.find(normal.text):
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


def _model_signals(classification: Classification, classifier: Classifier) -> Iterator[Signal]:
    for head, probabilities in (("type", classification.type), ("industry", classification.industry)):
        if probabilities:
            label, probability = max(probabilities.items(), key=lambda item: item[1])
            yield Signal(f"model:{head}.{label}", term=label, confidence=probability)
    label, probability = classification.prohibited
    if probability >= classifier.review_threshold:
        yield Signal(f"model:risk.{label}", term=label, confidence=probability, via=("model",))

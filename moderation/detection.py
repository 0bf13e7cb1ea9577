"""One template to its signals: every detector's facts, with spans in the text that the caller sent."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from typing import TypeVar

from moderation.form import contact_signals, form_signals, opt_out_signals, purpose_signals
from moderation.match import symbols
from moderation.match.automaton import Automaton
from moderation.match.classifier import Classification, Classifier
from moderation.match.dialect_scorer import DialectScorer
from moderation.match.links import Link, LinkFinder, is_within
from moderation.match.pattern_set import Range
from moderation.match.views import squeezed
from moderation.match.weighty import Passage
from moderation.phrases import Stretch, find_stretches, phrase_signals
from moderation.preparation import Prepared
from moderation.rules.context import ADVERTISES
from moderation.rules.profiles import GENERIC, Profile
from moderation.suspicion import is_suspect, model_signals
from moderation.text.normal import fold
from moderation.text.parts import Parts
from moderation.text.segment import Segmenter
from moderation.text.signal import Signal
from moderation.text.template import Industry, Template, TemplateType
from moderation.verdict import Policy
from moderation.wording import word_signals

Found = TypeVar("Found")
Searched = TypeVar("Searched")
NOT_CLASSIFIED = Classification()
NOT_SUSPECT: Sequence[Passage] = ()
"""What stands for the passages of a text that nothing is said against."""
OPT_OUT_SIGNALS = ("pattern:opt-out", "words:optout/form")
TYPE_CONFIDENCE = 0.7
"""Probability that the classifier's industry needs before rules for that industry apply."""

MISMATCH_CONFIDENCE = 0.99
"""Probability that another industry than the declared one needs to be told."""

KINDRED = (
    frozenset((Industry.FINANCE, Industry.INSURANCE, Industry.LOAN, Industry.SECURITIES)),
    frozenset((Industry.MEDICAL, Industry.HEALTH_FOOD, Industry.COSMETICS)),
    frozenset((Industry.CARRIER, Industry.INTERNET, Industry.GAMES, Industry.ENTERTAINMENT)),
    frozenset((Industry.GOVERNMENT, Industry.UTILITIES, Industry.EDUCATION)),
    frozenset(
        (Industry.RETAIL, Industry.CATERING, Industry.LOGISTICS, Industry.HOME, Industry.COSMETICS, Industry.ALCOHOL)
    ),
    frozenset((Industry.FRANCHISE, Industry.CATERING, Industry.RECRUITMENT)),
    frozenset((Industry.TRAVEL, Industry.AUTOMOTIVE, Industry.ENTERTAINMENT)),
    frozenset((Industry.REAL_ESTATE, Industry.HOME)),
)
"""Industries whose texts resemble each other, so that one for the other is no mismatch."""


class DetectorError(Exception):
    """A detector failed on a text."""


@dataclass(frozen=True, slots=True)
class Detectors:
    """The detectors of one ruleset; `classifier` is None where the ruleset has no model."""

    automaton: Automaton
    segmenter: Segmenter
    links: LinkFinder
    classifier: Classifier | None
    profiles: Mapping[str, Profile]
    dialects: DialectScorer

    def profile_of(self, template: Template) -> Profile:
        """Return the profile that a template names; the generic one where it names none, or one that there is not."""
        return self.profiles.get(template.profile) or self.profiles[GENERIC]


@dataclass(slots=True)
class Detection:
    """The signals of one template by name, its type, industry and tags, and the detectors that failed on it."""

    prepared: Prepared
    policy: Policy
    profile: Profile
    classification: Classification
    kind: TemplateType = TemplateType.NOTIFICATION
    industry: Industry | None = None
    signals: dict[str, list[Signal]] = field(default_factory=lambda: defaultdict(list))
    degraded: list[str] = field(default_factory=list)
    tags: tuple[str, ...] = ()

    def guard(self, detector: str, signals: Iterable[Signal]) -> None:
        """Record what a detector finds; where it fails, record that it was not available (never a silent pass)."""
        try:
            found = list(signals)
        except Exception:
            self.degrade(detector)
            return
        own = self.signals
        for signal in found:
            own[signal[0]].append(signal)

    def degrade(self, detector: str) -> None:
        """Record that a detector was not available."""
        self.degraded.append(detector)
        self.signals["degraded:detector"].append(Signal("degraded:detector", term=detector))


def detect_many(prepared: Sequence[Prepared], policies: Sequence[Policy], detectors: Detectors) -> list[Detection]:
    """Return all signals of each prepared template; what can be searched as one text is, and detectors take turns."""
    normals = [one.normal.text for one in prepared]
    classified = _each(partial(_classify, detectors.classifier), normals)
    detections = [
        Detection(one, policy, detectors.profile_of(one.template), classification or NOT_CLASSIFIED)
        for one, policy, classification in zip(prepared, policies, classified, strict=True)
    ]
    automaton, segmenter = detectors.automaton, detectors.segmenter
    views = _each(squeezed, normals)
    searched = [(one.normal, seen or ()) for one, seen in zip(prepared, views, strict=True)]
    words = _each(lambda some: word_signals(some, automaton, segmenter), searched)
    for detection, signals in zip(detections, words, strict=True):
        if signals is None:
            detection.degrade("words")
            continue
        for signal in signals:
            detection.signals[signal.name].append(signal)
    links = _each(lambda texts: detectors.links.find_many(texts), normals)
    for detection, found in zip(detections, links, strict=True):
        if found != []:
            detection.guard("links", _link_signals(detection.prepared, detection.policy, detectors, found))
    phrases = _each(lambda some: find_stretches(some, automaton), searched)
    for detection, stretches in zip(detections, phrases, strict=True):
        if stretches != []:
            detection.guard("patterns", _phrase_signals(detection.prepared, stretches))
    suspected = _suspected(detections, classified, detectors.classifier)
    for number, (detection, classification) in enumerate(zip(detections, classified, strict=True)):
        if detection.policy.forbidden_words:
            detection.guard("policy", _policy_signals(detection.prepared, detection.policy))
        passages = suspected.get(number, NOT_SUSPECT)
        detection.guard("classifier", _model_signals(detection, classification, detectors.classifier, passages))
        detection.kind, detection.industry = declared_or_classified(detection)
    signs_of = _each(symbols.find_many, [one.text for one in prepared])
    for detection, signs in zip(detections, signs_of, strict=True):
        detection.guard("form", _form_signals(detection, signs))
    told = _each(lambda texts: detectors.dialects.find_many(texts), normals)
    for detection, dialect in zip(detections, told, strict=True):
        _tag(detection, dialect)
    return detections


def _tag(detection: Detection, dialect: str | None) -> None:
    """Tag a template with its dialect; where telling it failed, say so without a finding, since it decides nothing."""
    if dialect is None:
        detection.degraded.append("dialect")
    elif dialect:
        detection.tags = (f"dialect:{dialect}",)


def _classify(classifier: Classifier | None, texts: Sequence[str]) -> Sequence[Classification | None]:
    return classifier.classify(texts) if classifier is not None else [NOT_CLASSIFIED] * len(texts)


def _each(
    find_many: Callable[[Sequence[Searched]], Sequence[Found | None]], texts: Sequence[Searched]
) -> Sequence[Found | None]:
    """Return what is found in each text; where the search of all fails, that of each; None where it fails too."""
    try:
        return find_many(texts)
    except Exception:
        return [_one(find_many, text) for text in texts]


def _one(find_many: Callable[[Sequence[Searched]], Sequence[Found | None]], text: Searched) -> Found | None:
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
    """Return the type and industry that rules go by: the sender's, else the classifier's, else what the words show.

    The classifier takes many a notice for advertising, so its word counts where something in the text advertises.
    """
    template, classification = detection.prepared.template, detection.classification
    kind, industry = template.type, template.industry
    if kind is None and (told := classification.type):
        kind = TemplateType(told.best)
        if kind is TemplateType.MARKETING and not ADVERTISES.evaluate(detection.signals):
            kind = TemplateType.NOTIFICATION
    if kind is None:
        kind = TemplateType.MARKETING if "words:promotion/offer" in detection.signals else TemplateType.NOTIFICATION
    if industry is None and (likely := classification.industry):
        industry = Industry(likely.best) if likely.most >= TYPE_CONFIDENCE else None
    return kind, industry


def _form_signals(detection: Detection, signs: Sequence[Range] | None) -> Iterator[Signal]:
    prepared, profile, signals = detection.prepared, detection.profile, detection.signals
    template, text, parts = prepared.template, prepared.text, prepared.parts
    if signs != []:
        yield from _sign_signals(_required(signs), parts)
    if detection.industry is not None:
        yield Signal(f"industry:{detection.industry}", term=detection.industry)
    if mismatch := _other_industry(template.industry, detection.classification):
        yield Signal("template:industry-mismatch", term=mismatch)
    yield from form_signals(template, detection.kind, detection.industry, text, parts, profile)
    ways = _apart([signal for name in OPT_OUT_SIGNALS if name in signals for signal in signals[name]])
    yield from purpose_signals(ways, text, parts)
    if ways:
        yield from opt_out_signals(ways, text, parts, profile)
    contacts = [signal for name in signals if name.startswith("contact:") for signal in signals[name]]
    if len(contacts) > profile.contact.most:
        yield from contact_signals(_apart(contacts), profile)


def _sign_signals(signs: Sequence[Range], parts: Parts) -> Iterator[Signal]:
    """Yield the symbols of a text that do not belong to its placeholders."""
    whole = [(part.span.start, part.span.end) for part in parts.placeholders]
    broken = [(one.start, one.end) for one in parts.signals if one.name == "template:placeholder-malformed"]
    for found in signs:
        is_syntax = found.kind == "template:symbol" and _covers(broken, found.start)
        if not is_syntax and not _covers(whole, found.start):
            yield Signal(found.kind, found.start, found.end)


def _covers(ranges: Sequence[tuple[int, int]], place: int) -> bool:
    """Return whether one of some ranges, which are in order, covers a place."""
    index = bisect_right(ranges, place, key=itemgetter(0)) - 1
    return index >= 0 and place < ranges[index][1]


def _other_industry(declared: Industry | None, classification: Classification) -> str:
    """Return the industry that the classifier is sure of, where it is of another group than the declared one."""
    if declared in (None, Industry.OTHER):
        return ""
    told = classification.industry
    label = told.best
    if not label or label == declared or label == Industry.OTHER:
        return ""
    if any(declared in group and label in group for group in KINDRED):
        return ""
    return label if told.most >= MISMATCH_CONFIDENCE else ""


def _apart(signals: list[Signal]) -> list[Signal]:
    """Return signals in text order; of those that overlap, the one that begins first and is longest."""
    if len(signals) <= 1:
        return signals
    kept: list[Signal] = []
    for signal in sorted(signals, key=lambda signal: (signal.start, -signal.end)):
        if not kept or signal.start >= kept[-1].end:
            kept.append(signal)
    return kept


def _link_signals(
    prepared: Prepared, policy: Policy, detectors: Detectors, links: Sequence[Link] | None
) -> Iterator[Signal]:
    for found in _required(links):
        start, end = prepared.normal.source_range(found.start, found.end)
        link = found.as_written(prepared.text[start:end])
        for kind in _link_kinds(link, policy, detectors.links):
            yield Signal(f"link:{kind}", start, end, link.host)
        if "disguised" in link.kinds:
            yield Signal("evasion:link", start, end, link.host, via=("link",))


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


def _phrase_signals(prepared: Prepared, stretches: Sequence[Stretch] | None) -> Iterator[Signal]:
    yield from phrase_signals(prepared, _required(stretches))


def _policy_signals(prepared: Prepared, policy: Policy) -> Iterator[Signal]:
    for word in policy.forbidden_words:
        folded = fold(word).text
        start = prepared.normal.text.find(folded) if folded else -1
        while start >= 0:
            yield Signal("policy:forbidden-word", *prepared.normal.source_range(start, start + len(folded)), word)
            start = prepared.normal.text.find(folded, start + len(folded))


def _suspected(
    detections: Sequence[Detection], classified: Sequence[Classification | None], classifier: Classifier | None
) -> dict[int, Sequence[Passage] | None]:
    """Return the passages of those texts that the classifier suspects, by their position; None where that failed."""
    if classifier is None:
        return {}
    positions = [
        number
        for number, (detection, known) in enumerate(zip(detections, classified, strict=True))
        if known is not None and is_suspect(detection.prepared, known, classifier, detection.signals)
    ]
    texts = [detections[number].prepared.normal.text for number in positions]
    return dict(zip(positions, _each(classifier.passages_many, texts), strict=True)) if texts else {}


def _model_signals(
    detection: Detection,
    classification: Classification | None,
    classifier: Classifier | None,
    passages: Sequence[Passage] | None,
) -> Iterator[Signal]:
    known, told = _required(classification), _required(passages)
    suspect = None if told is NOT_SUSPECT else told
    yield from model_signals(detection.prepared, known, classifier, detection.signals, suspect)

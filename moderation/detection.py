"""One template to its signals: every detector's facts, with spans in the text that the caller sent."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from operator import itemgetter
from typing import TypeVar

from moderation.form import contact_signals, form_signals, is_usual, opt_out_signals, purpose_signals
from moderation.linking import link_signals
from moderation.match import symbols
from moderation.match.automaton import Automaton
from moderation.match.classifier import Classification, Classifier, Probabilities
from moderation.match.dialect_scorer import DialectScorer
from moderation.match.links import LinkFinder
from moderation.match.on_trial import WordsOnTrial
from moderation.match.pattern_set import Range
from moderation.match.views import View, squeezed
from moderation.own_words import Asked, Spared, own_words_many
from moderation.phrases import find_stretches, phrase_signals
from moderation.preparation import Prepared
from moderation.rules.context import ADVERTISES
from moderation.rules.profiles import GENERIC, Profile
from moderation.suspicion import is_suspect, risk_signals, type_signals
from moderation.text.characters import Texts
from moderation.text.outline import Outline, outlines
from moderation.text.parts import UNSIGNED, Parts
from moderation.text.segment import Segmenter
from moderation.text.signal import Signal
from moderation.text.template import Industry, Template, TemplateType
from moderation.verdict import Policy
from moderation.wording import Searched, word_signals

Found = TypeVar("Found")
NOT_CLASSIFIED = Classification()
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

_INDUSTRIES: Mapping[str, Industry] = {industry.value: industry for industry in Industry}
_OF_INDUSTRY = {industry: Signal(f"industry:{industry}", term=industry) for industry in Industry}


@dataclass(frozen=True, slots=True)
class Detectors:
    """The detectors of one ruleset; `classifier` is None where the ruleset has no model.

    `on_trial` finds the entries on trial, None where there are none; the other detectors know nothing of them.
    """

    automaton: Automaton
    segmenter: Segmenter
    links: LinkFinder
    classifier: Classifier | None
    profiles: Mapping[str, Profile]
    dialects: DialectScorer
    on_trial: WordsOnTrial | None = None

    def profile_of(self, template: Template) -> Profile:
        """Return the profile that a template names; the generic one where it names none, or one that there is not."""
        return self.profiles.get(template.profile) or self.profiles[GENERIC]


@dataclass(slots=True)
class Detection:
    """The signals of one template by name, its type, industry and tags, and the detectors that failed on it.

    `views` are those of its normal text without what may hide words. `spared` are the ranges of words that the tenant
    allows, `reasons` by word what it says of those that it does not.
    """

    prepared: Prepared
    policy: Policy
    profile: Profile
    classification: Classification = NOT_CLASSIFIED
    kind: TemplateType = TemplateType.NOTIFICATION
    industry: Industry | None = None
    views: Sequence[View] = ()
    signals: dict[str, list[Signal]] = field(default_factory=dict)
    degraded: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    spared: Sequence[Spared] = ()
    reasons: Mapping[str, str] | None = None

    def take(self, detector: str, signals: Iterable[Signal] | None) -> None:
        """Record what a detector found; None where it was not available, which is recorded (never a silent pass)."""
        own = self.signals
        if signals is None:
            self.degraded += (detector,)
            signals = (Signal("degraded:detector", term=detector),)
        for signal in signals:
            name = signal[0]
            if name in own:
                own[name].append(signal)
            else:
                own[name] = [signal]


class Batch(list[Detection]):
    """Detections that are made together, and their texts, which all detectors share."""

    @cached_property
    def texts(self) -> Texts:
        """The texts as they were sent, with their signatures."""
        return Texts(one.prepared.text for one in self)

    @cached_property
    def normals(self) -> Texts:
        """The normal texts."""
        return Texts(one.prepared.normal.text for one in self)


def detect_many(
    prepared: Sequence[Prepared],
    policies: Sequence[Policy],
    detectors: Detectors,
    further: Sequence[Sequence[Signal]] = (),
) -> Batch:
    """Return all signals of each prepared template; what can be searched as one text is, and detectors take turns.

    `further` is empty or has for each template signals of words that are added to those of the wordlists.
    """
    detections = Batch(
        Detection(one, policy, detectors.profile_of(one.template))
        for one, policy in zip(prepared, policies, strict=True)
    )
    for detection, views in zip(detections, _each(lambda batch: squeezed(batch.normals), detections), strict=True):
        if views:
            detection.views = views
    _take(detections, "words", partial(_words, detectors=detectors))
    for detection, words in zip(detections, further, strict=bool(further)):
        _add(detection, words)
    for detector, find in (("links", _links), ("patterns", _patterns)):
        _take(detections, detector, partial(find, detectors=detectors))
    if own := Batch(one for one in detections if one.policy.lists_words):
        _take(own, "policy", partial(_own_words, detectors=detectors))
    _classify(detections, detectors.classifier)
    _take(detections, "form", _form)
    dialects = _each(lambda batch: detectors.dialects.find_many(batch.normals), detections)
    for detection, dialect in zip(detections, dialects, strict=True):
        _tag(detection, dialect)
    return detections


def _take(detections: Batch, detector: str, find_many: Callable[[Batch], Sequence[Sequence[Signal] | None]]) -> None:
    for detection, signals in zip(detections, _each(find_many, detections), strict=True):
        if signals is None or signals:
            detection.take(detector, signals)


def _add(detection: Detection, words: Sequence[Signal]) -> None:
    """Add signals to those that a template has, in text order."""
    detection.take("words", words)
    for name in {signal.name for signal in words}:
        detection.signals[name].sort(key=lambda signal: (signal.start, -signal.end))


def _words(detections: Batch, detectors: Detectors) -> Sequence[Sequence[Signal]]:
    return word_signals(searched_of(detections), detectors.automaton, detectors.segmenter)


def _links(detections: Batch, detectors: Detectors) -> Sequence[Sequence[Signal]]:
    found = detectors.links.find_many(detections.normals)
    return [
        link_signals(one.prepared, one.policy, detectors.links, links) if links else ()
        for one, links in zip(detections, found, strict=True)
    ]


def _patterns(detections: Batch, detectors: Detectors) -> Sequence[Sequence[Signal]]:
    found = find_stretches(searched_of(detections), detectors.automaton)
    return [
        phrase_signals(one.prepared, stretches) if stretches else ()
        for one, stretches in zip(detections, found, strict=True)
    ]


def searched_of(detections: Batch) -> Sequence[Searched]:
    """Return what words are looked for in: the normal texts and their views."""
    return [(one.prepared.normal, one.views) for one in detections]


def _own_words(detections: Batch, detectors: Detectors) -> Sequence[Sequence[Signal]]:
    asked = [Asked(one.prepared.normal, one.views, one.policy) for one in detections]
    found = own_words_many(asked, detectors.automaton, detectors.segmenter)
    for detection, own in zip(detections, found, strict=True):
        detection.spared, detection.reasons = own.spared, own.reasons
    return [own.signals for own in found]


def _classify(detections: Batch, classifier: Classifier | None) -> None:
    """Record what the classifier says, and the type and industry that rules go by."""
    if classifier is not None:
        kinds = _each(lambda batch: classifier.classify(batch.normals), detections)
        for detection, known in zip(detections, kinds, strict=True):
            if known is not None:
                detection.classification = known
            detection.take("classifier", None if known is None else type_signals(known))
        suspects = Batch(
            one for one in detections if is_suspect(one.prepared, one.classification, classifier, one.signals)
        )
        if suspects:
            _take(suspects, "classifier", partial(_risks, classifier=classifier))
    for detection in detections:
        detection.kind, detection.industry = declared_or_classified(detection)


def _risks(detections: Batch, classifier: Classifier) -> Sequence[Sequence[Signal]]:
    passages = classifier.passages_many(detections.normals)
    return [
        risk_signals(one.prepared, one.classification, classifier, one.signals, found)
        for one, found in zip(detections, passages, strict=True)
    ]


def _form(detections: Batch) -> Sequence[Sequence[Signal]]:
    texts = detections.texts
    return [_form_signals(*one) for one in zip(detections, outlines(texts), symbols.find_many(texts), strict=True)]


def _tag(detection: Detection, dialect: str | None) -> None:
    """Tag a template with its dialect; where telling it failed, say so without a finding, since it decides nothing."""
    if dialect is None:
        detection.degraded += ("dialect",)
    elif dialect:
        detection.tags = (f"dialect:{dialect}",)


def _each(find_many: Callable[[Batch], Sequence[Found | None]], detections: Batch) -> Sequence[Found | None]:
    """Return what is found in each text; where the search of all fails, that of each; None where it fails too."""
    try:
        return find_many(detections)
    except Exception:
        return [_one(find_many, one) for one in detections]


def _one(find_many: Callable[[Batch], Sequence[Found | None]], one: Detection) -> Found | None:
    try:
        return find_many(Batch([one]))[0]
    except Exception:
        return None


def declared_or_classified(detection: Detection) -> tuple[TemplateType, Industry | None]:
    """Return the type and industry that rules go by: the sender's, else the classifier's, else what the words show.

    The classifier takes many a notice for advertising, so its word counts where something in the text advertises.
    """
    template, classification = detection.prepared.template, detection.classification
    kind, industry = template.type, template.industry
    if kind is None and (likely := classification.best("type")[0]):
        kind = TemplateType(likely)
        if kind is TemplateType.MARKETING and not ADVERTISES.evaluate(detection.signals):
            kind = TemplateType.NOTIFICATION
    if kind is None:
        kind = TemplateType.MARKETING if "words:promotion/offer" in detection.signals else TemplateType.NOTIFICATION
    if industry is None:
        likely, probability = classification.best("industry")
        industry = _INDUSTRIES[likely] if probability >= TYPE_CONFIDENCE else None
    return kind, industry


def _form_signals(detection: Detection, outline: Outline, signs: Sequence[Range]) -> list[Signal]:
    prepared, profile, signals = detection.prepared, detection.profile, detection.signals
    template, text, is_bare = prepared.template, prepared.text, prepared.is_bare
    if is_bare and outline.is_plain and is_usual(template, text, profile):
        found = [UNSIGNED]
    else:
        found = form_signals(template, detection.kind, detection.industry, text, prepared.parts, profile)
    if signs:
        found += _sign_signals(signs, prepared.parts)
    if detection.industry is not None:
        found.append(_OF_INDUSTRY[detection.industry])
    if template.industry is not None and (
        mismatch := _other_industry(template.industry, detection.classification.industry)
    ):
        found.append(Signal("template:industry-mismatch", term=mismatch))
    ways = _apart([signal for name in OPT_OUT_SIGNALS if name in signals for signal in signals[name]])
    if not is_bare or outline.said > (ways[0].start if ways else len(text)):
        found += purpose_signals(ways, text, prepared.parts)
    if ways:
        found += opt_out_signals(ways, text, prepared.parts, profile)
    if profile.contact.most < len(text):
        contacts = [signal for name in signals if name.startswith("contact:") for signal in signals[name]]
        found += contact_signals(_apart(contacts), profile)
    return found


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


def _other_industry(declared: Industry, told: Probabilities) -> str:
    """Return the industry that the classifier is sure of, where it is of another group than the declared one."""
    label = told.best
    if not label or label == declared or Industry.OTHER in (label, declared):
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

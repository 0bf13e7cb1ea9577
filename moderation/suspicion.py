"""What the classifier says of a text, as signals: its type, its industry, and the passages that speak for a risk."""

from __future__ import annotations

import re
from collections.abc import Sequence

from moderation.match.classifier import Classification, Classifier
from moderation.match.weighty import Passage
from moderation.preparation import Prepared
from moderation.text.normal import PLACEHOLDER
from moderation.text.signal import Signal, Signals

LEAST_HAN_SHARE = 1 / 5
"""Share of Han characters below which the risk model keeps silent: it never learnt price lists and bare links."""

_HAN = re.compile(r"[\u3400-\u9fff]+")
_ADDRESS = re.compile("[a-z]{2}|[0-9]{5}")
"""What every number, account and address has."""

_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789./:@_-"
"""What an address is made of."""

WAYS_TO_REFUSE = ("pattern:opt-out", "words:optout/form")
"""Signals of a way to refuse."""

SURE_WITHOUT_ADDRESS = 0.985
"""Probability that the risk model needs for a text without address; what solicits nothing is seldom unlawful."""

LEAST_WITHOUT_ADDRESS = 8
"""Characters that such a text must have besides, unless a placeholder may hold the address; 你好 tells nothing."""


def is_suspect(prepared: Prepared, known: Classification, classifier: Classifier, signals: Signals) -> bool:
    """Return whether the classifier's word that a text is prohibited counts, so that its passages are needed."""
    label, probability = known.prohibited
    if not label or probability < classifier.thresholds(label).review:
        return False
    text = prepared.normal.text
    if sum(map(len, _HAN.findall(text))) < LEAST_HAN_SHARE * len(text):
        return False
    is_long = len(text) >= LEAST_WITHOUT_ADDRESS or PLACEHOLDER in text
    return _has_address(text, signals) or (is_long and probability >= SURE_WITHOUT_ADDRESS)


def type_signals(known: Classification) -> Sequence[Signal]:
    """Return the type that a template reads like."""
    label, probability = known.best("type")
    return (Signal(f"model:type.{label}", -1, -1, label, probability),) if label else ()


def risk_signals(
    prepared: Prepared, known: Classification, classifier: Classifier, signals: Signals, passages: Sequence[Passage]
) -> list[Signal]:
    """Return what the classification of a suspect template says, in the light of the signals of its words and links."""
    label, probability = known.prohibited
    is_sure = probability >= classifier.thresholds(label).reject and _has_address(prepared.normal.text, signals)
    strength = "sure" if is_sure else "risk"
    return [
        Signal(f"model:{strength}.{label}", start, end, label, probability, ("model",))
        for start, end in _places(prepared, signals, passages)
    ]


def _places(prepared: Prepared, signals: Signals, passages: Sequence[Passage]) -> Sequence[tuple[int, int]]:
    """Return where the text speaks most for the risk; one place that is none where nothing does.

    A way to refuse is required of honest senders too: it is told only where nothing else speaks for the risk.
    """
    normal = prepared.normal
    places = [normal.source_range(*_whole(normal.text, one)) for one in passages]
    refusals = [(one.start, one.end) for kind in WAYS_TO_REFUSE for one in signals.get(kind, ())]
    telling = [place for place in places if not any(start <= place[0] and place[1] <= end for start, end in refusals)]
    return telling or places or [(-1, -1)]


def _whole(text: str, passage: Passage) -> tuple[int, int]:
    """Return the range of a passage, widened to the whole of an address that it is a part of."""
    start, end = passage.start, passage.end
    if text[start] in _SIGNS:
        start = len(text[:start].rstrip(_SIGNS))
    if text[end - 1] in _SIGNS:
        end = len(text) - len(text[end:].lstrip(_SIGNS))
    return start, end


def _has_address(text: str, signals: Signals) -> bool:
    """Return whether a text leads anywhere; one that does not is never refused by the model alone."""
    return bool(_ADDRESS.search(text)) or any(name.startswith(("contact:", "link:")) for name in signals)

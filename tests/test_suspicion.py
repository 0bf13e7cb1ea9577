"""When the classifier's word counts, how strongly, and which places it points at."""

from __future__ import annotations

import pytest

from moderation import shipped
from moderation.match.classifier import Classification, Classifier
from moderation.match.weighty import Passage
from moderation.preparation import Prepared, prepare_many
from moderation.rules.model_risk import KINDS, NAMES, RULES
from moderation.rules.rule import Rule
from moderation.suspicion import is_suspect, risk_signals
from moderation.text.signal import Signal, Signals
from moderation.text.template import Template

MODEL = Classifier.load(shipped.directory("models"))
CERTAIN = Classification(prohibited=("gambling", 0.9999))
DOUBTFUL = Classification(prohibited=("gambling", round(MODEL.thresholds("gambling").review, 4)))
LAWFUL = Classification(prohibited=("gambling", 0.2))


def prepared(text: str) -> Prepared:
    return prepare_many([Template(text)])[0]


def told(text: str, known: Classification, signals: Signals, passages: list[Passage]) -> list[Signal]:
    return risk_signals(prepared(text), known, MODEL, signals, passages)


@pytest.mark.parametrize(
    ("text", "known", "suspect"),
    [
        ("今晚开局，加微信abc000000", CERTAIN, True),
        ("今晚开局，加微信abc000000", DOUBTFUL, True),
        ("今晚开局，加微信abc000000", LAWFUL, False),
        ("今晚开局，老地方见，带够本钱", CERTAIN, True),
        ("今晚开局，老地方见，带够本钱", DOUBTFUL, False),
        ("今晚开局", CERTAIN, False),
        ("今晚${place}", CERTAIN, True),
        ("abc000000 abc000000 abc000000 来", CERTAIN, False),
    ],
)
def test_the_word_of_the_classifier_counts_on_texts_of_the_kind_it_learnt(
    text: str, known: Classification, suspect: bool
) -> None:
    assert is_suspect(prepared(text), known, MODEL, {}) is suspect


@pytest.mark.parametrize(
    ("text", "known", "signals", "strength"),
    [
        ("今晚开局，加微信abc000000", CERTAIN, {}, "sure"),
        ("今晚开局，加微信abc000000", DOUBTFUL, {}, "risk"),
        ("今晚开局，老地方见，带够本钱", CERTAIN, {}, "risk"),
        ("今晚开局，老地方见，带够本钱", CERTAIN, {"contact:mobile": [Signal("contact:mobile", 0, 2)]}, "sure"),
    ],
)
def test_what_leads_nowhere_is_never_refused_by_the_model_alone(
    text: str, known: Classification, signals: Signals, strength: str
) -> None:
    (signal,) = told(text, known, signals, [Passage(2, 4, 1.0)])
    assert signal == Signal(f"model:{strength}.gambling", 2, 4, "gambling", known.prohibited[1], ("model",))


def test_a_way_to_refuse_is_told_only_where_nothing_else_speaks_for_the_risk() -> None:
    text = "今晚开局，加微信abc000000，拒收请回复R"
    refusal = Signal("pattern:opt-out", text.index("拒收"), len(text))
    passages = [Passage(refusal.start, refusal.end - 1, 2.0), Passage(2, 4, 1.0)]
    signals = {"pattern:opt-out": [refusal]}
    assert [(one.start, one.end) for one in told(text, CERTAIN, signals, passages)] == [(2, 4)]
    alone = told(text, CERTAIN, signals, passages[:1])
    assert [(one.start, one.end) for one in alone] == [(refusal.start, refusal.end - 1)]
    assert [one.has_span for one in told(text, CERTAIN, signals, [])] == [False]


def test_a_part_of_an_address_is_told_as_the_whole_of_it() -> None:
    text = "今晚开局，进h5.example.top领"
    place = text.index("5")
    (signal,) = told(text, CERTAIN, {}, [Passage(place, place + 1, 1.0)])
    assert text[signal.start : signal.end] == "h5.example.top"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_kinds_are_told_in_words_of_the_reader(rule: Rule) -> None:
    assert set(KINDS) == set(MODEL.manifest.labels["risk"]) - {"normal"} == set(NAMES["en"])
    assert rule.render_message("zh-CN", "首充", "gambling") == "模型判断内容疑似赌博，依据“首充”等用词"
    assert "takes the text for gambling" in rule.render_message("en", "首充", "gambling")
    assert "a fake job" in rule.render_message("en", "首充", "part_time")

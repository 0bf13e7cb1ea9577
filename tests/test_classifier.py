"""The classifier: a text's probabilities are its own, and a model that is not what it claims is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation import shipped
from moderation.match.classifier import (
    HEADS,
    LAWFUL,
    MANIFEST_FILE,
    MODEL_FILE,
    NEVER,
    ROWS_PER_RUN,
    Classification,
    Classifier,
    Manifest,
    ModelError,
    Probabilities,
    Thresholds,
)
from moderation.match.features import (
    BUCKETS,
    MAX_CHARACTERS,
    PADDING,
    PER_CHARACTER,
    grams_of,
    in_length_order,
)
from moderation.match.plain import plain_digest
from moderation.rules.catalogue import RULES
from moderation.rules.model_risk import KINDS
from moderation.text.normal import fold
from moderation.text.template import Industry, TemplateType
from moderation.train.graph import LARGEST_FINE

SHIPPED = Classifier.load(shipped.directory("models"))
NORMALS = tuple(dict.fromkeys(fold(bad.text).text for rule in RULES for bad in rule.bad))
pieces = st.sampled_from(
    (*NORMALS, "", "a", "1", "一", "\ufffc", "www.example.cn/a", "400-000-0000", "\U00020bb7", " ")
)
normals = st.lists(pieces, max_size=3).map("".join)


def classify(texts: Sequence[str], classifier: Classifier = SHIPPED) -> list[Classification]:
    found = classifier.classify(texts)
    assert None not in found
    return [one for one in found if one is not None]


def test_the_shipped_model_tells_types_apart() -> None:
    otp, notice, offer = classify(
        [
            "【甲商城】验证码\ufffc，5分钟内有效，请勿泄露",
            "【甲物流】您的快递已放入快递柜，请及时领取",
            "【甲商城】会员日全场8折，满200减50，拒收请回复r",
        ]
    )
    assert (otp.type.best, notice.type.best, offer.type.best) == ("OTP", "NOTIFICATION", "MARKETING")
    assert otp.type["OTP"] > 0.5


def test_the_labels_of_the_shipped_model_are_those_of_the_product() -> None:
    labels = SHIPPED.manifest.labels
    assert set(labels["type"]) == set(TemplateType)
    assert set(labels["industry"]) <= set(Industry)
    assert labels["risk"][-1] == LAWFUL
    assert set(labels["risk"][:-1]) == set(KINDS)
    assert all(
        tuple(sorted(set(names) - {LAWFUL})) == tuple(one for one in names if one != LAWFUL)
        for names in labels.values()
    )


def test_each_kind_is_sent_to_a_person_before_it_is_refused() -> None:
    for kind in KINDS:
        review, reject = SHIPPED.thresholds(kind)
        assert 0.5 <= review <= reject <= NEVER


def test_probabilities_of_a_head_sum_to_one_and_best_is_the_largest() -> None:
    for classification in classify(NORMALS):
        for head in (classification.type, classification.industry, classification.risk):
            assert sum(head.values()) == pytest.approx(1.0, abs=0.005)
            assert head[head.best] == max(head.values())


def test_prohibited_is_all_that_is_not_lawful() -> None:
    for classification in classify(NORMALS):
        kind, probability = classification.prohibited
        assert probability == pytest.approx(1.0 - classification.risk[LAWFUL], abs=1e-9)
        assert classification.risk[kind] == max(p for label, p in classification.risk.items() if label != LAWFUL)


def test_an_empty_batch_has_no_classifications() -> None:
    assert SHIPPED.classify([]) == []


def test_a_text_without_features_is_classified() -> None:
    empty, signs = classify(["", "！？…\ufffc"])
    assert empty == signs
    assert empty.type.best in TemplateType.__members__


@given(st.lists(normals, min_size=1, max_size=2 * ROWS_PER_RUN), st.data())
@settings(max_examples=40)
def test_a_text_has_the_same_probabilities_in_any_batch(texts: list[str], data: st.DataObject) -> None:
    together = SHIPPED.classify(texts)
    order = data.draw(st.permutations(range(len(texts))))
    assert SHIPPED.classify([texts[index] for index in order]) == [together[index] for index in order]
    chosen = data.draw(st.integers(0, len(texts) - 1))
    assert SHIPPED.classify([texts[chosen]]) == [together[chosen]]


def test_a_long_text_beside_short_ones_changes_nothing() -> None:
    long = "".join(NORMALS)[: 2 * MAX_CHARACTERS]
    alone = [SHIPPED.classify([text])[0] for text in (*NORMALS[:100], long)]
    assert SHIPPED.classify([*NORMALS[:100], long]) == alone
    assert SHIPPED.classify([long[:MAX_CHARACTERS]]) == [alone[-1]]


def test_a_classification_without_model_is_empty() -> None:
    assert not Classification().type
    assert Classification().prohibited == ("", 0.0)


def test_probabilities_read_like_a_mapping() -> None:
    probabilities = Probabilities({"A": 0, "B": 1}, [0.25, 0.75], "B")
    assert dict(probabilities) == {"A": 0.25, "B": 0.75}
    assert probabilities == {"A": 0.25, "B": 0.75}
    assert hash(probabilities) == hash(Probabilities({"A": 0, "B": 1}, (0.25, 0.75), "B"))
    with pytest.raises(KeyError):
        probabilities["C"]


MANIFEST = """format = 3
sha256 = "0"
training = "1"
characters = "2"
[labels]
type = ["OTP"]
industry = ["RETAIL"]
risk = ["fraud", "normal"]
[thresholds]
fraud = { review = 0.9, reject = 0.99 }
"""


def test_a_manifest_names_digests_labels_and_thresholds() -> None:
    manifest = Manifest.parse(MANIFEST)
    assert (manifest.sha256, manifest.training) == ("0", "1")
    assert manifest.thresholds == {"fraud": Thresholds(0.9, 0.99)}
    assert manifest.labels == {"type": ("OTP",), "industry": ("RETAIL",), "risk": ("fraud", "normal")}
    assert Manifest.parse(MANIFEST.replace(", reject = 0.99", "")).thresholds["fraud"].reject == NEVER


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("format = 3", "format = 2", "format 2, expected 3"),
        ("format = 3", "", "'format'"),
        ('sha256 = "0"', "", "'sha256'"),
        ('training = "1"', "", "'training'"),
        ('characters = "2"', "", "'characters'"),
        ("[labels]", "[names]", "'labels'"),
        ('type = ["OTP"]', "", "'type'"),
        ("[labels]", "labels = 3\n[other]", "'int' object is not subscriptable"),
        ('"normal"', '"lawful"', "the last risk is not 'normal'"),
        ('"fraud", "normal"', '"normal", "fraud"', "the last risk is not 'normal'"),
        ("fraud = {", "gambling = {", "'fraud'"),
        ("review = 0.9,", "", "thresholds of fraud are {'reject': 0.99}, expected review"),
        ("review = 0.9,", 'review = "high",', "thresholds of fraud are {'review': 'high', 'reject': 0.99}, expected"),
        ("review = 0.9,", "review = nan,", "thresholds of fraud are {'review': nan, 'reject': 0.99}, expected review"),
        ("review = 0.9,", "review = 0.0,", "thresholds of fraud are {'review': 0.0, 'reject': 0.99}, expected review"),
        ("reject = 0.99", "reject = 0.8", "thresholds of fraud are {'review': 0.9, 'reject': 0.8}, expected review"),
        ("review = 0.9,", "review = ,", "Invalid value (at line 10, column 20)"),
    ],
)
def test_a_bad_manifest_is_refused(before: str, after: str, problem: str) -> None:
    with pytest.raises(ModelError) as caught:
        Manifest.parse(MANIFEST.replace(before, after))
    assert str(caught.value).startswith(f"MANIFEST.toml: {problem}")
    assert str(caught.value).endswith("; train the model again")


def test_what_the_time_does_not_suffice_for_is_given_back_unjudged(copied: Path) -> None:
    ticks = iter(range(1000))
    slow = Classifier(
        (copied / MODEL_FILE).read_bytes(), SHIPPED.manifest, timeout_seconds=1.5, clock=lambda: float(next(ticks))
    )
    texts = [f"您的订单{'一' * number}" for number in range(3 * ROWS_PER_RUN)]
    found = slow.classify(texts)
    assert found[: 2 * ROWS_PER_RUN] == classify(texts)[: 2 * ROWS_PER_RUN]
    assert found[2 * ROWS_PER_RUN :] == [None] * ROWS_PER_RUN


def test_a_single_text_is_always_judged(copied: Path) -> None:
    slow = Classifier((copied / MODEL_FILE).read_bytes(), SHIPPED.manifest, timeout_seconds=-1.0)
    assert slow.classify(["您好"]) == SHIPPED.classify(["您好"])


def test_the_passages_that_speak_for_the_risk_are_ranges_of_the_text() -> None:
    text = "尊敬的会员，真人荷官在线下注，首充送百，提款秒到"
    passages = SHIPPED.passages_many([text])[0]
    assert passages
    assert all(0 <= one.start < one.end <= len(text) and one.weight > 0 for one in passages)
    told = "".join(text[one.start : one.end] for one in passages)
    assert any(word in told for word in ("荷官", "下注", "首充", "提款"))


@given(normals)
@settings(max_examples=60)
def test_any_text_has_passages_inside_it(text: str) -> None:
    for one in SHIPPED.passages_many([text])[0]:
        assert 0 <= one.start < one.end <= len(text)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return copytree(shipped.directory("models"), tmp_path / "models")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def other_characters(manifest: Path) -> None:
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(plain_digest(), "0"), encoding="utf-8")


def test_a_copied_model_is_the_same_model(copied: Path) -> None:
    model = Classifier.load(copied)
    assert model.digest == SHIPPED.digest
    assert model.classify(NORMALS[:20]) == SHIPPED.classify(NORMALS[:20])


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (lambda models: flip(models / MODEL_FILE), "classifier.onnx is not the file that MANIFEST.toml names; "),
        (lambda models: (models / MODEL_FILE).write_bytes(b""), "classifier.onnx is not the file that MANIFEST.toml "),
        (lambda models: (models / MODEL_FILE).unlink(), "no readable model in {models}: "),
        (lambda models: (models / MANIFEST_FILE).unlink(), "no readable model in {models}: "),
        (lambda models: (models / MANIFEST_FILE).write_bytes(b"\xff"), "no readable model in {models}: "),
        (lambda models: (models / MANIFEST_FILE).write_text("format = 3"), "MANIFEST.toml: 'labels'; train"),
        (
            lambda models: other_characters(models / MANIFEST_FILE),
            "classifier.onnx was trained with another plain.tsv; ",
        ),
    ],
    ids=["altered", "empty", "no model", "no manifest", "not utf-8", "no labels", "other characters"],
)
def test_a_harmed_model_is_refused(copied: Path, harm: Callable[[Path], object], problem: str) -> None:
    harm(copied)
    with pytest.raises(ModelError) as caught:
        Classifier.load(copied)
    assert str(caught.value).startswith(problem.format(models=copied))


@given(st.lists(normals, max_size=8))
@settings(max_examples=100)
def test_the_features_of_a_text_are_its_own(texts: list[str]) -> None:
    grams = grams_of(texts)
    assert len(grams) == len(texts)
    for index, text in enumerate(texts):
        own = grams.buckets[grams.offsets[index] : grams.offsets[index + 1]]
        assert sorted(own.tolist()) == sorted(grams_of([text]).buckets.tolist())
    assert all(0 <= bucket < BUCKETS for bucket in grams.buckets.tolist())


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("全国第一", "全國第一", True),
        ("全国第一", "全 国，第\ufffc一", True),
        ("全国第一", "第一全国", False),
        ("尾号1234", "尾号9876", True),
        ("example.cn/a", "example.cn/b", False),
        ("example.cn a", "example.cna", False),
        ("电话13900000000", "电话139000000", False),
        ("加1234567", "号1234567", False),
        ("", "，。！", True),
    ],
)
def test_features_see_words_and_addresses_but_no_signs(one: str, other: str, is_same: bool) -> None:
    first, second = (sorted(grams_of([text]).buckets.tolist()) for text in (one, other))
    assert (first == second) is is_same


def test_padding_fills_short_texts_only() -> None:
    grams = grams_of(["全国", "", "第一名"])
    ((rows, matrix, scales),) = in_length_order(grams, 8)
    assert rows.tolist() == [1, 0, 2]
    assert (matrix != PADDING).sum(axis=1).tolist() == grams.counts[rows].tolist() == [0, 3, 5]
    assert scales[:, 0].tolist() == pytest.approx([1.0, 3**-0.5, 5**-0.5])


@given(st.lists(normals, max_size=12), st.integers(1, 5))
@settings(max_examples=100)
def test_every_text_is_in_one_matrix_with_all_its_features(texts: list[str], size: int) -> None:
    grams = grams_of(texts)
    seen: list[int] = []
    for rows, matrix, scales in in_length_order(grams, size):
        assert len(rows) == len(matrix) == len(scales) <= size
        for row, buckets in zip(rows.tolist(), matrix, strict=True):
            own = grams.buckets[grams.offsets[row] : grams.offsets[row + 1]].tolist()
            assert buckets.tolist() == own + [PADDING] * (len(buckets) - len(own))
        seen += rows.tolist()
    assert sorted(seen) == list(range(len(texts)))


@given(st.lists(normals, max_size=8))
@settings(max_examples=100)
def test_a_text_has_at_most_so_many_features_as_the_sums_are_exact_for(texts: list[str]) -> None:
    grams = grams_of(texts)
    assert MAX_CHARACTERS * PER_CHARACTER * LARGEST_FINE < 2**31
    for text, count in zip(texts, grams.counts.tolist(), strict=True):
        assert count <= PER_CHARACTER * len(text[:MAX_CHARACTERS])


def test_features_know_where_they_stand() -> None:
    grams = grams_of(["甲，乙", "a1"], with_places=True)
    places = sorted(zip(grams.starts.tolist(), grams.ends.tolist(), strict=True))
    assert places == [(0, 1), (0, 3), (2, 3), (3, 4), (3, 5), (3, 5), (3, 5), (4, 5)]


def test_heads_come_in_the_order_of_the_graph() -> None:
    assert tuple(SHIPPED.manifest.labels) == HEADS

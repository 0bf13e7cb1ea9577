"""The training set: no duplicates, no group on both sides, other spellings of what is learnt only, the same bytes."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from collections_of_texts import families

from moderation import shipped
from moderation.match.classifier import LAWFUL
from moderation.match.forms import load_forms
from moderation.text.normal import PLACEHOLDER
from moderation.train.augmentation import Augmenter, augmenter_of
from moderation.train.corpus import LAWFUL_SOURCE, UNLAWFUL_SOURCE, Example, generated, grouped
from moderation.train.dataset import PLAIN, Dataset, DatasetError, Sample, balanced, distinct, prepare

FAMILIES = families(
    15,
    ("good", LAWFUL, "MARKETING", "RETAIL", 0),
    ("bad", "gambling", "MARKETING", "RETAIL", 500),
    ending="，电话<mobile>，加微信<wechat>",
)


@pytest.fixture(scope="module")
def augmenter() -> Augmenter:
    return augmenter_of(FAMILIES, load_forms(shipped.directory("variants")))


@pytest.fixture(scope="module")
def examples() -> tuple[Example, ...]:
    masked = Example(f"加{PLACEHOLDER}领奖", "fake-base-station", "FR:Other", risk="fraud", raw="加CELLPHONE领奖")
    return grouped([*(one for family in FAMILIES for one in list(generated([family]))[:12]), masked])


@pytest.fixture(scope="module")
def dataset(examples: tuple[Example, ...], augmenter: Augmenter) -> Dataset:
    return prepare(examples, augmenter, seed=1, report=lambda line: None)


def test_no_group_and_no_family_is_on_both_sides(dataset: Dataset) -> None:
    sides: dict[object, set[bool]] = defaultdict(set)
    for sample in dataset.samples:
        sides[sample.group].add(sample.held_out)
        sides[sample.label].add(sample.held_out)
    assert all(len(one) == 1 for one in sides.values())
    assert {True, False} == {sample.held_out for sample in dataset.samples}


def test_only_what_is_learnt_is_written_otherwise(dataset: Dataset) -> None:
    assert {sample.way for sample in dataset.held_out} == {PLAIN}
    ways = {sample.way for sample in dataset.training}
    assert ways >= {PLAIN, "readdressed", "unaddressed", "without signs", "reframed", "disguised", "opened"}
    assert {sample.weight for sample in dataset.held_out} == {0.0}
    assert all(sample.weight > 0 for sample in dataset.training)


def test_only_the_unlawful_is_disguised_and_opened_like_honest_messages(dataset: Dataset) -> None:
    changed = [sample for sample in dataset.samples if sample.way in ("disguised", "opened")]
    assert changed
    assert {sample.source for sample in changed} <= {UNLAWFUL_SOURCE, "fake-base-station"}
    assert any(sample.source == LAWFUL_SOURCE and sample.way == "traditional" for sample in dataset.samples)


def test_masks_are_filled_in_other_spellings(dataset: Dataset) -> None:
    masked = [sample for sample in dataset.samples if sample.source == "fake-base-station"]
    if not masked[0].held_out:
        assert any(any(character.isdigit() for character in sample.normal) for sample in masked)
    assert not any("CELLPHONE" in sample.normal for sample in masked)


def test_the_same_seed_gives_the_same_set_and_a_saved_one_is_the_same(
    examples: tuple[Example, ...], dataset: Dataset, augmenter: Augmenter, tmp_path: Path
) -> None:
    again = prepare(examples, augmenter, seed=1, report=lambda line: None)
    other = prepare(examples, augmenter, seed=2, report=lambda line: None)
    assert again.digest == dataset.digest != other.digest
    for name, one in (("a", dataset), ("b", again)):
        one.save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert Dataset.load(tmp_path / "a").samples == dataset.samples


@pytest.mark.parametrize("content", [b"", b"text", b"\x1f\x8b\x08\x00"])
def test_a_file_that_is_no_set_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "set.gz").write_bytes(content)
    if not content:
        assert Dataset.load(tmp_path / "set.gz").samples == ()
        return
    with pytest.raises(DatasetError, match="write it with moderation train data"):
        Dataset.load(tmp_path / "set.gz")


def test_duplicates_and_contradictions_are_left_out_and_counted() -> None:
    texts = [("您好！", LAWFUL), ("您好!", LAWFUL), ("开局", LAWFUL), ("开局", "gambling"), ("另一", "")]
    kept, dropped = distinct([Example(text, "marketing", "marketing", risk=risk) for text, risk in texts])
    assert [one.text for one in kept] == ["您好！", "另一"]
    assert dropped == {"duplicate": 1, "both lawful and unlawful": 2}


def test_a_large_group_weighs_less_than_its_texts_and_rulings_more_than_theirs() -> None:
    plain = Sample("您好", "marketing", "marketing", "plain", "", "", LAWFUL, 1, False)
    alone = replace(plain, group=2)
    ruled = replace(plain, source="rulings", group=3)
    seen = replace(plain, group=4, held_out=True)
    weights = [one.weight for one in balanced([*[plain] * 9, alone, ruled, seen], {"rulings": 5.0})]
    assert sum(weights[:9]) == pytest.approx(3.0, abs=1e-3)
    assert weights[9:] == [1.0, 5.0, 0.0]


def test_statistics_count_what_there_is(dataset: Dataset) -> None:
    counted = dataset.statistics()
    assert sum(counted["split"].values()) == len(dataset.samples)
    assert counted["label"]["fake-base-station: FR:Other"] == 1
    assert counted["risk"]["gambling"] + counted["risk"]["normal"] + counted["risk"]["fraud"] == len(dataset.samples)
    assert json.dumps(counted)


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("加微信abc123领取", "领取", "abc123"),
        ("电话13900000000咨询", "咨询", "13900000000"),
        ("详见www.example.cn/a1", "详见", "example.cn/a1"),
        ("QQ群000123456入群", "入群", "000123456"),
    ],
)
def test_values_are_replaced_or_masked_and_the_rest_stays(
    text: str, kept: str, gone: str, augmenter: Augmenter
) -> None:
    for seed in range(5):
        for change in (augmenter.readdressed, augmenter.unaddressed):
            written = change(text, random.Random(seed))
            assert kept in written
            assert gone not in written


def test_a_signature_is_taken_off_or_changed_and_the_rest_stays(augmenter: Augmenter) -> None:
    written = {augmenter.resigned("【甲银行】您的订单已发货", random.Random(seed)) for seed in range(40)}
    assert "您的订单已发货" in written
    assert all("您的订单已发货" in text and "甲银行" not in text for text in written)
    assert any(text.startswith("【甲店") for text in written)
    assert any(text.endswith("】") for text in written)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("全场八折，拒收请回复R", "全场八折"),
        ("全场八折。回T退订", "全场八折"),
        ("全场八折 TD退订【甲商城】", "全场八折【甲商城】"),
        ("全场八折，退订回N", "全场八折"),
    ],
)
def test_a_way_to_refuse_is_taken_off_or_put_on(text: str, bare: str, augmenter: Augmenter) -> None:
    assert augmenter.reclosed(text, random.Random(1)) == bare
    for seed in range(20):
        closed = augmenter.reclosed("全场八折", random.Random(seed))
        assert len(closed) > len("全场八折")
        assert augmenter.reclosed(closed, random.Random(seed)) == "全场八折"


def test_a_disguise_changes_characters_by_the_tables_of_the_variant_compiler(augmenter: Augmenter) -> None:
    text = "加微信领取彩金，首充送百，提款秒到账，信誉老平台"
    written = [augmenter.disguised(text, random.Random(seed)) for seed in range(30)]
    assert len({*written} - {text}) > 20
    assert all(sum(one in text for one in disguised) > len(text) / 2 for disguised in written)
    assert augmenter.traditional("开门") == "開門"

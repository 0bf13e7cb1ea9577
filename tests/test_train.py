"""From five files of labelled texts to a model: labels, groups, what cannot be read, and the same bytes every time."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from collections_of_texts import collections, marked, write
from typer.testing import CliRunner

from moderation.cli.main import app
from moderation.match.classifier import HEADS, LAWFUL, MANIFEST_FILE, MODEL_FILE, Classifier
from moderation.match.features import BUCKETS, grams_of, scales_of
from moderation.text.template import Industry, TemplateType
from moderation.train import authored, grouping
from moderation.train.corpus import READERS, CorpusError, Example, grouped, load
from moderation.train.fitting import fit, matrix_of
from moderation.train.training import LOWEST_THRESHOLD, Rate, TrainingReport, train


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def few_texts_of_our_own() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(authored, "PER_PATTERN", 2)
        yield


@pytest.fixture(scope="module")
def trained(
    data: Path, few_texts_of_our_own: None, tmp_path_factory: pytest.TempPathFactory
) -> tuple[TrainingReport, Path]:
    output = tmp_path_factory.mktemp("trained") / "models"
    return train(data, output, seed=7, report=lambda line: None), output


def test_a_trained_model_loads_and_judges_what_it_never_saw(trained: tuple[TrainingReport, Path]) -> None:
    report, output = trained
    classifier = Classifier.load(output)
    assert classifier.digest == report.sha256
    assert report.size == (output / MODEL_FILE).stat().st_size
    assert classifier.review_threshold == report.threshold >= LOWEST_THRESHOLD
    gambling, notice = classifier.classify(
        [f"真人荷官{marked(900)}在线下注返水", f"您的订单{marked(901)}已发货请留意查收"]
    )
    assert gambling.prohibited[0] == "gambling"
    assert gambling.prohibited[1] > 0.5 > notice.prohibited[1]
    assert notice.type.best == "NOTIFICATION"


def test_the_same_seed_gives_the_same_bytes(data: Path, trained: tuple[TrainingReport, Path], tmp_path: Path) -> None:
    report, output = trained
    again = train(data, tmp_path, seed=7, leave_one_out=False, report=lambda line: None)
    assert replace(again, left_out=report.left_out) == report
    for name in (MODEL_FILE, MANIFEST_FILE):
        assert (tmp_path / name).read_bytes() == (output / name).read_bytes()


def test_the_report_and_the_card_tell_the_rates(trained: tuple[TrainingReport, Path]) -> None:
    report, output = trained
    card = (output / "README.md").read_text(encoding="utf-8")
    assert {rate.head for rate in report.rates} == set(HEADS)
    for rate in (*report.rates, *report.left_out):
        assert 0 <= rate.hits <= rate.total
        assert f"| {rate.head} | {rate.texts} | {rate.share:.1%} | {rate.total} |" in card
    left_out = {rate.texts.partition(":")[0] for rate in report.left_out}
    assert left_out == {"authored", "service", "marketing", "personal", "fake-base-station", "variant"}


@pytest.mark.parametrize(("hits", "total", "share"), [(3, 4, 0.75), (0, 5, 0.0), (0, 0, 0.0)])
def test_a_rate_is_hits_of_total(hits: int, total: int, share: float) -> None:
    assert Rate("risk", "service", hits, total).share == share


def test_examples_carry_what_their_collection_tells(data: Path) -> None:
    by_source: dict[str, list[Example]] = defaultdict(list)
    for example in load(data):
        by_source[example.source].append(example)
    rows = collections()
    (service,) = {(one.type, one.industry, one.risk) for one in by_source["service"]}
    assert service == ("NOTIFICATION", "LOGISTICS", LAWFUL)
    (marketing,) = {(one.type, one.industry, one.risk) for one in by_source["marketing"]}
    assert marketing == ("MARKETING", "", LAWFUL)
    assert {one.label: (one.type, one.industry, one.risk) for one in by_source["fake-base-station"]} == {
        "IL:Gambling": ("", "", "gambling"),
        "FR:Phishing(Bank)": ("", "", "fraud"),
        "AD:Retail": ("MARKETING", "", LAWFUL),
        "Other": ("", "", ""),
    }
    assert {(one.side, one.risk) for one in by_source["variant"]} == {
        ("restored", "part_time"),
        ("variant", "part_time"),
    }
    assert len(by_source["variant"]) == 2 * (len(rows["variant_sms.jsonl"]) - 1)
    assert [one.type for one in by_source["personal"]].count("NOTIFICATION") == 2
    assert not any("CELLPHONE" in one.text for one in by_source["fake-base-station"])


@pytest.mark.parametrize(
    ("text", "guess", "kind"),
    [
        ("【甲商城】验证码${code}", "verify", "OTP"),
        ("【甲商城】身份核验已通过", "verify", "NOTIFICATION"),
        ("【甲商城】验证码服务升级", "service", "NOTIFICATION"),
        ("【甲商城】新茶上市", "promo", ""),
    ],
)
def test_a_service_text_is_a_code_only_where_it_says_so(tmp_path: Path, text: str, guess: str, kind: str) -> None:
    examples = load(write(tmp_path, service_sms=[{"text": text, "type_guess": guess}]))
    assert [example.type for example in examples if example.source == "service"] == [kind]


@pytest.mark.parametrize("name", READERS)
def test_a_missing_file_is_told(name: str, tmp_path: Path) -> None:
    (write(tmp_path) / name).unlink()
    with pytest.raises(CorpusError) as caught:
        load(tmp_path)
    assert str(caught.value) == f"cannot read {name}: No such file or directory; see moderation train --help"


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"not json", "Expecting value; write one JSON object a line"),
        (b"", "Expecting value; write one JSON object a line"),
        (b'["text"]', "not a JSON object; write one JSON object a line"),
        (b'{"text": "a\xff"}', "not UTF-8 at byte 12; save the file as UTF-8"),
        (b"{}", "is missing or no "),
        (b'{"text": 7, "restored": 7, "variant": 7, "has_variant": 7}', "is missing or no "),
    ],
)
def test_a_malformed_line_is_told_with_file_and_line(name: str, line: bytes, problem: str, tmp_path: Path) -> None:
    path = write(tmp_path) / name
    first, *others = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join((first, line + b"\n", *others)))
    with pytest.raises(CorpusError) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(f"{name}:2: ")
    assert problem in str(caught.value)


def test_groups_never_cross_the_split(data: Path) -> None:
    near = [{"text": f"【甲商城】会员日{marked(n)}{'8' * (n % 3)}折"} for n in range(20) for _ in range(3)]
    examples = load(write(data.parent / "near", marketing_sms=near))
    sides: dict[int, set[bool]] = defaultdict(set)
    for example in examples:
        sides[example.group].add(example.held_out)
    assert all(len(held_out) == 1 for held_out in sides.values())
    held_out = sum(True in one for one in sides.values())
    assert 0.1 < held_out / len(sides) < 0.3
    restored = {one.group for one in examples if one.side == "restored"}
    assert restored == {one.group for one in examples if one.side == "variant"}
    assert len({one.group for one in examples if one.source == "marketing"}) == 20


def test_near_duplicates_share_a_group_and_others_do_not() -> None:
    base = "【甲商城】会员日全场好茶八折欢迎选购门店同享"
    texts = [base, base.replace("八折", "七折"), "【乙物流】您的快递已放入三号柜请及时领取", base, "", ""]
    groups = grouping.group(texts)
    assert groups[0] == groups[1] == groups[3]
    assert len({groups[0], groups[2], groups[4], groups[5]}) == 4


def test_whether_a_group_is_held_out_does_not_depend_on_others() -> None:
    texts = [f"【甲商城】{marked(n)}{marked(n + 1000)}" for n in range(60)]
    alone = [grouping.group([text])[0].held_out for text in texts]
    assert [group.held_out for group in grouping.group(texts)] == alone
    assert [group.held_out for group in grouping.group(texts[::-1])] == alone[::-1]
    assert 0 < sum(alone) < len(alone)


def test_a_campaign_is_trained_on_however_its_texts_fall() -> None:
    for number in range(12):
        texts = [f"【甲商城】{marked(number)}{marked(number + 50)}"] * (grouping.LARGEST_HELD_OUT + 1)
        assert not any(group.held_out for group in grouping.group(texts))


def test_our_own_texts_are_the_same_in_every_run_and_fully_written_out() -> None:
    written = list(authored.texts())
    assert written == list(authored.texts())
    assert {TemplateType(one.type) for one in written} == set(TemplateType)
    assert {Industry(one.industry) for one in written} == set(Industry)
    assert not any(re.search(r"[\[\]|]", one.text) for one in written)
    assert all(re.match(r"【[^】]+】", one.text) for one in written)


def test_training_sees_the_features_that_the_service_sees(trained: tuple[TrainingReport, Path], data: Path) -> None:
    examples = [one for one in load(data) if not one.held_out]
    normals = [example.normal for example in examples]
    matrix, grams = matrix_of(normals), grams_of(normals)
    assert matrix.shape == (len(normals), BUCKETS)
    scales = scales_of(grams.counts)
    for row in range(0, len(normals), 17):
        expected = np.bincount(grams.buckets[grams.offsets[row] : grams.offsets[row + 1]], minlength=BUCKETS)
        np.testing.assert_allclose(matrix[row].toarray()[0], expected * scales[row], rtol=1e-6)
    weights = fit(examples, "type", 7)
    logits = matrix @ weights.coefficients + weights.intercepts
    expected_best = [weights.labels[index] for index in logits.argmax(axis=1)]
    served = [one.type.best for one in Classifier.load(trained[1]).classify(normals)]
    agreement = sum(map(str.__eq__, served, expected_best)) / len(served)
    assert agreement > 0.99


def test_an_unknown_head_is_refused() -> None:
    with pytest.raises(ValueError, match="no head 'mood': the heads are type, industry, risk"):
        fit([], "mood", 1)


def test_two_labels_give_probabilities_like_the_regression() -> None:
    examples = grouped(
        [Example(f"好茶{marked(n)}", "marketing", "a", type="MARKETING") for n in range(8)]
        + [Example(f"订单{marked(n + 50)}", "service", "b", type="NOTIFICATION") for n in range(8)]
    )
    weights = fit(examples, "type", 1)
    assert weights.labels == ("MARKETING", "NOTIFICATION")
    logits = matrix_of(["好茶", "订单"]) @ weights.coefficients + weights.intercepts
    assert logits.argmax(axis=1).tolist() == [0, 1]
    np.testing.assert_allclose(logits.sum(axis=1), 0.0, atol=1e-9)


def test_the_command_tells_what_it_cannot_read(tmp_path: Path) -> None:
    (write(tmp_path) / "service_sms.jsonl").write_text(json.dumps({"text": "您好"}) + "\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["train", "model", str(tmp_path), "--output", str(tmp_path / "models")])
    assert done.exit_code == 2
    told = "error: service_sms.jsonl:1: 'type_guess' is missing or no str; see moderation train --help\n"
    assert done.stderr == told
    assert not (tmp_path / "models").exists()

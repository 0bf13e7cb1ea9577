"""From five files of labelled texts to a model: labels, groups, what cannot be read, and the same bytes every time."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from collections_of_texts import collections, families, marked, write
from typer.testing import CliRunner

from moderation.cli.main import app
from moderation.match.classifier import LAWFUL, MANIFEST_FILE, MODEL_FILE, Classifier
from moderation.match.features import BUCKETS, grams_of, scales_of
from moderation.train import corpus, grouping, second_readings, sources
from moderation.train.card import render
from moderation.train.comparison import Compared
from moderation.train.corpus import MIXED, READERS, CorpusError, Example, load
from moderation.train.dataset import Dataset
from moderation.train.disputes import marked as marked_by_rules
from moderation.train.disputes import rules_alone
from moderation.train.families.family import load_families
from moderation.train.fitting import OWN_SHARE, fit_labels, fit_sides, label_weights, matrix_of
from moderation.train.leaving_out import LeftOut, leave_out
from moderation.train.measuring import Rate, classified
from moderation.train.probing import Probe, probe
from moderation.train.sources import assemble
from moderation.train.study import Study
from moderation.train.training import TrainingReport, train

FAMILIES = families(
    6,
    ("good", LAWFUL, "NOTIFICATION", "RETAIL", 2000),
    ("code", LAWFUL, "OTP", "FINANCE", 2100),
    ("bad", "escort", "MARKETING", "OTHER", 2200),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def few_families() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "load_families", lambda: FAMILIES)
        patch.setattr(corpus, "PER_FAMILY", 20)
        yield


@pytest.fixture(scope="module")
def dataset(data: Path, few_families: None) -> Dataset:
    return assemble(data, None, ruling_weight=1.0, seed=7, report=lambda line: None)


@pytest.fixture(scope="module")
def trained(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> tuple[TrainingReport, Path]:
    output = tmp_path_factory.mktemp("trained") / "models"
    return train(dataset, output, seed=7, report=lambda line: None), output


def test_a_trained_model_loads_and_judges_what_it_never_saw(trained: tuple[TrainingReport, Path]) -> None:
    report, output = trained
    classifier = Classifier.load(output)
    assert classifier.digest == report.sha256
    assert classifier.manifest.training == report.training
    assert report.size == (output / MODEL_FILE).stat().st_size
    gambling, notice = classifier.classify(
        [f"真人荷官{marked(900)}在线下注返水", f"您的订单{marked(901)}已发货请留意查收"]
    )
    assert gambling is not None
    assert notice is not None
    assert gambling.prohibited[0] == "gambling"
    assert gambling.prohibited[1] > 0.5 > notice.prohibited[1]
    assert notice.type.best == "NOTIFICATION"


def test_the_same_set_and_seed_give_the_same_bytes(
    data: Path, few_families: None, trained: tuple[TrainingReport, Path], tmp_path: Path
) -> None:
    report, output = trained
    again = assemble(data, None, ruling_weight=1.0, seed=7, report=lambda line: None)
    assert train(again, tmp_path, seed=7, report=lambda line: None) == report
    for name in (MODEL_FILE, MANIFEST_FILE):
        assert (tmp_path / name).read_bytes() == (output / name).read_bytes()


def test_the_card_tells_rates_with_intervals_thresholds_and_the_study(
    dataset: Dataset, trained: tuple[TrainingReport, Path]
) -> None:
    report, _ = trained
    study = Study(
        (
            LeftOut(
                "service",
                (Rate("m", "service, lawful", 1, 4),),
                (Rate("t", "service, lawful", 2, 4),),
                Rate("r", "service", 3, 4),
            ),
        ),
        (Probe("all characters, as they come", 0.9, 0.4),),
        (Compared("hashed n-grams", 0.97, 0.96, 0.01, 5.2, 40.0, 11.5),),
    )
    card = render(report, study)
    for rate in report.rates:
        assert f"| {rate.texts} | {rate.share:.1%} | " in card
    assert set(report.thresholds) == {line.split(" | ")[0].removeprefix("| ") for line in card.splitlines()} & set(
        report.thresholds
    )
    assert "| service, lawful | 25.0% | 50.0% | 4 |" in card
    assert "| all characters, as they come | 90.0% | 40.0% |" in card
    assert "| hashed n-grams | 97.00% | 0.9600 | 0.0100 | 5.2 | 40 | 11.5 |" in card
    assert "No study was made" in render(report, None)


@pytest.mark.parametrize(
    ("hits", "total", "share", "low", "high"),
    [(3, 4, 0.75, 0.3006, 0.9544), (0, 5, 0.0, 0.0, 0.4345), (5, 5, 1.0, 0.5655, 1.0), (0, 0, 0.0, 0.0, 1.0)],
)
def test_a_rate_is_hits_of_total_with_its_interval(
    hits: int, total: int, share: float, low: float, high: float
) -> None:
    rate = Rate("risk right", "service", hits, total)
    assert rate.share == share
    assert rate.interval == pytest.approx((low, high), abs=1e-4)


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
    assert {(one.label, one.side, one.risk) for one in by_source["variant"]} == {
        ("has-variant", "restored", "part_time"),
        ("has-variant", "variant", "part_time"),
        (MIXED, "plain", ""),
    }
    assert len(by_source["variant"]) == 2 * len(rows["variant_sms.jsonl"]) - 1
    assert {one.type for one in by_source["personal"]} == {""}
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
    assert len({one.group for one in examples if one.source == "marketing"}) >= 19


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


def test_training_sees_the_features_that_the_service_sees(
    trained: tuple[TrainingReport, Path], dataset: Dataset
) -> None:
    normals = [sample.normal for sample in dataset.training]
    matrix, grams = matrix_of(normals), grams_of(normals)
    assert matrix.shape == (len(normals), BUCKETS)
    scales = scales_of(grams.counts)
    for row in range(0, len(normals), 97):
        expected = np.bincount(grams.buckets[grams.offsets[row] : grams.offsets[row + 1]], minlength=BUCKETS)
        np.testing.assert_allclose(matrix[row].toarray()[0], expected * scales[row], rtol=1e-6)
    labels = [sample for sample in dataset.training if sample.risk and not sample.disputed]
    unlawful = np.array([sample.unlawful for sample in labels])
    fitted = fit_sides(matrix_of([one.normal for one in labels]), unlawful, np.ones(len(labels)), 7)
    told = fitted.logits(matrix_of([one.normal for one in labels]))[:, 0] > 0
    served = [one.prohibited[1] > 0.5 for one in classified(labels, Classifier.load(trained[1]))]
    assert (told == np.array(served)).mean() > 0.97


def test_each_label_is_told_from_all_others() -> None:
    texts = [f"{word}{marked(n + step)}" for step, word in ((0, "好茶"), (50, "订单"), (90, "验证")) for n in range(8)]
    labels = ["MARKETING"] * 8 + ["NOTIFICATION"] * 8 + ["OTP"] * 8
    weights = fit_labels(matrix_of(texts), labels, np.ones(24), 1)
    assert weights.labels == ("MARKETING", "NOTIFICATION", "OTP")
    assert weights.logits(matrix_of(["好茶", "订单", "验证"])).argmax(axis=1).tolist() == [0, 1, 2]


def test_rare_labels_and_our_own_texts_have_their_share() -> None:
    labels = ["MARKETING"] * 9 + ["OTP"] + ["OTP"] * 40
    own = np.array([False] * 10 + [True] * 40)
    weights = label_weights(np.ones(50), labels, own)
    assert weights[own].sum() / weights.sum() == pytest.approx(OWN_SHARE)
    assert weights[:9].sum() / weights[9] == pytest.approx(3.0)


def test_labels_that_the_rules_speak_against_are_doubted() -> None:
    texts = [
        ("【甲商城】全场八折", "marketing"),
        ("代开发票，加微信", "marketing"),
        ("基金有风险", "FR:Financial"),
        ("代开发票", "service"),
    ]
    examples = [Example(text, "marketing", label, risk=LAWFUL) for text, label in texts]
    examples = marked_by_rules(examples, rules_alone())
    assert [one.disputed for one in examples] == [False, True, True, False]


def test_what_readers_saw_counts_more_than_a_label(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"甲商城代开发票": "forged_documents", "甲商城全场八折": LAWFUL, "甲商城贷款到账": second_readings.UNSURE}
    listed = {second_readings.key_of(text): seen for text, seen in texts.items()}
    monkeypatch.setattr(second_readings, "load", lambda: listed)
    examples = [
        Example(f"【{text}】x0.example.cn", "marketing", "marketing", risk=LAWFUL, disputed=True)
        for text in (*texts, "甲商城新茶上市")
    ]
    again = second_readings.read_again(examples)
    assert [one.risk for one in again] == ["forged_documents", LAWFUL, LAWFUL, LAWFUL]
    assert [one.disputed for one in again] == [False, False, True, True]
    assert {one.published for one in again} == {LAWFUL}


def test_readings_are_of_kinds_that_the_model_knows() -> None:
    kinds = {family.risk for family in load_families()} | {second_readings.UNSURE}
    readings = second_readings.load()
    assert set(readings.values()) <= kinds
    assert all(re.fullmatch("[0-9a-f]{16}", key) for key in readings)
    assert second_readings.key_of("【甲】a1") == ""
    assert second_readings.key_of("加薇信，领 88") != second_readings.key_of("加微信，领 88")
    assert second_readings.key_of("甲商城新茶上市 1") == second_readings.key_of("甲商城新茶上市，2。")


def test_whole_sources_are_left_out_and_sources_guessed(dataset: Dataset) -> None:
    found = leave_out(dataset, lambda normals: np.zeros(len(normals), dtype=bool), seed=7, report=lambda line: None)
    assert [one.sources for one in found] == [
        "fake-base-station",
        "variant",
        "marketing",
        "personal",
        "service",
        "all collections",
    ]
    for one in found:
        assert [rate.share for rate in one.model] == [rate.share for rate in one.together]
    probes = probe(dataset, 7)
    assert {one.features for one in probes} >= {"all characters, as they come", "features of the model"}
    assert all(0.0 < one.majority <= 1.0 and 0.0 <= one.accuracy <= 1.0 for one in probes)


def test_the_commands_write_a_set_and_a_model_from_it(
    data: Path, few_families: None, trained: tuple[TrainingReport, Path], tmp_path: Path
) -> None:
    run = CliRunner()
    made = run.invoke(
        app,
        [
            "train",
            "data",
            str(data),
            "-o",
            str(tmp_path / "set.gz"),
            "--seed",
            "7",
            "--ruling-weight",
            "1",
            "--format",
            "json",
        ],
    )
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout)["split"]["training"] > 100
    done = run.invoke(
        app, ["train", "model", str(tmp_path / "set.gz"), "-o", str(tmp_path / "models"), "--seed", "7", "--no-study"]
    )
    assert done.exit_code == 0, done.output
    assert (tmp_path / "models" / MODEL_FILE).read_bytes() == (trained[1] / MODEL_FILE).read_bytes()
    assert (tmp_path / "models" / "README.md").read_text(encoding="utf-8").startswith("# Model card")


def test_rulings_change_what_a_model_says(data: Path, few_families: None, tmp_path: Path) -> None:
    text = f"真人荷官{marked(950)}剧场公演"
    ruled = tmp_path / "rulings.jsonl"
    ruled.write_text(
        "".join(json.dumps({"text": f"{text}{n}场", "ruling": "PASS"}, ensure_ascii=False) + "\n" for n in range(3))
    )
    probabilities = []
    for rulings in (None, ruled):
        made = assemble(data, rulings, ruling_weight=50.0, seed=7, report=lambda line: None)
        train(made, tmp_path / "models", seed=7, report=lambda line: None)
        (found,) = Classifier.load(tmp_path / "models").classify([text])
        assert found is not None
        probabilities.append(found.prohibited[1])
    assert probabilities[1] < probabilities[0] / 2


def test_compare_tells_which_decisions_another_model_would_change(
    trained: tuple[TrainingReport, Path], tmp_path: Path
) -> None:
    templates = tmp_path / "templates.jsonl"
    texts = ["【甲物流】您的订单已发货", "真人荷官在线下注返水", "新茶上市欢迎选购"]
    templates.write_text(
        "".join(json.dumps({"id": str(n), "text": one}, ensure_ascii=False) + "\n" for n, one in enumerate(texts))
    )
    run = CliRunner()
    same = run.invoke(app, ["train", "compare", str(trained[1]), str(templates), "--models", str(trained[1])])
    assert same.exit_code == 0, same.output
    assert same.stdout == "3 templates checked, 0 decided otherwise\n"
    corpus = Path(__file__).parent / "corpus"
    files = [str(corpus / "lawful" / "finance.jsonl"), str(corpus / "unlawful" / "gambling.jsonl")]
    known = run.invoke(app, ["train", "compare", str(trained[1]), *files, "--models", str(trained[1])])
    assert known.exit_code == 0, known.output
    assert known.stdout.endswith(" templates checked, 0 decided otherwise\n")
    other = run.invoke(app, ["train", "compare", str(trained[1]), str(tmp_path), "--format", "json"])
    assert other.exit_code == 0, other.output
    assert json.loads(other.stdout)["texts"] == {"templates": 3}


def test_the_command_tells_what_it_cannot_read(tmp_path: Path) -> None:
    (write(tmp_path) / "service_sms.jsonl").write_text(json.dumps({"text": "您好"}) + "\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["train", "model", str(tmp_path), "--output", str(tmp_path / "models")])
    assert done.exit_code == 2
    told = "error: service_sms.jsonl:1: 'type_guess' is missing or no str; see moderation train --help\n"
    assert done.stderr == told
    assert not (tmp_path / "models").exists()

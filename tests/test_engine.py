"""What holds for every verdict: its spans, its independence of batch and order, its decision and its score."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from serving import real_engine

from moderation import own_words, shipped
from moderation.automata import default_cache
from moderation.engine import Engine, Ruleset
from moderation.findings import MAX_FINDINGS_PER_RULE
from moderation.match import patterns, symbols
from moderation.match.dialect import load_dialects
from moderation.match.links import Link
from moderation.match.wordlist import Wordlist
from moderation.match.wordlist_file import load_directory
from moderation.rule_examples import policy_of, template_of
from moderation.rules.catalogue import BY_KEY, RULES
from moderation.rules.rule import ReasonCategory, Rule, Severity
from moderation.ruleset import RulesetError, build_ruleset, load_all_profiles, load_ruleset
from moderation.text.template import MAX_TEXT_LENGTH, Industry, Span, Template, TemplateType
from moderation.verdict import SEVERITY_WEIGHT, Decision, Finding, Policy, Verdict, decide, risk_score

ROOT = Path(__file__).resolve().parent.parent
MARKETING, NOTIFICATION = TemplateType.MARKETING, TemplateType.NOTIFICATION
LAWFUL = Template("【甲商城】您的订单已发货，请留意查收", type=NOTIFICATION)
UNLAWFUL = Template("【甲商城】全国第一好茶，会员到店8折，拒收请回复R", type=MARKETING)
EXAMPLES = tuple(
    dict.fromkeys(
        example if isinstance(example, str) else example.text for rule in RULES for example in (*rule.bad, *rule.good)
    )
)
INSERTED = (
    *("\u200b", "\u2062", "\ufe0f", "\u00ad", "\u0301", "\u3099", "\u0345", "\u20e3"),
    *("\U0001f600", "\U00020bb7", "\U000e0041", "\U0001d7d9", "ﬁ", "㎡", "①", "ß", "İ", "…", "\ufffc", "\0"),
    *("${name}", "{{name}}", "{#var#}", "{name}", "#code#", "%code%", "${", "}", "{}", "【", "】", "【乙商城】"),
    *(" ", "\u3000", "\r\n", "。", "·", "点", "ｗｗｗ．example．cn/a", "１３８００１３８０００", "400-000-0000"),
)
places = st.integers(0, 200)
edits = st.one_of(
    st.tuples(st.just("insert"), places, st.sampled_from(INSERTED)),
    st.tuples(st.just("insert"), places, st.sampled_from(EXAMPLES)),
    st.tuples(st.just("insert"), places, st.characters(exclude_categories=["Cs"])),
    st.tuples(st.sampled_from(("delete", "double", "widen", "space", "lift")), places, st.just("")),
)


def edited(text: str, edit: tuple[str, int, str]) -> str:
    kind, place, inserted = edit
    at = place % (len(text) + 1)
    before, touched, after = text[:at], text[at : at + 4], text[at + 4 :]
    match kind:
        case "insert":
            return before + inserted + text[at:]
        case "delete":
            return before + text[at + 1 :]
        case "double":
            return before + touched + touched + after
        case "widen":
            return before + "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in touched) + after
        case "space":
            return before + "\u200b".join(touched) + after
        case _:
            return after + before + touched


@st.composite
def mutated_templates(draw: st.DrawFn) -> Template:
    text = draw(st.sampled_from(EXAMPLES))
    for edit in draw(st.lists(edits, max_size=4)):
        text = edited(text, edit)
    return Template(
        text[:MAX_TEXT_LENGTH],
        signature=draw(st.sampled_from(("", "", "甲商城", "国家级茶行", "\u200b", "a】b"))),
        type=draw(st.sampled_from((None, *TemplateType))),
        industry=draw(st.sampled_from((None, Industry.LOAN, Industry.MEDICAL, Industry.RETAIL))),
        send_at=draw(st.sampled_from((None, datetime(2026, 11, 23, 18, tzinfo=UTC)))),
    )


batches = st.lists(mutated_templates(), min_size=1, max_size=6)
STRICT = Policy(verified_domains=frozenset(("example.cn",)), forbidden_words=("商城", "ｘ", "\u200b"))


def ids(verdict: Verdict) -> list[str]:
    return [finding.rule.id for finding in verdict.findings]


def with_rules(engine: Engine, rules: Sequence[Rule]) -> Engine:
    return Engine(Ruleset(engine.ruleset.digest, tuple(rules), engine.ruleset.detectors))


def test_a_finding_points_at_the_words_it_quotes(engine: Engine) -> None:
    verdict = engine.check(UNLAWFUL)
    (finding,) = verdict.findings
    assert (verdict.decision, finding.rule.id, finding.span) == (Decision.REJECT, "AW101", Span(5, 9))
    assert finding.quote == UNLAWFUL.text[5:9] == "全国第一"


@pytest.mark.parametrize(
    ("before", "quote"),
    [
        ("\U0001f600", "全国第一"),
        ("\U00020bb7\U00020bb7", "全国第一"),
        ("e\u0301\u0327", "全国第一"),
        ("\u200b\ufe0f", "全国第一"),
        ("${name}{name}#code#", "全国第一"),
        ("㎡ﬁ…①", "全国第一"),
        ("", "全\u200b国第\u2062一"),
    ],
)
def test_spans_count_code_points_whatever_stands_before_or_inside(engine: Engine, before: str, quote: str) -> None:
    text = f"【甲商城】{before}{quote}好茶，拒收请回复R"
    found = [
        (one.span, one.quote) for one in engine.check(Template(text, type=MARKETING)).findings if one.term == "全国第一"
    ]
    assert found
    assert set(found) == {(Span(5 + len(before), 5 + len(before) + len(quote)), quote)}


def test_what_is_missing_has_neither_span_nor_quote(engine: Engine) -> None:
    (finding,) = engine.check(Template("【甲商城】会员日到店好茶8折", type=MARKETING)).findings
    assert (finding.rule.id, finding.span, finding.quote) == ("OO101", None, "")


def test_a_signature_field_shifts_no_span_and_has_none_itself(engine: Engine) -> None:
    beside = engine.check(Template("全国第一好茶，到店选购，拒收请回复R", signature="甲商城", type=MARKETING))
    assert [(finding.span, finding.quote) for finding in beside.findings] == [(Span(0, 4), "全国第一")]
    inside = engine.check(Template("好茶上新，到店选购，拒收请回复R", signature="代开发票", type=MARKETING))
    assert [(finding.span, finding.quote, finding.term) for finding in inside.findings] == [
        (None, "代开发票", "代开发票")
    ]


@given(batches)
@settings(max_examples=400)
def test_every_span_lies_in_the_text_and_quotes_it(templates: list[Template]) -> None:
    for policy in (Policy(), STRICT):
        for template, verdict in zip(templates, _checked(templates, policy), strict=True):
            for finding in (*verdict.findings, *verdict.shadow):
                if finding.span is None:
                    assert finding.quote in f"【{template.signature}】"
                else:
                    start, end = finding.span.start, finding.span.end
                    assert 0 <= start < end <= len(template.text)
                    assert template.text[start:end] == finding.quote
            assert verdict.degraded == ()
            assert_findings_are_in_order_and_apart(verdict)


def _checked(templates: Sequence[Template], policy: Policy) -> list[Verdict]:
    return real_engine().check_many(templates, [policy] * len(templates))


def assert_findings_are_in_order_and_apart(verdict: Verdict) -> None:
    spans = [finding.span for finding in verdict.findings if finding.span is not None]
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    reached: Counter[str] = Counter()
    for finding in verdict.findings:
        if finding.span is not None:
            assert finding.span.start >= reached[finding.rule.id]
            reached[finding.rule.id] = finding.span.end


@given(batches, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_a_verdict_does_not_depend_on_the_batch_or_its_order(templates: list[Template], random: object) -> None:
    engine = real_engine()
    alone = [engine.check(template) for template in templates]
    assert engine.check_many(templates) == alone
    order = list(range(len(templates)))
    random.shuffle(order)  # type: ignore[attr-defined]
    assert engine.check_many([templates[index] for index in order]) == [alone[index] for index in order]


def test_a_verdict_does_not_depend_on_the_size_of_the_batch(engine: Engine) -> None:
    templates = [Template(text) for text in EXAMPLES]
    together = engine.check_many(templates)
    assert len(templates) > 256
    assert together == [engine.check(template) for template in templates]
    assert together == [
        verdict for start in range(0, len(templates), 7) for verdict in engine.check_many(templates[start : start + 7])
    ]


def test_each_template_of_a_batch_is_judged_by_its_own_policy(engine: Engine) -> None:
    strict = Policy(forbidden_words=("订单",))
    verdicts = engine.check_many([LAWFUL, LAWFUL, LAWFUL], [Policy(), strict, Policy()])
    assert [verdict.decision for verdict in verdicts] == [Decision.PASS, Decision.REJECT, Decision.PASS]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("【甲中学】请家长于周五前完成校服尺码登记", NOTIFICATION),
        ("【甲供电】峰谷电价提示：低谷时段为22:00至次日8:00", NOTIFICATION),
        ("【甲社区】谨防“免费领鸡蛋”骗局，请老人们相互转告", NOTIFICATION),
        ("【甲餐厅】全场8折，快来品尝", MARKETING),
        ("【甲餐厅】新菜上市，欢迎品尝，拒收请回复R", MARKETING),
    ],
)
def test_a_text_of_no_declared_type_is_advertising_where_something_in_it_advertises(
    engine: Engine, text: str, kind: TemplateType
) -> None:
    assert engine.check(Template(text)).type is kind


def test_an_empty_batch_has_no_verdicts(engine: Engine) -> None:
    assert engine.check_many([]) == []


@pytest.fixture(scope="module")
def wordlists() -> tuple[Wordlist, ...]:
    return load_directory(shipped.directory("wordlists"))


def test_the_order_of_wordlists_and_rules_does_not_matter(engine: Engine, wordlists: tuple[Wordlist, ...]) -> None:
    backwards = Engine(build_ruleset(wordlists[::-1], engine.ruleset.detectors.classifier, RULES[::-1]))
    templates = [Template(text) for text in EXAMPLES]
    assert backwards.check_many(templates) == engine.check_many(templates)


def test_the_order_of_entries_does_not_matter(engine: Engine, wordlists: tuple[Wordlist, ...]) -> None:
    turned = [replace(wordlist, entries=wordlist.entries[::-1]) for wordlist in wordlists]
    backwards = Engine(build_ruleset(turned, engine.ruleset.detectors.classifier))
    templates = [Template(text) for text in EXAMPLES]
    assert backwards.check_many(templates) == engine.check_many(templates)


def test_the_digest_names_everything_a_verdict_is_made_from(
    engine: Engine, wordlists: tuple[Wordlist, ...], tmp_path: Path
) -> None:
    classifier = engine.ruleset.detectors.classifier
    dialects = load_dialects(shipped.directory("dialects"))
    small = [replace(wordlist, variants=(), entries=wordlist.entries[:2]) for wordlist in wordlists]
    lacking = next(wordlist for wordlist in small if wordlist.id == "advertising/absolute")
    others = [wordlist for wordlist in small if wordlist is not lacking]
    first, *rest = lacking.entries
    profiles = load_all_profiles()
    window = profiles["generic"].send_window.model_copy(update={"zone": "Asia/Tokyo"})
    other = profiles["generic"].model_copy(update={"send_window": window})
    built = partial(build_ruleset, profiles=profiles, dialects=dialects, cache=tmp_path)
    digests = [
        built(small, classifier).digest,
        built(small, None).digest,
        built(small, classifier, RULES[1:]).digest,
        built(small, classifier, [replace(RULES[0], severity=Severity.SHADOW), *RULES[1:]]).digest,
        built([*others, replace(lacking, entries=tuple(rest))], classifier).digest,
        built([*others, replace(lacking, entries=(replace(first, weight=0.123), *rest))], classifier).digest,
        built([*others, replace(lacking, variants=("separator",))], classifier).digest,
        built(small, classifier, profiles=profiles | {"generic": other}).digest,
        built(small, classifier, dialects=dialects[1:]).digest,
        built(small, classifier, dialects=[*dialects[1:], replace(dialects[0], common=())]).digest,
        built(small, classifier, dialects=[*dialects[1:], replace(dialects[0], equivalents=())]).digest,
    ]
    assert len(set(digests)) == len(digests)
    assert built(small[::-1], classifier, RULES[::-1], dialects=dialects[::-1]).digest == digests[0]
    shipped_again = build_ruleset(wordlists[::-1], classifier, dialects=dialects[::-1], cache=default_cache())
    assert shipped_again.digest == engine.ruleset.digest
    assert engine.ruleset.digest not in digests


def test_a_rule_whose_wordlist_is_missing_is_refused(wordlists: tuple[Wordlist, ...]) -> None:
    with pytest.raises(RulesetError, match="rule TM102 reads words:otp/code: no such wordlist"):
        build_ruleset([wordlist for wordlist in wordlists if wordlist.id != "otp/code"], None, [BY_KEY["TM102"]])


def test_two_processes_give_the_same_ruleset_and_verdicts() -> None:
    program = (
        "import json; from moderation.engine import Engine; from moderation.ruleset import load_ruleset;"
        "from moderation.text.template import Template; engine = Engine(load_ruleset());"
        "texts = json.loads(input());"
        "print(json.dumps([repr(verdict) for verdict in engine.check_many([Template(text) for text in texts])]))"
    )
    engine = Engine(load_ruleset())
    texts = list(EXAMPLES[::5])
    expected = [repr(verdict) for verdict in engine.check_many([Template(text) for text in texts])]
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert json.loads(done.stdout) == expected, done.stderr


OF_TEMPLATES = [rule for rule in RULES if not rule.bad[0].message]


@pytest.mark.parametrize("rule", OF_TEMPLATES, ids=lambda rule: rule.id)
def test_a_shadow_rule_is_recorded_and_changes_nothing(engine: Engine, rule: Rule) -> None:
    others = [other for other in RULES if other is not rule]
    without, shadowed = (
        with_rules(engine, others),
        with_rules(engine, [*others, replace(rule, severity=Severity.SHADOW)]),
    )
    for bad in rule.bad:
        if rule.id in raised_by(engine, bad.profile):
            continue
        template, policy = template_of(rule, bad), policy_of(bad)
        if rule.id in raised_by(engine, bad.profile):
            continue
        expected, verdict = without.check(template, policy), shadowed.check(template, policy)
        assert verdict._replace(shadow=(), trials=()) == expected._replace(shadow=(), trials=())
        if not bad.broken_detectors:
            assert rule.id in {finding.rule.id for finding in verdict.shadow}


def raised_by(engine: Engine, profile: str) -> set[str]:
    """Return the rules whose severity a profile sets itself."""
    severities = engine.ruleset.detectors.profiles[profile or "generic"].severities
    return {BY_KEY[key].id for key in severities}


class Broken:
    """Stands where a detector should be and fails on every use."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError("detector down")


def with_broken(engine: Engine, **detectors: object) -> Engine:
    broken = replace(engine.ruleset.detectors, **detectors)  # type: ignore[arg-type]
    return Engine(Ruleset(engine.ruleset.digest, engine.ruleset.rules, broken))


def assert_degraded(verdict: Verdict, detector: str) -> None:
    assert verdict.degraded == (detector,)
    (finding,) = [finding for finding in verdict.findings if finding.category is ReasonCategory.DEGRADED]
    assert (finding.term, finding.span, finding.severity) == (detector, None, Severity.REVIEW)
    assert detector in finding.message("zh")


@pytest.mark.parametrize(("broken", "name"), [("automaton", "words"), ("links", "links"), ("classifier", "classifier")])
def test_a_broken_detector_gives_review_and_is_named(engine: Engine, broken: str, name: str) -> None:
    verdict = with_broken(engine, **{broken: Broken()}).check(LAWFUL)
    assert verdict.decision is Decision.REVIEW
    assert_degraded(verdict, name)


@pytest.mark.parametrize(("module", "name"), [(patterns, "patterns"), (symbols, "form")])
def test_patterns_that_fail_give_review(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str
) -> None:
    monkeypatch.setattr(module, "find_many", Broken())
    verdict = engine.check(LAWFUL)
    assert verdict.decision is Decision.REVIEW
    assert_degraded(verdict, name)


def test_a_policy_whose_words_cannot_be_looked_for_gives_review(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_words, "fold", Broken())
    verdict = engine.check(LAWFUL, Policy(forbidden_words=("乙品牌",)))
    assert verdict.decision is Decision.REVIEW
    assert_degraded(verdict, "policy")


def test_a_segmenter_that_fails_gives_review_where_word_edges_are_needed(engine: Engine) -> None:
    broken = with_broken(engine, segmenter=Broken())
    assert_degraded(broken.check(Template("【甲商城】最好的茶", type=NOTIFICATION)), "words")
    assert broken.check(LAWFUL) == engine.check(LAWFUL)


TAGGED = (
    ("【甲商城】会员日巴适得很，莫得套路，全场8折，拒收请回复R", "", ("dialect:sichuan",)),
    ("【甲商城】莫\u200b得套路，巴\u200b适得很", "", ("dialect:sichuan",)),
    ("${name}，唔使钱嘅嘢唔好信", "甲商城", ("dialect:cantonese",)),
    ("您的订单已发货", "巴适得很", ("dialect:sichuan",)),
    ("您的订单已发货，请留意查收", "甲商城", ()),
    ("巴${x}适，莫${x}得", "甲商城", ()),
)


@pytest.mark.parametrize(("text", "signature", "tags"), TAGGED)
def test_a_text_in_a_dialect_is_tagged(text: str, signature: str, tags: tuple[str, ...], engine: Engine) -> None:
    assert engine.check(Template(text, signature=signature)).tags == tags


def test_a_dialect_that_cannot_be_told_is_named_and_decides_nothing(engine: Engine) -> None:
    template = Template(TAGGED[0][0], type=TemplateType.MARKETING)
    expected, verdict = engine.check(template), with_broken(engine, dialects=Broken()).check(template)
    assert (verdict.tags, verdict.degraded) == ((), ("dialect",))
    assert verdict._replace(tags=expected.tags, degraded=()) == expected


def test_own_dialect_files_replace_the_shipped_ones(tmp_path: Path) -> None:
    header = (
        '+++\nid = "dialect/test"\ntitle = "试话"\nowner = "policy"\nlicence = "own work"\n[sources]\nown = "x"\n+++\n'
    )
    (tmp_path / "test.txt").write_text(f"{header}没有\t无得有\town\n", encoding="utf-8")
    verdicts = Engine(load_ruleset(dialects=tmp_path)).check_many([Template("无得有套路"), Template(TAGGED[0][0])])
    assert [verdict.tags for verdict in verdicts] == [("dialect:test",), ()]


def test_no_policy_lets_a_degraded_template_pass(engine: Engine) -> None:
    lenient = Policy(review_threshold=2.0, reject_threshold=2.0)
    assert with_broken(engine, links=Broken()).check(LAWFUL, lenient).decision is Decision.REVIEW


def test_a_broken_detector_hides_nothing_that_the_others_find(engine: Engine) -> None:
    verdict = with_broken(engine, classifier=Broken(), links=Broken()).check(UNLAWFUL)
    assert verdict.decision is Decision.REJECT
    assert "AW101" in ids(verdict)
    assert verdict.degraded == ("links", "classifier")


class FailsOnOneText:
    """The link finder of an engine, which fails where a text of the batch holds 坏."""

    def __init__(self, engine: Engine) -> None:
        self._links = engine.ruleset.detectors.links

    def find_many(self, texts: Sequence[str]) -> Sequence[list[Link]]:
        if any("坏" in text for text in texts):
            raise RuntimeError("detector down")
        return self._links.find_many(texts)

    def __getattr__(self, name: str) -> object:
        return getattr(self._links, name)


def test_a_text_that_breaks_a_detector_degrades_no_other_of_its_batch(engine: Engine) -> None:
    linked = Template("【甲商城】详情 https://www.example.cn/a", type=NOTIFICATION)
    bad = Template("【甲商城】坏的包裹已退回", type=NOTIFICATION)
    before, degraded, after = with_broken(engine, links=FailsOnOneText(engine)).check_many([linked, bad, LAWFUL])
    assert_degraded(degraded, "links")
    assert [before, after] == engine.check_many([linked, LAWFUL])


def finding_of(rule: Rule, score: float) -> Finding:
    return Finding(rule, rule.severity, score, None, "", "")


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({}, 0.0),
        ({"AW101": [0.9]}, 0.9),
        ({"AW101": [0.9, 0.9, 0.9]}, 0.9),
        ({"AW101": [0.3, 0.9], "TM101": [0.5]}, 0.95),
        ({"AW101": [0.9], "OO101": [0.9]}, 0.99),
        ({"AW101": [0.0]}, 0.0),
    ],
)
def test_the_risk_score_counts_each_rule_once(scores: dict[str, list[float]], expected: float) -> None:
    found = [finding_of(BY_KEY[rule_id], score) for rule_id, own in scores.items() for score in own]
    assert risk_score(found) == risk_score(found[::-1]) == expected


@given(batches)
@settings(max_examples=100)
def test_the_risk_score_is_the_noisy_or_of_the_findings(templates: list[Template]) -> None:
    for verdict in _checked(templates, STRICT):
        strongest: dict[str, float] = {}
        for finding in verdict.findings:
            assert 0.0 <= finding.score <= SEVERITY_WEIGHT[finding.severity]
            strongest[finding.rule.id] = max(strongest.get(finding.rule.id, 0.0), finding.score)
        assert verdict.risk_score == pytest.approx(1.0 - math.prod(1.0 - s for s in strongest.values()), abs=1e-4)
        assert verdict.decision is decide(verdict.findings, verdict.risk_score, STRICT)


ADVICE, REVIEW, REJECT = (
    next(rule for rule in RULES if rule.severity is severity)
    for severity in (Severity.ADVICE, Severity.REVIEW, Severity.REJECT)
)


@pytest.mark.parametrize(
    ("rules", "score", "expected"),
    [
        ([], 0.0, Decision.PASS),
        ([], 0.49, Decision.PASS),
        ([], 0.5, Decision.REVIEW),
        ([], 0.96, Decision.REVIEW),
        ([], 0.97, Decision.REJECT),
        ([ADVICE], 0.0, Decision.PASS),
        ([REVIEW], 0.1, Decision.REVIEW),
        ([REVIEW], 0.97, Decision.REJECT),
        ([REJECT], 0.1, Decision.REJECT),
        ([ADVICE, REVIEW, REJECT], 0.1, Decision.REJECT),
    ],
)
def test_the_decision_is_the_worst_of_severities_and_thresholds(
    rules: list[Rule], score: float, expected: Decision
) -> None:
    assert decide([finding_of(rule, score) for rule in rules], score, Policy()) is expected


def test_a_policy_moves_its_thresholds(engine: Engine) -> None:
    template = Template("【甲商城】最好的茶上新，详情 https://www.example.cn/a", type=NOTIFICATION)
    assert engine.check(template).decision is Decision.REVIEW
    score = engine.check(template).risk_score
    assert engine.check(template, Policy(reject_threshold=score)).decision is Decision.REJECT
    assert engine.check(template, Policy(reject_threshold=score + 0.01)).decision is Decision.REVIEW


@pytest.mark.parametrize(
    "unit",
    [
        "国家级",
        "国\u200b家级",
        "全国第一，",
        "a.example.cn/x ",
        "13800000000 ",
        "${a}",
        "【甲】",
        "{",
        "加微信abc123 ",
        "稳赚不赔",
    ],
)
def test_a_text_full_of_hits_is_reported_by_its_first_ones(engine: Engine, unit: str) -> None:
    text = (unit * MAX_TEXT_LENGTH)[:MAX_TEXT_LENGTH]
    verdict = engine.check(Template(text, type=MARKETING), STRICT)
    counts = Counter(ids(verdict))
    assert counts
    assert max(counts.values()) <= MAX_FINDINGS_PER_RULE
    assert verdict.decision is not Decision.PASS


def test_the_first_hits_of_a_rule_are_kept(engine: Engine) -> None:
    text = "国家级茶，" * 100
    found = [
        finding.span for finding in engine.check(Template(text, type=MARKETING)).findings if finding.rule.id == "AW101"
    ]
    assert found == [Span(start * 5, start * 5 + 3) for start in range(MAX_FINDINGS_PER_RULE)]

"""Tenants' own words, allowed words and severities: what they do to a verdict, and that they do it to no other's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from moderation.engine import Engine
from moderation.match.lexicon import lexicon_of
from moderation.match.own_word import Listing, OwnWord
from moderation.message import check_messages
from moderation.rule_examples import template_of
from moderation.rules.rule import Severity
from moderation.rules.rule_trials import RuleTrial, TrialState
from moderation.ruleset import load_ruleset, with_rule_trials
from moderation.text.template import Industry, Template, TemplateType
from moderation.verdict import Decision, Finding, Policy, SeverityChange, Verdict

ALLOWED, WATCHED = Listing.ALLOWED, Listing.WATCHED
TEXT = "【甲商城】乙品牌同款上市，拒收请回复R"


@pytest.fixture(scope="module")
def small(small_lists: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine over the first entries of every wordlist."""
    return Engine(load_ruleset(small_lists, cache=tmp_path_factory.mktemp("cache")))


def policy_with(*words: OwnWord, inherited: tuple[OwnWord, ...] = ()) -> Policy:
    """Return the policy of a tenant that lists these words, with those that it inherits."""
    lexicon = lexicon_of({"jia": words, "yi": (OwnWord("同款", "乙方不许"),), "default": inherited})
    found = lexicon.of("jia", 1), lexicon.of("default", 1, is_inherited=True)
    return Policy(words=tuple(one for one in found if one is not None), version=1)


def check(engine: Engine, text: str, policy: Policy) -> Verdict:
    return engine.check(Template(text, type=TemplateType.MARKETING), policy)


def of_rule(verdict: Verdict, rule: str) -> list[Finding]:
    return of_rule_in(verdict.findings, rule)


def of_rule_in(findings: Sequence[Finding], rule: str) -> list[Finding]:
    return [finding for finding in findings if finding.rule.id == rule]


def test_a_word_of_the_tenant_is_found_with_its_reason(small: Engine) -> None:
    verdict = check(small, TEXT, policy_with(OwnWord("乙品牌", "竞品不得出现")))
    (finding,) = of_rule(verdict, "CU101")
    assert (verdict.decision, finding.quote, finding.message(), finding.message("en")) == (
        Decision.REJECT,
        "乙品牌",
        "竞品不得出现",
        "竞品不得出现",
    )
    assert (verdict.policy_version, verdict.default_policy_version) == (1, 0)


def test_a_watched_word_is_for_a_person(small: Engine) -> None:
    verdict = check(small, TEXT, policy_with(OwnWord("乙品牌", "须人工看", WATCHED)))
    assert (verdict.decision, [one.rule.id for one in verdict.findings]) == (Decision.REVIEW, ["CU102"])


@pytest.mark.parametrize(
    ("word", "text", "quote"),
    [
        ("乙品牌", "乙 品 牌同款", "乙 品 牌"),
        ("乙品牌", "乙*品*牌同款", "乙*品*牌"),
        ("乙品牌", "乙\u200b品牌同款", "乙\u200b品牌"),
        ("abc", "ＡＢＣ同款", "ＡＢＣ"),
        ("ＡＢＣ", "abc同款", "abc"),
        ("国货", "國貨同款", "國貨"),
        ("國貨", "国货同款", "国货"),
        ("乙品牌旗舰", "乙品牌旗*舰", "乙品牌旗*舰"),
        ("😀", "笑😀笑", "😀"),
    ],
)
def test_a_word_is_found_in_disguise(small: Engine, word: str, text: str, quote: str) -> None:
    verdict = check(small, f"【甲商城】{text}，拒收请回复R", policy_with(OwnWord(word, "不许")))
    assert [one.quote for one in of_rule(verdict, "CU101")] == [quote]
    (finding,) = of_rule(verdict, "CU101")
    assert finding.span is not None
    assert f"【甲商城】{text}"[finding.span.start : finding.span.end] == quote


@pytest.mark.parametrize("text", ["免，费用另计", "乙的品牌", "到期款项，须知"])
def test_two_words_that_meet_are_none(small: Engine, text: str) -> None:
    verdict = check(small, f"【甲商城】{text}，拒收请回复R", policy_with(OwnWord("免费", "x"), OwnWord("款须", "x")))
    assert not of_rule(verdict, "CU101")


def test_word_edges(small: Engine) -> None:
    policy = policy_with(OwnWord("最好", "x", word_edges=True))
    assert of_rule(check(small, "【甲商城】这是最好的茶，拒收请回复R", policy), "CU101")
    assert not of_rule(
        check(small, "【甲商城】请最好是提前到店的顾客，拒收请回复R", replace(policy, words=())), "CU101"
    )


def test_a_tenants_words_are_nobody_elses(small: Engine) -> None:
    own = policy_with(OwnWord("乙品牌", "x"))
    lexicon = lexicon_of({"jia": [OwnWord("乙品牌", "x")], "yi": [OwnWord("同款", "y"), OwnWord("乙品牌旗舰", "z")]})
    jia, yi = (Policy(words=(lexicon.of(one, 1),)) for one in ("jia", "yi"))  # type: ignore[arg-type]
    templates = [Template(TEXT, type=TemplateType.MARKETING)] * 4
    verdicts = small.check_many(templates, [jia, yi, Policy(), own])
    assert [[one.quote for one in of_rule(verdict, "CU101")] for verdict in verdicts] == [
        ["乙品牌"],
        ["同款"],
        [],
        ["乙品牌"],
    ]
    assert verdicts == [
        small.check(one, policy) for one, policy in zip(templates, [jia, yi, Policy(), own], strict=True)
    ]


def test_the_tenants_reason_goes_before_the_inherited_one(small: Engine) -> None:
    policy = policy_with(
        OwnWord("乙品牌", "本店不许"), inherited=(OwnWord("乙品牌", "全平台不许"), OwnWord("同款", "慎用"))
    )
    found = of_rule(check(small, TEXT, policy), "CU101")
    assert [(one.quote, one.message()) for one in found] == [("乙品牌", "本店不许"), ("同款", "慎用")]


SCHOOL = "国家级实验室"
AD = f"【甲商城】{SCHOOL}开放日会员8折，拒收请回复R"


@pytest.mark.parametrize(
    ("word", "is_spared"),
    [
        (OwnWord(SCHOOL, "名称", ALLOWED), True),
        (OwnWord("国家级", "名称", ALLOWED), True),
        (OwnWord("国家", "名称", ALLOWED), False),
        (OwnWord("级实验室", "名称", ALLOWED), False),
        (OwnWord(SCHOOL, "名称", ALLOWED, wordlist="advertising/absolute"), True),
        (OwnWord(SCHOOL, "名称", ALLOWED, wordlist="finance/guarantee"), False),
        (OwnWord(SCHOOL, "名称", ALLOWED, rule="AW101"), True),
        (OwnWord(SCHOOL, "名称", ALLOWED, rule="AW102"), False),
    ],
    ids=str,
)
def test_an_allowed_word_spares_what_lies_in_it(small: Engine, word: OwnWord, is_spared: bool) -> None:
    plain = check(small, AD, Policy())
    assert [one.rule.id for one in plain.findings] == ["AW101"]
    verdict = check(small, AD, policy_with(word))
    assert (not verdict.findings, verdict.decision is Decision.PASS) == (is_spared, is_spared)
    assert verdict.risk_score == (0.0 if is_spared else plain.risk_score)


def test_an_allowed_word_spares_nothing_beside_it(small: Engine) -> None:
    text = f"【甲商城】{SCHOOL}，国家级品质，会员8折，拒收请回复R"
    verdict = check(small, text, policy_with(OwnWord(SCHOOL, "名称", ALLOWED)))
    assert [one.span.start for one in verdict.findings if one.span] == [text.index("，国家级") + 1]


@pytest.mark.parametrize("text", ["国 家 级实验室", "國家級实验室", "国*家级实验室"])
def test_an_allowed_word_in_disguise_is_not_allowed(small: Engine, text: str) -> None:
    verdict = check(small, f"【甲商城】{text}会员8折，拒收请回复R", policy_with(OwnWord(SCHOOL, "名称", ALLOWED)))
    assert verdict.decision is not Decision.PASS


def test_an_allowed_word_spares_no_fixed_rule_unless_it_is_inherited(small: Engine) -> None:
    text, word = "【甲商城】百家乐主题展，拒收请回复R", OwnWord("百家乐主题展", "展名", ALLOWED)
    own, inherited = policy_with(word), policy_with(inherited=(word,))
    assert of_rule(check(small, text, own), "PC101")
    assert not of_rule(check(small, text, inherited), "PC101")


def test_an_allowed_word_makes_nothing_stricter(small: Engine) -> None:
    text = "【甲商城】会员日8折，拒收请回复R"
    allowed = policy_with(OwnWord("拒收请回复R", "x", ALLOWED), OwnWord("会员日8折", "x", ALLOWED))
    assert check(small, text, allowed).findings == check(small, text, Policy()).findings


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (SeverityChange("AW101", Severity.REVIEW, may_soften=True), Severity.REVIEW),
        (SeverityChange("AW101", Severity.ADVICE, may_soften=True), Severity.ADVICE),
        (SeverityChange("AW101", None, may_soften=True), None),
        (SeverityChange("AW101", Severity.REVIEW), Severity.REJECT),
        (SeverityChange("AW101", None), Severity.REJECT),
        (SeverityChange("XX999", None), Severity.REJECT),
    ],
    ids=str,
)
def test_a_rule_has_the_severity_of_the_policy(
    small: Engine, change: SeverityChange, expected: Severity | None
) -> None:
    text = "【甲商城】国家级品质，会员8折，拒收请回复R"
    policy = Policy(severities=(change,))
    verdict = check(small, text, policy)
    assert [one.severity for one in verdict.findings] == ([expected] if expected else [])
    assert small.check_many([Template(text, type=TemplateType.MARKETING)] * 2, [Policy(), policy])[1] == verdict


@pytest.mark.parametrize("state", [TrialState.SHADOW, TrialState.OFF])
@pytest.mark.parametrize("severity", [Severity.REVIEW, Severity.REJECT, Severity.ADVICE])
def test_what_is_said_of_a_rule_for_all_stands_above_a_policy(
    small: Engine, state: TrialState, severity: Severity
) -> None:
    engine = Engine(with_rule_trials(small.ruleset, {"AW101": RuleTrial(state)}))
    policy = Policy(severities=(SeverityChange("AW101", severity, may_soften=True),))
    verdict = check(engine, "【甲商城】国家级品质，会员8折，拒收请回复R", policy)
    assert (verdict.findings, verdict.decision) == ((), Decision.PASS)
    assert [one.name for one in verdict.trials] == (["AW101"] if state is TrialState.SHADOW else [])


def test_a_rule_on_trial_holds_where_a_policy_says_so(small: Engine) -> None:
    recording = Engine(replace(small.ruleset, records_shadow=True))
    held = 0
    for rule in small.ruleset.rules:
        example = rule.bad[0]
        if rule.severity is not Severity.SHADOW or example.message:
            continue
        template = template_of(rule, example)
        on_trial = of_rule_in(recording.check(template).shadow, rule.id)
        verdict = small.check(template, Policy(severities=(SeverityChange(rule.id, Severity.REVIEW),)))
        assert not of_rule(small.check(template), rule.id)
        assert [one.quote for one in of_rule(verdict, rule.id)] == [one.quote for one in on_trial]
        assert {one.severity for one in of_rule(verdict, rule.id)} <= {Severity.REVIEW}
        held += bool(on_trial)
    assert held


def test_what_a_template_does_not_declare(small: Engine) -> None:
    policy = Policy(profile="aliyun", industry=Industry.FINANCE)
    text = "【甲商城】您的订单已发货"
    assert small.check(Template(text), policy).industry is Industry.FINANCE
    declared = Template(text, industry=Industry.RETAIL, profile="generic")
    assert small.check(declared, policy) == small.check(declared)
    named = replace(declared, profile="aliyun", industry=Industry.FINANCE)
    assert small.check(Template(text), policy) == small.check(named)


def test_a_value_that_brings_in_a_word_of_the_tenant(small: Engine) -> None:
    template = Template("【甲商城】您好${name}，您的订单已发货", type=TemplateType.NOTIFICATION)
    policy = policy_with(OwnWord("乙品牌", "竞品"), OwnWord("订单", "已审"))
    judged = small.check(template)
    verdicts = check_messages(
        small,
        template,
        judged,
        ["【甲商城】您好王先生，您的订单已发货", "【甲商城】您好乙品牌，您的订单已发货"],
        policy,
    )
    assert [[one.message() for one in verdict.findings if one.rule.id == "CU101"] for verdict in verdicts] == [
        [],
        ["竞品"],
    ]

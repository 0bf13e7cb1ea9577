"""Suggested texts: what is mended, how it reads, and that no edit invents or breaks anything."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from corpora import Sample, unlawful
from hypothesis import given, settings
from hypothesis import strategies as st
from serving import real_engine

from moderation.engine import Engine
from moderation.revision import exact_edits, revise
from moderation.rule_examples import policy_of, template_of
from moderation.rules.catalogue import BY_KEY, RULES
from moderation.rules.repair import Add, AddOptOut, Swap
from moderation.rules.rule import Severity
from moderation.text.template import Span, Template, TemplateType
from moderation.verdict import Decision, Edit, Verdict

MARKETING, NOTIFICATION, OTP = TemplateType.MARKETING, TemplateType.NOTIFICATION, TemplateType.OTP
STRICTNESS = list(Decision)


def suggest(
    engine: Engine, text: str, kind: TemplateType = MARKETING, profile: str = "", signature: str = ""
) -> Verdict:
    return engine.check(Template(text, type=kind, profile=profile, signature=signature), suggest=True)


@pytest.mark.parametrize(
    ("text", "kind", "mended"),
    [
        ("【甲商城】会员日到店8折", MARKETING, "【甲商城】会员日到店8折，拒收请回复R"),
        ("会员日到店8折【甲商城】", MARKETING, "会员日到店8折，拒收请回复R【甲商城】"),
        ("【甲商城】会员日到店8折。", MARKETING, "【甲商城】会员日到店8折，拒收请回复R"),
        ("【甲商城】会员日到店8折，退订回${key}", MARKETING, "【甲商城】会员日到店8折，拒收请回复R"),
        ("【甲商城】会员日到店8折，退*订回T", MARKETING, "【甲商城】会员日到店8折，拒收请回复R"),
        (
            "【甲商城】会员日到店8折，退订请致电400-000-0000，拒收请回复R",
            MARKETING,
            "【甲商城】会员日到店8折，拒收请回复R",
        ),
        ("【甲商城】您的订单\u200b已发货", NOTIFICATION, "【甲商城】您的订单已发货"),
        ("【甲商城】验证码${code}，用于登录，查看 https://example.com/a", OTP, "【甲商城】验证码${code}，用于登录"),
        (
            "【甲商城】验证码${code}，用于登录，客服400-000-0000，请勿泄露",
            OTP,
            "【甲商城】验证码${code}，用于登录，请勿泄露",
        ),
    ],
)
def test_a_text_is_mended(engine: Engine, text: str, kind: TemplateType, mended: str) -> None:
    verdict = suggest(engine, text, kind)
    assert verdict.decision is not Decision.PASS
    assert verdict.suggested_text == mended
    assert verdict.suggested_decision is Decision.PASS


@pytest.mark.parametrize(
    ("body", "mended"),
    [
        ("我们是全国第一的书店，会员8折", "我们是书店，会员8折"),
        ("我们的茶是全国第一，会员8折", "会员8折"),
        ("因全国第一，所以值得信赖，会员8折", "值得信赖，会员8折"),
        ("欢迎到国家级、省级景区，门票8折", "欢迎到省级景区，门票8折"),
        ("全市最大、最全、最好的家具城，周末开业", "最全的家具城，周末开业"),
        ("网上说“国家级”“稳妥”的课，会员8折", "网上说“稳妥”的课，会员8折"),
        ("会员8折（国家级），到店有礼", "会员8折，到店有礼"),
        ("会员8折。国家级！到店有礼", "会员8折。到店有礼"),
        ("包过！不过退款！一次通过率100%，名师押题", "名师押题"),
        ("好评返现5元，晒图返现10元红包，详询客服", "欢迎评价，欢迎晒图，详询客服"),
    ],
)
def test_what_is_left_reads_well(engine: Engine, body: str, mended: str) -> None:
    assert suggest(engine, f"【甲商城】{body}，拒收请回复R").suggested_text == f"【甲商城】{mended}，拒收请回复R"


@pytest.mark.parametrize(
    ("body", "mended"),
    [
        ("信用贷款最快3分钟到账，年利率7.2%", "信用贷款，年利率7.2%"),
        ("信用贷款3 分钟到账，年利率7.2%", "信用贷款，年利率7.2%"),
        ("信用贷款只需3-5分钟下款，年利率7.2%", "信用贷款，年利率7.2%"),
        ("信用贷款最快十分钟到账，年利率7.2%", "信用贷款，年利率7.2%"),
        ("信用贷款${n}分钟到账，年利率7.2%", ""),
        ("信用贷款日息低至0.02%起，年利率7.2%", ""),
        ("冲刺班30天提高100分，名师授课", "冲刺班，名师授课"),
        ("开家奶茶店最快3个月回本，加盟有风险", "开家奶茶店，加盟有风险"),
        ("科目二包过，到店8折", "科目二，到店8折"),
    ],
)
def test_no_number_is_left_without_what_it_counts(engine: Engine, body: str, mended: str) -> None:
    notice = "，请根据个人能力合理贷款" if "贷款" in body else ""
    suggested = suggest(engine, f"【甲商城】{body}{notice}，拒收请回复R").suggested_text
    assert suggested == (f"【甲商城】{mended}{notice}，拒收请回复R" if mended else "")


def test_a_clause_with_a_placeholder_is_not_dropped_for_what_stands_beside_it(engine: Engine) -> None:
    verdict = suggest(engine, "【甲商城】登录验证码${code} 查看 https://example.com/a，请勿泄露", OTP)
    assert "${code}" in verdict.suggested_text


def test_words_that_reach_over_clauses_are_not_deleted_with_what_is_between(engine: Engine) -> None:
    text = "【甲商城】招工，不限学历，日结500元，仅限男性，年龄18-35岁"
    assert suggest(engine, text).suggested_text == f"{text}，拒收请回复R"


def test_a_broken_placeholder_is_not_mended_to_another_syntax(engine: Engine) -> None:
    verdict = suggest(engine, "【甲商城】会员${name}您好，您的积分${poi\u200bnt}分可兑换，到店8折")
    assert "您的积分${point}分" in verdict.suggested_text
    verdict = suggest(engine, "您好，您的积分{{poi①nt}}分可兑换，到店8折", profile="aliyun", signature="甲商城")
    assert "您的积分{{poi①nt}}分" in verdict.suggested_text


def test_nothing_is_suggested_where_nothing_is_left(engine: Engine) -> None:
    assert suggest(engine, "【甲商城】晒图并五星好评返现10元").suggested_text == ""


def test_the_profile_tells_which_opt_out_is_written(engine: Engine) -> None:
    verdict = suggest(engine, "尊敬的会员，到店8折，拒收请回复R", profile="qiniu", signature="甲商城")
    form = engine.ruleset.detectors.profiles["qiniu"].opt_out.forms[0]
    assert verdict.suggested_text == f"尊敬的会员，到店8折，{form}"


def test_what_passes_and_what_cannot_be_mended_has_no_suggestion(engine: Engine) -> None:
    for text in ("【甲商城】会员日到店8折，拒收请回复R", "百家乐新客首存送彩金，加Q领取"):
        verdict = suggest(engine, text, NOTIFICATION if "百家" in text else MARKETING)
        assert (verdict.suggested_text, verdict.suggested_decision, verdict.edits) == ("", None, ())


def test_suggestions_are_made_only_where_they_are_asked_for(engine: Engine) -> None:
    template = Template("【甲商城】会员日到店8折", type=MARKETING)
    asked, plain = engine.check_many([template, template], suggest=[True, False])
    assert asked.suggested_text
    assert not plain.suggested_text
    assert asked.findings == plain.findings


def test_every_edit_is_tied_to_a_finding_of_its_rule(engine: Engine) -> None:
    verdict = suggest(engine, "【甲商城】全网最低价好茶，到店品尝")
    found = {finding.rule.id for finding in verdict.findings}
    assert verdict.edits
    assert {edit.rule_id for edit in verdict.edits} <= found


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        pytest.param(rule.id, number, id=f"{rule.id}-bad{number}")
        for rule in RULES
        if isinstance(rule.repair, (Add, AddOptOut, Swap))
        for number in range(len(rule.bad))
    ],
)
def test_a_rule_that_tells_how_to_mend_is_mended_by_it(engine: Engine, rule: str, number: int) -> None:
    known = BY_KEY[rule]
    bad = known.bad[number]
    template, policy = template_of(known, bad), policy_of(bad)
    verdict = engine.check(template, policy, suggest=True)
    if verdict.decision is Decision.PASS:
        assert known.severity in (Severity.ADVICE, Severity.SHADOW)
        return
    assert verdict.suggested_text, [finding.rule.id for finding in verdict.findings]
    again = engine.check(replace(template, text=verdict.suggested_text), policy)
    assert known.id not in {finding.rule.id for finding in again.findings}


@given(st.sampled_from(unlawful()))
@settings(max_examples=300)
def test_a_suggestion_is_never_worse_and_invents_no_fact(sample: Sample) -> None:
    template, policy = sample.template, sample.policy
    verdict = real_engine().check(template, policy, suggest=True)
    if not verdict.suggested_text:
        return
    again = real_engine().check(replace(template, text=verdict.suggested_text), policy)
    assert again.decision is verdict.suggested_decision
    assert STRICTNESS.index(again.decision) <= STRICTNESS.index(verdict.decision)
    written = "".join(edit.replacement for edit in verdict.edits)
    assert revise(template.text, verdict.edits) == verdict.suggested_text
    assert set("0123456789") & set(written) == set()


def test_edits_say_what_is_cut_and_what_is_written_for_which_rule(engine: Engine) -> None:
    text = "【甲商城】全国第一好茶，会员8折"
    verdict = suggest(engine, text)
    told = [(text[edit.span.start : edit.span.end], edit.replacement, edit.rule_id) for edit in verdict.edits]
    assert told == [("全国第一", "", "AW101"), ("", "，拒收请回复R", "OO101")]


def test_a_change_that_adds_two_statements_is_cut_between_them() -> None:
    planned = [Edit("RD101", Span(2, 2), "投资有风险"), Edit("OO101", Span(2, 2), "拒收请回复R", True)]
    edits = exact_edits("理财", "理财，投资有风险，拒收请回复R", planned)
    assert [(edit.rule_id, edit.replacement) for edit in edits] == [
        ("RD101", "，投资有风险"),
        ("OO101", "，拒收请回复R"),
    ]


@given(st.text("甲乙丙，。8", max_size=40), st.text("甲乙丙，。8", max_size=40))
def test_exact_edits_lead_from_any_text_to_any_other(text: str, mended: str) -> None:
    edits = exact_edits(text, mended, [Edit("AW101", Span(0, 1), "")])
    assert revise(text, edits) == mended
    assert all(one.span.end <= other.span.start for one, other in pairwise(edits))

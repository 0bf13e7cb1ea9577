"""What is on trial is found and told, and changes no decision; it tells what the decision would be."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from weakref import ref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation import shipped
from moderation.automata import save_automata
from moderation.engine import Engine, Ruleset
from moderation.match.classifier import Classifier
from moderation.match.wordlist import Entry, Wordlist
from moderation.match.wordlist_file import WordlistError, load_directory, parse
from moderation.rule_examples import broken_examples
from moderation.rules.rule import Severity
from moderation.rules.rule_trials import RuleTrial, RuleTrials, TrialState
from moderation.ruleset import build_ruleset, load_spoken, with_rule_trials
from moderation.text.template import Template, TemplateType
from moderation.verdict import Decision, TrialHit, Verdict
from moderation.wordlists.plan import ruleset_with

UNTIL = date(2026, 12, 31)
HEADER = '+++\nid = "a"\ntitle = "t"\nowner = "o"\nlicence = "l"\nvariants = []\n[sources]\ns = "s"\n+++\n'
RANKING = "advertising/ranking"
GUARANTEE = "finance/guarantee"


def entry(line: str, until: date | None = UNTIL) -> Entry:
    """Return the entry of a line, on trial unless there is no day."""
    (read,) = parse(
        f"{HEADER}{line.partition(chr(9))[0]}\ts{line[len(line.partition(chr(9))[0]) :]}\n".encode(), "a"
    ).entries
    return replace(read, shadow=until, line=9999)


def lists_with(lists: tuple[Wordlist, ...], **further: list[Entry]) -> tuple[Wordlist, ...]:
    return tuple(replace(one, entries=(*one.entries, *further.get(one.id, ()))) for one in lists)


class Made:
    """Engines over the small lists with further entries; what decides is built once."""

    def __init__(self, directory: Path) -> None:
        self.lists = load_directory(directory)
        self.classifier = Classifier.load(shipped.directory("models"))
        self.plain = build_ruleset(self.lists, self.classifier, records_shadow=False)

    def ruleset(self, further: dict[str, list[Entry]], rule_trials: RuleTrials | None = None) -> Ruleset:
        made = ruleset_with(lists_with(self.lists, **further), self.plain)
        return with_rule_trials(made, rule_trials) if rule_trials else made

    def engine(self, further: dict[str, list[Entry]], rule_trials: RuleTrials | None = None) -> Engine:
        return Engine(self.ruleset(further, rule_trials))


@pytest.fixture(scope="module", name="made")
def made_once(small_lists: Path) -> Made:
    return made_of(small_lists)


@pytest.fixture(scope="module")
def plain(made: Made) -> Engine:
    return made.engine({})


@cache
def made_of(directory: Path) -> Made:
    return Made(directory)


def marketing(text: str) -> Template:
    return Template(text, type=TemplateType.MARKETING)


def live(verdict: Verdict) -> Verdict:
    return verdict._replace(shadow=(), trials=())


def test_an_entry_on_trial_is_told_with_what_it_would_do(made: Made, plain: Engine) -> None:
    template = marketing("【优选商城】本店拿下宇宙桂冠,会员8折,拒收请回复R")
    engine = made.engine({RANKING: [entry("宇宙桂冠")]})
    verdict, without = engine.check(template), plain.check(template)
    assert live(verdict) == without
    assert verdict.trials == (TrialHit(RANKING, "宇宙桂冠", Decision.REVIEW),)
    (finding,) = verdict.shadow
    assert (finding.rule.id, finding.quote, finding.severity, finding.score) == (
        "AW102",
        "宇宙桂冠",
        Severity.SHADOW,
        0.0,
    )
    promoted = made.engine({RANKING: [entry("宇宙桂冠", None)]}).check(template)
    assert promoted.decision is Decision.REVIEW
    assert [one.quote for one in promoted.findings] == [*(one.quote for one in without.findings), "宇宙桂冠"]
    assert not promoted.trials


def test_a_trial_that_is_over_stays_a_trial(made: Made) -> None:
    template = marketing("【优选商城】本店拿下宇宙桂冠,会员8折,拒收请回复R")
    engine = made.engine({RANKING: [entry("宇宙桂冠", date(2000, 1, 1))]})
    assert engine.check(template).trials
    assert engine.check(template).decision is Decision.PASS


def test_each_entry_is_judged_by_itself(made: Made) -> None:
    template = marketing("【优选商城】拿下宇宙桂冠,另有甲乙丙丁礼盒,拒收请回复R")
    engine = made.engine({RANKING: [entry("宇宙桂冠"), entry("桂冠")], "promotion/offer": [entry("甲乙丙丁")]})
    found = {(one.wordlist, one.name): one.decision for one in engine.check(template).trials}
    assert found == {
        (RANKING, "宇宙桂冠"): Decision.REVIEW,
        (RANKING, "桂冠"): Decision.REVIEW,
        ("promotion/offer", "甲乙丙丁"): Decision.PASS,
    }


@pytest.mark.parametrize("text", ["宇宙挂冠", "宇-宙-桂-冠", "宇宙\u200b桂冠", "宇宙${name}桂冠"])
def test_disguises_of_an_entry_on_trial_change_nothing(made: Made, plain: Engine, text: str) -> None:
    template = marketing(f"【优选商城】本店拿下{text},会员8折,拒收请回复R")
    engine = made.engine({RANKING: [entry("宇宙桂冠")], "evasion/split": [entry("宇宙桂冠")]})
    assert live(engine.check(template)) == plain.check(template)


def test_an_exception_of_an_entry_on_trial_spares_it(made: Made) -> None:
    engine = made.engine({RANKING: [entry("桂冠\texcept=桂冠花")]})
    assert not engine.check(marketing("【优选商城】桂冠花开,拒收请回复R")).trials
    assert engine.check(marketing("【优选商城】桂冠在手,拒收请回复R")).trials


def test_entries_that_feed_other_detectors_do_nothing_on_trial(made: Made, plain: Engine) -> None:
    template = marketing("【优选商城】会员8折 https://example.cn/a 拒收请回复R")
    further = {"link/shortener": [entry("example.cn")], "segmentation/words": [entry("会员8")]}
    assert made.engine(further).check(template) == plain.check(template)


def test_an_entry_on_trial_breaks_no_example_of_a_rule(made: Made, plain: Engine) -> None:
    tried = made.engine({RANKING: [entry("第一次"), entry("第一")]})
    assert tried.check(marketing("第一次登录请修改密码")).trials
    assert broken_examples(tried) == broken_examples(plain)


def test_the_digest_is_that_of_what_decides(made: Made, plain: Engine) -> None:
    tried = made.ruleset({RANKING: [entry("宇宙桂冠")]})
    other = made.ruleset({RANKING: [entry("宇宙桂冠"), entry("桂冠")]})
    assert tried.digest == other.digest == plain.ruleset.digest == plain.ruleset.mark
    assert len({tried.mark, other.mark, plain.ruleset.mark}) == 3
    assert tried.detectors.automaton is made.plain.detectors.automaton


def test_what_decides_is_built_as_if_no_entry_were_on_trial(made: Made, plain: Engine) -> None:
    """Also where a ruleset is not made of another: the digest, which tells all entries, and what is found."""
    tried = build_ruleset(lists_with(made.lists, **{RANKING: [entry("全国第一的")]}), made.classifier)
    assert tried.digest == plain.ruleset.digest
    assert tried.detectors.automaton.strings == plain.ruleset.detectors.automaton.strings
    assert (
        [one.entry for one in tried.detectors.on_trial.entries] == ["全国第一的"] if tried.detectors.on_trial else False
    )


def test_a_large_trial_is_kept_beside_the_other_automata(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.automata.SAVED_FROM", 2)
    lists = lists_with(made.lists, **{RANKING: [entry("宇宙桂冠"), entry("银河桂冠")]})
    save_automata(lists, load_spoken(), tmp_path)
    kept = {path.name for path in tmp_path.glob("*.automaton")}
    assert len(kept) == 2
    ruleset = build_ruleset(lists, made.classifier, records_shadow=False, cache=tmp_path)
    assert {path.name for path in tmp_path.glob("*.automaton")} == kept
    template = marketing("【优选商城】银河桂冠,拒收请回复R")
    assert [one.name for one in Engine(ruleset).check(template).trials] == ["银河桂冠"]


@pytest.mark.parametrize(
    ("value", "is_right"),
    [("2026-12-31", True), ("2026-12-32", False), ("20261231", False), ("2026-W53-1", False), ("always", False)],
)
def test_the_last_day_of_a_trial_is_read(value: str, is_right: bool) -> None:
    content = f"{HEADER}词\ts\tshadow={value}\n".encode()
    if is_right:
        assert parse(content, "a.txt").entries[0].shadow == UNTIL
        return
    with pytest.raises(WordlistError, match="shadow=2026-12-31"):
        parse(content, "a.txt")


PIECES = (
    "最好",
    "全国第一",
    "退订回T",
    "拒收请回复R",
    "宇宙桂冠",
    "保本",
    "稳赚",
    "贷款",
    "${name}",
    "的",
    "一",
    "加微信",
    "。",
    "8折",
)
WORDLISTS = (
    RANKING, GUARANTEE, "advertising/ordinal", "optout/form", "promotion/offer", "evasion/split", "contact/solicit",
)  # fmt: skip


@cache
def engines(directory: Path, trials: tuple[tuple[str, str], ...]) -> Engine:
    further: dict[str, list[Entry]] = {}
    for wordlist, word in dict.fromkeys(trials):
        further.setdefault(wordlist, []).append(entry(word))
    return made_of(directory).engine(further)


TRIALS = tuple(
    tuple((wordlist, word) for wordlist in chosen for word in words)
    for chosen, words in (
        ((RANKING, GUARANTEE), ("全国第一的", "最好", "一")),
        (("advertising/ordinal", "optout/form", "promotion/offer"), ("全国第一", "拒收请回复R", "8折", "保本")),
        (("evasion/split", "contact/solicit", GUARANTEE), ("稳赚", "保 本", "加微信", "的", "薇")),
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8), st.sampled_from(TRIALS))
def test_a_verdict_is_the_same_without_entries_on_trial(
    small_lists: Path, pieces: list[str], trials: tuple[tuple[str, str], ...]
) -> None:
    template = marketing("【优选商城】" + "".join(pieces))
    tried, without = engines(small_lists, trials), engines(small_lists, ())
    assert live(tried.check(template, suggest=True)) == without.check(template, suggest=True)


def test_a_rule_on_trial_decides_nothing_and_is_told(made: Made, plain: Engine) -> None:
    template = marketing("【优选商城】会员8折,快来选购")
    verdict = plain.check(template)
    held = {one.rule.id for one in verdict.findings if one.severity in (Severity.REJECT, Severity.REVIEW)}
    assert held
    tried = made.engine({}, {rule_id: RuleTrial(TrialState.SHADOW, until=UNTIL) for rule_id in held}).check(template)
    assert not held & {one.rule.id for one in tried.findings}
    assert {one.name for one in tried.trials} == held
    assert tried.decision is Decision.PASS
    assert verdict.decision in {one.decision for one in tried.trials}
    off = made.engine({}, {rule_id: RuleTrial(TrialState.OFF) for rule_id in held}).check(template)
    assert not off.trials
    assert not held & {one.rule.id for one in (*off.findings, *off.shadow)}


def test_a_rule_that_holds_by_an_entry_on_trial_alone_is_no_hit_of_the_rule(made: Made) -> None:
    trials = {"AW102": RuleTrial(TrialState.SHADOW, until=UNTIL)}
    verdict = made.engine({RANKING: [entry("宇宙桂冠")]}, trials).check(marketing("【优选商城】宇宙桂冠,拒收请回复R"))
    assert verdict.trials == (TrialHit(RANKING, "宇宙桂冠", Decision.PASS),)


def test_rules_change_their_state_without_anything_built_anew(plain: Engine) -> None:
    trials = {"AW102": RuleTrial(TrialState.SHADOW, until=UNTIL)}
    tried = with_rule_trials(plain.ruleset, trials)
    assert tried.digest != plain.ruleset.digest
    assert tried.detectors is plain.ruleset.detectors
    assert with_rule_trials(tried, {}).digest == plain.ruleset.digest


def test_a_ruleset_that_is_served_no_more_leaves_nothing_behind(made: Made) -> None:
    engine = made.engine({})
    engine.check(Template("【甲商城】全国第一好茶，拒收请回复R"))
    index = ref(engine.ruleset.index)
    gc.disable()
    try:
        del engine
        assert index() is None
    finally:
        gc.enable()

"""The examples of every rule are its tests, plain and after disguises that folding must see through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from moderation.engine import Engine
from moderation.match.automaton import Automaton
from moderation.rule_examples import broken_examples, check_example, findings_of_rule
from moderation.rules.catalogue import BY_KEY, FAMILIES, RULES
from moderation.rules.listed import evidence_of, takes_words
from moderation.rules.rule import Bad, Good, Rule

BAD = [pytest.param(rule, bad, id=f"{rule.id}-bad{n}") for rule in RULES for n, bad in enumerate(rule.bad)]
BAD_OF_TEMPLATES = [
    pytest.param(rule, bad, id=f"{rule.id}-bad{n}")
    for rule in RULES
    for n, bad in enumerate(rule.bad)
    if not bad.message
]
GOOD = [
    pytest.param(rule, Good(good) if isinstance(good, str) else good, id=f"{rule.id}-good{n}")
    for rule in RULES
    for n, good in enumerate(rule.good)
]


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c not in "{}$#%" else c for c in text)


def invisible(text: str) -> str:
    return "\u200b".join(text) if "{" not in text and "#" not in text else text


@pytest.mark.parametrize(("rule", "bad"), BAD)
def test_a_bad_example_is_found_at_its_quote(engine: Engine, rule: Rule, bad: Bad) -> None:
    found = findings_of_rule(check_example(engine, rule, bad), rule)
    assert [finding.quote for finding in found[:1]] == [bad.quote]
    for finding in found:
        if finding.span is not None:
            assert (bad.message or bad.text)[finding.span.start : finding.span.end] == finding.quote


@pytest.mark.parametrize(("rule", "good"), GOOD)
def test_a_good_example_is_not_found(engine: Engine, rule: Rule, good: Good) -> None:
    assert findings_of_rule(check_example(engine, rule, good), rule) == []


def test_an_engine_tells_which_examples_do_not_hold(engine: Engine) -> None:
    assert broken_examples(engine) == ()
    told: list[tuple[int, int]] = []
    deaf = Engine(replace(engine.ruleset, detectors=replace(engine.ruleset.detectors, automaton=Automaton([]))))
    broken = broken_examples(deaf, lambda *done: told.append(done))
    words = [rule.id for rule in RULES if any(name.startswith("words:") for name in rule.when.triggers() or ())]
    assert len({one.rule_id for one in broken}) > len(words) / 2
    assert any(one.rule_id == "AW101" and one.quote is not None and one.found == () for one in broken)
    assert told[-1] == (sum(len(rule.bad) + len(rule.good) for rule in RULES),) * 2


SEEN_IN_THE_SOURCE = {"FM107", "FM110", "LK101", "SG112", "VR107", "VR110"}
"""Rules on the characters themselves, which a disguise changes; a link in disguise is for LK106."""

BROKEN_BY_INVISIBLE = {"FM101", "LK104", "EV101", "EV102", "LK106", "CU101"}


@pytest.mark.parametrize("disguise", [full_width, invisible])
@pytest.mark.parametrize(("rule", "bad"), BAD_OF_TEMPLATES)
def test_a_disguised_example_is_still_found(
    engine: Engine, rule: Rule, bad: Bad, disguise: Callable[[str], str]
) -> None:
    if rule.id in SEEN_IN_THE_SOURCE or (rule.id in BROKEN_BY_INVISIBLE and disguise is invisible):
        disguise = str
    found = findings_of_rule(check_example(engine, rule, bad, disguise), rule)
    assert found, f"{disguise.__name__} hides it"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_messages_render_in_both_languages(engine: Engine, rule: Rule) -> None:
    example = rule.bad[0]
    finding = findings_of_rule(check_example(engine, rule, example), rule)[0]
    for locale in ("zh", "en"):
        assert finding.message(locale)
        assert finding.advice(locale)
    assert any("\u4e00" <= character <= "\u9fff" for character in finding.message("zh"))


def test_rules_are_found_by_id_and_by_name() -> None:
    for rule in RULES:
        assert BY_KEY[rule.id] is BY_KEY[rule.name] is rule


FAMILY_OF = {rule.id: family for family in FAMILIES for rule in family.RULES}


@pytest.mark.parametrize(("rule", "bad"), BAD)
def test_a_bad_example_is_found_by_no_other_rule_of_its_family(engine: Engine, rule: Rule, bad: Bad) -> None:
    verdict = check_example(engine, rule, bad)
    others = {
        finding.rule.id
        for finding in verdict.findings
        if finding.rule is not rule
        and finding.category is rule.category
        and FAMILY_OF[finding.rule.id] is FAMILY_OF[rule.id]
    }
    assert others == set()


@pytest.mark.parametrize(
    ("rule", "is_of_words"),
    [
        ("AW101", True),
        ("AW102", True),
        ("RD104", True),
        ("RD102", False),
        ("RD106", False),
        ("OO101", False),
        ("LK101", False),
        ("AW109", False),
    ],
)
def test_an_exception_would_mend_rules_that_find_fault_with_words(rule: str, is_of_words: bool) -> None:
    assert takes_words(BY_KEY[rule]) is is_of_words


def test_the_evidence_of_every_rule_is_known() -> None:
    assert all(evidence_of(rule.when) <= rule.when.names() for rule in RULES)

"""The examples of every rule are its tests, plain and after disguises that folding must see through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from examples import policy_of, template_of
from moderation.detection import Detectors
from moderation.engine import Engine, Ruleset
from moderation.message import check_messages
from moderation.rules.catalogue import BY_KEY, FAMILIES, RULES
from moderation.rules.listed import evidence_of, takes_words
from moderation.rules.rule import Bad, Good, Rule
from moderation.verdict import Finding, Verdict

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


def check(engine: Engine, rule: Rule, example: Bad | Good, disguise: Callable[[str], str] = str) -> Verdict:
    template, policy = template_of(rule, example, disguise), policy_of(example)
    verdict = engine.check(template, policy)
    if not example.message:
        return verdict
    (message,) = check_messages(engine, template, verdict, [example.message], policy)
    return verdict._replace(findings=message.findings)


def findings(verdict: Verdict, rule: Rule) -> list[Finding]:
    return [finding for finding in (*verdict.findings, *verdict.shadow) if finding.rule.id == rule.id]


class Broken:
    """Stands where a detector should be and fails on every use."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError("detector down")


def with_broken(engine: Engine, names: tuple[str, ...]) -> Engine:
    detectors: Detectors = replace(engine.ruleset.detectors, **dict.fromkeys(names, Broken()))  # type: ignore[arg-type]
    return Engine(Ruleset(engine.ruleset.digest, engine.ruleset.rules, detectors))


@pytest.mark.parametrize(("rule", "bad"), BAD)
def test_a_bad_example_is_found_at_its_quote(engine: Engine, rule: Rule, bad: Bad) -> None:
    found = findings(check(with_broken(engine, bad.broken_detectors), rule, bad), rule)
    assert [finding.quote for finding in found[:1]] == [bad.quote]
    for finding in found:
        if finding.span is not None:
            assert (bad.message or bad.text)[finding.span.start : finding.span.end] == finding.quote


@pytest.mark.parametrize(("rule", "good"), GOOD)
def test_a_good_example_is_not_found(engine: Engine, rule: Rule, good: Good) -> None:
    assert findings(check(engine, rule, good), rule) == []


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
    found = findings(check(with_broken(engine, bad.broken_detectors), rule, bad, disguise), rule)
    assert found, f"{disguise.__name__} hides it"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_messages_render_in_both_languages(engine: Engine, rule: Rule) -> None:
    example = rule.bad[0]
    finding = findings(check(with_broken(engine, example.broken_detectors), rule, example), rule)[0]
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
    verdict = check(with_broken(engine, bad.broken_detectors), rule, bad)
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

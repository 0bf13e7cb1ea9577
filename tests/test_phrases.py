"""Patterned stretches in disguise: spans on what was written, how it was written, layout that is left alone."""

from __future__ import annotations

import pytest
from serving import real_engine

from moderation.match.patterns import PATTERNS, SOUGHT_IN_DISGUISE, WRITTEN_NUMBER
from moderation.text.template import Template, TemplateType

HIDDEN, STROKE = "\u200b", "\u0336"


@pytest.mark.parametrize(
    ("rule", "quote", "via"),
    [
        ("AW101", "全国口碑第一", ()),
        ("AW101", "全·国·口·碑·第·一", ("variant:separator",)),
        ("AW101", "全 国 口 碑 第 一", ("variant:separator",)),
        ("AW101", "全全国国口口碑碑第第一一", ("variant:repeated",)),
        ("AW101", "全國口碑第一", ("variant:traditional",)),
        ("AW101", "全·國·口·碑·第·一", ("variant:traditional", "variant:separator")),
        ("AW101", f"全{STROKE}国口碑{STROKE}第一", ("invisible",)),
        ("AW101", f"全{HIDDEN}国口碑第一", ("invisible",)),
        ("GR101", "本·金·损·失·由·平·台·先·行·垫", ("variant:separator",)),
        ("CT101", "1·3·8·0·0·0·0·0·0·0·0", ("variant:separator",)),
    ],
)
def test_a_phrase_is_quoted_as_it_is_written(rule: str, quote: str, via: tuple[str, ...]) -> None:
    template = Template(f"【甲商城】好茶{quote}，拒收请回复R", type=TemplateType.MARKETING)
    (finding,) = [one for one in real_engine().check(template).findings if one.rule.id == rule]
    assert (finding.quote, finding.via) == (quote, via)


@pytest.mark.parametrize(
    "text",
    [
        "【甲商城】全国 门店 口碑 好茶上新，第一时间告诉您，拒收请回复R",
        "【甲商城】全国门店·口碑好茶上新，拒收请回复R",
    ],
)
def test_a_few_signs_are_layout(text: str) -> None:
    found = real_engine().check(Template(text, type=TemplateType.MARKETING)).findings
    assert [one.rule.id for one in found if one.rule.id.startswith(("AW", "EV"))] == []


def test_what_excuses_is_not_read_in_disguise() -> None:
    """A way to refuse must be written so that people see it."""
    text = "【甲商城】会员8折，拒·收·请·回·复·R"
    found = {one.rule.id for one in real_engine().check(Template(text, type=TemplateType.MARKETING)).findings}
    assert found & {"OO101", "OO107"}


def test_kinds_that_are_sought_in_disguise_are_kinds_of_patterns() -> None:
    known = {pattern.kind for pattern in PATTERNS} | {"contact:mobile", "contact:service-number", WRITTEN_NUMBER}
    assert known >= SOUGHT_IN_DISGUISE

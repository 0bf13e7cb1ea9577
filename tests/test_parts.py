"""Templates are taken apart into signature, literals and placeholders, and told what is wrong with their form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.text.parts import PartKind, parse


@pytest.mark.parametrize(
    ("text", "values", "syntax"),
    [
        ("尊敬的${name}您好", ["name"], "dollar"),
        ("订单${1}与${2}", ["1", "2"], "dollar"),
        ("{1}的会员于{2}到期", ["1", "2"], "brace"),
        ("尊敬的{name}", ["name"], "brace"),
        ("尊敬的{{name}}", ["name"], "double-brace"),
        ("验证码#code#有效", ["code"], "hash"),
        ("验证码%code%有效", ["code"], "percent"),
        ("您的{#var#}已到", ["var"], "brace-hash"),
        ("尊敬的${姓名}", ["姓名"], "dollar"),
        ("全场50%off%", [], ""),
        ("#双11#狂欢", [], ""),
    ],
)
def test_placeholder_syntaxes(text: str, values: list[str], syntax: str) -> None:
    placeholders = parse(text).placeholders
    assert [part.value for part in placeholders] == values
    assert {part.syntax for part in placeholders} == ({syntax} if syntax else set())


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("【甲商城】您好", "甲商城"),
        ("您好【甲商城】", "甲商城"),
        (" 【甲商城】 您好", "甲商城"),
        ("您好【重要】请看", ""),
        ("您好", ""),
        ("【】您好", ""),
    ],
)
def test_signature(text: str, signature: str) -> None:
    assert parse(text).signature == signature


@pytest.mark.parametrize(
    ("text", "signal", "quote"),
    [
        ("您好{1}{2}已到期了", "template:placeholder-adjacent", "{1}{2}"),
        ("尊敬的${a}，订单{1}", "template:placeholder-mixed", "{1}"),
        ("${a}", "template:placeholder-only", "${a}"),
        ("您的订单${no已发货", "template:placeholder-malformed", "${no已发货"),
        ("您的订单${}已发货", "template:placeholder-malformed", "${}"),
        ("您的订单{no，已发货", "template:placeholder-malformed", "{no"),
        ("您的订单no}已发货", "template:placeholder-malformed", "no}"),
        ("取票码#code，请查收", "template:placeholder-malformed", "#code"),
        ("尊敬的%name，您好", "template:placeholder-malformed", "%name"),
        ("【${brand}】您好", "template:signature-placeholder", "【${brand}】"),
        ("【甲商城】您好【甲商城】", "template:signature-repeated", "【甲商城】"),
        ("【甲商城】您好【乙物流】", "template:signature-twice", "【乙物流】"),
        ("【甲商城】您【好】吗", "template:brackets-in-body", "【好】"),
        ("您【好】吗，退订", "template:signature-misplaced", "【好】"),
        ("您好【甲商城】退订回T", "template:brackets-in-body", "【甲商城】"),
        ("【4399】您好", "template:signature-number", "【4399】"),
        ("【甲商城】您好【乙商城】", "template:signature-twice", "【乙商城】"),
        ("您好【重要】请看", "template:signature-misplaced", "【重要】"),
        ("【】您好", "template:signature-empty", "【】"),
        ("【10086】您好", "template:signature-digits", "【10086】"),
    ],
)
def test_form_signals_point_at_the_place(text: str, signal: str, quote: str) -> None:
    found = {one.name: text[one.start : one.end] for one in parse(text).signals}
    assert found[signal] == quote


@given(st.text(alphabet="【】{}$#%a1中 ", max_size=40))
def test_parts_cover_the_text_without_gaps(text: str) -> None:
    parts = parse(text).parts
    assert "".join(text[part.span.start : part.span.end] for part in parts) == text
    assert all(part.span.start < part.span.end for part in parts)
    assert [part for part in parts if part.kind is PartKind.PLACEHOLDER] == list(parse(text).placeholders)

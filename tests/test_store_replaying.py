"""Kept verdicts with all that made them: policies, words and links come back as they were, whatever changed since."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from stores import RING, Store, each_store, recording  # noqa: F401 - a fixture

from moderation.engine import Engine
from moderation.match.own_links import OwnLink, OwnLinks
from moderation.policies.document import DEFAULT, Allowed, Denied, PolicyDocument
from moderation.review.circumstances import Circumstances, Made, as_fields, of_fields
from moderation.review.people import Actor, Role
from moderation.rules.rule import Severity
from moderation.ruleset import load_ruleset
from moderation.store.replaying import remembered
from moderation.text.template import Industry, Template
from moderation.verdict import Policy, SeverityChange

ZHAO = Actor("zhao", Role.POLICY)
MADE = Made("0.1.0", 3, {"model": "a"})
TEXT = "【甲商城】乙品牌与丙品牌在 www.example.cn/a"
POLICY = Policy(
    verified_domains=frozenset(("example.cn", "example.com")),
    forbidden_words=("乙", "丙"),
    review_threshold=0.4,
    own_links=OwnLinks([OwnLink("example.cn", "/a", is_below=True), OwnLink("t.example.cn", is_short=True)], "1"),
    severities=(SeverityChange("AW101", Severity.REVIEW, may_soften=True), SeverityChange("SG101", None)),
    profile="aliyun",
    industry=Industry.FINANCE,
    version=2,
    default_version=1,
)


@pytest.mark.parametrize("policy", [Policy(), POLICY], ids=["default", "of a tenant"])
def test_circumstances_come_back_from_json(policy: Policy) -> None:
    circumstances = Circumstances(MADE, policy)
    assert of_fields(json.loads(json.dumps(as_fields(circumstances)))) == circumstances


@pytest.fixture(scope="module")
def small(small_lists: Path) -> Engine:
    return Engine(load_ruleset(small_lists))


def test_words_are_those_of_the_versions_that_a_verdict_was_made_under(store: Store, small: Engine) -> None:
    def said(tenant: str, document: PolicyDocument, expected: int) -> None:
        store.policies.update(ZHAO, tenant, document, expected, "巡查")

    said(DEFAULT, PolicyDocument(deny=(Denied("丙品牌", "默认"),), allow=(Allowed("资金归集", "产品"),)), 0)
    said("jia", PolicyDocument(deny=(Denied("乙品牌", "竞品"),)), 0)
    said("jia", PolicyDocument(deny=(Denied("丁品牌", "竞品"),)), 1)
    under = Circumstances(MADE, Policy(version=1, default_version=1))
    (kept,) = store.desk.record([replace(recording(TEXT), made=under)])
    old = remembered(store.engine, RING, kept.verdict_id)
    assert (old.wordlists_version, old.is_assumed) == (3, False)
    found = small.check(Template(TEXT, tenant="jia"), old.policy).findings
    assert {(one.quote, one.message()) for one in found if one.rule.id == "CU101"} == {
        ("乙品牌", "竞品"),
        ("丙品牌", "默认"),
    }

"""Translation: enums mirror the domain, records have the keys that scripts rely on."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from google.protobuf.internal.enum_type_wrapper import EnumTypeWrapper
from serving import real_engine

from moderation.rules.rule import ReasonCategory, Severity
from moderation.service.translate import template_from_proto, template_to_proto, verdict_to_proto, verdict_to_record
from moderation.text.template import Industry, Template, TemplateType
from moderation.v1 import rule_pb2, template_pb2, verdict_pb2
from moderation.verdict import Decision


@pytest.mark.parametrize(
    ("wrapper", "prefix", "members"),
    [
        (verdict_pb2.Decision, "DECISION_", Decision),
        (rule_pb2.ReasonCategory, "REASON_CATEGORY_", ReasonCategory),
        (rule_pb2.Severity, "SEVERITY_", Severity),
        (template_pb2.TemplateType, "TEMPLATE_TYPE_", TemplateType),
        (template_pb2.Industry, "INDUSTRY_", Industry),
    ],
)
def test_enums_mirror_the_domain(wrapper: EnumTypeWrapper, prefix: str, members: type[StrEnum]) -> None:
    names = [name.removeprefix(prefix) for name in wrapper.keys()]  # noqa: SIM118 - not a mapping
    assert names == ["UNSPECIFIED", *members]
    assert wrapper.values() == list(range(len(names)))


def test_a_template_survives_the_way_there_and_back() -> None:
    moment = datetime(2026, 6, 18, 8, 0, 0, 123456, timezone(timedelta(hours=8)))
    template = Template("你好", "1", "甲", TemplateType.OTP, Industry.OTHER, "t", "generic", "sichuan", moment)
    back = template_from_proto(template_to_proto(template))
    assert back == template
    assert back.send_at is not None
    assert back.send_at.tzinfo is UTC
    assert template_from_proto(template_to_proto(Template("x"))) == Template("x")


def test_a_send_time_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        template_to_proto(Template("x", send_at=datetime(2026, 1, 1)))


RECORD = "id decision risk_score type industry findings classification suggested_text segments ruleset degraded"
RECORD += " suggested_decision edits tags policy_version default_policy_version verdict_id case machine_decision ruling"
FINDING = "rule_id rule_name category severity score span quote term via message advice law"


def test_a_record_has_its_keys_in_order_for_every_example() -> None:
    engine = real_engine()
    lawful = spans = 0
    for rule in engine.ruleset.rules:
        bad = rule.bad[0]
        template = Template(bad.text, rule.id, bad.signature, bad.type, bad.industry, send_at=bad.send_at)
        verdict = engine.check(template)
        record = json.loads(json.dumps(verdict_to_record(verdict_to_proto(rule.id, verdict))))
        assert " ".join(record) == RECORD
        assert list(record["classification"]) == ["type", "industry", "risk"]
        assert (record["id"], record["decision"]) == (rule.id, verdict.decision.value)
        assert len(record["findings"]) == len(verdict.findings)
        for finding, original in zip(record["findings"], verdict.findings, strict=True):
            assert " ".join(finding) == FINDING
            assert (finding["rule_id"], finding["message"]) == (original.rule.id, original.message())
            assert finding["score"] == original.score
            lawful += len(finding["law"])
            if finding["span"] is not None:
                assert template.text[finding["span"]["start"] : finding["span"]["end"]] == finding["quote"]
                spans += 1
    assert lawful
    assert spans


def test_the_machines_decision_is_told_where_a_person_ruled() -> None:
    kept = verdict_pb2.Verdict(decision=verdict_pb2.DECISION_REJECT, verdict_id="00ff", case=7)
    record = verdict_to_record(kept)
    assert " ".join(record) == RECORD
    assert (record["case"], record["machine_decision"], record["ruling"]) == (7, None, None)
    kept.machine_decision = verdict_pb2.DECISION_REVIEW
    kept.ruling.decision = verdict_pb2.DECISION_REJECT
    assert verdict_to_record(kept)["machine_decision"] == "REVIEW"


def test_what_is_not_known_is_null() -> None:
    record = verdict_to_record(verdict_pb2.Verdict(decision=verdict_pb2.DECISION_PASS))
    assert (record["type"], record["industry"], record["findings"]) == (None, None, [])
    assert (record["verdict_id"], record["case"], record["machine_decision"], record["ruling"]) == (None,) * 4

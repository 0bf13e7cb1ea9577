"""Messages of the contract to domain values and back, and a verdict to its JSON record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from google.protobuf.internal.enum_type_wrapper import EnumTypeWrapper

from moderation.match.classifier import Classification
from moderation.message import MessageVerdict
from moderation.rules.laws import Law
from moderation.rules.rule import ReasonCategory, Rule, Severity
from moderation.text.template import Industry, Template, TemplateType
from moderation.v1 import check_service_pb2, rule_pb2, template_pb2, verdict_pb2
from moderation.verdict import Decision, Finding, Verdict


def _numbers(wrapper: EnumTypeWrapper, prefix: str, members: Iterable[StrEnum]) -> dict[str, Any]:
    return {member.value: wrapper.Value(prefix + member.value) for member in members}


DECISIONS = _numbers(verdict_pb2.Decision, "DECISION_", Decision)
CATEGORIES = _numbers(rule_pb2.ReasonCategory, "REASON_CATEGORY_", ReasonCategory)
SEVERITIES = _numbers(rule_pb2.Severity, "SEVERITY_", Severity)
TYPES = _numbers(template_pb2.TemplateType, "TEMPLATE_TYPE_", TemplateType)
INDUSTRIES = _numbers(template_pb2.Industry, "INDUSTRY_", Industry)

DECISION_NAMES = {number: name for name, number in DECISIONS.items()}
CATEGORY_NAMES = {number: ReasonCategory(name) for name, number in CATEGORIES.items()}
SEVERITY_NAMES = {number: name for name, number in SEVERITIES.items()}
TYPE_NAMES = {number: TemplateType(name) for name, number in TYPES.items()}
INDUSTRY_NAMES = {number: Industry(name) for name, number in INDUSTRIES.items()}


def template_from_proto(message: template_pb2.Template) -> Template:
    """Return the domain value of a message that is within its bounds."""
    return Template(
        message.text,
        message.id,
        message.signature,
        TYPE_NAMES.get(message.type),
        INDUSTRY_NAMES.get(message.industry),
        message.tenant,
        message.profile,
        message.region,
        message.send_at.ToDatetime(UTC) if message.HasField("send_at") else None,
    )


def template_to_proto(template: Template) -> template_pb2.Template:
    """Return the message of a template; a send time without a zone raises ValueError."""
    message = template_pb2.Template(
        id=template.id,
        text=template.text,
        signature=template.signature,
        type=TYPES[template.type] if template.type is not None else None,
        industry=INDUSTRIES[template.industry] if template.industry is not None else None,
        tenant=template.tenant,
        profile=template.profile,
        region=template.region,
    )
    if template.send_at is not None:
        message.send_at.FromDatetime(_aware(template.send_at))
    return message


def verdict_to_proto(template_id: str, verdict: Verdict, locale: str = "zh") -> verdict_pb2.Verdict:
    """Return the message of a verdict, with its words for people in the locale; shadow findings are left out."""
    return verdict_pb2.Verdict(
        id=template_id,
        decision=DECISIONS[verdict.decision],
        risk_score=verdict.risk_score,
        type=TYPES[verdict.type] if verdict.type is not None else None,
        industry=INDUSTRIES[verdict.industry] if verdict.industry is not None else None,
        findings=[_finding_to_proto(finding, locale) for finding in verdict.findings],
        classification=_classification_to_proto(verdict.classification),
        suggested_text=verdict.suggested_text,
        segments=verdict.segments,
        ruleset=verdict.ruleset,
        degraded=verdict.degraded,
        suggested_decision=DECISIONS[verdict.suggested_decision] if verdict.suggested_decision is not None else None,
        edits=[
            verdict_pb2.Edit(
                rule_id=edit.rule_id, start=edit.span.start, end=edit.span.end, replacement=edit.replacement
            )
            for edit in verdict.edits
        ],
        tags=verdict.tags,
        policy_version=verdict.policy_version,
        default_policy_version=verdict.default_policy_version,
    )


def message_verdict_to_proto(verdict: MessageVerdict, locale: str = "zh") -> check_service_pb2.MessageVerdict:
    """Return the message of a verdict on a filled message, with its words for people in the locale."""
    return check_service_pb2.MessageVerdict(
        decision=DECISIONS[verdict.decision],
        risk_score=verdict.risk_score,
        is_filled_from_template=verdict.matches,
        template_decision=DECISIONS[verdict.template_decision],
        findings=[_finding_to_proto(finding, locale) for finding in verdict.findings],
        values=[
            check_service_pb2.PlaceholderValue(name=value.name, start=value.span.start, end=value.span.end)
            for value in verdict.values
        ],
        segments=verdict.segments,
        ruleset=verdict.ruleset,
        policy_version=verdict.policy_version,
        default_policy_version=verdict.default_policy_version,
    )


def law_to_proto(law: Law) -> rule_pb2.Law:
    """Return the message of a citation."""
    return rule_pb2.Law(name=law.name, article=law.article, valid_from=law.valid_from.isoformat())


def verdict_to_record(message: verdict_pb2.Verdict) -> dict[str, Any]:
    """Return the JSON record of a verdict, with the keys and their order that scripts rely on.

    What the store says of a recorded verdict comes last, null where nothing is recorded.
    """
    return _engine_record(message) | _store_record(message)


def _store_record(message: verdict_pb2.Verdict) -> dict[str, Any]:
    ruled = message.HasField("ruling")
    return {
        "verdict_id": message.verdict_id or None,
        "case": message.case or None,
        "machine_decision": DECISION_NAMES[message.machine_decision] if ruled else None,
        "ruling": {
            "decision": DECISION_NAMES[message.ruling.decision],
            "ruled_at": message.ruling.ruled_at.ToJsonString(),
            "is_appeal": message.ruling.is_appeal,
        }
        if ruled
        else None,
    }


def _engine_record(message: verdict_pb2.Verdict) -> dict[str, Any]:
    return {
        "id": message.id,
        "decision": DECISION_NAMES.get(message.decision),
        "risk_score": message.risk_score,
        "type": TYPE_NAMES.get(message.type),
        "industry": INDUSTRY_NAMES.get(message.industry),
        "findings": [_finding_to_record(finding) for finding in message.findings],
        "classification": {
            "type": _by_probability(message.classification.type),
            "industry": _by_probability(message.classification.industry),
            "risk": _by_probability(message.classification.risk),
        },
        "suggested_text": message.suggested_text,
        "segments": message.segments,
        "ruleset": message.ruleset,
        "degraded": list(message.degraded),
        "suggested_decision": DECISION_NAMES.get(message.suggested_decision),
        "edits": [
            {
                "rule_id": edit.rule_id,
                "span": {"start": edit.start, "end": edit.end},
                "replacement": edit.replacement,
            }
            for edit in message.edits
        ],
        "tags": list(message.tags),
        "policy_version": message.policy_version,
        "default_policy_version": message.default_policy_version,
    }


def _finding_to_proto(finding: Finding, locale: str) -> verdict_pb2.Finding:
    """Return the message of a finding; what its rule says of every finding is serialized once."""
    message = verdict_pb2.Finding.FromString(_of_rule(finding.rule, finding.severity))
    message.score = finding.score
    if finding.span is not None:
        message.span.start, message.span.end = finding.span
    message.quote = finding.quote
    message.term = finding.term
    message.via.extend(finding.via)
    message.message = finding.message(locale)
    message.advice = finding.advice(locale)
    return message


_OF_RULES: dict[tuple[str, Severity], tuple[Rule, bytes]] = {}
"""What every finding of a rule says, by the rule's id and its severity under a profile."""


def _of_rule(rule: Rule, severity: Severity) -> bytes:
    known = _OF_RULES.get((rule.id, severity))
    if known is None or known[0] is not rule:
        message = verdict_pb2.Finding(
            rule_id=rule.id,
            rule_name=rule.name,
            category=CATEGORIES[rule.category],
            severity=SEVERITIES[severity],
            law=[law_to_proto(law) for law in rule.laws],
        )
        known = _OF_RULES[rule.id, severity] = rule, message.SerializeToString()
    return known[1]


def _classification_to_proto(classification: Classification) -> verdict_pb2.Classification:
    return verdict_pb2.Classification(
        type=classification.type.as_dict(),
        industry=classification.industry.as_dict(),
        risk=classification.risk.as_dict(),
    )


def _finding_to_record(message: verdict_pb2.Finding) -> dict[str, Any]:
    span = {"start": message.span.start, "end": message.span.end} if message.HasField("span") else None
    return {
        "rule_id": message.rule_id,
        "rule_name": message.rule_name,
        "category": CATEGORY_NAMES.get(message.category),
        "severity": SEVERITY_NAMES.get(message.severity),
        "score": message.score,
        "span": span,
        "quote": message.quote,
        "term": message.term,
        "via": list(message.via),
        "message": message.message,
        "advice": message.advice,
        "law": [{"name": law.name, "article": law.article, "valid_from": law.valid_from} for law in message.law],
    }


def _by_probability(head: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(head.items(), key=lambda pair: (-pair[1], pair[0])))


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("send_at needs a time zone")
    return moment

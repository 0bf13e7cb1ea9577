"""Policies to messages of the contract and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from google.protobuf.message import Message

from moderation.policies.document import (
    Allowed,
    Denied,
    PolicyDocument,
    PolicyLine,
    PolicyVersion,
    SwitchedOff,
    Weighed,
)
from moderation.policies.effective import Value
from moderation.policies.validation import SEVERITIES as POLICY_SEVERITIES
from moderation.rules.catalogue import BY_KEY
from moderation.rules.rule import Severity
from moderation.service import bounds
from moderation.service.choices import ORIGINS, SEVERITIES
from moderation.service.errors import Reason, RequestError
from moderation.service.review_translate import moment_of, timestamp
from moderation.service.translate import INDUSTRIES, INDUSTRY_NAMES
from moderation.v1 import policy_service_pb2


def document_to_proto(document: PolicyDocument) -> policy_service_pb2.PolicyDocument:
    """Return the message of a document."""
    return policy_service_pb2.PolicyDocument(
        deny=[
            policy_service_pb2.DeniedWord(
                word=one.word,
                reason=one.reason,
                severity=SEVERITIES.number(one.severity),
                word_edges=one.word_edges,
            )
            for one in document.deny
        ],
        allow=[
            policy_service_pb2.AllowedWord(
                word=one.word, reason=one.reason, rule=one.rule, wordlist=one.wordlist, tenants=one.tenants
            )
            for one in document.allow
        ],
        severities=[
            policy_service_pb2.RuleSeverity(
                rule=one.rule,
                severity=SEVERITIES.number(one.severity),
                reason=one.reason,
                until=timestamp(one.until),
            )
            for one in document.severities
        ],
        off=[
            policy_service_pb2.RuleOff(rule=one.rule, reason=one.reason, until=timestamp(one.until))
            for one in document.off
        ],
        review_threshold=document.review_threshold,
        reject_threshold=document.reject_threshold,
        profile=document.profile,
        industry=INDUSTRIES[document.industry] if document.industry is not None else None,
    )


def document_from_proto(message: policy_service_pb2.PolicyDocument, path: str) -> PolicyDocument:
    """Return the document of a request; raise a RequestError with the path of what is out of its bounds."""
    for name in ("deny", "allow", "severities", "off"):
        for number, item in enumerate(getattr(message, name)):
            _check(item, f"{path}.{name}[{number}]")
    return PolicyDocument(
        deny=tuple(
            Denied(one.word, one.reason, SEVERITIES.member(one.severity) or Severity.REJECT, one.word_edges)
            for one in message.deny
        ),
        allow=tuple(
            Allowed(one.word, one.reason, _id_of(one.rule), one.wordlist, tuple(one.tenants)) for one in message.allow
        ),
        severities=tuple(
            Weighed(
                _id_of(one.rule),
                SEVERITIES.required(one.severity, f"{path}.severities[{number}].severity", POLICY_SEVERITIES),
                one.reason,
                _moment(one, "until"),
            )
            for number, one in enumerate(message.severities)
        ),
        off=tuple(
            SwitchedOff(_id_of(one.rule), one.reason, _required(one, f"{path}.off[{number}].until"))
            for number, one in enumerate(message.off)
        ),
        review_threshold=message.review_threshold if message.HasField("review_threshold") else None,
        reject_threshold=message.reject_threshold if message.HasField("reject_threshold") else None,
        profile=message.profile,
        industry=INDUSTRY_NAMES.get(message.industry),
    )


def line_to_proto(line: PolicyLine, *, is_signed: bool = True) -> policy_service_pb2.PolicySummary:
    """Return the message of a line; senders are not told who made it."""
    return policy_service_pb2.PolicySummary(
        tenant=line.tenant,
        version=line.version,
        sequence=line.sequence,
        author=line.author if is_signed else "",
        reason=line.reason,
        updated_at=timestamp(line.at) if line.version else None,
        denied=line.denied,
        allowed=line.allowed,
        rules=line.rules,
        restores=line.restores,
    )


def line_from_proto(message: policy_service_pb2.PolicySummary) -> PolicyLine:
    """Return the line of an answer."""
    return PolicyLine(
        message.tenant,
        message.version,
        message.sequence,
        message.author,
        message.reason,
        moment_of(message.updated_at),
        message.denied,
        message.allowed,
        message.rules,
        message.restores if message.HasField("restores") else None,
    )


def version_to_proto(version: PolicyVersion, *, is_signed: bool = True) -> policy_service_pb2.Policy:
    """Return the message of a version; senders are not told who made it."""
    return policy_service_pb2.Policy(
        summary=line_to_proto(version.line, is_signed=is_signed), document=document_to_proto(version.document)
    )


def version_from_proto(message: policy_service_pb2.Policy) -> PolicyVersion:
    """Return the version of an answer."""
    return PolicyVersion(line_from_proto(message.summary), document_from_proto(message.document, "document"))


def value_to_proto(value: Value, *, is_signed: bool = True) -> policy_service_pb2.PolicyValue:
    """Return the message of a value; senders are not told who said it."""
    return policy_service_pb2.PolicyValue(
        key=value.key,
        subject=value.subject,
        value=value.value,
        origin=ORIGINS.number(value.origin),
        reason=value.reason,
        version=value.version,
        author=value.author if is_signed else "",
        updated_at=timestamp(value.at),
        until=timestamp(value.until),
        is_over=value.is_over,
    )


def value_from_proto(message: policy_service_pb2.PolicyValue) -> Value:
    """Return the value of an answer."""
    return Value(
        message.key,
        message.subject,
        message.value,
        ORIGINS.sent(message.origin),
        message.reason,
        message.version,
        message.author,
        _moment(message, "updated_at"),
        _moment(message, "until"),
        message.is_over,
    )


def _check(item: Message, path: str) -> None:
    try:
        bounds.check(item)
    except RequestError as error:
        raise error.below(path) from None


def _moment(message: Any, field: str) -> datetime | None:  # noqa: ANN401 - a message
    return getattr(message, field).ToDatetime(UTC) if message.HasField(field) else None


def _required(message: Any, path: str) -> datetime:  # noqa: ANN401 - a message
    moment = _moment(message, "until")
    if moment is None:
        raise RequestError(Reason.FIELD_REQUIRED, "must say until when, at most 366 days ahead", path)
    return moment


def _id_of(rule: str) -> str:
    return BY_KEY[rule].id if rule in BY_KEY else rule

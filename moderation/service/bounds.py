"""The bound of every request field, in one table, and the check of a request against it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Sized
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import Any

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from moderation.policies.validation import LONGEST_REASON, LONGEST_WORD, MOST_RULES, MOST_TENANTS, MOST_WORDS
from moderation.review.desk import LARGEST_PAGE
from moderation.service.errors import Reason, RequestError
from moderation.text.template import MAX_TEXT_LENGTH
from moderation.v1 import template_pb2

LATEST_SECOND = 253402300799
"""9999-12-31T23:59:59Z, the last second of a protobuf timestamp."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The least and most code points of a string, items of a list, or the range of a number.

    A string that `is_stored` may not hold U+0000, which PostgreSQL cannot keep.
    """

    least: int
    most: int
    is_stored: bool = False


MESSAGE_LENGTH = Bound(1, 2 * MAX_TEXT_LENGTH)
"""Code points of one filled message."""

NUMBER = Bound(1, 10**15)
"""The number of a case or an appeal; every language's numbers can hold it."""

SEQUENCE = Bound(0, NUMBER.most)
EPOCH = Bound(1, 10**9)
ANY_EPOCH = Bound(0, EPOCH.most)
NAME = Bound(0, 64, is_stored=True)
PAGE = Bound(0, LARGEST_PAGE)
PAGE_TOKEN = Bound(0, 256, is_stored=True)
POLICY_PAGE_TOKEN = Bound(0, 2048, is_stored=True)
"""A token that holds the name of a tenant, which may be all escapes."""

TENANT = Bound(1, NAME.most, is_stored=True)
OWN_WORD, OWN_REASON = Bound(1, LONGEST_WORD, is_stored=True), Bound(1, LONGEST_REASON, is_stored=True)
LONG_TOKEN = Bound(0, 32_768, is_stored=True)
"""A token that tells a text: what was searched for, or an entry."""

WORDLIST = Bound(1, 128, is_stored=True)
TAGS, TAG = Bound(0, 16), Bound(1, 64, is_stored=True)

BOUNDS: Mapping[str, Bound] = MappingProxyType(
    {
        "moderation.v1.Template.id": Bound(0, 128, is_stored=True),
        "moderation.v1.Template.text": Bound(1, MAX_TEXT_LENGTH),
        "moderation.v1.Template.signature": Bound(0, 64),
        "moderation.v1.Template.tenant": NAME,
        "moderation.v1.Template.profile": Bound(0, 64),
        "moderation.v1.Template.region": Bound(0, 64),
        "moderation.v1.CheckRequest.locale": Bound(0, 35),
        "moderation.v1.CheckBatchRequest.items": Bound(1, 1000),
        "moderation.v1.CheckBatchRequest.locale": Bound(0, 35),
        "moderation.v1.CheckStreamRequest.locale": Bound(0, 35),
        "moderation.v1.CheckMessageRequest.messages": Bound(1, 1000),
        "moderation.v1.CheckMessageRequest.locale": Bound(0, 35),
        "moderation.v1.ListRulesRequest.page_size": Bound(0, 1000),
        "moderation.v1.ListRulesRequest.page_token": Bound(0, 256),
        "moderation.v1.ListRulesRequest.categories": Bound(0, 64),
        "moderation.v1.ListRulesRequest.locale": Bound(0, 35),
        "moderation.v1.ExplainRuleRequest.rule": Bound(1, 64),
        "moderation.v1.ExplainRuleRequest.locale": Bound(0, 35),
        "moderation.v1.ClaimNextRequest.queues": Bound(0, 8),
        "moderation.v1.ClaimNextRequest.tags": TAGS,
        "moderation.v1.ClaimNextRequest.tags[]": TAG,
        "moderation.v1.ClaimNextRequest.skills": TAGS,
        "moderation.v1.ClaimNextRequest.skills[]": TAG,
        "moderation.v1.ClaimNextRequest.request_id": NAME,
        "moderation.v1.ClaimCaseRequest.case": NUMBER,
        "moderation.v1.ClaimCaseRequest.request_id": NAME,
        "moderation.v1.RenewLeaseRequest.case": NUMBER,
        "moderation.v1.RenewLeaseRequest.epoch": EPOCH,
        "moderation.v1.RenewLeaseRequest.request_id": NAME,
        "moderation.v1.ReleaseCaseRequest.case": NUMBER,
        "moderation.v1.ReleaseCaseRequest.epoch": EPOCH,
        "moderation.v1.ReleaseCaseRequest.request_id": NAME,
        "moderation.v1.SkipCaseRequest.case": NUMBER,
        "moderation.v1.SkipCaseRequest.epoch": EPOCH,
        "moderation.v1.SkipCaseRequest.reason": Bound(1, 500, is_stored=True),
        "moderation.v1.SkipCaseRequest.request_id": NAME,
        "moderation.v1.RuleCaseRequest.case": NUMBER,
        "moderation.v1.RuleCaseRequest.epoch": EPOCH,
        "moderation.v1.RuleCaseRequest.note": Bound(0, 2000, is_stored=True),
        "moderation.v1.RuleCaseRequest.also": Bound(0, 100),
        "moderation.v1.RuleCaseRequest.also[]": NUMBER,
        "moderation.v1.RuleCaseRequest.request_id": NAME,
        "moderation.v1.GetCaseRequest.case": NUMBER,
        "moderation.v1.ListCasesRequest.page_size": PAGE,
        "moderation.v1.ListCasesRequest.page_token": PAGE_TOKEN,
        "moderation.v1.ListCasesRequest.states": Bound(0, 16),
        "moderation.v1.ListCasesRequest.tenant": NAME,
        "moderation.v1.ListCasesRequest.tags": TAGS,
        "moderation.v1.ListCasesRequest.tags[]": TAG,
        "moderation.v1.ListCasesRequest.rule_id": NAME,
        "moderation.v1.ListCasesRequest.holder": NAME,
        "moderation.v1.ListSimilarCasesRequest.case": NUMBER,
        "moderation.v1.ListSimilarCasesRequest.page_size": Bound(0, 50),
        "moderation.v1.ListProposalsRequest.page_size": PAGE,
        "moderation.v1.ListProposalsRequest.page_token": PAGE_TOKEN,
        "moderation.v1.ListCaseEventsRequest.after": SEQUENCE,
        "moderation.v1.ListCaseEventsRequest.page_size": PAGE,
        "moderation.v1.WatchCasesRequest.after": SEQUENCE,
        "moderation.v1.FileAppealRequest.verdict_id": Bound(1, 64, is_stored=True),
        "moderation.v1.FileAppealRequest.text": Bound(1, 2000, is_stored=True),
        "moderation.v1.FileAppealRequest.evidence": Bound(0, 10),
        "moderation.v1.FileAppealRequest.evidence[]": Bound(1, 500, is_stored=True),
        "moderation.v1.FileAppealRequest.request_id": NAME,
        "moderation.v1.GetAppealRequest.appeal": NUMBER,
        "moderation.v1.ListAppealsRequest.page_size": PAGE,
        "moderation.v1.ListAppealsRequest.page_token": PAGE_TOKEN,
        "moderation.v1.DecideAppealRequest.case": NUMBER,
        "moderation.v1.DecideAppealRequest.epoch": EPOCH,
        "moderation.v1.DecideAppealRequest.reason": Bound(1, 1000, is_stored=True),
        "moderation.v1.DecideAppealRequest.request_id": NAME,
        "moderation.v1.ListAuditEntriesRequest.after": SEQUENCE,
        "moderation.v1.ListAuditEntriesRequest.page_size": PAGE,
        "moderation.v1.VerifyAuditRequest.locale": Bound(0, 35),
        "moderation.v1.AddLinkRequest.tenant": Bound(1, 64, is_stored=True),
        "moderation.v1.AddLinkRequest.target": Bound(1, 500, is_stored=True),
        "moderation.v1.AddLinkRequest.icp_number": NAME,
        "moderation.v1.AddLinkRequest.evidence": Bound(0, 1000, is_stored=True),
        "moderation.v1.AddLinkRequest.request_id": NAME,
        "moderation.v1.VerifyLinkRequest.link": NUMBER,
        "moderation.v1.VerifyLinkRequest.epoch": ANY_EPOCH,
        "moderation.v1.VerifyLinkRequest.request_id": NAME,
        "moderation.v1.ManualProof.evidence": Bound(0, 1000, is_stored=True),
        "moderation.v1.ManualProof.icp_number": NAME,
        "moderation.v1.GetLinkRequest.link": NUMBER,
        "moderation.v1.ListLinksRequest.page_size": PAGE,
        "moderation.v1.ListLinksRequest.page_token": PAGE_TOKEN,
        "moderation.v1.ListLinksRequest.tenant": NAME,
        "moderation.v1.ListLinksRequest.host": Bound(0, 253, is_stored=True),
        "moderation.v1.RevokeLinkRequest.link": NUMBER,
        "moderation.v1.RevokeLinkRequest.epoch": ANY_EPOCH,
        "moderation.v1.RevokeLinkRequest.reason": Bound(1, 1000, is_stored=True),
        "moderation.v1.RevokeLinkRequest.request_id": NAME,
        "moderation.v1.ImportLinksRequest.content": Bound(0, 1 << 20),
        "moderation.v1.ImportLinksRequest.request_id": NAME,
        "moderation.v1.DeniedWord.word": OWN_WORD,
        "moderation.v1.DeniedWord.reason": OWN_REASON,
        "moderation.v1.AllowedWord.word": OWN_WORD,
        "moderation.v1.AllowedWord.reason": OWN_REASON,
        "moderation.v1.AllowedWord.rule": NAME,
        "moderation.v1.AllowedWord.wordlist": Bound(0, 128, is_stored=True),
        "moderation.v1.AllowedWord.tenants": Bound(0, MOST_TENANTS),
        "moderation.v1.AllowedWord.tenants[]": TENANT,
        "moderation.v1.RuleSeverity.rule": TENANT,
        "moderation.v1.RuleSeverity.reason": OWN_REASON,
        "moderation.v1.RuleOff.rule": TENANT,
        "moderation.v1.RuleOff.reason": OWN_REASON,
        "moderation.v1.PolicyDocument.deny": Bound(0, MOST_WORDS),
        "moderation.v1.PolicyDocument.allow": Bound(0, MOST_WORDS),
        "moderation.v1.PolicyDocument.severities": Bound(0, MOST_RULES),
        "moderation.v1.PolicyDocument.off": Bound(0, MOST_RULES),
        "moderation.v1.PolicyDocument.profile": NAME,
        "moderation.v1.GetPolicyRequest.tenant": TENANT,
        "moderation.v1.GetPolicyRequest.version": SEQUENCE,
        "moderation.v1.GetEffectivePolicyRequest.tenant": TENANT,
        "moderation.v1.GetEffectivePolicyRequest.page_size": PAGE,
        "moderation.v1.GetEffectivePolicyRequest.page_token": PAGE_TOKEN,
        "moderation.v1.UpdatePolicyRequest.tenant": TENANT,
        "moderation.v1.UpdatePolicyRequest.expected_version": SEQUENCE,
        "moderation.v1.UpdatePolicyRequest.reason": Bound(1, 500, is_stored=True),
        "moderation.v1.UpdatePolicyRequest.request_id": NAME,
        "moderation.v1.RollbackPolicyRequest.tenant": TENANT,
        "moderation.v1.RollbackPolicyRequest.to_version": SEQUENCE,
        "moderation.v1.RollbackPolicyRequest.expected_version": SEQUENCE,
        "moderation.v1.RollbackPolicyRequest.reason": Bound(1, 500, is_stored=True),
        "moderation.v1.RollbackPolicyRequest.request_id": NAME,
        "moderation.v1.ListPoliciesRequest.page_size": PAGE,
        "moderation.v1.ListPoliciesRequest.page_token": POLICY_PAGE_TOKEN,
        "moderation.v1.ListPolicyVersionsRequest.tenant": TENANT,
        "moderation.v1.ListPolicyVersionsRequest.page_size": PAGE,
        "moderation.v1.ListPolicyVersionsRequest.page_token": POLICY_PAGE_TOKEN,
        "moderation.v1.ListWordlistsRequest.version": SEQUENCE,
        "moderation.v1.ListWordlistsRequest.page_size": PAGE,
        "moderation.v1.ListWordlistsRequest.page_token": PAGE_TOKEN,
        "moderation.v1.GetWordlistRequest.wordlist": WORDLIST,
        "moderation.v1.GetWordlistRequest.version": SEQUENCE,
        "moderation.v1.ListEntriesRequest.wordlist": WORDLIST,
        "moderation.v1.ListEntriesRequest.version": SEQUENCE,
        "moderation.v1.ListEntriesRequest.page_size": PAGE,
        "moderation.v1.ListEntriesRequest.page_token": LONG_TOKEN,
        "moderation.v1.SearchEntriesRequest.text": Bound(1, MAX_TEXT_LENGTH),
        "moderation.v1.SearchEntriesRequest.version": SEQUENCE,
        "moderation.v1.SearchEntriesRequest.page_size": PAGE,
        "moderation.v1.SearchEntriesRequest.page_token": LONG_TOKEN,
        "moderation.v1.ExportWordlistRequest.wordlist": WORDLIST,
        "moderation.v1.ExportWordlistRequest.version": SEQUENCE,
        "moderation.v1.UploadBatchRequest.content": Bound(0, 4 * 1024 * 1024),
        "moderation.v1.UploadHeader.request_id": NAME,
        "moderation.v1.UploadHeader.base_version": SEQUENCE,
        "moderation.v1.UploadHeader.reason": Bound(0, 500, is_stored=True),
        "moderation.v1.UploadFile.name": Bound(1, 256),
        "moderation.v1.UploadFile.wordlist": Bound(0, 128, is_stored=True),
        "moderation.v1.UploadFile.source": Bound(0, 128, is_stored=True),
        "moderation.v1.UploadFile.shadow_until": Bound(0, 10, is_stored=True),
        "moderation.v1.UploadChanges.changes": Bound(0, 10_000),
        "moderation.v1.WordlistChange.wordlist": Bound(0, 128),
        "moderation.v1.WordlistChange.entry": Bound(0, 4096),
        "moderation.v1.WordlistChange.line": Bound(0, 4096),
        "moderation.v1.PlanBatchRequest.batch": NUMBER,
        "moderation.v1.PlanBatchRequest.templates": Bound(0, 100_000),
        "moderation.v1.ApplyBatchRequest.batch": NUMBER,
        "moderation.v1.ApplyBatchRequest.expected_version": SEQUENCE,
        "moderation.v1.ApplyBatchRequest.request_id": NAME,
        "moderation.v1.ApproveBatchRequest.batch": NUMBER,
        "moderation.v1.ApproveBatchRequest.expected_version": SEQUENCE,
        "moderation.v1.ApproveBatchRequest.request_id": NAME,
        "moderation.v1.DropBatchRequest.batch": NUMBER,
        "moderation.v1.DropBatchRequest.reason": Bound(1, 500, is_stored=True),
        "moderation.v1.DropBatchRequest.request_id": NAME,
        "moderation.v1.RollbackRequest.to_version": SEQUENCE,
        "moderation.v1.RollbackRequest.expected_version": SEQUENCE,
        "moderation.v1.RollbackRequest.reason": Bound(1, 500, is_stored=True),
        "moderation.v1.RollbackRequest.request_id": NAME,
        "moderation.v1.GetBatchRequest.batch": NUMBER,
        "moderation.v1.ListBatchesRequest.states": Bound(0, 8),
        "moderation.v1.ListBatchesRequest.page_size": PAGE,
        "moderation.v1.ListBatchesRequest.page_token": PAGE_TOKEN,
        "moderation.v1.ListChangesRequest.batch": NUMBER,
        "moderation.v1.ListChangesRequest.page_size": PAGE,
        "moderation.v1.ListChangesRequest.page_token": PAGE_TOKEN,
        "moderation.v1.ListVersionsRequest.page_size": PAGE,
        "moderation.v1.ListVersionsRequest.page_token": PAGE_TOKEN,
        "moderation.v1.DiffVersionsRequest.from_version": SEQUENCE,
        "moderation.v1.DiffVersionsRequest.to_version": SEQUENCE,
        "moderation.v1.DiffVersionsRequest.page_size": PAGE,
        "moderation.v1.DiffVersionsRequest.page_token": LONG_TOKEN,
        "moderation.v1.ListEntryTrialsRequest.wordlist": Bound(0, 128, is_stored=True),
        "moderation.v1.ListEntryTrialsRequest.entry": Bound(0, 4096),
        "moderation.v1.ListEntryTrialsRequest.batch": NUMBER,
        "moderation.v1.ListEntryTrialsRequest.page_size": PAGE,
        "moderation.v1.ListEntryTrialsRequest.page_token": LONG_TOKEN,
        "moderation.v1.ListRuleTrialsRequest.page_size": PAGE,
        "moderation.v1.ListRuleTrialsRequest.page_token": PAGE_TOKEN,
        "moderation.v1.TrialEntry.wordlist": WORDLIST,
        "moderation.v1.TrialEntry.entry": Bound(1, 4096),
        "moderation.v1.GetTrialHitsRequest.rule": TENANT,
        "moderation.v1.SetRuleTrialsRequest.rules": Bound(1, MOST_RULES),
        "moderation.v1.SetRuleTrialsRequest.rules[]": TENANT,
        "moderation.v1.SetRuleTrialsRequest.until": Bound(0, 10),
        "moderation.v1.SetRuleTrialsRequest.reason": Bound(1, 500, is_stored=True),
        "moderation.v1.SetRuleTrialsRequest.request_id": NAME,
    }
)
INTEGERS = frozenset((FieldDescriptor.CPPTYPE_INT32, FieldDescriptor.CPPTYPE_INT64))

FieldCheck = Callable[[Any], None]
Plan = tuple[tuple[str, FieldCheck, bool], ...]
"""Of each field its name, its check, and whether it is one of several of which others may be sent instead."""


def check(message: Message) -> None:
    """Raise a RequestError that names the first field outside its bound.

    Messages inside lists are left to the caller, who answers for them one by one.
    """
    for name, field_check, is_choice in _plan(message.DESCRIPTOR):
        if is_choice and not message.HasField(name):
            continue
        try:
            field_check(getattr(message, name))
        except RequestError as error:
            raise error.below(name) from None


def check_messages(messages: Sequence[str]) -> None:
    """Raise a RequestError that names the first filled message outside its bound."""
    for index, message in enumerate(messages):
        try:
            _check_length(MESSAGE_LENGTH, message)
        except RequestError as error:
            raise error.below(f"messages[{index}]") from None


def check_profile(message: template_pb2.Template, known: Collection[str]) -> None:
    """Raise a RequestError where a template names a profile that there is not; an empty name is the generic one."""
    if message.profile and message.profile not in known:
        names = " ".join(sorted(known))
        told = f"no profile has this name; known are {names}"
        raise RequestError(Reason.PROFILE_UNKNOWN, told, "profile", known=names)


@cache
def _plan(descriptor: Descriptor) -> Plan:
    checks = ((field, _field_check(field)) for field in descriptor.fields)
    return tuple(
        (field.name, field_check, field.containing_oneof is not None)
        for field, field_check in checks
        if field_check is not None
    )


def _field_check(field: FieldDescriptor) -> FieldCheck | None:
    bound = BOUNDS.get(field.full_name)
    if not field.is_repeated:
        return _value_check(field, bound)
    is_message = field.message_type is not None
    item_check = None if is_message else _value_check(field, BOUNDS.get(f"{field.full_name}[]"))
    return partial(_check_list, bound, item_check)


def _value_check(field: FieldDescriptor, bound: Bound | None) -> FieldCheck | None:
    if field.message_type is not None:
        return _check_timestamp if field.message_type is Timestamp.DESCRIPTOR else check
    if field.enum_type is not None:
        return partial(_check_enum, field.enum_type)
    if bound is None:
        return None
    return partial(_check_number if field.cpp_type in INTEGERS else _check_text, bound)


def _check_list(bound: Bound | None, item_check: FieldCheck | None, values: Sequence[Any]) -> None:
    if bound is not None:
        _check_length(bound, values)
    if item_check is None:
        return
    for index, value in enumerate(values):
        try:
            item_check(value)
        except RequestError as error:
            raise error.below(f"[{index}]") from None


def _check_text(bound: Bound, value: str) -> None:
    _check_length(bound, value)
    if bound.is_stored and "\0" in value:
        raise RequestError(Reason.CHARACTER_FORBIDDEN, "holds U+0000; leave it out")


def _check_length(bound: Bound, value: Sized) -> None:
    if not bound.least <= len(value) <= bound.most:
        if not value:
            raise RequestError(Reason.FIELD_REQUIRED, "must not be empty")
        raise RequestError(Reason.FIELD_TOO_LONG, f"length is {len(value)}, limit is {bound.most}", limit=bound.most)


def _check_number(bound: Bound, value: int) -> None:
    if not bound.least <= value <= bound.most:
        raise RequestError(Reason.FIELD_OUT_OF_RANGE, f"must be {bound.least} to {bound.most}", limit=bound.most)


def _check_enum(kind: EnumDescriptor, value: int) -> None:
    if value not in kind.values_by_number:
        known = " ".join(kind.values_by_name)
        told = f"{value} is not a value of {kind.name}; use one of {known}"
        raise RequestError(Reason.ENUM_UNKNOWN, told, value=value, known=known)


def _check_timestamp(value: Timestamp) -> None:
    if not 0 <= value.seconds <= LATEST_SECOND:
        raise RequestError(Reason.TIMESTAMP_INVALID, "must lie in the years 1970 to 9999")
    if not 0 <= value.nanos < 1_000_000_000:
        raise RequestError(Reason.TIMESTAMP_INVALID, f"nanos is {value.nanos}; it must be 0 to 999999999")

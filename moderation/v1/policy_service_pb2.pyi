import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from moderation.v1 import rule_pb2 as _rule_pb2
from moderation.v1 import template_pb2 as _template_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PolicyOrigin(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    POLICY_ORIGIN_UNSPECIFIED: _ClassVar[PolicyOrigin]
    POLICY_ORIGIN_TENANT: _ClassVar[PolicyOrigin]
    POLICY_ORIGIN_DEFAULT: _ClassVar[PolicyOrigin]
    POLICY_ORIGIN_BUILT_IN: _ClassVar[PolicyOrigin]
POLICY_ORIGIN_UNSPECIFIED: PolicyOrigin
POLICY_ORIGIN_TENANT: PolicyOrigin
POLICY_ORIGIN_DEFAULT: PolicyOrigin
POLICY_ORIGIN_BUILT_IN: PolicyOrigin

class DeniedWord(_message.Message):
    __slots__ = ("word", "reason", "severity", "word_edges")
    WORD_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SEVERITY_FIELD_NUMBER: _ClassVar[int]
    WORD_EDGES_FIELD_NUMBER: _ClassVar[int]
    word: str
    reason: str
    severity: _rule_pb2.Severity
    word_edges: bool
    def __init__(self, word: _Optional[str] = ..., reason: _Optional[str] = ..., severity: _Optional[_Union[_rule_pb2.Severity, str]] = ..., word_edges: _Optional[bool] = ...) -> None: ...

class AllowedWord(_message.Message):
    __slots__ = ("word", "reason", "rule", "wordlist", "tenants")
    WORD_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    TENANTS_FIELD_NUMBER: _ClassVar[int]
    word: str
    reason: str
    rule: str
    wordlist: str
    tenants: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, word: _Optional[str] = ..., reason: _Optional[str] = ..., rule: _Optional[str] = ..., wordlist: _Optional[str] = ..., tenants: _Optional[_Iterable[str]] = ...) -> None: ...

class RuleSeverity(_message.Message):
    __slots__ = ("rule", "severity", "reason", "until")
    RULE_FIELD_NUMBER: _ClassVar[int]
    SEVERITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    rule: str
    severity: _rule_pb2.Severity
    reason: str
    until: _timestamp_pb2.Timestamp
    def __init__(self, rule: _Optional[str] = ..., severity: _Optional[_Union[_rule_pb2.Severity, str]] = ..., reason: _Optional[str] = ..., until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RuleOff(_message.Message):
    __slots__ = ("rule", "reason", "until")
    RULE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    rule: str
    reason: str
    until: _timestamp_pb2.Timestamp
    def __init__(self, rule: _Optional[str] = ..., reason: _Optional[str] = ..., until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class PolicyDocument(_message.Message):
    __slots__ = ("deny", "allow", "severities", "off", "review_threshold", "reject_threshold", "profile", "industry")
    DENY_FIELD_NUMBER: _ClassVar[int]
    ALLOW_FIELD_NUMBER: _ClassVar[int]
    SEVERITIES_FIELD_NUMBER: _ClassVar[int]
    OFF_FIELD_NUMBER: _ClassVar[int]
    REVIEW_THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    REJECT_THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    INDUSTRY_FIELD_NUMBER: _ClassVar[int]
    deny: _containers.RepeatedCompositeFieldContainer[DeniedWord]
    allow: _containers.RepeatedCompositeFieldContainer[AllowedWord]
    severities: _containers.RepeatedCompositeFieldContainer[RuleSeverity]
    off: _containers.RepeatedCompositeFieldContainer[RuleOff]
    review_threshold: float
    reject_threshold: float
    profile: str
    industry: _template_pb2.Industry
    def __init__(self, deny: _Optional[_Iterable[_Union[DeniedWord, _Mapping]]] = ..., allow: _Optional[_Iterable[_Union[AllowedWord, _Mapping]]] = ..., severities: _Optional[_Iterable[_Union[RuleSeverity, _Mapping]]] = ..., off: _Optional[_Iterable[_Union[RuleOff, _Mapping]]] = ..., review_threshold: _Optional[float] = ..., reject_threshold: _Optional[float] = ..., profile: _Optional[str] = ..., industry: _Optional[_Union[_template_pb2.Industry, str]] = ...) -> None: ...

class PolicySummary(_message.Message):
    __slots__ = ("tenant", "version", "sequence", "author", "reason", "updated_at", "denied", "allowed", "rules", "restores")
    TENANT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    DENIED_FIELD_NUMBER: _ClassVar[int]
    ALLOWED_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    RESTORES_FIELD_NUMBER: _ClassVar[int]
    tenant: str
    version: int
    sequence: int
    author: str
    reason: str
    updated_at: _timestamp_pb2.Timestamp
    denied: int
    allowed: int
    rules: int
    restores: int
    def __init__(self, tenant: _Optional[str] = ..., version: _Optional[int] = ..., sequence: _Optional[int] = ..., author: _Optional[str] = ..., reason: _Optional[str] = ..., updated_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., denied: _Optional[int] = ..., allowed: _Optional[int] = ..., rules: _Optional[int] = ..., restores: _Optional[int] = ...) -> None: ...

class Policy(_message.Message):
    __slots__ = ("summary", "document")
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    summary: PolicySummary
    document: PolicyDocument
    def __init__(self, summary: _Optional[_Union[PolicySummary, _Mapping]] = ..., document: _Optional[_Union[PolicyDocument, _Mapping]] = ...) -> None: ...

class PolicyValue(_message.Message):
    __slots__ = ("key", "subject", "value", "origin", "reason", "version", "author", "updated_at", "until", "is_over")
    KEY_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    IS_OVER_FIELD_NUMBER: _ClassVar[int]
    key: str
    subject: str
    value: str
    origin: PolicyOrigin
    reason: str
    version: int
    author: str
    updated_at: _timestamp_pb2.Timestamp
    until: _timestamp_pb2.Timestamp
    is_over: bool
    def __init__(self, key: _Optional[str] = ..., subject: _Optional[str] = ..., value: _Optional[str] = ..., origin: _Optional[_Union[PolicyOrigin, str]] = ..., reason: _Optional[str] = ..., version: _Optional[int] = ..., author: _Optional[str] = ..., updated_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., is_over: _Optional[bool] = ...) -> None: ...

class GetPolicyRequest(_message.Message):
    __slots__ = ("tenant", "version")
    TENANT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    tenant: str
    version: int
    def __init__(self, tenant: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class GetPolicyResponse(_message.Message):
    __slots__ = ("policy",)
    POLICY_FIELD_NUMBER: _ClassVar[int]
    policy: Policy
    def __init__(self, policy: _Optional[_Union[Policy, _Mapping]] = ...) -> None: ...

class GetEffectivePolicyRequest(_message.Message):
    __slots__ = ("tenant", "at", "page_size", "page_token")
    TENANT_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    tenant: str
    at: _timestamp_pb2.Timestamp
    page_size: int
    page_token: str
    def __init__(self, tenant: _Optional[str] = ..., at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class GetEffectivePolicyResponse(_message.Message):
    __slots__ = ("values", "next_page_token")
    VALUES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    values: _containers.RepeatedCompositeFieldContainer[PolicyValue]
    next_page_token: str
    def __init__(self, values: _Optional[_Iterable[_Union[PolicyValue, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdatePolicyRequest(_message.Message):
    __slots__ = ("tenant", "document", "expected_version", "reason", "request_id", "validate_only")
    TENANT_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    tenant: str
    document: PolicyDocument
    expected_version: int
    reason: str
    request_id: str
    validate_only: bool
    def __init__(self, tenant: _Optional[str] = ..., document: _Optional[_Union[PolicyDocument, _Mapping]] = ..., expected_version: _Optional[int] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class UpdatePolicyResponse(_message.Message):
    __slots__ = ("policy",)
    POLICY_FIELD_NUMBER: _ClassVar[int]
    policy: Policy
    def __init__(self, policy: _Optional[_Union[Policy, _Mapping]] = ...) -> None: ...

class RollbackPolicyRequest(_message.Message):
    __slots__ = ("tenant", "to_version", "expected_version", "reason", "request_id")
    TENANT_FIELD_NUMBER: _ClassVar[int]
    TO_VERSION_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    tenant: str
    to_version: int
    expected_version: int
    reason: str
    request_id: str
    def __init__(self, tenant: _Optional[str] = ..., to_version: _Optional[int] = ..., expected_version: _Optional[int] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class RollbackPolicyResponse(_message.Message):
    __slots__ = ("policy",)
    POLICY_FIELD_NUMBER: _ClassVar[int]
    policy: Policy
    def __init__(self, policy: _Optional[_Union[Policy, _Mapping]] = ...) -> None: ...

class ListPoliciesRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListPoliciesResponse(_message.Message):
    __slots__ = ("policies", "next_page_token")
    POLICIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    policies: _containers.RepeatedCompositeFieldContainer[PolicySummary]
    next_page_token: str
    def __init__(self, policies: _Optional[_Iterable[_Union[PolicySummary, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListPolicyVersionsRequest(_message.Message):
    __slots__ = ("tenant", "page_size", "page_token")
    TENANT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    tenant: str
    page_size: int
    page_token: str
    def __init__(self, tenant: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListPolicyVersionsResponse(_message.Message):
    __slots__ = ("versions", "next_page_token")
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    versions: _containers.RepeatedCompositeFieldContainer[PolicySummary]
    next_page_token: str
    def __init__(self, versions: _Optional[_Iterable[_Union[PolicySummary, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

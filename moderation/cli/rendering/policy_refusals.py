"""Why policies are not changed as somebody asked, and how to mend it, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from moderation.policies.refusal import PoliciesError, PoliciesReason

POLICIES: Mapping[PoliciesReason, tuple[str, str]] = {
    PoliciesReason.POLICY_INVALID: (
        "策略有误，未生效：{message}",
        "the policy is wrong, and nothing changed: {message}",
    ),
    PoliciesReason.POLICY_VERSION_STALE: (
        "{tenant} 的策略现为第 {current} 版，不是第 {expected} 版；请用 moderation policy show {tenant} 查看，"
        "再以 --expect {current} 重试",
        "the policy of {tenant} is at version {current}, not {expected}; see moderation policy show {tenant}, "
        "then try again with --expect {current}",
    ),
    PoliciesReason.POLICY_VERSION_UNKNOWN: (
        "{tenant} 的策略没有可用的第 {version} 版；moderation policy log {tenant} 列出各版",
        "the policy of {tenant} has no earlier version {version}; see moderation policy log {tenant}",
    ),
}
"""Braces stand for the metadata of the refusal."""


def policies_refusal(error: PoliciesError, locale: str) -> str:
    """Return why something was refused."""
    chinese, english = POLICIES[error.reason]
    return (chinese if locale == "zh" else english).format_map({**error.metadata, "message": error.message})

"""What helps where the desk refuses: English words for what the Chinese refusals say at once."""

from __future__ import annotations

from collections.abc import Mapping

from moderation.review.desk import DeskError, DeskReason

HINTS: Mapping[DeskReason, str] = {
    DeskReason.CASE_UNKNOWN: "moderation case list shows them",
    DeskReason.APPEAL_UNKNOWN: "moderation appeal list shows them",
    DeskReason.VERDICT_UNKNOWN: "check the id and --tenant",
    DeskReason.WRONG_STATE: "moderation case show {case} tells more",
}


def hinted(error: Exception, told: str, locale: str) -> str:
    """Return a refusal with what helps; Chinese ones have it."""
    if locale == "zh" or not isinstance(error, DeskError) or error.reason not in HINTS:
        return told
    return f"{told}; {HINTS[error.reason].format_map(error.metadata)}"

"""Why versions of wordlists are not changed as somebody asked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class WordlistsReason(StrEnum):
    """Why a batch or a version is refused; the gRPC error reasons of the same names mirror these."""

    BATCH_UNKNOWN = "BATCH_UNKNOWN"
    BATCH_STATE = "BATCH_STATE"
    BATCH_EMPTY = "BATCH_EMPTY"
    BATCH_TOO_LARGE = "BATCH_TOO_LARGE"
    CHANGE_INVALID = "CHANGE_INVALID"
    CHANGE_REPEATED = "CHANGE_REPEATED"
    OWN_BATCH = "OWN_BATCH"
    VERSION_STALE = "VERSION_STALE"
    VERSION_UNKNOWN = "VERSION_UNKNOWN"
    WORDLIST_UNKNOWN = "WORDLIST_UNKNOWN"
    RULESET_NOT_BUILT = "RULESET_NOT_BUILT"


class WordlistsError(Exception):
    """Something is refused, and nothing has changed; `metadata` holds numbers and states, never entries."""

    def __init__(self, reason: WordlistsReason, message: str, **metadata: object) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.metadata: Mapping[str, str] = {key: str(value) for key, value in metadata.items()}

"""Where the store is and what holds for reviews, read from MODERATION_* environment variables."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from moderation.review.policy import DEFAULT, LEAST_KEPT, ReviewPolicy
from moderation.store.database import require_address

NONE = "none"
"""Instead of an address: no store."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _address(value: str) -> str:
    if value != NONE:
        require_address(value)
    return value


class StoreSettings(BaseSettings):
    """What is told from outside about the store and the reviews."""

    model_config = SettingsConfigDict(env_prefix="MODERATION_", frozen=True, extra="forbid")

    store: Annotated[str, AfterValidator(_address)] | None = Field(
        default=None,
        description="where verdicts and cases are kept: a file of SQLite, postgresql://…, or `none`; else a file in "
        "the user's data directory, and none where the server listens beyond the loopback",
    )
    keys: Path | None = Field(
        default=None, description="the file of the keys that seal texts; made beside an SQLite store unless given"
    )
    key_ring: SecretStr | None = Field(default=None, description="the keys themselves, instead of a file of them")
    checkpoints: Path | None = Field(
        default=None,
        description="the file that checkpoints of the audit are added to; beside an SQLite store unless given",
    )
    lease_minutes: float = Field(
        default=DEFAULT.lease.total_seconds() / 60, ge=0.1, le=1440.0, description="how long a reviewer holds a case"
    )
    due_hours: float = Field(
        default=DEFAULT.due / HOUR, ge=0.1, le=720.0, description="how soon a case is due after it was opened"
    )
    appeal_days: float = Field(
        default=DEFAULT.appeal_window / DAY, ge=0.0, le=3650.0, description="how long a rejection can be appealed"
    )
    quality_share: float = Field(
        default=DEFAULT.quality_share,
        ge=0.0,
        le=1.0,
        description="of templates that pass, the share people look at too",
    )
    text_days: float = Field(
        default=DEFAULT.texts_kept / DAY, ge=1.0, le=36500.0, description="how long texts of templates are kept"
    )
    audit_days: float = Field(
        default=DEFAULT.audit_kept / DAY,
        ge=LEAST_KEPT / DAY,
        le=36500.0,
        description="how long the audit is kept; six months at least",
    )
    approval_above: int = Field(
        default=1000,
        ge=0,
        le=1_000_000,
        description="changes of a batch of wordlists above which a second person has to approve it",
    )

    @property
    def review_policy(self) -> ReviewPolicy:
        """The policy that these settings state."""
        return ReviewPolicy(
            lease=timedelta(minutes=self.lease_minutes),
            due=timedelta(hours=self.due_hours),
            appeal_window=timedelta(days=self.appeal_days),
            quality_share=self.quality_share,
            texts_kept=timedelta(days=self.text_days),
            audit_kept=timedelta(days=self.audit_days),
        )


def default_store() -> Path:
    """Return the file of the embedded store: in the user's data directory."""
    return user_data_path("moderation") / "moderation.db"

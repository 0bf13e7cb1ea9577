"""The settings of a server, read from MODERATION_* environment variables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, FilePath, StringConstraints, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

EVERY_TENANT = "*"
"""The key of `verified_domains` whose domains hold for every tenant."""

LOOPBACK = frozenset(("127.0.0.1", "::1", "localhost"))

Domain = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", max_length=253)]


class Settings(BaseSettings):
    """What a server is told from outside; an impossible value fails at start, with its name."""

    model_config = SettingsConfigDict(env_prefix="MODERATION_", frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", description="the address to listen on")
    port: int = Field(default=50051, ge=0, le=65535, description="the port to listen on; 0 lets the system choose")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug logs every call, info the failed ones"
    )
    max_concurrent_rpcs: int = Field(default=256, ge=1, le=65536, description="calls at the same time")
    max_message_bytes: int = Field(
        default=16 * 1024 * 1024, ge=64 * 1024, le=256 * 1024 * 1024, description="bytes of one request or response"
    )
    wordlists: Path | None = Field(default=None, description="a directory of wordlists instead of the shipped ones")
    models: Path | None = Field(default=None, description="a directory of models instead of the shipped ones")
    profiles: Path | None = Field(default=None, description="a directory of profiles beside the shipped ones")
    records_shadow: bool = Field(default=False, description="whether rules on trial are tried and counted")
    verified_domains: dict[str, frozenset[Domain]] = Field(
        default_factory=dict, description="JSON: domains by tenant; those of `*` hold for every tenant"
    )
    tls_certificate: FilePath | None = Field(default=None, description="a PEM file; needs the key")
    tls_key: FilePath | None = Field(default=None, description="a PEM file; needs the certificate")
    drain_seconds: float = Field(
        default=0.0, ge=0.0, le=300.0, description="at the stop, how long to answer while health says NOT_SERVING"
    )
    grace_seconds: float = Field(default=10.0, ge=0.0, le=300.0, description="then, how long calls in flight may take")

    @model_validator(mode="after")
    def _certificate_has_key(self) -> Self:
        if (self.tls_certificate is None) != (self.tls_key is None):
            raise ValueError("tls_certificate and tls_key are needed together")
        return self

    @property
    def is_exposed(self) -> bool:
        """Whether calls from other machines are answered without encryption."""
        return self.host not in LOOPBACK and self.tls_certificate is None

    def domains_of(self, tenant: str) -> frozenset[str]:
        """Return the domains that hold for a tenant."""
        shared = self.verified_domains.get(EVERY_TENANT, frozenset())
        return shared if tenant == EVERY_TENANT else shared | self.verified_domains.get(tenant, frozenset())

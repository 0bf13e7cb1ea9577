"""The settings of a server, read from MODERATION_* environment variables."""

from __future__ import annotations

import json
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, FilePath, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import NoDecode, SettingsConfigDict

from moderation.faults import explain
from moderation.match.domains import verified_domain
from moderation.review.spikes import SpikeLimits
from moderation.review.webhook import Network
from moderation.service import tls
from moderation.service.challenges import address_of
from moderation.store.settings import StoreSettings

EVERY_TENANT = "*"
"""The key of `verified_domains` whose domains hold for every tenant."""

LOOPBACK = frozenset(("127.0.0.1", "::1", "localhost"))

Domain = Annotated[str, AfterValidator(verified_domain)]


def _nameserver(value: str) -> str:
    try:
        address_of(value)
    except ValueError:
        raise ValueError(f"found {value!r}; write addresses such as 192.0.2.53 or 127.0.0.1:5353") from None
    return value


Nameserver = Annotated[str, AfterValidator(_nameserver)]


class SettingsError(ValueError):
    """Settings are impossible; the message names each with what is wrong and how to mend it."""


class Settings(StoreSettings):
    """What a server is told from outside; an impossible value fails at start, with its name."""

    model_config = SettingsConfigDict(env_prefix="MODERATION_", frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", description="the address to listen on")
    port: int = Field(default=50051, ge=0, le=65535, description="the port to listen on; 0 lets the system choose")
    workers: int = Field(
        default=1, ge=1, le=256, description="processes that share the port and the ruleset; one for each core"
    )
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
    dialects: Path | None = Field(default=None, description="a directory of dialect files instead of the shipped ones")
    cache: Path | None = Field(
        default=None, description="a directory that keeps built automata; the user's cache directory unless given"
    )
    verdict_cache_bytes: int = Field(
        default=64 * 1024 * 1024, ge=0, le=16 * 1024**3, description="room for verdicts that are kept; 0 keeps none"
    )
    metrics_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="the port of the page with counters for Prometheus, of the first worker; those of others follow",
    )
    records_shadow: bool = Field(
        default=False, description="whether rules that are shipped as SHADOW are tried and counted"
    )
    webhook_networks: Annotated[tuple[Network, ...], NoDecode] = Field(
        default=(), description="private networks that webhooks may be in, such as 10.1.0.0/16, parted by commas"
    )
    challenge_networks: Annotated[tuple[Network, ...], NoDecode] = Field(
        default=(), description="private networks whose files may prove links, such as 10.1.0.0/16, parted by commas"
    )
    challenge_nameservers: Annotated[tuple[Nameserver, ...], NoDecode] = Field(
        default=(),
        description="nameservers that are asked what proves links, ADDRESS or ADDRESS:PORT, parted by commas; those of "
        "the system unless given",
    )
    alert_window_minutes: float = Field(
        default=5.0, ge=0.5, le=60.0, description="how long the windows are in which rejects are counted for alerts"
    )
    alert_least_rejects: int = Field(
        default=20, ge=5, le=1_000_000, description="rejects in a window below which nothing is a spike"
    )
    alert_ratio: float = Field(
        default=3.0, ge=1.1, le=1000.0, description="how many times the usual share of rejects is a spike"
    )
    alert_pause_minutes: float = Field(
        default=60.0, ge=1.0, le=10080.0, description="after an alert of a spike, how long no other follows of the same"
    )
    new_entry_days: float = Field(
        default=14.0, ge=0.0, le=365.0, description="how long hits of an entry are counted after it was put into force"
    )
    verified_domains: Annotated[dict[str, frozenset[Domain]], NoDecode] = Field(
        default_factory=dict, description="JSON: domains by tenant; those of `*` hold for every tenant"
    )
    tls_certificate: FilePath | None = Field(default=None, description="a PEM file; needs the key")
    tls_key: FilePath | None = Field(default=None, description="a PEM file; needs the certificate")
    drain_seconds: float = Field(
        default=0.0, ge=0.0, le=300.0, description="at the stop, how long to answer while health says NOT_SERVING"
    )
    grace_seconds: float = Field(default=10.0, ge=0.0, le=300.0, description="then, how long calls in flight may take")

    @field_validator(
        "host", "wordlists", "models", "profiles", "dialects", "cache", "tls_certificate", "tls_key", mode="before"
    )
    @classmethod
    def _not_empty(cls, value: Any) -> Any:  # noqa: ANN401 - whatever is given
        if isinstance(value, str) and not value.strip():
            raise ValueError("is empty; give it a value or leave it out")
        return value

    @field_validator("webhook_networks", "challenge_networks", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())
        except ValueError:
            raise ValueError(f"found {value!r}; write networks such as 10.1.0.0/16, parted by commas") from None

    @field_validator("challenge_nameservers", mode="before")
    @classmethod
    def _nameservers(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("verified_domains", mode="before")
    @classmethod
    def _decoded(cls, value: Any) -> Any:  # noqa: ANN401 - whatever is given
        try:
            decoded = json.loads(value) if isinstance(value, str) else value
        except (ValueError, RecursionError):
            decoded = None
        if not isinstance(decoded, dict) or not all(
            isinstance(one, (list, set, frozenset)) for one in decoded.values()
        ):
            raise ValueError('is no JSON object of lists by tenant; write {"*": ["example.cn"]}, * for every tenant')
        return decoded

    @field_validator("tls_certificate")
    @classmethod
    def _is_certificate(cls, path: Path | None) -> Path | None:
        if path is not None:
            tls.check_certificate(path)
        return path

    @field_validator("tls_key")
    @classmethod
    def _is_key(cls, path: Path | None) -> Path | None:
        if path is not None:
            tls.check_key(path)
        return path

    @model_validator(mode="after")
    def _certificate_has_key(self) -> Self:
        if self.tls_certificate is not None and self.tls_key is not None:
            tls.check_pair(self.tls_certificate, self.tls_key)
        elif self.tls_certificate is not None or self.tls_key is not None:
            given, lacking = ("certificate", "key") if self.tls_key is None else ("key", "certificate")
            raise ValueError(f"tls_{lacking}: is missing; tls_{given} needs it, give both or neither")
        return self

    @model_validator(mode="after")
    def _counters_have_ports(self) -> Self:
        last = (self.metrics_port or 0) + self.workers - 1
        if self.metrics_port and last > 65535:
            raise ValueError(
                f"metrics_port: found {self.metrics_port}; {self.workers} workers need the ports up to {last}, "
                f"so it must be at most {65536 - self.workers}"
            )
        if self.metrics_port and self.metrics_port <= self.port <= last:
            raise ValueError(f"metrics_port: {self.metrics_port} to {last} holds the port {self.port}; choose others")
        return self

    @property
    def is_exposed(self) -> bool:
        """Whether calls from other machines are answered without encryption."""
        return self.host not in LOOPBACK and self.tls_certificate is None

    @property
    def spike_limits(self) -> SpikeLimits:
        """What makes a spike of rejects."""
        return SpikeLimits(
            window=timedelta(minutes=self.alert_window_minutes),
            least=self.alert_least_rejects,
            ratio=self.alert_ratio,
            pause=timedelta(minutes=self.alert_pause_minutes),
        )

    def domains_of(self, tenant: str) -> frozenset[str]:
        """Return the domains that hold for a tenant."""
        shared = self.verified_domains.get(EVERY_TENANT, frozenset())
        return shared if tenant == EVERY_TENANT else shared | self.verified_domains.get(tenant, frozenset())


def require_loopback(host: str) -> None:
    """Raise SettingsError unless only this machine reaches a host: who calls with a role is not authenticated."""
    if host not in LOOPBACK:
        raise SettingsError(
            f"host: {host!r} can be reached from other machines, and whoever reaches a server with a store may claim "
            "any name and role; set --host (MODERATION_HOST) to 127.0.0.1, or serve without a store"
        )


def read_settings(given: dict[str, Any]) -> Settings:
    """Return the settings given and, beneath them, those of the environment; raise SettingsError for bad ones."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("; ".join(_told(one, given) for one in error.errors())) from None


def _told(error: ErrorDetails, given: dict[str, Any]) -> str:
    problem = explain(error, sorted(Settings.model_fields))
    if not error["loc"]:
        return problem
    name = str(error["loc"][0])
    source = f"--{name.replace('_', '-')}" if name in given else f"MODERATION_{name.upper()}"
    return f"{name} ({source.removesuffix('s') if name == 'verified_domains' and name in given else source}): {problem}"

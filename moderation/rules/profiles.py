"""Profiles: what one operator or vendor demands, section by section, and which values make sense."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from functools import cached_property
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from moderation.faults import DISORDER, suggest
from moderation.rules.rule import Severity
from moderation.text.parts import PLACEHOLDER_SYNTAX
from moderation.text.template import Industry, TemplateType

GENERIC = "generic"
"""The profile of demands that all operators share; a template that names no profile is judged by it."""

OFF = "OFF"


def _visible(text: str) -> str:
    if not text.strip():
        raise ValueError(f"found {text!r}; write at least one visible character")
    return text


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,63}", text):
        raise ValueError(f"found {text[:40]!r}; write 1 to 64 of a-z, 0-9 and -, a letter first")
    return text


Name = Annotated[str, AfterValidator(_name)]
Visible = Annotated[str, AfterValidator(_visible)]
Count = Annotated[int, Field(ge=0, le=2000)]
Length = Annotated[int, Field(ge=1, le=2000)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Text(_Section):
    """Demands on the whole text, signature included."""

    most_characters: Length = 1000
    refused_symbols: str = ""


class Signature(_Section):
    """Demands on the signature; `place` says whether the sender writes it into the text or the vendor adds it."""

    least: Count = 2
    most: Length = 20
    place: Literal["text", "beside", "either"] = "either"
    symbols: bool = True

    @model_validator(mode="after")
    def _least_is_least(self) -> Self:
        if self.least > self.most:
            problem = f"least is {self.least} and most is {self.most}; write a least that is not above most"
            raise PydanticCustomError(DISORDER, problem, {"keys": ("least", "most")})
        return self


class Placeholder(_Section):
    """Demands on placeholders: accepted syntaxes (none: any), how many at most by type, how long their values."""

    syntaxes: tuple[str, ...] = Field(default=(), strict=False)
    most: Count = 2000
    most_otp: Count = 2000
    most_marketing: Count = 2000
    value_length: Length = 35
    value_length_otp: Length = 35
    numbered: bool = False
    once: bool = False

    @field_validator("syntaxes")
    @classmethod
    def _known_syntaxes(cls, syntaxes: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := [syntax for syntax in syntaxes if syntax not in PLACEHOLDER_SYNTAX]:
            near = suggest(unknown[0], PLACEHOLDER_SYNTAX)
            raise ValueError(f"{unknown[0]!r} is no placeholder syntax; {near}use {', '.join(PLACEHOLDER_SYNTAX)}")
        return syntaxes

    def most_of(self, kind: TemplateType) -> int:
        """Return how many placeholders a template of a type may have."""
        own = {TemplateType.OTP: self.most_otp, TemplateType.MARKETING: self.most_marketing}
        return min(self.most, own.get(kind, self.most))


class OptOut(_Section):
    """Accepted forms of the opt-out (none: any that is known); the first one is what a repair writes."""

    forms: tuple[Visible, ...] = Field(default=(), strict=False)
    at_end: bool = False


class Contact(_Section):
    """How many contacts a template may carry."""

    most: Count = 2000


class SendWindow(_Section):
    """When marketing may be sent, on the clock of a time zone; `exempt` industries may send at any time.

    A window that closes before it opens spans midnight; one that closes when it opens is never shut.
    """

    opens: time = time(8)
    closes: time = time(21)
    zone: str = "Asia/Shanghai"
    exempt: tuple[Annotated[Industry, Field(strict=False)], ...] = Field(
        default=(Industry.GOVERNMENT, Industry.UTILITIES), strict=False
    )

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            near = suggest(zone, available_timezones())
            raise ValueError(f"{zone!r} is no time zone; {near}write for instance Asia/Shanghai")
        return zone

    @cached_property
    def clock(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.zone)

    def is_open(self, moment: time) -> bool:
        """Return whether marketing may be sent at a time of day."""
        if self.opens < self.closes:
            return self.opens <= moment < self.closes
        return moment >= self.opens or moment < self.closes


class Profile(_Section):
    """What one operator or vendor demands since a day; `severity` makes rules stricter, milder or OFF by id or name."""

    id: Name
    title: Visible
    inherits: str = ""
    valid_from: date
    sources: tuple[str, ...] = Field(default=(), strict=False)
    text: Text = Text()
    signature: Signature = Signature()
    placeholder: Placeholder = Placeholder()
    opt_out: OptOut = OptOut()
    contact: Contact = Contact()
    send_window: SendWindow = SendWindow()
    severity: Mapping[str, Literal["REJECT", "REVIEW", "ADVICE", "SHADOW", "OFF"]] = Field(default_factory=dict)

    @cached_property
    def severities(self) -> Mapping[str, Severity | None]:
        """The severity that a rule has under this profile, by id or name; None where it is OFF."""
        return {key: None if value == OFF else Severity(value) for key, value in self.severity.items()}

    @property
    def values(self) -> dict[str, Any]:
        """Every demand by its dotted key, as plain values that JSON can hold."""
        return dict(flat(self.model_dump(mode="json", exclude={"id", "title", "inherits", "valid_from", "sources"})))


def flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the values of a table and the tables in it by their dotted keys."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value

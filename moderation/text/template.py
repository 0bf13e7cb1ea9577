"""A template as its sender declares it, and its parts: signature, literals and placeholders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

MAX_TEXT_LENGTH = 2000
"""Code points accepted in one template text; the longest vendor limit is 1,000."""


class TemplateType(StrEnum):
    """What a sender may declare a template to be."""

    OTP = "OTP"
    NOTIFICATION = "NOTIFICATION"
    MARKETING = "MARKETING"


class Industry(StrEnum):
    """The sender's line of business."""

    FINANCE = "FINANCE"
    INSURANCE = "INSURANCE"
    LOAN = "LOAN"
    SECURITIES = "SECURITIES"
    RETAIL = "RETAIL"
    CATERING = "CATERING"
    LOGISTICS = "LOGISTICS"
    CARRIER = "CARRIER"
    TRAVEL = "TRAVEL"
    AUTOMOTIVE = "AUTOMOTIVE"
    MEDICAL = "MEDICAL"
    HEALTH_FOOD = "HEALTH_FOOD"
    COSMETICS = "COSMETICS"
    EDUCATION = "EDUCATION"
    REAL_ESTATE = "REAL_ESTATE"
    HOME = "HOME"
    GOVERNMENT = "GOVERNMENT"
    UTILITIES = "UTILITIES"
    RECRUITMENT = "RECRUITMENT"
    FRANCHISE = "FRANCHISE"
    ALCOHOL = "ALCOHOL"
    TOBACCO = "TOBACCO"
    GAMES = "GAMES"
    INTERNET = "INTERNET"
    ENTERTAINMENT = "ENTERTAINMENT"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Template:
    """One template with what its sender declares about it; an absent field is judged from the text.

    `signature` is the sender's name when it travels beside the text (without 【】); spans always refer to `text`.
    """

    text: str
    id: str = ""
    signature: str = ""
    type: TemplateType | None = None
    industry: Industry | None = None
    tenant: str = ""
    profile: str = ""
    region: str = ""
    send_at: datetime | None = None


class Span(NamedTuple):
    """A half-open range of code points in the text that the caller sent."""

    start: int
    end: int

"""What is told of a link beside its host: the tenant, its ICP number, evidence, and until when it holds."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone

from moderation.links.link import LinkKind
from moderation.links.problems import LinkFault, UnfitLinkError

MOST_TENANT = 64
MOST_TEXT = 1000
"""Characters of evidence or of a reason."""

MOST_VALID = timedelta(days=5 * 366)
"""How long what was verified may hold before somebody looks again."""

PROVED_FOR = timedelta(days=365)
"""How long what a challenge proved holds; a domain may be sold the next day, but certificates trust about as long."""

BEIJING = timezone(timedelta(hours=8))
"""A day without a time ends here."""

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ICP = re.compile(
    rf"[{_PROVINCES}](?:ICP备[0-9]{{6,10}}号(?:-[0-9]{{1,4}}[A-Z]?)?|ICP证[A-Z0-9-]{{6,12}}号?"
    r"|B[12]-[0-9]{8}(?:-[0-9]{1,4})?)"
)
_KINDS = {
    "domain": LinkKind.OWN_DOMAIN,
    "short": LinkKind.OWN_SHORT_DOMAIN,
    "自有域名": LinkKind.OWN_DOMAIN,
    "域名": LinkKind.OWN_DOMAIN,
    "自有短域名": LinkKind.OWN_SHORT_DOMAIN,
    "短域名": LinkKind.OWN_SHORT_DOMAIN,
    **{kind.value.lower(): kind for kind in LinkKind},
}


def icp_number_of(text: str) -> str:
    """Return an ICP number in its usual form, empty where none is given; raise UnfitLinkError where it is none."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if plain and not _ICP.fullmatch(plain):
        raise UnfitLinkError(LinkFault.ICP_MALFORMED, value=text)
    return plain


def tenant_of(text: str) -> str:
    """Return a tenant; raise UnfitLinkError where no template could name it."""
    if not text.strip() or not text.isprintable() or len(text) > MOST_TENANT:
        raise UnfitLinkError(LinkFault.TENANT_UNFIT, most=MOST_TENANT)
    return text


def text_of(text: str) -> str:
    """Return what somebody wrote, without blanks around; raise UnfitLinkError where it cannot be kept."""
    plain = text.strip()
    if len(plain) > MOST_TEXT or any(not (one.isprintable() or one in "\n\t") for one in plain):
        raise UnfitLinkError(LinkFault.TEXT_UNFIT, most=MOST_TEXT)
    return plain


def evidence_of(text: str) -> str:
    """Return by what a link was verified; raise UnfitLinkError where nothing is told."""
    if not (plain := text_of(text)):
        raise UnfitLinkError(LinkFault.EVIDENCE_MISSING)
    return plain


def kind_of(text: str) -> LinkKind:
    """Return the kind that a word names, a domain unless one is given; raise UnfitLinkError for another word."""
    plain = text.strip().lower()
    if plain and plain not in _KINDS:
        raise UnfitLinkError(LinkFault.KIND_UNKNOWN, value=text)
    return _KINDS[plain] if plain else LinkKind.OWN_DOMAIN


def moment_of(text: str) -> datetime:
    """Return until when a day, which ends at midnight in Beijing, or a time lasts; raise UnfitLinkError for others."""
    plain = text.strip()
    if not plain:
        raise UnfitLinkError(LinkFault.UNTIL_MISSING)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", plain):
            return datetime.combine(date.fromisoformat(plain) + timedelta(days=1), time(), BEIJING)
        made = datetime.fromisoformat(plain)
        if made.tzinfo is None:
            raise UnfitLinkError(LinkFault.UNTIL_MALFORMED, value=text)
        return made.astimezone(BEIJING)
    except (ValueError, OverflowError):
        raise UnfitLinkError(LinkFault.UNTIL_MALFORMED, value=text) from None


def require_until(until: datetime, now: datetime) -> datetime:
    """Return a moment until which a link may hold; raise UnfitLinkError where it is over or too far away."""
    if until <= now:
        raise UnfitLinkError(LinkFault.UNTIL_PAST, value=_told(until))
    if until - now > MOST_VALID:
        raise UnfitLinkError(LinkFault.UNTIL_FAR, value=_told(until), most=MOST_VALID.days)
    return until


def _told(moment: datetime) -> str:
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")

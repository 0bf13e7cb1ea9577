"""What a rule is: a value with an id, a condition, its law, its messages and the examples that test it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from moderation.rules.expression import Expression
from moderation.rules.laws import Law
from moderation.rules.repair import Repair
from moderation.text.template import Industry, TemplateType

RULE_ID = re.compile(r"[A-Z]{2}\d{3}")
RULE_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LOCALES = ("zh", "en")


class ReasonCategory(StrEnum):
    """The stable reason categories; the proto enum of the same name mirrors them."""

    ABSOLUTE_WORDING = "ABSOLUTE_WORDING"
    CONDITIONAL_PROMO = "CONDITIONAL_PROMO"
    MISSING_OPT_OUT = "MISSING_OPT_OUT"
    MISSING_RISK_DISCLOSURE = "MISSING_RISK_DISCLOSURE"
    GUARANTEED_RETURN = "GUARANTEED_RETURN"
    INDUSTRY_CLAIM = "INDUSTRY_CLAIM"
    UNVERIFIED_LINK = "UNVERIFIED_LINK"
    UNVERIFIED_CONTACT = "UNVERIFIED_CONTACT"
    PROHIBITED_CONTENT = "PROHIBITED_CONTENT"
    PROFANITY = "PROFANITY"
    SIGNATURE = "SIGNATURE"
    VARIABLE = "VARIABLE"
    TYPE_MISMATCH = "TYPE_MISMATCH"
    SEND_WINDOW = "SEND_WINDOW"
    FORMAT = "FORMAT"
    PRIVACY = "PRIVACY"
    EVASION = "EVASION"
    CUSTOM = "CUSTOM"
    DEGRADED = "DEGRADED"


class Severity(StrEnum):
    """What a finding does to the decision; ADVICE and SHADOW leave it as it is."""

    REJECT = "REJECT"
    REVIEW = "REVIEW"
    ADVICE = "ADVICE"
    SHADOW = "SHADOW"


@dataclass(frozen=True, slots=True)
class Good:
    """A lawful template on which the rule must stay silent, with what the sender and the policy say about it.

    Where there is a `message`, it is that which is checked: filled from the template.
    """

    text: str
    type: TemplateType | None = None
    industry: Industry | None = None
    signature: str = ""
    verified_domains: tuple[str, ...] = ()
    forbidden_words: tuple[str, ...] = ()
    watched_words: tuple[str, ...] = ()
    send_at: datetime | None = None
    profile: str = ""
    region: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Bad:
    """A template on which the rule must fire, and the words that its finding must quote (empty: something is missing).

    `broken_detectors` names detectors that fail during the check.
    """

    text: str
    quote: str = ""
    type: TemplateType | None = None
    industry: Industry | None = None
    signature: str = ""
    verified_domains: tuple[str, ...] = ()
    forbidden_words: tuple[str, ...] = ()
    watched_words: tuple[str, ...] = ()
    send_at: datetime | None = None
    broken_detectors: tuple[str, ...] = ()
    profile: str = ""
    region: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition with a severity, its law, what to tell people and its own examples.

    `types` and `industries` restrict the rule to templates of those kinds; empty means every template. A rule whose
    severity is SHADOW and which some profile makes stricter holds under that profile only. `covers` names the demands
    (`moderation.rules.demands`) that the rule meets. A rule without a law is a house rule.
    `message` and `advice` map a locale to a format string that may use {quote} and {term}; `terms` map a locale to what
    people call a term that is none of their words.
    An ill-formed rule raises ValueError, so that it cannot be imported.
    """

    id: str
    name: str
    category: ReasonCategory
    severity: Severity
    when: Expression
    message: Mapping[str, str]
    advice: Mapping[str, str]
    why: str
    false_positives: str
    bad: tuple[Bad, ...]
    good: tuple[Good | str, ...]
    since: str
    laws: tuple[Law, ...] = ()
    types: tuple[TemplateType, ...] = ()
    industries: tuple[Industry, ...] = ()
    covers: tuple[str, ...] = ()
    repair: Repair | None = None
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problems = [problem for problem, held in self._requirements().items() if not held]
        if problems:
            raise ValueError(f"rule {self.id}: " + "; ".join(problems))

    def _requirements(self) -> dict[str, bool]:
        return {
            "id must be two capitals and three digits": RULE_ID.fullmatch(self.id) is not None,
            "name must be lower-case words joined by hyphens": RULE_NAME.fullmatch(self.name) is not None,
            "message and advice need zh and en": all(
                translations.get(locale) for translations in (self.message, self.advice) for locale in LOCALES
            ),
            "why and false_positives must be told": bool(self.why and self.false_positives),
            "two bad and two good examples at least": len(self.bad) >= 2 and len(self.good) >= 2,
            "a quote must stand in its example": all(
                bad.quote in (bad.message or f"【{bad.signature}】{bad.text}") for bad in self.bad
            ),
        }

    def render_message(self, locale: str, quote: str, term: str) -> str:
        """Return the reason for people, in Chinese unless the locale is English."""
        return self._rendered(self.message, locale, quote, term)

    def render_advice(self, locale: str, quote: str, term: str) -> str:
        """Return how to mend the template, in Chinese unless the locale is English."""
        return self._rendered(self.advice, locale, quote, term)

    def _rendered(self, texts: Mapping[str, str], locale: str, quote: str, term: str) -> str:
        language = _language(locale)
        return texts[language].format(quote=quote, term=self.terms.get(language, {}).get(term, term))


def _language(locale: str) -> str:
    return "en" if locale.lower().startswith("en") else "zh"

"""RuleService: the rules of the ruleset, page by page or one by its id or name."""

from __future__ import annotations

import base64
import binascii
import hashlib
from bisect import bisect_right
from collections.abc import Iterable

from moderation.rules.rule import Bad, Good, Rule
from moderation.service.check import locale_of
from moderation.service.decode import Request
from moderation.service.errors import Reason, RequestError
from moderation.service.guard import Context
from moderation.service.translate import CATEGORIES, INDUSTRIES, SEVERITIES, TYPES, law_to_proto
from moderation.service.worker import Worker
from moderation.v1 import rule_pb2, rule_service_pb2

DEFAULT_PAGE_SIZE = 100


class RuleHandlers:
    """The methods of RuleService."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def list_rules(
        self, request: Request[rule_service_pb2.ListRulesRequest], _context: Context
    ) -> rule_service_pb2.ListRulesResponse:
        """Return the page of rules after the one that the token names; a swap of the ruleset does not disturb it."""
        message = request.checked()
        locale = locale_of(message.locale)
        ruleset = self._worker.engine.ruleset
        wanted = frozenset(message.categories)
        rules = [rule for rule in ruleset.rules if not wanted or CATEGORIES[rule.category] in wanted]
        rules.sort(key=lambda rule: rule.id)
        start = bisect_right(rules, _last_id(message.page_token, wanted), key=lambda rule: rule.id)
        end = start + (message.page_size or DEFAULT_PAGE_SIZE)
        return rule_service_pb2.ListRulesResponse(
            rules=[rule_to_proto(rule, locale) for rule in rules[start:end]],
            next_page_token=_token(rules[end - 1].id, wanted) if end < len(rules) else "",
            ruleset=ruleset.digest,
        )

    async def explain_rule(
        self, request: Request[rule_service_pb2.ExplainRuleRequest], _context: Context
    ) -> rule_service_pb2.ExplainRuleResponse:
        """Return one rule."""
        message = request.checked()
        locale = locale_of(message.locale)
        ruleset = self._worker.engine.ruleset
        for rule in ruleset.rules:
            if message.rule in (rule.id, rule.name):
                return rule_service_pb2.ExplainRuleResponse(rule=rule_to_proto(rule, locale), ruleset=ruleset.digest)
        raise RequestError(Reason.RULE_UNKNOWN, "no rule has this id or name", "rule")


def rule_to_proto(rule: Rule, locale: str = "zh") -> rule_pb2.Rule:
    """Return the message of a rule, with its words for people in the locale."""
    return rule_pb2.Rule(
        id=rule.id,
        name=rule.name,
        category=CATEGORIES[rule.category],
        severity=SEVERITIES[rule.severity],
        types=[TYPES[each] for each in rule.types],
        industries=[INDUSTRIES[each] for each in rule.industries],
        condition=str(rule.when),
        message=rule.message[locale],
        advice=rule.advice[locale],
        law=[law_to_proto(law) for law in rule.laws],
        why=rule.why,
        false_positives=rule.false_positives,
        bad=[_example(bad) for bad in rule.bad],
        good=[_example(good) for good in rule.good],
        since=rule.since,
    )


def _example(example: Bad | Good | str) -> rule_pb2.RuleExample:
    if isinstance(example, str):
        return rule_pb2.RuleExample(text=example)
    return rule_pb2.RuleExample(text=example.text, quote=example.quote if isinstance(example, Bad) else "")


def _token(rule_id: str, categories: Iterable[int]) -> str:
    return base64.urlsafe_b64encode(f"{rule_id}:{_filter_digest(categories)}".encode()).decode()


def _last_id(token: str, categories: Iterable[int]) -> str:
    if not token:
        return ""
    try:
        rule_id, _, digest = base64.b64decode(token, altchars=b"-_", validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        digest = ""
    if digest != _filter_digest(categories):
        raise RequestError(Reason.PAGE_TOKEN_INVALID, "not a token of this list with these categories", "page_token")
    return rule_id


def _filter_digest(categories: Iterable[int]) -> str:
    return hashlib.sha256(repr(sorted(categories)).encode()).hexdigest()[:16]

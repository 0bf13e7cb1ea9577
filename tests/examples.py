"""The examples of the rules as templates and policies, for tests that run them."""

from __future__ import annotations

from collections.abc import Callable

from moderation.rules.rule import Bad, Good, Rule
from moderation.text.template import Template
from moderation.verdict import Policy

Example = Bad | Good


def template_of(rule: Rule, example: Example, disguise: Callable[[str], str] = str) -> Template:
    """Return what the example declares; a message's template is never disguised."""
    return Template(
        text=example.text if example.message else disguise(example.text),
        type=example.type or (rule.types[0] if len(rule.types) == 1 else None),
        industry=example.industry,
        signature=example.signature,
        send_at=example.send_at,
        profile=example.profile,
        region=example.region,
    )


def policy_of(example: Example) -> Policy:
    """Return what the example says about the tenant."""
    return Policy(frozenset(example.verified_domains), tuple(example.forbidden_words))

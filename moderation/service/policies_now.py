"""The policies of tenants as a store has them now, for work that is done once and follows nothing."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import Engine

from moderation.review.keys import KeyRing
from moderation.service.served_policies import Domains, ServedPolicies
from moderation.store.links import StoredLinks
from moderation.store.policies import StoredPolicies
from moderation.text.template import Template
from moderation.verdict import Policy

MOST_TENANTS = 4096
"""Tenants whose links are read once."""


def no_domains(_tenant: str) -> frozenset[str]:
    """Return that a tenant has no domains by settings."""
    return frozenset()


def policies_now(
    engine: Engine, ring: KeyRing, domains_of: Domains = no_domains, known: Container[str] = ()
) -> Callable[[Template], Policy]:
    """Return what tells the policy of a template, with the links that are its tenant's own.

    Policies are read at once, links of a tenant where the first template names it. Raises DeskError as the store does.
    """
    policies = ServedPolicies(domains_of, known, StoredPolicies(engine, ring))
    policies.follow()
    own_links = lru_cache(maxsize=MOST_TENANTS)(StoredLinks(engine, ring).own_links)

    def policy_of(template: Template) -> Policy:
        policy = policies.policy_of(template)
        own = own_links(template.tenant) if template.tenant else policy.own_links
        return replace(policy, own_links=own) if own or own.lapsed else policy

    return policy_of

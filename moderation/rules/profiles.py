"""Profiles: what one operator or vendor demands, by name."""

from __future__ import annotations

GENERIC = "generic"
"""The profile of demands that all operators share; a template that names no profile is judged by it."""

PROFILES = frozenset((GENERIC,))


def is_known(name: str) -> bool:
    """Return whether a template may name this profile; an empty name means the generic one."""
    return not name or name in PROFILES

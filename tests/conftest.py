"""Fixtures that every test file shares."""

from __future__ import annotations

import pytest

from moderation.engine import Engine
from moderation.ruleset import load_ruleset


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine over the shipped ruleset."""
    return Engine(load_ruleset())

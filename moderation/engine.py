"""Templates to verdicts: pure, deterministic, batch first."""

from __future__ import annotations

from collections.abc import Sequence

from moderation.ruleset import Ruleset
from moderation.text.template import Template
from moderation.verdict import Policy, Verdict

DEFAULT_POLICY = Policy()


class Engine:
    """Checks templates against one immutable ruleset; safe to share between threads."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset

    def check(self, template: Template, policy: Policy = DEFAULT_POLICY) -> Verdict:
        """Return the verdict on one template."""
        return self.check_many([template], [policy])[0]

    def check_many(self, templates: Sequence[Template], policies: Sequence[Policy] = ()) -> list[Verdict]:
        """Return one verdict per template, in order; `policies` is empty or holds one per template."""
        raise NotImplementedError

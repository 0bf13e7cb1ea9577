"""Many templates checked batch by batch, so that long work can show how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from moderation.engine import Engine
from moderation.text.template import Template
from moderation.verdict import Policy, Verdict

BATCH = 256


def checked(
    engine: Engine,
    templates: Sequence[Template],
    policies: Sequence[Policy] = (),
    *,
    report: Callable[[int], None] = lambda _: None,
) -> Iterator[Verdict]:
    """Yield the verdict on each template, in order; `report` is told how many more have been checked.

    `policies` is empty or holds one per template.
    """
    for start in range(0, len(templates), BATCH):
        batch = templates[start : start + BATCH]
        yield from engine.check_many(batch, policies[start : start + BATCH])
        report(len(batch))

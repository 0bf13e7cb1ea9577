"""Labels of collections that are doubted, because the rules see something else: they are measured, but teach no risk.

The ordinary advertising of one collection holds advertising for forged invoices and loans; what another one calls
financial fraud is mostly honest advertising of funds. Only kinds of texts that are known to be mixed are doubted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from moderation.engine import Engine
from moderation.evaluation.checked import checked
from moderation.evaluation.systems import stopping
from moderation.evaluation.truth import PROHIBITED
from moderation.ruleset import build_ruleset, load_lists
from moderation.text.template import Template, TemplateType
from moderation.train.corpus import Example

MIXED_LAWFUL = frozenset(("marketing",))
"""Labels of lawful texts among which there are unlawful ones."""

MIXED_UNLAWFUL = frozenset(("FR:Financial",))
"""Labels of unlawful texts among which there are lawful ones."""


def marked(examples: Sequence[Example], engine: Engine) -> list[Example]:
    """Return the examples, those marked whose label the rules of the engine speak against.

    The engine should have no model: one must not choose what the next one learns.
    """
    mixed = [number for number, one in enumerate(examples) if one.label in MIXED_LAWFUL | MIXED_UNLAWFUL]
    templates = [Template(examples[number].text, type=TemplateType.MARKETING) for number in mixed]
    found = dict(zip(mixed, unlawful(templates, engine), strict=True))
    return [
        replace(one, disputed=True) if number in found and found[number] == (one.label in MIXED_LAWFUL) else one
        for number, one in enumerate(examples)
    ]


def rules_alone() -> Engine:
    """Return the engine of the shipped rules and lists without a model; raise what building a ruleset raises."""
    wordlists, dialects = load_lists()
    return Engine(build_ruleset(wordlists, None, dialects=dialects))


def unlawful(templates: Sequence[Template], engine: Engine) -> Iterator[bool]:
    """Yield whether the engine finds prohibited content or a promised return in each template."""
    for verdict in checked(engine, templates):
        yield not PROHIBITED.isdisjoint(one.category for one in stopping(verdict.findings))

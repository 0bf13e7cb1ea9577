"""The examples of the rules, and whether an engine judges them as the rules say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from moderation.detection import Detectors
from moderation.engine import Engine, Ruleset
from moderation.message import check_messages
from moderation.rules.rule import Bad, Good, Rule
from moderation.text.template import Template
from moderation.verdict import Finding, Policy, Verdict

Example = Bad | Good
CHECKED_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class BrokenExample:
    """An example that an engine judges otherwise than its rule says.

    `quote` is what a bad example must have found first, None of a good one; `found` are the quotes of what the rule
    finds in it.
    """

    rule_id: str
    rule_name: str
    text: str
    quote: str | None
    found: tuple[str, ...]


def broken_examples(engine: Engine, progress: Callable[[int, int], None] | None = None) -> tuple[BrokenExample, ...]:
    """Return which examples of the rules of an engine, SHADOW ones too, do not hold; entries on trial are left out.

    `progress` is told how many are done, of how many.
    """
    own = engine.ruleset
    tried = Engine(Ruleset(own.digest, own.rules, replace(own.detectors, on_trial=None)))
    cases = [(rule, example) for rule in own.rules for example in examples_of(rule)]
    broken: list[BrokenExample] = []
    for start in range(0, len(cases), CHECKED_AT_ONCE):
        chunk = cases[start : start + CHECKED_AT_ONCE]
        for (rule, example), verdict in zip(chunk, _verdicts(tried, chunk), strict=True):
            found = tuple(finding.quote for finding in findings_of_rule(verdict, rule))
            quote = example.quote if isinstance(example, Bad) else None
            if found[:1] != (() if quote is None else (quote,)):
                broken.append(BrokenExample(rule.id, rule.name, example.message or example.text, quote, found))
        if progress is not None:
            progress(start + len(chunk), len(cases))
    return tuple(broken)


def examples_of(rule: Rule) -> Iterator[Example]:
    """Yield the bad and the good examples of a rule."""
    yield from rule.bad
    for good in rule.good:
        yield Good(good) if isinstance(good, str) else good


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
    return Policy(
        frozenset(example.verified_domains),
        tuple(example.forbidden_words),
        watched_words=tuple(example.watched_words),
    )


def check_example(engine: Engine, rule: Rule, example: Example, disguise: Callable[[str], str] = str) -> Verdict:
    """Return the verdict on an example, where the detectors that it names fail; of a message its own findings."""
    broken = example.broken_detectors if isinstance(example, Bad) else ()
    judge = with_broken(engine, broken) if broken else engine
    template, policy = template_of(rule, example, disguise), policy_of(example)
    verdict = judge.check(template, policy)
    if not example.message:
        return verdict
    (message,) = check_messages(judge, template, verdict, [example.message], policy)
    return verdict._replace(findings=message.findings)


def findings_of_rule(verdict: Verdict, rule: Rule) -> list[Finding]:
    """Return what a rule finds, also where it is SHADOW."""
    return [finding for finding in (*verdict.findings, *verdict.shadow) if finding.rule.id == rule.id]


def with_broken(engine: Engine, names: Sequence[str]) -> Engine:
    """Return an engine with the same digest whose detectors of these names fail on every use."""
    own = engine.ruleset
    detectors: Detectors = replace(own.detectors, **dict.fromkeys(names, _Broken()))  # type: ignore[arg-type]
    return Engine(Ruleset(own.digest, own.rules, detectors))


def _verdicts(engine: Engine, cases: Sequence[tuple[Rule, Example]]) -> list[Verdict]:
    """Return the verdicts on examples; those that are templates and nothing else are checked as one batch."""
    plain = [not example.message and not getattr(example, "broken_detectors", ()) for _, example in cases]
    batch = [case for case, is_plain in zip(cases, plain, strict=True) if is_plain]
    checked = iter(
        engine.check_many([template_of(*case) for case in batch], [policy_of(example) for _, example in batch])
    )
    return [
        next(checked) if is_plain else check_example(engine, *case) for case, is_plain in zip(cases, plain, strict=True)
    ]


class _Broken:
    """Stands where a detector should be and fails on every use."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError("detector down")

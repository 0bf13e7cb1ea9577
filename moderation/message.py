"""Filled messages against their template: whether it is that template, and whether the values are clean.

Only the values and what stands beside them are searched; the rest was judged with the template.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from moderation.detection import Detectors
from moderation.engine import Engine
from moderation.findings import findings_of
from moderation.judging import with_reason
from moderation.linking import leads_out, own_link
from moderation.match import patterns
from moderation.match.joined import Joined
from moderation.own_words import own_words_at
from moderation.rules.profiles import Profile
from moderation.rules.rule import Severity
from moderation.text.length import measure
from moderation.text.normal import fold
from moderation.text.parts import PartKind, parse
from moderation.text.signal import Signal
from moderation.text.template import Span, Template, TemplateType
from moderation.verdict import Decision, Finding, Policy, Verdict, decide
from moderation.wording import SPLIT_LISTS

CONTEXT = 12
"""Characters on either side of a value that are searched with it, so that words across its edges are found."""

LONGEST_VALUE = 500
"""Characters that a value may have for its message to count as filled from the template."""

_FRONT_SIGNATURE = re.compile(r"\s*【([^【】]*)】")
_BACK_SIGNATURE = re.compile(r"【([^【】]*)】\Z")

CONTACT_NAMES = re.compile(r"tel|phone|mobile|contact|hotline|电话|手机|联系", re.IGNORECASE)
VALUE_KINDS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    ("code", re.compile(r"(?:^|_)(?:code|captcha|otp|pin|验证码)$", re.IGNORECASE), re.compile(r"[0-9A-Za-z]{3,10}")),
    (
        "amount",
        re.compile(r"amount|price|money|balance|fee|金额|余额", re.IGNORECASE),
        re.compile(r"[¥￥]?[0-9][0-9,]*(?:\.[0-9]{1,4})?(?:元|万元)?"),
    ),
    (
        "number",
        re.compile(r"^(?:count|num|qty|minutes|days|points|积分|数量)$", re.IGNORECASE),
        re.compile(r"[0-9][0-9,.]*"),
    ),
    (
        "date",
        re.compile(r"^(?:date|day|日期)$|_date$", re.IGNORECASE),
        re.compile(r"[0-9年月日号./\-: 一二三四五六七八九十今明后天周星期上下午中晚时点分]{2,24}"),
    ),
)
"""Kinds of values by the name of their placeholder, and what each looks like."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a placeholder was filled with, and where it stands in the message."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class MessageVerdict:
    """The decision on one message; `values` is empty where it is not filled from the template.

    `policy_version` and `default_policy_version` are those of the policy that it was made under.
    """

    decision: Decision
    risk_score: float
    matches: bool
    template_decision: Decision
    findings: tuple[Finding, ...]
    values: tuple[Value, ...]
    segments: int
    ruleset: str
    policy_version: int = 0
    default_policy_version: int = 0


def check_messages(
    engine: Engine, template: Template, judged: Verdict, messages: Sequence[str], policy: Policy
) -> list[MessageVerdict]:
    """Return a verdict per message that claims to be filled from a template, whose own verdict is given."""
    detectors = engine.ruleset.detectors
    profile = detectors.profile_of(policy.declared(template))
    form = _form_of(template)
    filled = [_values(form, message) for message in messages]
    found: list[dict[str, list[Signal]]] = [defaultdict(list) for _ in messages]
    for signals, message, values in zip(found, messages, filled, strict=True):
        for signal in _form_signals(message, values, judged.type, profile):
            signals[signal.name].append(signal)
    for index, signal in _content_signals(detectors, policy, messages, filled):
        found[index][signal.name].append(signal)
    reasons: dict[str, str] = {}
    spans = [[value.span for value in values or ()] for values in filled]
    for index, own in enumerate(own_words_at(messages, spans, policy, detectors.automaton, detectors.segmenter)):
        reasons |= own.reasons
        for signal in own.signals:
            found[index][signal.name].append(signal)
    verdicts = [_judge(engine, judged, profile, policy, *one) for one in zip(messages, filled, found, strict=True)]
    return [_with_reasons(verdict, reasons) for verdict in verdicts] if reasons else verdicts


def _judge(
    engine: Engine,
    judged: Verdict,
    profile: Profile,
    policy: Policy,
    message: str,
    values: tuple[Value, ...] | None,
    signals: dict[str, list[Signal]],
) -> MessageVerdict:
    if judged.decision is not Decision.PASS:
        signals["message:template-not-passed"].append(Signal("message:template-not-passed", term=judged.decision))
    index, told = engine.ruleset.index, (judged.type, judged.industry, profile)
    trials = index.trials(signals, *told, is_whole=False)
    if policy.severities:
        trials = index.changed(trials, policy.severities, signals, *told, is_whole=False)
    held, score = findings_of(trials, signals, message)
    findings = tuple(finding for finding in held if finding.severity is not Severity.SHADOW)
    strictness = list(Decision)
    decision = max(decide(findings, score, policy), judged.decision, key=strictness.index)
    return MessageVerdict(
        decision,
        score,
        values is not None,
        judged.decision,
        findings,
        values or (),
        measure(message).segments,
        engine.ruleset.digest,
        policy.version,
        policy.default_version,
    )


def _with_reasons(verdict: MessageVerdict, reasons: Mapping[str, str]) -> MessageVerdict:
    return replace(verdict, findings=tuple(with_reason(finding, reasons) for finding in verdict.findings))


def _form_signals(
    message: str, values: tuple[Value, ...] | None, kind: TemplateType | None, profile: Profile
) -> Iterator[Signal]:
    if values is None:
        yield Signal("message:mismatch")
        return
    demands = profile.placeholder
    most = demands.value_length_otp if kind is TemplateType.OTP else demands.value_length
    for value in values:
        text, span = message[value.span.start : value.span.end], value.span
        if not text.strip():
            yield Signal("value:empty", term=value.name)
            continue
        if _is_placeholder(text.strip()):
            yield Signal("value:empty", span.start, span.end, value.name)
            continue
        if len(text) > most:
            yield Signal("value:too-long", span.start, span.end, str(most))
        for name, named, looks in VALUE_KINDS:
            if named.search(value.name) and not looks.fullmatch(text.strip()):
                yield Signal("value:kind", span.start, span.end, name)


def _is_placeholder(text: str) -> bool:
    """Return whether a value is nothing but a placeholder: the sender filled nothing in."""
    parts = parse(text).parts
    return len(parts) == 1 and parts[0].kind is PartKind.PLACEHOLDER


def _content_signals(
    detectors: Detectors, policy: Policy, messages: Sequence[str], filled: Sequence[tuple[Value, ...] | None]
) -> Iterator[tuple[int, Signal]]:
    """Yield what the values bring in, with the position of the message; all windows are searched as one text."""
    windows = [
        (index, value, max(value.span.start - CONTEXT, 0), min(value.span.end + CONTEXT, len(messages[index])))
        for index, values in enumerate(filled)
        for value in values or ()
    ]
    normals = [fold(messages[index][start:end]) for index, _, start, end in windows]
    texts = [normal.text for normal in normals]
    links = detectors.links.find_many(texts)
    ranges = patterns.find_many(texts)
    words = _words_by_text(detectors, texts)
    for (index, value, offset, _), normal, own_links, own_ranges, own_words in zip(
        windows, normals, links, ranges, words, strict=True
    ):
        found = [
            *((link.start, link.end, "value:link", link.host) for link in own_links),
            *(
                (one.start, one.end, "value:contact", one.kind)
                for one in own_ranges
                if one.kind in VALUE_CONTACTS and not CONTACT_NAMES.search(value.name)
            ),
            *((start, end, "value:word", term) for start, end, term in own_words),
        ]
        for start, end, name, term in found:
            span = normal.source_span(start, end)
            placed = Span(span.start + offset, span.end + offset)
            if name == "value:link" and own_link(term, messages[index], placed.start, placed.end, policy) is not None:
                continue
            if placed.start < value.span.end and value.span.start < placed.end:
                yield index, Signal(name, placed.start, placed.end, term)
        place = value.span.start, value.span.end
        if host := leads_out(messages[index], *place, policy, detectors.links):
            yield index, Signal("value:link", *place, host)


VALUE_CONTACTS = frozenset(
    (
        "contact:mobile",
        "contact:wechat",
        "contact:qq",
        "contact:telegram",
        "contact:written-number",
        "contact:solicitation",
    )
)


def _words_by_text(detectors: Detectors, texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
    found: list[list[tuple[int, int, str]]] = [[] for _ in texts]
    joined = Joined(texts)
    for match in detectors.automaton.scan(joined.text):
        if not match.listed.wordlist.startswith(SPLIT_LISTS):
            continue
        index, start = joined.locate(match.start)
        if match.end <= start + len(texts[index]):
            found[index].append((match.start - start, match.end - start, match.listed.entry.text))
    return found


@dataclass(frozen=True, slots=True)
class _Form:
    """What a message of a template looks like: its signatures, the names of its placeholders, and what parts them.

    There is one literal more than names; it may be empty. `beside` is the signature that travels beside the text.
    """

    front: str
    back: str
    beside: str
    names: tuple[str, ...]
    literals: tuple[str, ...]


def _form_of(template: Template) -> _Form:
    parts = parse(template.text.strip()).parts
    literals, names, front, back = [""], [], "", ""
    for index, part in enumerate(parts):
        if part.kind is PartKind.PLACEHOLDER:
            names.append(part.value)
            literals.append("")
        elif part.kind is PartKind.SIGNATURE:
            front, back = (part.value, back) if index == 0 else (front, part.value)
        else:
            literals[-1] += part.value
    beside = "" if front or back else template.signature.strip()
    return _Form(front, back, beside, tuple(names), tuple(literals))


def _values(form: _Form, message: str) -> tuple[Value, ...] | None:
    """Return the shortest values, the first ones first, that make the message of the template; None where none do.

    Blanks at the edges of the message and around its signatures are free. Each literal is looked for once, from where
    the one before it ends, so this takes linear time.
    """
    body = _body(form, message)
    if body is None:
        return None
    start, end = body
    first, *between = form.literals
    if not between:
        return () if message[start:end].strip() == first.strip() else None
    last = between.pop().rstrip()
    first = first.lstrip()
    if first:
        start = _past_blanks(message, start, end)
    if last:
        end = start + len(message[start:end].rstrip())
    if not message.startswith(first, start, end) or not message.endswith(last, start + len(first), end):
        return None
    position, end = start + len(first), end - len(last)
    values: list[Value] = []
    for name, literal in zip(form.names, (*between, None), strict=True):
        stop = end if literal is None else message.find(literal, position, end)
        if not position <= stop <= position + LONGEST_VALUE:
            return None
        values.append(Value(name, _without_blanks(message, position, stop)))
        position = stop + len(literal or "")
    return tuple(values) if _are_alike(values, message) else None


def _are_alike(values: Sequence[Value], message: str) -> bool:
    """Return whether every name has one value wherever it stands; empty ones are told otherwise."""
    seen: dict[str, str] = {}
    for value in values:
        text = message[value.span.start : value.span.end]
        if text and seen.setdefault(value.name, text) != text:
            return False
    return True


def _body(form: _Form, message: str) -> tuple[int, int] | None:
    """Return where the message stands between its signatures; None where it lacks one of the template's."""
    start, end = 0, len(message)
    front, back = _FRONT_SIGNATURE.match(message), _BACK_SIGNATURE.search(message.rstrip())
    if form.front:
        if front is None or front[1].strip() != form.front:
            return None
        start = front.end()
    if form.back:
        if back is None or back[1].strip() != form.back or back.start() < start:
            return None
        end = back.start()
    if form.beside and front is not None and front[1].strip() == form.beside:
        return front.end(), end
    if form.beside and back is not None and back[1].strip() == form.beside:
        return start, back.start()
    return start, end


def _past_blanks(message: str, start: int, end: int) -> int:
    return end - len(message[start:end].lstrip())


def _without_blanks(message: str, start: int, end: int) -> Span:
    """Return a range without the blanks at its edges; all of it where there is nothing else."""
    if not (text := message[start:end]).strip():
        return Span(start, end)
    return Span(end - len(text.lstrip()), start + len(text.rstrip()))

"""Findings to a mended text: each edit is tied to the rule whose finding it mends, and none invents a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from moderation.detection import OPT_OUT_SIGNALS, Detection
from moderation.rules.repair import Add, AddOptOut, DropClause, Repair, Swap
from moderation.text.parts import PartKind
from moderation.text.quantities import begins_with_unit, leads_to_number, start_with_number
from moderation.text.template import Span
from moderation.verdict import Edit, Finding

DEFAULT_OPT_OUT = "拒收请回复R"
SEPARATORS = "，,；;、。.！!？? "
CLAUSE_ENDS = "，,；;。！!？?\n"
WEAK_MARKS = "，,；;、"
MARKS = WEAK_MARKS + "。！!？?"
PAIRS = frozenset(("“”", "‘’", '""', "''", "「」", "『』", "《》", "〈〉", "（）", "()", "[]", "［］", "〔〕"))
LEAST_KEPT = 4
"""Han characters, letters and digits that a body keeps where it had them; one that keeps fewer says nothing."""

LONGEST_LEAD = 8
"""Characters of the rest of a clause that is given up where it leads to nothing."""

BROKEN_OPT_OUT_SIGNALS = ("pattern:opt-out-placeholder", "pattern:opt-out-disguised")
_LEADING = re.compile(
    r"(?:因为?|由于|[是为到在有与和及或比让使]|号?称|称[为得]|誉为|成为|荣?获得?|[位排][列居]|不[仅但]|[而并]且)$"
)
"""Words at the end of a clause that lead to something."""

_CONSEQUENCE = re.compile(r"^([，,])(?:所以|因此|因而|而且|并且)")
_MEANING = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
_TRAILING = re.compile(r"[，,；;、。.\s]*$")


def edits_of(detection: Detection, findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """Return the edits that mend these findings, in text order, none overlapping another; insertions come last."""
    cuts: list[Edit] = []
    statements: dict[str, Edit] = {}
    opt_out: Edit | None = None
    end = _end_of_body(detection)
    for finding in findings:
        repair = finding.rule.repair
        if isinstance(repair, Add):
            statements.setdefault(repair.statement, Edit(finding.rule.id, Span(end, end), repair.statement))
        elif isinstance(repair, AddOptOut):
            opt_out = opt_out or Edit(finding.rule.id, Span(end, end), _opt_out_form(detection), True)
        elif repair is not None and finding.span is not None:
            cut = _cut(detection, finding.span, finding, repair)
            cuts.extend([Edit(finding.rule.id, *cut)] if cut is not None else [])
    if opt_out is not None:
        cuts.extend(Edit(opt_out.rule_id, span, "") for span in _ways_to_refuse(detection))
    return (*_apart(cuts), *statements.values(), *((opt_out,) if opt_out else ()))


def apply(detection: Detection, edits: Sequence[Edit]) -> str:
    """Return the text after its edits, without separators, blanks and words that nothing then needs.

    It is empty where the edits leave next to nothing of the text.
    """
    text, end = detection.prepared.template.text, _end_of_body(detection)
    start = _start_of_body(detection)
    written = _tidy(_rewritten(text, edits, start, end))
    if len(_MEANING.findall(written)) < min(LEAST_KEPT, len(_MEANING.findall(text, start, end))):
        return ""
    added = [edit.replacement for edit in edits if edit.span.start == edit.span.end]
    before_refusal = [statement for statement in added[:-1] if statement] if _adds_opt_out(edits) else added
    written = _with_statements(written, before_refusal, detection)
    if _adds_opt_out(edits):
        written = _joined(_TRAILING.sub("", written), added[-1])
    return text[:start] + written + text[end:]


def _rewritten(text: str, edits: Sequence[Edit], start: int, end: int) -> str:
    """Return a body with its stretches replaced; where one is deleted, what is left on either side is joined."""
    written, position = "", start
    for edit in edits:
        if edit.span.start == edit.span.end:
            continue
        written += text[position : edit.span.start] + edit.replacement
        position = max(position, edit.span.end)
        if not edit.replacement:
            written, rest = _closed(written, text[position:end])
            position = end - len(rest)
    return written + text[position:end]


def _closed(head: str, rest: str) -> tuple[str, str]:
    """Return what stands before and after a deletion without what then stands there for nothing.

    That is brackets with nothing in them, 的 after nothing, words that lead to nothing, a second mark in a row.
    """
    while head and rest and head[-1] + rest[0] in PAIRS:
        head, rest = head[:-1], rest[1:]
    if rest.startswith("的") and not rest.startswith(("的确", "的士", "的话")):
        head, rest = (head[:-1], rest) if head.endswith("、") else (head, rest[1:])
    residue = head[max(map(head.rfind, SEPARATORS + "\n")) + 1 :]
    is_leading = len(residue) <= LONGEST_LEAD and "}" not in residue and _LEADING.search(residue) is not None
    if rest.startswith("、") and (is_leading or not residue):
        return head, rest[1:]
    if is_leading and (not rest or rest[0] in CLAUSE_ENDS):
        head, rest = head[: len(head) - len(residue)], _CONSEQUENCE.sub(r"\1", rest)
    if rest and rest[0] in MARKS and (not head or head[-1] in MARKS):
        if head and head[-1] in WEAK_MARKS and rest[0] not in WEAK_MARKS:
            return head[:-1], rest
        return head, rest[1:]
    return head, rest


def _adds_opt_out(edits: Sequence[Edit]) -> bool:
    return bool(edits) and edits[-1].span.start == edits[-1].span.end and edits[-1].is_opt_out


def _with_statements(body: str, statements: Sequence[str], detection: Detection) -> str:
    """Put statements before an opt-out that the body ends with, else at its end."""
    for statement in statements:
        form = next((form for form in _written_forms(detection) if body.rstrip(SEPARATORS).endswith(form)), "")
        head, tail = body, ""
        if form:
            at = body.rindex(form)
            head, tail = body[:at], body[at:]
        head = _joined(_TRAILING.sub("", head), statement)
        body = _joined(head, tail) if tail else head
    return body


def _written_forms(detection: Detection) -> list[str]:
    text = detection.prepared.template.text
    return [text[span.start : span.end] for span in _ways_to_refuse(detection)]


def _joined(head: str, tail: str) -> str:
    return f"{head}，{tail}" if head and head[-1] not in SEPARATORS + "】" else head + tail


def _cut(detection: Detection, span: Span, finding: Finding, repair: Repair) -> tuple[Span, str] | None:
    """Return the range to replace and what to write there; the range stays within the body.

    It is None where the quoted words reach over several clauses, for then they hold more than what is wrong, and where
    the edit would cut a placeholder, or leave a number that says nothing by itself.
    """
    text, first, last = detection.prepared.template.text, _start_of_body(detection), _end_of_body(detection)
    start, end = max(span.start, first), min(span.end, last)
    if any(one.start < start < one.end or one.start < end < one.end for one in _placeholders(detection)):
        return None
    if isinstance(repair, Swap):
        form = repair.forms.get(finding.term, repair.forms.get(finding.quote, ""))
        tail = re.compile(repair.tail).match(text, end, last) if repair.tail else None
        end = tail.end() if tail else end
        return (Span(start, end), form) if form else _with_number(detection, start, end)
    if isinstance(repair, DropClause):
        widened = Span(*_clause(text, start, end))
        widened = Span(max(widened.start, first), min(widened.end, last))
        return (Span(start, end) if _holds_more_placeholders(detection, widened, span) else widened), ""
    if any(mark in text[start + 1 : end - 1] for mark in CLAUSE_ENDS):
        return None
    return _with_number(detection, start, end)


def _with_number(detection: Detection, start: int, end: int) -> tuple[Span, str] | None:
    """Return the deletion of words together with the number that counts them; None where a number cannot go along."""
    text, first, last = detection.prepared.template.text, _start_of_body(detection), _end_of_body(detection)
    if leads_to_number(text, start, end, last):
        return None
    counts = begins_with_unit(text, start, end) and any(one.end == start for one in _placeholders(detection))
    return None if counts else (Span(start_with_number(text, first, start, end), end), "")


def _holds_more_placeholders(detection: Detection, wide: Span, narrow: Span) -> bool:
    """Return whether a range holds a placeholder that a range within it does not."""
    return any(
        wide.start <= one.start < wide.end and not (narrow.start <= one.start and one.end <= narrow.end)
        for one in _placeholders(detection)
    )


def _placeholders(detection: Detection) -> list[Span]:
    shift = detection.prepared.shift
    return [Span(part.span.start - shift, part.span.end - shift) for part in detection.prepared.parts.placeholders]


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range widened to the separators of its clause."""
    while start > 0 and text[start - 1] not in CLAUSE_ENDS:
        start -= 1
    while end < len(text) and text[end] not in CLAUSE_ENDS:
        end += 1
    return start, end


def _apart(cuts: Iterable[Edit]) -> list[Edit]:
    """Return edits in order; those that overlap become one, which deletes what any of them would replace.

    Of those at the same place, the one that writes something stays.
    """
    kept: list[Edit] = []
    for cut in sorted(cuts, key=lambda cut: (cut.span.start, -cut.span.end, not cut.replacement)):
        if cut.span.start >= cut.span.end:
            continue
        if not kept or cut.span.start >= kept[-1].span.end:
            kept.append(cut)
        elif cut.span.end > kept[-1].span.end:
            kept[-1] = replace(kept[-1], span=Span(kept[-1].span.start, cut.span.end), replacement="")
    return kept


def _tidy(body: str) -> str:
    """Return a body without separators that stand in a row, in front, or before an end."""
    body = re.sub(r"[，,；;、]\s*(?=[，,；;、。！!？?])", "", body)
    body = re.sub(r"^[\s，,；;、。]+", "", body)
    body = re.sub(r"([。！!？?])[，,；;、]+", r"\1", body)
    return re.sub(r"[，,；;、\s]+$", "", body)


def _ways_to_refuse(detection: Detection) -> list[Span]:
    shift = detection.prepared.shift
    names = (*OPT_OUT_SIGNALS, *BROKEN_OPT_OUT_SIGNALS)
    text = detection.prepared.template.text
    found = sorted(
        _clause(text, signal.start - shift, signal.end - shift)
        if name in BROKEN_OPT_OUT_SIGNALS
        else (signal.start - shift, signal.end - shift)
        for name in names
        for signal in detection.signals.get(name, ())
    )
    kept: list[Span] = []
    for start, end in found:
        if kept and start < kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(end, kept[-1].end))
        else:
            kept.append(Span(start, end))
    return [span for span in kept if span.start >= 0]


def _opt_out_form(detection: Detection) -> str:
    forms = detection.profile.opt_out.forms
    return forms[0] if forms else DEFAULT_OPT_OUT


def _start_of_body(detection: Detection) -> int:
    first = detection.prepared.parts.parts[0] if detection.prepared.parts.parts else None
    is_signature = first is not None and first.kind is PartKind.SIGNATURE
    return max(first.span.end - detection.prepared.shift, 0) if first is not None and is_signature else 0


def _end_of_body(detection: Detection) -> int:
    parts = detection.prepared.parts.parts
    if len(parts) > 1 and parts[-1].kind is PartKind.SIGNATURE:
        return parts[-1].span.start - detection.prepared.shift
    return len(detection.prepared.template.text)

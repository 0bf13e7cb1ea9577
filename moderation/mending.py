"""Findings to a mended text: each edit is tied to the rule whose finding it mends, and none invents a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from moderation.detection import OPT_OUT_SIGNALS, Detection
from moderation.rules.repair import Add, AddOptOut, DropClause, Repair, Swap
from moderation.text.parts import PartKind
from moderation.text.template import Span
from moderation.verdict import Edit, Finding

DEFAULT_OPT_OUT = "拒收请回复R"
SEPARATORS = "，,；;、。.！!？? "
CLAUSE_ENDS = "，,；;。！!？?\n"
BROKEN_OPT_OUT_SIGNALS = ("pattern:opt-out-placeholder", "pattern:opt-out-disguised")
_TRAILING = re.compile(r"[，,；;、。.\s]*$")


def edits_of(detection: Detection, findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """Return the edits that mend these findings, in text order, none overlapping another; insertions come last."""
    text = detection.prepared.template.text
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
            cuts.append(Edit(finding.rule.id, *_cut(text, finding, repair, _start_of_body(detection), end)))
    if opt_out is not None:
        cuts.extend(Edit(opt_out.rule_id, span, "") for span in _ways_to_refuse(detection))
    return (*_apart(cuts), *statements.values(), *((opt_out,) if opt_out else ()))


def apply(detection: Detection, edits: Sequence[Edit]) -> str:
    """Return the text after its edits, with separators and blanks that nothing needs taken out."""
    text, end = detection.prepared.template.text, _end_of_body(detection)
    start = _start_of_body(detection)
    body, position = [], start
    for edit in edits:
        if edit.span.start < edit.span.end:
            body.append(text[position : edit.span.start] + edit.replacement)
            position = edit.span.end
    body.append(text[position:end])
    written = _tidy("".join(body))
    added = [edit.replacement for edit in edits if edit.span.start == edit.span.end]
    before_refusal = [statement for statement in added[:-1] if statement] if _adds_opt_out(edits) else added
    written = _with_statements(written, before_refusal, detection)
    if _adds_opt_out(edits):
        written = _joined(_TRAILING.sub("", written), added[-1])
    return text[:start] + written + text[end:]


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


def _cut(text: str, finding: Finding, repair: Repair, first: int, last: int) -> tuple[Span, str]:
    """Return the range to replace and what to write there; the range stays within the body."""
    assert finding.span is not None
    start, end = max(finding.span.start, first), min(finding.span.end, last)
    if isinstance(repair, Swap):
        form = repair.forms.get(finding.term, repair.forms.get(finding.quote, ""))
        return Span(start, end), form
    if isinstance(repair, DropClause):
        start, end = _clause(text, start, end)
    return Span(max(start, first), min(end, last)), ""


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range widened to the separators of its clause."""
    while start > 0 and text[start - 1] not in CLAUSE_ENDS:
        start -= 1
    while end < len(text) and text[end] not in CLAUSE_ENDS:
        end += 1
    return start, end


def _apart(cuts: Iterable[Edit]) -> list[Edit]:
    """Return edits in order; of those that overlap, the one that begins first and is longest."""
    kept: list[Edit] = []
    for cut in sorted(cuts, key=lambda cut: (cut.span.start, -cut.span.end)):
        if cut.span.start < cut.span.end and (not kept or cut.span.start >= kept[-1].span.end):
            kept.append(cut)
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

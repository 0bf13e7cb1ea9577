"""What changed between a text and its mended form: exact edits, each tied to the rule whose finding it mends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from moderation.text.template import Span
from moderation.verdict import Edit


def exact_edits(text: str, mended: str, planned: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that lead from a text to its mended form, in text order, none overlapping another.

    `planned` are the edits that were meant, before separators were mended; each change is put down to one of them.
    """
    if not planned:
        return ()
    front = _shared(text, mended)
    rest = min(len(text), len(mended)) - front
    back = min(rest, _shared(text[::-1], mended[::-1]))
    before, after = text[front : len(text) - back], mended[front : len(mended) - back]
    edits: list[Edit] = []
    for tag, start, end, written, written_end in SequenceMatcher(None, before, after).get_opcodes():
        if tag != "equal":
            span = Span(start + front, end + front)
            edits.extend(_attributed(span, after[written:written_end], planned))
    return tuple(edits)


def revise(text: str, edits: Sequence[Edit]) -> str:
    """Return the text after exact edits."""
    for edit in reversed(edits):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


def _attributed(span: Span, written: str, planned: Sequence[Edit]) -> Iterator[Edit]:
    """Yield a change as one edit, or cut after each statement that it adds, so that each is its own rule's."""
    statements = [edit for edit in planned if edit.span.start == edit.span.end and edit.replacement]
    while written:
        first = min(
            (edit for edit in statements if edit.replacement in written),
            key=lambda edit: written.index(edit.replacement),
            default=None,
        )
        if first is None:
            break
        cut = written.index(first.replacement) + len(first.replacement)
        yield Edit(first.rule_id, span, written[:cut], first.is_opt_out)
        span, written = Span(span.end, span.end), written[cut:]
    if written or span.start < span.end:
        rule = next((edit for edit in statements if written and written in edit.replacement), None)
        yield Edit((rule or _nearest(span, planned)).rule_id, span, written)


def _nearest(span: Span, planned: Sequence[Edit]) -> Edit:
    return min(planned, key=lambda edit: max(edit.span.start - span.end, span.start - edit.span.end, 0))


def _shared(one: str, other: str) -> int:
    """Return how many characters two strings begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

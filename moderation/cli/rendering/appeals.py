"""Appeals and the exceptions that reversed decisions suggest, as JSON records and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from rich.text import Text

from moderation.cli.rendering.listing import Record, console, local, print_table, rfc3339
from moderation.cli.rendering.words import WORDS
from moderation.evaluation.printable import shown
from moderation.review.case import Appeal, Proposal
from moderation.review.masking import masked

EXCERPT = 40
"""Characters of what a sender wrote in a list."""


def appeal_record(appeal: Appeal) -> Record:
    """Return the record of a whole appeal."""
    return {
        "appeal": appeal.number,
        "case": appeal.case,
        "verdict_id": appeal.verdict_id,
        "tenant": appeal.tenant,
        "filed_by": appeal.filed_by,
        "text": appeal.text,
        "evidence": list(appeal.evidence),
        "filed_at": rfc3339(appeal.filed_at),
        "outcome": appeal.outcome.value if appeal.outcome else None,
        "decided_by": appeal.decided_by,
        "reason": appeal.reason,
        "decided_at": rfc3339(appeal.decided_at),
    }


def appeal_line_record(appeal: Appeal) -> Record:
    """Return the record of an appeal in a list: no text but a masked beginning of it."""
    whole = appeal_record(appeal)
    texts = ("text", "evidence", "reason")
    kept = {name: value for name, value in whole.items() if name not in texts}
    return kept | {"excerpt": masked(appeal.text, EXCERPT)}


def proposal_record(proposal: Proposal) -> Record:
    """Return the record of a proposed exception, personal data in its term and quote masked."""
    fields = asdict(proposal)
    return {"proposal": fields.pop("number")} | fields | {
        "term": masked(proposal.term),
        "quote": masked(proposal.quote),
        "proposed_at": rfc3339(proposal.proposed_at),
    }  # fmt: skip


def print_appeals(appeals: Iterable[Appeal], locale: str) -> None:
    """Write appeals as a table, one a row."""
    words = WORDS[locale]
    columns = [words[name] for name in ("appeal", "case", "outcome", "tenant", "filed", "text")]
    rows = (
        (
            str(one.number),
            str(one.case),
            words[one.outcome] if one.outcome else words["waits"],
            one.tenant or "-",
            local(one.filed_at),
            masked(one.text, EXCERPT),
        )
        for one in appeals
    )
    print_table(columns, rows)


def print_appeal(appeal: Appeal, locale: str) -> None:
    """Write a whole appeal."""
    words = WORDS[locale]
    head = f"{words['appeal']} {appeal.number} · {words['case']} {appeal.case} · {appeal.filed_by}"
    lines = [f"{head} · {local(appeal.filed_at)}", f"  {appeal.text}"]
    lines += [f"  {words['evidence']}: {one}" for one in appeal.evidence]
    if appeal.outcome and appeal.decided_at:
        told = f"  {words['outcome']}: {words[appeal.outcome]} · {appeal.decided_by} · {local(appeal.decided_at)}"
        lines.append(f"{told} {appeal.reason}")
    for line in lines:
        console().print(Text(shown(line)), soft_wrap=True)


def print_proposals(proposals: Sequence[Proposal], locale: str) -> None:
    """Write proposed exceptions as a table, one a row."""
    words = WORDS[locale]
    columns = [words[name] for name in ("proposal", "case", "rule", "term", "quote", "at")]
    rows = (
        (str(one.number), str(one.case), one.rule_id, masked(one.term), masked(one.quote), local(one.proposed_at))
        for one in proposals
    )
    print_table(columns, rows)

"""What people decided on templates, to learn from: each text with the decision that stands."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, or_, select

from moderation.rules.model_risk import KINDS
from moderation.store.content import Seals, VerdictContent
from moderation.store.schema import APPEALS, CASES, RULINGS, VERDICTS
from moderation.verdict import Decision

AT_ONCE = 500
Row = dict[str, str]


def rulings(connection: Connection, seals: Seals) -> Iterator[Row]:
    """Yield the rulings whose texts are kept, in order of their cases: `text`, `ruling`, and what is known besides."""
    last = 0
    while True:
        page = connection.execute(
            select(CASES.c.number, CASES.c.verdict_id, VERDICTS.c.standing, VERDICTS.c.content)
            .join(VERDICTS, VERDICTS.c.id == CASES.c.verdict_id)
            .outerjoin(RULINGS, RULINGS.c.case_number == CASES.c.number)
            .outerjoin(APPEALS, APPEALS.c.case_number == CASES.c.number)
            .where(
                CASES.c.number > last,
                VERDICTS.c.content.is_not(None),
                or_(RULINGS.c.case_number.is_not(None), APPEALS.c.outcome.is_not(None)),
            )
            .order_by(CASES.c.number)
            .limit(AT_ONCE)
        ).all()
        if not page:
            return
        for row in page:
            yield _row(seals.unseal_verdict(row.verdict_id, row.content), Decision(row.standing))
        last = page[-1].number


def _row(content: VerdictContent, standing: Decision) -> Row:
    template = content.template
    row: Row = {"text": template.text, "ruling": standing.value}
    if template.type is not None:
        row["type"] = template.type.value
    if template.industry is not None:
        row["industry"] = template.industry.value
    kinds = [reason.term for reason in content.reasons if reason.term in KINDS]
    if standing is Decision.REJECT and kinds:
        row["risk"] = kinds[0]
    return row

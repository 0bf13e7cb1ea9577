"""The audit and what is proved of it, as JSON records and as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from rich.text import Text

from moderation.cli.rendering.listing import Record, console, local, print_table, rfc3339
from moderation.cli.rendering.words import WORDS
from moderation.review.audit import AuditEntry
from moderation.review.audit_proof import Fault, FaultKind, Verified


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found of a chain that begins at entry `first`, with so many checkpoints."""

    found: Fault | Verified
    first: int
    checkpoints: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return isinstance(self.found, Verified)


def entry_record(entry: AuditEntry) -> Record:
    """Return the record of an entry, with all that its digest is made of."""
    return {
        "sequence": entry.sequence,
        "at": rfc3339(entry.at),
        "actor": entry.actor,
        "role": str(entry.role),
        "action": entry.action,
        "subject": entry.subject,
        "details": dict(entry.details),
        "previous": entry.previous.hex(),
        "digest": entry.digest.hex(),
    }


def proof_record(proof: Proof, locale: str) -> Record:
    """Return the record of a proof; `untrusted_from` is the first entry that nothing vouches for."""
    found = proof.found
    told: Record = {
        "is_whole": proof.is_whole,
        "first": proof.first,
        "proved": found.proved,
        "checkpoints": proof.checkpoints,
    }
    if isinstance(found, Verified):
        return told | {"count": found.head.count, "head": found.head.digest.hex(), "fault": None}
    fault = {"kind": found.kind.value, "sequence": found.sequence, "message": found.message(locale)}
    return told | {"untrusted_from": found.proved + 1, "fault": fault}


def print_entries(entries: Iterable[AuditEntry], locale: str) -> None:
    """Write entries as a table, one a row."""
    words = WORDS[locale]
    columns = [words[name] for name in ("sequence", "at", "actor", "role", "action", "subject", "details")]
    rows = (
        (
            str(entry.sequence),
            local(entry.at),
            entry.actor,
            str(entry.role),
            entry.action,
            entry.subject,
            " ".join(f"{name}={_told(value)}" for name, value in entry.details.items()),
        )
        for entry in entries
    )
    print_table(columns, rows)


def print_proof(proof: Proof, locale: str) -> None:
    """Write what is proved, or what is wrong and from where on nothing can be trusted."""
    words, found = WORDS[locale], proof.found
    if isinstance(found, Fault):
        lines = [Text(f"{found.kind}: {found.message(locale)}", "bold red")]
        is_linked = found.kind is FaultKind.ROW_DIFFERS
        lines.append(Text(words["unproved" if is_linked else "untrusted"].format(sequence=found.proved + 1)))
    elif proof.first > found.head.count:
        lines = [Text(words["empty chain"])]
    else:
        lines = [Text(words["whole chain"].format(first=proof.first, last=found.head.count), "green")]
        if proof.checkpoints:
            lines.append(Text(words["proved"].format(checkpoints=proof.checkpoints, proved=found.proved)))
        if found.proved < found.head.count:
            lines.append(Text(words["unproved"].format(sequence=found.proved + 1)))
    for line in lines:
        console().print(line, soft_wrap=True)


def _told(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

"""Registered links to messages of the contract, and back."""

from __future__ import annotations

from moderation.links.challenge import PREFIX, content_of, file_url, record_name
from moderation.links.file import LineProblem
from moderation.links.link import Link
from moderation.links.problems import LinkFault, message_of
from moderation.links.registry import Imported
from moderation.service.choices import LINK_KINDS, LINK_STATES, PROOFS
from moderation.service.review_translate import moment_of, timestamp
from moderation.v1 import link_pb2, link_service_pb2


def link_to_proto(link: Link) -> link_pb2.Link:
    """Return a link as the contract tells it."""
    return link_pb2.Link(
        number=link.number,
        tenant=link.tenant,
        host=link.host,
        path=link.path,
        kind=LINK_KINDS.number(link.kind),
        state=LINK_STATES.number(link.state),
        epoch=link.epoch,
        icp_number=link.icp_number,
        evidence=link.evidence,
        challenge=link_pb2.LinkChallenge(
            record_name=record_name(link.host), file_url=file_url(link.host), content=content_of(link.token)
        ),
        added_by=link.added_by,
        added_at=timestamp(link.added_at),
        proof=PROOFS.number(link.proof),
        verified_by=link.verified_by,
        verified_at=timestamp(link.verified_at),
        valid_until=timestamp(link.valid_until),
        revoked_by=link.revoked_by,
        revoked_at=timestamp(link.revoked_at),
        reason=link.reason,
    )


def link_from_proto(message: link_pb2.Link) -> Link:
    """Return the link that an answer tells."""
    return Link(
        number=message.number,
        tenant=message.tenant,
        host=message.host,
        path=message.path,
        kind=LINK_KINDS.sent(message.kind),
        state=LINK_STATES.sent(message.state),
        epoch=message.epoch,
        icp_number=message.icp_number,
        evidence=message.evidence,
        token=message.challenge.content.removeprefix(PREFIX),
        added_by=message.added_by,
        added_at=moment_of(message.added_at),
        proof=PROOFS.member(message.proof),
        verified_by=message.verified_by,
        verified_at=moment_of(message.verified_at) if message.HasField("verified_at") else None,
        valid_until=moment_of(message.valid_until) if message.HasField("valid_until") else None,
        revoked_by=message.revoked_by,
        revoked_at=moment_of(message.revoked_at) if message.HasField("revoked_at") else None,
        reason=message.reason,
    )


def imported_to_proto(imported: Imported) -> link_service_pb2.ImportLinksResponse:
    """Return what became of a file as the contract tells it."""
    return link_service_pb2.ImportLinksResponse(
        added=imported.added,
        renewed=imported.renewed,
        untold=imported.untold,
        problems=[
            link_service_pb2.LinkLineProblem(
                line=one.line,
                column=one.column,
                fault=one.fault.value,
                message=message_of(one.fault, one.told, "en"),
                metadata=dict(one.told),
            )
            for one in imported.problems
        ],
    )


def imported_from_proto(message: link_service_pb2.ImportLinksResponse) -> Imported:
    """Return what became of a file, as an answer tells it."""
    problems = tuple(
        LineProblem(one.line, one.column, LinkFault(one.fault), dict(one.metadata)) for one in message.problems
    )
    return Imported(message.added, message.renewed, problems, message.untold)

"""AppealService: what senders ask to be undone, and what becomes of it; the desk does the work."""

from __future__ import annotations

from moderation.review.desk import PAGE_SIZE, Desk
from moderation.review.people import Actor
from moderation.service.choices import OUTCOMES
from moderation.service.review_translate import appeal_to_proto
from moderation.v1 import appeal_service_pb2


class AppealHandlers:
    """The methods of AppealService."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def file_appeal(
        self, message: appeal_service_pb2.FileAppealRequest, actor: Actor
    ) -> appeal_service_pb2.FileAppealResponse:
        """Ask that a rejection be undone."""
        appeal = self._desk.file_appeal(
            actor, message.verdict_id, message.text, tuple(message.evidence), request_id=message.request_id
        )
        return appeal_service_pb2.FileAppealResponse(appeal=appeal_to_proto(appeal))

    def get_appeal(
        self, message: appeal_service_pb2.GetAppealRequest, actor: Actor
    ) -> appeal_service_pb2.GetAppealResponse:
        """Return one appeal."""
        appeal = self._desk.appeal(actor, message.appeal)
        return appeal_service_pb2.GetAppealResponse(appeal=appeal_to_proto(appeal))

    def list_appeals(
        self, message: appeal_service_pb2.ListAppealsRequest, actor: Actor
    ) -> appeal_service_pb2.ListAppealsResponse:
        """Return a page of appeals."""
        size = message.page_size or PAGE_SIZE
        page = self._desk.appeals(actor, open_only=message.open_only, size=size, token=message.page_token)
        return appeal_service_pb2.ListAppealsResponse(
            appeals=[appeal_to_proto(appeal) for appeal in page.items], next_page_token=page.next_token
        )

    def decide_appeal(
        self, message: appeal_service_pb2.DecideAppealRequest, actor: Actor
    ) -> appeal_service_pb2.DecideAppealResponse:
        """Decide an appeal."""
        appeal = self._desk.decide(
            actor,
            message.case,
            message.epoch,
            OUTCOMES.required(message.outcome, "outcome"),
            message.reason,
            request_id=message.request_id,
        )
        return appeal_service_pb2.DecideAppealResponse(appeal=appeal_to_proto(appeal))

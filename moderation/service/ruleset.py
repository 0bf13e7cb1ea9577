"""RulesetService: what the processes of the servers over a store decide by."""

from __future__ import annotations

from datetime import UTC, datetime

from moderation.review.people import Actor
from moderation.service.presence import Serving
from moderation.service.review_translate import moment_of, timestamp
from moderation.store.presence import Presence, StoredPresence
from moderation.store.wordlists import StoredWordlists
from moderation.v1 import ruleset_service_pb2

RULESET = ruleset_service_pb2.DESCRIPTOR.services_by_name["RulesetService"]


class RulesetHandlers:
    """The methods of RulesetService; without a store, they know of this process alone."""

    def __init__(self, serving: Serving, kept: StoredPresence | None, versions: StoredWordlists | None) -> None:
        self._serving = serving
        self._kept = kept
        self._versions = versions

    def get_ruleset(
        self, _message: ruleset_service_pb2.GetRulesetRequest, _actor: Actor
    ) -> ruleset_service_pb2.GetRulesetResponse:
        """Return what each process serves, this one first."""
        own = self._serving.present()
        others = self._kept.present(datetime.now(UTC)) if self._kept is not None else ()
        processes = (own, *(one for one in others if one.id != own.id))
        head = self._versions.head() if self._versions is not None else self._serving.head
        return ruleset_service_pb2.GetRulesetResponse(head=head, processes=map(presence_to_proto, processes))


def presence_to_proto(one: Presence) -> ruleset_service_pb2.ServingProcess:
    """Return the message of a process."""
    failed = None
    if one.failed_version is not None:
        failed = ruleset_service_pb2.FailedBuild(
            version=one.failed_version, reason=one.failed_reason or "", failed_at=timestamp(one.failed_at)
        )
    return ruleset_service_pb2.ServingProcess(
        id=one.id,
        host=one.host,
        pid=one.pid,
        release=one.release,
        started_at=timestamp(one.started_at),
        seen_at=timestamp(one.seen_at),
        ruleset=one.ruleset,
        wordlists_version=one.wordlists_version,
        serving_since=timestamp(one.serving_since),
        building_version=one.building_version,
        failed_build=failed,
    )


def presence_from_proto(message: ruleset_service_pb2.ServingProcess) -> Presence:
    """Return the process of a message."""
    has_failed, failed = message.HasField("failed_build"), message.failed_build
    return Presence(
        id=message.id,
        host=message.host,
        pid=message.pid,
        release=message.release,
        started_at=moment_of(message.started_at),
        seen_at=moment_of(message.seen_at),
        ruleset=message.ruleset,
        wordlists_version=message.wordlists_version,
        serving_since=moment_of(message.serving_since) if message.HasField("serving_since") else None,
        building_version=message.building_version if message.HasField("building_version") else None,
        failed_version=failed.version if has_failed else None,
        failed_reason=failed.reason if has_failed else None,
        failed_at=moment_of(failed.failed_at) if has_failed else None,
    )

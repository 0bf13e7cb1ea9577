"""What a server decides by, asked by gRPC."""

from __future__ import annotations

from contextlib import closing

import grpc

from moderation.cli.checking import DEADLINE_SECONDS
from moderation.cli.remote_calls import metadata_of
from moderation.cli.server_error import server_error
from moderation.review.people import Actor
from moderation.service.ruleset import presence_from_proto
from moderation.store.presence import Presence
from moderation.v1 import ruleset_service_pb2, ruleset_service_pb2_grpc


def served(address: str, actor: Actor) -> tuple[int, tuple[Presence, ...]]:
    """Return the version in force, and what each process serves; raise ServerError where the server does not tell."""
    with closing(grpc.insecure_channel(address)) as channel:
        stub = ruleset_service_pb2_grpc.RulesetServiceStub(channel)
        try:
            answer = stub.GetRuleset(
                ruleset_service_pb2.GetRulesetRequest(), timeout=DEADLINE_SECONDS, metadata=metadata_of(actor)
            )
        except grpc.RpcError as error:
            raise server_error(address, error) from error
    return answer.head, tuple(map(presence_from_proto, answer.processes))

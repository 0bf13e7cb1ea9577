"""What a server answers, or that it does not, where a call cannot be done at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import grpc

_ADDRESS = re.compile(r"(?:[^\s:/\[\]]+|\[[0-9A-Fa-f:.%]+\]):[0-9]{1,5}|(?:dns|ipv4|ipv6|unix|unix-abstract|vsock):\S+")


class ServerFault(StrEnum):
    """Why a server does not do a call."""

    ABSENT = "ABSENT"
    NOT_READY = "NOT_READY"
    BUSY = "BUSY"
    NO_SERVICE = "NO_SERVICE"
    ROLE_DENIED = "ROLE_DENIED"
    OTHER = "OTHER"


_BY_REASON = {
    "RULESET_NOT_LOADED": ServerFault.NOT_READY,
    "OVERLOADED": ServerFault.BUSY,
    "ROLE_DENIED": ServerFault.ROLE_DENIED,
}
_BY_STATUS = {
    "UNAVAILABLE": ServerFault.ABSENT,
    "DEADLINE_EXCEEDED": ServerFault.ABSENT,
    "RESOURCE_EXHAUSTED": ServerFault.BUSY,
    "UNIMPLEMENTED": ServerFault.NO_SERVICE,
}


class ServerError(Exception):
    """The server cannot be reached or refuses the whole call; `reason` is that of the contract, where it gave one."""

    def __init__(
        self, fault: ServerFault, address: str, detail: str, reason: str = "", metadata: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"server {address}: {detail}")
        self.fault = fault
        self.address = address
        self.detail = detail
        self.reason = reason
        self.metadata = metadata or {}


def server_error(address: str, error: grpc.RpcError) -> ServerError:
    """Return what a failed call says."""
    from google.rpc.error_details_pb2 import ErrorInfo
    from grpc_status import rpc_status

    status, info = rpc_status.from_call(error), ErrorInfo()  # type: ignore[arg-type]
    if status is not None and any(detail.Unpack(info) for detail in status.details):
        fault = _BY_REASON.get(info.reason, ServerFault.OTHER)
        return ServerError(fault, address, status.message, info.reason, dict(info.metadata))
    name = error.code().name
    return ServerError(_BY_STATUS.get(name, ServerFault.OTHER), address, f"{name}: {error.details()}")


def is_address(server: str) -> bool:
    """Return whether a server is named as gRPC needs it: HOST:PORT, or a scheme such as unix: and what it takes."""
    return _ADDRESS.fullmatch(server) is not None

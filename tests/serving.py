"""A real server on a free port of the loopback, for tests of the service."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import grpc
import pytest
import structlog
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo
from grpc_status import rpc_status

from moderation.engine import Engine
from moderation.ruleset import load_ruleset
from moderation.service import logs
from moderation.service.server import CHECK_SERVICE, RULE_SERVICE, Server
from moderation.service.settings import Settings
from moderation.store.desk import StoredDesk
from moderation.text.template import Template
from moderation.v1 import check_service_pb2, check_service_pb2_grpc, rule_service_pb2_grpc, template_pb2
from moderation.verdict import Policy, Verdict

LINK = "【优选商城】会员日全场8折,详情 https://www.example.cn/a 拒收请回复R"
SECRET = "绝密文案不可入日志"
PLAIN = "【优选商城】您的包裹已放入3号柜,请凭取件码领取。"


@cache
def real_engine() -> Engine:
    """Return the engine over the shipped ruleset."""
    return Engine(load_ruleset(records_shadow=True))


class ObservedEngine(Engine):
    """The real engine with a hook before each run."""

    def __init__(self, before: Callable[[Sequence[Template], Sequence[Policy]], None]) -> None:
        super().__init__(real_engine().ruleset)
        self._before = before

    def check_many(
        self, templates: Sequence[Template], policies: Sequence[Policy] = (), *, suggest: bool | Sequence[bool] = False
    ) -> list[Verdict]:
        """Run the hook, then the real engine."""
        self._before(templates, policies)
        return real_engine().check_many(templates, policies, suggest=suggest)


@dataclass(frozen=True, slots=True)
class Client:
    """A channel to a server and its stubs."""

    server: Server
    channel: grpc.aio.Channel
    check: Any
    rules: Any

    async def raw(self, method: str, data: bytes) -> bytes:
        """Send bytes as the request of a unary method and return the bytes of the answer."""
        service = RULE_SERVICE if "Rule" in method else CHECK_SERVICE
        answer: bytes = await self.channel.unary_unary(f"/{service}/{method}", None, None)(data)
        return answer


@asynccontextmanager
async def serving(
    engine: Engine | None, *, desk: StoredDesk | None = None, **settings: object
) -> AsyncIterator[Client]:
    """Start a server with this engine, over this desk where there is one, and yield a client of it."""
    chosen = Settings.model_validate({"port": 0, "grace_seconds": 0.2} | settings)
    async with Server(chosen, engine, desk) as server, grpc.aio.insecure_channel(f"127.0.0.1:{server.port}") as channel:
        check = check_service_pb2_grpc.CheckServiceStub(channel)
        rules = rule_service_pb2_grpc.RuleServiceStub(channel)
        yield Client(server, channel, check, rules)


@dataclass(frozen=True, slots=True)
class Failure:
    """What a client sees of a failed call."""

    code: grpc.StatusCode
    message: str
    reason: str = ""
    metadata: Mapping[str, str] | None = None
    violations: Sequence[str] = ()

    @classmethod
    def of(cls, error: grpc.aio.AioRpcError) -> Failure:
        """Read the status and its details."""
        status = rpc_status.from_call(error)  # type: ignore[arg-type]
        if status is None:
            return cls(error.code(), error.details() or "")
        info, bad = ErrorInfo(), BadRequest()
        for detail in status.details:
            detail.Unpack(info)
            detail.Unpack(bad)
        paths = [violation.field for violation in bad.field_violations]
        return cls(error.code(), status.message, info.reason, dict(info.metadata), paths)


def request(text: str = PLAIN, **fields: Any) -> check_service_pb2.CheckRequest:  # noqa: ANN401 - fields of a message
    """Return a request for one verdict."""
    return check_service_pb2.CheckRequest(template=template_pb2.Template(text=text, **fields))


def batch(*texts: str) -> check_service_pb2.CheckBatchRequest:
    """Return a batch whose items have the ids t0, t1, …"""
    items = [template_pb2.Template(id=f"t{index}", text=text) for index, text in enumerate(texts)]
    return check_service_pb2.CheckBatchRequest(items=items)


def with_bad_bytes(message: Message, marker: str) -> bytes:
    """Serialise a message with the letters of the marker replaced by bytes that are not UTF-8."""
    data = message.SerializeToString()
    assert marker.encode() in data
    return data.replace(marker.encode(), b"\xff" * len(marker))


async def failure(call: Awaitable[object]) -> Failure:
    """Return what the client sees of a call that has to fail."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return Failure.of(caught.value)


@contextmanager
def captured_logs(level: str = "debug") -> Iterator[io.StringIO]:
    """Configure the logs as a server does, and give what they say."""
    stream = io.StringIO()
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.configure(level, stream)
    try:
        yield stream
    finally:
        root.handlers[:], _ = before
        root.setLevel(before[1])
        structlog.reset_defaults()


def log_lines(stream: io.StringIO) -> list[dict[str, float | str]]:
    """Return the captured lines."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]

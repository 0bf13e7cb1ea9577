"""A real server over a real store, in a thread of its own, and calls of its desk services by anybody."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import grpc
import pytest
from google.protobuf import message_factory
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from google.protobuf.message import Message
from serving import Failure
from stores import SQLITE, Store, fresh

from moderation.cli.remote_desk import RemoteDesk
from moderation.engine import Engine
from moderation.review.people import Role
from moderation.service.desk_services import APPEAL, AUDIT, REVIEW
from moderation.service.link_services import LINK
from moderation.service.ruleset import RULESET
from moderation.service.server import Server
from moderation.service.settings import Settings
from moderation.service.trial_services import TRIAL
from moderation.service.wordlist_services import WORDLIST
from moderation.store.desk import StoredDesk

DESK: tuple[ServiceDescriptor, ...] = (REVIEW, APPEAL, AUDIT, LINK, WORDLIST, TRIAL, RULESET)
METHODS: Mapping[str, MethodDescriptor] = {
    f"{service.name}.{method.name}": method for service in DESK for method in service.methods
}
Metadata = tuple[tuple[str, str], ...]


def by(role: str, name: str = "lin", tenant: str = "jia") -> Metadata:
    """Return the metadata of a call by somebody of a role."""
    said = (("moderation-actor", quote(name)), ("moderation-role", role))
    return (*said, ("moderation-tenant", quote(tenant))) if role == Role.SENDER else said


@dataclass(slots=True)
class DeskServer:
    """A running server, its store, and a channel to it."""

    store: Store
    port: int
    stop: Callable[[], None]
    channel: grpc.Channel = field(init=False)

    def __post_init__(self) -> None:
        self.channel = grpc.insecure_channel(self.address)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def call(self, name: str, metadata: Metadata = (), timeout: float = 10, **fields: Any) -> Any:  # noqa: ANN401
        """Call a method that answers once, such as `ReviewService.GetCase`, with the fields of its request."""
        request = message_factory.GetMessageClass(METHODS[name].input_type)(**fields)
        return self.send(name, request.SerializeToString(), metadata, timeout)

    def send(self, name: str, data: bytes, metadata: Metadata = (), timeout: float = 10) -> Message:
        """Send bytes as the request of a method that answers once."""
        answer = message_factory.GetMessageClass(METHODS[name].output_type).FromString
        path = f"/moderation.v1.{name.replace('.', '/')}"
        sent: Message = self.channel.unary_unary(path, None, answer)(data, metadata=metadata, timeout=timeout)
        return sent

    def refused(self, name: str, metadata: Metadata = (), **fields: Any) -> Failure:  # noqa: ANN401 - as `call`
        """Return what the caller sees of a call that has to fail."""
        with pytest.raises(grpc.RpcError) as caught:
            self.call(name, metadata, **fields)
        return Failure.of(caught.value)  # type: ignore[arg-type]

    def watch(self, metadata: Metadata, after: int = 0) -> Any:  # noqa: ANN401 - a call that is iterated
        """Watch what happens to cases."""
        method = METHODS["ReviewService.WatchCases"]
        asked, told = (message_factory.GetMessageClass(kind) for kind in (method.input_type, method.output_type))
        path = "/moderation.v1.ReviewService/WatchCases"
        stream = self.channel.unary_stream(path, asked.SerializeToString, told.FromString)
        return stream(asked(after=after), metadata=metadata, timeout=30)


@contextmanager
def running(
    store: Store, desk: StoredDesk | None = None, engine: Engine | None = None, **settings: object
) -> Iterator[DeskServer]:
    """Run a server, without a ruleset unless an engine is given, over a store until the block ends."""
    started: Future[tuple[int, Callable[[], None]]] = Future()
    chosen = Settings.model_validate({"port": 0, "grace_seconds": 0.5} | settings)

    async def serve() -> None:
        loop, stopped = asyncio.get_running_loop(), asyncio.Event()

        def stop() -> None:
            with suppress(RuntimeError):  # it has stopped before
                loop.call_soon_threadsafe(stopped.set)

        desk_or_own = desk or store.desk
        served = Server(chosen, engine, desk_or_own, wordlists=store.wordlists, links=store.links)
        async with served as server:
            started.set_result((server.port, stop))
            await stopped.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except Exception as error:
            started.set_exception(error)

    thread = threading.Thread(target=run)
    thread.start()
    port, stop = started.result(30)
    server = DeskServer(store, port, stop)
    try:
        yield server
    finally:
        server.channel.close()
        stop()
        thread.join(30)


@pytest.fixture(name="server")
def desk_server(tmp_path: Path) -> Iterator[DeskServer]:
    """A server over an empty store."""
    with closing(fresh(SQLITE, tmp_path)) as store, running(store) as server:
        yield server


@pytest.fixture(name="remote")
def remote_desk(server: DeskServer) -> Iterator[RemoteDesk]:
    """The desk of that server."""
    with closing(RemoteDesk(server.address)) as desk:
        yield desk

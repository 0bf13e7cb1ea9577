"""A server from start to stop: health, reflection, settings, TLS, load and drain."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from pydantic import ValidationError
from serving import PLAIN, Failure, ObservedEngine, captured_logs, log_lines, real_engine, request, serving

from moderation.service.listening import StartError
from moderation.service.process import serve
from moderation.service.server import SERVICES, Server
from moderation.service.settings import Settings

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


async def health_of(channel: grpc.aio.Channel) -> set[int]:
    stub = health_pb2_grpc.HealthStub(channel)
    answers = [await stub.Check(health_pb2.HealthCheckRequest(service=name)) for name in ("", *SERVICES)]
    return {answer.status for answer in answers}


async def test_health_serves_only_with_a_ruleset() -> None:
    async with serving(None) as client:
        assert await health_of(client.channel) == {NOT_SERVING}
        await client.server.serve_with(real_engine())
        assert await health_of(client.channel) == {SERVING}
        assert (await client.check.Check(request())).HasField("verdict")


async def test_health_knows_no_other_service() -> None:
    async with serving(real_engine()) as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await health_pb2_grpc.HealthStub(client.channel).Check(health_pb2.HealthCheckRequest(service="x"))
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND


async def test_a_watcher_sees_the_drain_while_calls_are_still_answered() -> None:
    async with serving(real_engine(), drain_seconds=0.5) as client:
        watch = health_pb2_grpc.HealthStub(client.channel).Watch(health_pb2.HealthCheckRequest())
        assert (await watch.read()).status == SERVING
        stopping = asyncio.create_task(client.server.stop())
        assert (await asyncio.wait_for(watch.read(), 5)).status == NOT_SERVING
        assert (await client.check.Check(request())).HasField("verdict")
        watch.cancel()
        await stopping
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.check.Check(request())
    assert Failure.of(caught.value).code is grpc.StatusCode.UNAVAILABLE


async def test_a_call_in_flight_is_finished_in_its_grace() -> None:
    started = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(*_: object) -> None:
        loop.call_soon_threadsafe(started.set)
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.3), loop).result(5)

    async with serving(ObservedEngine(slow), grace_seconds=5) as client:
        call = asyncio.ensure_future(client.check.Check(request()))
        await started.wait()
        await client.server.stop()
        assert (await call).HasField("verdict")


async def test_reflection_lists_and_describes_the_services() -> None:
    async with serving(real_engine()) as client:
        stub = reflection_pb2_grpc.ServerReflectionStub(client.channel)
        asked = [
            reflection_pb2.ServerReflectionRequest(list_services=""),
            reflection_pb2.ServerReflectionRequest(file_containing_symbol=SERVICES[0]),
        ]
        listed, described = [answer async for answer in stub.ServerReflectionInfo(iter(asked))]
    names = {service.name for service in listed.list_services_response.service}
    assert names >= {*SERVICES, "grpc.health.v1.Health", "grpc.reflection.v1alpha.ServerReflection"}
    assert described.file_descriptor_response.file_descriptor_proto


async def test_serve_loads_the_ruleset_and_ends_when_told(unused_port: int) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(serve(Settings(port=unused_port, grace_seconds=0.1), stop))
    async with grpc.aio.insecure_channel(f"127.0.0.1:{unused_port}") as channel:
        await asyncio.wait_for(channel.channel_ready(), 30)
        for _ in range(600):
            if await health_of(channel) == {SERVING}:
                break
            await asyncio.sleep(0.05)
        assert await health_of(channel) == {SERVING}
    stop.set()
    await asyncio.wait_for(task, 10)


@pytest.mark.parametrize("is_writable", [True, False])
async def test_the_automaton_is_kept_in_the_cache_and_an_unwritable_one_is_logged_once(
    is_writable: bool, tmp_path: Path, small_lists: Path, unused_port: int
) -> None:
    cache = tmp_path / "cache"
    if not is_writable:
        cache.write_bytes(b"x")
    settings = Settings(port=unused_port, grace_seconds=0.1, cache=cache, wordlists=small_lists)
    stop = asyncio.Event()
    with captured_logs() as stream:
        task = asyncio.create_task(serve(settings, stop))
        async with asyncio.timeout(30):
            while not task.done() and "serving" not in [line["event"] for line in log_lines(stream)]:
                await asyncio.sleep(0.05)
        stop.set()
        await asyncio.wait_for(task, 10)
    warned = [line for line in log_lines(stream) if line["event"] == "automaton_not_saved"]
    if is_writable:
        (kept,) = cache.glob("*.automaton")
        assert (kept.is_file(), warned) == (True, [])
        return
    (line,) = warned
    assert Path(str(line["path"])).parent == cache
    assert (line["level"], line["reason"], line["error_type"]) == ("warning", "File exists", "FileExistsError")


async def test_a_ruleset_that_cannot_be_loaded_ends_the_server(
    unused_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise FileNotFoundError("no wordlists")

    monkeypatch.setattr("moderation.service.rulesets.load_ruleset", fail)
    with pytest.raises(FileNotFoundError):
        await asyncio.wait_for(serve(Settings(port=unused_port, grace_seconds=0.1), asyncio.Event()), 10)


async def test_a_port_in_use_is_an_error() -> None:
    async with serving(real_engine()) as client:
        with pytest.raises(StartError, match=rf"^port: {client.server.port} is taken on 127.0.0.1; choose another by"):
            await Server(Settings(port=client.server.port), real_engine()).__aenter__()


@pytest.mark.parametrize("host", ["999.1.1.1", "a b", "x" * 64 + ".cn", "127.0.0.1:80", "192.0.2.1"])
async def test_a_host_that_is_not_this_machines_is_an_error(host: str) -> None:
    with pytest.raises(StartError, match=r"^host: .*MODERATION_HOST"):
        await Server(Settings(host=host, port=0), real_engine()).__aenter__()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_signal_stops_the_process_cleanly(unused_port: int) -> None:
    program = "from moderation.service import process, settings; process.run(settings.Settings())"
    environment = os.environ | {"MODERATION_PORT": str(unused_port), "MODERATION_GRACE_SECONDS": "0.1"}
    process = subprocess.Popen([sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    lines = [process.stderr.readline() for _ in range(3)]
    process.send_signal(signal.SIGTERM)
    rest = process.communicate(timeout=30)[1]
    assert [event in line for event, line in zip(("store", "started", "serving"), lines, strict=True)] == [True] * 3
    assert process.returncode == 0
    assert '"stopped"' in rest


async def test_tls_answers_who_trusts_its_certificate(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subject = ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run([*make, *subject, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    trusted = grpc.ssl_channel_credentials(certificate.read_bytes())
    async with serving(real_engine(), tls_certificate=certificate, tls_key=key) as client:
        async with grpc.aio.secure_channel(f"127.0.0.1:{client.server.port}", trusted) as channel:
            assert await health_of(channel) == {SERVING}
        with pytest.raises(grpc.aio.AioRpcError):
            await client.check.Check(request(PLAIN), timeout=5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("MAX_CONCURRENT_RPCS", "0"),
        ("LOG_LEVEL", "chatty"),
        ("VERIFIED_DOMAINS", '{"*": ["https://example.cn/"]}'),
        ("TLS_KEY", str(Path(__file__))),
    ],
)
def test_an_impossible_setting_fails_at_start(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"MODERATION_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODERATION_PORT", "1234")
    monkeypatch.setenv("MODERATION_VERIFIED_DOMAINS", '{"*": ["a.example.cn"], "shop": ["example.cn"]}')
    settings = Settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 1234)
    assert settings.domains_of("shop") == {"a.example.cn", "example.cn"}
    assert settings.domains_of("other") == {"a.example.cn"}


@pytest.mark.parametrize(("host", "exposed"), [("127.0.0.1", False), ("localhost", False), ("0.0.0.0", True)])
def test_only_a_loopback_host_is_not_exposed(host: str, exposed: bool) -> None:
    assert Settings(host=host).is_exposed is exposed


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

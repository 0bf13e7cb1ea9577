"""A service on the loopback checks the example templates through gRPC; `make demo` runs it.

Exit code 0: every template got a verdict, whatever it is.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

TEMPLATES = Path(__file__).with_name("templates.jsonl")
COMMAND = (sys.executable, "-m", "moderation.cli.main")
START_SECONDS, STOP_SECONDS = 60.0, 20.0
VERDICTS = (0, 1)
"""Exit codes of `moderation check` that mean verdicts: all PASS, or something REVIEW or REJECT."""


def main() -> int:
    """Start the service, check, stop the service; return the exit code."""
    with service() as address:
        print(f"service: {address}\ntemplates: {TEMPLATES.name}\n", flush=True)
        arguments = ("check", "--file", str(TEMPLATES), "--server", address)
        code = subprocess.run((*COMMAND, *arguments), check=False).returncode
    return 0 if code in VERDICTS else code


@contextmanager
def service() -> Iterator[str]:
    """Run a service with its defaults on a free port and a store of its own; give its address once it is SERVING."""
    defaults = {name: value for name, value in os.environ.items() if not name.startswith("MODERATION_")}
    directory = TemporaryDirectory()
    defaults["MODERATION_STORE"] = str(Path(directory.name) / "moderation.db")
    process = subprocess.Popen((*COMMAND, "serve", "--port", "0"), stderr=subprocess.PIPE, text=True, env=defaults)
    try:
        address = f"127.0.0.1:{started_port(process)}"
        require_health(address)
        yield address
    finally:
        process.terminate()
        try:
            process.communicate(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        directory.cleanup()


def started_port(process: subprocess.Popen[str]) -> int:
    """Return the port from the log of a service that has loaded its ruleset; exit with its log if it fails to."""
    assert process.stderr is not None
    watchdog = Timer(START_SECONDS, process.kill)
    watchdog.start()
    port = 0
    seen: list[str] = []
    try:
        for line in process.stderr:
            seen.append(line)
            entry = json.loads(line) if line.startswith("{") else {}
            port = int(entry.get("port", port))
            if entry.get("event") == "serving":
                return port
    finally:
        watchdog.cancel()
    sys.exit("the service did not start:\n" + "".join(seen))


def require_health(address: str) -> None:
    """Exit unless the service says that it is SERVING."""
    with grpc.insecure_channel(address) as channel:
        health = health_pb2_grpc.HealthStub(channel)
        answer = health.Check(health_pb2.HealthCheckRequest(), timeout=10, wait_for_ready=True)
    if answer.status != health_pb2.HealthCheckResponse.SERVING:
        sys.exit(f"the service on {address} is not serving")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    sys.exit(main())

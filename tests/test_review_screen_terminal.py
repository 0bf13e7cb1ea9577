"""The full-screen reviewer as a process in a terminal that goes away."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from select import select
from time import monotonic

import pytest
from stores import RING, SQLITE, ZHANG, Store, fresh

from moderation.review.keys import write_key_ring
from moderation.review.states import CaseState

PATIENCE = 60.0
COMMAND = (sys.executable, "-c", "from moderation.cli.main import app; app()", "review", "--actor", "zhang")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file, with its keys beside it."""
    with closing(fresh(SQLITE, tmp_path)) as opened:
        opened.clock.now = datetime.now(UTC)
        opened.path.with_name(opened.path.name + ".keys").write_text(write_key_ring(RING))
        yield opened


class Terminal:
    """The other end of the reviewer's terminal."""

    def __init__(self, number: int, reviewer: subprocess.Popen[bytes]) -> None:
        self._number = number
        self.reviewer = reviewer
        self.written = b""

    def press(self, keys: str) -> None:
        os.write(self._number, keys.encode())

    def see(self, text: str) -> None:
        """Read until a text came since the last one that was seen."""
        end = monotonic() + PATIENCE
        while text.encode() not in self.written:
            assert select([self._number], [], [], max(0.0, end - monotonic()))[0], f"{text} never came"
            self.written += os.read(self._number, 1 << 16)
        self.written = self.written.partition(text.encode())[2]

    def close(self) -> None:
        os.close(self._number)


@contextmanager
def reviewing(store: Store, begin: Callable[[], None]) -> Iterator[Terminal]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    said = {name: value for name, value in os.environ.items() if not name.startswith("MODERATION_")}
    said |= {"MODERATION_STORE": str(store.path), "TERM": "xterm-256color"}
    reviewer = subprocess.Popen(COMMAND, stdin=theirs, stdout=theirs, stderr=theirs, env=said, preexec_fn=begin)
    os.close(theirs)
    try:
        yield Terminal(ours, reviewer)
    finally:
        reviewer.kill()
        reviewer.wait()


def with_the_terminal() -> None:
    """Begin a session of the terminal, whose end the system tells by SIGHUP."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.mark.parametrize("begin", [with_the_terminal, os.setsid], ids=["told by SIGHUP", "without a signal"])
def test_a_terminal_that_goes_away_ends_the_process_and_loses_no_decision(
    store: Store, begin: Callable[[], None]
) -> None:
    first, second = store.open_case(), store.open_case()
    with reviewing(store, begin) as terminal:
        terminal.see("自动领取")
        terminal.press("g")
        terminal.see(f"已领取 #{first}")
        terminal.press("p")
        terminal.see("合规")
        terminal.press("\r")
        terminal.see(f"已领取 #{second}")
        assert store.desk.case(ZHANG, first).line.state is CaseState.CLAIMED
        terminal.close()
        terminal.reviewer.wait(PATIENCE)
    states = [store.desk.case(ZHANG, number).line.state for number in (first, second)]
    assert states == [CaseState.RULED, CaseState.OPEN]

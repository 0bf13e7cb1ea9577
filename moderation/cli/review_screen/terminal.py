"""The terminal, which may go away: then what is decided is sent and the process ends, instead of waiting for ever."""

from __future__ import annotations

import select
import sys
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from textual.driver import Driver


class TerminalGone(Message):
    """Nobody sees the screen or presses a key any more."""


class Surviving:
    """A file that can be written on until that fails, and then drops what is written.

    Who writes for the screen must not end: the screen would wait for it for ever.
    """

    def __init__(self, file: Any) -> None:  # noqa: ANN401 - any file
        self._file = file
        self._is_broken = False

    def write(self, text: str) -> None:
        """Write."""
        if not self._is_broken:
            try:
                self._file.write(text)
            except OSError:
                self._is_broken = True

    def flush(self) -> None:
        """Send what was written."""
        if not self._is_broken:
            try:
                self._file.flush()
            except OSError:
                self._is_broken = True

    def fileno(self) -> int:
        """Return the number of the file."""
        number: int = self._file.fileno()
        return number


DRIVER: type[Driver] | None = None
"""What drives the terminal; None for Textual's own."""

if sys.platform != "win32":
    from textual.drivers.linux_driver import LinuxDriver

    class TerminalDriver(LinuxDriver):
        """Tells where the terminal is gone; Textual's own would read its end again and again."""

        def start_application_mode(self) -> None:
            """Start, and watch the terminal.

            A signal does not always come, such as where another process has the session.
            """
            self._file: Any = Surviving(sys.__stderr__)
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if self.input_tty:
                Thread(target=self._watch, name="terminal-watch", daemon=True).start()

        def run_input_thread(self) -> None:
            """Read keys until the end of the terminal or of the screen."""
            with suppress(OSError):
                super().run_input_thread()

        def _watch(self) -> None:
            watch = select.poll()
            watch.register(self.fileno, 0)
            if any(event & (select.POLLHUP | select.POLLERR) for _, event in watch.poll()):
                self.exit_event.set()
                self.send_message(TerminalGone())

    DRIVER = TerminalDriver

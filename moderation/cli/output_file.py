"""A file that a command writes: it appears whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from moderation.cli.failure import fail


@contextmanager
def output_file(output: Path | None) -> Iterator[TextIO]:
    """Give a stream to a file, or standard output where none is named; end the command where it cannot be written."""
    if output is None:
        yield sys.stdout
        return
    unfinished = output.with_name(output.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        unfinished.replace(output)
    except OSError as error:
        fail(f"{output}: cannot be written: {error.strerror}; name another file by --output")
    finally:
        unfinished.unlink(missing_ok=True)

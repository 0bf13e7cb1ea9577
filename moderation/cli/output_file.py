"""A file that a command writes: it appears whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from moderation.cli.failure import fail


@contextmanager
def output_file(output: Path | None) -> Iterator[TextIO]:
    """Give a stream to a file, or standard output where none is named; end the command where it cannot be written.

    Only its owner may read it: it holds data of people.
    """
    if output is None:
        yield sys.stdout
        return
    unfinished = output.with_name(output.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        unfinished.replace(output)
    except OSError as error:
        fail(f"{output}: cannot be written: {error.strerror}; name another file by --output")
    finally:
        unfinished.unlink(missing_ok=True)

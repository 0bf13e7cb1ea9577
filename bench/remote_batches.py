"""Batches that a service takes up, plans and applies for its callers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wordlist_commands import source_of

from moderation.cli.remote_wordlists import RemoteLists
from moderation.review.people import Actor, Role
from moderation.store.wordlist_work import Upload
from moderation.wordlists.batch_file import BatchFormat
from moderation.wordlists.batch_files import BatchFile
from moderation.wordlists.change import Given, Operation
from moderation.wordlists.outcome import Applied
from moderation.wordlists.told import Progress, unheard

STORED_TEMPLATES = 1000
"""Stored templates that a plan judges, as commands ask for unless they are told otherwise."""


@contextmanager
def _untold() -> Iterator[Progress]:
    yield unheard


class RemoteBatches:
    """Calls a service on this machine, as somebody who may change wordlists."""

    def __init__(self, port: int) -> None:
        self._lists = RemoteLists(f"127.0.0.1:{port}", Actor("bench", Role.POLICY), _untold)

    def plan(self, file: Path, wordlist: str) -> int:
        """Upload and plan a file of words to add; return the number of the batch."""
        given = Given(Operation.ADD, wordlist, source_of(wordlist))
        uploaded = self._lists.upload(
            [BatchFile(file.name, file.read_bytes(), BatchFormat.TXT, given)], Upload("bench")
        )
        assert uploaded.batch is not None, uploaded.problems
        planned = self._lists.plan(uploaded.batch.number, STORED_TEMPLATES)
        assert planned.plan is not None, planned.problems
        assert planned.plan.is_applicable
        return uploaded.batch.number

    def apply(self, batch: int, expect: int) -> None:
        """Apply a batch."""
        applied: Applied = self._lists.apply(batch, expect, approval_above=None, request_id="")
        assert applied.version is not None, applied

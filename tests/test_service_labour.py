"""Long work in processes of its own: what it returns, refuses and tells, one at a time, and ended when nobody waits."""

from __future__ import annotations

import asyncio
import os
import time
from functools import partial
from pathlib import Path

import pytest

from moderation.match.listing import Diagnostic
from moderation.match.wordlist_file import WordlistError
from moderation.review.desk import DeskError, DeskReason
from moderation.review.sealing import SealError, SealFault
from moderation.service.labour import WAITING, InterruptedLabourError, Labour, LabourError
from moderation.wordlists.refusal import WordlistsError, WordlistsReason
from moderation.wordlists.told import Progress

LONGEST = 60


def counted(number: int, tell: Progress) -> tuple[int, int]:
    for done in range(1, number + 1):
        tell("count", done, number)
    return number, os.nice(0)


def refused(error: Exception, tell: Progress) -> None:
    raise error


def unsound(tell: Progress) -> None:
    raise WordlistError([Diagnostic("a.txt", 3, 1, "gone", "mend it")])


def killed(tell: Progress) -> None:
    os._exit(9)


def staying(file: Path, tell: Progress) -> None:
    """Say so in a file, then never end."""
    file.write_text(str(os.getpid()))
    tell("stay", 1, 1)
    time.sleep(600)


async def test_work_is_done_behind_others_and_tells_how_far_it_is(tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []

    async def hear(stage: str, done: int, total: int) -> None:
        heard.append((stage, done, total))

    niceness = os.nice(0)
    assert await Labour(tmp_path).run(partial(counted, 1000), hear) == (1000, min(niceness + 10, 19))
    assert heard[-1] == ("count", 1000, 1000)
    assert len(heard) < 100


async def test_what_the_work_refuses_is_raised_as_it_was(tmp_path: Path) -> None:
    labour = Labour(tmp_path)
    with pytest.raises(WordlistsError) as stale:
        await labour.run(partial(refuse_stale))
    assert (stale.value.reason, stale.value.metadata) == (WordlistsReason.VERSION_STALE, {"current": "2"})
    with pytest.raises(DeskError) as absent:
        await labour.run(partial(refuse_desk))
    assert absent.value.reason is DeskReason.STORE_UNAVAILABLE
    with pytest.raises(SealError) as sealed:
        await labour.run(partial(refuse_sealed))
    assert (sealed.value.fault, sealed.value.key_id) == (SealFault.KEY_UNKNOWN, "k7")
    with pytest.raises(WordlistsError, match=r"a\.txt:3:1: gone; mend it") as unfit:
        await labour.run(unsound)
    assert unfit.value.reason is WordlistsReason.RULESET_NOT_BUILT
    with pytest.raises(LabourError, match="the work failed"):
        await labour.run(partial(refused, ZeroDivisionError()))
    with pytest.raises(InterruptedLabourError):
        await labour.run(killed)


def refuse_stale(tell: Progress) -> None:
    raise WordlistsError(WordlistsReason.VERSION_STALE, "stale", current=2)


def refuse_desk(tell: Progress) -> None:
    raise DeskError(DeskReason.STORE_UNAVAILABLE, "gone")


def refuse_sealed(tell: Progress) -> None:
    raise SealError(SealFault.KEY_UNKNOWN, "unknown", "k7")


async def test_who_is_cancelled_ends_the_work_and_others_have_their_turn(tmp_path: Path) -> None:
    file, waited = tmp_path / "pid", asyncio.Event()

    async def hear(stage: str, done: int, total: int) -> None:
        if stage == WAITING:
            waited.set()

    first, other = Labour(tmp_path), Labour(tmp_path)
    staying_on = asyncio.create_task(first.run(partial(staying, file)))
    async with asyncio.timeout(LONGEST):
        while not file.exists() or not file.read_text():
            await asyncio.sleep(0.01)
        elsewhere = asyncio.create_task(other.run(partial(counted, 1), hear))
        await waited.wait()
        staying_on.cancel()
        with pytest.raises(asyncio.CancelledError):
            await staying_on
        assert (await elsewhere)[0] == 1
    with pytest.raises(ProcessLookupError):
        os.kill(int(file.read_text()), 0)


async def test_nothing_outlives_its_close(tmp_path: Path) -> None:
    file, labour = tmp_path / "pid", Labour(tmp_path)
    work = asyncio.create_task(labour.run(partial(staying, file)))
    async with asyncio.timeout(LONGEST):
        while not file.exists() or not file.read_text():
            await asyncio.sleep(0.01)
        labour.close()
        with pytest.raises(asyncio.CancelledError):
            await work
        with pytest.raises(asyncio.CancelledError):
            await labour.run(partial(counted, 1))
    with pytest.raises(ProcessLookupError):
        os.kill(int(file.read_text()), 0)

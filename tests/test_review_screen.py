"""The full-screen reviewer over a real store: keys in, what stands in the store and on the screen out.

The golden files hold the characters of the screen, not pictures: pictures carry ids and fonts that change with every
release of the toolkit, and their difference tells a reader nothing.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import string
import threading
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stores import LI, SQLITE, ZHANG, Store, fresh, reason, recording
from textual.pilot import Pilot

from moderation.cli.review_screen.app import ReviewApp
from moderation.cli.review_screen.keys import KEYS
from moderation.cli.review_screen.marked_text import marked
from moderation.cli.review_screen.shown import shown
from moderation.cli.review_screen.words import TABLE
from moderation.cli.review_screen.work import Work
from moderation.review.case import Outcome, Queue, Reason, ReasonCode
from moderation.review.desk import Desk, DeskError, DeskReason
from moderation.review.people import Actor, Role
from moderation.review.reasons import told
from moderation.review.states import CaseState
from moderation.text.template import Industry, Span
from moderation.verdict import Decision

GOLDEN = Path(__file__).parent / "golden"
PATIENCE = 30.0
"""Seconds after which something that is waited for will not come."""

AD = "【甲商城】尊敬的${name},全国第一的羽绒服,保本稳赚,拒收请回复R"
ALIKE = "【甲商城】尊敬的${name},全国第一的羽绒服,保本稳赚,今日拒收请回复R"
NOTICE = "【丙中心】您的事项已办结,请于{time}前领取,咨询400-000-0000"
MARKUP = "【乙店】[bold red]恭喜[/bold red][@click=app.quit]点[/]\x1b[31m这\x07里\u200b领\n奖 [/nothing]"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file."""
    with closing(fresh(SQLITE, tmp_path)) as opened:
        yield opened


class Reviewer:
    """Somebody at the screen."""

    def __init__(self, pilot: Pilot[tuple[str, ...]]) -> None:
        self.pilot = pilot
        self.app = pilot.app

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def write(self, text: str) -> None:
        await self.press(*text)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not holds():
                    await self.pilot.pause(0.01)
        except TimeoutError:
            pytest.fail(f"this never came; the screen is\n{self.text}")

    async def see(self, *texts: str) -> None:
        await self.until(lambda: all(text in self.text for text in texts))

    @property
    def text(self) -> str:
        """The characters on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


@asynccontextmanager
async def reviewing(
    store: Store,
    desk: Desk | None = None,
    *,
    size: tuple[int, int] = (120, 36),
    plain: bool = False,
    locale: str = "zh",
) -> AsyncIterator[Reviewer]:
    app = ReviewApp(desk or store.desk, ZHANG, locale="en" if locale == "en" else "zh", clock=store.clock, plain=plain)
    async with app.run_test(size=size) as pilot:
        yield Reviewer(pilot)


def at(text: str, quote: str, rule_id: str = "AW102", severity: str = "REJECT") -> Reason:
    """Return a reason that points at a quote."""
    start = text.index(quote)
    return replace(reason(rule_id, quote, severity), span=Span(start, start + len(quote)))


def ad(store: Store, text: str = AD) -> int:
    """Open a case with two reasons that point into the text, and one that points nowhere."""
    missing = Reason(
        "MO001",
        "opt-out-missing",
        "MISSING_OPT_OUT",
        "ADVICE",
        0.1,
        None,
        "",
        "",
        "须写明拒收方式",
        "写“拒收请回复R”",
        (),
    )
    reasons = (at(text, "全国第一"), at(text, "保本稳赚", "GR001", "REVIEW"), missing)
    return store.open_case(recording(text, tenant="甲商城", reasons=reasons, industry=Industry.RETAIL))


def ruling(store: Store, number: int) -> Decision | None:
    return store.desk.case(ZHANG, number).line.ruling


def state(store: Store, number: int) -> CaseState:
    return store.desk.case(ZHANG, number).line.state


async def test_a_ruling_can_be_undone_for_five_seconds_and_is_sent_then(store: Store) -> None:
    number = ad(store)
    async with reviewing(store) as reviewer:
        await reviewer.see(f"#{number}")
        await reviewer.press("c")
        await reviewer.see("租约 10分")
        await reviewer.press("p", "enter")
        await reviewer.see(f"#{number} 通过，5 秒后提交")
        await reviewer.press("u")
        await reviewer.see("租约 10分", "已撤回")
        store.clock.move(timedelta(seconds=6))
        await reviewer.see("租约 9分")
        assert state(store, number) is CaseState.CLAIMED
        await reviewer.press("p", "enter")
        await reviewer.see("5 秒后提交")
        store.clock.move(timedelta(seconds=5))
        await reviewer.until(lambda: ruling(store, number) is Decision.PASS)


async def test_a_rejection_has_its_code_and_note_and_the_next_case_follows(store: Store) -> None:
    first, second, third = ad(store), ad(store, AD + "2"), ad(store, AD + "3")
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{first}")
        await reviewer.press("x", "3", "tab")
        await reviewer.write("off1")
        await reviewer.press("enter")
        await reviewer.see(f"模板 #{second}", f"#{first} 拒绝，5 秒后提交")
        assert ruling(store, first) is None
        await reviewer.press("p", "2", "enter")
        await reviewer.see(f"模板 #{third}", f"#{second} 通过，5 秒后提交")
        ruled = store.desk.case(ZHANG, first).ruling
        assert ruled is not None
        assert (ruled.decision, ruled.code, ruled.note) == (Decision.REJECT, ReasonCode.MISLEADING, "off1")


async def test_undo_gives_the_next_case_back(store: Store) -> None:
    first, second = ad(store), ad(store, AD + "2")
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{first}")
        await reviewer.press("p", "enter")
        await reviewer.see(f"模板 #{second}")
        await reviewer.press("u")
        await reviewer.see(f"模板 #{first}")
        await reviewer.until(lambda: state(store, second) is CaseState.OPEN)
        assert state(store, first) is CaseState.CLAIMED


async def test_escape_leaves_a_form_without_ruling(store: Store) -> None:
    number = ad(store)
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{number}")
        await reviewer.press("x")
        await reviewer.see("拒绝 #")
        await reviewer.press("escape")
        await reviewer.see("租约 10分")
        assert "秒后提交" not in reviewer.text


async def test_a_case_is_skipped_with_a_reason_only(store: Store) -> None:
    first, second = ad(store), ad(store, AD + "2")
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{first}")
        await reviewer.press("s", "enter")
        await reviewer.see("请填写理由")
        await reviewer.write("dialect")
        await reviewer.press("enter")
        await reviewer.see(f"模板 #{second}")
        assert state(store, first) is CaseState.OPEN


async def test_leaving_sends_the_ruling_and_releases_the_case(store: Store) -> None:
    first, second = ad(store), ad(store, AD + "2")
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{first}")
        await reviewer.press("o")
        await reviewer.write("seen")
        await reviewer.press("enter")
        await reviewer.see("备注：seen")
        await reviewer.press("p", "enter")
        await reviewer.see(f"模板 #{second}")
        await reviewer.press("q")
        await reviewer.until(lambda: reviewer.app.return_value is not None)
        assert reviewer.app.return_value == ()
    ruled = store.desk.case(ZHANG, first).ruling
    assert ruled is not None
    assert (ruled.decision, ruled.note) == (Decision.PASS, "seen")
    assert state(store, second) is CaseState.OPEN


async def test_a_process_that_is_told_to_end_sends_the_ruling_first(store: Store) -> None:
    number = ad(store)
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{number}")
        await reviewer.press("p", "enter")
        await reviewer.see("5 秒后提交")
        os.kill(os.getpid(), signal.SIGTERM)
        await reviewer.until(lambda: reviewer.app.return_value is not None)
        assert ruling(store, number) is Decision.PASS


async def test_an_end_of_another_kind_sends_the_ruling_too(store: Store) -> None:
    number = ad(store)
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{number}")
        await reviewer.press("p", "enter")
        await reviewer.see("5 秒后提交")
        reviewer.app.exit()
    assert ruling(store, number) is Decision.PASS


async def test_release_gives_the_case_back(store: Store) -> None:
    number = ad(store)
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{number}")
        await reviewer.press("b")
        await reviewer.see("尚未领取案件", f"已放回 #{number}")
        assert state(store, number) is CaseState.OPEN


async def test_a_lease_is_renewed_for_who_is_there_and_lost_by_who_is_not(store: Store) -> None:
    number = ad(store)
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see("租约 10分")
        store.clock.move(timedelta(minutes=6))
        await reviewer.see("租约 4分")
        await reviewer.press("n")
        await reviewer.see("租约 10分")
        store.clock.move(timedelta(minutes=11))
        await reviewer.see(f"#{number} 的租约已失效", "尚未领取案件")
        await reviewer.press("escape")
        await reviewer.until(lambda: "租约已失效" not in reviewer.text)


async def test_a_ruling_that_the_desk_refuses_is_told_until_it_is_dismissed(store: Store) -> None:
    number = ad(store)
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{number}")
        await reviewer.press("p", "enter")
        await reviewer.see("5 秒后提交")
        store.clock.move(timedelta(minutes=11))
        await reviewer.see(f"#{number} 通过 未生效：租约已失效")
        await reviewer.press("escape")
        await reviewer.until(lambda: "未生效" not in reviewer.text)
        assert ruling(store, number) is None


async def test_who_leaves_is_told_once_of_a_ruling_that_does_not_stand(store: Store) -> None:
    number = ad(store)
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{number}")
        await reviewer.press("p", "enter")
        await reviewer.see("5 秒后提交")
        lease = store.desk.case(ZHANG, number).line.lease
        assert lease is not None
        store.desk.release(ZHANG, number, lease.epoch)
        await reviewer.press("q")
        await reviewer.see("再按 q")
        await reviewer.press("q")
        await reviewer.until(lambda: reviewer.app.return_value is not None)
        assert reviewer.app.return_value == (f"#{number} 通过 未生效：租约已失效（Esc 知道了）",)


class Unreachable:
    """A desk that cannot be reached for a while."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.is_reached = True

    def __getattr__(self, name: str) -> object:
        if not self.is_reached:
            raise ConnectionError(AD)
        return getattr(self._desk, name)


async def test_a_ruling_is_sent_again_until_the_desk_is_reached(store: Store) -> None:
    number = ad(store)
    desk = Unreachable(store.desk)
    async with reviewing(store, desk) as reviewer:  # type: ignore[arg-type]
        await reviewer.press("g")
        await reviewer.see(f"模板 #{number}")
        await reviewer.press("p", "enter")
        await reviewer.see("5 秒后提交")
        desk.is_reached = False
        store.clock.move(timedelta(seconds=5))
        await reviewer.see(f"#{number} 通过 尚未提交：存储或服务器暂不可用")
        assert AD not in reviewer.text
        desk.is_reached = True
        store.clock.move(timedelta(seconds=5))
        await reviewer.until(lambda: ruling(store, number) is Decision.PASS)
        await reviewer.until(lambda: "尚未提交" not in reviewer.text)


class Slow:
    """A desk that does not answer a claim before it may."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.may_answer = threading.Event()

    def __getattr__(self, name: str) -> object:
        if name == "claim_next":
            self.may_answer.wait(PATIENCE)
        return getattr(self._desk, name)


async def test_the_screen_lives_while_the_desk_does_not_answer(store: Store) -> None:
    number = ad(store)
    desk = Slow(store.desk)
    async with reviewing(store, desk) as reviewer:  # type: ignore[arg-type]
        await reviewer.press("g", "question_mark")
        await reviewer.see("按键")
        await reviewer.press("escape")
        desk.may_answer.set()
        await reviewer.see(f"模板 #{number}")


async def test_one_case_is_held_at_a_time(store: Store) -> None:
    first, second = ad(store), ad(store, AD + "2")
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{first}")
        await reviewer.press("c")
        await reviewer.see(f"请先处理 #{first}")
        assert state(store, second) is CaseState.OPEN


@pytest.mark.parametrize(("key", "outcome"), [("1", Outcome.UPHELD), ("2", Outcome.REVERSED)])
async def test_an_appeal_is_decided_with_a_reason(store: Store, key: str, outcome: Outcome) -> None:
    case = store.ruled(by=LI)
    sender = Actor("sender", Role.SENDER, case.line.tenant)
    appeal = store.desk.file_appeal(sender, case.line.verdict_id, "我店有证明", ("排名证书",))
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see("申诉理由：我店有证明", "证据：排名证书", "原裁决：拒绝")
        await reviewer.press("p")
        await reviewer.see("请按 a")
        await reviewer.press("a", key, "enter")
        await reviewer.see("请填写理由")
        await reviewer.write("checked")
        await reviewer.press("enter")
        await reviewer.see("秒后提交")
        store.clock.move(timedelta(seconds=5))
        await reviewer.until(lambda: store.desk.appeal(ZHANG, appeal.number).outcome is outcome)
        assert store.desk.appeal(ZHANG, appeal.number).reason == "checked"


async def test_marked_similar_cases_are_ruled_together_before_the_next_is_claimed(store: Store) -> None:
    first, alike, other = ad(store), ad(store, ALIKE), store.open_case(recording(NOTICE))
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{first}", "[ ]", f"#{alike} 待审")
        await reviewer.press("space")
        await reviewer.see("[x]")
        await reviewer.press("x")
        await reviewer.see("连同 1 件相似案件")
        await reviewer.press("enter")
        await reviewer.see("秒后提交")
        assert state(store, alike) is CaseState.OPEN
        store.clock.move(timedelta(seconds=5))
        await reviewer.see(f"模板 #{other}")
        assert [ruling(store, number) for number in (first, alike)] == [Decision.REJECT, Decision.REJECT]


async def test_a_similar_case_can_be_read(store: Store) -> None:
    first, alike = ad(store), ad(store, ALIKE)
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{first}", f"#{alike} 待审")
        await reviewer.press("tab", "enter")
        await reviewer.see(f"模板 #{alike}", "今日拒收请回复R")
        await reviewer.press("escape")
        await reviewer.see(f"模板 #{first} · 租约")


async def test_the_queue_is_read_again_and_further(store: Store) -> None:
    for count in range(55):
        ad(store, f"{AD}{count}")
    async with reviewing(store) as reviewer:
        await reviewer.see("待审 50+")
        await reviewer.press("end")
        await reviewer.see("待审 55")
        store.open_case(recording(NOTICE, industry=Industry.GOVERNMENT))
        await reviewer.press("r")
        await reviewer.see("待审 56")
        await reviewer.press("home")
        await reviewer.see("政务")


async def test_the_queue_is_read_again_by_itself(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moderation.cli.review_screen.app.REFRESH_EVERY", 0.05)
    async with reviewing(store) as reviewer:
        await reviewer.see("待审 0")
        ad(store)
        await reviewer.see("待审 1", "甲商城")


async def test_the_span_of_a_reason_is_brought_into_sight(store: Store) -> None:
    text = f"【甲商城】全国第一{'春夏秋冬' * 100}保本稳赚"
    ad(store, text)
    async with reviewing(store, size=(80, 24), plain=True) as reviewer:
        await reviewer.press("g")
        await reviewer.see("▸[!全国第一]◂")
        await reviewer.press("n")
        await reviewer.see("▸[?保")
        await reviewer.press("N")
        await reviewer.see("▸[!全国第一]◂")


async def test_help_names_every_key(store: Store) -> None:
    async with reviewing(store, size=(80, 24)) as reviewer:
        await reviewer.press("question_mark")
        await reviewer.see("按键")
        assert all(f" {key.shown} " in reviewer.text for key in KEYS)
        await reviewer.press("escape")
        await reviewer.until(lambda: "按键" not in reviewer.text)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_template_is_shown_as_it_is_whatever_it_holds(store: Store, size: tuple[int, int]) -> None:
    store.open_case(recording(MARKUP, tenant="[bold]乙", reasons=[at(MARKUP, "[/bold red]")]))
    async with reviewing(store, size=size) as reviewer:
        await reviewer.press("g")
        await reviewer.see("[bold red]恭喜[/bold", "red][@click=app.quit]点[/]", "�[31m这�里�领↵", "奖 [/nothing]")
        await reviewer.see("[bold]乙")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b]", reviewer.text)


def golden(name: str, text: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"review-screen-{name}.txt"
    if request.config.getoption("--write-golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def desk_of_three(store: Store) -> None:
    """Fill a store with a case that was ruled, one like it, and one that is overdue."""
    store.rule(store.desk.claim(ZHANG, ad(store, ALIKE)))
    store.clock.move(timedelta(hours=-30))
    notice = recording(NOTICE, tenant="丙中心", industry=Industry.GOVERNMENT, reasons=[at(NOTICE, "400-000-0000")])
    store.open_case(notice)
    store.clock.move(timedelta(hours=30))
    ad(store, AD)


@pytest.mark.parametrize(
    ("name", "size", "plain", "locale"),
    [
        ("80x24", (80, 24), False, "zh"),
        ("80x24-plain", (80, 24), True, "zh"),
        ("120x36", (120, 36), False, "zh"),
        ("120x36-plain-en", (120, 36), True, "en"),
        ("200x60", (200, 60), False, "zh"),
    ],
)
async def test_the_screen_is_golden(
    store: Store, request: pytest.FixtureRequest, name: str, size: tuple[int, int], plain: bool, locale: str
) -> None:
    desk_of_three(store)
    async with reviewing(store, size=size, plain=plain, locale=locale) as reviewer:
        await reviewer.see("#3")
        await reviewer.press("down", "c")
        await reviewer.see("AW102", "87% #1", f"{'Waiting' if locale == 'en' else '待审'} 1─")
        await reviewer.press("n")
        await reviewer.until(lambda: not plain or "▸[?" in reviewer.text)
        golden(name, reviewer.text, request)


async def test_nothing_is_coloured_where_colour_is_not_wanted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    ad(store)
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see("▸[!全国第一]◂", "[?保本稳赚]", "‹${name}›")
        strips = reviewer.app.screen._compositor.render_strips()
        styles = [segment.style for strip in strips for segment in strip if segment.style is not None]
        assert all(style.color is None or style.color.is_default for style in styles)
        assert all(style.bgcolor is None or style.bgcolor.is_default for style in styles)
        reverse = [segment for strip in strips for segment in strip if segment.style and segment.style.reverse]
        assert any("全国第一" in segment.text for segment in reverse)
        assert not any("拒收请回复R" in segment.text or "待审" in segment.text for segment in reverse)
        assert sum(segment.cell_length for segment in reverse) < 120 * 36 / 5


async def test_what_does_not_change_is_not_drawn_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    looks = 0
    keep_up = Work.keep_up

    async def counted(work: Work, active_at: datetime) -> None:
        nonlocal looks
        looks += 1
        await keep_up(work, active_at)

    monkeypatch.setattr(Work, "keep_up", counted)
    monkeypatch.setattr(
        ReviewApp, "_display", lambda _, _screen, change: drawn.append(change) if change is not None else None
    )
    monkeypatch.setattr("moderation.cli.review_screen.app.TICK", 0.02)
    monkeypatch.setattr("moderation.cli.review_screen.app.REFRESH_EVERY", 0.05)
    first, _ = ad(store), ad(store, ALIKE)
    async with reviewing(store) as reviewer:
        await reviewer.press("g")
        await reviewer.see(f"模板 #{first}", "[ ]", "待审 1")
        assert drawn
        store.clock.move(timedelta(seconds=2))
        settled = looks + 20
        await reviewer.until(lambda: looks > settled)
        drawn.clear()
        store.clock.move(timedelta(seconds=2))
        await reviewer.until(lambda: looks > settled + 20)
        assert drawn == []


async def test_reasons_are_told_in_the_language_of_the_reviewer(store: Store) -> None:
    number = ad(store)
    message, advice = told(store.desk.case(ZHANG, number).reasons[0], "en")
    async with reviewing(store, size=(200, 60), locale="en") as reviewer:
        await reviewer.press("g")
        await reviewer.see(message, f"Advice: {advice}"[:70], "Law:广告法")


async def test_an_appeal_is_named_once_and_its_time_is_whole_where_the_screen_is_narrow(store: Store) -> None:
    number = store.appealed(by=LI).number
    async with reviewing(store, size=(80, 24)) as reviewer:
        await reviewer.see(f" #{number} 剩1天0时 申诉")
        assert reviewer.text.count("申诉") == 1
        await reviewer.press("g")
        await reviewer.see("a 裁决申诉", " 申诉 · 机审", "申诉理由：请复核")
        assert "x 拒绝" not in reviewer.text


async def test_no_label_stands_alone_on_its_line(store: Store) -> None:
    ad(store)
    for size in ((80, 24), (100, 30)):
        async with reviewing(store, size=size) as reviewer:
            await reviewer.press("g")
            await reviewer.see("依据：广", "建议：写", "建议文案：【")


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9))), st.booleans())
def test_marks_change_no_character(text: str, places: Sequence[tuple[int, int]], current: bool) -> None:
    spans = [Span(start, min(start + length, len(text))) for start, length in places if start < len(text)]
    reasons = [Reason("AW102", "a", "b", "REVIEW", 0.5, span, "", "", "", "", ()) for span in spans]
    written = marked(text, reasons, 0 if reasons and current else None, plain=False).plain
    assert written == shown(text)
    assert not [one for one in written if one != "\n" and unicodedata.category(one) in ("Cc", "Cf", "Cs")]


@pytest.mark.parametrize("key", TABLE)
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in TABLE[key]]
    assert fields[0] == fields[1]


@pytest.mark.parametrize(
    "value", [*Decision, *ReasonCode, *Outcome, *DeskReason, *(f"QUEUE {queue}" for queue in Queue)]
)
def test_every_value_has_a_text(value: str) -> None:
    assert value in TABLE


def test_what_a_desk_raises_of_its_own_is_told_without_its_message() -> None:
    from moderation.cli.review_screen.asking import ask

    def broken() -> None:
        raise ConnectionError(AD)

    with pytest.raises(DeskError) as raised:
        asyncio.run(ask(broken))
    assert (raised.value.reason, raised.value.message) == (DeskReason.STORE_UNAVAILABLE, "ConnectionError")

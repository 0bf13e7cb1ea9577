"""What is laid over shipped wordlists: applied, taken back, told, read by the parser of wordlist files."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.match.wordlist_file import WordlistError, load_directory, parse
from moderation.wordlists.change import Change, Operation, Overlay
from moderation.wordlists.overlay import (
    Shipped,
    apply,
    changes_between,
    content_of,
    line_of,
    lines_of,
    load_shipped,
    overlaid,
)
from moderation.wordlists.problems import BatchError
from moderation.wordlists.validation import MAX_LINE, MOST_NEAREST, validate

ADD, REMOVE, REPLACE = Operation
LISTS = {"甲/一": ("国家级\tlaw", "最佳\tlaw\tedges=word", "贷款+无抵押~12\tlaw"), "甲/二": ("唯一\tlaw",)}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    directory = tmp_path_factory.mktemp("shipped")
    (directory / "甲").mkdir()
    for wordlist, lines in LISTS.items():
        header = f'+++\nid = "{wordlist}"\ntitle = "试"\nowner = "o"\nlicence = "l"\n[sources]\nlaw = "法"\n+++\n'
        content = header + "# a comment\n" + "".join(f"{line}\n" for line in lines)
        (directory / f"{wordlist}.txt").write_text(content, encoding="utf-8")
    return load_shipped(directory)


def change(operation: Operation, line: str, wordlist: str = "甲/一", number: int = 1) -> Change:
    return Change(operation, wordlist, line.partition("\t")[0], "" if operation is REMOVE else line, number)


CHANGED = (
    change(REMOVE, "国家级", number=1),
    change(REPLACE, "最佳\tlaw", number=2),
    change(ADD, "顶级\tlaw", number=3),
    change(ADD, "世界级\tlaw", number=4),
)
OVERLAY: Overlay = {"甲/一": {"国家级": None, "最佳": "最佳\tlaw", "顶级": "顶级\tlaw", "世界级": "世界级\tlaw"}}


def test_changes_are_laid_over_a_list(shipped: Shipped) -> None:
    assert validate(shipped, {}, CHANGED, "batch").changes == CHANGED
    assert apply(shipped, {}, CHANGED) == OVERLAY
    one, two = overlaid(shipped, OVERLAY)
    assert [entry.text for entry in one.entries] == ["最佳", "贷款+无抵押~12", "世界级", "顶级"]
    assert not one.entries[0].word_edges
    assert two is shipped["甲/二"].wordlist
    assert list(lines_of(shipped, OVERLAY, "甲/一")) == [entry.text for entry in one.entries]
    assert line_of(shipped, OVERLAY, "甲/一", "国家级") is None
    assert "# a comment\n最佳\tlaw\n" in content_of(shipped, OVERLAY, "甲/一")


@given(
    changes=st.dictionaries(
        st.sampled_from(["国家级", "最佳", "贷款+无抵押~12", "顶级", "世界级", "第一"]),
        st.sampled_from([None, "", "\tedges=word", "\tweight=0.5\texcept=甲|乙", "\tshadow=2027-01-01"]),
    )
)
def test_a_list_with_its_overlay_is_what_its_file_says(shipped: Shipped, changes: dict[str, str | None]) -> None:
    lines = {entry: None if told is None else f"{entry}\tlaw{told}" for entry, told in changes.items()}
    overlay = {"甲/一": lines} if lines else {}
    (one, _) = overlaid(shipped, overlay)
    read = parse(content_of(shipped, overlay, "甲/一").encode(), "甲/一")
    assert (one, one.digest) == (read, read.digest)


def test_without_overlay_lists_are_as_shipped(shipped: Shipped) -> None:
    assert overlaid(shipped, {}) == tuple(one.wordlist for one in shipped.values())
    for wordlist in shipped:
        assert parse(content_of(shipped, {}, wordlist).encode(), wordlist) == shipped[wordlist].wordlist


def test_an_entry_that_is_as_shipped_again_leaves_the_overlay(shipped: Shipped) -> None:
    back = (change(ADD, "国家级\tlaw"), change(REPLACE, "最佳\tlaw\tedges=word"), change(REMOVE, "顶级"))
    assert apply(shipped, OVERLAY, back) == {"甲/一": {"世界级": "世界级\tlaw"}}
    assert apply(shipped, {"甲/一": {"顶级": "顶级\tlaw"}}, [change(REMOVE, "顶级")]) == {}


def test_the_difference_between_two_overlays_is_changes(shipped: Shipped) -> None:
    assert changes_between(shipped, OVERLAY, OVERLAY) == ()
    assert [(one.operation, one.entry, one.line) for one in changes_between(shipped, OVERLAY, {})] == [
        (REMOVE, "世界级", ""),
        (ADD, "国家级", "国家级\tlaw"),
        (REPLACE, "最佳", "最佳\tlaw\tedges=word"),
        (REMOVE, "顶级", ""),
    ]


def test_an_overlay_that_does_not_fit_is_told(shipped: Shipped) -> None:
    with pytest.raises(WordlistError) as caught:
        overlaid(shipped, {"丙/三": {"词": "词\tlaw"}, "甲/一": {"词": "词\tguide"}})
    assert [one.problem for one in caught.value.diagnostics] == [
        "the wordlist is shipped no more",
        "unknown source 'guide'",
    ]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (change(ADD, "词\tlaw", "甲/三"),
         "unknown wordlist '甲/三'; did you mean 甲/二, 甲/一? see moderation wordlist list"),
        (change(ADD, "最佳\tlaw"),
         "'最佳' stands already as '最佳 law edges=word'; use REPLACE to give it another line"),
        (change(REMOVE, "顶级"), "'顶级' is not in 甲/一; see moderation wordlist search, or delete the line"),
        (change(REPLACE, "顶级\tlaw"), "'顶级' is not in 甲/一; use ADD"),
        (change(ADD, "顶级\tguide"), "unknown source 'guide'; add it to [sources] (known: law)"),
        (change(ADD, "顶级"), "the source is missing; write a tab and a key of [sources]"),
        (change(ADD, "贷款+利息\tlaw"), "a combination without window; end it with ~N, such as ~12"),
        (change(ADD, f"{'长' * 65}\tlaw"), "a spelling is too long; keep it within 64 characters"),
        (change(ADD, f"顶级\tlaw\texcept={'长' * MAX_LINE}"),
         f"the line is too long; keep it within {MAX_LINE} characters"),
        (change(ADD, "顶\n级\tlaw"),
         "a control character or line end; write the entry on one line of visible characters"),
        (change(ADD, "顶级\tlaw\r"),
         "a control character or line end; write the entry on one line of visible characters"),
        (change(ADD, "#顶级\tlaw"),
         "an entry that begins with #; write \\#, or delete the line if it is a comment"),
        (change(ADD, " \tlaw"), "an empty entry; write the entry, or delete the line"),
        (change(ADD, "\u200b\tlaw"), "an empty entry or part; write at least one visible character"),
        (Change(ADD, "甲/一", "顶级", "顶尖\tlaw", 1),
         "the line does not begin with '顶级'; begin the line with its entry and a tab"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_with_its_line(shipped: Shipped, wrong: Change, told: str) -> None:
    sound = change(ADD, "世界级\tlaw", number=8)
    found = validate(shipped, {}, [wrong._replace(number=7), sound], "batch")
    assert [(one.line, f"{one.problem}; {one.mend}") for one in found.diagnostics] == [(7, told)]
    assert found.changes == (sound,)
    with pytest.raises(BatchError, match="batch:7:"):
        found.require_valid()


def test_an_entry_twice_in_a_batch_is_told(shipped: Shipped) -> None:
    twice = [change(ADD, "顶级\tlaw", number=3), change(REMOVE, "顶级", number=9), change(ADD, "顶级\tlaw", "甲/二")]
    assert list(map(str, validate(shipped, {}, twice, "batch").diagnostics)) == [
        "batch:9:1: '顶级' is in line 3 too; keep one of the two lines"
    ]


def test_what_stands_already_is_no_change(shipped: Shipped) -> None:
    standing = (change(ADD, "国家级\tlaw"), change(REPLACE, "唯一\tlaw", "甲/二"))
    found = validate(shipped, {}, standing, "batch")
    assert (found.changes, found.unchanged, found.diagnostics) == ((), standing, ())
    found.require_valid()


def test_unknown_names_without_end_do_not_take_time_without_end(shipped: Shipped) -> None:
    wrong = [change(ADD, "词\tlaw", f"甲/{number}", number) for number in range(1, 20 * MOST_NEAREST)]
    told = validate(shipped, {}, wrong, "batch").diagnostics
    assert sum("did you mean" in one.mend for one in told) <= MOST_NEAREST < len(told) == len(wrong)


ENTRIES = st.sampled_from(["国家级", "最佳", "贷款+无抵押~12", "唯一", "顶级", "世界级", "\\#一", "甲|乙"])
LINES = st.builds(lambda entry, options: f"{entry}\tlaw{options}", ENTRIES, st.sampled_from(["", "\tweight=0.5"]))
ANY = st.builds(change, st.sampled_from(Operation), LINES, st.sampled_from([*LISTS, "甲/三"]), st.integers(1, 99))
TEXTS = st.builds(
    Change, st.sampled_from(Operation), st.sampled_from([*LISTS]), st.text(), st.text(), st.integers(1, 9)
)


@given(st.lists(ANY), st.lists(ANY))
def test_what_is_applied_is_taken_back(shipped: Shipped, first: list[Change], second: list[Change]) -> None:
    before = apply(shipped, {}, validate(shipped, {}, first, "batch").changes)
    changes = validate(shipped, before, second, "batch").changes
    after = apply(shipped, before, changes)
    assert sorted(changes_between(shipped, before, after), key=_place) == sorted(
        (one._replace(number=number) for number, one in enumerate(sorted(changes, key=_place), 1)), key=_place
    )
    back = changes_between(shipped, after, before)
    assert validate(shipped, after, back, "batch").changes == back
    assert apply(shipped, after, back) == before
    for wordlist in overlaid(shipped, after):
        assert {entry.text for entry in wordlist.entries} == lines_of(shipped, after, wordlist.id).keys()
        assert parse(content_of(shipped, after, wordlist.id).encode(), wordlist.id) == wordlist


@given(st.lists(st.one_of(TEXTS, ANY)))
def test_what_is_valid_can_be_read(shipped: Shipped, changes: list[Change]) -> None:
    valid = validate(shipped, {}, changes, "batch").changes
    overlaid(shipped, apply(shipped, {}, valid))


def _place(change: Change) -> tuple[str, str]:
    return change.wordlist, change.entry


def test_the_shipped_lists_are_read_as_the_loader_reads_them() -> None:
    directory = Path(__file__).resolve().parent.parent / "wordlists"
    own = load_shipped(directory)
    assert tuple(one.wordlist for one in own.values()) == load_directory(directory)
    for one in own.values():
        assert "".join(f"{line}\n" for line in one.lines) == (directory / f"{one.wordlist.id}.txt").read_text("utf-8")


def test_many_changes_are_validated_in_little_time(shipped: Shipped) -> None:
    choose = random.Random(8)
    entries = {"".join(chr(choose.randrange(0x4E00, 0x9FA5)) for _ in range(5)) for _ in range(20_000)}
    changes = [change(ADD, f"{entry}\tlaw", number=number) for number, entry in enumerate(entries, 1)]
    start = time.process_time()
    assert len(validate(shipped, {}, changes, "batch").changes) == len(changes)
    assert time.process_time() - start < 5

"""Automata on disk: the same as what was compiled, damaged ones noticed, names of what they depend on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from variant_source import DIALECTS, SICHUAN, Dictionary, source, wordlist

from moderation.match import cache_file, saved
from moderation.match.automaton import Automaton
from moderation.match.compiled import Compiled
from moderation.match.compiling import compile_wordlists
from moderation.match.dialect import Dialect
from moderation.match.saved import KEPT, NotSavedError, load, name_of, obtain, path_of, save
from moderation.match.wordlist import Wordlist
from moderation.ruleset import build_ruleset, load_lists

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = (
    "稳赚不赔",
    "加微信",
    "赌博\ts\texcept=赌博罪",
    "没有+稳赚~6",
    "第一\ts\tnear=百分百|彩票~4",
    "彩票\ts\tvariants=pinyin|split",
    "发\ts",
)
LISTS = (wordlist(*ENTRIES), wordlist("百分百", "代开", "好马", kinds='"digit", "slang", "emoji"', name="b"))
SOURCE = source(dictionary=Dictionary(frozenset({"徽信"})))
ALPHABET = "稳穩赚賺不赔陪加+微薇徽v信芯赌堵博du没沒莫得有冇第一1百分%彩caipiao票代开幵好女子发發罪马🐎 ·,"
FORMS = b"forms"


@cache
def compiled() -> Compiled:
    return compile_wordlists(LISTS, SOURCE)


@cache
def scanners() -> tuple[Automaton, Automaton]:
    """Return the automaton that was compiled and the one that was loaded."""
    with tempfile.TemporaryDirectory() as place:
        save(compiled(), Path(place), "a")
        loaded = load(Path(place), "a", LISTS, SOURCE)
    return Automaton(LISTS, SOURCE, compiled()), Automaton(LISTS, SOURCE, loaded)


def test_what_is_loaded_finds_words_and_variants() -> None:
    text = "穩賺不陪,加v芯,du博,莫得点穩賺,好🐎"
    made, loaded = (scanner.scan(text) for scanner in scanners())
    assert [text[match.start : match.end] for match in loaded] == ["穩賺不陪", "加v芯", "du博", "莫得点穩賺", "好🐎"]
    assert loaded == made
    assert {kind for match in loaded for kind in match.reading.kinds} == {
        "dialect:sichuan", "emoji", "homophone", "letter", "pinyin", "traditional",
    }  # fmt: skip


PIECES = st.one_of(st.sampled_from([entry.partition("\t")[0] for entry in ENTRIES]), st.text(ALPHABET, max_size=8))


@given(st.lists(st.lists(PIECES, max_size=6).map("".join), max_size=4))
@settings(max_examples=300)
def test_what_is_loaded_finds_the_same_in_any_texts(texts: list[str]) -> None:
    made, loaded = scanners()
    assert loaded.scan_many(texts) == made.scan_many(texts)


@pytest.mark.parametrize("lists", [(), (wordlist(),)], ids=["no list", "no entry"])
def test_lists_without_entries_are_saved_and_loaded(lists: Sequence[Wordlist], tmp_path: Path) -> None:
    assert not obtain(tmp_path, lists, SOURCE, FORMS, ()).was_found
    found = obtain(tmp_path, lists, SOURCE, FORMS, ())
    assert found.was_found
    assert Automaton(lists, SOURCE, found.compiled).scan_many(["稳赚不赔", ""]) == [[], []]


def test_what_was_saved_is_found_in_place_of_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = obtain(tmp_path, LISTS, SOURCE, FORMS, ())
    monkeypatch.setattr(saved, "compile_wordlists", None)
    found = obtain(tmp_path, LISTS, SOURCE, FORMS, ())
    assert (made.was_found, found.was_found) == (False, True)
    assert (made.error, found.error, found.path) == (None, None, made.path)
    assert found.compiled.strings == made.compiled.strings


def test_a_missing_automaton_is_told(tmp_path: Path) -> None:
    for directory in (tmp_path, tmp_path / "missing"):
        with pytest.raises(NotSavedError):
            load(directory, "a", LISTS, SOURCE)


@cache
def content() -> bytes:
    with tempfile.TemporaryDirectory() as place:
        save(compiled(), Path(place), "a")
        return path_of(Path(place), "a").read_bytes()


def assert_not_saved(damaged: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        path_of(Path(place), "a").write_bytes(damaged)
        with pytest.raises(NotSavedError):
            load(Path(place), "a", LISTS, SOURCE)


@given(st.integers(min_value=0, max_value=len(content()) - 1), st.integers(min_value=1, max_value=255))
@settings(max_examples=300)
def test_one_flipped_octet_is_noticed(place: int, mask: int) -> None:
    damaged = bytearray(content())
    damaged[place] ^= mask
    assert_not_saved(bytes(damaged))


@given(st.integers(min_value=0, max_value=len(content()) - 1))
@settings(max_examples=200)
def test_a_truncated_file_is_noticed(length: int) -> None:
    assert_not_saved(content()[:length])


@pytest.mark.parametrize("damaged", [b"", b"\0" * 64, content() + b"\0", content()[64:]], ids=len)
def test_a_file_that_is_something_else_is_noticed(damaged: bytes) -> None:
    assert_not_saved(damaged)


def test_a_directory_in_place_of_the_file_is_noticed(tmp_path: Path) -> None:
    path_of(tmp_path, "a").mkdir()
    with pytest.raises(NotSavedError):
        load(tmp_path, "a", LISTS, SOURCE)


def test_a_damaged_automaton_is_built_and_saved_anew(tmp_path: Path) -> None:
    path = obtain(tmp_path, LISTS, SOURCE, FORMS, ()).path
    path.write_bytes(path.read_bytes()[:-1])
    again = obtain(tmp_path, LISTS, SOURCE, FORMS, ())
    assert (again.was_found, again.path, again.error) == (False, path, None)
    assert obtain(tmp_path, LISTS, SOURCE, FORMS, ()).was_found


OPTIONS = "稳赚\ts\texcept=没稳赚\tnear=彩票~3"


@dataclass(frozen=True, slots=True)
class Made:
    """What an automaton is made from."""

    lists: Sequence[Wordlist] = (wordlist(OPTIONS, "赌博"),)
    forms: bytes = FORMS
    dialects: Sequence[Dialect] = field(default=DIALECTS)
    dictionary: Sequence[str] = ("徽信",)

    def name(self) -> str:
        return name_of(self.lists, self.forms, self.dialects, self.dictionary)


KINDS = '"homophone", "split"'
CHANGES = {
    "entry": Made((wordlist(OPTIONS, "博彩"),)),
    "entry less": Made((wordlist(OPTIONS),)),
    "entries in another order": Made((wordlist("赌博", OPTIONS),)),
    "exception": Made((wordlist("稳赚\ts\texcept=不稳赚\tnear=彩票~3", "赌博"),)),
    "near word": Made((wordlist("稳赚\ts\texcept=没稳赚\tnear=博彩~3", "赌博"),)),
    "header kind": Made((wordlist(OPTIONS, "赌博", kinds=KINDS),)),
    "kinds of a line": Made((wordlist(OPTIONS, "赌博\ts\tvariants=split"),)),
    "no kinds of a line": Made((wordlist(OPTIONS, "赌博\ts\tvariants=none"),)),
    "kinds that a line leaves out": Made((wordlist(OPTIONS, "赌博\ts\tvariants=-split"),)),
    "id of a list": Made((wordlist(OPTIONS, "赌博", name="b"),)),
    "forms": Made(forms=b"form"),
    "dialect line": Made(dialects=(DIALECTS[0], replace(SICHUAN, equivalents=SICHUAN.equivalents[1:]))),
    "ambiguous dialect word": Made(
        dialects=(
            DIALECTS[0],
            replace(SICHUAN, equivalents=tuple(replace(one, is_ambiguous=False) for one in SICHUAN.equivalents)),
        )
    ),
    "dialect less": Made(dialects=DIALECTS[1:]),
    "dictionary word": Made(dictionary=("徽信", "薇信")),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_the_name_changes_with_what_the_automaton_depends_on(change: str) -> None:
    assert CHANGES[change].name() != Made().name()


def test_every_change_gives_a_name_of_its_own() -> None:
    names = {made.name() for made in CHANGES.values()}
    assert len(names) == len(CHANGES)


def test_the_name_stays_with_what_the_automaton_does_not_depend_on() -> None:
    (listed,) = Made().lists
    told = replace(
        listed,
        title="y",
        owner="y",
        licence="y",
        variants=listed.variants[::-1],
        sources={"t": "y"},
        entries=tuple(replace(entry, sources=("t",)) for entry in listed.entries),
    )
    assert Made((told,)).name() == Made().name()
    commented = wordlist("# comment\tx", OPTIONS, "赌博")
    assert [entry.line for entry in commented.entries] != [entry.line for entry in listed.entries]
    assert Made((commented,)).name() == Made().name()


@pytest.mark.parametrize(
    "change",
    [
        ("platform.machine", lambda: "other"),
        ("platform.python_version", lambda: "3.0.0"),
        ("version", lambda package: f"{package} 0"),
        ("_MAKERS", saved._MAKERS[1:]),
    ],
    ids=lambda change: change[0],
)
def test_the_name_changes_with_machine_and_code(change: tuple[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    before = Made().name()
    saved._code.cache_clear()
    monkeypatch.setattr(f"moderation.match.saved.{change[0]}", change[1])
    assert Made().name() != before
    saved._code.cache_clear()


def test_the_latest_automata_are_kept(tmp_path: Path) -> None:
    names = [f"{number}" for number in range(KEPT + 2)]
    for age, name in enumerate(reversed(names)):
        save(compiled(), tmp_path, name)
        os.utime(path_of(tmp_path, name), (1e9 - age, 1e9 - age))
    save(compiled(), tmp_path, "new")
    assert {path.stem for path in tmp_path.iterdir()} == {"new", *names[-KEPT + 1 :]}


def test_only_what_dead_processes_left_is_deleted(tmp_path: Path) -> None:
    dead, alive, foreign = (tmp_path / name for name in ("a.unfinished", "b.unfinished", "notes.txt"))
    for path in (dead, alive, foreign):
        path.write_bytes(b"x")
    for path in (dead, foreign):
        os.utime(path, (1e9, 1e9))
    save(compiled(), tmp_path, "a")
    assert set(tmp_path.iterdir()) == {alive, foreign, path_of(tmp_path, "a")}


PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
from test_saved import LISTS, SOURCE, compiled
from moderation.match.saved import load, save
compiled()
print("ready", flush=True)
input()
for _ in range(40):
    save(compiled(), Path(sys.argv[1]), "a")
    load(Path(sys.argv[1]), "a", LISTS, SOURCE)
"""


def test_two_processes_that_save_at_once_leave_a_readable_automaton(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    pipe = subprocess.PIPE
    processes = [
        subprocess.Popen(arguments, cwd=ROOT, text=True, stdin=pipe, stdout=pipe, stderr=pipe) for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    told = [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    assert load(tmp_path, "a", LISTS, SOURCE).strings == compiled().strings
    assert [path.name for path in tmp_path.iterdir()] == ["a.automaton"]


def test_directories_and_files_are_made_for_the_user_alone(tmp_path: Path) -> None:
    directory = tmp_path / "one" / "two"
    save(compiled(), directory, "a")
    modes = [path.stat().st_mode & 0o777 for path in (directory.parent, directory, path_of(directory, "a"))]
    assert modes == [0o700, 0o700, 0o600]


def a_file(directory: Path) -> Path:
    path = directory / "file"
    path.write_bytes(b"x")
    return path


def below_a_file(directory: Path) -> Path:
    return a_file(directory) / "cache"


@pytest.mark.parametrize("place", [a_file, below_a_file])
def test_a_directory_that_cannot_be_written_costs_nothing_but_time(
    place: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = place(tmp_path)
    told: list[tuple[Path, OSError]] = []
    loaded, dialects = load_lists()
    lists = [replace(one, variants=(), entries=one.entries[:1]) for one in loaded]
    ruleset = build_ruleset(lists, None, dialects=dialects, cache=path, unsaved=lambda *problem: told.append(problem))
    plain = build_ruleset(lists, None, dialects=dialects)
    texts = [one.entries[0].text for one in lists]
    found, expected = (one.detectors.automaton.scan_many(texts) for one in (ruleset, plain))
    assert any(found)
    assert found == expected
    ((unsaved, error),) = told
    assert (unsaved.parent, bool(error.strerror)) == (path, True)
    assert build_ruleset(lists, None, dialects=dialects, cache=path).digest == plain.digest
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_file_that_cannot_be_finished_is_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache_file, "_write", full)
    made = obtain(tmp_path, LISTS, SOURCE, FORMS, ())
    assert (made.was_found, str(made.error)) == (False, "[Errno 28] No space left on device")
    assert list(tmp_path.iterdir()) == []

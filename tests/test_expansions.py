"""What spellings expand to, kept between builds: the same automaton as without, damage noticed, builds side by side."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from variant_source import KINDS, Dictionary, source, wordlist

from moderation.match import expansions, saved
from moderation.match.compiled import Compiled, compile_wordlists
from moderation.match.expansions import KeptExpansions
from moderation.match.saved import obtain
from moderation.match.variants import VariantCompiler
from moderation.match.wordlist import Wordlist

SOURCE = source(dictionary=Dictionary(frozenset({"徽信"})))
ENTRIES = (
    "稳赚不赔",
    "加微信",
    "穩赚不赔",  # a variant of another one, which is listed
    "薇薇",  # a form of another character, which has a code of its own then
    "壹",
    "赌博\ts\texcept=赌博罪",
    "没有+稳赚~6",
    "第一\ts\tnear=百分百|彩票~4",
    "彩票\ts\tvariants=pinyin|split",
    "百分百赚\ts\tvariants=-digit",
    "代开好马",
    "发\ts",
)
KINDS_OF_LISTS = (KINDS, '"traditional"', "")


def lists_of(chosen: Sequence[tuple[tuple[str, ...], str]]) -> list[Wordlist]:
    return [wordlist(*entries, kinds=kinds, name=f"l{number}") for number, (entries, kinds) in enumerate(chosen)]


def content(compiled: Compiled) -> object:
    alphabet = compiled.alphabet
    return compiled.strings, alphabet.characters, alphabet.classes, sorted(compiled.trie.items())


A_LIST = st.tuples(
    st.lists(st.sampled_from(ENTRIES), unique=True, max_size=6).map(tuple), st.sampled_from(KINDS_OF_LISTS)
)
STATES = st.lists(st.lists(A_LIST, max_size=2).map(lists_of), min_size=1, max_size=5)


@given(STATES)
@settings(max_examples=150, deadline=None)
def test_a_build_after_any_changes_makes_the_same_automaton_as_one_from_nothing(states: list[list[Wordlist]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        for lists in states:
            built = compile_wordlists(lists, SOURCE, KeptExpansions(Path(place) / "a.expansions"))
            assert content(built) == content(compile_wordlists(lists, SOURCE))


def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the spellings whose variants are made from now on."""
    found: list[str] = []
    rows = VariantCompiler.rows

    def noting(self: VariantCompiler, spelling: str, kinds: frozenset[str]) -> object:
        found.append(spelling)
        return rows(self, spelling, kinds)

    monkeypatch.setattr(VariantCompiler, "rows", noting)
    return found


def test_a_build_makes_what_is_new_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expanded = made(monkeypatch)

    def build(*entries: str) -> list[str]:
        expanded.clear()
        compile_wordlists([wordlist(*entries)], SOURCE, KeptExpansions(tmp_path / "a.expansions"))
        return sorted(expanded)

    assert build("稳赚不赔", "加微信") == ["加微信", "稳赚不赔"]
    assert build("稳赚不赔", "加微信", "赌博") == ["赌博"]
    assert build("稳赚不赔") == []
    assert build("赌博", "加微信") == []
    assert build("赌博", "加微信", "薇薇") == ["加微信", "薇薇"]  # 薇 is a word's own character now, and no form of 微
    assert build("赌博", "稳赚不赔\ts\tvariants=split") == ["稳赚不赔"]


def test_what_is_kept_beside_a_build_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansions, "BESIDE", 0)
    expanded = made(monkeypatch)
    for entries in (("稳赚不赔", "加微信", "赌博"), ("彩票",), ("加微信",)):
        compile_wordlists([wordlist(*entries)], SOURCE, KeptExpansions(tmp_path / "a.expansions"))
    assert expanded[3:] == ["彩票", "加微信"]


LISTS = (wordlist(*ENTRIES),)


@pytest.mark.parametrize("place", [0, 70, 300, -200, -1])
@pytest.mark.parametrize("way", ["flipped", "cut", "emptied", "a directory"])
def test_a_damaged_file_costs_nothing_but_time(way: str, place: int, tmp_path: Path) -> None:
    path = tmp_path / "a.expansions"
    whole = content(compile_wordlists(LISTS, SOURCE, KeptExpansions(path)))
    written = path.read_bytes()
    damaged = bytearray(written)
    damaged[place] ^= 1
    if way == "a directory":
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes({"flipped": bytes(damaged), "cut": written[:place], "emptied": b""}[way])
    assert content(compile_wordlists(LISTS, SOURCE, KeptExpansions(path))) == whole
    assert way == "a directory" or path.read_bytes() == written


def test_a_directory_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    kept = KeptExpansions(tmp_path / "file" / "a.expansions")
    assert content(compile_wordlists(LISTS, SOURCE, kept)) == content(compile_wordlists(LISTS, SOURCE))


def test_of_many_that_need_an_automaton_one_builds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: obtain(tmp_path, LISTS, SOURCE, b"", ()), range(6)))
    assert sorted(one.was_found for one in found) == [False] + [True] * 5
    assert {path.suffix for path in tmp_path.iterdir()} == {saved.SUFFIX, saved.EXPANSIONS_SUFFIX}


def test_builds_of_other_lists_side_by_side_are_right(tmp_path: Path) -> None:
    states = [[wordlist(*ENTRIES[number:], name=f"l{number}")] for number in range(len(ENTRIES))]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda lists: obtain(tmp_path, lists, SOURCE, b"", ()).compiled, states))
    assert list(map(content, found)) == [content(compile_wordlists(lists, SOURCE)) for lists in states]

"""Builds after others: a small layer upon a large one finds what one of all finds, and nothing is made again."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from variant_source import KINDS, Dictionary, source, wordlist

from moderation.match import compiling, saved
from moderation.match.automaton import Automaton
from moderation.match.compiled import Compiled
from moderation.match.compiling import compile_wordlists
from moderation.match.saved import obtain
from moderation.match.variants import VariantCompiler
from moderation.match.wordlist import Wordlist

SOURCE = source(dictionary=Dictionary(frozenset({"徽信"})))
ENTRIES = (
    "稳赚不赔",
    "加微信",
    "穩赚不赔",  # a variant of another one, which is listed
    "薇薇",  # a form of another character, which has a code of its own then
    "徽",
    "壹",
    "零零",
    "赌博\ts\texcept=赌博罪",
    "没有+稳赚~6",
    "没有+稳赚+微信~9",
    "第一\ts\tnear=百分百|彩票~4",
    "彩票\ts\tvariants=pinyin|split",
    "百分百赚\ts\tvariants=-digit",
    "代开好马",
    "堵博",
    "发\ts",
)
KINDS_OF_LISTS = (KINDS, '"traditional"', "")
ALPHABET = "稳穩赚賺不赔陪加+微薇徽v信芯赌堵博du没沒莫得有冇第一1壹百分%彩caipiao票代幵开女子好发發髮罪马🐎零o0,"


def lists_of(chosen: Sequence[tuple[tuple[str, ...], str]]) -> list[Wordlist]:
    return [wordlist(*entries, kinds=kinds, name=f"l{number}") for number, (entries, kinds) in enumerate(chosen)]


A_LIST = st.tuples(
    st.lists(st.sampled_from(ENTRIES), unique=True, max_size=8).map(tuple), st.sampled_from(KINDS_OF_LISTS)
)
STATES = st.lists(st.lists(A_LIST, max_size=3).map(lists_of), min_size=2, max_size=4)
TEXTS = st.lists(st.text(ALPHABET, max_size=12), max_size=4)


def texts_for(compiled: Compiled, further: Sequence[str]) -> list[str]:
    """Return texts that hold every string that is looked for, and others."""
    strings = [text for layer in compiled.layers for text in layer.strings.written]
    return [*strings, "，".join(strings), *("".join(pair) for pair in pairwise(strings)), *further]


@given(STATES, TEXTS)
@settings(max_examples=250, deadline=None)
def test_a_layer_upon_another_finds_what_a_build_from_nothing_finds(
    states: list[list[Wordlist]], further: list[str]
) -> None:
    beneath = compile_wordlists(states[0], SOURCE)
    made = beneath.layers
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "LEAST_USED", 0.0)
        for lists in states[1:]:
            layered = compile_wordlists(lists, SOURCE, beneath.layers[0], made[1:])
            whole = compile_wordlists(lists, SOURCE)
            assert (len(layered.layers), len(whole.layers)) == (2, 1)
            texts = texts_for(whole, further) + texts_for(layered, ())
            assert Automaton(lists, SOURCE, layered).scan_many(texts) == Automaton(lists, SOURCE, whole).scan_many(
                texts
            )
            assert layered.alphabet.plain_many(texts) == whole.alphabet.plain_many(texts)
            made = layered.layers


def content(compiled: Compiled) -> object:
    """Return all that is looked for in one layer, in whatever order."""
    (layer,) = compiled.layers
    strings = layer.strings
    rows = sorted(
        (text, sorted(map(str, layer.spelled[spelling])), strings.kinds[kinds], confidence)
        for text, spelling, kinds, confidence in zip(
            strings.written, strings.spelling, strings.kinds_of, strings.confidence, strict=True
        )
    )
    return rows, layer.alphabet.characters, layer.alphabet.classes


@given(STATES)
@settings(max_examples=100, deadline=None)
def test_a_build_of_one_layer_from_what_was_made_is_that_from_nothing(states: list[list[Wordlist]]) -> None:
    made = compile_wordlists(states[0], SOURCE).layers
    for lists in states[1:]:
        built = compile_wordlists(lists, SOURCE, None, made)
        assert content(built) == content(compile_wordlists(lists, SOURCE))
        made = built.layers


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
        obtain(tmp_path, [wordlist(*entries)], SOURCE, b"", ())
        return sorted(expanded)

    assert build("稳赚不赔", "加微信", "代开") == ["代开", "加微信", "稳赚不赔"]
    assert build("稳赚不赔", "加微信", "赌博") == ["赌博"]
    assert build("稳赚不赔", "加微信", "赌博", "第一") == ["第一"]  # 赌博 is taken from the layer before
    assert build("稳赚不赔", "加微信") == []
    assert build("稳赚不赔", "加微信", "薇薇") == ["加微信", "薇薇"]  # 薇 is a word's own character now, no form of 微
    assert build("稳赚不赔", "薇薇", "加微信\ts\tvariants=split") == ["加微信"]


@pytest.mark.parametrize(
    ("entries", "layers"),
    [
        (("稳赚不赔", "加微信", "赌博", "代开"), 2),
        (("稳赚不赔", "加微信", "赌博"), 1),  # what is there already is one layer's
        (("加微信",), 1),  # most of the layer would be of no use
        (("稳赚不赔", "加微信", *ENTRIES[7:]), 1),  # more than may be put upon it
    ],
)
def test_small_changes_are_put_upon_a_layer(
    entries: tuple[str, ...], layers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "SMALLEST", 2)
    obtain(tmp_path, [wordlist("稳赚不赔", "加微信", "赌博")], SOURCE, b"", ())
    found = obtain(tmp_path, [wordlist(*entries)], SOURCE, b"", ()).compiled
    assert len(found.layers) == layers


def test_the_layer_beneath_is_that_of_the_nearest_lists(tmp_path: Path) -> None:
    one, other = [wordlist("赌博", name="a")], wordlist("彩票", name="b")
    near = obtain(tmp_path, [*one, other], SOURCE, b"", ())
    obtain(tmp_path, [wordlist("代开", "第一", "稳赚", name="b")], SOURCE, b"", ())
    upon = obtain(tmp_path, [*one, wordlist("彩票", "微信", name="b")], SOURCE, b"", ()).compiled
    assert upon.layers[0].name == near.path.stem


def test_a_process_has_a_layer_once_while_it_is_used(tmp_path: Path) -> None:
    lists = [wordlist(*ENTRIES[:4])]
    made = obtain(tmp_path, lists, SOURCE, b"", ()).compiled
    found = obtain(tmp_path, lists, SOURCE, b"", ()).compiled
    upon = obtain(tmp_path, [wordlist(*ENTRIES[:5])], SOURCE, b"", ()).compiled
    assert made.layers[0] is found.layers[0] is upon.layers[0]
    key = str(tmp_path), found.layers[0].name
    assert key in saved._loaded
    del made, found, upon
    assert key not in saved._loaded
    again = obtain(tmp_path, lists, SOURCE, b"", ()).compiled
    assert saved._loaded[key] is again.layers[0]


LISTS, MORE = (wordlist(*ENTRIES[:6]),), (wordlist(*ENTRIES),)


@pytest.mark.parametrize("place", [0, 70, 300, -200, -1])
@pytest.mark.parametrize("way", ["flipped", "cut", "emptied", "a directory"])
def test_a_damaged_layer_costs_nothing_but_time(way: str, place: int, tmp_path: Path) -> None:
    path = obtain(tmp_path, LISTS, SOURCE, b"", ()).path
    obtain(tmp_path, MORE, SOURCE, b"", ())
    written = path.read_bytes()
    damaged = bytearray(written)
    damaged[place] ^= 1
    path.unlink()
    if way == "a directory":
        path.mkdir()
    else:
        path.write_bytes({"flipped": bytes(damaged), "cut": written[:place], "emptied": b""}[way])
    found = obtain(tmp_path, MORE, SOURCE, b"", ())
    assert (found.was_found, len(found.compiled.layers)) == (False, 1)
    texts = texts_for(found.compiled, ())
    assert Automaton(MORE, SOURCE, found.compiled).scan_many(texts) == Automaton(MORE, SOURCE).scan_many(texts)


def test_a_layer_beneath_one_that_is_kept_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "KEPT", 1)
    beneath = obtain(tmp_path, LISTS, SOURCE, b"", ()).path
    for number in range(7, 10):
        upon = obtain(tmp_path, [wordlist(*ENTRIES[:number])], SOURCE, b"", ()).path
        assert set(tmp_path.iterdir()) == {beneath, upon}
    assert obtain(tmp_path, [wordlist(*ENTRIES[:number])], SOURCE, b"", ()).was_found


def test_of_many_that_need_an_automaton_one_builds_it(tmp_path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: obtain(tmp_path, LISTS, SOURCE, b"", ()), range(6)))
    assert sorted(one.was_found for one in found) == [False] + [True] * 5
    assert {path.suffix for path in tmp_path.iterdir()} == {saved.SUFFIX}


def test_builds_of_other_lists_side_by_side_are_right(tmp_path: Path) -> None:
    states = [[wordlist(*ENTRIES[number:], name=f"l{number}")] for number in range(len(ENTRIES))]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda lists: obtain(tmp_path, lists, SOURCE, b"", ()).compiled, states))
    for lists, compiled in zip(states, found, strict=True):
        texts = texts_for(compiled, ())
        assert Automaton(lists, SOURCE, compiled).scan_many(texts) == Automaton(lists, SOURCE).scan_many(texts)

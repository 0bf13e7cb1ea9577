"""What other ways to find words cost in Python: the same words, the same folded texts, on one core.

The words are those of the shipped lists, once as they are spelt and once with all variants. Ours does more than the
others: it reads a hit as a variant or not, resolves exceptions and combinations, and leaves out hits inside others.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import NamedTuple, TypeVar

import part
from check_many import BATCH
from process import best_times
from texts import described, sms_of

from moderation.match.automaton import Automaton
from moderation.match.compiled import Compiled, Source
from moderation.match.compiling import compile_wordlists
from moderation.match.wordlist import Wordlist
from moderation.ruleset import settle
from moderation.text.normal import fold
from variants import folding, scanning, shipped_lists

Made = TypeVar("Made")
Search = Callable[[str], int]
"""Returns how many hits a text has."""

OURS, OUR_SEARCH = "this project", "its search alone"
ROUNDS, FEW_TEXTS, MAX_MEMORY = 5, 32, 1 << 30


class Peer(NamedTuple):
    """A way to find words: the distribution that it needs, and what makes a search from words.

    `too_many` says why the strings of all variants are too many for it; with `few_texts` it is not asked for all texts.
    """

    distribution: str
    build: Callable[[ModuleType, Sequence[str]], Search]
    module: str
    too_many: str = ""
    few_texts: bool = False


def pyahocorasick(module: ModuleType, words: Sequence[str]) -> Search:
    """Search with pyahocorasick as its manual does."""
    automaton = module.Automaton(module.STORE_INTS)
    for number, word in enumerate(words):
        automaton.add_word(word, number)
    automaton.make_automaton()
    return lambda text: len(list(automaton.iter(text)))


def ahocorasick_rs(module: ModuleType, words: Sequence[str]) -> Search:
    """Search with the binding of the aho-corasick crate."""
    automaton = module.AhoCorasick(words)
    return lambda text: len(automaton.find_matches_as_indexes(text, overlapping=True))


def daachorse(module: ModuleType, words: Sequence[str]) -> Search:
    """Search with the double-array automaton over characters."""
    automaton = module.CharwiseDoubleArrayAhoCorasick(words)
    return lambda text: len(automaton.find_overlapping(text))


def flashtext(module: ModuleType, words: Sequence[str]) -> Search:
    """Search with a trie in Python."""
    processor = module.KeywordProcessor(case_sensitive=True)
    processor.add_keywords_from_list(list(words))
    return lambda text: len(processor.extract_keywords(text))


def alternation(module: ModuleType, words: Sequence[str]) -> Search:
    """Search with one regular expression."""
    pattern = module.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return lambda text: len(pattern.findall(text))


def re2_set(module: ModuleType, words: Sequence[str]) -> Search:
    """Ask a set of RE2 which of the words a text holds; it counts each once."""
    options = module.Options()
    options.max_mem, options.literal = MAX_MEMORY, True
    searched = module.Set.SearchSet(options)
    for word in words:
        searched.Add(word)
    searched.Compile()
    return lambda text: len(searched.Match(text) or ())


PEERS: Mapping[str, Peer] = {
    "pyahocorasick": Peer("pyahocorasick", pyahocorasick, "ahocorasick"),
    "ahocorasick_rs": Peer("ahocorasick_rs", ahocorasick_rs, "ahocorasick_rs"),
    "daachorse": Peer("daachorse", daachorse, "daachorse"),
    "flashtext": Peer("flashtext", flashtext, "flashtext"),
    "re, one alternation": Peer("", alternation, "re", "too slow", few_texts=True),
    "RE2, a set": Peer("google-re2", re2_set, "re2", "cannot be built"),
}


def measure(data: Path | None, quick: bool) -> part.Record:
    """Return figures of all peers, with the spellings of the shipped lists and with their variants."""
    texts, lists = sms_of(data, quick=quick), shipped_lists()
    return {
        "texts": described(texts, data),
        "spellings": compared(texts, lists.wordlists, None, quick=quick),
        "with variants": compared(texts, lists.wordlists, lists.source, quick=quick),
    }


def compared(texts: Sequence[str], wordlists: Sequence[Wordlist], source: Source | None, *, quick: bool) -> part.Record:
    """Return what each way costs with the strings that are looked for, and what our own costs."""
    normals = [fold(text).text for text in texts]
    compiled, seconds = timed(lambda: compile_wordlists(wordlists, source))
    automaton = Automaton(wordlists, source, compiled)
    strings = list(dict.fromkeys(compiled.layers[0].strings.written))
    found: dict[str, part.Record] = {OURS: {"build_seconds": seconds}, OUR_SEARCH: {"build_seconds": seconds}}
    runs = {"fold": folding(texts), OURS: scanning(automaton, normals), OUR_SEARCH: finding(compiled, normals)}
    searched: dict[str, Sequence[str]] = {OURS: normals, OUR_SEARCH: normals}
    for name, peer in PEERS.items():
        found[name], search = built(peer, strings, has_variants=source is not None)
        if search is not None:
            searched[name] = normals[:FEW_TEXTS] if peer.few_texts else normals
            runs[name] = searching(search, searched[name])
            found[name]["hits_a_text"] = hits(map(search, searched[name]))
    found[OURS]["hits_a_text"] = hits(map(len, automaton.scan_many(normals)))
    found[OUR_SEARCH]["hits_a_text"] = round(len(found_in(compiled, normals)) / len(normals), 2)
    settle()
    times = best_times(runs, 1 if quick else ROUNDS)
    folded = round(times.pop("fold") / len(texts) * 1e6, 2)
    for name, taken in times.items():
        found[name]["microseconds_a_text"] = round(taken / len(searched[name]) * 1e6, 2)
    return {"strings": len(strings), "microseconds_to_fold_a_text": folded, "ways": found}


def built(peer: Peer, words: Sequence[str], *, has_variants: bool) -> tuple[part.Record, Search | None]:
    """Return what is told of a peer before it searches, and its search, unless it is left out."""
    installed = release(peer)
    if installed is None or (peer.too_many and has_variants):
        return {"left_out": "not installed" if installed is None else peer.too_many}, None
    search, seconds = timed(lambda: peer.build(import_module(peer.module), words))
    return {"version": installed, "build_seconds": seconds}, search


def hits(counts: Iterable[int]) -> float:
    """Return the mean."""
    return round(statistics.mean(counts), 2)


def found_in(compiled: Compiled, normals: Sequence[str]) -> Sequence[int]:
    """Return the groups of strings that stand in texts, which are encoded and searched as one."""
    groups: list[int] = compiled.hits(compiled.alphabet.encode_many(normals)).groups.tolist()
    return groups


def finding(compiled: Compiled, normals: Sequence[str]) -> Callable[[], object]:
    """Return what finds the groups of strings in all texts in batches."""
    return lambda: [found_in(compiled, normals[at : at + BATCH]) for at in range(0, len(normals), BATCH)]


def timed(build: Callable[[], Made]) -> tuple[Made, float]:
    """Return what is built, and the seconds that it took."""
    start = time.process_time()
    made = build()
    return made, round(time.process_time() - start, 2)


def searching(search: Search, texts: Sequence[str]) -> Callable[[], object]:
    """Return what searches all texts, one by one."""
    return lambda: [search(text) for text in texts]


def release(peer: Peer) -> str | None:
    """Return the version of what a peer needs; None where it is not installed."""
    if not peer.distribution:
        return ""
    try:
        return version(peer.distribution)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    part.main(__doc__, measure)

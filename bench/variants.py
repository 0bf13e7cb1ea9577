"""What the variants of wordlists cost: strings, time to build, memory, time to scan; `make bench` runs it.

Every build is timed in a fresh process that holds nothing else; times are of the processor, on one core. Scans that
are compared alternate in one process. With --data DIR the texts are the real service and marketing SMS of that
directory, else invented ones. `-o FILE` writes all figures as JSON, `--plot FILE` draws cost against entries.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import generated_entries
import process
import variants_report
from check_many import BATCH, TEXTS

from moderation import shipped
from moderation.match import saved
from moderation.match.automaton import Automaton
from moderation.match.compiled import Compiled, Source, compile_wordlists
from moderation.match.dialect import load_dialects
from moderation.match.forms import FormsInFiles, load_forms
from moderation.match.readings import is_simplified
from moderation.match.views import squeezed
from moderation.match.wordlist import VARIANT_KINDS, Wordlist, load_directory
from moderation.ruleset import OTHER_USE, SEGMENTATION, settle
from moderation.text.normal import Normal, fold
from moderation.text.segment import Segmenter
from moderation.text.template import MAX_TEXT_LENGTH
from moderation.train.families.family import lawful_texts
from moderation.wording import word_signals

COLLECTIONS = ("service_sms.jsonl", "marketing_sms.jsonl")
SIZES = (2_000, 20_000, 200_000, 500_000)
VARIANT_SIZES = (2_000, 20_000)
ROUNDS = 7
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lists:
    """Wordlists, and what their variants are made from; `loading` is the seconds that reading them took."""

    wordlists: list[Wordlist]
    source: Source
    loading: float


def texts_of(data: Path | None) -> list[str]:
    """Return the texts that are scanned: real ones of a directory, or invented ones; the same in every run."""
    if data is None:
        found = lawful_texts()
        return (found * (TEXTS // len(found) + 1))[:TEXTS]
    rows = (json.loads(line) for name in COLLECTIONS for line in (data / name).open(encoding="utf-8"))
    return [row["text"] for row in rows if len(row["text"]) <= MAX_TEXT_LENGTH]


def shipped_lists() -> Lists:
    """Return the shipped wordlists that the automaton holds, with forms, dialects and a loaded dictionary."""
    start = time.process_time()
    loaded = load_directory(shipped.directory("wordlists"))
    words = tuple(entry.text for one in loaded if one.id == SEGMENTATION for entry in one.entries)
    segmenter = Segmenter(words)
    segmenter.warm()
    dialects = tuple(load_dialects(shipped.directory("dialects")))
    source = Source(load_forms(shipped.directory("variants")), dialects, segmenter)
    wordlists = [one for one in loaded if one.id not in OTHER_USE]
    return Lists(wordlists, source, time.process_time() - start)


def built(wordlists: Sequence[Wordlist], source: Source | None) -> tuple[Compiled, Record]:
    """Compile wordlists; return what that took besides."""
    gc.collect()
    before, start = process.resident(), time.process_time()
    compiled = compile_wordlists(wordlists, source)
    seconds = time.process_time() - start
    gc.collect()
    return compiled, {
        "entries": len(compiled.spellings.entries),
        "spellings": len(compiled.spellings),
        "strings": len(compiled.strings.written),
        "build_seconds": round(seconds, 2),
        "memory_mb": round(process.resident() - before, 1),
        "peak_memory_mb": round(process.most_resident() - before, 1),
    }


def build_shipped(_texts: Sequence[str], mode: str) -> Record:
    """Measure the build of the shipped lists: with the variants that they ask for, with every kind, or without."""
    lists = shipped_lists()
    kinds = tuple(sorted(VARIANT_KINDS))
    wordlists = [replace(one, variants=kinds) if mode == "every" else one for one in lists.wordlists]
    compiled, record = built(wordlists, None if mode == "plain" else lists.source)
    record["loading_seconds"] = round(lists.loading, 2)
    if mode == "variants":
        record |= {
            "strings_by_kind": strings_by_kind(compiled),
            "forms_by_class": forms_by_class(compiled),
            "saved": kept(compiled, lists),
        }
    return record


def build_generated(_texts: Sequence[str], mode: str, number: str) -> Record:
    """Measure the build of so many generated entries."""
    source = shipped_lists().source if mode == "variants" else None
    return built([generated_entries.wordlist(int(number), has_variants=source is not None)], source)[1]


def scan_shipped(texts: Sequence[str]) -> Record:
    """Measure scans of the shipped lists with every variant and without, and the whole stage of words."""
    lists = shipped_lists()
    automata = {"variants": Automaton(lists.wordlists, lists.source), "plain": Automaton(lists.wordlists)}
    normals = [fold(text) for text in texts]
    segmenter = lists.source.dictionary
    assert isinstance(segmenter, Segmenter)
    runs = {f"scan, {name}": scanning(one, [normal.text for normal in normals]) for name, one in automata.items()}
    runs |= {f"words, {name}": wording(one, normals, segmenter) for name, one in automata.items()}
    return timed(runs, texts)


def scan_generated(texts: Sequence[str]) -> Record:
    """Measure scans of generated lists of all sizes."""
    source = shipped_lists().source
    normals = [fold(text).text for text in texts]
    runs: dict[str, Callable[[], object]] = {}
    matches: dict[str, float] = {}
    for mode, sizes in (("plain", SIZES), ("variants", VARIANT_SIZES)):
        for number in sizes:
            listed = [generated_entries.wordlist(number, has_variants=mode == "variants")]
            automaton = Automaton(listed, source if mode == "variants" else None)
            name = f"{mode} {number}"
            runs[name] = scanning(automaton, normals)
            matches[name] = round(sum(map(len, automaton.scan_many(normals))) / len(normals), 4)
    return timed(runs, texts) | {"matches_a_text": matches}


def scanning(automaton: Automaton, texts: Sequence[str]) -> Callable[[], object]:
    """Return what scans all texts in batches."""
    return lambda: [automaton.scan_many(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]


def wording(automaton: Automaton, normals: Sequence[Normal], segmenter: Segmenter) -> Callable[[], object]:
    """Return what finds the words of all texts in batches: scans, also of views without signs, and word edges."""
    searched = list(zip(normals, squeezed([normal.text for normal in normals]), strict=True))
    starts = range(0, len(searched), BATCH)
    return lambda: [word_signals(searched[at : at + BATCH], automaton, segmenter) for at in starts]


def timed(runs: dict[str, Callable[[], object]], texts: Sequence[str]) -> Record:
    """Return the microseconds a text of each run."""
    settle()
    best = process.best_times(runs, ROUNDS)
    return {"microseconds_a_text": {name: round(seconds / len(texts) * 1e6, 2) for name, seconds in best.items()}}


def strings_by_kind(compiled: Compiled) -> dict[str, int]:
    """Return how many strings each kind led to; a string of two kinds counts for both."""
    strings = compiled.strings
    counts = Counter(kind for at in strings.kinds_of for kind in strings.kinds[at] or ("as listed",))
    return dict(counts.most_common())


def forms_by_class(compiled: Compiled) -> dict[str, int]:
    """Return how many characters are read as another by sharing its code, which takes no string, by kind."""
    wanted = {character for spelling, _ in compiled.spellings for character in spelling if is_simplified(character)}
    readings = compiled.readings
    shared = ((character, form) for form, character in readings.classes(wanted).items())
    read = (readings.read(character, form, VARIANT_KINDS) for character, form in shared)
    return dict(Counter(kind for reading in read if reading for kind in reading.kinds).most_common())


def kept(compiled: Compiled, lists: Lists) -> Record:
    """Measure a compiled automaton that is saved and loaded again by the same machine."""
    forms = FormsInFiles(shipped.directory("variants"))
    with TemporaryDirectory() as place:
        directory = Path(place)
        runs: dict[str, Callable[[], object]] = {
            "name": lambda: saved.name_of(lists.wordlists, forms.content(), lists.source.dialects, ()),
            "save": lambda: saved.save(compiled, directory, "bench"),
            "load": lambda: saved.load(directory, "bench", lists.wordlists, lists.source),
        }
        times = process.best_times(runs, 3)
        size = sum(one.stat().st_size for one in directory.iterdir())
    return {"megabytes": round(size / 1e6, 1)} | {f"{name}_seconds": round(taken, 2) for name, taken in times.items()}


TASKS: dict[str, Callable[..., Record]] = {
    "build-shipped": build_shipped,
    "build-generated": build_generated,
    "scan-shipped": scan_shipped,
    "scan-generated": scan_generated,
}


def measure(data: Path | None) -> Record:
    """Return all figures, each task done by a fresh process."""

    def run(*task: str) -> Record:
        print("…", *task, file=sys.stderr, flush=True)
        given = ["--data", str(data)] if data else []
        command = [sys.executable, __file__, *given, "--task", *task]
        return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))

    texts = texts_of(data)
    generated = [("plain", number) for number in SIZES] + [("variants", number) for number in VARIANT_SIZES]
    return {
        "machine": process.machine(),
        "texts": {
            "number": len(texts),
            "characters": round(statistics.mean(map(len, texts)), 1),
            "are": "real service and marketing SMS" if data else "invented",
        },
        "shipped": {mode: run("build-shipped", mode) for mode in ("variants", "every", "plain")}
        | {"scan": run("scan-shipped")},
        "generated": {f"{mode} {number}": run("build-generated", mode, str(number)) for mode, number in generated},
        "generated_scan": run("scan-generated"),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a directory with service_sms.jsonl and marketing_sms.jsonl")
    parser.add_argument("-o", "--output", type=Path, help="write the figures to this file, as JSON")
    parser.add_argument("--plot", type=Path, help="draw cost against entries to this file, as SVG")
    parser.add_argument("--task", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    process.keep_to_one_core()
    if given.task:
        print(json.dumps(TASKS[given.task[0]](texts_of(given.data), *given.task[1:]), ensure_ascii=False))
        return
    record = measure(given.data)
    print(variants_report.table(record))
    if given.output:
        given.output.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if given.plot:
        given.plot.write_text(variants_report.plot(record), encoding="utf-8")


if __name__ == "__main__":
    main()

"""What wordlists and their variants cost: strings, time to build, memory, time to scan.

Every build is timed in a fresh process that holds nothing else; times are of the processor, on one core. Scans that
are compared alternate in one process. The texts are service and marketing SMS.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import generated_entries
import part
import process
import variants_report
from check_many import BATCH
from part import Record
from texts import described, sms_of

from moderation import shipped
from moderation.automata import OTHER_USE, SEGMENTATION
from moderation.match import saved
from moderation.match.automaton import Automaton
from moderation.match.compiled import Compiled, Source
from moderation.match.compiling import compile_wordlists
from moderation.match.dialect import load_dialects
from moderation.match.forms import FormsInFiles, load_forms
from moderation.match.readings import is_simplified
from moderation.match.views import squeezed
from moderation.match.wordlist import VARIANT_KINDS, Wordlist
from moderation.match.wordlist_file import load_directory
from moderation.ruleset import settle
from moderation.text.normal import Normal, fold, fold_many
from moderation.text.segment import Segmenter
from moderation.wording import word_signals

SIZES = (2_000, 20_000, 200_000, 500_000)
VARIANT_SIZES = (2_000, 20_000)
ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Lists:
    """Wordlists, and what their variants are made from; `loading` is the seconds that reading them took."""

    wordlists: list[Wordlist]
    source: Source
    loading: float


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
        "strings": compiled.strings,
        "build_seconds": round(seconds, 2),
        "memory_mb": round(process.resident() - before, 1),
        "peak_memory_mb": round(process.most_resident() - before, 1),
    }


def build_shipped(_texts: Sequence[str], _quick: bool, mode: str) -> Record:
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


def build_generated(_texts: Sequence[str], _quick: bool, mode: str, number: str) -> Record:
    """Measure the build of so many generated entries."""
    source = shipped_lists().source if mode == "variants" else None
    return built([generated_entries.wordlist(int(number), has_variants=source is not None)], source)[1]


def scan_shipped(texts: Sequence[str], quick: bool) -> Record:
    """Measure scans of the shipped lists with every variant and without, and the whole stage of words."""
    lists = shipped_lists()
    automata = {"variants": Automaton(lists.wordlists, lists.source), "plain": Automaton(lists.wordlists)}
    normals = [fold(text) for text in texts]
    segmenter = lists.source.dictionary
    assert isinstance(segmenter, Segmenter)
    runs = {f"scan, {name}": scanning(one, [normal.text for normal in normals]) for name, one in automata.items()}
    runs |= {f"words, {name}": wording(one, normals, segmenter) for name, one in automata.items()}
    return timed(runs, texts, quick)


def scan_generated(texts: Sequence[str], quick: bool) -> Record:
    """Measure scans of generated lists of all sizes."""
    source = shipped_lists().source
    normals = [fold(text).text for text in texts]
    runs: dict[str, Callable[[], object]] = {"fold": folding(texts)}
    matches: dict[str, float] = {}
    for mode, sizes in (("plain", SIZES), ("variants", variant_sizes(quick))):
        for number in sizes:
            listed = [generated_entries.wordlist(number, has_variants=mode == "variants")]
            automaton = Automaton(listed, source if mode == "variants" else None)
            name = f"{mode} {number}"
            runs[name] = scanning(automaton, normals)
            matches[name] = round(sum(map(len, automaton.scan_many(normals))) / len(normals), 4)
    return timed(runs, texts, quick) | {"matches_a_text": matches}


def scanning(automaton: Automaton, texts: Sequence[str]) -> Callable[[], object]:
    """Return what scans all texts in batches."""
    return lambda: [automaton.scan_many(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]


def folding(texts: Sequence[str]) -> Callable[[], object]:
    """Return what folds all texts in batches; those that no table folds are folded one by one, as in a check."""

    def run() -> None:
        for at in range(0, len(texts), BATCH):
            batch = texts[at : at + BATCH]
            for text, normal in zip(batch, fold_many(batch), strict=True):
                if normal is None:
                    fold(text)

    return run


def wording(automaton: Automaton, normals: Sequence[Normal], segmenter: Segmenter) -> Callable[[], object]:
    """Return what finds the words of all texts in batches: scans, also of views without signs, and word edges."""
    searched = list(zip(normals, squeezed([normal.text for normal in normals]), strict=True))
    starts = range(0, len(searched), BATCH)
    return lambda: [word_signals(searched[at : at + BATCH], automaton, segmenter) for at in starts]


def timed(runs: dict[str, Callable[[], object]], texts: Sequence[str], quick: bool) -> Record:
    """Return the microseconds a text of each run."""
    settle()
    best = process.best_times(runs, 2 if quick else ROUNDS)
    return {"microseconds_a_text": {name: round(seconds / len(texts) * 1e6, 2) for name, seconds in best.items()}}


def strings_by_kind(compiled: Compiled) -> dict[str, int]:
    """Return how many strings each kind led to; a string of two kinds counts for both."""
    strings = compiled.layers[0].strings
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


def measure(data: Path | None, quick: bool) -> Record:
    """Return all figures, each task done by a fresh process."""

    def run(*task: str) -> Record:
        print("…", *task, file=sys.stderr, flush=True)
        given = [*(["--data", str(data)] if data else []), *(["--quick"] if quick else [])]
        command = [sys.executable, __file__, *given, "--task", *task]
        return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))

    generated = [("plain", number) for number in SIZES] + [("variants", number) for number in variant_sizes(quick)]
    return {
        "texts": described(sms_of(data, quick=quick), data),
        "shipped": {mode: run("build-shipped", mode) for mode in ("variants", "every", "plain")}
        | {"scan": run("scan-shipped")},
        "generated": {f"{mode} {number}": run("build-generated", mode, str(number)) for mode, number in generated},
        "generated_scan": run("scan-generated"),
    }


def variant_sizes(quick: bool) -> tuple[int, ...]:
    """Return the sizes of generated lists that ask for variants; the largest takes longest of all to build."""
    return VARIANT_SIZES[:1] if quick else VARIANT_SIZES


def run_task() -> None:
    """Do one task and print what it measured."""
    parser = part.options(__doc__)
    parser.add_argument("--task", nargs="+", required=True)
    given = parser.parse_args()
    process.keep_to_one_core()
    task, *options = given.task
    print(json.dumps(TASKS[task](sms_of(given.data, quick=given.quick), given.quick, *options), ensure_ascii=False))


if __name__ == "__main__":
    if "--task" in sys.argv:
        run_task()
    else:
        part.main(__doc__, measure, variants_report.table)

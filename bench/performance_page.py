"""The tables of docs/performance.md, written from the figures that a report keeps in performance.json."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import goals
import variants_report

Record = Mapping[str, Any]
PAGE, FIGURES = "performance.md", "performance.json"

SIZE_COLUMNS = ("build_seconds", "memory_mb", "peak_memory_mb", "microseconds_a_text")

_BLOCK = re.compile(
    r"(<!-- figures of (\w+), written by `make docs` from performance\.json -->\n).*?(<!-- end -->)", re.S
)


def pages(docs: Path) -> dict[str, str]:
    """Return the page by its path: the prose as it is, the tables as the figures are."""
    written = sections(json.loads((docs / FIGURES).read_text(encoding="utf-8")))
    page = (docs / PAGE).read_text(encoding="utf-8")
    return {PAGE: _BLOCK.sub(lambda block: f"{block[1]}{written[block[2]]}\n{block[3]}", page)}


def sections(report: Record) -> dict[str, str]:
    """Return the tables by the name of what they are of; those of the parts tell what they were measured on."""
    found = {"goals": _goals(report["goals"])}
    for name, write in SECTIONS.items():
        record = report["parts"].get(name)
        found[name] = f"{_measured(record)}\n\n{write(record)}" if record else "Not measured."
    return found


def _measured(record: Record) -> str:
    run, texts = record["run"], record.get("texts")
    of = f" {texts['number']:,} texts, {texts['are']}, {texts['characters']} characters on average." if texts else ""
    others = (
        f" Other work kept {run['cores_busy_otherwise']} cores busy meanwhile." if "cores_busy_otherwise" in run else ""
    )
    quick = " A quick run: figures differ more." if run["quick"] else ""
    return (
        f"Measured on {run['date']} at commit {run['commit']}: {run['processor']}, {run['system']}, "
        f"Python {run['python']}.{of}{others}{quick}"
    )


def _goals(rows: Iterable[Record]) -> str:
    return _table(
        ("goal", "bound", "figure", ""),
        ([row["goal"], row["bound"], _number(row["figure"]), goals.told(row["kept"])] for row in rows),
    )


def _check(record: Record) -> str:
    times = record["microseconds_a_text"]
    rows = ([name, _number(taken), f"{taken / times['check_many']:.1%}"] for name, taken in times.items())
    return _table((f"stage, batches of {record['batch']}", "µs a text", "of check_many"), rows)


def _workloads(record: Record) -> str:
    shares = dict(record["by share of texts with findings, %"])
    different = shares.pop("different texts")
    return "\n\n".join(
        (
            _table(
                ("batch", "µs a text", "templates a second"),
                ([f"{int(n):,}", _number(taken), _number(1e6 / taken)] for n, taken in record["by batch"].items()),
            ),
            _pairs("texts with findings", "µs a text", {f"{share} %": taken for share, taken in shares.items()}),
            f"Chosen among {different['with']:,} texts with findings and {different['without']:,} without.",
            _table(
                ("characters", "µs a text", "µs a character", "findings a text"),
                (
                    [f"{int(n):,}", _number(taken), f"{taken / int(n):.2f}", _number(record["findings by length"][n])]
                    for n, taken in record["by length"].items()
                ),
            ),
            _pairs("characters, full of hits of one word", "µs a text", _thousands(record["by length, full of hits"])),
        )
    )


def _service(record: Record) -> str:
    rates, half = record["calls a second"], record["milliseconds at half load"]
    items = record["templates of a batch or stream"]
    of = {"service": record["of the no-op"], "service, verdicts kept": record["of the no-op, verdicts kept"]}
    rows = [
        [
            method if method == "Check" else f"{method}, templates",
            *(
                _number(rate[method] * (1 if method == "Check" else items))
                + (f" ({of[name][method]:.1%})" if name in of else "")
                for name, rate in rates.items()
            ),
        ]
        for method in rates["no-op"]
    ]
    workers = record["workers, templates a second"]
    return "\n\n".join(
        (
            _table(("a second", "checked", "kept verdicts", "the server that does nothing"), rows),
            _table(
                ("Check at half load, ms", "p50", "p95", "p99"),
                ([name, *(_number(one[cut]) for cut in ("p50", "p95", "p99"))] for name, one in half.items()),
            ),
            f"Batches reach {record['batches of in-process']:.0%} of the rate in-process. Two workers check "
            f"{_number(workers['2'])} templates a second in batches, one {_number(workers['1'])}: "
            f"{workers['ratio']:.2f} times as many.",
        )
    )


def _start(record: Record) -> str:
    starts, workers = record["seconds to the first verdict"], record["megabytes of workers"]
    written = _table(
        ("seconds from start to first verdict", *starts["service"]),
        ([name, *map(_number, taken.values())] for name, taken in starts.items()),
    )
    if not workers:
        return written
    moments = {"once it serves": "once it serves", "after checks": f"after {workers['checks']:,} checks in all"}
    held = ([title, *map(_number, workers[moment].values())] for moment, title in moments.items())
    heads = (f"MB of a worker, of {workers['workers']}", *workers["after checks"])
    return f"{written}\n\n{_table(heads, held)}"


def _wordlists(record: Record) -> str:
    return f"```\n{variants_report.table(record)}\n```"


def _swap(record: Record) -> str:
    swaps, batches = record["swaps"], record["batches"]
    calls, seen = swaps["milliseconds"], swaps["seen after the commit, s"]
    return "\n\n".join(
        (
            _table(
                (f"a batch of {record['entries of a batch']:,} entries, list with", *next(iter(batches.values()))),
                ([name, *map(_number, taken.values())] for name, taken in batches.items()),
            ),
            _table(
                (f"Check, {swaps['calls a second']} calls a second, ms", "p50", "p99", "p99.9", "most"),
                (
                    [name, *(_number(taken[cut]) for cut in ("p50", "p99", "p999", "most"))]
                    for name, taken in calls.items()
                ),
            ),
            f"{swaps['number']} swaps, {swaps['a swap, s']} s each from plan to the last worker: both workers had a "
            f"version {_number(seen['median'])} s after the commit, at most {_number(seen['most'])} s. The p99 was "
            f"{swaps['p99 while swaps go on, times that without']:.2f} times that without swaps.",
            _table(
                ("entries", "strings", "build, s", "MB", "most MB while built", "scan, µs a text"),
                (
                    [
                        f"{int(number):,}",
                        f"{one['strings']:,}",
                        *(_number(one[key]) for key in SIZE_COLUMNS),
                    ]
                    for number, one in record["sizes"].items()
                ),
            ),
        )
    )


def _peers(record: Record) -> str:
    both = [(title, record[title]) for title in ("spellings", "with variants")]
    rows = [
        [
            " ".join(filter(None, (name, one.get("version", "")))),
            *(cell for _, compared in both for cell in _way(compared["ways"][name])),
        ]
        for name, one in both[0][1]["ways"].items()
    ]
    heads = [f"{title}, {name}" for title, _ in both for name in ("build, s", "µs a text", "hits a text")]
    told = "; ".join(f"{one['strings']:,} strings: {title}" for title, one in both)
    folding = _number(both[0][1]["microseconds_to_fold_a_text"])
    return f"{_table(('', *heads), rows)}\n\n{told}. Folding takes {folding} µs a text besides."


def _way(way: Record) -> Sequence[str]:
    if "left_out" in way:
        return way["left_out"], "", ""
    return tuple(_number(way[name]) for name in ("build_seconds", "microseconds_a_text", "hits_a_text"))


def _classifier(record: Record) -> str:
    table = _pairs("what", "µs a text", record["microseconds_a_text"])
    return f"{table}\n\nThe model has {record['megabytes_on_disk']} MB on disk."


def _memory(record: Record) -> str:
    return _pairs("checks", "MB", _thousands(record["megabytes by checks"]))


def _store(record: Record) -> str:
    rows = (
        [f"{store}: {name}", _number(taken["median"]), _number(taken["p99"])]
        for store, figures in record["milliseconds"].items()
        for name, taken in figures.items()
    )
    return _table((f"ms, {record['open cases']:,} open cases", "median", "p99"), rows)


def _recording(record: Record) -> str:
    kinds = [record[kind] for kind in ("batches", "single calls")]
    rows = (
        [
            store,
            *(
                _number(kind["templates a second"][store])
                + (f" ({kind['recording takes'][store]:.0%} less)" if store in kind["recording takes"] else "")
                for kind in kinds
            ),
        ]
        for store in kinds[0]["templates a second"]
    )
    return _table(("store", "templates a second in batches", "in single calls"), rows)


SECTIONS: Mapping[str, Callable[[Record], str]] = {
    "check": _check,
    "workloads": _workloads,
    "service": _service,
    "recording": _recording,
    "store": _store,
    "start": _start,
    "memory": _memory,
    "wordlists": _wordlists,
    "swap": _swap,
    "peers": _peers,
    "classifier": _classifier,
}


def _pairs(name: str, unit: str, figures: Mapping[str, float]) -> str:
    return _table((name, unit), ([key, _number(figure)] for key, figure in figures.items()))


def _thousands(figures: Mapping[str, float]) -> dict[str, float]:
    return {f"{int(number):,}": figure for number, figure in figures.items()}


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(figure: float | None) -> str:
    """Return a figure with as many digits as tell something."""
    if figure is None:
        return "–"
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"

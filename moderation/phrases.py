"""Patterned stretches as signals: as they are written, in rare forms of characters, with signs inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from moderation.match import disguise, patterns
from moderation.match.automaton import Automaton
from moderation.match.pattern_set import Range
from moderation.match.views import REPEATED, View
from moderation.preparation import Prepared
from moderation.text.script import is_simplified
from moderation.text.signal import Signal
from moderation.wording import Searched

LEAST_PARTED = 0.5
"""Share of the characters of a stretch that signs stand between, from which on these are there to hide it."""


class Stretch(NamedTuple):
    """A patterned stretch of a normal text; `plain` is what its characters stand for, `kinds` how they differ."""

    kind: str
    start: int
    end: int
    term: str
    plain: str
    kinds: tuple[str, ...]


def find_stretches(searched: Sequence[Searched], automaton: Automaton) -> list[list[Stretch]]:
    """Return the patterned stretches of each text, in order where some are in disguise."""
    texts = [normal.text for normal, _ in searched]
    views = [(index, view) for index, (_, of_text) in enumerate(searched) for view in of_text]
    try:
        plain = automaton.plain_many([*texts, *(view.text for _, view in views)])
    except Exception:
        return [_written(text, found) for text, found in _found(texts)]  # words name the automaton as degraded
    shown = plain[len(texts) :]
    varied = [index for index, text in enumerate(texts) if plain[index] != text]
    results = iter(_found([*texts, *(plain[index] for index in varied), *shown]))
    found = [_written(text, of_text) if of_text else [] for text, of_text in islice(results, len(texts))]
    hidden: list[tuple[int, Stretch]] = []
    for index, (text, of_text) in zip(varied, results, strict=False):
        hidden += ((index, _in_forms(texts[index], text, one, automaton)) for one in of_text)
    for (index, view), (text, of_text) in zip(views, results, strict=True):
        hidden += ((index, one) for one in _in_view(texts[index], view, text, of_text, automaton))
    for index, stretches in groupby(sorted(hidden, key=itemgetter(0)), key=itemgetter(0)):
        found[index] = _with_hidden(found[index], (stretch for _, stretch in stretches))
    return found


def _with_hidden(written: Sequence[Stretch], hidden: Iterable[Stretch]) -> list[Stretch]:
    """Return what is written and what is hidden, but not twice; in order of places if anything is."""
    known = {one[:3] for one in written}
    found = list(written)
    for one in hidden:
        if one[:3] not in known:
            known.add(one[:3])
            found.append(one)
    return sorted(found, key=itemgetter(1, 2, 0)) if len(found) > len(written) else found


def phrase_signals(prepared: Prepared, stretches: Iterable[Stretch]) -> list[Signal]:
    """Return the signals of the patterned stretches of a text, and which of them are in disguise."""
    normal = prepared.normal
    signals: list[Signal] = []
    for kind, first, last, term, plain, kinds in stretches:
        start, end = normal.source_range(first, last)
        via = tuple([f"variant:{one}" for one in kinds]) if kinds else ()
        if kind in disguise.CONTACTS:
            told = disguise.of_contact(normal.text[first:last], prepared.text[start:end])
            via = tuple(dict.fromkeys((*told, *via)))
            if via:
                signals.append(Signal("evasion:contact", start, end, term, via=via))
        elif (kinds or end - start > last - first) and kind in patterns.SOUGHT_IN_DISGUISE:
            if not kinds:
                via = ("invisible",)
                signals.append(Signal("evasion:invisible", start, end, plain, via=via))
            elif _is_disguise(kinds, normal.text[:first] + normal.text[last:]):
                signals.append(Signal("evasion:phrase", start, end, plain, via=via))
        signals.append(Signal(kind, start, end, term, 1.0, via))
    return signals


def _found(texts: Sequence[str]) -> Iterator[tuple[str, list[Range]]]:
    return zip(texts, patterns.find_many(texts), strict=True)


def _written(text: str, found: Iterable[Range]) -> list[Stretch]:
    return [Stretch(kind, start, end, term, text[start:end], ()) for kind, start, end, term in found]


def _in_forms(text: str, plain: str, one: Range, automaton: Automaton) -> Stretch:
    """Return what is found among the characters that those of a text stand for."""
    kinds = automaton.kinds_between(plain[one.start : one.end], text[one.start : one.end])
    return Stretch(one.kind, one.start, one.end, one.term, plain[one.start : one.end], kinds)


def _in_view(text: str, view: View, plain: str, found: Iterable[Range], automaton: Automaton) -> Iterator[Stretch]:
    """Yield what is only found where what a view of a text leaves out is not there."""
    for one in found:
        left_out = view.kinds_within(one.start, one.end)
        if one.kind not in patterns.SOUGHT_IN_DISGUISE or not left_out or not _is_parted(view, one):
            continue
        kinds = automaton.kinds_between(plain[one.start : one.end], view.text[one.start : one.end])
        start, end = view.range_in(text, one.start, one.end)
        yield Stretch(one.kind, start, end, one.term, plain[one.start : one.end], (*kinds, *left_out))


def _is_parted(view: View, one: Range) -> bool:
    """Return whether the characters of a range are repeated, or so many of them are parted that it is no layout."""
    if REPEATED in view.kinds_within(one.start, one.end):
        return True
    return view.cuts_within(one.start, one.end) >= LEAST_PARTED * (one.end - one.start - 1)


def _is_disguise(kinds: Sequence[str], around: str) -> bool:
    """Return whether honest people write otherwise: they use traditional characters throughout or not at all."""
    return kinds != ("traditional",) or is_simplified(around)

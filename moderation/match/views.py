"""Other views of a normal text: without the signs between its characters, without repeated characters, or both."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from moderation.match import hiding
from moderation.match.joined import Joined

_REPEATS = re.compile(hiding.REPEATED)
_REPEAT = re.compile(r"(.)\1+")
_SIGNS, _LETTERS = re.compile(r"\W+"), re.compile("[a-z0-9]")

CONTEXT = 20
"""Characters before and after a cut in which the rest of a word or of a combination is looked for."""

Cut = tuple[int, int, str]
"""A range that is left out of a text, and what kind of thing it holds."""

SEPARATOR, REPEATED = "separator", "repeated"


@dataclass(frozen=True, slots=True)
class View:
    """A text with something left out: `kept` are the places of its characters in the normal text, in order.

    `edges` are the places in the view, in order, before which something was left out; `kinds` says what.
    """

    text: str
    kept: Sequence[int]
    edges: Sequence[int]
    kinds: Sequence[str]

    def kinds_within(self, start: int, end: int) -> tuple[str, ...]:
        """Return the kinds of what was left out between the characters of a range."""
        first, last = self._within(start, end)
        return tuple(dict.fromkeys(self.kinds[first:last])) if first < last else ()

    def range_in(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Return where a range stands in the normal text, with the characters that repeat its last one."""
        first, last = self.kept[start], self.kept[end - 1] + 1
        if REPEATED in self.kinds:
            after = self.kept[end] if end < len(self.kept) else len(text)
            while last < after and text[last] == text[last - 1]:
                last += 1
        return first, last

    def cuts_within(self, start: int, end: int) -> int:
        """Return at how many places between the characters of a range something was left out."""
        first, last = self._within(start, end)
        return last - first

    def _within(self, start: int, end: int) -> tuple[int, int]:
        return bisect_right(self.edges, start), bisect_left(self.edges, end)


def squeezed(texts: Sequence[str]) -> list[list[View]]:
    """Return for each text what stands around something that hides between characters, without it."""
    joined = Joined(texts)
    views: list[list[View]] = [[] for _ in texts]
    cuts: dict[int, list[Cut]] = {}
    for match in hiding.hiding_places(joined.text):
        index, offset = joined.locate(match.start())
        cuts.setdefault(index, []).extend((s - offset, e - offset, kind) for s, e, kind in _cuts(match))
    for index, ranges in cuts.items():
        text = texts[index]
        for near in _neighbours(ranges):
            view = without(text, near, max(near[0][0] - CONTEXT, 0), min(near[-1][1] + CONTEXT, len(text)))
            views[index].append(view)
            if SEPARATOR in view.kinds and (further := _without_repeats(view)):
                views[index].append(further)
    return views


def without(text: str, cuts: Iterable[Cut], start: int, end: int) -> View:
    """Return a range of a text without some cuts, which are in order and apart."""
    kept: list[int] = []
    edges: list[int] = []
    kinds: list[str] = []
    pieces: list[str] = []
    reached = start
    for first, last, kind in cuts:
        kept.extend(range(reached, first))
        pieces.append(text[reached:first])
        edges.append(len(kept))
        kinds.append(kind)
        reached = last
    kept.extend(range(reached, end))
    pieces.append(text[reached:end])
    return View("".join(pieces), kept, edges, kinds)


def _without_repeats(view: View) -> View | None:
    """Return a view without the repeated characters that have come together in it; None where there are none."""
    cuts = [cut for match in _REPEATS.finditer(view.text) for cut in _repeats(match)]
    if not cuts:
        return None
    inner = without(view.text, cuts, 0, len(view.text))
    outer = ((bisect_left(inner.kept, edge), kind) for edge, kind in zip(view.edges, view.kinds, strict=True))
    edges = sorted([*zip(inner.edges, inner.kinds, strict=True), *outer])
    return View(
        inner.text, [view.kept[place] for place in inner.kept], [edge for edge, _ in edges], [kind for _, kind in edges]
    )


def _neighbours(cuts: Iterable[Cut]) -> Iterator[list[Cut]]:
    """Yield the cuts in groups whose contexts do not meet."""
    near: list[Cut] = []
    for cut in cuts:
        if near and cut[0] - near[-1][1] > 2 * CONTEXT:
            yield near
            near = []
        near.append(cut)
    if near:
        yield near


def _cuts(match: re.Match[str]) -> Iterator[Cut]:
    """Yield the ranges that a match leaves out, and what they hold."""
    start, end = match.span()
    if match["gap"]:
        yield start, end, SEPARATOR
    elif match["repeat"]:
        yield from _repeats(match)
    else:
        for sign in (_LETTERS if match["laced"] else _SIGNS).finditer(match[0]):
            yield start + sign.start(), start + sign.end(), SEPARATOR


def _repeats(match: re.Match[str]) -> Iterator[Cut]:
    """Yield the ranges of repeated characters but the first of each."""
    for repeat in _REPEAT.finditer(match[0]):
        yield match.start() + repeat.start() + 1, match.start() + repeat.end(), REPEATED

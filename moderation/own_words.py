"""A tenant's own words in templates: those that it forbids or watches as signals, those that it allows as ranges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from moderation.match.automaton import Automaton
from moderation.match.lexicon import OwnWords
from moderation.match.own_word import Listing
from moderation.match.shelf import Hit, Shelf
from moderation.match.views import View, squeezed
from moderation.text.normal import Normal, fold
from moderation.text.segment import Segmenter
from moderation.text.signal import Signal
from moderation.text.template import Span
from moderation.verdict import Policy
from moderation.wording import is_parted_word

SIGNALS = {Listing.FORBIDDEN: "policy:forbidden-word", Listing.WATCHED: "policy:watched-word"}


class Spared(NamedTuple):
    """A range of the source in which matches of shipped words do not count, of one rule or wordlist where it names one.

    One that `is_inherited` comes from the policy that holds for every tenant.
    """

    start: int
    end: int
    rule: str
    wordlist: str
    is_inherited: bool


class Own(NamedTuple):
    """What a tenant's own words are to one text; `reasons` tell, by word, what people are told."""

    signals: Sequence[Signal]
    spared: Sequence[Spared]
    reasons: Mapping[str, str]


class Asked(NamedTuple):
    """A normal text, its views without what may hide words, and the policy that holds for it."""

    normal: Normal
    views: Sequence[View]
    policy: Policy


class _Searched(NamedTuple):
    """A text that is searched for the words of one owner: the normal one, or a view of it."""

    place: int
    rank: int
    own: OwnWords
    view: View | None


def own_words_many(asked: Sequence[Asked], automaton: Automaton, segmenter: Segmenter) -> list[Own]:
    """Return what stands in each text; every shelf is searched once for all texts whose tenants' words stand on it."""
    by_shelf: dict[int, tuple[Shelf, list[_Searched]]] = {}
    for index, one in enumerate(asked):
        for rank, own in enumerate(one.policy.words):
            _, searched = by_shelf.setdefault(id(own.shelf), (own.shelf, []))
            searched += [_Searched(index, rank, own, view) for view in (None, *one.views)]
    hits: list[list[tuple[_Searched, Hit]]] = [[] for _ in asked]
    for shelf, searched in by_shelf.values():
        texts = [asked[one.place].normal.text if one.view is None else one.view.text for one in searched]
        for hit in shelf.find_many(texts, [one.own.slot for one in searched]):
            where = searched[hit.text]
            hits[where.place].append((where, hit))
    return [_own(one, found, automaton, segmenter) for one, found in zip(asked, hits, strict=True)]


def own_words_at(
    texts: Sequence[str], spans: Sequence[Sequence[Span]], policy: Policy, automaton: Automaton, segmenter: Segmenter
) -> list[Own]:
    """Return what stands in each text and touches one of some places in it; nothing where no words are listed."""
    if not policy.lists_words:
        return []
    normals = [fold(text) for text in texts]
    views = squeezed([normal.text for normal in normals])
    asked = [Asked(normal, view, policy) for normal, view in zip(normals, views, strict=True)]
    return [
        own._replace(signals=[signal for signal in own.signals if _touches(signal, near)])
        for own, near in zip(own_words_many(asked, automaton, segmenter), spans, strict=True)
    ]


def _touches(signal: Signal, spans: Sequence[Span]) -> bool:
    return any(signal.start < span.end and span.start < signal.end for span in spans)


def _own(asked: Asked, hits: Sequence[tuple[_Searched, Hit]], automaton: Automaton, segmenter: Segmenter) -> Own:
    """Return what some hits are to a text; whatever is told twice is told by the tenant, not by what it inherits."""
    signals: dict[Signal, None] = dict.fromkeys(_given_signals(asked))
    spared: set[Spared] = set()
    reasons: dict[str, str] = {}
    for where, hit in sorted(hits, key=lambda found: (found[0].rank, found[1].start, found[1].end, found[1].word)):
        if hit.word.listing is Listing.ALLOWED:
            if where.view is None and _is_as_written(asked.normal.text, hit, segmenter):
                span = asked.normal.source_range(hit.start, hit.end)
                spared.add(Spared(*span, hit.word.rule, hit.word.wordlist, where.own.is_inherited))
        elif (signal := _signal(asked.normal, hit, where.view, automaton, segmenter)) is not None:
            signals[signal] = None
            reasons.setdefault(hit.word.text, hit.word.reason)
    return Own(list(signals), sorted(spared), reasons)


def _is_as_written(text: str, hit: Hit, segmenter: Segmenter) -> bool:
    """Return whether a word stands in a text without any disguise, at the edges that it asks for."""
    is_same = text[hit.start : hit.end] == fold(hit.word.text).text
    return is_same and (not hit.word.word_edges or segmenter.is_word(text, hit.start, hit.end))


def _signal(normal: Normal, hit: Hit, view: View | None, automaton: Automaton, segmenter: Segmenter) -> Signal | None:
    """Return the signal of a word that stands in a text, or comes to be in a view of it."""
    word, text = hit.word, normal.text if view is None else view.text
    if word.word_edges and not segmenter.is_word(text, hit.start, hit.end):
        return None
    first, last = (hit.start, hit.end) if view is None else view.range_in(normal.text, hit.start, hit.end)
    kinds = () if view is None else view.kinds_within(hit.start, hit.end)
    if view is not None and not (kinds and is_parted_word(normal.text, view, hit.start, hit.end, segmenter)):
        return None
    start, end = normal.source_range(first, last)
    folded, written = fold(word.text).text, text[hit.start : hit.end]
    differing = () if folded == written else automaton.kinds_between(folded, written) or ("look-alike",)
    via = tuple(f"variant:{kind}" for kind in (*differing, *kinds))
    return Signal(SIGNALS[word.listing], start, end, word.text, 1.0, via)


def _given_signals(asked: Asked) -> Iterator[Signal]:
    """Yield the words that a policy names itself, which are few."""
    yield from _places_of(SIGNALS[Listing.FORBIDDEN], asked.policy.forbidden_words, asked.normal)
    yield from _places_of(SIGNALS[Listing.WATCHED], asked.policy.watched_words, asked.normal)


def _places_of(name: str, words: Iterable[str], normal: Normal) -> Iterator[Signal]:
    for word in words:
        folded = fold(word).text
        start = normal.text.find(folded) if folded else -1
        while start >= 0:
            yield Signal(name, *normal.source_range(start, start + len(folded)), word)
            start = normal.text.find(folded, start + len(folded))

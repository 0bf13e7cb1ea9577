"""Listed words as signals: written plainly, in a variant, with signs inside, across a placeholder."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise, repeat

import numpy as np

from moderation.match.automaton import Automaton, Found, Match
from moderation.match.combinations import Place
from moderation.match.substitution import GUESSED
from moderation.match.variants import DISGUISES
from moderation.match.views import REPEATED, SEPARATOR, View, without
from moderation.text.normal import PLACEHOLDER, Normal
from moderation.text.script import is_simplified
from moderation.text.segment import Segmenter
from moderation.text.signal import Signal

SPLIT_WORDS = "evasion/split"
SPLIT_LISTS = ("prohibited/", "finance/guarantee", SPLIT_WORDS, "contact/solicit", "profanity/")
"""Wordlists whose words are looked for across a placeholder too."""

SURE_LENGTH = 5
"""Characters of a word from which on its variant is no other word by chance."""

SURE_PARTED = 4
"""Characters without a break from which on it does not matter what the words beside them are."""

EMPTIED = "placeholder"
SPLIT = "split"
"""The kind whose components are words too: 真人百家乐 does not hide a 佰."""

HIDING = DISGUISES | {REPEATED}
"""Kinds by which a word is hidden, also in a view."""


_SIGNAL_OF: Callable[[Iterable[object]], Signal] = partial(tuple.__new__, Signal)
"""Makes a signal of its fields as they are, which takes a third of the time; there are several a text."""

Searched = tuple[Normal, Sequence[View]]
"""A normal text, and its views without what may hide words (`squeezed`)."""


def word_signals(searched: Sequence[Searched], automaton: Automaton, segmenter: Segmenter) -> list[list[Signal]]:
    """Return the signals of the listed words of each text."""
    normals = [normal for normal, _ in searched]
    texts = [normal.text for normal in normals]
    views = [(index, view) for index, (_, of_text) in enumerate(searched) for view in of_text]
    views.extend((index, _emptied(text)) for index, text in enumerate(texts) if PLACEHOLDER in text)
    found = automaton.find_many([*texts, *(view.text for _, view in views)])
    cuts = np.searchsorted(found.texts, np.arange(len(texts) + len(views) + 1)).tolist()
    signals = _signals(normals, found, cuts, automaton, segmenter)
    for (index, view), (first, last) in zip(views, pairwise(cuts[len(texts) :]), strict=True):
        matches = [
            found.match(one) for one in range(first, last) if view.cuts_within(found.starts[one], found.ends[one])
        ]
        if matches and (hidden := list(_view_signals(normals[index], view, matches, segmenter))):
            signals[index] = sorted((*signals[index], *hidden), key=lambda signal: (signal.start, -signal.end))
    return signals


def _signals(
    normals: Sequence[Normal], found: Found, cuts: Sequence[int], automaton: Automaton, segmenter: Segmenter
) -> list[list[Signal]]:
    """Return the signals of the matches in each text; those of text i are from `cuts[i]` to `cuts[i + 1]`."""
    last = cuts[len(normals)]
    plain = _plain_signals(found, last, automaton)
    is_aligned = np.array([normal.starts is None for normal in normals], dtype=np.bool_)
    texts, entries = found.texts[:last], np.array(found.entries[:last], dtype=np.int64)
    is_doubtful = found.is_variant[:last] | automaton.word_edges[entries] | ~is_aligned[texts]
    signals = [plain[begin:end] for begin, end in pairwise(cuts[: len(normals) + 1])]
    doubtful = set(np.flatnonzero(is_doubtful).tolist())
    for index in sorted(set(texts[is_doubtful].tolist())):
        numbers = range(cuts[index], cuts[index + 1])
        signals[index] = list(_checked(normals[index], found, numbers, plain, doubtful, segmenter))
    return signals


def _plain_signals(found: Found, count: int, automaton: Automaton) -> list[Signal]:
    """Return the signals of the first matches as of words that are written plainly."""
    entries = found.entries[:count]
    names = map(automaton.signals.__getitem__, entries)
    terms = list(map(automaton.terms.__getitem__, entries))
    weights = map(automaton.weights.__getitem__, entries)
    for number, term in found.combinations(count):
        terms[number] = term
    return list(map(_SIGNAL_OF, zip(names, found.starts, found.ends, terms, weights, repeat(()), strict=False)))


def _checked(
    normal: Normal,
    found: Found,
    numbers: Iterable[int],
    plain: Sequence[Signal],
    doubtful: Container[int],
    segmenter: Segmenter,
) -> Iterator[Signal]:
    """Yield the signals of matches that stand at the edges they ask for and are no other words.

    A match inside a longer one of the same wordlist that is there in a variant is left out.
    """
    reached: dict[str, int] = {}
    for number in numbers:
        end, name = found.ends[number], plain[number].name
        if end <= reached.get(name, -1):
            continue
        if number not in doubtful:
            yield plain[number]
            continue
        match = found.match(number)
        if match.reading.kinds:
            if not is_variant(normal.text, match, segmenter):
                continue
            reached[name] = end
        if not match.listed.entry.word_edges or _has_edges(normal.text, match, segmenter):
            yield from _signals_of(normal, match)


def _has_edges(text: str, match: Match, segmenter: Segmenter) -> bool:
    """Return whether a match begins and ends at word edges, as it is written or as it is meant."""
    start, end = match.start, match.end
    if segmenter.is_word(text, start, end):
        return True
    if not match.reading.kinds or len(match.term) != end - start:
        return False
    return segmenter.is_word(text[:start] + match.term + text[end:], start, end)


def is_variant(text: str, match: Match, segmenter: Segmenter, edges: Sequence[int] = ()) -> bool:
    """Return whether a match by a variant is no other word: 增加徽章 does not say 加微.

    `edges` are places in the text before which something was left out.
    """
    return all(_is_variant(text, piece, segmenter, edges) for piece in match.pieces)


def _is_variant(text: str, piece: Place, segmenter: Segmenter, edges: Sequence[int]) -> bool:
    start, end, meant, (kinds, _), _ = piece
    if not kinds:
        return True
    if not _stands_alone(text, start, end, edges):
        return False
    if SPLIT in kinds and not _has_own_edges(text, piece, segmenter):
        return False
    if GUESSED.isdisjoint(kinds) or len(meant) >= SURE_LENGTH or end - start != len(meant):
        return True
    changed = (start + index for index, character in enumerate(meant) if text[start + index] != character)
    return all(_is_own(text, place, start, end, segmenter) for place in changed if not text[place].isascii())


def _has_own_edges(text: str, piece: Place, segmenter: Segmenter) -> bool:
    """Return whether a word that begins or ends with a component takes it from no other word."""
    start, end, meant = piece[:3]
    ends = range(start + 1, end + 1)
    if text[start] != meant[0] and not any(segmenter.is_word(text, start, last) for last in ends):
        return False
    return text[end - 1] == meant[-1] or any(segmenter.is_word(text, first, end) for first in range(start, end))


def _is_own(text: str, place: int, start: int, end: int, segmenter: Segmenter) -> bool:
    """Return whether the word that the segmenter sees at a place does not reach out of a range."""
    firsts, lasts = range(start, place + 1), range(place + 1, end + 1)
    return any(segmenter.is_word(text, first, last) for first in firsts for last in lasts)


def _stands_alone(text: str, start: int, end: int, edges: Sequence[int]) -> bool:
    """Return whether no letter or part of an address goes on beside a range that begins or ends with letters."""
    return not (
        (_is_latin(text[start]) and start not in edges and _goes_on(text[start - 1 : start]))
        or (_is_latin(text[end - 1]) and end not in edges and _goes_on(text[end : end + 1]))
    )


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _goes_on(character: str) -> bool:
    """Return whether a character, if there is one, is a letter, a digit or what joins the parts of an address."""
    return bool(character) and (_is_latin(character) or character in "./-_@")


def _signals_of(normal: Normal, match: Match) -> Iterator[Signal]:
    start, end = normal.source_range(match.start, match.end)
    is_stretched = end - start > match.end - match.start and any(
        len(range(*normal.source_range(piece.start, piece.end))) > piece.end - piece.start for piece in match.pieces
    )
    if match.reading.kinds:
        yield from _variant_signals(normal.text, match, start, end, match.reading.kinds)
    else:
        via = ("invisible",) if is_stretched else ()
        yield Signal(match.listed.signal, start, end, match.term, match.listed.entry.weight, via)
    if is_stretched:
        yield Signal("evasion:invisible", start, end, match.term, match.listed.entry.weight, ("invisible",))


def _variant_signals(text: str, match: Match, start: int, end: int, kinds: Sequence[str]) -> Iterator[Signal]:
    """Yield that a word was seen in a variant, and where it is a disguise, that.

    Honest people write in traditional characters throughout, not in the one word that matters.
    """
    via = tuple(f"variant:{kind}" for kind in kinds)
    confidence = round(match.listed.entry.weight * match.reading.confidence, 4)
    yield Signal(match.listed.signal, start, end, match.term, confidence, via)
    is_mixed = "traditional" in kinds and is_simplified(text[: match.start] + text[match.end :])
    if is_mixed or not HIDING.isdisjoint(kinds):
        yield Signal("evasion:variant", start, end, match.term, confidence, via)


def _view_signals(normal: Normal, view: View, matches: Iterable[Match], segmenter: Segmenter) -> Iterator[Signal]:
    """Yield the words that come to be in a view by what it leaves out."""
    for match in matches:
        kinds = tuple(dict.fromkeys(k for piece in match.pieces for k in view.kinds_within(piece.start, piece.end)))
        if not kinds:
            continue
        start, end = normal.source_range(*view.range_in(normal.text, match.start, match.end))
        if EMPTIED in kinds:
            if _is_split(view.text, match, segmenter):
                term, weight = match.listed.entry.text, match.listed.entry.weight
                yield Signal("evasion:placeholder-split", start, end, term, weight, (EMPTIED,))
        elif SEPARATOR in match.listed.kinds and _is_parted(normal.text, view, match, segmenter):
            yield from _variant_signals(normal.text, match, start, end, (*match.reading.kinds, *kinds))


def _is_split(text: str, match: Match, segmenter: Segmenter) -> bool:
    """Return whether a word that an empty placeholder leaves is one: 贷${x}款."""
    if len(match.listed.entry.parts) > 1 or match.reading.kinds or not match.listed.wordlist.startswith(SPLIT_LISTS):
        return False
    is_short = match.end - match.start <= 2 and not match.listed.wordlist.startswith(SPLIT_WORDS)
    return not is_short or segmenter.is_word(text, match.start, match.end)


def _is_parted(text: str, view: View, match: Match, segmenter: Segmenter) -> bool:
    """Return whether what stands in a view without signs was one word, not the end and the beginning of two."""
    if match.reading.kinds and not is_variant(view.text, match, segmenter, view.edges):
        return False
    length = match.end - match.start
    if length >= SURE_PARTED and sum(piece.end - piece.start for piece in match.pieces) == length:
        return True
    return all(
        len(piece.term) > 2
        or (
            segmenter.is_word(view.text, piece.start, piece.end)
            and _has_own_ends(text, view, piece.start, piece.end, segmenter)
        )
        for piece in match.pieces
        if view.kinds_within(piece.start, piece.end)
    )


def is_parted_word(text: str, view: View, start: int, end: int, segmenter: Segmenter) -> bool:
    """Return whether what comes to be at a range of a view was one word, which short ones are not by chance."""
    if end - start > 2:
        return True
    return segmenter.is_word(view.text, start, end) and _has_own_ends(text, view, start, end, segmenter)


def _has_own_ends(text: str, view: View, start: int, end: int, segmenter: Segmenter) -> bool:
    """Return whether what is left and right of the cuts in a short word belongs to no other word: 免 费用."""
    if REPEATED in view.kinds_within(start, end):
        return True
    places = view.kept[start:end]
    cuts = [(before, after) for before, after in pairwise(places) if after - before > 1]
    return segmenter.is_word(text, places[0], cuts[0][0] + 1) and segmenter.is_word(text, cuts[-1][1], places[-1] + 1)


def _emptied(text: str) -> View:
    """Return the text with its placeholders left empty."""
    places = (index for index, character in enumerate(text) if character == PLACEHOLDER)
    return without(text, [(index, index + 1, EMPTIED) for index in places], 0, len(text))

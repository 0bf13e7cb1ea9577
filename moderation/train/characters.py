"""The table of how characters are written otherwise, from counts of real substitutions, packages and authored lists."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log
from pathlib import Path
from string import ascii_lowercase, digits

import numpy as np

from moderation.match.wordlist_file import load_directory
from moderation.text.normal import fold
from moderation.train import authored_forms, readings
from moderation.train.candidates import Candidates
from moderation.train.glyphs import similarity, splits
from moderation.train.substitutions import count, read_pairs

MOST_FORMS = {"homophone": 16, "look-alike": 8, "split": 4, "traditional": 8, "letter": 14, "digit": 12, "emoji": 6}
"""Forms of each kind listed for one character, besides those that were counted."""

COUNTED = ((1, 0.6), (2, 0.7), (5, 0.8), (20, 0.85), (50, 0.9), (200, 0.95), (1000, 0.98))
"""Times that a substitution was seen and its weight; between them the weight grows with the logarithm."""

LEAST_UNRELATED = 4
"""Times that a substitution must be seen where neither sound nor shape explains it: messages are aligned by machine."""

RELATED_SIMILARITY = 0.2
"""Share of components above which one character can be meant for another because of its shape."""

SAME = "same"
"""The kind of authored groups whose members are never taken for each other."""

Table = dict[str, dict[str, dict[str, float]]]
"""Kind, character, form, weight."""


def generate(wordlists: Path, variant_sms: Path) -> Table:
    """Return the table for the common characters and those of all wordlists; of the messages only counts are used."""
    entries = [entry for wordlist in load_directory(wordlists) for entry in wordlist.entries]
    spelt = {one for entry in entries for part in entry.parts for spelling in part for one in spelling}
    return build(spelt | common_characters(), count(read_pairs(variant_sms), related))


def common_characters() -> frozenset[str]:
    """Return the Chinese characters of level 1 of GB2312, digits and letters."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset("".join(code.decode("gb2312", "ignore") for code in codes) + digits + ascii_lowercase + ".+")


def build(characters: Iterable[str], counts: Mapping[tuple[str, str], int]) -> Table:
    """Return the forms of folded characters; `counts` tells how often one stood in the place of another."""
    wanted = sorted({one for one in characters if _is_listed(one)})
    table: Table = defaultdict(lambda: defaultdict(dict))
    candidates, authored = Candidates(), authored_forms.load()
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for (character, form), times in counts.items():
        counted[character][form] = times
    for character in wanted:
        for form, times in counted[character].items():
            kind = _kind(character, form, candidates)
            if (
                kind
                and form not in authored.listed(SAME, character)
                and (times >= LEAST_UNRELATED or related(character, form))
            ):
                table[kind][character][form] = _counted_weight(times)
        _add(table, "traditional", character, candidates.traditional(character))
        _add(table, "homophone", character, candidates.homophones(character))
        _add(table, "look-alike", character, candidates.look_alikes(character))
        _add(table, "split", character, ((form, 0.7 - 0.1 * min(at, 3)) for at, form in enumerate(splits(character))))
        _add(table, "pinyin", character, zip(readings.syllables(character)[:2], (0.8, 0.4), strict=False))
        _add(table, "digit", character, ((form, 0.8) for form in authored.listed("digit", character)))
        for kind in ("letter", "emoji"):
            _add(table, kind, character, _falling(character, authored.listed(kind, character)))
    return table


def related(character: str, form: str) -> bool:
    """Return whether a character can stand for another because of its sound or shape."""
    return readings.sound_alike(character, form) or similarity(character, form) > RELATED_SIMILARITY


def write(table: Table, path: Path) -> None:
    """Write the table by kind and character, the likeliest forms first."""
    lines = ["# kind, character, forms with weights, the likeliest first; written by moderation train characters"]
    for kind in sorted(table):
        for character in sorted(table[kind]):
            forms = sorted(table[kind][character].items(), key=lambda form: (-round(form[1], 2), form[0]))
            if forms:
                lines.append(f"{kind}\t{character}\t{' '.join(f'{form}:{weight:.2f}' for form, weight in forms)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _add(table: Table, kind: str, character: str, forms: Iterable[tuple[str, float]]) -> None:
    """Add forms that are not listed for the character yet, as many as a kind may have."""
    left = MOST_FORMS.get(kind, 2)
    for form, weight in forms:
        folded = fold(form).text
        listed = {one for other in table if other != kind for one in table[other].get(character, ())}
        is_same = folded in authored_forms.load().listed(SAME, character)
        if folded and folded != character and folded not in listed and left and not is_same:
            left -= 1
            known = table[kind][character].get(folded, 0.0)
            table[kind][character][folded] = max(known, weight)


def _falling(character: str, forms: Iterable[str]) -> Iterable[tuple[str, float]]:
    """Yield forms that are listed by likelihood with falling weights; a bare letter or digit says little."""
    for at, form in enumerate(forms):
        is_bare = form.isascii() and form.isalnum() and _is_chinese(character)
        yield form, max((0.5 if is_bare else 0.7) - 0.05 * at, 0.4)


def _counted_weight(times: int) -> float:
    seen, weights = zip(*COUNTED, strict=True)
    return float(np.interp(log(times), [log(one) for one in seen], weights))


def _kind(character: str, form: str, candidates: Candidates) -> str | None:
    """Return the kind of a substitution that was seen; None where it cannot be meant."""
    for kind in ("traditional", "digit", "emoji", "letter"):
        if form in authored_forms.load().listed(kind, character):
            return kind
    if candidates.simplified(form) == character:
        return "traditional"
    if _is_chinese(character) and _is_chinese(form):
        return "homophone" if readings.sound_alike(character, form) else "look-alike"
    if "\u2600" <= form <= "\u27bf" or "\U0001f000" <= form < "\U00020000":
        return "emoji"
    return "letter" if _is_meant(character, form) else None


def _is_meant(character: str, form: str) -> bool:
    """Return whether a letter or sign can be meant for a character, or the other way round."""
    if _is_chinese(character) and (form.isascii() or "LATIN" in unicodedata.name(form, "")):
        return form.isalpha() and any(syllable.startswith(form) for syllable in readings.syllables(character))
    return unicodedata.category(form)[0] in "LSN" and "ARROW" not in unicodedata.name(form, "")


def _is_listed(character: str) -> bool:
    return _is_chinese(character) or (character.isascii() and character.isalnum()) or character in ".+$"


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character == "〇" or character >= "\U00020000"

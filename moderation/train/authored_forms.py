"""What no count and no package tells: equal digits, twins, letters and emoji; read from the file beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".tsv")
GROUP = "-group"


@dataclass(frozen=True, slots=True)
class Authored:
    """Per kind: the forms of a character, the likeliest first, and groups whose members stand for each other."""

    forms: Mapping[str, Mapping[str, tuple[str, ...]]]
    groups: Mapping[str, tuple[tuple[str, ...], ...]]

    def listed(self, kind: str, character: str) -> tuple[str, ...]:
        """Return the forms of a character: its own line first, then the other members of its groups."""
        peers = [one for group in self.groups.get(kind, ()) if character in group for one in group]
        found = dict.fromkeys((*self.forms.get(kind, {}).get(character, ()), *peers))
        return tuple(form for form in found if form != character)


@cache
def load() -> Authored:
    """Return what the file lists."""
    forms: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    groups: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for line in FILE.read_text(encoding="utf-8").splitlines():
        kind, *columns = line.split("\t")
        if kind.endswith(GROUP):
            groups[kind.removesuffix(GROUP)].append(tuple(columns[0].split(" ")))
        elif not line.startswith("#"):
            forms[kind][columns[0]] = tuple(columns[1].split(" "))
    return Authored(forms, {kind: tuple(listed) for kind, listed in groups.items()})

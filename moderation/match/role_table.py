"""What hits stand for, as far as texts have shown it: the roles of every way to write a group, as columns."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from moderation.match.alphabet import Encoded
from moderation.match.compiled import Compiled, Hits
from moderation.match.ragged import Numbers, Ragged, roomier
from moderation.match.spellings import Role

UNKNOWN = -1


class RoleTable:
    """Sets of roles, each numbered when it is first met, and the roles themselves; safe to share between threads.

    Of each set, `terms` holds the entries with the numbers of their roles, `parts` the parts of combinations with
    those, `triggers` the combinations by their rank in `ranks`, and `exceptions` the entries to which they are ones.
    Of each role, `confidences` and `is_variant` tell how surely it is read so, and whether as a variant.
    """

    def __init__(self, compiled: Compiled, ranks: Mapping[int, int]) -> None:
        self._compiled = compiled
        self._ranks = ranks
        self._plain = np.full(compiled.groups, UNKNOWN, dtype=np.int32)
        self._written: dict[tuple[int, str], int] = {}
        self._lock = threading.Lock()
        self.count = 0
        self.roles: list[Role] = []
        self.confidences = np.zeros(0, dtype=np.float64)
        self.is_variant = np.zeros(0, dtype=np.bool_)
        self.terms, self.parts = Ragged(2), Ragged(2)
        self.triggers, self.exceptions = Ragged(), Ragged()

    def sets_of(self, hits: Hits, encoded: Encoded) -> Numbers:
        """Return the number of each hit's set of roles."""
        sets = self._plain[hits.groups].astype(np.int64)
        formed = _holding(encoded.is_form, hits)
        for index in np.flatnonzero((sets == UNKNOWN) & ~formed).tolist():
            group = int(hits.groups[index])
            if (known := int(self._plain[group])) == UNKNOWN:
                known = self._plain[group] = self._written_set(group, self._compiled.plain(group))
            sets[index] = known
        sets[formed] = self._formed_sets(hits, formed, encoded)
        return sets

    def _formed_sets(self, hits: Hits, formed: NDArray[np.bool_], encoded: Encoded) -> list[int]:
        """Return the numbers of the sets of hits that hold forms of other characters."""
        texts, groups = hits.texts[formed], hits.groups[formed].tolist()
        begins = encoded.starts[texts]
        starts, ends = (hits.starts[formed] - begins).tolist(), (hits.ends[formed] - begins).tolist()
        written = [
            encoded.texts[text][start:end] for text, start, end in zip(texts.tolist(), starts, ends, strict=True)
        ]
        return list(map(self._written_set, groups, written))

    def _written_set(self, group: int, written: str) -> int:
        known = self._written.get((group, written))
        if known is not None:
            return known
        with self._lock:
            return self._written.setdefault((group, written), self._added(self._compiled.roles(group, written)))

    def _added(self, roles: tuple[Role, ...]) -> int:
        """Number the roles and their set, and write them into the columns; the number of the set comes last."""
        numbered = list(enumerate(roles, len(self.roles)))
        first, last = len(self.roles), len(self.roles) + len(roles)
        self.confidences = roomier(self.confidences, last)
        self.confidences[first:last] = [role.reading.confidence for role in roles]
        self.is_variant = roomier(self.is_variant, last)
        self.is_variant[first:last] = [bool(role.reading.kinds) for role in roles]
        self.roles.extend(roles)
        self.terms.append([(entry, number) for number, role in numbered for entry in role.terms])
        self.parts.append([(part, number) for number, role in numbered for part in role.parts])
        self.triggers.append([(self._ranks[entry],) for _, role in numbered for entry in role.triggers])
        self.exceptions.append([(entry,) for _, role in numbered for entry in sorted(role.exceptions)])
        self.count += 1
        return self.count - 1


def _holding(is_form: NDArray[np.bool_], hits: Hits) -> NDArray[np.bool_]:
    """Return which hits hold forms of other characters."""
    before = np.zeros(len(is_form) + 1, dtype=np.int64)
    np.cumsum(is_form, out=before[1:])
    holds: NDArray[np.bool_] = before[hits.ends] > before[hits.starts]
    return holds

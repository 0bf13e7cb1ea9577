"""Every tenant's own words, on shelves that many tenants share, so that a change is cheap however many words there are.

A tenant's words stand on one shelf. What changes comes onto the youngest shelf, which is made anew, and a full one is
left as it is; what it still holds of changed tenants is found no more, and goes when small and emptied shelves are
made into one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from moderation.match.own_word import OwnWord
from moderation.match.shelf import Shelf

YOUNG = 4096
"""Words on the youngest shelf from which on it is left as it is."""

FULL = 32_768
"""Words on a shelf that is made of many: to make one holds up other threads for a tenth of a second at most."""

MOST_SMALL = 8
"""Small shelves that there may be; more are made into larger ones."""

Words = Mapping[str, Sequence[OwnWord]]
NO_SHELF = Shelf({})


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A tenant's words in one state: `shelf` and `slot` are where they stand, `version` tells one state from another.

    Those that are inherited hold for every tenant.
    """

    tenant: str
    version: int
    is_inherited: bool
    shelf: Shelf = field(compare=False, repr=False)
    slot: int = field(compare=False, repr=False)

    @property
    def mark(self) -> OwnWords:
        """What equals this and keeps no words alive; nothing is found by it."""
        return OwnWords(self.tenant, self.version, self.is_inherited, NO_SHELF, 0)


@dataclass(frozen=True, slots=True)
class _Place:
    shelf: Shelf
    slot: int

    @property
    def count(self) -> int:
        return self.shelf.count_of(self.slot)

    def words(self) -> list[OwnWord]:
        return self.shelf.words_of(self.slot)


class Lexicon:
    """The own words of all tenants; immutable, so that who looks words up while they change sees one state of them."""

    def __init__(self, places: Mapping[str, _Place] | None = None, young: Shelf | None = None) -> None:
        self._places = dict(places or {})
        self._young = young

    def __len__(self) -> int:
        return sum(place.count for place in self._places.values())

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        """The shelves on which anything stands."""
        return tuple({id(place.shelf): place.shelf for place in self._places.values()}.values())

    def of(self, tenant: str, version: int, *, is_inherited: bool = False) -> OwnWords | None:
        """Return where a tenant's words stand; None where it has none."""
        place = self._places.get(tenant)
        return OwnWords(tenant, version, is_inherited, place.shelf, place.slot) if place is not None else None

    def changed(self, changes: Words) -> Lexicon:
        """Return the lexicon in which some tenants have these words and no others; this one stays as it is."""
        places = {tenant: place for tenant, place in self._places.items() if tenant not in changes}
        incoming = {tenant: words for tenant, words in changes.items() if words}
        young = self._young
        if young is not None and len(young) < YOUNG:
            kept = {
                tenant: young.words_of(slot) for tenant, slot in young.slots.items() if _stands(places, tenant, young)
            }
            incoming = kept | incoming
        for some in _parted(incoming):
            young = Shelf(some)
            places.update((tenant, _Place(young, slot)) for tenant, slot in young.slots.items())
        return Lexicon(_tidied(places, young), young)


def _stands(places: Mapping[str, _Place], tenant: str, shelf: Shelf) -> bool:
    return (place := places.get(tenant)) is not None and place.shelf is shelf


def _parted(words: Words) -> Iterable[dict[str, Sequence[OwnWord]]]:
    """Yield the tenants in parts that a shelf holds; one tenant is never parted."""
    part: dict[str, Sequence[OwnWord]] = {}
    room = FULL
    for tenant, own in words.items():
        if part and len(own) > room:
            yield part
            part, room = {}, FULL
        part[tenant] = own
        room -= len(own)
    if part:
        yield part


def _tidied(places: dict[str, _Place], young: Shelf | None) -> dict[str, _Place]:
    """Return places in which small and half-emptied shelves, where there are many, were made into larger ones."""
    live: dict[int, int] = {}
    shelves: dict[int, Shelf] = {}
    for place in places.values():
        key = id(place.shelf)
        shelves[key] = place.shelf
        live[key] = live.get(key, 0) + place.count
    poor = {key for key, held in live.items() if _is_poor(shelves[key], held) and shelves[key] is not young}
    if len(poor) <= MOST_SMALL:
        return places
    moved = {tenant: place.words() for tenant, place in places.items() if id(place.shelf) in poor}
    for some in _parted(moved):
        shelf = Shelf(some)
        places.update((tenant, _Place(shelf, slot)) for tenant, slot in shelf.slots.items())
    return places


def _is_poor(shelf: Shelf, live: int) -> bool:
    return len(shelf) < FULL // 2 or live < len(shelf) // 2


def lexicon_of(words: Words) -> Lexicon:
    """Return the lexicon of some tenants' words."""
    return Lexicon().changed(words)

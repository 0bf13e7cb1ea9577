"""The words of a tenant's policies, as the engine looks them up, where only that tenant is asked for."""

from __future__ import annotations

from moderation.match.lexicon import Lexicon, OwnWords
from moderation.policies.effective import Inheritance

OWN, INHERITED, GRANTED = "own", "inherited", "granted"


def words_of(inheritance: Inheritance) -> tuple[OwnWords, ...]:
    """Return a tenant's own words, those of all tenants, and those that only it inherits, on a shelf of their own."""
    own, default = inheritance.own, inheritance.default
    lexicon = Lexicon().changed(
        ({OWN: own.document.own_words()} if own is not None else {})
        | (
            {
                INHERITED: default.document.own_words(),
                GRANTED: default.document.words_for().get(inheritance.tenant, []),
            }
            if default is not None
            else {}
        )
    )
    versions = {OWN: own, INHERITED: default, GRANTED: default}
    found = (
        lexicon.of(name, version.line.version, is_inherited=name != OWN)
        for name, version in versions.items()
        if version is not None
    )
    return tuple(one for one in found if one is not None)

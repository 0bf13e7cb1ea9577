"""Which rare characters are taken for which common ones where texts are learnt from."""

from __future__ import annotations

from collections.abc import Mapping

from moderation.match.plain import CODES
from moderation.match.readings import is_common

KINDS = ("traditional", "homophone", "look-alike")


def plain_characters(characters: Mapping[str, Mapping[str, Mapping[str, float]]]) -> dict[str, str]:
    """Return the common character that each rare one most probably stands for, by kind, character, form and weight.

    Traditional characters count first: they say the same. What a common character stands for is left open, since it
    mostly means itself.
    """
    best: dict[str, tuple[bool, float, str]] = {}
    for kind in KINDS:
        for character, forms in characters.get(kind, {}).items():
            for form, weight in forms.items():
                if len(form) == 1 and _is_rare(form) and is_common(character):
                    best[form] = max(
                        best.get(form, (False, 0.0, "")), (kind == "traditional", round(weight, 2), character)
                    )
    return {form: character for form, (_, _, character) in sorted(best.items())}


def _is_rare(form: str) -> bool:
    return "\u3400" <= form <= "\u9fff" and ord(form) < CODES and not is_common(form)

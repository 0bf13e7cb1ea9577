"""What the forms ask for each thing that a reviewer does with a case."""

from __future__ import annotations

from collections.abc import Mapping

from moderation.cli.review_screen.form import Question
from moderation.cli.review_screen.pending import Held
from moderation.review.case import CODES, Outcome
from moderation.verdict import Decision

OUTCOMES = (Outcome.UPHELD, Outcome.REVERSED)


def ruling(held: Held, decision: Decision, words: Mapping[str, str]) -> Question:
    """Ask why a case passes or is rejected."""
    title = words[f"form {decision}"].format(number=held.number)
    if held.together:
        title = words["form together"].format(title=title, count=len(held.together))
    return Question(title, words["ask note"], [words[code] for code in CODES[decision]], held.note)


def appeal(held: Held, words: Mapping[str, str]) -> Question:
    """Ask what becomes of an appeal, and what its sender is told."""
    outcomes = [words[outcome] for outcome in OUTCOMES]
    return Question(words["form appeal"].format(number=held.number), words["ask appeal"], outcomes, held.note, True)


def skip(held: Held, words: Mapping[str, str]) -> Question:
    """Ask why a case is skipped."""
    return Question(words["form skip"].format(number=held.number), words["ask skip"], needs_text=True)


def note(held: Held, words: Mapping[str, str]) -> Question:
    """Ask for a note."""
    return Question(words["form note"].format(number=held.number), words["ask note"], text=held.note)

"""The model card: what the model is for, what it was trained on, and its measured rates, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moderation.train.training import Rate, TrainingReport

INTRODUCTION = """# Model card

Written by `moderation train`; do not edit.

**Purpose.** Three judgements on the normal text of a Chinese SMS template: its type, its industry, and whether it is
prohibited content. Type and industry are used where the sender declares none. A text that the risk head reports goes to
a person (rule PC201); the model alone never rejects.

**Method.** Multinomial logistic regression per head (scikit-learn) over hashed 1- to 4-grams of Han characters and
2- to 4-grams of addresses (Latin letters and digits, every digit alike), exported as one ONNX graph with 12-bit
weights. Punctuation and placeholders are left out, because they tell the collections apart; each text with addresses
is learnt from without them too, because some collections mask them.

**Data.** Public collections of real SMS (none of their texts is shipped) and lawful templates of our own.
Near-duplicates form groups; about a fifth of the groups is held out. All rates below are on texts that the model did
not see.

**Limits.** The unlawful messages are of 2015 to 2021; newer kinds of fraud are known only through wordlists. Disguises
by characters that the model never met weaken it. The ordinary advertising of one collection holds some unlawful
messages that are labelled lawful.
"""


def render(report: TrainingReport) -> str:
    """Return the card of a finished training."""
    facts = (
        f"Trained on {report.trained_on:,} texts; {report.size / 1e6:.1f} MB; a probability of prohibited content from "
        f"{report.threshold:g} on is reported.\n"
    )
    parts = [INTRODUCTION, facts]
    parts.append("## Prohibited content reported, by kind of text\n\n" + _table(report.rates, ("risk",)))
    parts.append("## Type and industry judged right\n\n" + _table(report.rates, ("type", "industry")))
    if report.left_out:
        parts.append(
            "## Leaving one collection out\n\nProhibited content reported in each collection by a model that was "
            "fitted on the others: it shows what is learnt of content rather than of a collection.\n\n"
            + _table(report.left_out, ("risk",))
        )
    return "\n".join(parts)


def _table(rates: Iterable[Rate], heads: tuple[str, ...]) -> str:
    lines = ["| head | texts | share | of |", "|---|---|---|---|"]
    lines += [
        f"| {rate.head} | {rate.texts} | {rate.share:.1%} | {rate.total} |" for rate in rates if rate.head in heads
    ]
    return "\n".join(lines) + "\n"

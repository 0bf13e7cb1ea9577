"""Cases whose templates resemble the one on the screen: how they were ruled, and which are ruled with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.widgets import OptionList

from moderation.cli.review_screen.case_line import can_be_marked, similar_line
from moderation.cli.review_screen.steady import entitle
from moderation.review.case import Similar


class SimilarView(OptionList):
    """Similar cases, the most similar first."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(id="similar", markup=False, compact=True)
        self._words = words
        self._similar: Sequence[Similar] = ()

    @property
    def selected(self) -> Similar | None:
        """The case under the cursor."""
        return None if self.highlighted is None or not self._similar else self._similar[self.highlighted]

    def show(self, similar: Sequence[Similar], together: frozenset[int]) -> None:
        """Show these cases, those that are ruled together marked."""
        how = self._words["how to mark"] if any(can_be_marked(one) for one in similar) else ""
        entitle(self, f"{self._words['similar']} {len(similar) or ''}{how}".rstrip())
        prompts = [similar_line(one, one.line.number in together, self._words) for one in similar]
        if prompts == [option.prompt for option in self.options]:
            return
        is_same, place = list(similar) == list(self._similar), self.highlighted
        self._similar = similar
        self.set_options(prompts)
        self.highlighted = (place if is_same else 0) if prompts else None

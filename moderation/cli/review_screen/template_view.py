"""The template on the screen: its facts, its marked text, the suggested text, and the appeal where there is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from moderation.cli.review_screen.case_line import duration
from moderation.cli.review_screen.labelled import labelled
from moderation.cli.review_screen.marked_text import lines_before, marked
from moderation.cli.review_screen.pending import Held
from moderation.cli.review_screen.shown import shown, shown_on_one_line
from moderation.cli.review_screen.steady import SteadyText, entitle
from moderation.review.case import Case

CHINA_TIME = timezone(timedelta(hours=8))
COUNTED_DOWN = timedelta(minutes=1)
"""A lease of less is told in seconds."""
DECLARED = ("type:", "industry:")
"""Tags that repeat what the template declares."""


class TemplateView(VerticalScroll):
    """The template of the held case."""

    def __init__(self, words: Mapping[str, str], *, plain: bool) -> None:
        super().__init__(classes="template")
        self._words = words
        self._plain = plain
        self._facts = SteadyText(classes="facts")
        self._text = SteadyText(classes="text")
        self._more = SteadyText(classes="more")
        self._shown: tuple[Case | None, int | None, str] | None = None

    def compose(self) -> ComposeResult:
        """Build the three texts."""
        yield self._facts
        yield self._text
        yield self._more

    def show(self, case: Case | None, current: int | None, note: str = "") -> None:
        """Show a case with one of its reasons standing out; None shows that there is no case."""
        if (case, current, note) == self._shown:
            return
        self._shown = case, current, note
        self._facts.show(self._facts_of(case) if case else Content())
        self._text.show(self._text_of(case, current))
        self._more.show(Content("\n").join(self._more_of(case, note)) if case else Content())

    def show_lease(self, held: Held | None, now: datetime) -> None:
        """Show the number of the case and what is left of its lease."""
        title = self._words["template"]
        if held is not None:
            left = max(timedelta(), held.lease.expires_at - now)
            seconds = self._words["seconds"].format(seconds=int(left.total_seconds()))
            time = seconds if left < COUNTED_DOWN else duration(left, self._words)
            title = f"{title} #{held.number} · {self._words['lease'].format(time=time)}"
        entitle(self, title)

    def scroll_to_reason(self, case: Case, current: int) -> None:
        """Bring the span of a reason into sight."""
        line = lines_before(case.template.text, case.reasons, current, self._text.size.width, plain=self._plain)
        top = self._text.virtual_region.y + line
        if not self.scroll_y <= top < self.scroll_y + self.size.height:
            self.scroll_to(y=max(0, top - 1), animate=False)

    def _text_of(self, case: Case | None, current: int | None) -> Content:
        if case is None or case.purged:
            return Content(self._words["purged" if case else "no case"])
        return marked(case.template.text, case.reasons, current, plain=self._plain)

    def _facts_of(self, case: Case) -> Content:
        words, line, template = self._words, case.line, case.template
        machine = words["machine"].format(decision=words[line.machine], score=line.risk_score)
        facts = [words[f"QUEUE {line.queue}"], machine]
        facts.append(words[template.type] if template.type else "")
        facts.append(words[f"INDUSTRY {template.industry}"] if template.industry else "")
        facts.append(line.tenant)
        if template.signature:
            facts.append(words["signature"].format(name=template.signature))
        if template.send_at is not None:
            facts.append(words["send at"].format(time=f"{template.send_at.astimezone(CHINA_TIME):%m-%d %H:%M}"))
        facts += [tag for tag in line.tags if not tag.startswith(DECLARED)]
        return Content(" · ".join(shown_on_one_line(fact) for fact in facts if fact)).stylize("dim")

    def _more_of(self, case: Case, note: str) -> Iterator[Content]:
        words = self._words
        if case.ruling is not None:
            ruled = f"{words[case.ruling.decision]} · {words[case.ruling.code]} · {case.ruling.reviewer}"
            yield labelled("ruled", Content(shown(f"{ruled} {case.ruling.note}")), words)
        if case.appeal is not None:
            yield labelled("appeal", Content(shown(case.appeal.text)), words)
            for evidence in case.appeal.evidence:
                yield labelled("evidence", Content(shown(evidence)), words)
        for skip in case.skips:
            yield labelled("skipped by", Content(shown(f"{skip.reviewer}: {skip.reason}")), words)
        if note:
            yield labelled("note", Content(shown(note)), words)
        if case.suggested_text:
            yield labelled("suggested", marked(case.suggested_text, (), None, plain=self._plain), words)

"""The template on the screen: its facts, its marked text, the suggested text, and the appeal where there is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from moderation.cli.review_screen.marked_text import lines_before, marked
from moderation.cli.review_screen.pending import Held
from moderation.cli.review_screen.shown import shown, shown_on_one_line
from moderation.review.case import Case

CHINA_TIME = timezone(timedelta(hours=8))
DECLARED = ("type:", "industry:")
"""Tags that repeat what the template declares."""


class TemplateView(VerticalScroll):
    """The template of the held case."""

    def __init__(self, words: Mapping[str, str], *, plain: bool) -> None:
        super().__init__(classes="template")
        self._words = words
        self._plain = plain
        self._facts = Static(classes="facts", markup=False)
        self._text = Static(classes="text", markup=False)
        self._more = Static(classes="more", markup=False)

    def compose(self) -> ComposeResult:
        """Build the three texts."""
        yield self._facts
        yield self._text
        yield self._more

    def show(self, case: Case | None, current: int | None, note: str = "") -> None:
        """Show a case with one of its reasons standing out; None shows that there is no case."""
        if case is None:
            self._facts.update("")
            self._text.update(self._words["no case"])
            self._more.update("")
            return
        self._facts.update(self._facts_of(case))
        if case.purged:
            self._text.update(self._words["purged"])
        else:
            self._text.update(marked(case.template.text, case.reasons, current, plain=self._plain))
        self._more.update(Content("\n").join(self._more_of(case, note)))

    def show_lease(self, held: Held | None, now: datetime) -> None:
        """Show the number of the case and what is left of its lease."""
        title = self._words["template"]
        if held is not None:
            seconds = max(0, int((held.lease.expires_at - now).total_seconds()))
            lease = self._words["lease"].format(time=f"{seconds // 60}:{seconds % 60:02}")
            title = f"{title} #{held.number} · {lease}"
        self.border_title = title

    def scroll_to_reason(self, case: Case, current: int) -> None:
        """Bring the span of a reason into sight."""
        line = lines_before(case.template.text, case.reasons, current, self._text.size.width, plain=self._plain)
        top = self._text.virtual_region.y + line
        if not self.scroll_y <= top < self.scroll_y + self.size.height:
            self.scroll_to(y=max(0, top - 1), animate=False)

    def _facts_of(self, case: Case) -> Content:
        words, line, template = self._words, case.line, case.template
        facts = [words[line.priority.name], words[f"QUEUE {line.queue}"]]
        facts.append(words["machine"].format(decision=words[line.machine], score=line.risk_score))
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
        if case.suggested_text:
            yield self._headed("suggested", marked(case.suggested_text, (), None, plain=self._plain))
        if case.ruling is not None:
            ruled = f"{words[case.ruling.decision]} · {words[case.ruling.code]} · {case.ruling.reviewer}"
            yield self._headed("ruled", Content(shown(f"{ruled} {case.ruling.note}")))
        if case.appeal is not None:
            yield self._headed("appeal", Content(shown(case.appeal.text)))
            for evidence in case.appeal.evidence:
                yield self._headed("evidence", Content(shown(evidence)))
        for skip in case.skips:
            yield self._headed("skipped by", Content(shown(f"{skip.reviewer}: {skip.reason}")))
        if note:
            yield self._headed("note", Content(shown(note)))

    def _headed(self, key: str, text: Content) -> Content:
        return Content.assemble((f"{self._words[key]}: ", "bold"), text)

"""Measures as one HTML page that needs nothing else."""

from __future__ import annotations

from importlib import resources

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from moderation.evaluation.measures import Measures, Row
from moderation.evaluation.plots import plots_of
from moderation.evaluation.printable import shown
from moderation.evaluation.rates import Interval, Share
from moderation.evaluation.systems import System, stopping

PAGE_FILE = "page.html.jinja"


def render(measures: Measures, title: str, ruleset: str, *, with_texts: bool = True) -> str:
    """Return the page; without texts, errors are told by their place and rules alone."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    environment.filters |= {"share": _share, "figure": _figure, "mean": _mean, "shade": _shade, "shown": shown}
    source = resources.files(__package__).joinpath(PAGE_FILE).read_text(encoding="utf-8")
    return environment.from_string(source).render(
        measures=measures,
        title=title,
        ruleset=ruleset,
        systems=tuple(System),
        plots=[Markup(plot) for plot in plots_of(measures)],  # noqa: S704
        with_texts=with_texts,
        reasons=_reasons,
    )


def _share(share: Share) -> str:
    return "–" if share.value is None else _figure(share.value, share.interval)


def _figure(value: float | None, interval: Interval) -> str:
    return "–" if value is None else f"{value:.1%} ({interval[0]:.1%}–{interval[1]:.1%})"


def _mean(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"


def _shade(count: int, total: int) -> str:
    """Return how dark a cell of a matrix is, as an alpha value in hundredths."""
    return f"{round(80 * count / total) if total else 0}%"


def _reasons(row: Row) -> list[str]:
    """Return the rules that a text was stopped by, each with the words that it points at."""
    return [
        f"{finding.rule.id} {finding.rule.name}" + (f"：{finding.quote}" if finding.quote else "")
        for finding in stopping(row.judged.verdict.findings)
    ]

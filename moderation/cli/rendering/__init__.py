"""Writing verdicts: a table for people, JSON for scripts, HTML for reports."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from moderation.cli.failure import BAD_INPUT
from moderation.cli.rendering.report import Report
from moderation.cli.rendering.system import in_language


@contextmanager
def open_report(format: str, output: Path | None, locale: str) -> Iterator[Report]:
    """Give a report that is complete when the context is left; a file appears whole or not at all."""
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        report = _report(format, sys.stdout, locale)
        yield report
        report.close()
        sys.stdout.flush()
        return
    unfinished = output.with_name(output.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as stream:
            report = _report(format, stream, locale)
            yield report
            report.close()
        unfinished.replace(output)
    except OSError as error:
        typer.echo(f"error: {output}: {in_language(locale, error.strerror or '')}", err=True)
        raise typer.Exit(BAD_INPUT) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _report(format: str, stream: object, locale: str) -> Report:
    if format == "html":
        from moderation.cli.rendering.html_report import HtmlReport

        return HtmlReport(stream, locale)  # type: ignore[arg-type]
    if format == "table":
        from moderation.cli.rendering.table import TableReport

        return TableReport(stream, locale)  # type: ignore[arg-type]
    from moderation.cli.rendering.json_report import JsonReport

    return JsonReport(stream, is_array=format == "json")  # type: ignore[arg-type]

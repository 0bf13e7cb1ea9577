"""`moderation check`: templates in, verdicts out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from moderation.cli import reading
from moderation.cli.failure import BAD_INPUT, fail, ruleset_errors
from moderation.cli.progress import progress_of
from moderation.cli.reading import Line
from moderation.cli.rendering.mistakes import MISTAKES
from moderation.cli.server_error import is_address
from moderation.text.template import Template

if TYPE_CHECKING:
    from moderation.cli.checking import Checker
    from moderation.cli.rendering.report import Report
    from moderation.service.errors import RequestError

EXAMPLE = (
    "Example: moderation check --type marketing '【甲商城】全国第一好茶，会员8折' · "
    "moderation check -f templates.jsonl --format jsonl -o verdicts.jsonl"
)
SOMETHING_FOUND = 1
"""Exit code where a template got REVIEW or REJECT."""

CLOSED_PIPE = 141
"""Exit code where the reader of the verdicts is gone, as of a program that SIGPIPE ended."""


class Format(StrEnum):
    """How verdicts are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


class Locale(StrEnum):
    """The language of reasons and advice."""

    ZH = "zh"
    EN = "en"


class InputFormat(StrEnum):
    """How standard input is written."""

    JSONL = "jsonl"
    CSV = "csv"
    TXT = "txt"


def check(
    texts: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="Templates to check.")] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option("--file", "-f", help="Templates in a .jsonl, .csv or .txt file; - reads standard input."),
    ] = None,
    input_format: Annotated[
        InputFormat | None,
        typer.Option(help="How standard input is written; else JSONL if it begins with {, or plain text."),
    ] = None,
    type: Annotated[str, typer.Option(help="otp, notification or marketing, where a line does not say.")] = "",
    industry: Annotated[str, typer.Option(help="The sender's industry, where a line does not say.")] = "",
    signature: Annotated[str, typer.Option(help="The signature, where it travels beside the text.")] = "",
    tenant: Annotated[str, typer.Option(help="The tenant, where a line does not say.")] = "",
    profile: Annotated[str, typer.Option(help="The operator profile, where a line does not say.")] = "",
    region: Annotated[
        str, typer.Option(help="Where it is sent, such as SG, 境外 or 广东; where a line does not say.")
    ] = "",
    send_at: Annotated[str, typer.Option(help="When it will be sent, RFC 3339.")] = "",
    verified_domain: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A domain that is the sender's own; may be repeated.")
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Check by the wordlists, rules, policies and links in force in this store; else MODERATION_STORE.",
        ),
    ] = None,
    keys: Annotated[Path | None, typer.Option(metavar="FILE", help="The keys of the store.")] = None,
    server: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Check by this server, not in-process.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write the verdicts.")] = Format.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    locale: Annotated[Locale, typer.Option(help="The language of reasons and advice.")] = Locale.ZH,
    wordlists: Annotated[Path | None, typer.Option(help="A directory of wordlists, not the shipped ones.")] = None,
    models: Annotated[Path | None, typer.Option(help="A directory of models, not the shipped ones.")] = None,
    profiles: Annotated[Path | None, typer.Option(help="A directory of your own profiles, beside the shipped.")] = None,
    dialects: Annotated[Path | None, typer.Option(help="A directory of dialect files, not the shipped ones.")] = None,
) -> None:
    """Check templates: 0 all PASS, 1 something REVIEW or REJECT, 2 bad usage, bad input or nothing to check.

    A bad line is reported with its number, and the rest goes on. 141: who read the verdicts stopped before their end.
    """
    if server is not None and not server.strip():
        _refuse(locale, "empty server")
    if server is not None and not is_address(server):
        _refuse(locale, "no address", value=repr(server))
    if server and (verified_domain or wordlists or models or profiles or dialects):
        _refuse(locale, "settings of server")
    if server and (store is not None or keys is not None):
        _refuse(locale, "store and server")
    given = {"type": type, "industry": industry, "signature": signature, "tenant": tenant, "profile": profile}
    defaults = _defaults(given | {"region": region, "send_at": send_at}, locale)
    domains = _domains(verified_domain or [], locale)
    lines = _lines(texts or [], files or [], defaults, input_format, locale)
    with ExitStack() as opened:
        with ruleset_errors(locale):
            checker = _checker(server, domains, locale, (wordlists, models, profiles, dialects), (store, keys), opened)
        raise typer.Exit(_run(lines, checker, format, output, locale, _expected(files or [])))


def _refuse(locale: Locale, mistake: str, **told: object) -> NoReturn:
    fail(MISTAKES[locale][mistake].format(**told))


def _defaults(given: dict[str, str], locale: Locale) -> Template:
    try:
        return reading.template_of({"text": "-"} | {key: value for key, value in given.items() if value}, Template("-"))
    except reading.LineError as error:
        _refuse(locale, "unfit value", option=f"--{error.field.replace('_', '-')}", why=_in(locale, error))


def _domains(given: Sequence[str], locale: Locale) -> list[str]:
    from moderation.match.domains import verified_domain

    try:
        return [verified_domain(domain) for domain in given]
    except ValueError as error:
        _refuse(locale, "unfit value", option="--verified-domain", why=_in(locale, error))


def _in(locale: Locale, error: Exception) -> str:
    from moderation.cli.rendering.problems import problem_in

    return problem_in(locale, str(error))


def _lines(
    texts: Sequence[str], files: Sequence[Path], defaults: Template, input_format: InputFormat | None, locale: Locale
) -> Iterator[Line]:
    if texts and files:
        _refuse(locale, "texts and files")
    if not texts and not files:
        if sys.stdin is None or sys.stdin.isatty():
            _refuse(locale, "nothing given", example=EXAMPLE)
        files = [reading.STANDARD_INPUT]
    if input_format is not None and reading.STANDARD_INPUT not in files:
        _refuse(locale, "input format")
    if texts:
        return reading.read_arguments(texts, defaults)
    suffix = f".{input_format}" if input_format is not None else ""
    return (line for path in files for line in reading.read_file(path, sys.stdin.buffer, defaults, suffix))


def _checker(
    server: str | None,
    domains: Sequence[str],
    locale: Locale,
    directories: tuple[Path | None, Path | None, Path | None, Path | None],
    store: tuple[str | None, Path | None],
    opened: ExitStack,
) -> Checker:
    from moderation.cli.checking import EmbeddedChecker, RemoteChecker
    from moderation.cli.store_in_force import in_force

    if server:
        return RemoteChecker(server, locale)
    return EmbeddedChecker(domains, locale, *directories, in_force=in_force(*store, directories[0], locale, opened))


def _expected(files: Sequence[Path]) -> int:
    """Return about how many lines the files have; 0 where that cannot be told."""
    if not files or any(not path.is_file() for path in files):
        return 0
    total = 0
    for path in files:
        with path.open("rb") as stream:
            total += sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
    return total


def _run(
    lines: Iterable[Line], checker: Checker, format: Format, output: Path | None, locale: Locale, expected: int
) -> int:
    """Check all lines in batches and write the verdicts; return the exit code."""
    from moderation.cli.checking import BATCH
    from moderation.cli.rendering import open_report
    from moderation.cli.rendering.servers import server_refusal
    from moderation.cli.server_error import ServerError

    found, bad, total = False, False, 0
    with _quiet_on_closed_pipe(), open_report(format, output, locale) as report, progress_of(expected) as advance:
        try:
            for batch in _batches(lines, BATCH):
                batch_found, batch_bad = _check_batch(batch, checker, report, locale, tells=_tells(format, output))
                found, bad, total = found or batch_found, bad or batch_bad, total + len(batch)
                advance(len(batch))
            if not total:
                raise reading.InputError("nothing to check; the input holds no template, write one a line")
        except (reading.InputError, ServerError) as error:
            told = server_refusal(error, locale) if isinstance(error, ServerError) else _in(locale, error)
            typer.echo(f"error: {told}", err=True)
            if output is not None:
                raise typer.Exit(BAD_INPUT) from error
            bad = True
    return BAD_INPUT if bad else SOMETHING_FOUND if found else 0


def _tells(format: Format, output: Path | None) -> bool:
    """Return whether bad lines are told on standard error: a table on standard output tells them itself."""
    return format is not Format.TABLE or output is not None


@contextmanager
def _quiet_on_closed_pipe() -> Iterator[None]:
    """End the command without a word where nobody reads its output any more."""
    try:
        yield
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
        raise typer.Exit(CLOSED_PIPE) from None


def _batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    """Yield the lines in batches; where a file cannot be read, yield what stood before it, then raise InputError."""
    batch: list[Line] = []
    try:
        for line in lines:
            batch.append(line)
            if len(batch) == size:
                yield batch
                batch = []
    except reading.InputError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _check_batch(
    batch: Sequence[Line], checker: Checker, report: Report, locale: Locale, *, tells: bool
) -> tuple[bool, bool]:
    """Check and write one batch; return whether something was found, and whether a line was bad."""
    from moderation.service.errors import RequestError
    from moderation.service.translate import verdict_to_record

    outcomes = iter(checker.check([line.template for line in batch if not line.problem]))
    found, bad = False, False
    for line in batch:
        outcome = None if line.problem else next(outcomes)
        if outcome is None or isinstance(outcome, RequestError):
            bad = True
            _report_problem(line, outcome, report, locale, tells=tells)
        else:
            record = verdict_to_record(outcome)
            found = found or record["decision"] != "PASS"
            report.add_verdict(line, record)
    return found, bad


def _report_problem(line: Line, error: RequestError | None, report: Report, locale: Locale, *, tells: bool) -> None:
    from moderation.cli.rendering.problems import is_of_template, item_problem_in, problem_in

    if error is None:
        field, is_checked, message = line.field, True, problem_in(locale, line.problem)
    else:
        field, is_checked, message = error.field, is_of_template(error), item_problem_in(locale, error)
    if tells:
        typer.echo(f"error: {line.place}: {field}: {message}" if field else f"error: {line.place}: {message}", err=True)
    report.add_problem(line, message, field, is_checked=is_checked)

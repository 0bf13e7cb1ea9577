"""Ending a command with a clear error: what, where, how to mend it; exit code 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

BAD_INPUT = 2
"""Exit code for bad usage and bad input."""


def fail(message: str) -> NoReturn:
    """Print an error on standard error and end the command."""
    typer.echo(f"error: {message}", err=True)
    raise typer.Exit(BAD_INPUT)


@contextmanager
def ruleset_errors(locale: str = "en") -> Iterator[None]:
    """Turn what is wrong with wordlists, dialects, model or installation into a clear end of the command."""
    from moderation.match.listing import ListingError

    try:
        yield
    except ListingError as error:
        from moderation.cli.rendering.wordlist_problems import wordlist_problems

        fail(wordlist_problems(error.diagnostics, locale))
    except Exception as error:
        if isinstance(error, _of_installation()):
            fail(str(error))
        raise


def _of_installation() -> tuple[type[Exception], ...]:
    """Return what is wrong with files other than lists; importing these takes a command that needs none long."""
    from moderation.match.classifier import ModelError
    from moderation.rules.profile_files import ProfileError
    from moderation.ruleset import RulesetError

    return ModelError, ProfileError, RulesetError, FileNotFoundError

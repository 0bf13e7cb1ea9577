"""`moderation ruleset show|replay`: what servers decide by, and old verdicts made again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import REMOTE, RULESET, STORE, Access, accessing, within
from moderation.cli.answering import answer
from moderation.cli.failure import ruleset_errors
from moderation.cli.opening import actor_of, opened_store, refusals, require_server
from moderation.review.people import Role

if TYPE_CHECKING:
    from moderation.engine import Engine
    from moderation.rules.rule_trials import RuleTrials
    from moderation.store.opening import OpenedStore
    from moderation.store.presence import Presence

SHOW_EXAMPLE = "Example: moderation ruleset show --server 127.0.0.1:50051 --format json"
REPLAY_EXAMPLE = "Example: moderation ruleset replay 5f0c8a41b7e94d26a3d1c9e07b82f6d4"

DIFFERS = 1
"""Exit code where a verdict is another one now."""

app = typer.Typer(
    help="Show what servers decide by, and make old verdicts again.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("show", epilog=SHOW_EXAMPLE)
@accessing(*STORE, *REMOTE, role=Role.POLICY)
def show(access: Access) -> None:
    """Show which ruleset and which version of the wordlists each process of the servers over a store decides by."""
    from moderation.cli.rendering.rulesets import presence_record, print_processes

    head, processes = _served(access) if access.server is not None else _told(access)
    answer(
        access,
        lambda: {"head": head, "processes": [presence_record(one) for one in processes]},
        lambda: print_processes(head, processes, access.locale),
    )


@app.command("replay", epilog=REPLAY_EXAMPLE)
@accessing(*RULESET)
def replay(
    access: Access,
    verdict: Annotated[str, typer.Argument(metavar="VERDICT_ID", help="The id of a verdict, as its answer told it.")],
) -> None:
    """Make an old verdict again, with the wordlists of its version and the policy of its time, and compare the two.

    Give the same `--models`, `--profiles` and `--dialects` as the server has. Exit code 1 where the decision or a
    finding is another one now; what is not as it was then is told.
    """
    from moderation import __version__
    from moderation.cli.rendering.rulesets import print_replay, replay_record
    from moderation.review.circumstances import Made
    from moderation.review.replay import replayed
    from moderation.ruleset_digest import parts_of
    from moderation.store.replaying import remembered
    from moderation.store.rule_trials import StoredRuleTrials

    within(access, "VERDICT_ID", verdict, "FileAppealRequest.verdict_id")
    with opened_store(access, may_write=False) as store:
        old = remembered(store.engine, store.ring, verdict)
        trials = StoredRuleTrials(store.engine, store.ring).of_ruleset(old.kept.ruleset)
        engine = _engine(access, store, old.wordlists_version, trials)
    again = engine.check(old.template, old.policy)
    now = Made(__version__, old.wordlists_version, parts_of(engine.ruleset))
    compared = replayed(old.kept, again, now)
    answer(
        access,
        lambda: replay_record(compared, is_assumed=old.is_assumed),
        lambda: print_replay(compared, access.locale, is_assumed=old.is_assumed),
    )
    if not compared.is_same:
        raise typer.Exit(DIFFERS)


def _served(access: Access) -> tuple[int, tuple[Presence, ...]]:
    """Return what a server tells."""
    from moderation.cli.remote_ruleset import served

    with refusals(access.locale):
        return served(require_server(access), actor_of(access))


def _told(access: Access) -> tuple[int, tuple[Presence, ...]]:
    """Return what the processes over a store told it."""
    from datetime import UTC, datetime

    from moderation.store.database import reading
    from moderation.store.presence import StoredPresence
    from moderation.store.wordlist_reading import head

    with opened_store(access, may_write=False) as store:
        with reading(store.engine) as connection:
            current = head(connection)
        return current, StoredPresence(store.engine).present(datetime.now(UTC))


def _engine(access: Access, store: OpenedStore, version: int, trials: RuleTrials) -> Engine:
    """Return an engine of a version of the wordlists, with what was said of rules."""
    from moderation.cli.wordlist_access import directories_of
    from moderation.cli.wordlist_progress import unsaved
    from moderation.engine import Engine
    from moderation.ruleset import load_ruleset
    from moderation.store.wordlists import StoredWordlists
    from moderation.wordlists.overlay import overlaid

    files, overlay = directories_of(access), StoredWordlists(store.engine, store.ring).overlay(version)
    with ruleset_errors(access.locale):
        ruleset = load_ruleset(
            models=files.models,
            profiles=files.profiles,
            dialects=files.dialects,
            lists=overlaid(files.load_shipped(), overlay),
            wordlists_version=version,
            rule_trials=trials,
            unsaved=unsaved(access),
        )
    return Engine(ruleset)

"""`moderation rule shadow|promote|drop|restore|trials`: rules on trial for every tenant, and how their trials end."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import REMOTE, STORE, Access, RequestId, accessing, chosen, day, refuse
from moderation.cli.answering import answer, words, write_list
from moderation.cli.opening import actor_of
from moderation.cli.trial_access import Trials, opened_trials
from moderation.cli.wordlist_access import require_writable
from moderation.review.people import Role
from moderation.rules.rule import Severity
from moderation.rules.rule_trials import RuleTrial, TrialState

if TYPE_CHECKING:
    from moderation.store.trial_desk import RuleOnTrial, TrialHits

SHADOW_EXAMPLE = "Example: moderation rule shadow AW102 --until 2026-12-31 --reason 误伤多"
PROMOTE_EXAMPLE = (
    "Example: moderation rule promote AW102 --reason 已核对 · "
    "moderation rule promote --due --severity review --reason 试行期满"
)
DROP_EXAMPLE = "Example: moderation rule drop AW102 --reason 误伤多"
RESTORE_EXAMPLE = "Example: moderation rule restore AW102 --reason 复原"
TRIALS_EXAMPLE = "Example: moderation rule trials · moderation rule trials AW102 --format json"

app = typer.Typer(rich_markup_mode=None)

Rules = Annotated[list[str], typer.Argument(metavar="RULE...", help="Rules, by id or name.")]
AnyRules = Annotated[list[str] | None, typer.Argument(metavar="[RULE]...", help="Rules, by id or name.")]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why, for the list and the audit.")]
Due = Annotated[bool, typer.Option("--due", help="All rules whose trial's last day is over.")]
WRITING = (*STORE, *REMOTE)


@app.command("shadow", epilog=SHADOW_EXAMPLE)
@accessing(*WRITING, role=Role.POLICY)
def shadow(
    access: Access,
    rules: Rules,
    until: Annotated[str, typer.Option(metavar="DAY", help="The last day of the trial: YYYY-MM-DD.")],
    reason: Reason,
    severity: Annotated[
        str,
        typer.Option(metavar="SEVERITY", help="What they would do in force: reject, review or advice; else their own."),
    ] = "",
    request_id: RequestId = "",
) -> None:
    """Put rules on trial for every tenant and profile: their findings are counted and decide nothing.

    After the last day a rule stays on trial, and is listed as due. Servers follow within a second.
    """
    trial = RuleTrial(TrialState.SHADOW, _severity(access, severity), day(access, "--until", until))
    _say(access, _ids(access, rules), trial, reason, request_id)


@app.command("promote", epilog=PROMOTE_EXAMPLE)
@accessing(*WRITING, role=Role.POLICY)
def promote(
    access: Access,
    reason: Reason,
    rules: AnyRules = None,
    severity: Annotated[
        str,
        typer.Option(metavar="SEVERITY", help="What they do from now on: reject, review or advice; else their own."),
    ] = "",
    due: Due = False,
    request_id: RequestId = "",
) -> None:
    """End the trial of rules, which decide from now on: by the severity given here or for the trial, or their own.

    A rule that is shipped as SHADOW needs a severity to decide anything.
    """
    trial = RuleTrial(TrialState.LIVE, _severity(access, severity))
    with _meant(access, rules, due) as (ids, trials):
        _tell(access, _said(access, trials, ids, trial, reason, request_id))


@app.command("drop", epilog=DROP_EXAMPLE)
@accessing(*WRITING, role=Role.POLICY)
def drop(access: Access, reason: Reason, rules: AnyRules = None, due: Due = False, request_id: RequestId = "") -> None:
    """End the trial of rules by switching them off for every tenant and profile; `restore` brings them back."""
    with _meant(access, rules, due) as (ids, trials):
        _tell(access, _said(access, trials, ids, RuleTrial(TrialState.OFF), reason, request_id))


@app.command("restore", epilog=RESTORE_EXAMPLE)
@accessing(*WRITING, role=Role.POLICY)
def restore(access: Access, rules: Rules, reason: Reason, request_id: RequestId = "") -> None:
    """Let rules be as they and the profiles have it, whatever was said of them before."""
    _say(access, _ids(access, rules), RuleTrial(TrialState.ENDED), reason, request_id)


@app.command("trials", epilog=TRIALS_EXAMPLE)
@accessing(*STORE, *REMOTE, role=Role.POLICY)
def trials(
    access: Access,
    rule: Annotated[str | None, typer.Argument(metavar="[RULE]", help="Show what this rule hit, by day.")] = None,
    texts: Annotated[bool, typer.Option("--texts", help="Show the kept texts as they are, not masked.")] = False,
) -> None:
    """List the rules on trial, promoted or off with their hits, or show what one of them hit."""
    from moderation.cli.rendering.trials import print_rules, rule_record

    ids = _ids(access, [rule]) if rule is not None else ()
    with opened_trials(access) as trials:
        rows = trials.rules()
        if ids:
            _show(access, ids[0], rows, trials.hits_of("", ids[0], is_masked=not texts))
            return
    answer(
        access,
        lambda: {"rules": list(map(rule_record, rows))},
        lambda: write_list(access, "rules", rows, lambda some: print_rules(some, access.locale)),
    )


def _show(access: Access, rule_id: str, rows: Sequence[RuleOnTrial], hits: TrialHits) -> None:
    from moderation.cli.rendering.trials import hits_record, print_days, rule_record

    row = next((one for one in rows if one.said.rule_id == rule_id), None)
    told = rule_record(row) if row is not None else {"rule_id": rule_id, "state": None}
    write = partial(print_days, hits.days, hits.examples, access.locale)
    answer(access, lambda: told | hits_record(hits), write)


def _say(access: Access, ids: Sequence[str], trial: RuleTrial, reason: str, request_id: str) -> None:
    with opened_trials(access) as trials:
        said = _said(access, trials, ids, trial, reason, request_id)
    _tell(access, said)


def _said(
    access: Access, trials: Trials, ids: Sequence[str], trial: RuleTrial, reason: str, request_id: str
) -> Sequence[RuleOnTrial]:
    from moderation.store.trial_desk import UndecidedError

    require_writable(access, request_id, reason)
    try:
        return trials.say(actor_of(access), ids, trial, reason, request_id)
    except UndecidedError as error:
        refuse(access, "no severity", value=error)


@contextmanager
def _meant(access: Access, rules: Sequence[str] | None, is_due: bool) -> Iterator[tuple[Sequence[str], Trials]]:
    """Give the rules that are named, or those that are due; end the command where neither or nothing is meant."""
    if bool(rules) == is_due:
        refuse(access, "rules or due")
    with opened_trials(access) as trials:
        said = {one.said.rule_id: one.is_due for one in trials.rules()}
        ids = _ids(access, rules) if rules else [rule_id for rule_id, is_over in said.items() if is_over]
        if not ids:
            refuse(access, "no rules due")
        _require_tried(access, ids, said)
        yield ids, trials


def _tell(access: Access, rows: Sequence[RuleOnTrial]) -> None:
    from moderation.cli.rendering.trials import rule_record, state_of

    def write() -> None:
        rules = ", ".join(one.said.rule_id for one in rows)
        if rows[0].said.trial.state is TrialState.ENDED:
            typer.echo(words(access)["rules ended"].format(rules=rules))
        else:
            typer.echo(words(access)["rules said"].format(rules=rules, state=state_of(rows[0].said, access.locale)))

    answer(access, lambda: {"rules": list(map(rule_record, rows))}, write)


def _ids(access: Access, rules: Sequence[str]) -> list[str]:
    """Return the ids of rules that are named by id or name; end the command for one that there is not."""
    from difflib import get_close_matches

    from moderation.rules.catalogue import BY_KEY

    found: list[str] = []
    for rule in rules:
        known = BY_KEY.get(rule) or BY_KEY.get(rule.upper()) or BY_KEY.get(rule.lower())
        if known is None:
            near = get_close_matches(rule[:64], BY_KEY, n=3, cutoff=0.5)
            refuse(access, "no rule", value=repr(rule[:64]), near=", ".join(near) or "-")
        found.append(known.id)
    return list(dict.fromkeys(found))


def _require_tried(access: Access, ids: Sequence[str], said: Container[str]) -> None:
    """End the command for a rule that decides as ever: nobody put it on trial."""
    from moderation.rules.catalogue import BY_KEY

    for rule_id in ids:
        if rule_id not in said and BY_KEY[rule_id].severity is not Severity.SHADOW:
            refuse(access, "never on trial", value=rule_id)


def _severity(access: Access, value: str) -> Severity | None:
    """Return the severity that an option names, None where it is left out; end the command for SHADOW."""
    given = chosen(access, "--severity", value, Severity) if value else None
    if given is Severity.SHADOW:
        refuse(access, "unknown", option="--severity", value=repr(value), known="reject, review, advice")
    return given

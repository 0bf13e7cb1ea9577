"""The command line: one module per command group; each imports what is slow only when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from moderation.cli import (
    alert,
    appeal,
    audit,
    case,
    check,
    evaluate,
    key,
    law,
    link,
    migrate,
    policy,
    policy_changes,
    profile,
    review,
    rule,
    rule_trials,
    ruleset,
    serve,
    template,
    train,
    webhook,
    wordlist,
    wordlist_build,
    wordlist_changes,
    wordlist_plan,
    wordlist_search,
    wordlist_shadow,
    wordlist_versions,
)

app = typer.Typer(
    name="moderation",
    help="中文短信模板合规检查 · Checks Chinese SMS templates for compliance.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)
app.command(name="check", epilog=check.EXAMPLE)(check.check)
app.command(name="serve", epilog=serve.EXAMPLE)(serve.serve)
app.add_typer(review.app, name="review")
app.add_typer(case.app, name="case")
app.add_typer(appeal.app, name="appeal")
app.add_typer(audit.app, name="audit")
app.add_typer(key.app, name="key")
app.command(name="migrate", epilog=migrate.EXAMPLE)(migrate.migrate)
rule.app.add_typer(rule_trials.app)
app.add_typer(rule.app, name="rule")
app.add_typer(alert.app, name="alert")
app.add_typer(ruleset.app, name="ruleset")
app.add_typer(profile.app, name="profile")
policy.app.add_typer(policy_changes.app)
app.add_typer(policy.app, name="policy")
app.add_typer(law.app, name="law")
app.add_typer(link.app, name="link")
app.add_typer(webhook.app, name="webhook")
app.add_typer(template.app, name="template")
app.add_typer(train.app, name="train")
wordlist.app.command("build", epilog=wordlist_build.EXAMPLE)(wordlist_build.build)
for changing in (wordlist_search, wordlist_plan, wordlist_changes, wordlist_versions):
    wordlist.app.add_typer(changing.app)
wordlist.app.add_typer(wordlist_shadow.app, name="shadow")
app.add_typer(wordlist.app, name="wordlist")
app.command(name="eval", epilog=evaluate.EXAMPLE)(evaluate.evaluate)


def _show_version(wanted: bool) -> None:
    if wanted:
        from moderation import __version__

        typer.echo(f"moderation {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Check Chinese SMS templates for compliance."""


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()

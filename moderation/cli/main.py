"""The command line: one module per command group; each imports what is slow only when it runs."""

from __future__ import annotations

import typer

from moderation.cli import check, evaluate, profile, rule, serve, train

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
app.add_typer(rule.app, name="rule")
app.add_typer(profile.app, name="profile")
app.command(name="train", epilog=train.EXAMPLE)(train.train)
app.command(name="eval", epilog=evaluate.EXAMPLE)(evaluate.evaluate)


@app.callback()
def root(
    version: bool = typer.Option(False, "--version", help="Show the version and exit.", is_eager=True),
) -> None:
    """Check Chinese SMS templates for compliance."""
    if version:
        from moderation import __version__

        typer.echo(f"moderation {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()

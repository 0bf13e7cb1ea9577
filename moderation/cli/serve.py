"""`moderation serve`: the gRPC server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from moderation.cli.failure import fail, ruleset_errors

EXAMPLE = "Example: moderation serve --port 50051 --verified-domain example.cn"


def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.  [default: 127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(help="The port; 0 takes a free one.  [default: 50051]")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes that share the port.  [default: 1]")] = None,
    log_level: Annotated[str | None, typer.Option(help="debug, info, warning or error.  [default: info]")] = None,
    verified_domain: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A domain verified for every tenant; may be repeated.")
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="An SQLite file or postgresql://USER@HOST/NAME, or none; else one in your data directory.",
        ),
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The keys of the store; else the file beside an SQLite.")
    ] = None,
    wordlists: Annotated[Path | None, typer.Option(help="A directory of wordlists, not the shipped ones.")] = None,
    models: Annotated[Path | None, typer.Option(help="A directory of models, not the shipped ones.")] = None,
    profiles: Annotated[Path | None, typer.Option(help="A directory of your own profiles, beside the shipped.")] = None,
    dialects: Annotated[Path | None, typer.Option(help="A directory of dialect files, not the shipped ones.")] = None,
    metrics_port: Annotated[int | None, typer.Option(help="The port of the counters for Prometheus.")] = None,
    tls_certificate: Annotated[Path | None, typer.Option(help="A PEM file; needs the key.")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="A PEM file; needs the certificate.")] = None,
) -> None:
    """Serve gRPC until stopped; what no option says is read from MODERATION_* variables (docs/configuration.md)."""
    from moderation.service import process
    from moderation.service.listening import StartError
    from moderation.service.settings import EVERY_TENANT, SettingsError, read_settings
    from moderation.store.database import StoreError

    given: dict[str, Any] = {
        "host": host,
        "port": port,
        "workers": workers,
        "log_level": log_level,
        "store": store,
        "keys": keys,
        "wordlists": wordlists,
        "models": models,
        "profiles": profiles,
        "dialects": dialects,
        "metrics_port": metrics_port,
        "tls_certificate": tls_certificate,
        "tls_key": tls_key,
        "verified_domains": {EVERY_TENANT: verified_domain} if verified_domain else None,
    }
    try:
        settings = read_settings({name: value for name, value in given.items() if value is not None})
        with ruleset_errors():
            process.run(settings)
    except (SettingsError, StartError, StoreError) as error:
        fail(str(error))

"""Opening the registry of links that a command's options mean: a server's, or that of the store in this process."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from moderation.cli.access import Access
from moderation.cli.failure import fail, ruleset_errors
from moderation.cli.opening import actor_of, at_server, opened_store, settings_of
from moderation.cli.wordlist_access import directories_of

if TYPE_CHECKING:
    from moderation.links.registry import LinkRegistry
    from moderation.review.people import Actor
    from moderation.service.challenges import PublicChallenger
    from moderation.store.opening import OpenedStore

SHORTENERS = "link/shortener"


@contextmanager
def opened_links(access: Access) -> Iterator[tuple[LinkRegistry, Actor]]:
    """Give a registry and who acts on it; what is refused ends the command."""
    actor = actor_of(access)
    if access.server is not None:
        from moderation.cli.remote_links import RemoteLinks

        with at_server(access, RemoteLinks) as remote:
            yield remote, actor
        return
    from moderation.store.links import StoredLinks

    settings = settings_of(access)
    with opened_store(access, settings) as store:
        challenger = _challenger()
        try:
            yield (
                StoredLinks(
                    store.engine,
                    store.ring,
                    settings.review_policy,
                    shorteners=lambda: _shorteners(access, store),
                    challenger=challenger,
                ),
                actor,
            )
        finally:
            challenger.close()


def _shorteners(access: Access, store: OpenedStore) -> Collection[str]:
    """Return the hosts of public short links, as the wordlists in force have them."""
    from moderation.store.wordlist_desk import WordlistDesk
    from moderation.store.wordlists import StoredWordlists
    from moderation.wordlists.overlay import lines_of

    desk = WordlistDesk(directories_of(access), StoredWordlists(store.engine, store.ring))
    with ruleset_errors(access.locale):
        return frozenset(lines_of(desk.shipped, desk.overlay(desk.meant(None)), SHORTENERS))


def _challenger() -> PublicChallenger:
    """Return what looks at challenges, as this environment sets it."""
    from moderation.service.challenges import PublicChallenger
    from moderation.service.settings import SettingsError, read_settings

    try:
        settings = read_settings({})
    except SettingsError as error:
        fail(str(error))
    return PublicChallenger(settings.challenge_nameservers, settings.challenge_networks)

"""Where the files of a ruleset are: the shipped directories, or others in their place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from moderation import shipped
from moderation.wordlists.overlay import Shipped, load_shipped


@dataclass(frozen=True, slots=True)
class Directories:
    """Where the files of a ruleset are, the shipped ones where None; `cache` keeps compiled automata."""

    wordlists: Path | None = None
    dialects: Path | None = None
    models: Path | None = None
    profiles: Path | None = None
    cache: Path | None = None

    def load_shipped(self) -> Shipped:
        """Return the wordlists that versions are laid over; raise WordlistError for what is wrong in them."""
        return load_shipped(self.wordlists or shipped.directory("wordlists"))

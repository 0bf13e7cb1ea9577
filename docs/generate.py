"""Pages that are written from the product and its figures: API, rules, coverage, profiles, settings, performance."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import api_page
import configuration_page
import coverage_page
import performance_page
import profiles_page
import rule_pages

DOCS = Path(__file__).resolve().parent


def pages() -> dict[str, str]:
    """Return every page by its path below docs/."""
    with_prose = configuration_page.pages(DOCS) | profiles_page.pages(DOCS) | performance_page.pages(DOCS)
    return rule_pages.pages() | coverage_page.pages() | api_page.pages(DOCS) | with_prose


def write(target: Path = DOCS) -> None:
    """Write the pages, and remove those of rules that are gone."""
    written = pages()
    (target / "rules").mkdir(parents=True, exist_ok=True)
    for stale in set((target / "rules").glob("*.md")) - {target / path for path in written}:
        stale.unlink()
    for path, content in written.items():
        (target / path).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS)

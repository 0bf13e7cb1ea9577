"""What a plan has proved: noted for the same change by the same code alone, and not proved again."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.rules.rule import Severity
from moderation.rules.rule_trials import RuleTrial, TrialState
from moderation.wordlists import plan, soundness
from moderation.wordlists.change import Change, Operation
from moderation.wordlists.comparing import Comparison, Tried
from moderation.wordlists.directories import Directories
from moderation.wordlists.soundness import KEPT, Soundness
from moderation.wordlists.validation import validate

LIST = "advertising/absolute"


@pytest.fixture(scope="module")
def files(small_lists: Path, tmp_path_factory: pytest.TempPathFactory) -> Directories:
    return Directories(wordlists=small_lists, cache=tmp_path_factory.mktemp("cache"))


def adding(files: Directories, entry: str, tried: Tried | None = None) -> Comparison:
    shipped = files.load_shipped()
    change = Change(Operation.ADD, LIST, entry, f"{entry}\tlaw9", 1)
    validated = validate(shipped, {}, [change], "x")
    assert not validated.diagnostics
    return Comparison(files, shipped, {}, validated, tried or Tried(library=()))


def test_a_sound_plan_is_noted_and_no_other(files: Directories, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = adding(files, "云朵九号"), adding(files, "云朵八号")
    assert not one.is_known_to_be_sound()
    assert one.plan().is_applicable
    assert (one.is_known_to_be_sound(), other.is_known_to_be_sound()) == (True, False)
    trials = {"AD101": RuleTrial(TrialState.LIVE, Severity.REVIEW)}
    assert not adding(files, "云朵九号", Tried(library=(), rule_trials=trials)).is_known_to_be_sound()
    monkeypatch.setattr(soundness, "_code", lambda: "other code")
    assert not one.is_known_to_be_sound()


def test_a_plan_that_breaks_an_example_is_not_noted(files: Directories, monkeypatch: pytest.MonkeyPatch) -> None:
    comparison = adding(files, "云朵七号")
    monkeypatch.setattr(plan, "_newly_broken", lambda *_: ("broken",))
    assert not comparison.plan().is_applicable
    assert not comparison.is_known_to_be_sound()


def test_the_latest_notes_are_kept_for_the_user_alone(tmp_path: Path) -> None:
    notes = Soundness(tmp_path / "cache")
    for number in range(KEPT + 3):
        notes.note("before", str(number))
    assert sum(notes.is_noted("before", str(number)) for number in range(KEPT + 3)) == KEPT
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "cache").iterdir()} == {0o600}


def test_a_directory_that_cannot_be_written_takes_no_notes(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    notes = Soundness(tmp_path / "file" / "cache")
    notes.note("before", "after")
    assert not notes.is_noted("before", "after")

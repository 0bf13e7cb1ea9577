"""`moderation wordlist build`: builds once, then finds; tells what and where; errors with exit code 2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from moderation import automata
from moderation.automata import OTHER_USE, default_cache
from moderation.cli.main import app
from moderation.match import saved
from moderation.match.wordlist_file import load_directory
from moderation.ruleset import load_ruleset


def run(*arguments: str, **environment: str) -> str:
    done = CliRunner(env=environment).invoke(app, ["wordlist", "build", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def record(*arguments: str, **environment: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(run("--format", "json", *arguments, **environment))
    return told


@pytest.fixture
def options(small_lists: Path, tmp_path: Path) -> list[str]:
    return ["--wordlists", str(small_lists), "--cache", str(tmp_path / "cache")]


def test_the_automaton_is_built_once_and_then_found(options: list[str], small_lists: Path, tmp_path: Path) -> None:
    built, found = record(*options), record(*options)
    (kept,) = (tmp_path / "cache").glob("*.automaton")
    assert (built["built"], found["built"]) == (True, False)
    for told in (built, found):
        assert told["path"] == str(kept)
        assert told["megabytes"] == round(kept.stat().st_size / 1e6, 1) > 0
        assert told["entries"] == sum(
            len(one.entries) for one in load_directory(small_lists) if one.id not in OTHER_USE
        )
        assert told["strings"] > told["entries"]
        assert told["seconds"] > 0
    assert list(found) == ["entries", "strings", "seconds", "megabytes", "built", "path"]


def test_what_is_built_is_what_a_ruleset_of_the_same_lists_loads(
    options: list[str], small_lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(*options)
    monkeypatch.setattr(saved, "compile_wordlists", None)
    loaded = load_ruleset(small_lists, cache=tmp_path / "cache")
    assert loaded.detectors.automaton.strings == record(*options)["strings"]


def test_own_dialects_make_another_automaton(options: list[str], tmp_path: Path) -> None:
    (tmp_path / "dialects").mkdir()
    paths = {record(*options)["path"], record(*options, "--dialects", str(tmp_path / "dialects"))["path"]}
    assert paths == {str(path) for path in (tmp_path / "cache").glob("*.automaton")}
    assert len(paths) == 2


def test_the_table_is_in_the_language_that_is_asked_for(options: list[str], tmp_path: Path) -> None:
    built, found, english = run(*options), run(*options), run(*options, "--locale", "en")
    (kept,) = (tmp_path / "cache").glob("*.automaton")
    assert "\n来源: 新建\n" in built
    assert "\n来源: 已有\n" in found
    assert "\norigin: found\n" in english
    assert built.endswith(f"\n位置: {kept}\n")
    assert [line.partition(": ")[0] for line in english.splitlines()] == [
        "entries", "strings", "seconds", "megabytes", "origin", "path",
    ]  # fmt: skip


def test_the_variable_names_the_directory_unless_it_is_empty(
    small_lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(automata, "user_cache_path", lambda name: tmp_path / "user" / name)
    lists = ["--wordlists", str(small_lists)]
    assert Path(record(*lists, MODERATION_CACHE=str(tmp_path / "own"))["path"]).parent == tmp_path / "own"
    for empty in ("", "  "):
        told = record(*lists, MODERATION_CACHE=empty)
        assert Path(told["path"]).parent == tmp_path / "user" / "moderation"
    monkeypatch.delenv("MODERATION_CACHE", raising=False)
    assert default_cache() == tmp_path / "user" / "moderation"


def test_check_reads_the_variable_too(small_lists: Path, tmp_path: Path) -> None:
    runner = CliRunner(env={"MODERATION_CACHE": str(tmp_path / "cache")})
    done = runner.invoke(app, ["check", "--wordlists", str(small_lists), "您的验证码是${code}", "--type", "otp"])
    assert done.exit_code in (0, 1), done.output
    assert [path.suffix for path in (tmp_path / "cache").glob("*.automaton")] == [".automaton"]


def test_a_directory_that_cannot_be_written_ends_with_code_2(small_lists: Path, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"x")
    arguments = ["wordlist", "build", "--wordlists", str(small_lists), "--cache", str(place)]
    done = CliRunner().invoke(app, arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    said = "cannot be written: File exists; name another directory by --cache or MODERATION_CACHE"
    assert done.stderr == f"error: {place}: {said}\n"


@pytest.mark.parametrize("option", ["wordlists", "dialects"])
def test_lists_that_are_not_there_end_with_code_2(option: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["wordlist", "build", f"--{option}", str(tmp_path / "nowhere")])
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"error: {option}: {tmp_path / 'nowhere'}: there is no such directory" in done.stderr


def test_wrong_lines_end_with_code_2_and_their_place(tmp_path: Path) -> None:
    (tmp_path / "wrong.txt").write_text("加微信\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["wordlist", "build", "--wordlists", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "wrong.txt:1:1" in done.stderr

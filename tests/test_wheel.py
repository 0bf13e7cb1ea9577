"""The wheel carries all that it needs: installed elsewhere, it works without the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
OUTSIDE_THE_WHEEL = ("tests/", "bench/", "docs/", "examples/", "proto/")


def run(arguments: Sequence[str], directory: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MODERATION_", "PYTHON"))}
    return subprocess.run(
        [sys.executable, *arguments], cwd=directory, env=inherited | environment, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    built = run(["-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)], target)
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = target.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    options = ["--quiet", "--no-deps", "--no-index", "--target", str(target)]
    done = run(["-m", "pip", "install", *options, str(wheel)], target)
    assert done.returncode == 0, done.stderr
    return target


def test_the_wheel_holds_the_shipped_files_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    for directory in ("wordlists", "dialects", "models", "profiles", "library", "variants"):
        shipped = {path for path in (ROOT / directory).rglob("*") if path.is_file()}
        expected = {f"moderation/shipped_files/{path.relative_to(ROOT).as_posix()}" for path in shipped}
        assert expected
        assert expected <= names
    assert [name for name in names if name.startswith(OUTSIDE_THE_WHEEL)] == []


def test_the_installed_wheel_uses_its_own_files(installed: Path, tmp_path: Path) -> None:
    program = (
        "import json, moderation; from moderation import shipped; "
        "names = ('wordlists', 'dialects', 'models', 'profiles', 'library', 'variants');"
        "print(json.dumps([moderation.__file__, *(str(shipped.directory(n)) for n in names)]))"
    )
    done = run(["-c", program], tmp_path, PYTHONPATH=str(installed))
    assert done.returncode == 0, done.stderr
    for place in json.loads(done.stdout):
        assert Path(place).is_relative_to(installed)


def test_the_installed_wheel_checks_as_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    arguments = ["-m", "moderation.cli.main", "check", "--format", "jsonl", "--type", "marketing"]
    arguments.append("【甲商城】全国第一的好茶，会员8折")
    wheel, checkout = (run(arguments, tmp_path, PYTHONPATH=str(path)) for path in (installed, ROOT))
    assert (wheel.returncode, wheel.stderr) == (1, "")
    verdict = json.loads(wheel.stdout)
    assert "AW101" in [finding["rule_id"] for finding in verdict["findings"]]
    assert verdict["classification"]["type"]
    assert verdict == json.loads(checkout.stdout)

"""The written pages are those of the rules and settings as they are, and every page belongs to a rule."""

from __future__ import annotations

import importlib.util
import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

from moderation.cli.serve import serve
from moderation.engine import Engine
from moderation.match.wordlist import VARIANT_KINDS
from moderation.rules.catalogue import RULES
from moderation.rules.demands import DEMANDS, NOT_RULES
from moderation.service.settings import Settings
from moderation.text.template import Template, TemplateType

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    return load_generator()


def test_no_page_is_stale(generator: ModuleType) -> None:
    pages: dict[str, str] = generator.pages()
    stale = [path for path, content in pages.items() if (DOCS / path).read_text(encoding="utf-8") != content]
    assert stale == [], "run make docs"


def test_every_page_has_a_rule_and_every_rule_a_page() -> None:
    present = {path.stem for path in (DOCS / "rules").glob("*.md")}
    assert present == {rule.id for rule in RULES} | {"README", "by-law", "by-profile", "coverage"}, "run make docs"


def test_every_demand_is_met_by_a_rule_or_has_a_reason() -> None:
    codes = [demand.code for demand in DEMANDS]
    covered = {code for rule in RULES for code in rule.covers}
    assert len(codes) == len(set(codes))
    assert covered <= set(codes), "a rule covers a demand that there is not"
    assert [code for code in codes if (code in covered) == (code in NOT_RULES)] == []


def test_writing_removes_the_pages_of_rules_that_are_gone(generator: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "XX999.md").write_text("gone")
    generator.write(tmp_path)
    assert not (tmp_path / "rules" / "XX999.md").exists()
    assert (tmp_path / "rules" / f"{RULES[0].id}.md").exists()


def test_a_page_tells_all_of_its_rule(generator: ModuleType) -> None:
    for rule in RULES:
        page: str = generator.rule_pages.rule_page(rule)
        told = [rule.name, rule.why, rule.false_positives, str(rule.when), *map(str, rule.laws)]
        told += [str(law.valid_from) for law in rule.laws]
        missing = [text for text in told if text not in page]
        assert missing == [], rule.id
        assert page.count("\n- `") >= len(rule.bad) + len(rule.good)


def test_what_cannot_be_seen_is_written_out(generator: ModuleType) -> None:
    for page in generator.pages().values():
        assert all(character.isprintable() or character == "\n" for character in page)


def test_the_settings_page_tells_every_setting() -> None:
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `MODERATION_(\w+)` \| (.*?) \| (.*?) \| (.*) \|$", page, re.M)
    assert [name.lower() for name, *_ in rows] == list(Settings.model_fields)
    for name, default, _, meaning in rows:
        field = Settings.model_fields[name.lower()]
        assert meaning == field.description
        value = field.get_default(call_default_factory=True, validated_data={})
        assert default == ("" if value in (None, ()) else str(value))


def test_every_promise_has_a_test_that_there_is() -> None:
    page = (DOCS / "trust.md").read_text(encoding="utf-8")
    promises = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    assert promises
    for promise in promises:
        named = re.findall(r"`(tests/\w+\.py)::(\w+)`", promise)
        assert named, promise
        for path, name in named:
            assert re.search(rf"def {name}\(", (ROOT / path).read_text(encoding="utf-8")), (path, name)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_verdict_of_the_front_page_is_the_measured_one(engine: Engine, name: str) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    (shown,) = re.findall(r'"type": {"MARKETING": ([0-9.]+)', page)
    verdict = engine.check(Template("【甲商城】全国第一好茶，会员8折", type=TemplateType.MARKETING))
    assert float(shown) == verdict.classification.type["MARKETING"], "write the measured probability"


def test_the_settings_page_names_every_option_of_serve() -> None:
    page = (DOCS / "configuration.md").read_text(encoding="utf-8").partition("<!--")[0]
    named = {name.removeprefix("--").replace("-", "_") for name in re.findall(r"`(--[a-z-]+)`", page)}
    assert named == inspect.signature(serve).parameters.keys()


VARIANT_ROW = re.compile(r"^\| `([a-z-]+)` \| [^|]+ \| `(\S+)` \| `(\S+)` \| ([^|]+) \|$", re.M)


def test_the_variants_page_has_an_example_of_every_kind() -> None:
    rows = VARIANT_ROW.findall((DOCS / "variants.md").read_text(encoding="utf-8"))
    assert {kind for kind, *_ in rows} == VARIANT_KINDS


@pytest.mark.parametrize(
    ("kind", "listed", "written", "is_disguise"),
    VARIANT_ROW.findall((DOCS / "variants.md").read_text(encoding="utf-8")),
)
def test_the_examples_of_the_variants_page_are_found(
    engine: Engine, kind: str, listed: str, written: str, is_disguise: str
) -> None:
    verdict = engine.check(Template(f"【甲商城】{written}，拒收请回复R", type=TemplateType.MARKETING))
    found = {f.rule.id: f for f in verdict.findings if any(via.startswith(f"variant:{kind}") for via in f.via)}
    assert {finding.term for finding in found.values()} == {listed}
    assert {finding.quote for finding in found.values()} == {written}
    assert ("EV104" in found) == (is_disguise != "no")


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?://)([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []

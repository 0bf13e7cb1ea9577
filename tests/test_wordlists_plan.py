"""What a batch would do: told before it is applied, by engines without and with it."""

from __future__ import annotations

import pytest

from moderation import shipped as shipped_files
from moderation.automata import default_cache
from moderation.engine import Engine
from moderation.match.wordlist import Wordlist
from moderation.match.wordlist_file import parse
from moderation.text.segment import Segmenter
from moderation.text.template import Template, TemplateType
from moderation.verdict import Decision
from moderation.wordlists.caution import CautionKind, cautions
from moderation.wordlists.change import Change, Operation
from moderation.wordlists.coverage import Coverage
from moderation.wordlists.overlay import Shipped, apply, load_shipped, overlaid
from moderation.wordlists.plan import ListCounts, Plan, make_plan, ruleset_with
from moderation.wordlists.problems import BatchError
from moderation.wordlists.told import MOST_SHOWN, Told
from moderation.wordlists.validation import validate

ADD, REMOVE, REPLACE = Operation
HEADER = """+++
id = "t/l"
title = "试"
variants = ["homophone"]
owner = "o"
licence = "l"
[sources]
law = "法"
+++
"""


def listed(*lines: str) -> Wordlist:
    return parse((HEADER + "".join(f"{line}\n" for line in lines)).encode(), "t/l")


@pytest.mark.parametrize(
    ("lines", "added", "covered"),
    [
        (["最好\tlaw", "最好的\tlaw"], "最好的", "最好"),
        (["最好的\tlaw", "最好\tlaw", "全网最好的店\tlaw"], "全网最好的店", "最好"),
        (["全网最好|宇宙最好\tlaw", "最好\tlaw"], "全网最好|宇宙最好", "最好"),
        (["贷款\tlaw", "无抵押贷款+利息~9\tlaw"], "无抵押贷款+利息~9", "贷款"),
        (["ABC\tlaw", "abc\tlaw"], "abc", "ABC"),
        (["ＡＢＣ\tlaw", "abc\tlaw\texcept=abcd"], "abc", "ＡＢＣ"),
        (["ABC\tlaw", "abc\tlaw"], "ABC", None),
        (["全网最好|宇宙第一\tlaw", "最好\tlaw"], "全网最好|宇宙第一", None),
        (["最好\tlaw\tedges=word", "最好的\tlaw"], "最好的", None),
        (["最好\tlaw\tnear=价~3", "最好的\tlaw"], "最好的", None),
        (["最好\tlaw\texcept=最好的", "最好的\tlaw"], "最好的", None),
        (["最好\tlaw\tweight=0.5", "最好的\tlaw"], "最好的", None),
        (["最好\tlaw\tvariants=none", "最好的\tlaw"], "最好的", None),
        (["最\tlaw", "最好的\tlaw"], "最好的", None),
        (["最\tlaw", "最好的\tlaw\tvariants=none"], "最好的", "最"),
        (["贷+款~3\tlaw", "贷款\tlaw"], "贷款", None),
    ],
)
def test_an_entry_that_another_covers_is_redundant(lines: list[str], added: str, covered: str | None) -> None:
    found = [one.covered_by for one in Coverage(listed(*lines)).redundant({added})]
    assert found == ([] if covered is None else [covered])


@pytest.mark.parametrize(
    ("lines", "written", "found"),
    [
        (["最好\tlaw\texcept=最好提前", "最好提前\tlaw"], "最好提前", [("最好提前", "最好提前", "最好")]),
        (["最好\tlaw\texcept=最好提前", "提前\tlaw"], "提前", [("提前", "最好提前", "最好")]),
        (["最好\tlaw\texcept=最好提前", "提前\tlaw"], "最好", [("提前", "最好提前", "最好")]),
        (["最好\tlaw\texcept=最好提前", "提前\tlaw", "顶级\tlaw"], "顶级", []),
        (["最好\tlaw\texcept=最好提前", "提前\tlaw\texcept=好提前"], "提前", []),
        (["最好\tlaw\texcept=最好提前", "提前\tlaw\tnear=甲~2"], "提前", []),
        (["最好\tlaw\texcept=最好提前"], "最好", []),
    ],
)  # fmt: skip
def test_what_an_exception_spares_and_another_entry_finds_is_told(
    lines: list[str], written: str, found: list[tuple[str, str, str]]
) -> None:
    conflicts = Coverage(listed(*lines)).conflicts({written})
    assert [(one.entry, one.exception, one.holder) for one in conflicts] == found


def test_single_characters_and_words_of_every_day_are_told() -> None:
    lines = ["大\tlaw", "今天\tlaw", "我们+大家~9\tlaw", "工作\tlaw\tedges=word", "荷官\tlaw", "明天|甲乙丙\tlaw"]
    wordlist = listed(*lines)
    found = list(cautions(wordlist, {entry.text for entry in wordlist.entries} - {"明天|甲乙丙"}, Segmenter()))
    assert [(one.kind, one.entry) for one in found] == [
        (CautionKind.ONE_CHARACTER, "大"),
        (CautionKind.EVERYDAY_WORD, "今天"),
    ]
    assert [one.spelling for one in cautions(wordlist, {"明天|甲乙丙"}, Segmenter())] == ["明天"]


def test_few_of_many_are_shown() -> None:
    told = Told.of(range(MOST_SHOWN + 7))
    assert (len(told.shown), told.total) == (MOST_SHOWN, MOST_SHOWN + 7)


@pytest.fixture(scope="module")
def shipped() -> Shipped:
    return load_shipped(shipped_files.directory("wordlists"))


class Stages(dict[str, tuple[int, int]]):
    """The last report of each stage."""

    def hear(self, stage: str, done: int, total: int) -> None:
        assert done > self.get(stage, (0, 0))[0]
        self[stage] = done, total


def added(wordlist: str, line: str, number: int = 1) -> Change:
    return Change(ADD, wordlist, line.partition("\t")[0], line, number)


GAMBLING, ABSOLUTE = "prohibited/gambling", "advertising/absolute"


def test_a_plan_tells_the_effect_of_a_batch(engine: Engine, shipped: Shipped) -> None:
    source = next(iter(shipped[GAMBLING].wordlist.sources))
    changes = [
        added(GAMBLING, f"云朵九号\t{source}", 1),
        added(GAMBLING, f"云朵九号厅\t{source}", 2),
        added(GAMBLING, f"时间\t{source}", 3),
        Change(REMOVE, ABSOLUTE, "首选", "", 4),
        added(ABSOLUTE, shipped[ABSOLUTE].by_entry["世界级"], 5),
        added("advertising/ranking", "云\tunknown", 6),
    ]
    with pytest.raises(BatchError):
        make_plan(validate(shipped, {}, changes, "batch"), (), engine, engine)
    texts = (
        "【甲店】云朵九号开放,欢迎光临,拒收请回复R",
        "【甲店】首选甲店,拒收请回复R",
        "【甲店】欢迎光临,拒收请回复R",
    )
    templates = [Template(text, type=TemplateType.MARKETING) for text in texts]
    validated = validate(shipped, {}, changes[:5], "batch")
    wordlists = overlaid(shipped, apply(shipped, {}, validated.changes))
    after = Engine(ruleset_with(wordlists, engine.ruleset, cache=default_cache()))
    stages = Stages()
    plan = make_plan(validated, wordlists, engine, after, templates, progress=stages.hear)
    assert plan.counts == (ListCounts(ABSOLUTE, 0, 1, 0), ListCounts(GAMBLING, 3, 0, 0))
    assert (plan.unchanged, plan.before, plan.after) == (1, engine.ruleset.digest, after.ruleset.digest)
    assert [(one.entry, one.covered_by) for one in plan.redundant.shown] == [("云朵九号厅", "云朵九号")]
    assert [one.entry for one in plan.cautions.shown] == ["时间"]
    orders = [one for one in plan.lawful.shown if any(hit.entry == "时间" for hit in one.hits)]
    assert plan.lawful.total >= len(orders) > 5
    assert all("时间" in one.text and one.before is Decision.PASS is not one.after for one in orders)
    (stricter,), (milder,) = plan.flips.stricter.shown, plan.flips.milder.shown
    assert (stricter.template, stricter.before, stricter.quotes) == (templates[0], Decision.PASS, ("云朵九号",))
    assert (milder.template, milder.lost, milder.quotes) == (templates[1], ("AW101",), ("首选",))
    assert {one.rule_id: (one.gained, one.lost) for one in plan.flips.rules} == {
        stricter.gained[0]: (1, 0),
        "AW101": (0, 1),
    }
    assert not plan.is_applicable
    assert "首选" in {one.quote for one in plan.broken if one.rule_id == "AW101"}
    assert {stage for stage, (done, total) in stages.items() if done == total} == {*stages} >= {"library", "templates"}


def test_a_plan_of_nothing_is_of_no_effect(engine: Engine, shipped: Shipped) -> None:
    nothing = validate(shipped, {}, (), "batch")
    plan = make_plan(nothing, overlaid(shipped, {}), engine, engine)
    assert plan == Plan(engine.ruleset.digest, engine.ruleset.digest)
    assert plan.is_applicable

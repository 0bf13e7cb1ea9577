"""Word edges: where a word is one, where it only happens to stand between others, and whose dictionary says so."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from moderation.engine import Engine
from moderation.text.segment import MAX_CLAUSE, Segmenter
from moderation.text.template import Template, TemplateType

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(("路口", "交通", "移动端", "第一时间", "第一次", "最好"))


@pytest.mark.parametrize(
    ("text", "word", "is_word"),
    [
        ("请到第三路口等候", "路口", True),
        ("十字路口交通拥堵", "口交", False),
        ("前方路口交警执勤", "口交", False),
        ("请在移动端打开", "移动", False),
        ("请在移动端打开", "移动端", True),
        ("请移动车辆", "移动", True),
        ("我们将第一时间处理", "第一", False),
        ("我们将第一时间处理", "第一时间", True),
        ("您是第一次登录", "第一", False),
        ("这里有最好的茶", "最好", True),
        ("最好", "最好", True),
    ],
)
def test_a_word_begins_and_ends_at_token_edges(segmenter: Segmenter, text: str, word: str, is_word: bool) -> None:
    start = text.index(word)
    assert segmenter.is_word(text, start, start + len(word)) is is_word


@pytest.mark.parametrize("mark", ["，", " ", "\ufffc", "\n", "。", "/"])
def test_a_clause_ends_at_every_sign(segmenter: Segmenter, mark: str) -> None:
    joined, parted = "路口交通", f"路口{mark}口交{mark}通"
    assert not segmenter.is_word(joined, 1, 3)
    start = parted.index("口交")
    assert segmenter.is_word(parted, start, start + 2) == segmenter.is_word("口交", 0, 2)


def test_only_so_much_context_is_read(segmenter: Segmenter) -> None:
    word, filler = "最好", "茶" * MAX_CLAUSE
    for text in (f"{filler}{filler}{word}{filler}{filler}", f"{word}{filler}", f"{filler}{word}"):
        start = text.index(word)
        assert segmenter.is_word(text, start, start + len(word))


def test_an_added_word_has_no_edges_inside() -> None:
    text = "请看甲茶乙饼商城"
    assert Segmenter().is_word(text, 3, 5)
    assert not Segmenter(("甲茶乙饼",)).is_word(text, 3, 5)
    assert Segmenter(("甲茶乙饼",)).is_word(text, 2, 6)


def test_a_segmenter_keeps_its_words_to_itself() -> None:
    program = (
        "import jieba; from moderation.text.segment import Segmenter;"
        "one, other = Segmenter(('甲茶乙饼',)), Segmenter();"
        "print(one.is_word('看甲茶乙饼', 2, 4), other.is_word('看甲茶乙饼', 2, 4));"
        "print(jieba.lcut('看甲茶乙饼', HMM=False), '甲茶乙饼' in jieba.dt.FREQ)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines() == ["False True", "['看', '甲', '茶', '乙', '饼'] False"], done.stderr


def test_threads_share_one_segmenter() -> None:
    segmenter = Segmenter(("移动端",))
    texts = [f"请在移动端打开第{number}页" for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda text: (segmenter.is_word(text, 2, 4), segmenter.is_word(text, 2, 5)), texts))
    assert set(found) == {(False, True)}


@pytest.mark.parametrize(
    ("text", "rule_id", "is_found"),
    [
        ("【甲商城】这里有最好的茶，拒收请回复R", "AW103", True),
        ("【甲商城】最好提前预约会员茶会，拒收请回复R", "AW103", False),
        ("【甲交警】前方路口交通拥堵，请绕行", "PC104", False),
        ("【甲商城】如有疑问我们将第一时间处理", "AW101", False),
    ],
)
def test_a_check_respects_word_edges(engine: Engine, text: str, rule_id: str, is_found: bool) -> None:
    kind = TemplateType.MARKETING if "拒收" in text else TemplateType.NOTIFICATION
    found = {finding.rule.id for finding in engine.check(Template(text, type=kind)).findings}
    assert (rule_id in found) is is_found, found

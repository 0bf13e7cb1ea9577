"""The labelled texts that a model is trained and measured on: public collections of real SMS and texts of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from moderation.match.classifier import LAWFUL
from moderation.text.normal import PLACEHOLDER, fold
from moderation.train import grouping
from moderation.train.augmentation import MASK
from moderation.train.families.family import PER_FAMILY, Family, load_families, write_texts

OTP_WORDS = re.compile(r"验证码|校验码|动态密?码|注册码|激活码|短信密码|随机码")

RISK_BY_LABEL = {
    "IL:Gambling": "gambling",
    "IL:Fake_ID_and_invoice": "forged_documents",
    "IL:Escort_service": "escort",
    "FR:Phishing(Bank)": "fraud",
    "FR:Phishing(Other)": "fraud",
    "FR:Other": "fraud",
    "FR:Financial": "illegal_finance",
    "AD:Retail": LAWFUL,
    "AD:Network_service": LAWFUL,
    "AD:Real_estate": LAWFUL,
}
"""Loans and what is left over (AD:Loan, AD:Other, Other) mix lawful and unlawful texts: they teach no risk."""

INDUSTRY_BY_LABEL = {
    "AD:Network_service": "CARRIER",
    "AD:Real_estate": "REAL_ESTATE",
    "AD:Loan": "LOAN",
}
INDUSTRY_BY_GUESS = {"finance": "FINANCE", "carrier": "CARRIER", "travel": "TRAVEL", "logistics": "LOGISTICS"}

RISK_BY_WORDS = (
    ("part_time", re.compile(r"兼职|刷单|佣金|日结|日薪|工资|打字员|点赞|关注.{0,4}元|任务|做单|招聘|招募|宝妈|试玩")),
    ("forged_documents", re.compile(r"发票|票据|开票|办证|刻章|证件|学历|文凭")),
    ("illegal_finance", re.compile(r"贷|额度|放款|套现|股票|牛股|涨停|借款|征信|下款")),
    ("escort", re.compile(r"小姐|学生妹|上门服务|約炮|约炮|楼凤")),
)


MIXED = "mixed"
"""Label of real texts of which nothing is known but that they are lawful and unlawful ones."""

LAWFUL_SOURCE, UNLAWFUL_SOURCE = "generated lawful", "generated unlawful"
OWN_SOURCES = (LAWFUL_SOURCE, UNLAWFUL_SOURCE)
"""The sources of texts that the families of ours make."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text with what is known about it; a label that is not known is empty.

    `source` names the collection, `side` the spelling (plain, or restored and variant of the same message), `label` the
    collection's own class. Near-duplicates share a `group`; the whole group is held out of training, or none of it.
    `raw` is the text with the words that the collection put for what it hides, where it hides anything. `published` is
    the risk by the collection's label, `risk` what is known best; that of a `disputed` example is doubted: it is
    measured, and teaches nothing.
    """

    text: str
    source: str
    label: str
    side: str = "plain"
    type: str = ""
    industry: str = ""
    risk: str = ""
    group: int = -1
    held_out: bool = False
    raw: str = ""
    disputed: bool = False
    published: str = ""

    @property
    def normal(self) -> str:
        """The folded text."""
        return fold(self.text).text


class CorpusError(ValueError):
    """A file of the corpus is missing or a line of it cannot be read."""


def load(data: Path) -> tuple[Example, ...]:
    """Return every example of a data directory and our own, grouped; raise CorpusError for what cannot be read."""
    return grouped([*collected(data), *generated(load_families())])


def collected(data: Path) -> list[Example]:
    """Return the examples of the collections, ungrouped."""
    return [example for name, (read, fields) in READERS.items() for example in read(_rows(data / name, fields))]


def generated(families: Iterable[Family]) -> Iterator[Example]:
    """Yield the texts of families, ungrouped; the label is the family."""
    for family in families:
        source = LAWFUL_SOURCE if family.lawful else UNLAWFUL_SOURCE
        for text in write_texts(family, PER_FAMILY):
            yield Example(text, source, family.id, type=family.type, industry=family.industry, risk=family.risk)


def grouped(examples: Sequence[Example]) -> tuple[Example, ...]:
    """Return the examples with their groups of near-duplicates, about a fifth of the groups held out.

    A family of ours is a group by itself.
    """
    families = {number: one.label for number, one in enumerate(examples) if one.source in OWN_SOURCES}
    groups = grouping.group([example.normal for example in examples], _pairs(examples), families)
    return tuple(
        replace(example, group=group.number, held_out=group.held_out)
        for example, group in zip(examples, groups, strict=True)
    )


def _pairs(examples: Sequence[Example]) -> Iterator[tuple[int, int]]:
    """Yield the positions of the two sides of each message."""
    for index, example in enumerate(examples[1:], 1):
        if example.side == "variant":
            yield index - 1, index


def _rows(path: Path, fields: Mapping[str, type]) -> Iterator[dict[str, Any]]:
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                yield _row(f"{path.name}:{number}", line, fields)
    except OSError as error:
        raise CorpusError(f"cannot read {path.name}: {error.strerror}; see moderation train --help") from error


def _row(place: str, line: bytes, fields: Mapping[str, type]) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CorpusError(f"{place}: not UTF-8 at byte {error.start + 1}; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise CorpusError(f"{place}: {error.msg}; write one JSON object a line") from error
    if not isinstance(row, dict):
        raise CorpusError(f"{place}: not a JSON object; write one JSON object a line")
    for name, kind in fields.items():
        if not isinstance(row.get(name), kind):
            raise CorpusError(f"{place}: {name!r} is missing or no {kind.__name__}; see moderation train --help")
    return row


def _service(rows: Iterator[dict[str, Any]]) -> Iterator[Example]:
    for row in rows:
        text, guess = row["text"], row["type_guess"]
        kind = "OTP" if guess == "verify" and OTP_WORDS.search(text) else "NOTIFICATION"
        industry = INDUSTRY_BY_GUESS.get(guess, "")
        yield Example(text, "service", guess, type="" if guess == "promo" else kind, industry=industry, risk=LAWFUL)


def _marketing(rows: Iterator[dict[str, Any]]) -> Iterator[Example]:
    for row in rows:
        yield Example(row["text"], "marketing", "marketing", type="MARKETING", risk=LAWFUL)


def _personal(rows: Iterator[dict[str, Any]]) -> Iterator[Example]:
    """Yield chat, which is no template and has no type."""
    for row in rows:
        yield Example(row["text"], "personal", "personal", risk=LAWFUL)


def _fake_base_station(rows: Iterator[dict[str, Any]]) -> Iterator[Example]:
    for row in rows:
        label = row["label"]
        yield Example(
            MASK.sub(PLACEHOLDER, row["text"]),
            "fake-base-station",
            label,
            type="MARKETING" if label.startswith("AD:") else "",
            industry=INDUSTRY_BY_LABEL.get(label, ""),
            risk=RISK_BY_LABEL.get(label, ""),
            raw=row["text"],
        )


def _variant(rows: Iterator[dict[str, Any]]) -> Iterator[Example]:
    for row in rows:
        if row["has_variant"]:
            restored = row["restored"]
            risk = next((risk for risk, words in RISK_BY_WORDS if words.search(restored)), "gambling")
            yield Example(restored, "variant", "has-variant", side="restored", risk=risk)
            yield Example(row["variant"], "variant", "has-variant", side="variant", risk=risk)
        else:
            yield Example(row["restored"], "variant", MIXED)


READERS: dict[str, tuple[Callable[[Iterator[dict[str, Any]]], Iterator[Example]], Mapping[str, type]]] = {
    "service_sms.jsonl": (_service, {"text": str, "type_guess": str}),
    "marketing_sms.jsonl": (_marketing, {"text": str}),
    "personal_sms.jsonl": (_personal, {"text": str}),
    "spam_sms_14_classes.jsonl": (_fake_base_station, {"text": str, "label": str}),
    "variant_sms.jsonl": (_variant, {"has_variant": bool, "restored": str, "variant": str}),
}
"""The reader of each file, and the fields that it reads."""

"""A small data directory of invented texts in the five files that training and evaluation read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from moderation.train.families.family import Family, parse_families, shared_slots

Rows = Sequence[Mapping[str, Any]]


def marked(number: int) -> str:
    """Return Han characters of its own for each number, so that texts are no near-duplicates."""
    return "".join(chr(0x4E00 + (number * 97 + step * 1013) % 5000) for step in range(12))


def collections() -> dict[str, Rows]:
    """Return the rows of each file."""
    numbers = range(30)
    return {
        "service_sms.jsonl": [
            {"text": f"【甲物流】您的订单{marked(n)}已发货，请留意查收", "type_guess": "logistics"} for n in numbers
        ],
        "marketing_sms.jsonl": [{"text": f"【甲商城】会员日{marked(n + 100)}8折，拒收请回复R"} for n in numbers],
        "personal_sms.jsonl": [{"text": f"今晚{marked(n + 200)}一起吃饭吗"} for n in range(12)],
        "spam_sms_14_classes.jsonl": [
            *({"text": f"真人荷官{marked(n + 300)}在线下注返水", "label": "IL:Gambling"} for n in numbers),
            *({"text": f"银行卡冻结{marked(n + 400)}速登录CELLPHONE", "label": "FR:Phishing(Bank)"} for n in numbers),
            *({"text": f"新茶上市{marked(n + 500)}欢迎选购", "label": "AD:Retail"} for n in numbers),
            {"text": f"其他{marked(600)}", "label": "Other"},
        ],
        "variant_sms.jsonl": [
            *(
                {
                    "restored": f"招兼职{marked(n + 700)}刷单日结",
                    "variant": f"招间职{marked(n + 700)}刷但日洁",
                    "has_variant": True,
                }
                for n in numbers
            ),
            {"restored": f"无变体{marked(800)}", "variant": f"无变体{marked(800)}", "has_variant": False},
        ],
    }


def write(directory: Path, **changed: Rows) -> Path:
    """Write the files of a data directory; a collection may be given other rows by its name without suffix."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, rows in collections().items():
        chosen = changed.get(name.removesuffix(".jsonl"), rows)
        content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in chosen)
        (directory / name).write_text(content, encoding="utf-8")
    return directory


def families(count: int, *sides: tuple[str, str, str, str, int], ending: str = "") -> tuple[Family, ...]:
    """Return families of invented texts; a side is a name, a risk, a type, an industry, and where its marks begin."""
    content = "".join(
        f"""[[family]]
id = "{side}-{number}"
industry = "{industry}"
type = "{kind}"
risk = "{risk}"
signatures = ["甲店{number}"]
texts = ["{marked(number + offset)}[好|新|佳][茶|酒|饼|糖|盐][一|二|三|四|五]号{ending}"]
"""
        for number in range(count)
        for side, risk, kind, industry, offset in sides
    )
    return tuple(parse_families("invented.toml", content, shared_slots()))

"""SMS segments by 3GPP TS 23.038 and 23.040."""

from __future__ import annotations

import pytest

from moderation.text.length import measure, measure_worst
from moderation.text.parts import parse


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 1),
        ("中" * 70, "UCS-2", 70, 1),
        ("中" * 71, "UCS-2", 71, 2),
        ("中" * 134, "UCS-2", 134, 2),
        ("中" * 135, "UCS-2", 135, 3),
        ("中" * 160, "UCS-2", 160, 3),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("Sale 10€ [today]", "GSM-7", 19, 1),
        ("a" * 159 + "€", "GSM-7", 161, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 67, "UCS-2", 134, 3),
        ("a" * 70 + "中", "UCS-2", 71, 2),
    ],
)
def test_measure(text: str, encoding: str, units: int, segments: int) -> None:
    length = measure(text)
    assert (length.encoding, length.units, length.segments) == (encoding, units, segments)


def test_worst_case_fills_every_placeholder() -> None:
    text = "您的订单${no}已发货"
    assert measure_worst(text, parse(text), value_length=100).segments == 2
    assert measure_worst(text, parse(text), value_length=10).segments == 1

"""What is left out before links are looked for holds none."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from moderation.match import links
from moderation.match.link_places import may_link
from moderation.match.links import LinkFinder
from moderation.text.normal import fold

PIECES = st.sampled_from(
    [
        *"abcw0139 .。·、,:/点嚸电丶)]】([【-_@年中公сϲпо〇🅒🇨❶\ufffc",
        *(
            "com",
            "cn",
            ".com",
            "www.",
            "http://",
            "h t t p : / /",
            "192.168",
            ".1.1",
            "(dot)",
            " dot ",
            "网址",
            "3w",
            "c o m",
        ),
    ]
)


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("您的快递已到。请取件", False),
        ("满3.5元减1.2元", False),
        ("见example.cn", True),
        ("见192.0.2.1", True),
        ("a b c . c o m", True),
        ("http://2130706433", True),
        ("www.优选.com", True),
        ("abc(dot)com", True),
    ],
)
def test_which_texts_may_hold_a_link(text: str, may: bool) -> None:
    assert may_link([text]) == ([0] if may else [])


@given(st.lists(st.lists(PIECES, max_size=14).map("".join), min_size=1, max_size=4))
@example(["abc 点 com", "a电cc", "abc ·〇rg", "a.0rg"])
def test_no_text_with_a_link_is_left_out(texts: list[str]) -> None:
    normals = [fold(text).text for text in texts]
    kept = set(may_link(normals))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(links, "may_link", lambda all_texts: list(range(len(all_texts))))
        found = LinkFinder().find_many(normals)
    assert kept >= {index for index, of_text in enumerate(found) if of_text}

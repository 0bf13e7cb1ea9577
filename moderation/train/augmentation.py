"""Other spellings of a training text: values in place of masks and masks in place of values, signatures, disguises.

A collection masks numbers, drops punctuation or signs in its own way. What is done here to every collection alike keeps
a model from learning where a text came from instead of what it says.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moderation.match.forms import Form, Forms
from moderation.text.normal import PLACEHOLDER
from moderation.train.families.family import Family, shared_slots
from moderation.train.families.grammar import Slot, write

MASK = re.compile(r"DIGIT|CELLPHONE|TELEPHONE|HOTLINE|URL|NAME|PLACE|PHONE|WECHAT|QQNUM|DATE|TIME")
"""Words that a collection put in the place of what it hides; they are no part of the message."""

SLOT_OF_MASK = {
    "CELLPHONE": "mobile",
    "TELEPHONE": "hotline",
    "HOTLINE": "hotline",
    "PHONE": "mobile",
    "URL": "url",
    "NAME": "person",
    "PLACE": "place",
    "WECHAT": "wechat",
    "QQNUM": "qq",
    "DATE": "date",
    "TIME": "time",
}
NUMBER_SLOTS = ("small", "code", "tail", "amount", "mobile", "qq", "hotline", "percent")
"""What a masked number may have been."""

ADDRESS = re.compile(
    r"(?P<url>(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w./?=&%-]*)?)|(?P<mobile>(?<!\d)1\d{10}(?!\d))"
    r"|(?P<hotline>(?<!\d)(?:[48]00|0\d{2,3})-?\d{3,4}-?\d{3,5}(?!\d))|(?P<qq>(?<!\d)\d{6,10}(?!\d))"
    r"|(?P<code>(?<!\d)\d{4,5}(?!\d))|(?P<wechat>[a-z][a-z_-]*\d+\w*|[a-z0-9_]{6,})",
    re.IGNORECASE | re.ASCII,
)
"""Numbers, links and accounts in a text; the name of the group is the slot that another one is drawn from."""

SIGNATURE = re.compile("^\\s*[【\\[][^】\\]]{1,24}[】\\]]|[【\\[][^】\\]]{1,24}[】\\]]\\s*$")
OPT_OUT = re.compile(
    r"[，。,;；！! ]*(?:(?:不需要|不想收到|拒收|退订|取消)(?:请)?(?:短信)?回复?\s*[A-Z]{1,2}"
    r"|回复?\s*[A-Z]{1,2}\s*(?:退订|拒收|取消)|[TRN]D?退订)[。！]?(?=[【\[]|\s*$)",
    re.IGNORECASE,
)
"""A way to refuse at the end of a text."""

SIGNS = re.compile(r"[\s,.!?;:'\"()，。！？；：、“”‘’（）《》<>~～…·—_*#【】\[\]-]+")

DISGUISE_KINDS = ("homophone", "look-alike", "traditional", "split", "emoji")
KIND_WEIGHTS = (5, 3, 4, 1, 1)
DISGUISED_CHARACTERS = (0.04, 0.25)
"""Shares of a text's characters between which a disguised text has other forms."""

SEPARATORS = ("", "", "", " ", "·", "*", ".", "_", "-", "丶", "/", "~", "\u200b")


OPENINGS = (
    "您有快递已到[驿站|快递柜|门岗]，取件码<pickup>。",
    "【<coined>驿站】您的包裹已到，请凭<pickup>取件，",
    "您的验证码是<code>，[<minutes>分钟内有效|请勿泄露]。",
    "验证码<code>，",
    "[尊敬的|][用户|客户|会员|车主|家长][您好|]，",
    "您尾号<tail>的[账户|储蓄卡]于<date>[入账|到账]<amount>元。",
    "您的订单<order>已[发货|签收|送达]，",
    "您的外卖[已送达|正在配送]，",
    "[温馨提示|服务提醒|系统通知|会员提醒|账单提醒]：",
    "您的[积分|话费|流量|套餐]余额为<amount>，",
    "[预约成功|报名成功|订单完成]，",
)
"""Beginnings of honest messages, in the grammar of families, which senders of unlawful ones put before them."""


SIGNATURES_SEED, PER_SIGNATURE = 20_261_127, 8
"""How the honest senders' names are drawn, and how many of each pattern of them."""


@dataclass(frozen=True, slots=True)
class Augmenter:
    """Draws other spellings; `forms` are those of the variant compiler, `signatures` those of lawful families.

    `values` are `slots` without their placeholders.
    """

    forms: Forms
    slots: Mapping[str, Slot]
    signatures: Sequence[str]
    values: Mapping[str, Slot]

    def choice_of(self, text: str, seed: int) -> random.Random:
        """Return the source of chance for a text: the same text is always changed in the same ways."""
        return random.Random(hashlib.sha256(f"{seed}:{text}".encode("utf-8", "replace")).digest())  # noqa: S311

    def filled(self, text: str, choose: random.Random) -> str:
        """Return the text with values in the place of a collection's masks."""
        return MASK.sub(lambda found: self._value(found[0], choose), text)

    def readdressed(self, text: str, choose: random.Random) -> str:
        """Return the text with an invented number, link or account in the place of each."""
        return ADDRESS.sub(lambda found: self._written(str(found.lastgroup), choose), text)

    def unaddressed(self, text: str, choose: random.Random) -> str:
        """Return the text with placeholders, or nothing, in the place of numbers, links and accounts."""
        return ADDRESS.sub(choose.choice((PLACEHOLDER, "")), text)

    def without_signs(self, text: str, choose: random.Random) -> str:
        """Return the text without punctuation, or with other signs in its place."""
        sign = choose.choice(("", "", " ", "，", "！"))
        return SIGNS.sub(sign, text).strip()

    def resigned(self, text: str, choose: random.Random) -> str:
        """Return the text without its signature, or with that of an honest sender of any kind."""
        bare = SIGNATURE.sub("", text) or text
        if choose.random() < 0.4:
            return bare
        signature = f"【{choose.choice(self.signatures)}】"
        return signature + bare if choose.random() < 0.8 else bare + signature

    def reclosed(self, text: str, choose: random.Random) -> str:
        """Return the text without its way to refuse; with one where it has none."""
        bare = OPT_OUT.sub("", text)
        if bare != text:
            return bare
        return text + choose.choice(("，", "", " ", "。")) + write("<opt_out>", self.values, choose)

    def rewritten(self, way: str, text: str, choose: random.Random) -> str:
        """Return the text changed in a way that has a name; as it is where the way changes nothing more."""
        match way:
            case "readdressed":
                return self.readdressed(text, choose)
            case "unaddressed":
                return self.unaddressed(text, choose)
            case "without signs":
                return self.without_signs(text, choose)
            case "disguised":
                return self.disguised(text, choose)
            case "opened":
                return self.opened(text, choose)
            case "traditional":
                return self.traditional(text)
            case _:
                return text

    def opened(self, text: str, choose: random.Random) -> str:
        """Return the text behind an opening of honest messages, as senders of unlawful ones write it to pass."""
        opening = write(choose.choice(OPENINGS), self.slots, choose)
        return self.resigned(opening + (SIGNATURE.sub("", text) or text), choose)

    def disguised(self, text: str, choose: random.Random) -> str:
        """Return the text with other forms of some characters and, at times, a sign between characters."""
        share = choose.uniform(*DISGUISED_CHARACTERS)
        separator = choose.choice(SEPARATORS)
        return "".join(
            self._form(character, choose) + (separator if choose.random() < 0.3 else "")
            if choose.random() < share
            else character
            for character in text
        )

    def traditional(self, text: str) -> str:
        """Return the text in traditional characters."""
        table = self.forms.characters["traditional"]
        return "".join(table[one][0].text if one in table else one for one in text)

    def _value(self, mask: str, choose: random.Random) -> str:
        return self._written(SLOT_OF_MASK.get(mask) or choose.choice(NUMBER_SLOTS), choose)

    def _written(self, slot: str, choose: random.Random) -> str:
        if slot == "url":
            slot = choose.choice(("url", "odd_url"))
        return write(f"<{slot}>", self.values, choose)

    def _form(self, character: str, choose: random.Random) -> str:
        kind = choose.choices(DISGUISE_KINDS, KIND_WEIGHTS)[0]
        listed: Sequence[Form] = self.forms.characters[kind].get(character, ())
        if not listed:
            return character
        return choose.choices(listed, [2.0**-place for place in range(len(listed))])[0].text


def augmenter_of(families: Sequence[Family], forms: Forms) -> Augmenter:
    """Return an augmenter that signs as the lawful families do."""
    choose = random.Random(SIGNATURES_SEED)  # noqa: S311
    signatures = [
        write(pattern, family.slots, choose)
        for family in families
        if family.lawful
        for pattern in family.signatures
        for _ in range(PER_SIGNATURE)
    ]
    slots = shared_slots()
    return Augmenter(forms, slots, signatures, {name: Slot(one.values) for name, one in slots.items()})

"""Laws and vendor rules as dated citations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100}
_NUMERAL = re.compile(f"[{_DIGITS}十百]+")


@dataclass(frozen=True, slots=True)
class Law:
    """One article of a law or regulation, with the days on which this wording and number hold.

    `valid_from` is the day the cited version came into force; `valid_until`, exclusive, the day it was replaced.
    """

    name: str
    article: str
    valid_from: date
    valid_until: date | None = None

    def valid_at(self, day: date) -> bool:
        """Return whether the citation holds on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    @property
    def order(self) -> tuple[int, ...]:
        """The numbers in the article, to sort by: 第二十五条第一项 is (25, 1)."""
        return tuple(map(_number, _NUMERAL.findall(self.article)))

    def __str__(self) -> str:
        return f"《{self.name}》{self.article}"


def _number(numeral: str) -> int:
    """Return a Chinese numeral below a thousand as a number."""
    total = digit = 0
    for character in numeral:
        if character in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[character], 0
        else:
            digit = _DIGITS.index(character)
    return total + digit


def _advertising(article: str) -> Law:
    return Law("广告法", article, date(2021, 4, 29))


def _telecom(article: str) -> Law:
    return Law("电信条例", article, date(2016, 2, 6))


def _anti_fraud(article: str) -> Law:
    return Law("反电信网络诈骗法", article, date(2022, 12, 1))


def _privacy(article: str) -> Law:
    return Law("个人信息保护法", article, date(2021, 11, 1))


def _price(article: str) -> Law:
    return Law("明码标价和禁止价格欺诈规定", article, date(2022, 7, 1))


def _promotion(article: str) -> Law:
    return Law("规范促销行为暂行规定", article, date(2020, 12, 1))


def _absolute_guide(article: str) -> Law:
    return Law("广告绝对化用语执法指南", article, date(2023, 2, 25))


def _finance_marketing(article: str) -> Law:
    return Law("金融产品网络营销管理办法", article, date(2026, 9, 30))


AD_8_2 = _advertising("第八条第二款")
AD_9_1_2 = _advertising("第九条第一、二项")
AD_9_2 = _advertising("第九条第二项")
AD_9_3 = _advertising("第九条第三项")
AD_9_8 = _advertising("第九条第八项")
AD_9_9 = _advertising("第九条第九项")
AD_11 = _advertising("第十一条")
AD_12 = _advertising("第十二条")
AD_13 = _advertising("第十三条")
AD_15 = _advertising("第十五条")
AD_16 = _advertising("第十六条")
AD_16_1 = _advertising("第十六条第一款第一项")
AD_16_2 = _advertising("第十六条第一款第二项")
AD_16_2_OTC = _advertising("第十六条第二款")
AD_16_3 = _advertising("第十六条第三款")
AD_16_3_4 = _advertising("第十六条第一款第三、四项")
AD_17 = _advertising("第十七条")
AD_18 = _advertising("第十八条")
AD_18_2 = _advertising("第十八条第二款")
AD_20 = _advertising("第二十条")
AD_22 = _advertising("第二十二条")
AD_23 = _advertising("第二十三条")
AD_24 = _advertising("第二十四条")
AD_24_1 = _advertising("第二十四条第一项")
AD_24_2 = _advertising("第二十四条第二项")
AD_24_3 = _advertising("第二十四条第三项")
AD_25 = _advertising("第二十五条")
AD_25_1 = _advertising("第二十五条第一项")
AD_25_2 = _advertising("第二十五条第二项")
AD_26 = _advertising("第二十六条")
AD_26_1 = _advertising("第二十六条第一项")
AD_26_2 = _advertising("第二十六条第二项")
AD_26_4 = _advertising("第二十六条第四项")
AD_28 = _advertising("第二十八条")
AD_40_2 = _advertising("第四十条第二款")
AD_43_2 = _advertising("第四十三条第二款")
AD_46 = _advertising("第四十六条")
TELECOM_56 = _telecom("第五十六条")
TELECOM_56_7 = _telecom("第五十六条第七项")
TELECOM_56_8 = _telecom("第五十六条第八项")
TELECOM_57 = _telecom("第五十七条")
FRAUD_14 = _anti_fraud("第十四条")
FRAUD_24 = _anti_fraud("第二十四条")
FRAUD_25 = _anti_fraud("第二十五条")
FRAUD_31 = _anti_fraud("第三十一条")
PRIVACY_10 = _privacy("第十条")
PRIVACY_15 = _privacy("第十五条")
PRIVACY_28 = _privacy("第二十八条、第二十九条")
PRICE_16 = _price("第十六条、第十七条")
PRICE_18 = _price("第十八条")
PROMOTION_13 = _promotion("第十三条")
PROMOTION_17 = _promotion("第十七条")
PROMOTION_20 = _promotion("第二十条")
PROMOTION_21 = _promotion("第二十一条")
FINANCE_MARKETING_8 = _finance_marketing("第八条")
FINANCE_MARKETING_10_3 = _finance_marketing("第十条第三项")
FINANCE_MARKETING_10_7 = _finance_marketing("第十条第七项")
EDUCATION_80 = Law("教育法", "第八十条", date(2021, 4, 30))
FINANCE_PUBLICITY_1 = Law("关于进一步规范金融营销宣传行为的通知", "第一条", date(2020, 1, 25))
ABSOLUTE_GUIDE_7 = _absolute_guide("第七条")
ABSOLUTE_GUIDE_11 = _absolute_guide("第十一条")

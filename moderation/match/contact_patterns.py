"""Contacts in patterned text: hotlines, mailboxes, accounts of chat programs and numbers, plain or in disguise."""

from __future__ import annotations

import re

from moderation.match.pattern_set import Range

ADD_LOOKS = "十┼╋╈╉╁╬✚✛†"
"""Signs that look like a plus, which is read 加."""

ADD_SOUNDS = "伽咖茄迦珈笳佳架家嘉枷袈驾+"
ADD_EMOJI = "➕"
_ADD = f"加{ADD_SOUNDS}{ADD_LOOKS}{ADD_EMOJI}"
_SURE_ADD = f"加伽咖茄迦珈笳+┼╋╈╉{ADD_EMOJI}"
"""What stands for 加 and is rare before the words that name a chat program otherwise."""

WEI_SOUNDS = "薇徽威嶶徾溦葳维唯媺㣲洈幑崴徵癓巍緘縅"
_WEI_RARE = "薇徽嶶徾溦葳媺㣲洈幑崴徵癓縅"
XIN_SOUNDS = "芯心伈讯汛沁鑫薪"
HEARTS = "❤♡♥💓💕💖💗💘💛💙💚💜🧡"
Q_SOUNDS = "扣叩筘釦寇蔻簆抠摳敂"

_WHOM = r"(?:上|下|入|一下|我|我的|姐姐?|哥哥?|妹妹?|小妹|老师|客服|导师|助理|经理|人)?"
_JOINT = r"[ \-_.*?~·/|\\★☆\"'()+]{0,2}"
_INSIDE = r"[ \-_.*?~·/|★☆+]?"
_BEFORE_ID = r"[^a-z0-9\n\x{3400}-\x{9fff}\x{fffc}]{0,4}"
_V = r"(?:[v∨ν]|\\+/)"
_SECOND = rf"[信言x訊{XIN_SOUNDS}{HEARTS}]"
_WECHAT = (
    rf"(?:[微維{WEI_SOUNDS}]{_INSIDE}{_SECOND}?|{_V}{_INSIDE}{_SECOND}?|vx|w[ .]{{0,2}}[x信]|wei ?xin|wechat"
    r"|[惟苇玮]|[微薇徽]亻言|卫[星信]|🛰|绿泡泡)"
)
_LONE_WECHAT = (
    rf"(?:[{_WEI_RARE}]{_INSIDE}{_SECOND}?(?:[号號]码?)?|[微維维威]{_INSIDE}[信{XIN_SOUNDS}{HEARTS}](?:{_INSIDE}[号號]码?)?"
    rf"|(?:∨|ν|\\+/){_INSIDE}{_SECOND}?|\bv{_INSIDE}[信x{XIN_SOUNDS}{HEARTS}](?:[号號]码?)?|[微/]信?(?:[号號]码?)?:"
    r"|🛰号?|卫星号|wei ?xin ?hao|[微薇徽]亻言)"
)
_ID = r"(?:[a-z0-9_-]*[0-9][a-z0-9_-]{4,20}|[a-z][a-z0-9_-]{4,}[0-9])"

WECHAT = (
    r"(?:微信|微讯|薇信|威信|v信|vx|weixin|wechat|\bwx|加v|加微|加薇|绿泡泡|绿色软件)(?:公众)?(?:号|号码|同号)?"
    r"[^a-z0-9\x{3400}-\x{9fff}]{0,4}[a-z0-9][a-z0-9_-]{4,19}"
    r"|[师服问理长管系询加我+这私妹姐] ?v[: ]{1,2}[a-z][a-z0-9_-]{5,19}"
    rf"|[{_ADD}]{_WHOM}{_JOINT}{_WECHAT}(?:[号號]码?)?(?:{_BEFORE_ID}{_ID}|: ?[a-z]{{5,20}}\b)"
    rf"|\bjia ?wei(?: ?xin)?{_BEFORE_ID}{_ID}"
    rf"|{_LONE_WECHAT}{_BEFORE_ID}{_ID}"
)

HAN_DIGITS = "零〇一二两三四五六七八九幺壹贰貳叁參参肆伍陆陸柒捌玖"
_QQ_NUMBER = rf"(?:[1-9][0-9]{{4,10}}\b|[1-9{HAN_DIGITS}](?:[ \-.*_]?[0-9o{HAN_DIGITS}]){{6,10}})"
_Q = rf"(?:[qꝗ]{_INSIDE}[qꝗ]?|[{Q_SOUNDS}]{_INSIDE}[{Q_SOUNDS}q]?|企[鹅鵝]|🐧|ωω|秋秋|球球|丘丘|邱邱|qiuqiu)"
_LONE_Q = (
    rf"(?:[{Q_SOUNDS}]{_INSIDE}[{Q_SOUNDS}q]|q{_INSIDE}[q扣]|ꝗ{_INSIDE}ꝗ?|[叩筘釦蔻簆]|企[鹅鵝]|🐧|ωω|秋秋|球球|丘丘|邱邱|qiuqiu"
    rf"|[q{Q_SOUNDS}][群裙])"
)
QQ = (
    rf"(?:qq|扣扣|企鹅|q群|群)(?:群|号|号码)?[^a-z0-9\x{{3400}}-\x{{9fff}}]{{0,4}}[1-9][0-9]{{4,10}}\b"
    rf"|[{_ADD}]{_WHOM}{_JOINT}{_Q}[群裙]?(?:[号號]码?)?{_BEFORE_ID}{_QQ_NUMBER}"
    rf"|{_LONE_Q}[群裙]?(?:[号號]码?)?{_BEFORE_ID}{_QQ_NUMBER}"
    rf"|[扣抠][: ]{{0,3}}[1-9][0-9]{{7,10}}\b|\bq ?: ?[1-9][0-9]{{5,10}}\b"
)

_PLANE = r"(?:纸?飞机|✈|电报|telegram|\btg)"
TELEGRAM = (
    rf"{_PLANE}(?:联系|号|群|频道|私聊|搜索?)?[^a-z0-9\x{{3400}}-\x{{9fff}}]{{0,3}}@[a-z][a-z0-9_]{{4,31}}"
    rf"|(?:[加伽咖{ADD_EMOJI}+搜]|联系){_PLANE}号?[: ]{{0,3}}[a-z][a-z0-9_]{{4,31}}"
    rf"|{_PLANE}号?[: ]{{1,3}}[a-z]{{3}}[a-z0-9_]{{2,29}}"
)

_ENDS = r"(?:[ ,.。!?:;)\]】\"”]|$)"
_ASKS = r"(?:咨询|详聊|私聊|聊|了解|看|拿|进|同号|报名|备用|领(?:取|红包|福利|券|奖|钱|资料|名额|[,。!]|$))"
SOLICITATION = (
    rf"[{_SURE_ADD}]{_WHOM}{_JOINT}(?:[{_WEI_RARE}威][信号{XIN_SOUNDS}{HEARTS}]|[{_WEI_RARE}]{_ASKS}|[{_WEI_RARE}]{_ENDS})"
    rf"|[佳架嘉十]{_JOINT}[微威{_WEI_RARE}][信{XIN_SOUNDS}{HEARTS}]"
    rf"|(?:[伽咖茄迦珈笳]|加我){_JOINT}(?:微{_ENDS}|微信)"
    rf"|[加伽咖茄迦珈┼╋{ADD_EMOJI}+]{_WHOM}{_JOINT}(?:(?:{_V}x?|wx) ?{_ASKS}|{_V}[信芯{HEARTS}]|vx{_ENDS})"
    rf"|[威{_WEI_RARE}][{HEARTS}]|微[{HEARTS}](?:[信号]|{_ASKS}|{_ENDS})|[{_SURE_ADD}]{_WHOM}{_JOINT}微[{HEARTS}]"
    rf"|(?:^|[^a-z])({_V}[{HEARTS}])"
    rf"|[加{ADD_EMOJI}+伽咖] ?🛰|🛰号"
    rf"|[{_SURE_ADD}]{_WHOM}{_JOINT}(?:[叩筘釦蔻]|扣扣|抠抠|企[鹅鵝]|🐧|秋秋|qq?裙|扣裙|qiuqiu)(?:[群裙号]|{_ASKS}|{_ENDS})"
    rf"|(?:[伽咖茄迦珈笳]|加我){_JOINT}[qꝗ][qꝗ]?(?:[群裙号]|{_ASKS}|{_ENDS})"
    rf"|[加伽咖{ADD_EMOJI}+]{_PLANE}(?:[号群:]|私聊|详聊|咨询|了解|领取)"
)

DIGIT_SIGNS = "❶❷❸❹❺❻❼❽❾➊➋➌➍➎➏➐➑➒⓵⓶⓷⓸⓹⓺⓻⓼⓽⓿🄋"
SIGN_VALUES = "123456789" * 3 + "00"
_DIGIT = f"[0-9oli{HAN_DIGITS}{DIGIT_SIGNS}]"
_BETWEEN = r"[ \-.·•_~/|*★☆()、,]{0,2}"
WRITTEN_NUMBER = (
    rf"(?:[1一幺壹li❶➊⓵]{_BETWEEN}[3-9三四五六七八九叁參肆伍陆陸柒捌玖❸-❾➌-➒⓷-⓽]|[4四肆❹➍⓸]{_BETWEEN}[0零〇o⓿🄋]{_BETWEEN}[0零〇o⓿🄋])"
    rf"(?:{_BETWEEN}{_DIGIT}){{7,11}}"
)
_VALUES = str.maketrans("oli" + HAN_DIGITS + DIGIT_SIGNS, "011" + "00122345678911223334566789" + SIGN_VALUES)
_PLAIN_NUMBER = re.compile(r"\+?[0-9](?:[ \-.]{0,2}[0-9])*")
_NO_EDGE = re.compile(rf"[0-9a-z{HAN_DIGITS}{DIGIT_SIGNS}年月日元块%]")
_LISTED = re.compile(r"[0-9].*[,、]|[,、].*[0-9]")
"""Digits between which commas part things that are named."""

_ONLY_DASHES = re.compile(r"[0-9][0-9 \-一]+[0-9]")
"""Digits between which 一 passes for a dash."""

MOST_DIGITS = 11
LEAST_DIGITS = 5
"""Plain digits that a number has in which letters stand for others."""

_UNIT = re.compile(r" ?(?:号[楼院铺馆店]|[栋幢]|\.[0-9]|[元块万千百%年月日天分倍人名kw米])")
_DEDUCTION = re.compile(r"[^扣q群裙]扣[: ]{0,3}[0-9]{1,5}$")
"""A sum that is taken off, where an account would have more digits."""


_LABELLED = re.compile(
    r"(?:型号|货号|单号|编号|款号|批号|批次|会员号|合同号|序列号|流水号?|[订工运]单|凭证|包裹|系列"
    r"|(?:[^号]|^)码)[: #]{0,2}$|#$"
)
"""What a code in Latin letters follows that is no account."""

_PET_NAME = re.compile(r"(?:秋秋|球球|丘丘|邱邱)[^0-9]*1[3-9][0-9]{9}")
"""A person's or a pet's name before a mobile number."""

_NAMED = re.compile("[薇葳崴徵维威][^a-z0-9\u3400-\u9fff]*(?:1[3-9][0-9]{9}|0[0-9]+|[0-9]{5,8})")
"""A person's given name before a telephone number."""


def written_digits(text: str, found: Range) -> str:
    """Return the digits of a number that is not written plainly; empty for a plain one, and within a longer number."""
    written = text[found.start : found.end]
    if _PLAIN_NUMBER.fullmatch(written):
        return ""
    if _LISTED.search(written):
        return ""
    if _NO_EDGE.match(text[max(found.start - 1, 0) : found.start]) or _NO_EDGE.match(text[found.end : found.end + 1]):
        return ""
    if written.isascii() and not written[1:].isdecimal() and sum(map(str.isdecimal, written)) < LEAST_DIGITS:
        return ""
    if len(_digits(written)) > MOST_DIGITS and _ONLY_DASHES.fullmatch(written):
        written = written.replace("一", "-")
    return _digits(written)


def _digits(written: str) -> str:
    return "".join(sign for sign in written.translate(_VALUES) if sign.isdecimal() and sign.isascii())


def is_account(text: str, found: Range) -> bool:
    """Return whether what was found is an account, as against a sum or a word in Latin letters."""
    written = text[found.start : found.end]
    if found.kind == "contact:qq":
        is_sum = _UNIT.match(text, found.end) or _DEDUCTION.search(written)
        return not is_sum and not _PET_NAME.fullmatch(written)
    if found.kind == "contact:wechat":
        if written[0] in "vw" and _LABELLED.search(text[max(found.start - 6, 0) : found.start]):
            return False
        return not written.startswith("vip", 1) and not _NAMED.fullmatch(written)
    return True

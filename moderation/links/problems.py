"""What is wrong with what somebody wants to register, and how to mend it, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class LinkFault(StrEnum):
    """Why a link cannot be registered or verified as it is told."""

    HOST_EMPTY = "HOST_EMPTY"
    HOST_MALFORMED = "HOST_MALFORMED"
    HOST_TOO_LONG = "HOST_TOO_LONG"
    MIXED_SCRIPTS = "MIXED_SCRIPTS"
    USERINFO = "USERINFO"
    PORT = "PORT"
    QUERY = "QUERY"
    WILDCARD = "WILDCARD"
    IP_ADDRESS = "IP_ADDRESS"
    PUBLIC_SUFFIX = "PUBLIC_SUFFIX"
    SHORTENER = "SHORTENER"
    SHORTENER_WHOLE = "SHORTENER_WHOLE"
    PATH_MALFORMED = "PATH_MALFORMED"
    PATH_TOO_LONG = "PATH_TOO_LONG"
    ICP_MALFORMED = "ICP_MALFORMED"
    TENANT_UNFIT = "TENANT_UNFIT"
    EVIDENCE_MISSING = "EVIDENCE_MISSING"
    TEXT_UNFIT = "TEXT_UNFIT"
    UNTIL_MISSING = "UNTIL_MISSING"
    UNTIL_MALFORMED = "UNTIL_MALFORMED"
    UNTIL_PAST = "UNTIL_PAST"
    UNTIL_FAR = "UNTIL_FAR"
    KIND_UNKNOWN = "KIND_UNKNOWN"
    FILE_EMPTY = "FILE_EMPTY"
    FILE_TOO_LARGE = "FILE_TOO_LARGE"
    NOT_UTF8 = "NOT_UTF8"
    ROW_BROKEN = "ROW_BROKEN"
    ROW_TOO_LONG = "ROW_TOO_LONG"
    COLUMN_UNKNOWN = "COLUMN_UNKNOWN"
    COLUMN_MISSING = "COLUMN_MISSING"
    REPEATED = "REPEATED"
    WAS_REVOKED = "WAS_REVOKED"
    KIND_DIFFERS = "KIND_DIFFERS"


_MESSAGES: Mapping[LinkFault, tuple[str, str]] = {
    LinkFault.HOST_EMPTY: ("没有域名；请写如 example.cn", "there is no domain; write one such as example.cn"),
    LinkFault.HOST_MALFORMED: (
        "{value} 不是域名；请写如 example.cn 或 m.example.cn/shop",
        "{value} is no domain; write one such as example.cn or m.example.cn/shop",
    ),
    LinkFault.HOST_TOO_LONG: (
        "域名超过 {most} 个字符，请核对",
        "the domain has more than {most} characters; check it",
    ),
    LinkFault.MIXED_SCRIPTS: (
        "{value} 混用了形似的不同文字；请核对每个字符",
        "{value} mixes letters of scripts that look alike; check each character",
    ),
    LinkFault.USERINFO: (
        "域名前不能有 @ 及其之前的部分；请只写域名",
        "nothing may stand before the domain; leave out what is before @",
    ),
    LinkFault.PORT: (
        "不能带端口；链接须用默认端口，请去掉 :{port}",
        "a port is not taken, links use the default one; leave out :{port}",
    ),
    LinkFault.QUERY: ("不能带 ? 或 # 之后的部分；请只写到路径", "leave out what follows ? or #; end with the path"),
    LinkFault.WILDCARD: (
        "不能用 *；登记 {domain} 即包括其下所有主机",
        "a wildcard is not taken; {domain} has all hosts below it",
    ),
    LinkFault.IP_ADDRESS: ("IP 地址不能登记；请用已备案的域名", "an IP address is not taken; use a filed domain"),
    LinkFault.PUBLIC_SUFFIX: (
        "{value} 是公共后缀或不存在的后缀，不属于任何人；请写其下自己的域名，如 example.cn",
        "{value} is a public suffix or a made-up one, which nobody owns; write your own domain below it",
    ),
    LinkFault.SHORTENER: (
        "{value} 是短链接域名；若确为自有，请登记为自有短域名（short）",
        "{value} is a domain of short links; if it is your own, register it as one (short)",
    ),
    LinkFault.SHORTENER_WHOLE: (
        "{value} 是公共短链接，不能整个登记；请加上自有的路径，如 {value}/abc",
        "{value} is a public shortener and is not taken whole; add the path that is yours, such as {value}/abc",
    ),
    LinkFault.PATH_MALFORMED: (
        "路径 {value} 无法使用；请写如 /shop/vip，只用字母、数字和 - . _ ~，不含 .. 和 %",
        "the path {value} cannot be used; write one such as /shop/vip of letters, digits and - . _ ~, without .. and %",
    ),
    LinkFault.PATH_TOO_LONG: ("路径超过 {most} 个字符", "the path has more than {most} characters"),
    LinkFault.ICP_MALFORMED: (
        "备案号 {value} 格式有误；请写如 京ICP备00000000号-1",
        "the ICP number {value} has another form; write one such as 京ICP备00000000号-1",
    ),
    LinkFault.TENANT_UNFIT: (
        "租户须为 1 至 {most} 个可见字符，与送审时的写法一致",
        "the tenant must be 1 to {most} visible characters, as in the templates",
    ),
    LinkFault.EVIDENCE_MISSING: (
        "没有证明材料；请写明凭什么确认，如备案截图编号",
        "there is no evidence; tell by what it was verified",
    ),
    LinkFault.TEXT_UNFIT: (
        "文字须不超过 {most} 个字符，且不含控制字符",
        "the text must have at most {most} characters and no control characters",
    ),
    LinkFault.UNTIL_MISSING: ("没有有效期；请写如 2027-12-31", "there is no end; write a day such as 2027-12-31"),
    LinkFault.UNTIL_MALFORMED: (
        "有效期 {value} 无法识别；请写如 2027-12-31，或带时区的时间 2027-12-31T18:00:00+08:00",
        "{value} is no day or time; write 2027-12-31, or 2027-12-31T18:00:00+08:00 with its zone",
    ),
    LinkFault.UNTIL_PAST: ("有效期 {value} 已过；请写将来的日期", "{value} is over; write a day to come"),
    LinkFault.UNTIL_FAR: (
        "有效期 {value} 太远；至多 {most} 天，到期后可再次确认",
        "{value} is too far away; at most {most} days, then it can be verified again",
    ),
    LinkFault.KIND_UNKNOWN: (
        "没有类别 {value}；可写 domain（自有域名）或 short（自有短域名）",
        "there is no kind {value}; write domain or short",
    ),
    LinkFault.FILE_EMPTY: (
        "文件中没有链接；首行写列名 {columns}，其后每行一个链接",
        "the file has no links; write the columns {columns} in its first line, then a link a line",
    ),
    LinkFault.FILE_TOO_LARGE: (
        "一次至多导入 {most} 行；请分几个文件导入",
        "at most {most} lines are imported at once; split the file",
    ),
    LinkFault.NOT_UTF8: ("不是 UTF-8；请将文件存为 UTF-8", "not UTF-8; save the file as UTF-8"),
    LinkFault.ROW_BROKEN: (
        "行已损坏；请闭合每个引号，单元格内的引号写两次",
        "a broken row; close every quote, and double those inside a cell",
    ),
    LinkFault.ROW_TOO_LONG: (
        "这一行比首行多出单元格；含逗号的内容请加引号",
        "the row has more cells than the first one; put a cell with a comma into quotes",
    ),
    LinkFault.COLUMN_UNKNOWN: (
        "没有列 {value}，或此列重复；可用的列为 {columns}",
        "there is no column {value}, or it is there twice; use {columns}, each once",
    ),
    LinkFault.COLUMN_MISSING: (
        "缺少列 {value}；须有 {columns}",
        "the column {value} is missing; there must be {columns}",
    ),
    LinkFault.REPEATED: ("与第 {first} 行是同一链接；请只留一行", "the link of line {first} again; keep one of them"),
    LinkFault.WAS_REVOKED: (
        "链接 {link} 已被撤销；如须恢复，请用 moderation link verify {link} 单独确认",
        "link {link} was revoked; to restore it, verify it by itself: moderation link verify {link}",
    ),
    LinkFault.KIND_DIFFERS: (
        "链接 {link} 已登记为另一类别；请先撤销，或改正类别",
        "link {link} is registered as the other kind; mend the kind",
    ),
}

LONGEST_QUOTE = 60
"""Characters of what was given that a message quotes."""


class UnfitLinkError(ValueError):
    """Something cannot be registered as it is told; `told` holds what the message says of it."""

    def __init__(self, fault: LinkFault, **told: object) -> None:
        self.fault = fault
        self.told = {name: _shortened(str(value)) for name, value in told.items()}
        super().__init__(message_of(fault, self.told, "en"))

    def message(self, locale: str) -> str:
        """Return what is wrong, in Chinese unless the locale is English."""
        return message_of(self.fault, self.told, locale)


def message_of(fault: LinkFault, told: Mapping[str, str], locale: str) -> str:
    """Return what is wrong and how to mend it, in Chinese unless the locale is English."""
    return _MESSAGES[fault][int(locale.lower().startswith("en"))].format_map(_Told(told))


class _Told(dict[str, str]):
    """What a message says; an older server may not tell all of it."""

    def __missing__(self, name: str) -> str:
        return "?"


def _shortened(text: str) -> str:
    plain = "".join(character if character.isprintable() else "?" for character in text)
    return plain if len(plain) <= LONGEST_QUOTE else plain[: LONGEST_QUOTE - 1] + "…"

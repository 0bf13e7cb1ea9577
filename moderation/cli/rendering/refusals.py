"""Why a desk or a store refuses something, in the language of the reader; what is not known stays English."""

from __future__ import annotations

import re
from collections.abc import Mapping

from moderation.cli.rendering.link_refusals import link_refusal
from moderation.cli.rendering.phrasebook import in_chinese, phrasebook
from moderation.cli.rendering.policy_refusals import policies_refusal
from moderation.cli.rendering.wordlist_refusals import wordlists_refusal
from moderation.cli.rendering.words import WORDS
from moderation.links.registry import LinkError
from moderation.policies.refusal import PoliciesError
from moderation.review.desk import DeskError, DeskReason
from moderation.wordlists.refusal import WordlistsError

OF_STORE = (DeskReason.STORE_UNAVAILABLE, DeskReason.STORE_DAMAGED)
UNAVAILABLE = "存储或服务器暂不可用"
DESK: Mapping[DeskReason, str] = {
    DeskReason.CASE_UNKNOWN: "没有案件 {case}；moderation case list 列出案件",
    DeskReason.APPEAL_UNKNOWN: "没有申诉 {appeal}；moderation appeal list 列出申诉",
    DeskReason.VERDICT_UNKNOWN: "没有检查结果 {verdict}；请核对编号与 --tenant",
    DeskReason.WRONG_STATE: "案件 {case} 现为“{state}”，不能这样处理；moderation case show {case} 查看",
    DeskReason.NOT_SIMILAR: "案件 {case} 与案件 {of} 不相似，不能一并裁决；请单独裁决",
    DeskReason.LEASE_LOST: "案件 {case} 现不由您审理：租约已失效，或尚未领取；请先领取",
    DeskReason.ALREADY_APPEALED: "检查结果 {verdict} 已申诉过；每个结果只能申诉一次",
    DeskReason.APPEAL_WINDOW_CLOSED: "检查结果 {verdict} 的申诉期已于 {until} 截止",
    DeskReason.NOT_APPEALABLE: "检查结果 {verdict} 现为“{decision}”；只有被拒绝的才能申诉",
    DeskReason.OWN_RULING: "案件 {case} 由您裁决，申诉须由另一位审核员裁决",
    DeskReason.TEXT_PURGED: "检查结果 {verdict} 的文本已到期清除，不能再申诉",
    DeskReason.REQUEST_ID_REUSED: "这个 --request-id 已用于另一项操作；每项操作请用新的编号",
    DeskReason.PAGE_TOKEN_INVALID: "--token 不是这个列表给出的；请从第一页开始",
    DeskReason.STORE_UNAVAILABLE: UNAVAILABLE + "，请稍后重试：{message}",
    DeskReason.STORE_DAMAGED: "存储被外部改动或已损坏：{message}",
    DeskReason.KEY_MISSING: "文本由密钥 {key} 加密，服务器没有它；请用含有该密钥的密钥文件重启服务器",
}


_STORE = phrasebook(
    (r"there is no store: MODERATION_STORE is none; .+", r"没有存储：MODERATION_STORE 为 none；请用 --store 指定"),
    (r"(.+): there is no store; .+", r"\1：没有存储；请核对 --store，或用 moderation migrate 新建"),
    (
        r"the store's schema \((.+)\) is of a newer release than this one \((.+)\); install that release",
        r"存储的结构（\1）来自更新的版本，本版本只到 \2；请安装新版本",
    ),
    (r"the store's schema lacks (.+); run moderation migrate", r"存储缺少结构更新 \1；请运行 moderation migrate"),
    (r"the store cannot be used: (.+); check its address", r"存储不可用：\1；请核对 --store 或 MODERATION_STORE"),
    (r"the database holds tables of something else; .+", r"数据库中有其他程序的表；请指定空的数据库"),
    (
        r"(.+): belongs to (.+): there is no right to write it and its directory; .+",
        r"\1：没有写入文件及其目录的权限，所有者是 \2；请以所有者运行，或用 --store 指定其他存储",
    ),
    (
        r"keys: (.+): (.+); without its keys a store cannot be read: ask its owner .+",
        r"密钥文件 \1：\2；没有密钥无法读取，请向其所有者要读取权限",
    ),
    (
        r"keys: (.+): (.+); without its keys a store cannot be read: .+",
        r"密钥文件 \1：\2；没有密钥无法读取，请放回",
    ),
    (
        r"keys: a store of PostgreSQL needs MODERATION_KEYS, a file; .+",
        r"PostgreSQL 存储须用 --keys 或 MODERATION_KEYS 指定密钥文件；moderation key new 可新建",
    ),
    (r"sealed by the key (\S+), which is not in the ring; .+", r"文本由密钥 \1 加密，密钥文件中没有它；请将它加回"),
    (
        r"(.+): (.+); name another file by --store or MODERATION_STORE",
        r"\1：\2；请用 --store 或 MODERATION_STORE 指定其他文件",
    ),
    (
        r"(.+): (.+); name another file by MODERATION_CHECKPOINTS",
        r"\1：\2；请用 MODERATION_CHECKPOINTS 指定其他检查点文件",
    ),
    (
        r"(.+): line (\d+): this is no checkpoint; .+",
        r"\1：第 \2 行不是检查点；若是末行，则写入曾中断，请删除；否则文件被改动，请恢复备份",
    ),
    (
        r"keys: these are not the keys of this store; .+",
        r"这不是这个存储的密钥；请用 --keys 或 MODERATION_KEYS 指定新建存储时的密钥文件",
    ),
    (
        r"a store of PostgreSQL needs its driver; .+",
        r"PostgreSQL 存储需要驱动程序；请安装：pip install 'moderation[postgresql]'",
    ),
)
_DATABASE = phrasebook(
    (r"the store cannot be reached or is busy; try again", UNAVAILABLE + "：连不上或正忙；请稍后重试"),
    (r"the connection to the store was lost; try again", UNAVAILABLE + "：连接中断；请稍后重试"),
    (r"there is no right to write the store; .+", r"没有写入存储的权限；请核对文件和目录的所有者，以及磁盘是否只读"),
    (r"the disk of the store is full; make room", r"存储所在磁盘已满；请清出空间"),
    (r"the store holds text that is not UTF-8; .+", r"存储中有不是 UTF-8 的文本，已被外部改动；请恢复备份"),
    (r"the file of the store is broken; .+", r"存储文件已损坏；请恢复备份"),
    (r"a text was changed, or moved from elsewhere; .+", r"有文本被改动或移自别处；请恢复存储的备份"),
    (
        r"the row that tells where the audit ends is gone or broken: .+",
        r"审计链尾的行已不在或损坏：存储被外部改动；请先运行 moderation audit verify，再恢复备份",
    ),
    (
        r"entry (\d+) of the audit cannot be read: .+",
        r"第 \1 条审计记录无法读取：已被改动；其后的记录用 --after \1 列出；请运行 moderation audit verify",
    ),
    (r"the audit holds what is no entry; .+", r"审计中有不是记录的内容；请运行 moderation audit verify"),
    (r"the server stops; .+", r"服务器正在停止；请稍后再试"),
    (r"the store does not answer in time; try again", UNAVAILABLE + "：没有及时应答；请稍后重试"),
    (
        r"the server (\S+) does not answer .+",
        UNAVAILABLE + r"：\1 没有应答；请核对地址与 moderation serve",
    ),
)
_KEY_RING = "key ring: "
_FAULT_ENDS = re.compile(r"; (?=line \d+: |there is no )")
_FAULTS = phrasebook(
    (r"the file is not UTF-8", r"文件不是 UTF-8"),
    (r"there is no sealing key; (?:.+)", r"没有加密密钥；请添加一行 `编号 aes-256-gcm 密钥`"),
    (r"there is no root; (?:.+)", r"没有根密钥；请添加一行 `编号 hkdf-sha256 密钥`"),
    (r"line (\d+): has (\d+) fields; .+", r"第 \1 行有 \2 个字段；请写成 `编号 算法 密钥`，以空格分隔"),
    (r"line (\d+): the id is that of line (\d+) .+", r"第 \1 行的编号与第 \2 行相同；每个密钥须用不同的编号"),
    (r"line (\d+): the id is not 1 to 32 .+", r"第 \1 行的编号须为 1 至 32 个 A-Z a-z 0-9 . _ -，以字母或数字开头"),
    (r"line (\d+): the key is not base64", r"第 \1 行的密钥不是 base64"),
    (r"line (\d+): the algorithm is unknown; use (.+)", r"第 \1 行的算法未知；可用：\2"),
    (r"line (\d+): the key has (\d+) bytes; (\S+) needs (\d+)", r"第 \1 行的密钥有 \2 字节；\3 须有 \4 字节"),
)


def refusal(error: Exception, locale: str) -> str:
    """Return why a desk, the wordlists or the policies refused, or why a store or its keys cannot be used."""
    if isinstance(error, WordlistsError):
        return wordlists_refusal(error, locale)
    if isinstance(error, LinkError):
        return link_refusal(error, locale)
    if isinstance(error, PoliciesError):
        return policies_refusal(error, locale)
    return _of_desk(error, locale) if isinstance(error, DeskError) else _of_store(str(error), locale)


def _of_desk(error: DeskError, locale: str) -> str:
    if locale != "zh":
        return error.message
    if error.reason in OF_STORE and (wrong := in_chinese(error.message, _DATABASE)) is not None:
        return wrong
    states = {"state": WORDS[locale].get(error.metadata.get("state", ""), "")}
    told = {**error.metadata, **{name: value for name, value in states.items() if value}, "message": error.message}
    try:
        return DESK[error.reason].format_map(told)
    except KeyError:
        return error.message


def _of_store(message: str, locale: str) -> str:
    if locale != "zh":
        return message
    if message.startswith(_KEY_RING):
        faults = _FAULT_ENDS.split(message.removeprefix(_KEY_RING))
        return "密钥文件有误：" + "；".join(in_chinese(fault, _FAULTS) or fault for fault in faults)
    return in_chinese(message, _STORE) or message

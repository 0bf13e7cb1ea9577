"""The words of tables about what a store holds, Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from moderation.cli.rendering import link_words, policy_words, report, trial_words, wordlist_words

_WORDS: Mapping[str, tuple[str, str]] = {
    # States
    "OPEN": ("待审", "open"),
    "CLAIMED": ("审理中", "claimed"),
    "RULED": ("已裁决", "ruled"),
    "APPEALED": ("已申诉", "appealed"),
    "APPEAL_CLAIMED": ("申诉审理中", "appeal claimed"),
    "FINAL": ("已终局", "final"),
    # Queues and priorities
    "QUEUE REVIEW": ("复核", "review"),
    "QUEUE QUALITY": ("抽检", "quality"),
    "QUEUE APPEAL": ("申诉", "appeal"),
    "COMPLAINT": ("投诉", "complaint"),
    "GOVERNMENT": ("政务", "government"),
    "NORMAL": ("普通", "normal"),
    "LOW": ("低", "low"),
    # Reason codes and outcomes
    "LAWFUL": ("合规", "lawful"),
    "RULE_MISTAKEN": ("规则误报", "rule mistaken"),
    "EVIDENCE_PROVIDED": ("已提供证明", "evidence provided"),
    "CONFIRMED": ("确认机审", "confirmed"),
    "UNLAWFUL": ("违法违规", "unlawful"),
    "MISLEADING": ("误导", "misleading"),
    "INCOMPLETE": ("缺少必备内容", "incomplete"),
    "UNCLEAR": ("含义不清", "unclear"),
    "OTHER": ("其他", "other"),
    "UPHELD": ("维持原判", "upheld"),
    "REVERSED": ("撤销原判", "reversed"),
    # Severities that a verdict does not tell
    "ADVICE": ("提示", "advice"),
    "SHADOW": ("试行", "shadow"),
    # Columns and lines
    "case": ("案件", "case"),
    "state": ("状态", "state"),
    "priority": ("优先级", "priority"),
    "due": ("到期", "due"),
    "type": ("类型", "type"),
    "industry": ("行业", "industry"),
    "profile": ("运营商配置", "profile"),
    "region": ("地区", "region"),
    "send at": ("发送时间", "send at"),
    "tags": ("标签", "tags"),
    "tenant": ("租户", "tenant"),
    "rules": ("规则", "rules"),
    "text": ("内容", "text"),
    "late": ("已超时", "overdue"),
    "similarity": ("相似度", "similarity"),
    "ruling": ("裁决", "ruling"),
    "appeal": ("申诉", "appeal"),
    "evidence": ("证据", "evidence"),
    "skip": ("跳过", "skipped"),
    "machine": ("机审", "machine"),
    "verdict": ("检查结果", "verdict"),
    "until": ("至", "until"),
    "epoch": ("第 {epoch} 次租约", "epoch {epoch}"),
    "released": ("已放回案件 {case}", "case {case} was given back"),
    "also": ("一并裁决的案件：{cases}", "ruled together with it: {cases}"),
    "skipped": ("已跳过案件 {case}", "case {case} was skipped"),
    "nothing": ("没有待审案件", "nothing waits"),
    "no cases": ("没有符合的案件", "no case matches"),
    "no appeals": ("没有符合的申诉", "no appeal matches"),
    "no proposals": ("没有例外建议", "there is no proposal"),
    "more": ("还有更多：加上 --token {token}", "there is more: add --token {token}"),
    "more entries": ("还有更多：加上 --after {after}", "there is more: add --after {after}"),
    "no entries": ("没有符合的审计记录", "no entry matches"),
    "filed": ("提交", "filed"),
    "by": ("人员", "who"),
    "outcome": ("结果", "outcome"),
    "waits": ("待裁决", "undecided"),
    "proposal": ("建议", "proposal"),
    "rule": ("规则", "rule"),
    "term": ("词条", "term"),
    "quote": ("原文", "quote"),
    # Statistics
    "queue": ("队列", "queue"),
    "waiting": ("待审", "waiting"),
    "held": ("审理中", "held"),
    "overdue": ("超时", "overdue"),
    "oldest": ("最早", "oldest"),
    "cases": ("案件", "cases"),
    "passed": ("通过", "passed"),
    "rejected": ("拒绝", "rejected"),
    "appeals": ("申诉", "appeals"),
    "overturned": ("被撤销", "overturned"),
    "reviewer": ("审核员", "reviewer"),
    "decided": ("裁决申诉", "appeals decided"),
    "median": ("中位用时（秒）", "median seconds"),
    "unseen": ("直接通过", "passed unseen"),
    # Audit and keys
    "sequence": ("序号", "entry"),
    "at": ("时间", "at"),
    "actor": ("人员", "who"),
    "role": ("角色", "role"),
    "action": ("操作", "action"),
    "subject": ("对象", "subject"),
    "details": ("详情", "details"),
    "no checkpoints": (
        "警告：没有检查点，无法发现整条链被重算或末尾被删除；请用 moderation audit checkpoint 建立",
        "warning: there are no checkpoints, so a chain that was recomputed or cut is not found; "
        "make them by moderation audit checkpoint",
    ),
    "no checkpoints of export": (
        "警告：没有用到检查点，无法发现整条链被重算或末尾被删除；请用 --checkpoints 和 --keys 指定存储的检查点与密钥",
        "warning: no checkpoints were used, so a chain that was recomputed or cut is not found; "
        "name those of the store by --checkpoints, and its keys by --keys",
    ),
    "checkpoints of export": ("所用检查点：{checkpoints}", "with the checkpoints of {checkpoints}"),
    "unreadable entry": (
        "警告：第 {sequence} 条审计记录无法读取：已被改动；请运行 moderation audit verify",
        "warning: entry {sequence} cannot be read: it was edited; run moderation audit verify",
    ),
    "unreadable text": (
        "“�”：文本打不开，缺少其密钥或内容被改动；moderation key list 列出缺少的密钥",
        '"�" is a text that does not open: its key is missing, or it was changed; moderation key list tells which keys',
    ),
    "reseal after restart": (
        "提示：换过密钥后，请先重启所有服务；未重启的服务读不了重新加密的内容",
        "note: after a rotation restart every server first; one that was not cannot read what is resealed",
    ),
    "whole chain": (
        "审计链完整：第 {first} 至 {last} 条相互衔接",
        "the chain is whole: entries {first} to {last} are linked",
    ),
    "empty chain": ("审计中没有记录", "the audit has no entry"),
    "proved": (
        "{checkpoints} 个检查点证明了前 {proved} 条",
        "{checkpoints} checkpoints prove the first {proved} entries",
    ),
    "unproved": ("第 {sequence} 条起尚无检查点证明", "from entry {sequence} on no checkpoint vouches yet"),
    "untrusted": ("第 {sequence} 条起均不可信", "from entry {sequence} on nothing can be trusted"),
    "checkpoint made": (
        "已在 {checkpoints} 为前 {count} 条建立检查点",
        "a checkpoint of {count} entries is in {checkpoints}",
    ),
    "purged": ("文本已到期清除", "the text was purged, for its time was over"),
    "purged up to": ("已清除前 {purged} 条审计记录", "the first {purged} entries of the audit are purged"),
    "nothing purged": ("没有到期的审计记录", "no entry of the audit is old enough"),
    "key": ("密钥", "key"),
    "algorithm": ("算法", "algorithm"),
    "contents": ("加密内容数", "contents"),
    "keys made": (
        "已新建密钥文件 {keys}（当前密钥 {current}）；请另存一份，丢失则文本无法恢复",
        "new keys are in {keys}, the current one is {current}; keep a copy: without it no text can be read",
    ),
    "key rotated": (
        "当前密钥已换为 {current}；请重启所有服务，再运行 moderation key reseal",
        "the current key is {current} now; restart every server, then run moderation key reseal",
    ),
    "rotation not noted": (
        "警告：审计没有记录这次更换：{why}",
        "warning: the audit does not tell of this rotation: {why}",
    ),
    "resealing": ("已重新加密 {count}", "{count} resealed"),
    "resealed": (
        "已用密钥 {current} 重新加密 {resealed} 项",
        "{resealed} contents were resealed with the key {current}",
    ),
    "is current": ("当前", "current"),
    "is old": ("旧", "old"),
    "is root": ("根密钥", "root"),
    "is missing": ("缺失", "missing"),
    # Migration
    "up to date": ("存储的结构已是最新", "the store's schema is up to date"),
    "lacking": ("存储缺少结构更新 {revisions}", "the store's schema lacks {revisions}"),
    "migrated": ("已更新存储的结构：{revisions}", "the store's schema was brought up by {revisions}"),
}
WORDS: Mapping[str, Mapping[str, str]] = {
    locale: {
        **report.WORDS[locale],
        **{
            key: texts[column]
            for words in (_WORDS, wordlist_words.WORDS, link_words.WORDS, policy_words.WORDS, trial_words.WORDS)
            for key, texts in words.items()
        },
    }
    for column, locale in enumerate(("zh", "en"))
}
"""Those of verdicts included, by language."""

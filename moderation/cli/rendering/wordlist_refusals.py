"""Why versions of wordlists are not changed as somebody asked, and how to mend it, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from moderation.cli.rendering.words import WORDS
from moderation.wordlists.refusal import WordlistsError, WordlistsReason

WORDLISTS: Mapping[WordlistsReason, tuple[str, str]] = {
    WordlistsReason.BATCH_UNKNOWN: (
        "没有批次 {batch}；moderation wordlist batches 列出批次",
        "there is no batch {batch}; see moderation wordlist batches",
    ),
    WordlistsReason.BATCH_STATE: (
        "批次 {batch} 现为“{state}”，不能这样处理；待批准的由另一人用 moderation wordlist approve {batch} 批准，"
        "moderation wordlist batches 列出各批次",
        "batch {batch} is {state}, so this cannot be done to it; one that awaits approval is approved by somebody else "
        "with moderation wordlist approve {batch}, and moderation wordlist batches lists them",
    ),
    WordlistsReason.BATCH_EMPTY: (
        "没有任何变更：各行与现行词表相同；请写入至少一处变更",
        "nothing changes: every line stands already; write at least one change",
    ),
    WordlistsReason.BATCH_TOO_LARGE: (
        "一个批次至多 {most} 处变更；请分成几个批次上传",
        "a batch has at most {most} changes; upload several",
    ),
    WordlistsReason.CHANGE_INVALID: (
        "第 {line} 行不能保存：{message}；请改正后重新上传",
        "{message}; mend the line and upload the batch again",
    ),
    WordlistsReason.CHANGE_REPEATED: (
        "第 {line} 行与第 {first} 行是同一词条；请只留一行",
        "line {line} has the entry of line {first}; keep one of them",
    ),
    WordlistsReason.OWN_BATCH: (
        "批次 {batch} 由您上传，须由另一人批准（--actor）",
        "batch {batch} is your own; a second person (--actor) has to approve it",
    ),
    WordlistsReason.VERSION_STALE: (
        "词表现为第 {current} 版，不是第 {expected} 版；请用 moderation wordlist diff {expected} {current} 查看变更，"
        "再以 --expect {current} 重试",
        "the wordlists are at version {current}, not {expected}; see moderation wordlist diff {expected} {current}, "
        "then try again with --expect {current}",
    ),
    WordlistsReason.VERSION_UNKNOWN: (
        "没有第 {version} 版词表；moderation wordlist log 列出各版",
        "there is no version {version} of the wordlists; see moderation wordlist log",
    ),
    WordlistsReason.WORDLIST_UNKNOWN: (
        "没有词表 {wordlist!r}；相近的：{near}；moderation wordlist list 列出全部",
        "there is no wordlist {wordlist!r}; near are: {near}; see moderation wordlist list",
    ),
    WordlistsReason.RULESET_NOT_BUILT: (
        "词表与服务器的文件不符：{message}",
        "the wordlists do not fit the files of the server: {message}",
    ),
}
"""Braces stand for the metadata of the refusal."""


def wordlists_refusal(error: WordlistsError, locale: str) -> str:
    """Return why something was refused."""
    chinese, english = WORDLISTS[error.reason]
    state = error.metadata.get("state", "")
    told = {**error.metadata, "state": WORDS[locale].get(state, state), "message": error.message}
    return (chinese if locale == "zh" else english).format_map(told)

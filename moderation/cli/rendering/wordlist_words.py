"""The words of tables about versions of wordlists and of plans, Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    # States of batches and operations
    "DRAFT": ("草稿", "draft"),
    "AWAITING_APPROVAL": ("待批准", "awaiting approval"),
    "APPLIED": ("已生效", "applied"),
    "DROPPED": ("已撤下", "dropped"),
    "ADD": ("添加", "add"),
    "REMOVE": ("删除", "remove"),
    "REPLACE": ("替换", "replace"),
    "CONTAINS": ("含查找内容", "contains the text"),
    "FOUND": ("在查找内容中", "is in the text"),
    # Columns
    "wordlist": ("词表", "wordlist"),
    "entry": ("词条", "entry"),
    "lines": ("词条行", "line"),
    "since": ("起始版本", "since"),
    "match": ("关系", "match"),
    "version": ("版本", "version"),
    "batch": ("批次", "batch"),
    "base": ("基于版本", "made for"),
    "author": ("作者", "author"),
    "approved by": ("批准", "approved by"),
    "reason": ("原因", "reason"),
    "uploaded": ("上传", "uploaded"),
    "added": ("添加", "added"),
    "removed": ("删除", "removed"),
    "replaced": ("替换", "replaced"),
    "operation": ("操作", "operation"),
    "before": ("之前", "before"),
    "after": ("之后", "after"),
    "rolled back": ("恢复至第 {restores} 版", "restores version {restores}"),
    "no lines": ("没有词条", "there is no such entry"),
    "no matches": ("没有这样的词条", "there is no such entry"),
    "no versions": ("词表尚无变更", "the wordlists were never changed"),
    "no batches": ("没有这样的批次", "there is no such batch"),
    "no differences": ("两版相同", "both versions are the same"),
    "shipped": ("随附", "shipped"),
    "file of batch": ("批次 {batch}", "batch {batch}"),
    # What was done
    "uploaded so": (
        "已上传为批次 {batch}（{changes} 处变更，{unchanged} 行与现行词表相同，基于第 {base} 版）",
        "uploaded as batch {batch}: {changes} changes, {unchanged} lines that stand already, for version {base}",
    ),
    "linted": (
        "{changes} 处变更，{unchanged} 行与现行词表相同，没有错误",
        "{changes} changes, {unchanged} lines that stand already, no mistakes",
    ),
    "is applied": (
        "批次 {batch} 已生效，为第 {version} 版；撤销：moderation wordlist rollback {previous} --expect {version} "
        "--reason …",
        "batch {batch} is applied as version {version}; undo it by moderation wordlist rollback {previous} "
        "--expect {version} --reason …",
    ),
    "awaits": (
        "批次 {batch} 有 {changes} 处变更，须由另一人批准：moderation wordlist approve {batch} --expect {expect}",
        "batch {batch} has {changes} changes, so somebody else has to approve it: "
        "moderation wordlist approve {batch} --expect {expect}",
    ),
    "is dropped": ("已撤下批次 {batch}", "batch {batch} is dropped"),
    "is restored": (
        "词表已恢复至第 {restores} 版，为第 {version} 版",
        "the wordlists are as in version {restores} again; this is version {version}",
    ),
    # Plans
    "redundant": ("多余词条（已被更短的词条覆盖）", "redundant entries, which others cover"),
    "covered by": ("被覆盖于", "covered by"),
    "conflicts": ("与例外冲突的词条", "entries that conflict with exceptions"),
    "exception": ("例外", "exception"),
    "holder": ("例外所属词条", "holder of the exception"),
    "cautions": ("须谨慎的词条", "entries to look at twice"),
    "ONE_CHARACTER": ("单字", "one character"),
    "EVERYDAY_WORD": ("日常用语", "everyday word"),
    "spelling": ("写法", "spelling"),
    "frequency": ("词频", "frequency"),
    "caution": ("原因", "why"),
    "lawful": ("会命中的合规模板", "lawful templates that are touched"),
    "decision": ("结果", "decision"),
    "stricter": ("结果变严的已存模板", "stored templates that are decided more strictly"),
    "milder": ("结果变宽的已存模板", "stored templates that are decided more mildly"),
    "flipped rules": ("结果改变的模板按规则统计", "rules of the templates that are decided otherwise"),
    "gained": ("新命中", "newly holds"),
    "lost": ("不再命中", "holds no more"),
    "broken": ("不再成立的规则示例", "examples of rules that hold no more"),
    "expected": ("应命中", "expected"),
    "found": ("实际命中", "found"),
    "rest": ("另有 {rest} 项；--format json 列出更多", "and {rest} more; --format json lists more"),
    "checked templates": (
        "已用新旧词表检查 {checked} 条已存模板：变严 {stricter}，变宽 {milder}，结果相同但规则不同 {otherwise}",
        "{checked} stored templates were checked: {stricter} decided more strictly, {milder} more mildly, "
        "{otherwise} alike by other rules",
    ),
    "applicable": (
        "可以生效：moderation wordlist apply {batch} --expect {base}",
        "it can be applied: moderation wordlist apply {batch} --expect {base}",
    ),
    "look twice": (
        "请先核对上列合规模板和拒绝的模板；确认无误后：moderation wordlist apply {batch} --expect {base}",
        "look at the lawful and rejected templates above first; then moderation wordlist apply {batch} --expect {base}",
    ),
    "not applicable": (
        "批次 {batch} 会破坏规则示例，不能生效；请改正文件后重新上传，并 moderation wordlist drop {batch}",
        "batch {batch} breaks examples of rules and cannot be applied; mend the file, upload it anew, and "
        "moderation wordlist drop {batch}",
    ),
    # Progress
    "stage waiting": ("排队", "waiting for its turn"),
    "stage uploading": ("上传", "uploading"),
    "stage reading": ("读取并核对文件", "reading and checking files"),
    "stage before": ("载入现行词表", "the lists in force"),
    "stage after": ("构建新词表", "the new lists"),
    "stage entries": ("比对词条", "comparing entries"),
    "stage examples": ("检查规则示例", "examples of rules"),
    "stage examples before": ("现行词表的规则示例", "examples of rules before"),
    "stage library": ("检查合规模板", "lawful templates"),
    "stage templates": ("检查已存模板", "stored templates"),
    "not saved": (
        "警告：{path}：自动机未能保存：{why}；请用 MODERATION_CACHE 指定其他目录",
        "warning: {path}: the automaton was not saved: {why}; name another directory by MODERATION_CACHE",
    ),
}
"""Those that tables of wordlists need besides the others."""

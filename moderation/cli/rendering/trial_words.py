"""The words of tables about trials and alerts, Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    # Columns
    "trial until": ("试行至", "on trial until"),
    "since version": ("起始版本", "since"),
    "hits": ("命中", "hits"),
    "changes": ("结果会变", "would change"),
    "live changes": ("其中拒绝", "rejected"),
    "tenants": ("租户数", "tenants"),
    "last day": ("最近命中", "last hit"),
    "day": ("日期", "day"),
    "tenant": ("租户", "tenant"),
    "verdict": ("检查结果", "verdict"),
    "text": ("文本", "text"),
    "state": ("状态", "state"),
    "said by": ("决定人", "said by"),
    "kind": ("类型", "kind"),
    "about": ("对象", "about"),
    "details": ("详情", "details"),
    "alert": ("编号", "alert"),
    # States of rules
    "TRIAL SHADOW": ("试行", "on trial"),
    "TRIAL LIVE": ("已转正", "promoted"),
    "TRIAL OFF": ("已停用", "off"),
    "is due": ("（到期）", " (due)"),
    # Alerts
    "alert.reject_spike": ("拒绝激增", "spike of rejects"),
    "alert.first_hit": ("新词条首次命中", "first hit of a new entry"),
    # Lists without anything
    "no trials": ("没有试行中的词条", "there is no entry on trial"),
    "no rules": ("没有试行、转正或停用的规则", "there is no rule on trial, promoted or off"),
    "no alerts": ("没有告警", "there is no alert"),
    "no hits": ("尚无命中", "there was no hit yet"),
    # What was done
    "due trials": (
        "{count} 个词条试行已到期：moderation wordlist shadow promote --due 或 drop --due",
        "the trial of {count} entries is over: moderation wordlist shadow promote --due, or drop --due",
    ),
    "on trial so": ("{entry}（{wordlist}），试行至 {until}", "{entry} ({wordlist}), on trial until {until}"),
    "promoted so": (
        "{count} 个词条已转正，为第 {version} 版；撤销：moderation wordlist rollback {previous} --expect {version} "
        "--reason …",
        "{count} entries are in force as version {version}; undo it by moderation wordlist rollback {previous} "
        "--expect {version} --reason …",
    ),
    "dropped so": (
        "{count} 个试行词条已删除，为第 {version} 版；撤销：moderation wordlist rollback {previous} --expect {version} "
        "--reason …",
        "{count} entries on trial are removed as version {version}; undo it by moderation wordlist rollback {previous} "
        "--expect {version} --reason …",
    ),
    "rules said": ("{rules}：{state}", "{rules}: {state}"),
    "rules ended": ("{rules}：已恢复为规则和规范自己的级别", "{rules}: as the rules and profiles have them again"),
}
"""Those that tables of trials and alerts need besides the others."""

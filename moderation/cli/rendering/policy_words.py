"""The words of tables about policies, Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "ORIGIN TENANT": ("本租户", "tenant"),
    "ORIGIN DEFAULT": ("默认策略", "default"),
    "ORIGIN BUILT_IN": ("内置", "built in"),
    "denied words": ("禁用词", "denied"),
    "allowed words": ("放行词", "allowed"),
    "changed rules": ("规则", "rules"),
    "policy key": ("项目", "key"),
    "policy value": ("值", "value"),
    "policy version": ("版本", "version"),
    "origin": ("来源", "origin"),
    "policy until": ("截止", "until"),
    "is over": ("已过期", "is over"),
    "no policies": ("没有租户设有策略", "no tenant has a policy"),
    "no policy_versions": ("该租户没有策略", "the tenant has no policy"),
    "no values": ("没有更多", "there is nothing more"),
    "no policy": ("{tenant} 没有策略", "{tenant} has no policy"),
    "policy made": ("第 {version} 版，{author}，{at}：{reason}", "version {version}, {author}, {at}: {reason}"),
    "policy unchanged": (
        "{tenant} 的策略第 {version} 版已与文件相同，没有变更",
        "the policy of {tenant}, version {version}, says the same as the file",
    ),
    "policy planned": (
        "{tenant} 的策略将有 {count} 处变更；生效：moderation policy apply FILE --expect {version} --reason …",
        "{count} changes to the policy of {tenant}; "
        "moderation policy apply FILE --expect {version} --reason … makes them",
    ),
    "policy applied": (
        "{tenant} 的策略现为第 {version} 版；恢复：moderation policy rollback {tenant} {previous} --expect {version} "
        "--reason …",
        "the policy of {tenant} is at version {version}; "
        "moderation policy rollback {tenant} {previous} --expect {version} --reason … undoes it",
    ),
    "policy same": (
        "没有变更，{tenant} 的策略仍为第 {version} 版",
        "nothing changes; the policy of {tenant} is at version {version} still",
    ),
    "policy restored": (
        "{tenant} 的策略已恢复为第 {restores} 版，现为第 {version} 版",
        "the policy of {tenant} says again what version {restores} said; this is version {version}",
    ),
}

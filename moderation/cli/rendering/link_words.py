"""The words of what is told about links, Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    # States and kinds
    "LINK PENDING": ("待确认", "pending"),
    "LINK VERIFIED": ("已确认", "verified"),
    "LINK EXPIRED": ("已过期", "expired"),
    "LINK REVOKED": ("已撤销", "revoked"),
    "OWN_DOMAIN": ("自有域名", "domain"),
    "OWN_SHORT_DOMAIN": ("自有短域名", "short"),
    "PROOF MANUAL": ("人工", "by hand"),
    "PROOF DNS": ("DNS 记录", "DNS record"),
    "PROOF FILE": ("文件", "file"),
    # Columns
    "link": ("链接", "link"),
    "target": ("域名与路径", "domain and path"),
    "link kind": ("类别", "kind"),
    "icp": ("备案号", "ICP number"),
    "valid until": ("有效期至", "valid until"),
    "link added": ("登记", "added"),
    "link verified": ("确认", "verified"),
    "link revoked": ("撤销", "revoked"),
    "link epoch": ("版次", "epoch"),
    "all below": ("及其下所有主机", "and all hosts below it"),
    "itself alone": ("仅此主机", "this host alone"),
    # Sentences
    "no links": ("没有链接", "there is no link"),
    "to prove": (
        "证明域名归属，可任选一种后运行 moderation link challenge {link} --tenant {tenant} --look dns 或 --look file：",
        "to prove whose it is, do one of these, then "
        "moderation link challenge {link} --tenant {tenant} --look dns or --look file:",
    ),
    "by record": ("  添加 TXT 记录 {name}，内容为 {content}", "  add a TXT record {name} that says {content}"),
    "by file": ("  在 {url} 放一个文件，内容为 {content}", "  put a file at {url} that says {content}"),
    "imported": (
        "已导入：新增 {added} 个，再次确认 {renewed} 个",
        "imported: {added} new, {renewed} verified again",
    ),
    "untold": ("另有 {count} 处有误", "{count} problems more"),
    "not imported": ("没有导入任何链接；请改正后重新导入", "nothing was imported; mend the file and import it again"),
}

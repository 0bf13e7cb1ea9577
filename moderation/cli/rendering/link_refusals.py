"""Why the registry of links refuses something, and how to mend it, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from moderation.cli.rendering.words import WORDS
from moderation.links.challenge import ChallengeFault, file_url, record_name
from moderation.links.problems import LinkFault, message_of
from moderation.links.registry import LinkError, LinkReason

LINKS: Mapping[LinkReason, tuple[str, str]] = {
    LinkReason.LINK_UNKNOWN: (
        "没有链接 {link}；moderation link list 列出链接",
        "there is no link {link}; see moderation link list",
    ),
    LinkReason.LINK_EXISTS: (
        "租户 {tenant} 已登记此链接，编号 {link}；moderation link show {link} 查看",
        "the tenant {tenant} has this link already: {link}; see moderation link show {link}",
    ),
    LinkReason.LINK_STATE: (
        "链接 {link} 现为“{state}”，不能这样处理；moderation link show {link} 查看",
        "link {link} is {state}, so this cannot be done to it; see moderation link show {link}",
    ),
    LinkReason.LINK_CHANGED: (
        "链接 {link} 已被他人改动；请用 moderation link show {link} 查看后重试",
        "link {link} has changed since; see moderation link show {link}, then try again",
    ),
    LinkReason.LINK_LIMIT: (
        "租户 {tenant} 的链接已达 {most} 个上限；请改为登记上级域名",
        "the tenant {tenant} has {most} links, the most that one may have; register the domain above them",
    ),
    LinkReason.TENANT_DENIED: (
        "不能为其他租户 {tenant} 登记；请核对 --tenant",
        "you cannot register links of another tenant, {tenant}; check --tenant",
    ),
}
CHALLENGES: Mapping[ChallengeFault, tuple[str, str]] = {
    ChallengeFault.NAME_UNKNOWN: ("域名 {host} 无法解析", "the name {host} has no address"),
    ChallengeFault.NOT_PUBLISHED: (
        "没有找到 {place}；请发布后稍等再试，DNS 记录要几分钟才生效",
        "{place} was not found; publish it and try again in some minutes",
    ),
    ChallengeFault.WRONG_TOKEN: (
        "{place} 的内容不符；moderation link challenge {link} 显示应有的内容",
        "{place} says something else; moderation link challenge {link} shows what it has to say",
    ),
    ChallengeFault.ADDRESS_REFUSED: (
        "{host} 是内部地址；须将其网段加入 MODERATION_CHALLENGE_NETWORKS",
        "{host} has a private address; only networks in MODERATION_CHALLENGE_NETWORKS are looked at",
    ),
    ChallengeFault.UNREACHABLE: ("连不上 {place}；请稍后再试", "{place} cannot be reached; try again"),
    ChallengeFault.TLS_FAILED: (
        "{host} 的证书有误；请换成有效证书，或改用 DNS 记录",
        "the certificate of {host} is not valid; mend it, or use a DNS record",
    ),
    ChallengeFault.TIMED_OUT: ("{place} 没有及时应答；请稍后再试", "{place} did not answer in time; try again"),
    ChallengeFault.BAD_ANSWER: (
        "{place} 的应答无法使用（{detail}）；不跟随跳转，须直接返回 200",
        "the answer of {place} cannot be used ({detail}); redirects are not followed, it has to be 200",
    ),
    ChallengeFault.NOT_OFFERED: (
        "这里不提供这种证明；请由合规人员人工确认",
        "this kind of proof is not offered here; have policy staff verify the link",
    ),
}


def link_refusal(error: LinkError, locale: str) -> str:
    """Return why something was refused."""
    told = dict(error.metadata)
    place = int(locale != "zh")
    try:
        if error.reason is LinkReason.LINK_INVALID:
            return message_of(LinkFault(told["fault"]), told, locale)
        if error.reason is LinkReason.CHALLENGE_FAILED:
            where = record_name(told["host"]) if told["method"] == "DNS" else file_url(told["host"])
            return CHALLENGES[ChallengeFault(told["fault"])][place].format_map({**told, "place": where})
        state = WORDS[locale].get(f"LINK {told.get('state', '')}", "")
        return LINKS[error.reason][place].format_map({**told, "state": state})
    except (KeyError, ValueError):
        return error.message

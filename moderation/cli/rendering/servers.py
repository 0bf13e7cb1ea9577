"""Why a server does not do a call, Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

from moderation.cli.rendering.refusals import refusal
from moderation.cli.server_error import ServerError, ServerFault
from moderation.review.desk import DeskError, DeskReason

_WORDS: Mapping[ServerFault, tuple[str, str]] = {
    ServerFault.ABSENT: (
        "服务器 {address} 没有应答；请核对 HOST:PORT，并确认那里在运行 moderation serve",
        "the server {address} does not answer; check HOST:PORT, and that `moderation serve` runs there",
    ),
    ServerFault.NOT_READY: (
        "服务器 {address} 还没有加载规则集；请稍后重试",
        "the server {address} has not loaded its ruleset yet; try again in a moment",
    ),
    ServerFault.BUSY: (
        "服务器 {address} 正忙；请稍后重试",
        "the server {address} is busy; try again in a moment",
    ),
    ServerFault.NO_SERVICE: (
        "服务器 {address} 不提供这项服务；案件和申诉须让 moderation serve 带存储启动",
        "the server {address} does not offer this; for cases and appeals start moderation serve with a store",
    ),
    ServerFault.ROLE_DENIED: (
        "--role：{role} 不能这样做；可用：{allowed}",
        "--role: {role} may not do this; use {allowed}",
    ),
    ServerFault.OTHER: (
        "服务器 {address} 拒绝了请求：{detail}",
        "the server {address} refused the call: {detail}",
    ),
}


def server_refusal(error: ServerError, locale: str) -> str:
    """Return why a server does not do a call; why its store refuses, where it is that."""
    if error.reason in set(DeskReason):
        return refusal(DeskError(DeskReason(error.reason), error.detail, **error.metadata), locale)
    words = _WORDS[error.fault][0 if locale == "zh" else 1]
    allowed = ", ".join(error.metadata.get("allowed", "").split())
    return words.format(
        address=error.address, detail=error.detail, role=error.metadata.get("role", ""), allowed=allowed
    )

"""The words of `moderation webhook`, Chinese and English side by side."""

from __future__ import annotations

from moderation.cli.check import Locale

WEBHOOK_COLUMNS = {
    Locale.ZH: ("编号", "租户", "网址", "添加时间", "待发送", "失败待重试", "最早一条", "未送达"),
    Locale.EN: ("number", "tenant", "URL", "added", "due", "failing", "the oldest of them", "dead"),
}
DEAD_COLUMNS = {
    Locale.ZH: ("回调", "事件", "类型", "案件", "尝试次数", "原因", "失败时间"),
    Locale.EN: ("webhook", "event", "kind", "case", "attempts", "failure", "failed"),
}
WORDS = {
    "added": ("已添加回调 {number}", "webhook {number} was added"),
    "secret": (
        "签名密钥（只显示这一次，请交给接收方保管）：{secret}",
        "the secret that signs, shown this once, for the receiver to keep: {secret}",
    ),
    "private": (
        "{host} 是内部地址：须将其网段加入服务的 MODERATION_WEBHOOK_NETWORKS，否则不会发送",
        "{host} is a private address: nothing is sent there unless MODERATION_WEBHOOK_NETWORKS of the service has it",
    ),
    "removed": (
        "已移除回调 {number}；未送达的不再发送",
        "webhook {number} was removed; what did not arrive is not sent any more",
    ),
    "retried": ("将重新发送 {count} 条", "{count} will be sent again"),
    "operators": ("（告警）", "(alerts)"),
    "tried": ("已试 {attempts} 次：{failure}", "tried {attempts} times: {failure}"),
    "no webhooks": ("没有回调", "there is no webhook"),
    "no dead letters": ("没有未送达的", "there is nothing that did not arrive"),
    "more": ("还有更多：加上 --token {token}", "there is more: add --token {token}"),
}
FAILURES = {
    "NAME_UNKNOWN": "域名无法解析",
    "ADDRESS_REFUSED": "内部地址，未获允许",
    "UNREACHABLE": "无法连接",
    "TLS_FAILED": "证书或加密连接有误",
    "TIMED_OUT": "超时",
    "NOT_HTTP": "应答不是 HTTP",
    "URL_UNFIT": "网址无法使用",
    "SECRET_SEALED": "签名密钥无法解封",
    "INTERNAL": "内部错误",
}

"""The form of links: port, path, scheme, what they hand out, and codes that stand for a link."""

from __future__ import annotations

from moderation.rules.context import PROMOTION, SELLS
from moderation.rules.expression import link, pattern
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

OWN = ("example.cn",)
NOTIFICATION = TemplateType.NOTIFICATION

RULES = (
    Rule(
        id="LK109",
        name="odd-port",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.REVIEW,
        when=link("port").inside(link("verified")),
        message={"zh": "“{quote}”用了特殊端口", "en": "“{quote}” has an odd port"},
        advice={"zh": "用默认端口的链接", "en": "use the default port"},
        why="Public pages answer on the default port; others are test machines or worse.",
        false_positives="Services inside a company.",
        bad=(
            Bad("【甲商城】查看 m.example.cn:8080/o", "m.example.cn:8080/o", type=NOTIFICATION, verified_domains=OWN),
            Bad(
                "【甲商城】查看https://example.cn:9443/",
                "https://example.cn:9443/",
                type=NOTIFICATION,
                verified_domains=OWN,
            ),
        ),
        good=(
            Good("【甲商城】查看https://example.cn:443/o", type=NOTIFICATION, verified_domains=OWN),
            Good("【甲商城】查看 m.example.cn/o", type=NOTIFICATION, verified_domains=OWN),
        ),
        since="0.1.0",
        covers=("URL_IP_PORT_USERINFO",),
    ),
    Rule(
        id="LK110",
        name="placeholder-in-path",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.SHADOW,
        when=link("placeholder-path").outside(link("placeholder-host")),
        message={"zh": "链接“{quote}”的路径里有变量", "en": "the path of “{quote}” holds a placeholder"},
        advice={"zh": "链接写成固定文字", "en": "write the whole link as fixed text"},
        why="Some vendors take constant links only.",
        false_positives="Links to one's own order.",
        bad=(
            Bad(
                "【甲商城】查看 m.example.cn/o/${id} ", "m.example.cn/o/${id}", type=NOTIFICATION, verified_domains=OWN
            ),
            Bad(
                "【甲商城】查看 m.example.cn/o?n={1} ", "m.example.cn/o?n={1}", type=NOTIFICATION, verified_domains=OWN
            ),
        ),
        good=(
            Good("【甲商城】订单${no}已发货，查看 m.example.cn/o ", type=NOTIFICATION, verified_domains=OWN),
            Good("【甲商城】查看www.${site}.com/${a}", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("URL_VAR_PATH",),
    ),
    Rule(
        id="LK111",
        name="app-download",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.REVIEW,
        when=link("download"),
        message={"zh": "“{quote}”下载应用", "en": "“{quote}” downloads an app"},
        advice={"zh": "改为介绍页面，不直接下载安装包", "en": "link to a page about the app, not to its file"},
        why="Installing from a message is how malware spreads; vendors refuse such links.",
        false_positives="Updates that the receiver asked for.",
        bad=(
            Bad(
                "【甲商城】更新客户端 m.example.cn/a.apk ",
                "m.example.cn/a.apk",
                type=NOTIFICATION,
                verified_domains=OWN,
            ),
            Bad(
                "【甲商城】安装 https://example.cn/app.ipa?v=2 ",
                "https://example.cn/app.ipa?v=2",
                type=NOTIFICATION,
                verified_domains=OWN,
            ),
        ),
        good=(
            Good("【甲商城】客户端已更新，见 m.example.cn/app ", type=NOTIFICATION, verified_domains=OWN),
            Good("【甲商城】发票已开具 m.example.cn/f.pdf ", type=NOTIFICATION, verified_domains=OWN),
        ),
        since="0.1.0",
        covers=("URL_APP_DOWNLOAD",),
    ),
    Rule(
        id="LK112",
        name="copy-to-open-code",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.REJECT,
        when=pattern("share-code"),
        message={"zh": "“{quote}”是复制打开的口令", "en": "“{quote}” is a code to be copied into an app"},
        advice={"zh": "改用已验证的链接", "en": "use a verified link"},
        why="A code hides where it leads; vendors refuse it like a short link.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】复制这段话打开手机淘宝领取，拒收请回复R", "复制这段话打开手机淘宝"),
            Bad("【甲商城】会员券￥aB3dE6gH9jK￥ 到店可用，拒收请回复R", "￥aB3dE6gH9jK￥"),
        ),
        good=(
            "【甲商城】会员价￥199到￥299，拒收请回复R",
            Good("【甲办公】请复制文件编号到系统查询", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("URL_TAOKOULING",),
    ),
    Rule(
        id="LK113",
        name="link-glued-to-text",
        category=ReasonCategory.FORMAT,
        severity=Severity.ADVICE,
        when=link("glued"),
        message={"zh": "链接“{quote}”后面没有空格，可能点不开", "en": "no blank after “{quote}”; it may not open"},
        advice={"zh": "在链接前后各加一个空格", "en": "put a blank before and after the link"},
        why="Handsets take the characters that follow for a part of the link.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】查看m.example.cn/o领取", "m.example.cn/o", type=NOTIFICATION, verified_domains=OWN),
            Bad(
                "【甲商城】订单见https://example.cn/o谢谢",
                "https://example.cn/o",
                type=NOTIFICATION,
                verified_domains=OWN,
            ),
        ),
        good=(
            Good("【甲商城】查看 m.example.cn/o 领取", type=NOTIFICATION, verified_domains=OWN),
            Good("【甲商城】订单见https://example.cn/o，谢谢", type=NOTIFICATION, verified_domains=OWN),
        ),
        since="0.1.0",
        covers=("URL_GLUED",),
    ),
    Rule(
        id="LK114",
        name="plain-http",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.ADVICE,
        when=link("plain-http"),
        message={"zh": "“{quote}”没有加密", "en": "“{quote}” is not encrypted"},
        advice={"zh": "改用https", "en": "use https"},
        why="Pages without encryption can be changed on their way.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】查看http://example.cn/o ", "http://example.cn/o", type=NOTIFICATION, verified_domains=OWN),
            Bad(
                "【甲商城】订单http://m.example.cn 已发货",
                "http://m.example.cn",
                type=NOTIFICATION,
                verified_domains=OWN,
            ),
        ),
        good=(
            Good("【甲商城】查看https://example.cn/o ", type=NOTIFICATION, verified_domains=OWN),
            Good("【甲商城】查看 m.example.cn/o ", type=NOTIFICATION, verified_domains=OWN),
        ),
        since="0.1.0",
        covers=("URL_HTTP",),
    ),
    Rule(
        id="TM106",
        name="promotion-link-in-notice",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.REVIEW,
        types=(NOTIFICATION,),
        when=link("any").near(PROMOTION, within=30) & SELLS,
        message={"zh": "通知里带营销链接“{quote}”", "en": "the notice carries the promotional link “{quote}”"},
        advice={"zh": "删去营销内容和链接，或按营销类型提交", "en": "drop both, or declare the template as marketing"},
        why="Vendors refuse links to sales in notices.",
        false_positives="Links to an order that mention its discount.",
        bad=(
            Bad(
                "【甲商城】周年庆全场5折，满200减50，戳 m.example.cn/sale 选购",
                "m.example.cn/sale",
                type=NOTIFICATION,
                verified_domains=("example.cn",),
            ),
            Bad(
                "【甲服饰】新品上市，冬装3折起，点 https://example.cn/new 抢购",
                "https://example.cn/new",
                type=NOTIFICATION,
                verified_domains=("example.cn",),
            ),
        ),
        good=(
            Good("【甲商城】您的订单已发货，查看 m.example.cn/o", type=NOTIFICATION, verified_domains=("example.cn",)),
            Good("【甲商城】您的订单${no}已签收，感谢惠顾", type=NOTIFICATION),
            Good(
                "【甲商城】近期有人假冒本店群发“周年庆全场5折，速来抢购”，谨防受骗，活动以 m.example.cn 为准",
                type=NOTIFICATION,
                verified_domains=("example.cn",),
            ),
        ),
        since="0.1.0",
        covers=("URL_PROMO_IN_NOTICE",),
    ),
)

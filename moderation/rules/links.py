"""Links: only the sender's own verified ones, written plainly."""

from __future__ import annotations

from moderation.rules.expression import link
from moderation.rules.laws import FRAUD_24, FRAUD_25
from moderation.rules.repair import DropClause
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

OWN = ("example.cn",)
NOTIFICATION = TemplateType.NOTIFICATION

RULES = (
    Rule(
        id="LK101",
        name="unverified-link",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.REVIEW,
        when=link("unverified").outside(
            link("shortener", "ip", "userinfo", "punycode", "look-alike", "disguised", "placeholder-host", "blocked")
        ),
        message={"zh": "链接“{quote}”的域名{term}未登记", "en": "the domain {term} of “{quote}” is not verified"},
        advice={
            "zh": "登记并验证该域名，或改用已验证的链接",
            "en": "register and verify the domain, or use a verified link",
        },
        why="Links that are not the sender's own are the usual way into fraud; vendors demand filed domains.",
        false_positives="A sender's own domain before it is registered here.",
        bad=(
            Bad("【甲商城】订单已发货，查看 example.com/o", "example.com/o", type=NOTIFICATION),
            Bad(
                "【甲商城】订单已发货，查看https://m.example.org/a?b=1",
                "https://m.example.org/a?b=1",
                type=NOTIFICATION,
            ),
        ),
        good=(
            Good("【甲商城】订单已发货，查看 m.example.cn/o", type=NOTIFICATION, verified_domains=OWN),
            Good("【甲商城】会员日8折，见 t.cn/Abc123 ，拒收请回复R"),
            Good("【甲商城】新款1.5升水壶，满9.9元可用", type=NOTIFICATION),
            Good("【甲商城】8点vip专场，欢迎光临", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("URL_UNVERIFIED", "URL_SIG_MISMATCH"),
    ),
    Rule(
        id="LK102",
        name="public-shortener",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.REJECT,
        laws=(FRAUD_24,),
        when=link("shortener"),
        message={
            "zh": "“{quote}”是公共短链接，看不出去向",
            "en": "“{quote}” is a public short link that hides its target",
        },
        advice={"zh": "改用自有域名的完整链接", "en": "use the full link on your own domain"},
        why="A public short link hides where it leads and can be pointed elsewhere after approval.",
        false_positives="None known; a sender's own short domain can be registered.",
        bad=(
            Bad("【甲商城】会员日8折 t.cn/Abc123 ，拒收请回复R", "t.cn/Abc123"),
            Bad("【甲商城】会员日8折https://bit.ly/abc ，拒收请回复R", "https://bit.ly/abc"),
        ),
        good=(
            Good("【甲商城】会员日8折 s.example.cn/a ，拒收请回复R", verified_domains=OWN),
            "【甲商城】会员日8折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("URL_SHORTENER",),
    ),
    Rule(
        id="LK103",
        name="address-literal",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.REJECT,
        laws=(FRAUD_25,),
        when=link("ip"),
        message={"zh": "“{quote}”以IP地址作链接", "en": "“{quote}” links to an IP address"},
        advice={"zh": "改用已备案的域名", "en": "use a filed domain name"},
        why="An address without a name cannot be tied to a sender.",
        false_positives="Version numbers of four parts, where no v stands before them.",
        bad=(
            Bad("【甲商城】点击http://192.0.2.7/a查看", "http://192.0.2.7/a", type=NOTIFICATION),
            Bad("【甲商城】请访问 198.51.100.20:8080 查看", "198.51.100.20:8080", type=NOTIFICATION),
        ),
        good=(
            Good("【甲软件】V1.2.3.4版本已发布", type=NOTIFICATION),
            Good("【甲商城】本单合计19.80元", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("URL_IP_PORT_USERINFO",),
    ),
    Rule(
        id="LK104",
        name="link-with-userinfo",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.REJECT,
        laws=(FRAUD_25,),
        when=link("userinfo"),
        message={"zh": "“{quote}”在域名前夹带了账号，容易误认", "en": "“{quote}” puts a name before the real host"},
        advice={"zh": "去掉@之前的部分", "en": "remove what stands before @"},
        why="What stands before @ looks like the host but is not.",
        false_positives="None known.",
        bad=(
            Bad(
                "【甲商城】查看https://bank.example@a.example.com/x",
                "https://bank.example@a.example.com/x",
                type=NOTIFICATION,
            ),
            Bad("【甲商城】查看http://user:1@a.example.org", "http://user:1@a.example.org", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】客服邮箱service@example.cn", type=NOTIFICATION),
            Good("【甲商城】查看https://a.example.cn/@me", type=NOTIFICATION, verified_domains=OWN),
        ),
        since="0.1.0",
        covers=("URL_IP_PORT_USERINFO",),
    ),
    Rule(
        id="LK105",
        name="look-alike-host",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.REJECT,
        laws=(FRAUD_25,),
        when=link("look-alike", "punycode"),
        message={"zh": "“{quote}”的域名与他人域名相似，易混淆", "en": "the host of “{quote}” imitates another one"},
        advice={
            "zh": "使用自己的域名，避免相似字符和xn--形式",
            "en": "use your own domain without confusable characters or xn--",
        },
        why="Hosts that pass for a bank's or the sender's own are made for phishing.",
        false_positives="Chinese domain names in their xn-- form; register them as verified.",
        bad=(
            Bad("【甲商城】请登录 examp1e.cn 查看", "examp1e.cn", type=NOTIFICATION, verified_domains=OWN),
            Bad("【甲商城】请登录 xn--fiq228c.example.com 查看", "xn--fiq228c.example.com", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】请登录 www.example.cn 查看", type=NOTIFICATION, verified_domains=OWN),
            Good("【甲商城】请登录 shop.example.com 查看", type=NOTIFICATION, verified_domains=OWN),
        ),
        since="0.1.0",
        covers=("URL_HOMOGLYPH",),
    ),
    Rule(
        id="LK106",
        name="disguised-link",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.REJECT,
        laws=(FRAUD_25,),
        when=link("disguised").inside(link("unverified")),
        message={"zh": "“{quote}”是变形书写的链接{term}", "en": "“{quote}” is a disguised form of {term}"},
        advice={"zh": "用正常写法书写已验证的链接，或删去", "en": "write a verified link plainly, or drop it"},
        why="Whoever writes a link so that a filter does not see it means to hide it.",
        false_positives="A clock time before a Latin word (8点vip) is not taken for a link.",
        bad=(
            Bad("【甲商城】请进yxshop点vip 查看", "yxshop点vip", type=NOTIFICATION),
            Bad("【甲商城】请进 w w w . a b c . c o m 查看", "w w w . a b c . c o m", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】早上8点com展馆开放", type=NOTIFICATION),
            Good("【甲商城】请登录ｗｗｗ．ｅｘａｍｐｌｅ．ｃｎ查看", type=NOTIFICATION, verified_domains=OWN),
        ),
        since="0.1.0",
        covers=("URL_OBFUSCATED",),
    ),
    Rule(
        id="LK107",
        name="placeholder-in-host",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.REJECT,
        when=link("placeholder-host"),
        message={"zh": "“{quote}”的域名里有变量", "en": "the host of “{quote}” holds a placeholder"},
        advice={"zh": "域名写成固定文字，变量只放在路径里", "en": "write the host as fixed text"},
        why="A host that is filled later cannot be verified now.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】查看www.${site}.com", "www.${site}.com", type=NOTIFICATION),
            Bad("【甲商城】查看https://{1}.example.com/a", "https://{1}.example.com/a", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】您的订单已发货，查看 m.example.cn/o/${id} ", type=NOTIFICATION, verified_domains=OWN),
            Good("【甲商城】${name}，您的订单已发货", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("URL_VAR_HOST",),
    ),
    Rule(
        id="LK108",
        name="link-in-otp",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.REJECT,
        types=(TemplateType.OTP,),
        when=link("any"),
        message={"zh": "验证码短信不能带链接“{quote}”", "en": "a code template must not carry the link “{quote}”"},
        advice={"zh": "删去链接", "en": "drop the link"},
        why="All vendors refuse links beside codes, since they are the usual form of phishing.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】验证码${code}，5分钟内有效，查看 m.example.cn", "m.example.cn", type=TemplateType.OTP),
            Bad("【甲商城】验证码{1}，点击https://example.cn/v 验证", "https://example.cn/v", type=TemplateType.OTP),
        ),
        good=(
            Good("【甲商城】验证码${code}，用于登录，5分钟内有效", type=TemplateType.OTP),
            Good("【甲商城】您的订单已发货，查看 m.example.cn", type=NOTIFICATION, verified_domains=OWN),
        ),
        since="0.1.0",
        covers=("URL_IN_OTP", "TYPE_OTP_EXTRA"),
        repair=DropClause(),
    ),
    Rule(
        id="LK115",
        name="blocked-host",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.REJECT,
        laws=(FRAUD_25,),
        when=link("blocked"),
        message={"zh": "链接“{quote}”的域名{term}已被封禁", "en": "the host {term} of “{quote}” is blocked"},
        advice={
            "zh": "删去该链接；如系误封，请联系合规人员",
            "en": "drop the link; if it is blocked by mistake, appeal",
        },
        why="Nobody may link to hosts that a regulator, an operator or complaints named, not even whose they are.",
        false_positives="A host that has changed hands since it was listed; the list is changed like any wordlist.",
        bad=(
            Bad("【甲商城】查看 www.blocked.example.net/a ", "www.blocked.example.net/a", type=NOTIFICATION),
            Bad(
                "【甲商城】查看https://phishing.example.org/o",
                "https://phishing.example.org/o",
                type=NOTIFICATION,
                verified_domains=("example.org",),
            ),
        ),
        good=(
            Good("【甲商城】查看 www.example.net/a ", type=NOTIFICATION, verified_domains=("example.net",)),
            Good("【甲商城】查看 m.example.cn/o", type=NOTIFICATION, verified_domains=OWN),
        ),
        since="0.1.0",
        covers=("URL_UNVERIFIED",),
    ),
)

"""Contacts: service numbers only; no personal mobile, WeChat, QQ or group."""

from __future__ import annotations

from moderation.rules.context import used
from moderation.rules.expression import contact, template, words
from moderation.rules.laws import AD_43_2, FRAUD_25
from moderation.rules.repair import DropClause
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION = TemplateType.NOTIFICATION

RULES = (
    Rule(
        id="CT101",
        name="personal-mobile",
        category=ReasonCategory.UNVERIFIED_CONTACT,
        severity=Severity.REVIEW,
        laws=(AD_43_2,),
        when=contact("mobile", "written-number"),
        message={"zh": "“{quote}”是个人手机号", "en": "“{quote}” is a personal mobile number"},
        advice={"zh": "改用固定电话、400或95号码", "en": "use a landline, 400 or 95 number"},
        why="The sender's contact must be the company's; vendors refuse personal mobile numbers.",
        false_positives="Couriers' numbers in delivery notices; put them into a placeholder.",
        bad=(
            Bad("【甲商城】请联系13800000000取件", "13800000000", type=NOTIFICATION),
            Bad("【甲商城】请联系138 0000 0000取件", "138 0000 0000", type=NOTIFICATION),
            Bad("【甲商城】请联系一三八零零零零零零零零取件", "一三八零零零零零零零零", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】请联系400-000-0000", type=NOTIFICATION),
            Good("【甲商城】运单号SF1380000000012已签收", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("CT_MOBILE", "CT_KIND"),
    ),
    Rule(
        id="CT102",
        name="wechat-or-qq",
        category=ReasonCategory.UNVERIFIED_CONTACT,
        severity=Severity.REJECT,
        laws=(FRAUD_25,),
        when=used(contact("wechat", "qq", "telegram", "solicitation") | words("contact/solicit")),
        message={"zh": "“{quote}”引导添加个人账号或群", "en": "“{quote}” leads to a personal account or group"},
        advice={
            "zh": "删去，改用公司客服电话或已验证的链接",
            "en": "drop it; use the company's number or a verified link",
        },
        why="Moving the talk to a personal account is how most fraud begins; all vendors refuse it.",
        false_positives="微信支付, 微信公众号 and the like are not personal accounts.",
        bad=(
            Bad("【甲商城】优惠详情加微信领取，拒收请回复R", "加微信"),
            Bad("【甲商城】客服QQ：12345678，拒收请回复R", "QQ：12345678"),
            Bad("【甲商城】优惠详情问老师V：abcdef123，拒收请回复R", "师V：abcdef123"),
            Bad("【甲商城】领取详情见绿泡泡abcdef123，拒收请回复R", "绿泡泡abcdef123"),
            Bad("【甲商城】有问题飞机联系@abcdef123", "飞机联系@abcdef123", type=NOTIFICATION),
            Bad("【甲商城】优惠详情伽徽：abcdef123，拒收请回复R", "伽徽：abcdef123"),
            Bad("【甲商城】优惠详情➕🛰abcdef123，拒收请回复R", "➕🛰abcdef123"),
            Bad("【甲商城】优惠详情咖蔻蔻12345678，拒收请回复R", "咖蔻蔻12345678"),
        ),
        good=(
            Good("【甲商城】您已通过微信支付付款20元", type=NOTIFICATION),
            Good("【甲公安】谨防诈骗：对方要求加微信转账的，请勿相信", type=NOTIFICATION),
            Good("【甲机场】您乘坐的飞机MU0000已改至T2航站楼，询服务台@出发层", type=NOTIFICATION),
            Good("【甲工厂】设备额定电压V: 220，验收员明天到", type=NOTIFICATION),
            Good("【甲海洋馆】企鹅馆门票100元，凭短信入场", type=NOTIFICATION),
            Good("【甲服饰】您加购的加绒V领毛衣已发货，附赠徽章", type=NOTIFICATION),
            "【甲商城】会员日8折，详询400-000-0000，拒收请回复R",
        ),
        since="0.1.0",
        covers=("CT_WECHAT_QQ",),
    ),
    Rule(
        id="CT103",
        name="contact-in-otp",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.REJECT,
        types=(TemplateType.OTP,),
        when=contact("mobile", "landline", "service-number", "wechat", "qq", "telegram", "email"),
        message={
            "zh": "验证码短信不能带联系方式“{quote}”",
            "en": "a code template must not carry the contact “{quote}”",
        },
        advice={"zh": "删去联系方式", "en": "drop the contact"},
        why="Vendors refuse contacts beside codes.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】验证码${code}，客服400-000-0000", "400-000-0000", type=TemplateType.OTP),
            Bad("【甲商城】验证码${code}，5分钟内有效，咨询010-00000000", "010-00000000", type=TemplateType.OTP),
        ),
        good=(
            Good("【甲商城】验证码123456，用于登录，5分钟内有效", type=TemplateType.OTP),
            Good("【甲商城】订单已发货，客服400-000-0000", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("CT_IN_OTP", "TYPE_OTP_EXTRA"),
        repair=DropClause(),
    ),
    Rule(
        id="CT104",
        name="contacts-too-many",
        category=ReasonCategory.UNVERIFIED_CONTACT,
        severity=Severity.REJECT,
        when=template("contact-count"),
        message={
            "zh": "“{quote}”超出该通道允许的{term}个联系方式",
            "en": "“{quote}” is beyond the {term} contacts that are taken",
        },
        advice={"zh": "最多保留两个", "en": "keep two at most"},
        why="Vendors bound how many numbers a text may name.",
        false_positives="Lists of branches.",
        bad=(
            Bad(
                "详询400-000-0000、010-00000000或020-00000000，您的订单已发货",
                "020-00000000",
                type=NOTIFICATION,
                signature="甲商城",
                profile="aliyun",
            ),
            Bad(
                "会员日8折，电话400-000-0000、400-000-0001、400-000-0002，拒收请回复R",
                "400-000-0002",
                type=TemplateType.MARKETING,
                signature="甲商城",
                profile="aliyun",
            ),
        ),
        good=(
            Good(
                "详询400-000-0000或010-00000000，您的订单已发货",
                type=NOTIFICATION,
                signature="甲商城",
                profile="aliyun",
            ),
            Good("【甲商城】详询400-000-0000、010-00000000或020-00000000", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("CT_TOO_MANY",),
    ),
    Rule(
        id="CT105",
        name="public-account-promotion",
        category=ReasonCategory.UNVERIFIED_CONTACT,
        severity=Severity.SHADOW,
        when=words("contact/public-account"),
        message={"zh": "“{quote}”推广公众号、小程序或应用", "en": "“{quote}” promotes an account, mini-program or app"},
        advice={"zh": "删去推广内容", "en": "drop the promotion"},
        why="Some vendors refuse to carry promotion of accounts and apps.",
        false_positives="Hints where to see one's own order.",
        bad=(
            Bad("【甲商城】关注公众号领会员券，拒收请回复R", "关注公众号"),
            Bad("【甲影城】下载APP购票更优惠，拒收请回复R", "下载APP"),
        ),
        good=(
            Good("【甲商城】订单详情可在小程序查看", type=NOTIFICATION),
            "【甲影城】会员票价35元，拒收请回复R",
        ),
        since="0.1.0",
        covers=("CT_PUBLIC_ACCOUNT",),
    ),
    Rule(
        id="CT106",
        name="email-contact",
        category=ReasonCategory.UNVERIFIED_CONTACT,
        severity=Severity.SHADOW,
        when=contact("email"),
        message={
            "zh": "该通道只接受座机、400和95号码，不接受“{quote}”",
            "en": "this vendor takes numbers only, not “{quote}”",
        },
        advice={"zh": "改用座机、400或95号码", "en": "use a landline, 400 or 95 number"},
        why="Some vendors check contacts against registers of numbers.",
        false_positives="Notices whose business goes by mail.",
        bad=(
            Bad("【甲公司】简历请发 hr@example.cn ，谢谢", "hr@example.cn", type=NOTIFICATION),
            Bad("【甲公司】发票已发至 service@example.com ，请查收", "service@example.com", type=NOTIFICATION),
        ),
        good=(
            Good("【甲公司】发票已发至您的邮箱，请查收", type=NOTIFICATION),
            Good("【甲公司】详询400-000-0000", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("CT_KIND",),
    ),
)

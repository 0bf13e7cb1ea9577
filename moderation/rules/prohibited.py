"""Prohibited content: fraud, gambling, pornography, drugs, weapons, forgery, illegal finance, data trade."""

from __future__ import annotations

from moderation.rules.context import used
from moderation.rules.expression import Expression, pattern, words
from moderation.rules.laws import AD_9_8, FRAUD_14, FRAUD_25, FRAUD_31, TELECOM_56, TELECOM_56_7, TELECOM_57, Law
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION = TemplateType.NOTIFICATION
FRAUD_LAWS = (FRAUD_25, TELECOM_57)


def _prohibited(
    id: str,
    wordlist: str,
    subject: tuple[str, str],
    laws: tuple[Law, ...],
    bad: tuple[Bad, ...],
    good: tuple[Good | str, ...],
    warned: str = "",
    covers: tuple[str, ...] = (),
    rival: str = "",
    shapes: Expression | None = None,
) -> Rule:
    """Return the rule over one wordlist of prohibited content; `subject` names it in Chinese and English.

    `shapes` is what no list of words can tell. What `rival`, another wordlist, names more exactly is left to the
    rule over that one. `warned` is a lawful text that quotes the words in a warning.
    """
    chinese, english = subject
    when = words(wordlist).outside(words(rival)) if rival else words(wordlist)
    return Rule(
        id=id,
        name=wordlist.rpartition("/")[2],
        category=ReasonCategory.PROHIBITED_CONTENT,
        severity=Severity.REJECT,
        laws=laws,
        when=used(when if shapes is None else when | shapes),
        message={"zh": f"“{{quote}}”涉嫌{chinese}", "en": f"“{{quote}}” points to {english}"},
        advice={"zh": "该内容不得发送，请删去", "en": "this must not be sent; remove it"},
        why=f"Messages that spread or serve {english} are forbidden by law.",
        false_positives="Warnings and news about the matter; a warning near the words exempts them.",
        bad=bad,
        good=(*good, Good(warned, type=NOTIFICATION)) if warned else good,
        since="0.1.0",
        covers=covers,
    )


RULES = (
    _prohibited(
        "PC101",
        "prohibited/gambling",
        ("赌博", "gambling"),
        (TELECOM_56_7, AD_9_8),
        (Bad("百家乐新客首存送彩金，加Q领取", "百家乐"), Bad("【某某娱乐】六合彩特码内部资料，先到先得", "六合彩")),
        (
            Good("【甲体彩】本期开奖公告已发布，请理性购彩", type=NOTIFICATION),
            "【甲棋院】少儿围棋课会员9折，拒收请回复R",
            "老师带单，虚拟币合约稳定盈利",
        ),
        warned="【甲公安】百家乐是网络赌博，请远离赌博",
        covers=("PC_GAMBLING",),
        rival="prohibited/investment-fraud",
        shapes=pattern("dialect-gambling"),
    ),
    _prohibited(
        "PC102",
        "prohibited/pornography",
        ("色情或招嫖", "pornography or prostitution"),
        (TELECOM_56_7, AD_9_8),
        (Bad("全城小姐上门，包您满意", "小姐上门"), Bad("同城学生妹兼职，酒店可约", "学生妹兼职，酒店可约")),
        ("【甲家政】钟点工上门服务8折，拒收请回复R", "【甲影城】爱情电影上映，会员票35元，拒收请回复R"),
        warned="【甲公安】扫黄打非：小姐上门多为诈骗，请举报",
        covers=("PC_PORN",),
    ),
    _prohibited(
        "PC103",
        "prohibited/drugs",
        ("毒品", "drugs"),
        (TELECOM_56_7,),
        (Bad("出售冰毒，安全到货", "冰毒"), Bad("大麻现货，加密交易", "大麻")),
        (
            Good("【甲禁毒办】珍爱生命，远离毒品，谨防冰毒伪装成零食", type=NOTIFICATION),
            "【甲超市】冰鲜鱼会员8折，拒收请回复R",
        ),
        covers=("PC_DRUGS",),
    ),
    _prohibited(
        "PC104",
        "prohibited/weapons",
        ("枪支弹药或管制器具", "weapons"),
        (TELECOM_56_7,),
        (Bad("气枪货到付款，配件齐全", "气枪"), Bad("出售仿真枪，可验货", "仿真枪")),
        ("【甲玩具】水枪儿童泳具8折，拒收请回复R", "【甲五金】射钉配件到货，会员9折，拒收请回复R"),
        warned="【甲公安】严禁买卖气枪，发现请举报",
        covers=("PC_VIOLENCE_THREAT",),
    ),
    _prohibited(
        "PC105",
        "prohibited/fraud-authority",
        ("冒充国家机关诈骗", "fraud in the name of authorities"),
        FRAUD_LAWS,
        (
            Bad("您涉嫌洗钱，请配合调查，将存款转入安全账户", "您涉嫌洗钱"),
            Bad("【公安局】立即联系专案组，否则逮捕", "联系专案组，否则逮捕"),
        ),
        (
            Good("【甲公安】谨防诈骗：公安机关没有安全账户，不会要求您转账", type=NOTIFICATION),
            Good("【甲法院】您的案件将于${date}开庭，请携带身份证到庭", type=NOTIFICATION),
            "我是你领导，明早来我办公室一趟",
        ),
        warned="【甲公安】谨防称“您涉嫌洗钱”的骗局",
        covers=("PC_FRAUD_SHAPE",),
        rival="prohibited/fraud-other",
    ),
    _prohibited(
        "PC106",
        "prohibited/fraud-part-time",
        ("刷单或虚假兼职", "fake part-time jobs"),
        FRAUD_LAWS,
        (
            Bad("手机刷单，日结佣金，轻松赚钱", "刷单"),
            Bad("兼职日结，在家有手机就能做", "兼职日结"),
            Bad("下班后来找我，周入两千不是梦", "周入两千"),
            Bad("给指定的短视频一个赞3元，做完就提", "一个赞3元"),
        ),
        (
            Good("【甲人社】谨防刷单骗局，凡要求垫付的兼职都是诈骗", type=NOTIFICATION),
            Good("【甲公司】您的简历已通过初筛，请于${date}到公司面试", type=NOTIFICATION),
            "【甲通信】分享流量，每天赚20元话费，每月限3次，6月30日止，拒收请回复R",
            "【甲超市】每天赚100积分，满500积分换纸巾，6月30日止，拒收请回复R",
        ),
        covers=("PROMO_INCOME",),
        shapes=pattern("daily-income", "pay-per-click").outside(pattern("lawful-reward")) | pattern("dialect-job"),
    ),
    _prohibited(
        "PC107",
        "prohibited/fraud-account",
        ("冒充银行或平台钓鱼", "phishing in the name of a bank or platform"),
        FRAUD_LAWS,
        (
            Bad("您的网银密码器将失效，请登录网址更新", "密码器将失效，请登录网址"),
            Bad("注销校园贷账户，否则影响征信", "注销校园贷"),
            Bad("您的信用卡已提额，请提供卡号、有效期和背面三位数激活", "提供卡号、有效期和背面三位"),
            Bad("存折要换新系统，把存折号跟密码说给我们的人", "存折号跟密码说给"),
        ),
        (
            Good("【甲银行】您尾号${last4}的账户于${time}支出${amount}元", type=NOTIFICATION),
            Good("【甲银行】您的账户在新设备登录，如非本人操作请致电400-000-0000", type=NOTIFICATION),
            Good("【甲银行】我行不会让您提供卡号、密码和验证码", type=NOTIFICATION),
            Good("【甲超市】购物卡激活：登录后输入卡号和密码即可使用", type=NOTIFICATION),
        ),
        warned="【甲银行】谨防注销校园贷骗局",
        covers=("PC_FRAUD_SHAPE",),
        shapes=pattern("credential-ask").outside(pattern("never-asks")),
    ),
    _prohibited(
        "PC108",
        "prohibited/fraud-prize",
        ("虚假中奖", "false prizes"),
        FRAUD_LAWS,
        (
            Bad("您是本期场外幸运观众，请领取奖金", "场外幸运"),
            Bad("您已中奖，请先汇款", "您已中奖"),
        ),
        (
            Good("【甲车管所】本期小客车指标摇号结果已公布，请登录查询", type=NOTIFICATION),
            "【甲商城】会员积分可抵现，6月30日止，拒收请回复R",
        ),
        warned="【甲公安】收到“您已中奖”短信请勿相信",
        covers=("PROMO_WIN_NOTICE",),
        shapes=pattern("dialect-prize"),
    ),
    _prohibited(
        "PC109",
        "prohibited/fraud-other",
        ("诈骗", "fraud"),
        FRAUD_LAWS,
        (
            Bad("猜猜我是谁，换号码了存一下", "猜猜我是谁"),
            Bad("我是你领导，明早来我办公室一趟", "我是你领导"),
        ),
        (
            Good("【甲物业】请于本周内到服务中心领取门禁卡", type=NOTIFICATION),
            Good("【甲学校】家长您好，明早请到班主任办公室领取通知书", type=NOTIFICATION),
        ),
        warned="【甲公安】警惕“猜猜我是谁”骗局",
        covers=(
            "PC_FRAUD_SHAPE",
            "EDU_CHEAT",
        ),
    ),
    _prohibited(
        "PC110",
        "prohibited/forged-document",
        ("制售假证", "forged documents"),
        (TELECOM_56, FRAUD_25),
        (Bad("办证刻章，当天取件", "办证刻章"), Bad("代办各种证件，先办后付", "代办各种证")),
        (
            Good("【甲政务】您的居住证已办好，请携带身份证到窗口领取", type=NOTIFICATION),
            Good("【甲学校】毕业证将于6月30日发放", type=NOTIFICATION),
        ),
        warned="【甲公安】严禁办证刻章，属违法犯罪",
        covers=("PC_FAKE_DOC_INVOICE",),
    ),
    _prohibited(
        "PC111",
        "prohibited/forged-invoice",
        ("虚开发票", "forged invoices"),
        (TELECOM_56,),
        (Bad("代开发票，诚信经营", "代开发票"), Bad("本公司代开增值税专票", "本公司代开增值税专票")),
        (
            Good("【甲税务】谨防代开发票骗局，虚开发票属于违法犯罪", type=NOTIFICATION),
            Good("【甲商城】您的电子发票已开具，请在订单中查看", type=NOTIFICATION),
            Good("【甲税务】请于本月15日前完成增值税申报", type=NOTIFICATION),
        ),
        warned="【甲税务】谨防代开发票骗局",
        covers=("PC_FAKE_DOC_INVOICE",),
        shapes=pattern("dialect-invoice"),
    ),
    _prohibited(
        "PC112",
        "prohibited/illegal-loan",
        ("非法放贷或套现", "illegal lending"),
        (FRAUD_25,),
        (
            Bad("黑户可贷，当天放款", "黑户可贷"),
            Bad("信用卡套现，费率低", "信用卡套现"),
            Bad("急用钱找我，月息三分，当天到手", "月息三分"),
            Bad("白条额度线上操作，八五折收", "白条额度线上操作，八五折收"),
        ),
        (
            Good("【甲银行】您的存款月息0.15%，到期自动转存", type=NOTIFICATION),
            "【甲书店】旧书三折收，新书八折，6月30日止，拒收请回复R",
            "【甲银行】消费贷款年化利率（单利）7.2%，请根据个人能力合理贷款，拒收请回复R",
            Good("【甲银行】您的贷款本期应还${amount}元，还款日${date}", type=NOTIFICATION),
            "注销校园贷账户，否则影响征信",
        ),
        warned="【甲银行】信用卡套现属于违法行为，请勿参与",
        covers=("PC_FRAUD_SHAPE",),
        rival="prohibited/fraud-account",
        shapes=pattern("usury", "credit-discount", "dialect-loan"),
    ),
    _prohibited(
        "PC113",
        "prohibited/money-laundering",
        ("洗钱或买卖账户", "money laundering"),
        (FRAUD_25, FRAUD_31),
        (Bad("高价收购银行卡四件套", "收购银行卡"), Bad("跑分平台招人，日结", "跑分")),
        (
            Good("【甲银行】出租、出售银行卡属于违法行为，请勿参与", type=NOTIFICATION),
            Good("【甲健身】您本月跑步里程已更新", type=NOTIFICATION),
        ),
        covers=("PC_FRAUD_SHAPE",),
    ),
    _prohibited(
        "PC114",
        "prohibited/data-trade",
        ("买卖个人信息或短信通道", "trade in personal data or message channels"),
        (FRAUD_14, FRAUD_25, FRAUD_31),
        (Bad("出售车主资料，精准可靠", "出售车主资料"), Bad("短信群发通道，价格优惠", "短信群发通道")),
        (
            Good("【甲公安】出售车主资料属于违法犯罪，请勿参与", type=NOTIFICATION),
            Good("【甲公司】请登录应用完善会员资料", type=NOTIFICATION),
            Good("【甲公司】我们不会出售您的个人信息", type=NOTIFICATION),
        ),
        covers=(
            "PC_PI_TRADE",
            "PC_SMS_CHANNEL_AD",
        ),
    ),
    _prohibited(
        "PC115",
        "prohibited/investment-fraud",
        ("荐股或投资诈骗", "investment fraud"),
        (FRAUD_25,),
        (Bad("内幕牛股免费送，进群领取", "内幕牛股"), Bad("老师带单，虚拟币合约稳定盈利", "带单")),
        (
            Good("【甲证券】您申购的新股已中签，请于T+2日16点前备足资金", type=NOTIFICATION),
            Good("【甲证券】谨防荐股骗局，勿加入所谓内幕牛股群", type=NOTIFICATION),
        ),
        covers=("FIN_CRYPTO_STOCK",),
    ),
    _prohibited(
        "PC116",
        "prohibited/superstition",
        ("封建迷信", "superstition for sale"),
        (TELECOM_56, AD_9_8),
        (Bad("开光转运，有求必应", "开光转运"), Bad("算命改运，加大师咨询", "算命")),
        ("【甲超市】新年好运礼盒8折，拒收请回复R", "【甲景区】祈福灯会门票会员8折，拒收请回复R"),
        warned="【甲公安】谨防开光转运骗局",
        covers=("PC_SUPERSTITION_RELIGION",),
    ),
)

"""Signatures: one that names the real sender, and no other."""

from __future__ import annotations

from moderation.rules.expression import industry, signal, template, words
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import Industry, TemplateType

NOTIFICATION, MARKETING = TemplateType.NOTIFICATION, TemplateType.MARKETING
SIGNATURE = signal("part:signature")

RULES = (
    Rule(
        id="SG101",
        name="signature-generic",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.REVIEW,
        when=words("signature/generic").filling(SIGNATURE).outside(words("signature/test").inside(SIGNATURE)),
        message={"zh": "签名“{quote}”看不出发送者是谁", "en": "the signature “{quote}” does not name the sender"},
        advice={"zh": "用公司、品牌或应用的名称作签名", "en": "sign with the name of the company, brand or app"},
        why="A signature shows the real identity of the sender; neutral names show none.",
        false_positives="Registered brands that contain such a word.",
        bad=(
            Bad("【温馨提示】您的快递已到驿站", "温馨提示", type=NOTIFICATION),
            Bad("【系统消息】您的订单已发货", "系统消息", type=NOTIFICATION),
        ),
        good=(
            Good("【甲物流】温馨提示：您的快递已到驿站", type=NOTIFICATION),
            Good("【甲银行客服】您的卡片已寄出", type=NOTIFICATION),
            Good("【甲商城】您的订单已发货", type=NOTIFICATION),
            Good("【测试】您的订单已发货", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_NEUTRAL",),
    ),
    Rule(
        id="SG104",
        name="signature-twice",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.REJECT,
        when=template("signature-twice"),
        message={"zh": "有两个签名，多出“{quote}”", "en": "there are two signatures; “{quote}” is one too many"},
        advice={"zh": "只留一个签名", "en": "keep one signature"},
        why="Two signatures hide who the sender is; networks show or refuse either.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】您的快递已到驿站【甲物流】", "【甲物流】", type=NOTIFICATION),
            Bad("【甲银行】您的卡片已寄出【乙物流】", "【乙物流】", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】您的快递已到驿站", type=NOTIFICATION),
            Good("【甲银行】您的卡片已寄出【甲银行】", type=NOTIFICATION),
            Good("您的卡片已寄出，请查收【甲银行】", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_MULTI",),
    ),
    Rule(
        id="SG105",
        name="signature-test",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.REJECT,
        when=words("signature/test").inside(SIGNATURE),
        message={"zh": "签名含有测试字样“{quote}”", "en": "the signature holds the test word “{quote}”"},
        advice={"zh": "用正式的签名", "en": "use the real signature"},
        why="A test signature names no sender; vendors refuse it.",
        false_positives="Companies that test things; use a name without the bare word.",
        bad=(
            Bad("【测试签名】您的订单已发货", "测试", type=NOTIFICATION),
            Bad("【甲测试】您的订单已发货", "测试", type=NOTIFICATION),
        ),
        good=(
            Good("【甲软件测试】您的报告已出", type=NOTIFICATION),
            Good("【甲医院】您的血糖测试结果已出，请查看", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_TEST",),
    ),
    Rule(
        id="SG106",
        name="signature-missing",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.SHADOW,
        when=template("signature-missing"),
        message={"zh": "短信里没有签名", "en": "the template has no signature"},
        advice={"zh": "在开头加【公司或品牌名】", "en": "put 【company or brand】 in front"},
        why="A message without signature does not show its sender; some vendors add it themselves, others refuse.",
        false_positives="Signatures that the vendor adds.",
        bad=(
            Bad("您的快递已到驿站，请及时领取", type=NOTIFICATION),
            Bad("会员日全场8折，拒收请回复R", type=MARKETING),
        ),
        good=(
            Good("【甲商城】您的快递已到驿站", type=NOTIFICATION),
            Good("您的快递已到驿站", type=NOTIFICATION, signature="甲商城"),
        ),
        since="0.1.0",
        covers=("SIG_MISSING",),
    ),
    Rule(
        id="SG110",
        name="signature-authority",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.ADVICE,
        when=words("signature/authority").inside(SIGNATURE) & ~industry("GOVERNMENT", "CARRIER", "FINANCE", "TRAVEL"),
        message={
            "zh": "签名含有机关或运营商名称“{quote}”，须有授权证明",
            "en": "the signature names the authority or operator “{quote}” and needs proof",
        },
        advice={"zh": "提交授权书；不是该单位请换签名", "en": "hand in the authorisation, or change the signature"},
        why="Fraud signs with the names of authorities and operators; vendors ask for proof.",
        false_positives="The authorities themselves.",
        bad=(
            Bad("【甲市公安】您的贷款额度已提升，请到网点办理", "公安", type=NOTIFICATION, industry=Industry.LOAN),
            Bad("【甲市税务局】请按时完成申报", "税务局", type=NOTIFICATION, industry=Industry.RETAIL),
        ),
        good=(
            Good("【甲市公安】请携带证件到窗口办理", type=NOTIFICATION, industry=Industry.GOVERNMENT),
            Good("【甲商城】您的电子发票已由税务局平台开具", type=NOTIFICATION),
            Good("【甲物业】派出所将于明日到小区登记", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_GOV_FINANCE",),
    ),
    Rule(
        id="SG112",
        name="signature-other-sender",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.ADVICE,
        types=(MARKETING,),
        when=template("signature-other-name"),
        message={
            "zh": "签名与正文里的“{quote}”不是同一家",
            "en": "the text speaks for “{quote}”, not for its signature",
        },
        advice={"zh": "用发送者自己的签名", "en": "sign with the sender's own name"},
        why="Vendors refuse to let one company's signature carry another's advertising.",
        false_positives="Brands and shops of one owner.",
        bad=(
            Bad("【甲商城】乙丙家居广场五一大促，会员8折，拒收请回复R", "乙丙家居广场"),
            Bad("【甲商城】乙丙超市周年店庆，全场9折，拒收请回复R", "乙丙超市"),
        ),
        good=(
            "【甲家居广场】甲家居广场五一大促，会员8折，拒收请回复R",
            "【甲商城】会员日全场8折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("SIG_TEXT_MISMATCH",),
    ),
    Rule(
        id="SG113",
        name="signature-in-placeholder",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.REJECT,
        when=template("signature-placeholder"),
        message={"zh": "签名“{quote}”写在变量里，无法核验", "en": "the signature “{quote}” is left to a placeholder"},
        advice={"zh": "把签名写成固定文字", "en": "write the signature as fixed text"},
        why="A signature that is filled in later lets one template speak for anybody.",
        false_positives="None known.",
        bad=(
            Bad("【${brand}】您的快递已到驿站", "【${brand}】", type=NOTIFICATION),
            Bad("您的快递已到驿站【{1}商城】", "【{1}商城】", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】您的快递${no}已到驿站", type=NOTIFICATION),
            Good("【甲商城】尊敬的${name}，您的快递已到驿站", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_CHARSET",),
    ),
    Rule(
        id="SG117",
        name="signature-number",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.ADVICE,
        when=template("signature-number"),
        message={"zh": "签名“{quote}”全是数字", "en": "the signature “{quote}” is all digits"},
        advice={"zh": "加上文字，如【360安全中心】", "en": "add words"},
        why="Some vendors refuse signatures of digits, even where the brand is a number.",
        false_positives="Brands that are numbers.",
        bad=(
            Bad("【360】您的快递已到驿站", "【360】", type=NOTIFICATION),
            Bad("您的订单已发货【4399】", "【4399】", type=NOTIFICATION),
        ),
        good=(
            Good("【360商城】您的快递已到驿站", type=NOTIFICATION),
            Good("【12345】您的快递已到驿站", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_CHARSET",),
    ),
)

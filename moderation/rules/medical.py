"""Medicine: claims of cure, missing notices, prescription medicine and unlawful trade."""

from __future__ import annotations

from moderation.rules.claims import claim, offered, undenied, used
from moderation.rules.expression import industry, pattern, words
from moderation.rules.laws import (
    AD_15,
    AD_16,
    AD_16_1,
    AD_16_2,
    AD_16_2_OTC,
    AD_16_3,
    AD_16_3_4,
    AD_17,
    AD_18,
    AD_46,
)
from moderation.rules.repair import Add, Drop
from moderation.rules.rule import Bad, Good, ReasonCategory, Severity
from moderation.text.template import Industry, TemplateType

OTC_NOTICE = "请按药品说明书或者在药师指导下购买和使用"
DEVICE_NOTICE = "请仔细阅读产品说明书或者在医务人员的指导下购买和使用"
TAUGHT = words("industry/health-education")
CLAIM = (
    words("industry/medical-claim")
    | pattern("cure").near(words("industry/disease"), within=12).apart(TAUGHT, within=20)
    | pattern("medicine-free").near(words("industry/disease"), within=14).apart(TAUGHT, within=20)
    | pattern("weight") & words("industry/slimming")
    | pattern("harmless").near(words("industry/treatment", "industry/disease"), within=40)
    | pattern("body")
    | pattern("blood")
    .near(words("industry/consumer-goods", "industry/treatment", "industry/disease"), within=30)
    .apart(TAUGHT, within=16)
)

RULES = (
    claim(
        "IC101",
        "medical-claim",
        undenied(CLAIM),
        message=("“{quote}”断言疗效或安全性", "“{quote}” asserts efficacy or safety"),
        advice=("删去疗效、治愈和安全性保证", "drop efficacy, cure and promises of safety"),
        why="Medical advertising must not assert efficacy, safety or cure; other goods must not speak of cure at all.",
        false_positives="News about medicine that sells nothing.",
        bad=(
            Bad("【甲诊所】颈椎病药到病除，拒收请回复R", "药到病除"),
            Bad("【甲诊所】鼻炎轻松治好，欢迎预约，拒收请回复R", "鼻炎轻松治好"),
            Bad("【甲养生】失眠找我们，治不好退款，拒收请回复R", "治不好退款"),
            Bad("【甲诊所】膏药外敷，腰突两贴就见效，拒收请回复R", "两贴就见效"),
            Bad("【甲视光】摘掉眼镜不是梦，拒收请回复R", "摘掉眼镜"),
            Bad("【甲减重】瘦身针一周瘦10斤，拒收请回复R", "周瘦10斤"),
            Bad("【甲药房】糖尿病人扔掉降糖药，拒收请回复R", "扔掉降糖药"),
            Bad("【甲口腔】拔牙保证不疼，拒收请回复R", "保证不疼"),
        ),
        good=(
            "【甲医院】体检套餐会员8折，详询400-000-0000，拒收请回复R",
            "【甲口腔】洁牙8折，请提前预约，拒收请回复R",
            "【甲药监】谨防“包治百病”的会销，拒收请回复R",
            "【甲餐饮】祖传秘方卤味8折，拒收请回复R",
            "【甲医院】早发现能治愈：胃癌筛查义诊周六举行，拒收请回复R",
            "【甲医院】鼻喷流感疫苗不用打针，鼻炎患者请先咨询，拒收请回复R",
            "【甲健身】三个月减10斤打卡挑战，会员8折，拒收请回复R",
            "【甲玩具】材质安全，零毒副，会员8折，拒收请回复R",
            "【甲药房】会员日口罩8折，保健品不能完全替代降压药，拒收请回复R",
            "【甲社区】平稳血压讲座附赠养生茶，6月1日举行，拒收请回复R",
        ),
        laws=(AD_16_1, AD_17, AD_18),
        covers=("MED_EFFICACY",),
        repair=Drop(),
    ),
    claim(
        "IC111",
        "cure-rate",
        used("industry/cure-rate"),
        message=("“{quote}”说明治愈率或有效率", "“{quote}” states a cure or success rate"),
        advice=("删去治愈率、有效率和治愈人数", "drop rates and numbers of cures"),
        why="Advertising for medicine, drugs and devices must not state cure or effective rates.",
        false_positives="Public health news.",
        bad=(
            Bad("【甲诊所】治愈率98%，欢迎预约，拒收请回复R", "治愈率98%"),
            Bad("【甲医院】试管婴儿成功率高达70%，拒收请回复R", "成功率高达70%"),
        ),
        good=(
            "【甲票务】抢票成功率提升，会员8折，拒收请回复R",
            "【甲医院】切勿相信治愈率100%的广告，义诊6月1日举行，拒收请回复R",
        ),
        laws=(AD_16_2,),
        covers=("MED_CURE_RATE",),
        repair=Drop(),
    ),
    claim(
        "IC112",
        "medical-comparison-or-endorsement",
        used("industry/medical-comparison"),
        message=("“{quote}”作医疗比较或推荐证明", "“{quote}” compares or endorses medicine"),
        advice=("删去比较、代言和患者证明", "drop comparison, endorsement and patients' proof"),
        why="Medical advertising must not compare with other medicine or use endorsers and patients as proof.",
        false_positives="Names of doctors with their hours.",
        bad=(
            Bad("【甲诊所】中药熏蒸比打针舒服，拒收请回复R", "比打针"),
            Bad("【甲药房】名医推荐的膏药，拒收请回复R", "名医推荐"),
        ),
        good=(
            "【甲医院】张医生每周三上午坐诊，请提前预约，拒收请回复R",
            "【甲医院】不要轻信患者现身说法的药品广告，拒收请回复R",
        ),
        laws=(AD_16_3_4,),
        covers=("MED_COMPARE_ENDORSE",),
        repair=Drop(),
    ),
    claim(
        "IC113",
        "prescription-medicine",
        used("industry/prescription"),
        message=("“{quote}”不得向公众作广告", "“{quote}” must not be advertised to the public"),
        advice=("删去处方药和特殊药品", "drop prescription and controlled medicine"),
        why="Prescription medicine may be advertised in professional journals only, toxic medicine nowhere.",
        false_positives="Advice on how to take a medicine that sells nothing.",
        bad=(
            Bad("【甲药房】阿莫西林特价，拒收请回复R", "阿莫西林"),
            Bad("【甲医美】瘦脸针会员价，拒收请回复R", "瘦脸针"),
        ),
        good=(
            "【甲药房】会员日口罩8折，处方药须凭处方购买，拒收请回复R",
            "【甲药房】本店禁止无处方出售阿莫西林，会员日8折，拒收请回复R",
            "【甲药房】健康提示：服用头孢期间勿饮酒，会员日8折，拒收请回复R",
        ),
        laws=(AD_15,),
        covers=("MED_RX",),
    ),
    claim(
        "IC114",
        "illegal-medical-trade",
        words("industry/illegal-medical").apart(words("context/fraud-warning"), within=20),
        message=("“{quote}”属非法医疗交易", "“{quote}” is unlawful trade in medicine"),
        advice=("该内容不得发送，请删去", "this must not be sent; remove it"),
        why="Surrogacy, sale of organs and choice of a child's sex are forbidden.",
        false_positives="Warnings against it are exempt.",
        bad=(
            Bad("【甲助孕】代孕套餐，详询400-000-0000，拒收请回复R", "代孕套餐"),
            Bad("【甲咨询】抽血测男女，拒收请回复R", "抽血测男女"),
        ),
        good=(
            "【甲卫健】严禁非医学需要的胎儿性别鉴定，拒收请回复R",
            "【甲卫健】依法打击捐卵等违法行为，请举报，拒收请回复R",
        ),
        laws=(AD_16,),
        types=(),
    ),
    claim(
        "IC104",
        "otc-notice-missing",
        offered(words("industry/otc-product")) & ~words("industry/otc-notice") & ~words("industry/health-food-notice"),
        message=("非处方药“{quote}”没有标明忠告语", "the OTC medicine “{quote}” lacks its notice"),
        advice=(f"加“{OTC_NOTICE}”", f"add {OTC_NOTICE}"),
        why="Advertising for OTC medicine must carry the notice laid down by law.",
        false_positives="Pharmacies that advertise no medicine.",
        bad=(
            Bad("【甲药房】非处方药会员9折，拒收请回复R", "非处方药"),
            Bad("【甲药房】感冒药满50减10，6月30日止，拒收请回复R", "感冒药"),
        ),
        good=(
            "【甲药房】感冒药9折，请按药品说明书或者在药师指导下购买和使用，拒收请回复R",
            "【甲药房】会员日口罩8折，拒收请回复R",
            "【甲药房】日用品满50减5，OTC药、感冒药等药品不参加，拒收请回复R",
            "【甲药房】除感冒药、退烧药外，会员8折，拒收请回复R",
            "【甲营养】便秘适用胶囊，本品不能代替药物，拒收请回复R",
        ),
        laws=(AD_16_2_OTC,),
        covers=("MED_OTC_NOTICE",),
        repair=Add(OTC_NOTICE),
    ),
    claim(
        "IC115",
        "device-notice-missing",
        offered(words("industry/home-device")) & ~words("industry/device-notice"),
        message=("自用医疗器械“{quote}”没有标明忠告语", "the medical device “{quote}” lacks its notice"),
        advice=(f"加“{DEVICE_NOTICE}”", f"add {DEVICE_NOTICE}"),
        why="Advertising for medical devices for one's own use must carry the notice laid down by law.",
        false_positives="Services that use such a device, like free measuring of blood pressure.",
        bad=(
            Bad("【甲药房】血压计会员8折，拒收请回复R", "血压计"),
            Bad("【甲商城】家用制氧机满1000减100，6月30日止，拒收请回复R", "制氧机"),
        ),
        good=(
            "【甲药房】血压计8折，请仔细阅读产品说明书或者在医务人员的指导下购买和使用，拒收请回复R",
            "【甲药房】到店免费量血压，6月30日止，限会员，拒收请回复R",
            "【甲药房】口罩8折（血压计、雾化器除外），拒收请回复R",
        ),
        laws=(AD_16_3,),
        covers=("MED_DEVICE_NOTICE",),
        repair=Add(DEVICE_NOTICE),
    ),
    claim(
        "IC116",
        "ad-approval-number-missing",
        (
            offered(words("industry/otc-product", "industry/home-device", "industry/health-food-product"))
            | words("industry/medical-service") & industry("MEDICAL")
        )
        & ~words("industry/ad-approval"),
        message=("“{quote}”的广告须经审查，没有写批准文号", "advertising “{quote}” needs approval; no number is given"),
        advice=("备好广告审查批准文号并写入文案", "have the approval number ready and state it"),
        why="Advertising for medicine, drugs, devices and health food must be approved before it is published.",
        false_positives="Texts that name the goods without advertising them.",
        bad=(
            Bad(f"【甲药房】感冒药9折，{OTC_NOTICE}，拒收请回复R", "感冒药"),
            Bad("【甲口腔】种植牙请提前预约，拒收请回复R", "种植牙", industry=Industry.MEDICAL),
        ),
        good=(
            "【甲药房】非处方药以外的商品会员8折，血糖仪除外，拒收请回复R",
            f"【甲药房】感冒药9折，{OTC_NOTICE}，药广审（文）第000000号，拒收请回复R",
            Good("【甲药房】您预约的感冒药已到店", type=TemplateType.NOTIFICATION),
            Good("【甲商场】四楼种植牙门诊开业，停车会员8折，拒收请回复R", industry=Industry.RETAIL),
        ),
        laws=(AD_46,),
        severity=Severity.ADVICE,
        category=ReasonCategory.MISSING_RISK_DISCLOSURE,
        covers=("MED_APPROVAL",),
    ),
)

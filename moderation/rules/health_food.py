"""Health food, infant food and ordinary goods: treatment, necessity and comparison with medicine or milk."""

from __future__ import annotations

from moderation.rules.claims import claim, offered, undenied
from moderation.rules.expression import industry, pattern, words
from moderation.rules.laws import AD_17, AD_18, AD_18_2, AD_20
from moderation.rules.repair import Add, Drop
from moderation.rules.rule import Bad, Good, Severity
from moderation.text.template import Industry

HEALTH_FOOD = words("industry/health-food-product") | words("industry/health-food-name") & industry("HEALTH_FOOD")
HEALTH_FOOD_NOTICE = "本品不能代替药物"
TAUGHT = words("industry/health-education")
EATEN = words(
    "industry/health-food-product", "industry/health-food-name", "industry/health-food-notice", "industry/nutrition"
) | industry("HEALTH_FOOD")
HEALTH_FOOD_CLAIM = (
    words("industry/health-food-claim")
    | pattern("cure", "medicine-free", "blood", "weight", "mind", "look", "comfort").apart(TAUGHT, within=12) & EATEN
)
TREATED = words("industry/disease").near(words("industry/treat-verb"), within=2).near(
    words("industry/consumer-goods"), within=14
) & ~words("industry/clinic")

RULES = (
    claim(
        "IC102",
        "health-food-claim",
        undenied(HEALTH_FOOD_CLAIM).outside(
            words("industry/medical-claim", "industry/cure-rate", "industry/ordinary-goods-medical")
        ),
        message=("保健食品不得宣称“{quote}”", "health food must not claim “{quote}”"),
        advice=("删去功效、治疗和“必需”等说法", "drop claims of treatment, effect and necessity"),
        why="Health food must not claim to treat, to be necessary for health, or compare itself with medicine.",
        false_positives="Food that is praised for taste only.",
        bad=(
            Bad("【甲保健】蛋白粉防癌抗癌，拒收请回复R", "防癌抗癌", industry=Industry.RETAIL),
            Bad("【甲保健】本品可代替药物，拒收请回复R", "代替药物"),
            Bad("【甲保健】蜂胶调理三高，拒收请回复R", "蜂胶调理三高", industry=Industry.RETAIL),
        ),
        good=(
            "【甲保健】蛋白粉会员8折，本品不能代替药物，拒收请回复R",
            "【甲超市】鲜牛奶会员8折，拒收请回复R",
            "【甲市监】蛋白粉降血糖属于虚假宣传，拒收请回复R",
            "【甲营养】降低血脂科普讲座周六举行，鱼油会员8折，拒收请回复R",
            "【甲体检】防癌筛查套餐会员8折，拒收请回复R",
            "【甲健康】胶囊治好为止，拒收请回复R",
        ),
        laws=(AD_18,),
        covers=("HF_TREAT",),
        repair=Drop(),
    ),
    claim(
        "IC103",
        "health-food-notice-missing",
        offered(HEALTH_FOOD).apart(words("context/fraud-warning"), within=20) & ~words("industry/health-food-notice"),
        message=("保健食品“{quote}”没有标明“本品不能代替药物”", "the health food “{quote}” lacks 本品不能代替药物"),
        advice=("加“本品不能代替药物”", "add 本品不能代替药物"),
        why="Advertising for health food must plainly state that it cannot replace medicine.",
        false_positives="Ordinary food whose name resembles health food counts only where the industry is health food.",
        bad=(
            Bad("【甲保健】保健食品会员8折，拒收请回复R", "保健食品"),
            Bad("【甲商城】保健品满200减50，6月30日止，拒收请回复R", "保健品"),
            Bad("【甲营养】鱼油会员8折，拒收请回复R", "鱼油", industry=Industry.HEALTH_FOOD),
        ),
        good=(
            "【甲保健】保健食品会员8折，本品不能代替药物，拒收请回复R",
            "【甲超市】坚果礼盒会员8折，拒收请回复R",
            "【甲超市】会员日8折，保健食品、粮油除外，拒收请回复R",
            Good("【甲餐饮】鱼油拌面会员8折，拒收请回复R", industry=Industry.CATERING),
            "【甲社区】警惕以健康讲座推销保健食品，会员活动6月1日举行，拒收请回复R",
        ),
        laws=(AD_18_2,),
        covers=("HF_NOTICE",),
        repair=Add(HEALTH_FOOD_NOTICE),
    ),
    claim(
        "IC119",
        "breast-milk-substitute",
        words("industry/breast-milk"),
        message=("不得声称“{quote}”", "“{quote}” must not be claimed"),
        advice=("删去与母乳的比较", "drop the comparison with breast milk"),
        why="Infant food that claims to replace breast milk must not be advertised.",
        false_positives="Advice to breast-feed.",
        bad=(
            Bad("【甲母婴】一段奶粉可替代母乳，拒收请回复R", "替代母乳"),
            Bad("【甲母婴】配方奶无限接近母乳，会员8折，拒收请回复R", "配方奶无限接近母乳"),
        ),
        good=(
            "【甲母婴】婴儿奶粉不能替代母乳，会员8折，拒收请回复R",
            "【甲母婴】母乳储存袋会员8折，拒收请回复R",
        ),
        laws=(AD_20,),
        covers=("BABY_MILK",),
        repair=Drop(),
    ),
    claim(
        "IC105",
        "medical-term-for-ordinary-goods",
        undenied(words("industry/ordinary-goods-medical") | TREATED).outside(words("industry/medical-claim")),
        message=("普通商品不得涉及疾病治疗：“{quote}”", "ordinary goods must not speak of treatment: “{quote}”"),
        advice=("删去医疗用语，只写材质和使用感受", "drop medical terms; speak of material and comfort"),
        why="Only medical advertising may speak of the treatment of disease.",
        false_positives="Medical devices that are approved as such.",
        bad=(
            Bad("【甲家纺】枕头治疗颈椎病，会员8折，拒收请回复R", "枕头治疗颈椎病"),
            Bad("【甲茶业】茶叶治病，到店品尝，拒收请回复R", "茶叶治病"),
            Bad("【甲家居】床垫改善腰椎病，拒收请回复R", "床垫改善腰椎病"),
        ),
        good=(
            "【甲家纺】乳胶枕会员8折，拒收请回复R",
            "【甲茶业】春茶上市，会员9折，拒收请回复R",
            "【甲市监】切勿相信枕头治疗颈椎病的宣传，拒收请回复R",
            "【甲医院】针灸门诊治耳鸣，候诊区香薰供体验，拒收请回复R",
            "【甲养生】床垫告别失眠症一次治好，拒收请回复R",
        ),
        laws=(AD_17,),
        covers=("NONMED_TERM",),
        repair=Drop(),
    ),
    claim(
        "IC106",
        "cosmetics-claim",
        undenied(words("industry/cosmetics-claim") | pattern("look")).outside(words("industry/medical-claim")),
        message=("化妆品不得宣称“{quote}”", "cosmetics must not claim “{quote}”"),
        advice=("删去医疗作用和虚假功效", "drop medical effects and untrue claims"),
        why="Cosmetics must not claim medical effects.",
        false_positives="Registered special cosmetics within their registered effect.",
        bad=(
            Bad("【甲美妆】药妆会员8折，拒收请回复R", "药妆"),
            Bad("【甲美妆】面霜七天祛斑，拒收请回复R", "七天祛斑"),
            Bad("【甲美妆】面膜可治疗敏感，拒收请回复R", "面膜可治疗"),
        ),
        good=(
            "【甲美妆】保湿面膜会员8折，拒收请回复R",
            "【甲美妆】口红新色上市，拒收请回复R",
            "【甲市监】切勿相信七天祛斑的宣传，拒收请回复R",
            "【甲美妆】祛斑无效退款，拒收请回复R",
        ),
        laws=(AD_17,),
        severity=Severity.REVIEW,
        covers=("NONMED_TERM",),
        repair=Drop(),
    ),
)

"""Trades of agents and recruiters: what somebody does for you with an authority, an employer or a court."""

from __future__ import annotations

from moderation.rules.rule import Rule
from moderation.rules.trades import notice, trade

RULES: tuple[Rule, ...] = (
    trade(
        "RT121",
        "emigration",
        ("移民", "emigration"),
        (
            ("【甲咨询】投资移民讲座，周六下午，拒收请回复R", "投资移民"),
            ("【甲咨询】欧洲永居评估开放预约，拒收请回复R", "永居评估"),
        ),
        (
            notice("【甲出入境】移民管理局提示：请提前备齐通关证件"),
            notice("【甲大学】水库移民史展览周三闭馆"),
        ),
    ),
    trade(
        "RT122",
        "study-abroad",
        ("留学", "study abroad"),
        (
            ("【甲教育】留学规划讲座，周六下午，拒收请回复R", "留学规划"),
            ("【甲教育】英国硕士申请季开启，拒收请回复R", "英国硕士申请"),
        ),
        (
            notice("【甲大学】留学生宿舍网络今晚检修"),
            notice("【甲大学】留学人员登记请于周五前完成"),
        ),
    ),
    trade(
        "RT123",
        "overseas-property",
        ("海外置业", "property abroad"),
        (
            ("【甲咨询】海外房产项目介绍，拒收请回复R", "海外房产"),
            ("【甲咨询】日本永久产权小楼，拒收请回复R", "日本永久产权"),
        ),
        (
            notice("【甲航空】您的日本往返机票已出票"),
            notice("【甲海关】境外人员入境请填写健康申报"),
        ),
    ),
    trade(
        "RT124",
        "legal-service",
        ("法律维权服务", "legal services"),
        (
            ("【甲律所】免费法律咨询，拒收请回复R", "免费法律咨询"),
            ("【甲咨询】网课退费，不成功不收费，拒收请回复R", "退费，不成功不收费"),
        ),
        (
            notice("【甲消协】消费维权热线12315，欢迎拨打"),
            notice("【甲法院】您委托的律师已提交阅卷申请"),
        ),
        warned="【甲公安】谨防代理退保骗局",
    ),
    trade(
        "RT125",
        "court",
        ("法院诉讼与传票", "court summons"),
        (
            ("【甲院】开庭通知：请于6月1日9时到庭", "开庭通知"),
            ("【甲法院】请到第三法庭参加调解", "法庭参加调解"),
        ),
        (
            notice("【甲法院】便民提示：法院停车场维修，请绿色出行"),
            notice("【甲物业】公共维修金使用公示见公告栏"),
        ),
        warned="【甲法院】谨防冒充法院传票的短信",
    ),
    trade(
        "RT126",
        "trademark",
        ("商标注册", "trade mark services"),
        (
            ("【甲知产】商标注册900元起，拒收请回复R", "商标注册"),
            ("【甲知产】优质商标出售，拒收请回复R", "商标出售"),
        ),
        (
            "【甲商城】商标纹样T恤会员8折，拒收请回复R",
            notice("【甲商城】新商标图案已更换，请以包装为准"),
        ),
    ),
    trade(
        "RT127",
        "intellectual-property",
        ("知识产权代理", "intellectual property agencies"),
        (
            ("【甲知产】软著登记加急办理，拒收请回复R", "软著登记加急"),
            ("【甲知产】专利转让，可查可验，拒收请回复R", "专利转让"),
        ),
        (
            notice("【甲图书】版权声明已更新，请登录查看"),
            notice("【甲大学】专利知识讲堂改到周三下午"),
        ),
    ),
    trade(
        "RT128",
        "business-agency",
        ("工商代办", "company registration agencies"),
        (
            ("【甲企服】代办执照，三天拿证，拒收请回复R", "代办执照"),
            ("【甲企服】个体户包办，拒收请回复R", "个体户包办"),
        ),
        (
            notice("【甲市监】您申报的个体户年报已通过"),
            notice("【甲市监】营业执照已核准，请到窗口领取"),
        ),
    ),
    trade(
        "RT129",
        "tax-agency",
        ("财税与代理记账", "tax and bookkeeping agencies"),
        (
            ("【甲企服】代理记账，专业可靠，拒收请回复R", "代理记账"),
            ("【甲企服】小规模报税每月仅200元，拒收请回复R", "报税每月仅"),
        ),
        (
            notice("【甲税务】请于15日前通过电子税务局完成报税"),
            notice("【甲软件】旧版可替代账号登录方式已上线"),
        ),
    ),
    trade(
        "RT130",
        "permit-agency",
        ("证照资质代办", "permit agencies"),
        (
            ("【甲企服】资质代办，全程服务，拒收请回复R", "资质代办"),
            ("【甲企服】施工许可证加急办，拒收请回复R", "许可证加急办"),
        ),
        (
            notice("【甲政务】您的排污许可证已审批通过"),
            notice("【甲大学】四级证书请到教务处领取"),
        ),
    ),
    trade(
        "RT131",
        "fund-agency",
        ("公积金社保代办", "social security agencies"),
        (
            ("【甲人力】公积金代办，当天出，拒收请回复R", "公积金代办"),
            ("【甲人力】社保公积金包办，拒收请回复R", "公积金包办"),
        ),
        (
            notice("【甲人社】您本月社保缴费已到账"),
            notice("【甲公积金】您的公积金缴存基数已调整"),
        ),
    ),
    trade(
        "RT132",
        "seal",
        ("印章刻制", "seal engraving"),
        (
            ("【甲印务】备案公章快速刻制，拒收请回复R", "备案公章"),
            ("【甲印务】合同章定做，欢迎选购，拒收请回复R", "合同章定做"),
        ),
        (
            notice("【甲政务】您的公章备案已完成，请领取回执"),
            notice("【甲邮政】纪念戳记印章打卡活动改到周六"),
        ),
    ),
    trade(
        "RT133",
        "vehicle-inspection",
        ("年检代办", "vehicle inspection agencies"),
        (
            ("【甲车务】代办年检，上门取车，拒收请回复R", "代办年检"),
            ("【甲车务】验车上门取车，拒收请回复R", "验车上门取车"),
        ),
        (
            notice("【甲物业】电梯年检期间暂停使用，敬请谅解"),
            notice("【甲交管】您的车辆检验有效期至6月30日"),
        ),
    ),
)

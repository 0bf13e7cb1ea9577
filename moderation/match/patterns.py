"""Patterned text: phone numbers, accounts, dates, amounts, opt-out forms, symbols; all are RE2, so linear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.match import contact_patterns, disguise
from moderation.match.advert_patterns import ADVERT_PATTERNS
from moderation.match.claim_patterns import CLAIM_PATTERNS
from moderation.match.dialect_patterns import DIALECT_PATTERNS
from moderation.match.fraud_patterns import FRAUD_PATTERNS
from moderation.match.pattern_set import PatternSet, Range

_QUOTES = r"""["'“”‘’「」\s:]*"""
_REPLY = r"(?:回复?|回覆|发送?|编辑|發送|回復)(?:短信|字母|数字)?"
_KEY = r"[a-z0-9]{1,6}"
_PLAIN = r"[^,。!?;\s\na-z0-9回]"
_UNSUBSCRIBE = (
    r"(?:退订|拒收|拒订|取消(?:订阅|接收|推送)|关闭(?:推送|短信|订阅)|停止(?:接收|推送|发送)|"
    r"(?:不想|不愿|不愿意|不再|不希望|无需)(?:再|继续)?(?:收到?|接收)(?:本|此类|本类|该)?(?:短信|信息|消息)?(?:的|者)?)"
)
_EFFORT = (
    r"(?:携带|本人|亲自|亲临|前往|面谈|面签|面洽|面议|致电|拨打|来电|电话|邮件|邮寄|书面|来函|填写|填表|登[录陆]|下载|注册|注销|关注|加微信|加群|"
    r"审核|审批|核实|核验|验证|认证|说明|理由|原因|支付|缴纳|缴费|付费|工本费|手续费|转账|充值|身份证|证件|户口|到店|到门店|到营业厅|到柜台|到网点|到窗口|"
    r"到现场|至门店|至柜台|联系|咨询|找|点击|扫码|进入|打开|连续|三次|两次|多次)"
)
_REFUSE = r"(?:退订|拒收|拒订|取消订阅|取消接收|拒绝接收|不再接收|不想接收|退訂)"
_REFUSE_BY_REPLY = (
    rf"{_REFUSE}(?:本?短信|此?类?信息)?[,:\s]*(?:请|可|就|只需)?(?:直接)?{_REPLY}{_QUOTES}{_KEY}\b"
    rf"|{_REFUSE}{_QUOTES}(?:t|td|r|n|q|qx)\b"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of signal and its expression; every text that it matches holds one of the trigger characters."""

    kind: str
    expression: str
    triggers: frozenset[str]


_DIGITS = frozenset("0123456789")
_WECHAT_SIGNS = frozenset(f"微维維卫绿vw∨ν/信🛰{contact_patterns.WEI_SOUNDS}")
_QQ_SIGNS = frozenset(f"qꝗ鹅鵝🐧秋球丘邱群{contact_patterns.Q_SOUNDS}")
SOUGHT_IN_DISGUISE = disguise.CONTACTS.union(
    f"pattern:{kind}"
    for kind in (
        "all-profit",
        "car-prize",
        "certainty",
        "credential-ask",
        "credit-discount",
        "cure",
        "daily-income",
        "dialect-free",
        "dialect-gain",
        "dialect-gambling",
        "dialect-invoice",
        "dialect-job",
        "dialect-loan",
        "dialect-prize",
        "dialect-threat",
        "dialect-top",
        "estate-gain",
        "estate-promise",
        "harmless",
        "large-prize",
        "loan-bait",
        "none-does",
        "number-one",
        "paid-review",
        "pay-per-click",
        "payback",
        "personal-data-ask",
        "return-promise",
        "scoped-superlative",
        "score-gain",
        "sure-gain",
        "top-prize",
        "usury",
    )
)
"""Kinds that accuse, so that signs and repetition may hide them; what excuses must be written plainly."""

STOPS = ",.;:!?。、 \n"
"""Signs that end a phrase and belong to no account."""

NUMBER, WRITTEN_NUMBER = "number", "contact:written-number"

PATTERNS = (
    Pattern(
        "pattern:opt-out",
        rf"{_REPLY}{_QUOTES}(?:{_KEY}{_QUOTES})?[,\s]+({_REFUSE_BY_REPLY})|{_REFUSE_BY_REPLY}"
        rf"|{_REPLY}{_QUOTES}(?:{_KEY}{_QUOTES})?[,\s]*(?:即可|可以|可|就|为|则|以|将)?{_REFUSE}"
        rf"|\b(?:td|t){_REFUSE}|回{_QUOTES}(?:td?|n|r){_QUOTES}退",
        frozenset("退拒订收"),
    ),
    Pattern(
        "pattern:opt-out-placeholder",
        rf"{_REFUSE}[,:\s]*(?:请)?{_REPLY}{_QUOTES}\x{{fffc}}|{_REPLY}{_QUOTES}\x{{fffc}}{_QUOTES}{_REFUSE}"
        rf"|{_REFUSE}(?:方式|方法|办法|途径|链接|地址|入口|指令|口令|代码|说明|操作)?[:为是]?(?:请|可)?(?:见|看|参见|参照|按|点击?|访问|打开|戳|输入)?{_QUOTES}\x{{fffc}}",
        frozenset("\ufffc"),
    ),
    Pattern(
        "pattern:date",
        r"[0-9]{1,2}月(?:[0-9]{1,2}|[上中下]旬|底|末|初|份|最后|内)|[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号]|底|末|初|份)"
        r"|[0-9]{1,2}(?:[日号]|[./][0-9]{1,2})?[-~至到—]{1,2}(?:[0-9]{1,2}月)?[0-9]{1,2}[日号./]|[0-9]{1,2}[日号]|20[0-9]{2}[-/.年][0-9]{1,2}"
        r"|\b(?:1[0-2]|0?[1-9])[./](?:[12][0-9]|3[01]|0?[1-9])(?:$|[^0-9.折元万米%])|[0-9]{1,2}(?::[0-9]{2}|点)"
        r"|(?:今|明|后|当|即|次)[天日晚]|(?:本|这|下|每)个?(?:周|月|季|星期)|[周星期][一二三四五六日天末]|[0-9一二三四五六七八九十]{1,3}(?:天|小时|个?工作日)内"
        r"|(?:仅限?|共|为期)[0-9一二两三四五六七八九十]{1,3}(?:天|日|小时)|\x{fffc}(?:日|号|点|前|止|截止|结束|到期|开始|起)|(?:至|截[止至]|到|于)\x{fffc}",
        frozenset("月日号-~至到—年./:点今明后当即次本这下每周星期末内仅共为截于"),
    ),
    Pattern(
        "pattern:excluded",
        r"[^,。!?;:()\n0-9]{1,24}(?:除外|不参加|不参与|不在(?:本次)?活动|不在优惠|不享受?(?:优惠|折扣|活动|会员)|不打折)|[^,。!?;:()\n0-9]{1,24}以外的|除(?:了|去)?[^,。!?;:()\n0-9]{1,24}[以之]?外",
        frozenset("除参优享折在外"),
    ),
    Pattern(
        "pattern:quantity",
        r"(?:限|前|仅剩?|剩余?|共|余)[0-9一二三四五六七八九十百千万]{1,6}(?:名|份|件|个|位|套|台|人|张|席|组|间|辆|盒|箱|斤)",
        frozenset("限前仅剩共余"),
    ),
    Pattern(
        "pattern:yield",
        r"(?:年化|收益|回报|利率|月息|日息)[^0-9。!?\n]{0,8}[0-9]+(?:\.[0-9]+)?(?:%|个点|厘|分)"
        r"|[0-9]+(?:\.[0-9]+)?%[^。!?\n]{0,4}(?:年化|收益|回报)",
        frozenset("化收益回报利息"),
    ),
    Pattern(
        "pattern:area",
        r"\b[0-9]{2,3}(?:\.[0-9]+)?(?:平米|平方米?|㎡|m2|m²)?(?:[-~至到—][0-9]{2,3}(?:\.[0-9]+)?)?"
        r"(?:平米|平方米?|㎡|m2|m²|平(?:[二两三四五]房|[一二两三四五]居|[一二两三四]室|户型|洋房|别墅|公寓|商铺|复式|小户型|起))",
        frozenset("平㎡²m"),
    ),
    Pattern(
        "pattern:identity-number",
        r"\b[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9x]\b",
        _DIGITS,
    ),
    Pattern(
        "pattern:opt-out-disguised",
        r"[退拒][^\x{3400}-\x{9fff}a-z0-9\n,.:;!?()]{1,3}[订收]|[退拒][丶丨灬艹讠氵亻][订收]"
        r"|\btui ?(?:订|訂|ding\b)|退ding\b|ju ?shou\b",
        frozenset("退拒t订"),
    ),
    Pattern(
        "pattern:opt-out-obstacle",
        r"(?:退订|拒收|取消订阅|取消接收)[^。!?;\na-z0-9]{0,20}(?:审核|核实|审批|核准)(?:后|通过)?(?:[^,。!?;\n]{0,2}(?:生效|办理|方可|才可|停发))?"
        rf"|{_UNSUBSCRIBE},?{_PLAIN}{{0,10}}(?:请|须|需|要|应|得|务必|只能|仅可|仅限|只可|方可|可|凭|先){_PLAIN}{{0,10}}{_EFFORT}"
        rf"|{_UNSUBSCRIBE}{_PLAIN}{{0,6}}(?:[仅只](?:可|能|限|在|于|接受|受理)|限[于时每]|逾期|过期|无效|概不|不予|不受理)"
        rf"|{_UNSUBSCRIBE},?{_PLAIN}{{0,10}}(?:连续|多次|分别|依次|先后)?回复?{_PLAIN}{{0,4}}[两二三四五六七八九十]次"
        rf"|{_UNSUBSCRIBE}请?(?:回复?|发送?|编辑){_QUOTES}(?:td?|r|n|qx)?{_QUOTES}[+加](?:手机|姓名|身份|原因|理由|卡号|会员|账号|验证)"
        rf"|{_UNSUBSCRIBE}(?:短信|信息|服务|业务)?[^,。!?;\n免不无a-z0-9]{{0,8}}(?:收费|付费|扣费|资费|工本费|手续费|服务费|费用由|自付|自理)"
        r"|(?:资讯|短信|推送|消息|信息|广告|推广)(?:服务|内容|功能)?,?(?:均|且|并|也|您|一律|将|暂){0,2}(?:无法|不能|不可|不支持|不得|不予|不允许|不接受)(?:被|再|自行|手动|单独)?"
        r"(?:关闭|退订|停止|停发|屏蔽|拒收|取消[^订])",
        frozenset("退拒取关收停资短推消信广"),
    ),
    Pattern(
        "pattern:night-time",
        r"(?:零点|\b0点|\b00:00|\b0:00|凌晨|午夜|半夜|深夜|今晚?零时|\b2[1-3](?:点|:00)|晚上?(?:十一|十二|11|12)点)[^。!?\n]{0,6}(?:开抢|开卖|开售|抢购|秒杀|开启|首发)",
        frozenset("零点0夜晨时"),
    ),
    Pattern(
        "pattern:consent",
        r"(?:回复?|编辑|发送)[\"'“”‘’]?[a-z0-9]{1,2}[\"'“”‘’]?[,]?(?:即|即可|则|视为|表示|就)?(?:同意|订阅|确认接收|授权|愿意|接收|开通)[^。!?\n]{0,12}(?:资讯|信息|短信|推送|消息|优惠|通知)",
        frozenset("回编发"),
    ),
    Pattern(
        "pattern:frequency",
        r"每[天日周月季年][^。,\n]{0,6}[0-9一二三四五两]{1,2}(?:次|条)|[0-9一二三四五两]{1,2}(?:次|条)/[天日周月年]",
        frozenset("每/"),
    ),
    Pattern(
        "pattern:period",
        r"为期[0-9一二三四五六两半]{1,2}个?[年月天周]|(?:期限|有效期)[为:]?[0-9一二三四五六两半]{1,2}个?[年月天周]",
        frozenset("期"),
    ),
    Pattern(
        "pattern:share-code",
        r"[¥$€₤₳¢₴] ?[a-z0-9]{8,14} ?[¥$€₤₳¢₴/:]|淘口令|口令红包码"
        r"|(?:复制|長按|长按)[^。!?\n]{0,16}(?:打开|进入)(?:手机)?(?:淘宝|天猫|京东|拼多多|抖音|app)",
        frozenset("¥$€₤₳¢₴复长口"),
    ),
    Pattern("pattern:currency-placeholder", r"[¥$]\s?\x{fffc}", frozenset("\ufffc")),
    Pattern(
        "link:placeholder",
        r"(?:点击|点开|访问|登录|登陆|打开|链接|网址|详情见|戳|请进)[:, ]{0,2}\x{fffc}|https?://\x{fffc}",
        frozenset("\ufffc"),
    ),
    Pattern(
        "contact:placeholder",
        r"(?:致电|拨打|来电|电话|热线|手机号?|联系方式|微信号?|qq号?|客服)[:,是为 ]{0,2}\x{fffc}",
        frozenset("\ufffc"),
    ),
    Pattern(
        "contact:hotline",
        r"(?:致电|拨打|来电|电话|热线|客服|咨询|详询|请拨|洽询|查询|投诉)[^0-9\n。]{0,6}(?:95[0-9]{3,6}|96[0-9]{3,4}|1[012][0-9]{3}|116[0-9]{3})\b",
        _DIGITS,
    ),
    Pattern(
        WRITTEN_NUMBER,
        contact_patterns.WRITTEN_NUMBER,
        frozenset("一幺壹1li❶➊⓵4四肆❹➍⓸"),
    ),
    Pattern(
        "pattern:card-number",
        r"(?:卡号|银行卡|账号|帐号|储蓄卡|信用卡|借记卡)[:为是 ]{0,3}[1-9][0-9]{3}(?: ?[0-9]{4}){3}(?: ?[0-9]{1,3})?\b",
        _DIGITS,
    ),
    Pattern("contact:email", r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+", frozenset("@")),
    Pattern("contact:wechat", contact_patterns.WECHAT, _WECHAT_SIGNS),
    Pattern("contact:telegram", contact_patterns.TELEGRAM, frozenset("@机✈报tg")),
    Pattern("contact:qq", contact_patterns.QQ, _QQ_SIGNS),
    Pattern("contact:solicitation", contact_patterns.SOLICITATION, _WECHAT_SIGNS | _QQ_SIGNS | frozenset("机✈报tg")),
    *(Pattern(*row) for row in (*ADVERT_PATTERNS, *CLAIM_PATTERNS, *FRAUD_PATTERNS, *DIALECT_PATTERNS)),
)


def _phone(text: str, found: Range) -> Range | None:
    """Return a number under its kind; None for one that is no phone's."""
    written = text[found.start : found.end]
    kind = phone_kind(written.replace(" ", "").replace("-", "").replace(".", ""))
    return found._replace(kind=kind) if kind else None


def _written_phone(text: str, found: Range) -> Range | None:
    """Return a number that is written in words under its kind; None for one that is no phone's."""
    digits = contact_patterns.written_digits(text, found)
    kind = phone_kind(digits)
    if kind not in ("contact:mobile", "contact:service-number"):
        return None
    return found._replace(kind=kind if kind != "contact:mobile" else WRITTEN_NUMBER, term=digits)


def _without_stops(text: str, found: Range) -> Range:
    written = text[found.start : found.end]
    return found._replace(end=found.end - len(written) + len(written.rstrip(STOPS)))


def _account(text: str, found: Range) -> Range | None:
    return found if contact_patterns.is_account(text, found) else None


def phone_kind(number: str) -> str:
    """Return the contact kind of a number's digits; empty for what is no phone number."""
    digits = number.removeprefix("+86") if number.startswith("+86") else number.lstrip("+")
    if len(digits) == 13 and digits.startswith("861"):
        digits = digits[2:]
    if len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789":
        return "contact:mobile"
    if len(digits) == 10 and digits[:3] in ("400", "800"):
        return "contact:service-number"
    if 10 <= len(digits) <= 12 and digits[0] == "0" and digits[1] != "0":
        return "contact:landline"
    return ""


_SET = PatternSet(
    (*((pattern.kind, pattern.expression) for pattern in PATTERNS), (NUMBER, r"\+?[0-9](?:[ \-.]{0,2}[0-9]){6,19}")),
    {
        NUMBER: _phone,
        WRITTEN_NUMBER: _written_phone,
        "contact:solicitation": _without_stops,
        "contact:wechat": _account,
        "contact:qq": _account,
    },
)


def find_many(texts: Sequence[str]) -> list[list[Range]]:
    """Return the patterned stretches of each normal text, kind by kind; numbers that are no phone's are left out."""
    return _SET.find_many(texts)

"""Profiles: the shipped ones and what they change, one's own, and every way in which a file can be wrong."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from moderation import shipped
from moderation.detection import detect_many
from moderation.engine import Engine
from moderation.form import form_signals
from moderation.preparation import prepare_many
from moderation.rules.catalogue import BY_KEY
from moderation.rules.profile_files import ProfileError, load_origins, load_profiles
from moderation.rules.profiles import GENERIC, Profile, SendWindow
from moderation.rules.rule import Severity
from moderation.ruleset import load_all_profiles, load_profile_origins, load_ruleset
from moderation.text.parts import parse
from moderation.text.template import Template, TemplateType
from moderation.verdict import Decision, Policy

SHIPPED = shipped.directory("profiles")
VENDORS = ("aliyun", "tencent", "huawei", "volcengine", "qiniu")
OTP, NOTIFICATION, MARKETING = TemplateType.OTP, TemplateType.NOTIFICATION, TemplateType.MARKETING
PASS, REVIEW, REJECT = Decision.PASS, Decision.REVIEW, Decision.REJECT
DECISIONS = {".": PASS, "?": REVIEW, "x": REJECT}

# text with the profile's own opt-out and placeholder, type, then a mark for generic and each vendor:
# . PASS, ? REVIEW, x REJECT
VERDICTS = (
    ("尊敬的会员，本店新到夏装，全场8折，OPTOUT", MARKETING, ". . . . . ."),
    ("会员日大抽奖，详询门店，OPTOUT", MARKETING, "? x x x ? ?"),
    ("会员消费返现50元，详询门店，OPTOUT", MARKETING, ". x x x . x"),
    ("您的信用卡账单已出，请登录查看", NOTIFICATION, ". x x x x ."),
    ("会员专享理财新品发售，理财产品有风险，投资须谨慎，OPTOUT", MARKETING, ". x x x x x"),
    ("验证码CODE，用于信用卡还款，5分钟内有效", OTP, ". x x x . ."),
    ("您的验证码为CODE，用于登录，5分钟内有效", OTP, ". . . . . ."),
    ("您的密码是CODE，请妥善保管", OTP, "? x ? x x x"),
    ("您应聘的会计岗位，请于周三面试", NOTIFICATION, ". x x x ? x"),
    ("英语课招生中，会员学费9折，OPTOUT", MARKETING, ". x x x x x"),
    ("三居户型首付30万起，会员可预约，OPTOUT", MARKETING, ". x x x x x"),
    ("邀请会员填写问卷，OPTOUT", MARKETING, ". x x x . x"),
    ("今晚直播，会员专享好物，OPTOUT", MARKETING, ". . x x ? x"),
    ("关注公众号领会员礼，OPTOUT", MARKETING, ". x x x x x"),
    ("春茶上市，会员9折，OPTOUT", MARKETING, ". . . x . ."),
    ("整箱老酒特价，会员9折，OPTOUT", MARKETING, ". x x x ? x"),
    ("全屋定制新品到店，会员8折，OPTOUT", MARKETING, ". x x x ? x"),
    ("会员积分兑换开始，详询门店，OPTOUT", MARKETING, ". x x x . ."),
    ("试驾有礼，会员周末到店，OPTOUT", MARKETING, ". x . . . ."),
    ("第三套人民币珍藏册，会员价，OPTOUT", MARKETING, ". . . x . ."),
    ("诚邀您到店品鉴，会员8折，OPTOUT", MARKETING, ". x x x x x"),
    ("免费法律咨询，会员可预约，OPTOUT", MARKETING, ". x x x ? ."),
    ("高仿名表到店，会员可选，OPTOUT", MARKETING, "? x x x ? x"),
    ("请联系13800000000取件", NOTIFICATION, "? x x x x ?"),
    ("您的订单已送达，拒收请回复R", NOTIFICATION, ". x . . . ."),
    ("会员价★99元，OPTOUT", MARKETING, ". x x x x x"),
    ("请回复确认收货", NOTIFICATION, ". . . x . ."),
    ("尊敬的会员CODE，全场8折，OPTOUT", MARKETING, ". . . x x ."),
    ("会员日全场8折，回T退订", MARKETING, ". x x x . ."),
    ("【甲】您的订单已发货", NOTIFICATION, ". x x x x x"),
    ("您的快递已到，请凭取件码领取", NOTIFICATION, ". . . . . ."),
    ("移动端已支持夜间模式，会员8折，OPTOUT", MARKETING, ". . . . . ."),
    ("退款已原路退回，请查收", NOTIFICATION, ". . . . . ."),
    ("您的手机套餐流量已用尽", NOTIFICATION, ". x x x . x"),
)

# text, type, profile, a fact about the form that this profile finds and generic does not
FORMS = (
    ("尊敬的${name}，会员日8折，拒收请回复R", MARKETING, "huawei", "placeholder-count"),
    ("尊敬的${name}，会员日8折，拒收请回复R", MARKETING, "volcengine", "placeholder-count"),
    ("验证码${code}，${minutes}分钟内有效", OTP, "huawei", "placeholder-count"),
    ("验证码${code}，${minutes}分钟内有效", OTP, "volcengine", "placeholder-count"),
    ("您的订单${no}已发货", NOTIFICATION, "tencent", "placeholder-refused"),
    ("您的订单{1}已发货", NOTIFICATION, "aliyun", "placeholder-refused"),
    ("会员日8折，回T退订", MARKETING, "aliyun", "opt-out-form"),
    ("会员日8折，拒收请回复R", MARKETING, "qiniu", "opt-out-form"),
    ("会员价99元→详询门店，拒收请回复R", MARKETING, "qiniu", "refused-symbol"),
    ("会" * 501, NOTIFICATION, "huawei", "too-long"),
    ("咨询010-00000000、021-00000000、0755-00000000，拒收请回复R", MARKETING, "aliyun", "contact-count"),
    ("【甲商城】您的订单已发货", NOTIFICATION, "tencent", "signature-in-body"),
)


@pytest.mark.parametrize(("text", "kind", "marks"), VERDICTS, ids=lambda value: str(value)[:14])
def test_the_same_template_under_each_profile(engine: Engine, text: str, kind: TemplateType, marks: str) -> None:
    profiles = (GENERIC, *VENDORS)
    known = engine.ruleset.detectors.profiles
    templates = [
        Template(written_for(known[name], text), signature="甲商城", type=kind, profile=name) for name in profiles
    ]
    found = [verdict.decision for verdict in engine.check_many(templates)]
    wanted = [DECISIONS[mark] for mark in marks.split()]
    assert dict(zip(profiles, found, strict=True)) == dict(zip(profiles, wanted, strict=True))


def written_for(profile: Profile, text: str) -> str:
    """Return the text with the opt-out and the placeholder that a profile accepts."""
    opt_out = (*profile.opt_out.forms, "拒收请回复R")[0]
    code = (
        "{1}" if profile.placeholder.syntaxes == ("brace",) else "${1}" if profile.placeholder.numbered else "${code}"
    )
    return text.replace("OPTOUT", opt_out).replace("CODE", code)


@pytest.mark.parametrize(("text", "kind", "profile", "fact"), FORMS, ids=lambda value: str(value)[:14])
def test_what_a_profile_finds_in_the_form(
    engine: Engine, text: str, kind: TemplateType, profile: str, fact: str
) -> None:
    assert f"template:{fact}" in signals(engine, text, kind, profile)
    assert f"template:{fact}" not in signals(engine, text, kind, GENERIC)


def signals(engine: Engine, text: str, kind: TemplateType, profile: str) -> set[str]:
    template = Template(text, type=kind, profile=profile)
    (detection,) = detect_many(prepare_many([template]), [Policy()], engine.ruleset.detectors)
    return {name for name, found in detection.signals.items() if found}


def test_the_send_window_is_the_profiles(engine: Engine) -> None:
    late = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    templates = [
        Template("会员日8折，回T退订", signature="甲商城", type=MARKETING, profile=profile, send_at=late)
        for profile in (GENERIC, "huawei", "qiniu")
    ]
    held = [[finding.rule.id for finding in verdict.findings] for verdict in engine.check_many(templates)]
    assert ["SW101" in ids for ids in held] == [False, False, True]


def test_a_profile_that_there_is_not_is_the_generic_one(engine: Engine) -> None:
    one, other = (Template("会员日大抽奖，拒收请回复R", type=MARKETING, profile=name) for name in (GENERIC, "nobody"))
    assert engine.check(one) == engine.check(other)


@pytest.mark.parametrize("name", [GENERIC, *VENDORS])
def test_a_shipped_profile_says_where_it_comes_from(name: str) -> None:
    profile = load_all_profiles()[name]
    assert profile.title
    assert profile.sources
    assert profile.inherits == ("" if name == GENERIC else GENERIC)
    unneeded = [key for key, value in profile.severity.items() if value == BY_KEY[key].severity]
    assert unneeded == [], "a severity that the rule has anyway"


def write(directory: Path, name: str, body: str = "", inherits: str = GENERIC) -> None:
    head = f'id = "{name}"\ntitle = "T"\ninherits = "{inherits}"\nvalid_from = 2026-11-24\n'
    (directory / f"{name}.toml").write_text(head + body, encoding="utf-8")


def test_a_profile_inherits_key_by_key_and_lists_as_a_whole(tmp_path: Path) -> None:
    write(tmp_path, "mine", '[signature]\nmost = 8\n[opt_out]\nforms = ["回T退订"]\n', inherits="aliyun")
    write(tmp_path, "theirs", "[signature]\nleast = 3\n", inherits="mine")
    profiles = load_profiles(SHIPPED, tmp_path)
    theirs, aliyun = profiles["theirs"], profiles["aliyun"]
    assert (theirs.signature.least, theirs.signature.most, theirs.signature.place) == (3, 8, "beside")
    assert theirs.opt_out.forms == ("回T退订",)
    assert theirs.opt_out.at_end is aliyun.opt_out.at_end is True
    assert theirs.severity == aliyun.severity


def test_a_profile_may_name_a_rule_by_id_or_name(tmp_path: Path) -> None:
    write(tmp_path, "mine", '[severity]\nCP103 = "ADVICE"\n', inherits="aliyun")
    write(tmp_path, "theirs", '[severity]\nlottery = "OFF"\n', inherits="mine")
    profiles = load_profiles(SHIPPED, tmp_path)
    assert profiles["aliyun"].severities["CP103"] is Severity.REJECT
    assert profiles["mine"].severities["CP103"] is Severity.ADVICE
    assert profiles["theirs"].severities["CP103"] is None
    engine = Engine(load_ruleset(profiles=tmp_path))
    template = Template("会员日大抽奖，拒收请回复R", signature="甲商城", type=MARKETING, profile="theirs")
    assert "CP103" not in [finding.rule.id for finding in engine.check(template).findings]


def test_ones_own_profile_may_replace_a_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, "aliyun", "[text]\nmost_characters = 70\n")
    assert load_all_profiles(tmp_path)["aliyun"].text.most_characters == 70
    assert load_all_profiles()["aliyun"].text.most_characters == 500


def test_a_changed_profile_changes_the_ruleset(tmp_path: Path) -> None:
    write(tmp_path, "mine")
    assert load_ruleset(profiles=tmp_path).digest != load_ruleset().digest


def test_origins_name_the_file_that_sets_a_key(tmp_path: Path) -> None:
    write(tmp_path, "mine", '[signature]\nmost = 8\n[severity]\nlottery = "OFF"\n', inherits="aliyun")
    origins = load_profile_origins(tmp_path)["mine"]
    keys = ("signature.most", "contact.most", "send_window.zone", "severity.CP103", "severity.CP104")
    assert [origins[key] for key in keys] == ["mine", "aliyun", GENERIC, "mine", "aliyun"]
    assert "text.refused_symbols" in origins
    assert "placeholder.most" not in origins


WRONG = {
    "unknown-key": (
        "[text]\nmost_character = 3\n",
        "mine.toml:6: text.most_character: there is no such key; did you mean most_characters? ",
        "known keys: most_characters, refused_symbols",
    ),
    "unknown-section": (
        "[signatur]\nmost = 1\n",
        "mine.toml:5: signatur: there is no such key; did you mean signature? ",
        "known keys: contact, id, inherits",
    ),
    "bad-value": ('[signature]\nmost = "ten"\n', "mine.toml:6: signature.most: found 'ten'; ", "write a whole number"),
    "fraction": ("[signature]\nmost = 1.5\n", "mine.toml:6: signature.most: found 1.5; ", "write a whole number"),
    "out-of-range": ("[text]\nmost_characters = 99999\n", "mine.toml:6: text.most_characters: ", "at most 2000"),
    "nothing": ("[text]\nmost_characters = 0\n", "mine.toml:6: text.most_characters: found 0; ", "at least 1"),
    "no-signature": ("[signature]\nleast = 0\nmost = 0\n", "mine.toml:7: signature.most: found 0; ", "at least 1"),
    "no-value": ("[placeholder]\nvalue_length = 0\n", "mine.toml:6: placeholder.value_length: ", "at least 1"),
    "below-none": ("[contact]\nmost = -1\n", "mine.toml:6: contact.most: found -1; ", "at least 0"),
    "least-above-most": (
        "[signature]\nleast = 9\nmost = 8\n",
        "mine.toml:6: signature.least: least is 9 and most is 8; ",
        "write a least that is not above most",
    ),
    "least-above-inherited-most": (
        "[signature]\nleast = 21\n",
        "mine.toml:6: signature.least: least is 21 and most is 20; ",
        "not above most",
    ),
    "quoted-time": ('[send_window]\nopens = "8"\n', "mine.toml:6: send_window.opens: found '8'; ", "08:00:00"),
    "no-list": ('[opt_out]\nforms = "回T退订"\n', "mine.toml:6: opt_out.forms: found '回T退订'; ", "write a list"),
    "empty-form": ('[opt_out]\nforms = [""]\n', "mine.toml:6: opt_out.forms: found ''; ", "one visible character"),
    "no-text": ("[text]\nrefused_symbols = 1\n", "mine.toml:6: text.refused_symbols: found 1; ", "write a text"),
    "no-flag": ('[opt_out]\nat_end = "yes"\n', "mine.toml:6: opt_out.at_end: found 'yes'; ", "write true or false"),
    "no-table": ("text = 3\n", "mine.toml:5: text: found 3; ", "write a table"),
    "bad-industry": ('[send_window]\nexempt = ["PETS"]\n', "mine.toml:6: send_window.exempt: found 'PETS'; ", "use '"),
    "bad-choice": ('[signature]\nplace = "middle"\n', "mine.toml:6: signature.place: ", "'text', 'beside' or 'either'"),
    "bad-severity": (
        '[severity]\nlottery = "REJEKT"\n',
        "mine.toml:6: severity.CP103: found 'REJEKT'; did you mean REJECT, REVIEW? ",
        "use 'REJECT', ",
    ),
    "unknown-rule": (
        '[severity]\nlotery = "OFF"\n',
        "mine.toml:6: severity.lotery: no such rule",
        "did you mean lottery",
    ),
    "same-rule": ('[severity]\nlottery = "OFF"\nCP103 = "OFF"\n', "mine.toml:7: severity.CP103: ", "delete one"),
    "wrong-zone": ('[send_window]\nzone = "Asia/Peking"\n', "mine.toml:6: send_window.zone: ", "Asia/Shanghai"),
    "wrong-syntax": ('[placeholder]\nsyntaxes = ["euro"]\n', "mine.toml:6: placeholder.syntaxes: ", "dollar"),
    "bad-toml": ("[text\n", "mine.toml:5: ", "write valid TOML"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_told_by_line_and_how_to_mend_it(tmp_path: Path, name: str) -> None:
    body, where, mend = WRONG[name]
    write(tmp_path, "mine", body)
    with pytest.raises(ProfileError) as caught:
        load_profiles(SHIPPED, tmp_path)
    assert str(caught.value).startswith(where)
    assert mend in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_byte_order_mark_is_told_as_in_wordlists(tmp_path: Path) -> None:
    write(tmp_path, "mine")
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    with pytest.raises(ProfileError, match=r"^mine.toml:1: byte order mark; save the file as UTF-8 without BOM$"):
        load_profiles(SHIPPED, tmp_path)


def test_the_sample_of_the_page_loads(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "profiles.md").read_text(encoding="utf-8")
    (sample,) = re.findall(r"^```toml\n(.*?)^```", page, re.M | re.S)
    (tmp_path / "my-shop.toml").write_text(sample, encoding="utf-8")
    profile = load_all_profiles(tmp_path)["my-shop"]
    assert profile.severities["CP117"] is Severity.REVIEW
    assert "CP103" in profile.severities


def test_an_unknown_parent_is_told_with_the_known_ones(tmp_path: Path) -> None:
    write(tmp_path, "mine", inherits="aliyum")
    with pytest.raises(
        ProfileError, match=r"^mine.toml:3: inherits: 'aliyum' is no profile; use one of aliyun, generic"
    ):
        load_profiles(SHIPPED, tmp_path)


def test_a_circle_is_told(tmp_path: Path) -> None:
    write(tmp_path, "one", inherits="two")
    write(tmp_path, "two", inherits="one")
    with pytest.raises(ProfileError, match="inherits from this one; break the circle"):
        load_profiles(SHIPPED, tmp_path)


def test_an_inherited_fault_is_told_once_and_where_it_stands(tmp_path: Path) -> None:
    write(tmp_path, "one", '[signature]\nmost = "ten"\n')
    write(tmp_path, "two", inherits="one")
    with pytest.raises(ProfileError) as caught:
        load_profiles(SHIPPED, tmp_path)
    assert str(caught.value).startswith("one.toml:6: signature.most: ")
    assert len(str(caught.value).splitlines()) == 1


def test_the_id_is_the_files_name(tmp_path: Path) -> None:
    write(tmp_path, "mine")
    (tmp_path / "mine.toml").rename(tmp_path / "yours.toml")
    with pytest.raises(ProfileError, match=r'^yours.toml:1: id: .*write id = "yours"'):
        load_profiles(SHIPPED, tmp_path)


def test_all_wrong_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "one", "[text]\nlongest = 3\n")
    (tmp_path / "two.toml").write_bytes(b"id = '\xff'\n")
    write(tmp_path, "three", inherits="nobody")
    with pytest.raises(ProfileError) as caught:
        load_profiles(SHIPPED, tmp_path)
    assert {line.partition(":")[0] for line in str(caught.value).splitlines()} == {"one.toml", "two.toml", "three.toml"}
    with pytest.raises(ProfileError, match=r"^two.toml:1: cannot be read"):
        load_origins(SHIPPED, tmp_path)


@pytest.mark.parametrize(
    ("opens", "closes", "moment", "is_open"),
    [
        (8, 21, "2026-11-23T00:00:00+00:00", True),
        (8, 21, "2026-11-23T12:59:59.999999+00:00", True),
        (8, 21, "2026-11-23T13:00:00+00:00", False),
        (8, 21, "2026-11-23T05:44:00+05:45", False),
        (8, 21, "2026-11-23T05:45:00+05:45", True),
        (8, 21, "2026-11-23T20:59:00", True),
        (8, 21, "2026-11-23T21:00:00", False),
        (20, 2, "2026-11-23T23:59:00+08:00", True),
        (20, 2, "2026-11-23T01:59:00+08:00", True),
        (20, 2, "2026-11-23T02:00:00+08:00", False),
        (8, 8, "2026-11-23T03:00:00+08:00", True),
        (8, 21, "0001-01-01T00:00:00+14:00", True),
        (8, 21, "9999-12-31T23:59:59-12:00", True),
        (8, 21, "9999-12-31T18:00:00+00:00", False),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Etc/GMT-8"])
def test_a_window_is_open_or_shut(opens: int, closes: int, moment: str, is_open: bool, zone: str) -> None:
    window = SendWindow(opens=time(opens), closes=time(closes), zone=zone)
    profile = Profile(id="mine", title="甲", valid_from=date(2026, 1, 1), send_window=window)
    template = Template("会员日8折", send_at=datetime.fromisoformat(moment))
    signals = form_signals(template, MARKETING, None, template.text, parse(template.text), profile)
    assert ("template:outside-send-window" not in {signal.name for signal in signals}) is is_open


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue", "America/New_York"])
@pytest.mark.parametrize("moment", [datetime.min, datetime.max])
def test_a_window_on_any_clock_tells_the_first_and_the_last_moment(zone: str, moment: datetime) -> None:
    profile = Profile(id="mine", title="甲", valid_from=date(2026, 1, 1), send_window=SendWindow(zone=zone))
    for offset in (-12, 0, 14):
        sent = moment.replace(tzinfo=timezone(timedelta(hours=offset)))
        template = Template("会员日8折", send_at=sent)
        list(form_signals(template, MARKETING, None, template.text, parse(template.text), profile))

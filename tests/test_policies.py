"""Policies as files and as documents: what is wrong is told at once, what is inherited, what a tenant may not do."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from moderation.policies.difference import Difference, differences
from moderation.policies.document import (
    DEFAULT,
    EMPTY,
    Allowed,
    Denied,
    PolicyDocument,
    PolicyLine,
    PolicyVersion,
    SwitchedOff,
    Weighed,
)
from moderation.policies.effective import Inheritance, Origin, Value
from moderation.policies.reading import PolicyFileError, read_policy
from moderation.policies.record import from_record, to_record
from moderation.policies.validation import problems_of
from moderation.policies.writing import write_policy
from moderation.rules.catalogue import BY_KEY, RULES
from moderation.rules.latitude import LATITUDES, Latitude, latitude_of
from moderation.rules.rule import ReasonCategory, Severity
from moderation.text.template import Industry
from moderation.verdict import SeverityChange

NOW = datetime(2026, 12, 1, 4, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 1, 30, 16, tzinfo=UTC)
PROFILES = ("generic", "aliyun")
FILE = """
tenant = "bank"
profile = "aliyun"
industry = "finance"
review_threshold = 0.4
reject_threshold = 0.9

[[deny]]
words = [
  "乙银行",
  "高利贷",
]
reason = "竞品与不当用语"

[[deny]]
words = ["理财"]
reason = "须人工看"
severity = "review"
edges = "word"

[[allow]]
words = ["资金归集"]
reason = "本行产品"
wordlist = "finance/guarantee"

[[severity]]
rule = "absolute-term"
severity = "review"
reason = "有奖项证明"
until = 2027-01-31

[[off]]
rule = "SG101"
reason = "签名在通道添加"
until = 2027-01-31T00:00:00+08:00
"""
BANK = PolicyDocument(
    deny=(
        Denied("乙银行", "竞品与不当用语"),
        Denied("高利贷", "竞品与不当用语"),
        Denied("理财", "须人工看", Severity.REVIEW, word_edges=True),
    ),
    allow=(Allowed("资金归集", "本行产品", wordlist="finance/guarantee"),),
    severities=(Weighed("AW101", Severity.REVIEW, "有奖项证明", NEXT_YEAR),),
    off=(SwitchedOff("SG101", "签名在通道添加", NEXT_YEAR),),
    review_threshold=0.4,
    reject_threshold=0.9,
    profile="aliyun",
    industry=Industry.FINANCE,
)


def read(text: str) -> PolicyDocument:
    return read_policy("bank.toml", text.encode(), PROFILES, NOW).document


def problems(text: str) -> list[tuple[int, str]]:
    """Return the lines of a file in which something is wrong, and what."""
    with pytest.raises(PolicyFileError) as caught:
        read(text)
    return [(one.line, one.problem) for one in caught.value.diagnostics]


def test_a_file_says_what_it_says() -> None:
    assert read_policy("bank.toml", FILE.encode(), PROFILES, NOW) == ("bank", BANK)


@pytest.mark.parametrize(
    "document",
    [
        EMPTY,
        BANK,
        PolicyDocument(allow=(Allowed('a"b\\c', 'it\'s "so"', "AW101", tenants=("甲", "b")),)),
        PolicyDocument(deny=tuple(Denied(f"词{number}号", "很多") for number in range(100)), reject_threshold=1.0),
    ],
    ids=["empty", "bank", "quotes", "many"],
)
def test_what_is_written_is_read_again(document: PolicyDocument) -> None:
    assert from_record(to_record(document)) == document
    assert read_policy("x", write_policy(DEFAULT, document).encode(), None, NOW) == (DEFAULT, document)


def test_everything_that_is_wrong_is_told_with_its_line() -> None:
    assert problems(
        'tenant = "bank"\ntennant = "b"\nprofile = "aliyn"\nindustry = "bank"\nreview_threshold = 0.9\n'
        'reject_threshold = 0.5\n[[deny]]\nwords = ["乙银行", "ok",\n "\u200b",\n "乙银行"]\nseverity = "advice"\n'
        '[[allow]]\nwords = "乙银行"\nreason = ""\nrule = "SG101"\nwordlist = "finance/guarante"\n'
        '[[severity]]\nrule = "AW999"\nseverity = "off"\nreason = "x"\nuntil = 2027-01-31T00:00:00\n'
        '[[off]]\nrule = "AW101"\nreason = "x"\n'
    ) == [
        (2, "tennant: there is no such key"),
        (3, "profile: no such profile"),
        (4, "industry: found 'bank'"),
        (5, "review_threshold: 0.9 is above reject_threshold"),
        (7, "reason: is missing"),
        (8, "words: '乙银行' is denied before"),
        (9, "words: '\\u200b' is no word"),
        (11, "severity: ADVICE is none of a word"),
        (13, "words: is no list of texts"),
        (14, "reason: is missing"),
        (15, "rule and wordlist"),
        (18, "rule: 'AW999' is no rule"),
        (19, "severity: found 'off'"),
        (21, "until: found 2027-01-31 00:00:00"),
        (22, "until: is missing"),
        (23, "rule: ABSOLUTE_WORDING is REVIEW at least for tenants"),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"tenant = ", "bank.toml:1:1: Invalid value (at end of document); write valid TOML"),
        (b'tenant = "\xff"', "bank.toml:1:1: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"", 'bank.toml:1:1: tenant: is missing; write tenant = "…"'),
        (b'tenant = "a"\ndeny = 1', "bank.toml:2:1: deny: is no list of tables; begin each with [[deny]]"),
        (
            b'tenant = "a"\nreject_threshold = true',
            "bank.toml:2:1: reject_threshold: found 'True'; write a number such as 0.5",
        ),
        (b"x = " + b"[" * 100_000, "bank.toml:1:1: tables in tables without end; write valid TOML"),
    ],
    ids=["toml", "utf-8", "empty", "no list", "no number", "deep"],
)
def test_a_file_that_cannot_be_read_is_told(content: bytes, told: str) -> None:
    with pytest.raises(PolicyFileError) as caught:
        read_policy("bank.toml", content, PROFILES, NOW)
    assert str(caught.value).splitlines()[0] == told


def test_bounds() -> None:
    many = PolicyDocument(deny=tuple(Denied(f"词{number}号", "x") for number in range(10_001)))
    later = PolicyDocument(off=(SwitchedOff("SG101", "x", NOW + timedelta(days=367)),))
    long = PolicyDocument(deny=(Denied("长" * 65, "长" * 201),))
    told = [str(one) for document in (many, later, long) for one in problems_of(document, "bank", PROFILES, NOW)]
    assert told == [
        "deny: 10001 words; a policy has at most 10000, denied and allowed together",
        "off[0].until: too far ahead; name a moment before 2027-12-02; it can be prolonged then",
        "deny[0].word: a word of 65 characters; write at most 64",
        "deny[0].reason: a reason of 201 characters; write at most 200",
    ]


def is_permitted(tenant: str, document: PolicyDocument) -> bool:
    return not problems_of(document, tenant, PROFILES, NOW)


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_a_tenant_may_do_to_a_rule_what_its_category_allows(rule: str) -> None:
    """Off and milder only as far as the table goes; whatever is fixed stays as it is, or becomes stricter."""
    held = BY_KEY[rule]
    latitude = latitude_of(held)
    off = PolicyDocument(off=(SwitchedOff(rule, "x", NEXT_YEAR),))
    assert is_permitted("bank", off) == (latitude is Latitude.FREE)
    assert is_permitted(DEFAULT, off) == (held.category is not ReasonCategory.DEGRADED)
    for severity in (Severity.REJECT, Severity.REVIEW, Severity.ADVICE):
        document = PolicyDocument(severities=(Weighed(rule, severity, "x"),))
        order = [Severity.SHADOW, Severity.ADVICE, Severity.REVIEW, Severity.REJECT]
        is_as_strict = order.index(severity) >= order.index(held.severity)
        is_enough = (
            latitude is Latitude.FREE
            or is_as_strict
            or (latitude is Latitude.REVIEWED and severity is not Severity.ADVICE)
        )
        assert is_permitted("bank", document) == is_enough


def test_what_no_tenant_may_soften() -> None:
    fixed = {category for category in ReasonCategory if LATITUDES.get(category, Latitude.FIXED) is Latitude.FIXED}
    assert fixed == {
        ReasonCategory.PROHIBITED_CONTENT,
        ReasonCategory.MISSING_OPT_OUT,
        ReasonCategory.UNVERIFIED_LINK,
        ReasonCategory.PROFANITY,
        ReasonCategory.PRIVACY,
        ReasonCategory.EVASION,
        ReasonCategory.CUSTOM,
        ReasonCategory.DEGRADED,
    }


def test_allowed_words_for_fixed_rules_and_for_some_tenants_are_the_operators() -> None:
    fixed = PolicyDocument(allow=(Allowed("百家乐主题展", "展名", wordlist="prohibited/gambling"),))
    some = PolicyDocument(allow=(Allowed("百家乐主题展", "展名", rule="PC101", tenants=("bank",)),))
    assert [str(one) for one in problems_of(fixed, "bank", PROFILES, NOW)] == [
        "allow[0].wordlist: PROHIBITED_CONTENT is fixed for tenants; "
        "the default policy may allow it, with tenants = ['…']"
    ]
    assert len(problems_of(some, "bank", PROFILES, NOW)) == 2
    assert is_permitted(DEFAULT, fixed)
    assert is_permitted(DEFAULT, some)
    assert list(some.words_for()) == ["bank"]
    assert some.own_words() == []


def version(tenant: str, number: int, document: PolicyDocument) -> PolicyVersion:
    return PolicyVersion(PolicyLine(tenant, number, number, "zhao", f"{tenant} {number}", NOW, 0, 0, 0), document)


OPERATOR = PolicyDocument(
    deny=(Denied("丙", "全平台"),),
    allow=(Allowed("丁丁", "全平台"), Allowed("戊戊", "只给别人", tenants=("shop",))),
    severities=(Weighed("AW101", Severity.ADVICE, "试行"), Weighed("PC101", Severity.REVIEW, "试行", NEXT_YEAR)),
    review_threshold=0.3,
    profile="generic",
)


def values(inheritance: Inheritance, now: datetime) -> dict[str, tuple[str, Origin, str, bool]]:
    return {
        f"{one.key} {one.subject}".strip(): (one.value, one.origin, one.reason, one.is_over)
        for one in inheritance.values(now)
    }


def test_what_holds_is_told_with_its_origin() -> None:
    both = Inheritance("bank", version("bank", 2, BANK), version(DEFAULT, 5, OPERATOR))
    assert values(both, NOW) == {
        "threshold.review": ("0.4", Origin.TENANT, "bank 2", False),
        "threshold.reject": ("0.9", Origin.TENANT, "bank 2", False),
        "profile": ("aliyun", Origin.TENANT, "bank 2", False),
        "industry": ("FINANCE", Origin.TENANT, "bank 2", False),
        "severity.AW101": ("REVIEW", Origin.TENANT, "有奖项证明", False),
        "severity.PC101": ("REVIEW", Origin.DEFAULT, "试行", False),
        "severity.SG101": ("OFF", Origin.TENANT, "签名在通道添加", False),
        "deny 乙银行": ("REJECT", Origin.TENANT, "竞品与不当用语", False),
        "deny 高利贷": ("REJECT", Origin.TENANT, "竞品与不当用语", False),
        "deny 理财": ("REVIEW", Origin.TENANT, "须人工看", False),
        "allow 资金归集": ("finance/guarantee", Origin.TENANT, "本行产品", False),
        "deny 丙": ("REJECT", Origin.DEFAULT, "全平台", False),
        "allow 丁丁": ("", Origin.DEFAULT, "全平台", False),
    }
    nobody = Inheritance("shop", None, None)
    assert nobody.values(NOW)[0] == Value("threshold.review", "", "0.5", Origin.BUILT_IN)
    assert values(Inheritance("shop", None, version(DEFAULT, 5, OPERATOR)), NOW)["profile"] == (
        "generic",
        Origin.DEFAULT,
        "default 5",
        False,
    )


def test_what_ends_gives_way_to_what_is_inherited() -> None:
    both = Inheritance("bank", version("bank", 2, BANK), version(DEFAULT, 5, OPERATOR))
    assert both.moments == (NEXT_YEAR,)
    before, after = both.policy(NEXT_YEAR - timedelta(seconds=1)), both.policy(NEXT_YEAR)
    assert before.severities == (
        SeverityChange("AW101", Severity.REVIEW, may_soften=True),
        SeverityChange("PC101", Severity.REVIEW, may_soften=True),
        SeverityChange("SG101", None, may_soften=True),
    )
    assert after.severities == (SeverityChange("AW101", Severity.ADVICE, may_soften=True),)
    assert (before.version, before.default_version, before.profile) == (2, 5, "aliyun")
    assert (before.review_threshold, before.reject_threshold) == (0.4, 0.9)
    later = [one for one in both.values(NEXT_YEAR) if one.is_over]
    assert [(one.key, one.origin) for one in later] == [
        ("severity.AW101", Origin.TENANT),
        ("severity.PC101", Origin.DEFAULT),
        ("severity.SG101", Origin.TENANT),
    ]


def test_a_tenant_never_softens_a_fixed_rule_whatever_its_document_says() -> None:
    """Not even by a document that was written when the rule was in another category."""
    document = PolicyDocument(severities=(Weighed("PC101", Severity.ADVICE, "x"),))
    (change,) = Inheritance("bank", version("bank", 1, document), None).policy(NOW).severities
    assert change == SeverityChange("PC101", Severity.ADVICE, may_soften=False)


def test_differences_are_told_entry_by_entry() -> None:
    changed = PolicyDocument(deny=(Denied("乙银行", "竞品"), Denied("丙", "新")), profile="generic")
    assert differences(PolicyDocument(deny=(Denied("乙银行", "竞品与不当用语"),), review_threshold=0.4), changed) == [
        Difference("threshold.review", "0.4", None),
        Difference("deny 乙银行", "(竞品与不当用语)", "(竞品)"),
        Difference("profile", None, "generic"),
        Difference("deny 丙", None, "(新)"),
    ]
    assert differences(changed, changed) == []


def test_the_files_of_the_documentation_are_right() -> None:
    page = (Path(__file__).parent.parent / "docs" / "policies.md").read_text(encoding="utf-8")
    files = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert [read_policy("x", file.encode(), PROFILES, NOW).tenant for file in files] == ["bank", DEFAULT]


def test_the_documentation_tells_what_a_tenant_may_do() -> None:
    page = (Path(__file__).parent.parent / "docs" / "policies.md").read_text(encoding="utf-8")
    table = page.partition("| category | a tenant may |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1].strip().split(", ") for line in table.splitlines()[2:]]
    told = {
        ReasonCategory(name): (Latitude.FREE, Latitude.REVIEWED, Latitude.FIXED, Latitude.FIXED)[number]
        for number, names in enumerate(rows)
        for name in names
    }
    assert told == {category: LATITUDES.get(category, Latitude.FIXED) for category in ReasonCategory}

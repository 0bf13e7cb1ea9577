"""`moderation link` over a store and a server, and checks in this process that know what was registered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from desk_serving import running
from published_challenges import nameserver
from serving import captured_logs
from store_commands import BAD_INPUT, Commands, commands_over_a_store  # noqa: F401 - a fixture

from moderation.cli.rendering.link_refusals import CHALLENGES, LINKS, link_refusal
from moderation.links.challenge import ChallengeFault, record_name
from moderation.links.registry import LinkError, LinkReason
from moderation.review.people import Actor, Role
from moderation.rules.rule import Severity
from moderation.service.rulesets import Rulesets
from moderation.service.settings import Settings
from moderation.text.template import Template, TemplateType
from moderation.verdict import Policy
from moderation.wordlists.change import Change, Operation

ZHAO = Actor("zhao", Role.POLICY)
JIA = ("--tenant", "jia")
HEADER = "租户,域名,路径,备案号,证明,有效期,类别\n"
LINKED = "【甲商城】您的订单已发货，查看 m.example.com/o/1 "


@pytest.fixture(name="links")
def commands_over_small_lists(
    commands: Commands, small_lists: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Commands:
    monkeypatch.setenv("MODERATION_WORDLISTS", str(small_lists))
    monkeypatch.setenv("MODERATION_CACHE", str(tmp_path_factory.getbasetemp() / "automata"))
    return commands


def link(commands: Commands, *arguments: str) -> dict[str, object]:
    record: dict[str, object] = commands.record("link", *arguments)["link"]
    return record


def test_a_link_is_added_verified_listed_and_revoked(links: Commands) -> None:
    added = link(links, "add", "EXAMPLE.com/Shop/", *JIA, "--icp", "京icp备00000000号-1", "--request-id", "1")
    assert (added["host"], added["path"], added["state"], added["covers_subdomains"]) == (
        "example.com",
        "/Shop",
        "PENDING",
        True,
    )
    assert link(links, "add", "EXAMPLE.com/Shop/", *JIA, "--icp", "京icp备00000000号-1", "--request-id", "1") == added
    verified = link(links, "verify", "1", "--evidence", "备案截图", "--until", "2027-11-30", "--actor", "zhao")
    assert (verified["state"], verified["proof"], verified["verified_by"], verified["valid_until"]) == (
        "VERIFIED",
        "MANUAL",
        "zhao",
        "2027-11-30T16:00:00.000000Z",
    )
    table = links.table("link", "list", *JIA, "--state", "verified")
    assert "example.com/Shop" in table
    assert "已确认" in table
    assert links.record("link", "list", "--host", "example.com")["links"] == [verified]
    assert links.table("link", "list", "--tenant", "yi") == "没有链接\n"
    shown = links.table("link", "show", "1", "--locale", "en")
    assert "_moderation-challenge.example.com" in shown
    assert "and all hosts below it" in shown
    told = links.table("link", "revoke", "1", "--reason", "域名已转让", "--epoch", "2")
    assert "已撤销" in told
    assert "域名已转让" in told
    assert "TXT" not in links.table("link", "show", "1")


def test_a_list_goes_on_page_by_page(links: Commands) -> None:
    for number in range(3):
        link(links, "add", f"a{number}.example.cn", *JIA)
    first = links.record("link", "list", "--size", "2")
    rest = links.record("link", "list", "--size", "2", "--token", first["next_token"])
    assert [one["link"] for page in (first, rest) for one in page["links"]] == [1, 2, 3]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "com.cn", *JIA), "com.cn 是公共后缀"),
        (("add", "t.cn", *JIA), "短链接域名"),
        (("add", "t.cn", *JIA, "--kind", "short"), "请加上自有的路径，如 t.cn/abc"),
        (("add", "t.cn", *JIA, "--kind", "long"), "--kind: 没有类别 long"),
        (("add", "example.cn:443", *JIA, "--locale", "en"), "leave out :443"),
        (("add", "example.cn"), "--tenant"),
        (("add", "x" * 501, *JIA), "DOMAIN"),
        (("verify", "1", "--evidence", "x", "--until", "31.12.2027"), "--until: 有效期 31.12.2027 无法识别"),
        (("verify", "1", "--evidence", "x", "--until", "2027-12-31"), "没有链接 1"),
        (("verify", "1", "--evidence", "x", "--until", "2027-12-31", "--locale", "en"), "moderation link list"),
        (("challenge", "1", *JIA, "--look", "http"), "--look"),
        (("challenge", "1", *JIA, "--look", "manual"), "--look"),
        (("list", "--state", "over"), "--state"),
        (("list", "--host", "x y"), "--host: x y 不是域名"),
        (("import", "missing.csv"), "missing.csv"),
        (("list", "--server", "127.0.0.1:1", "--store", "x"), "--server"),
    ],
)
def test_what_cannot_be_is_told_with_how_to_mend_it(links: Commands, arguments: tuple[str, ...], told: str) -> None:
    assert told in links.refused("link", *arguments)


def test_a_challenge_is_told_and_looked_at(links: Commands) -> None:
    with nameserver() as names:
        told = link(links, "add", "m.example.cn", *JIA)["challenge"]
        assert isinstance(told, dict)
        assert told["content"] in links.table("link", "challenge", "1", *JIA)
        look = ("link", "challenge", "1", *JIA, "--look", "dns")
        refused = links.refused(*look, MODERATION_CHALLENGE_NAMESERVERS=names.address)
        assert "没有找到 _moderation-challenge.m.example.cn" in refused
        names.texts[record_name("m.example.cn")] = [told["content"]]
        assert "DNS 记录" in links.table(*look, MODERATION_CHALLENGE_NAMESERVERS=names.address)
        assert "MODERATION_CHALLENGE_NAMESERVERS" in links.refused(*look, MODERATION_CHALLENGE_NAMESERVERS="ns")


def test_a_file_is_imported_whole_or_not_at_all(links: Commands, tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_text(HEADER + "jia,example.com,,,备案,2027-01-31,\nyi,com.cn,/x,,,2020-01-01,其他\n", encoding="utf-8")
    told, error = links.run("link", "import", str(path), code=BAD_INPUT)
    assert told == ""
    assert f"{path}:3: domain: com.cn 是公共后缀" in error
    assert f"{path}:3: kind: 没有类别 其他" in error
    assert error.endswith("没有导入任何链接；请改正后重新导入\n")
    record = links.record("link", "import", str(path), "--locale", "en", code=BAD_INPUT)
    assert [(one["line"], one["fault"]) for one in record["problems"]] == [
        (3, "KIND_UNKNOWN"),
        (3, "PUBLIC_SUFFIX"),
        (3, "EVIDENCE_MISSING"),
        (3, "UNTIL_PAST"),
    ]
    assert links.record("link", "list")["links"] == []
    path.write_text(HEADER + "jia,example.com,,,备案,2027-01-31,\n", encoding="utf-8")
    assert links.table("link", "import", str(path)) == "已导入：新增 1 个，再次确认 0 个\n"
    assert links.record("link", "import", str(path))["renewed"] == 1


def test_a_server_is_asked_as_a_store_is(links: Commands, tmp_path: Path) -> None:
    with captured_logs(), running(links.store) as server:
        at = ("--server", server.address)
        links.store.links.add(ZHAO, "jia", "example.com")
        assert link(links, "show", "1", *at) == link(links, "show", "1")
        verified = link(links, "verify", "1", "--evidence", "x", "--until", "2027-11-30", *at)
        assert links.record("link", "list", *at)["links"] == [verified]
        assert "没有链接 2" in links.refused("link", "revoke", "2", "--reason", "x", *at)
        assert "还没有加载规则集" in links.refused("link", "add", "example.cn", *JIA, *at)
        assert "可用：auditor, lead, policy, sender" in links.refused("link", "list", "--role", "reviewer", *at)
        path = tmp_path / "links.csv"
        path.write_text("x\n", encoding="utf-8")
        assert "还没有加载规则集" in links.refused("link", "import", str(path), *at)
        assert "未填写" in links.refused("link", "challenge", "1", *at)


def test_checks_in_this_process_know_the_links_of_their_tenant(
    links: Commands, tmp_path: Path, small_lists: Path
) -> None:
    links.store.links.add(ZHAO, "jia", "example.com")
    links.store.links.verify(ZHAO, 1, "x", links.store.clock.now.replace(year=2027))
    path, tenants = tmp_path / "templates.jsonl", ("jia", "yi", "", "jia")
    rows = ({"text": LINKED, "type": "notification", "tenant": tenant} for tenant in tenants)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = links.run("check", "-f", str(path), "--format", "jsonl", "--wordlists", str(small_lists), code=1)[0]
    rules = [{one["rule_id"] for one in json.loads(line)["findings"]} for line in found.splitlines()]
    assert ["LK101" in one for one in rules] == [False, True, True, False]


def test_a_store_that_is_named_has_to_be_there(links: Commands, tmp_path: Path, small_lists: Path) -> None:
    absent = str(tmp_path / "absent.db")
    arguments = ("check", LINKED, "--tenant", "jia", "--wordlists", str(small_lists), "--store", absent)
    assert absent in links.refused(*arguments)
    assert "--server" in links.refused("check", LINKED, "--store", absent, "--server", "127.0.0.1:1")


def test_lists_of_bad_hosts_are_imported_as_wordlists_are(links: Commands, tmp_path: Path, small_lists: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_text("fraud.example.cn\nBad.example.cn\nhttps://x.example.cn/a\n", encoding="utf-8")
    options = ("--wordlist", "link/blocked", "--source", "list", "--reason", "监管名单")
    _, error = links.run("wordlist", "plan", str(path), *options, code=BAD_INPUT)
    assert "bad.txt:2:1：'Bad.example.cn' 须为小写；请写 bad.example.cn" in error
    assert "bad.txt:3:1：'https://x.example.cn/a' 不是单独的域名" in error
    path.write_text("fraud.example.cn\n", encoding="utf-8")
    told = links.record("wordlist", "plan", str(path), *options)
    assert told["plan"]["is_applicable"]
    links.store.wordlists.apply(ZHAO, told["batch"]["number"], 0, approval_above=1)
    engine = Rulesets(Settings(wordlists=small_lists), links.store.wordlists).load(1)
    text = "【甲商城】您的订单已发货，查看 www.fraud.example.cn/o "
    own = Policy(verified_domains=frozenset({"example.cn"}))
    verdict = engine.check(Template(text, type=TemplateType.NOTIFICATION), own)
    assert [(one.rule.id, one.severity) for one in verdict.findings] == [("LK115", Severity.REJECT)]


def test_every_refusal_has_words_for_people() -> None:
    assert set(CHALLENGES) == set(ChallengeFault)
    assert set(LINKS) | {LinkReason.LINK_INVALID, LinkReason.CHALLENGE_FAILED} == set(LinkReason)
    for fault in ChallengeFault:
        told = {"link": 7, "host": "m.example.cn", "method": "FILE", "fault": fault.value, "detail": "302"}
        error = LinkError(LinkReason.CHALLENGE_FAILED, "x", **told)
        assert "m.example.cn" in link_refusal(error, "zh") or fault is ChallengeFault.NOT_OFFERED
        assert link_refusal(error, "zh") != link_refusal(error, "en")
    assert link_refusal(LinkError(LinkReason.LINK_STATE, "as it was said"), "zh") == "as it was said"


def test_a_change_of_a_list_of_hosts_may_remove_what_is_no_host(links: Commands) -> None:
    change = Change(Operation.REMOVE, "link/blocked", "No Host", "", 1)
    links.store.wordlists.upload(ZHAO, [change], "x", 0)
    assert "link/blocked 中没有" in links.refused("wordlist", "apply", "1", "--expect", "0")

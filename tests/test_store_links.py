"""Registered links in either store: who adds, verifies and revokes them, what is read, and files of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from store_invariants import check_invariants, contents
from stores import JIA, POLICY, RING, YI, Store, each_store, refused  # noqa: F401 - a fixture

from moderation.links.challenge import ChallengeError, ChallengeFault, content_of
from moderation.links.fields import PROVED_FOR
from moderation.links.link import Link, LinkFilter, LinkKind, Proof
from moderation.links.problems import LinkFault
from moderation.links.registry import Imported, LinkError, LinkReason
from moderation.links.states import LinkState
from moderation.match.own_links import NO_LINKS, OwnLink, OwnLinks
from moderation.review.desk import DeskReason
from moderation.review.people import Actor, Role
from moderation.store.database import reading, writing
from moderation.store.links import StoredLinks
from moderation.store.schema import AUDIT

ZHAO = Actor("zhao", Role.POLICY)
MONTH = timedelta(days=30)
HEADER = "tenant,domain,path,icp,evidence,until,kind\n"


def add(store: Store, target: str = "example.cn", tenant: str = "jia") -> Link:
    return store.links.add(ZHAO, tenant, target, icp_number="京ICP备00000000号-1")


def verified(store: Store, target: str = "example.cn", tenant: str = "jia") -> Link:
    """Return a new link that is verified for a month."""
    return store.links.verify(ZHAO, add(store, target, tenant).number, "备案截图", store.clock.now + MONTH)


def import_text(store: Store, rows: str, request_id: str = "") -> Imported:
    return store.links.import_links(ZHAO, (HEADER + rows).encode(), request_id=request_id)


@contextmanager
def not_done(store: Store, reason: LinkReason, **metadata: str) -> Iterator[None]:
    """Hold that what is done within is refused for this reason, and that nothing changes."""
    before = contents(store.engine)
    with pytest.raises(LinkError) as raised:
        yield
    assert raised.value.reason is reason
    assert metadata.items() <= raised.value.metadata.items()
    assert contents(store.engine) == before


def actions(store: Store) -> Sequence[str]:
    with reading(store.engine) as connection:
        return list(connection.execute(select(AUDIT.c.action).order_by(AUDIT.c.sequence)).scalars())


def test_a_link_goes_its_whole_way(store: Store) -> None:
    added = store.links.add(JIA, "jia", "Example.CN/Shop/", kind=LinkKind.OWN_SHORT_DOMAIN, evidence="见合同")
    assert (added.target, added.state, added.epoch) == ("example.cn/Shop", LinkState.PENDING, 1)
    assert store.links.own_links("jia") == NO_LINKS
    until = store.clock.now + MONTH
    done = store.links.verify(ZHAO, added.number, "已核对", until, icp_number="京icp备00000000号", epoch=1)
    assert (done.state, done.proof, done.verified_by, done.valid_until) == (
        LinkState.VERIFIED,
        Proof.MANUAL,
        "zhao",
        until,
    )
    assert (done.icp_number, done.evidence, done.epoch) == ("京ICP备00000000号", "已核对", 2)
    assert store.links.own_links("jia") == OwnLinks([OwnLink("example.cn", "/Shop", is_short=True)])
    store.clock.move(MONTH)
    assert store.links.link(ZHAO, added.number).state is LinkState.EXPIRED
    assert not store.links.own_links("jia")
    store.links.verify(ZHAO, added.number, "再次核对", store.clock.now + MONTH)
    revoked = store.links.revoke(ZHAO, added.number, "域名已转让")
    assert (revoked.state, revoked.revoked_by, revoked.reason, revoked.epoch) == (
        LinkState.REVOKED,
        "zhao",
        "域名已转让",
        4,
    )
    back = store.links.verify(ZHAO, added.number, "重新备案", store.clock.now + MONTH)
    assert (back.state, back.reason, back.revoked_at) == (LinkState.VERIFIED, "", None)
    assert actions(store) == ["link.add", "link.verify", "link.verify", "link.revoke", "link.verify"]
    check_invariants(store.engine)


def test_a_tenant_has_a_link_once(store: Store) -> None:
    added = add(store)
    with not_done(store, LinkReason.LINK_EXISTS, link=str(added.number)):
        add(store, "EXAMPLE.cn/")
    assert add(store, "example.cn/a").number != add(store, tenant="yi").number


def test_senders_see_and_add_what_is_their_tenants(store: Store) -> None:
    own, other = add(store), add(store, tenant="yi")
    with not_done(store, LinkReason.TENANT_DENIED, tenant="yi"):
        store.links.add(JIA, "yi", "example.com")
    with not_done(store, LinkReason.LINK_UNKNOWN):
        store.links.link(JIA, other.number)
    with not_done(store, LinkReason.TENANT_DENIED, tenant="yi"):
        store.links.links(JIA, LinkFilter(tenant="yi"))
    seen = store.links.links(JIA, LinkFilter(tenant="jia")).items
    assert seen == store.links.links(JIA).items
    assert [(link.number, link.added_by) for link in seen] == [(own.number, "")]
    assert [link.added_by for link in store.links.links(ZHAO).items] == ["zhao", "zhao"]


@pytest.mark.parametrize(
    ("field", "given", "fault"),
    [
        ("target", {"target": "com.cn"}, LinkFault.PUBLIC_SUFFIX),
        ("target", {"target": "t.cn"}, LinkFault.SHORTENER),
        ("icp_number", {"icp_number": "x"}, LinkFault.ICP_MALFORMED),
        ("evidence", {"evidence": "\x00"}, LinkFault.TEXT_UNFIT),
        ("tenant", {"tenant": " "}, LinkFault.TENANT_UNFIT),
    ],
    ids=["suffix", "shortener", "icp", "evidence", "tenant"],
)
def test_what_cannot_be_registered_is_refused(store: Store, field: str, given: dict[str, Any], fault: str) -> None:
    links = store.links.knowing(lambda: {"t.cn"})
    with not_done(store, LinkReason.LINK_INVALID, field=field, fault=fault):
        links.add(ZHAO, **({"tenant": "jia", "target": "example.cn"} | given))


def test_a_link_that_has_changed_is_not_changed_by_who_saw_it_before(store: Store) -> None:
    link = verified(store)
    for epoch in (1, 3):
        with not_done(store, LinkReason.LINK_CHANGED, expected=str(epoch), epoch="2"):
            store.links.revoke(ZHAO, link.number, "x", epoch=epoch)
    store.links.revoke(ZHAO, link.number, "x", epoch=2)
    with not_done(store, LinkReason.LINK_STATE, state="REVOKED"):
        store.links.revoke(ZHAO, link.number, "x")


def test_writes_are_repeatable(store: Store) -> None:
    def twice() -> list[object]:
        added = store.links.add(JIA, "jia", "example.cn", request_id="1")
        until = store.clock.now + MONTH
        done = store.links.verify(ZHAO, added.number, "x", until, request_id="2")
        return [added.number, done.epoch, import_text(store, "yi,a.example.com,,,x,2027-01-01,\n", "3")]

    first = twice()
    assert twice() == first == [1, 2, Imported(added=1)]
    with refused(DeskReason.REQUEST_ID_REUSED):
        store.links.add(JIA, "jia", "example.com", request_id="1")
    revoked = [store.links.revoke(ZHAO, 1, "x", request_id="4").epoch for _ in range(2)]
    assert revoked == [3, 3]


def test_of_many_who_revoke_at_once_one_does(store: Store) -> None:
    link = verified(store)

    def revoke(number: int) -> bool:
        try:
            store.links.revoke(ZHAO, link.number, str(number), epoch=2)
        except LinkError as error:
            return error.reason is not LinkReason.LINK_CHANGED
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(revoke, range(4))) == 1
    assert actions(store).count("link.revoke") == 1
    check_invariants(store.engine)


def test_links_are_listed_by_tenant_state_and_host_page_by_page(store: Store) -> None:
    for number in range(3):
        verified(store, f"a{number}.example.cn")
    add(store, "example.com")
    store.links.revoke(ZHAO, 2, "x")
    states = {
        state: [link.number for link in store.links.links(ZHAO, LinkFilter(state=state)).items] for state in LinkState
    }
    assert states == {
        LinkState.PENDING: [4],
        LinkState.VERIFIED: [1, 3],
        LinkState.EXPIRED: [],
        LinkState.REVOKED: [2],
    }
    assert [link.number for link in store.links.links(ZHAO, LinkFilter(host="example.com")).items] == [4]
    first = store.links.links(ZHAO, LinkFilter(tenant="jia"), size=3)
    rest = store.links.links(ZHAO, LinkFilter(tenant="jia"), size=3, token=first.next_token)
    assert [link.number for page in (first, rest) for link in page.items] == [1, 2, 3, 4]
    assert rest.next_token == ""
    with refused(DeskReason.PAGE_TOKEN_INVALID):
        store.links.links(ZHAO, LinkFilter(tenant="yi"), token=first.next_token)
    store.clock.move(MONTH)
    assert [link.number for link in store.links.links(ZHAO, LinkFilter(state=LinkState.EXPIRED)).items] == [1, 3]


def test_what_lapsed_marks_the_links_of_a_tenant(store: Store) -> None:
    assert store.links.own_links("jia").lapsed == ""
    link = verified(store)
    assert store.links.own_links("jia").lapsed == ""
    store.links.revoke(ZHAO, link.number, "x")
    first = store.links.own_links("jia").lapsed
    store.links.verify(ZHAO, link.number, "x", store.clock.now + MONTH)
    assert store.links.own_links("jia").lapsed == ""
    store.clock.move(MONTH)
    second = store.links.own_links("jia").lapsed
    assert len({"", first, second}) == 3
    assert store.links.own_links("yi") == NO_LINKS


def test_what_changed_is_read_by_number(store: Store) -> None:
    link = verified(store)
    add(store, "example.com")
    head, changed = store.links.changed(0)
    assert (head, [one.number for one in changed]) == (3, [link.number])
    store.links.revoke(ZHAO, link.number, "x")
    head, changed = store.links.changed(head)
    assert (head, [(one.number, one.state) for one in changed]) == (4, [(link.number, LinkState.REVOKED)])
    assert store.links.changed(head) == (4, [])
    assert store.links.head() == 4


def test_a_file_adds_and_verifies_again(store: Store) -> None:
    add(store, "example.cn")
    rows = "jia,EXAMPLE.cn,,,备案,2027-01-31,\njia,s.example.com,/jia,京ICP备00000000号,合同,2027-01-31,short\n"
    assert import_text(store, rows) == Imported(added=1, renewed=1)
    assert store.links.own_links("jia") == OwnLinks(
        [OwnLink("example.cn", is_below=True), OwnLink("s.example.com", "/jia", is_short=True)]
    )
    again = store.links.link(ZHAO, 1)
    assert (again.icp_number, again.evidence, again.epoch) == ("京ICP备00000000号-1", "备案", 2)
    assert actions(store) == ["link.add", "link.import"]
    check_invariants(store.engine)


def test_a_file_with_a_problem_changes_nothing_and_all_problems_are_told(store: Store) -> None:
    link = verified(store)
    store.links.revoke(ZHAO, link.number, "x")
    verified(store, "example.com")
    before = contents(store.engine)
    rows = (
        "yi,a.example.org,,,x,2027-01-31,\n"
        "jia,example.cn,,,x,2027-01-31,\n"
        "jia,com.cn,,,x,2027-01-31,\n"
        "jia,example.com,,,x,2027-01-31,short\n"
    )
    done = import_text(store, rows, "1")
    assert [(one.line, one.column, one.fault) for one in done.problems] == [
        (3, "domain", LinkFault.WAS_REVOKED),
        (4, "domain", LinkFault.PUBLIC_SUFFIX),
        (5, "kind", LinkFault.KIND_DIFFERS),
    ]
    assert (done.added, done.renewed) == (0, 0)
    assert contents(store.engine) == before


def test_many_tenants_are_imported_and_renewed(store: Store) -> None:
    rows = "".join(f"t{number},a{number}.cn,,,备案,2027-01-31,\n" for number in range(600))
    assert import_text(store, rows) == Imported(added=600)
    assert import_text(store, rows) == Imported(renewed=600)
    assert store.links.own_links("t599") == OwnLinks([OwnLink("a599.cn", is_below=True)])


class Published:
    """A challenger to which hosts publish what a test says."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.asked: list[tuple[Proof, str]] = []

    def look(self, method: Proof, host: str) -> list[str]:
        self.asked.append((method, host))
        if not self.lines:
            raise ChallengeError(ChallengeFault.NOT_PUBLISHED)
        return self.lines


def test_a_host_that_publishes_its_token_is_proved_for_a_year(store: Store) -> None:
    link = add(store, "m.example.cn")
    published = Published("other", content_of(link.token) + " ")
    links = StoredLinks(store.engine, RING, POLICY, store.clock, challenger=published)
    proved = links.prove(JIA, link.number, Proof.DNS, request_id="1")
    assert (proved.state, proved.proof) == (LinkState.VERIFIED, Proof.DNS)
    assert proved.valid_until == store.clock.now + PROVED_FOR
    assert links.prove(JIA, link.number, Proof.DNS, request_id="1") == proved
    assert published.asked == [(Proof.DNS, "m.example.cn")]


@pytest.mark.parametrize(
    ("published", "method", "fault"),
    [
        (Published("moderation-challenge=other"), Proof.DNS, ChallengeFault.WRONG_TOKEN),
        (Published(), Proof.FILE, ChallengeFault.NOT_PUBLISHED),
        (Published("x"), Proof.MANUAL, ChallengeFault.NOT_OFFERED),
        (None, Proof.DNS, ChallengeFault.NOT_OFFERED),
    ],
    ids=["another token", "nothing", "by hand", "nobody who looks"],
)
def test_what_is_not_published_proves_nothing(
    store: Store, published: Published | None, method: Proof, fault: str
) -> None:
    link = add(store)
    links = StoredLinks(store.engine, RING, POLICY, store.clock, challenger=published)
    with not_done(store, LinkReason.CHALLENGE_FAILED, fault=fault):
        links.prove(JIA, link.number, method)


def test_what_was_revoked_is_not_proved(store: Store) -> None:
    link = verified(store)
    store.links.revoke(ZHAO, link.number, "x")
    published = Published(content_of(link.token))
    links = StoredLinks(store.engine, RING, POLICY, store.clock, challenger=published)
    with not_done(store, LinkReason.LINK_STATE):
        links.prove(JIA, link.number, Proof.DNS)
    with not_done(store, LinkReason.LINK_UNKNOWN):
        links.prove(YI, link.number, Proof.DNS)
    assert published.asked == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM links",
        "UPDATE links SET host = 'example.com'",
        "UPDATE links SET tenant = 'yi'",
        "UPDATE links SET state = 'EXPIRED'",
        "UPDATE links SET valid_until = NULL",
        "UPDATE links SET state = 'REVOKED'",
        "UPDATE links SET epoch = 0",
        "UPDATE link_head SET number = -1",
        "INSERT INTO link_head (id, number) VALUES (2, 0)",
    ],
)
def test_the_database_refuses_what_must_never_be(store: Store, statement: str) -> None:
    verified(store)
    with pytest.raises(DatabaseError), writing(store.engine) as connection:
        connection.execute(text(statement))

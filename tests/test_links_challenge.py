"""What hosts publish to prove whose they are, over a real nameserver and a real web server on the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from ipaddress import ip_network
from pathlib import Path

import pytest
from published_challenges import Nameserver, WebServer, nameserver, web_server

from moderation.links.challenge import (
    PATH,
    ChallengeError,
    ChallengeFault,
    content_of,
    file_url,
    new_token,
    record_name,
    require_proof,
)
from moderation.links.link import Proof
from moderation.service.challenges import MOST_BYTES, PublicChallenger, address_of

HOST = "m.example.cn"
LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.fixture(name="names")
def nameserver_on_the_loopback() -> Iterator[Nameserver]:
    with nameserver() as server:
        server.addresses[HOST] = ["127.0.0.1"]
        yield server


@pytest.fixture(name="web")
def web_server_on_the_loopback(tmp_path: Path) -> Iterator[WebServer]:
    with web_server(tmp_path, HOST) as server:
        yield server


@pytest.fixture(name="challenger")
def challenger_of_both(names: Nameserver, web: WebServer) -> Iterator[PublicChallenger]:
    made = PublicChallenger([names.address], LOOPBACK, port=web.port, tls=web.trust, seconds=5)
    with closing(made) as challenger:
        yield challenger


def fault_of(challenger: PublicChallenger, method: Proof, host: str = HOST) -> tuple[ChallengeFault, str]:
    with pytest.raises(ChallengeError) as raised:
        challenger.look(method, host)
    return raised.value.fault, raised.value.detail


def test_tokens_are_not_guessed_and_told_in_one_form() -> None:
    assert len({new_token() for _ in range(100)}) == 100
    assert record_name(HOST) == "_moderation-challenge.m.example.cn"
    assert file_url(HOST) == "https://m.example.cn/.well-known/moderation-challenge.txt"


def test_a_record_proves(names: Nameserver, challenger: PublicChallenger) -> None:
    names.texts[record_name(HOST)] = ["v=spf1 -all", content_of("abc")]
    assert sorted(challenger.look(Proof.DNS, HOST)) == ["moderation-challenge=abc", "v=spf1 -all"]
    require_proof(challenger, Proof.DNS, HOST, "abc")
    with pytest.raises(ChallengeError) as raised:
        require_proof(challenger, Proof.DNS, HOST, "abcd")
    assert raised.value.fault is ChallengeFault.WRONG_TOKEN


def test_a_record_that_is_not_there_proves_nothing(names: Nameserver, challenger: PublicChallenger) -> None:
    assert fault_of(challenger, Proof.DNS)[0] is ChallengeFault.NOT_PUBLISHED
    names.texts[record_name(HOST)] = []
    assert fault_of(challenger, Proof.DNS)[0] is ChallengeFault.NOT_PUBLISHED


def test_a_silent_nameserver_is_not_waited_for_long(names: Nameserver) -> None:
    names.is_silent = True
    with closing(PublicChallenger([names.address], seconds=0.3)) as challenger:
        assert fault_of(challenger, Proof.DNS)[0] is ChallengeFault.TIMED_OUT
        assert fault_of(challenger, Proof.FILE)[0] is ChallengeFault.NAME_UNKNOWN


def test_a_file_proves(web: WebServer, challenger: PublicChallenger) -> None:
    web.body = f"# 甲商城\r\n{content_of('abc')}\r\n".encode()
    require_proof(challenger, Proof.FILE, HOST, "abc")
    assert web.paths == [f"{HOST}:{web.port}{PATH}"]


@pytest.mark.parametrize(
    ("status", "headers", "fault"),
    [
        (404, {}, ChallengeFault.NOT_PUBLISHED),
        (302, {"Location": f"https://{HOST}/other"}, ChallengeFault.BAD_ANSWER),
        (500, {}, ChallengeFault.BAD_ANSWER),
    ],
)
def test_another_answer_than_200_proves_nothing(
    web: WebServer, challenger: PublicChallenger, status: int, headers: dict[str, str], fault: ChallengeFault
) -> None:
    web.status, web.headers, web.body = status, headers, content_of("abc").encode()
    assert fault_of(challenger, Proof.FILE) == (fault, str(status))
    assert len(web.paths) == 1


def test_of_a_long_file_the_beginning_is_read(web: WebServer, challenger: PublicChallenger) -> None:
    web.body = b"x\n" * MOST_BYTES + content_of("abc").encode()
    assert sum(len(line) + 1 for line in challenger.look(Proof.FILE, HOST)) == MOST_BYTES


def test_private_addresses_are_not_reached_unless_it_is_said(names: Nameserver, web: WebServer) -> None:
    for addresses in (["127.0.0.1"], ["10.0.0.7"], ["203.0.113.9", "127.0.0.1"], ["169.254.169.254"]):
        names.addresses[HOST] = addresses
        with closing(PublicChallenger([names.address], port=web.port, tls=web.trust, seconds=2)) as challenger:
            assert fault_of(challenger, Proof.FILE)[0] is ChallengeFault.ADDRESS_REFUSED
    assert web.paths == []


def test_a_certificate_of_another_host_proves_nothing(
    names: Nameserver, web: WebServer, challenger: PublicChallenger
) -> None:
    names.addresses["example.com"] = ["127.0.0.1"]
    assert fault_of(challenger, Proof.FILE, "example.com")[0] is ChallengeFault.TLS_FAILED
    with closing(PublicChallenger([names.address], LOOPBACK, port=web.port)) as distrustful:
        assert fault_of(distrustful, Proof.FILE)[0] is ChallengeFault.TLS_FAILED
    assert web.paths == []


def test_a_name_without_an_address_and_a_closed_port(names: Nameserver, challenger: PublicChallenger) -> None:
    assert fault_of(challenger, Proof.FILE, "other.example.cn")[0] is ChallengeFault.NAME_UNKNOWN
    with closing(PublicChallenger([names.address], LOOPBACK, port=1, seconds=2)) as refused:
        assert fault_of(refused, Proof.FILE)[0] is ChallengeFault.UNREACHABLE


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.53", ("192.0.2.53", 53)),
        ("127.0.0.1:5353", ("127.0.0.1", 5353)),
        ("2001:db8::1", ("2001:db8::1", 53)),
        ("[2001:db8::1]", ("2001:db8::1", 53)),
        ("[2001:db8::1]:5353", ("2001:db8::1", 5353)),
    ],
)
def test_nameservers_are_addresses_with_or_without_a_port(text: str, address: tuple[str, int]) -> None:
    assert address_of(text) == address


@pytest.mark.parametrize("text", ["ns.example.cn", "127.0.0.1:x", "127.0.0.1:0", "127.0.0.1:70000", ""])
def test_what_is_no_address_is_no_nameserver(text: str) -> None:
    with pytest.raises(ValueError):
        address_of(text)

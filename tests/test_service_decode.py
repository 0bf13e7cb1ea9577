"""Request bytes: whatever arrives is answered, and what is readable of it is kept."""

from __future__ import annotations

from google.protobuf.message import DecodeError, Message
from hypothesis import given
from hypothesis import strategies as st
from serving import batch, request

from moderation.service.decode import Request, deserializer
from moderation.service.errors import Reason
from moderation.v1 import check_service_pb2, rule_service_pb2

KINDS: tuple[tuple[type[Message], str], ...] = (
    (check_service_pb2.CheckRequest, ""),
    (check_service_pb2.CheckBatchRequest, "items"),
    (check_service_pb2.CheckStreamRequest, ""),
    (rule_service_pb2.ListRulesRequest, ""),
    (rule_service_pb2.ExplainRuleRequest, ""),
)
VALID = batch("甲", "乙").SerializeToString()


def decode(kind: type[Message], items: str, data: bytes) -> Request[Message]:
    return deserializer(kind, items)(data)


@given(st.binary(max_size=64), st.sampled_from(KINDS))
def test_any_bytes_are_decoded_or_explained(data: bytes, kind: tuple[type[Message], str]) -> None:
    decoded = decode(*kind, data)
    try:
        expected = kind[0].FromString(data)
    except DecodeError:
        errors = [*decoded.item_errors.values(), *([decoded.error] if decoded.error else [])]
        assert errors
        assert {error.reason for error in errors} == {Reason.REQUEST_MALFORMED}
    else:
        assert decoded.message.SerializeToString() == expected.SerializeToString()
        assert (decoded.error, decoded.item_errors) == (None, {})


@given(st.integers(0, len(VALID) - 1), st.integers(0, 255))
def test_a_changed_byte_is_decoded_or_explained(place: int, value: int) -> None:
    data = VALID[:place] + bytes([value]) + VALID[place + 1 :]
    decoded = decode(check_service_pb2.CheckBatchRequest, "items", data)
    assert decoded.message.ByteSize() >= 0


def test_bad_strings_are_named_one_by_one_and_the_rest_is_kept() -> None:
    message = batch("QQQQ", "好", "好")
    message.items[2].tenant = "QQQQ"
    data = message.SerializeToString().replace(b"QQQQ", b"\xc3\x28\xa0\xa1")
    decoded = decode(check_service_pb2.CheckBatchRequest, "items", data)
    assert decoded.error is None
    assert {index: error.field for index, error in decoded.item_errors.items()} == {
        0: "items[0].text",
        2: "items[2].tenant",
    }
    for index in (0, 2):
        message.items[index].ClearField("text" if index == 0 else "tenant")
    assert decoded.message == message


def test_a_bad_string_outside_the_items_fails_the_call() -> None:
    message = batch("好")
    message.locale = "QQ"
    data = message.SerializeToString().replace(b"QQ", b"\xff\xff")
    decoded = decode(check_service_pb2.CheckBatchRequest, "items", data)
    assert decoded.error is not None
    assert decoded.error.field == "locale"


def test_code_points_count_not_bytes() -> None:
    data = request("🀄" * 2000).SerializeToString()
    assert decode(check_service_pb2.CheckRequest, "", data).checked()


def test_a_bad_string_of_a_list_is_named_by_its_place() -> None:
    message = check_service_pb2.CheckMessageRequest(messages=["好", "QQQQ", "好"])
    data = message.SerializeToString().replace(b"QQQQ", b"\xc3\x28\xa0\xa1")
    decoded = decode(check_service_pb2.CheckMessageRequest, "", data)
    assert decoded.error is not None
    assert (decoded.error.reason, decoded.error.field) == (Reason.REQUEST_MALFORMED, "messages[1]")

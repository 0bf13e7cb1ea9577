"""The contract: clean, commented, bounded, and the same as the committed stubs."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.descriptor_pb2 import DescriptorProto, EnumDescriptorProto, FileDescriptorProto, FileDescriptorSet
from google.protobuf.timestamp_pb2 import Timestamp

from moderation.review.people import Role
from moderation.service.bounds import BOUNDS, MESSAGE_LENGTH
from moderation.service.roles import KNOWN_ROLES
from moderation.v1 import (
    appeal_service_pb2,
    audit_service_pb2,
    check_service_pb2,
    link_service_pb2,
    policy_service_pb2,
    review_service_pb2,
    rule_service_pb2,
    ruleset_service_pb2,
    trial_service_pb2,
    wordlist_service_pb2,
)

ROOT = Path(__file__).parent.parent
SERVICES = [
    service
    for module in (
        check_service_pb2,
        rule_service_pb2,
        ruleset_service_pb2,
        review_service_pb2,
        appeal_service_pb2,
        audit_service_pb2,
        link_service_pb2,
        policy_service_pb2,
        trial_service_pb2,
        wordlist_service_pb2,
    )
    for service in module.DESCRIPTOR.services_by_name.values()
]
VERSIONS = re.compile(r"# Protobuf Python Version: .*|GRPC_GENERATED_VERSION = .*|Domain\.PUBLIC,\s+\d+,\s+\d+,\s+\d+,")


def load_generator() -> ModuleType:
    specification = importlib.util.spec_from_file_location("generate", ROOT / "proto" / "generate.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def stubs_below(directory: Path) -> dict[str, str]:
    paths = sorted((directory / "moderation" / "v1").glob("*_pb2*.py*"))
    return {path.name: VERSIONS.sub("", path.read_text(encoding="utf-8")) for path in paths}


@pytest.fixture(scope="session")
def described(tmp_path_factory: pytest.TempPathFactory) -> FileDescriptorSet:
    target = tmp_path_factory.mktemp("contract") / "contract.bin"
    load_generator().describe(target)
    return FileDescriptorSet.FromString(target.read_bytes())


def test_committed_stubs_are_what_the_contract_generates(tmp_path: Path) -> None:
    load_generator().generate(tmp_path)
    assert stubs_below(tmp_path) == stubs_below(ROOT)


def test_buf_finds_nothing() -> None:
    buf = shutil.which("buf", path=str(Path(sys.executable).parent)) or shutil.which("buf")
    assert buf is not None
    for command in (["lint"], ["format", "--diff", "--exit-code"]):
        done = subprocess.run([buf, *command], cwd=ROOT / "proto", capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def names_by_path(file: FileDescriptorProto) -> Iterator[tuple[tuple[int, ...], str]]:
    """Yield the source path and name of everything that needs a comment (numbers as in descriptor.proto)."""
    for index, message in enumerate(file.message_type):
        yield from names_of_message(message, (4, index))
    for index, enum in enumerate(file.enum_type):
        yield from names_of_enum(enum, (5, index))
    for index, service in enumerate(file.service):
        yield (6, index), service.name
        for place, method in enumerate(service.method):
            yield (6, index, 2, place), method.name


def names_of_message(message: DescriptorProto, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], str]]:
    yield path, message.name
    for index, field in enumerate(message.field):
        yield (*path, 2, index), field.name
    for index, oneof in enumerate(message.oneof_decl):
        if not oneof.name.startswith("_"):
            yield (*path, 8, index), oneof.name


def names_of_enum(enum: EnumDescriptorProto, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], str]]:
    yield path, enum.name
    for index, value in enumerate(enum.value):
        yield (*path, 2, index), value.name


def comments_of(file: FileDescriptorProto) -> dict[tuple[int, ...], str]:
    locations = file.source_code_info.location
    return {tuple(location.path): " ".join(location.leading_comments.split()) for location in locations}


def test_every_comment_is_a_sentence_that_starts_with_its_name(described: FileDescriptorSet) -> None:
    wrong = []
    for file in described.file:
        comments = comments_of(file)
        for path, name in names_by_path(file):
            comment = comments.get(path, "")
            if not (comment.startswith(f"{name} ") and comment.endswith((".", "}"))):
                wrong.append(f"{file.name}: {name}")
    assert wrong == []
    assert sum(len(list(names_by_path(file))) for file in described.file) > 100


def request_fields() -> Iterator[FieldDescriptor]:
    seen: set[str] = set()
    waiting: list[Descriptor] = [method.input_type for service in SERVICES for method in service.methods]
    while waiting:
        message = waiting.pop()
        if message.full_name in seen or message is Timestamp.DESCRIPTOR:
            continue
        seen.add(message.full_name)
        for field in message.fields:
            yield field
            if field.message_type is not None:
                waiting.append(field.message_type)


def test_every_request_field_that_can_grow_is_bounded() -> None:
    strings = (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_BYTES)
    fields = list(request_fields())
    growing = {field.full_name for field in fields if field.is_repeated or field.type in strings}
    items = {f"{field.full_name}[]" for field in fields if field.is_repeated and field.type in strings}
    assert growing | items - {"moderation.v1.CheckMessageRequest.messages[]"} <= set(BOUNDS)
    assert {name.removesuffix("[]") for name in BOUNDS} <= {field.full_name for field in fields}


def test_every_service_of_the_contract_is_looked_at() -> None:
    files = [path.read_text(encoding="utf-8") for path in (ROOT / "proto" / "moderation" / "v1").glob("*.proto")]
    declared = {name for file in files for name in re.findall(r"^service (\w+)", file, re.M)}
    assert {service.name for service in SERVICES} == declared


def test_bounds_in_comments_are_the_bounds(described: FileDescriptorSet) -> None:
    stated = 0
    for file in described.file:
        comments = comments_of(file)
        for index, message in enumerate(file.message_type):
            for place, field in enumerate(message.field):
                name = f"{file.package}.{message.name}.{field.name}"
                comment = comments[4, index, 2, place]
                bounds = [BOUNDS[key] for key in (name, f"{name}[]") if key in BOUNDS]
                if not bounds or "as in" in comment:
                    continue
                assert [bound for bound in bounds if f"{bound.most:,}" not in comment] == [], name
                stated += 1
    assert stated >= 10


def test_the_documentation_tells_the_length_of_messages() -> None:
    document = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    bound = MESSAGE_LENGTH
    assert f"Each of `CheckMessageRequest.messages` has {bound.least:,} to {bound.most:,} code points." in document
    assert Role.SYSTEM not in KNOWN_ROLES


def test_the_documentation_lists_every_method() -> None:
    document = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    table = document.partition("Spans count")[0]
    missing = [
        method.full_name for service in SERVICES for method in service.methods if f"`{method.name}`" not in table
    ]
    assert missing == []

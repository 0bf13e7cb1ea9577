"""The contract to Python: `python proto/generate.py [DIRECTORY]` writes the stubs of moderation.v1."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from grpc_tools import protoc

PROTO = Path(__file__).resolve().parent


def sources() -> list[str]:
    """Return the contract's files, relative to its root, in a stable order."""
    return sorted(path.relative_to(PROTO).as_posix() for path in PROTO.glob("moderation/v1/*.proto"))


def generate(target: Path) -> None:
    """Write `moderation/v1/*_pb2*.py*` below the target; services get a `_pb2_grpc` module, other files do not."""
    services = [source for source in sources() if source.endswith("_service.proto")]
    _protoc(f"--python_out={target}", f"--pyi_out={target}", *sources())
    _protoc(f"--grpc_python_out={target}", *services)


def describe(target: Path) -> None:
    """Write the contract with its comments as a serialised FileDescriptorSet."""
    _protoc(f"--descriptor_set_out={target}", "--include_source_info", *sources())


def _protoc(*arguments: str) -> None:
    shared = str(files("grpc_tools") / "_proto")
    if protoc.main(["protoc", f"--proto_path={PROTO}", f"--proto_path={shared}", *arguments]) != 0:
        raise SystemExit("protoc failed; its message is above")


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else PROTO.parent)

"""Who acts: a name, a role, and for senders the tenant that they speak for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do; SYSTEM is the service itself."""

    SENDER = "sender"
    REVIEWER = "reviewer"
    LEAD = "lead"
    POLICY = "policy"
    AUDITOR = "auditor"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts; `tenant` is empty for everybody but senders."""

    name: str
    role: Role
    tenant: str = ""


SERVICE = Actor("moderation", Role.SYSTEM)

"""The types and names that the tables of the store are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Dialect, Integer, LargeBinary, MetaData, TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NAME = 128
"""Characters of a name of a person, a tenant or a template."""


class Moment(TypeDecorator[datetime]):
    """An aware datetime as whole microseconds since 1970 in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return what is stored."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return what was stored."""
        return None if value is None else EPOCH + value * MICROSECOND


def encoded(text: str) -> bytes:
    """Return a text as `Utf8` stores it."""
    return text.encode("utf-8", "surrogatepass")


class Utf8(TypeDecorator[str]):
    """A text as the bytes of its UTF-8: any at all comes back, and both stores order it by code points."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Return what is stored."""
        return None if value is None else encoded(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Return what was stored."""
        return None if value is None else value.decode("utf-8", "surrogatepass")


SCHEMA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Number = BigInteger().with_variant(Integer(), "sqlite")
"""A number that the store gives out; SQLite counts up for INTEGER only."""


def one_of(column: str, values: Iterable[StrEnum], name: str) -> CheckConstraint:
    """Return the constraint that a column holds one of some choices."""
    listed = ", ".join(f"'{value}'" for value in sorted(values))
    return CheckConstraint(f"{column} IN ({listed})", name=name)

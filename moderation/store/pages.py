"""Pages of lists: tokens that say where the next one begins, and are good for the list that gave them only."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from moderation.review.desk import DeskError, DeskReason, Page


class Numbered(Protocol):
    """Something with a number that the store gave out."""

    @property
    def number(self) -> int:
        """Its number."""
        ...


Item = TypeVar("Item", bound=Numbered)


def token_of(position: Sequence[int | str], of_list: str) -> str:
    """Return the token for what follows a position in a list."""
    return base64.urlsafe_b64encode(json.dumps([of_list, *position]).encode()).decode().rstrip("=")


def position_of(token: str, of_list: str, size: int) -> list[int]:
    """Return the position that a token tells, so many numbers; raise DeskError where this list did not give it."""
    return [int(number) for number in _position(token, of_list, size, _is_counted)]


def words_of(token: str, of_list: str, size: int) -> list[str]:
    """Return the position that a token tells, so many texts; raise DeskError where this list did not give it."""
    return [str(word) for word in _position(token, of_list, size, lambda word: isinstance(word, str))]


def _position(token: str, of_list: str, size: int, is_right: Callable[[object], bool]) -> list[Any]:
    position: list[Any]
    try:
        known, *position = json.loads(base64.urlsafe_b64decode((token + "=" * (-len(token) % 4)).encode()))
    except (ValueError, TypeError, RecursionError):
        known, position = None, []
    if known != of_list or len(position) != size or not all(map(is_right, position)):
        told = "the page token is not one that this list gave; ask for the first page"
        raise DeskError(DeskReason.PAGE_TOKEN_INVALID, told)
    return position


def _is_counted(number: object) -> bool:
    """Return whether this is a number that a store gives out, or a moment before the year 2255 in microseconds."""
    return type(number) is int and 0 <= number < 1 << 53


def after(token: str, of_list: str) -> int:
    """Return the number after which a page of a numbered list begins."""
    return position_of(token, of_list, 1)[0] if token else 0


def numbered(items: Sequence[Item], size: int, of_list: str) -> Page[Item]:
    """Return a page of a numbered list out of one item more than it holds, where there are so many."""
    page = tuple(items[:size])
    return Page(page, token_of([page[-1].number], of_list) if len(items) > size else "")

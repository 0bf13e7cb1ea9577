"""What takes long to make and is asked for again and again from the same things."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")


def remembered(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return a function that returns what it made last where it is given equal things again.

    They need not be hashable, and must not change. It is safe to be called by several threads.
    """
    latest: list[tuple[object, Made]] = []

    @wraps(make)
    def made(*given: Given.args, **named: Given.kwargs) -> Made:
        known = latest[0] if latest else None
        if known is None or known[0] != (given, named):
            known = (given, named), make(*given, **named)
            latest[:] = [known]
        return known[1]

    return made

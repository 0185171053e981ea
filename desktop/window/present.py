"""Tells the window what time it is; pictures and tests may hold the clock, so that they do not depend on the hour.

Before this on the path: the computer's clock. After it: greetings, "today" and "yesterday", and the made-up office.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

_held: list[datetime] = []


def now() -> datetime:
    """Give the present, in this computer's zone."""
    return _held[-1] if _held else datetime.now().astimezone()


@contextmanager
def held_at(hour: int) -> Iterator[datetime]:
    """Hold the clock at an hour of today, until the ``with`` block ends."""
    _held.append(datetime.now().astimezone().replace(hour=hour, minute=0, second=0, microsecond=0))
    try:
        yield _held[-1]
    finally:
        _held.pop()

"""What options of several commands can be: a size, a time to watch, a pace.

Before this on the path: what a person typed. After it: the commands.
"""

from __future__ import annotations

import math
import re
from typing import Any

import click


class Size(click.ParamType[tuple[int, int]]):
    """Width and height, as in ``1280x800``."""

    name = "widthxheight"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Read it, or refuse it."""
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", value)
        if found is None:
            self.fail(value, param, ctx)
        return int(found[1]), int(found[2])


class Seconds(click.FloatRange):
    """A time to watch: a second to a day; "not a number" compares with nothing, so it is refused by name."""

    name = "seconds"

    def __init__(self, least: float = 1) -> None:
        super().__init__(least, 86_400)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read it, or refuse it."""
        seconds = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(f"{value!r}", param, ctx)
        return seconds

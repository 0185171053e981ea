"""Which places a quick and a full look take in.

Before this on the path: the known places of this computer. After it: the inputs of a check.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from detectors.contract.errors import InputUnreadable
from detectors.contract.places import Place, is_inside

SCOPES: dict[str, tuple[str, ...]] = {
    "quick": ("downloads", "desktop", "mail", "temporary", "startup"),
    "full": ("whole",),
}
"""Kinds of places in each scope. Virtual file systems below the root are left out by the opener, with a line."""


def scope_places(scope: str, known: Sequence[Place], system: str) -> list[Place]:
    """Choose the places of a scope that exist; one inside another is left to the outer one.

    Raises:
        InputUnreadable: there is no such scope.
    """
    if scope not in SCOPES:
        raise InputUnreadable(path=scope)
    wanted = [place for place in known if place.kind in SCOPES[scope] and Path(place.path).exists()]
    return [
        place
        for place in wanted
        if not any(other is not place and is_inside(place.path, other.path, system) for other in wanted)
    ]


def inputs_reachable(paths: Sequence[str]) -> bool:
    """Tell whether at least one input is there and may be read."""
    return any("\0" not in path and os.access(path, os.R_OK) for path in paths)

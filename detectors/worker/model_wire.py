"""The messages about learned models. ``wire.py`` tells how all of them go together.

Before this on the path: the service, which asks. After it: ``framing.py``, which checks each of them at the wall.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckModels:
    """Tell which learned models are what their makers signed; none of them is run."""

    folder: str
    """Models that came with the program."""
    own_folder: str
    """Models that were trained on this computer; it may not be there."""


@dataclass(frozen=True, slots=True)
class ModelsChecked:
    """What looking at signatures gave: name of each model -> why it may not be loaded; empty: it may."""

    shipped: dict[str, str]
    own: dict[str, str]
    """The same of models that were trained on this computer."""

"""Says what every finding of a program shows: its command, who started it, the way down to it, whose it is.

Before this on the path: a Program. After it: detectors of the program sense, which put their own evidence in front.
Secrets are masked here, so that none leaves a detector.
"""

from __future__ import annotations

from detectors.contract.finding import Evidence
from detectors.contract.programs import Program
from detectors.features.program_tree import chain_names
from detectors.features.secrets import mask_secrets

MAX_SHOWN = 400
"""Letters of a command line that are shown; attackers write thousands."""


def show_text(text: str) -> str:
    """Mask secrets in a text and cut it."""
    shown = mask_secrets(text[: MAX_SHOWN * 4])
    return shown if len(shown) <= MAX_SHOWN else shown[: MAX_SHOWN - 1] + "\u2026"


def describe_start(program: Program) -> tuple[Evidence, ...]:
    """Give command, parent, chain and user of a start; what is unknown is left out."""
    parent = program.parent
    chain = chain_names(program)
    found = [
        Evidence("command", show_text(program.command)) if program.command else None,
        Evidence("parent", parent.name or parent.path) if parent and (parent.name or parent.path) else None,
        Evidence("chain", list(chain)) if len(chain) > 1 else None,
        Evidence("user", program.user) if program.user else None,
    ]
    return tuple(one for one in found if one is not None)

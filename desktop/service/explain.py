"""A Finding becomes plain words in the reader's language.

Before this on the path: a Finding (keys and values). After it: a card in the window or a line on the console.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    do: str
    """The act, first word a verb."""
    note: str = ""
    """One more sentence, or empty."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was looked for."""

    text: str
    """In a few words."""
    found: bool
    """True: it was there."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The nine parts of an explanation, in one language. Values from outside are inside the sentences: show as plain text."""

    language: str
    """``en``, ``fr``, ``de`` or ``lb``."""
    level: str
    """``Act now``, ``Check today`` or ``Good to know`` in that language."""
    headline: str
    """One sentence, at most 12 words."""
    what_we_saw: str
    """Facts only."""
    why_it_matters: str
    """The harm to work or people."""
    how_sure: str
    """A measured rate, or the plain sentence that there is none."""
    what_to_do: tuple[Step, ...]
    """2 to 5 steps, safest first."""
    who_can_help: str
    """The office's own helper first, then the national contact."""
    learn_more: str
    """Title of one knowledge card."""
    signs: tuple[Sign, ...]
    """What was looked for, found ones first."""
    technical: tuple[tuple[str, str], ...]
    """Label and value; jargon is allowed here."""
    headline_values: tuple[str, ...] = ()
    """Values from outside that stand in the sentences, for bold type."""

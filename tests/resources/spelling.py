"""Checks the marks and spelling habits of each language: quotes, narrow spaces, the Luxembourgish n.

Used by the tests of explanations and texts; nothing here is shipped.
"""

from __future__ import annotations

import re

NARROW = "\u202f"
"""The narrow no-break space that French puts inside « » and before : ; ? in all our texts."""

CURLY_APOSTROPHE = "\u2019"
"""Not used: all our texts have the straight one that keyboards have."""

_QUOTES = {"en": "“”", "fr": "«»", "de": "„“", "lb": "„“"}
_ALL_QUOTES = '“”„«»"\u2018\u201a\u2039\u203a'
_FRENCH_GAP = re.compile(rf"(?<!{NARROW})(?:[;?](?=\s|$|{NARROW}|»)|:(?=\s|$))|«(?!{NARROW})|(?<!{NARROW})»")

# The n-rule (spelling of 2019): a final n stays only before these letters and at a pause.
_N_STAYS_BEFORE = frozenset("aeiouäëöüéèêyndtzh")
_DROPS_N = frozenset(
    re.findall(
        r"\w+",
        "an dann den doen dovun dran drun een en eran ginn goen hien hunn kann keen schonn sinn stinn un vun wann",
    )
)
_WITHOUT_N = frozenset(re.findall(r"\w+", "a de dëse e ee gi hie hu ka kee mäi säi scho sti vu wa äre"))
_PAIR = re.compile(r"(?=(?<![\w'])(\w+) ([^\W\d_]|\{))")


def wrong_marks(text: str, language: str) -> list[str]:
    """List marks that do not belong into this language."""
    found = [mark for mark in _ALL_QUOTES if mark in text and mark not in _QUOTES[language]]
    found += [mark for mark in ("!", CURLY_APOSTROPHE, "  ", " ,", " .", "...") if mark in text]
    first, last = _QUOTES[language]
    if text.count(first) != text.count(last):
        found.append(f"{first} without {last}")
    if language == "fr":
        found += [f"space at {match.group()!r}" for match in _FRENCH_GAP.finditer(text)]
    elif NARROW in text:
        found.append("narrow space")
    if text != text.strip():
        found.append("space at an end")
    return found


def n_rule_breaks(text: str) -> list[str]:
    """List places where a Luxembourgish n should fall or is missing.

    Looks at words in -en and at the short words above; a help for the writer, not a proof. Before a value that is
    filled in, only ``an`` may stand, because what follows it is ours ("an Ären Downloads").
    """
    found = []
    for match in _PAIR.finditer(text):
        word, following = match.groups()
        stays = following.lower() in _N_STAYS_BEFORE or (following == "{" and word.lower() == "an")
        has_n = word.lower() in _DROPS_N or (word.endswith("en") and len(word) > 3)
        lacks_n = word.lower() in _WITHOUT_N
        if (has_n and not stays) or (lacks_n and stays):
            found.append(match.string[match.start() : match.start() + len(word) + 6])
    return found

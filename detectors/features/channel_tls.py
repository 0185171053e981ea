"""Names what is odd about encrypted sessions of programs that a stranger commands, by what their server shows.

Before this on the path: ``TlsSession`` records. After it: ``c2_channel``, which weighs the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from detectors.contract.conversations import TlsSession

TLS_PORTS: Final = frozenset(
    {
        25, 110, 143, 389, 443, 465, 563, 587, 636, 853, 989, 990, 993, 995, 4433, 5061, 5222, 5223, 5228, 5269, 8443,
        8883, 9443, 10443,
    }
)  # fmt: skip
BLANK: Final = re.compile(
    r"Internet Widgits|Default Company|Some-State|L=Default City|Some-City|"
    r"CN=example\.com|CN=localhost\b|O=Global Security|"
    r"\A(?:\w+=(?:,|\Z))*\Z",
    re.IGNORECASE,
)
"""What programs and guides put in where nobody filled in anything, and nothing at all."""
VOWELS: Final = frozenset("aeiouy")


def odd_session(session: TlsSession) -> Iterator[str]:
    """Name the oddities of one session; nothing where the certificate was sent encrypted."""
    if not session.certificates:
        return
    leaf = session.certificates[0]
    if not session.sni:
        yield "no_server_name"
    if session.server_port not in TLS_PORTS:
        yield "odd_tls_port"
    if leaf.is_self_signed or len(session.certificates) == 1:
        yield "own_certificate"
    if leaf.is_self_signed and BLANK.search(leaf.subject):
        yield "blank_certificate"
    elif _is_senseless(leaf.subject):
        yield "senseless_certificate"


def _values(name: str) -> list[str]:
    """Take the values out of ``CN=a,O=b``."""
    return [part.partition("=")[2].strip() for part in re.split(r"(?<!\\),", name) if "=" in part]


@lru_cache(maxsize=4_096)
def _is_senseless(subject: str) -> bool:
    """Tell whether a name is made of letters that no language puts together."""
    words = [word for value in _values(subject) for word in re.findall(r"[A-Za-z0-9]{4,}", value)]
    odd = [word for word in words if _is_odd_word(word)]
    return len(words) >= 3 and len(odd) * 3 >= len(words)  # noqa: PLR2004 - a third of three words or more


def _is_odd_word(word: str) -> bool:
    """Digits glued to letters, or hardly a vowel."""
    letters = [letter for letter in word.lower() if letter.isalpha()]
    is_mixed = any(letter.isdigit() for letter in word) and len(letters) >= 4  # noqa: PLR2004 - a word
    vowels = sum(letter in VOWELS for letter in letters)
    return is_mixed or (len(letters) >= 5 and vowels * 5 < len(letters))  # noqa: PLR2004 - one letter in five

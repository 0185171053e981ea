"""Names what a computer can get used to: who starts whom, and who answers on which door. Hashes, never arguments.

Before this on the path: programs of a stretch. After it: the store, which counts on how many days a key was seen, and
``KnownPrograms``, with which detectors ask "is this new here?".
A key must stay the same over updates and between people: version folders, numbers, random folders and home folders
are folded. It is a keyed hash, so that the list of them does not read like a list of somebody's programs.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from collections.abc import Collection

from detectors.contract.programs import Program, ProgramConnection
from detectors.features.program_paths import normal_path, program_name

FIRST_PASSING_PORT = 32_768
"""From here on Linux gives doors away for the moment (``ip_local_port_range``; IANA and Windows begin at 49,152)."""
_KEY = b"plainwatch habits 1"
"""A new number here forgets all habits: raise it when folding changes."""
_HOME = re.compile(r"^((?:[a-z]:)?[\\/](?:users|home|documents and settings)[\\/])[^\\/]+", re.IGNORECASE)
_RANDOM = re.compile(r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?|\b(?=[a-f]*\d)[0-9a-f]{8,64}\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[._]\d+)*")
_PASSING = re.compile(r"([\\/](?:temp|tmp)[\\/])[^\\/]+(?=[\\/])", re.IGNORECASE)
"""Folders below a temporary one have names for the moment."""


def pair_key(program: Program) -> str | None:
    """Name "this program started that one", for any version and any person.

    Returns:
        32 hex digits; None where one of the two is unknown: there is nothing to get used to.
    """
    above, itself = fold(program.parent), fold(program)
    return _hash("pair", program.system, above, itself) if above and itself else None


def listener_key(program: Program | None, connection: ProgramConnection) -> str | None:
    """Name "this program answers others on that door".

    Returns:
        32 hex digits; None for an unknown program or door, and for a door that only this computer can reach.
    """
    port, itself = connection.near_port, fold(program)
    if program is None or not itself or port is None or is_loopback(connection.near):
        return None
    door = "passing" if port >= FIRST_PASSING_PORT else str(port)
    return _hash("listener", program.system, itself, connection.transport, door)


def person_key(user: str | None) -> str:
    """Name a person by a hash of the account's name; system accounts are people of their own, the unknown is one, too.

    Returns:
        32 hex digits.
    """
    return _hash("person", (user or "").strip().casefold())


def habit_name(key: str, person: str) -> str:
    """Name a habit of one person; without a person it is everybody's."""
    return f"{key}.{person}" if person else key


def is_usual(habits: Collection[str], key: str | None, program: Program | None) -> bool:
    """Tell whether a habit is one of this program's person, or of everybody: another person's does not count."""
    if key is None:
        return False
    return key in habits or habit_name(key, person_key(program.user if program else None)) in habits


def fold(program: Program | None) -> str:
    """Write where a program lies, without what changes from day to day."""
    if program is None:
        return ""
    text = normal_path(program.path, program.system) or program_name(program)
    for pattern, instead in ((_HOME, r"\1*"), (_PASSING, r"\1*"), (_RANDOM, "*"), (_NUMBER, "0")):
        text = pattern.sub(instead, text)
    return text


def is_loopback(address: str | None) -> bool:
    """Tell whether an address is this computer alone; an unreadable or unknown one is not."""
    try:
        return ipaddress.ip_address((address or "").partition("%")[0]).is_loopback
    except ValueError:
        return (address or "").lower() == "localhost"


def _hash(*facts: str) -> str:
    joined = "\0".join(facts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, key=_KEY, digest_size=16).hexdigest()

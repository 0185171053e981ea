"""Reads who signs in from NTLM messages (MS-NLMP), wherever they travel: SMB, DCE/RPC, LDAP, HTTP.

Before this on the path: the readers of those protocols. After it: ``Login`` and ``SmbCall`` records. The answers to the
challenge are not read.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from detectors.telemetry.readers.texts import clean, from_utf16

SIGNATURE = b"NTLMSSP\0"
NEGOTIATE, CHALLENGE, AUTHENTICATE = 1, 2, 3
_UNICODE = 1
_FLAGS_AT = 60
_DOMAIN_AT, _USER_AT, _HOST_AT = 28, 36, 44
_SEARCHED_BYTES = 4_096
"""The message stands near the beginning of its wrapping."""


@dataclass(frozen=True, slots=True)
class Ntlm:
    """One message; names are known in the third only."""

    kind: int
    user: str = ""
    domain: str = ""
    host: str = ""

    @property
    def account(self) -> str:
        r"""Write ``DOMAIN\\name``; empty for an anonymous sign-in."""
        return f"{self.domain}\\{self.user}" if self.domain and self.user else self.user


def find(data: bytes) -> Ntlm | None:
    """Find and read the first NTLM message in what wraps it."""
    at = data.find(SIGNATURE, 0, _SEARCHED_BYTES)
    if at < 0 or len(data) < at + 12:
        return None
    message = data[at:]
    kind = int.from_bytes(message[8:12], "little")
    if kind != AUTHENTICATE or len(message) < _HOST_AT + 8:
        return Ntlm(kind)
    # Messages of the oldest clients have no flags; they write one byte a letter.
    is_wide = len(message) < _FLAGS_AT + 4 or bool(message[_FLAGS_AT] & _UNICODE)
    user, domain, host = (_text(message, place, is_wide=is_wide) for place in (_USER_AT, _DOMAIN_AT, _HOST_AT))
    return Ntlm(kind, user, domain, host)


def _text(message: bytes, place: int, *, is_wide: bool) -> str:
    size, _, at = struct.unpack_from("<HHI", message, place)
    raw = message[at : at + size]
    return from_utf16(raw) if is_wide else clean(raw.decode("latin-1"))

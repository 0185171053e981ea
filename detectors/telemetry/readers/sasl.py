"""Follows the sign-in that SMTP, POP3 and IMAP share (SASL), until the name is known.

Before this on the path: ``mail.py`` with the client's lines. After it: ``signing_in.py``. The secret is never decoded
further than to find where the name ends.
"""

from __future__ import annotations

import base64
import binascii

from detectors.telemetry.readers import ntlm
from detectors.telemetry.readers.base import Piece
from detectors.telemetry.readers.signing_in import SigningIn, plain_user
from detectors.telemetry.readers.texts import from_bytes

_READABLE = {"plain", "login", "xoauth2", "oauthbearer"}
"""Mechanisms that show the secret, or a token as good as it, to whoever listens."""
_NOTHING_SENT = (b"", b"=")
CANCELLED = b"*"


class SaslExchange:
    """One exchange: which mechanism, and what the client owes next."""

    def __init__(self, signing_in: SigningIn) -> None:
        """Begin idle."""
        self._signing_in = signing_in
        self._mechanism = ""
        self._user = ""
        self._is_secret_next = False

    @property
    def is_running(self) -> bool:
        """Tell whether the client's next line belongs to the exchange."""
        return bool(self._mechanism)

    def start(self, mechanism: bytes, initial: bytes, piece: Piece) -> None:
        """Begin with ``AUTH mechanism [first answer]``."""
        self._mechanism = from_bytes(mechanism, 32).lower()
        self._user, self._is_secret_next = "", False
        if initial not in _NOTHING_SENT:
            self.take_line(initial, piece)

    def take_line(self, line: bytes, piece: Piece) -> None:
        """Read what the client answers."""
        if line == CANCELLED:
            self.stop()
            return
        if self._mechanism == "login":
            if not self._is_secret_next:
                self._user, self._is_secret_next = from_bytes(_decode(line)), True
                return
        else:
            self._user = self._user_of(line)
        if self._mechanism in ("ntlm", "gssapi", "gss-spnego") and not self._user:
            return  # another round comes
        is_cleartext = self._mechanism in _READABLE
        self._signing_in.begin(piece, self._user, self._mechanism, is_cleartext=is_cleartext)
        self.stop()

    def stop(self) -> None:
        """End the exchange; the server has spoken, or the client has given up."""
        self._mechanism, self._user, self._is_secret_next = "", "", False

    def _user_of(self, line: bytes) -> str:
        token = _decode(line)
        if self._mechanism == "plain":
            return plain_user(token)
        if self._mechanism == "cram-md5":
            return from_bytes(token.rpartition(b" ")[0])
        if self._mechanism == "ntlm":
            message = ntlm.find(token)
            return message.account if message else ""
        if self._mechanism in ("xoauth2", "oauthbearer"):
            name = token.split(b"\1", 1)[0]
            return from_bytes(name.partition(b"user=")[2] or name.partition(b"a=")[2].strip(b","))
        if self._mechanism.startswith("scram-"):
            fields = token.split(b",")
            return from_bytes(next((one[2:] for one in fields if one.startswith(b"n=")), b""))
        return ""


def _decode(line: bytes) -> bytes:
    try:
        return base64.b64decode(line.strip() + b"==")
    except (binascii.Error, ValueError):
        return b""

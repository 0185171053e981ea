"""Reads the beginning of mail conversations: who signs in to SMTP, POP3 and IMAP, up to the mail itself.

Before this on the path: ``conversations.py``. After it: ``Login`` records. After STARTTLS the TLS reader reads on.
"""

from __future__ import annotations

import re

from detectors.telemetry.readers.base import MAYBE, NO, SURE, Ends, Notes, Piece
from detectors.telemetry.readers.lines import LineReader, words
from detectors.telemetry.readers.sasl import SaslExchange
from detectors.telemetry.readers.signing_in import SigningIn
from detectors.telemetry.readers.texts import from_bytes

SMTP_PORTS, POP_PORT, IMAP_PORT = (25, 587, 2525), 110, 143
_NAMES_SMTP = re.compile(rb"220[ -][^\n]{0,400}(SMTP|mail|postfix|exim)", re.IGNORECASE)
_SAYS_HELLO = (b"EHLO ", b"HELO ", b"ehlo ", b"helo ", b"LHLO ")
_QUOTED = re.compile(rb'"((?:[^"\\]|\\.){0,256})"')
_LITERAL = re.compile(rb"\{(\d{1,4})\+?\}$")


class _MailReader(LineReader):
    """What the three have in common."""

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the greeting."""
        super().__init__(ends, notes)
        self._signing_in = SigningIn(self, self.service)
        self._sasl = SaslExchange(self._signing_in)
        self._wants_tls = False

    def close(self) -> None:
        """Write down a try that was never answered."""
        self._signing_in.settle("unknown")


class SmtpReader(_MailReader):
    """Mail on its way (RFC 5321, 4954)."""

    service = "smtp"

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:
        """Know the client's hello, a greeting that says mail, and a greeting on a port of mail."""
        if piece.is_from_client:
            return SURE if piece.data.startswith(_SAYS_HELLO) else NO
        if _NAMES_SMTP.match(piece.data):
            return SURE
        return MAYBE if ends.server_port in SMTP_PORTS and piece.data[:3].isdigit() else NO

    def take_line(self, line: bytes, piece: Piece) -> None:
        """Read a command, a part of a sign-in, or an answer."""
        if not piece.is_from_client:
            self._answer(line)
        elif self._sasl.is_running:
            self._sasl.take_line(line, piece)
        else:
            command, *rest = words(line, 3)
            self._wants_tls = command == b"STARTTLS"
            if command == b"AUTH" and rest:
                self._sasl.start(rest[0], rest[1] if len(rest) > 1 else b"", piece)
            elif command in (b"DATA", b"BDAT"):
                self.is_done = True

    def _answer(self, line: bytes) -> None:
        code = line[:3]
        if not code.isdigit() or line[3:4] == b"-":
            return
        if code == b"220" and self._wants_tls:
            self.go_dark()
        elif code != b"334":
            self._sasl.stop()
            if self._signing_in.is_open:
                self._signing_in.settle("ok" if code == b"235" else "failed")


class PopReader(_MailReader):
    """Mail that is fetched (RFC 1939, 5034, 2595)."""

    service = "pop3"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the greeting."""
        super().__init__(ends, notes)
        self._user = ""

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:
        """Know the server's word for yes, and commands on its port."""
        if not piece.is_from_client:
            return SURE if piece.data.startswith((b"+OK ", b"+OK\r")) else NO
        return SURE if ends.server_port == POP_PORT and piece.data[:5] in (b"USER ", b"APOP ", b"CAPA\r") else NO

    def take_line(self, line: bytes, piece: Piece) -> None:
        """Read a command, a part of a sign-in, or an answer."""
        if not piece.is_from_client:
            self._answer(line)
        elif self._sasl.is_running:
            self._sasl.take_line(line, piece)
        else:
            self._command(words(line, 3), piece)

    def _command(self, parts: list[bytes], piece: Piece) -> None:
        command, *rest = parts
        self._wants_tls = command == b"STLS"
        if command == b"USER" and rest:
            self._user = from_bytes(rest[0])
        elif command == b"PASS":
            self._signing_in.begin(piece, self._user, "plain")
        elif command == b"APOP" and rest:
            self._signing_in.begin(piece, from_bytes(rest[0]), "apop", is_cleartext=False)
        elif command == b"AUTH" and rest:
            self._sasl.start(rest[0], rest[1] if len(rest) > 1 else b"", piece)
        elif command in (b"RETR", b"TOP", b"LIST", b"UIDL"):
            self.is_done = True

    def _answer(self, line: bytes) -> None:
        is_yes, is_no = line.startswith(b"+OK"), line.startswith(b"-ERR")
        if is_yes and self._wants_tls:
            self.go_dark()
        elif is_yes or is_no:
            self._sasl.stop()
            self._signing_in.settle("ok" if is_yes else "failed")


class ImapReader(_MailReader):
    """Mail that stays on the server (RFC 3501)."""

    service = "imap"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the greeting."""
        super().__init__(ends, notes)
        self._tag = b""
        self._is_name_next = False

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:
        """Know the greeting, and a sign-in on its port."""
        if not piece.is_from_client:
            return SURE if piece.data.startswith((b"* OK", b"* PREAUTH")) else NO
        parts = words(piece.data, 3)
        is_ours = ends.server_port == IMAP_PORT and len(parts) > 1
        return SURE if is_ours and parts[1].upper() in (b"LOGIN", b"CAPABILITY", b"AUTHENTICATE") else NO

    def take_line(self, line: bytes, piece: Piece) -> None:
        """Read a command, a part of a sign-in, or an answer."""
        if not piece.is_from_client:
            self._answer(line)
        elif self._sasl.is_running:
            self._sasl.take_line(line, piece)
        elif self._is_name_next:
            self._is_name_next = False
            self._signing_in.begin(piece, _name(line), "login")
        else:
            self._command(line.split(None, 3), piece)

    def _command(self, parts: list[bytes], piece: Piece) -> None:
        if len(parts) < 2:  # noqa: PLR2004 - tag and command
            return
        tag, command, *rest = parts
        command = command.upper()
        self._wants_tls = command == b"STARTTLS"
        if command == b"LOGIN" and rest:
            self._tag = tag
            self._is_name_next = bool(_LITERAL.match(rest[0]))
            if not self._is_name_next:
                self._signing_in.begin(piece, _name(b" ".join(rest)), "login")
        elif command == b"AUTHENTICATE" and rest:
            self._tag = tag
            self._sasl.start(rest[0], rest[1] if len(rest) > 1 else b"", piece)
        elif command == b"STARTTLS":
            self._tag = tag
        elif command in (b"SELECT", b"EXAMINE", b"UID", b"FETCH"):
            self.is_done = True

    def _answer(self, line: bytes) -> None:
        tag, *rest = line.split(None, 2)[:2] or [b""]
        if not rest or tag != self._tag:
            return
        is_yes = rest[0].upper() == b"OK"
        if is_yes and self._wants_tls:
            self.go_dark()
        else:
            self._sasl.stop()
            self._signing_in.settle("ok" if is_yes else "failed")


def _name(arguments: bytes) -> str:
    """Read the first argument, quoted or bare; the second one is the secret."""
    quoted = _QUOTED.match(arguments)
    return from_bytes(quoted[1] if quoted else (arguments.split(None, 1) or [b""])[0])

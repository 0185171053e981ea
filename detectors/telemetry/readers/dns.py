"""Names that are asked for: DNS over UDP and TCP, mDNS, LLMNR and NetBIOS.

Before this on the path: ``dialogue.py`` feeds datagrams, or the stream of a TCP connection. After it: ``DnsMessage``
records, one a message.
"""

from __future__ import annotations

from typing import ClassVar

from detectors.contract.conversations import DnsMessage
from detectors.contract.traffic import TCP
from detectors.telemetry.readers.base import MAYBE, NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.dns_message import HEADER_BYTES, DnsDamage, Parsed, read_message

TRANSPORTS = {53: "", 5353: "mdns", 5355: "llmnr", 137: "nbns"}
"""Port -> how the record calls it; plain DNS is called by its transport."""
MAX_STANDARD_OPCODE = 8
"""NetBIOS uses 5 to 8 for registration and refresh; DNS itself 0 to 6."""
IN, ANY, UNICAST_BIT = 1, 255, 0x8000
_PSEUDO_TYPES = range(249, 258)
_LAST_PLAIN_TYPE = 65


class DnsReader(Reader):
    """Reads messages; over TCP each has its length in front."""

    service: ClassVar[str] = "dns"

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:
        """See the port and a sound message, or elsewhere a message that cannot be anything else."""
        data = piece.data[2:] if ends.protocol == TCP else piece.data
        is_known_port = ends.server_port in TRANSPORTS or ends.client_port in TRANSPORTS
        if len(data) < HEADER_BYTES or not (is_known_port or _could_be(data)):
            return NO
        try:
            parsed = read_message(data, is_netbios=False)
        except DnsDamage:
            return NO
        if is_known_port:
            return SURE if parsed.opcode <= MAX_STANDARD_OPCODE and (parsed.questions or parsed.records) else NO
        return MAYBE if _is_unmistakable(parsed, data) else NO

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin with nothing read."""
        super().__init__(ends, notes)
        name = TRANSPORTS.get(ends.server_port) or TRANSPORTS.get(ends.client_port) or ""
        self._transport = name or ("tcp" if ends.protocol == TCP else "udp")
        self._begun = [b"", b""]

    @property
    def name(self) -> str:
        """Tell the dialect: ``dns``, ``mdns``, ``llmnr`` or ``nbns``."""
        return "dns" if self._transport in {"udp", "tcp"} else self._transport

    @property
    def held_bytes(self) -> int:
        """Count the messages that have not come whole."""
        return len(self._begun[0]) + len(self._begun[1])

    def feed(self, piece: Piece) -> None:
        """Read one datagram, or what a stream has brought."""
        if self.ends.protocol == TCP:
            self._feed_stream(piece)
        else:
            self._read(piece.data, piece)

    def _feed_stream(self, piece: Piece) -> None:
        side = piece.is_from_client
        data = piece.data if piece.is_after_gap else self._begun[side] + piece.data
        at = 0
        while len(data) - at > 2:  # noqa: PLR2004 - the length in front
            size = int.from_bytes(data[at : at + 2])
            if at + 2 + size > len(data):
                break
            self._read(data[at + 2 : at + 2 + size], piece)
            at += 2 + size
        self._begun[side] = data[at:]

    def _read(self, data: bytes, piece: Piece) -> None:
        try:
            parsed = read_message(data, is_netbios=self._transport == "nbns")
        except DnsDamage:
            self.notes.malformed += 1
            return
        ends = self.ends
        is_asked_by_client = piece.is_from_client != parsed.is_response
        client, server = (ends.client, ends.server) if is_asked_by_client else (ends.server, ends.client)
        self.notes.add(
            DnsMessage(
                flow=ends.flow,
                record=piece.record,
                at_s=piece.at_s,
                client=client,
                server=server,
                transport=self._transport,
                is_response=parsed.is_response,
                rcode=parsed.rcode,
                name=parsed.name,
                qtype=parsed.qtype,
                size_bytes=len(data),
                answers=parsed.answers,
                questions=parsed.questions,
                answer_bytes=len(data) - parsed.question_end,
            )
        )


def _could_be(data: bytes) -> bool:
    """Look at the header alone: one question, the standard opcode, the zero bit, a first label of sound length."""
    has_plain_flags = not data[2] & 0x78 and not data[3] & 0x40
    return data[4:6] == b"\0\1" and has_plain_flags and b"\0" < data[12:13] < b"\x40"


def _is_unmistakable(parsed: Parsed, data: bytes) -> bool:
    is_plain_type = 0 < parsed.qtype <= _LAST_PLAIN_TYPE or parsed.qtype in _PSEUDO_TYPES
    is_internet = parsed.qclass & ~UNICAST_BIT in {IN, ANY}
    if not (is_plain_type and is_internet and parsed.name and "\\x" not in parsed.name):
        return False
    if parsed.is_response:
        return bool(parsed.answers) or (not parsed.records and parsed.question_end == len(data))
    return parsed.records <= 1 and not parsed.answers

"""Knows a few protocols by name, so that nothing else is made of them.

Before this on the path: ``conversations.py``. After it: ``FlowTable.service``, and no records.
"""

from __future__ import annotations

import re

from detectors.contract.traffic import UDP
from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader

_SIP = re.compile(rb"(INVITE|REGISTER|OPTIONS|ACK|BYE|CANCEL|SUBSCRIBE|NOTIFY|MESSAGE) sips?:|SIP/2\.0 ")
_RTSP = re.compile(rb"(OPTIONS|DESCRIBE|SETUP|PLAY|TEARDOWN|ANNOUNCE) rtsp://|RTSP/1\.0 ")
_SSDP = re.compile(rb"(M-SEARCH|NOTIFY) \* HTTP/1\.1")
_BITTORRENT = b"\x13BitTorrent protocol"
_STUN_COOKIE, _DHCP_COOKIE = b"\x21\x12\xa4\x42", b"\x63\x82\x53\x63"
_STUN_HEAD, _NTP_BYTES, _DHCP_COOKIE_AT = 20, 48, 236
NTP_PORT, SYSLOG_PORT, TFTP_PORT = 123, 514, 69
DHCP6_PORTS = {546, 547}


def name_of(data: bytes, ends: Ends) -> str:
    """Name the protocol that begins so; empty for none of these."""
    for name, pattern in (("sip", _SIP), ("rtsp", _RTSP)):
        if pattern.match(data):
            return name
    if ends.protocol == UDP:
        return _name_of_datagram(data, ends)
    return "bittorrent" if data.startswith(_BITTORRENT) else ""


def _name_of_datagram(data: bytes, ends: Ends) -> str:
    ports = {ends.client_port, ends.server_port}
    shapes = {
        "ssdp": bool(_SSDP.match(data)),
        "stun": len(data) >= _STUN_HEAD and data[0] < 4 and data[4:8] == _STUN_COOKIE,  # noqa: PLR2004 - two zero bits
        "dhcp": data[_DHCP_COOKIE_AT : _DHCP_COOKIE_AT + 4] == _DHCP_COOKIE or bool(ports & DHCP6_PORTS),
        "ntp": NTP_PORT in ports and len(data) >= _NTP_BYTES and 1 <= data[0] >> 3 & 7 <= 4,  # noqa: PLR2004 - versions
        "tftp": ends.server_port == TFTP_PORT and data[:1] == b"\0",
        "syslog": ends.server_port == SYSLOG_PORT and data[:1] == b"<",
    }
    return next((name for name, is_so in shapes.items() if is_so), "")


class NamedReader(Reader):
    """Any of them."""

    service = "other"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin without a name."""
        super().__init__(ends, notes)
        self._name = ""

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:
        """Know what has a name here."""
        return SURE if name_of(piece.data, ends) else NO

    @property
    def name(self) -> str:
        """Tell which one it is."""
        return self._name or self.service

    def feed(self, piece: Piece) -> None:
        """Learn the name, and want nothing more."""
        self._name = self._name or name_of(piece.data, self.ends)
        self.is_done = bool(self._name)

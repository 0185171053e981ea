"""Reads DCE/RPC that stands for itself: over TCP (also behind the banner of RPC over HTTP), and as datagrams over UDP.

Before this on the path: ``conversations.py``, by content. After it: ``RpcCall`` records.
"""

from __future__ import annotations

import struct

from detectors.contract.conversations import RpcCall
from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.rpc_talk import BANNER, STUB_BYTES, RpcTalk, interface_name, measure

_DATAGRAM_VERSION = 4
_DATAGRAM_HEAD = 80
_STREAM_HEAD = 16
_LAST_DATAGRAM_KIND = 10
_REQUEST = 0
_LITTLE = 0x10
_PRIVACY = 6
"""The head tells who vouches for a call, not whether it is sealed: its stub is taken for readable only without."""


def is_rpc_datagram(data: bytes) -> bool:
    """Tell whether a datagram is DCE/RPC version 4 (C706, 12.5)."""
    return (
        len(data) >= _DATAGRAM_HEAD
        and data[0] == _DATAGRAM_VERSION
        and data[1] <= _LAST_DATAGRAM_KIND
        and data[4] & 0xEF == 0
        and data[5] <= 3  # noqa: PLR2004 - four kinds of floating point numbers
        and data[3] & 0xFC == 0
    )


class RpcReader(Reader):
    """One association over TCP."""

    service = "dcerpc"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        super().__init__(ends, notes)
        self._talk = RpcTalk(self, pass_over=lambda size, side: self.skip(size, is_from_client=side))

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know the head of a fragment, or the banner of RPC over HTTP."""
        data = piece.data
        if data.startswith(BANNER):
            return SURE
        is_head = len(data) >= _STREAM_HEAD and measure(data) >= _STREAM_HEAD
        return SURE if is_head and data[4] & ~_LITTLE == 0 and data[5:8] == b"\0\0\0" else NO

    @property
    def held_bytes(self) -> int:
        """Tell how many bytes wait for more."""
        return self._talk.held_bytes

    def feed(self, piece: Piece) -> None:
        """Take the next bytes of one side."""
        self._talk.feed(piece)

    def close(self) -> None:
        """Write down the calls that were never answered."""
        self._talk.close()


class RpcDatagramReader(Reader):
    """Calls over UDP: each says its interface itself."""

    service = "dcerpc"

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know the head of a datagram."""
        return SURE if is_rpc_datagram(piece.data) else NO

    def feed(self, piece: Piece) -> None:
        """Read one datagram."""
        data = piece.data
        if not is_rpc_datagram(data) or data[1] != _REQUEST:
            return
        order = "<" if data[4] & _LITTLE else ">"
        version, _, opnum = struct.unpack_from(order + "IIH", data, 60)
        auth_type = data[78]
        self.notes.add(
            RpcCall(
                flow=self.ends.flow,
                record=piece.record,
                at_s=piece.at_s,
                client=self.ends.client,
                server=self.ends.server,
                kind="request",
                interface=interface_name(data[24:40], order),
                version=f"{version & 0xFFFF}.{version >> 16}",
                opnum=opnum,
                pipe="",
                auth_level=_PRIVACY if auth_type else 0,
                auth_type=auth_type,
                stub_head=b"" if auth_type else data[_DATAGRAM_HEAD : _DATAGRAM_HEAD + STUB_BYTES],
            )
        )

"""Gathers what the small protocols of a local network say: ARP, ICMP, DHCP, router advertisements, busy seconds.

Before this on the path: ``packets.py``. After it: ``traffic_reader.py``, which puts the tables into ``Traffic``.
Everything here has a bound, and what does not fit is counted: a flood must not cost memory.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from detectors.contract.conversations import DhcpMessage, RouterAdvert
from detectors.contract.traffic import ICMP, ICMP6, UDP, ArpTable, BusyTable, IcmpTable
from detectors.telemetry.addresses import AddressBook
from detectors.telemetry.adverts import read_advert
from detectors.telemetry.busy import BusySeconds
from detectors.telemetry.dhcp import mac_text, read_dhcp, read_dhcp6
from detectors.telemetry.frames import ARP, IP4
from detectors.telemetry.payload_shape import shape_heads
from detectors.telemetry.pieces import Window, layout
from detectors.telemetry.raw_packets import PacketColumns, RawPackets

MAX_ROWS = 200_000
"""Of one table (``contract.traffic``)."""
MAX_MESSAGES = 20_000
"""DHCP messages, and as many advertisements."""
HEAD_BYTES = 64
"""Of an ICMP payload that are compared."""
_MAX_MESSAGE_BYTES = 4096
_ADVERT = 134
_ICMP_BYTES = 8
_DHCP_PORTS, _DHCP6_PORTS = (67, 68), (546, 547)
_ARP_PACKET = layout(
    28, maker=(2, ">u2"), sizes=(4, ">u2"), operation=(6, ">u2"), sender_mac=(8, ">u8"), sender=(14, "u4"),
    target_mac=(18, ">u8"), target=(24, "u4"),
)  # fmt: skip
_ARP_SIZES = 0x0604
"""Bytes of a hardware address and of an IPv4 address."""
_FACTORS = np.random.default_rng(1).integers(1, 1 << 63, HEAD_BYTES // 8 + 1, np.uint64) | np.uint64(1)
"""Of the hash of payloads, the same in every run."""

_T = TypeVar("_T", ArpTable, IcmpTable)


class _Kept(Generic[_T]):
    """A table that grows up to a bound."""

    def __init__(self, blank: _T) -> None:
        self._parts: list[_T] = [blank]
        self.rows = 0
        self.dropped = 0

    def choose(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Take as many rows as have room, and count the others."""
        room = MAX_ROWS - self.rows
        self.dropped += max(len(rows) - room, 0)
        return rows[:room]

    def add(self, part: _T) -> None:
        self._parts.append(part)
        self.rows += len(part)

    def table(self) -> _T:
        """Give all parts as one table."""
        kind = type(self._parts[0])
        names = kind.__dataclass_fields__
        columns = {name: np.concatenate([getattr(part, name) for part in self._parts]) for name in names}
        self._parts = [kind(**columns)]
        return self._parts[0]


@dataclass(frozen=True, slots=True)
class LanTables:
    """What ``Traffic`` takes over."""

    arps: ArpTable
    icmps: IcmpTable
    busy: BusyTable
    dhcp: tuple[DhcpMessage, ...]
    adverts: tuple[RouterAdvert, ...]
    dropped: int
    """Rows and messages that found no room."""


class LanReader:
    """Takes one window after the other."""

    def __init__(self, addresses: AddressBook) -> None:
        """Share the rows of addresses with the flows."""
        self._addresses = addresses
        self._arps = _Kept(ArpTable.blank())
        self._icmps = _Kept(IcmpTable.blank())
        self._busy = BusySeconds()
        self._dhcp: list[DhcpMessage] = []
        self._adverts: list[RouterAdvert] = []
        self._dropped = 0

    def take(self, raw: RawPackets, columns: PacketColumns) -> None:
        """Read one window."""
        self._take_arps(raw, columns)
        self._take_icmps(raw, columns)
        self._take_dhcp(raw, columns)
        self._take_adverts(raw, columns)
        self._busy.take(raw, columns)

    def tables(self) -> LanTables:
        """Give everything read so far."""
        arps, icmps, busy = self._arps.table(), self._icmps.table(), self._busy.table(self._addresses)
        dropped = self._dropped + self._arps.dropped + self._icmps.dropped + self._busy.dropped
        return LanTables(arps, icmps, busy, tuple(self._dhcp), tuple(self._adverts), dropped)

    def _take_arps(self, raw: RawPackets, columns: PacketColumns) -> None:
        rows = np.flatnonzero(columns.ethertype == ARP)
        rows = rows[columns.body[rows] + _ARP_PACKET.itemsize <= raw.start[rows] + raw.captured[rows]]
        heads = Window(raw.data, columns).read(columns.body[rows], _ARP_PACKET)
        is_sound = (heads["maker"] == IP4) & (heads["sizes"] == _ARP_SIZES)
        rows, heads = self._arps.choose(rows[is_sound]), heads[is_sound]
        heads = heads[: len(rows)]
        if not len(rows):
            return
        part = ArpTable(
            record=raw.number[rows].copy(),
            at_s=raw.at_s[rows].copy(),
            operation=np.minimum(heads["operation"], 255).astype(np.uint8),
            sender_mac=(heads["sender_mac"] >> 16).astype(np.uint64),
            sender=self._rows_of_ip4(heads["sender"]),
            target_mac=(heads["target_mac"] >> 16).astype(np.uint64),
            target=self._rows_of_ip4(heads["target"]),
            frame_source=columns.frame_source[rows],
            frame_target=columns.frame_target[rows],
        )
        self._arps.add(part)

    def _rows_of_ip4(self, addresses: NDArray[Any]) -> NDArray[np.int32]:
        packed = np.zeros((len(addresses), 4), np.uint32)
        packed[:, 0] = addresses
        return self._addresses.rows_of(packed.view(np.uint8), np.full(len(addresses), 4, np.uint8))

    def _take_icmps(self, raw: RawPackets, columns: PacketColumns) -> None:
        is_old = (columns.protocol == ICMP) & (columns.family == 4)  # noqa: PLR2004 - versions of IP
        is_new = (columns.protocol == ICMP6) & (columns.family == 6)  # noqa: PLR2004
        rows = self._icmps.choose(np.flatnonzero((is_old | is_new) & ~columns.is_later_fragment))
        if not len(rows):
            return
        families, starts, lengths = columns.family[rows], columns.payload[rows], columns.payload_there[rows]
        part = IcmpTable(
            record=raw.number[rows].copy(),
            at_s=raw.at_s[rows].copy(),
            source=self._addresses.rows_of(columns.source[rows], families),
            target=self._addresses.rows_of(columns.target[rows], families),
            family=families,
            kind=columns.source_port[rows].astype(np.uint8),
            code=columns.target_port[rows].astype(np.uint8),
            ident=(columns.sequence[rows] >> 16).astype(np.uint16),
            sequence=(columns.sequence[rows] & 0xFFFF).astype(np.uint16),
            payload_bytes=columns.payload_bytes[rows],
            payload_hash=hash_heads(Window(raw.data, columns), starts, lengths),
            payload_entropy=shape_heads(raw.data, starts, lengths)[0],
        )
        self._icmps.add(part)

    def _take_dhcp(self, raw: RawPackets, columns: PacketColumns) -> None:
        is_udp = (columns.protocol == UDP) & ~columns.is_later_fragment & (columns.payload_there > 0)
        for ports, family, read in ((_DHCP_PORTS, 4, read_dhcp), (_DHCP6_PORTS, 6, read_dhcp6)):
            is_meant = is_udp & (columns.family == family)
            is_meant &= (columns.target_port == ports[0]) | (columns.target_port == ports[1])
            for row in self._bounded(np.flatnonzero(is_meant), len(self._dhcp)):
                data = _payload(raw, columns, row)
                message = read(data, int(raw.number[row]), float(raw.at_s[row]), _sender(columns, row))
                if message is not None:
                    self._dhcp.append(message)

    def _take_adverts(self, raw: RawPackets, columns: PacketColumns) -> None:
        is_advert = (columns.protocol == ICMP6) & (columns.family == 6) & (columns.source_port == _ADVERT)  # noqa: PLR2004
        is_advert &= columns.payload_there > 0
        for row in self._bounded(np.flatnonzero(is_advert), len(self._adverts)):
            data = _payload(raw, columns, row, before=_ICMP_BYTES)
            mac = mac_text(int(columns.frame_source[row]).to_bytes(8)[2:])
            advert = read_advert(data, int(raw.number[row]), float(raw.at_s[row]), _sender(columns, row), mac)
            if advert is not None:
                self._adverts.append(advert)

    def _bounded(self, rows: NDArray[np.int64], kept: int) -> list[int]:
        """Choose as many as may still be read; the others are counted."""
        room = max(MAX_MESSAGES - kept, 0)
        self._dropped += max(len(rows) - room, 0)
        chosen: list[int] = rows[:room].tolist()
        return chosen


def hash_heads(window: Window, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Give equal payload heads equal numbers.

    Args:
        window: Where the bytes are.
        starts: [n] offset of each payload.
        lengths: [n] bytes that are there.

    Returns:
        uint64 [n] of the first 64 bytes; 0 without payload.
    """
    sizes = np.minimum(lengths, HEAD_BYTES)
    heads = window.read(starts, layout(HEAD_BYTES, head=(0, f"V{HEAD_BYTES}"))).view(np.uint8).reshape(-1, HEAD_BYTES)
    heads[np.arange(HEAD_BYTES) >= sizes[:, np.newaxis]] = 0
    sums = (heads.view("<u8") * _FACTORS[:-1]).sum(axis=1, dtype=np.uint64) + sizes.astype(np.uint64) * _FACTORS[-1]
    mixed: NDArray[np.uint64] = sums ^ (sums >> np.uint64(29))
    return np.where(sizes > 0, mixed, np.uint64(0))


def _payload(raw: RawPackets, columns: PacketColumns, row: int, before: int = 0) -> bytes:
    start = int(columns.payload[row])
    return raw.data[start - before : start + min(int(columns.payload_there[row]), _MAX_MESSAGE_BYTES)].tobytes()


def _sender(columns: PacketColumns, row: int) -> str:
    size = 4 if columns.family[row] == 4 else 16  # noqa: PLR2004 - bytes of an address
    return str(ipaddress.ip_address(columns.source[row, :size].tobytes()))

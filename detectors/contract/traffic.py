"""What was seen on a network: flows in columns, and beside them what was read in names and contents.

Before this on the path: ``telemetry`` (``flows.py`` and its neighbours). After it: detectors, which judge a whole
``Traffic`` at once. The only room of the contract that loads numpy, so the window never imports it.
Rows of one table belong together by their place; times are seconds since 1970 (float64), sizes are bytes on the wire.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detectors.contract.baseline import LocalPicture, Meter, hidden
from detectors.contract.conversations import (
    DhcpMessage,
    DnsMessage,
    HttpExchange,
    KerberosMessage,
    LdapMessage,
    Login,
    Opening,
    RouterAdvert,
    RpcCall,
    SmbCall,
    StreamSign,
    TlsSession,
)
from detectors.contract.finding import Evidence, Finding, FoundBy, Severity, Subject

if TYPE_CHECKING:
    from detectors.contract.detector import Detector

Bits: TypeAlias = NDArray[np.bool_]
Bytes8: TypeAlias = NDArray[np.uint8]
Words: TypeAlias = NDArray[np.uint16]
Places: TypeAlias = NDArray[np.int32]
Counts: TypeAlias = NDArray[np.int64]
Macs: TypeAlias = NDArray[np.uint64]
Times: TypeAlias = NDArray[np.float64]
Shares: TypeAlias = NDArray[np.float32]

TCP, UDP, ICMP, ICMP6, SCTP = 6, 17, 1, 58, 132
FIN, SYN, RST, PSH, ACK, URG = 1, 2, 4, 8, 16, 32
MAX_RECORDS = 1_000
"""Packet numbers a finding keeps."""
FIRST_RECORDS = 8
"""Packet numbers a flow keeps."""
CLOSED_BY = ("open", "fin", "rst", "idle", "active", "evicted", "end")
"""What ``FlowTable.closed_by`` counts."""


class Addresses:
    """Every internet address met, once. Columns hold its row here."""

    def __init__(self, packed: Bytes8, families: Bytes8) -> None:
        """Take addresses as they travel.

        Args:
            packed: [n, 16]; an IPv4 address fills the first four bytes, the rest is zero.
            families: [n]; 4 or 6.
        """
        self.packed = packed
        self.families = families
        self._texts: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self.families)

    def text(self, row: int) -> str:
        """Write one address as people do."""
        known = self._texts.get(row)
        if known is None:
            size = 4 if self.families[row] == 4 else 16  # noqa: PLR2004 - bytes of an address
            known = self._texts[row] = str(ipaddress.ip_address(self.packed[row, :size].tobytes()))
        return known

    @cached_property
    def is_private(self) -> Bits:
        """Tell for each row whether it belongs to a home or office network, or to this computer itself."""
        answer = self._tell_six(lambda one: one.is_private or one.is_link_local or one.is_loopback)
        numbers = self._numbers[:, None]
        answer[self._four] = ((numbers >= _PRIVATE_FOUR[:, 0]) & (numbers <= _PRIVATE_FOUR[:, 1])).any(axis=1)
        return answer & ~self._is_multicast

    @cached_property
    def is_group(self) -> Bits:
        """Tell for each row whether it stands for many: multicast, broadcast (also x.x.x.255), unspecified."""
        answer = self._tell_six(lambda one: one.is_unspecified)
        answer[self._four] = (self._numbers == 0) | (self._numbers & 255 == 255)  # noqa: PLR2004 - the last byte
        return answer | self._is_multicast

    @cached_property
    def _is_multicast(self) -> Bits:
        first = self.packed[:, 0]
        multicast: Bits = np.where(self.families == 4, first & 0xF0 == 0xE0, first == 0xFF)  # noqa: PLR2004 - version
        return multicast

    @cached_property
    def _four(self) -> NDArray[np.int64]:
        """List the rows of IPv4 addresses."""
        return np.flatnonzero(self.families == 4)  # noqa: PLR2004 - version

    @cached_property
    def _numbers(self) -> NDArray[np.int64]:
        """Give those addresses as numbers: a large network has too many for a loop."""
        return np.ascontiguousarray(self.packed[self._four, :4]).view(">u4").ravel().astype(np.int64)

    def _tell_six(self, question: Any) -> Bits:
        """Ask about each IPv6 address; the other rows are False."""
        answer = np.zeros(len(self), bool)
        for row in np.flatnonzero(self.families != 4).tolist():  # noqa: PLR2004 - version
            answer[row] = question(ipaddress.IPv6Address(self.packed[row].tobytes()))
        return answer


_PRIVATE_FOUR = np.array(
    [
        (int(one.network_address), int(one.broadcast_address))
        for one in map(
            ipaddress.IPv4Network,
            [
                "0.0.0.0/8",
                "10.0.0.0/8",
                "127.0.0.0/8",
                "169.254.0.0/16",
                "172.16.0.0/12",
                "192.0.0.0/24",
                "192.0.2.0/24",
                "192.168.0.0/16",
                "198.18.0.0/15",
                "198.51.100.0/24",
                "203.0.113.0/24",
                "240.0.0.0/4",
            ],
        )
    ],
    np.int64,
)
"""First and last address of the networks that are not the internet (IANA's registry of special addresses)."""


_DTYPES: dict[str, Any] = {
    "Bits": np.bool_, "Bytes8": np.uint8, "Words": np.uint16, "Places": np.int32, "Counts": np.int64,
    "Macs": np.uint64, "Times": np.float64, "Shares": np.float32,
}  # fmt: skip
"""Annotation of a column -> what it holds."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Columns of equal length."""

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))

    def take(self, rows: NDArray[Any]) -> Self:
        """Choose rows, by place or by mask."""
        return type(self)(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})

    @classmethod
    def blank(cls, rows: int = 0) -> Self:
        """Make a table of zeros."""
        shapes = {"records": (rows, FIRST_RECORDS)}
        return cls(**{one.name: np.zeros(shapes.get(one.name, rows), _DTYPES[str(one.type)]) for one in fields(cls)})


@dataclass(frozen=True, slots=True)
class FlowTable(_Table):
    """One row a conversation between two ends. The *client* is the one who called; ``out`` is client to server."""

    client: Places
    """Row in ``Traffic.addresses``."""
    server: Places
    client_port: Words
    """ICMP: the type of the first packet."""
    server_port: Words
    """ICMP: the code of the first packet."""
    protocol: Bytes8
    """IP protocol number."""
    client_mac: Macs
    """Hardware address of the first packet's sender; 0 unknown. Behind a router it is the router's."""
    server_mac: Macs
    started_s: Times
    ended_s: Times
    out_packets: Counts
    in_packets: Counts
    out_bytes: Counts
    """IP length on the wire, headers included."""
    in_bytes: Counts
    out_payload_bytes: Counts
    in_payload_bytes: Counts
    out_payload_packets: Counts
    in_payload_packets: Counts
    first_flags: Bytes8
    """TCP flags of the first packet."""
    out_flags: Bytes8
    """All flags seen, joined."""
    in_flags: Bytes8
    out_syns: Counts
    in_resets: Counts
    out_resets: Counts
    unreachables: Counts
    """ICMP answers saying that this flow does not get through."""
    repeats: Counts
    """TCP payload packets whose bytes had been seen (retransmissions)."""
    out_size_min: Counts
    """Smallest IP length; 0 without packets."""
    out_size_max: Counts
    in_size_min: Counts
    in_size_max: Counts
    out_size_squares: Times
    """Sum of squared IP lengths, for the spread."""
    in_size_squares: Times
    gap_min_s: Times
    """Shortest time between two packets of the flow; 0 for one packet."""
    gap_max_s: Times
    gap_squares: Times
    """Sum of squared gaps; their sum is ``ended_s - started_s``."""
    out_ttl: Bytes8
    """Time to live (hop limit) of the first packet from the client; 0 unseen."""
    in_ttl: Bytes8
    out_window: Words
    """TCP window of the client's first packet."""
    out_head_entropy: Shares
    """Bits per byte of the client's first 64 payload bytes; -1 without payload."""
    in_head_entropy: Shares
    out_head_printable: Shares
    """Share of printable ASCII in the same bytes; -1 without payload."""
    in_head_printable: Shares
    is_midstream: Bits
    """TCP whose beginning was not seen."""
    closed_by: Bytes8
    """Place in ``CLOSED_BY``."""
    service: Places
    """Place in ``Traffic.services``: what the content says it is; 0 unknown."""
    program: Places
    """Place in ``Traffic.programs``: who owns it on this computer; 0 unknown."""
    records: Counts
    """[n, 8] numbers of the first packets, 0 for none."""
    last_record: Counts

    @property
    def duration_s(self) -> Times:
        """Time from first to last packet."""
        return self.ended_s - self.started_s

    @property
    def is_answered(self) -> Bits:
        """True where the other side said anything but "no": a SYN-ACK, or payload, or any packet that is no TCP."""
        is_tcp = self.protocol == TCP
        agreed = (self.in_flags & (SYN | ACK)) == (SYN | ACK)
        return np.where(
            is_tcp, agreed & (self.in_packets > self.in_resets) | (self.in_payload_bytes > 0), self.in_packets > 0
        )


@dataclass(frozen=True, slots=True)
class TurnTable(_Table):
    """When a client speaks after a second of its own silence, within one flow: the rhythm of a kept-open connection.

    The first payload of a flow is a turn. At most 500 a flow.
    """

    flow: Places
    """Row in ``Traffic.flows``."""
    at_s: Times
    record: Counts
    payload_bytes: Counts
    """Of that packet."""


@dataclass(frozen=True, slots=True)
class ArpTable(_Table):
    """ARP packets, at most 200,000."""

    record: Counts
    at_s: Times
    operation: Bytes8
    """1 who has, 2 is at."""
    sender_mac: Macs
    sender: Places
    """Row in ``Traffic.addresses``."""
    target_mac: Macs
    target: Places
    frame_source: Macs
    """Hardware address in the frame, where there is one."""
    frame_target: Macs


@dataclass(frozen=True, slots=True)
class IcmpTable(_Table):
    """ICMP and ICMPv6 packets, at most 200,000."""

    record: Counts
    at_s: Times
    source: Places
    target: Places
    family: Bytes8
    """4 or 6."""
    kind: Bytes8
    """ICMP type: 8 and 0 are echo (128 and 129 in version 6)."""
    code: Bytes8
    ident: Words
    sequence: Words
    payload_bytes: Counts
    payload_hash: Macs
    """Of the first 64 payload bytes: equal payloads have equal hashes."""
    payload_entropy: Shares
    """Bits per byte of the same; -1 without payload."""


@dataclass(frozen=True, slots=True)
class BusyTable(_Table):
    """Seconds in which one address received at least 100 packets."""

    second: Counts
    """Since 1970."""
    target: Places
    packets: Counts
    size_bytes: Counts
    syns: Counts
    """TCP packets that only open."""


@dataclass(frozen=True, slots=True)
class TrafficCounts:
    """What was read, and what could not be."""

    packets: int = 0
    bytes: int = 0
    """On the wire."""
    flows: int = 0
    not_ip: int = 0
    """Well-formed, but nothing we look into."""
    malformed: int = 0
    """Headers and contents that lie or end too early."""
    cut: int = 0
    """Captured shorter than sent."""
    fragments: int = 0
    """Pieces without ports."""
    unknown_links: dict[int, int] = field(default_factory=dict)
    """Link type -> packets that could not be read for it."""
    flows_evicted: int = 0
    """Flows closed early because the table was full."""
    records_dropped: int = 0
    """Names and contents not kept because a bound was reached."""
    lost: int = 0
    """Packets the system dropped before we saw them (live)."""


@dataclass(frozen=True, slots=True)
class KnownNetwork:
    """What this computer has learned to know; empty for recordings and before the learning time is over."""

    devices: frozenset[str] = frozenset()
    """Hardware addresses; in a learned picture as hashes."""
    destinations: frozenset[str] = frozenset()
    """Outside names and addresses contacted on at least three days; in a learned picture as hashes."""
    is_learned: bool = False
    """True when "new" means something."""

    def has_device(self, mac: str) -> bool:
        """Tell whether a hardware address is known."""
        return mac in self.devices or hidden(mac) in self.devices

    def has_destination(self, *names: str) -> bool:
        """Tell whether one of a destination's names and addresses is known."""
        return any(name in self.destinations or hidden(name) in self.destinations for name in names)


@dataclass(frozen=True, slots=True)
class Traffic:
    """Everything seen in one capture, or in the retained part of live traffic."""

    source: str
    """The input as it was given."""
    addresses: Addresses
    flows: FlowTable
    turns: TurnTable
    arps: ArpTable
    icmps: IcmpTable
    busy: BusyTable
    services: tuple[str, ...] = ("",)
    """``http``, ``tls``, ``dns``, ``ssh``, ``smb``, ``rdp``, ``ftp`` ...; ``FlowTable.service`` counts in it."""
    programs: tuple[str, ...] = ("",)
    dns: tuple[DnsMessage, ...] = ()
    tls: tuple[TlsSession, ...] = ()
    http: tuple[HttpExchange, ...] = ()
    smb: tuple[SmbCall, ...] = ()
    rpc: tuple[RpcCall, ...] = ()
    kerberos: tuple[KerberosMessage, ...] = ()
    ldap: tuple[LdapMessage, ...] = ()
    logins: tuple[Login, ...] = ()
    dhcp: tuple[DhcpMessage, ...] = ()
    adverts: tuple[RouterAdvert, ...] = ()
    openings: tuple[Opening, ...] = ()
    signs: tuple[StreamSign, ...] = ()
    counts: TrafficCounts = TrafficCounts()
    known: KnownNetwork = KnownNetwork()
    picture: LocalPicture = field(default_factory=LocalPicture)
    """What is usual on this computer; empty for recordings."""
    meter: Meter | None = None
    """Counts what learned models read and say; None where nothing is to be counted: recordings, looks in between."""
    is_recording: bool = True
    """False for live traffic and open sockets of this computer."""
    has_packets: bool = True
    """False when only open sockets were seen (psutil): sizes and flags are zero then."""

    @classmethod
    def blank(cls, source: str) -> Self:
        """Make one in which nothing was seen."""
        addresses = Addresses(np.zeros((0, 16), np.uint8), np.zeros(0, np.uint8))
        tables = (FlowTable.blank(), TurnTable.blank(), ArpTable.blank(), IcmpTable.blank(), BusyTable.blank())
        return cls(source, addresses, *tables)

    def ends(self, flow: int) -> tuple[str, str]:
        """Write client and server of a flow."""
        flows = self.flows
        return self.addresses.text(int(flows.client[flow])), self.addresses.text(int(flows.server[flow]))

    def records_of(self, rows: NDArray[Any] | Sequence[int]) -> tuple[int, ...]:
        """List the packet numbers that some flows rest on, ascending, the first 1,000."""
        numbers = np.unique(self.flows.records[np.asarray(rows, dtype=np.int64)])
        return tuple(numbers[numbers > 0][:MAX_RECORDS].tolist())


def at(seconds: float) -> datetime:
    """Turn seconds since 1970 into an aware time; a time no calendar holds becomes 1970."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC)


def network_finding(
    detector: Detector,
    traffic: Traffic,
    *,
    reason: str,
    host: str,
    severity: Severity,
    confidence: float,
    evidence: Sequence[Evidence],
    seen_s: tuple[float, float],
    records: Sequence[int] = (),
    techniques: Sequence[str] = (),
    found_by: FoundBy = FoundBy.RULE,
) -> Finding:
    """Say something about a host, with the identity that the contract asks for recorded input.

    Args:
        detector: Who says it.
        traffic: Where it was seen.
        reason: Id of ``resources/explanations``.
        host: Address of the one who did it; the other side stands in the evidence.
        severity: How serious.
        confidence: 0 to 1.
        evidence: Strongest first.
        seen_s: First and last time, seconds since 1970.
        records: Packet numbers from 1; sorted and cut here.
        techniques: ATT&CK ids, the main one first.
        found_by: Rule, model or pattern.
    """
    first, last = at(seen_s[0]), at(seen_s[1])
    source = (traffic.source,) if traffic.is_recording else ()
    return Finding(
        detector=detector.name,
        reason=reason,
        subject=Subject("host", host),
        severity=severity,
        confidence=confidence,
        evidence=tuple(evidence),
        first_seen_at=first,
        last_seen_at=last,
        judged_by=detector.judged_by,
        found_by=found_by,
        source=traffic.source,
        techniques=tuple(techniques),
        records=tuple(sorted({int(one) for one in records if one > 0})[:MAX_RECORDS]),
        identity=(*source, first.date().isoformat()),
    )

"""Made-up network traffic, valid in one call; a test changes what it is about.

Flows come in columns: ``make_flows(8, every_s=60.0, server="203.0.113.9")`` is eight of them, a minute apart. Every
value may be one for all or a list with one for each. ``make_traffic(flows, more_flows, dns=[make_dns()])`` joins them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from ipaddress import ip_address
from typing import Any

import numpy as np

from detectors.contract.conversations import (
    Certificate,
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
from detectors.contract.detector import Detector
from detectors.contract.finding import Finding, Severity
from detectors.contract.traffic import (
    ACK,
    CLOSED_BY,
    FIN,
    FIRST_RECORDS,
    ICMP,
    PSH,
    RST,
    SYN,
    TCP,
    UDP,
    Addresses,
    ArpTable,
    BusyTable,
    FlowTable,
    IcmpTable,
    Traffic,
    TurnTable,
)
from tests.factories import A_MORNING

MORNING_S = A_MORNING.timestamp()
HOME = "192.168.1.10"
"""The computer that acts, unless said otherwise."""
NEIGHBOUR = "192.168.1.20"
ROUTER = "192.168.1.1"
FAR = "93.184.216.34"
"""A server on the internet (documentation addresses count as private to Python)."""
FAR_TWO = "151.101.1.6"

Columns = dict[str, Any]
"""Name of a column of ``FlowTable`` -> one value a flow; addresses and services as text."""

_A_TLS_VISIT: Columns = {
    "client": HOME,
    "server": FAR,
    "client_port": 50_000,
    "server_port": 443,
    "protocol": TCP,
    "client_mac": 0x02_00_00_00_00_10,
    "server_mac": 0x02_00_00_00_00_01,
    "out_packets": 10,
    "in_packets": 12,
    "out_bytes": 1_400,
    "in_bytes": 9_000,
    "out_payload_bytes": 880,
    "in_payload_bytes": 8_376,
    "out_payload_packets": 4,
    "in_payload_packets": 8,
    "first_flags": SYN,
    "out_flags": SYN | ACK | PSH | FIN,
    "in_flags": SYN | ACK | PSH | FIN,
    "out_syns": 1,
    "out_size_min": 52,
    "out_size_max": 569,
    "in_size_min": 52,
    "in_size_max": 1_500,
    "out_size_squares": 400_000.0,
    "in_size_squares": 12_000_000.0,
    "gap_min_s": 0.001,
    "gap_max_s": 0.2,
    "gap_squares": 0.05,
    "out_ttl": 64,
    "in_ttl": 52,
    "out_window": 64_240,
    "out_head_entropy": 5.2,
    "in_head_entropy": 5.1,
    "out_head_printable": 0.35,
    "in_head_printable": 0.3,
    "closed_by": CLOSED_BY.index("fin"),
    "service": "tls",
    "program": "",
    **dict.fromkeys(("in_resets", "out_resets", "unreachables", "repeats", "is_midstream"), 0),
}
_NO_ANSWER: Columns = {
    "in_packets": 0,
    "in_bytes": 0,
    "in_payload_bytes": 0,
    "in_payload_packets": 0,
    "in_flags": 0,
    "in_size_min": 0,
    "in_size_max": 0,
    "in_size_squares": 0.0,
    "in_ttl": 0,
    "in_head_entropy": -1.0,
    "in_head_printable": -1.0,
}
_ONE_SYN: Columns = _NO_ANSWER | {
    "out_packets": 1,
    "out_bytes": 60,
    "out_payload_bytes": 0,
    "out_payload_packets": 0,
    "out_flags": SYN,
    "out_size_min": 60,
    "out_size_max": 60,
    "out_size_squares": 3_600.0,
    "gap_min_s": 0.0,
    "gap_max_s": 0.0,
    "gap_squares": 0.0,
    "out_head_entropy": -1.0,
    "out_head_printable": -1.0,
    "duration_s": 0.0,
    "closed_by": CLOSED_BY.index("end"),
    "service": "",
}
_ONE_DATAGRAM: Columns = _ONE_SYN | {
    "protocol": UDP,
    "out_bytes": 76,
    "out_payload_bytes": 48,
    "out_payload_packets": 1,
    "out_size_min": 76,
    "out_size_max": 76,
    "out_size_squares": 5_776.0,
    "first_flags": 0,
    "out_flags": 0,
    "out_syns": 0,
    "out_head_entropy": 3.0,
    "out_head_printable": 0.1,
}


def make_flows(count: int = 1, *, every_s: float = 1.0, duration_s: float = 0.5, **columns: Any) -> Columns:
    """Visits to a web server over TLS, answered and closed; each a second after the one before."""
    facts = _A_TLS_VISIT | columns
    started_s = facts.pop("started_s", MORNING_S + every_s * np.arange(count))
    facts |= {"started_s": started_s, "ended_s": facts.pop("ended_s", np.asarray(started_s) + duration_s)}
    return {name: np.broadcast_to(np.asarray(value), (count,)) for name, value in facts.items()}


def make_unanswered(count: int = 1, **columns: Any) -> Columns:
    """One SYN each, and nothing comes back."""
    return make_flows(count, **(_ONE_SYN | columns))


def make_refused(count: int = 1, **columns: Any) -> Columns:
    """One SYN each, answered with a reset."""
    answer = {"in_packets": 1, "in_bytes": 40, "in_flags": RST | ACK, "in_resets": 1, "in_ttl": 64}
    sizes = {"in_size_min": 40, "in_size_max": 40, "in_size_squares": 1_600.0, "closed_by": CLOSED_BY.index("rst")}
    return make_flows(count, **(_ONE_SYN | answer | sizes | columns))


def make_datagrams(count: int = 1, *, is_answered: bool = False, **columns: Any) -> Columns:
    """One UDP packet each; with an answer of one packet when asked for."""
    answer = {
        "in_packets": 1, "in_bytes": 76, "in_payload_bytes": 48, "in_payload_packets": 1, "in_size_min": 76,
        "in_size_max": 76, "in_size_squares": 5_776.0, "in_ttl": 52, "in_head_entropy": 3.0, "in_head_printable": 0.1,
    }  # fmt: skip
    return make_flows(count, **(_ONE_DATAGRAM | {"server_port": 9_999} | (answer if is_answered else {}) | columns))


def make_echoes(count: int = 1, **columns: Any) -> Columns:
    """Flows of ICMP: one echo request each, unanswered. The packets themselves come from ``make_icmp``."""
    return make_datagrams(count, **({"protocol": ICMP, "client_port": 8, "server_port": 0} | columns))


def make_sockets(count: int = 1, **columns: Any) -> Columns:
    """Connections as the system lists them, without a packet: who with whom, and nothing else."""
    known = ("client", "server", "client_port", "server_port", "protocol")
    unknown = {name: 0 for name in _A_TLS_VISIT if name not in known} | {"service": "", "program": "browser"}
    return make_flows(count, **(unknown | columns))


def make_arp(sender: str = HOME, target: str = ROUTER, **changes: Any) -> dict[str, Any]:
    """Who has the router's address? Asked by the computer that acts."""
    facts = {
        "record": 1, "at_s": MORNING_S, "operation": 1, "sender_mac": 0x02_00_00_00_00_10, "sender": sender,
        "target_mac": 0, "target": target, "frame_target": 0xFF_FF_FF_FF_FF_FF,
    }  # fmt: skip
    facts |= changes
    return {"frame_source": facts["sender_mac"]} | facts


def make_icmp(source: str = HOME, target: str = FAR, **changes: Any) -> dict[str, Any]:
    """One echo request with the usual 56 bytes."""
    return {
        "record": 1, "at_s": MORNING_S, "source": source, "target": target, "family": 4, "kind": 8, "code": 0,
        "ident": 7, "sequence": 1, "payload_bytes": 56, "payload_hash": 1, "payload_entropy": 4.0,
    } | changes  # fmt: skip


def make_busy(target: str = HOME, **changes: Any) -> dict[str, Any]:
    """One second with 1,000 packets of a download."""
    facts = {"second": int(MORNING_S), "target": target, "packets": 1_000, "size_bytes": 1_400_000, "syns": 0}
    return facts | changes


def make_traffic(
    *flows: Mapping[str, Any],
    turns: Iterable[tuple[int, float, int]] = (),
    arps: Iterable[Mapping[str, Any]] = (),
    icmps: Iterable[Mapping[str, Any]] = (),
    busy: Iterable[Mapping[str, Any]] = (),
    **changes: Any,
) -> Traffic:
    """Join flows, tables and records into one capture.

    Args:
        flows: From ``make_flows`` and its neighbours; rows keep their order.
        turns: (row of the flow, time in seconds, payload bytes).
        arps: From ``make_arp``.
        icmps: From ``make_icmp``.
        busy: From ``make_busy``.
        changes: Other fields of ``Traffic``: ``dns``, ``http``, ``known``, ``source`` ...
    """
    book = _Book()
    count = sum(len(part["client"]) for part in flows)
    columns = {name: np.concatenate([part[name] for part in flows]) for name in flows[0]} if flows else {}
    table, services, programs = _fill_flows(count, columns, book)
    spoken = list(turns)
    turn_rows = [
        {"flow": row, "at_s": at_s, "record": number, "payload_bytes": size}
        for number, (row, at_s, size) in enumerate(spoken, 1)
    ]
    tables = {
        "turns": _fill(TurnTable, turn_rows, book),
        "arps": _fill(ArpTable, arps, book),
        "icmps": _fill(IcmpTable, icmps, book),
        "busy": _fill(BusyTable, busy, book),
    }
    facts = {"services": services, "programs": programs} | changes
    facts |= {name: tuple(value) for name, value in facts.items() if isinstance(value, list)}
    return Traffic(facts.pop("source", "/home/maria/monday.pcap"), book.addresses(), table, **tables, **facts)


def make_dns(name: str = "www.example.com", **changes: Any) -> DnsMessage:
    """A question for an address, sent to the router."""
    facts = {
        "flow": -1, "record": 1, "at_s": MORNING_S, "client": HOME, "server": ROUTER, "transport": "udp",
        "is_response": False, "rcode": 0, "name": name, "qtype": 1, "size_bytes": 18 + len(name),
    }  # fmt: skip
    return DnsMessage(**(facts | changes))


def make_certificate(**changes: Any) -> Certificate:
    """An ordinary certificate, valid in the year of the made-up morning."""
    facts = {
        "subject": "CN=www.example.com", "issuer": "CN=Example Trust,O=Example", "names": ("www.example.com",),
        "not_before_s": MORNING_S - 30 * 86_400, "not_after_s": MORNING_S + 60 * 86_400, "is_self_signed": False,
        "key_kind": "ec", "key_bits": 256, "signature_hash": "sha256", "is_authority": False, "sha256": "a" * 64,
    }  # fmt: skip
    return Certificate(**(facts | changes))


def make_tls(sni: str = "www.example.com", **changes: Any) -> TlsSession:
    """A visit with TLS 1.3."""
    facts = {
        "flow": 0, "record": 4, "at_s": MORNING_S, "client": HOME, "server": FAR, "server_port": 443, "sni": sni,
        "alpn": ("h2", "http/1.1"), "version": 0x0304, "cipher": 0x1301, "client_ciphers": (0x1301, 0x1302, 0x1303),
        "ja3": "0" * 32, "ja3s": "1" * 32, "ja4": "t13d1516h2_8daaf6152771_e5627efa2ab1", "has_server_hello": True,
    }  # fmt: skip
    return TlsSession(**(facts | changes))


def make_http(target: str = "/index.html", **changes: Any) -> HttpExchange:
    """A page fetched by a browser."""
    facts = {
        "flow": 0, "record": 4, "at_s": MORNING_S, "client": HOME, "server": FAR, "server_port": 80, "method": "GET",
        "target": target, "host": "www.example.com", "user_agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101",
        "headers": {"accept": "*/*"}, "body_head": b"", "body_bytes": 0, "status": 200,
        "answer_headers": {"content-type": "text/html"}, "answer_type": "text/html",
        "answer_head": b"<!doctype html>", "answer_bytes": 5_000, "answer_record": 6, "answer_at_s": MORNING_S + 0.1,
    }  # fmt: skip
    return HttpExchange(**(facts | changes))


def make_smb(command: str = "create", **changes: Any) -> SmbCall:
    """A file opened on a share."""
    facts = {
        "flow": 0, "record": 9, "at_s": MORNING_S, "client": HOME, "server": NEIGHBOUR, "dialect": 2,
        "command": command, "name": "letters\\monday.docx", "status": 0,
    }  # fmt: skip
    return SmbCall(**(facts | changes))


def make_rpc(interface: str = "4b324fc8-1670-01d3-1278-5a47bf6ee188", **changes: Any) -> RpcCall:
    """A call of the server service, which browsing shares makes."""
    facts = {
        "flow": 0, "record": 12, "at_s": MORNING_S, "client": HOME, "server": NEIGHBOUR, "kind": "request",
        "interface": interface, "version": "3.0", "opnum": 15, "pipe": "srvsvc", "auth_level": 0,
    }  # fmt: skip
    return RpcCall(**(facts | changes))


def make_kerberos(kind: str = "as_req", **changes: Any) -> KerberosMessage:
    """An ordinary sign-in."""
    facts = {
        "flow": 0, "record": 3, "at_s": MORNING_S, "client": HOME, "server": NEIGHBOUR, "kind": kind, "error": -1,
        "user": "maria", "realm": "OFFICE.EXAMPLE", "service": "krbtgt/OFFICE.EXAMPLE", "etypes": (18, 17),
        "has_preauth": True,
    }  # fmt: skip
    return KerberosMessage(**(facts | changes))


def make_ldap(operation: str = "search", **changes: Any) -> LdapMessage:
    """The question that every sign-in begins with."""
    facts = {
        "flow": 0, "record": 5, "at_s": MORNING_S, "client": HOME, "server": NEIGHBOUR, "operation": operation,
        "user": "", "base": "", "scope": 0, "filter": "(objectClass=*)", "attributes": ("defaultNamingContext",),
        "result": 0, "entries": 1,
    }  # fmt: skip
    return LdapMessage(**(facts | changes))


def make_login(protocol: str = "ftp", **changes: Any) -> Login:
    """A sign-in that succeeded, readable on the way."""
    facts = {
        "flow": 0, "record": 7, "at_s": MORNING_S, "client": HOME, "server": NEIGHBOUR, "server_port": 21,
        "protocol": protocol, "user": "maria", "outcome": "ok", "is_cleartext": True, "mechanism": "plain",
    }  # fmt: skip
    return Login(**(facts | changes))


def make_dhcp(kind: str = "ack", **changes: Any) -> DhcpMessage:
    """The router gives the computer its address."""
    facts = {
        "record": 2, "at_s": MORNING_S, "kind": kind, "client_mac": "02:00:00:00:00:10", "sender": ROUTER,
        "server_id": ROUTER, "offered": HOME, "routers": (ROUTER,), "resolvers": (ROUTER,), "host_name": "",
    }  # fmt: skip
    return DhcpMessage(**(facts | changes))


def make_advert(**changes: Any) -> RouterAdvert:
    """The router tells its IPv6 prefix."""
    facts = {
        "record": 2, "at_s": MORNING_S, "sender": "fe80::1", "sender_mac": "02:00:00:00:00:01", "lifetime_s": 1_800,
        "prefixes": ("2001:db8:1::/64",), "resolvers": ("fe80::1",), "preference": 0,
    }  # fmt: skip
    return RouterAdvert(**(facts | changes))


def make_opening(client: bytes = b"\x00\x01hello", server: bytes = b"\x00\x02hello", **changes: Any) -> Opening:
    """The first bytes of a conversation in some unknown protocol."""
    return Opening(
        **({"flow": 0, "client": client, "server": server, "client_record": 4, "server_record": 5} | changes)
    )


def make_sign(kind: str = "windows_program", **changes: Any) -> StreamSign:
    """Something telling in the middle of the first flow, sent by the server."""
    facts = {"flow": 0, "record": 20, "at_s": MORNING_S, "kind": kind, "is_from_client": False, "head": b""}
    return StreamSign(**(facts | changes))


def alarms_of(detector: Detector, traffic: Traffic) -> list[Finding]:
    """Judge, and keep what a person would be told to look at."""
    return [finding for finding in detector.detect(traffic) if finding.severity >= Severity.MEDIUM]


def facts_of(finding: Finding) -> dict[str, Any]:
    """List what was observed, by name."""
    return {item.name: item.observed for item in finding.evidence}


class _Book:
    """Gives each address a row, in the order they are met."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}

    def rows(self, texts: Iterable[str]) -> list[int]:
        return [self._rows.setdefault(str(text), len(self._rows)) for text in texts]

    def addresses(self) -> Addresses:
        parsed = [ip_address(text) for text in self._rows]
        packed = b"".join(one.packed.ljust(16, b"\0") for one in parsed)
        families = np.array([one.version for one in parsed], np.uint8)
        return Addresses(np.frombuffer(packed, np.uint8).reshape(-1, 16), families)


_ADDRESS_COLUMNS = frozenset({"client", "server", "sender", "target", "source"})


def _fill_flows(
    count: int, columns: Mapping[str, Any], book: _Book
) -> tuple[FlowTable, tuple[str, ...], tuple[str, ...]]:
    table = FlowTable.blank(count)
    services, programs = _Names(), _Names()
    makers = {"client": book.rows, "server": book.rows, "service": services.rows, "program": programs.rows}
    known = {one.name for one in fields(FlowTable)}
    for name, values in columns.items():
        assert name in known, f"a flow has no {name}"
        getattr(table, name)[:] = makers[name](values.tolist()) if name in makers else values
    numbers = 1 + np.arange(count, dtype=np.int64)[:, None] * FIRST_RECORDS + np.arange(FIRST_RECORDS)
    packets = table.out_packets + table.in_packets
    table.records[:] = np.where(np.arange(FIRST_RECORDS) < packets[:, None], numbers, 0)
    table.last_record[:] = table.records.max(axis=1) if count else 0
    return table, services.all, programs.all


class _Names:
    """Gives each word a row; the empty one is 0."""

    def __init__(self) -> None:
        self._rows = {"": 0}

    def rows(self, words: Sequence[str]) -> list[int]:
        return [self._rows.setdefault(word, len(self._rows)) for word in words]

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(self._rows)


def _fill(kind: Any, rows: Iterable[Mapping[str, Any]], book: _Book) -> Any:
    """Turn rows into a table; a name that the table has not is a mistake of the test."""
    listed = list(rows)
    table = kind.blank(len(listed))
    known = {one.name for one in fields(kind)}
    for name in listed[0] if listed else ():
        assert name in known, f"{kind.__name__} has no {name}"
        values = [row[name] for row in listed]
        getattr(table, name)[:] = book.rows(values) if name in _ADDRESS_COLUMNS else values
    return table

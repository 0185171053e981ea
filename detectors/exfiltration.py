"""Finds unusual uploads: much goes out and little comes back, on a way that backups and cloud storage do not take.

Before this on the path: a Traffic. After it: the worker's wire.
Quiet on purpose: backups, cloud storage and messengers (encrypted, to a server with a name), video calls (both ways).
They are told only where this computer has learned its usual places and meets a new one. The time of day is not judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import TCP, UDP, Bits, Traffic, network_finding
from detectors.features.flow_groups import Rows, group_rows
from detectors.features.hosts import MAX_FINDINGS, goes_outside, looked_up, span_s, strongest_of_each
from detectors.features.inside import host_of, is_numeric_host

MIN_RATIO = 5.0
"""Sent over received. The common floor of upload detectors; a call or a download is far below."""
MIN_OPEN_BYTES = 250_000
MIN_OPEN_RATIO = 20.0
"""Sent in the open by mail or file transfer, which almost nobody does any more."""
MIN_UNKNOWN_BYTES = 1_000_000
"""Sent in an unknown protocol, or by web request to a bare address."""
MIN_NAMELESS_BYTES = 5_000_000
"""Sent encrypted to a server that has no name."""
MIN_NEW_BYTES = 20_000_000
"""Sent to a place that is new to a network we know."""
OPEN_SERVICES = ("smtp", "ftp", "ftp-data", "tftp")
ENCRYPTED = ("tls", "quic", "dtls", "ssh")
MAX_NAMELESS_PEERS = 10
"""A computer that talks to more nameless ends in unknown ways shares files (peer-to-peer)."""
MAX_MAIL_SERVERS = 3
"""A computer that mails to more servers is a mail server or a spammer, which is another reason."""


@dataclass(frozen=True, slots=True)
class _Upload:
    """All flows of one computer to one place and port."""

    rows: Rows
    sent: int
    got: int
    name: str
    """What the place was called by TLS or HTTP, or empty."""
    has_name: bool
    """The same, or DNS named its address."""


class Exfiltration(Detector):
    """Sums up what each computer sent to each place outside."""

    name: ClassVar[str] = "exfiltration"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("exfiltration",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Weigh the largest uploads."""
        if len(traffic.flows) and traffic.has_packets:
            mailing, sharing = _mailing_widely(traffic), _sharing(traffic)
            found = ((upload, _what_is_odd(traffic, upload)) for upload in _largest(traffic))
            yield from strongest_of_each(
                self._say(traffic, upload, why)
                for upload, why in found
                if why and not (why == "unknown_protocol" and _client(traffic, upload) in sharing)
                if _client(traffic, upload) not in mailing
            )

    def _say(self, traffic: Traffic, upload: _Upload, why: str) -> Finding:
        flows, rows = traffic.flows, upload.rows
        host, server = traffic.ends(int(rows[0]))
        seen_s = span_s(flows, rows)
        return network_finding(
            self,
            traffic,
            reason="exfiltration",
            host=host,
            severity=Severity.MEDIUM,
            confidence=0.7 if upload.sent >= 10 * MIN_UNKNOWN_BYTES else 0.6,
            evidence=(
                Evidence("sent_bytes", upload.sent, None, "bytes"),
                Evidence("received_bytes", upload.got, None, "bytes"),
                Evidence(f"sign_{why}", observed=True, usual=False),
                Evidence("other_side", server),
                Evidence("name", upload.name),
                Evidence("port", int(flows.server_port[rows[0]])),
                Evidence("count", len(rows)),
                Evidence("duration_s", round(seen_s[1] - seen_s[0], 1), None, "s"),
            ),
            seen_s=seen_s,
            records=traffic.records_of(rows),
            techniques=("T1048.003",) if why == "sent_in_the_open" else ("T1041", "T1048"),
        )


def _can_upload(traffic: Traffic) -> Bits:
    """Choose conversations to the outside whose direction is certain."""
    flows = traffic.flows
    certain = ~flows.is_midstream & (flows.in_packets > 0)
    upload: Bits = goes_outside(traffic) & np.isin(flows.protocol, (TCP, UDP)) & certain
    return upload


def _largest(traffic: Traffic) -> Iterator[_Upload]:
    """Add up what went to each place and port; the largest come first."""
    flows = traffic.flows
    uploads = group_rows(_can_upload(traffic), flows.client, flows.server, flows.server_port, flows.service)
    sent, got = uploads.total(flows.out_payload_bytes), uploads.total(flows.in_payload_bytes)
    large = np.flatnonzero((sent >= MIN_OPEN_BYTES) & (sent >= MIN_RATIO * got))
    names, by_name = _names_of(traffic), looked_up(traffic)
    for place in large[np.argsort(-sent[large], kind="stable")][: 4 * MAX_FINDINGS].tolist():
        rows = uploads.rows(place)
        name = next((names[row] for row in rows.tolist() if row in names), "")
        has_name = bool(name) or traffic.ends(int(rows[0]))[1] in by_name
        yield _Upload(rows, int(sent[place]), int(got[place]), name, has_name)


def _what_is_odd(traffic: Traffic, upload: _Upload) -> str:
    """Name what is odd about one upload, or nothing."""
    first = int(upload.rows[0])
    service, server = traffic.services[int(traffic.flows.service[first])], traffic.ends(first)[1]
    is_tcp = int(traffic.flows.protocol[first]) == TCP
    is_new = traffic.known.is_learned and not traffic.known.has_destination(upload.name, server)
    is_bare = is_numeric_host(upload.name) if upload.name else not upload.has_name
    tests = (
        ("sent_in_the_open", service in OPEN_SERVICES and upload.sent >= MIN_OPEN_RATIO * max(upload.got, 1)),
        ("unknown_protocol", upload.sent >= MIN_UNKNOWN_BYTES and not service and is_tcp and not upload.has_name),
        ("bare_address", upload.sent >= MIN_UNKNOWN_BYTES and service == "http" and is_bare),
        ("no_server_name", upload.sent >= MIN_NAMELESS_BYTES and service in ENCRYPTED and not upload.has_name),
        ("new_place", upload.sent >= MIN_NEW_BYTES and is_new),
    )
    return next((why for why, is_odd in tests if is_odd), "")


def _names_of(traffic: Traffic) -> dict[int, str]:
    """List what the server of a flow was called, by TLS or HTTP."""
    by_tls = {one.flow: one.sni for one in traffic.tls if one.sni}
    return by_tls | {one.flow: host_of(one.host) for one in traffic.http if one.host}


def _client(traffic: Traffic, upload: _Upload) -> int:
    return int(traffic.flows.client[upload.rows[0]])


def _sharing(traffic: Traffic) -> frozenset[int]:
    """List computers that talk to many outside in unknown protocols."""
    flows = traffic.flows
    talks = goes_outside(traffic) & (flows.service == 0) & (flows.out_payload_bytes > 0) & (flows.in_payload_bytes > 0)
    clients = group_rows(talks, flows.client)
    is_sharing = clients.distinct(flows.server) > MAX_NAMELESS_PEERS
    return frozenset(flows.client[clients.firsts[is_sharing]].tolist())


def _mailing_widely(traffic: Traffic) -> frozenset[int]:
    """List computers that deliver mail to many servers."""
    flows = traffic.flows
    mail = [place for place, word in enumerate(traffic.services) if word == "smtp"]
    is_mail = np.isin(flows.service, mail)
    pairs = set(zip(flows.client[is_mail].tolist(), flows.server[is_mail].tolist(), strict=True))
    servers = Counter(client for client, _ in pairs)
    return frozenset(client for client, count in servers.items() if count > MAX_MAIL_SERVERS)

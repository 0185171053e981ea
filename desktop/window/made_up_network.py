"""Invented network traffic of an office that does not exist, for pictures and tests of the window.

Before this on the path: ``made_up.py``. After it: the Activity page, and findings about computers. Addresses and names
are those that are kept free for examples (RFC 5737, RFC 2606).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from desktop.service.activity import ActivitySource, ActivityView, PacketLayer, PacketView
from desktop.service.keeping.kept import KeptFinding
from desktop.window import present
from detectors.contract.activity import ActivityRow
from detectors.contract.finding import Evidence, Finding, FoundBy, Severity, Subject

HERE = "192.0.2.14"
RECORDING = "/home/maria/Downloads/office.pcap"
MB = 1_000_000
STEP_S = 600
PEAK_AGO_S = 3 * 3600 + 1200
BUSY_MINUTES = range(70, 76)
_PROGRAMS = (
    # program, destinations (name, address, port, service, country, owner), MB an hour
    ("Video calls", (("meet.example", "198.51.100.7", 443, "tls", "DE", "Rundblick Calls"),
                     ("turn.meet.example", "198.51.100.9", 3478, "udp", "DE", "Rundblick Calls"),
                     ("cdn.meet.example", "198.51.100.12", 443, "tls", "NL", "Rundblick Calls")), 320),
    ("Mail", (("mail.office.example", "203.0.113.25", 993, "tls", "LU", "Postbureau"),), 160),
    ("Web browser", tuple((f"www{n}.example", f"198.51.100.{60 + n}", 443, "tls", code, owner) for n, (code, owner) in
                          enumerate((("FR", "Toile"), ("US", "Broadway Hosting"), ("BE", "Kabel"), ("IE", "Greenfield"),
                                     ("SE", "Nordlicht"), ("CH", "Alpnetz"), ("IT", "Rete"), ("ES", "Red Sur"),
                                     ("AT", "Donau")))), 110),
    ("System updates", (("updates.example", "203.0.113.90", 443, "tls", "IE", "The maker of the system"),), 60),
    ("Calendar <b>sync</b>", (("cal.office.example", "203.0.113.26", 443, "tls", "LU", "Postbureau"),), 2),
    ("Printer service", (("", "192.0.2.40", 631, "ipp", "", ""),), 1),
    ("Clock", (("time.example", "203.0.113.123", 123, "ntp", "LU", "Zäitnetz"),), 0.02),
)  # fmt: skip
_BACKUP = ("depot-west.example", "198.51.100.201", 443, "tls", "IS", "Northlight Storage")


def _row(minute: int, program: str, far: tuple[str, str, int, str, str, str], out_bytes: float) -> ActivityRow:
    name, address, port, service, country, owner = far
    return ActivityRow(
        minute=minute // 60 * 60, program=program, host=HERE, address=address, port=port, transport="tcp",
        service=service, name=name, country=country, owner=owner, maker="", out_bytes=int(out_bytes),
        in_bytes=int(out_bytes * 2.4), contacts=2,
    )  # fmt: skip


def _rows_of_day(midnight: datetime, until: datetime) -> Iterator[ActivityRow]:
    """Invent one working day."""
    start, end = int(midnight.timestamp()) + 6 * 3600, int(until.timestamp())
    for at in range(start, min(end, start + 12 * 3600), STEP_S):
        share = (at - start) / 43_200
        shape = 0.25 + math.sin(math.pi * share) * (0.7 + 0.25 * math.sin(share * 23) + 0.12 * math.sin(share * 71))
        for program, places, per_hour in _PROGRAMS:
            for number, place in enumerate(places):
                yield _row(at, program, place, per_hour * MB / 6 * shape / (number + 1))


def make_rows(now: datetime) -> list[ActivityRow]:
    """Invent four days before today, and today with one program that sends far more than usual."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = [
        row
        for back in (4, 3, 2, 1)
        for row in _rows_of_day(midnight - timedelta(days=back), midnight - timedelta(days=back) + timedelta(hours=18))
    ]
    for back in (4, 3, 2, 1):
        night = int((midnight - timedelta(days=back)).timestamp()) + 23 * 3600 - 1800
        usual = ("depot.example", "203.0.113.44", 443, "tls", "LU", "Postbureau")
        rows += [_row(night + step * STEP_S, "Backup tool", usual, 60 * MB) for step in range(3)]
    rows += _rows_of_day(midnight, now)
    peak = int(now.timestamp()) - PEAK_AGO_S
    rows += [
        _row(peak + step * STEP_S, "Backup tool", _BACKUP, share * MB)
        for step, share in enumerate((240, 980, 620, 180))
    ]
    rows.append(ActivityRow(peak // 60 * 60, "Remote help", HERE, "", 5900, "tcp", "", "", "", "", "", 0, 0, 0, True))
    return sorted(rows, key=lambda row: row.minute)


def make_recorded_rows(first: datetime) -> list[ActivityRow]:
    """Invent a recording of a small network: two hours, three computers."""
    start, rows = int(first.timestamp()) // 60 * 60, []
    makers = ("Lindenbaum Systems", "", "Print & Co. <i>GmbH</i>")
    for minute in range(120):
        for number, maker in enumerate(makers):
            shape = 1 + math.sin(minute / 9 + number) + (14 if number == 0 and minute in BUSY_MINUTES else 0)
            _, places, _mb = _PROGRAMS[number]
            name, address, port, service, country, owner = places[minute % len(places)]
            out_bytes = int(shape * 40_000)
            rows.append(
                ActivityRow(start + minute * 60, "", f"192.0.2.{30 + number}", address, port, "tcp", service, name,
                            country, owner, maker, out_bytes, out_bytes * 3, 1 + minute % 3)
            )  # fmt: skip
    return rows


def make_view(story: str, since: datetime | None, until: datetime | None, source: str | None) -> ActivityView:
    """Invent what the service knows of who talked to whom."""
    now = present.now()
    if story == "empty":
        return ActivityView(None, (), ())
    first = now - timedelta(days=1, hours=3)
    recorded, here = make_recorded_rows(first), make_rows(now)
    sources = (
        ActivitySource("", "live", here[0].minute, here[-1].minute),
        ActivitySource(RECORDING, "recording", recorded[0].minute, recorded[-1].minute),
    )
    if source == RECORDING:
        return ActivityView(sources[1], sources, tuple(recorded), 0, None, "2024-06-20", "2024-05-02")
    low = since.timestamp() if since else 0
    high = until.timestamp() if until else math.inf
    chosen = tuple(row for row in here if low <= row.minute <= high)
    usual = _usual(here)
    return ActivityView(sources[0], sources, chosen, 0, usual, "2024-06-20", "2024-05-02")


def _usual(rows: Sequence[ActivityRow]) -> dict[int, int]:
    days = {row.minute // 86_400 for row in rows}
    sums: dict[int, int] = {}
    for row in rows:
        if row.address != _BACKUP[1]:
            minute = row.minute // 60 % 1440
            sums[minute] = sums.get(minute, 0) + row.out_bytes
    return {minute: round(total / len(days) * 1.25) for minute, total in sums.items()}


def make_kept_host(
    reason: str, severity: Severity, other: str, *, host: str = HERE, source: str = "live", ago_s: int = PEAK_AGO_S
) -> KeptFinding:
    """Invent one kept finding about a computer."""
    at = (present.now().astimezone(UTC) - timedelta(seconds=ago_s)).replace(microsecond=0)
    is_recorded = source not in {"live", "connections"}
    finding = Finding(
        detector="made_up",
        reason=reason,
        subject=Subject("host", host),
        severity=severity,
        confidence=0.8,
        evidence=(
            Evidence("other_side", other),
            Evidence("sent_bytes", 2_020_000_000, 240_000_000, "bytes"),
            Evidence("times", 41, 3),
            Evidence("port", 443),
        ),
        first_seen_at=at,
        last_seen_at=at + timedelta(minutes=40),
        judged_by="made_up@1",
        found_by=FoundBy.RULE,
        source=source,
        techniques=("T1048",),
        records=tuple(range(1204, 1245)),
        identity=((source,) if is_recorded else ()) + (at.date().isoformat(),),
    )
    return KeptFinding(finding, "open", None, None, None, at, at, 1, is_new_since_last_visit=True)


def make_kept_hosts() -> list[KeptFinding]:
    """Invent what was found on the network."""
    recorded_ago = timedelta(days=1, hours=3) - timedelta(minutes=72)
    return [
        make_kept_host("exfiltration", Severity.MEDIUM, _BACKUP[1]),
        make_kept_host(
            "beaconing", Severity.MEDIUM, "198.51.100.7", host="192.0.2.30", source=RECORDING,
            ago_s=int(recorded_ago.total_seconds()),
        ),
    ]  # fmt: skip


def make_packet(number: int) -> PacketView:
    """Invent one packet, with names as a stranger might send them."""
    return PacketView(
        number=number,
        at_s=present.now().timestamp() - PEAK_AGO_S + number / 10,
        captured_bytes=583,
        wire_bytes=583,
        layers=(
            PacketLayer("Ethernet", (("dst", "00:00:5e:00:53:01"), ("src", "00:00:5e:00:53:0e"), ("type", "IPv4"))),
            PacketLayer("IP", (("src", HERE), ("dst", _BACKUP[1]), ("ttl", "64"), ("len", "569"))),
            PacketLayer("TCP", (("sport", "50112"), ("dport", "443"), ("flags", "PA"), ("seq", str(number * 517)))),
            PacketLayer("TLS", (("type", "client hello"), ("server name", "depot-west.example"),
                                ("session", "<b>not bold</b> \u202e gnp.exe"))),
        ),
    )  # fmt: skip

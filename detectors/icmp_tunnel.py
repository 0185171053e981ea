"""Finds data that travels inside echo packets: payloads that change in size and content, or answers that do not echo.

Before this on the path: a Traffic. After it: the worker's wire.
Quiet on purpose: ping and traceroute, whose payload keeps its size and comes back as it went.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import Bits, IcmpTable, Traffic, network_finding
from detectors.features.flow_groups import Groups, Rows, group_rows
from detectors.features.hosts import MAX_FINDINGS, strongest_of_each

MIN_ECHOES = 10
MIN_PAYLOAD = 100
"""Bytes of the largest echo: ping sends 32 or 56."""
MIN_SIZES = 4
"""Different payload sizes between two computers."""
MIN_FRESH = 0.4
"""Share of the packets whose content was not seen before; where every question is echoed it is one half."""
MIN_REUSED = 10
"""Questions that reuse a sequence number with another content; ping counts up (RFC 792)."""
MIN_FALSE_ECHOES = 3
"""Answers that bring back something else than was sent: RFC 792 says that data must be returned."""
ECHO, ECHO_ANSWER, ECHO_V6, ECHO_ANSWER_V6 = 8, 0, 128, 129
VERSION_6 = 6


class IcmpTunnel(Detector):
    """Weighs the echo packets between two computers."""

    name: ClassVar[str] = "icmp_tunnel"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("icmp_tunnel",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Look at each pair of computers."""
        icmps = traffic.icmps
        low, high = np.minimum(icmps.source, icmps.target), np.maximum(icmps.source, icmps.target)
        pairs = group_rows(_is_echo(icmps), low, high)
        false_echoes = _count_false_echoes(icmps, pairs)
        sizes, fresh = pairs.distinct(icmps.payload_bytes), pairs.distinct(icmps.payload_hash) / pairs.sizes
        largest = pairs.highest(icmps.payload_bytes)
        changes = (pairs.sizes >= MIN_ECHOES) & (sizes >= MIN_SIZES) & (fresh > MIN_FRESH) & (largest >= MIN_PAYLOAD)
        reused = _count_reused(icmps, pairs)
        odd = np.flatnonzero(changes & (reused >= MIN_REUSED) | (false_echoes >= MIN_FALSE_ECHOES))
        ranked = odd[np.argsort(-pairs.sizes[odd], kind="stable")][:MAX_FINDINGS]
        yield from strongest_of_each(
            self._say(traffic, pairs.rows(place), int(sizes[place]), int(false_echoes[place]), int(reused[place]))
            for place in ranked
        )

    def _say(self, traffic: Traffic, rows: Rows, sizes: int, false_echoes: int, reused: int) -> Finding:
        icmps, text = traffic.icmps, traffic.addresses.text
        asks = rows[np.isin(icmps.kind[rows], (ECHO, ECHO_V6))]
        first = int(asks[0] if len(asks) else rows[0])
        carried = int(icmps.payload_bytes[rows].sum())
        return network_finding(
            self,
            traffic,
            reason="icmp_tunnel",
            host=text(int(icmps.source[first])),
            severity=Severity.MEDIUM,
            confidence=0.85 if max(false_echoes, reused) >= 2 * MIN_ECHOES else 0.75,
            evidence=(
                Evidence("false_echoes", false_echoes, 0),
                Evidence("reused_numbers", reused, 0),
                Evidence("payload_sizes", sizes, 1),
                Evidence("carried_bytes", carried, None, "bytes"),
                Evidence("other_side", text(int(icmps.target[first]))),
                Evidence("count", len(rows)),
            ),
            seen_s=(float(icmps.at_s[rows].min()), float(icmps.at_s[rows].max())),
            records=icmps.record[rows[:1_000]].tolist(),
            techniques=("T1095",),
        )


def _is_echo(icmps: IcmpTable) -> Bits:
    is_six = icmps.family == VERSION_6
    echoes: Bits = np.where(
        is_six, np.isin(icmps.kind, (ECHO_V6, ECHO_ANSWER_V6)), np.isin(icmps.kind, (ECHO, ECHO_ANSWER))
    )
    return echoes


def _count_false_echoes(icmps: IcmpTable, pairs: Groups) -> Rows:
    """Count for each pair the exchanges whose answer differs from its question."""
    asks = np.isin(icmps.kind, (ECHO, ECHO_V6))
    pair_of, exchanges = _exchanges(icmps, pairs, _is_echo(icmps))
    is_two_sided = exchanges.distinct(asks.astype(np.int8)) > 1
    differs = (exchanges.distinct(icmps.payload_hash) > 1) | (exchanges.distinct(icmps.payload_bytes) > 1)
    is_single = exchanges.total(asks) == 1  # a reused number proves nothing here
    counted = exchanges.firsts[is_two_sided & differs & is_single]
    return np.bincount(pair_of[counted], minlength=len(pairs))


def _count_reused(icmps: IcmpTable, pairs: Groups) -> Rows:
    """Count for each pair the questions that reuse a number with another content."""
    pair_of, exchanges = _exchanges(icmps, pairs, np.isin(icmps.kind, (ECHO, ECHO_V6)))
    again = exchanges.distinct(icmps.payload_hash) - 1
    return np.bincount(pair_of[exchanges.firsts], weights=again, minlength=len(pairs)).astype(np.int64)


def _exchanges(icmps: IcmpTable, pairs: Groups, rows: Bits) -> tuple[Rows, Groups]:
    """Group echoes by exchange: question and answer share identifier and number; either end may ask.

    Returns:
        The pair of each row, and the exchanges.
    """
    pair_of = np.zeros(len(icmps), np.int64)
    pair_of[pairs.order] = pairs.ids
    asker = np.where(np.isin(icmps.kind, (ECHO, ECHO_V6)), icmps.source, icmps.target)
    return pair_of, group_rows(rows, pair_of, asker, icmps.ident, icmps.sequence)

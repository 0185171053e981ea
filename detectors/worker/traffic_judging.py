"""Has traffic judged and summed up.

Before this on the path: ``network.py`` (captures) and ``watching.py`` (this computer's own traffic). After it:
``judging.py``, which tells it over the wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detectors.contract.activity import ActivityRow
from detectors.contract.errors import SkipReason
from detectors.contract.traffic import KnownNetwork, Traffic, TrafficCounts
from detectors.features.spread_counting import LookMeter
from detectors.worker import wire
from detectors.worker.activity_sums import sum_up
from detectors.worker.judging import Judging
from detectors.worker.registry import Gap

CUT_SHARE = 0.1
"""From this share of packets that were captured shorter than sent, contents were not seen as they should be."""
OTHER_SHARE = 0.5
"""From this share of packets that are whole and still nothing we look into (encrypted wireless, the talk of switches),
"clean" would say too much."""
_ROWS_A_PART = 2_000


def known_network(known: wire.Known) -> KnownNetwork:
    """Put what came over the wall into the form that detectors read."""
    return KnownNetwork(frozenset(known.devices), frozenset(known.destinations), is_learned=known.is_learned)


class TrafficJudging(Judging):
    """One source of traffic."""

    def judge(self, traffic: Traffic, *, is_end: bool, rows: Sequence[ActivityRow] = ()) -> None:
        """Let the detectors judge a stretch and tell what is new; ``rows`` go beside what the flows sum up to."""
        meter = None if traffic.is_recording else LookMeter()
        self.look(replace(traffic, meter=meter))
        self.tell_counts(meter)
        all_rows = [*sum_up(traffic, with_open=is_end), *rows]
        for start in range(0, len(all_rows), _ROWS_A_PART):
            self._channel.send(wire.InputPart(activity=tuple(all_rows[start : start + _ROWS_A_PART])))
            self.step()

    def finish(self, traffic: Traffic, devices: Sequence[str] = ()) -> None:
        """Say the last word, with the counts of the last stretch, which are those of all."""
        counts = traffic.counts
        for gap in _gaps_of(counts):
            self.add_gap(gap)
        units = {"flows": counts.flows}
        if traffic.has_packets:
            units = {"packets": counts.packets, "flows": counts.flows, "bytes": counts.bytes}
        if counts.malformed:  # they were looked at as far as their lengths can be believed
            units["malformed_packets"] = counts.malformed
        self.end(wire.InputPart(units=units, devices=tuple(devices)))


def _gaps_of(counts: TrafficCounts) -> Iterator[Gap]:
    """Say what was read but could not be looked at as it should."""
    if counts.unknown_links:
        kinds = ", ".join(map(str, sorted(counts.unknown_links)))
        yield SkipReason.CAPTURE_LINK_UNKNOWN, {"packets": sum(counts.unknown_links.values()), "links": kinds}
    if counts.packets and counts.cut / counts.packets >= CUT_SHARE:
        yield SkipReason.CAPTURE_CUT, {"packets": counts.cut, "of": counts.packets}
    if counts.packets and counts.not_ip / counts.packets >= OTHER_SHARE:
        yield SkipReason.CAPTURE_NOT_INTERNET, {"packets": counts.not_ip, "of": counts.packets}
    if counts.flows_evicted:
        yield SkipReason.FLOWS_EVICTED, {"flows": counts.flows_evicted}
    if counts.records_dropped:
        yield SkipReason.RECORDS_DROPPED, {"records": counts.records_dropped}
    if counts.lost:
        yield SkipReason.PACKETS_LOST, {"packets": counts.lost}

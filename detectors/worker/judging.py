"""What every look at traffic does with what was read: judge it, tell what is new, and say what was left out.

Before this on the path: ``network.py`` (captures) and ``watching.py`` (this computer's own traffic). After it: the
wall.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from detectors.contract.activity import ActivityRow
from detectors.contract.errors import MessageRefused, SkippedCheck, SkipReason
from detectors.contract.finding import Finding, Subject
from detectors.contract.traffic import KnownNetwork, Traffic, TrafficCounts
from detectors.worker import wire
from detectors.worker.activity_sums import sum_up
from detectors.worker.control import Control
from detectors.worker.framing import Channel
from detectors.worker.registry import Gap, Panel

MAX_FINDINGS = 5_000
"""Of one source; only an attack on us gives more."""
CUT_SHARE = 0.1
"""From this share of packets that were captured shorter than sent, contents were not seen as they should be."""
OTHER_SHARE = 0.5
"""From this share of packets that are whole and still nothing we look into (encrypted wireless, the talk of switches),
"clean" would say too much."""
_FINDINGS_A_PART = 100
_ROWS_A_PART = 2_000
_TELL_S = 0.1
_LOOK_S = 0.05


def known_network(known: wire.Known) -> KnownNetwork:
    """Put what came over the wall into the form that detectors read."""
    return KnownNetwork(frozenset(known.devices), frozenset(known.destinations), is_learned=known.is_learned)


class Judging:
    """One source of traffic, from its first stretch to its last word."""

    def __init__(
        self,
        channel: Channel,
        panel: Panel,
        control: Control,
        *,
        subject: Subject,
        source: str,
        done: Callable[[], int],
    ) -> None:
        """Begin.

        Args:
            channel: Where everything is told.
            panel: Who judges.
            control: A person's hand.
            subject: What is named when something was left out.
            source: The input as given.
            done: Tells how far it is: bytes read, or seconds watched.
        """
        self._channel = channel
        self._panel = panel
        self._control = control
        self._subject = subject
        self._source = source
        self._done = done
        self._gaps: dict[SkipReason, Gap] = {}
        for gap in (gap for member in panel.members for gap in member.gaps()):
            self.add_gap((gap.reason, gap.values))
        self._told: dict[str, Finding] = {}
        self._steps = 0
        self._told_at = 0.0

    def judge(self, traffic: Traffic, *, is_end: bool, rows: Sequence[ActivityRow] = ()) -> None:
        """Let the detectors judge a stretch and tell what is new; ``rows`` go beside what the flows sum up to."""
        self.look(traffic)
        all_rows = [*sum_up(traffic, with_open=is_end), *rows]
        for start in range(0, len(all_rows), _ROWS_A_PART):
            self._channel.send(wire.InputPart(activity=tuple(all_rows[start : start + _ROWS_A_PART])))
            self.step()

    def look(self, traffic: Traffic) -> None:
        """Let the detectors judge what there is so far; it goes on, so nothing is summed up yet."""
        findings, gap = self._panel.judge(traffic, self.step)
        if gap is not None:
            self.add_gap(gap)
        told = list(self._new(findings))
        for start in range(0, len(told), _FINDINGS_A_PART):
            self._send(told[start : start + _FINDINGS_A_PART])

    def step(self) -> None:
        """Say how far it is, often enough to show and to prove life; wait here while a person wants that."""
        self._steps += 1
        if time.monotonic() - self._told_at > _TELL_S:
            self._told_at = time.monotonic()
            self._channel.send(wire.InputRead(self._done(), self._steps))
        while self._control.is_paused and not self._control.is_stopped:
            time.sleep(_LOOK_S)

    def add_gap(self, gap: Gap) -> None:
        """Keep why something was not looked at; the first of each reason counts."""
        self._gaps.setdefault(gap[0], gap)

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
        line = self._skipped_line()
        self._channel.send(wire.InputPart(devices=tuple(devices), units=units, skipped=line, is_last=True))

    def _new(self, findings: Sequence[Finding]) -> Iterator[Finding]:
        """Choose what was not told yet, or is known better now; there is an end to it."""
        for finding in findings:
            if self._told.get(finding.id) == finding:
                continue
            if finding.id not in self._told and len(self._told) >= MAX_FINDINGS:
                self.add_gap((SkipReason.FINDINGS_DROPPED, {"limit": MAX_FINDINGS}))
                return
            self._told[finding.id] = finding
            yield finding

    def _send(self, findings: Sequence[Finding]) -> None:
        """Send some findings; what cannot be said, for its length or a number that is none, costs one at most."""
        try:
            self._channel.send(wire.InputPart(findings=tuple(findings)))
        except MessageRefused:
            half = len(findings) // 2
            if half:
                self._send(findings[:half])
                self._send(findings[half:])
            else:
                self.add_gap((SkipReason.DETECTOR_FAILED, {"detector": findings[0].detector}))

    def _skipped_line(self) -> SkippedCheck | None:
        """Put all gaps into the one line that a source gets: the first is the gravest, ``also`` names the others."""
        if not self._gaps:
            return None
        (reason, values), *others = self._gaps.values()
        if others:
            values = values | {"also": [other.value for other, _ in others]}
        return SkippedCheck(self._subject, reason, self._source, values)


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

"""What every look does with what was read: have it judged, tell what is new, and say what was left out.

Before this on the path: ``traffic_judging.py`` and ``program_judging.py``, each for its sense. After it: the wall.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from detectors.contract.errors import MessageRefused, SkippedCheck, SkipReason
from detectors.contract.finding import Finding, Subject
from detectors.features.spread_counting import LookMeter
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import Channel
from detectors.worker.registry import Gap, Panel

MAX_FINDINGS = 5_000
"""Of one source; only an attack on us gives more."""
_FINDINGS_A_PART = 100
_TELL_S = 0.1
_LOOK_S = 0.05

T = TypeVar("T")


class Judging:
    """One source, from its first stretch to its last word."""

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

    def look(self, record: object) -> list[Finding]:
        """Let the detectors judge what there is so far, and tell what is new; return all they said."""
        findings, gap = self._panel.judge(record, self.step)
        if gap is not None:
            self.add_gap(gap)
        told = list(self._new(findings))
        for start in range(0, len(told), _FINDINGS_A_PART):
            self._send(told[start : start + _FINDINGS_A_PART])
        return findings

    def told(self) -> Collection[Finding]:
        """List what was told so far."""
        return self._told.values()

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

    def end(self, last: wire.InputPart) -> None:
        """Say the last word: counts of the whole, what else the sense has to tell, and why it was not all."""
        self._channel.send(replace(last, skipped=self._skipped_line(), is_last=True))

    def joined(self, _earlier: Finding, finding: Finding) -> Finding:
        """Make one of what was told before and what is said of it now; a sense whose stretches forget adds them up."""
        return finding

    def tell_counts(self, meter: LookMeter | None) -> None:
        """Tell how inputs and scores of models were spread in a stretch that will not be judged again."""
        counts = meter.counts() if meter is not None else ()
        if counts:
            self._channel.send(wire.InputPart(counts=counts))

    def _new(self, findings: Sequence[Finding]) -> Iterator[Finding]:
        """Choose what was not told yet, or is known better now; there is an end to it."""
        for one in findings:
            earlier = self._told.get(one.id)
            finding = self.joined(earlier, one) if earlier else one
            if finding == earlier:
                continue
            if earlier is None and len(self._told) >= MAX_FINDINGS:
                self.add_gap((SkipReason.FINDINGS_DROPPED, {"limit": MAX_FINDINGS}))
                return
            self._told[finding.id] = finding
            yield finding

    def _send(self, findings: Sequence[Finding]) -> None:
        """Send some findings; what cannot be said, for its length or a number that is none, costs one at most."""

        def lose(finding: Finding) -> None:
            self.add_gap((SkipReason.DETECTOR_FAILED, {"detector": finding.detector}))

        self.send_all(findings, lambda part: wire.InputPart(findings=part), lose)

    def send_all(
        self, things: Sequence[T], part_of: Callable[[tuple[T, ...]], wire.InputPart], lose: Callable[[T], None]
    ) -> None:
        """Send things together, or in halves where they are too long together; ``lose`` hears of one too long alone."""
        try:
            self._channel.send(part_of(tuple(things)))
        except MessageRefused:
            half = len(things) // 2
            if half:
                self.send_all(things[:half], part_of, lose)
                self.send_all(things[half:], part_of, lose)
            else:
                lose(things[0])

    def _skipped_line(self) -> SkippedCheck | None:
        """Put all gaps into the one line that a source gets: the first is the gravest, ``also`` names the others."""
        if not self._gaps:
            return None
        (reason, values), *others = self._gaps.values()
        if others:
            values = values | {"also": [other.value for other, _ in others]}
        return SkippedCheck(self._subject, reason, self._source, values)

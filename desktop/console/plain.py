"""A running check as calm, plain text: findings as they come, then what was not looked at, then one closing line.

Before this on the path: events of the service. After it: a person at a terminal, or a log. Names from outside are made
harmless; colour never stands without a word and a shape.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field

from rich.console import Console
from rich.live import Live
from rich.padding import Padding
from rich.text import Text

from desktop.console.face import Face
from desktop.service.events import FindingSeen, PartRestarted, Progress, Skipped, SourceChecked, Started, Summary
from desktop.service.texts import harmless
from detectors.contract.errors import SkippedCheck
from detectors.contract.finding import Finding, Level

SHAPES = {Level.ACT_NOW: "⬢", Level.CHECK_TODAY: "▲", Level.GOOD_TO_KNOW: "●"}
STYLES = {Level.ACT_NOW: "bold red", Level.CHECK_TODAY: "bold yellow", Level.GOOD_TO_KNOW: "bold blue"}
LONGEST_NAME = 300
"""Letters of a path that are shown; long enough to find the file again."""
NAMED_SKIPPED = 3
"""Of each reason, this many are named."""
SHORT_ID = 8
"""Digits of an id that are enough to name a finding."""
COUNTED = ("files", "members", "packets", "flows", "programs", "starts")
"""What the closing line counts: the first that was looked for, and what there was besides."""
PROGRESS = {
    "files": "progress",
    "bytes": "progress_bytes",
    "seconds": "progress_seconds",
    "programs": "progress_programs",
}
"""Sentence for each unit."""
WIDEST = 100
"""Columns of running text on a wide terminal."""
_MINUTE_S = 60


def out() -> Console:
    """Open stdout for text: no markup, no guessing, no wrapping of names in a pipe."""
    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=not sys.stdout.isatty())


def print_block(console: Console, text: Text, indent: int = 0) -> None:
    """Print one paragraph; on a terminal it is wrapped to a readable width, in a pipe it stays one line."""
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, indent)), width=min(console.width, WIDEST))
    else:
        console.print(Text(" " * indent) + text)


def level_text(finding: Finding, level: str, headline: str) -> Text:
    """Write the first line of a finding: shape, word, sentence."""
    style = STYLES[finding.level]
    return Text.assemble((f"{SHAPES[finding.level]} {level}", style), "  ", (headline, "bold"))


class PlainTeller:
    """Prints each event; holds only what the end needs."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._out = out()
        self._bar = ProgressLine(face)
        self._left_out = LeftOut()
        self._levels: Counter[str] = Counter()

    def started(self, event: Started) -> None:
        """Say nothing yet: the progress line speaks."""

    def progress(self, event: Progress) -> None:
        """Show how far it is, on a terminal."""
        self._bar.show(event)

    def restarted(self, event: PartRestarted) -> None:
        """Say that a part fell over and goes on."""
        self._bar.hide()
        self._face.warn(self._face.count("restarted", event.left_out))

    def finding(self, event: FindingSeen) -> None:
        """Tell one finding: how urgent, what, where, and what to do first."""
        self._bar.hide()
        face, finding = self._face, event.finding
        told = face.service.explain(finding, face.language)
        self._levels[told.level] += 1
        print_block(self._out, level_text(finding, told.level, told.headline))
        print_block(self._out, Text(harmless(finding.subject.name, LONGEST_NAME)), 2)
        if told.what_to_do:
            step = told.what_to_do[0]
            first = face.say("first_step", step=f"{step.do} {step.note}".strip())
            print_block(self._out, Text(first), 2)
        if face.keeps and not face.is_quiet:
            print_block(self._out, Text(face.say("more_about", id=finding.id[:SHORT_ID]), style="dim"), 2)
        self._out.print()
        self._out.file.flush()

    def skipped(self, event: Skipped) -> None:
        """Keep it for the end; there it is told by reason."""
        self._left_out.add(event.skipped)

    def checked(self, event: SourceChecked) -> None:
        """Say nothing: the closing line counts."""

    def summary(self, event: Summary, not_shown: int) -> None:
        """Say what was not looked at, what is not shown, and how it ended."""
        self._bar.hide()
        self._tell_left_out(event)
        for sentence in self._closing_sentences(event, not_shown):
            print_block(self._out, Text(sentence))
        style = {"clean": "bold green", "found": "bold"}.get(event.verdict, "bold yellow")
        print_block(self._out, Text(self._verdict(event), style=style))
        self._out.file.flush()

    def _tell_left_out(self, event: Summary) -> None:
        if not event.skipped:
            return
        face = self._face
        print_block(self._out, Text(face.count("not_looked_at", event.skipped), style="bold"))
        for reason, number in self._left_out.numbers.most_common():
            named = self._left_out.named[reason]
            sentence = face.service.skip_text(named[0], face.language)
            print_block(self._out, Text(f"{number}  {sentence}"), 2)
            for skipped in named:
                print_block(self._out, Text(harmless(skipped.subject.name, LONGEST_NAME), style="dim"), 6)
            if number > len(named):
                print_block(self._out, Text(face.count("and_more", number - len(named)), style="dim"), 6)
        self._out.print()

    def _closing_sentences(self, event: Summary, not_shown: int) -> list[str]:
        face = self._face
        sentences = []
        if not_shown:
            sentences.append(face.count("below_level", not_shown, level=face.min_severity.word))
        if malformed := event.units.get("malformed_packets", 0):
            sentences.append(face.count("malformed_packets", malformed))
        sentences += coverage_sentences(face, event.units)
        if known := event.units.get("known_findings", 0):
            sentences.append(face.count("known_not_shown", known))
        if event.stopped:
            sentences.append(face.say("stopped_kept" if face.keeps else "stopped_not_kept"))
        sentences.append(
            face.say("counted", what=self._counted(event), duration=face.say("seconds", seconds=event.duration_s))
        )
        return sentences

    def _counted(self, event: Summary) -> str:
        """Say how much was looked at: files and what was in them, packets and conversations, programs."""
        face, units = self._face, event.units
        known = [unit for unit in COUNTED if unit in units]
        told = [face.count(unit, units[unit]) for unit in known if units[unit] or unit == known[0]]
        first = ", ".join(told[:-1])
        return face.say("and", first=first, second=told[-1]) if first else told[-1]

    def _verdict(self, event: Summary) -> str:
        """Say the end in one sentence; it never promises safety."""
        if event.verdict == "found":
            levels = ", ".join(f"{number} {level}" for level, number in self._levels.items())
            told = self._face.count("found", event.findings)
            return f"{told} {levels}" if levels else told
        if event.stopped:
            return self._face.say("stopped_verdict")
        if event.verdict == "clean":
            return self._face.say("clean")
        return self._face.count("gap", event.skipped)

    def close(self) -> None:
        """Take the progress line away."""
        self._bar.hide()


def coverage_sentences(face: Face, units: dict[str, int]) -> list[str]:
    """Say what share of programs was seen, wherever that is known and not all."""
    told = []
    if interval_ms := units.get("interval_ms", 0):
        told.append(face.say("looked_every", interval_s=interval_ms / 1000))
    if missed := units.get("missed", 0):
        told.append(face.say("starts_missed", missed=missed, started=missed + units.get("starts", 0)))
    if unknown := units.get("without_command", 0):
        told.append(face.count("starts_without_command", unknown))
    if unread := units.get("places_unread", 0):
        told.append(face.count("places_unread", unread))
    return told


@dataclass(slots=True)
class LeftOut:
    """What was not looked at, by reason; however many there are, only a few names are held."""

    numbers: Counter[str] = field(default_factory=Counter)
    """How many of each reason."""
    named: dict[str, list[SkippedCheck]] = field(default_factory=dict)
    """The first few of each."""

    def add(self, skipped: SkippedCheck) -> None:
        """Count one, and hold it if its reason has few so far."""
        self.numbers[skipped.reason] += 1
        named = self.named.setdefault(skipped.reason, [])
        if len(named) < NAMED_SKIPPED:
            named.append(skipped)


class ProgressLine:
    """One line on stderr that changes in place; absent when stderr is no terminal or quiet is asked for."""

    def __init__(self, face: Face) -> None:
        self._face = face
        console = Console(file=sys.stderr, markup=False, highlight=False, emoji=False)
        is_wanted = console.is_terminal and not face.is_quiet
        self._live = Live(console=console, auto_refresh=False, transient=True) if is_wanted else None

    def show(self, event: Progress) -> None:
        """Bring the line up to date."""
        if self._live is None:
            return
        if not self._live.is_started:
            self._live.start()
        self._live.update(Text(self.words(event), no_wrap=True, overflow="ellipsis", style="dim"), refresh=True)

    def words(self, event: Progress) -> str:
        """Say how far it is, how long it still takes, and where it is."""
        parts = [
            self._face.say(
                "progress_about" if event.total_is_estimate else PROGRESS[event.unit],
                done=event.done,
                total=event.total,
                done_bytes=event.done,
                total_bytes=event.total,
            )
        ]
        if event.seconds_left:
            parts.append(self._left(*event.seconds_left))
        if event.folder:
            parts.append(harmless(event.folder))
        return "  ".join(parts)

    def _left(self, lowest_s: float, highest_s: float) -> str:
        if highest_s < _MINUTE_S:
            return self._face.say("under_a_minute")
        lowest, highest = round(lowest_s / _MINUTE_S), -(-int(highest_s) // _MINUTE_S)
        if lowest in (0, highest):
            return self._face.count("minutes_left", highest)
        return self._face.say("minutes_left_range", lowest=lowest, highest=highest)

    def hide(self) -> None:
        """Take the line away, so that results stand alone."""
        if self._live is not None and self._live.is_started:
            self._live.stop()

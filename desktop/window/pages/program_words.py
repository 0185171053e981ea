"""Programs in words: who started them, since when, how much they use, whom they talk to, how much of all was seen.

Before this on the path: rows of the service, which hold hostile text. After it: the list and the story.
"""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from desktop.service.programs import ProgramSource
from desktop.window import say
from desktop.window.pages.found import join_facts
from desktop.window.pages.program_facts import ShownProgram
from desktop.window.widgets.label import one_line
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.programs_view import ProgramLine
from desktop.window.widgets.shapes import mark_of
from detectors.contract.activity import ProgramRow
from detectors.contract.programs import Coverage

PERCENT = 100
HALF_S = 0.5


class ProgramWords(QObject):
    """Says everything the view shows. In a class, because lupdate sees numbers only in ``tr``."""

    def __init__(self, locale: QLocale, *, is_recording: bool) -> None:
        super().__init__()
        self.locale, self._is_recording = locale, is_recording
        self._pill = LevelPill("none")

    # One row

    def line(self, shown: ShownProgram) -> ProgramLine:
        """Word one row of the list."""
        row, mark = shown.row, mark_of(shown.level) if shown.level else ""
        title, by = self.title(row), join_facts(self.started_by(shown.started_by), one_line(row.user))
        time, network = self.time(row, is_running=shown.is_running), self.network(row)
        processor, memory = self.processor(row.cpu_share), self.memory(row.memory_bytes)
        word = self._pill.word_for(mark) if mark else ""
        parts = (word, title, by, time, network, processor, memory)
        return ProgramLine(
            title=title, by=by, time=time, network=network, processor=processor, memory=memory,
            share=row.cpu_share, mark=mark, mark_word=word, is_ended=not shown.is_running,
            sentence=", ".join(part.replace("  ·  ", ", ") for part in parts if part),
        )  # fmt: skip

    def title(self, row: ProgramRow) -> str:
        """Name a program."""
        return one_line(row.name or say.file_name(row.path)) or self.tr("A program we cannot name")

    def started_by(self, name: str) -> str:
        """Say who started it."""
        return self.tr("started by {name}").replace("{name}", one_line(name)) if name else ""

    def time(self, row: ProgramRow, *, is_running: bool) -> str:
        """Say since when it runs, or when it ended."""
        if row.ended_s is not None:
            return self.tr("ended {when}").replace("{when}", say.when(self.locale, say.moment(row.ended_s)))
        if row.started_s is None:
            return "" if is_running else self.tr("has ended")
        when = say.when(self.locale, say.moment(row.started_s))
        if is_running and not self._is_recording:
            return self.tr("running since {when}").replace("{when}", when)
        return self.tr("started {when}").replace("{when}", when)

    def account(self, row: ProgramRow) -> str:
        """Name the account it runs under."""
        return self.tr("account {name}").replace("{name}", one_line(row.user)) if row.user else ""

    def and_more(self, count: int) -> str:
        """Count what is not named."""
        return self.tr("and %Ln more", "", count)

    def network(self, row: ProgramRow) -> str:
        """Say whom it talks to, and on which doors it waits."""
        return join_facts(self.far(row), self.doors(row))

    def far(self, row: ProgramRow) -> str:
        """Name the first other end and count the rest."""
        if not row.far:
            return self.tr("%Ln connection(s)", "", row.connections) if row.connections else ""
        first, more = one_line(row.far[0]), max(row.connections, len(row.far)) - 1
        return self.tr("{name} and %Ln more", "", more).replace("{name}", first) if more > 0 else first

    def doors(self, row: ProgramRow, told: int = 3) -> str:
        """Name the doors (ports) on which it can be called."""
        if not row.listens:
            return ""
        ports = ", ".join(map(str, row.listens[:told])) + (" …" if len(row.listens) > told else "")
        return self.tr("can be called on {ports}").replace("{ports}", ports)

    def processor(self, share: float | None) -> str:
        """Say how busy it keeps the processor; above one core in cores."""
        if share is None:
            return ""
        if share > 1:
            return self.tr("{n} cores busy").replace("{n}", self.locale.toString(share, "f", 1))
        percent = f"{self._percent(share)}\u00a0%"
        return self.tr("processor {percent}").replace("{percent}", percent)

    def _percent(self, share: float) -> str:
        percent = max(share, 0.0) * PERCENT
        return self.locale.toString(percent, "f", 1 if 0 < percent < 1 else 0)

    def memory(self, size_bytes: int | None) -> str:
        """Say how much memory it holds."""
        if size_bytes is None:
            return ""
        return self.tr("memory {size}").replace("{size}", say.size(self.locale, size_bytes))

    # The source

    def source(self, source: ProgramSource | None) -> str:
        """Name where programs were seen."""
        if source is None or not source.name:
            return self.tr("This computer")
        return one_line(say.file_name(source.name))

    def coverage(self, coverage: Coverage | None) -> str:
        """Say what share of all programs was seen. Silence never looks like safety."""
        if coverage is None:
            return ""
        parts = [self._way(coverage), self._seen(coverage)]
        if coverage.without_command:
            parts.append(self.tr("Of %Ln of them we do not know what they were told.", "", coverage.without_command))
        return " ".join(part for part in parts if part)

    def _way(self, coverage: Coverage) -> str:
        if coverage.way == "events":
            return self.tr("The system told us of every start.")
        if coverage.way == "snapshot":
            return self.tr("We looked once; programs that ran before or after are missed.")
        if coverage.way != "polling" or coverage.interval_s is None:
            return ""
        if coverage.interval_s == HALF_S:
            return self.tr("We looked every half second; programs that lived shorter are missed.")
        seconds = self.locale.toString(float(coverage.interval_s), "g", 3)
        text = self.tr("We looked every {seconds} seconds; programs that lived shorter are missed.")
        return text.replace("{seconds}", seconds)

    def _seen(self, coverage: Coverage) -> str:
        """Say "Seen: 41 of about 60". What a poll is measured against is an upper bound, so it says "about"."""
        if coverage.started is None:
            return ""
        seen, started = (say.number(self.locale, n) for n in (coverage.seen, max(coverage.started, coverage.seen)))
        text = self.tr("Starts seen: {seen} of about {started}.")
        if coverage.way == "events":
            text = self.tr("Starts seen: {seen} of {started}.")
        return text.replace("{seen}", seen).replace("{started}", started)

    def left_out(self, count: int) -> str:
        """Say that not everything is listed."""
        return self.tr("%Ln older program(s) are not shown: there are too many.", "", count) if count else ""

    def count(self, shown: int, of: int) -> str:
        """Count the rows of the list."""
        if shown == of:
            return self.tr("%Ln program(s)", "", shown)
        return self.tr("%Ln program(s) shown of {total}.", "", shown).replace("{total}", say.number(self.locale, of))

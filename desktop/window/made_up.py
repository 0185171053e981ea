"""A service with invented people and files, for pictures and tests of the window.

Before this on the path: ``pictures.py`` or a test. After it: the bridge, which cannot tell it from the real one.
Only what is kept and what a check says is invented; texts and explanations are the real ones.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.service.activity import ActivityView, PacketView
from desktop.service.events import Control, Event, FindingSeen, Progress, Skipped, SourceChecked, Started, Summary
from desktop.service.home import NEWEST, HomeState, home_state
from desktop.service.keeping.kept import Arrivals, JournalLine, KeptFinding, OpenCount, RunFacts
from desktop.service.programs import ProgramStory, ProgramsView
from desktop.service.service import Service
from desktop.service.settings import Settings, SettingValue
from desktop.window import present
from desktop.window.made_up_models import MadeUpLearning
from desktop.window.made_up_network import MB, make_kept_hosts, make_packet, make_view
from desktop.window.made_up_programs import make_kept_programs, make_program_story, make_programs_view
from detectors.contract.errors import (
    FindingUnknown,
    InputUnreadable,
    SkippedCheck,
    SkipReason,
    StoreFull,
    WorkerStopped,
)
from detectors.contract.finding import Evidence, Finding, FoundBy, Severity, Subject
from detectors.contract.places import Place

HOME = "/home/maria"
FILES = 48_212
STORIES = ("empty", "calm", "look", "act", "network", "programs")

NETWORK_UNITS = {"packets": 12_480, "flows": 311, "bytes": 48 * MB}
PROGRAM_UNITS = {"programs": 13, "starts": 41}
_SENSE_OF_KIND = {"file": "files", "host": "network", "process": "programs", "place": "programs"}
_SKIPPED = (
    (SkipReason.ARCHIVE_ENCRYPTED, "Documents/salaries.zip", 7),
    (SkipReason.IN_USE, "Documents/mailbox.pst", 4),
    (SkipReason.FILE_TOO_LARGE, "Downloads/holiday_film.mp4", 1),
)


def make_kept(
    reason: str,
    severity: Severity,
    path: str,
    *,
    signs: Sequence[tuple[str, bool]] = (),
    days_ago: int = 0,
    clock: str = "09:10",
) -> KeptFinding:
    """Invent one kept finding about a file of Maria's."""
    hour, minute = map(int, clock.split(":"))
    today = present.now().replace(hour=hour, minute=minute, second=0, microsecond=0)
    at = (today - timedelta(days=days_ago)).astimezone(UTC)
    finding = Finding(
        detector="made_up",
        reason=reason,
        subject=Subject.file(f"{HOME}/{path}"),
        severity=severity,
        confidence=0.8,
        evidence=(
            *(Evidence(f"sign_{name}", was_found, False) for name, was_found in signs),
            Evidence("rules", ["made_up.Example"]),
            Evidence("size_bytes", 48_212, None, "bytes"),
            Evidence("sha256", "0f" * 32),
            Evidence("file_type", "zip"),
            Evidence("offset", 1024, None, "bytes"),
        ),
        first_seen_at=at,
        last_seen_at=at,
        judged_by="made_up@1",
        found_by=FoundBy.PATTERN,
        source=HOME,
        techniques=("T1566.001",),
    )
    return KeptFinding(finding, "open", None, None, None, at, at, 1, is_new_since_last_visit=days_ago == 0)


def make_all_kept(story: str) -> list[KeptFinding]:
    """Invent what the story has found."""
    low, medium = Severity.LOW, Severity.MEDIUM
    signs = (("starts_by_itself", True), ("fetches_more", True), ("hidden_text", False))
    act = make_kept("ransom_note", Severity.HIGH, "Documents/HOW_TO_GET_YOUR_FILES_BACK.txt", clock="11:20")
    look = [
        make_kept("macro_document", medium, "Downloads/invoice_0423.docm", signs=signs),
        make_kept("test_file", Severity.INFORMATIONAL, "Desktop/eicar.com", clock="09:11"),
        make_kept("disguised_file", medium, "Downloads/holiday_photo.jpg.exe", days_ago=1, clock="23:40"),
        make_kept("archive_not_opened", low, "Documents/Offers/offer_2291.zip", days_ago=1, clock="17:05"),
        make_kept("exposed_secret", low, "Documents/notes <b>old & new.txt", days_ago=3, clock="08:30"),
    ]
    return {
        "look": look,
        "act": [act, *look],
        "network": [*make_kept_hosts(), *look],
        "programs": [*make_kept_programs(), *look],
    }.get(story, [])


def make_skipped() -> list[SkippedCheck]:
    """Invent what was not looked at."""
    values = {"limit_bytes": 2_000_000_000, "size_bytes": 4_100_000_000}
    return [
        SkippedCheck(
            Subject.file(f"{HOME}/{path}.{number}" if number else f"{HOME}/{path}"), reason, HOME, dict(values)
        )
        for reason, path, times in _SKIPPED
        for number in range(times)
    ]


class MadeUpSettings(Settings):
    """Settings in memory that can break together with everything else."""

    def __init__(self, service: MadeUpService) -> None:
        super().__init__(service.memory)
        self._service = service

    def all(self) -> dict[str, SettingValue]:
        """Tell every setting, unless the disk is full today."""
        if self._service.is_broken:
            raise StoreFull(path="/home/maria")
        return super().all()


class MadeUpService(Service):
    """The service of an office that does not exist.

    ``story`` chooses what it has found: ``empty``, ``calm``, ``look`` or ``act``. ``is_broken`` makes every question to
    the store fail; a check of it pauses by itself after a while when ``stays_running``, so that pictures can be taken.
    """

    def __init__(
        self, data_folder: Path, story: str = "look", *, is_broken: bool = False, stays_running: bool = False
    ) -> None:
        super().__init__(data_folder, keep=False)
        self.memory = self._journal
        self.story, self.is_broken, self._stays_running = story, is_broken, stays_running
        self.settings = MadeUpSettings(self)
        self.may_end = threading.Event()
        self.learning = MadeUpLearning(self, self.learning)
        self._judged: dict[int, tuple[str, str | None]] = {}
        self.kept = make_all_kept(story)
        self._settings_of_maria()

    def _settings_of_maria(self) -> None:
        if self.story == "empty":
            return
        for name, value in {
            "helper_kind": "colleague",
            "helper_name": "Sam",
            "helper_phone": "020 7946 0112",
            "helper_hours": "until 18:00",
            "computer_name": "Reception PC",
            "folders": [f"{HOME}/Documents/Offers", "/media/Office <i>stick</i>"],
            "welcome_done": True,
        }.items():
            self.settings.set(name, value)

    def fail_if_broken(self) -> None:
        """Fail as a service does whose worker is gone, in stories about that."""
        if self.is_broken:
            raise WorkerStopped(deaths=5)

    def scope_paths(self, scope: str) -> list[Place]:
        """Name places of Maria's computer."""
        if scope == "quick":
            return [Place(name.casefold(), f"{HOME}/{name}") for name in ("Downloads", "Desktop", "Documents")]
        return super().scope_paths(scope) if scope == "folders" else [Place("whole", "/")]

    # What is kept

    def findings(
        self, *, state: str = "open", min_severity: Severity | None = None, search: str = "", limit: int | None = None
    ) -> list[KeptFinding]:
        """List the invented findings."""
        self.fail_if_broken()
        chosen = [
            kept
            for kept in self.kept
            if state in {"all", kept.state}
            and (min_severity is None or kept.finding.severity >= min_severity)
            and search.casefold() in kept.finding.subject.name.casefold()
        ]
        return chosen[:limit]

    def finding(self, finding_id: str) -> KeptFinding:
        """Find one."""
        self.fail_if_broken()
        for kept in self.kept:
            if kept.finding.id.startswith(finding_id):
                return kept
        raise FindingUnknown(id=finding_id)

    def judge(self, finding_id: str, judgement: str, *, scope: str = "file", days: int | None = 30) -> int:
        """Keep an answer in memory."""
        del scope, days
        old = self.finding(finding_id)
        number = len(self._judged) + 1_000
        self._judged[number] = (old.finding.id, old.judgement)
        self._judge(old.finding.id, judgement)
        return number

    def _judge(self, finding_id: str, judgement: str | None) -> None:
        state = "solved" if judgement == "known" else "open"
        at = present.now().astimezone(UTC) if judgement else None
        self.kept = [
            replace(kept, judgement=judgement, judged_at=at, state=state) if kept.finding.id == finding_id else kept
            for kept in self.kept
        ]

    def undo(self, journal_id: int) -> None:
        """Take an answer or a setting back."""
        if journal_id in self._judged:
            self._judge(*self._judged.pop(journal_id))
        else:
            super().undo(journal_id)

    def journal(self, limit: int = 200) -> list[JournalLine]:
        """List nothing: the history comes with a later page."""
        del limit
        return []

    def runs(self, limit: int = 20) -> list[RunFacts]:
        """List two invented checks."""
        self.fail_if_broken()
        if self.story == "empty":
            return []
        now = present.now().astimezone(UTC)
        skipped = {} if self.story == "calm" else {reason.value: times for reason, _path, times in _SKIPPED}
        newer = _run_facts(2, "quick", now - timedelta(minutes=20), skipped)
        if self.story == "programs":
            newer = replace(newer, seen=newer.seen + 2, checked=newer.checked + 2, units=NETWORK_UNITS | PROGRAM_UNITS)
        older = _run_facts(1, "full", now - timedelta(days=1), {})
        return [replace(newer, findings=len(self.kept)), older][:limit]

    def skipped_of(self, run_id: int) -> list[SkippedCheck]:
        """List what the first of them left out."""
        return make_skipped() if run_id == 2 and self.story != "calm" else []  # noqa: PLR2004 - the newer run above

    def home(self) -> HomeState:
        """Draw the picture from the invented facts."""
        kept = self.findings(state="all")
        open_ones = [one for one in kept if one.state == "open"]
        return home_state(
            [OpenCount(_SENSE_OF_KIND[one.finding.subject.kind], one.finding.severity, 1) for one in open_ones],
            sorted(open_ones, key=lambda one: one.first_kept_at, reverse=True)[:NEWEST],
            [Arrivals(one.first_kept_at, one.finding.severity, one.state == "solved", 1) for one in kept],
            self.runs(),
            helper=self.helper(),
            now=present.now(),
            drift=self.learning.light(),
        )

    # The network

    def activity(
        self, since: datetime | None = None, until: datetime | None = None, source: str | None = None
    ) -> ActivityView:
        """Show invented traffic."""
        self.fail_if_broken()
        return make_view(self.story, since, until, source)

    def can_capture(self) -> bool:  # type: ignore[override] # the real one needs no office
        """Say that listening is possible where the story is about the network."""
        return self.story == "network"

    def interfaces(self) -> list[str]:  # type: ignore[override] # as above
        """Name two invented network cards."""
        return ["eth0", "wlan0"] if self.can_capture() else []

    def packet(self, finding_id: str, number: int, control: Control | None = None) -> PacketView:
        """Invent a packet; one that the finding does not name is not there."""
        del control
        if number not in self.finding(finding_id).finding.records:
            raise InputUnreadable(path="office.pcap")
        return make_packet(number)

    def export_packets(self, finding_id: str, path: Path, control: Control | None = None) -> int:
        """Count what would be written."""
        del path, control
        return len(self.finding(finding_id).finding.records)

    def check_captures(
        self, paths: Sequence[str], control: Control, *, command: str = "scan network"
    ) -> Iterator[Event]:
        """Tell an invented check of a recording."""
        progress = [Progress(done * MB, 120 * MB, False, paths[0], (20.0, 40.0), "bytes") for done in range(0, 49, 4)]
        yield from self._look_events(command, tuple(paths), progress, control, NETWORK_UNITS)

    def check_connections(self, control: Control, *, seconds: float, command: str = "scan network") -> Iterator[Event]:
        """Tell an invented look at the connections."""
        progress = [Progress(done, int(seconds), False, "", None, "seconds") for done in range(13)]
        yield from self._look_events(command, ("connections",), progress, control, NETWORK_UNITS)

    def check_live(
        self, interface: str, control: Control, *, seconds: float, save: Path | None = None
    ) -> Iterator[Event]:
        """Tell invented listening."""
        del save
        progress = [Progress(done, int(seconds), False, interface, None, "seconds") for done in range(13)]
        yield from self._look_events("scan network", (interface,), progress, control, NETWORK_UNITS)

    # Programs

    def programs(
        self, source: str | None = None, since: datetime | None = None, until: datetime | None = None
    ) -> ProgramsView:
        """Show invented programs."""
        del since, until
        self.fail_if_broken()
        return make_programs_view(self.story, source)

    def program_story(self, key: str, source: str | None = None) -> ProgramStory | None:
        """Tell an invented story."""
        return make_program_story(self.programs(source), key, self.findings())

    def check_programs(self, control: Control, *, seconds: float = 3.0, save: Path | None = None) -> Iterator[Event]:
        """Tell an invented look at the programs."""
        del save
        progress = [Progress(done, int(seconds), False, "", None, "seconds") for done in range(int(seconds) // 2)]
        yield from self._look_events("scan processes", ("programs",), progress, control, PROGRAM_UNITS)

    def check_recordings(
        self, paths: Sequence[str], control: Control, *, poll_s: float | None = None, command: str = "scan processes"
    ) -> Iterator[Event]:
        """Tell an invented check of a recording of programs."""
        del poll_s
        progress = [Progress(done * MB, 12 * MB, False, paths[0], (20.0, 40.0), "bytes") for done in range(5)]
        yield from self._look_events(command, tuple(paths), progress, control, {"starts": 1_204})

    def _look_events(
        self,
        command: str,
        inputs: tuple[str, ...],
        progress: Sequence[Progress],
        control: Control,
        units: dict[str, int],
    ) -> Iterator[Event]:
        yield Started(present.now().astimezone(UTC), command, 4, "full")
        if self.is_broken:
            raise WorkerStopped(deaths=5)
        yield from progress
        sense = "network" if "flows" in units else "programs"
        found = [kept for kept in self.kept if _SENSE_OF_KIND[kept.finding.subject.kind] == sense]
        for kept in found:
            yield FindingSeen(replace(kept.finding, last_seen_at=present.now().astimezone(UTC)), is_new=True)
        while self._stays_running and not control.is_stopped and not self.may_end.wait(0.01):
            pass
        yield SourceChecked(inputs[0], units)
        verdict = "found" if found else "clean"
        yield Summary(verdict, 1, 1, 0, len(found), 30.0, units, control.is_stopped)

    # A check

    def check_now(
        self, scope: str, control: Control, *, folders: Sequence[str] = (), resume: bool = False
    ) -> Iterator[Event]:
        """Tell an invented check."""
        del resume
        yield from self._events("check", (scope, *folders), control)

    def check_files(
        self, paths: Sequence[str], control: Control, *, command: str = "scan files", **others: Any
    ) -> Iterator[Event]:
        """Tell an invented check."""
        del others
        yield from self._events(command, tuple(paths), control)

    def _events(self, command: str, inputs: tuple[str, ...], control: Control) -> Iterator[Event]:
        yield Started(present.now().astimezone(UTC), command, 3, "full")
        if self.is_broken:
            raise WorkerStopped(deaths=5)
        for done in range(0, 12_401, 400):
            if control.is_stopped:
                break
            yield Progress(done, 48_000, True, f"{HOME}/Documents/Offers/2026", (180.0, 300.0))
        for kept in self.kept[:2]:
            yield FindingSeen(replace(kept.finding, last_seen_at=present.now().astimezone(UTC)), is_new=True)
        for skipped in make_skipped() if self.kept else ():
            yield Skipped(skipped)
        while self._stays_running and not control.is_stopped and not self.may_end.wait(0.01):
            pass
        yield SourceChecked(inputs[0], {"files": FILES})
        found, left_out = len(self.kept[:2]), len(make_skipped()) if self.kept else 0
        yield Summary(
            "found" if found else "clean",
            FILES,
            FILES - left_out,
            left_out,
            found,
            243.0,
            {"files": FILES},
            control.is_stopped,
        )


def _run_facts(run_id: int, scope: str, at: datetime, skipped: dict[str, int]) -> RunFacts:
    left_out = sum(skipped.values())
    return RunFacts(
        id=run_id,
        command="check",
        scope=scope,
        started_at=at,
        ended_at=at + timedelta(minutes=4),
        verdict="not_fully_checked" if left_out else "clean",
        seen=FILES,
        checked=FILES - left_out,
        skipped=left_out,
        findings=0,
        duration_s=243.0,
        stopped=False,
        skipped_by_reason=skipped,
    )

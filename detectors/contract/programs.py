"""Programs that started, what they do over time, and what changed around them: the records of the program sense.

Before this on the path: telemetry, which reads ``/proc``, psutil, start events and recordings into these. After it:
detectors, which judge one machine at a time.
None always means unknown (access denied, not recorded, gone too soon), never empty.
All text is hostile: programs choose their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from detectors.contract.baseline import LocalPicture, Meter
from detectors.contract.finding import Evidence, Finding, FoundBy, Scalar, Severity, Subject

if TYPE_CHECKING:
    from detectors.contract.detector import Detector

MAX_RECORDS = 1_000
"""Of one finding, by the contract of the command line."""
MAX_CHAIN = 64
"""Parents followed upwards: a recording may claim endless ones."""
HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class ProgramConnection:
    """One connection or listening socket of a program."""

    transport: str
    """``tcp`` or ``udp``."""
    near: str | None
    """Address of this end."""
    near_port: int | None
    far: str | None
    """Address of the other end; None for a listener."""
    far_port: int | None
    name: str | None = None
    """What the other end was called."""
    is_outgoing: bool | None = None
    """True when the program called."""
    is_listener: bool = False
    at_s: float | None = None
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Load:
    """Counters of a running program at one moment; all but ``at_s`` only ever grow or are levels."""

    at_s: float
    """Seconds since 1970."""
    cpu_s: float | None = None
    """Processor time since the program began."""
    memory_bytes: int | None = None
    """Resident now."""
    read_bytes: int | None = None
    """Since the program began."""
    written_bytes: int | None = None
    """Since the program began."""
    threads: int | None = None
    idle_user_s: float | None = None
    """How long nobody had touched keyboard or mouse."""


@dataclass(slots=True, eq=False)
class Program:
    """One start of one program. Compared by identity: a number is given to another program within minutes."""

    record: int
    """Line of the recording from 0, a running number when live, -1 for a parent known only from its child's record."""
    system: str
    """``windows``, ``linux``, ``macos`` or empty."""
    pid: int | None = None
    parent_pid: int | None = None
    started_s: float | None = None
    """Seconds since 1970."""
    ended_s: float | None = None
    name: str | None = None
    """As the system calls it; Linux cuts it at 15 bytes."""
    path: str | None = None
    """The executable, as logged (``\\??\\`` and short names included; features normalise)."""
    command: str | None = None
    """The whole command line."""
    arguments: tuple[str, ...] | None = None
    """Taken apart, where the system gives them so."""
    user: str | None = None
    folder: str | None = None
    """Working folder."""
    integrity: str | None = None
    """Windows: ``Low``, ``Medium``, ``High``, ``System``."""
    parent: Program | None = None
    """Began before its child. Made from the child's record where the parent itself was not seen."""
    times: int = 1
    """How many identical starts this record stands for."""
    connections: tuple[ProgramConnection, ...] = ()
    connection_count: int | None = None
    """In all; ``connections`` may be the first ones."""
    files: tuple[str, ...] = ()
    """First files it wrote, where recorded."""
    file_count: int | None = None
    original_name: str | None = None
    """Name inside the executable (Windows version data); a psutil poll cannot give it."""
    is_deleted: bool | None = None
    """True when the executable is no longer on disk under its path."""
    is_memory_file: bool | None = None
    """True when it never was on disk (memfd)."""
    streams: tuple[str, ...] | None = None
    """What standard input, output and error are: ``socket`` (of a network), ``local`` (a socket that stays inside this
    computer), ``pipe``, ``terminal``, ``file``, ``null`` or ``closed``; Linux, of shells, interpreters and programs
    with sockets."""
    is_packaged: bool | None = None
    """True when the system's package manager put the executable there."""
    is_kernel: bool = False
    """True for a thread of the Linux kernel: it has no executable and no command, and neither is unknown."""
    loads: list[Load] = field(default_factory=list)
    """Oldest first; telemetry keeps a bounded number."""
    denied: frozenset[str] = frozenset()
    """Names of fields that this account may not read."""

    def parents(self) -> Iterator[Program]:
        """Yield parent, grandparent and so on, at most ``MAX_CHAIN``."""
        one = self.parent
        for _ in range(MAX_CHAIN):
            if one is None:
                return
            yield one
            one = one.parent


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file in a watched folder was changed. No system names the writer."""

    at_s: float
    path: str
    change: str
    """``created``, ``modified``, ``renamed``, ``deleted``; ``overflow``: there were more than the system could tell."""
    to: str | None = None
    """New path of a renamed file."""
    entropy_bits: float | None = None
    """Bits a byte of a sample afterwards, 0 to 8."""
    entropy_before_bits: float | None = None
    """The same before, where it was known."""
    size_bytes: int | None = None
    is_canary: bool = False
    """True for a file that nobody has a reason to touch."""
    is_earlier: bool = False
    """True when it was found by comparing with the last look: nobody watched who was writing then."""
    record: int = -1
    """Line of the recording, or -1."""


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """Something that starts programs, or lets people in, is not as it was at the last look."""

    at_s: float | None
    place: str
    """``cron``, ``systemd``, ``shell_profile``, ``autostart``, ``preload``, ``run_key``, ``service``, ``task``,
    ``startup_folder``, ``startup_script``, ``device_rule``, ``launch_agent``, ``login_item``, ``account``, ``group``,
    ``ssh_key``, ``sudo``."""
    item: str
    """Path, key or name."""
    change: str
    """``created``, ``modified`` or ``deleted``."""
    starts: str | None = None
    """The command it starts, where that is known; secrets are masked before anything is shown."""
    user: str | None = None
    """Whose it is."""
    is_packaged: bool | None = None
    """True when the package manager owns it, or is at work."""
    record: int = -1


@dataclass(frozen=True, slots=True)
class PlaceItem:
    """Something that starts programs or lets people in, as it is now; told apart from the last look by its digest."""

    place: str
    """As in ``PlaceChange``."""
    item: str
    """Path, key or name."""
    digest: str
    """Hash of its content."""
    starts: str | None = None
    """The command it starts, where that is known; secrets are masked before it is kept."""
    user: str | None = None
    """Whose it is."""


@dataclass(frozen=True, slots=True)
class KnownPrograms:
    """What this computer has learned of its programs; hashes, never arguments."""

    pairs: frozenset[str] = frozenset()
    """``features.program_habits.pair_key`` of parent and child that were seen on three distinct days."""
    listeners: frozenset[str] = frozenset()
    """``features.program_habits.listener_key`` likewise."""
    is_learned: bool = False
    """True when "new" means something."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What share of programs was seen; every face says it."""

    way: str
    """``events``, ``polling``, ``recording`` or ``snapshot``."""
    interval_s: float | None = None
    """Of polling."""
    started: int | None = None
    """Starts that the system counted, or None. Linux: with events those it told of and those that were lost; without,
    all processes made since the look began, threads and copies that started nothing included: an upper bound."""
    seen: int = 0
    """Starts that were seen."""
    without_command: int = 0
    """Of those seen, starts whose command line was gone or not ours to read."""


@dataclass(frozen=True, slots=True)
class Programs:
    """What detectors judge at once: one machine, one stretch of time."""

    source: str
    """The input as it was given; ``programs`` for this computer."""
    machine: str
    """``unit`` or ``host`` of the recording; empty for this computer."""
    system: str
    """``windows``, ``linux``, ``macos`` or empty."""
    starts: tuple[Program, ...]
    """Started (or first seen) in this stretch, in file order: to be judged."""
    running: tuple[Program, ...] = ()
    """Every program that is not known to have ended, those of ``starts`` included."""
    ended: tuple[Program, ...] = ()
    """Remembered for 30 minutes at least, so that chains survive."""
    listeners: tuple[tuple[Program | None, ProgramConnection], ...] = ()
    """Listening sockets, and whose they are."""
    file_changes: tuple[FileChange, ...] = ()
    place_changes: tuple[PlaceChange, ...] = ()
    known: KnownPrograms = field(default_factory=KnownPrograms)
    picture: LocalPicture = field(default_factory=LocalPicture)
    """What is usual on this computer; empty for recordings."""
    meter: Meter | None = None
    """Counts what learned models read and say; None where nothing is to be counted: recordings, looks in between."""
    coverage: Coverage = field(default_factory=lambda: Coverage("recording"))
    is_recording: bool = True
    now_s: float | None = None
    """The latest time in the records; None when none has a time. Never the clock of a recording's reader."""
    flagged: dict[Program, float] = field(default_factory=dict)
    """Programs with a finding of medium or more from an earlier stretch, and when (seconds since 1970)."""


def at(seconds: float | None) -> datetime:
    """Turn a time of a record into an aware one; 1970 where a record has none or an absurd one."""
    try:
        return datetime.fromtimestamp(seconds or 0.0, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def program_finding(
    detector: Detector,
    programs: Programs,
    *,
    reason: str,
    about: Program | None = None,
    severity: Severity,
    confidence: float,
    evidence: Sequence[Evidence],
    tree: str,
    starts: Sequence[Program] = (),
    records: Sequence[int] = (),
    seen_s: tuple[float | None, float | None] | None = None,
    techniques: Sequence[str] = (),
    found_by: FoundBy = FoundBy.RULE,
    subject: Subject | None = None,
) -> Finding:
    """Say something about a program, with the identity that the contract asks for: source, machine, day, tree, hour.

    Args:
        detector: Who says it.
        programs: Where it was seen.
        reason: Id of ``resources/explanations``.
        about: The program that did it; of several in a tree and hour the first. None where nobody saw who did it.
        severity: How serious.
        confidence: 0 to 1.
        evidence: Strongest first. Command lines must be masked (``features.secrets.mask_secrets``).
        tree: ``features.program_tree.tree_key(about)``: names the family that this belongs to.
        starts: Programs it rests on, ``about`` included; their records are added to ``records``.
        records: Further lines of the recording, from 0.
        seen_s: First and last time; by default those of ``starts``.
        techniques: ATT&CK ids, the main one first.
        found_by: Rule, model or pattern.
        subject: Instead of ``about``: ``Subject("place", item)`` for what starts programs or lets people in, or for
            a folder whose files change.
    """
    chosen = tuple(starts) or ((about,) if about else ())
    times = [one.started_s for one in chosen if one.started_s is not None]
    first_s, last_s = seen_s or (min(times, default=programs.now_s), max(times, default=programs.now_s))
    first, last = at(first_s), at(last_s)
    lines = {*records, *(one.record for one in chosen)}
    source = (programs.source, programs.machine) if programs.is_recording else ()
    hour = "" if first_s is None else str(int(first_s // HOUR_S))
    return Finding(
        detector=detector.name,
        reason=reason,
        subject=subject or subject_of(about),
        severity=severity,
        confidence=confidence,
        evidence=tuple(evidence),
        first_seen_at=first,
        last_seen_at=last,
        judged_by=detector.judged_by,
        found_by=found_by,
        source=programs.source,
        techniques=tuple(techniques),
        records=tuple(sorted(line for line in lines if line >= 0)[:MAX_RECORDS]) if programs.is_recording else (),
        identity=(*source, first.date().isoformat(), tree, hour),
    )


def subject_of(about: Program | None) -> Subject:
    """Name a program, with what a face needs to find it; never its arguments."""
    if about is None:
        return Subject("process", "")
    parent = about.parent
    details: dict[str, Scalar] = {
        "name": about.name,
        "pid": about.pid,
        "user": about.user,
        "parent": parent.name or parent.path if parent else None,
        "started_s": about.started_s,
    }
    known: dict[str, Scalar] = {key: value for key, value in details.items() if value is not None}
    return Subject("process", about.path or about.name or "", known)

"""The messages that cross the wall. How they travel, and how they are checked, stands in ``framing.py``.

Before this on the path: a worker process. After it: ``parent.py``, which yields the reports to the service.
Service and opener speak in jobs, orders and reports; opener and parser, service and the workers of a sense in tasks
and answers. What one sense alone says stands in ``network_wire.py`` and ``program_wire.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from detectors.contract.activity import ActivityRow
from detectors.contract.baseline import ModelCounts
from detectors.contract.errors import SkippedCheck
from detectors.contract.finding import Finding, Scalar
from detectors.worker.model_wire import CheckModels, ModelsChecked
from detectors.worker.network_wire import (
    CheckCaptures,
    CheckConnections,
    CheckLive,
    Known,
    LayerShown,
    LookedUp,
    LookUp,
    PacketShown,
    PacketsWritten,
    ReadCapture,
    TakePackets,
)
from detectors.worker.program_wire import (
    CheckMemory,
    CheckPrograms,
    CheckRecordings,
    Habit,
    ProgramsGiven,
    ReadRecording,
)

__all__ = [
    "Answer", "BatchDone", "CheckCaptures", "CheckConnections", "CheckFiles", "CheckLive", "CheckMemory", "CheckModels",
    "CheckPrograms", "CheckRecordings", "CheckRules", "FilePart", "FileTask", "FilesCounted", "FilesDone", "GetReady",
    "Habit", "Hang", "InputPart", "InputRead", "Job", "JobDone", "JobFailed", "Known", "LayerShown", "LookUp",
    "LookedUp", "Message", "ModelsChecked", "Order", "PacketShown", "PacketsWritten", "ParseFiles", "ParserReady",
    "ProgramsGiven", "ReadCapture", "ReadRecording", "Recorded", "Report", "RuleFacts", "RulesChecked", "Running",
    "SenseAnswer", "SenseReady", "SourcePart", "SourceRead", "StillHere", "TakePackets", "Task", "Watched",
    "WorkerReady", "WorkerRestarted",
]  # fmt: skip


# --- jobs: what the service asks for ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CheckFiles:
    """Check files and folders."""

    paths: tuple[str, ...]
    """Inputs as given; surrogates for bytes that are not UTF-8."""
    exclude: tuple[str, ...] = ()
    """fnmatch patterns, on the whole path or on one name; what they leave out is a skipped line each."""
    zip_password: str | None = None
    """Tried on locked zip members, beside no password."""
    resume_after: str | None = None
    """``BatchDone.position`` of an earlier, unfinished job: go on behind it."""
    cache_folder: str | None = None
    """Private folder for compiled rules."""


@dataclass(frozen=True, slots=True)
class CheckRules:
    """Compile rule files or a folder of them, and tell what is in them."""

    path: str
    """A ``.yar`` file or a folder."""


@dataclass(frozen=True, slots=True)
class Hang:
    """Do nothing in one of several harmful ways: only tests ask for it, and only with PLAINWATCH_TEST_JOBS set."""

    how: str
    """``sleep``, ``spin``, ``memory``, ``segv``, ``garbage`` or ``flood``."""


Recorded: TypeAlias = CheckCaptures | CheckRecordings
"""Looks at files that somebody recorded."""
Watched: TypeAlias = CheckConnections | CheckLive | CheckPrograms | CheckMemory
"""Looks at this computer as it is now."""
Job: TypeAlias = CheckFiles | Recorded | Watched | LookUp | TakePackets | CheckRules | CheckModels | Hang


# --- reports: what comes back ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class WorkerReady:
    """The worker is up."""

    isolation: str
    """Level reached, e.g. ``limits+seccomp+landlock``."""


@dataclass(frozen=True, slots=True)
class FilesCounted:
    """How many files the walk will meet."""

    total: int
    """Files seen by the counting walk so far."""
    is_estimate: bool
    """True until counting is done."""


@dataclass(frozen=True, slots=True)
class BatchDone:
    """Some files are done: the unit in which results are kept. Batches of one job come in walk order."""

    source: str
    """The input these files belong to, as given."""
    position: str
    """Where a later job may go on (opaque)."""
    folder: str
    """Folder of the last file, for "Now in ..."."""
    files: int
    """Files on disk in this batch, checked or skipped."""
    members: int
    """Archive members looked at or skipped, besides ``files``."""
    checked: int
    """Of ``files + members``, those fully looked at. The rest are in ``skipped``."""
    read_bytes: int
    """Bytes given to the engines."""
    findings: tuple[Finding, ...] = ()
    """What was found."""
    skipped: tuple[SkippedCheck, ...] = ()
    """What was not, or not fully, looked at. ``files + members == checked + len(skipped)``."""
    source_done: bool = False
    """True on the last batch of this source."""

    @property
    def units(self) -> dict[str, int]:
        """What this batch adds to each count."""
        return {"files": self.files, "members": self.members, "bytes": self.read_bytes}

    @property
    def says_checked(self) -> bool:
        """True when the source is told as checked: skipped lines speak of single files in it."""
        return self.source_done


@dataclass(frozen=True, slots=True)
class SourceRead:
    """How far a look at traffic or programs is: in bytes of recordings, or in seconds of watching."""

    source: str
    """What is in work, as given."""
    done: int
    """Of all sources so far."""
    total: int
    """Of all sources met so far."""
    is_estimate: bool = False
    """True while more may come."""


@dataclass(frozen=True, slots=True)
class SourcePart:
    """What traffic or programs have given since the last report: the unit in which results are kept."""

    source: str
    """The recording as given; of one inside a folder, its whole name; or the folder, once it is done."""
    checked: int = 0
    """1 when this ends a source that was looked at to its end."""
    units: dict[str, int] = field(default_factory=dict)
    """``packets``, ``flows``, ``bytes``, or ``programs``, ``starts``, with its last report."""
    findings: tuple[Finding, ...] = ()
    """What was found."""
    skipped: tuple[SkippedCheck, ...] = ()
    """At most one line a source, with its last report."""
    activity: tuple[ActivityRow, ...] = ()
    """Who talked to whom."""
    devices: tuple[str, ...] = ()
    """Hardware addresses of this network that were seen; of live traffic only."""
    programs: ProgramsGiven | None = None
    """What was seen of programs."""
    counts: tuple[ModelCounts, ...] = ()
    """How inputs and scores of learned models were spread; of looks at this computer alone."""
    source_done: bool = False
    """True when nothing more comes of this source."""
    position: str = ""
    """Empty: such checks begin anew."""
    folder: str = ""
    """Name of the recording, for "Now in ..."."""

    @property
    def says_checked(self) -> bool:
        """True when the source is told as checked, and not by a skipped line."""
        return self.source_done and not self.skipped


@dataclass(frozen=True, slots=True)
class WorkerRestarted:
    """A worker died and was started again; nothing that was reported is lost."""

    cause: str
    """``signal``, ``time_limit``, ``memory_limit``, ``exit`` or ``refused_message``."""
    signal: int
    """Signal number, or 0."""
    left_out: int
    """Files left out because of it so far."""


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """One rule of a pack, as its metadata says."""

    pack: str
    """File name without ending."""
    name: str
    """Rule name."""
    meta: dict[str, Scalar] = field(default_factory=dict)
    """Its metadata."""


@dataclass(frozen=True, slots=True)
class RulesChecked:
    """What compiling gave."""

    rules: tuple[RuleFacts, ...]
    """Every rule that compiled."""
    problems: tuple[dict[str, Scalar], ...] = ()
    """``path``, ``line``, ``problem`` for each file that did not."""


@dataclass(frozen=True, slots=True)
class JobDone:
    """The last report of a job."""

    stopped: bool = False
    """True when a person stopped it."""


@dataclass(frozen=True, slots=True)
class JobFailed:
    """The job could not go on: becomes an error on the other side."""

    code: str
    """Code of a ``PlainwatchError``."""
    values: dict[str, Scalar] = field(default_factory=dict)
    """What its sentence needs."""


@dataclass(frozen=True, slots=True)
class StillHere:
    """The worker lives but has nothing to tell; ``run_job`` keeps this to itself."""


Report: TypeAlias = (
    WorkerReady
    | FilesCounted
    | BatchDone
    | SourceRead
    | SourcePart
    | WorkerRestarted
    | RulesChecked
    | ModelsChecked
    | PacketShown
    | PacketsWritten
    | LookedUp
    | JobDone
    | JobFailed
)
"""What ``run_job`` yields."""


# --- orders: a person's hand on a running job ---------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Order:
    """Pause, resume or stop; a worker that has stopped answers with ``JobDone``."""

    what: Literal["pause", "resume", "stop"]


# --- tasks: what the opener asks of the parser --------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class GetReady:
    """Load the detectors, then lock the door."""

    cache_folder: str | None = None
    """Private folder for compiled rules."""
    zip_password: str | None = None
    """Tried on locked archive members."""


@dataclass(frozen=True, slots=True)
class FileTask:
    """One opened file. Its bytes come beside the message: as a descriptor, or in the blob."""

    number: int
    """Names the file in answers."""
    name: str
    """Path as given."""
    source: str
    """The input as given."""
    size_bytes: int
    """Size on disk."""
    modified_ns: int | None
    """Time of last change, nanoseconds since 1970."""
    blob_bytes: int = 0
    """Its share of the blob, where descriptors cannot be passed."""
    trouble: SkippedCheck | None = None
    """What reading it met, where the opener read it."""


@dataclass(frozen=True, slots=True)
class ParseFiles:
    """Some files to parse, in order; one descriptor or one piece of the blob for each."""

    files: tuple[FileTask, ...]
    """The files."""


# --- answers: what the worker of one sense says -------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class SenseReady:
    """The detectors are loaded and the door is locked."""

    isolation: str
    """Level reached."""


@dataclass(frozen=True, slots=True)
class InputRead:
    """How far one input is; while nothing in it changes, its clock runs."""

    done: int
    """Bytes of the file, as it lies on the disk; or seconds watched."""
    steps: int
    """Counts pieces that were read and detectors that have judged."""


@dataclass(frozen=True, slots=True)
class InputPart:
    """What one input gave since its last part."""

    findings: tuple[Finding, ...] = ()
    """New findings; one that was told before comes again when more is known of it."""
    activity: tuple[ActivityRow, ...] = ()
    """Who talked to whom."""
    devices: tuple[str, ...] = ()
    """Hardware addresses of this network, with the last part of live traffic."""
    programs: ProgramsGiven | None = None
    """What was seen of programs."""
    counts: tuple[ModelCounts, ...] = ()
    """How inputs and scores of learned models were spread in a stretch that is over."""
    units: dict[str, int] = field(default_factory=dict)
    """Of the whole input, with the last part."""
    skipped: SkippedCheck | None = None
    """Why it was not, or not fully, looked at, with the last part."""
    is_last: bool = False
    """True when the input is done."""


# --- answers: what the parser says --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ParserReady:
    """The detectors are loaded and the door is locked."""

    isolation: str
    """Level reached."""
    gaps: tuple[SkippedCheck, ...] = ()
    """What the detectors cannot look for at all."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """What one file gave since its last part."""

    number: int
    """``FileTask.number``."""
    members: int
    """Archive members met in this file so far."""
    read_bytes: int
    """Bytes given to the engines so far."""
    findings: tuple[Finding, ...] = ()
    """New findings."""
    skipped: tuple[SkippedCheck, ...] = ()
    """New skipped lines, at most one a name."""
    is_last: bool = False
    """True when the file is done."""


@dataclass(frozen=True, slots=True)
class Running:
    """A file that is being parsed now."""

    number: int
    """``FileTask.number``."""
    steps: int
    """Counts its members; while it stands still, the file's clock runs."""


@dataclass(frozen=True, slots=True)
class FilesDone:
    """Answers to several tasks, sent often and at the latest when there is nothing left to do."""

    parts: tuple[FilePart, ...] = ()
    """What is new."""
    running: tuple[Running, ...] = ()
    """What is in work."""


Answer: TypeAlias = ParserReady | FilesDone | JobFailed
SenseAnswer: TypeAlias = SenseReady | InputRead | InputPart | JobFailed
Task: TypeAlias = GetReady | ParseFiles | ReadCapture | ReadRecording
Message: TypeAlias = Job | Report | StillHere | Order | Task | Answer | SenseAnswer

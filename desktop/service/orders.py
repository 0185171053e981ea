"""What is to be checked, as the service words it for the worker: files, traffic, programs, or all at once.

Before this on the path: ``service.py``. After it: ``checking.py``, which runs an order of any kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from detectors.contract.baseline import LocalPicture
from detectors.contract.errors import SkippedCheck
from detectors.contract.finding import Subject
from detectors.contract.paths import whole_path
from detectors.contract.programs import FileChange, KnownPrograms, PlaceItem
from detectors.worker.wire import (
    CheckCaptures,
    CheckConnections,
    CheckFiles,
    CheckLive,
    CheckMemory,
    CheckPrograms,
    CheckRecordings,
    Job,
    Known,
)

NETWORK, PROGRAMS = "network", "programs"
"""How a check of everything names the connections and the programs of this computer."""
MEMORY = "memory"
"""How a look into the memory of programs names it."""


@dataclass(frozen=True, slots=True)
class Order:
    """Files and folders to check."""

    command: str
    """``scan files``, ``scan network``, ``scan processes`` or ``check``."""
    scope: str
    """``quick``, ``full``, ``folders`` or ``paths``."""
    paths: tuple[str, ...]
    """Inputs as given."""
    exclude: tuple[str, ...] = ()
    """Patterns that are left out."""
    zip_password: str | None = None
    """Tried on locked archives; never kept."""
    cache_folder: str | None = None
    """For compiled rules."""
    not_yet: tuple[SkippedCheck, ...] = ()
    """What this order asks for and nobody can do yet."""

    counts: ClassVar[tuple[str, ...]] = ("files", "members", "bytes")
    """What is counted."""
    progress: ClassVar[str] = "files"
    """What progress is measured in."""
    looks_at_files: ClassVar[bool] = True
    """True when a finding about a file that is not met again is gone."""
    looks_here: ClassVar[bool] = False
    """True when it looks at how this computer works now: what is usual here is learned from such looks alone."""
    how: ClassVar[str] = ""
    """How it was seen: ``recording``, ``live``, ``connections``, ``programs``; empty for files."""

    @property
    def inputs(self) -> dict[str, object]:
        """What makes two orders the same one, so that the second may go on where the first was."""
        return {"paths": tuple(map(whole_path, self.paths)), "exclude": self.exclude}

    @property
    def sources(self) -> tuple[str, ...]:
        """Everything that gets a line of its own."""
        return self.paths

    def subject_of(self, source: str) -> Subject:
        """Name a source that was left out."""
        return Subject.file(whole_path(source))

    def jobs(self, resume_after: str | None) -> tuple[tuple[Job, ...], ...]:
        """Word it for the workers: one group after the other, the jobs of a group at the same time."""
        return ((CheckFiles(self.paths, self.exclude, self.zip_password, resume_after, self.cache_folder),),)


@dataclass(frozen=True, slots=True)
class WholeOrder(Order):
    """Files to check, and this computer's connections and programs besides."""

    watch_s: float = 3.0
    """How long connections and programs are watched."""
    known: Known = field(default_factory=Known)
    """What is nothing new of connections,"""
    known_programs: KnownPrograms = field(default_factory=KnownPrograms)
    """of programs,"""
    places: tuple[PlaceItem, ...] | None = None
    """and of what starts programs."""
    folders: tuple[str, ...] = ()
    """Folders whose files are watched meanwhile,"""
    canaries: tuple[str, ...] = ()
    """and files that nobody has a reason to touch;"""
    touched: tuple[FileChange, ...] = ()
    """those of them that were touched since the last look."""
    picture: LocalPicture = field(default_factory=LocalPicture)
    """What is usual here."""

    counts: ClassVar[tuple[str, ...]] = ("files", "members", "bytes", "flows", "programs", "starts")
    looks_here: ClassVar[bool] = True
    how: ClassVar[str] = "connections"

    @property
    def sources(self) -> tuple[str, ...]:
        """The places, the network and the programs."""
        return (*self.paths, NETWORK, PROGRAMS)

    def subject_of(self, source: str) -> Subject:
        """Name a place or a sense."""
        return Subject("sense", source) if source in (NETWORK, PROGRAMS) else Subject.file(whole_path(source))

    def jobs(self, resume_after: str | None) -> tuple[tuple[Job, ...], ...]:
        """Look at files first, which takes long and is what most people wait for; what only watches goes together."""
        files = CheckFiles(self.paths, self.exclude, self.zip_password, resume_after, self.cache_folder)
        connections = CheckConnections(self.watch_s, self.known, NETWORK, self.picture)
        programs = CheckPrograms(
            self.watch_s,
            self.known_programs,
            self.places,
            folders=self.folders,
            canaries=self.canaries,
            touched=self.touched,
            cache_folder=self.cache_folder,
            picture=self.picture,
        )
        return (files,), (connections, programs)


@dataclass(frozen=True, slots=True)
class ConnectionOrder(Order):
    """This computer's own connections to watch for a while."""

    seconds: float = 10.0
    """How long."""
    known: Known = field(default_factory=Known)
    """What is nothing new."""
    picture: LocalPicture = field(default_factory=LocalPicture)
    """What is usual here."""

    counts: ClassVar[tuple[str, ...]] = ("flows",)
    progress: ClassVar[str] = "seconds"
    looks_at_files: ClassVar[bool] = False
    looks_here: ClassVar[bool] = True
    how: ClassVar[str] = "connections"

    @property
    def inputs(self) -> dict[str, object]:
        """What makes two orders the same one."""
        return {"paths": self.paths}

    def subject_of(self, source: str) -> Subject:  # noqa: ARG002 - there is but one
        """Name the network."""
        return Subject("sense", NETWORK)

    def jobs(self, resume_after: str | None) -> tuple[tuple[Job, ...], ...]:  # noqa: ARG002 - what is over cannot be watched again
        """Word it for the worker."""
        return ((CheckConnections(self.seconds, self.known, self.paths[0], self.picture),),)


@dataclass(frozen=True, slots=True)
class LiveOrder(ConnectionOrder):
    """Live traffic of one network card to watch for a while."""

    save: str = ""
    """Where everything that passes is kept."""

    counts: ClassVar[tuple[str, ...]] = ("packets", "flows", "bytes")
    looks_here: ClassVar[bool] = True
    how: ClassVar[str] = "live"

    def jobs(self, resume_after: str | None) -> tuple[tuple[Job, ...], ...]:  # noqa: ARG002 - what is over cannot be watched again
        """Word it for the worker."""
        return ((CheckLive(self.paths[0], self.seconds, self.save, self.known, picture=self.picture),),)


@dataclass(frozen=True, slots=True)
class CaptureOrder(Order):
    """Recorded traffic to check."""

    counts: ClassVar[tuple[str, ...]] = ("packets", "flows", "bytes")
    progress: ClassVar[str] = "bytes"
    looks_at_files: ClassVar[bool] = False
    how: ClassVar[str] = "recording"

    def jobs(self, resume_after: str | None) -> tuple[tuple[Job, ...], ...]:  # noqa: ARG002 - a capture is read from its first packet
        """Word it for the worker."""
        return ((CheckCaptures(self.paths),),)


@dataclass(frozen=True, slots=True)
class RecordingOrder(Order):
    """Recordings of programs to check."""

    poll_s: float | None = None
    """See them as somebody would who looks this often."""

    counts: ClassVar[tuple[str, ...]] = ("starts", "records")
    progress: ClassVar[str] = "bytes"
    looks_at_files: ClassVar[bool] = False
    how: ClassVar[str] = "recording"

    def jobs(self, resume_after: str | None) -> tuple[tuple[Job, ...], ...]:  # noqa: ARG002 - read from the first line
        """Word it for the worker."""
        return ((CheckRecordings(self.paths, self.poll_s),),)


@dataclass(frozen=True, slots=True)
class ProgramOrder(Order):
    """This computer's own programs to look at and watch for a while."""

    seconds: float = 3.0
    """How long."""
    known: KnownPrograms = field(default_factory=KnownPrograms)
    """What is nothing new."""
    places: tuple[PlaceItem, ...] | None = None
    """What started programs at the last look."""
    save: str = ""
    """Where everything that is seen is kept."""
    folders: tuple[str, ...] = ()
    """Folders whose files are watched meanwhile,"""
    canaries: tuple[str, ...] = ()
    """and files that nobody has a reason to touch;"""
    touched: tuple[FileChange, ...] = ()
    """those of them that were touched since the last look."""
    picture: LocalPicture = field(default_factory=LocalPicture)
    """What is usual here."""

    counts: ClassVar[tuple[str, ...]] = ("programs", "starts")
    progress: ClassVar[str] = "seconds"
    looks_at_files: ClassVar[bool] = False
    looks_here: ClassVar[bool] = True
    how: ClassVar[str] = "programs"

    def subject_of(self, source: str) -> Subject:  # noqa: ARG002 - there is but one
        """Name the programs."""
        return Subject("sense", PROGRAMS)

    def jobs(self, resume_after: str | None) -> tuple[tuple[Job, ...], ...]:  # noqa: ARG002 - what is over is over
        """Word it for the worker."""
        job = CheckPrograms(
            self.seconds,
            self.known,
            self.places,
            self.save,
            self.paths[0],
            self.folders,
            self.canaries,
            self.touched,
            self.cache_folder,
            self.picture,
        )
        return ((job,),)


@dataclass(frozen=True, slots=True)
class MemoryOrder(Order):
    """The memory of programs to look into with the file rules."""

    pid: int | None = None
    """One program; None: all that this account may read."""

    counts: ClassVar[tuple[str, ...]] = ("programs", "bytes")
    progress: ClassVar[str] = "programs"
    looks_at_files: ClassVar[bool] = False
    how: ClassVar[str] = "memory"

    def subject_of(self, source: str) -> Subject:  # noqa: ARG002 - there is but one
        """Name the programs."""
        return Subject("sense", PROGRAMS)

    def jobs(self, resume_after: str | None) -> tuple[tuple[Job, ...], ...]:  # noqa: ARG002 - what is over is over
        """Word it for the worker."""
        return ((CheckMemory(self.pid, self.cache_folder, self.paths[0]),),)

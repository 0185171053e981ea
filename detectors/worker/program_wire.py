"""The messages of the program sense. ``wire.py`` tells how all of them go together.

Before this on the path: the service, which asks. After it: ``framing.py``, which checks each of them at the wall.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from detectors.contract.activity import ProgramRow
from detectors.contract.baseline import LocalPicture
from detectors.contract.programs import Coverage, FileChange, KnownPrograms, PlaceItem


# --- jobs: what the service asks for ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CheckRecordings:
    """Check recordings of programs. Crosses no wall itself: the worker is handed one open file after the other."""

    paths: tuple[str, ...]
    """Recordings, and folders with recordings, as given; surrogates for bytes that are not UTF-8."""
    poll_s: float | None = None
    """See each recording as somebody would who looks this often; None: see everything."""


@dataclass(frozen=True, slots=True)
class CheckPrograms:
    """Look at what runs on this computer, and watch it for a while."""

    seconds: float
    """How long."""
    known: KnownPrograms = field(default_factory=KnownPrograms)
    """What is nothing new here."""
    places: tuple[PlaceItem, ...] | None = None
    """What started programs and let people in at the last look; None: nobody has looked yet."""
    save: str = ""
    """Where everything that is seen is kept as a recording; empty: nowhere."""
    source: str = "programs"
    """How the report names it."""
    folders: tuple[str, ...] = ()
    """Folders whose files are watched besides; a person asks for that."""
    canaries: tuple[str, ...] = ()
    """Files that nobody has a reason to touch."""
    touched: tuple[FileChange, ...] = ()
    """Those of them that were touched since the last look."""
    cache_folder: str | None = None
    """Private folder for compiled rules."""
    picture: LocalPicture = field(default_factory=LocalPicture)
    """What is usual here."""


@dataclass(frozen=True, slots=True)
class CheckMemory:
    """Look with the file rules into the memory of programs."""

    pid: int | None = None
    """One program; None: every program that this account may read."""
    cache_folder: str | None = None
    """Private folder for compiled rules."""
    source: str = "memory"
    """How the report names it."""

    @property
    def seconds(self) -> float:
        """Tell how long it is meant to take: nobody knows."""
        return 0.0


# --- tasks: what the service asks of the worker for recordings ----------------------------------------------------
@dataclass(frozen=True, slots=True)
class ReadRecording:
    """One opened recording; its descriptor comes beside the message, where the system can pass it on."""

    source: str
    """The input as given."""
    name: str
    """Whole path, for what is left out."""
    size_bytes: int
    """Size on disk."""
    poll_s: float | None = None
    """As in ``CheckRecordings``."""
    by_name: bool = False
    """True where descriptors cannot be passed (Windows, where nothing locks the worker in): it opens ``name``."""


# --- what a look at programs gives --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Habit:
    """Something this computer may learn to know, as a hash."""

    kind: Literal["pair", "listener"]
    """Who started whom, or who answers on which port."""
    key: str
    """Of ``features.program_habits``."""
    findings: tuple[str, ...] = ()
    """Ids of findings about the same family: while a serious one of them is open, nothing is learned from it."""
    person: str = ""
    """Whose habit it is: ``features.program_habits.person_key``; empty: everybody's."""


@dataclass(frozen=True, slots=True)
class ProgramsGiven:
    """What a look at programs gave beside findings."""

    rows: tuple[ProgramRow, ...] = ()
    """For the Activity page."""
    habits: tuple[Habit, ...] = ()
    """To be learned; of this computer alone."""
    places: tuple[PlaceItem, ...] | None = None
    """What starts programs and lets people in now; None: nobody looked."""
    coverage: Coverage | None = None
    """What share of all starts was seen, with the last part."""

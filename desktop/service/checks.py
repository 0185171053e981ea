"""Everything that can be checked, worded as orders: files, recordings, traffic, programs, or all at once.

Before this on the path: ``service.py``, whose first half this is. After it: ``checking.py``, which runs an order.
"""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.service.canaries import CanaryKeeper
from desktop.service.checking import Check, RunJob
from desktop.service.computer import network_cards
from desktop.service.events import Control, Event
from desktop.service.keeping.activity_book import ActivityBook
from desktop.service.keeping.findings import Findings
from desktop.service.keeping.program_book import ProgramBook
from desktop.service.keeping.store import Store
from desktop.service.learning.learning import Learning
from desktop.service.orders import (
    MEMORY,
    PROGRAMS,
    CaptureOrder,
    ConnectionOrder,
    LiveOrder,
    MemoryOrder,
    Order,
    ProgramOrder,
    RecordingOrder,
    WholeOrder,
)
from desktop.service.places import Places
from desktop.service.scopes import inputs_reachable, scope_places
from desktop.service.settings import Settings
from detectors.contract.baseline import LocalPicture
from detectors.contract.errors import InputUnreadable
from detectors.contract.places import ComputerFacts, Place, known_places
from detectors.contract.programs import KnownPrograms
from detectors.worker.canary_files import canary_paths, touched_canaries
from detectors.worker.watches import can_capture, hears_starts, is_slower_way
from detectors.worker.wire import Known

WATCH_S = {"quick": 3.0, "full": 10.0}
"""How long a check of everything watches the connections and the programs of this computer."""


class Checks:
    """The half of the service that checks."""

    settings: Settings
    canaries: CanaryKeeper
    learning: Learning
    _store: Store
    _findings: Findings
    _activity: ActivityBook
    _programs: ProgramBook
    _places: Places
    _run_job: RunJob
    _computer_facts: ComputerFacts

    def check_files(
        self,
        paths: Sequence[str],
        control: Control,
        *,
        exclude: Sequence[str] = (),
        zip_password: str | None = None,
        resume: bool = False,
        command: str = "scan files",
    ) -> Iterator[Event]:
        """Check files and folders; the last event is the ``Summary``.

        Raises:
            InputUnreadable: not one of the paths can be read.
            PlainwatchError: the check could not go on; what was found so far is kept.
        """
        inputs = _readable(paths)
        order = Order(command, "paths", inputs, tuple(exclude), zip_password, self._cache_folder())
        return self._check(order, control).events(resume=resume)

    def check_captures(
        self, paths: Sequence[str], control: Control, *, command: str = "scan network"
    ) -> Iterator[Event]:
        """Check recorded traffic; the last event is the ``Summary``.

        Args:
            paths: captures, and folders in which every capture is checked.
            control: pauses and stops it.
            command: what was asked for.

        Raises:
            InputUnreadable: not one of the paths can be read.
            PlainwatchError: the check could not go on; what was found so far is kept.
        """
        inputs = _readable(paths)
        order = CaptureOrder(command, "paths", inputs)
        return self._check(order, control).events()

    def check_connections(self, control: Control, *, seconds: float, command: str = "scan network") -> Iterator[Event]:
        """Watch this computer's own connections, as an ordinary user may; the last event is the ``Summary``.

        Raises:
            PlainwatchError: the check could not go on; what was found so far is kept.
        """
        order = ConnectionOrder(
            command, "paths", ("connections",), seconds=seconds, known=self._known(), picture=self._picture()
        )
        return self._check(order, control).events()

    def check_live(
        self, interface: str, control: Control, *, seconds: float, save: Path | None = None
    ) -> Iterator[Event]:
        """Watch what passes a network card for a while; the last event is the ``Summary``.

        Args:
            interface: name of the network card.
            control: pauses and stops it.
            seconds: how long.
            save: where everything that passes is kept besides, as pcapng.

        Raises:
            NoCaptureRight: nobody here may capture.
            InputUnreadable: there is no such network card.
            PlainwatchError: the check could not go on; what was found so far is kept.
        """
        target = str(save.absolute()) if save else ""
        known, picture = self._known(), self._picture()
        order = LiveOrder(
            "scan network", "paths", (interface,), seconds=seconds, known=known, picture=picture, save=target
        )
        return self._check(order, control).events()

    def check_recordings(
        self, paths: Sequence[str], control: Control, *, poll_s: float | None = None, command: str = "scan processes"
    ) -> Iterator[Event]:
        """Check recordings of programs; the last event is the ``Summary``.

        Args:
            paths: recordings, and folders in which every recording is checked.
            control: pauses and stops it.
            poll_s: see them as somebody would who looks this often; None: see everything.
            command: what was asked for.

        Raises:
            InputUnreadable: not one of the paths can be read.
            PlainwatchError: the check could not go on; what was found so far is kept.
        """
        inputs = _readable(paths)
        return self._check(RecordingOrder(command, "paths", inputs, poll_s=poll_s), control).events()

    def check_programs(self, control: Control, *, seconds: float = 3.0, save: Path | None = None) -> Iterator[Event]:
        """Look at what runs on this computer and watch it for a while; the last event is the ``Summary``.

        Args:
            control: pauses and stops it.
            seconds: how long.
            save: where everything that is seen is kept besides, as a recording.

        Raises:
            StoreFull: ``save`` cannot be written.
            PlainwatchError: the check could not go on; what was found so far is kept.
        """
        order = ProgramOrder(
            "scan processes",
            "paths",
            (PROGRAMS,),
            seconds=seconds,
            known=self._known_programs(),
            picture=self._picture(),
            places=self._programs.places(),
            folders=self._chosen("watched_folders"),
            canaries=(*self._chosen("canary_files"), *canary_paths(self.canaries.listed)),
            touched=touched_canaries(self.canaries.listed, time.time()),
            cache_folder=self._cache_folder(),
            save=str(save.absolute()) if save else "",
        )
        return self._check(order, control).events()

    def check_memory(self, control: Control, *, pid: int | None = None) -> Iterator[Event]:
        """Look with the file rules into the memory of one program, or of all that this account may read.

        Raises:
            PlainwatchError: the check could not go on; what was found so far is kept.
        """
        order = MemoryOrder("scan processes", "paths", (MEMORY,), cache_folder=self._cache_folder(), pid=pid)
        return self._check(order, control).events()

    def check_now(
        self, scope: str, control: Control, *, folders: Sequence[str] = (), resume: bool = False
    ) -> Iterator[Event]:
        """Look with every sense at once: ``quick``, ``full`` or the ``folders`` given.

        Raises:
            InputUnreadable: there is nothing to look at.
            PlainwatchError: the check could not go on; what was found so far is kept.
        """
        paths = folders if scope == "folders" else [place.path for place in self.scope_paths(scope)]
        inputs = tuple(dict.fromkeys(paths))
        if not inputs_reachable(inputs):
            raise InputUnreadable(path=inputs[0] if inputs else scope)
        order = WholeOrder(
            "check",
            scope,
            inputs,
            cache_folder=self._cache_folder(),
            watch_s=WATCH_S.get(scope, WATCH_S["quick"]),
            known=self._known(),
            known_programs=self._known_programs(),
            picture=self._picture(),
            places=self._programs.places(),
            folders=self._chosen("watched_folders"),
            canaries=(*self._chosen("canary_files"), *canary_paths(self.canaries.listed)),
            touched=touched_canaries(self.canaries.listed, time.time()),
        )
        return self._check(order, control).events(resume=resume)

    def scope_paths(self, scope: str) -> list[Place]:
        """Name the places that ``quick`` or ``full`` looks at on this computer; ``folders`` are the chosen ones."""
        if scope == "folders":
            chosen = self.settings.get("folders")
            return [Place("folder", path) for path in chosen] if isinstance(chosen, list) else []
        return scope_places(scope, known_places(self._computer_facts), self._computer_facts.system)

    def place_days(self) -> tuple[str, str]:
        """Tell of which day the offline data about places and makers of devices are; empty: they cannot be used."""
        return self._places.days()

    @staticmethod
    def interfaces() -> list[str]:
        """Name the network cards that could be listened to."""
        return network_cards()

    @staticmethod
    def can_capture() -> bool:
        """Tell whether live traffic can be watched without asking for a right."""
        return can_capture()

    @staticmethod
    def hears_starts() -> bool:
        """Tell whether the system tells this account of each start of a program."""
        return hears_starts()

    @staticmethod
    def captures_slowly() -> bool:
        """Tell whether live traffic is watched in the slower way of systems that are not Linux."""
        return is_slower_way()

    def _chosen(self, name: str) -> tuple[str, ...]:
        """Tell what a setting lists."""
        value = self.settings.get(name)
        return tuple(value) if isinstance(value, list) else ()

    def _check(self, order: Order, control: Control) -> Check:
        after = self.learning.usual.note_look
        return Check(self._store, self._findings, self._run_job, order, control=control, after_look=after)

    def _known(self) -> Known:
        """Tell what is nothing new of the network: while it is learned what was counted, then what was learned."""
        return self.learning.usual.known_network(self._activity.known())

    def _known_programs(self) -> KnownPrograms:
        """Tell what is nothing new of programs, likewise."""
        return self.learning.usual.known_programs(self._programs.known())

    def _picture(self) -> LocalPicture:
        """Tell what is usual here."""
        return self.learning.usual.picture()

    @abstractmethod
    def _cache_folder(self) -> str | None:
        """Name the private folder for compiled rules; None when nothing is to be kept."""


def _readable(paths: Sequence[str]) -> tuple[str, ...]:
    """Take each input once.

    Raises:
        InputUnreadable: not one of them can be read.
    """
    inputs = tuple(dict.fromkeys(paths))
    if not inputs_reachable(inputs):
        raise InputUnreadable(path=inputs[0] if inputs else "")
    return inputs

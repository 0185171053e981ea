"""What every way of looking at running programs can do: one interface for ``/proc`` and for psutil.

Before this on the path: the system. After it: ``processes.py``, which drives it and tells a ``ProgramLog``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from detectors.contract.programs import Load, Program, ProgramConnection

MAX_PROGRAMS = 20_000
"""Running at once; what is beyond is counted. As many as a ``ProgramLog`` remembers."""
MAX_COMMAND_BYTES = 65_536
"""Of one command line; Linux allows two megabytes."""


@dataclass(slots=True)
class Changes:
    """What one look found; to be told in this order."""

    ended: list[Program] = field(default_factory=list)
    """No longer there, or now another program under the same number."""
    began: list[Program] = field(default_factory=list)
    """Parents before their children."""
    loads: list[tuple[Program, Load]] = field(default_factory=list)
    """Counters of programs that did something."""


@dataclass(frozen=True, slots=True)
class Socket:
    """One socket, and the program that holds it, if that is known."""

    owner: Program | None
    connection: ProgramConnection


class ProcessSource(ABC):
    """Running programs, as one system shows them."""

    dropped: int = 0
    """Programs that did not fit."""

    @abstractmethod
    def look(self, now_s: float, *, is_close: bool) -> Changes:
        """Look at what runs.

        Args:
            now_s: Seconds since 1970.
            is_close: Look at each program, with its counters; otherwise only for what came and went.
        """

    @abstractmethod
    def sockets(self, now_s: float) -> Iterable[Socket]:
        """List sockets of programs: connections that are new, and all that listen."""

    @abstractmethod
    def find(self, pid: int) -> Program | None:
        """Find the running program that has this number."""

    @abstractmethod
    def adopt(self, program: Program) -> None:
        """Go on with a program that an event told of; it takes the place of an earlier one with its number."""

    @abstractmethod
    def has_ended(self, pid: int) -> bool:
        """Tell whether a program is really over; what is over is forgotten."""

    @abstractmethod
    def running(self) -> Iterator[Program]:
        """List the programs that ran at the last look."""

    @property
    def started(self) -> int | None:
        """How many processes the system has made so far; None where it does not say."""
        return None

    @property
    def hides_others(self) -> bool:
        """Tell whether the system shows this account its own programs only."""
        return False

    def close(self) -> None:
        """Give back what is held."""
        return

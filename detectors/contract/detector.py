"""What every detector owes: a name, what it reads, the reasons it can give, and ``detect``.

A new detector is one file in ``detectors/``; ``worker/registry.py`` finds it by itself. See docs/add-a-detector.md.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

from detectors.contract.errors import SkippedCheck
from detectors.contract.finding import Finding


@dataclass(frozen=True, slots=True)
class DetectorContext:
    """Where a detector finds what it judges with. Built in ``worker/child.py``, passed in."""

    rules_folder: Path
    """Our own rules, ``rules/`` of the program."""
    cache_folder: Path | None
    """A private folder (0700) for compiled rules; None: keep nothing."""
    models_folder: Path | None = None
    """Our own models, ``models/`` of the program; None: no model is asked."""
    own_models_folder: Path | None = None
    """Models that were trained on this computer, and take the place of ours; None: there are none."""


class Detector(ABC):
    """Records in, findings out. Keeps no state between calls, so that two threads may share one."""

    name: ClassVar[str]
    """Same as the file's name."""
    version: ClassVar[str]
    """Raised when its findings change."""
    reads: ClassVar[type]
    """The record type ``detect`` takes."""
    reasons: ClassVar[tuple[str, ...]]
    """Every reason it can give; each has an explanation."""

    @classmethod
    def build(cls, context: DetectorContext) -> Self:  # noqa: ARG003 - for detectors that need it
        """Make one ready to use; overridden by detectors that need rules or a model."""
        return cls()

    @property
    def judged_by(self) -> str:
        """``name@version``."""
        return f"{self.name}@{self.version}"

    def gaps(self) -> tuple[SkippedCheck, ...]:
        """Say what it cannot look for at all, such as a rule pack that does not compile. Told once a run."""
        return ()

    @abstractmethod
    def detect(self, record: Any) -> Iterator[Finding]:
        """Judge one record; nothing comes out when nothing is odd."""

"""Finds the detectors, one a file in ``detectors/``, and runs them on records. No list has to be edited.

Before this on the path: a record from telemetry. After it: ``parser.py``, which sends the findings over the wall.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator

import detectors
from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import CheckUnfinished, SkipReason
from detectors.contract.finding import Finding, Scalar
from detectors.contract.records import ArchiveTrouble, FileRecord

Gap = tuple[SkipReason, dict[str, Scalar]]
"""Why a record was not fully judged, and the values for the sentence."""


def find_detectors() -> Iterator[type[Detector]]:
    """Import each plain file of ``detectors/`` and yield the detector in it, sorted by name."""
    for module in sorted(pkgutil.iter_modules(detectors.__path__), key=lambda found: found.name):
        if module.ispkg:
            continue
        content = vars(importlib.import_module(f"detectors.{module.name}")).values()
        for thing in content:
            if isinstance(thing, type) and issubclass(thing, Detector) and thing.__module__.endswith(module.name):
                yield thing


class Panel:
    """The built detectors: every one that reads a kind of record judges it."""

    def __init__(self, members: Iterable[Detector]) -> None:
        self._members = tuple(members)

    @classmethod
    def build(cls, context: DetectorContext, kinds: Iterable[type[Detector]]) -> Panel:
        """Build every detector."""
        return cls(kind.build(context) for kind in kinds)

    @property
    def members(self) -> tuple[Detector, ...]:
        """All detectors."""
        return self._members

    def judge(self, record: FileRecord | ArchiveTrouble) -> tuple[list[Finding], Gap | None]:
        """Give a record to every detector that reads it; the second value says who could not finish.

        Raises:
            MemoryError: The worker is at its memory limit; that is no detector's fault.
        """
        findings: list[Finding] = []
        unfinished: Gap | None = None
        failed: list[str] = []
        for member in self._members:
            if not isinstance(record, member.reads):
                continue
            try:
                findings.extend(map(_sane, member.detect(record)))
            except CheckUnfinished as cause:
                unfinished = (cause.reason, {"detector": member.name, **cause.values})
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - one broken detector must not silence the others; it is reported below
                failed.append(member.name)
        if failed:
            return findings, (SkipReason.DETECTOR_FAILED, {"detector": ", ".join(failed)})
        return findings, unfinished


def _sane(finding: Finding) -> Finding:
    """Refuse a confidence that is none (NaN compares false)."""
    if not 0 <= finding.confidence <= 1:
        raise ValueError(finding.confidence)
    return finding

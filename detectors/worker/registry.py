"""Finds the detectors, one a file in ``detectors/``, and runs them on records. No list has to be edited.

Before this on the path: a record from telemetry. After it: ``parser.py`` and ``judging.py``, which send the
findings over the wall.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import detectors
from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import CheckUnfinished, SkipReason
from detectors.contract.finding import Finding, Scalar

Gap = tuple[SkipReason, dict[str, Scalar]]
"""Why a record was not fully judged, and the values for the sentence."""


FILES, TRAFFIC, PROGRAMS = "detectors.contract.records", "detectors.contract.traffic", "detectors.contract.programs"
MEMORY = "detectors.contract.memory"
"""Where the records of a sense are defined."""


def find_detectors(of: str = "") -> Iterator[type[Detector]]:
    """Import each plain file of ``detectors/`` and yield the detector in it, sorted by name.

    Args:
        of: Leave out files that do not import this module, without loading them: no sense loads another's libraries.
    """
    for module in sorted(pkgutil.iter_modules(detectors.__path__), key=lambda found: found.name):
        if module.ispkg or not _imports(module, of):
            continue
        content = vars(importlib.import_module(f"detectors.{module.name}")).values()
        for thing in content:
            if (
                isinstance(thing, type)
                and issubclass(thing, Detector)
                and thing.__module__ == f"detectors.{module.name}"
            ):
                yield thing


def _imports(module: pkgutil.ModuleInfo, wanted: str) -> bool:
    """Tell whether a module that is not loaded yet imports another one, by the names in its compiled code."""
    spec = module.module_finder.find_spec(f"detectors.{module.name}", None)
    loader: Any = spec and spec.loader
    return not wanted or wanted in loader.get_code(f"detectors.{module.name}").co_names


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

    def judge(self, record: object, tell: Callable[[], None] = lambda: None) -> tuple[list[Finding], Gap | None]:
        """Give a record to every detector that reads it; the second value says who could not finish.

        Args:
            record: What ``Detector.reads`` names.
            tell: Called after each detector, where judging takes long.

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
            tell()
        if failed:
            return findings, (SkipReason.DETECTOR_FAILED, {"detector": ", ".join(failed)})
        return findings, unfinished


def _sane(finding: Finding) -> Finding:
    """Refuse a confidence that is none (NaN compares false)."""
    if not 0 <= finding.confidence <= 1:
        raise ValueError(finding.confidence)
    return finding

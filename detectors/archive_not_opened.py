"""Says so when an archive is built to overwhelm or deceive whoever opens it.

Before this on the path: ``telemetry/archives.py``, which met its limits. After it: the worker's wire.
Encrypted, damaged and unknown archives are no finding, only a skipped line: ordinary life makes those.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import ClassVar

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, FoundBy, Severity, Subject
from detectors.contract.records import ArchiveTrouble


class ArchiveNotOpened(Detector):
    """A bomb, or a header that lies."""

    name: ClassVar[str] = "archive_not_opened"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = ArchiveTrouble
    reasons: ClassVar[tuple[str, ...]] = ("archive_not_opened",)

    def detect(self, record: ArchiveTrouble) -> Iterator[Finding]:
        """Turn the trouble into a finding: medium for bombs, low for mere size and depth."""
        now = datetime.now(UTC)
        yield Finding(
            detector=self.name,
            reason="archive_not_opened",
            subject=Subject.file(record.name),
            severity=Severity.MEDIUM if record.is_bomb else Severity.LOW,
            confidence=0.9 if record.is_bomb else 0.5,
            evidence=(
                Evidence("trouble", record.reason.value),
                *(Evidence(name, value) for name, value in record.values.items()),
                Evidence("size_bytes", record.size_bytes, None, "bytes"),
                Evidence("sha256", record.sha256),
            ),
            first_seen_at=now,
            last_seen_at=now,
            judged_by=self.judged_by,
            found_by=FoundBy.RULE,
            source=record.source,
            techniques=("T1027",),
        )

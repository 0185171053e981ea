"""One thing observed: a file today, flows and programs when their senses land.

Before this on the path: telemetry, which makes records. After it: detectors, which judge them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from detectors.contract.errors import SkipReason
from detectors.contract.finding import Scalar


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file, or one archive member, with its bytes in memory."""

    name: str
    """Whole path, members as ``ARCHIVE!MEMBER``: hostile text, surrogates for bytes that are not UTF-8."""
    data: bytes
    """The content, whole or its first part (see ``is_whole``)."""
    size_bytes: int
    """Size on disk, or the unpacked size of a member."""
    modified_at: datetime | None
    """Aware UTC; None when unknown."""
    source: str
    """The input as it was given."""
    depth: int = 0
    """0 for a file on disk, 1 for a member of an archive, and so on."""
    is_whole: bool = True
    """False when ``data`` is only the first part."""
    container: FileRecord | None = field(default=None, repr=False)
    """The archive that this is a member of; None for a file on disk."""

    @property
    def base_name(self) -> str:
        """The last part of the name, whichever separator the stranger used."""
        return self.name.replace("\\", "/").rpartition("/")[2].rpartition("!")[2]


@dataclass(frozen=True, slots=True)
class ArchiveTrouble:
    """An archive made to overwhelm or to deceive whoever opens it; read by ``archive_not_opened``."""

    name: str
    """The archive, named as its FileRecord."""
    source: str
    """The input as it was given."""
    depth: int
    """Depth of the archive, 0 on disk."""
    reason: SkipReason
    """One of the ``ARCHIVE_...`` reasons."""
    is_bomb: bool
    """True for what no ordinary archive does: false sizes, shared bytes, extreme ratios."""
    size_bytes: int
    """Packed size of the archive."""
    sha256: str
    """Of the archive's bytes."""
    values: dict[str, Scalar] = field(default_factory=dict)
    """What applies: ``limit_bytes``, ``ratio``, ``members``, ``depth``, ``member``."""

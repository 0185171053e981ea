"""One thing observed: a file today, flows and programs when their senses land.

Before this on the path: telemetry, which makes records. After it: detectors, which judge them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file, or one archive member, with its bytes in memory."""

    name: str
    """Path as given, members as ``ARCHIVE!MEMBER``: hostile text, surrogates for bytes that are not UTF-8."""
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

    @property
    def base_name(self) -> str:
        """The last part of the name, whichever separator the stranger used."""
        return self.name.replace("\\", "/").rpartition("/")[2].rpartition("!")[2]

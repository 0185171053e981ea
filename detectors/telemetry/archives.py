"""Looks inside archives: members become FileRecords, in memory only, within limits shared by the whole nest.

Before this on the path: ``telemetry/files.py`` and the wall, which hand over the bytes of one file. After it: the
detectors, which judge every member as they judge a file. Nothing is ever written to disk.

How the parser uses it::

    for item in open_members(record, ArchiveBudget(), password):   # yields nothing when it is no archive
        FileRecord      a member (``ARCHIVE!MEMBER``, depth + 1): give it to every detector that reads FileRecord
        ArchiveTrouble  give it to every detector that reads ArchiveTrouble (a bomb, a header that lies)
        SkippedCheck    report it as it is

``open_members`` goes down by itself: members that are archives are handed out as records and then opened in turn,
so the parser never recurses. Names are unique within one call: a second member of the same name is called
``NAME (2)``. Each name comes at most once as a FileRecord and at most once in a SkippedCheck. So counting is exact::

    seen    = {record.name} | names of the FileRecords | names in the SkippedChecks
    checked = seen without the names in the SkippedChecks

A SkippedCheck may be about the file on disk itself, about a member already handed out (its findings are kept), or
about one that never was. A record that is not whole is not opened: whoever cut it has said so already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detectors.contract.errors import SkippedCheck
from detectors.contract.records import ArchiveTrouble, FileRecord


@dataclass(slots=True)
class ArchiveBudget:
    """What one file on disk may cost, shared by everything nested in it. One per file; not reusable."""

    max_unpacked_bytes: int = 400_000_000
    max_members: int = 10_000
    max_depth: int = 16
    max_ratio: int = 2_000
    max_member_bytes: int = 100_000_000
    max_unpack_s: float = 30.0


def is_archive(data: bytes) -> bool:
    """Tell by its first and last bytes whether we know this as an archive, supported or not."""
    raise NotImplementedError


def open_members(
    record: FileRecord, budget: ArchiveBudget, password: bytes | None = None
) -> Iterator[FileRecord | ArchiveTrouble | SkippedCheck]:
    """Hand out what is inside, depth first; see the module's docstring."""
    raise NotImplementedError

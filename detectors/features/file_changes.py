"""Weighs many changes of files within a minute: how many, of what kinds, to which new endings, into what contents.

Before this on the path: the changes in watched folders, live or recorded. After it: ``mass_file_change``.
Names are hostile and may be many; each minute is counted once, and what is remembered of it is bounded by its changes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detectors.contract.programs import FileChange

STEP_S = 30.0
"""Changes are gathered in half minutes; two neighbouring ones make the minute that is weighed."""
MIN_CHANGES = 30
"""Rewritten or renamed files a minute from which a person hardly did it by hand."""
MIN_SPREAD = 3
"""Folders or kinds of files: one program that saves its own work stays with one of each."""
MIN_SAME_ENDING = 10
"""Files that got the same unknown ending."""
MIN_NOISE = 5
"""Files whose contents turned to noise; one or two may have been packed or locked on purpose."""
NOISE_BITS = 7.9
"""Bits a byte of locked contents. Text has 4 to 5, programs 6 to 7."""
STRUCTURED_BITS = 7.2
"""Contents with less had a form that can be lost."""
ZEROED_BITS = 0.1
"""Contents that are one byte again and again: wiped."""
SAMPLE_BYTES = 4_096
"""Of which telemetry works out the bits a byte; smaller files reach less even when they are noise."""
MIN_SIZE = 256
"""Of smaller files nobody can tell noise."""
_BIAS = 255 / (2 * math.log(2))
"""Miller and Madow (1955): noise of n bytes is measured about (256 - 1) / (2 n ln 2) bits too low."""
_MAX_ENDING = 12

PLAIN_ENDINGS = frozenset({
    "txt", "csv", "tsv", "htm", "html", "xml", "json", "md", "rtf", "doc", "xls", "ppt", "log", "ini", "cfg", "conf",
    "yaml", "yml", "toml", "sql", "tex", "eml", "ics", "vcf", "py", "js", "ts", "css", "java", "c", "h", "cpp", "cs",
    "php", "rb", "sh", "ps1", "bat", "vbs", "svg", "bmp", "wav", "tif", "tiff", "mdb", "dbf", "db", "sqlite", "mbox",
    "pst", "dwg", "psd", "msg", "odb",
})  # fmt: skip
"""Kinds of files whose contents have a form: they never are noise."""
PACKED_ENDINGS = frozenset({
    "zip", "gz", "tgz", "bz2", "xz", "zst", "7z", "rar", "cab", "jar", "apk", "docx", "xlsx", "pptx", "docm", "xlsm",
    "pptm", "odt", "ods", "odp", "epub", "jpg", "jpeg", "png", "gif", "webp", "heic", "avif", "mp3", "mp4", "m4a",
    "m4v", "mov", "mkv", "avi", "webm", "ogg", "flac", "aac", "pdf", "iso", "dmg", "img", "vhdx", "vmdk", "qcow2",
    "woff", "woff2", "whl", "deb", "rpm", "gpg", "pgp", "asc", "age", "kdbx", "p12", "pfx", "br", "lz4", "lzma", "raw",
    "cr2", "nef", "arw", "dng",
})  # fmt: skip
"""Kinds of files whose contents look like noise anyway."""
PASSING_ENDINGS = frozenset({
    "tmp", "temp", "part", "partial", "crdownload", "download", "bak", "old", "orig", "backup", "lock", "swp", "swx",
    "new", "save", "pyc", "o", "obj", "d", "so", "a", "dll", "exe", "class", "rlib", "rmeta", "map", "cache", "dat",
    "bin", "journal", "wal", "pack", "idx", "rej", "dpkg-new", "dpkg-tmp", "dpkg-old", "rpmnew", "rpmsave", "filepart",
    "sync", "conflict", "0", "1", "2", "3", "4", "5",
})  # fmt: skip
"""What programs give files for a while, or make of them."""
LOCKED_ENDINGS = frozenset({"gpg", "pgp", "asc", "age"})
"""Of those, what the usual tools for locking make: known, but lost to whoever lacks the key."""
_USUAL = PLAIN_ENDINGS | PACKED_ENDINGS | PASSING_ENDINGS
_REWRITES = frozenset({"modified", "renamed"})
OVERFLOW = "overflow"
"""A change of this kind: there were more changes than the system could tell of."""


@dataclass(frozen=True, slots=True)
class ChangedMinute:
    """What happened to watched files within a minute."""

    began_s: float
    ended_s: float
    changes: tuple[FileChange, ...]
    """In order of time."""
    rewritten: int
    """Different files that were modified, renamed or replaced."""
    folders: int
    kinds: int
    """Different endings before the change."""
    new_ending: str
    """The unknown ending that most files got, or empty."""
    with_new_ending: int
    noise: int
    """Files that had a form and are noise, or wiped, now."""
    sampled: int
    """Files of kinds that have a form, whose contents were looked at."""
    canaries: int
    """Canary files that were changed, moved or removed."""
    is_overflowed: bool

    @property
    def is_many(self) -> bool:
        """Many files of many kinds or places; what could not be counted any more is many."""
        is_spread = self.folders >= MIN_SPREAD or self.kinds >= MIN_SPREAD
        return self.is_overflowed or (self.rewritten >= MIN_CHANGES and is_spread)

    @property
    def has_new_ending(self) -> bool:
        """Many files got the same unknown ending."""
        return self.with_new_ending >= MIN_SAME_ENDING

    @property
    def is_noise(self) -> bool:
        """Contents turned to noise, in most files that were looked at."""
        return self.noise >= MIN_NOISE and self.noise * 2 >= self.sampled


def changed_minutes(changes: Iterable[FileChange]) -> Iterator[ChangedMinute]:
    """Weigh every minute with changes, in half-minute steps."""
    steps: dict[int, list[FileChange]] = {}
    for change in changes:
        if math.isfinite(change.at_s):
            steps.setdefault(int(change.at_s // STEP_S), []).append(change)
    for step in sorted(steps):
        if step - 1 in steps or step + 1 not in steps:  # with the half minute before, or alone
            yield _weigh([*steps.get(step - 1, ()), *steps[step]])


def ending_of(path: str) -> str:
    """Give the ending of a file's name in lower case, without the dot; empty where there is none."""
    name = path.replace("\\", "/").rpartition("/")[2]
    before, _, ending = name.rpartition(".")
    return ending.lower() if before and len(ending) <= _MAX_ENDING else ""


def folder_of_change(path: str) -> str:
    """Give the folder of a changed file."""
    return path.replace("\\", "/").rpartition("/")[0]


def locked_name(path: str) -> str:
    """Give the unknown ending that stands behind a usual one (``letter.docx.xyz``); empty where there is none."""
    ending = ending_of(path)
    if not ending or ending in _USUAL:
        return ""
    before = ending_of(path[: -len(ending) - 1])
    return ending if before in PLAIN_ENDINGS or before in PACKED_ENDINGS else ""


def noise_limit(size_bytes: int | None) -> float:
    """Say from how many bits a byte a sample is noise, given how much there was to sample."""
    length = SAMPLE_BYTES if size_bytes is None else max(1, min(size_bytes, SAMPLE_BYTES))
    return min(NOISE_BITS, 8.0 - 1.5 * _BIAS / length)


def _weigh(changes: list[FileChange]) -> ChangedMinute:
    changes.sort(key=lambda one: one.at_s)
    replaced = _replaced(changes)
    touched = [one for one in changes if one.change in _REWRITES or one.path in replaced]
    names = [replaced.get(one.path, one.path) for one in touched]
    endings = Counter(filter(None, (_new_ending(one, replaced) for one in touched)))
    top, count = max(endings.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    turned = [turn for one in touched if (turn := _turned_to_noise(one, replaced)) is not None]
    return ChangedMinute(
        began_s=changes[0].at_s,
        ended_s=changes[-1].at_s,
        changes=tuple(changes),
        rewritten=len(set(names)),
        folders=len({folder_of_change(name) for name in names}),
        kinds=len({ending_of(name) for name in names}),
        new_ending=top,
        with_new_ending=count,
        noise=sum(turned),
        sampled=len(turned),
        canaries=len({one.path for one in changes if one.is_canary and one.change in (*_REWRITES, "deleted")}),
        is_overflowed=any(one.change == OVERFLOW for one in changes),
    )


def _replaced(changes: Sequence[FileChange]) -> dict[str, str]:
    """Find new files that stand in for removed ones under a longer name: new name -> old name."""
    removed = {one.path for one in changes if one.change == "deleted"}
    made = (one.path for one in changes if one.change in ("created", "modified"))
    return {path: before for path in made if (before := path.rpartition(".")[0]) in removed}


def _new_ending(change: FileChange, replaced: dict[str, str]) -> str:
    """Give the unknown ending that a file got, or nothing."""
    before, after = _before_and_after(change, replaced)
    ending = ending_of(after)
    if before == after or ending in _USUAL or ending == ending_of(before):
        return ""
    return ending if ending_of(before) in PLAIN_ENDINGS or ending_of(before) in PACKED_ENDINGS else ""


def _before_and_after(change: FileChange, replaced: dict[str, str]) -> tuple[str, str]:
    if change.change == "renamed" and change.to:
        return change.path, change.to
    return replaced.get(change.path, change.path), change.path


def _turned_to_noise(change: FileChange, replaced: dict[str, str]) -> bool | None:
    """Tell whether contents that had a form lost it; None where nobody can say."""
    bits, size = change.entropy_bits, change.size_bytes
    before, after = _before_and_after(change, replaced)
    ending = ending_of(before)
    is_packed = ending in PACKED_ENDINGS or ending_of(after) in PACKED_ENDINGS - LOCKED_ENDINGS
    if bits is None or not 0 <= bits <= 8 or is_packed or (size is not None and size < MIN_SIZE):  # noqa: PLR2004
        return None
    earlier = change.entropy_before_bits
    if earlier is None and ending not in PLAIN_ENDINGS:
        return None
    had_form = earlier is None or ZEROED_BITS < earlier < STRUCTURED_BITS
    return had_form and (bits >= noise_limit(size) or bits < ZEROED_BITS)

"""Looks into the old office container: macro texts, attached and embedded files, and what a standard password locks.

Before this on the path: ``archives``. After it: ``archives`` again, which makes records of the members. The container
("compound file") is a small file system; olefile knows it. It holds old Word, Excel and PowerPoint files, the macros
of new ones, saved mails, and new office files that are locked with a password.

Its members are not all its streams, only what people would call a file or a text of its own:

    Macros/VBA/text                   the source of all macros of a project, unpacked
    Macros/VBA/names without text     see ``vba.names_without_text``
    invoice.exe                       a file embedded in a document, or attached to a saved mail
    unlocked                          the document itself, where Excel's own standard password or the given one opens it
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from detectors.contract.errors import SkipReason
from detectors.telemetry import vba
from detectors.telemetry.unpacking import ArchiveBudget, ArchiveFault, Member, collect, metered, slices

COMPOUND_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STANDARD_PASSWORD = "VelvetSweatshop"  # noqa: S105 - no secret: Excel opens files locked with it without asking
MAX_STREAMS = 5_000
MAX_SPINS = 1_000_000
"""Rounds a file may ask for to try one password: ten times those of today's Office, under two seconds."""

_EMBEDDED = "\x01Ole10Native"
_LOCKED = "EncryptedPackage"
_LOCK = "EncryptionInfo"
_ATTACHED = re.compile(r"__attach_version1\.0_#[0-9A-F]{8}/__substg1\.0_37010102\Z", re.IGNORECASE)
_ATTACHED_NAMES = ("__substg1.0_3707001F", "__substg1.0_3704001F")
_SPINS = re.compile(rb'spinCount="(\d{1,12})"')
_LIBRARY_FAULTS = (
    OSError,
    EOFError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    RuntimeError,
    struct.error,
)
"""What the libraries were seen to raise over altered files."""

_WORD, _WORD_FLAGS, _WORD_IS_LOCKED = "WordDocument", 0x0A, 0x0100
_BOOKS = ("Workbook", "Book")
_BOOK_IS_LOCKED = 0x2F
_RECORDS_BEFORE_LOCK = 8


def read_compound(data: bytes, budget: ArchiveBudget, password: bytes | None) -> Iterator[Member]:
    """Hand out what lies in a compound file and is worth a look of its own."""
    container = _Container.open(data)
    if container.is_locked:
        yield _unlock(data, container, budget, password)
    yield from _embedded(container, budget)
    yield from _macros(container, budget)
    if container.unread:
        raise ArchiveFault(SkipReason.ARCHIVE_DAMAGED, members=container.unread)


@dataclass(slots=True)
class _Container:
    """A compound file with its list of streams."""

    ole: olefile.OleFileIO
    paths: list[str]
    unread: int = field(default=0)
    """Streams that could not be read."""

    @classmethod
    def open(cls, data: bytes) -> _Container:
        """Read the list of streams; raises ArchiveFault."""
        try:
            ole = olefile.OleFileIO(data)
            paths = ["/".join(parts) for parts in ole.listdir(streams=True, storages=False)]
        except MemoryError:
            raise ArchiveFault(SkipReason.MEMORY_LIMIT) from None
        except _LIBRARY_FAULTS:
            raise ArchiveFault(SkipReason.ARCHIVE_DAMAGED) from None
        if len(paths) > MAX_STREAMS:
            raise ArchiveFault(SkipReason.ARCHIVE_TOO_MANY_MEMBERS, limit_members=MAX_STREAMS)
        return cls(ole, paths)

    def read(self, path: str, most: int = -1) -> bytes:
        """Read a stream, or its first bytes; one that cannot be read is counted and gives nothing."""
        try:
            with self.ole.openstream(path) as stream:
                content: bytes = stream.read(most)
        except _LIBRARY_FAULTS:
            self.unread += 1
            return b""
        return content

    @property
    def is_locked(self) -> bool:
        """True when the document's content is encrypted."""
        if _LOCKED in self.paths and _LOCK in self.paths:
            return True
        if _WORD in self.paths:
            head = self.read(_WORD, 64)
            return len(head) > _WORD_FLAGS + 1 and bool(head[_WORD_FLAGS + 1] & _WORD_IS_LOCKED >> 8)
        return any(_is_locked_book(self.read(book, 4096)) for book in _BOOKS if book in self.paths)


def _is_locked_book(head: bytes) -> bool:
    """Tell by the first records of an Excel stream; the lock stands right behind the beginning ([MS-XLS] 2.4.117)."""
    place = 0
    for _ in range(_RECORDS_BEFORE_LOCK):
        if place + 4 > len(head):
            return False
        kind, size = struct.unpack_from("<HH", head, place)
        if kind == _BOOK_IS_LOCKED:
            return True
        place += 4 + size
    return False


def _unlock(data: bytes, container: _Container, budget: ArchiveBudget, password: bytes | None) -> Member:
    """Open with the standard password or the given one; a locked document that stays locked is said."""
    spins = _SPINS.search(container.read(_LOCK, 20_000)) if _LOCK in container.paths else None
    if spins and int(spins[1]) > MAX_SPINS:
        return Member("unlocked", None, SkipReason.ARCHIVE_NOT_SUPPORTED)
    given = [password.decode("utf-8", "replace")] if password else []
    for word in (STANDARD_PASSWORD, *given):
        opened = _decrypt(data, word)
        if opened is not None:
            return _member("unlocked", opened, budget)
    return Member("unlocked", None, SkipReason.ARCHIVE_ENCRYPTED)


def _decrypt(data: bytes, password: str) -> bytes | None:
    """Try one password; None when it does not fit."""
    # Loaded with the first locked document: few computers ever meet one.
    import msoffcrypto  # noqa: PLC0415
    import msoffcrypto.exceptions  # noqa: PLC0415

    out = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(data))
        if locked.type == "agile" or locked.format == "ooxml":
            locked.load_key(password=password, verify_password=True)
        else:
            locked.load_key(password=password)
        locked.decrypt(out)
    except (msoffcrypto.exceptions.FileFormatError, msoffcrypto.exceptions.InvalidKeyError):
        return None
    except (msoffcrypto.exceptions.DecryptionError, msoffcrypto.exceptions.ParseError, *_LIBRARY_FAULTS):
        return None
    return out.getvalue()


def _embedded(container: _Container, budget: ArchiveBudget) -> Iterator[Member]:
    """Hand out files packed into the document, and attachments of a saved mail."""
    for path in container.paths:
        if path.rpartition("/")[2] == _EMBEDDED:
            name, content = _unpack_native(container.read(path))
        elif _ATTACHED.search(path):
            name, content = _attachment_name(container, path.rpartition("/")[0]), container.read(path)
        else:
            continue
        if content:
            yield _member(name, content, budget)


def _attachment_name(container: _Container, folder: str) -> str:
    """Read the name of an attachment: the long form, else the short one."""
    for part in _ATTACHED_NAMES:
        if f"{folder}/{part}" in container.paths:
            return container.read(f"{folder}/{part}", 1000).decode("utf-16-le", "replace").rstrip("\0")
    return "attachment"


def _unpack_native(stream: bytes) -> tuple[str, bytes]:
    """Take a packed file apart ([MS-OLEDS] 2.3.6): name, paths of its maker, size, bytes."""
    shown, behind = _text_at(stream, 6)
    _, behind = _text_at(stream, behind)
    _, behind = _text_at(stream, behind + 8)
    if behind + 4 > len(stream):
        return shown or "embedded", stream[4:]
    (size,) = struct.unpack_from("<I", stream, behind)
    return shown or "embedded", stream[behind + 4 :][:size] or stream[4:]


def _text_at(stream: bytes, place: int) -> tuple[str, int]:
    """Read a text that ends with a zero; the second value is the place behind it."""
    end = stream.find(b"\0", place, place + 1000)
    return (stream[place:end].decode("latin-1"), end + 1) if end >= 0 else ("", len(stream))


def _macros(container: _Container, budget: ArchiveBudget) -> Iterator[Member]:
    """Hand out the text of each project, and the names of one whose text was taken away.

    The modules stand behind one another: what starts by itself in one often calls what does the work in another.
    """
    for folder, streams in _projects(container).items():
        modules = [module for path in streams if (module := vba.read_module(container.read(path)))]
        text = b"\n".join(module.source for module in modules)
        if text:
            is_cut = any(module.is_cut for module in modules)
            yield _member(f"{folder}/text", text, budget, SkipReason.ARCHIVE_DAMAGED if is_cut else None)
        lists = b"\n".join(container.read(path) for path in streams if path.endswith(vba.NAME_LIST))
        names = vba.names_without_text(lists, text)
        if names:
            yield _member(f"{folder}/names without text", names, budget)


def _projects(container: _Container) -> dict[str, list[str]]:
    """Sort the streams of VBA projects by their folder."""
    projects: dict[str, list[str]] = {}
    for path in container.paths:
        folder = path.rpartition("/")[0]
        if folder.rpartition("/")[2].upper() == "VBA":
            projects.setdefault(folder, []).append(path)
    return projects


def _member(name: str, content: bytes, budget: ArchiveBudget, trouble: SkipReason | None = None) -> Member:
    """Make a member of bytes that are in memory already, charged like all others."""
    return Member(name, collect(metered(slices(memoryview(content)), budget), budget), trouble)

"""What all archive readers share: the budget of a nest, and unpacking piece by piece so that nothing grows unseen.

Before this on the path: one reader (``zips``, ``tars``, ...), which finds packed bytes. After it: ``archives``, which
makes records of the members. Everything here is bounded: output in pieces of at most ``PIECE_BYTES``, each one charged.
"""

from __future__ import annotations

import bz2
import io
import lzma
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from detectors.contract.errors import SkipReason
from detectors.contract.finding import Scalar

PIECE_BYTES = 1 << 20
INPUT_BYTES = 1 << 16
MAX_DICTIONARY_BYTES = 200_000_000
"""Memory that a packer may ask for; the highest setting of common packers is 64 MiB."""
RATIO_FLOOR_BYTES = 10_000_000
"""Below this a high ratio harms nobody: ten megabytes of zeros are an ordinary disk image."""
BOMB_RATIO = 250
"""What breaks a size limit at this ratio is a bomb; ordinary logs and tables stay below one hundred."""


class BudgetSpent(Exception):
    """The nest has cost what it may; ``ArchiveBudget.spent`` says which limit it was."""


class Damaged(Exception):
    """Packed bytes that cannot be unpacked, or end too early."""


class ArchiveFault(Exception):
    """Something is wrong with a whole archive."""

    def __init__(self, reason: SkipReason, *, is_bomb: bool = False, **values: Scalar) -> None:
        super().__init__(reason)
        self.reason = reason
        """Why it was not, or not fully, opened."""
        self.is_bomb = is_bomb
        """True for what no ordinary archive does."""
        self.values = values
        """What the sentence needs."""


@dataclass(slots=True)
class ArchiveBudget:
    """What one file on disk may cost, shared by everything nested in it. One per file; not reusable."""

    max_unpacked_bytes: int = 400_000_000
    """All levels together."""
    max_members: int = 10_000
    """All levels together."""
    max_depth: int = 16
    """An archive at this depth is not opened any more."""
    max_ratio: int = 2_000
    """Unpacked to packed, of one member and of the whole nest."""
    max_member_bytes: int = 100_000_000
    """Of a larger member only the first part is handed out."""
    max_open_bytes: int = 200_000_000
    """Archives held in memory at the same time, one inside the other."""
    max_unpack_s: float = 30.0
    """Time spent in unpacking; that of the detectors is not counted."""
    packed_bytes: int = 0
    """Size of the file on disk, set when it is opened."""
    unpacked_bytes: int = 0
    """Used so far."""
    members: int = 0
    """Used so far."""
    unpack_s: float = 0.0
    """Used so far."""
    spent: SkipReason | None = None
    """The limit that was met; from then on nothing more is read."""

    def charge(self, size_bytes: int, duration_s: float) -> None:
        """Count unpacked bytes and time; raises BudgetSpent."""
        self.unpacked_bytes += size_bytes
        self.unpack_s += duration_s
        if self.unpacked_bytes > max(RATIO_FLOOR_BYTES, self.packed_bytes * self.max_ratio):
            self._end(SkipReason.ARCHIVE_RATIO_TOO_HIGH)
        if self.unpacked_bytes > self.max_unpacked_bytes:
            self._end(SkipReason.ARCHIVE_TOO_LARGE)
        if self.unpack_s > self.max_unpack_s:
            self._end(SkipReason.TIME_LIMIT)

    def count_member(self) -> None:
        """Count one member; raises BudgetSpent."""
        if self.members >= self.max_members:
            self._end(SkipReason.ARCHIVE_TOO_MANY_MEMBERS)
        self.members += 1

    def _end(self, reason: SkipReason) -> None:
        self.spent = reason
        raise BudgetSpent

    def describe_limit(self) -> ArchiveFault:
        """Say which limit was met, as a fault of the whole nest."""
        reason = self.spent or SkipReason.STOPPED
        ratio = self.unpacked_bytes // max(1, self.packed_bytes)
        values: dict[SkipReason, dict[str, Scalar]] = {
            SkipReason.ARCHIVE_RATIO_TOO_HIGH: {"limit_ratio": self.max_ratio},
            SkipReason.ARCHIVE_TOO_LARGE: {"limit_bytes": self.max_unpacked_bytes},
            SkipReason.ARCHIVE_TOO_MANY_MEMBERS: {"limit_members": self.max_members},
            SkipReason.TIME_LIMIT: {"limit_s": self.max_unpack_s},
        }
        is_bomb = reason is SkipReason.ARCHIVE_RATIO_TOO_HIGH or (
            reason is SkipReason.ARCHIVE_TOO_LARGE and ratio >= BOMB_RATIO
        )
        return ArchiveFault(reason, is_bomb=is_bomb, **values.get(reason, {}))


@dataclass(frozen=True, slots=True)
class Content:
    """Unpacked bytes, and what is wrong with them."""

    data: bytes
    """All of them, or the first part."""
    size_bytes: int
    """As far as it is known: what was unpacked, or what the archive says of a member that was cut."""
    trouble: SkipReason | None = None
    """Why they are not whole, or not to be believed."""
    is_bomb: bool = False
    """True when their size can only be meant to overwhelm."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member as its reader found it."""

    name: str
    """Name inside the archive: hostile text."""
    content: Content | None
    """None when nothing could be read."""
    trouble: SkipReason | None = None
    """Why not, when there is no content; otherwise a fault of the archive that this member shows."""


class Decoder(Protocol):
    """The form that the standard library's decompressors share."""

    @property
    def eof(self) -> bool:
        """True when the packed stream has ended by itself."""

    @property
    def needs_input(self) -> bool:
        """True when more packed bytes are wanted before more can come out."""

    @property
    def unused_data(self) -> bytes:
        """Bytes given after the end of the stream."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Unpack at most ``max_length`` bytes."""


class Inflater:
    """``zlib`` in the form of the other decompressors."""

    def __init__(self, window_bits: int, dictionary: bytes = b"") -> None:
        self._zlib = (
            zlib.decompressobj(window_bits, zdict=dictionary) if dictionary else zlib.decompressobj(window_bits)
        )
        self._waiting = b""
        self._was_full = False

    @property
    def eof(self) -> bool:
        """True when the packed stream has ended by itself."""
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        """True when more packed bytes are wanted before more can come out."""
        return not self._waiting and not self._was_full

    @property
    def unused_data(self) -> bytes:
        """Bytes given after the end of the stream."""
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Unpack at most ``max_length`` bytes."""
        piece = self._zlib.decompress(self._waiting + data, max_length)
        self._waiting = self._zlib.unconsumed_tail
        self._was_full = len(piece) == max_length
        return piece


MakeDecoder: TypeAlias = Callable[[], Decoder]


@dataclass(slots=True)
class Progress:
    """How far a packed stream has been used up."""

    used_bytes: int = 0
    """Exact once the stream has ended, before that a little ahead."""


def unpack(packed: memoryview, decoder: Decoder, progress: Progress | None = None) -> Iterator[bytes]:
    """Unpack one stream piece by piece.

    Args:
        packed: The stream, and perhaps something behind it.
        decoder: A fresh decoder.
        progress: Kept up to date when given.

    Raises:
        Damaged: The stream is wrong or has no end.
    """
    progress = progress or Progress()
    try:
        while not decoder.eof:
            fresh = b""
            if decoder.needs_input:
                fresh = bytes(packed[progress.used_bytes : progress.used_bytes + INPUT_BYTES])
                if not fresh:
                    raise Damaged
                progress.used_bytes += len(fresh)
            piece = decoder.decompress(fresh, PIECE_BYTES)
            if piece:
                yield piece
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
        raise Damaged from error
    progress.used_bytes -= len(decoder.unused_data)


def slices(stored: memoryview) -> Iterator[bytes]:
    """Hand out bytes that are not packed, in pieces."""
    for start in range(0, len(stored), PIECE_BYTES):
        yield bytes(stored[start : start + PIECE_BYTES])


def metered(pieces: Iterator[bytes], budget: ArchiveBudget) -> Iterator[bytes]:
    """Pass pieces on and charge each one, with the time it took to make; raises BudgetSpent."""
    while True:
        started = time.perf_counter()
        piece = next(pieces, None)
        budget.charge(len(piece or b""), time.perf_counter() - started)
        if piece is None:
            return
        yield piece


def collect(pieces: Iterator[bytes], budget: ArchiveBudget, *, packed_bytes: int = 0, said_bytes: int = 0) -> Content:
    """Put the pieces of one member together, up to the limit for a member.

    Args:
        pieces: Already metered.
        budget: Its limits.
        packed_bytes: Packed size of this member alone; 0 when it has none of its own.
        said_bytes: Size the archive gives, for members that are cut.
    """
    buffer = io.BytesIO()
    trouble: SkipReason | None = None
    try:
        for piece in pieces:
            room = budget.max_member_bytes - buffer.tell()
            buffer.write(piece[:room])
            if len(piece) > room:
                trouble = SkipReason.FILE_TOO_LARGE
                break
            if packed_bytes and buffer.tell() > max(RATIO_FLOOR_BYTES, packed_bytes * budget.max_ratio):
                trouble = SkipReason.ARCHIVE_RATIO_TOO_HIGH
                break
    except Damaged:
        trouble = SkipReason.ARCHIVE_DAMAGED
    except BudgetSpent:
        trouble = budget.spent
    except MemoryError:
        trouble = SkipReason.MEMORY_LIMIT
    size = buffer.tell()
    is_bomb = trouble is SkipReason.ARCHIVE_RATIO_TOO_HIGH or (
        trouble is SkipReason.FILE_TOO_LARGE and 0 < packed_bytes * BOMB_RATIO <= max(size, said_bytes)
    )
    return Content(buffer.getvalue(), max(size, said_bytes) if trouble else size, trouble, is_bomb)


class Stream:
    """Pieces read like a file, forward only: for formats whose members lie one behind the other."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")

    def _refill(self) -> bool:
        """Fetch the next piece when this one is used up; False at the end."""
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return False
            self._piece = memoryview(piece)
        return True

    def take(self, count: int) -> Iterator[bytes]:
        """Hand out exactly ``count`` bytes in pieces; raises Damaged when there are fewer."""
        while count > 0:
            if not self._refill():
                raise Damaged
            part, self._piece = self._piece[:count], self._piece[count:]
            count -= len(part)
            yield bytes(part)

    def everything(self) -> Iterator[bytes]:
        """Hand out all that is left."""
        while self._refill():
            part, self._piece = self._piece, memoryview(b"")
            yield bytes(part)

    def read(self, count: int) -> bytes:
        """Return exactly ``count`` bytes, few enough to hold; raises Damaged when there are fewer."""
        return b"".join(self.take(count))

    def skip(self, count: int) -> None:
        """Pass over ``count`` bytes; raises Damaged when there are fewer."""
        for _ in self.take(count):
            pass

    def peek(self, count: int) -> bytes:
        """Return up to ``count`` bytes without using them up."""
        while len(self._piece) < count:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._piece = memoryview(bytes(self._piece) + piece)
        return bytes(self._piece[:count])


class Part:
    """One member's share of a stream, which remembers how much of it is left."""

    def __init__(self, stream: Stream, size_bytes: int) -> None:
        self._stream = stream
        self.left = size_bytes

    def pieces(self) -> Iterator[bytes]:
        """Hand the bytes out."""
        for piece in self._stream.take(self.left):
            self.left -= len(piece)
            yield piece


def make_bzip2() -> Decoder:
    """Make a decoder for bzip2."""
    return bz2.BZ2Decompressor()


def make_xz() -> Decoder:
    """Make a decoder for xz and the older lzma form; a dictionary over the limit raises LZMAError."""
    return lzma.LZMADecompressor(memlimit=MAX_DICTIONARY_BYTES)


def make_gzip() -> Decoder:
    """Make a decoder for gzip, with its checksum."""
    return Inflater(zlib.MAX_WBITS | 16)


def make_deflate() -> Decoder:
    """Make a decoder for bare deflate streams, as in zip."""
    return Inflater(-zlib.MAX_WBITS)

"""Reads the hellos of TLS, DTLS and QUIC, and writes their fingerprints: JA3, JA3S, JA4.

Before this on the path: ``tls.py`` and ``quic.py`` with one whole handshake message. After it: ``TlsSession``.
Formats: RFC 5246, RFC 8446. Fingerprints: https://github.com/salesforce/ja3 and
https://github.com/FoxIO-LLC/ja4/blob/main/technical_details/JA4.md.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from detectors.telemetry.readers.texts import clean

CLIENT_HELLO, SERVER_HELLO, CERTIFICATE = 1, 2, 11
SNI, GROUPS, POINT_FORMATS, SIGNATURES, ALPN, VERSIONS = 0, 10, 11, 13, 16, 43
_LISTS = {VERSIONS: "versions", GROUPS: "groups", POINT_FORMATS: "point_formats", SIGNATURES: "signatures"}
_READ_EXTENSIONS = frozenset({SNI, ALPN, *_LISTS})
"""The others are listed only."""
_SHORT, _EXTENSION_HEAD = struct.Struct("!H"), struct.Struct("!HH")
_SESSION_AT = 34
"""Behind the version and the random bytes."""
TLS_1_3 = 0x0304
RETRY_RANDOM = hashlib.sha256(b"HelloRetryRequest").digest()
"""RFC 8446 section 4.1.3: a server hello with it only asks to try again."""
MAX_LISTED = 512
"""Ciphers, extensions and the like that are read; real hellos have under 200."""
MAX_PROTOCOLS = 16
MAX_KNOWN = 512
"""Fingerprints and lists that are remembered: most clients of a network speak alike."""
MAX_KNOWN_BYTES = 256
"""Of a list that is remembered."""
JA4_VERSIONS = {
    0x0304: "13", 0x0303: "12", 0x0302: "11", 0x0301: "10", 0x0300: "s3", 0x0002: "s2",
    0xFEFF: "d1", 0xFEFD: "d2", 0xFEFC: "d3",
}  # fmt: skip
_NOTHING = "000000000000"


class HelloDamage(ValueError):
    """No hello, or one whose lengths lie."""


@dataclass(slots=True)
class Hello:
    """What a hello says. Lists keep their order and their GREASE."""

    version: int
    """The old field in front."""
    random: bytes = b""
    ciphers: tuple[int, ...] = ()
    """Offered, or the one that was chosen."""
    extensions: tuple[int, ...] = ()
    sni: str = ""
    alpn: tuple[bytes, ...] = ()
    versions: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    point_formats: tuple[int, ...] = ()
    signatures: tuple[int, ...] = ()

    @property
    def best_version(self) -> int:
        """The highest version offered, or the one chosen."""
        return max(without_grease(self.versions), default=self.version)


def is_grease(value: int) -> bool:
    """Tell whether a value only keeps servers tolerant (RFC 8701)."""
    return value & 0x0F0F == 0x0A0A and value >> 8 == value & 0xFF  # noqa: PLR2004


@lru_cache(MAX_KNOWN)
def without_grease(values: tuple[int, ...]) -> tuple[int, ...]:
    """Leave out what only keeps servers tolerant; equal lists of many sessions become one object."""
    return tuple(one for one in values if not is_grease(one))


@dataclass(slots=True)
class _Bytes:
    """Walks over bytes whose lengths may lie."""

    data: bytes
    at: int = 0

    def number(self, size: int) -> int:
        end = self.at + size
        if end > len(self.data):
            raise HelloDamage("ends too early")
        value = int.from_bytes(self.data[self.at : end])
        self.at = end
        return value

    def some(self, size: int) -> bytes:
        end = self.at + size
        if end > len(self.data):
            raise HelloDamage("ends too early")
        part = self.data[self.at : end]
        self.at = end
        return part

    def block(self, length_bytes: int) -> bytes:
        begin = self.at + length_bytes
        end = begin + int.from_bytes(self.data[self.at : begin])
        if begin > len(self.data) or end > len(self.data):
            raise HelloDamage("ends too early")
        self.at = end
        return self.data[begin:end]

    @property
    def is_at_end(self) -> bool:
        return self.at >= len(self.data)


def read_client_hello(body: bytes, *, is_datagram: bool = False) -> Hello:
    """Read a client hello without its handshake header.

    Args:
        body: what follows type and length.
        is_datagram: DTLS, which has a cookie.

    Raises:
        HelloDamage: it cannot be read.
    """
    try:
        at = _SESSION_AT + 1 + body[_SESSION_AT]
        if is_datagram:
            at += 1 + body[at]
        (size,) = _SHORT.unpack_from(body, at)
        end = at + _SHORT.size + size
        rest = end + 1 + body[end]  # behind the ways to compress
    except (IndexError, struct.error) as error:
        raise HelloDamage("ends too early") from error
    hello = Hello(int.from_bytes(body[:2]), body[2:_SESSION_AT], _shorts(body[at + _SHORT.size : end]))
    _read_extensions(hello, body, rest, is_client=True)
    return hello


def read_server_hello(body: bytes) -> Hello:
    """Read a server hello without its handshake header.

    Raises:
        HelloDamage: it cannot be read.
    """
    walk = _Bytes(body)
    hello = Hello(walk.number(2), walk.some(32))
    walk.block(1)
    hello.ciphers = (walk.number(2),)
    walk.some(1)
    _read_extensions(hello, body, walk.at, is_client=False)
    return hello


def read_old_hello(data: bytes) -> Hello:
    """Read a client hello in the form of SSL 2, which old clients use to offer TLS as well.

    Raises:
        HelloDamage: it cannot be read.
    """
    walk = _Bytes(data, 3)
    hello = Hello(walk.number(2))
    size = walk.number(2)
    walk.some(4)
    kinds = walk.some(min(size, 3 * MAX_LISTED))
    hello.ciphers = tuple(
        int.from_bytes(kinds[at + 1 : at + 3]) for at in range(0, len(kinds) - 2, 3) if kinds[at] == 0
    )
    return hello


def _read_extensions(hello: Hello, data: bytes, at: int, *, is_client: bool) -> None:
    if at == len(data):
        return
    begin = at + _SHORT.size
    end = begin + int.from_bytes(data[at:begin])
    if end > len(data) or begin > len(data):
        raise HelloDamage("ends too early")
    found: list[int] = []
    at = begin
    while at < end and len(found) < MAX_LISTED:
        content_at = at + _EXTENSION_HEAD.size
        if content_at > end:
            raise HelloDamage("ends too early")
        kind, size = _EXTENSION_HEAD.unpack_from(data, at)
        at = content_at + size
        if at > end:
            raise HelloDamage("ends too early")
        found.append(kind)
        if kind in _READ_EXTENSIONS:
            try:
                _read_extension(hello, kind, data[content_at:at], is_client=is_client)
            except HelloDamage:
                continue  # One odd extension does not hide the others.
    hello.extensions = tuple(found)


def _read_extension(hello: Hello, kind: int, content: bytes, *, is_client: bool) -> None:
    if kind == SNI:
        if is_client and content:
            names = _Bytes(_Bytes(content).block(2))
            names.some(1)
            hello.sni = clean(names.block(2).decode("utf-8", "backslashreplace").lower().rstrip("."), 255)
    elif kind == ALPN:
        protocols = _Bytes(_Bytes(content).block(2))
        while not protocols.is_at_end and len(hello.alpn) < MAX_PROTOCOLS:
            hello.alpn += (protocols.block(1),)
    else:
        read = _read_known_list if len(content) <= MAX_KNOWN_BYTES else _read_list
        setattr(hello, _LISTS[kind], read(kind, content, is_client))


def _read_list(kind: int, content: bytes, is_client: bool) -> tuple[int, ...]:  # noqa: FBT001 - faster to remember
    """Read an extension that lists numbers."""
    walk = _Bytes(content)
    if kind == VERSIONS:
        return _shorts(walk.block(1) if is_client else content)
    if kind == POINT_FORMATS:
        return tuple(walk.block(1))
    return _shorts(walk.block(2))


_read_known_list = lru_cache(MAX_KNOWN)(_read_list)
"""Clients of one kind send the same lists with every hello."""


def _shorts(data: bytes) -> tuple[int, ...]:
    count = min(len(data) // 2, MAX_LISTED)
    return struct.unpack_from(f"!{count}H", data)


def ja3(hello: Hello) -> str:
    """Fingerprint a client: MD5 of version, ciphers, extensions, groups and point formats, GREASE left out."""
    return _ja3(hello.version, (hello.ciphers, hello.extensions, hello.groups, hello.point_formats))


@lru_cache(MAX_KNOWN)
def _ja3(version: int, lists: tuple[tuple[int, ...], ...]) -> str:
    joined = ("-".join(map(str, without_grease(numbers))) for numbers in lists)
    return _md5(",".join((str(version), *joined)))


def ja3s(hello: Hello) -> str:
    """Fingerprint a server: MD5 of version, chosen cipher and extensions."""
    return _ja3s(hello.version, hello.ciphers[0], hello.extensions)


@lru_cache(MAX_KNOWN)
def _ja3s(version: int, cipher: int, extensions: tuple[int, ...]) -> str:
    return _md5(f"{version},{cipher},{'-'.join(map(str, extensions))}")


def ja4(hello: Hello, transport: str) -> str:
    """Fingerprint a client whatever the order of its lists.

    Args:
        hello: of the client.
        transport: ``t`` TLS over TCP, ``q`` QUIC, ``d`` DTLS.
    """
    version = JA4_VERSIONS.get(_ja4_version(hello), "00")
    return f"{transport}{version}" + _ja4(hello.ciphers, hello.extensions, hello.signatures, _ja4_alpn(hello))


@lru_cache(MAX_KNOWN)
def _ja4(
    all_ciphers: tuple[int, ...], all_extensions: tuple[int, ...], all_signatures: tuple[int, ...], alpn: str
) -> str:
    """Write what follows the version."""
    ciphers, extensions = without_grease(all_ciphers), without_grease(all_extensions)
    signatures = without_grease(all_signatures)
    target = "d" if SNI in extensions else "i"
    head = f"{target}{min(len(ciphers), 99):02d}{min(len(extensions), 99):02d}{alpn}"
    rest = _hex(sorted(one for one in extensions if one not in {SNI, ALPN}))
    if signatures:
        rest += "_" + _hex(signatures)
    return f"{head}_{_short_hash(_hex(sorted(ciphers)))}_{_short_hash(rest) if extensions else _NOTHING}"


def _ja4_version(hello: Hello) -> int:
    """Choose the newest version; those of DTLS count downwards."""
    offered = without_grease(hello.versions) or (hello.version,)
    datagram = [one for one in offered if one in {0xFEFF, 0xFEFD, 0xFEFC}]
    return min(datagram) if datagram else max(offered)


def _ja4_alpn(hello: Hello) -> str:
    if not hello.alpn or not hello.alpn[0]:
        return "00"
    first = hello.alpn[0]
    ends = bytes((first[0], first[-1]))
    return ends.decode("ascii") if ends.isalnum() else first.hex()[0] + first.hex()[-1]


def _hex(numbers: Iterable[int]) -> str:
    return ",".join(f"{one:04x}" for one in numbers)


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else _NOTHING


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

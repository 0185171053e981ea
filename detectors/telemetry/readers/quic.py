"""The client hello of a QUIC connection, taken out of its first packets.

Before this on the path: ``dialogue.py`` feeds datagrams. After it: one ``TlsSession`` with server name and JA4. The
keys of the first packets follow from the connection identifier that stands in them in the clear (RFC 9001 section 5.2),
so this is reading, not breaking.
"""

from __future__ import annotations

from typing import ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.tls import SessionNotes
from detectors.telemetry.readers.tls_hello import CLIENT_HELLO, HelloDamage, read_client_hello

_SALT_1 = bytes.fromhex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a")
_SALT_2 = bytes.fromhex("0dede3def700a6db819381be6e269dcbf9bd2ed9")
_SALT_29 = bytes.fromhex("afbfec289993d24c9e9786f19c6111e04390a899")
SALTS = {0x00000001: _SALT_1, 0x6B3343CF: _SALT_2, 0xFF00001D: _SALT_29, 0xFF00001E: _SALT_29, 0xFF00001F: _SALT_29,
         0xFF000020: _SALT_29, 0xFF000021: _SALT_1, 0xFF000022: _SALT_1}  # fmt: skip
"""Version -> salt of its first keys: RFC 9001, RFC 9369, drafts 29 to 34."""
VERSION_2 = 0x6B3343CF
LONG_FORM = 0xC0
MAX_CONNECTION_BYTES = 20
MIN_INITIAL_BYTES = 1_200
"""A client pads the datagram of its first packet to this (RFC 9000 section 14.1)."""
MAX_HELLO_BYTES = 16 << 10
MAX_TRIES = 12
"""Datagrams in which the hello is looked for."""
_SAMPLE_BYTES, _TAG_BYTES = 16, 16
_CRYPTO, _PADDING, _PING = 6, 0, 1


class QuicReader(Reader):
    """Reads the client's first packets; all else is encrypted."""

    service: ClassVar[str] = "quic"

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - on any port
        """See a long header of a known version, or a version negotiation or old Google version on its own port."""
        data = piece.data
        if len(data) < 7 or data[0] & LONG_FORM != LONG_FORM:  # noqa: PLR2004 - flags, version, a length
            return NO
        is_known = int.from_bytes(data[1:5]) in SALTS and data[5] <= MAX_CONNECTION_BYTES
        return SURE if is_known else NO

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin with nothing read."""
        super().__init__(ends, notes)
        self._session = SessionNotes(ends, notes, "q")
        self._parts: dict[int, bytes] = {}
        self._keys: tuple[bytes, bytes, bytes] | None = None
        self._tries = 0

    @property
    def held_bytes(self) -> int:
        """Count the parts of a hello that is not whole yet."""
        return sum(map(len, self._parts.values())) if self._parts else 0

    def feed(self, piece: Piece) -> None:
        """Look for parts of the client hello."""
        self._tries += 1
        self.is_done = self._tries >= MAX_TRIES
        if not piece.is_from_client or len(piece.data) < MIN_INITIAL_BYTES:
            return
        try:
            self._read_packet(piece.data)
            self._read_hello(piece)
        except InvalidTag:
            return  # not the first packet of its session: its keys cannot be known, and nothing is wrong with it
        except (IndexError, HelloDamage, ValueError):
            self.notes.malformed += 1

    def close(self) -> None:
        """Write the session as far as it is known."""
        self._session.write(self.ends.flow)

    def _read_packet(self, data: bytes) -> None:
        version = int.from_bytes(data[1:5])
        initial = 1 if version == VERSION_2 else 0
        if data[0] & LONG_FORM != LONG_FORM or version not in SALTS or data[0] >> 4 & 3 != initial:
            return
        end = 6 + data[5]
        self._keys = self._keys or _client_keys(data[6:end], version)
        at = end + 1 + data[end]
        token, at = _number(data, at)
        size, at = _number(data, at + token)
        if at + size <= len(data):
            self._read_frames(_open(data, at, size, self._keys))

    def _read_frames(self, frames: bytes) -> None:
        at = 0
        while at < len(frames):
            kind, at = frames[at], at + 1
            if kind in {_PADDING, _PING}:
                continue
            if kind != _CRYPTO:
                return
            offset, at = _number(frames, at)
            size, at = _number(frames, at)
            if offset + size <= MAX_HELLO_BYTES:
                self._parts[offset] = frames[at : at + size]
            at += size

    def _read_hello(self, piece: Piece) -> None:
        hello = bytearray()
        for offset in sorted(self._parts):
            if offset > len(hello):
                break
            hello += self._parts[offset][len(hello) - offset :]
        if len(hello) >= 4 and hello[0] == CLIENT_HELLO and len(hello) >= 4 + int.from_bytes(hello[1:4]):  # noqa: PLR2004
            self._session.add_client(read_client_hello(bytes(hello[4 : 4 + int.from_bytes(hello[1:4])])), piece)
            self._parts.clear()
            self.is_done = True


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of variable length (RFC 9000 section 16)."""
    size = 1 << (data[at] >> 6)
    value = int.from_bytes(data[at : at + size]) & (1 << (8 * size - 2)) - 1
    return value, at + size


def _client_keys(connection: bytes, version: int) -> tuple[bytes, bytes, bytes]:
    """Derive key, nonce and header key of the client's first packets."""
    word = "quicv2" if version == VERSION_2 else "quic"
    secret = _expand(_hmac(SALTS[version], connection), "client in", 32)
    return _expand(secret, f"{word} key", 16), _expand(secret, f"{word} iv", 12), _expand(secret, f"{word} hp", 16)


def _expand(secret: bytes, label: str, size: int) -> bytes:
    """Do HKDF-Expand-Label of TLS 1.3 for at most one block."""
    name = f"tls13 {label}".encode()
    return _hmac(secret, size.to_bytes(2) + bytes((len(name),)) + name + b"\0\1")[:size]


def _hmac(key: bytes, data: bytes) -> bytes:
    one = HMAC(key, SHA256())
    one.update(data)
    return one.finalize()


def _open(data: bytes, at: int, size: int, keys: tuple[bytes, bytes, bytes]) -> bytes:
    """Take off header protection and decrypt.

    Args:
        data: the datagram.
        at: where the packet number begins.
        size: of packet number and content.
        keys: of ``_client_keys``.

    Raises:
        InvalidTag: the packet was not made with these keys.
    """
    key, nonce, header_key = keys
    encryptor = Cipher(algorithms.AES(header_key), modes.ECB()).encryptor()  # noqa: S305 - as the standard has it
    mask = encryptor.update(data[at + 4 : at + 4 + _SAMPLE_BYTES])
    first = data[0] ^ mask[0] & 0x0F
    number_bytes = (first & 3) + 1
    number = bytes(one ^ other for one, other in zip(data[at : at + number_bytes], mask[1:], strict=False))
    header = bytes((first,)) + data[1:at] + number
    counter = int.from_bytes(nonce) ^ int.from_bytes(number)
    return AESGCM(key).decrypt(counter.to_bytes(12), data[at + number_bytes : at + size], header)

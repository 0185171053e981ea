"""Makes pieces of conversations for readers: hellos, names, requests, each valid in one call."""

from __future__ import annotations

import struct

from detectors.telemetry.readers.base import Ends, Notes, Piece, Reader

CLIENT, SERVER = "192.0.2.10", "198.51.100.20"


def make_ends(port: int = 443, protocol: int = 6, client_port: int = 50_000) -> Ends:
    return Ends(0, CLIENT, SERVER, client_port, port, protocol)


def read(
    kind: type[Reader], *said: bytes | tuple[bool, bytes], port: int = 80, protocol: int = 6
) -> tuple[Notes, Reader]:
    """Feed a reader: bytes come from the client, (False, bytes) from the server."""
    notes = Notes()
    reader = kind(make_ends(port, protocol), notes)
    for number, one in enumerate(said, 1):
        is_from_client, data = one if isinstance(one, tuple) else (True, one)
        if not reader.is_done:
            reader.feed(Piece(data, is_from_client, number, float(number)))
    reader.close()
    return notes, reader


def vector(data: bytes, length_bytes: int) -> bytes:
    return len(data).to_bytes(length_bytes) + data


def shorts(*numbers: int) -> bytes:
    return struct.pack(f"!{len(numbers)}H", *numbers)


def extension(kind: int, content: bytes) -> bytes:
    return shorts(kind) + vector(content, 2)


def make_client_hello(name: bytes = b"www.example.com", ciphers=(0x1301, 0xC02F), extra: bytes = b"") -> bytes:
    """Make the body of a client hello with GREASE, ALPN h2 and two signature algorithms."""
    extensions = (
        extension(0x0A0A, b"")
        + extension(0, vector(b"\0" + vector(name, 2), 2))
        + extension(10, vector(shorts(0x2A2A, 29, 23), 2))
        + extension(11, vector(b"\0", 1))
        + extension(16, vector(vector(b"h2", 1) + vector(b"http/1.1", 1), 2))
        + extension(13, vector(shorts(0x0403, 0x0804), 2))
        + extension(43, vector(shorts(0x1A1A, 0x0304, 0x0303), 1))
        + extra
    )
    return (
        b"\3\3"
        + bytes(32)
        + vector(b"", 1)
        + vector(shorts(0x3A3A, *ciphers), 2)
        + vector(b"\0", 1)
        + vector(extensions, 2)
    )


def make_server_hello(version: int = 0x0303, cipher: int = 0xC02F) -> bytes:
    extensions = extension(43, shorts(version)) if version == 0x0304 else extension(0xFF01, b"\0")
    return b"\3\3" + b"\7" * 32 + vector(b"", 1) + shorts(cipher) + b"\0" + vector(extensions, 2)


def handshake(kind: int, body: bytes) -> bytes:
    return bytes((kind,)) + vector(body, 3)


def tls_record(content: bytes, kind: int = 22) -> bytes:
    return bytes((kind, 3, 3)) + vector(content, 2)


def dns_name(name: str) -> bytes:
    return b"".join(vector(label.encode(), 1) for label in name.split(".") if label) + b"\0"


def dns_message(
    name: str = "www.example.com", *, qtype: int = 1, flags: int = 0x0100, answers: bytes = b"", count: int = 0
) -> bytes:
    return shorts(7, flags, 1, count, 0, 0) + dns_name(name) + shorts(qtype, 1) + answers


def dns_answer(kind: int, data: bytes, name: bytes = b"\xc0\x0c", lifetime: int = 60) -> bytes:
    return name + struct.pack("!HHI", kind, 1, lifetime) + vector(data, 2)

"""Plays conversations to readers, piece by piece, and collects what they noted."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterable
from typing import Any

from detectors.telemetry.readers.base import Ends, Notes, Piece, Reader

TCP, UDP = 6, 17
CLIENT, SERVER = True, False
SECRET = "hunter" + "-2-geheim"


def ends(port: int, protocol: int = TCP) -> Ends:
    return Ends(7, "192.0.2.10", "192.0.2.20", 50_000, port, protocol)


def play(
    kind: type[Reader], port: int, said: Iterable[tuple[bool, bytes]], *, cut: int = 0, protocol: int = TCP
) -> Notes:
    """Feed what each side says; ``cut`` breaks it into pieces of so many bytes."""
    notes = Notes()
    reader = kind(ends(port, protocol), notes)
    for number, (is_from_client, data) in enumerate(said, 1):
        step = cut or len(data) or 1
        for at in range(0, len(data), step):
            feed(reader, Piece(data[at : at + step], is_from_client, number, 100.0 + number))
            while reader.successor is not None:
                reader.close()
                reader = reader.successor
    reader.close()
    return notes


def feed(reader: Reader, piece: Piece) -> None:
    """Do as ``dialogue.py`` does: what a reader wants passed over is not fed."""
    if reader.is_done:
        return
    skipped = min(reader.to_skip[piece.is_from_client], len(piece.data))
    reader.to_skip[piece.is_from_client] -= skipped
    if piece.data[skipped:]:
        reader.feed(Piece(piece.data[skipped:], piece.is_from_client, piece.record, piece.at_s))


def everything(notes: Notes) -> str:
    """Write out all that was kept, for looking for what must not be there."""
    return repr(notes._kept)


def only(notes: Notes, kind: type) -> Any:
    (one,) = notes.of(kind)
    return one


def der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    return bytes((tag, 0x82)) + size.to_bytes(2, "big") + content


def der_number(value: int, tag: int = 2) -> bytes:
    return der(tag, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def ntlm_message(kind: int, user: str = "", domain: str = "") -> bytes:
    """Build an NTLM message; the third names who signs in."""
    head = b"NTLMSSP\0" + struct.pack("<I", kind)
    if kind != 3:
        return head + bytes(40)
    names = [domain.encode("utf-16-le"), user.encode("utf-16-le"), "PC".encode("utf-16-le")]
    answer = b"A" * 24
    at, places = 88, b""
    for one in (answer, answer):
        places += struct.pack("<HHI", len(one), len(one), at)
        at += len(one)
    for one in names:
        places += struct.pack("<HHI", len(one), len(one), at)
        at += len(one)
    places += struct.pack("<HHI", 0, 0, at) + struct.pack("<I", 1) + bytes(24)
    return head + places + answer * 2 + b"".join(names)


def rpc(kind: int, call: int, body: bytes, *, flags: int = 3, auth: tuple[int, int, bytes] | None = None) -> bytes:
    trailer = struct.pack("<BBBBI", auth[0], auth[1], 0, 0, 0) + auth[2] if auth else b""
    size = 16 + len(body) + len(trailer)
    return (
        struct.pack("<BBBB4sHHI", 5, 0, kind, flags, b"\x10\0\0\0", size, len(auth[2]) if auth else 0, call)
        + body
        + trailer
    )


def rpc_bind(interface: str, *, context: int = 0, kind: int = 11, auth: tuple[int, int, bytes] | None = None) -> bytes:
    body = struct.pack("<HHIBBH", 4280, 4280, 0, 1, 0, 0) + struct.pack("<HBB", context, 1, 0)
    body += uuid.UUID(interface).bytes_le + struct.pack("<HH", 2, 0) + bytes(20)
    return rpc(kind, 1, body, auth=auth)


def rpc_request(
    opnum: int, stub: bytes, *, call: int = 2, context: int = 0, auth: tuple[int, int, bytes] | None = None
) -> bytes:
    return rpc(0, call, struct.pack("<IHH", len(stub), context, opnum) + stub, auth=auth)


def rpc_answer(stub: bytes, *, call: int = 2, auth: tuple[int, int, bytes] | None = None) -> bytes:
    return rpc(2, call, struct.pack("<IHBB", len(stub), 0, 0, 0) + stub, auth=auth)


def rpc_fault(status: int, *, call: int = 2) -> bytes:
    return rpc(3, call, struct.pack("<IHBBII", 0, 0, 0, 0, status, 0))


def session(message: bytes) -> bytes:
    return len(message).to_bytes(4, "big") + message


def smb2(command: int, message: int, body: bytes, *, answer: int | None = None, tree: int = 1, after: int = 0) -> bytes:
    """Build one SMB 2 message; ``answer`` is its NT status."""
    flags = 1 if answer is not None else 0
    head = struct.pack(
        "<4sHHIHHIIQIIQ16s", b"\xfeSMB", 64, 1, answer or 0, command, 1, flags, after, message, 0, tree, 9, b""
    )
    return head + body


def smb2_create(message: int, name: str) -> bytes:
    raw = name.encode("utf-16-le")
    return smb2(5, message, struct.pack("<HBB", 57, 0, 0) + bytes(40) + struct.pack("<HHII", 120, len(raw), 0, 0) + raw)


def smb2_created(message: int, file: bytes, status: int = 0) -> bytes:
    return smb2(5, message, struct.pack("<HBB", 89, 0, 0) + bytes(60) + file + bytes(8), answer=status)


def smb2_write(message: int, file: bytes, data: bytes) -> bytes:
    return smb2(9, message, struct.pack("<HHIQ16sIIHHI", 49, 112, len(data), 0, file, 0, 0, 0, 0, 0) + data)


def smb2_tree(message: int, path: str) -> bytes:
    raw = path.encode("utf-16-le")
    return smb2(3, message, struct.pack("<HHHH", 9, 0, 72, len(raw)) + raw)


def smb2_setup(message: int, token: bytes) -> bytes:
    return smb2(1, message, struct.pack("<HBBIIHHQ", 25, 0, 1, 1, 0, 88, len(token), 0) + token)


def smb1(
    command: int, words: bytes, body: bytes, *, answer: int | None = None, tree: int = 1, number: int = 5
) -> bytes:
    flags = 0x80 if answer is not None else 0
    head = struct.pack("<4sBIBH12sHHHH", b"\xffSMB", command, answer or 0, flags, 0xC000, b"", tree, 1, 1, number)
    return head + bytes([len(words) // 2]) + words + struct.pack("<H", len(body)) + body

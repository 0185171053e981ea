"""Reads SMB 1 (MS-CIFS, MS-SMB): who signs in, which shares, files and pipes are opened, what is written to them.

Before this on the path: ``smb.py``, which cuts the stream into messages. After it: ``smb_talk.py``.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from detectors.telemetry.readers.base import Piece, Reader
from detectors.telemetry.readers.framing import Frame
from detectors.telemetry.readers.smb_talk import Asked, SmbTalk
from detectors.telemetry.readers.texts import clean, from_utf16

MAGIC = b"\xffSMB"
CLOSE, TRANS, OPEN_ANDX, READ_ANDX, WRITE_ANDX, TRANS2, TREE_CONNECT = 0x04, 0x25, 0x2D, 0x2E, 0x2F, 0x32, 0x70
NEGOTIATE, SESSION_SETUP, TREE_CONNECT_ANDX, NT_TRANS, NT_CREATE = 0x72, 0x73, 0x75, 0xA0, 0xA2
_CHAINABLE = {0x24, OPEN_ANDX, READ_ANDX, WRITE_ANDX, SESSION_SETUP, 0x74, TREE_CONNECT_ANDX, NT_CREATE}
_HEAD = 32
_OLD_SETUP, _NT_SETUP = 20, 26
"""Bytes of the ten or thirteen words of a session setup with passwords; names follow them."""
_MAX_CHAINED = 4
_IS_ANSWER = 0x80
_IS_UNICODE, _IS_NT_STATUS = 0x8000, 0x4000
_TRANSACT_PIPE = 0x26
_USUAL_TRANS2 = range(0x0E)
"""Subcommands in use (MS-CIFS 2.2.6); session setup, 0x0E, never was."""
_USUAL_NT_TRANS = range(1, 7)
_LARGE_NT_TRANS = 0x8000
"""Ordinary NT transactions hold security descriptors and names; this is more than any of them needs."""
_HIDES_PASSWORDS = 2
"""Bit of the negotiated security mode: challenge and response are used."""


@dataclass(frozen=True, slots=True)
class _Block:
    """One command of a message: its words and bytes, and where its bytes begin in the message."""

    command: int
    words: bytes
    body: bytes
    body_at: int
    message: bytes
    flags: int
    tree: int
    key: int
    """Request and answer have the same."""
    status: int
    piece: Piece
    rest: int
    """Bytes of the message beyond those kept."""

    def word(self, at: int) -> int:
        """Read two bytes of the words; 0 where there are none."""
        return int.from_bytes(self.words[at : at + 2], "little")

    def text(self, at: int, limit: int = 512) -> tuple[str, int]:
        """Read a text of the bytes that ends with zero; return it and where the next one begins."""
        if not self.flags & _IS_UNICODE:
            end = self.body.find(b"\0", at)
            end = len(self.body) if end < 0 else end
            return clean(self.body[at : min(end, at + limit)].decode("latin-1")), end + 1
        at += (self.body_at + at) & 1  # wide letters stand at even places of the message
        end = at
        while end + 1 < len(self.body) and self.body[end : end + 2] != b"\0\0" and end - at < limit:
            end += 2
        return from_utf16(self.body[at:end]), end + 2

    def at(self, start: int, size: int) -> bytes:
        """Return what an offset from the beginning of the message points to."""
        return self.message[start : start + size]


def blocks(frame: Frame) -> Iterator[_Block]:
    """Walk the commands of one message."""
    data, at = frame.data, _HEAD
    if len(data) < _HEAD + 3:
        return
    command = data[4]
    status, flags = struct.unpack_from("<I", data, 5)[0], struct.unpack_from("<H", data, 10)[0]
    if not flags & _IS_NT_STATUS and status:
        status = (data[7] | data[8] << 8) << 16 | data[5]  # DOS: code, class
    tree, _, _, key = struct.unpack_from("<4H", data, 24)
    for _ in range(_MAX_CHAINED):
        if at + 1 > len(data):
            return
        words_end = at + 1 + data[at] * 2
        words = data[at + 1 : words_end]
        size = int.from_bytes(data[words_end : words_end + 2], "little")
        body_at = words_end + 2
        body = data[body_at : body_at + size]
        rest = frame.size - len(data)
        yield _Block(command, words, body, body_at, data, flags, tree, key, status, frame.piece, rest)
        if command not in _CHAINABLE or len(words) < 4 or words[0] == 0xFF:  # noqa: PLR2004 - 255 ends the chain
            return
        command, after = words[0], int.from_bytes(words[2:4], "little")
        if after <= at:
            return
        at = after


class Smb1Talk(SmbTalk):
    """One conversation of SMB 1."""

    def __init__(self, reader: Reader) -> None:
        """Begin a conversation."""
        super().__init__(reader, 1)
        self._hides_passwords = True

    def take(self, frame: Frame) -> None:
        """Read one message, which may hold several commands."""
        is_answer = len(frame.data) > 9 and bool(frame.data[9] & _IS_ANSWER)  # noqa: PLR2004 - the flags
        for block in blocks(frame):
            if is_answer:
                self._answer(block)
            elif block.command in self._requests:
                self._requests[block.command](self, block)

    def _key(self, block: _Block) -> object:
        return (block.command, block.key)

    def _ask(self, block: _Block, command: str, name: str = "", **more: object) -> Asked:
        asked = Asked(self.record(block.piece, command, name), block.piece)
        for field, value in more.items():
            setattr(asked, field, value)
        self.ask(self._key(block), asked)
        return asked

    def _negotiate(self, block: _Block) -> None:
        self._ask(block, "negotiate")

    def _session_setup(self, block: _Block) -> None:
        user, is_clear = "", False
        if len(block.words) == 24:  # noqa: PLR2004 - twelve words: a security token follows
            user = self.sign_in(block.piece, block.body[: block.word(14)])
        elif len(block.words) in (_OLD_SETUP, _NT_SETUP):
            secrets = block.word(14) + (block.word(16) if len(block.words) == _NT_SETUP else 0)
            name, after = block.text(secrets)
            domain, _ = block.text(after)
            user = f"{domain}\\{name}" if domain and name else name
            is_clear = not self._hides_passwords and secrets > 1
            if user:
                self.signing_in.begin(block.piece, user, "plain" if is_clear else "ntlm", is_cleartext=is_clear)
        asked = self._ask(block, "session_setup")
        asked.call = replace(asked.call, user=user)

    def _tree_connect(self, block: _Block) -> None:
        at = block.word(6) if block.command == TREE_CONNECT_ANDX else 1
        self._ask(block, "tree_connect", block.text(at)[0])

    def _create(self, block: _Block) -> None:
        name = block.text(0)[0]
        self._ask(block, "create", name, share=self.shares.get(block.tree, ""))

    def _close(self, block: _Block) -> None:
        self._ask(block, "close", file=(block.tree, block.word(0)), is_written=False)

    def _read(self, block: _Block) -> None:
        self._ask(block, "read", file=(block.tree, block.word(4)), is_written=False)

    def _write(self, block: _Block) -> None:
        size, start = block.word(20) | block.word(18) << 16, block.word(22)
        data = block.at(start, size)
        # Of a message in message mode the first write announces the whole length in two bytes before the data.
        if block.word(14) & 8 and data[2:3] == b"\x05":
            data, size = data[2:], size - 2
        self.moved((block.tree, block.word(4)), "write", block.piece, data, min(size, len(block.message) + block.rest))

    def _trans(self, block: _Block) -> None:
        """Read a transaction on a pipe: mostly a DCE/RPC call and its answer in one."""
        name = block.text(0)[0]
        size, start = block.word(22), block.word(24)
        data, setup = block.at(start, size), block.words[28:]
        is_call = len(setup) >= 4 and setup[0] == _TRANSACT_PIPE  # noqa: PLR2004 - function and file
        file = (block.tree, int.from_bytes(setup[2:4], "little")) if is_call else None
        if is_call:
            self.moved(file, "write", block.piece, data, size)
        asked = self._ask(block, "trans", name, file=file, is_written=not is_call)
        asked.call = replace(asked.call, data_head=(setup + data)[:512], size_bytes=block.word(2))

    def _trans2(self, block: _Block) -> None:
        """Write down a transaction whose subcommand nobody uses."""
        subcommand = block.word(28)
        if subcommand not in _USUAL_TRANS2:
            asked = self._ask(block, "trans2", f"0x{subcommand:04x}")
            asked.call = replace(asked.call, data_head=block.message[:512], size_bytes=block.word(2))

    def _nt_trans(self, block: _Block) -> None:
        """Write down a transaction that is unknown, or larger than any of its kind."""
        function, size = block.word(36), int.from_bytes(block.words[7:11], "little")
        if function not in _USUAL_NT_TRANS or size >= _LARGE_NT_TRANS:
            asked = self._ask(block, "nt_trans", f"0x{function:04x}")
            asked.call = replace(asked.call, data_head=block.message[:512], size_bytes=size)

    def _answer(self, block: _Block) -> None:
        asked = self.answered(self._key(block), block.status)
        if block.command == NEGOTIATE and len(block.words) >= 34:  # noqa: PLR2004 - seventeen words: NT LM 0.12
            self._hides_passwords = bool(block.words[2] & _HIDES_PASSWORDS)
        if asked is None:
            return
        if block.command == SESSION_SETUP:
            self.signed_in(asked, block.status)
        elif block.command in (TREE_CONNECT_ANDX, TREE_CONNECT) and block.status == 0:
            if len(self.shares) < 1_000:  # noqa: PLR2004 - more shares than any conversation needs
                self.shares[block.tree] = asked.call.name
        elif block.command in (NT_CREATE, OPEN_ANDX) and block.status == 0:
            at = 5 if block.command == NT_CREATE else 4
            self.opened((block.tree, block.word(at)), asked.call.name, asked.share)
        elif block.command == CLOSE:
            self.closed(asked.file)
        elif block.command == READ_ANDX:
            size = block.word(10) | block.word(14) << 16
            self._was_read(asked, block, block.word(12), size)
        elif block.command == TRANS:
            self._was_read(asked, block, block.word(14), block.word(12))

    def _was_read(self, asked: Asked, block: _Block, start: int, size: int) -> None:
        if asked.file is not None and size:
            data = block.at(start, size)
            self.moved(asked.file, "read", block.piece, data, min(size, len(block.message) + block.rest))

    _requests: ClassVar[dict[int, Callable[[Smb1Talk, _Block], None]]] = {
        NEGOTIATE: _negotiate,
        SESSION_SETUP: _session_setup,
        TREE_CONNECT_ANDX: _tree_connect,
        TREE_CONNECT: _tree_connect,
        NT_CREATE: _create,
        OPEN_ANDX: _create,
        CLOSE: _close,
        READ_ANDX: _read,
        WRITE_ANDX: _write,
        TRANS: _trans,
        TRANS2: _trans2,
        NT_TRANS: _nt_trans,
    }

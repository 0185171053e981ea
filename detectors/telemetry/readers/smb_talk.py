"""Keeps what SMB 1 and SMB 2 have in common: requests that wait, open files and pipes, and who signs in.

Before this on the path: ``smb1.py`` and ``smb2.py``, which read the messages. After it: ``SmbCall`` and ``Login``
records; what travels in a named pipe goes on to ``rpc_talk.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from detectors.contract.conversations import SmbCall
from detectors.telemetry.readers import ntlm
from detectors.telemetry.readers.base import Piece, Reader
from detectors.telemetry.readers.rpc_talk import RpcTalk
from detectors.telemetry.readers.signing_in import SigningIn

MAX_WAITING = 128
"""Requests of one conversation that wait for an answer; Windows asks for at most 512 credits, and uses few."""
MAX_FILES = 256
"""Open files and pipes of one conversation."""
MAX_CALLS = 20_000
"""Records written for one conversation."""
MAX_HELD_BYTES = 64 << 10
"""Kept of what travels in all files and pipes of one conversation; the file opened first makes room."""
HEAD_BYTES = 512
PENDING = 0x103
"""The real answer comes later."""
GOES_ON = 0xC0000016
"""A sign-in that needs another round."""
SIGN_IN_FAILURES = {
    0xC000006D, 0xC000006A, 0xC0000064, 0xC000006E, 0xC0000070, 0xC0000071, 0xC0000072, 0xC0000193, 0xC0000234,
    0xC000015B, 0xC0000022, 0xC000005E, 0xC000018C, 0xC000018D, 0xC0000224, 0xC0000413, 0xC0000192, 0x00020002,
    0x00050001, 0x00020001, 0x08BF0002, 0xC00002FA, 0xC0000133, 0xC0000388,
}  # fmt: skip
"""NT status of a refused sign-in (MS-ERREF 2.3.1), and the DOS codes of old servers: bad password, access denied."""
PIPES = frozenset(
    {"samr", "lsarpc", "lsass", "netlogon", "srvsvc", "wkssvc", "svcctl", "atsvc", "winreg", "drsuapi", "epmapper",
     "spoolss", "browser", "eventlog", "efsrpc", "ntsvcs", "protected_storage", "scerpc", "netdfs", "initshutdown",
     "dnsserver", "tsvcpipe", "unixinfo", "trkwks", "router", "wmi", "mdssvc", "fssagentrpc", "keysvc", "tapsrv"}
)  # fmt: skip
"""Pipes of Windows: when the share was not seen, a file of this name is one."""


@dataclass(slots=True)
class Asked:
    """A request whose answer is waited for."""

    call: SmbCall
    piece: Piece
    file: object = None
    """Key of the file it is about."""
    share: str = ""
    is_written: bool = True
    """False: the answer is needed, but no record of it."""


@dataclass(slots=True)
class OpenFile:
    """A file or pipe between its opening and its end."""

    name: str
    pipe: RpcTalk | None
    moved: dict[str, SmbCall] = field(default_factory=dict)
    """``write`` and ``read``: the first of each, its size growing."""
    missing: dict[str, int] = field(default_factory=dict)
    """Bytes that the last message of each had beyond what was kept."""

    @property
    def held_bytes(self) -> int:
        """Tell how many bytes wait here."""
        return HEAD_BYTES * len(self.moved) + (self.pipe.held_bytes if self.pipe else 0)


def is_pipe(share: str, name: str) -> bool:
    """Tell whether a name means a named pipe."""
    if share:
        return share.upper().endswith("IPC$")
    return name.strip("\\").removeprefix("PIPE\\").lower() in PIPES


def pipe_name(name: str) -> str:
    """Write the bare name of a pipe, in lower case."""
    bare = name.replace("/", "\\").strip("\\").lower()
    return bare.removeprefix("pipe\\")


class SmbTalk:
    """One SMB conversation."""

    def __init__(self, reader: Reader, dialect: int) -> None:
        """Begin a conversation.

        Args:
            reader: For whom records are written.
            dialect: 1, 2 or 3, as far as known.
        """
        self.reader = reader
        self.dialect = dialect
        self.shares: dict[object, str] = {}
        self.waiting: dict[object, Asked] = {}
        self.files: dict[object, OpenFile] = {}
        self.held_bytes = 0
        """Kept in all files together."""
        self.signing_in = SigningIn(reader, "smb")
        self._user = ""
        self._written = 0

    def record(self, piece: Piece, command: str, name: str = "", *, data: bytes = b"", size: int = 0) -> SmbCall:
        """Make a record whose answer is not known yet."""
        ends = self.reader.ends
        return SmbCall(
            flow=ends.flow,
            record=piece.record,
            at_s=piece.at_s,
            client=ends.client,
            server=ends.server,
            dialect=self.dialect,
            command=command,
            name=name,
            status=-1,
            data_head=data[:HEAD_BYTES],
            size_bytes=size,
        )

    def write(self, call: SmbCall) -> None:
        """Write a record down, unless one conversation has given too many."""
        self._written += 1
        if self._written > MAX_CALLS:
            self.reader.notes.dropped += 1
        else:
            self.reader.notes.add(call)

    def ask(self, key: object, asked: Asked) -> None:
        """Wait for the answer to a request; the oldest of too many is given up."""
        if (before := self.waiting.pop(key, None)) is not None:
            self.give_up(before)
        while len(self.waiting) >= MAX_WAITING:
            self.give_up(self.waiting.pop(next(iter(self.waiting))))
        self.waiting[key] = asked

    def answered(self, key: object, status: int) -> Asked | None:
        """Take out the request that this answers, its status filled in; None for unknown and not yet final ones."""
        if status == PENDING:
            return None
        asked = self.waiting.pop(key, None)
        if asked is None:
            return None
        asked.call = replace(asked.call, status=status, dialect=self.dialect)
        if asked.is_written:
            self.write(asked.call)
        return asked

    def give_up(self, asked: Asked) -> None:
        """Write down a request that nobody answered."""
        if asked.is_written:
            self.write(asked.call)

    def sign_in(self, piece: Piece, blob: bytes) -> str:
        """Read who signs in from the token of a session setup; empty where it does not show."""
        message = ntlm.find(blob)
        if message is None or message.kind != ntlm.AUTHENTICATE:
            return ""
        if message.account:
            self.signing_in.begin(piece, message.account, "ntlm", is_cleartext=False)
        return message.account

    def signed_in(self, asked: Asked, status: int) -> None:
        """Settle the sign-in that a session setup was."""
        if status == GOES_ON:
            return
        if status in SIGN_IN_FAILURES and not self.signing_in.is_open:
            self.signing_in.begin(asked.piece, asked.call.user, "", is_cleartext=False)
        self.signing_in.settle("ok" if status == 0 else "failed" if status in SIGN_IN_FAILURES else "unknown")

    def opened(self, key: object, name: str, share: str) -> None:
        """Remember an open file; the oldest of too many is taken for closed."""
        self.closed(key)
        while len(self.files) >= MAX_FILES:
            self.closed(next(iter(self.files)))
        talk = RpcTalk(self.reader, pipe_name(name)) if is_pipe(share, name) else None
        self.files[key] = OpenFile(name, talk)

    def moved(self, key: object, command: str, piece: Piece, data: bytes, size: int) -> None:
        """Take what was written to or read from a file, and make room when all files together hold too much."""
        if key not in self.files:
            # The opening was not seen. It may be a pipe as well as a file: what looks like DCE/RPC is read as such.
            self.opened(key, "", "IPC$" if data[:2] == b"\x05\x00" else "disk")
        file = self.files[key]
        before = file.held_bytes
        self._move(file, command, piece, data, size)
        self.held_bytes += file.held_bytes - before
        while self.held_bytes > MAX_HELD_BYTES and self.files:
            self.closed(next(iter(self.files)))

    def _move(self, file: OpenFile, command: str, piece: Piece, data: bytes, size: int) -> None:
        """Pass it into the pipe, or put it onto the one record a file has for each direction."""
        if file.pipe is not None:
            if data:
                lost, file.missing[command] = file.missing.get(command, 0), max(size - len(data), 0)
                file.pipe.feed(Piece(data, command == "write", piece.record, piece.at_s, lost > 0, lost))
            if data[:1] == b"\x05":
                return
        before = file.moved.get(command)
        if before is None:
            file.moved[command] = replace(self.record(piece, command, file.name, data=data, size=size), status=0)
        else:
            file.moved[command] = replace(before, size_bytes=before.size_bytes + size)

    def closed(self, key: object) -> None:
        """Write down what was moved through a file that is now closed."""
        file = self.files.pop(key, None)
        if file is None:
            return
        self.held_bytes -= file.held_bytes
        if file.pipe is not None:
            file.pipe.close()
        for call in file.moved.values():
            self.write(call)

    def close(self) -> None:
        """Write down all that is half known."""
        for asked in self.waiting.values():
            self.give_up(asked)
        self.waiting.clear()
        for key in list(self.files):
            self.closed(key)
        self.signing_in.settle("unknown")

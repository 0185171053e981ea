"""Start events of Linux: the kernel's process connector tells of every program over netlink.

Before this on the path: the kernel. After it: ``processes.py``. The event holds a number only, so a thread of our own
reads the command line at once; a program that ended before is kept, with an unknown command.
Since Linux 6.6 every account may listen; before, it takes the right CAP_NET_ADMIN. In a container nobody tells.
Layout: linux/cn_proc.h and linux/connector.h.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import select
import socket
import struct
import sys
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Iterator, Sequence

from detectors.contract.programs import Program
from detectors.telemetry.process_details import ProcessReader
from detectors.telemetry.start_events import MAX_WAITING, SeenEnd, SeenEvent, SeenStart, StartEvents

MAX_COPIES = 20_000
"""Remembered copies: who made which process."""
BUFFER_BYTES = 8 << 20
"""Room in the kernel for some ten thousand events."""
MAX_READS_PER_S = 2_000
"""Programs that are read in one second; of a flood beyond it, only numbers are kept. Some 15 % of one core."""
TURN_S = 0.000_05
"""How long another thread of ours may hold the interpreter while this one waits. With a judging thread that never rests
12 % of command lines came in time at Python's usual 5 ms, 85 % at this."""
SLICE_NS = 100_000
"""A turn on the processor that is asked for where real time is not allowed."""
_SET_ATTRIBUTES = {"x86_64": 314, "aarch64": 274}
"""Number of sched_setattr(2)."""
REST_MS = 250
"""Ends wait this long for a start to be told along with."""
MOST_AT_ONCE = 5_000
_ANSWER_S = 0.5
_CONNECTOR, _PROCESSES = 11, 1
_LISTEN, _IGNORE = 1, 2
_DONE = 3
_HEADER = struct.Struct("=IHHII")
_MESSAGE = struct.Struct("=IIIIHH")
_NOTHING, _FORK, _EXEC, _EXIT = 0, 1, 2, 0x8000_0000
_AT_WHAT, _AT_TIME, _AT_DATA = 36, 44, 52
_AT_SECOND, _AT_CHILD, _AT_CHILD_GROUP = 56, 60, 64
_EVENT_BYTES = 68
_WHAT = struct.Struct("=I")
_PAIR = struct.Struct("=II")
_TIME = struct.Struct("=Q")
_FORKED = struct.Struct("=IIII")

_ATTACH_FILTER = 26
_LOAD, _COPY, _EQUAL, _EQUAL_TO_COPY, _RETURN = 0x20, 0x07, 0x15, 0x1D, 0x06
_FORCE_BUFFER = 33


def open_connector() -> tuple[StartEvents | None, str]:
    """Ask the kernel for its events; None and the reason where it gives none."""
    urgent, refusal = _listen((_EXEC,))
    if urgent is None:
        return None, refusal
    rest, refusal = _listen((_FORK, _EXIT))
    if rest is None:
        urgent.close()
        return None, refusal
    return ConnectorEvents(urgent, rest), ""


class ConnectorEvents(StartEvents):
    """The kernel's events, read by a thread as they come.

    Two sockets listen: starts wake the thread at once, since every moment counts there; who made which process, and
    what ended, is taken along with the next start. That leaves one waking for three events.
    """

    way = "connector"

    def __init__(self, urgent: socket.socket, rest: socket.socket) -> None:
        """Take over two sockets that listen; the thread starts with the first ``read``."""
        self._urgent, self._rest = urgent, rest
        self._reader = ProcessReader()
        self._waiting: deque[SeenEvent] = deque()
        self._makers: OrderedDict[int, int] = OrderedDict()
        self._wake, self._woken = socket.socketpair()
        self._thread: threading.Thread | None = None
        self._second = self._reads = 0
        self._usual_turn_s = sys.getswitchinterval()
        self.lost = 0

    def read(self) -> list[SeenEvent]:
        """Take what has been told since the last call."""
        if self._thread is None:
            sys.setswitchinterval(TURN_S)
            self._thread = threading.Thread(target=self._run, daemon=True, name="start events")
            self._thread.start()
        return [self._waiting.popleft() for _ in range(len(self._waiting))]

    def parent_of(self, pid: int) -> int | None:
        """Tell who made a process, as long as that is remembered."""
        return self._makers.get(pid)

    def close(self) -> None:
        """Stop listening, and wait for the thread to end."""
        self._wake.close()
        if self._thread is not None:
            self._thread.join()
            sys.setswitchinterval(self._usual_turn_s)
        for one in (self._urgent, self._rest):
            with contextlib.suppress(OSError):
                _order(one, _IGNORE)
            one.close()
        self._woken.close()

    def _run(self) -> None:
        _hurry()
        poll = select.poll()
        poll.register(self._urgent, select.POLLIN)
        poll.register(self._woken, select.POLLIN)
        while all(number != self._woken.fileno() for number, _ in poll.poll(REST_MS)):
            self._take()

    def _take(self) -> None:
        """Read programs first, then what else happened; told is a start before its end."""
        starts = [self._read_start(event) for event in self._messages(self._urgent, _EXEC)]
        ends: list[SeenEvent] = []
        for event in self._messages(self._rest, None) if len(starts) < MOST_AT_ONCE else ():
            if _what(event) == _EXIT:
                self._note_end(event, ends)
            elif _what(event) == _FORK:
                _, maker, made, group = _FORKED.unpack_from(event, _AT_DATA)
                if made == group:
                    self._remember(made, maker)
        for one in starts:
            pid = one.program.pid or 0
            one.program.parent_pid = self._makers.get(pid, one.program.parent_pid)
            self._tell(one)
        for end in ends:
            self._tell(end)

    def _messages(self, kernel: socket.socket, wanted: int | None) -> Iterator[bytes]:
        """Read what is there; an overrun is counted, the kernel does not say how many events it cost."""
        for _ in range(MOST_AT_ONCE):
            try:
                event = kernel.recv(_EVENT_BYTES + 64)
            except BlockingIOError:
                return
            except OSError as error:
                self.lost += error.errno == errno.ENOBUFS
                return
            if len(event) >= _EVENT_BYTES and wanted in (None, _what(event)):
                yield event

    def _note_end(self, event: bytes, ends: list[SeenEvent]) -> None:
        thread, group = _PAIR.unpack_from(event, _AT_DATA)
        if thread == group:
            ends.append(SeenEnd(group, self._moment(event)))

    def _read_start(self, event: bytes) -> SeenStart:
        program = self._read_program(_PAIR.unpack_from(event, _AT_DATA)[1])
        return SeenStart(program, at_s=self._moment(event))

    def _moment(self, event: bytes) -> float:
        """Turn the kernel's time of an event into seconds since 1970."""
        late_ns: int = time.monotonic_ns() - _TIME.unpack_from(event, _AT_TIME)[0]
        return self._reader.clock.now() - max(0, late_ns) / 1e9

    def _read_program(self, pid: int) -> Program:
        """Read a program at once; of one that is gone already only its number and its maker are known."""
        found = self._reader.read(pid) if self._may_read() else None
        gone = Program(-1, "linux", pid=pid, started_s=self._reader.clock.now())
        return found[0] if found else gone

    def _may_read(self) -> bool:
        second = int(time.monotonic())
        self._reads = self._reads + 1 if second == self._second else 1
        self._second = second
        return self._reads <= MAX_READS_PER_S

    def _remember(self, made: int, maker: int) -> None:
        self._makers[made] = maker
        self._makers.move_to_end(made)
        if len(self._makers) > MAX_COPIES:
            self._makers.popitem(last=False)

    def _tell(self, event: SeenEvent) -> None:
        if len(self._waiting) < MAX_WAITING:
            self._waiting.append(event)
        else:
            self.lost += 1


def _order(kernel: socket.socket, what: int) -> None:
    """Tell the kernel to begin or to stop."""
    order = _WHAT.pack(what)
    body = _MESSAGE.pack(_PROCESSES, _PROCESSES, 0, 0, len(order), 0) + order
    kernel.send(_HEADER.pack(_HEADER.size + len(body), _DONE, 0, 0, os.getpid()) + body)


def _listen(wanted: Sequence[int]) -> tuple[socket.socket | None, str]:
    """Open a socket that hears of some kinds of events; None and the reason where the kernel tells nothing."""
    try:
        kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC, _CONNECTOR)
    except OSError:
        return None, "not_supported"
    try:
        kernel.bind((0, _PROCESSES))
        _order(kernel, _LISTEN)
        refusal = _await_answer(kernel)
        if not refusal:
            _prepare(kernel, wanted)
            return kernel, ""
    except OSError as error:
        refusal = "no_right" if error.errno in (errno.EPERM, errno.EACCES) else "not_supported"
    kernel.close()
    return None, refusal


def _await_answer(kernel: socket.socket) -> str:
    """Wait until the kernel has agreed; empty when it has."""
    kernel.settimeout(_ANSWER_S)
    for _ in range(64):  # events of others may come first
        try:
            answer = kernel.recv(4_096)
        except TimeoutError:
            return "not_supported"
        if len(answer) > _AT_DATA + 4 and _WHAT.unpack_from(answer, _AT_WHAT)[0] == _NOTHING:
            (refused,) = _WHAT.unpack_from(answer, _AT_DATA)
            return {0: "", errno.EPERM: "no_right"}.get(refused, "not_supported")
    return ""  # a busy machine: there are events, so it has agreed


def _prepare(kernel: socket.socket, wanted: Sequence[int]) -> None:
    """Make room, leave out what is not wanted, and never wait."""
    for option in (socket.SO_RCVBUF, _FORCE_BUFFER):
        with contextlib.suppress(OSError):  # beyond the usual bound it takes a right
            kernel.setsockopt(socket.SOL_SOCKET, option, BUFFER_BYTES)
    with contextlib.suppress(OSError):
        program = build_filter(wanted)
        body = ctypes.create_string_buffer(program, len(program))
        kernel.setsockopt(
            socket.SOL_SOCKET, _ATTACH_FILTER, struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(body))
        )
    kernel.settimeout(0)


def build_filter(wanted: Sequence[int]) -> bytes:
    """Write, in the kernel's little language, what is told: some kinds of events, of whole processes alone."""
    keep, drop = (_RETURN, 0, 0, 0xFFFF), (_RETURN, 0, 0, 0)
    steps = [(_LOAD, 0, 0, _AT_WHAT)]
    for what in wanted:
        one, other = (_AT_CHILD, _AT_CHILD_GROUP) if what == _FORK else (_AT_DATA, _AT_SECOND)
        is_whole = [(_LOAD, 0, 0, one), (_COPY, 0, 0, 0), (_LOAD, 0, 0, other), (_EQUAL_TO_COPY, 0, 1, 0), keep, drop]
        told = [keep] if what == _EXEC else is_whole  # another thread may start a program, and ends with that
        steps += [(_EQUAL, 0, len(told), _swapped(what)), *told]
    return b"".join(struct.pack("HBBI", *step) for step in [*steps, drop])


def _what(event: bytes) -> int:
    """Tell the kind of an event."""
    kind: int = _WHAT.unpack_from(event, _AT_WHAT)[0]
    return kind


def _swapped(value: int) -> int:
    """Write a number as the filter reads it: the highest byte first."""
    return int.from_bytes(value.to_bytes(4, sys.byteorder), "big")


def _hurry() -> None:
    """Let this thread go before others when it is woken: half of all programs live under a thousandth of a second.

    With the right to (CAP_SYS_NICE) it becomes a real-time thread, else it asks for shorter turns (Linux 6.12).
    Measured with short-lived starts: 98 to 100 % and 80 to 95 % of command lines in time, 45 to 90 % without either.
    """
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(1))
        return
    number = _SET_ATTRIBUTES.get(platform.machine())
    if number is not None:
        nice = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        ctypes.CDLL(None).syscall(number, 0, struct.pack("=IIQiIQQQ", 48, 0, 0, nice, 0, SLICE_NS, 0, 0), 0)

"""One worker process and the wall around it: start, listen, limit, end. Used twice: for the opener and the parser.

Before this on the path: a worker (``child.py``) that may die, hang, grow or lie. After it: ``parent.py`` in the service
and ``parse_queue.py`` in the opener, which decide what to do then.
No signal handlers and no fork without exec, so that it works in any thread of a Qt process.
"""

from __future__ import annotations

import contextlib
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from detectors.contract.errors import MessageRefused, PlainwatchError
from detectors.worker import wire
from detectors.worker.framing import Channel, Frame, PipeChannel, SocketChannel

EXIT_MEMORY = 77
"""How a worker ends that ran into its memory limit (a number no shell or library uses)."""

_LAST_WORDS_BYTES = 4096
_WAITING_FRAMES = 64
"""Frames read ahead; then the worker has to wait, so that a flood fills no memory."""
_MEMORY_LOOK_S = 0.5
_REFUSED = "refused_message"
"""Cause of death of a worker that said what it may not say."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things may take, in seconds; tests make all of it short."""

    file_s: float = 30.0
    """One file, or one archive member, in the parser."""
    whole_file_s: float = 300.0
    """One file with everything inside it."""
    start_s: float = 30.0
    """Until the parser has loaded its detectors."""
    silence_s: float = 60.0
    """The opener without any sign of life: longer than the parser's limit, which the opener watches."""
    rules_s: float = 20.0
    """Compiling rules."""
    packets_s: float = 60.0
    """Finding single packets in a capture."""
    stop_s: float = 0.6
    """What a worker has to end by itself before it is killed."""
    backoff_s: tuple[float, ...] = (1.0, 2.0, 4.0)
    """Wait after the first, second, later deaths."""
    deaths_window_s: float = 60.0
    """Deaths are counted within this time."""


class WorkerDied(Exception):
    """A worker process is gone without having finished."""

    def __init__(self, cause: str, signal: int = 0, last_words: str = "") -> None:
        super().__init__(cause, signal)
        self.cause = cause
        """As in ``wire.WorkerRestarted``."""
        self.signal = signal
        """Signal number, or 0."""
        self.last_words = last_words
        """The last line of its error output, escaped; hostile text."""


class Deaths:
    """Remembers deaths, says how long to wait, and when it is enough."""

    LIMIT = 5

    def __init__(self, timing: Timing, clock: Callable[[], float] = time.monotonic) -> None:
        self._timing = timing
        self._clock = clock
        self._at: list[float] = []
        self._in_vain = 0

    def note(self) -> float:
        """Count one; return the seconds to wait before the next start."""
        now = self._clock()
        self._at = [at for at in self._at if now - at < self._timing.deaths_window_s] + [now]
        self._in_vain += 1
        waits_s = self._timing.backoff_s
        return waits_s[min(len(self._at), len(waits_s)) - 1]

    def note_progress(self) -> None:
        """Something came of the last start."""
        self._in_vain = 0

    @property
    def count(self) -> int:
        """How many count at present."""
        return max(len(self._at), self._in_vain)

    @property
    def are_enough(self) -> bool:
        """True after five within a minute, or five in a row that led nowhere however slowly."""
        return self.count >= self.LIMIT


def default_command(own_models: Path | None = None) -> list[str]:
    """Say how this program starts itself as a worker; the role is added behind.

    Args:
        own_models: Where models that were trained on this computer lie, if there are any.
    """
    own = [str(own_models.absolute())] if own_models else []
    if getattr(sys, "frozen", False):
        return [sys.executable, "worker", *own]
    return [sys.executable, str(Path(__file__).parents[2] / "main.py"), "worker", *own]


class Worker:
    """A running child process: messages in, messages out, until it ends or is ended."""

    def __init__(
        self, command: Sequence[str], role: str, accepts: frozenset[type], *, memory_limit_bytes: int | None = None
    ) -> None:
        # On Linux the worker limits its own memory and dies with the thread that started it: keep that thread.
        self._memory_limit_bytes = None if sys.platform == "linux" else memory_limit_bytes
        self._memory_looked_at = 0.0
        self._frames: queue.Queue[Frame | MessageRefused | EOFError] = queue.Queue(_WAITING_FRAMES)
        self._cause = ""
        self._last_words = b""
        self._closing = threading.Event()
        try:
            self._process, self._channel = _start([*command, role], accepts)
        except OSError as error:
            raise WorkerDied("exit", last_words=ascii(error.strerror)) from None
        self._threads = [threading.Thread(target=run, daemon=True) for run in (self._listen, self._overhear)]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def passes_descriptors(self) -> bool:
        """True where open files can travel to it."""
        return self._channel.passes_descriptors

    def send(self, message: wire.Message, descriptors: Sequence[int] = (), blob: bytes = b"") -> None:
        """Send a message. A worker that is gone is noticed by ``receive``, not here."""
        with contextlib.suppress(OSError, ValueError):  # ValueError: a pipe that is closed already
            self._channel.send(message, descriptors, blob)

    def receive(self, timeout_s: float) -> Frame | None:
        """Wait for the next message; None when none came in time.

        Raises:
            WorkerDied: The process has ended, grew too large, or said something that is not of the agreed form.
        """
        self._watch_memory()
        if self._cause == _REFUSED:  # what it said after a lie still waits here, and is not believed either
            raise self._death()
        try:
            came = self._frames.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if isinstance(came, Frame):
            return came
        if isinstance(came, MessageRefused):
            self.kill(_REFUSED)
        raise self._death()

    def kill(self, cause: str) -> None:
        """End the process now; ``cause`` is what the next ``receive`` reports."""
        self._cause = self._cause or cause
        self._process.kill()

    def close(self) -> None:
        """End the process if it still runs and give everything back."""
        self._closing.set()
        if self._process.poll() is None:
            self._process.kill()
        self._channel.close()
        with contextlib.suppress(subprocess.TimeoutExpired):  # stuck in the kernel: it dies when that lets go
            self._process.wait(5)
        for thread in self._threads:
            thread.join(1)

    def _death(self) -> WorkerDied:
        try:
            code = self._process.wait(2)
        except subprocess.TimeoutExpired:  # it hung up but lives on
            self.kill("exit")
            code = self._process.wait(5)
        last_words = ascii(self._last_words.decode("utf-8", "replace").strip().rpartition("\n")[2])[1:-1]
        signal = -code if code < 0 else 0
        by_itself = "memory_limit" if code == EXIT_MEMORY else "signal" if signal else "exit"
        return WorkerDied(self._cause or by_itself, signal, last_words[:200])

    def _listen(self) -> None:
        """Read frames in a thread of their own, so that waiting can have a timeout on every system."""
        came: Frame | MessageRefused | EOFError | None = None
        while came is None or isinstance(came, Frame):
            try:
                came = self._channel.receive()
            except (MessageRefused, EOFError) as end:
                came = end
            except (OSError, ValueError):  # closed under our hands
                came = EOFError()
            while not self._closing.is_set():
                with contextlib.suppress(queue.Full):
                    self._frames.put(came, timeout=0.2)
                    break

    def _overhear(self) -> None:
        """Drain the error output, keep its end: a full pipe would stop the worker."""
        with cast("IO[bytes]", self._process.stderr) as heard:
            while piece := os.read(heard.fileno(), _LAST_WORDS_BYTES):
                self._last_words = (self._last_words + piece)[-_LAST_WORDS_BYTES:]

    def _watch_memory(self) -> None:
        """Look at its memory from outside where the system does not limit it from inside."""
        if self._memory_limit_bytes is None or time.monotonic() - self._memory_looked_at < _MEMORY_LOOK_S:
            return
        import psutil  # noqa: PLC0415 - costs 60 ms, and Linux never needs it

        self._memory_looked_at = time.monotonic()
        with contextlib.suppress(psutil.Error):
            if psutil.Process(self.pid).memory_info().rss > self._memory_limit_bytes:
                self.kill("memory_limit")


def _start(command: list[str], accepts: frozenset[type]) -> tuple[subprocess.Popen[bytes], Channel]:
    """Start a process with a channel as its standard input (and output, on Windows)."""
    environment = os.environ | {"MALLOC_ARENA_MAX": "2"}  # each arena of glibc would take 64 MB of the limit
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, creationflags=flags, bufsize=0
        )
        reading, writing = cast("BinaryIO", process.stdout), cast("BinaryIO", process.stdin)
        return process, PipeChannel(reading, writing, accepts)
    ours, theirs = socket.socketpair()
    try:
        process = subprocess.Popen(
            command,
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            bufsize=0,
            start_new_session=True,  # Ctrl-C is for the program, which then ends its workers in order
        )
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return process, SocketChannel(ours, accepts)


def error_of(failed: wire.JobFailed) -> PlainwatchError:
    """Find the error class by its code; an unknown code stays the root class."""
    kinds = {kind.code: kind for kind in PlainwatchError.__subclasses__()}
    error = kinds.get(failed.code, PlainwatchError)()
    error.values = dict(failed.values)  # not as keywords: what they are called was decided over there
    return error

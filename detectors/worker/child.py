"""The worker's door: one process, one role, built here and nowhere else.

Before this on the path: ``main.py worker ROLE``, started by ``wall.py``. After it: ``opener.py`` (role ``files``),
``parser.py`` (``parse``), ``network.py`` (``network``), ``watching.py`` (``connections``, ``live``),
``program_roles.py`` (``recordings``, ``programs``, ``memory``), or the rule compiler (role ``rules``).
Each role imports only its own part, so that a worker starts fast and holds little.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import detectors
from detectors.contract.errors import InputUnreadable, MessageRefused, PlainwatchError, StoreFull
from detectors.contract.finding import Scalar
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import JOBS, NETWORK_TASKS, TASKS, Channel, inherited_channel
from detectors.worker.landlock import keep_reading_only
from detectors.worker.limits import apply_limits, die_with_parent, lock_in
from detectors.worker.orders import obey
from detectors.worker.seccomp import refuse_dangerous_calls
from detectors.worker.wall import EXIT_MEMORY, Timing, default_command

if TYPE_CHECKING:
    from detectors.contract.detector import Detector
    from detectors.telemetry.live_portable import LivePortable
    from detectors.telemetry.live_ring import LiveRing
    from detectors.worker.registry import Panel

_GIB = 1024**3
O_BINARY = getattr(os, "O_BINARY", 0)
"""Windows needs it."""
_RULES_MEMORY_BYTES = _GIB // 2
_RULES_CPU_S = 20
_NUMPY_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
RULES_FOLDER = Path(detectors.__file__).parents[1] / "rules"
"""Our own rules."""
MODELS_FOLDER = RULES_FOLDER.parent / "models"
"""Our own models."""


def main(
    role: str,
    *,
    command: Sequence[str] | None = None,
    timing: Timing | None = None,
    kinds: Sequence[type[Detector]] | None = None,
    own_models: str = "",
) -> int:
    """Be a worker until the job or the parent ends; return the exit code.

    Args:
        role: ``files``, ``parse``, ``network``, ``connections``, ``live``, ``packet``, ``places``, ``recordings``,
            ``programs``, ``memory`` or ``rules``.
        command: How the opener starts a parser; by default this program itself.
        timing: Limits the opener holds the parser to.
        kinds: Detectors instead of those found in ``detectors/``; tests bring harmful ones.
        own_models: Where models that were trained on this computer lie; empty: there are none.
    """
    die_with_parent()
    threading.excepthook = _end_with_thread
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which ends its workers in order
    own = Path(own_models) if own_models else None
    roles: dict[str, Callable[[], None]] = {
        "files": lambda: _open_files(command or default_command(), timing or Timing()),
        "parse": lambda: _parse(kinds),
        "network": lambda: _check_captures(kinds, own),
        "connections": lambda: _watch_connections(kinds, own),
        "live": lambda: _watch_live(kinds, own),
        "packet": _take_packets,
        "places": _look_up,
        "recordings": lambda: _be("recordings", kinds, own),
        "programs": lambda: _be("programs", kinds, own),
        "memory": lambda: _be("memory", kinds, own),
        "rules": _compile_rules,
    }
    if role not in roles:
        return 2
    try:
        roles[role]()
    except MemoryError:
        return EXIT_MEMORY
    except EOFError:  # the parent is gone
        return 0
    except MessageRefused:
        return 2
    return 0


def _open_files(command: Sequence[str], timing: Timing) -> None:
    from detectors.worker.opener import Opener  # noqa: PLC0415 - each role loads its own part

    apply_limits(memory_bytes=_GIB)
    channel = inherited_channel(JOBS)
    job = channel.receive().message
    if not isinstance(job, wire.CheckFiles):
        raise MessageRefused(problem="kind")
    if sys.platform == "linux":
        keep_reading_only([_made(Path(job.cache_folder))] if job.cache_folder else [])
    control = Control()
    threading.Thread(target=obey, args=(channel, control), daemon=True).start()
    Opener(channel, job, control, command, timing).run()


def _end_with_thread(failed: threading.ExceptHookArgs) -> None:
    """End the whole worker when one of its threads fails: the parent then tries again, and says what is left out."""
    sys.__excepthook__(failed.exc_type, failed.exc_value or failed.exc_type(), failed.exc_traceback)
    os._exit(EXIT_MEMORY if issubclass(failed.exc_type, MemoryError) else 1)


def _made(folder: Path) -> Path:
    """Make a private folder while we still can."""
    with contextlib.suppress(OSError):  # then nothing is kept
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _parse(kinds: Sequence[type[Detector]] | None) -> None:
    from detectors.contract.detector import DetectorContext  # noqa: PLC0415 - each role loads its own part
    from detectors.worker.parser import Parser  # noqa: PLC0415
    from detectors.worker.registry import FILES, Panel, find_detectors  # noqa: PLC0415

    isolation = apply_limits(memory_bytes=_GIB)
    channel = inherited_channel(TASKS, from_opener=True)
    wishes = channel.receive().message
    if not isinstance(wishes, wire.GetReady):
        raise MessageRefused(problem="kind")
    cache_folder = Path(wishes.cache_folder) if wishes.cache_folder else None
    try:
        found = find_detectors(FILES) if kinds is None else kinds
        panel = Panel.build(DetectorContext(RULES_FOLDER, cache_folder), found)
    except PlainwatchError as error:
        channel.send(wire.JobFailed(error.code, error.values))
        return
    gaps = tuple(gap for member in panel.members for gap in member.gaps())
    password = wishes.zip_password
    isolation += lock_in()
    parser = Parser(channel, panel, password.encode("utf-8", "surrogateescape") if password else None)
    channel.send(wire.ParserReady(isolation, gaps))
    try:
        parser.run()
    except EOFError:
        os._exit(0)  # the opener is gone: no thread may hold us


def _check_captures(kinds: Sequence[type[Detector]] | None, own_models: Path | None) -> None:
    os.environ |= dict.fromkeys(_NUMPY_THREADS, "1")  # each thread of theirs would take memory, and gain nothing
    from detectors.contract.traffic import TCP  # noqa: PLC0415 - each role loads its own part
    from detectors.telemetry.readers.choose import readers_of  # noqa: PLC0415
    from detectors.worker.network import NetworkWorker  # noqa: PLC0415

    isolation = apply_limits(memory_bytes=_GIB)
    channel = inherited_channel(NETWORK_TASKS, from_opener=True)
    panel = _network_panel(kinds, channel, own_models)
    readers_of(TCP)  # all of them are loaded before the worker is locked in
    if panel is not None:
        isolation += lock_in()
        channel.send(wire.SenseReady(isolation))
        NetworkWorker(channel, panel).run()


def _watch_connections(kinds: Sequence[type[Detector]] | None, own_models: Path | None) -> None:
    os.environ |= dict.fromkeys(_NUMPY_THREADS, "1")
    from detectors.worker.watching import ConnectionsWatch  # noqa: PLC0415 - each role loads its own part

    isolation = apply_limits(memory_bytes=_GIB)
    channel = inherited_channel(JOBS)
    job = channel.receive().message
    if not isinstance(job, wire.CheckConnections):
        raise MessageRefused(problem="kind")
    panel = _network_panel(kinds, channel, own_models)
    if panel is not None:
        # no Landlock: whoever is under it may not see whose sockets are those of programs outside
        if refuse_dangerous_calls():
            isolation += "+seccomp"
        channel.send(wire.SenseReady(isolation))
        ConnectionsWatch(channel, panel, job).run()


def _watch_live(kinds: Sequence[type[Detector]] | None, own_models: Path | None) -> None:
    os.environ |= dict.fromkeys(_NUMPY_THREADS, "1")
    from detectors.worker.watching import LiveWatch  # noqa: PLC0415 - each role loads its own part

    isolation = apply_limits(memory_bytes=_GIB)
    channel = inherited_channel(JOBS, from_opener=True)
    frame = channel.receive()
    job = frame.message
    if not isinstance(job, wire.CheckLive):
        raise MessageRefused(problem="kind")
    panel = _network_panel(kinds, channel, own_models)
    if panel is None:
        return
    try:
        with contextlib.closing(_open_live(job, frame.descriptors)) as packets:
            save = _open_save(job, frame.descriptors)
            channel.send(wire.SenseReady(isolation + lock_in()))
            LiveWatch(channel, panel, job, packets, save).run()
    except PlainwatchError as error:
        channel.send(wire.JobFailed(error.code, error.values))
    except OSError:  # keeping the packets can fail so; without that, a card of the slower way
        failed = StoreFull(path=job.save) if job.save else InputUnreadable(path=job.interface)
        channel.send(wire.JobFailed(failed.code, failed.values))


def _open_save(job: wire.CheckLive, descriptors: Sequence[int]) -> BinaryIO | None:
    """Take the file to keep everything in, or open it before the door is locked."""
    if not job.save:
        return None
    file = descriptors[1] if descriptors else os.open(job.save, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | O_BINARY, 0o600)
    return os.fdopen(file, "wb", buffering=0)


def _open_live(job: wire.CheckLive, descriptors: Sequence[int]) -> LiveRing | LivePortable:
    """Take the ring of a socket that was handed over, or open the card in the slower way, which loads scapy."""
    if job.is_portable:
        from detectors.telemetry.live_portable import LivePortable  # noqa: PLC0415 - where there is no ring

        return LivePortable(job.interface)
    from detectors.telemetry.live_ring import LiveRing  # noqa: PLC0415 - Linux alone has it

    return LiveRing(socket.socket(fileno=descriptors[0]))


def _take_packets() -> None:
    os.environ |= dict.fromkeys(_NUMPY_THREADS, "1")
    from detectors.worker.packet import show_packet, write_packets  # noqa: PLC0415 - each role loads its own part

    apply_limits(memory_bytes=_GIB)
    channel = inherited_channel(JOBS, from_opener=True)
    frame = channel.receive()
    job = frame.message
    if not isinstance(job, wire.TakePackets):
        raise MessageRefused(problem="kind")
    lock_in()
    if job.target:
        capture, target = frame.descriptors
        channel.send(wire.PacketsWritten(write_packets(capture, job.numbers, target)))
    else:
        shown = show_packet(frame.descriptors[0], job.numbers[0])
        channel.send(shown or wire.JobFailed("input_unreadable", {"path": job.path}))


def _look_up() -> None:
    from detectors.engines.address_book import AddressBook  # noqa: PLC0415 - each role loads its own part

    apply_limits(memory_bytes=_GIB)
    channel = inherited_channel(JOBS)
    job = channel.receive().message
    if not isinstance(job, wire.LookUp):
        raise MessageRefused(problem="kind")
    book = AddressBook()
    lock_in()
    found = {address: book.place_of(address) for address in job.addresses}
    places = {address: (place.country, place.owner) for address, place in found.items() if place.country}
    makers = {card: maker for card in job.cards if (maker := book.maker_of(card))}
    channel.send(wire.LookedUp(places, makers, book.places_from, book.makers_from))


def _be(role: str, kinds: Sequence[type[Detector]] | None, own_models: Path | None) -> None:
    """Take a role of the program sense."""
    os.environ |= dict.fromkeys(_NUMPY_THREADS, "1")
    from detectors.contract.detector import DetectorContext  # noqa: PLC0415 - each role loads its own part
    from detectors.worker.program_roles import ROLES  # noqa: PLC0415

    ROLES[role](DetectorContext(RULES_FOLDER, None, MODELS_FOLDER, own_models), kinds)


def _network_panel(kinds: Sequence[type[Detector]] | None, channel: Channel, own_models: Path | None) -> Panel | None:
    """Build the detectors of traffic; None when one cannot be built, which is told."""
    from detectors.contract.detector import DetectorContext  # noqa: PLC0415 - each role loads its own part
    from detectors.worker.registry import TRAFFIC, Panel, find_detectors  # noqa: PLC0415

    context = DetectorContext(RULES_FOLDER, None, MODELS_FOLDER, own_models)
    try:
        return Panel.build(context, find_detectors(TRAFFIC) if kinds is None else kinds)
    except PlainwatchError as error:
        channel.send(wire.JobFailed(error.code, error.values))
        return None


def _check_models(folder: Path, own_folder: Path) -> wire.ModelsChecked:
    """Look at the signatures of models, ours and those of this computer."""
    from detectors.engines.signed_manifest import KEYS, check_models, own_trust, shipped_trust  # noqa: PLC0415 - as below

    lock_in([folder, own_folder, KEYS])
    own = check_models(own_folder, lambda: own_trust(own_folder))
    return wire.ModelsChecked(check_models(folder, shipped_trust), own)


def _compile_rules() -> None:
    """Compile rules, or, in tests, misbehave on request."""
    apply_limits(memory_bytes=_RULES_MEMORY_BYTES, cpu_s=_RULES_CPU_S)
    channel = inherited_channel(JOBS)
    job = channel.receive().message
    if isinstance(job, wire.CheckRules):
        from detectors.engines.yara_engine import check_rules  # noqa: PLC0415 - each role loads its own part

        lock_in([Path(job.path)])
        checked = check_rules(job.path)
        rules = tuple(wire.RuleFacts(rule.pack, rule.name, rule.meta) for rule in checked.rules)
        problems: tuple[dict[str, Scalar], ...] = tuple(
            {"path": problem.path, "line": problem.line, "problem": problem.problem} for problem in checked.problems
        )
        channel.send(wire.RulesChecked(rules, problems))
    elif isinstance(job, wire.CheckModels):
        channel.send(_check_models(Path(job.folder), Path(job.own_folder)))
    elif isinstance(job, wire.Hang) and os.environ.get("PLAINWATCH_TEST_JOBS"):
        from detectors.worker.hang import hang  # noqa: PLC0415 - tests only

        hang(job.how, channel)
    else:
        raise MessageRefused(problem="kind")
    channel.send(wire.JobDone())

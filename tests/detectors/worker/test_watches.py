"""This computer's own traffic is watched: connections without a right, packets with one."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from detectors.contract.errors import InputUnreadable, NoCaptureRight, SkipReason, StoreFull
from detectors.worker import watches, wire
from detectors.worker.control import Control
from detectors.worker.parent import run_job
from detectors.worker.wall import Timing
from detectors.worker.watches import can_capture

WITH_RIGHT = pytest.mark.skipif(not can_capture(), reason="needs the right to capture")
COMMAND = [sys.executable, str(Path(__file__).with_name("bad_network_worker.py"))]


@contextlib.contextmanager
def chatter() -> Iterator[int]:
    """Send a datagram to ourselves every now and then; gives the port."""
    is_over = threading.Event()
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taker,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as giver,
    ):
        taker.bind(("127.0.0.1", 0))
        port = taker.getsockname()[1]

        def talk() -> None:
            while not is_over.wait(0.05):
                giver.sendto(b"hello", ("127.0.0.1", port))

        thread = threading.Thread(target=talk)
        thread.start()
        try:
            yield port
        finally:
            is_over.set()
            thread.join()


def done(reports: list[wire.Report]) -> wire.SourcePart:
    [last] = [report for report in reports if isinstance(report, wire.SourcePart) and report.source_done]
    return last


def test_connections_are_watched_for_as_long_as_asked():
    begun = time.monotonic()
    reports = list(run_job(wire.CheckConnections(1.0), Control()))
    assert isinstance(reports[0], wire.WorkerReady)
    assert reports[-1] == wire.JobDone(stopped=False)
    assert time.monotonic() - begun >= 1.0
    last = done(reports)
    assert (last.source, last.checked + len(last.skipped), set(last.units)) == ("connections", 1, {"flows"})
    progress = [report.done for report in reports if isinstance(report, wire.SourceRead)]
    assert progress == sorted(progress)


def test_a_listening_door_of_ours_is_told():
    with socket.create_server(("0.0.0.0", 0)) as server:
        rows = [
            row
            for one in run_job(wire.CheckConnections(1.0), Control())
            if isinstance(one, wire.SourcePart)
            for row in one.activity
        ]
        assert server.getsockname()[1] in {row.port for row in rows if row.is_listener}


def test_a_stop_ends_the_watch_soon_and_what_was_seen_is_judged():
    control = Control()
    reports = run_job(wire.CheckConnections(60.0), control)
    assert isinstance(next(reports), wire.WorkerReady)
    control.stop()
    begun = time.monotonic()
    assert list(reports)[-1] == wire.JobDone(stopped=True)
    assert time.monotonic() - begun < 2.0


def test_a_watcher_that_dies_leaves_a_gap(monkeypatch):
    monkeypatch.setenv("BAD_WORKER_BUILD", "dies")
    reports = list(run_job(wire.CheckConnections(1.0), Control(), command=COMMAND, timing=Timing()))
    [line] = done(reports).skipped
    assert (line.subject.kind, line.reason, line.source) == ("sense", SkipReason.WORKER_DIED, "connections")


@WITH_RIGHT
def test_live_packets_are_judged_and_kept_where_asked(tmp_path: Path):
    target = tmp_path / "today.pcapng"
    with chatter() as port:
        reports = list(run_job(wire.CheckLive("lo", 1.5, str(target)), Control()))
    last = done(reports)
    assert last.units["packets"] >= 5
    rows = [row for one in reports if isinstance(one, wire.SourcePart) for row in one.activity]
    assert port in {row.port for row in rows}
    kept = done(list(run_job(wire.CheckCaptures((str(target),)), Control())))
    assert kept.units["packets"] == last.units["packets"]
    assert target.stat().st_mode & 0o777 == 0o600


@WITH_RIGHT
def test_where_there_is_no_ring_packets_come_in_the_slower_way(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(watches, "HAS_RING", False)
    target = tmp_path / "today.pcapng"
    with chatter() as port:
        reports = list(run_job(wire.CheckLive("lo", 2.0, str(target)), Control()))
    last = done(reports)
    assert last.units["packets"] >= 5
    assert port in {row.port for one in reports if isinstance(one, wire.SourcePart) for row in one.activity}
    kept = done(list(run_job(wire.CheckCaptures((str(target),)), Control())))
    assert kept.units["packets"] == last.units["packets"]
    with pytest.raises(InputUnreadable):
        list(run_job(wire.CheckLive("nocard0", 1.0), Control()))


@WITH_RIGHT
def test_a_card_that_is_not_there_and_a_file_that_cannot_be_are_refused(tmp_path: Path):
    with pytest.raises(InputUnreadable):
        list(run_job(wire.CheckLive("nocard0", 1.0), Control()))
    with pytest.raises(StoreFull):
        list(run_job(wire.CheckLive("lo", 1.0, str(tmp_path / "no" / "file")), Control()))


def test_where_there_is_no_right_that_is_said(monkeypatch):
    def refuse(interface: str) -> socket.socket:
        raise NoCaptureRight(interface=interface)

    monkeypatch.setattr(watches, "open_capture_socket", refuse)
    with pytest.raises(NoCaptureRight):
        list(run_job(wire.CheckLive("lo", 1.0), Control()))

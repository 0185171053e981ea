"""The wall around packets holds: whatever a capture does to its worker, the next one is checked, and all is said."""

from __future__ import annotations

import gzip
import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from detectors.contract.errors import SkipReason, WorkerStopped
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.parent import run_job
from detectors.worker.wall import Timing

COMMAND = [sys.executable, str(Path(__file__).with_name("bad_network_worker.py"))]
QUICK = Timing(file_s=1.5, backoff_s=(0.01,))
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="uses Linux means")


def pcap(packets: int = 3, *, link: int = 1) -> bytes:
    """A capture of questions to a name server, one a second."""
    payload = struct.pack(">6H", 1, 0x0100, 1, 0, 0, 0) + b"\x07example\x04test\x00" + struct.pack(">2H", 1, 1)
    udp = struct.pack(">4H", 40_000, 53, 8 + len(payload), 0) + payload
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0) + bytes([192, 0, 2, 1, 192, 0, 2, 53])
    frame = bytes.fromhex("020000000001 020000000002 0800") + ip + udp
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, link)
    return head + b"".join(
        struct.pack("<IIII", 1_700_000_000 + n, 0, len(frame), len(frame)) + frame for n in range(packets)
    )


def fill(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).write_bytes(pcap())
    return [str(folder / name) for name in names]


def start(*paths: str | Path, control: Control | None = None) -> Iterator[wire.Report]:
    job = wire.CheckCaptures(tuple(map(str, paths)))
    return run_job(job, control or Control(), command=COMMAND, timing=QUICK)


def check(*paths: str | Path) -> list[wire.Report]:
    return list(start(*paths))


def done(reports: list[wire.Report]) -> list[wire.SourcePart]:
    return [report for report in reports if isinstance(report, wire.SourcePart)]


def skipped(reports: list[wire.Report]) -> dict[str, SkipReason]:
    return {os.path.basename(line.source): line.reason for part in done(reports) for line in part.skipped}


def found(reports: list[wire.Report]) -> list[str]:
    return [os.path.basename(one.source) for part in done(reports) for one in part.findings]


def checked(reports: list[wire.Report]) -> list[str]:
    return [os.path.basename(part.source) for part in done(reports) if part.checked]


def said(reports: list[wire.Report]) -> list[object]:
    return [one.evidence[0].observed for part in done(reports) for one in part.findings]


def test_captures_are_told_one_after_the_other(tmp_path):
    reports = check(*fill(tmp_path, "b.find.pcap", "a.pcap"))
    assert isinstance(reports[0], wire.WorkerReady)
    assert reports[-1] == wire.JobDone(stopped=False)
    assert (checked(reports), found(reports)) == (["b.find.pcap", "a.pcap"], ["b.find.pcap"])
    assert [part.units for part in done(reports) if part.source_done] == [
        {"packets": 3, "flows": 1, "bytes": 3 * (14 + 20 + 8 + 30)}
    ] * 2


def test_who_talked_to_whom_is_told_too(tmp_path):
    rows = [row for part in done(check(*fill(tmp_path, "a.pcap"))) for row in part.activity]
    assert [(row.host, row.address, row.port, row.transport, row.contacts) for row in rows] == [
        ("192.0.2.1", "192.0.2.53", 53, "udp", 1)
    ]


@LINUX
def test_the_worker_is_locked_in_and_loads_nothing_it_does_not_need(tmp_path):
    deeds = ["write", "connect", "run", "read", "kill", "fork"]
    reports = check(*fill(tmp_path, "heavy.pcap", *(f"{deed}.pcap" for deed in deeds)))
    assert isinstance(reports[0], wire.WorkerReady)
    assert reports[0].isolation == "limits+seccomp+landlock"
    assert said(reports) == ["none", *(f"refused_{13 if deed == 'read' else 1}" for deed in deeds)]


@pytest.mark.parametrize(("deed", "reason"), [("segv", SkipReason.WORKER_DIED), ("sleep", SkipReason.TIME_LIMIT)])
def test_a_capture_that_kills_the_worker_is_left_out_alone(tmp_path, deed, reason):
    reports = check(*fill(tmp_path, "a.find.pcap", f"b.find.{deed}.pcap", "c.find.pcap"))
    assert skipped(reports) == {f"b.find.{deed}.pcap": reason}
    assert checked(reports) == ["a.find.pcap", "c.find.pcap"]
    restarts = [report for report in reports if isinstance(report, wire.WorkerRestarted)]
    assert len(restarts) == (2 if deed == "segv" else 1)
    [line] = [line for part in done(reports) for line in part.skipped]
    assert line.values == ({"signal": signal.SIGSEGV, "cause": "signal"} if deed == "segv" else {"limit_s": 1.5})


@LINUX
def test_a_capture_that_eats_all_memory_is_left_out(tmp_path):
    assert skipped(check(*fill(tmp_path, "memory.pcap"))) == {"memory.pcap": SkipReason.MEMORY_LIMIT}


def test_a_worker_that_speaks_of_another_file_is_not_believed(tmp_path):
    reports = check(*fill(tmp_path, "lie.pcap"))
    assert (found(reports), skipped(reports)) == ([], {"lie.pcap": SkipReason.WORKER_DIED})


def test_a_broken_detector_is_said_and_the_capture_counts_as_not_fully_checked(tmp_path):
    reports = check(*fill(tmp_path, "find.fail.pcap"))
    assert (found(reports), checked(reports)) == (["find.fail.pcap"], [])
    assert skipped(reports) == {"find.fail.pcap": SkipReason.DETECTOR_FAILED}


def test_a_number_that_is_none_costs_one_finding(tmp_path):
    reports = check(*fill(tmp_path, "find.nan.pcap"))
    assert said(reports) == ["192.0.2.7"]
    assert skipped(reports) == {"find.nan.pcap": SkipReason.DETECTOR_FAILED}


def test_more_findings_than_anybody_reads_are_cut_and_that_is_said(tmp_path):
    reports = check(*fill(tmp_path, "many.pcap"))
    assert len(found(reports)) == 5_000
    assert skipped(reports) == {"many.pcap": SkipReason.FINDINGS_DROPPED}


def test_a_worker_that_never_starts_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setenv("BAD_WORKER_BUILD", "dies")
    with pytest.raises(WorkerStopped) as stopped:
        check(*fill(tmp_path, "a.pcap"))
    assert stopped.value.values["deaths"] == 5


def test_what_is_no_capture_is_said(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Sam,")
    (tmp_path / "empty.pcap").touch()
    os.mkfifo(tmp_path / "pipe.pcap")
    names = ["letter.txt", "empty.pcap", "pipe.pcap", "nothing.pcap"]
    reports = check(*(tmp_path / name for name in names))
    assert skipped(reports) == {
        "letter.txt": SkipReason.CAPTURE_NOT_SUPPORTED,
        "empty.pcap": SkipReason.CAPTURE_NOT_SUPPORTED,
        "pipe.pcap": SkipReason.FIFO,
        "nothing.pcap": SkipReason.NOT_FOUND,
    }
    assert checked(reports) == []
    assert not any(part.says_checked for part in done(reports))


def test_a_capture_that_breaks_off_keeps_what_it_gave_and_says_where(tmp_path):
    (tmp_path / "find.pcap").write_bytes(pcap(3)[:-5])
    reports = check(tmp_path / "find.pcap")
    assert found(reports) == ["find.pcap"]
    [line] = [line for part in done(reports) for line in part.skipped]
    assert (line.reason, line.values["packets"], line.values["trouble"]) == (
        SkipReason.CAPTURE_DAMAGED,
        2,
        "cut_short",
    )
    assert line.values["offset"] == 24 + 2 * (16 + 72)


def test_a_link_nobody_reads_is_said_with_its_number(tmp_path):
    (tmp_path / "a.pcap").write_bytes(pcap(4, link=147))
    [line] = [line for part in done(check(tmp_path / "a.pcap")) for line in part.skipped]
    assert (line.reason, line.values) == (SkipReason.CAPTURE_LINK_UNKNOWN, {"packets": 4, "links": "147"})


LLDP, INTERNET = bytes.fromhex("020000000002 88cc"), bytes.fromhex("020000000002 0800")


@pytest.mark.parametrize("capture", [pcap(4).replace(INTERNET, LLDP), pcap(4, link=105)], ids=["switches", "wireless"])
def test_a_capture_of_what_nobody_can_look_into_is_never_called_clean(tmp_path, capture):
    (tmp_path / "a.pcap").write_bytes(capture)
    [line] = [line for part in done(check(tmp_path / "a.pcap")) for line in part.skipped]
    assert (line.reason, line.values) == (SkipReason.CAPTURE_NOT_INTERNET, {"packets": 4, "of": 4})


def test_a_few_packets_of_switches_among_others_are_no_gap(tmp_path):
    (tmp_path / "a.pcap").write_bytes(pcap(4).replace(INTERNET, LLDP, 1))
    assert skipped(check(tmp_path / "a.pcap")) == {}


def test_in_a_folder_captures_count_by_name_or_beginning(tmp_path):
    folder = tmp_path / "captures"
    folder.mkdir()
    fill(folder, "a.find.pcap", "nameless")
    (folder / "z.pcap.gz").write_bytes(gzip.compress(pcap()))
    (folder / "README").write_text("About these captures")
    reports = check(folder)
    assert checked(reports) == ["a.find.pcap", "nameless", "z.pcap.gz"]
    assert skipped(reports) == {}
    assert {one.source for part in done(reports) for one in part.findings} == {str(folder / "a.find.pcap")}
    assert done(reports)[-1] == wire.SourcePart(str(folder), source_done=True, folder=str(folder))


def test_a_stop_ends_the_job_within_a_second(tmp_path):
    control = Control()
    reports = start(*fill(tmp_path, "sleep.pcap", "b.pcap"), control=control)
    assert isinstance(next(reports), wire.WorkerReady)
    threading.Timer(0.3, control.stop).start()
    begun = time.monotonic()
    assert list(reports)[-1] == wire.JobDone(stopped=True)
    assert time.monotonic() - begun < 1.3

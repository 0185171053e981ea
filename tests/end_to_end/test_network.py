"""The network sense over real recordings, real workers and a real store, as somebody outside would try it."""

from __future__ import annotations

import gzip
import json
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from desktop.service.made_packets import Recording
from desktop.service.network_samples import network_samples

ROOT = Path(__file__).resolve().parents[2]
PCAP = {sample.reason or "quiet": sample.pcap for sample in network_samples()}
HOSTILE_NAMES = ("two\nlines.pcap", "\x1b[31mred.pcap", "\u202epacp.pcap", "bad\udcff.pcap", "<b>bold[red].pcap")
PATIENCE_S = 90
QUICK = ("--format", "jsonl", "--quiet")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="FIFOs, odd names and signals of POSIX")


@dataclass
class Told:
    """What a command said, and how it ended."""

    code: int
    out: bytes
    err: bytes

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.out.decode("utf-8").splitlines()]

    def of_type(self, kind: str) -> list[dict]:
        return [line for line in self.lines if line["type"] == kind]

    @property
    def by_rule(self) -> list[dict]:
        """List what fixed rules found; learned models may have a word beside them."""
        return [line for line in self.of_type("finding") if line["found_by"] != "model"]

    def reasons(self, kind: str = "finding") -> set[tuple[str, str]]:
        """List (last part of the source, reason)."""
        lines = self.by_rule if kind == "finding" else self.of_type(kind)
        return {(Path(line["source"]).name, line["reason"]) for line in lines}

    @property
    def steady(self) -> list[bytes]:
        """Give the lines that the same input must give again, sorted."""
        kept = []
        for raw in self.out.splitlines():
            line = json.loads(raw)
            if line["type"] not in {"started", "progress"}:
                took = json.dumps(line.get("duration_s")).encode()
                kept.append(raw.replace(b'"duration_s":' + took, b""))
        return sorted(kept)


@pytest.fixture
def surroundings() -> dict[str, str]:
    """No screen, English, no settings of the person who runs the tests."""
    hidden = ("LC_", "LANG", "COV_", "DISPLAY", "WAYLAND", "PLAINWATCH")
    return {name: value for name, value in os.environ.items() if not name.startswith(hidden)} | {"LANG": "C.UTF-8"}


@pytest.fixture
def command(tmp_path, surroundings):
    """Run one command to its end."""

    def run(*arguments: str | Path, before: tuple[str, ...] = (), cwd: Path | None = None) -> Told:
        words = [*before, sys.executable, ROOT / "main.py", *arguments, "--data-folder", tmp_path / "data"]
        done = subprocess.run(words, env=surroundings, capture_output=True, timeout=PATIENCE_S, check=False, cwd=cwd)
        assert b"Traceback" not in done.stderr
        return Told(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def start(tmp_path, surroundings):
    """Start a check that a test then disturbs; nothing of it outlives the test."""

    @contextmanager
    def running(*arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
        words = [sys.executable, ROOT / "main.py", "scan", "network", *arguments, "--format", "jsonl"]
        with (tmp_path / "stderr").open("wb") as stderr:
            program = subprocess.Popen(
                [*words, "--data-folder", tmp_path / "data"],
                env=surroundings,
                stdout=subprocess.PIPE,
                stderr=stderr,
                start_new_session=True,
            )
        try:
            yield program
        finally:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()
            program.stdout.close()

    return running


def pcapng_of_two_cards(*pcaps: bytes) -> bytes:
    """Write the packets of two recordings into one, each under an interface of its own, the second in nanoseconds."""
    parts = [struct.pack("<IIIHHqI", 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0, -1, 28)]
    parts.append(struct.pack("<IIHHII", 1, 20, 1, 0, 0, 20))
    parts.append(struct.pack("<IIHHIHHB3xHHI", 1, 32, 1, 0, 0, 9, 1, 9, 0, 0, 32))
    for card, pcap in enumerate(pcaps):
        at = 24
        while at < len(pcap):
            second, part, size, _ = struct.unpack_from("<IIII", pcap, at)
            ticks = (second * 1_000_000 + part) * (1_000 if card else 1)
            length = 32 + size + -size % 4
            frame = pcap[at + 16 : at + 16 + size] + bytes(-size % 4)
            head = struct.pack("<IIIIIII", 6, length, card, ticks >> 32, ticks & 0xFFFFFFFF, size, size)
            parts.append(head + frame + struct.pack("<I", length))
            at += 16 + size
    return b"".join(parts)


@pytest.fixture
def folder(tmp_path) -> Path:
    """Recordings of every kind: found, quiet, packed, of two cards, damaged, empty, none at all."""
    folder = tmp_path / "recordings"
    (folder / "more").mkdir(parents=True)
    (folder / "quiet.pcap").write_bytes(PCAP["quiet"])
    (folder / "scan.pcap").write_bytes(PCAP["port_scan_vertical"])
    (folder / "cut.pcap").write_bytes(PCAP["beaconing"][:-7])
    (folder / "packed.pcap.gz").write_bytes(gzip.compress(PCAP["dga"], mtime=0))
    (folder / "cards.pcapng").write_bytes(pcapng_of_two_cards(PCAP["port_scan_vertical"], PCAP["network_sweep"]))
    (folder / "more/tor.pcap").write_bytes(PCAP["tor"])
    (folder / "more/README").write_text("About these recordings")
    (folder / "letter.txt").write_text("Dear Sam,")
    (folder / "empty.pcap").touch()
    os.mkfifo(folder / "pipe.pcap")
    for name in HOSTILE_NAMES:
        (folder / name).write_bytes(PCAP["tor"])
    return folder


INPUTS = (
    "quiet.pcap",
    "scan.pcap",
    "cut.pcap",
    "packed.pcap.gz",
    "cards.pcapng",
    "more",
    "letter.txt",
    "empty.pcap",
    "pipe.pcap",
    "nothing.pcap",
    *HOSTILE_NAMES,
)


@pytest.mark.parametrize("language", ["en", "fr", "de", "lb"])
def test_many_recordings_at_once_each_get_a_line(command, folder, language):
    given = [f"{folder}/{name}" for name in INPUTS]
    told = command("scan", "network", *given, *QUICK, "--language", language)
    assert told.code == 1, told.err
    assert told.reasons() == {
        ("scan.pcap", "port_scan_vertical"),
        ("cut.pcap", "beaconing"),
        ("packed.pcap.gz", "dga"),
        ("cards.pcapng", "port_scan_vertical"),
        ("cards.pcapng", "network_sweep"),
        ("tor.pcap", "tor"),
        *((name, "tor") for name in HOSTILE_NAMES),
    }
    assert told.reasons("skipped") == {
        ("cut.pcap", "capture_damaged"),
        ("letter.txt", "capture_not_supported"),
        ("empty.pcap", "capture_not_supported"),
        ("pipe.pcap", "fifo"),
        ("nothing.pcap", "not_found"),
    }
    assert set(given) <= {line.get("source") for line in told.lines}
    assert {line["explanation"]["language"] for line in told.of_type("finding")} == {language}
    assert all(line["text"] for line in told.of_type("skipped"))
    summary = told.lines[-1]
    assert summary["seen"] == summary["checked"] + summary["skipped"] == len(INPUTS)
    assert (summary["skipped"], summary["verdict"]) == (5, "found")
    assert (
        summary["units"]["packets"]
        == sum(line["units"]["packets"] for line in told.of_type("checked") if line["units"]) + 199
    )


def test_times_and_packet_numbers_come_from_the_recording(command, folder):
    [line] = command("scan", "network", folder / "more/tor.pcap", *QUICK).by_rule
    assert line["first_seen_at"] == line["last_seen_at"] == "2026-01-05T08:00:00.030000Z"
    assert line["records"] == [4]


def test_the_same_recordings_give_the_same_lines_byte_for_byte(command, folder):
    given = [folder / name for name in INPUTS]
    first, second = (command("scan", "network", *given, *QUICK) for _ in range(2))
    assert first.steady == second.steady
    assert len(first.steady) > len(INPUTS)
    assert len(command("findings", "list", "--format", "jsonl").lines) == len(first.of_type("finding"))


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("quiet.pcap",), 0),
        (("scan.pcap",), 1),
        (("nothing.pcap",), 2),
        (("letter.txt",), 2),
        (("empty.pcap",), 2),
        (("pipe.pcap",), 2),
        (("quiet.pcap", "letter.txt"), 3),
        (("quiet.pcap", "nothing.pcap"), 3),
        (("scan.pcap", "nothing.pcap"), 1),
    ],
)
def test_the_exit_code_says_what_came_of_it(command, folder, names, code):
    assert command("scan", "network", *(folder / name for name in names), "--quiet").code == code


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_a_time_that_is_none_is_wrong_use(command, seconds):
    told = command("scan", "network", "--connections", "--seconds", seconds)
    assert (told.code, told.out) == (2, b"")
    assert b"--seconds" in told.err


def test_an_empty_name_is_not_there_and_is_not_called_checked(command, folder):
    told = command("scan", "network", "", folder / "quiet.pcap", *QUICK)
    assert told.code == 3
    assert [line["type"] for line in told.lines if line.get("source") == ""] == ["skipped"]


def test_what_is_below_the_asked_level_is_counted(command, folder):
    told = command("scan", "network", folder / "scan.pcap", *QUICK, "--min-severity", "high")
    assert (told.code, told.of_type("finding")) == (0, [])
    assert told.lines[-1]["not_shown"] == told.lines[-1]["findings"] >= 1


def test_a_damaged_recording_names_its_place_in_words(command, folder):
    told = command("scan", "network", folder / "cut.pcap", "--min-severity", "critical")
    assert told.code == 3
    assert b"ends in the middle of a packet" in told.out


def test_packets_that_contradict_themselves_are_counted(command, tmp_path):
    recording = Recording()
    recording.packet(0.0, "192.168.1.10", "192.168.1.20", 17, b"\0\1\0\2\xff\xff\0\0")  # says that it is longer
    (tmp_path / "odd.pcap").write_bytes(recording.pcap())
    told = command("scan", "network", tmp_path / "odd.pcap", *QUICK)
    assert told.lines[-1]["units"]["malformed_packets"] == 1
    assert b"contradicts itself" in command("scan", "network", tmp_path / "odd.pcap").out


def test_findings_can_be_listed_shown_and_opened_afterwards(command, folder, tmp_path):
    [finding] = command("scan", "network", folder / "scan.pcap", *QUICK).by_rule
    assert finding["id"] in [line["id"] for line in command("findings", "list", "--format", "jsonl").lines]
    shown = command("findings", "show", finding["id"][:8])
    assert b"192.168.1.10" in shown.out
    target = tmp_path / "packets.pcapng"
    assert command("findings", "packets", finding["id"][:8], "--export", target).code == 0
    again = command("scan", "network", target, *QUICK)
    assert again.lines[-1]["units"]["packets"] == len(finding["records"])


def test_a_recording_that_is_replaced_by_its_own_beginning_is_said_to_break_off(command, folder):
    for share in (3, 5, 7):
        cut = PCAP["dns_tunnel"][: len(PCAP["dns_tunnel"]) // share]
        (folder / "growing.pcap").write_bytes(cut)
        told = command("scan", "network", folder / "growing.pcap", *QUICK)
        assert told.reasons("skipped") == {("growing.pcap", "capture_damaged")}


# --- blows --------------------------------------------------------------------------------------------------------
@pytest.fixture
def many(tmp_path) -> list[str]:
    """Work for some seconds; every fourth recording has a finding."""
    folder = tmp_path / "many"
    folder.mkdir()
    paths = []
    for number in range(160):
        paths.append(f"{folder}/{number:03}.pcap")
        Path(paths[-1]).write_bytes(PCAP["exfiltration"] if number % 4 == 0 else PCAP["quiet"])
    return paths


def read_until_findings(program: subprocess.Popen[bytes], number: int) -> list[dict]:
    lines: list[dict] = []
    while sum(line["type"] == "finding" for line in lines) < number:
        lines.append(json.loads(program.stdout.readline()))
    return lines


def read_rest(program: subprocess.Popen[bytes]) -> list[dict]:
    out = program.stdout.read()
    program.wait(PATIENCE_S)
    return [json.loads(line) for line in out.decode("utf-8").splitlines()]


def test_a_killed_worker_costs_one_recording_at_most(start, many, tmp_path):
    with start(*many) as program:
        lines = read_until_findings(program, 3)
        below = psutil.Process(program.pid).children(recursive=True)
        [worker] = [one for one in below if one.cmdline()[-1] == "network"]
        worker.kill()
        lines += read_rest(program)
        assert program.returncode == 1
    summary = lines[-1]
    assert summary["seen"] == summary["checked"] + summary["skipped"] == len(many)
    assert summary["skipped"] <= 1
    found = {line["source"] for line in lines if line["type"] == "finding"}
    assert len(set(many[::4]) - found) <= summary["skipped"]
    assert b'"restarted"' in (tmp_path / "stderr").read_bytes()


def test_ctrl_c_ends_with_130_and_every_recording_has_its_line(start, many, command):
    with start(*many) as program:
        lines = read_until_findings(program, 3)
        began = time.monotonic()
        os.killpg(program.pid, signal.SIGINT)  # as a terminal does: to everybody
        lines += read_rest(program)
        assert time.monotonic() - began < 10
        assert program.returncode == 130
    summary = lines[-1]
    assert summary["stopped"] is True
    assert summary["seen"] == summary["checked"] + summary["skipped"] == len(many)
    assert {line.get("source") for line in lines} >= set(many)
    shown = {line["id"] for line in lines if line["type"] == "finding"}
    assert {line["id"] for line in command("findings", "list", "--format", "jsonl").lines} == shown

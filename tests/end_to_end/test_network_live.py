"""Live traffic and open connections, with real programs that talk over a cable between two name spaces."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.live_places import FAR, NEAR, Cable, cable, need, nobody

ROOT = Path(__file__).resolve().parents[2]
LONG = "PLAINWATCH_LONG"
SERVERS = r"""
import http.server, socket, threading
def answer():
    asked = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    asked.bind(("{far}", 53))
    while True:
        data, who = asked.recvfrom(2000)
        end = data.index(b"\0", 12) + 5
        found = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\x5d\xb8\xd8\x22"
        asked.sendto(data[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + data[12:end] + found, who)
def agree():
    door = socket.create_server(("{far}", 4444))
    while True:
        visitor, _ = door.accept()
        visitor.recv(200)
        visitor.sendall(b"\x01fine\x02")
        visitor.close()
for work in (answer, agree):
    threading.Thread(target=work, daemon=True).start()
http.server.HTTPServer(("{far}", 80), http.server.SimpleHTTPRequestHandler).serve_forever()
"""
BEACON = r"""
import socket, time
for _ in range({beats}):
    with socket.create_connection(("{far}", 4444), 2) as door:
        door.sendall(b"\x01here\x02" * 8)
        door.recv(100)
    time.sleep({period})
"""


@pytest.fixture
def office(tmp_path) -> Iterator[Cable]:
    """Give a cable with servers at its far end."""
    need("curl", "dig", "nmap")
    with cable() as one:
        words = [*one.inside("far"), sys.executable, "-c", SERVERS.replace("{far}", FAR)]
        servers = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path)
        try:
            wait_for(lambda: one.run("near", "curl", "-s", "-o", "/dev/null", f"http://{FAR}/").returncode == 0)
            yield one
        finally:
            servers.kill()
            servers.wait()


def wait_for(is_so, patience_s: float = 30.0) -> None:
    ends = time.monotonic() + patience_s
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.1)


class Watching:
    """A live check on its way."""

    def __init__(self, program: subprocess.Popen[bytes]) -> None:
        self._program = program
        self.lines = [json.loads(program.stdout.readline())]  # started: the card is open from here

    def finish(self) -> int:
        out, _ = self._program.communicate(timeout=120)
        self.lines += [json.loads(line) for line in out.decode().splitlines()]
        return self._program.returncode

    @property
    def by_rule(self) -> list[dict]:
        return [line for line in self.lines if line["type"] == "finding" and line["found_by"] != "model"]


@contextmanager
def watching(office: Cable, folder: Path, *options: str) -> Iterator[Watching]:
    words = [*office.inside("near"), sys.executable, str(ROOT / "main.py"), "scan", "network", "--live", office.card]
    common = ["--format", "jsonl", "--quiet", "--data-folder", str(folder / "data")]
    with ExitStack() as stack:
        program = subprocess.Popen([*words, *common, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        stack.callback(program.wait)
        stack.callback(program.kill)
        yield Watching(program)


def command(tmp_path: Path, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[bytes]:
    words = [*before, sys.executable, str(ROOT / "main.py"), *arguments, "--data-folder", str(tmp_path / "data")]
    settings = os.environ | {"LANG": "C.UTF-8", "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(words, env=settings, capture_output=True, timeout=90, check=False)


def test_a_scan_is_found_and_everything_that_passed_is_kept_in_a_file(office, tmp_path):
    saved = tmp_path / "live.pcapng"
    with watching(office, tmp_path, "--seconds", "6", "--save", str(saved)) as watch:
        assert office.run("near", "dig", "+short", f"@{FAR}", "www.example.com").stdout.strip() == FAR.encode()
        assert office.run("near", "curl", "-s", f"http://{FAR}/").returncode == 0
        assert office.run("near", "nmap", "-n", "-Pn", "-p", "1-200", FAR).returncode == 0
        assert watch.finish() == 1
    [finding] = watch.by_rule
    assert (finding["reason"], finding["severity"], finding["source"]) == ("port_scan_vertical", "medium", office.card)
    assert finding["subject"]["name"] == NEAR
    units = watch.lines[-1]["units"]
    assert units["packets"] > 400
    again = command(tmp_path, "scan", "network", str(saved), "--format", "jsonl", "--quiet")
    told = [json.loads(line) for line in again.stdout.splitlines()]
    assert told[-1]["units"] == units
    assert "port_scan_vertical" in {line["reason"] for line in told if line["type"] == "finding"}


def test_ordinary_visits_raise_nothing(office, tmp_path):
    with watching(office, tmp_path, "--seconds", "4") as watch:
        for _ in range(3):
            office.run("near", "dig", "+short", f"@{FAR}", "www.example.com")
            office.run("near", "curl", "-s", f"http://{FAR}/")
        watch.finish()
    assert watch.by_rule == []
    assert watch.lines[-1]["units"]["packets"] > 20


@pytest.mark.skipif(not os.environ.get(LONG), reason=f"takes a minute; set {LONG}=1")
def test_a_program_that_reports_every_two_seconds_is_found(office, tmp_path):
    report = BEACON.format(far=FAR, beats=24, period=2)
    with watching(office, tmp_path, "--seconds", "52") as watch:
        assert office.run("near", sys.executable, "-c", report).returncode == 0
        assert watch.finish() == 1
    [finding] = watch.by_rule
    assert (finding["reason"], finding["severity"]) == ("beaconing", "medium")
    period = next(item["observed"] for item in finding["evidence"] if item["name"] == "period_s")
    assert 1.9 <= period <= 2.3


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that other accounts may enter, too; those of pytest are closed."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def test_somebody_without_rights_looks_at_connections(open_folder):
    with nobody() as before:
        told = command(
            open_folder, "scan", "network", "--connections", "--seconds", "2", "--format", "jsonl", before=before
        )
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.returncode in {0, 3}  # 3: other accounts have connections whose programs this one may not see
    assert lines[-1]["seen"] == lines[-1]["checked"] + lines[-1]["skipped"] == 1
    assert {line["reason"] for line in lines if line["type"] == "skipped"} <= {"programs_unknown"}
    assert "connections" in {line.get("source") for line in lines}


def test_somebody_without_rights_is_told_so_when_asking_for_live_traffic(open_folder):
    with nobody() as before:
        told = command(
            open_folder, "scan", "network", "--live", "lo", "--seconds", "1", "--language", "en", before=before
        )
    assert (told.returncode, told.stdout) == (2, b"")
    assert b"needs a right that you do not have here" in told.stderr


def test_a_data_folder_behind_a_closed_door_is_said_and_not_stumbled_over(tmp_path):
    tmp_path.chmod(0o700)
    with nobody() as before:
        told = command(tmp_path, "scan", "network", "--live", "lo", before=before)
        seen = command(tmp_path, "doctor", "--format", "jsonl", before=before)
    assert (told.returncode, b"cannot be written" in told.stderr) == (2, True)
    states = {line["name"]: line["state"] for line in map(json.loads, seen.stdout.splitlines())}
    assert (seen.returncode, states["data"]) == (3, "gap")

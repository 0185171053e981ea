"""Harmless stand-ins really run here: each is found and explained while it runs, and not any more once it is gone.

Programs of an ordinary day run before them and stay quiet. Takes more than a minute, because load has to last.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from detectors.autostart_change import AutostartChange
from detectors.contract.finding import Severity
from detectors.contract.programs import PlaceItem
from detectors.telemetry.known_places import compare_places, look_at_places
from tests.end_to_end.live_places import start_on_its_own
from tests.program_factories import programs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stand-ins for Linux")

ROOT = Path(__file__).parents[2]
LOOP = "while :; do :; done"
BUSY_S = 22.0
"""Longer than the first seconds in which any program may be busy."""
LOOK_S = 4
Lines = list[dict[str, Any]]


def look(seconds: int = LOOK_S, data: Path | None = None) -> Lines:
    """Scan what runs here, as a person would, and give the findings."""
    kept = ["--no-store"] if data is None else ["--data-folder", str(data)]
    how = ["--seconds", str(seconds), *kept, "--format", "jsonl", "--quiet"]
    command = [sys.executable, "main.py", "scan", "processes", *how]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=90, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode in (0, 1, 3), done.stderr.decode()
    assert lines[-1]["type"] == "summary", done.stderr.decode()
    return [line for line in lines if line["type"] == "finding"]


class StandIns:
    """What was started, and is ended by its own number."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: dict[str, subprocess.Popen[bytes] | psutil.Process] = {}
        self._sockets: list[socket.socket] = []

    def copy(self, name: str, of: str) -> Path:
        """Copy a tool under another name into the temporary folder."""
        tool = shutil.which(of)
        assert tool
        path = self.folder / name
        shutil.copy(os.path.realpath(tool), path)
        path.chmod(0o755)
        return path

    def start(self, name: str, command: list[str], **how: Any) -> None:
        """Start a stand-in."""
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.started[name] = subprocess.Popen(command, **quiet | how)

    def shell_on_loopback(self) -> None:
        """Start a shell whose streams are a connection of this computer with itself."""
        door = socket.create_server(("127.0.0.1", 0))
        near = socket.create_connection(door.getsockname())
        far, _ = door.accept()
        self._sockets += [door, far]
        self.start("shell", ["bash", "--norc", "-i"], stdin=near, stdout=near, stderr=near)
        near.close()

    def end(self) -> None:
        """End all of them."""
        for one in self.started.values():
            one.kill()
            one.wait(10)
        for one in self._sockets:
            one.close()

    def of(self, name: str, findings: Lines) -> Lines:
        """Choose the findings about one of them."""
        return [line for line in findings if line["subject"]["details"].get("pid") == self.started[name].pid]


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory) -> tuple[StandIns, Lines]:
    """Programs of an ordinary day at work, and a look at them."""
    at_work = StandIns(tmp_path_factory.mktemp("ordinary"))
    try:
        _start_ordinary_programs(at_work)
        time.sleep(BUSY_S)
        return at_work, look()
    finally:
        at_work.end()


@pytest.fixture(scope="module")
def looks(ordinary, tmp_path_factory) -> tuple[StandIns, Lines, Lines]:
    """Stand-ins, a look while they run, and one after."""
    stand_ins = StandIns(tmp_path_factory.mktemp("standins"))
    try:
        worker = stand_ins.copy("kworkerd", "dash" if shutil.which("dash") else "bash")
        stand_ins.started["worker"] = start_on_its_own(worker, "-c", LOOP)
        stand_ins.started["renamed"] = start_on_its_own(stand_ins.copy("updater7", "sleep"), "300")
        vanished = stand_ins.copy("helper", "sleep")
        stand_ins.started["vanished"] = start_on_its_own(vanished, "300")
        time.sleep(0.3)
        vanished.unlink()
        stand_ins.shell_on_loopback()
        time.sleep(BUSY_S)
        while_running = look()
    finally:
        stand_ins.end()
    return stand_ins, while_running, look()


def _start_ordinary_programs(stand_ins: StandIns) -> None:
    """An installed program under full load, a build, a backup, a child that is talked to through a local socket."""
    with open("/dev/zero", "rb") as film:
        stand_ins.start("video", ["gzip", "-9"], stdin=film)
    source = stand_ins.folder / "source"
    source.mkdir()
    for number in range(200):
        (source / f"part{number}.py").write_text(f"value = {number}\n" * 200)
    build = f"for i in $(seq 9999); do {sys.executable} -m compileall -qf {source}; done"
    stand_ins.start("build", ["sh", "-c", build])
    backup = f"for i in $(seq 9999); do cp -a {source} {stand_ins.folder}/backup-$i; sleep 1; done"
    stand_ins.start("backup", ["sh", "-c", backup])
    near, far = socket.socketpair()
    stand_ins.start("child", ["bash", "--norc"], stdin=near, stdout=near, stderr=near)
    stand_ins._sockets += [near, far]


def reasons(findings: Lines) -> set[str]:
    return {line["reason"] for line in findings}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("worker", "busy_stranger"),
        ("vanished", "deleted_program_running"),
        ("shell", "reverse_shell"),
    ],
)
def test_a_stand_in_is_found_and_explained(looks, name, reason):
    stand_ins, while_running, _ = looks
    found = [line for line in stand_ins.of(name, while_running) if line["reason"] == reason]
    assert found, while_running
    for line in found:
        assert line["explanation"]["headline"]
        assert line["explanation"]["what_to_do"]
        assert line["evidence"]


def test_a_renamed_tool_in_a_temporary_folder_is_found(looks):
    stand_ins, while_running, _ = looks
    found = [line for line in while_running if line["reason"] == "runs_from_temporary_place"]
    # one finding for a family and hour: the worker lies there too
    assert any(line["subject"]["name"].startswith(str(stand_ins.folder)) for line in found)


def test_ordinary_programs_stay_quiet(ordinary):
    at_work, findings = ordinary
    for name in ("video", "build", "backup", "child"):
        told = at_work.of(name, findings)
        assert [line for line in told if line["severity"] not in ("informational", "low")] == [], name
        assert not reasons(told) & {"busy_stranger", "reverse_shell", "mass_file_change", "deleted_program_running"}


def test_nothing_is_told_of_a_program_that_is_gone(looks):
    stand_ins, _, after = looks
    for name in stand_ins.started:
        assert stand_ins.of(name, after) == [], name


REWRITER = """
import os, pathlib, sys, time
time.sleep(11)
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.txt")):
    path.read_bytes()
    path.write_bytes(os.urandom(9000))
    path.rename(f"{path}.qqq")
    time.sleep(0.02)
time.sleep(60)
"""


@pytest.mark.alone  # a second look must come while the files change
def test_a_rewriter_of_its_own_files_is_found_and_named_in_a_watched_folder(tmp_path):
    documents, data, script = tmp_path / "documents", tmp_path / "data", tmp_path / "rewriter.py"
    for number in range(60):
        (documents / str(number % 3)).mkdir(parents=True, exist_ok=True)
        (documents / str(number % 3) / f"letter{number}.txt").write_text(f"Dear reader {number}\n" * 500)
    script.write_text(REWRITER)
    settings = [
        sys.executable,
        "main.py",
        "settings",
        "set",
        "watched_folders",
        str(documents),
        "--data-folder",
        str(data),
    ]
    subprocess.run(settings, cwd=ROOT, capture_output=True, timeout=60, check=True)
    rewriter = StandIns(tmp_path)
    try:
        rewriter.start("rewriter", [sys.executable, str(script), str(documents)])
        found = [line for line in look(16, data) if line["reason"] == "mass_file_change"]
    finally:
        rewriter.end()
    assert rewriter.of("rewriter", found), found
    evidence = {one["name"]: one["observed"] for one in rewriter.of("rewriter", found)[0]["evidence"]}
    assert rewriter.of("rewriter", found)[0]["severity"] == "high"
    assert evidence["new_ending"] == "qqq"
    assert evidence["turned_to_noise"] == 60


def test_a_line_of_cron_in_a_scratch_root_is_found_and_no_more_once_it_is_gone(tmp_path):
    table = tmp_path / "etc" / "crontab"
    table.parent.mkdir()
    table.write_text("17 * * * * root run-parts /etc/cron.hourly\n")

    def found_since(before: tuple[PlaceItem, ...]) -> list[str]:
        changes = compare_places(before, look_at_places(str(tmp_path), "linux"), time.time(), str(tmp_path))
        stretch = programs(system="linux", place_changes=tuple(changes), is_recording=False)
        return [one.subject.name for one in AutostartChange().detect(stretch) if one.severity >= Severity.MEDIUM]

    first = look_at_places(str(tmp_path), "linux")
    table.write_text(table.read_text() + "* * * * * root /dev/shm/.x/run\n")
    assert found_since(first) == ["/etc/crontab"]
    second = look_at_places(str(tmp_path), "linux")
    assert found_since(second) == []
    table.write_text("17 * * * * root run-parts /etc/cron.hourly\n")
    assert found_since(second) == []

"""Recordings of behaviour go the whole way of a recording: each shows its reason, and its harmless twin stays quiet."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest

from detectors.autostart_change import AutostartChange
from detectors.busy_stranger import BusyStranger
from detectors.contract.detector import Detector
from detectors.contract.finding import Finding, Severity
from detectors.deleted_program_running import DeletedProgramRunning
from detectors.discovery_burst import DiscoveryBurst
from detectors.mass_file_change import MassFileChange
from detectors.new_account_or_key import NewAccountOrKey
from detectors.new_listener import NewListener
from detectors.reverse_shell import ReverseShell
from detectors.telemetry.program_recording import RecordingReader

T0 = 1_767_600_000.0
DETECTORS: tuple[type[Detector], ...] = (
    AutostartChange, BusyStranger, DeletedProgramRunning, DiscoveryBurst, MassFileChange, NewAccountOrKey, NewListener,
    ReverseShell,
)  # fmt: skip
Rows = Iterator[dict[str, object]]


def start(pid: int, exe: str, command: str | None = None, *, parent: int = 10, at: float = 0.0, **facts: object):
    name = exe.rpartition("/")[2]
    made = {
        "t": T0 + at,
        "os": "linux",
        "host": "pc",
        "pid": pid,
        "ppid": parent,
        "name": name,
        "exe": exe,
        "cmdline": command or exe,
    }
    return made | facts


def about(kind: str, at: float, **facts: object):
    return {"kind": kind, "t": T0 + at, "host": "pc"} | facts


def session() -> Rows:
    """A signed-in person with a shell."""
    yield start(1, "/usr/lib/systemd/systemd", parent=0, at=-900)
    yield start(9, "/usr/sbin/sshd", parent=1, at=-800)
    yield start(10, "/usr/bin/bash", "-bash", parent=9, at=-700)


def call(pid: int, at: float, *, near: int = 50_123, far: int = 443, out: bool = True):
    return about(
        "connection",
        at,
        pid=pid,
        proto="tcp",
        laddr="192.168.1.9",
        lport=near,
        raddr="203.0.113.7",
        rport=far,
        state="ESTABLISHED",
        out=out,
    )


def door(pid: int, at: float, port: int, address: str = "0.0.0.0"):
    return about("connection", at, pid=pid, proto="tcp", laddr=address, lport=port, state="LISTEN")


def at_work(pid: int, minutes: int, share: float = 0.95, moved_s: int = 0, idle_s: float | None = None) -> Rows:
    for minute in range(minutes + 1):
        seconds = 60.0 * minute
        yield about(
            "sample",
            seconds + 1,
            pid=pid,
            cpu_s=seconds * share,
            read_bytes=int(seconds * moved_s),
            written_bytes=int(seconds * moved_s),
            idle_user_s=idle_s,
        )


def busy_stranger() -> Rows:
    yield start(20, "/tmp/.font-cache/kworkerd")
    yield call(20, 5, far=14_444)
    yield from at_work(20, 30)


def video_export() -> Rows:
    yield start(20, "/usr/bin/ffmpeg", "ffmpeg -i a.mov a.mp4")
    yield from at_work(20, 120, share=7.5, moved_s=3_000_000)
    yield start(21, "/usr/libexec/tracker-miner-fs-3", parent=1)
    yield from at_work(21, 120, idle_s=4_000.0)


def reverse_shell() -> Rows:
    yield start(20, "/usr/bin/python3", "python3 job.py")
    yield start(21, "/usr/bin/bash", "bash -i", parent=20, at=1, streams=["socket"] * 3)
    yield call(21, 2, far=4_444)


def remote_work() -> Rows:
    yield start(20, "/usr/sbin/sshd", "sshd: maria@notty", parent=9)
    yield start(21, "/usr/bin/bash", "bash -c git-upload-pack x", parent=20, at=1, streams=["local"] * 3)
    yield call(20, 2, near=22, far=50_001, out=False)
    yield start(22, "/usr/bin/rsync", "rsync --server . /srv", parent=20, at=3, streams=["local", "local", "pipe"])


def deleted_program() -> Rows:
    yield start(20, "/dev/shm/x", deleted=True)


def upgraded_service() -> Rows:
    yield start(20, "/usr/bin/dpkg", "dpkg --configure -a")
    yield start(21, "/usr/sbin/cupsd", parent=1, deleted=True)
    yield start(22, "/usr/lib/firefox/firefox", parent=1, deleted=True)


def new_listener() -> Rows:
    yield start(20, "/tmp/serve")
    yield door(20, 1, 4_444)


def ordinary_listeners() -> Rows:
    yield start(20, "/usr/sbin/nginx", parent=1)
    yield door(20, 1, 80)
    yield start(21, "/home/m/work/.venv/bin/notes")
    yield door(21, 1, 8_888, "127.0.0.1")


def mass_file_change() -> Rows:
    yield start(20, "/home/m/invoice", parent=10)
    yield about("sample", 1, pid=20, cpu_s=0.1, read_bytes=0, written_bytes=0)
    for number in range(60):
        path = f"/home/m/Documents/{number % 6}/letter{number}.txt"
        yield about("file", 2 + number / 3, path=path, change="modified", entropy=7.98, entropy_before=4.4, size=30_000)
        yield about("file", 2.1 + number / 3, path=path, change="renamed", to=path + ".qqq")
    yield about("sample", 30, pid=20, cpu_s=3.0, read_bytes=1_800_000, written_bytes=1_800_000)


def photo_import_and_backup() -> Rows:
    yield start(20, "/usr/bin/shotwell")
    for number in range(400):
        yield about(
            "file",
            number / 20,
            path=f"/home/m/Pictures/{number % 9}/{number}.jpg",
            change="created",
            entropy=7.97,
            size=4_000_000,
        )
    yield start(21, "/usr/bin/restic", "restic backup /home", at=100)
    for number in range(400):
        yield about(
            "file",
            100 + number / 20,
            path=f"/mnt/usb/data/{number % 9}/{number:08x}",
            change="created",
            entropy=7.99,
            size=4_000_000,
        )


def autostart_change() -> Rows:
    yield about(
        "place",
        1,
        place="cron",
        item="/var/spool/cron/crontabs/maria",
        change="modified",
        starts="*/9 * * * * /dev/shm/.x",
    )


def package_install() -> Rows:
    yield start(20, "/usr/bin/apt-get", "apt-get install notes")
    yield start(21, "/usr/bin/dpkg", "dpkg --unpack notes.deb", parent=20, at=2)
    yield about(
        "place", 3, place="systemd", item="/lib/systemd/system/notes.service", change="created", starts="/usr/bin/notes"
    )
    yield about("place", 3, place="cron", item="/etc/cron.daily/notes", change="created")
    yield about("place", 3, place="account", item="_notes", change="created", starts="/usr/sbin/nologin")
    yield about("place", 3, place="group", item="notes", change="created")


def new_account() -> Rows:
    yield start(20, "/usr/sbin/useradd", "useradd -m helper")
    yield about("place", 1, place="account", item="helper", change="created")
    yield about("place", 2, place="ssh_key", item="/root/.ssh/authorized_keys", change="modified")


def discovery_burst() -> Rows:
    yield start(20, "/tmp/setup")
    for number, command in enumerate(("id", "cat /etc/passwd", "sudo -l", "ss -tlnp", "uname -a", "ps aux")):
        yield start(30 + number, f"/usr/bin/{command.split()[0]}", command, parent=20, at=5 + number)


def login_script_and_build() -> Rows:
    yield start(20, "/usr/bin/run-parts", "run-parts /etc/update-motd.d", parent=9)
    yield start(40, "/usr/bin/dash", "/bin/sh ./configure", parent=10, at=60)
    yield start(41, "/usr/bin/make", "make -j4", parent=10, at=60)
    for number, command in enumerate(("id", "cat /etc/passwd", "df -h", "ip addr", "uname -a", "ps aux", "getenforce")):
        exe = f"/usr/bin/{command.split()[0]}"
        yield start(50 + number, exe, command, parent=20, at=5 + number)
        yield start(70 + number, exe, command, parent=41, at=65 + number)


PAIRS = {
    "busy_stranger": (busy_stranger, video_export),
    "reverse_shell": (reverse_shell, remote_work),
    "deleted_program_running": (deleted_program, upgraded_service),
    "new_listener": (new_listener, ordinary_listeners),
    "mass_file_change": (mass_file_change, photo_import_and_backup),
    "autostart_change": (autostart_change, package_install),
    "new_account_or_key": (new_account, package_install),
    "discovery_burst": (discovery_burst, login_script_and_build),
}


def check(play) -> list[Finding]:
    """Read a recording as the worker does, and ask all detectors of behaviour."""
    rows = [*session(), *play()]
    stream = io.BytesIO(b"".join(json.dumps(row).encode() + b"\n" for row in rows))
    reader = RecordingReader("a.jsonl")
    found = [one for part in reader.read(stream) for kind in DETECTORS for one in kind().detect(part)]
    assert reader.skipped() == []
    return found


@pytest.mark.parametrize("reason", PAIRS)
def test_a_recording_shows_its_reason_with_lines_and_times_of_the_recording(reason):
    found = [one for one in check(PAIRS[reason][0]) if one.reason == reason]
    assert found
    assert max(one.severity for one in found) >= Severity.MEDIUM
    for finding in found:
        assert finding.records
        assert T0 - 900 <= finding.first_seen_at.timestamp() <= finding.last_seen_at.timestamp() <= T0 + 7_300
        assert finding.identity[:2] == ("a.jsonl", "pc")


@pytest.mark.parametrize("reason", PAIRS)
def test_its_harmless_twin_stays_quiet(reason):
    assert [(one.reason, one.subject.name) for one in check(PAIRS[reason][1])] == []


def test_the_rewriter_is_named_by_what_it_wrote():
    (found,) = (one for one in check(mass_file_change) if one.reason == "mass_file_change")
    assert found.subject.name == "/home/m/invoice"
    assert found.severity == Severity.HIGH


def test_the_same_recording_gives_the_same_findings():
    assert [check(play) for play, _ in PAIRS.values()] == [check(play) for play, _ in PAIRS.values()]

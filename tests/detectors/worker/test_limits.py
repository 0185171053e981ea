"""What a parser may no longer do once the door is locked, seen from inside a real one."""

from __future__ import annotations

import errno
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from detectors.worker import landlock, limits, seccomp, wire
from tests.detectors.worker.test_parent import COMMAND, LINUX, batches, check, fill

ROOT = str(Path(__file__).parents[3])
HAS_LANDLOCK = sys.platform == "linux" and landlock._libc().syscall(landlock._CREATE_RULESET, None, 0, 1) > 0
CAN_FILTER = sys.platform == "linux" and platform.machine() in {"x86_64", "aarch64"}


def run(code: str) -> str:
    """Run lines in a fresh process, because limits are for good; return what it prints."""
    start = f"import sys; sys.path.insert(0, {ROOT!r})\n"
    done = subprocess.run([sys.executable, "-c", start + code], capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(not (HAS_LANDLOCK and CAN_FILTER), reason="this kernel cannot lock the door")
def test_a_locked_in_parser_can_neither_write_nor_call_nor_start_nor_look_elsewhere(tmp_path):
    deeds = ["chmod", "connect", "fork", "kill", "read", "run", "write"]
    reports = check(fill(tmp_path, **{deed: f"please {deed}" for deed in deeds}))
    [ready] = [report for report in reports if isinstance(report, wire.WorkerReady)]
    outcome = {Path(one.subject.name).name: one.reason for batch in batches(reports) for one in batch.findings}
    assert ready.isolation == "limits+seccomp+landlock"
    assert outcome == {deed: f"refused_{errno.EACCES if deed == 'read' else errno.EPERM}" for deed in deeds}
    assert not os.path.exists("/tmp/plainwatch-must-not-exist")


@pytest.mark.skipif(not CAN_FILTER, reason="no filter on this machine")
def test_the_filter_alone_holds_and_threads_still_start(tmp_path):
    target = tmp_path / "target"
    target.write_text("before")
    said = run(f"""
import os, socket, threading
from detectors.worker.seccomp import refuse_dangerous_calls
held = refuse_dangerous_calls()
def attempt(deed):
    try:
        deed()
    except OSError as error:
        return error.errno
    return 0
tried = [
    lambda: os.open({str(target)!r}, os.O_WRONLY),
    lambda: os.open({str(target)!r}, os.O_RDWR),
    lambda: os.open({str(target)!r}, os.O_RDONLY | os.O_TRUNC),
    lambda: os.unlink({str(target)!r}),
    lambda: os.rename({str(target)!r}, {str(target)!r} + "2"),
    lambda: os.utime({str(target)!r}, (0, 0)),
    lambda: os.chmod({str(target)!r}, 0),
    lambda: socket.socket(),
    lambda: os.execv("/bin/true", ["true"]),
    lambda: os.fork(),
    lambda: os.kill(os.getppid(), 0),
]
ran = []
thread = threading.Thread(target=lambda: ran.append(attempt(lambda: socket.socket())))
thread.start(); thread.join()
kept = [lambda: os.close(os.open({str(target)!r}, os.O_RDONLY)), lambda: os.kill(os.getpid(), 0), lambda: bytes(50_000_000)]
print(held, {{attempt(deed) for deed in tried}}, ran, {{attempt(deed) for deed in kept}})
""")
    assert said == f"True {{{errno.EPERM}}} [{errno.EPERM}] {{0}}"
    assert target.read_text() == "before"


@pytest.mark.skipif(not HAS_LANDLOCK, reason="no Landlock in this kernel")
def test_the_opener_may_write_only_where_rules_are_kept(tmp_path):
    (tmp_path / "cache").mkdir()
    said = run(f"""
from pathlib import Path
from detectors.worker.landlock import keep_reading_only
folder = Path({str(tmp_path)!r})
print(keep_reading_only([folder / "cache", folder / "missing"]))
(folder / "cache/rules").write_text("x")
Path("/dev/null").write_text("x")
for deed in (lambda: (folder / "other").write_text("x"), lambda: (folder / "cache").rename(folder / "moved")):
    try:
        deed()
    except PermissionError:
        print("refused")
""")
    assert said.split() == ["True", "refused", "refused"]
    assert (tmp_path / "cache/rules").read_text() == "x"


@pytest.mark.parametrize("system", ["darwin", "win32", "freebsd"])
def test_elsewhere_the_door_stays_open_and_that_is_said(monkeypatch, system):
    monkeypatch.setattr(sys, "platform", system)
    assert limits.lock_in() == ""


def test_an_unknown_machine_gets_no_filter(monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "riscv128")
    assert seccomp.refuse_dangerous_calls() is False


@LINUX
def test_an_old_kernel_is_no_failure(monkeypatch):
    monkeypatch.setattr(landlock, "_CREATE_RULESET", 100_000)  # no such call: what a kernel without Landlock answers
    assert landlock.keep_only_python_readable() is False


@pytest.mark.parametrize("column", [0, 1])
def test_no_two_calls_of_one_machine_share_a_number(column):
    tables = [*seccomp._REFUSED.values(), *seccomp._UNKNOWN.values(), *seccomp._TO_OTHERS.values(), seccomp._CLONE]
    tables += [numbers for numbers, _ in seccomp._OPENING.values()]
    numbers = [pair[column] for pair in tables if pair[column] is not None]
    assert len(numbers) == len(set(numbers))


@LINUX
def test_memory_and_core_dumps_are_limited():
    said = run("""
import resource
from detectors.worker.limits import apply_limits
print(apply_limits(memory_bytes=300_000_000, cpu_s=7))
print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CORE)[0], resource.getrlimit(resource.RLIMIT_CPU)[0])
try:
    bytes(400_000_000)
except MemoryError:
    print("refused")
""")
    assert said.split() == ["limits", "300000000", "0", "7", "refused"]


def test_an_unknown_role_is_refused():
    done = subprocess.run([*COMMAND, "emperor"], stdin=subprocess.DEVNULL, check=False, timeout=30)
    assert done.returncode == 2


@LINUX
def test_who_watches_programs_still_sees_their_files_when_locked_in():
    said = run("""
import os
from detectors.worker.seccomp import refuse_dangerous_calls
held = refuse_dangerous_calls()
other = os.getppid()
print(held, bool(os.readlink(f"/proc/{other}/exe")), bool(os.listdir(f"/proc/{other}/fd")))
""")
    assert said.split() == ["True", "True", "True"]

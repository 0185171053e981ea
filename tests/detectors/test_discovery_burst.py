"""Somebody looks around, and those who look around every day."""

from __future__ import annotations

import pytest

from detectors.contract.finding import Severity
from detectors.discovery_burst import DiscoveryBurst
from tests.program_factories import NOW_S, chain, program, programs

WINDOWS = ("whoami", "net user", "net view /domain", "ipconfig /all", "systeminfo", "tasklist")
LINUX = ("id", "cat /etc/passwd", "sudo -l", "ss -tln", "uname -a", "ps aux")


def asked(commands, parent, every_s=5.0):
    ending = ".exe" if parent.system == "windows" else ""
    return [
        program(command.split()[0] + ending, command=command, parent=parent, started_s=NOW_S + 100 + every_s * number)
        for number, command in enumerate(commands)
    ]


def severities(starts, **facts):
    return [found.severity for found in DiscoveryBurst().detect(programs(*starts, **facts))]


def test_many_different_questions_are_to_be_looked_at():
    shell = chain("explorer.exe", "payload.exe", "cmd.exe")
    (found,) = DiscoveryBurst().detect(programs(*asked(WINDOWS, shell)))
    assert found.severity == Severity.MEDIUM
    evidence = {item.name: item.observed for item in found.evidence}
    assert evidence["questions"] == 6
    assert evidence["topics"] == ["accounts", "domain", "network", "programs", "system", "who"]
    assert evidence["window_s"] == 25
    assert len(found.records) == 6
    assert {"T1033", "T1016", "T1082"} <= set(found.techniques)


def test_so_they_are_on_linux():
    assert severities(asked(LINUX, chain("systemd", "bash"))) == [Severity.MEDIUM]


def test_below_a_web_server_fewer_are_enough():
    shell = chain("systemd", "apache2", "sh", user="www-data")
    assert severities(asked(("id", "uname -a", "ps aux", "df -h"), shell)) == [Severity.MEDIUM]


def test_harmless_questions_of_a_person_are_good_to_know_at_most():
    shell = chain("explorer.exe", "cmd.exe")
    assert severities(asked(("ipconfig", "hostname", "tasklist", "whoami"), shell)) == [Severity.LOW]
    assert severities(asked(("ipconfig", "hostname", "tasklist"), shell)) == []


def test_the_same_question_again_and_again_is_one():
    assert severities(asked(("ipconfig",) * 50, chain("explorer.exe", "cmd.exe"))) == []


def test_questions_over_an_hour_are_no_burst():
    assert severities(asked(WINDOWS, chain("explorer.exe", "cmd.exe"), every_s=600.0)) == []


def test_an_installed_agent_may_ask():
    agent = program("inventory.exe", path="C:\\Program Files\\Inventory\\inventory.exe", parent=program("services.exe"))
    assert severities(asked(WINDOWS, program("cmd.exe", parent=agent))) == []


def test_an_agent_in_a_temporary_folder_may_not():
    agent = program("inventory.exe", path="C:\\Windows\\Temp\\inventory.exe", parent=program("services.exe"))
    assert severities(asked(WINDOWS, program("cmd.exe", parent=agent))) == [Severity.MEDIUM]


@pytest.mark.parametrize("name", ["run-parts", "lynis", "make", "apt-get"])
def test_login_scripts_audits_builds_and_installs_may_ask(name):
    assert severities(asked(LINUX, chain("systemd", "bash", name, "sh"))) == []


def test_a_help_desk_script_of_the_house_may_ask():
    script = program("bash", command="bash /usr/local/bin/help-desk", parent=program("bash"))
    assert severities(asked(LINUX, script)) == []


def test_diagnostics_of_windows_may_ask():
    assert severities(asked(WINDOWS, chain("svchost.exe", "sdiagnhost.exe", "cmd.exe"))) == []


def test_questions_without_a_time_are_not_counted():
    shell = chain("explorer.exe", "cmd.exe")
    assert severities([program("x.exe", command=one, parent=shell, started_s=None) for one in WINDOWS]) == []

"""Command lines over bare connections are found; telnet, ssh, mail and greetings of other services stay quiet."""

from __future__ import annotations

import pytest

from detectors.contract.finding import Severity
from detectors.remote_shell import RemoteShell
from tests.traffic_factories import (
    FAR,
    HOME,
    alarms_of,
    facts_of,
    make_flows,
    make_opening,
    make_sign,
    make_traffic,
)

GREETING = b"Microsoft Windows " + b"[Version 10.0.19045]\r\n(c) all rights\r\n\r\nC:\\Users\\m>"
WHO = b"uid=0(root) " + b"gid=0(root)\n"


def judge(*openings, signs=(), **flow):
    flows = make_flows(1, **({"service": "", "server_port": 4_444} | flow))
    return alarms_of(RemoteShell(), make_traffic(flows, openings=list(openings), signs=list(signs)))


@pytest.mark.parametrize(
    "greeting", [GREETING, WHO, b"\r\nC:\\WINNT\\system32" + b">", b"sh-4." + b"2$ ", b"PS C:\\Temp" + b"> "]
)
def test_a_command_line_is_found_on_either_side(greeting):
    (finding,) = judge(make_opening(b"", greeting))
    assert (finding.subject.name, facts_of(finding)["other_side"]) == (FAR, HOME)
    (finding,) = judge(make_opening(greeting, b""))
    assert (finding.subject.name, facts_of(finding)["other_side"]) == (HOME, FAR)
    assert finding.severity == Severity.HIGH


def test_a_command_and_its_answer_are_found():
    (finding,) = judge(make_opening(b"listing.txt\nnotes.txt\n", b"ls\n"))
    assert finding.subject.name == HOME
    assert "sign_command_and_answer" in facts_of(finding)


@pytest.mark.parametrize(
    "order", [b"python3 -c import pty\n", b"cd /tmp\n", b"/bin/sh -i\n", b"ls -la /\n", b"sudo -l\n", b"cat /var/x\n"]
)
def test_first_orders_of_a_stranger_are_found_with_a_bare_prompt(order):
    (finding,) = judge(make_opening(b"$ ", order))
    assert finding.subject.name == HOME


def test_a_prompt_in_the_middle_is_found():
    (finding,) = judge(signs=[make_sign("shell_prompt", record=77)])
    assert finding.records == (77,)


@pytest.mark.parametrize(
    "flow",
    [
        {"server_port": 23},
        {"server_port": 22},
        {"service": "telnet"},
        {"service": "smtp"},
        {"service": "ftp", "server_port": 21},
        {"protocol": 17},
    ],
)
def test_services_made_for_it_or_full_of_words_stay_quiet(flow):
    assert judge(make_opening(b"", GREETING), signs=[make_sign("shell_prompt")], **flow) == []


def test_the_same_words_behind_a_beginning_stay_quiet():
    assert judge(make_opening(b"Subject: help\r\n\r\n" + GREETING, b"220 hello\r\n")) == []
    assert judge(make_opening(b"id\n", b"\x00\x8f\x9a\xff" * 20)) == []
    assert judge(make_opening(b"ls\n", b"")) == []
    assert judge() == []

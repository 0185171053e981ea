"""A shell worked from the network, and what merely looks like one."""

from __future__ import annotations

import pytest

from detectors.contract.finding import Severity
from detectors.reverse_shell import ReverseShell
from tests.program_factories import chain, connection, listener, program, programs

SOCKETS = ("socket", "socket", "socket")
HERE = {"far": "127.0.0.1", "near": "127.0.0.1"}


def findings(*starts, **facts):
    return list(ReverseShell().detect(programs(*starts, **facts)))


def shell(*above: str, name: str = "bash", line=None, streams=SOCKETS, **facts):
    lines = () if line is None else (line,)
    return chain(*above, name, streams=streams, connections=lines, **facts)


def test_a_shell_on_a_connection_to_elsewhere_is_serious():
    (found,) = findings(shell("systemd", "python3", line=connection(), arguments=("bash", "-i")))
    assert found.severity == Severity.HIGH
    assert found.evidence[0].name == "sign_streams_on_socket"
    assert found.evidence[1].observed == "203.0.113.7:443"
    assert found.techniques[0] == "T1059.004"


def test_a_shell_on_a_loopback_connection_is_to_be_looked_at():
    (found,) = findings(shell("bash", "python3", line=connection(**HERE)))
    assert found.severity == Severity.MEDIUM


def test_one_that_outlived_its_starter_is_found_below_the_first_program():
    assert findings(shell("systemd", line=connection()))


def test_an_interpreter_on_a_connection_is_found_too():
    assert findings(shell("bash", name="python3", line=connection()))


def test_a_session_over_ssh_is_let_be():
    line = connection(near_port=22, far_port=50_000, is_outgoing=None)
    assert findings(shell("systemd", "sshd", line=line)) == []
    assert findings(shell("systemd", "sshd", streams=("local", "local", "local"))) == []


def test_a_service_that_answers_callers_is_let_be():
    line = connection(near_port=4_000, far_port=50_000, is_outgoing=None)
    served = shell("systemd", line=line)
    assert findings(served, listeners=((served.parent, listener(4_000)),)) == []


def test_a_false_ssh_server_is_no_excuse():
    above = program("sshd", path="/tmp/sshd")
    served = program("sh", parent=above, streams=SOCKETS, connections=(connection(is_outgoing=False),))
    assert findings(served)


@pytest.mark.parametrize("streams", [("local",) * 3, ("pipe",) * 3, ("null", "local", "local"), ("terminal",) * 3])
def test_a_child_that_is_talked_to_inside_the_computer_is_let_be(streams):
    assert findings(shell("systemd", "node", streams=streams, arguments=("bash", "-c", "ls"))) == []


def test_a_script_that_asks_whether_a_door_is_open_is_let_be():
    assert findings(shell("bash", line=connection(), streams=("terminal", "terminal", "terminal"))) == []


def relay(name: str, **child):
    above = program(name, parent=program("bash"), connections=(connection(),))
    return program("sh", parent=above, **child)


def test_a_waiting_shell_below_a_relay_is_found():
    (found,) = findings(relay("ncat", streams=("pipe",) * 3, arguments=("/bin/sh",)))
    assert found.severity == Severity.HIGH
    assert found.evidence[0].name == "sign_shell_below_connection"


def test_a_waiting_shell_that_a_calling_script_feeds_is_found():
    assert findings(relay("python3", streams=("pipe",) * 3, arguments=("/bin/sh", "-i")))


def test_on_windows_where_streams_are_unknown_it_is_to_be_looked_at():
    above = program("python.exe", connections=(connection(),))
    (found,) = findings(program("cmd.exe", parent=above, command='"C:\\Windows\\System32\\cmd.exe"'))
    assert found.severity == Severity.MEDIUM


def test_one_command_of_a_program_with_a_connection_is_let_be():
    assert findings(relay("python3", streams=("pipe",) * 3, arguments=("sh", "-c", "git status"))) == []


def test_a_terminal_below_a_program_with_a_connection_is_let_be():
    assert findings(relay("python3", streams=("terminal",) * 3, arguments=("bash",))) == []


def test_windows_own_shell_may_fetch_things():
    assert findings(program("powershell.exe", connections=(connection(),), command="powershell")) == []


def test_a_shell_with_a_connection_in_a_recording_without_streams_is_found():
    assert findings(shell("systemd", "python3", streams=None, line=connection(), command="bash -i"))
    assert findings(shell("systemd", "python3", streams=None, line=connection(), command="bash wait.sh")) == []


def test_odd_numbers_of_doors_raise_nothing():
    line = connection(near_port=None, far_port=None, is_outgoing=None)
    assert findings(shell("systemd", line=line))

"""Open sockets become traffic without packets: who called whom, and for which program."""

from __future__ import annotations

import socket
from types import SimpleNamespace

import psutil
import pytest

from detectors.telemetry import connections
from detectors.telemetry.connections import ConnectionLog

HERE, SERVER, VISITOR = "192.168.1.10", "93.184.216.34", "192.168.1.77"


def end(address: str, port: int) -> SimpleNamespace:
    return SimpleNamespace(ip=address, port=port)


def one(near, far=None, *, status=psutil.CONN_ESTABLISHED, pid=7, kind=socket.SOCK_STREAM) -> SimpleNamespace:
    return SimpleNamespace(laddr=near, raddr=far or (), status=status, pid=pid, type=kind)


LISTENS = one(end("::", 22), status=psutil.CONN_LISTEN, pid=8)
CALLS = one(end(HERE, 50_000), end(SERVER, 443))


@pytest.fixture
def looks(monkeypatch):
    """Say what the system shows at each look."""
    shown: list[list[SimpleNamespace]] = []

    class Program:
        def __init__(self, pid: int) -> None:
            if pid == 404:
                raise psutil.NoSuchProcess(pid)
            self.pid = pid

        def name(self) -> str:
            return {7: "browser", 8: "sshd"}[self.pid]

    monkeypatch.setattr(connections.psutil, "net_connections", lambda _: shown.pop(0))
    monkeypatch.setattr(connections.psutil, "Process", Program)
    return shown


def watch(looks, *shown) -> ConnectionLog:
    looks[:] = [list(look) for look in shown]
    log = ConnectionLog("connections")
    for second in range(len(shown)):
        log.look(1_700_000_000.0 + second)
    return log


def table(log: ConnectionLog) -> list[tuple]:
    traffic = log.traffic()
    flows = traffic.flows
    return [
        (
            *traffic.ends(row),
            int(flows.server_port[row]),
            float(flows.duration_s[row]),
            traffic.programs[flows.program[row]],
        )
        for row in range(len(flows))
    ]


def test_a_connection_that_stays_open_is_one_flow_with_its_program(looks):
    log = watch(looks, [CALLS], [CALLS], [CALLS], [])
    assert table(log) == [(HERE, SERVER, 443, 2.0, "browser")]
    traffic = log.traffic()
    assert (traffic.has_packets, traffic.is_recording, traffic.counts.flows) == (False, False, 1)


def test_who_called_is_told_by_what_listens(looks):
    visit = one(end(f"::ffff:{HERE}", 22), end(f"::ffff:{VISITOR}", 40_000), pid=8)
    assert table(watch(looks, [LISTENS, visit])) == [(VISITOR, HERE, 22, 0.0, "sshd")]


def test_open_doors_are_told_but_not_those_that_only_this_computer_reaches(looks):
    inward = one(end("127.0.0.1", 631), status=psutil.CONN_LISTEN)
    rows = list(watch(looks, [LISTENS, inward]).listeners())
    assert [(row.host, row.port, row.program, row.is_listener, row.minute % 60) for row in rows] == [
        ("::", 22, "sshd", True, 0)
    ]


def test_talk_with_itself_and_what_is_over_are_left_out(looks):
    to_itself = one(end("127.0.0.1", 5000), end("127.0.0.1", 5001))
    over = one(end(HERE, 50_001), end(SERVER, 443), status=psutil.CONN_TIME_WAIT, pid=None)
    log = watch(looks, [to_itself, over])
    assert (table(log), log.without_program) == ([], 0)


def test_connections_of_others_are_counted_and_have_no_program(looks):
    log = watch(
        looks, [one(end(HERE, 50_002), end(SERVER, 80), pid=None), one(end(HERE, 50_003), end(SERVER, 80), pid=404)]
    )
    assert [row[-1] for row in table(log)] == ["", ""]
    assert log.without_program == 1


def test_there_is_an_end_to_what_is_kept_and_it_is_counted(looks, monkeypatch):
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 3)
    log = watch(looks, [one(end(HERE, port), end(SERVER, 80)) for port in range(5)])
    assert (len(table(log)), log.traffic().counts.records_dropped) == (3, 2)


def test_where_the_system_shows_only_our_own_the_own_ones_are_told(monkeypatch):
    def refuse(_kind):
        raise psutil.AccessDenied

    class Ours:
        pid = 7

        def net_connections(self, _kind):
            return [CALLS]

    class Theirs:
        pid = 1

        def net_connections(self, _kind):
            raise psutil.AccessDenied

    monkeypatch.setattr(connections.psutil, "net_connections", refuse)
    monkeypatch.setattr(connections.psutil, "process_iter", lambda: [Theirs(), Ours()])
    log = ConnectionLog("connections")
    log.look(0.0)
    assert [row[:3] for row in table(log)] == [(HERE, SERVER, 443)]


def test_a_real_connection_of_this_computer_is_seen():
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = [one for one in connections._open_sockets() if one.laddr and one.laddr.port == server.getsockname()[1]]
    assert [one.status for one in found] == [psutil.CONN_LISTEN]

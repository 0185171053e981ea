"""Sockets are listed by asking and by reading, and both say the same."""

from __future__ import annotations

import socket
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.telemetry import socket_tables, sockets_linux
from detectors.telemetry.process_source import Socket
from detectors.telemetry.socket_tables import AskedTables, SocketRow, TextTables, open_tables, parse_row
from detectors.telemetry.sockets_linux import SocketOwners
from tests.program_factories import program

LINE = b"   1: 0200000A:C350 0100000A:01BB 01 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000 20"
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="/proc and netlink are Linux")


def test_a_line_of_text_is_taken_apart():
    if sys.byteorder == "little":
        assert parse_row(LINE, "tcp") == SocketRow(4711, "tcp", "10.0.0.2", 50_000, "10.0.0.1", 443, False)
    listens = LINE.replace(b"0100000A:01BB 01", b"00000000:0000 0A")
    assert parse_row(listens, "tcp").is_listener
    assert parse_row(LINE.replace(b":01BB 01", b":01BB 06"), "tcp") is None
    assert parse_row(LINE.replace(b"4711", b"0"), "tcp") is None
    assert parse_row(LINE.replace(b":01BB 01", b":0000 07"), "udp").is_listener


@given(st.binary(max_size=200))
def test_no_line_ever_raises(line):
    for text in (line, LINE[:10] + line, line.replace(b"\n", b" ") + LINE):
        for transport in ("tcp", "udp"):
            assert isinstance(parse_row(text, transport), SocketRow | None)


@linux_only
def test_asking_and_reading_say_the_same():
    six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    with six, socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        six.bind(("::1", 0))
        ports = {server.getsockname()[1], six.getsockname()[1]}
        asking = open_tables()
        assert isinstance(asking, AskedTables)
        asked = {row for row in asking.read() if {row.near_port, row.far_port} & ports}
        asking.close()
        read = {row for row in TextTables().read() if {row.near_port, row.far_port} & ports}
    assert asked == read
    assert {(row.transport, row.near, row.is_listener) for row in asked} == {
        ("tcp", "127.0.0.1", True),
        ("tcp", "127.0.0.1", False),
        ("udp", "::1", True),
    }


@linux_only
def test_a_kernel_that_refuses_leaves_the_text(monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "not allowed")

    monkeypatch.setattr(socket_tables.socket, "socket", refuse)
    assert isinstance(open_tables(), TextTables)


class Rows:
    def __init__(self, *rows: SocketRow) -> None:
        self.rows = list(rows)

    def read(self):
        return self.rows

    def close(self):
        return


@pytest.fixture
def owners(monkeypatch):
    """Owners of made-up sockets, and what each program holds."""
    holds: dict[int, list[int]] = {}
    searched: list[int] = []

    def inodes(program, only=None):
        searched.append(program.pid)
        return iter(holds.get(program.pid, ()))

    monkeypatch.setattr(sockets_linux, "open_tables", Rows)
    monkeypatch.setattr(sockets_linux, "_socket_inodes", inodes)
    made = SocketOwners()
    made.holds, made.searched = holds, searched
    return made


CALL = SocketRow(7, "tcp", "10.0.0.2", 50_000, "10.0.0.1", 443, False)
DOOR = SocketRow(8, "tcp", "::", 22, "::", 0, True)
VISIT = SocketRow(9, "tcp", "10.0.0.2", 22, "10.0.0.3", 40_000, False)


def programs(*pids: int) -> dict:
    return {pid: program(f"p{pid}", pid=pid, started_s=float(pid)) for pid in pids}


def told(found) -> list[tuple]:
    return [
        (one.owner.pid if one.owner else None, one.connection.near_port, one.connection.is_outgoing) for one in found
    ]


def test_new_sockets_are_told_once_and_listeners_always(owners):
    owners._tables.rows = [CALL, DOOR, VISIT]
    owners.holds |= {2: [7], 3: [8, 9]}
    running = programs(1, 2, 3)
    assert set(told(owners.look(running, 5.0))) == {(2, 50_000, True), (3, 22, False), (3, 22, None)}
    owners.searched.clear()
    assert told(owners.look(running, 6.0)) == [(3, 22, None)]
    assert owners.searched == []


def test_holders_of_sockets_are_asked_first_then_the_youngest(owners):
    owners._tables.rows = [CALL]
    owners.holds[2] = [7]
    running = programs(1, 2, 3, 4)
    list(owners.look(running, 5.0))
    assert owners.searched == [4, 3, 2]
    owners.searched.clear()
    owners._tables.rows = [CALL, VISIT]
    owners.holds[2] = [7, 9]
    list(owners.look(running, 6.0))
    assert owners.searched == [2]


def test_a_socket_that_nobody_we_may_see_holds_is_not_searched_for_ever(owners):
    owners._tables.rows = [DOOR]
    running = programs(1)
    for _ in range(5):
        (found,) = owners.look(running, 5.0)
        assert isinstance(found, Socket)
        assert found.owner is None
    assert len(owners.searched) == sockets_linux.TRIES


def test_a_socket_is_forgotten_with_its_owner(owners):
    owners._tables.rows = [CALL]
    owners.holds |= {2: [7]}
    list(owners.look(programs(2), 5.0))
    fresh = programs(2)  # another program under the same number
    list(owners.look(fresh, 6.0))
    assert owners._owners[7] is fresh[2]
    owners._tables.rows = []
    list(owners.look(fresh, 7.0))
    assert (owners._owners, owners._told) == ({}, set())


def test_a_child_on_its_parents_socket_has_that_connection_too(owners):
    owners._tables.rows = [CALL]
    owners.holds |= {1: [7], 2: [7]}
    running = programs(1, 2)
    running[2].streams = ("socket", "socket", "socket")
    running[1].started_s = 99.0
    assert sorted(told(owners.look(running, 5.0))) == [(1, 50_000, True), (2, 50_000, True)]
    assert told(owners.look(running, 6.0)) == []

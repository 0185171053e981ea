"""What a computer gets used to has the same name tomorrow, after an update, and for another person."""

from __future__ import annotations

import pytest

from detectors.features.program_habits import fold, is_loopback, listener_key, pair_key
from tests.program_factories import connection, listener, program


def under(parent_path: str, path: str, **facts):
    return program("x.exe", path=path, parent=program("y.exe", path=parent_path), **facts)


def test_an_update_and_another_person_keep_the_name_of_a_pair():
    old = under("C:\\Windows\\explorer.exe", "C:\\Users\\maria\\AppData\\Local\\Chat\\app-1.9.3\\chat.exe")
    new = under("c:\\windows\\EXPLORER.EXE", "C:\\Users\\jean\\AppData\\Local\\Chat\\app-2.0.11\\chat.exe")
    assert pair_key(old) == pair_key(new)
    assert len(pair_key(old)) == 32


def test_another_parent_or_another_child_is_another_pair():
    usual = under("C:\\Windows\\explorer.exe", "C:\\Windows\\System32\\cmd.exe")
    assert pair_key(usual) != pair_key(under("C:\\Office\\word.exe", "C:\\Windows\\System32\\cmd.exe"))
    assert pair_key(usual) != pair_key(under("C:\\Windows\\explorer.exe", "C:\\Temp\\cmd.exe"))


def test_arguments_never_enter_a_key():
    assert pair_key(under("/a", "/b", command="b --password made-up")) == pair_key(under("/a", "/b", command="b"))


def test_what_is_unknown_cannot_be_learned():
    assert pair_key(program("notes.exe")) is None
    assert pair_key(program(None, path=None, parent=program("a"))) is None
    assert listener_key(None, listener(22)) is None
    assert listener_key(program("nc"), listener(22, near="127.0.0.1")) is None


@pytest.mark.parametrize(
    ("path", "folded"),
    [
        ("/home/maria/.local/bin/notes", "/home/*/.local/bin/notes"),
        ("/tmp/pip-build-env-x7/overlay/bin/ninja", "/tmp/*/overlay/bin/ninja"),
        ("/snap/notes/1423/bin/notes", "/snap/notes/0/bin/notes"),
        ("/usr/bin/python3.11", "/usr/bin/python0"),
        ("/opt/a1b2c3d4e5f60718/run", "/opt/*/run"),
    ],
)
def test_what_changes_from_day_to_day_is_folded(path, folded):
    assert fold(program("x", path=path)) == folded


def test_doors_for_the_moment_are_one_door():
    server = program("server")
    assert listener_key(server, listener(40_001)) == listener_key(server, listener(50_002))
    assert listener_key(server, listener(80)) != listener_key(server, listener(8_080))


def test_hostile_names_have_keys_too():
    odd = "\udcff\x1b[1m<b>" + "a" * 10_000
    assert pair_key(under(odd, odd))
    assert listener_key(program(odd, path=odd), connection(near=odd, near_port=-1))


@pytest.mark.parametrize(
    ("address", "is_here"),
    [("127.0.0.1", True), ("::1", True), ("fe80::1%eth0", False), ("0.0.0.0", False), (None, False), ("x", False)],
)
def test_this_computer_alone(address, is_here):
    assert is_loopback(address) is is_here

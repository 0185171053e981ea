"""What a computer gets used to has the same name tomorrow, after an update, and for another person."""

from __future__ import annotations

import pytest

from detectors.features.program_habits import (
    fold,
    habit_name,
    is_loopback,
    is_usual,
    listener_key,
    pair_key,
    person_key,
)
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


# --- people ------------------------------------------------------------------------------------------------------
def test_a_habit_is_of_one_person_and_system_accounts_are_people_of_their_own():
    people = [person_key(name) for name in ("maria", "jean", "root", "www-data", "", "NT AUTHORITY\\SYSTEM")]
    assert len(set(people)) == len(people)
    assert person_key("Maria ") == person_key("maria")
    assert person_key(None) == person_key("")
    assert "maria" not in person_key("maria")


@pytest.mark.parametrize(("user", "usual"), [("maria", True), ("jean", False), ("root", False), (None, False)])
def test_what_one_person_does_is_not_usual_for_another(user: str | None, usual: bool):
    mine = under("/usr/bin/bash", "/usr/bin/curl", user="maria")
    theirs = under("/usr/bin/bash", "/usr/bin/curl", user=user)
    assert pair_key(mine) == pair_key(theirs)
    learned = {habit_name(pair_key(mine) or "", person_key("maria"))}
    assert is_usual(learned, pair_key(theirs), theirs) is usual


def test_what_was_learned_before_people_were_told_apart_is_everybodys():
    one = under("/usr/bin/bash", "/usr/bin/curl", user="jean")
    assert is_usual({habit_name(pair_key(one) or "", "")}, pair_key(one), one)
    assert not is_usual({"", "."}, None, one)
    assert not is_usual(set(), pair_key(one), None)


@pytest.mark.parametrize("name", ["\udcff\x00" * 50, "a" * 100_000, "\u202e<b>"])
def test_hostile_names_of_accounts_have_keys_too(name: str):
    assert len(person_key(name)) == 32

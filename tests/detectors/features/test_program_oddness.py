"""What is odd about where a program lies, and what explains it."""

from __future__ import annotations

import pytest

from detectors.features.program_oddness import (
    is_building,
    is_command_shell,
    is_hidden_name,
    is_interpreter,
    is_package_tool,
    place_of,
    poses_as_kernel,
    script_of,
)
from detectors.features.program_paths import PathClass
from tests.program_factories import chain, program


@pytest.mark.parametrize(
    ("command", "script"),
    [
        ("python3 /tmp/a.py --fast", "/tmp/a.py"),
        ("python3 -u a.py", "/home/maria/a.py"),
        ("python3 -m http.server", None),
        ("python3 -c print(1)", None),
        ("python3", None),
        (None, None),
    ],
)
def test_the_script_of_an_interpreter(command, script):
    assert script_of(program("python3", command=command, folder="/home/maria")) == script


def test_only_interpreters_have_scripts():
    assert script_of(program("cp", command="cp /tmp/a /tmp/b")) is None


def test_an_interpreter_lies_where_its_script_lies():
    assert place_of(program("bash", command="bash /dev/shm/a.sh")) is PathClass.HIDDEN
    assert place_of(program("bash", command="bash -c ls")) is PathClass.SYSTEM
    assert place_of(program("python3", path="/tmp/python3", command="python3 /usr/bin/a")) is PathClass.TEMPORARY


@pytest.mark.parametrize("name", ["python3.11", "perl", "node", "bash", "powershell.exe", "wscript.exe", "php-fpm8.2"])
def test_interpreters(name):
    assert is_interpreter(program(name))


@pytest.mark.parametrize("name", ["firefox", "sshd", "bashful", "nodetool", None])
def test_what_is_no_interpreter(name):
    assert not is_interpreter(program(name))


def test_shells_take_commands():
    assert is_command_shell(program("cmd.exe"))
    assert is_command_shell(program("dash"))
    assert not is_command_shell(program("python3"))


@pytest.mark.parametrize(
    ("path", "hides"), [("/home/m/.x", True), ("/tmp/.../run", True), ("/home/m/.cargo/bin/x", False)]
)
def test_hidden_names(path, hides):
    assert is_hidden_name(program("x", path=path)) is hides


def test_posing_as_a_thread_of_the_kernel():
    assert poses_as_kernel(program("kworker", path="/tmp/kworker", command="[kworker/0:1]"))
    assert not poses_as_kernel(program("kworker/0:1", path=None, command=None, is_kernel=True))
    assert not poses_as_kernel(program("test", command="[ -f a ]x"))


def test_what_a_build_starts_belongs_to_the_build():
    assert is_building(chain("bash", "make", "sh", "a.out", path="/home/maria/a.out"))
    assert is_building(program("python3", command="python3 /home/maria/.local/bin/pytest -q"))
    assert not is_building(chain("bash", "a.out"))


def test_a_builder_in_an_odd_place_merely_borrows_the_name():
    assert not is_building(program("x", parent=program("make", path="/dev/shm/make")))
    assert not is_package_tool(program("apt", path="/tmp/apt"))
    assert is_package_tool(program("dpkg"))
    assert is_package_tool(program("python3", command="/usr/bin/python3 /usr/bin/unattended-upgrade"))


def test_an_appimage_is_somebodys_own_program():
    assert place_of(program("editor", path="/tmp/.mount_EditorX1/usr/bin/editor")) is PathClass.HOME

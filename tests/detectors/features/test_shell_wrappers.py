"""Programs that only start another one are known, and where they hold a script."""

import pytest

from detectors.features.shell_wrappers import base_name, inner_scripts, peel, script_place


@pytest.mark.parametrize(
    ("word", "name"), [("/usr/bin/Ls", "ls"), ("-bash", "bash"), ("-x", "-x"), ("ls", "ls"), ("/", "/"), ("", "")]
)
def test_base_names(word, name):
    assert base_name(word) == name


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("sudo -u eve ls -l", "ls -l"),
        ("sudo --user eve -- ls", "ls"),
        ("timeout 5 ls", "ls"),
        ("timeout -s KILL 5 ls", "ls"),
        ("nice -n 3 ionice -c 2 ls", "ls"),
        ("command -v ls", "command -v ls"),
        ("sudo -l", "sudo -l"),
        ("arch -x86_64 ls", "ls"),
        ("ls sudo", "ls sudo"),
    ],
)
def test_wrappers_come_off_the_front(line, left):
    assert " ".join(peel(line.split())[0]) == left


def test_settings_of_a_wrapper_are_given():
    assert peel(["env", "-i", "A=b", "ls"]) == (["ls"], ["A=b"])


def test_endless_wrappers_end():
    assert peel(["sudo"] * 500 + ["ls"])[0][0] == "sudo"


@pytest.mark.parametrize(
    ("words", "scripts"),
    [
        (["bash", "-lc", "ls"], ["ls"]),
        (["bash", "x.sh", "-c", "ls"], []),
        (["eval", "ls", "x"], ["ls x"]),
        (["find", ".", "-exec", "cp", "a b", "c", ";"], ["cp 'a b' c"]),
        (["ls", "-c", "x"], []),
    ],
)
def test_scripts_in_words(words, scripts):
    assert inner_scripts(words) == scripts


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("bash -c ls x", " ls x"),
        ("sudo timeout 5 sh -ec ls", " ls"),
        ("env A=b sh -c ls", " ls"),
    ],
)
def test_where_the_script_of_a_logged_line_begins(text, rest):
    assert text[script_place(text) :] == rest


@pytest.mark.parametrize("text", ["bash x.sh -c y", "ls -c x", "", "bash", "grep bash -c x"])
def test_a_line_without_a_script_has_none(text):
    assert script_place(text) is None

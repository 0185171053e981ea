"""A command line of Unix is taken apart into the simple commands that it holds."""

import random
import time

import pytest

from detectors.features.shell_words import (
    MAX_COMMAND_TEXT,
    MAX_COMMANDS,
    MAX_PIPE,
    commands_of,
    shell_fields,
    simple_commands,
)

MOST_S = 1.0
"""For one hostile line; measured 0.05 s on the machine of the makers."""


def shown(text):
    return [" ".join(command) for command in simple_commands(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b; c d && e || f", ["a b", "c d", "e", "f"]),
        ("if [ -f x ]; then ls x; else pwd; fi", ["[ -f x ]", "ls x", "pwd"]),
        ("for i in 1 2; do echo $i; done", ["for i in 1 2", "echo $i"]),
        ("ls 'a; b' \"c | d\"", ["ls a; b c | d"]),
        ("ls a # not; this", ["ls a"]),
        ("ls a\\\n b", ["ls a b"]),
        ("/usr/bin/LS x", ["ls x"]),
        ("(cd /srv; ls)", ["cd /srv", "ls"]),
        ("echo a >> /srv/x 2>/dev/null", ["echo a >> /srv/x"]),
        ("echo a 2>&1", ["echo a"]),
        ("ls &> out", ["ls > out"]),
        ("echo 0> out", ["echo > out"]),
        ("> out", ["> out"]),
        ("printf $'\\x41\\102'", ["printf AB"]),
    ],
)
def test_scripts_fall_into_commands(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "sudo ls x",
        "sudo -u eve -n ls x",
        "env A=b ls x",
        "nohup timeout -k 5 10 nice -n 3 ls x",
        "xargs -0 ls x",
        "busybox ls x",
        "sh -c 'ls x'",
        "bash -lc 'sudo ls x'",
        "su - eve -c 'ls x'",
        "eval ls x",
        "watch -n 2 ls x",
        "sh <<< 'ls x'",
        "sh <<END\nls x\nEND",
    ],
)
def test_wrappers_are_peeled_away(text):
    assert "ls x" in shown(text)


def test_a_wrapper_without_a_command_stays():
    assert shown("sudo -l") == ["sudo -l"]
    assert shown("env") == ["env"]


def test_settings_before_a_command_are_commands_of_their_own():
    assert shown("A=/srv/x ls") == ["export A=/srv/x", "ls"]
    assert shown("env A=/srv/x ls") == ["export A=/srv/x", "ls"]


def test_known_variables_are_put_in():
    assert shown("f=/srv/x; cat $f ${f}.old '$f'") == ["export f=/srv/x", "cat /srv/x /srv/x.old $f"]
    assert shown("c='ls -l'; $c x")[1] == "ls -l x"
    assert shown("p=$(which python3 || which python); $p x")[1] == "python3 x"
    assert shown("ls $HOME/x") == ["ls ~/x"]


def test_a_body_of_a_document_is_no_command():
    assert shown("cat > /srv/x <<END\nls y\nEND\npwd") == ["cat > /srv/x", "pwd"]


def test_scripts_inside_words_count():
    assert shown("echo $(ls x) `pwd`") == ["ls x", "pwd", "echo $() $()"]


def test_find_and_apple_script_hold_commands():
    assert shown("find . -exec cp {} /srv ';'")[0] == "cp {} /srv"
    assert shown("osascript -e 'do shell script \"ls x\"'")[0] == "ls x"


def test_pipes_say_what_flows_where():
    fields = shell_fields("sh -c ls x | sort -u | head; pwd")
    assert fields["PlainPipes"] == ("ls x | sort -u | head",)


@pytest.mark.parametrize("text", ['sh -c "$(ls x)"', "bash <(ls x)", "eval `ls x`"])
def test_what_a_script_gives_to_a_shell_is_a_pipe(text):
    pipes = shell_fields(None, ["sh", "-c", text])["PlainPipes"]
    assert [pipe.split(" | ")[0] for pipe in pipes] == ["ls x"]


def test_only_a_script_is_read_as_one():
    assert commands_of("grep a|b file").commands == (("grep", "a|b", "file"),)
    assert commands_of("sudo bash -c ls x; pwd").commands == (("ls", "x"), ("pwd",))
    assert commands_of("bash script -c x").commands == (("bash", "script", "-c", "x"),)


def test_words_of_the_system_come_before_the_text():
    assert commands_of("x", ["ls", "a b"]).commands == (("ls", "a b"),)


def test_unusual_places_of_programs_are_kept():
    assert shell_fields("sh -c /srv/a; /usr/bin/ls; sh /srv/b.sh")["PlainPrograms"] == ("/srv/a", "/srv/b.sh")


def test_a_hidden_script_is_read_where_a_shell_gets_it():
    assert "whoami" in shown("echo aWQ7IHdob2FtaQ== | base64 -d | sh")
    assert "whoami" not in shown("echo aWQ7IHdob2FtaQ== | base64 -d | wc")


def test_nothing_known_is_nothing():
    assert commands_of(None).commands == ()
    assert commands_of("", []).commands == ()
    assert simple_commands(" \n;;") == []


@pytest.mark.parametrize(
    "unit",
    ["$(", "a=$a$a;", "`", "<<a ", '"$(', "sudo ", "echo x|", "eval ", "find / -exec ", "(<(", "sh -c ", "'", "\\"],
)
def test_hostile_lines_cost_little(unit):
    began = time.perf_counter()
    fields = shell_fields("bash -c " + unit * 20_000)
    assert time.perf_counter() - began < MOST_S
    assert len(fields["PlainCommands"]) <= 2 * MAX_COMMANDS
    assert all(len(one) <= MAX_COMMAND_TEXT for one in fields["PlainCommands"])
    assert all(len(pipe) <= 2 * MAX_COMMAND_TEXT for pipe in fields["PlainPipes"])


def test_long_pipes_keep_their_ends():
    pipe = commands_of("sh -c a | " + "b | " * 50 + "z").pipes[0]
    assert len(pipe) == MAX_PIPE
    assert (pipe[0], pipe[-1]) == (("a",), ("z",))


def test_no_text_raises():
    chance = random.Random(7)
    letters = "ab c $(){}[]<>|&;'\"`\\\n#=-/!0\udcff\x00"
    for _ in range(2_000):
        text = "".join(chance.choice(letters) for _ in range(chance.randrange(80)))
        fields = shell_fields(f"sh -c {text}")
        assert all(isinstance(one, str) and one == " ".join(one.split()) for one in fields["PlainCommands"])
        assert isinstance(simple_commands(text), list)
        assert isinstance(shell_fields(None, text.split()), dict)

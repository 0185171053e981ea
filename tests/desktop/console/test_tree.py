"""Every command is explained in four languages, and every unknown name gets one sentence."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from desktop import doors
from desktop.console import cli, plain
from desktop.console.face import ToldOption
from desktop.console.tree import LATER

ROOT = Path(cli.__file__).resolve().parent.parent.parent
TEXTS = {
    topic: tomllib.loads((ROOT / f"resources/texts/{topic}.toml").read_text("utf-8"))
    for topic in ("console", "doctor", "usage", "first_start")
}


def every_command(command: click.Command) -> list[click.Command]:
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return [command, *(one for child in below for one in every_command(child))]


@pytest.mark.parametrize("command", every_command(cli.commands), ids=lambda one: one.key or "main")
def test_every_command_and_option_has_its_sentence_and_an_example(command):
    assert command.key in TEXTS["usage"]
    assert command.examples
    options = [one for one in command.params if isinstance(one, ToldOption)]
    assert {f"option_{one.name}" for one in options} <= set(TEXTS["usage"])


def test_every_example_is_a_command_that_exists():
    for command in every_command(cli.commands):
        for example in command.examples:
            words = re.sub(r'^eval "\$\(\./|\)"$', "", example).split()[1:]
            found = cli.commands
            while words and isinstance(found, click.Group):
                found = found.commands[words.pop(0)]
            assert not isinstance(found, click.Group), example


@pytest.mark.parametrize("topic", TEXTS)
def test_every_sentence_is_there_in_four_languages(topic):
    assert {key: set(entry) for key, entry in TEXTS[topic].items() if set(entry) != {"en", "fr", "de", "lb"}} == {}
    for key, entry in TEXTS[topic].items():
        forms = {language: set(re.findall(r"\{(\w+)\}", str(text))) for language, text in entry.items()}
        assert len(set(map(frozenset, forms.values()))) == 1, (key, forms)


def test_every_sentence_of_the_console_is_used_and_every_used_one_is_there():
    code = "\n".join(path.read_text("utf-8") for path in Path(cli.__file__).parent.glob("*.py"))
    missing = set(re.findall(r'(?:say|count)\(\s*"(\w+)"', code)) - set(TEXTS["console"])
    assert missing == set()
    unused = {key for key in TEXTS["console"] if f'"{key}"' not in code and f"console.{key}" not in code}
    assert unused == set()


@pytest.mark.parametrize("group", LATER)
def test_a_later_command_says_that_it_comes_later(command, group):
    for name in LATER[group]:
        told = command(*group.split(), name)
        assert (told.code, told.out) == (2, "")
        assert told.err.strip("\n").endswith("comes in a later version.")
        assert told.err.count("\n") == 1


def test_an_unknown_command_is_told_with_a_near_one(command):
    assert "Did you mean" in command("scna").err
    assert "main.py --help" in command("xyzzy").err
    assert command("xyzzy").code == 2
    assert command("scan", "files").code == 2
    assert command("check", "--wrong").code == 2


def test_help_speaks_the_language_asked_for(command):
    assert "Lists what was found" in command("findings", "list", "--help").out
    assert "Listet auf, was gefunden wurde" in command("findings", "list", "--help", "--language", "de").out
    assert command("--help").code == 0


def test_the_version_is_the_one_of_the_project(command):
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert command("--version").out == f"Plainwatch, version {version}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion(command, shell):
    assert cli.COMPLETE_WITH in command("completion", shell).out


def test_the_shell_can_ask_for_completions(monkeypatch, capfd):
    monkeypatch.setenv(cli.COMPLETE_WITH, "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "main.py find")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert doors.COMPLETE_WITH == cli.COMPLETE_WITH
    with pytest.raises(SystemExit) as end:
        cli.main([])
    assert end.value.code == 0
    assert capfd.readouterr().out == "plain,findings\n"


def test_levels_differ_in_shape_too():
    assert len(set(plain.SHAPES.values())) == 3
    assert set(plain.SHAPES) == set(plain.STYLES)


def test_pictures_are_drawn_by_whoever_knows_the_window(tmp_path, capsys, monkeypatch):
    asked = {}
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def draw(**look):
        asked.update(look)
        return [tmp_path / "home.png"]

    assert cli.main(["pictures", str(tmp_path), "--theme", "dark", "--scale", "2", "--size", "1366x768"], draw) == 0
    assert asked == {"folder": tmp_path, "theme": "dark", "scale": 200, "size": (1366, 768), "language": "en"}
    assert cli.main(["pictures", str(tmp_path), "--size", "large"], draw) == 2


def test_pictures_that_cannot_be_written_are_a_sentence(capsys):
    def draw(**_):
        raise PermissionError(13, "no")

    assert cli.main(["pictures", "drawings"], draw) == 2
    said = capsys.readouterr().err
    assert "drawings" in said
    assert "inside Plainwatch" not in said

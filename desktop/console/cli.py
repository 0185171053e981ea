"""The command line: a tree of commands, each a few lines that ask the service and tell what it says.

Before this on the path: ``first_start.py``. After it: the service. This is the last door for errors: whatever goes
wrong becomes a sentence and an exit code.
"""

from __future__ import annotations

import io
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

import click
from click.shell_completion import get_completion_class

from desktop.console import baseline, keeping, models, training, upkeep
from desktop.console.face import STOPPED, WRONG_USE, Face, ToldOption, help_language, help_text, read_texts, with_face
from desktop.console.options import Seconds, Size
from desktop.console.packets import packets
from desktop.console.processes import scan_processes
from desktop.console.running import run_check
from desktop.console.tree import ToldCommand, ToldGroup
from desktop.service.texts import LANGUAGES
from desktop.version import version

COMPLETE_WITH = "_PLAINWATCH_COMPLETE"
"""The shell asks for completions through this variable; ``doors.py`` knows it too."""

DrawPictures = Callable[..., list[Path]]
"""Draws every page: handed in by the door, because the command line knows no Qt."""


@click.group(
    cls=ToldGroup,
    key="",
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    examples=(
        "main.py check --quick",
        "main.py scan files ~/Downloads",
        "main.py findings list",
        "main.py doctor",
    ),
)
@click.version_option(version(), prog_name="Plainwatch")
def commands() -> None:
    """Hold all commands."""


@commands.group("scan", cls=ToldGroup, key="scan", examples=("main.py scan files ~/Downloads",))
def scan() -> None:
    """Hold what checks one kind of thing."""


@scan.command(
    "files",
    cls=ToldCommand,
    key="scan_files",
    examples=(
        "main.py scan files ~/Downloads letter.zip",
        "main.py scan files ~/Documents --exclude '*.iso' --min-severity medium",
        "main.py scan files letters.zip --zip-password spring",
        "main.py scan files / --resume",
        "main.py scan files ~/Downloads --format jsonl --no-store",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--zip-password", cls=ToldOption, metavar="WORD")
@click.option("--exclude", cls=ToldOption, multiple=True, metavar="PATTERN")
@click.option("--resume", cls=ToldOption, is_flag=True)
@with_face
def scan_files(
    face: Face, paths: tuple[str, ...], zip_password: str | None, exclude: tuple[str, ...], *, resume: bool
) -> int:
    """Check files and folders."""
    return run_check(
        face,
        lambda control: face.service.check_files(
            paths, control, exclude=exclude, zip_password=zip_password, resume=resume
        ),
    )


@scan.command(
    "network",
    cls=ToldCommand,
    key="scan_network",
    examples=(
        "main.py scan network office.pcap",
        "main.py scan network monday.pcapng tuesday.pcap.gz --min-severity medium",
        "main.py scan network captures --format jsonl --no-store",
        "main.py scan network --live eth0 --seconds 60 --save today.pcapng",
        "main.py scan network --connections --seconds 30",
    ),
)
@click.argument("captures", nargs=-1, metavar="[CAPTURE...]")
@click.option("--live", "interface", cls=ToldOption, metavar="INTERFACE")
@click.option("--connections", cls=ToldOption, is_flag=True)
@click.option("--seconds", cls=ToldOption, type=Seconds(), default=10.0)
@click.option("--save", cls=ToldOption, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@with_face
def scan_network(
    face: Face,
    captures: tuple[str, ...],
    interface: str | None,
    seconds: float,
    save: Path | None,
    *,
    connections: bool,
) -> int:
    """Check recorded traffic, or what passes now."""
    if [bool(captures), bool(interface), connections].count(True) != 1 or (save and not interface):
        raise click.UsageError(help_text("network_either"))
    if interface:
        if face.service.captures_slowly() and not face.is_quiet:
            face.warn(face.say("slower_way"))
        return run_check(face, lambda control: face.service.check_live(interface, control, seconds=seconds, save=save))
    if connections:
        return run_check(face, lambda control: face.service.check_connections(control, seconds=seconds))
    return run_check(face, lambda control: face.service.check_captures(captures, control))


@commands.command("check", cls=ToldCommand, key="check", examples=("main.py check", "main.py check --full --quiet"))
@click.option("--quick", "scope", cls=ToldOption, flag_value="quick", default="quick")
@click.option("--full", "scope", cls=ToldOption, flag_value="full")
@click.option("--resume", cls=ToldOption, is_flag=True)
@with_face
def check(face: Face, scope: str, *, resume: bool) -> int:
    """Look with all senses at once."""
    return run_check(face, lambda control: face.service.check_now(scope, control, resume=resume))


@commands.command("completion", cls=ToldCommand, key="completion", examples=('eval "$(./main.py completion bash)"',))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what a shell needs to complete commands."""
    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(commands, {}, "main.py", COMPLETE_WITH).source())


@commands.command(
    "pictures",
    cls=ToldCommand,
    key="pictures",
    examples=("main.py pictures drawings --theme dark --scale 2.0 --size 1280x800",),
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--theme", cls=ToldOption, type=click.Choice(["light", "dark", "contrast"]), default="light")
@click.option("--scale", cls=ToldOption, type=click.FloatRange(0.5, 4.0), default=1.0)
@click.option("--size", cls=ToldOption, type=Size(), default="1280x800")
@click.option("--language", cls=ToldOption, type=click.Choice(LANGUAGES), default=help_language)
@click.pass_obj
def pictures(draw: DrawPictures, /, *, scale: float, **look: Any) -> None:
    """Draw every page into pictures."""
    try:
        drawn = draw(**look, scale=round(scale * 100))
    except OSError as error:
        said = read_texts().get("error.store_full", help_language(), path=str(look["folder"]))
        raise click.ClickException(said) from error
    print(read_texts().count("console.pictures_drawn", len(drawn), help_language(), folder=str(look["folder"])))


for group in (keeping.findings, keeping.journal, upkeep.settings, upkeep.rules, models.models):
    commands.add_command(group)
keeping.findings.add_command(packets)
for about_usual in (baseline.drift, baseline.learn, baseline.restore):
    models.models.add_command(about_usual)
models.models.add_command(training.train)
scan.add_command(scan_processes)
for command in (upkeep.erase, upkeep.selftest, upkeep.doctor):
    commands.add_command(command)


def main(arguments: list[str], draw_pictures: DrawPictures | None = None) -> int:
    """Run one command and return its exit code; the last door for whatever goes wrong."""
    for stream in (sys.stdout, sys.stderr):
        write_anything(stream)
    try:
        return (
            commands.main(arguments, "main.py", complete_var=COMPLETE_WITH, standalone_mode=False, obj=draw_pictures)
            or 0
        )
    except click.exceptions.Abort:
        return STOPPED
    except click.ClickException as error:
        error.show()
        return WRONG_USE
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:  # noqa: BLE001 - the door of the command line: say it, never show a traceback
        print(read_texts().get("console.went_wrong", help_language(), what=place_of(error)), file=sys.stderr)
        return WRONG_USE


def write_anything(stream: TextIO) -> None:
    """Let a stream write every name: what its encoding lacks is shown as an escape."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def place_of(error: Exception) -> str:
    """Name an unforeseen error and where it happened, for whoever helps."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"

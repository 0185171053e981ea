"""The program itself: settings, deletion, rules, and the test that every detector still fires.

Before this on the path: the command line. After it: the service.
"""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.console.doctor import examine
from desktop.console.face import CLEAN, NOT_FULLY_CHECKED, STOPPED, WRONG_USE, Face, ToldOption, with_face
from desktop.console.running import stopped_by_hand
from desktop.console.tree import ToldCommand, ToldGroup
from desktop.console.writing import write_line
from desktop.service.canaries import CanaryNews
from desktop.service.events import Control
from desktop.service.service import Service
from desktop.service.texts import harmless
from detectors.contract.errors import StoreDamaged, StoreTooNew

if TYPE_CHECKING:  # the worker is the service's own; only the shape of its answer is named here
    from detectors.worker.wire import RulesChecked


@click.group(
    "settings", cls=ToldGroup, key="settings", examples=("main.py settings list", "main.py settings set theme dark")
)
def settings() -> None:
    """Hold what can be done with settings."""


@settings.command("list", cls=ToldCommand, key="settings_list", examples=("main.py settings list",))
@with_face
def list_settings(face: Face) -> None:
    """List every setting."""
    for name in face.service.settings.all():
        tell_setting(face, name, with_description=True)


@settings.command("get", cls=ToldCommand, key="settings_get", examples=("main.py settings get theme",))
@click.argument("name")
@with_face
def get_setting(face: Face, name: str) -> None:
    """Tell one setting."""
    tell_setting(face, name, with_description=False)


def tell_setting(face: Face, name: str, *, with_description: bool) -> None:
    """Print one setting, for lists with what it is about."""
    value = face.service.settings.get(name)
    if face.is_jsonl:
        write_line({"type": "setting", "name": name, "value": value})
        return
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if not with_description:
        print(harmless(shown, 1000))
        return
    about = face.texts.get(f"settings.{name}", face.language)
    print(f"{name} = {harmless(shown, 1000)}\n    {about}")


@settings.command(
    "set",
    cls=ToldCommand,
    key="settings_set",
    examples=("main.py settings set theme dark", "main.py settings set helper_name 'Sam Weber'"),
)
@click.argument("name")
@click.argument("value", nargs=-1, required=True)
@with_face
def set_setting(face: Face, name: str, value: tuple[str, ...]) -> None:
    """Keep a new value; several words are a list."""
    journal_id = face.service.settings.set(name, value[0] if len(value) == 1 else list(value))
    if face.is_jsonl:
        news = asdict(face.service.canaries.take_news())
        told = {f"canaries_{what}": list(paths) for what, paths in news.items() if paths}
        write_line({"type": "setting", "name": name, "value": face.service.settings.get(name)} | told)
        return
    print(face.say("setting_kept", name=name, value=str(face.service.settings.get(name))))
    print(face.say("undo_hint", id=str(journal_id)))
    tell_canaries(face, face.service.canaries.take_news())
    if name == "canaries" and face.service.settings.get(name) and not face.service.settings.get("watched_folders"):
        print(face.say("canaries_nowhere"))


def tell_canaries(face: Face, news: CanaryNews) -> None:
    """Say which files were made or removed in the folders of a person, and which were not."""
    told = {
        "canaries_made": news.made,
        "canaries_removed": news.removed,
        "canaries_refused": news.refused,
        "canaries_left": news.left,
    }
    for key, paths in told.items():
        if paths:
            print(face.say(key))
            for path in paths:
                print(f"    {harmless(path, 1000)}")


@click.command("erase", cls=ToldCommand, key="erase", examples=("main.py erase", "main.py erase --yes"))
@click.option("--yes", cls=ToldOption, is_flag=True)
@with_face
def erase(face: Face, *, yes: bool) -> int:
    """Delete everything that is kept, after asking."""
    with contextlib.suppress(StoreDamaged, StoreTooNew):  # they can be deleted all the same
        face.service  # noqa: B018 - opened for the language that is set
    if not yes:
        if not sys.stdin.isatty():
            face.warn(face.say("erase_needs_yes"))
            return WRONG_USE
        if not click.confirm(face.say("erase_question", folder=str(face.data_folder)), default=False, err=True):
            print(face.say("not_erased"))
            return CLEAN
    done = face.say("erased")  # said in the language that is about to be forgotten
    if face.opened:
        face.opened.close()
    sentence = face.say("canaries_left")
    left = Service.erase_unread(face.data_folder)
    if face.is_jsonl:
        write_line({"type": "erased"} | ({"canaries_left": list(left)} if left else {}))
    else:
        print(done)
        for line in (sentence, *(f"    {harmless(path, 1000)}" for path in left)) if left else ():
            print(line)
    return CLEAN


@click.group("rules", cls=ToldGroup, key="rules", examples=("main.py rules list", "main.py rules check my-rules.yar"))
def rules() -> None:
    """Hold what can be done with file rules."""


@rules.command("list", cls=ToldCommand, key="rules_list", examples=("main.py rules list",))
@with_face
def list_rules(face: Face) -> int:
    """Tell our own rules."""
    return tell_rules(face, face.service.rules(), NOT_FULLY_CHECKED)


@rules.command("check", cls=ToldCommand, key="rules_check", examples=("main.py rules check my-rules.yar",))
@click.argument("path", type=click.Path(path_type=Path))
@with_face
def check_rules(face: Face, path: Path) -> int:
    """Compile rules of one's own and tell what is wrong with them."""
    return tell_rules(face, face.service.check_rules(path), WRONG_USE)


def tell_rules(face: Face, told: RulesChecked, code_for_problems: int) -> int:
    """Tell what compiling gave, problems by line."""
    if face.is_jsonl:
        for rule in told.rules:
            write_line({"type": "rule", "pack": rule.pack, "name": rule.name, "meta": rule.meta})
        for problem in told.problems:
            write_line({"type": "problem"} | problem)
        return code_for_problems if told.problems else CLEAN
    for pack, number in Counter(rule.pack for rule in told.rules).items():
        print(face.count("rules_in_pack", number, pack=pack))
        for rule in told.rules:
            if rule.pack == pack:
                print(f"    {harmless(rule.name)}  {harmless(str(rule.meta.get('description', '')), 160)}".rstrip())
    for problem in told.problems:
        print(face.say("rule_problem", **problem))
    print(face.count("rules_fine", len(told.rules)))
    if told.problems:
        print(face.count("rule_problems", len(told.problems)))
    return code_for_problems if told.problems else CLEAN


@click.command("selftest", cls=ToldCommand, key="selftest", examples=("main.py selftest",))
@with_face
def selftest(face: Face) -> int:
    """Try every detector on harmless samples."""
    control = Control()
    tried = silent = 0
    with stopped_by_hand(control):
        for line in face.service.selftest(control):
            tried += line.is_tried
            silent += line.is_tried and not line.fired
            if face.is_jsonl:
                told = {"name": line.name, "tried": line.is_tried, "fired": line.fired, "detail": line.detail}
                write_line({"type": "selftest"} | told)
            elif not (face.is_quiet and (line.fired or not line.is_tried)):
                mark = "✓" if line.fired else "✗" if line.is_tried else "·"
                print(f"{mark} {harmless(line.name, 160)}  {line.detail}".rstrip(), flush=True)
    if control.is_stopped:
        return STOPPED
    if not face.is_jsonl:
        print(face.count("selftest_silent", silent) if silent else face.count("selftest_fine", tried))
    return NOT_FULLY_CHECKED if silent or not tried else CLEAN


@click.command("doctor", cls=ToldCommand, key="doctor", examples=("main.py doctor", "main.py doctor --format jsonl"))
@click.option("--start-fresh", cls=ToldOption, is_flag=True)
@with_face
def doctor(face: Face, *, start_fresh: bool) -> int:
    """Tell whether this installation is healthy, or put a damaged database aside."""
    if start_fresh:
        aside = Service.start_fresh(face.data_folder)
        if face.is_jsonl:
            write_line({"type": "put_aside", "path": str(aside)})
        else:
            print(face.text("doctor.put_aside", path=str(aside)))
    return examine(face)

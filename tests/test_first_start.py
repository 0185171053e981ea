"""A fresh machine is set up in one go, an interrupted set-up is repaired, and every refusal is one clear sentence."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import main
from desktop import doors, first_start, surroundings

ROOT = Path(first_start.__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN_NEEDS = PROJECT["project"]["dependencies"]
TEST_NEEDS = RUN_NEEDS + PROJECT["dependency-groups"]["test"]


# --- locks --------------------------------------------------------------------------------------------------------
def read_lock(group: str) -> dict[str, tuple[str, int]]:
    """Version and number of hashes of each package in a lock."""
    packages = {}
    for block in re.split(r"\n(?=\S)", (ROOT / f"resources/locks/{group}.txt").read_text("utf-8")):
        pinned = re.match(r"([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==([^\s;\\]+)", block)
        assert pinned, block
        packages[pinned[1]] = (pinned[2], len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", block)))
    return packages


def as_numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


@pytest.mark.parametrize(("group", "needs"), [("run", RUN_NEEDS), ("test", TEST_NEEDS)])
def test_a_lock_holds_everything_the_project_asks_for_in_a_fitting_version(group, needs):
    locked = read_lock(group)
    for need in needs:
        name, lowest, above = re.fullmatch(r"([A-Za-z0-9-]+)>=([0-9.]+)(?:,<([0-9.]+))?", need).groups()
        assert as_numbers(lowest) <= as_numbers(locked[name.lower()][0]) < as_numbers(above or "9999"), need


@pytest.mark.parametrize("group", ["run", "test"])
def test_a_lock_has_a_fingerprint_for_every_package_and_names_no_place_to_fetch_from(group):
    assert [name for name, (_, hashes) in read_lock(group).items() if hashes == 0] == []
    text = (ROOT / f"resources/locks/{group}.txt").read_text("utf-8")
    assert re.findall(r"://|--index|--extra|--find-links|--trusted-host|@ ", text) == []


def test_an_extra_that_a_package_asks_for_is_pinned_with_that_extra():
    """Else an older pip takes the newest release for it, of which no fingerprint is known, and stops."""
    text = (ROOT / "resources/locks/test.txt").read_text("utf-8")
    asked = [
        (canonicalize_name(need.name), extra)
        for name in read_lock("test")
        for package in importlib.metadata.distributions(name=name)
        for need in map(Requirement, package.requires or ())
        for extra in need.extras
        if need.marker is None or need.marker.evaluate({"extra": ""})
    ]
    assert ("coverage", "toml") in asked
    for name, extra in asked:
        assert re.search(rf"^{name}\[(.*,)?{extra}(,.*)?\]==", text, re.MULTILINE), (name, extra)


def test_the_tools_for_tests_come_on_top_of_what_the_program_runs_with():
    run, test = read_lock("run"), read_lock("test")
    assert {name: version for name, version in test.items() if name in run} == run
    assert len(test) > len(run)


def test_the_sizes_shown_are_kept_for_each_system():
    for system in ("linux", "windows", "macos"):
        sizes = first_start.read_sizes()[system]
        assert 50 < sizes["run"]["mb"] < sizes["test"]["mb"] < 500
        assert len(read_lock("run")) >= sizes["run"]["packages"] > len(RUN_NEEDS)


# --- doors --------------------------------------------------------------------------------------------------------
def start(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LC_MESSAGES"}
    settings = {name: value for name, value in os.environ.items() if name not in hidden} | {"LANG": "en_GB.UTF-8"}
    command = [sys.executable, ROOT / "main.py", *arguments]
    return subprocess.run(command, env=settings | changes, capture_output=True, text=True, timeout=60, check=False)


def test_main_can_be_read_by_old_pythons_so_that_they_can_be_told():
    ast.parse((ROOT / "main.py").read_text("utf-8"), feature_version=(3, 4))


def test_an_old_python_is_told_which_one_is_needed(monkeypatch, capsys):
    source = compile((ROOT / "main.py").read_text("utf-8"), "main.py", "exec")
    house: dict = {"__name__": "main"}
    exec(source, house)
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))
    assert house["main"]([]) == 2
    assert capsys.readouterr().err == "Plainwatch needs Python 3.11 or newer. This is Python 3.8.\n"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen there")
def test_without_a_screen_the_window_says_so_in_one_sentence_and_names_commands():
    told = start()
    assert told.returncode == 2
    assert told.stdout == ""
    assert told.stderr.count("\n") == 1
    assert told.stderr.startswith("There is no screen here")
    assert "main.py scan files PATH" in told.stderr
    assert "Es gibt" not in told.stderr


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen there")
def test_a_named_screen_that_does_not_answer_is_no_screen():
    assert start(DISPLAY=":4711").stderr.startswith("There is no screen here")


@pytest.mark.parametrize(
    ("language", "first_words"),
    [("fr_LU.UTF-8", "Il n'y a pas"), ("de_DE.UTF-8", "Hier gibt es"), ("lb_LU.UTF-8", "Hei ass"), ("ja", "There is")],
)
def test_the_set_up_speaks_the_language_of_the_system(monkeypatch, capsys, language, first_words):
    monkeypatch.setenv("LC_ALL", language)
    first_start.say("no_screen")
    assert capsys.readouterr().err.startswith(first_words)


def test_root_does_not_get_a_window_by_mistake(monkeypatch, capsys):
    monkeypatch.setattr(surroundings, "is_screen_there", lambda: True)
    monkeypatch.setattr(surroundings, "is_root", lambda: True)
    monkeypatch.setattr(doors, "prepare", lambda *_: None)
    assert doors.open_door([]) == 2
    assert "--as-root" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "is_window"),
    [
        ([], True),
        (["--as-root"], True),
        (["--data-folder", "scan"], True),
        (["--data-folder", "x", "check"], False),
        (["--help"], False),
        (["scan", "files", "--as-root"], False),
    ],
)
def test_only_options_of_the_window_open_the_window(arguments, is_window):
    assert doors.is_for_window(arguments) is is_window


def test_a_packaged_program_never_sets_anything_up(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(doors, "prepare", lambda *_: pytest.fail("a packaged program has all it needs"))
    monkeypatch.setattr(doors, "enter", lambda *_: 7)
    assert doors.open_door(["doctor"]) == 7


def test_set_up_and_worker_door_need_the_standard_library_only():
    code = "import sys; sys.path.insert(0, '.'); import desktop.doors; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    ours = {name for name in loaded.stdout.split() if name.partition(".")[0] in ("desktop", "detectors")}
    others = {name.partition(".")[0] for name in loaded.stdout.split()} - sys.stdlib_module_names
    assert ours == {"desktop", "desktop.doors", "desktop.first_start", "desktop.surroundings"}
    assert {name for name in others if not name.startswith("_")} == {"desktop"}


# --- set-up -------------------------------------------------------------------------------------------------------
@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """A fresh checkout whose steps are written down instead of done."""
    steps: list[list[str]] = []
    venv = tmp_path / ".venv"
    names = {"VENV": venv, "PYTHON": venv / "bin/python", "STAMP": venv / "plainwatch.json"}
    notes = {"NOTES": tmp_path / ".setup", "UNFINISHED": tmp_path / ".setup/unfinished"}
    for name, value in (names | notes).items():
        monkeypatch.setattr(first_start, name, value)

    def run(command, *, is_quiet=False):
        words = [str(word) for word in command]
        steps.append(words)
        assert first_start.UNFINISHED.exists()
        assert not first_start.STAMP.exists()
        if "venv" in words:
            first_start.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            first_start.PYTHON.touch(0o755)
        return True

    monkeypatch.setattr(first_start, "run", run)
    monkeypatch.setattr(first_start, "find_uv", lambda: None)
    monkeypatch.setattr(first_start, "venv_version", lambda: "3.11" if first_start.PYTHON.exists() else "")
    monkeypatch.setattr(first_start, "python_version", lambda: "3.11")
    monkeypatch.setattr(first_start, "provide_qt_libraries", lambda: None)
    monkeypatch.setenv("LC_ALL", "en_GB")
    return steps


def test_a_fresh_machine_hears_the_size_first_and_gets_a_stamp_last(fresh, capsys):
    first_start.set_up("run")
    assert "packages, about" in capsys.readouterr().err
    assert [step[1:3] for step in fresh if "import pip" not in step] == [["-m", "venv"], ["-m", "pip"]]
    assert {"--require-hashes", "--prefer-binary"} <= set(fresh[-1])
    assert json.loads(first_start.STAMP.read_text())["run"] == first_start.fingerprint("run")
    assert first_start.is_set_up("run")
    assert not first_start.is_set_up("test")


def test_what_is_set_up_is_left_alone(fresh):
    first_start.set_up("test")
    fresh.clear()
    first_start.set_up("test")
    first_start.set_up("run")
    assert fresh == []


def test_an_interrupted_set_up_is_done_again_from_the_beginning(fresh, monkeypatch, capsys):
    whole_install = first_start.install
    monkeypatch.setattr(first_start, "install", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        first_start.set_up("run")
    assert not first_start.is_set_up("run")
    monkeypatch.setattr(first_start, "install", whole_install)
    fresh.clear()
    first_start.set_up("run")
    assert "--clear" in fresh[0]
    assert "interrupted" in capsys.readouterr().err
    assert first_start.is_set_up("run")


@pytest.mark.skipif(sys.platform == "win32", reason="rights as on Unix")
def test_a_python_that_may_not_be_run_is_no_set_up(fresh):
    first_start.set_up("run")
    first_start.PYTHON.chmod(0o644)
    assert not first_start.is_set_up("run")


def test_a_changed_lock_is_installed_over_what_is_there(fresh, monkeypatch, capsys):
    first_start.set_up("run")
    fresh.clear()
    monkeypatch.setattr(first_start, "fingerprint", lambda *_: "another")
    assert not first_start.is_set_up("run")
    first_start.set_up("run")
    assert [step for step in fresh if "venv" in step] == []
    assert "needs other packages" in capsys.readouterr().err
    assert first_start.is_set_up("run")


def test_packages_that_cannot_be_fetched_end_in_a_sentence(fresh, monkeypatch, capsys):
    monkeypatch.setattr(first_start, "run", lambda command, **_: "install" not in command)
    assert doors.open_door(["doctor"]) == 2
    assert "did not match their fingerprints" in capsys.readouterr().err
    assert not first_start.is_set_up("run")


def test_uv_is_used_when_present_and_pip_helps_out(fresh, monkeypatch):
    monkeypatch.setattr(first_start, "find_uv", lambda: "uv")
    first_start.set_up("run")
    assert fresh[-1][:3] == ["uv", "pip", "install"]
    assert "--require-hashes" in fresh[-1]
    calm_run = first_start.run
    monkeypatch.setattr(first_start, "run", lambda command, **_: command[0] != "uv" and calm_run(command))
    first_start.STAMP.unlink()
    first_start.set_up("run")
    assert fresh[-1][1:4] == ["-m", "pip", "install"]


def test_missing_python_parts_are_named_with_the_line_to_type(fresh, monkeypatch, capsys):
    monkeypatch.setattr(first_start.importlib.util, "find_spec", lambda *_: None)
    monkeypatch.setattr(surroundings, "is_root", lambda: False)
    assert doors.open_door(["doctor"]) == 2
    assert "    sudo apt-get install python3.11-venv\n" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="another kind of lock")
def test_two_set_ups_at_once_wait_for_each_other(fresh, tmp_path):
    first_start.NOTES.mkdir()
    with first_start.only_one():
        other = (first_start.NOTES / "lock").open("a+")
        assert not first_start.try_lock(other.fileno())
    assert first_start.try_lock(other.fileno())
    other.close()


@pytest.mark.skipif(sys.platform == "win32", reason="another kind of lock")
def test_an_installer_that_outlives_a_killed_set_up_still_holds_the_lock(tmp_path, monkeypatch):
    monkeypatch.setattr(first_start, "NOTES", tmp_path)
    wait = "import pathlib, sys, time; a, b = map(pathlib.Path, sys.argv[1:]); a.touch()\nwhile not b.exists(): time.sleep(0.01)"
    is_up, may_end = tmp_path / "up", tmp_path / "end"
    installer = threading.Thread(target=first_start.run, args=([sys.executable, "-c", wait, is_up, may_end],))
    with first_start.only_one():
        installer.start()
        while not is_up.exists():
            time.sleep(0.01)
    with (tmp_path / "lock").open("a+") as other:
        assert not first_start.try_lock(other.fileno())
        may_end.touch()
        installer.join()
        assert first_start.try_lock(other.fileno())


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(fresh, monkeypatch, capsys):
    def refuse(*_, **__):
        raise PermissionError

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert doors.open_door(["doctor"]) == 2
    assert "cannot write into its own folder" in capsys.readouterr().err


# --- system libraries ---------------------------------------------------------------------------------------------
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps them apart")
def test_missing_libraries_are_named_as_packages(monkeypatch):
    monkeypatch.setattr(surroundings, "_installed_libraries", lambda: {"libEGL.so.1", "libGL.so.1"})
    missing = surroundings.missing_qt_packages()
    assert "libxcb-cursor0" in missing
    assert "libegl1" not in missing
    assert surroundings.apt_line(["libegl1", "libgl1"]) == "sudo apt-get install libegl1 libgl1"


@pytest.mark.parametrize(("is_root", "asked"), [(True, ["libegl1"]), (False, None)])
def test_root_gets_the_libraries_and_others_get_the_line(monkeypatch, capsys, is_root, asked):
    installed = []
    monkeypatch.setattr(surroundings, "missing_qt_packages", lambda: ["libegl1"])
    monkeypatch.setattr(surroundings, "is_debian", lambda: True)
    monkeypatch.setattr(surroundings, "is_root", lambda: is_root)
    monkeypatch.setattr(surroundings, "install_packages", lambda names: installed.append(names) or True)
    first_start.provide_qt_libraries()
    assert installed == ([asked] if asked else [])
    assert ("sudo apt-get install libegl1" in capsys.readouterr().err) is not is_root


class Interrupting:
    """A module whose first use is where Ctrl+C arrives."""

    def __getattr__(self, _name: str):
        raise KeyboardInterrupt


def test_ctrl_c_while_everything_is_still_being_loaded_is_no_traceback(monkeypatch):
    monkeypatch.setitem(sys.modules, "desktop.doors", Interrupting())
    assert main.main(["--version"]) == 130

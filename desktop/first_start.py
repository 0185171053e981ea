"""Set the program up on a fresh machine. Standard library only.

Before this on the path: ``doors.py``. After it: the same program once more, inside ``.venv``. The set-up keeps one
promise: whenever it is interrupted, the next start repairs it. So the note "unfinished" is written first and removed
last, and the stamp in ``.venv`` is written only when all packages are in.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import locale
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop import surroundings
from desktop.surroundings import ROOT

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = VENV / "plainwatch.json"
LOCKS = ROOT / "resources/locks"
NOTES = ROOT / ".setup"
UNFINISHED = NOTES / "unfinished"
RESTARTED = "PLAINWATCH_RESTARTED"


class SetUpFailed(Exception):
    """The set-up cannot go on: a key of ``first_start.toml``, its values, and a line for a person to type."""

    def __init__(self, key: str, line: str = "", **values: Any) -> None:
        super().__init__(key)
        self.key, self.line, self.values = key, line, values


def prepare(group: str, arguments: list[str]) -> None:
    """Return only inside a ``.venv`` that matches the lock of ``group`` (``run`` or ``test``)."""
    was_restarted = os.environ.pop(RESTARTED, "") == "1"
    if is_set_up(group) and (is_inside() or was_restarted):
        return
    if was_restarted:  # once more would go round in circles
        raise SetUpFailed("venv_broken", folder=VENV)
    if not is_set_up(group):
        set_up(group)
    restart(arguments)


def is_inside() -> bool:
    """Tell whether this Python is the one of ``.venv``."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def is_set_up(group: str) -> bool:
    """Tell whether ``.venv`` holds what the lock of ``group`` asks for."""
    stamp = read_stamp()
    fits_python = not is_inside() or stamp.get("python") == python_version()
    is_there = os.access(PYTHON, os.X_OK)  # a .venv that somebody else made may not be ours to use
    return is_there and not UNFINISHED.exists() and fits_python and stamp.get(group) == fingerprint(group)


def read_stamp() -> dict[str, Any]:
    """Read what the last finished set-up wrote; empty when there was none."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def fingerprint(group: str) -> str:
    """Hash the lock file of ``group``."""
    return hashlib.sha256((LOCKS / f"{group}.txt").read_bytes()).hexdigest()


def python_version() -> str:
    """Name the part of the version that installed packages depend on, e.g. ``3.11``."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def set_up(group: str) -> None:
    """Fetch everything ``group`` needs into ``.venv``, alone and from the beginning if the last time broke off."""
    try:
        NOTES.mkdir(exist_ok=True)
        with only_one():
            if not is_set_up(group):  # the one we waited for may have done it
                fill_venv(group)
    except PermissionError as error:
        raise SetUpFailed("not_writable", folder=ROOT) from error


def fill_venv(group: str) -> None:
    """Make ``.venv`` where needed, install the lock of ``group``, and write the stamp last."""
    announce(group)
    is_afresh = UNFINISHED.exists() or not is_usable()
    UNFINISHED.touch()
    STAMP.unlink(missing_ok=True)
    if is_afresh:
        make_venv("--clear")
    install(group)
    stamp = {"python": venv_version(), "run": fingerprint("run")}
    STAMP.write_text(json.dumps(stamp | {group: fingerprint(group)}), "utf-8")
    UNFINISHED.unlink()
    provide_qt_libraries()
    say("done")


def announce(group: str) -> None:
    """Say what will be fetched and how large it is, before anything is."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    size = read_sizes()[system][group]
    say("repairing" if UNFINISHED.exists() else "renewing" if read_stamp() else "first_time")
    say("fetching", packages=size["packages"], size=size["mb"], folder=VENV)


def read_sizes() -> dict[str, Any]:
    """Read what fetching costs, as it was measured."""
    return tomllib.loads((LOCKS / "sizes.toml").read_text("utf-8"))


def is_usable() -> bool:
    """Tell whether the Python in ``.venv`` starts and is of the version that started us."""
    return venv_version() == python_version()


def venv_version() -> str:
    """Ask the Python in ``.venv`` for its version; empty when it does not start."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return answer.stdout.strip()


def make_venv(*options: str) -> None:
    """Make ``.venv``; without pip where uv does the installing."""
    if find_uv() is None:
        provide_ensurepip()
    without_pip = ["--without-pip"] if find_uv() else []
    if not run([base_python(), "-m", "venv", *options, *without_pip, VENV]):
        raise SetUpFailed("venv_broken", folder=VENV)


def base_python() -> str:
    """Find the Python below any virtual environment: the one in ``.venv`` cannot rebuild itself."""
    return getattr(sys, "_base_executable", "") or sys.executable


def provide_ensurepip() -> None:
    """See to it that venv can bring pip: Debian keeps that in a package of its own."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    package = [f"python{python_version()}-venv"]
    if not (surroundings.is_debian() and surroundings.is_root() and install_packages(package, "venv_mb")):
        raise SetUpFailed("venv_missing", surroundings.apt_line(package))


def install(group: str) -> None:
    """Install the lock of ``group``, every file checked against its fingerprint: by uv when present, else by pip."""
    lock = ["--require-hashes", "-r", str(LOCKS / f"{group}.txt")]
    uv = find_uv()
    if uv and run([uv, "pip", "install", "--python", PYTHON, *lock]):
        return
    if not run([PYTHON, "-c", "import pip"], is_quiet=True):
        provide_ensurepip()
        if not run([PYTHON, "-m", "ensurepip"]):
            raise SetUpFailed("venv_broken", folder=VENV)
    quietly = ["--quiet", "--disable-pip-version-check", "--no-input", "--prefer-binary"]
    if not run([PYTHON, "-m", "pip", "install", *quietly, *lock]):
        raise SetUpFailed("install_failed")


def find_uv() -> str | None:
    """Find the faster installer, if this machine has it."""
    return shutil.which("uv")


def run(command: list[Any], *, is_quiet: bool = False) -> bool:
    """Run one step and tell whether it went well; what it says goes to stderr, so that stdout stays for results."""
    output = subprocess.DEVNULL if is_quiet else sys.stderr
    words = [str(word) for word in command]
    try:
        # The lock goes along (see only_one): an installer that outlives us must not meet a second one.
        return subprocess.run(words, stdout=output, stderr=output, close_fds=False, check=False).returncode == 0
    except OSError:
        return False


def provide_qt_libraries() -> None:
    """Bring the window's system libraries on Debian: as root install them, else print the exact line."""
    missing = surroundings.missing_qt_packages()
    if not missing or not surroundings.is_debian():
        return
    if not surroundings.is_root():
        say("qt_missing")
        print("    " + surroundings.apt_line(missing), file=sys.stderr)
        return
    if not install_packages(missing, "qt_mb"):
        say("system_packages_failed")


def install_packages(names: list[str], size: str) -> bool:
    """Say what apt will fetch and how large it is at most, then let it."""
    say("system_packages", names=" ".join(names), size=read_sizes()["debian"][size])
    return surroundings.install_packages(names)


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold the set-up's lock; it ends with the processes that hold it, so a killed set-up never blocks for long."""
    with (NOTES / "lock").open("a+") as file:
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003 - the only form it has
        if not try_lock(file.fileno()):
            say("waiting")
            wait_for_lock(file.fileno())
        yield


if sys.platform == "win32":
    import msvcrt
    import time

    def try_lock(descriptor: int) -> bool:
        """Take the lock if it is free."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def wait_for_lock(descriptor: int) -> None:
        """Take the lock as soon as it is free."""
        while not try_lock(descriptor):
            time.sleep(1)
else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Take the lock if it is free."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def wait_for_lock(descriptor: int) -> None:
        """Take the lock as soon as it is free."""
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def restart(arguments: list[str]) -> None:
    """Start the program again inside ``.venv``; does not return."""
    command = [str(PYTHON), str(ROOT / "main.py"), *arguments]
    os.environ[RESTARTED] = "1"
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":  # execv there would give the prompt back too early
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)  # noqa: S606 - our own Python with our own file


# --- words --------------------------------------------------------------------------------------------------------
def say(key: str, **values: Any) -> None:
    """Print one sentence of ``first_start.toml`` on stderr, in the system's language."""
    sentences = tomllib.loads((ROOT / "resources/texts/first_start.toml").read_text("utf-8"))[key]
    print(sentences.get(system_language(), sentences["en"]).format(**values), file=sys.stderr, flush=True)


def system_language() -> str:
    """Read the system's language: two letters, ``en`` when unknown."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    name = named or locale.getlocale()[0] or "en"
    return name[:2].lower()

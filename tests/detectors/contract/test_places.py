from __future__ import annotations

from pathlib import Path

import pytest

from detectors.contract import places
from detectors.contract.places import KINDS, ComputerFacts, Place, facts_of_this_computer, is_inside, known_places

LINUX = ComputerFacts("linux", "/home/maria")
WINDOWS = ComputerFacts(
    "win32",
    "C:\\Users\\Maria",
    {"LOCALAPPDATA": "C:\\Users\\Maria\\AppData\\Local", "APPDATA": "C:\\Users\\Maria\\AppData\\Roaming",
     "TEMP": "C:\\Users\\Maria\\AppData\\Local\\Temp", "SYSTEMROOT": "C:\\Windows", "OneDrive": "C:\\Users\\Maria\\OneDrive"},
    drives=("C:\\", "D:\\"),
)  # fmt: skip
MAC = ComputerFacts("darwin", "/Users/maria", {"TMPDIR": "/var/folders/ab/T/"})


def paths(facts: ComputerFacts, kind: str) -> list[str]:
    return [place.path for place in known_places(facts) if place.kind == kind]


@pytest.mark.parametrize("facts", [LINUX, WINDOWS, MAC], ids=lambda facts: facts.system)
def test_every_system_has_every_kind_of_place_and_each_path_once(facts: ComputerFacts):
    known = known_places(facts)
    assert {place.kind for place in known} == set(KINDS)
    assert len({place.path for place in known}) == len(known)
    assert [KINDS.index(place.kind) for place in known] == sorted(KINDS.index(place.kind) for place in known)


def test_linux_follows_the_names_a_person_sees():
    user_dirs = (
        "# a comment\n"
        'XDG_DOWNLOAD_DIR="$HOME/Téléchargements/"\n'
        'XDG_DESKTOP_DIR="$HOME/"\n'
        'XDG_DOCUMENTS_DIR="/srv/documents"\n'
        'XDG_MUSIC_DIR="$HOME/Musique"\n'
        "XDG_DOWNLOAD_DIR\n"
        'XDG_DESKTOP_DIR="relative/path"\n'
    )
    facts = ComputerFacts("linux", "/home/maria", user_dirs=user_dirs)
    assert paths(facts, "downloads") == ["/home/maria/Téléchargements"]
    assert paths(facts, "desktop") == ["/home/maria/Desktop"]  # "$HOME/" means: none
    assert paths(facts, "documents") == ["/srv/documents"]


def test_linux_startup_places():
    startup = paths(LINUX, "startup")
    assert {"/home/maria/.config/autostart", "/home/maria/.config/systemd/user", "/etc/cron.d", "/etc/crontab",
            "/home/maria/.bashrc", "/home/maria/.profile"} <= set(startup)  # fmt: skip
    moved = ComputerFacts("linux", "/home/maria", {"XDG_CONFIG_HOME": "/elsewhere"})
    assert "/elsewhere/autostart" in paths(moved, "startup")


def test_linux_temporary_places_follow_tmpdir():
    assert paths(LINUX, "temporary") == ["/tmp", "/var/tmp", "/dev/shm"]
    assert paths(ComputerFacts("linux", "/h", {"TMPDIR": "/scratch/"}), "temporary")[0] == "/scratch"


def test_windows_places():
    assert paths(WINDOWS, "downloads") == ["C:\\Users\\Maria\\Downloads"]
    assert paths(WINDOWS, "desktop") == ["C:\\Users\\Maria\\Desktop", "C:\\Users\\Maria\\OneDrive\\Desktop"]
    assert paths(WINDOWS, "whole") == ["C:\\", "D:\\"]
    assert "C:\\Windows\\Temp" in paths(WINDOWS, "temporary")
    assert any(path.endswith("Start Menu\\Programs\\Startup") for path in paths(WINDOWS, "startup"))
    bare = ComputerFacts("win32", "C:\\Users\\Maria")
    assert paths(bare, "temporary")[0] == "C:\\Users\\Maria\\AppData\\Local\\Temp"
    assert paths(bare, "whole") == ["C:\\"]


def test_mac_places():
    assert paths(MAC, "downloads") == ["/Users/maria/Downloads"]
    assert paths(MAC, "temporary")[0] == "/var/folders/ab/T"
    assert "/Users/maria/Library/LaunchAgents" in paths(MAC, "startup")


@pytest.mark.parametrize(
    ("path", "folder", "system", "inside"),
    [
        ("/home/maria/Downloads/a.txt", "/home/maria/Downloads", "linux", True),
        ("/home/maria/Downloads", "/home/maria/Downloads", "linux", True),
        ("/home/maria/Downloads2/a", "/home/maria/Downloads", "linux", False),
        ("/home/maria/downloads/a", "/home/maria/Downloads", "linux", False),
        ("c:\\users\\maria\\downloads\\a.txt", "C:\\Users\\Maria\\Downloads", "win32", True),
        ("C:/Users/Maria/Downloads/a.txt", "C:\\Users\\Maria\\Downloads", "win32", True),
        ("/x/\udce9/a", "/x/\udce9", "linux", True),
    ],
)
def test_lying_inside(path: str, folder: str, system: str, inside: bool):
    assert is_inside(path, folder, system) is inside


def test_this_computer_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(places.sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "user-dirs.dirs").write_bytes(b'XDG_DOWNLOAD_DIR="$HOME/Caf\xe9"\n' + b"#" * 100_000)
    facts = facts_of_this_computer()
    assert facts.home == str(tmp_path)
    assert Place("downloads", f"{tmp_path}/Caf\udce9") in known_places(facts)


def test_without_settings_the_usual_names_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(places.sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert Place("downloads", f"{tmp_path}/Downloads") in known_places(facts_of_this_computer())

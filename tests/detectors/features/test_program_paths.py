"""One path has one form, however it was written, and a kind of place."""

import pytest

from detectors.features.program_paths import MAX_PATH, PathClass, base_name, normal_path, path_class, program_name
from tests.program_factories import program


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\??\C:\Windows\Sysnative\CMD.exe", r"c:\windows\system32\cmd.exe"),
        (r"\Device\HarddiskVolume3\Users\eve\a.exe", r"c:\users\eve\a.exe"),
        (r"\SystemRoot\System32\smss.exe", r"c:\windows\system32\smss.exe"),
        (r"%windir%\explorer.exe", r"c:\windows\explorer.exe"),
        ("C:/Windows/../Temp/./a.exe", r"c:\temp\a.exe"),
        (r"\\?\UNC\server\c$\a.exe", r"\\server\c$\a.exe"),
        (r"\Device\Mup\;Z:00\server\share\a.exe", r"\\server\share\a.exe"),
        (r'"C:\PROGRA~2\Maker\a.exe"', r"c:\program files (x86)\maker\a.exe"),
        (r"C:\Windows\System32\svchost.exe. ", r"c:\windows\system32\svchost.exe"),
    ],
)
def test_windows_paths_have_one_form(written, meant):
    assert normal_path(written, "windows") == meant


def test_unix_paths_lose_the_kernels_word_and_detours():
    assert normal_path("/usr/bin/../../tmp/./a (deleted)", "linux") == "/tmp/a"


def test_nothing_is_known_of_no_path():
    assert normal_path(None, "windows") == ""
    assert path_class(None, "linux") == PathClass.UNKNOWN
    assert path_class("cmd.exe", "windows") == PathClass.UNKNOWN


@pytest.mark.parametrize(
    ("path", "system", "kind"),
    [
        (r"C:\Windows\System32\cmd.exe", "windows", PathClass.SYSTEM),
        (r"C:\Windows\Temp\a.exe", "windows", PathClass.TEMPORARY),
        (r"C:\Windows\Fonts\a.exe", "windows", PathClass.HIDDEN),
        (r"C:\$Recycle.Bin\S-1-5\a.exe", "windows", PathClass.HIDDEN),
        (r"C:\Program Files\Maker\a.exe", "windows", PathClass.PROGRAMS),
        (r"C:\Program Files\WindowsApps\a\a.exe", "windows", PathClass.STORE),
        (r"C:\ProgramData\a.exe", "windows", PathClass.SHARED),
        (r"C:\Users\eve\AppData\Local\Temp\a.exe", "windows", PathClass.TEMPORARY),
        (r"C:\Users\eve\AppData\Local\Programs\a\a.exe", "windows", PathClass.USER_PROGRAMS),
        (r"C:\Users\eve\AppData\Roaming\a.exe", "windows", PathClass.HOME),
        (r"C:\Users\eve\Downloads\a.exe", "windows", PathClass.DOWNLOADS),
        (r"\\server\share\a.exe", "windows", PathClass.NETWORK),
        (r"E:\a.exe", "windows", PathClass.OTHER_DRIVE),
        (r"C:\tools\a.exe", "windows", PathClass.DRIVE_ROOT),
        ("/usr/bin/ls", "linux", PathClass.SYSTEM),
        ("/tmp/a", "linux", PathClass.TEMPORARY),
        ("/dev/shm/a", "linux", PathClass.HIDDEN),
        ("/home/eve/Downloads/a", "linux", PathClass.DOWNLOADS),
        ("/home/eve/.cargo/bin/cargo", "linux", PathClass.USER_PROGRAMS),
        ("/opt/maker/a", "linux", PathClass.PROGRAMS),
        ("/snap/a/1/a", "linux", PathClass.STORE),
        ("/Applications/A.app/Contents/MacOS/A", "macos", PathClass.PROGRAMS),
        ("/private/tmp/a", "macos", PathClass.TEMPORARY),
        ("/Volumes/Disk/a", "macos", PathClass.OTHER_DRIVE),
    ],
)
def test_a_place_has_a_kind(path, system, kind):
    assert path_class(path, system) == kind


def test_long_and_odd_paths_are_taken_calmly():
    assert len(normal_path("C:\\" + "a\\" * 100_000, "windows")) <= MAX_PATH
    assert base_name("\udcff\x00\\" * 50 + "x.exe", "windows") == "x.exe"


def test_a_program_of_many_commands_is_called_as_the_system_calls_it():
    assert program_name(program("wget", path="/usr/bin/busybox")) == "wget"
    assert program_name(program("kworker/u8", path="/tmp/a (deleted)")) == "a"

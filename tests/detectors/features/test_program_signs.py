"""Fields beside the standard ones: false names, kinds, options in any abbreviation, places of arguments."""

import base64

import pytest

from detectors.features.false_names import false_names, is_near, is_renamed
from detectors.features.program_kinds import kinds_of
from detectors.features.program_signs import program_signs, user_kind
from tests.program_factories import chain, connection, program


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (r"C:\Windows\System32\svchost.exe", ()),
        (r"\\?\C:\Windows\System32\svchost.exe", ()),
        (r"C:\Windows\explorer.exe", ()),
        (r"C:\Windows.old\Windows\System32\svchost.exe", ()),
        (r"C:\Users\eve\svchost.exe", ("core_elsewhere",)),
        (r"C:\Windows\lsass.exe", ("core_elsewhere",)),
        (r"C:\Program Files\a\explorer.exe", ("installed_twin",)),
        (r"C:\Users\eve\certutil.exe", ("tool_elsewhere",)),
        (r"C:\ProgramData\scvhost.exe", ("look_alike",)),
        (r"C:\ProgramData\1sass.exe", ("look_alike",)),
        (r"C:\ProgramData\service.exe", ()),
        (r"C:\Program Files\a\services1.exe", ()),
        (r"C:\Users\eve\bill.pdf.exe", ("double_ending",)),
        (r"C:\Users\eve\bill.pdf          .exe", ("double_ending", "padding")),
        ("C:\\Users\\eve\\a\u202efdp.exe", ("direction_mark",)),
        (r"C:\Users\eve\picture.jpg", ("odd_ending",)),
        (r"C:\Users\eve\AppData\Local\Temp\is-A1B2C.tmp\setup.tmp", ()),
    ],
)
def test_false_names_are_known(path, names):
    assert false_names(program(path.rpartition("\\")[2], path=path, system="windows")) == names


def test_a_slip_is_one_letter():
    assert is_near("svchosts", "svchost")
    assert is_near("svhost", "svchost")
    assert is_near("scvhost", "svchost")
    assert not is_near("svchost", "svchost")
    assert not is_near("svmain", "svchost")


def test_the_original_name_tells():
    assert is_renamed(program("a.exe", original_name="Cmd.Exe")) is True
    assert is_renamed(program("cmd.exe", original_name="Cmd.Exe.MUI")) is False
    assert is_renamed(program("a.exe", original_name="Own.exe")) is False
    assert is_renamed(program("a.exe")) is None


def test_kinds_follow_the_name_without_version():
    assert "interpreter" in kinds_of("python3.11")
    assert "office" in kinds_of("WINWORD.EXE")
    assert kinds_of("unheard-of") == frozenset()


def test_options_of_powershell_count_in_any_abbreviation():
    code = base64.b64encode("Get-Date -Format yyyy".encode("utf-16-le")).decode()
    for option in ("-e", "-enc", "/EncodedCommand", "\u2013ec"):
        fields = program_signs(program("powershell.exe", command=f"powershell -W Hid -Ep Bypass {option} {code}"))
        assert fields["EncodedOption"]
        assert fields["HiddenWindow"]
        assert fields["PolicyBypass"]
        assert fields["DecodedCommand"] == " get-date -format yyyy "
    plain = program_signs(program("powershell.exe", command="powershell -ExecutionPolicy RemoteSigned -File a.ps1"))
    assert [plain[one] for one in ("EncodedOption", "HiddenWindow", "PolicyBypass")] == [False] * 3


def test_places_of_arguments_hold_blanks():
    fields = program_signs(program("regsvr32.exe", command='regsvr32 /s "C:\\Program Files\\a b\\c.dll"'))
    assert fields["ArgumentPlaces"] == ("programs",)
    bare = program_signs(program("regsvr32.exe", command=r"regsvr32 C:\Program Files (x86)\a\c.dll %temp%\a.dll"))
    assert bare["ArgumentPlaces"] == ("programs", "temporary")


def test_who_stands_behind_a_shell():
    fields = program_signs(chain("explorer.exe", "winword.exe", "cmd.exe", "powershell.exe"))
    assert fields["BehindName"] == "winword"
    assert fields["BehindKind"] == ("office",)
    assert fields["AncestorNames"] == ("cmd", "winword", "explorer")


def test_what_is_unknown_is_left_out():
    fields = program_signs(program("a.exe", path=None, command=None, user=None))
    assert not fields.keys() & {"PathClass", "PlainCommand", "UserKind", "ParentName", "CallsOut", "Renamed"}


def test_programs_that_carry_text_are_not_judged_by_it():
    fields = program_signs(program("chrome.exe", command="chrome https://search.example/?q=vssadmin+delete+shadows"))
    assert "WholeText" not in fields
    assert "PlainCommand" in fields


@pytest.mark.parametrize(
    ("user", "kind"),
    [
        ("NT AUTHORITY\\SYSTEM", "system"),
        ("AUTORITE NT\\Système", "system"),
        ("OFFICE\\SERVER$", "system"),
        ("IIS APPPOOL\\Default", "service"),
        ("PC\\eve", "person"),
        (None, None),
    ],
)
def test_accounts_have_a_kind(user, kind):
    assert user_kind(user) == kind


def test_calling_out_means_the_internet():
    assert program_signs(program("a.exe", connections=(connection("9.9.9.9"),)))["CallsOut"]
    assert not program_signs(program("a.exe", connections=(connection("192.168.1.2"),)))["CallsOut"]
    assert "CallsOut" not in program_signs(program("a.exe"))


def test_hostile_text_raises_nothing():
    for text in ("\udcff\x00\x1b[1m", '"' * 50_000, "\\" * 100_000, "%a%\\" * 30_000, "'c:\\" * 30_000, "-e " * 50_000):
        assert program_signs(program("powershell.exe", command=text, path=text, user=text))

"""What programs of an ordinary day do: installers, updaters, build tools, help desks. Nothing is worth a look."""

from pathlib import Path

import pytest

from detectors.contract.detector import DetectorContext
from detectors.contract.finding import Severity
from detectors.suspicious_start import SuspiciousStart
from tests.program_factories import program, programs

ROOT = Path(__file__).parents[2]
SYSTEM32 = "C:\\Windows\\System32\\"
FILES = "C:\\Program Files\\"
HOME = "C:\\Users\\maria\\"
TEMP = HOME + "AppData\\Local\\Temp\\"
EXPLORER = "C:\\Windows\\explorer.exe"
SVCHOST = SYSTEM32 + "svchost.exe"
SHELL = SYSTEM32 + "WindowsPowerShell\\v1.0\\powershell.exe"
CMD = SYSTEM32 + "cmd.exe"
EDITOR = HOME + "AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe"
CHROME = FILES + "Google\\Chrome\\Application\\chrome.exe"
MSIEXEC = SYSTEM32 + "msiexec.exe"
SERVICES = SYSTEM32 + "services.exe"

DAY = {
    "an installer from the downloads": (EXPLORER, HOME + "Downloads\\SetupMaker_1.2.exe", ""),
    "an installer unpacks itself": (HOME + "Downloads\\Setup.exe", TEMP + "is-A1B2C.tmp\\Setup.tmp", "/SL5=1"),
    "an installer's own action": (MSIEXEC, SYSTEM32 + "rundll32.exe", f'"{TEMP}MSI12.tmp",zzzzInvokeManagedCustomActionOutOfProc SfxCA_1'),
    "an installer registers a library": (MSIEXEC, SYSTEM32 + "regsvr32.exe", f'/s "{FILES}Maker\\shell.dll"'),
    "an updater in a temporary folder": (SVCHOST, TEMP + "GUM12.tmp\\MakerUpdate.exe", "/install"),
    "a printer's dialogue": (EXPLORER, SYSTEM32 + "rundll32.exe", "printui.dll,PrintUIEntry /il"),
    "a control panel": (EXPLORER, SYSTEM32 + "rundll32.exe", "shell32.dll,Control_RunDLL desk.cpl"),
    "a network place is opened": (SVCHOST, SYSTEM32 + "rundll32.exe", "C:\\Windows\\system32\\davclnt.dll,DavSetCookie intranet"),
    "a page from a mail": (FILES + "Microsoft Office\\root\\Office16\\OUTLOOK.EXE", CHROME, "https://news.example/page"),
    "a document is printed": (FILES + "Microsoft Office\\root\\Office16\\WINWORD.EXE", "C:\\Windows\\splwow64.exe", "12288"),
    "a search for frightening words": (EXPLORER, CHROME, "https://search.example/?q=vssadmin+delete+shadows+mimi+katz"),
    "a helper of an extension": (CHROME, CMD, f'/d /c "{FILES}Maker\\host.bat" chrome-extension://abc/ --parent-window=0 < \\\\.\\pipe\\a'),
    "an editor opens a shell": (EDITOR, SHELL, "-noexit -command \"try { . 'C:\\a\\shellIntegration.ps1' } catch {}\""),
    "an editor looks for words": (EDITOR, HOME + "AppData\\Local\\Programs\\Microsoft VS Code\\rg.exe", "--regexp invoke-expression ."),
    "a package manager builds": (FILES + "nodejs\\node.exe", CMD, "/d /s /c node-gyp rebuild"),
    "a project is built": (FILES + "Microsoft Visual Studio\\devenv.exe", FILES + "Microsoft Visual Studio\\MSBuild.exe", HOME + "p\\a.csproj"),
    "one's own program is tried": (CMD, HOME + "source\\app\\target\\debug\\app.exe", ""),
    "an environment of Python": (CMD, HOME + "project\\.venv\\Scripts\\python.exe", "manage.py runserver"),
    "a module of Python": (CMD, HOME + "AppData\\Local\\Programs\\Python\\Python312\\python.exe", "-m pip install requests"),
    "the repository is asked": (EDITOR, FILES + "Git\\cmd\\git.exe", "-c core.quotepath=false status -z"),
    "a message about passwords": (CMD, FILES + "Git\\cmd\\git.exe", 'commit -m "net user and reg save are documented"'),
    "a person looks at addresses": (CMD, SYSTEM32 + "ipconfig.exe", "/all"),
    "a person asks for the name": (CMD, SYSTEM32 + "hostname.exe", ""),
    "a file's sum": (SHELL, SYSTEM32 + "certutil.exe", f"-hashfile {HOME}Downloads\\image.iso SHA256"),
    "compatibility data is sent": (SYSTEM32 + "CompatTelRunner.exe", SHELL, "-ExecutionPolicy Restricted -Command Write-Host 'Final result: 1'"),
    "a task of the system": (SVCHOST, SYSTEM32 + "taskhostw.exe", ""),
    "an object host": (SVCHOST, SYSTEM32 + "dllhost.exe", "/Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}"),
    "a service starts": (SERVICES, SVCHOST, "-k netsvcs -p -s BITS"),
    "a scanner's own tool": (SERVICES, "C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18\\MsMpEng.exe", ""),
    "a task of a maker": (SVCHOST, FILES + "Maker\\updater.exe", "--silent"),
    "an installed script": (SVCHOST, SYSTEM32 + "wscript.exe", f'//B "{FILES}Maker\\task.vbs"'),
    "disk cleaning": (SVCHOST, TEMP + "A1B2-C3\\dismhost.exe", "{1}"),
    "backups are thinned out": (FILES + "Maker\\backup.exe", SYSTEM32 + "wbadmin.exe", "delete backup -keepVersions:5"),
    "the shadow copies are listed": (CMD, SYSTEM32 + "vssadmin.exe", "list shadows"),
    "a secure shell": (CMD, SYSTEM32 + "OpenSSH\\ssh.exe", "maria@server.example"),
    "a page is fetched": (CMD, SYSTEM32 + "curl.exe", "-s https://weather.example/today"),
    "a program of one person": (EXPLORER, HOME + "AppData\\Local\\Discord\\app-1.0.9\\Discord.exe", "--type=renderer"),
    "the store's shell": (EXPLORER, FILES + "WindowsApps\\Microsoft.PowerShell_7_x64\\pwsh.exe", "-WorkingDirectory ~"),
    "a share of the office": (CMD, SYSTEM32 + "net.exe", "use M: \\\\files\\music"),
    "a group policy script": (SYSTEM32 + "gpscript.exe", CMD, "/c \\\\domain.example\\netlogon\\drives.bat"),
    "wireless help": (SYSTEM32 + "netsh.exe", SYSTEM32 + "cscript.exe", "C:\\Windows\\system32\\gatherNetworkInfo.vbs"),
    "an agent of the cloud": ("C:\\WindowsAzure\\GuestAgent\\CollectGuestLogs.exe", CMD, ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def detector():
    return SuspiciousStart.build(DetectorContext(ROOT / "rules", None, ROOT / "models"))


@pytest.mark.parametrize("what", DAY)
def test_an_ordinary_start_is_not_worth_a_look(detector, what):
    parent_path, path, words = DAY[what]
    parent = program(parent_path.rpartition("\\")[2], path=parent_path, system="windows")
    start = program(
        path.rpartition("\\")[2], path=path, parent=parent, system="windows", command=f'"{path}" {words}'.strip()
    )
    worth = [one for one in detector.detect(programs(start)) if one.severity >= Severity.MEDIUM]
    assert [(one.reason, [e.name for e in one.evidence if e.name.startswith("sign_")]) for one in worth] == []

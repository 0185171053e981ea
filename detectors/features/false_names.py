"""Says whether a program goes under a false name: a system's name elsewhere, a look-alike, a double ending.

Before this on the path: a Program. After it: ``program_signs`` (fields ``FalseName``, ``Renamed``).
Windows only where folders are compared; endings and invisible letters deceive everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from detectors.contract.programs import Program
from detectors.features.program_paths import PathClass, base_name, name_set, normal_path, path_class, program_name, stem

_CORE = name_set("""
    svchost, lsass, services, csrss, smss, wininit, winlogon, explorer, spoolsv, taskhost, taskhostw, taskhostex,
    dwm, conhost, dllhost, runtimebroker, sihost, lsaiso, userinit, fontdrvhost, searchindexer, wmiprvse, rundll32,
    regsvr32, logonui, lsm, audiodg, consent, ctfmon, smartscreen, werfault, wermgr, trustedinstaller, tiworker,
    wuauclt, taskmgr, atbroker, searchprotocolhost, searchfilterhost, backgroundtaskhost, securityhealthservice,
    securityhealthsystray, wudfhost, sppsvc, vssvc, taskeng, runonce, dashost, wlanext""")
"""Programs of the system that run for everybody: the names that attackers hide behind."""
_TOOLS = name_set("""
    cmd, powershell, mshta, wscript, cscript, certutil, bitsadmin, net, net1, sc, reg, schtasks, wmic, cmstp,
    control, odbcconf, wevtutil, vssadmin, bcdedit, wbadmin, netsh, nltest, msiexec, regedit, at, utilman, sethc,
    osk, magnify, narrator, displayswitch, makecab, extrac32, esentutl, ntdsutil, msdt, forfiles, pcalua,
    presentationhost, installutil, regasm, regsvcs, whoami, systeminfo, tasklist, taskkill, wusa, fodhelper,
    eventvwr, sdclt, computerdefaults, diskshadow, mavinject, finger, desktopimgdownldr, notepad, calc""")
"""Tools of the system: a copy elsewhere is used to get round rules that name the folder."""
_INNOCENT = name_set("service, explore, iexplore, host, task, tasks, server, runas, dllhst3g")
"""Names close to one of the core's that other makers really use."""
_WINDOWS_PLACES = re.compile(
    r"^[a-z]:\\windows\\(?:system32|syswow64|sysarm32|sysnative|winsxs|servicing|uus|systemapps|softwaredistribution|"
    r"microsoft\.net|immersivecontrolpanel|systemresources|explorer\.exe$|regedit\.exe$|notepad\.exe$|helppane\.exe$)"
)
_OLD_SYSTEM = re.compile(r"^[a-z]:\\(?:windows\.old|\$windows\.~bt|\$winreagent|\$sysreset|\$getcurrent)\\")
_DOUBLE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|rtf|txt|csv|jpe?g|png|gif|bmp|mp[34]|avi|mov|wav|zip|rar|7z|html?|eml|odt)"
    r"[\s_.]{0,200}\.(?:exe|scr|com|pif|bat|cmd|js|jse|vbs|vbe|hta|lnk|ps1|wsf|app|sh|command)$"
)
_PADDING = re.compile(r"[\s_]{6,}\.[a-z0-9]{2,4}$|\.[a-z0-9]{2,4}\s{6,}")
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_PROGRAM_ENDINGS = frozenset({"exe", "com", "scr", ""})
_SETUP_PART = re.compile(r"\\(?:is-[0-9a-z]{5}\.tmp\\|_iu[^\\]{1,8}\.tmp$)|\\~?nsu[^\\]{0,8}\.tmp\\|\\_mei\d+\\")
"""Inno Setup and NSIS really run files that end in .tmp."""
_INSTALLED = (PathClass.PROGRAMS, PathClass.STORE)
_MIN_LOOK_ALIKE = 5
"""Shorter names are close to too many others."""
_ORIGINALS = {
    "cmd.exe": "cmd",
    "powershell.exe": "powershell powershell_ise",
    "pwsh.dll": "pwsh",
    "rundll32.exe": "rundll32",
    "regsvr32.exe": "regsvr32",
    "certutil.exe": "certutil",
    "wscript.exe": "wscript",
    "cscript.exe": "cscript",
    "mshta.exe": "mshta",
    "bitsadmin.exe": "bitsadmin",
    "wmic.exe": "wmic",
    "msbuild.exe": "msbuild",
    "installutil.exe": "installutil",
    "cmstp.exe": "cmstp",
    "schtasks.exe": "schtasks",
    "reg.exe": "reg",
    "sc.exe": "sc",
    "net.exe": "net",
    "net1.exe": "net1",
    "psexec.c": "psexec psexec64",
    "psexec.exe": "psexec psexec64",
    "psexesvc.exe": "psexesvc",
    "procdump": "procdump procdump64 procdump64a",
    "msxsl.exe": "msxsl",
    "finger.exe": "finger",
    "curl.exe": "curl",
    "rclone.exe": "rclone",
    "plink": "plink",
    "adfind.exe": "adfind",
    "vssadmin.exe": "vssadmin",
    "wevtutil.exe": "wevtutil",
    "nltest.exe": "nltest",
    "whoami.exe": "whoami",
    "odbcconf.exe": "odbcconf",
    "ie4uinit.exe": "ie4uinit",
    "csc.exe": "csc",
}
"""Original name inside the file, and the names it may bear (version data of Windows and Sysinternals)."""


def false_names(program: Program) -> tuple[str, ...]:
    """List the ways in which a program's own name deceives; empty when it does not, or nothing is known."""
    name, raw = program_name(program), program.path or program.name or ""
    found = []
    if any(one in _DIRECTION_MARKS for one in raw):
        found.append("direction_mark")
    if _DOUBLE.search(name):
        found.append("double_ending")
    if _PADDING.search(raw.rpartition("\\")[2].lower()):
        found.append("padding")
    if program.system == "windows":
        found += _windows_names(program, stem(name))
    return tuple(found)


def _windows_names(program: Program, name: str) -> list[str]:
    path, place = normal_path(program.path, "windows"), path_class(program.path, "windows")
    if place == PathClass.UNKNOWN or _OLD_SYSTEM.match(path):
        return []
    if name in _CORE | _TOOLS:
        return _misplaced(path, place, name)
    if place in _INSTALLED:
        return []
    if place != PathClass.USER_PROGRAMS and _resembles_core(name):
        return ["look_alike"]
    _, dot, ending = path.rpartition("\\")[2].rpartition(".")
    is_odd = dot and ending not in _PROGRAM_ENDINGS and not _SETUP_PART.search(path)
    return ["odd_ending"] if is_odd and place != PathClass.SYSTEM else []


def _misplaced(path: str, place: PathClass, name: str) -> list[str]:
    """Judge a program that bears a name of the system by where it lies."""
    if _WINDOWS_PLACES.match(path) and place != PathClass.HIDDEN:
        return []
    if place in _INSTALLED:
        return ["installed_twin"] if name in _CORE else []
    return ["core_elsewhere" if name in _CORE else "tool_elsewhere"]


def is_renamed(program: Program) -> bool | None:
    """Tell whether a well-known tool goes under another name; None where the original name is not known."""
    if not program.original_name:
        return None
    may_be = _ORIGINALS.get(base_name(program.original_name, "windows").removesuffix(".mui"))
    return may_be is not None and stem(program_name(program)) not in may_be.split()


@lru_cache(maxsize=4_096)
def _resembles_core(name: str) -> bool:
    plain = unicodedata.normalize("NFKC", name)
    if plain in _INNOCENT or not _MIN_LOOK_ALIKE <= len(plain) + 1 <= 40:  # noqa: PLR2004 - no core name is longer
        return False
    seen = _same_shape(plain)
    return any(
        len(core) >= _MIN_LOOK_ALIKE and (seen == _same_shape(core) or is_near(plain, core))
        for core in _CORE
        if abs(len(core) - len(plain)) <= 1
    )


def _same_shape(name: str) -> str:
    """Write letters that look alike as one."""
    return name.replace("rn", "m").replace("vv", "w").translate(str.maketrans("10i5", "lols"))


def is_near(one: str, other: str) -> bool:
    """Tell whether two names differ by one slip: a letter more, less or other, or two swapped (Damerau 1964)."""
    if one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:] and len(b) > 1)

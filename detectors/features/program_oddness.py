"""Says what is odd about where a program lies and how it runs, and which work explains much that looks odd.

Before this on the path: programs of a stretch. After it: the detectors of behaviour, for which load, a door or a
vanished file alone says little.
An interpreter is judged by the script it runs: the interpreter itself always lies in the system's own folder.
"""

from __future__ import annotations

import re

from detectors.contract.programs import Program
from detectors.features.program_paths import PathClass, base_name, path_class, program_name, stem

ODD_PLACES = frozenset({PathClass.TEMPORARY, PathClass.HIDDEN, PathClass.DOWNLOADS})
"""Where no installed program lives."""
OWN_PLACES = frozenset({PathClass.SYSTEM, PathClass.PROGRAMS, PathClass.STORE, PathClass.USER_PROGRAMS})
"""Where installed programs live; a person put the last kind there."""
_INTERPRETER = re.compile(
    r"(?:python|pythonw|perl|ruby|lua|php|node|tclsh|java|pypy)[\d.]*(?:-cgi|-fpm)?[\d.]*|nodejs|deno|bun|osascript|[gmn]?awk|"
    r"wscript|cscript|pwsh|powershell|(?:ba|da|z|k|a|fi|tc|c)?sh|busybox|rscript|expect|wish"
)
_CODE_OPTIONS = frozenset({"-c", "-e", "-r", "--eval", "--execute", "-command", "-encodedcommand", "-enc"})
"""What follows is a program, not the name of one."""
_SHELL_LIKE = re.compile(r"(?:ba|da|z|k|a|fi|tc|c)?sh|busybox|cmd|powershell|pwsh")
_BUILDERS = frozenset({
    "make", "gmake", "cmake", "ninja", "meson", "bazel", "buck", "gradle", "mvn", "ant", "sbt", "cargo",
    "rustc", "go", "gcc", "g++", "cc", "c++", "clang", "clang++", "cc1", "cc1plus", "ld", "collect2",
    "distcc", "ccache", "msbuild", "devenv", "cl", "link", "dotnet", "npm", "yarn", "pnpm", "webpack",
    "esbuild", "tsc", "pytest", "tox", "nox", "pip", "pip3", "uv", "poetry", "virtualenv", "conda", "mamba",
    "dpkg-buildpackage", "rpmbuild", "debuild", "configure", "autoconf", "xcodebuild", "swift", "swiftc",
    "ctest", "docker-buildx", "buildkitd",
})  # fmt: skip
_PACKAGE_TOOLS = frozenset({
    "apt", "apt-get", "aptitude", "dpkg", "dpkg-deb", "dpkg-preconfigure", "unattended-upgrade",
    "unattended-upgr", "unattended-upgrades", "packagekitd", "rpm", "dnf", "dnf5", "yum", "zypper", "pacman",
    "apk", "snapd", "flatpak", "brew", "installer", "softwareupdated", "system_installd", "package_script_service",
    "installd", "msiexec",
    "trustedinstaller", "tiworker", "wusa", "winget", "choco", "update-manager", "needrestart", "synaptic",
    "gnome-software", "plasma-discover",
})  # fmt: skip
_MOUNTED = "/tmp/.mount_"  # noqa: S108 - a name to compare with
"""An AppImage shows its contents here while it runs; anybody may borrow the name, so it counts as somebody's own."""
_DOTTED = re.compile(r"[\\/]\.[^\\/.][^\\/]*$")
_DEEP_DOTS = re.compile(r"[\\/](?:\.{3,}|\. |\s)[^\\/]*[\\/]")


def script_of(program: Program) -> str | None:
    """Name the file that an interpreter runs, with its folder where that is known; None where there is none."""
    if not is_interpreter(program):
        return None
    words = program.arguments or (tuple(program.command[:4_000].split()) if program.command else ())
    for word in words[1:20]:
        if word.lower() in _CODE_OPTIONS or word in ("-", "-m", "-s", "-i"):
            return None
        if not word.startswith("-"):
            return _with_folder(word.strip("\"'"), program)
    return None


def _with_folder(name: str, program: Program) -> str:
    if program.system == "windows" or name.startswith("/") or not program.folder:
        return name
    return f"{program.folder.rstrip('/')}/{name}"


def is_interpreter(program: Program) -> bool:
    """Tell whether a program runs what others wrote."""
    return _INTERPRETER.fullmatch(stem(program_name(program))[:40]) is not None


def is_command_shell(program: Program) -> bool:
    """Tell whether a program takes commands as a person types them."""
    return _SHELL_LIKE.fullmatch(stem(program_name(program))[:40]) is not None


def place_of(program: Program) -> PathClass:
    """Say where a program lies: the script of an interpreter, unless the interpreter itself lies in an odd place."""
    own = path_class(program.path, program.system)
    if own is PathClass.TEMPORARY and (program.path or "").startswith(_MOUNTED):
        return PathClass.HOME
    if own in ODD_PLACES:
        return own
    script = script_of(program)
    there = path_class(script, program.system) if script else PathClass.UNKNOWN
    return own if there is PathClass.UNKNOWN else there


def is_hidden_name(program: Program) -> bool:
    """Tell whether a program's file hides from an ordinary listing, or from whoever reads it."""
    path = script_of(program) or program.path or ""
    if program.system == "windows":
        return False
    return bool(_DOTTED.search(path[:4_096]) or _DEEP_DOTS.search(path[:4_096]))


def poses_as_kernel(program: Program) -> bool:
    """Tell whether a program with a file calls itself as threads of the Linux kernel are listed: ``[name]``."""
    if program.system != "linux" or program.is_kernel or not program.path:
        return False
    shown = (program.arguments[0] if program.arguments else program.command or "").strip()[:64]
    return shown.startswith("[") and shown.endswith("]")


def is_file_gone(program: Program) -> bool:
    """Tell whether the file of a running program is no longer there, or never was."""
    return bool(program.is_deleted or program.is_memory_file)


def is_building(program: Program) -> bool:
    """Tell whether a program belongs to a build, a test run or the making of an environment."""
    return any(_is_one_of(one, _BUILDERS) for one in (program, *program.parents()))


def is_package_tool(program: Program) -> bool:
    """Tell whether a program is what installs and updates others, in the place where such a program lies."""
    return _is_one_of(program, _PACKAGE_TOOLS)


def _is_one_of(program: Program, names: frozenset[str]) -> bool:
    """Compare names, and those of scripts; one that lies in an odd place merely borrows the name."""
    if place_of(program) in ODD_PLACES:
        return False
    script = script_of(program)
    known = {stem(program_name(program)), base_name(program.name, program.system)}
    if script:
        known.add(base_name(script, program.system))
    return bool(known & names)

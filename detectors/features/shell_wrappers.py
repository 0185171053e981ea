"""Knows the Unix programs that only start another one, and where they hold a script.

Before this on the path: the words of one command. After it: ``features.shell_words``.
``sudo -u x nohup timeout 5 curl ...`` is the command ``curl ...``; ``find ... -exec cp ... ;`` holds ``cp ...``.
"""

from __future__ import annotations

import re

SHELLS = frozenset(["sh", "bash", "dash", "zsh", "ksh", "ash", "fish", "tcsh", "csh", "mksh", "rbash"])
"""Programs whose ``-c`` holds a script."""
_WITH_SCRIPT = SHELLS | {"su", "runuser", "script", "flock", "watch", "eval"}
_MAX_PEELED = 12
"""Wrappers around wrappers."""
_MAX_SCRIPTS = 20
_SHORT = 2
"""Letters of one short option with its hyphen."""

_VALUED: dict[str, str] = {
    "sudo": "CDgGhpRrtTuU", "doas": "Cu", "env": "CuSP", "nohup": "", "timeout": "ks", "gtimeout": "ks", "nice": "n",
    "ionice": "cnp", "stdbuf": "ioe", "setsid": "", "time": "fo", "xargs": "IinLPsEdaJRS", "busybox": "", "toybox": "",
    "exec": "a", "command": "", "builtin": "", "chroot": "", "unbuffer": "", "caffeinate": "tw", "taskset": "",
    "arch": "de", "systemd-inhibit": "", "systemd-run": "pEuMt", "linux32": "", "linux64": "", "pkexec": "",
    "gosu": "", "su-exec": "", "dbus-run-session": "", "faketime": "", "proxychains": "f", "proxychains4": "f",
}  # fmt: skip
"""Wrapper: the letters of its options that take a value, by their manual pages."""
_POSITIONALS = {"timeout": 1, "gtimeout": 1, "chroot": 1, "taskset": 1, "gosu": 1, "su-exec": 1, "faketime": 1}
_LONG_VALUED = frozenset(
    ["--user", "--group", "--unit", "--property", "--signal", "--kill-after", "--chdir", "--adjustment", "--max-args"]
)
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}=")
_DO_SHELL_SCRIPT = re.compile(r'do shell script\s{1,8}"')
_WORD = re.compile(r"\S+")
_PATHLIKE = re.compile(r"[^/\s]+$")


def base_name(word: str) -> str:
    """Name a program without its folder, in small letters; a login shell's hyphen is not part of it."""
    found = _PATHLIKE.search(word[-256:])
    name = (found.group() if found else word[-256:]).lower()
    return name[1:] if name[:1] == "-" and name[1:] in SHELLS else name


def peel(words: list[str]) -> tuple[list[str], list[str]]:
    """Take wrappers off the front.

    Returns:
        The words of the program that is meant (the wrapper itself where it starts nothing), and the settings
        ``NAME=value`` that a wrapper gave it.
    """
    settings: list[str] = []
    for _ in range(_MAX_PEELED):
        name = base_name(words[0])
        if name not in _VALUED:
            break
        rest = _behind_options(name, words[1:])
        while rest and _ASSIGNMENT.match(rest[0]):
            settings.append(rest.pop(0))
        if not rest:
            break
        words = rest
    return words, settings


def _behind_options(name: str, words: list[str]) -> list[str]:
    """Skip the options of a wrapper, with their values, and the words it needs before a command."""
    at = 0
    while at < len(words) and len(words[at]) > 1 and words[at].startswith("-"):
        word = words[at]
        at += 1
        if word == "--":
            break
        if word.startswith("--"):
            at += word in _LONG_VALUED
        else:
            at += word[-1] in _VALUED[name] and (len(word) == _SHORT or name == "sudo")
        if name == "command" and word in ("-v", "-V"):
            return []
    if name == "sudo" and any(
        "l" in word for word in words[:at] if not word.startswith("--") and len(word) <= _SHORT + 1
    ):
        return []
    return words[at + _POSITIONALS.get(name, 0) :]


def inner_scripts(words: list[str]) -> list[str]:
    """Give the scripts that a command holds in its words."""
    name = base_name(words[0])
    if name == "eval":
        return [" ".join(words[1:])]
    if name in _WITH_SCRIPT:
        return _option_script(name, words)
    if name == "find":
        return _find_scripts(words)
    if name == "osascript":
        return _apple_scripts(words)
    return []


def _option_script(name: str, words: list[str]) -> list[str]:
    """Give what follows ``-c``, or the words of ``watch``."""
    for at, word in enumerate(words[1:12], start=1):
        if name == "watch" and not word.startswith("-") and words[at - 1] != "-n":
            return [" ".join(words[at:])]
        if word.startswith("-") and not word.startswith("--") and "c" in word and at + 1 < len(words):
            return [words[at + 1]]
        if name in SHELLS and not word.startswith(("-", "+")) and words[at - 1] not in ("-o", "+o", "-O"):
            break
    return []


def _find_scripts(words: list[str]) -> list[str]:
    scripts: list[str] = []
    begin = 0
    for at, word in enumerate(words):
        if word in ("-exec", "-execdir", "-ok", "-okdir"):
            begin = at + 1
        elif begin and word in (";", "+", "\\;") and len(scripts) < _MAX_SCRIPTS:
            scripts.append(" ".join(_quoted(one) for one in words[begin:at]))
            begin = 0
    if begin:
        scripts.append(" ".join(_quoted(one) for one in words[begin:]))
    return scripts


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'" if re.search(r"[\s\"'|;&<>()$`\\]", word) else word


def _apple_scripts(words: list[str]) -> list[str]:
    """Give the shell scripts that an AppleScript holds."""
    text = " ".join(words)
    scripts: list[str] = []
    for found in _DO_SHELL_SCRIPT.finditer(text):
        if len(scripts) >= _MAX_SCRIPTS:
            break
        rest = re.match(r'(?:[^"\\]|\\.)*', text[found.end() : found.end() + 4_000], re.DOTALL)
        if rest:
            scripts.append(re.sub(r"\\(.)", r"\1", rest.group()))
    return scripts


def script_place(text: str) -> int | None:
    """Tell where in a logged line without quotes the script of ``sh -c`` begins, or None."""
    is_shell = False
    for count, found in enumerate(_WORD.finditer(text)):
        word = found.group()
        name = base_name(word)
        if count > _MAX_PEELED:
            return None
        if is_shell and word.startswith("-") and not word.startswith("--") and "c" in word:
            return found.end()
        if name in SHELLS and not is_shell:
            is_shell = True
        elif not word.startswith(("-", "+")) and (is_shell or not _may_stand_before(word, name)):
            return None
    return None


def _may_stand_before(word: str, name: str) -> bool:
    """Tell whether a word may be a wrapper, a setting or a number for one, in front of a shell."""
    return name in _VALUED or bool(_ASSIGNMENT.match(word)) or word.replace(".", "").rstrip("smhd").isdigit()

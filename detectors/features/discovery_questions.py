"""Says which question about a computer, its people or its network a started program asks.

Before this on the path: a program's start. After it: ``discovery_burst``, which counts different questions.
Topics are what a stranger wants to know first; *deep* ones are those that an ordinary day hardly has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from detectors.contract.programs import Program
from detectors.features.command_words import plain_command
from detectors.features.shell_words import Command, commands_of

DEEP_TOPICS = frozenset({"accounts", "domain", "shares", "protection", "privileges", "secrets"})
MAX_COMMANDS = 40
"""Simple commands looked at of one start."""

_WINDOWS: dict[str, tuple[str, ...]] = {
    "who": (" whoami ", " quser ", " qwinsta ", " query user ", " query session ", " klist "),
    "accounts": (
        " net user ", " net1 user ", " net localgroup ", " net1 localgroup ", " net accounts ", " net1 accounts ",
        " wmic useraccount ", " get-localuser ", " get-localgroupmember ", " get-localgroup ", " wmic group ",
    ),
    "domain": (
        " net group ", " net1 group ", " net view ", " nltest ", " dsquery ", " dsget ", " adfind ", " csvde ",
        " get-addomain ", " get-aduser ", " get-adcomputer ", " get-adgroup ", " setspn ", " net time -domain ",
    ),
    "shares": (" net share ", " net1 share ", " net session ", " net1 session ", " get-smbshare ", " wmic share "),
    "protection": (
        " netsh advfirewall show ", " netsh firewall show ", " antivirusproduct ", " get-mpcomputerstatus ",
        " get-mppreference ", " get-mpthreat ", " fltmc ", " sc query windefend ", " auditpol -get ",
        " get-netfirewallprofile ",
    ),
    "privileges": (" whoami -priv ", " whoami -all ", " whoami -groups "),
    "secrets": (" cmdkey -list ", " vaultcmd ", " cmdkey "),
    "network": (
        " ipconfig ", " arp ", " route print ", " netstat ", " nbtstat ", " getmac ", " netsh interface ",
        " netsh wlan show ", " nslookup ", " tracert ", " get-netipconfiguration ", " get-netipaddress ",
        " get-nettcpconnection ", " get-dnsclientcache ", " net use ", " net1 use ",
    ),
    "system": (
        " systeminfo ", " hostname ", " wmic os ", " wmic computersystem ", " wmic bios ", " wmic qfe ",
        " get-computerinfo ", " get-hotfix ", " gpresult ", " wmic csproduct ", " wmic baseboard ",
    ),
    "programs": (" tasklist ", " wmic process ", " get-process ", " qprocess ", " query process "),
    "services": (" sc query ", " sc queryex ", " wmic service ", " get-service ", " driverquery "),
    "disks": (" wmic logicaldisk ", " mountvol ", " get-psdrive ", " get-volume ", " fsutil fsinfo "),
    "software": (" wmic product ", " win32_product "),
    "schedule": (" schtasks -query ", " get-scheduledtask "),
}  # fmt: skip
"""Topic -> words of the plain form; options of Windows are written with a dash there."""
_CHANGES = (" -add ", " -delete ", " -create ", " -active:", " call create ", " -del ")
"""Those words with one of these ask nothing: they change something, which others judge."""

_UNIX: dict[str, tuple[str, ...]] = {
    "who": ("whoami", "id", "who", "w", "last", "lastlog", "users", "groups", "logname", "finger", "lastb"),
    "network": (
        "ip", "ifconfig", "netstat", "ss", "arp", "route", "nmcli", "resolvectl", "iwconfig", "networksetup", "scutil",
        "ipconfig", "iw", "traceroute",
    ),
    "system": (
        "uname", "hostname", "hostnamectl", "lsb_release", "uptime", "lscpu", "sw_vers", "system_profiler", "dmidecode",
        "lshw", "free", "ioreg", "lspci", "lsmod", "lsusb", "systemd-detect-virt", "virt-what", "sysctl", "kextstat",
    ),
    "programs": ("ps", "top", "pgrep", "pstree", "lsof"),
    "disks": ("df", "mount", "lsblk", "findmnt", "diskutil", "blkid"),
    "shares": ("showmount", "smbclient", "smbtree", "nmblookup", "rpcinfo"),
    "domain": ("realm", "ldapsearch", "adcli", "wbinfo", "dsconfigad", "enum4linux"),
    "protection": ("getenforce", "sestatus", "aa-status", "csrutil", "spctl", "auditctl", "apparmor_status"),
    "privileges": ("getcap",),
    "accounts": ("dscl", "dscacheutil"),
}  # fmt: skip
"""Topic -> programs that ask nothing else."""
_UNIX_WORDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("getent", "accounts", ("passwd", "group", "shadow", "sudo")),
    ("find", "privileges", ("-perm",)),
    ("iptables", "protection", ("-L", "-S", "-nL", "-vnL")),
    ("ip6tables", "protection", ("-L", "-S")),
    ("nft", "protection", ("list",)),
    ("ufw", "protection", ("status",)),
    ("firewall-cmd", "protection", ("--list-all", "--state")),
    ("sudo", "privileges", ("-l", "-ll", "--list")),
    ("crontab", "schedule", ("-l",)),
    ("systemctl", "schedule", ("list-timers",)),
    ("systemctl", "services", ("list-units", "list-unit-files")),
    ("launchctl", "services", ("list", "print")),
    ("service", "services", ("--status-all",)),
    ("dpkg", "software", ("-l", "--list")),
    ("rpm", "software", ("-qa",)),
    ("brew", "software", ("list",)),
    ("security", "secrets", ("dump-keychain", "list-keychains", "find-generic-password")),
)
"""Program, topic, and the words of which one must be there."""
_READERS = frozenset({"cat", "less", "more", "head", "tail", "grep", "egrep", "awk", "cut", "sed", "strings", "ls"})
_READ_FILES: dict[str, str] = {
    "/etc/passwd": "accounts",
    "/etc/group": "accounts",
    "/etc/shadow": "secrets",
    "/etc/sudoers": "privileges",
    "/etc/os-release": "system",
    "/etc/issue": "system",
    "/etc/lsb-release": "system",
    "/proc/version": "system",
    "/proc/cpuinfo": "system",
    "/etc/hosts": "network",
    "/etc/resolv.conf": "network",
    "/proc/net/arp": "network",
    "/etc/crontab": "schedule",
    "/etc/fstab": "disks",
    "/proc/mounts": "disks",
    "/etc/exports": "shares",
}
_SECRET_FILES = (".ssh/", ".bash_history", ".zsh_history", ".aws/credentials", ".netrc", ".git-credentials", "id_rsa")
_PUBLIC_ENDS = (".pub", "/config", "/known_hosts")
"""Beside keys lie their public halves and settings, which are no secret."""
_UNIX_TOPIC = {name: topic for topic, names in _UNIX.items() for name in names}


@dataclass(frozen=True, slots=True)
class Question:
    """What a start asks about."""

    program: str
    """The tool that asks, in lower case."""
    topic: str


def questions_of(program: Program) -> tuple[Question, ...]:
    """List the questions that a start asks, each topic once."""
    command = program.command or program.name or program.path
    if not command:
        return ()
    if program.system == "windows":
        return _windows_questions(command, program.path)
    return tuple(_unix_questions(program))


@lru_cache(maxsize=512)
def _windows_questions(command: str, path: str | None) -> tuple[Question, ...]:
    plain = plain_command(command, path)
    if any(word in plain for word in _CHANGES):
        return ()
    found = []
    for topic, phrases in _WINDOWS.items():
        phrase = next((one for one in phrases if one in plain), None)
        if phrase:
            found.append(Question(phrase.split()[0], topic))
    return tuple(found)


def _unix_questions(program: Program) -> Iterator[Question]:
    seen = set()
    commands: list[Command] = list(commands_of(program.command, program.arguments).commands[:MAX_COMMANDS])
    words = program.arguments or tuple((program.command or program.name or "").split(None, 8))
    if words:
        commands.append((words[0].rpartition("/")[2], *words[1:9]))  # wrappers such as sudo are questions themselves
    for command in commands:
        topic = _unix_topic(command)
        if topic and topic not in seen:
            seen.add(topic)
            yield Question(command[0], topic)


def _unix_topic(command: Command) -> str:
    name, words = command[0], command[1:]
    for program, topic, wanted in _UNIX_WORDS:
        if name == program and any(word in wanted for word in words):
            return topic
    if name in _READERS:
        return next((topic for word in words if (topic := _topic_of_file(word))), "")
    if name in ("ip", "hostname", "mount", "sysctl", "route") and _sets_something(name, words):
        return ""
    return _UNIX_TOPIC.get(name, "")


def _topic_of_file(word: str) -> str:
    is_secret = any(part in word for part in _SECRET_FILES) and not word.endswith(_PUBLIC_ENDS)
    return _READ_FILES.get(word) or ("secrets" if is_secret else "")


def _sets_something(name: str, words: Command) -> bool:
    """Tell whether a tool that asks without words was told to change something."""
    if name in ("ip", "route"):
        return bool({"add", "del", "delete", "set", "flush", "replace"} & set(words))
    if name == "sysctl":
        return any("=" in word or word in ("-w", "-p") for word in words)
    return any(not word.startswith("-") for word in words)

"""Looks for a command line that somebody elsewhere sees and uses, outside the services made for it.

Before this on the path: the openings of conversations, and prompts met in the middle. After it: the worker's wire.
Only the first bytes of a direction count: the same words stand in mails, in pages and in databases' greetings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from detectors.contract.conversations import Opening
from detectors.contract.detector import Detector
from detectors.contract.finding import Finding, Severity
from detectors.contract.traffic import TCP, Traffic
from detectors.features.sightings import Sighting, report
from detectors.features.spoken import openings_of, signs_of

SHELL_PORTS: Final = frozenset({22, 23, 79, 512, 513, 514, 992, 2323})
"""Made for it, or full of such words (finger, rsh)."""
SHELL_SERVICES: Final = frozenset(
    {
        "telnet",
        "ssh",
        "rsh",
        "rlogin",
        "ftp",
        "smtp",
        "pop3",
        "imap",
        "http",
        "tls",
        "nfs",
        "mysql",
        "irc",
        "smb",
        "vnc",
    }
)

PROMPT: Final = re.compile(
    rb"\A[\s\x00]{0,8}(?:Microsoft Windows \[|[A-Z]:\\[^\r\n<>|\"*?]{0,120}>|PS [A-Z]:\\[^\r\n<>|\"]{0,120}> ?|"
    rb"uid=\d+\([\w.-]+\) gid=\d|(?:\x1b[^\r\n]{0,40})?(?:ba|da|z|k)?sh-\d\.\d+[a-z]?[#$] |"
    rb"(?:/bin/)?(?:ba|da|z)?sh: (?:\d+: can't access tty|no job control|cannot set terminal|turning off NDELAY)|"
    rb"\[?[\w.-]{1,32}@[\w.-]{1,64}[: ][~/][^\r\n]{0,80}[#$] )"
)
"""How a command line greets: Windows, PowerShell, the shells of Unix, and the answer to "who am I?"."""
COMMAND: Final = re.compile(
    rb"\A(?:id|whoami(?: /\w+)?|uname -\w+|ls(?: -\w+)?(?: [/~.][^\r\n]{0,80})?|pwd|hostname|ipconfig(?: /all)?|"
    rb"ifconfig(?: -a)?|dir|net (?:user|view|localgroup)[^\r\n]{0,60}|systeminfo|ps(?: -\w+| aux)?|netstat -\w+|"
    rb"tasklist|cat /\w[^\r\n]{0,80}|find / [^\r\n]{1,100}|sudo -l|which \w+|"
    rb"python[23]? -c [^\r\n]{1,200}|/bin/(?:ba)?sh(?: -i)?|export [A-Z]+=[^\r\n]{0,100}|cd [/~.][^\r\n]{0,100}|"
    rb"(?:wget|curl)(?: -\S+)* https?://[^\r\n]{1,200})\r?\n"
)
"""What a stranger types first."""
MIN_READABLE: Final = 0.95
"""Share of printable bytes in the answer to a command."""


class RemoteShell(Detector):
    """Reads the first words of both sides."""

    name: ClassVar[str] = "remote_shell"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("remote_shell",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Give one finding for each computer whose command line left it."""
        sightings = [*_in_openings(traffic), *_in_the_middle(traffic)]
        yield from report(self, traffic, "remote_shell", sightings, techniques=("T1059",))


def _is_made_for_it(traffic: Traffic, flow: int) -> bool:
    flows = traffic.flows
    ports = {int(flows.server_port[flow]), int(flows.client_port[flow])}
    service = traffic.services[int(flows.service[flow])]
    return bool(ports & SHELL_PORTS) or service in SHELL_SERVICES or int(flows.protocol[flow]) != TCP


def _in_openings(traffic: Traffic) -> Iterator[Sighting]:
    for opening in openings_of(traffic):
        sign, is_client = _sign_of(opening)
        if sign and not _is_made_for_it(traffic, opening.flow):
            record = opening.client_record if is_client else opening.server_record
            at_s = float(traffic.flows.started_s[opening.flow])
            yield _sight(traffic, opening.flow, sign, at_s, record, is_client=is_client)


def _sign_of(opening: Opening) -> tuple[str, bool]:
    """Name what was seen, and tell whether the client is the one whose command line it is."""
    if PROMPT.match(opening.server):
        return "prompt", False
    if PROMPT.match(opening.client):
        return "prompt", True
    if COMMAND.match(opening.client) and _is_readable(opening.server):
        return "command_and_answer", False
    if COMMAND.match(opening.server) and _is_readable(opening.client):
        return "command_and_answer", True
    return "", False


def _is_readable(data: bytes) -> bool:
    """Tell whether these bytes are lines that a person reads."""
    printable = sum(32 <= byte < 127 or byte in b"\r\n\t" for byte in data[:512])  # noqa: PLR2004 - ASCII
    return len(data) > 1 and printable >= MIN_READABLE * len(data[:512])


def _in_the_middle(traffic: Traffic) -> Iterator[Sighting]:
    """Take prompts from conversations whose beginning told nothing."""
    for sign in signs_of(traffic, "shell_prompt"):
        if not _is_made_for_it(traffic, sign.flow):
            yield _sight(traffic, sign.flow, "prompt", sign.at_s, sign.record, is_client=sign.is_from_client)


def _sight(traffic: Traffic, flow: int, sign: str, at_s: float, record: int, *, is_client: bool) -> Sighting:
    client, server = traffic.ends(flow)
    host, other = (client, server) if is_client else (server, client)
    port = f"port {int(traffic.flows.server_port[flow])}"
    return Sighting(host, other, sign, at_s, record, Severity.HIGH, 0.85, port)

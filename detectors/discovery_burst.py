"""Finds somebody new looking around: many different questions about people, network and system within minutes.

Before this on the path: Programs. After it: the worker's wire.
Quiet on purpose: agents, monitoring, help-desk and login scripts, which lie where installed programs lie; diagnostics
of the system; builds, which ask what they are built on; and few or harmless questions, which people ask every day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.programs import HOUR_S, Program, Programs, program_finding
from detectors.features.discovery_questions import DEEP_TOPICS, Question, questions_of
from detectors.features.program_cases import MAX_FINDINGS
from detectors.features.program_evidence import describe_start
from detectors.features.program_oddness import ODD_PLACES, is_building, is_package_tool, place_of, script_of
from detectors.features.program_paths import PathClass, path_class, program_name, stem
from detectors.features.program_tree import is_furniture, is_shell, tree_key

REASON = "discovery_burst"
WINDOW_S = 300.0
"""Five minutes (advice, section 3)."""
MIN_TOPICS = 4
"""Different topics within the window that are good to know (advice: 4 or more tools)."""
MIN_SERIOUS_TOPICS = 5
MIN_DEEP = 2
"""With two topics that an ordinary day hardly has, a person should look."""
MIN_DEEP_AT_TERMINAL = 3
"""As many where somebody sits at a terminal window or an editor: people look after their own computer there."""
MAX_NAMED = 12
_INSTALLED = frozenset({PathClass.SYSTEM, PathClass.PROGRAMS, PathClass.STORE})
_ASKERS = frozenset({
    "sdiagnhost", "msdt", "compattelrunner", "gpscript", "wermgr", "mpcmdrun", "mssense", "senseir", "taskhostw",
    "run-parts", "update-motd", "landscape-sysinfo", "dhclient-script", "networkmanager", "nm-dispatcher", "cloud-init",
    "sosreport", "sos", "lynis", "inxi", "neofetch", "fastfetch", "screenfetch", "hwinfo", "apport", "tuned",
    "ansible", "ansible-playbook", "puppet", "chef-client", "salt-minion", "cf-agent", "osqueryd", "nrpe", "xsession",
    "system_profiler", "sysdiagnose", "spindump",
})  # fmt: skip
"""They ask on their owner's behalf; from where they are installed."""
_SERVERS = frozenset({
    "w3wp", "httpd", "apache2", "nginx", "php-fpm", "php-cgi", "php", "java", "tomcat", "tomcat9", "sqlservr", "mysqld",
    "postgres", "node", "lighttpd", "caddy", "gunicorn", "uwsgi", "redis-server", "smbd", "exim4", "spoolsv", "lsass",
})  # fmt: skip
"""Services that strangers can reach: what asks below them was told to by anybody."""
_TERMINALS = frozenset({
    "terminal", "iterm2", "gnome-terminal-server", "konsole", "xfce4-terminal", "kitty", "alacritty", "wezterm-gui",
    "ptyxis", "kgx", "tilix", "terminator", "warp", "ghostty", "code", "code helper", "cursor", "idea", "pycharm",
    "webstorm", "xcode", "electron",
})  # fmt: skip
"""Windows that a person types into."""
_ALSO_TOOLS = frozenset({"node", "java", "php"})
"""Services as well, but in a person's session tools of developers, which ask what they run on."""


class DiscoveryBurst(Detector):
    """Counts different topics of questions under one family within five minutes."""

    name: ClassVar[str] = REASON
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Programs
    reasons: ClassVar[tuple[str, ...]] = (REASON,)

    def detect(self, programs: Programs) -> Iterator[Finding]:
        """Tell of each family's fullest window once an hour."""
        families: dict[str, list[_Asked]] = {}
        for program in programs.starts:
            asked = questions_of(program)
            if asked and program.started_s is not None and not _is_expected(program):
                families.setdefault(tree_key(program), []).append(_Asked(program.started_s, program, asked))
        told = 0
        for tree, asked_ones in families.items():
            for burst in _bursts(asked_ones):
                severity = _severity_of(burst, programs)
                if severity is not None and told < MAX_FINDINGS:
                    told += 1
                    yield self._say(programs, tree, burst, severity)

    def _say(self, programs: Programs, tree: str, burst: Sequence[_Asked], severity: Severity) -> Finding:
        topics = _topics(burst)
        tools = dict.fromkeys(question.program for one in burst for question in one.questions)
        first = burst[0].program
        return program_finding(
            self,
            programs,
            reason=REASON,
            about=first,
            severity=severity,
            confidence=0.7 if severity >= Severity.MEDIUM else 0.4,
            evidence=(
                Evidence("questions", len(topics), 1),
                Evidence("window_s", max(1, round(burst[-1].at_s - burst[0].at_s)), None, "s"),
                Evidence("topics", sorted(topics)),
                Evidence("tools", list(tools)[:MAX_NAMED]),
                Evidence("count", len(burst)),
                *describe_start(first),
            ),
            tree=tree,
            starts=[one.program for one in burst],
            techniques=_techniques(topics),
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """One start that asks something."""

    at_s: float
    program: Program
    questions: tuple[Question, ...]


def _bursts(asked: list[_Asked]) -> Iterator[list[_Asked]]:
    """Yield the window with the most topics of every hour; one pass with two ends."""
    asked.sort(key=lambda one: one.at_s)
    counts: dict[str, int] = {}
    best: dict[int, tuple[int, int, int]] = {}
    first = 0
    for last, one in enumerate(asked):
        for question in one.questions:
            counts[question.topic] = counts.get(question.topic, 0) + 1
        while one.at_s - asked[first].at_s > WINDOW_S:
            for question in asked[first].questions:
                counts[question.topic] -= 1
                if not counts[question.topic]:
                    del counts[question.topic]
            first += 1
        hour = int(asked[first].at_s // HOUR_S)
        if len(counts) >= MIN_TOPICS and len(counts) >= best.get(hour, (0,))[0]:
            best[hour] = (len(counts), first, last)
    for _, first, last in best.values():
        yield asked[first : last + 1]


def _topics(burst: Sequence[_Asked]) -> set[str]:
    return {question.topic for one in burst for question in one.questions}


def _severity_of(burst: Sequence[_Asked], programs: Programs) -> Severity | None:
    topics = _topics(burst)
    least = MIN_DEEP_AT_TERMINAL if all(_is_at_terminal(one.program) for one in burst) else MIN_DEEP
    is_deep = len(topics) >= MIN_SERIOUS_TOPICS and len(topics & DEEP_TOPICS) >= least
    if is_deep or any(_has_odd_ancestor(one.program, programs) for one in burst):
        return Severity.MEDIUM
    return Severity.LOW


def _has_odd_ancestor(program: Program, programs: Programs) -> bool:
    """Tell whether somebody above has a finding already, lies where none belongs, or serves strangers."""
    for one in program.parents():
        if one in programs.flagged or place_of(one) in ODD_PLACES:
            return True
        if _serves_strangers(one):
            return True
    return False


def _is_at_terminal(program: Program) -> bool:
    """Tell whether somebody sits at a window of this computer: a terminal or an editor, from where it is installed."""
    return any(
        stem(program_name(one)) in _TERMINALS and path_class(one.path, one.system) in _INSTALLED
        for one in program.parents()
    )


def _serves_strangers(program: Program) -> bool:
    """Tell whether anybody may talk to a program; a tool that somebody started from a shell or terminal is none."""
    name = stem(program_name(program))
    if name not in _SERVERS or is_shell(program):
        return False
    return name not in _ALSO_TOOLS or not any(is_shell(one) for one in program.parents())


def _is_expected(program: Program) -> bool:
    """Tell whether a start is part of what an agent, a script of the house, a build or an install asks."""
    return is_building(program) or any(_asks_for_its_owner(one) for one in program.parents())


def _asks_for_its_owner(program: Program) -> bool:
    name = stem(program_name(program))
    if name in _SERVERS:
        return False
    place = path_class(program.path, program.system)
    script = script_of(program)
    if script is not None:
        return path_class(script, program.system) in _INSTALLED
    if place not in _INSTALLED or is_furniture(program):
        return False
    return name in _ASKERS or is_package_tool(program) or (not is_shell(program) and _is_service(program))


def _is_service(program: Program) -> bool:
    """Tell whether the system itself started an installed program, as it starts agents."""
    parent = program.parent
    return (
        parent is not None and is_furniture(parent) and stem(program_name(parent)) in ("services", "systemd", "launchd")
    )


def _techniques(topics: set[str]) -> list[str]:
    table = {
        "who": "T1033",
        "network": "T1016",
        "system": "T1082",
        "accounts": "T1087",
        "programs": "T1057",
        "services": "T1007",
        "shares": "T1135",
        "domain": "T1482",
        "protection": "T1518.001",
        "software": "T1518",
        "privileges": "T1069",
    }
    return [technique for topic, technique in table.items() if topic in topics]

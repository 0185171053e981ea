"""Finds new and changed things that start programs by themselves: cron, services, tasks, profiles, login items.

Before this on the path: Programs with the changes of known places. After it: the worker's wire.
Quiet on purpose: what a package brought or a package tool at work changed; what went away. Other changes are good to
know; a person should look when the new command comes from where none belongs, fetches what it runs, or was written
while a program with a finding of its own was there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from detectors.contract.detector import Detector
from detectors.contract.finding import Finding, Severity, Subject
from detectors.contract.programs import PlaceChange, Programs, program_finding
from detectors.features.place_signs import changed_by_packages, command_signs, describe_change, flagged_then
from detectors.features.program_cases import MAX_FINDINGS

REASON = "autostart_change"
LETS_IN = frozenset({"account", "group", "ssh_key", "sudo", "user", "sudoers", "authorized_keys"})
"""Places of ``new_account_or_key``."""
_TECHNIQUES = {
    "cron": "T1053.003",
    "task": "T1053.005",
    "systemd": "T1543.002",
    "service": "T1543.003",
    "launch_agent": "T1543.001",
    "login_item": "T1547.015",
    "run_key": "T1547.001",
    "startup_folder": "T1547.001",
    "autostart": "T1547.013",
    "shell_profile": "T1546.004",
    "device_rule": "T1546.017",
    "startup_script": "T1037.004",
    "preload": "T1574.006",
}
_SERIOUS = frozenset({"download_and_run", "shell_to_network", "hidden_command"})
"""Nobody writes these into an autostart with good intent; a temporary place is merely careless now and then."""
_OWN_FILES = frozenset({"shell_profile"})
"""People change these themselves, often."""


class AutostartChange(Detector):
    """Judges each changed place by the command it starts and by who was there."""

    name: ClassVar[str] = REASON
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Programs
    reasons: ClassVar[tuple[str, ...]] = (REASON,)

    def detect(self, programs: Programs) -> Iterator[Finding]:
        """Tell of each item once, the most serious first."""
        judged: dict[tuple[str, str], tuple[Severity, PlaceChange, list[str]]] = {}
        for change in programs.place_changes:
            if change.place in LETS_IN or change.change == "deleted":
                continue
            severity, signs = _judge(change, programs)
            held = judged.get((change.place, change.item))
            if severity is not None and (held is None or severity > held[0]):
                judged[change.place, change.item] = (severity, change, signs)
        ranked = sorted(judged.values(), key=lambda one: -one[0])
        for severity, change, signs in ranked[:MAX_FINDINGS]:
            yield self._say(programs, change, severity, signs)

    def _say(self, programs: Programs, change: PlaceChange, severity: Severity, signs: list[str]) -> Finding:
        seen_s = programs.now_s if change.at_s is None else change.at_s
        return program_finding(
            self,
            programs,
            reason=REASON,
            subject=Subject("place", change.item),
            severity=severity,
            confidence=0.8 if severity >= Severity.MEDIUM else 0.5,
            evidence=tuple(describe_change(change, signs, programs)),
            tree=f"place {change.place}",
            records=(change.record,),
            seen_s=(seen_s, seen_s),
            techniques=(_TECHNIQUES.get(change.place, "T1547"),),
        )


def _judge(change: PlaceChange, programs: Programs) -> tuple[Severity | None, list[str]]:
    signs = command_signs(change.starts, programs.system)
    if change.place == "preload":
        signs.append("library_for_everybody")
    if flagged_then(change, programs):
        signs.append("suspicious_program_then")
    is_packaged = changed_by_packages(change, programs)
    if not signs:
        plain = Severity.INFORMATIONAL if change.place in _OWN_FILES else Severity.LOW
        return (None if is_packaged else plain), signs
    if is_packaged:
        return Severity.MEDIUM if _SERIOUS & set(signs) else None, signs
    is_serious = bool(_SERIOUS & set(signs)) or len(signs) > 1
    return Severity.HIGH if is_serious else Severity.MEDIUM, signs

"""Finds new ways in: accounts, keys that open them, and rights that make somebody an administrator.

Before this on the path: Programs with the changes of known places. After it: the worker's wire.
Quiet on purpose: accounts that packages make for their services (they have no shell), groups that give no power, and
what went away.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from detectors.contract.detector import Detector
from detectors.contract.finding import Finding, Severity, Subject
from detectors.contract.programs import PlaceChange, Programs, program_finding
from detectors.features.place_signs import changed_by_packages, command_signs, describe_change, flagged_then
from detectors.features.program_cases import MAX_FINDINGS

REASON = "new_account_or_key"
_KINDS = {
    "account": "account",
    "user": "account",
    "group": "group",
    "ssh_key": "ssh_key",
    "authorized_keys": "ssh_key",
    "sudo": "sudo",
    "sudoers": "sudo",
}
"""Names of places, as recordings may give them, and what they are."""
_TECHNIQUES = {"account": "T1136.001", "group": "T1098.007", "ssh_key": "T1098.004", "sudo": "T1548.003"}
POWERFUL_GROUPS = frozenset(
    {
        "root",
        "sudo",
        "wheel",
        "admin",
        "adm",
        "docker",
        "lxd",
        "disk",
        "shadow",
        "administrators",
        "remote desktop users",
    }
)
"""Whose members are, or can make themselves, administrators, or may come in from far away."""
_NO_SHELLS = ("/nologin", "/false", "/sync", "/halt", "/shutdown", "/git-shell", "/usr/bin/true", "/bin/true")
_SUPERUSER = "superuser"
"""What telemetry writes into ``user`` of an account whose number is 0."""


class NewAccountOrKey(Detector):
    """Judges each new way in by what it opens and by who was there."""

    name: ClassVar[str] = REASON
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Programs
    reasons: ClassVar[tuple[str, ...]] = (REASON,)

    def detect(self, programs: Programs) -> Iterator[Finding]:
        """Tell of each item once, the most serious first."""
        judged: dict[tuple[str, str], tuple[Severity, PlaceChange, list[str]]] = {}
        for change in programs.place_changes:
            kind = _KINDS.get(change.place)
            if kind is None or change.change == "deleted":
                continue
            severity, signs = _judge(kind, change, programs)
            held = judged.get((kind, change.item))
            if severity is not None and (held is None or severity > held[0]):
                judged[kind, change.item] = (severity, change, signs)
        ranked = sorted(judged.values(), key=lambda one: -one[0])
        for severity, change, signs in ranked[:MAX_FINDINGS]:
            yield self._say(programs, change, severity, signs)

    def _say(self, programs: Programs, change: PlaceChange, severity: Severity, signs: list[str]) -> Finding:
        kind = _KINDS[change.place]
        seen_s = programs.now_s if change.at_s is None else change.at_s
        return program_finding(
            self,
            programs,
            reason=REASON,
            subject=Subject("place", change.item),
            severity=severity,
            confidence=0.8 if severity >= Severity.HIGH else 0.6,
            evidence=tuple(describe_change(change, signs, programs)),
            tree=f"place {kind}",
            records=(change.record,),
            seen_s=(seen_s, seen_s),
            techniques=(_TECHNIQUES[kind],),
        )


def _judge(kind: str, change: PlaceChange, programs: Programs) -> tuple[Severity | None, list[str]]:
    signs = command_signs(change.starts, programs.system) if kind == "ssh_key" else []
    if flagged_then(change, programs):
        signs.append("suspicious_program_then")
    if kind == "account" and change.user == _SUPERUSER and not _is_first_superuser(change):
        signs.append("second_superuser")
    if signs:
        return Severity.HIGH, signs
    if changed_by_packages(change, programs) or _opens_little(kind, change):
        return None, signs
    is_changed_account = kind == "account" and change.change == "modified"
    return Severity.LOW if is_changed_account else Severity.MEDIUM, signs


def _is_first_superuser(change: PlaceChange) -> bool:
    return change.item.rpartition(" ")[2].lower() in ("root", "toor", "administrator")


def _opens_little(kind: str, change: PlaceChange) -> bool:
    """Tell whether nobody comes in this way: no shell, or a group without power."""
    if kind == "account":
        return (change.starts or "").strip().endswith(_NO_SHELLS)
    if kind == "group":
        return change.item.partition(":")[0].strip().lower() not in POWERFUL_GROUPS
    return False

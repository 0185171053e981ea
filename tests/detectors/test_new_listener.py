"""Who may answer others, and who may not without being told of."""

from __future__ import annotations

import pytest

from detectors.contract.finding import Severity
from detectors.contract.programs import KnownPrograms
from detectors.features.program_habits import listener_key
from detectors.new_listener import NewListener
from tests.program_factories import chain, listener, program, programs


def findings(server, *doors, **facts):
    pairs = tuple((server, door) for door in doors)
    return list(NewListener().detect(programs(server, listeners=pairs, **facts)))


def test_a_program_in_a_temporary_folder_that_answers_others_is_to_be_looked_at():
    (found,) = findings(chain("bash", "notes", path="/tmp/notes"), listener(8_080), listener(8_081))
    assert found.severity == Severity.MEDIUM
    assert found.evidence[0].observed == ["tcp 8080", "tcp 8081"]


def test_one_that_only_this_computer_can_reach_is_let_be():
    assert findings(program("notes", path="/tmp/notes"), listener(8_080, near="127.0.0.1"), listener(9, "::1")) == []


def test_an_interpreter_with_loose_code_is_good_to_know():
    (found,) = findings(program("python3", command="python3 -m http.server"), listener(8_000))
    assert found.severity == Severity.LOW


@pytest.mark.parametrize("command", ["/usr/bin/python3 /usr/sbin/printing", None, "python3"])
def test_a_service_written_for_an_interpreter_is_let_be(command):
    assert findings(program("python3", command=command), listener(3_702)) == []


def test_an_installed_program_is_let_be_until_the_computer_is_learned():
    server = program("cupsd", path="/usr/sbin/cupsd")
    assert findings(server, listener(631)) == []
    (found,) = findings(server, listener(631), known=KnownPrograms(is_learned=True))
    assert found.severity == Severity.INFORMATIONAL
    usual = KnownPrograms(listeners=frozenset({listener_key(server, listener(631))}), is_learned=True)
    assert findings(server, listener(631), known=usual) == []


def test_a_test_run_is_let_be():
    assert findings(chain("bash", "make", "server", path="/tmp/build/server"), listener(8_080)) == []


def test_a_question_over_udp_is_no_door():
    assert findings(program("notes", path="/tmp/notes"), listener(50_000, transport="udp")) == []


def test_a_door_that_nobody_owns_is_let_be():
    stretch = programs(program("cupsd"), listeners=((None, listener(80)),))
    assert list(NewListener().detect(stretch)) == []

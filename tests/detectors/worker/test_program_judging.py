from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from detectors.contract.detector import Detector
from detectors.contract.errors import MessageRefused, SkipReason
from detectors.contract.finding import Evidence, Severity, Subject
from detectors.contract.programs import Coverage, Load, PlaceItem, Programs, program_finding
from detectors.features.program_features import NUMBERS
from detectors.features.program_habits import listener_key, pair_key, person_key
from detectors.features.program_tree import tree_key
from detectors.features.spread import is_sound
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import pack
from detectors.worker.program_judging import ProgramJudging, coverage_units
from detectors.worker.program_sums import program_key, program_rows
from detectors.worker.registry import Panel
from tests.program_factories import NOW_S, connection, listener, program, programs


class Wall:
    """Keeps what is told; refuses what a real wall would refuse."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def send(self, message: Any) -> None:
        pack(message)
        self.told.append(message)

    @property
    def parts(self) -> list[wire.InputPart]:
        return [one for one in self.told if isinstance(one, wire.InputPart)]


class Words(Detector):
    """Says of each start what its command says: a severity."""

    name, version, reads, reasons = "words", "1", Programs, ("false_name",)

    def detect(self, record):
        for start in record.starts:
            if start.command in {"low", "medium", "high"}:
                yield program_finding(
                    self, record, reason="false_name", about=start, severity=Severity.from_word(start.command),
                    confidence=0.5, evidence=[Evidence("word", start.command)], tree=tree_key(start), starts=[start],
                )  # fmt: skip


def judging(wall: Wall) -> ProgramJudging:
    return ProgramJudging(
        wall, Panel([Words()]), Control(), subject=Subject("sense", "programs"), source="programs", done=lambda: 0
    )


def test_flagged_are_those_with_a_finding_of_medium_or_more():
    low, grave, calm = program(command="low"), program(command="high"), program(command="x")
    flagged = judging(Wall()).judge(programs(low, grave, calm))
    assert flagged == {grave: grave.started_s}


def test_a_live_finding_is_led_back_to_its_program_by_number_and_start():
    grave = program(command="medium")
    other = program(pid=grave.pid, started_s=grave.started_s - 60)
    flagged = judging(Wall()).judge(programs(grave, is_recording=False, running=(other, grave)))
    assert flagged == {grave: grave.started_s}


def test_what_a_family_does_in_two_stretches_is_one_finding_with_all_its_lines():
    wall = Wall()
    judge = judging(wall)
    root = program("setup.exe", started_s=NOW_S)
    first = program(command="high", parent=root, started_s=NOW_S + 1)
    second = program(command="low", parent=root, started_s=NOW_S + 2)
    judge.judge(programs(first))
    judge.judge(programs(second))
    told = [finding for part in wall.parts for finding in part.findings]
    assert len({one.id for one in told}) == 1
    assert (told[-1].severity, told[-1].records) == (Severity.HIGH, (first.record, second.record))
    assert told[-1].last_seen_at.timestamp() == NOW_S + 2


def test_habits_are_named_with_the_findings_that_forbid_to_learn_them():
    parent = program("explorer.exe", started_s=NOW_S)
    calm, grave = program("a.exe", parent=parent, command="x"), program("b.exe", parent=parent, command="low")
    server, door = program("server.exe", command="x", parent=None), listener(8080)
    record = programs(calm, grave, is_recording=False, listeners=((server, door),), running=(parent, calm, grave))
    judge = judging(Wall())
    judge.judge(record)
    [finding] = judge.told()
    habits = {one.key: one for one in judge.habits_of(record)}
    assert habits[pair_key(calm)] == wire.Habit("pair", pair_key(calm), person=person_key(calm.user))
    assert habits[pair_key(grave)].findings == (finding.id,)
    assert habits[listener_key(server, door)].kind == "listener"


def test_coverage_of_all_stretches_is_added_up_and_told_in_numbers():
    wall = Wall()
    judge = judging(wall)
    judge.judge(programs(program(), coverage=Coverage("polling", 0.25, 10, 7, 2)))
    judge.judge(programs(program(), coverage=Coverage("polling", 0.25, 5, 5, 0)))
    judge.finish({"programs": 4})
    assert wall.parts[-1].units == {"starts": 2, "programs": 4, "interval_ms": 250, "missed": 3, "without_command": 2}
    assert wall.parts[-1].programs.coverage == Coverage("polling", 0.25, 15, 12, 2)
    assert coverage_units(Coverage("recording", seen=9)) == {}


def test_what_does_not_fit_into_a_message_is_left_out_and_said():
    wall = Wall()
    judge = judging(wall)
    places = tuple(PlaceItem("cron", f"/etc/cron.d/{n}", "0" * 64, starts="x" * 1_000) for n in range(8_000))
    judge.finish({"programs": 4}, places=places)
    last = wall.parts[-1]
    assert last.is_last
    assert (last.skipped.reason, last.programs.places) == (SkipReason.RECORDS_DROPPED, None)


def test_a_secret_in_a_place_does_not_cross_the_wall():
    wall = Wall()
    secret = "Kd8" + "vQ2xPl"
    judging(wall).finish({}, places=(PlaceItem("shell_profile", "/h/.profile", "d", f"export API_TOKEN={secret}"),
                                     PlaceItem("group", "adm: x", "d2")))  # fmt: skip
    there = wall.parts[-1].programs.places
    assert [(one.item, one.digest, one.starts) for one in there] == [
        ("/h/.profile", "d", "export API_TOKEN=•••"), ("adm: x", "d2", None),
    ]  # fmt: skip


def test_rows_too_long_together_come_in_halves():
    wall = Wall()
    text = "\udcff" * 4_096  # six bytes each on the way
    judging(wall).judge(programs(*(program(name=text, path="/" + text, command=text) for _ in range(400))))
    rows = [row for part in wall.parts if part.programs for row in part.programs.rows]
    assert len(rows) == 400
    assert len(wall.parts) > 1


def test_a_refused_row_alone_is_counted():
    class Deaf(Wall):
        def send(self, message: Any) -> None:
            if isinstance(message, wire.InputPart) and message.programs and message.programs.rows:
                raise MessageRefused(problem="too_long")
            super().send(message)

    wall = Deaf()
    judge = judging(wall)
    judge.judge(programs(program()))
    judge.finish({})
    assert wall.parts[-1].skipped.reason == SkipReason.RECORDS_DROPPED


# --- rows of the activity page -----------------------------------------------------------------------------------
def test_a_row_says_who_started_it_what_it_used_and_whom_it_talked_to():
    parent = program("explorer.exe", pid=4, started_s=NOW_S)
    one = program(
        "tool.exe", pid=8, parent=parent, started_s=NOW_S + 1, command="tool --password=hunter2secret",
        loads=[Load(NOW_S + 2, 1.0, 10, 20, 30), Load(NOW_S + 4, 2.0, 11, 21, 31)],
        connections=(connection("203.0.113.7", 443), connection("203.0.113.7", 443)),
    )  # fmt: skip
    rows = {row.key: row for row in program_rows(programs(one, listeners=((one, listener(8080)),)))}
    row = rows[program_key("", one)] if program_key("", one) in rows else next(iter(rows.values()))
    assert (row.parent.split("|")[1], row.pid, row.name) == ("4", 8, "tool.exe")
    assert (row.cpu_s, row.cpu_share, row.memory_bytes, row.written_bytes) == (2.0, 0.5, 11, 31)
    assert (row.far, row.listens, row.connections) == (("203.0.113.7:443",), (8080,), 2)
    assert "hunter2secret" not in row.command
    assert len(rows) == 2  # the parent leads to it


def test_a_live_look_tells_of_all_that_runs_a_recording_of_what_started():
    old, new = program("old.exe"), program("new.exe")
    live = programs(new, is_recording=False, running=(old, new))
    assert [row.name for row in program_rows(live)] == ["new.exe", "old.exe"]
    assert [row.name for row in program_rows(replace(live, is_recording=True))] == ["new.exe"]


def test_programs_without_number_or_start_have_a_key_all_the_same():
    assert program_key("pc", program(pid=None, started_s=None, record=7)) == "pc|line 7|"
    assert program_key("pc", program(pid=3, started_s=None)) == "pc|3|"


def test_a_circle_of_parents_ends():
    one = program("a.exe")
    two = program("b.exe", parent=one)
    one.parent = two
    assert len(list(program_rows(programs(two)))) == 2


# --- counting ----------------------------------------------------------------------------------------------------
class Scoring(Detector):
    """Reads three numbers of each start, as a learned model would."""

    name, version, reads, reasons = "scoring", "1", Programs, ("unusual_program",)

    def detect(self, record):
        if record.meter is not None:
            rows = np.full((len(record.starts), len(NUMBERS)), 0.5, np.float32)
            record.meter.count("program_rank", NUMBERS, rows, np.full(len(record.starts), 0.2))
        yield from ()


def counted(*stretches: Programs, counts: bool = True) -> list[tuple[str, int]]:
    wall = Wall()
    panel = Panel([Words(), Scoring()])
    judge = ProgramJudging(wall, panel, Control(), subject=Subject("sense", "programs"), source="p", done=lambda: 0)
    for stretch in stretches:
        judge.judge(stretch, counts=counts)
    return [(one.model, one.rows) for part in wall.parts for one in part.counts if is_sound(one)]


def test_each_stretch_of_a_live_look_is_counted_once():
    first, second = (programs(program(), program(), is_recording=False) for _ in range(2))
    assert counted(first, second) == [("program_rank", 2), ("program_rank", 2)]


def test_recordings_and_looks_in_between_are_not_counted():
    assert counted(programs(program(), program())) == []
    assert counted(programs(program(), is_recording=False), counts=False) == []


def test_people_have_habits_of_their_own_in_one_look():
    parent = program("shell", user="maria")
    mine, theirs = (program("tool", parent=parent, user=user, started_s=NOW_S) for user in ("maria", "jean"))
    again = program("tool", parent=parent, user="maria", command="low", started_s=NOW_S + 1)
    record = programs(mine, theirs, again, is_recording=False, running=(parent, mine, theirs, again))
    judge = judging(Wall())
    judge.judge(record)
    [finding] = judge.told()
    habits = {one.person: one for one in judge.habits_of(record) if one.key == pair_key(mine)}
    assert habits.keys() == {person_key("maria"), person_key("jean")}
    assert habits[person_key("maria")].findings == (finding.id,)  # one of her two starts is suspected

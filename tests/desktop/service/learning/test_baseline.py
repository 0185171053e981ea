"""What is usual here: learned with a visible end, frozen afterwards, bounded, and brought back whole."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from desktop.service.events import Control
from desktop.service.keeping.baseline_book import COUNTS_DAYS, LookSeen, save_look
from desktop.service.keeping.database import Database
from desktop.service.keeping.journal import Journal
from desktop.service.keeping.learned import DayRow, Habits
from desktop.service.keeping.store import Counts, Store
from desktop.service.learning.baseline import (
    FEWEST_SCORES,
    LEARNING_DAYS,
    MOST_FACTOR,
    MOST_FACTOR_OF,
    MOST_STEP,
    Baseline,
    picture_of,
)
from desktop.service.service import Service
from detectors.contract.activity import ProgramRow
from detectors.contract.baseline import LocalPicture, ModelCounts, hidden
from detectors.contract.errors import BaselineRefused
from detectors.contract.finding import Severity, Subject
from detectors.contract.programs import KnownPrograms
from detectors.engines.onnx_engine import ModelCard
from detectors.features.flow_features import FEATURES
from detectors.features.flow_features import NAMES as FLOW_NAMES
from detectors.features.program_features import NAMES, NUMBERS, number_columns
from detectors.features.program_habits import habit_name, listener_key, pair_key, person_key
from detectors.features.spread_counting import LookMeter
from detectors.new_listener import NewListener
from detectors.unusual_program import UnusualProgram
from detectors.unusual_traffic import UnusualTraffic
from detectors.worker.traffic_judging import known_network
from detectors.worker.wire import (
    CheckConnections,
    CheckPrograms,
    Habit,
    JobDone,
    Known,
    ProgramsGiven,
    SourcePart,
    WorkerReady,
)
from tests.factories import make_finding
from tests.program_factories import chain, listener, program, programs
from tests.traffic_factories import HOME, make_flows, make_traffic

TODAY = datetime.now(UTC).date()
FIRST = TODAY - timedelta(days=40)


@pytest.fixture
def baseline(database: Database) -> Baseline:
    return Baseline(database, Journal(database))


def counted(share: float = 0.3, rows: int = 200, model: str = "flow_usual", value: float = 2.0) -> ModelCounts:
    """One look in which every score was the same part of the limit."""
    columns = NUMBERS if model == "program_rank" else FEATURES
    meter = LookMeter()
    meter.count(model, columns, np.full((rows, len(columns)), value, np.float32), np.full(rows, share))
    return meter.counts()[0]


def look(database: Database, day: date, *counts: ModelCounts, bad: bool = False) -> None:
    store, findings = Store(database), ()
    if bad:
        findings = (make_finding(subject=Subject("process", "/tmp/tool"), severity=Severity.HIGH, source="programs"),)
        store.save_batch(store.begin_run("x", "y", ()), Counts(), findings=findings)
    with database.writing() as connection:
        ids = tuple(one.id for one in findings)
        now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        save_look(connection, LookSeen(counts, ids, is_done=True), now)


def look_for(database: Database, days: int, *counts: ModelCounts, first: date = FIRST) -> None:
    for number in range(days):
        look(database, first + timedelta(days=number), *counts)


def day_row(number: int, *counts: ModelCounts, left_out: int = 0, **figures: float) -> DayRow:
    models = {one.model: one for one in counts}
    return DayRow(FIRST + timedelta(days=number), 1, 1, left_out, models, figures=figures)


# --- the learning period -----------------------------------------------------------------------------------------
def test_learning_has_a_visible_end_and_makes_the_first_picture_by_itself(baseline: Baseline, database: Database):
    for number in range(LEARNING_DAYS - 1):
        look(database, FIRST + timedelta(days=2 * number))
        baseline.note_look()
        view = baseline.view()
        assert (view.is_learning, view.days_done, view.days_needed) == (True, number + 1, 10)
        assert view.figures == ()
    assert baseline.picture() == LocalPicture()
    look(database, TODAY)
    baseline.note_look()
    view = baseline.view()
    assert (view.is_learning, view.days_done) == (False, 10)
    (version,) = view.versions
    assert (version.made_by, version.days, version.first_day, version.last_day, version.is_in_use) == (
        "learning_period", 10, FIRST, TODAY, True,
    )  # fmt: skip
    assert Journal(database).lines(1)[0].act == "baseline_learned"


def test_days_with_nothing_but_a_serious_finding_are_not_days_of_learning(baseline: Baseline, database: Database):
    look_for(database, LEARNING_DAYS - 1)
    look(database, TODAY, bad=True)
    baseline.note_look()
    assert (baseline.view().days_done, baseline.view().versions) == (9, ())


def test_afterwards_nothing_is_learned_again_by_itself(baseline: Baseline, database: Database):
    look_for(database, LEARNING_DAYS)
    baseline.note_look()
    before = baseline.view().versions
    look_for(database, 25, counted(1.4), first=FIRST + timedelta(days=11))
    baseline.note_look()
    assert baseline.view().versions == before
    assert baseline.picture().limits["flow_usual"] == 1.0


def test_an_undone_first_picture_is_not_made_again_by_itself(baseline: Baseline, database: Database):
    look_for(database, LEARNING_DAYS)
    baseline.note_look()
    Journal(database).undo(Journal(database).lines(1)[0].id)
    baseline.note_look()
    assert [one.is_in_use for one in baseline.view().versions] == [False]
    assert baseline.picture() == LocalPicture()


# --- limits ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("share", "rows", "factor"),
    [
        (0.3, FEWEST_SCORES, 1.0),
        (0.99, FEWEST_SCORES, 1.05),
        (1.4, FEWEST_SCORES, 1.1),
        (20.0, FEWEST_SCORES, 1.1),
        (20.0, FEWEST_SCORES - 1, 1.0),
    ],
)
def test_a_limit_follows_quiet_scores_within_its_step(share: float, rows: int, factor: float):
    learned = picture_of([day_row(0, counted(share, rows))], Habits(), None)
    assert learned.limits["flow_usual"] == pytest.approx(factor, abs=0.051 if share == 0.99 else 1e-9)
    assert learned.limits["flow_rank"] == 1.0


def test_a_computer_that_is_made_louder_day_by_day_moves_limits_by_no_more_than_is_stated():
    learned, factors = None, []
    for week in range(12):
        days = [
            day_row(7 * week + day, counted(1 + week + day / 7, 400), counted(3, 400, "program_rank"))
            for day in range(7)
        ]
        learned = picture_of(days, Habits(), learned)
        factors.append(learned.limits)
    for model, most in (("flow_usual", MOST_FACTOR), ("program_rank", MOST_FACTOR_OF["program_rank"])):
        steps = np.diff([1.0, *(one[model] for one in factors)])
        assert steps.max() <= MOST_STEP + 1e-9
        assert factors[-1][model] == most
    calm = picture_of([day_row(100, counted(0.2, 2_000))], Habits(), learned)
    assert calm.limits["flow_usual"] == pytest.approx(MOST_FACTOR - MOST_STEP)


def test_the_highest_limit_for_starts_leaves_room_for_low():
    assert 0.75 * MOST_FACTOR_OF["program_rank"] < 1


def test_left_out_hours_and_other_forms_do_not_count():
    foreign = replace(counted(9.0, 5_000), form="spread-0")
    days = [day_row(0, counted(0.3, 1_500)), day_row(1, foreign), day_row(2, left_out=1)]
    learned = picture_of(days, Habits(), None)
    assert (learned.limits["flow_usual"], learned.days, learned.left_out_days) == (1.0, 2, 1)
    assert learned.last_day == FIRST + timedelta(days=1)


def test_an_old_loud_day_counts_less_than_young_quiet_ones_and_at_last_not_at_all():
    loud, quiet = counted(1.3, 3), counted(0.3, 2_000)
    assert picture_of([day_row(0, loud), day_row(1, quiet)], Habits(), None).limits["flow_usual"] > 1
    assert picture_of([day_row(0, loud), day_row(60, quiet)], Habits(), None).limits["flow_usual"] == 1
    learned = picture_of([day_row(0, counted(9.0, 50_000)), day_row(COUNTS_DAYS, quiet)], Habits(), None)
    assert (learned.limits["flow_usual"], learned.days) == (1, 1)


# --- usual values ------------------------------------------------------------------------------------------------
def test_usual_values_are_the_middle_of_what_the_model_read():
    column = FLOW_NAMES.index("flow_out_bytes")
    few = picture_of([day_row(0, counted(rows=99, value=math.log1p(900)))], Habits(), None)
    many = picture_of([day_row(0, counted(rows=100, value=math.log1p(900)))], Habits(), None)
    assert few.usual == {}
    assert math.expm1(many.usual["flow_usual"][column]) == pytest.approx(900, rel=0.5)
    assert len(many.usual["flow_usual"]) == len(FEATURES)


def test_figures_are_usual_between_what_eight_of_ten_days_had():
    days = [day_row(number, listeners=number) for number in range(11)]
    days.append(day_row(11, left_out=0, sent_bytes=5.0))
    assert picture_of(days, Habits(), None).figures == {"listeners": (1, 9)}


def test_today_is_told_beside_what_is_usual_and_the_unknown_is_not_nothing(baseline: Baseline, database: Database):
    look_for(database, 5)
    look(database, TODAY)
    for number in range(5):
        baseline.book.keep_figures(FIRST + timedelta(days=number), {"listeners": 2.0, "sent_bytes": 900.0})
    baseline.book.keep_figures(TODAY, {"listeners": 7.0, "made up": 1.0, "new_programs": math.inf})
    told = {one.name: (one.unit, one.low, one.high, one.today) for one in baseline.view().figures}
    assert told == {"listeners": ("", 2.0, 2.0, 7.0), "sent_bytes": ("bytes", 900.0, 900.0, None)}


# --- from a look to the next one ---------------------------------------------------------------------------------
PARENT = program("shell", system="linux", user="maria")
CHILD = program("tool", system="linux", user="maria", parent=PARENT)
PAIR = pair_key(CHILD) or ""


def given(*people: str) -> ProgramsGiven:
    rows = (ProgramRow("|7|1.000", "", "tool", "/bin/tool", "tool", "maria", 7, 1.0, None),)
    return ProgramsGiven(rows, tuple(Habit("pair", PAIR, person=person_key(one)) for one in people))


def scan(service: Service, stand_in, **part) -> None:
    stand_in.reports = [WorkerReady(""), SourcePart("programs", checked=1, source_done=True, **part), JobDone()]
    list(service.check_programs(Control(), seconds=1))


def test_a_look_is_counted_and_a_recording_is_not(service: Service, stand_in, tmp_path):
    counts = counted(model="program_rank")
    recording = tmp_path / "a.jsonl"
    recording.touch()
    stand_in.reports = [WorkerReady(""), SourcePart(str(recording), source_done=True, counts=(counts,)), JobDone()]
    list(service.check_recordings([str(recording)], Control()))
    assert service.learning.baseline().days_done == 0
    scan(service, stand_in, counts=(counts,), programs=given("maria"))
    scan(service, stand_in, counts=(counts,))
    (day,) = service.learning.usual.book.days()
    assert (day.models["program_rank"].rows, day.looks) == (400, 2)
    assert (day.figures["hours_looked"] >= 1, day.figures["new_programs"]) == (True, 1)
    assert "sent_bytes" not in day.figures  # nobody looked at sizes


def test_counts_that_come_after_a_serious_finding_of_the_same_look_are_left_out(service: Service, stand_in):
    bad = make_finding(subject=Subject("process", "/tmp/tool"), severity=Severity.HIGH, source="programs")
    stand_in.reports = [
        WorkerReady(""),
        SourcePart("programs", findings=(bad,)),
        SourcePart("programs", counts=(counted(model="program_rank"),)),
        SourcePart("programs", checked=1, source_done=True),
        JobDone(),
    ]
    list(service.check_programs(Control(), seconds=1))
    (day,) = service.learning.usual.book.days()
    assert (day.is_quiet, day.models) == (False, {})


def test_what_was_learned_goes_with_the_next_look_and_stays_as_it_was_learned(service: Service, stand_in):
    database, usual = service._database, service.learning.usual
    look_for(database, LEARNING_DAYS, counted(1.4))
    days = [(TODAY - timedelta(days=back)).isoformat() for back in (3, 1)]
    with database.writing() as connection:
        for table, columns, values in (
            ("known_programs", "kind, key, person", ("pair", PAIR, person_key("maria"))),
            ("known_network", "kind, name", ("destination", "a.example")),
        ):
            marks = ", ".join("?" * len(values))
            connection.execute(
                f"INSERT INTO {table} ({columns}, first_on, last_on, days) VALUES ({marks}, ?, ?, 3)", (*values, *days)
            )
    usual.note_look()
    with database.writing() as connection:  # candidates go on; what is known does not
        connection.execute("UPDATE known_programs SET key = 'ffff'")
    scan(service, stand_in)
    job = stand_in.jobs[-1]
    assert isinstance(job, CheckPrograms)
    assert job.known == KnownPrograms(frozenset({habit_name(PAIR, person_key("maria"))}), is_learned=True)
    assert (job.picture.limits["flow_usual"], job.picture.version) == (1.1, 1)
    stand_in.reports = [WorkerReady(""), SourcePart("connections", source_done=True), JobDone()]
    list(service.check_connections(Control(), seconds=1))
    job = stand_in.jobs[-1]
    assert isinstance(job, CheckConnections)
    assert job.known == Known(destinations=(hidden("a.example"),), is_learned=True)
    assert known_network(job.known).has_destination("192.0.2.1", "a.example")
    assert not known_network(job.known).has_destination("b.example")
    assert job.picture == usual.picture()


def test_what_nobody_looked_at_while_it_was_learned_is_still_counted(baseline: Baseline, database: Database):
    look_for(database, LEARNING_DAYS)
    baseline.note_look()
    by_now = KnownPrograms(frozenset({"aa"}), is_learned=True)
    assert baseline.known_programs(by_now) is by_now
    assert baseline.known_network(Known(("x",))) == Known(("x",))


# --- back to an earlier one --------------------------------------------------------------------------------------
OUT = FLOW_NAMES.index("flow_out_bytes")
WEB = number_columns()[NAMES.index("command_has_web_address")]


class Flows:
    """A model whose score is the (logged) bytes sent, beyond ten kilobytes."""

    card = ModelCard("flow_usual", FLOW_NAMES, 8.0, {"usual": [0.0] * len(FLOW_NAMES)})

    def score(self, rows: np.ndarray) -> np.ndarray:
        return np.maximum(rows[:, OUT] - np.log1p(10_000), 0).astype(np.float32)


class Starts:
    """A model that minds web addresses."""

    card = ModelCard("program_rank", NAMES, 0.5, {"low": 0.75, "usual_unix": [0.0] * len(NAMES)})

    def score(self, rows: np.ndarray) -> np.ndarray:
        return (0.1 + 0.42 * rows[:, WEB]).astype(np.float32)


SERVER = program("server", system="linux", user="maria")
DOOR = listener(8080)
RAN = programs(
    chain("init", "sh", "fetch", system="linux", command="fetch http://files.example/x"),
    SERVER,
    listeners=((SERVER, DOOR),),
)
TALKED = make_traffic(make_flows(20, client=HOME, out_bytes=40_000_000))


def judge(baseline: Baseline) -> list:
    """Let detectors judge the same records with what is in use now."""
    ran = replace(RAN, picture=baseline.picture(), known=baseline.known_programs(KnownPrograms()))
    traffic = replace(TALKED, picture=baseline.picture())
    said = UnusualTraffic(None, Flows()).detect(traffic)
    return [*said, *UnusualProgram(Starts()).detect(ran), *NewListener().detect(ran)]


def test_an_earlier_picture_brings_back_identical_scores_and_another_does_not(baseline: Baseline, database: Database):
    door = listener_key(SERVER, DOOR) or ""
    last = (TODAY - timedelta(days=1)).isoformat()
    with database.writing() as connection:
        connection.execute(
            "INSERT INTO known_programs VALUES ('pair', ?, ?, ?, ?, 5)", (PAIR, person_key("maria"), last, last)
        )
    look_for(database, LEARNING_DAYS, counted(0.3, 500), counted(0.3, 500, "program_rank", 0.0))
    baseline.note_look()
    before, first = judge(baseline), baseline.book.in_use()
    with database.writing() as connection:
        connection.execute(
            "INSERT INTO known_programs VALUES ('listener', ?, ?, ?, ?, 5)", (door, person_key("maria"), last, last)
        )
    loud = counted(1.4, 5_000, value=3.0), counted(1.4, 5_000, "program_rank", 0.5)
    look_for(database, 20, *loud, first=FIRST + timedelta(days=12))
    baseline.learn("person")
    changed, second = judge(baseline), baseline.book.in_use()
    assert [one.reason for one in before] == ["unusual_traffic", "unusual_program", "new_listener"]
    assert changed == []
    assert second.learned.limits != first.learned.limits
    assert baseline.restore(first.number).is_in_use
    assert judge(baseline) == before
    assert baseline.book.in_use() == first
    assert baseline.restore(second.number).is_in_use
    assert judge(baseline) == changed


def test_restoring_what_was_damaged_is_refused_with_a_sentence(service: Service):
    look_for(service._database, LEARNING_DAYS)
    service.learning.usual.note_look()
    with service._database.writing() as connection:
        connection.execute("UPDATE baselines SET document = replace(document, '1.0', '1.5')")
    with pytest.raises(BaselineRefused) as refused:
        service.learning.restore(1)
    assert "number 1 " in service.error_text(refused.value, "en")
    assert service.learning.baseline().versions == ()
    assert service.learning.usual.picture() == LocalPicture()

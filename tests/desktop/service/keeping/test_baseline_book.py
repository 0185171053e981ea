"""Looks at this computer are counted by day; recordings, lies and wrong clocks are not."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from desktop.service.keeping.activity_book import Activity
from desktop.service.keeping.baseline_book import (
    COUNTS_DAYS,
    FIGURES_DAYS,
    MOST_COUNTS,
    MOST_VERSIONS,
    BaselineBook,
    LookSeen,
    save_look,
)
from desktop.service.keeping.database import FILE_NAME, Database
from desktop.service.keeping.journal import Journal
from desktop.service.keeping.learned import Habits, Learned
from desktop.service.keeping.migrations import STEPS
from desktop.service.keeping.program_book import MOST_HABITS, ProgramBook, ProgramsSeen
from desktop.service.keeping.retention import forget_old
from desktop.service.keeping.store import Counts, Store
from detectors.contract.activity import ActivityRow, ProgramRow
from detectors.contract.baseline import ModelCounts, hidden
from detectors.contract.errors import BaselineRefused
from detectors.contract.finding import Evidence, Finding, FoundBy, Severity, Subject
from detectors.features.program_features import NUMBERS
from detectors.features.program_habits import habit_name
from detectors.features.spread_counting import LookMeter
from detectors.worker.wire import Habit, ProgramsGiven
from tests.factories import make_finding

TODAY = datetime.now(UTC).date()
DAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def book(database: Database) -> BaselineBook:
    return BaselineBook(database, Journal(database))


def counts_of(rows: int = 4, model: str = "program_rank", value: float = 0.5) -> ModelCounts:
    meter = LookMeter()
    meter.count(model, NUMBERS, np.full((rows, len(NUMBERS)), value, np.float32), np.full(rows, 0.4))
    return meter.counts()[0]


def look(database: Database, now: datetime = DAY, *counts: ModelCounts, findings: tuple[Finding, ...] = ()) -> None:
    store = Store(database)
    run_id = store.begin_run("scan processes", "paths", ())
    store.save_batch(run_id, Counts(), findings=findings)
    ids = tuple(one.id for one in findings)
    with database.writing() as connection:
        save_look(connection, LookSeen(counts, ids, is_done=True), now)


def a_finding(severity: Severity = Severity.MEDIUM, **changes) -> Finding:
    subject = Subject("process", "/tmp/tool", {"pid": 7, "started_s": 1.0})
    return make_finding(**{"subject": subject, "severity": severity, "source": "programs"} | changes)


def days(book: BaselineBook):
    return book.days(until=date(2027, 1, 1))


# --- days --------------------------------------------------------------------------------------------------------
def test_two_looks_a_day_are_one_day_with_their_counts_added(book: BaselineBook, database: Database):
    look(database, DAY, counts_of(4))
    look(database, DAY + timedelta(minutes=5), counts_of(6))
    look(database, DAY + timedelta(hours=3), counts_of(1))
    look(database, DAY + timedelta(days=2))
    first, last = days(book)
    assert (first.day, first.looks, first.hours, first.models["program_rank"].rows) == (DAY.date(), 3, 2, 11)
    assert (last.looks, last.models, last.is_quiet) == (1, {}, True)
    assert [one.models for one in book.days(until=date(2027, 1, 1), has_counts=False)] == [{}, {}]


def test_looks_are_counted_so_that_nothing_is_computed_twice(book: BaselineBook, database: Database):
    assert book.looks() == 0
    look(database)
    look(database, DAY + timedelta(days=1))
    assert book.looks() == 2


def test_an_open_serious_finding_of_this_computer_counts_until_somebody_calls_it_fine(
    book: BaselineBook, database: Database
):
    of_a_look, small = a_finding(Severity.HIGH), a_finding(Severity.LOW, subject=Subject("host", "192.168.1.7"))
    look(database, DAY, findings=(of_a_look, small))
    assert book.serious_open() == 1
    Journal(database).judge(of_a_look, "known", scope="file", until=None)
    assert book.serious_open() == 0


def test_an_open_finding_of_a_recording_says_nothing_about_this_computer(book: BaselineBook, database: Database):
    store = Store(database)
    told = make_finding(severity=Severity.HIGH, subject=Subject("host", "192.168.1.9"), source="office.pcap")
    store.save_batch(store.begin_run("scan network", "paths", {}), Counts(), findings=[told])
    assert book.serious_open() == 0


def test_a_day_without_a_look_is_no_day(book: BaselineBook):
    assert days(book) == ()


def test_a_clock_that_runs_ahead_makes_no_days_and_is_forgotten(book: BaselineBook, database: Database):
    now = datetime.now(UTC)
    look(database, now, counts_of())
    look(database, now + timedelta(days=300), counts_of())
    look(database, now - timedelta(days=1), counts_of())  # set back: a day that was is a day that was
    assert [one.day for one in book.days()] == [(now - timedelta(days=1)).date(), now.date()]
    forget_old(database, findings_days=400, journal_days=400)
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) AS n FROM model_counts").fetchone()["n"] == 2
        assert connection.execute("SELECT count(*) AS n FROM look_hours").fetchone()["n"] == 2


# --- what is left out --------------------------------------------------------------------------------------------
def test_an_hour_with_a_serious_finding_is_left_out_until_somebody_calls_it_fine(
    book: BaselineBook, database: Database
):
    bad = a_finding()
    look(database, DAY, counts_of(4), findings=(bad,))
    look(database, DAY + timedelta(hours=1), counts_of(1))
    look(database, DAY + timedelta(days=1), counts_of(2), findings=(bad,))
    one, other = days(book)
    assert (one.hours, one.left_out_hours, one.models["program_rank"].rows, one.is_quiet) == (2, 1, 1, True)
    assert (other.left_out_hours, other.models, other.is_quiet) == (1, {}, False)
    journal_id = Journal(database).judge(bad, "known", scope="file", until=None)
    assert [one.models["program_rank"].rows for one in days(book)] == [5, 2]
    Journal(database).undo(journal_id)
    assert [one.is_quiet for one in days(book)] == [True, False]


def test_a_serious_finding_that_is_over_was_serious_all_the_same(book: BaselineBook, database: Database):
    look(database, DAY, counts_of(4), findings=(a_finding(),))
    with database.writing() as connection:
        connection.execute("UPDATE findings SET gone_at = last_kept_at")
    assert not days(book)[0].is_quiet


@pytest.mark.parametrize("severity", [Severity.INFORMATIONAL, Severity.LOW])
def test_a_finding_that_is_not_serious_leaves_nothing_out(book: BaselineBook, database: Database, severity: Severity):
    look(database, DAY, counts_of(4), findings=(a_finding(severity),))
    assert days(book)[0].models["program_rank"].rows == 4


def test_what_models_said_is_counted_with_what_people_thought_of_it(book: BaselineBook, database: Database):
    spoken = [
        a_finding(
            Severity.LOW, reason="unusual_program", found_by=FoundBy.MODEL, subject=Subject("process", f"/tmp/{number}"),
            evidence=(Evidence("models", ["program_rank"]),),
        )
        for number in range(3)
    ]  # fmt: skip
    look(database, DAY, findings=(*spoken, a_finding(Severity.LOW)))
    look(database, DAY + timedelta(days=1), findings=(spoken[0],))  # the same one again is no second alarm
    Journal(database).judge(spoken[0], "known", scope="file", until=None)
    Journal(database).judge(spoken[1], "worried", scope="file", until=None)
    one, other = days(book)
    assert (one.alarms, one.harmless["program_rank"], one.judged["program_rank"]) == ({"program_rank": 3}, 1, 2)
    assert other.alarms == {}


# --- hostile and damaged -----------------------------------------------------------------------------------------
def test_counts_that_cannot_be_true_are_not_kept(book: BaselineBook, database: Database):
    honest = counts_of(4)
    look(database, DAY, replace(honest, rows=5), replace(honest, scores=(-4, 8)), honest)
    assert days(book)[0].models["program_rank"] == honest


@pytest.mark.parametrize("document", ["", "{}", "[" * 5_000, '{"model": "program_rank"}', "null"])
def test_a_damaged_row_costs_itself_alone(book: BaselineBook, database: Database, document: str):
    look(database, DAY, counts_of(4), counts_of(2, "flow_rank"))
    with database.writing() as connection:
        connection.execute("UPDATE model_counts SET document = ? WHERE model = 'flow_rank'", (document,))
    assert {name: one.rows for name, one in days(book)[0].models.items()} == {"program_rank": 4}
    look(database, DAY, counts_of(3, "flow_rank"))  # and is replaced by the next honest one
    assert days(book)[0].models["flow_rank"].rows == 3


def test_a_day_that_is_none_is_left_out(book: BaselineBook, database: Database):
    with database.writing() as connection:
        connection.execute("INSERT INTO look_hours (day, hour, looks) VALUES ('1-of-May', 3, 1)")
    look(database)
    assert [one.day for one in days(book)] == [DAY.date()]


# --- keeping it bounded ------------------------------------------------------------------------------------------
def test_days_are_forgotten(book: BaselineBook, database: Database):
    now = datetime.now(UTC)
    look(database, now, counts_of(1))
    book.keep_figures(now.date(), {"hours_looked": 1.0})

    def left() -> tuple[int, ...]:
        with database.reading() as connection:
            return tuple(
                connection.execute(f"SELECT count(*) AS n FROM {table}").fetchone()["n"]
                for table in ("model_counts", "look_hours", "day_figures")
            )

    for age, expected in ((COUNTS_DAYS, (1, 1, 1)), (COUNTS_DAYS + 1, (0, 1, 1)), (FIGURES_DAYS + 1, (0, 0, 0))):
        forget_old(database, findings_days=900, journal_days=900, now=now + timedelta(days=age))
        assert left() == expected


def test_what_was_left_out_stays_so_when_its_finding_is_forgotten(book: BaselineBook, database: Database):
    now = datetime.now(UTC)
    look(database, now, counts_of(4), findings=(a_finding(),))
    look(database, now - timedelta(hours=1), counts_of(1))
    forget_old(database, findings_days=5, journal_days=900, now=now + timedelta(days=6))
    kept = days(book)
    assert sum(one.models["program_rank"].rows for one in kept if one.models) == 1
    assert sum(one.hours for one in kept) == 1


def test_a_flood_of_findings_does_not_make_an_hour_quiet(book: BaselineBook, database: Database, monkeypatch):
    now = datetime.now(UTC)
    look(database, now - timedelta(days=3), counts_of(4), findings=(a_finding(),))
    flood = tuple(a_finding(Severity.LOW, subject=Subject("process", f"/tmp/{number}")) for number in range(5))
    look(database, now, counts_of(2), findings=flood)
    monkeypatch.setattr("desktop.service.keeping.baseline_book.MOST_FINDINGS", 3)
    forget_old(database, findings_days=400, journal_days=400, now=now)
    assert [(one.day, one.models["program_rank"].rows) for one in days(book)] == [(now.date(), 2)]


def test_no_more_counts_are_kept_than_there_is_room_for(database: Database):
    now = datetime.now(UTC)
    with database.writing() as connection:
        connection.executemany(
            "INSERT INTO model_counts (day, hour, model, form, document) VALUES (?, ?, ?, 'f', '{}')",
            [
                ((now - timedelta(days=place % 80)).date().isoformat(), 3, f"m{place}")
                for place in range(MOST_COUNTS + 200)
            ],
        )
    forget_old(database, findings_days=400, journal_days=400, now=now)
    with database.reading() as connection:
        row = connection.execute("SELECT count(*) AS n, min(day) AS first FROM model_counts").fetchone()
    assert MOST_COUNTS <= row["n"] < MOST_COUNTS + 200
    assert row["first"] > (now - timedelta(days=79)).date().isoformat()


def test_a_hundred_thousand_habits_are_the_most(database: Database):
    today = datetime.now(UTC).date().isoformat()
    with database.writing() as connection:
        connection.executemany(
            "INSERT INTO known_programs (kind, key, person, first_on, last_on, days) VALUES ('pair', ?, '', ?, ?, ?)",
            [(f"{place:08x}", today, today, 3 if place < 50 else 1) for place in range(MOST_HABITS + 5_000)],
        )
    begun = time.perf_counter()
    store = Store(database)
    given = ProgramsGiven(habits=(Habit("pair", "new"),))
    store.save_batch(
        store.begin_run("x", "y", ()), Counts(), programs=ProgramsSeen("programs", "programs", given, is_first=True)
    )
    took_s = time.perf_counter() - begun
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) AS n FROM known_programs").fetchone()["n"] == MOST_HABITS
    assert len(ProgramBook(database).known().pairs) == 50  # what is usual goes last
    assert took_s < 5


# --- figures -----------------------------------------------------------------------------------------------------
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
CALL = ActivityRow(
    int(NOON.timestamp()), "mail", "192.0.2.7", "93.184.216.34", 443, "tcp", "tls", "a.example", "", "", "", 0, 0, 1
)


def keep(database: Database, how: str, *rows: ActivityRow, given: ProgramsGiven | None = None) -> None:
    store = Store(database)
    programs = ProgramsSeen("programs", how, given, is_first=True) if given else None
    activity = Activity("/x/a.pcap" if how == "recording" else "eth0", how, rows, is_first=True) if rows else None
    store.save_batch(store.begin_run("x", "y", ()), Counts(), activity=activity, programs=programs)


def test_figures_are_computed_from_what_was_seen_and_nothing_else(book: BaselineBook, database: Database):
    figures = book.figures_of(TODAY)
    assert figures == {"hours_looked": 0.0}
    other = replace(CALL, program="", name="", address="198.51.100.9", out_bytes=2**62, in_bytes=2**62)
    keep(database, "live", other, other)
    figures = book.figures_of(TODAY)
    assert "listeners" not in figures  # packets do not tell whose they are
    assert figures["sent_bytes"] == figures["received_bytes"] == pytest.approx(2.0**63)
    keep(database, "connections", CALL, replace(CALL, program="web", port=80), replace(CALL, port=22, is_listener=True))
    yesterday = replace(CALL, minute=CALL.minute - 86_400, program="old")
    keep(database, "connections", yesterday)
    keep(database, "recording", replace(CALL, program="foreign", out_bytes=9))
    figures = book.figures_of(TODAY)
    assert (figures["programs_calling"], figures["listeners"], figures["new_destinations"]) == (2, 1, 1)
    assert "programs_started" not in figures


def test_programs_of_today_and_new_ones_are_counted(book: BaselineBook, database: Database):
    started = NOON.timestamp()
    rows = [ProgramRow(f"|{n}|1", "", "tool", "/t", "tool", "maria", n, at_s, None) for n, at_s in
            ((1, started), (2, started - 3 * 86_400), (3, None))]  # fmt: skip
    keep(database, "programs", given=ProgramsGiven(tuple(rows), (Habit("pair", "aa"), Habit("listener", "bb"))))
    figures = book.figures_of(TODAY)
    assert (figures["programs_started"], figures["new_programs"]) == (1, 1)


# --- habits of people --------------------------------------------------------------------------------------------
def learn(database: Database, person: str, *on: date, key: str = "aa") -> None:
    with database.writing() as connection:
        for day in on:
            connection.execute(
                "INSERT INTO known_programs (kind, key, person, first_on, last_on, days) VALUES ('pair', ?, ?, ?, ?, 1)"
                " ON CONFLICT DO UPDATE SET days = days + (last_on < excluded.last_on),"
                " last_on = max(last_on, excluded.last_on)",
                (key, person, day.isoformat(), day.isoformat()),
            )


def test_another_person_on_the_same_computer_makes_nothing_known(book: BaselineBook, database: Database):
    today = datetime.now(UTC).date()
    three = [today - timedelta(days=back) for back in (3, 2, 1)]
    learn(database, "maria", *three)
    learn(database, "root", *three[:2])
    assert book.habits(today).pairs == (habit_name("aa", "maria"),)
    assert ProgramBook(database).known().pairs == {habit_name("aa", "maria")}
    assert book.habits(today + timedelta(days=60)) == Habits()


def test_a_clock_that_goes_back_and_forth_makes_no_three_days(book: BaselineBook, database: Database):
    today = datetime.now(UTC).date()
    yesterday = today - timedelta(days=1)
    learn(database, "maria", today, yesterday, today, yesterday, today)
    assert book.habits(today).pairs == ()


def test_destinations_and_cards_are_learned_as_hashes(book: BaselineBook, database: Database):
    today = datetime.now(UTC).date()
    rows = [("device", "02:00:00:00:00:01", 1), ("destination", "a.example", 3), ("destination", "b.example", 2)]
    with database.writing() as connection:
        connection.executemany(
            "INSERT INTO known_network (kind, name, first_on, last_on, days) VALUES (?, ?, ?, ?, ?)",
            [(kind, name, today.isoformat(), today.isoformat(), n) for kind, name, n in rows],
        )
    habits = book.habits(today)
    assert (habits.devices, habits.destinations) == ((hidden("02:00:00:00:00:01"),), (hidden("a.example"),))


# --- versions ----------------------------------------------------------------------------------------------------
def learned(**changes) -> Learned:
    plain = Learned(date(2026, 11, 2), date(2026, 11, 12), 10, 0, {"flow_rank": 1.1}, {"flow_rank": (0.1, 2.5)},
                    {"flow_rank": "f"}, Habits(pairs=("aa",)), {"listeners": (1.0, 3.0)})  # fmt: skip
    return replace(plain, **changes)


def test_a_baseline_comes_back_whole_and_the_newest_is_in_use(book: BaselineBook):
    assert (book.in_use(), book.versions()) == (None, ())
    first, second = book.add_version(learned(), "learning_period"), book.add_version(learned(days=11), "person")
    assert [one.number for one in book.versions()] == [second, first]
    assert (book.in_use().number, book.in_use().learned) == (second, learned(days=11))
    assert book.restore(first).learned == learned()
    assert book.in_use().number == first
    assert book.versions()[1].fingerprint != book.versions()[0].fingerprint


def test_the_journal_takes_a_restoring_back(book: BaselineBook, database: Database):
    first = book.add_version(learned(), "learning_period")
    second = book.add_version(learned(days=11), "person")
    book.restore(first)
    journal = Journal(database)
    acts = [(one.act, one.subject) for one in journal.lines(9)]
    assert acts == [("baseline_restored", "1"), ("baseline_learned", "2"), ("baseline_learned", "1")]
    for line, used in zip(journal.lines(9), (second, first, None), strict=True):
        journal.undo(line.id)
        assert book.number_in_use() == used
    assert book.in_use() is None


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE baselines SET document = replace(document, '1.1', '1.4')",
        "UPDATE baselines SET document = '{}'",
        "UPDATE baselines SET fingerprint = 'x'",
    ],
)
def test_a_damaged_baseline_is_neither_used_nor_restored(book: BaselineBook, database: Database, damage: str):
    number = book.add_version(learned(), "learning_period")
    with database.writing() as connection:
        connection.execute(damage)
    assert book.in_use() is None
    assert [one.is_whole for one in book.versions()] == [False]
    with pytest.raises(BaselineRefused) as refused:
        book.restore(number)
    assert refused.value.values == {"number": number, "problem": "fingerprint"}
    assert book.number_in_use() == number  # nothing was changed


def test_a_baseline_that_is_not_there_is_refused(book: BaselineBook):
    with pytest.raises(BaselineRefused) as refused:
        book.restore(7)
    assert refused.value.values["problem"] == "missing"


def test_baselines_are_bounded_and_the_one_in_use_stays(book: BaselineBook, database: Database):
    for number in range(MOST_VERSIONS + 1):
        book.add_version(learned(days=number), "person")
    assert len(book.versions()) == MOST_VERSIONS
    oldest = book.versions()[-1].number
    book.restore(oldest)
    book.add_version(learned(days=77), "person")
    assert oldest in {one.number for one in book.versions()}  # it was in use when the new one was made
    assert len(book.versions()) == MOST_VERSIONS + 1


@pytest.mark.parametrize("value", ["x", True, 1.5, None, 99])
def test_a_setting_that_names_no_baseline_means_none(book: BaselineBook, database: Database, value):
    book.add_version(learned(), "person")
    Journal(database).remember("baseline_in_use", value)
    assert book.in_use() is None


# --- the sixth step ----------------------------------------------------------------------------------------------
def test_a_store_of_the_fifth_version_keeps_its_habits_as_everybodys(tmp_path: Path):
    folder = tmp_path / "old"
    folder.mkdir()
    today = datetime.now(UTC).date().isoformat()
    with sqlite3.connect(folder / FILE_NAME) as old:
        old.executescript("".join(STEPS[:5]) + "PRAGMA user_version = 5;")
        old.execute("INSERT INTO known_programs VALUES ('pair', 'aa', ?, ?, 3)", (today, today))
        old.execute("INSERT INTO known_programs VALUES ('listener', 'bb', ?, ?, 1)", (today, today))
    old.close()
    new = Database(folder)
    with new.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(STEPS)
        assert connection.execute("SELECT count(*) AS n FROM known_programs").fetchone()["n"] == 2
    assert ProgramBook(new).known().pairs == {"aa"}
    look(new, DAY, counts_of(4))
    assert len(days(BaselineBook(new, Journal(new)))) == 1
    new.close()

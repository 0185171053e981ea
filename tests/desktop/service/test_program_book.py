"""Programs and habits in the store: shown, replaced, learned on distinct days, never from suspects, forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.service.keeping import program_book
from desktop.service.keeping.database import FILE_NAME, Database
from desktop.service.keeping.findings import Findings
from desktop.service.keeping.journal import Journal
from desktop.service.keeping.migrations import STEPS
from desktop.service.keeping.program_book import MOST_LOADS, MOST_ROWS, ProgramBook, ProgramsSeen
from desktop.service.keeping.retention import forget_old
from desktop.service.keeping.store import Counts, Store
from desktop.service.programs import finding_key, findings_about
from detectors.contract.activity import LoadPoint, ProgramRow
from detectors.contract.finding import Evidence, Finding, FoundBy, Severity, Subject
from detectors.contract.programs import Coverage, PlaceItem
from detectors.worker.wire import Habit, ProgramsGiven

START_S = 1_700_000_000.0
HIGH = Severity.HIGH


@pytest.fixture
def database() -> Database:
    return Database(None)


def row(number: int, parent: int | None = None, *, machine: str = "", ended_s: float | None = None, **facts):
    def key(n: int) -> str:
        return f"{machine}|{n}|{START_S + n:.3f}"

    made = {"name": f"tool{number}", "path": f"/usr/bin/tool{number}", "command": "", "user": "maria"}
    above = "" if parent is None else key(parent)
    return ProgramRow(key(number), above, pid=number, started_s=START_S + number, ended_s=ended_s, **made | facts)


def finding(number: int = 1, *, source: str = "programs", machine: str | None = None, **changes) -> Finding:
    recorded = () if machine is None else (source, machine)
    facts = {
        "detector": "suspicious_start", "reason": "false_name", "severity": HIGH, "confidence": 0.9,
        "subject": Subject("process", f"/tmp/tool{number}", {"pid": number, "started_s": START_S + number}),
        "evidence": (Evidence("command", "tool 1 --now"), Evidence("parent", "sh")), "source": source,
        "first_seen_at": datetime(2026, 11, 23, tzinfo=UTC), "last_seen_at": datetime(2026, 11, 23, tzinfo=UTC),
        "judged_by": "suspicious_start@1", "found_by": FoundBy.RULE, "identity": (*recorded, "2026-11-23", "1@5", "7"),
    }  # fmt: skip
    return Finding(**facts | changes)


def keep(database: Database, *rows: ProgramRow, source: str = "", findings=(), is_first: bool = True, **given) -> int:
    """Keep one batch in a run of its own."""
    store = Store(database)
    run_id = store.begin_run("scan processes", "paths", {"paths": [source]})
    how = "recording" if source else "programs"
    seen = ProgramsSeen(source or "programs", how, ProgramsGiven(rows, **given), is_first)
    store.save_batch(run_id, Counts(), findings=findings, programs=seen)
    return run_id


def pids(database: Database, **span) -> list[int | None]:
    return [one.pid for one in ProgramBook(database).view(**span).rows]


def test_this_computer_is_shown_first_and_recordings_by_name(database: Database):
    keep(database, row(1), row(2, parent=1))
    keep(database, row(7, machine="pc"), source="/x/monday.jsonl", coverage=Coverage("recording", seen=1))
    view = ProgramBook(database).view()
    assert (view.source.name, [one.pid for one in view.rows], view.left_out) == ("", [1, 2], 0)
    assert [one.name for one in view.sources] == ["/x/monday.jsonl", ""]
    other = ProgramBook(database).view("/x/monday.jsonl")
    assert ([one.pid for one in other.rows], other.coverage) == ([7], Coverage("recording", seen=1))
    assert ProgramBook(database).view("/x/none.jsonl").source is None


def test_a_recording_that_is_read_again_replaces_what_it_gave_and_this_computer_goes_on(database: Database):
    keep(database, row(1), row(2), source="/x/a.jsonl")
    keep(database, row(3), source="/x/a.jsonl")
    assert pids(database, source="/x/a.jsonl") == [3]
    keep(database, row(4), source="/x/a.jsonl", is_first=False)
    assert pids(database, source="/x/a.jsonl") == [3, 4]
    keep(database, row(1))
    keep(database, row(1, cpu_s=5.0), row(2))
    assert [one.cpu_s for one in ProgramBook(database).view("").rows] == [5.0, None]


def test_a_span_of_time_shows_what_lived_in_it(database: Database):
    rows = [row(1, ended_s=START_S + 50), row(100, ended_s=START_S + 150), row(200)]
    keep(database, *rows, source="/x/a.jsonl")

    def at(seconds: float) -> datetime:
        return datetime.fromtimestamp(START_S + seconds, UTC)

    assert pids(database, source="/x/a.jsonl", since=at(60)) == [100, 200]
    assert pids(database, source="/x/a.jsonl", until=at(60)) == [1]
    assert pids(database, source="/x/a.jsonl", since=at(40), until=at(120)) == [1, 100]


def test_more_than_can_be_shown_is_counted(database: Database, monkeypatch: pytest.MonkeyPatch):
    assert MOST_ROWS == 5_000
    monkeypatch.setattr(program_book, "MOST_ROWS", 2)
    keep(database, row(1), row(2), row(3))
    view = ProgramBook(database).view()
    assert ([one.pid for one in view.rows], view.left_out) == ([2, 3], 1)


def test_hostile_names_come_back_exactly(database: Database):
    name = "a\udcff\\n\x00<b>\u202e"
    keep(database, row(1, name=name), source=f"/x/{name}.jsonl")
    view = ProgramBook(database).view()
    assert (view.source.name, view.rows[0].name) == (f"/x/{name}.jsonl", name)


# --- the story of one --------------------------------------------------------------------------------------------
def test_a_family_is_found_upwards_and_down(database: Database):
    keep(database, row(1), row(2, parent=1), row(3, parent=2), row(4, parent=3), row(5, parent=3))
    source, one, chain, children = ProgramBook(database).family(row(3).key)
    assert (one.pid, [above.pid for above in chain], [child.pid for child in children]) == (3, [2, 1], [4, 5])
    assert ProgramBook(database).is_running(one, source)
    assert ProgramBook(database).family("|99|") is None


def test_a_family_in_a_circle_ends(database: Database):
    keep(database, row(1, parent=2), row(2, parent=1))
    _, _, chain, _ = ProgramBook(database).family(row(1).key)
    assert [one.pid for one in chain] == [2, 1]


def test_findings_are_led_to_their_rows_on_the_same_machine_alone(database: Database):
    assert finding_key(finding(1)) == row(1).key
    assert finding_key(finding(1, source="/x/a.jsonl", machine="pc")) == row(1, machine="pc").key
    assert finding_key(finding(1, subject=Subject("host", "192.0.2.1"))) == ""
    keep(database, row(1), findings=[finding(1), finding(1, source="/x/a.jsonl", machine="")])
    [source] = ProgramBook(database).view().sources
    kept = Findings(database).select()
    assert [one.finding.source for one in findings_about([row(1)], source, kept)] == ["programs"]


# --- learning ----------------------------------------------------------------------------------------------------
def learn_on(database: Database, monkeypatch: pytest.MonkeyPatch, days: list[int], *habits: Habit, source: str = ""):
    class Clock(datetime):
        day = 0

        @classmethod
        def now(cls, _tz=None):
            return datetime(2026, 11, 1, 12, tzinfo=UTC) + timedelta(days=cls.day)

    monkeypatch.setattr(program_book, "datetime", Clock)
    for day in days:
        Clock.day = day
        keep(database, source=source, habits=habits)
    monkeypatch.undo()


def test_a_pair_is_usual_on_the_third_distinct_day(database: Database, monkeypatch: pytest.MonkeyPatch):
    pair, door = Habit("pair", "aa"), Habit("listener", "bb")
    learn_on(database, monkeypatch, [0, 0, 0, 1], pair, door)
    known = ProgramBook(database).known()
    assert (known.pairs, known.listeners, known.is_learned) == (frozenset(), frozenset(), False)
    learn_on(database, monkeypatch, [5], pair)
    known = ProgramBook(database).known()
    assert (known.pairs, known.listeners, known.is_learned) == ({"aa"}, frozenset(), True)


def test_recordings_teach_nothing(database: Database, monkeypatch: pytest.MonkeyPatch):
    learn_on(database, monkeypatch, [0, 1, 2], Habit("pair", "aa"), source="/x/a.jsonl")
    assert not ProgramBook(database).known().is_learned


def test_nothing_is_learned_from_a_family_with_an_open_finding_until_somebody_calls_it_fine(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    bad = finding()
    keep(database, findings=[bad])
    suspect, calm = Habit("pair", "aa", (bad.id,)), Habit("pair", "bb", ("gone-long-ago",))
    learn_on(database, monkeypatch, [0, 1, 2], suspect, calm)
    assert ProgramBook(database).known().pairs == {"bb"}
    Journal(database).judge(bad, "known", scope="file", until=None)
    learn_on(database, monkeypatch, [3, 4, 5], suspect)
    assert ProgramBook(database).known().pairs == {"aa", "bb"}


def test_habits_and_programs_are_forgotten_after_thirty_days(database: Database, monkeypatch: pytest.MonkeyPatch):
    learn_on(database, monkeypatch, [0, 1, 2], Habit("pair", "aa"))
    keep(database, row(1))
    now = datetime.now(UTC)
    forget_old(database, findings_days=400, journal_days=400, now=now + timedelta(days=29))
    assert pids(database) == [1]
    forget_old(database, findings_days=400, journal_days=400, now=now + timedelta(days=32))
    assert (ProgramBook(database).view().sources, ProgramBook(database).known().pairs) == ((), frozenset())


# --- known places ------------------------------------------------------------------------------------------------
ENTRY = PlaceItem("cron", "/etc/cron.d/x", "d1", starts="/tmp/tool", user="root")


def test_the_last_look_at_places_is_remembered_and_replaced(database: Database):
    assert ProgramBook(database).places() is None
    keep(database, places=(ENTRY, PlaceItem("ssh_key", "k", "d2")))
    keep(database, row(1))  # a batch that did not look there
    assert ProgramBook(database).places() == (ENTRY, PlaceItem("ssh_key", "k", "d2"))
    keep(database, places=(ENTRY,))
    assert ProgramBook(database).places() == (ENTRY,)
    keep(database, source="/x/a.jsonl", places=(PlaceItem("cron", "foreign", "d"),))
    assert ProgramBook(database).places() == (ENTRY,)


def test_what_lasts_is_closed_when_it_is_over_and_what_was_done_stays(database: Database):
    states = [finding(1, reason="reverse_shell"), finding(2, reason="new_listener"), finding(3, reason="false_name")]
    entry = Subject("place", ENTRY.item)
    there = finding(subject=entry, reason="autostart_change", evidence=(Evidence("starts", "/tmp/tool"),))
    other = finding(subject=entry, reason="new_account_or_key", evidence=(Evidence("starts", "/tmp/other"),))
    recorded = finding(1, reason="reverse_shell", source="/x/a.jsonl", machine="pc")
    keep(database, row(1), findings=[*states, there, other, recorded])
    began_s = datetime.now(UTC).timestamp()
    run_id = keep(database, row(2), places=(ENTRY,))
    findings = Findings(database)
    assert findings.mark_ended(run_id, began_s, (ENTRY,)) == 2
    still = {one.finding.id for one in findings.select(state="open")}
    assert still == {states[1].id, states[2].id, there.id, recorded.id}


def test_where_nobody_could_look_nothing_is_over(database: Database):
    there = finding(subject=Subject("place", ENTRY.item), reason="autostart_change", evidence=())
    run_id = keep(database, findings=[there])
    assert Findings(database).mark_ended(run_id + 1, 0.0, None) == 0


LATER = ("look_findings", "look_hours", "model_counts", "day_figures", "baselines")
"""Tables of the sixth step."""


# --- the fourth step ---------------------------------------------------------------------------------------------
def test_a_store_of_the_third_version_keeps_everything(tmp_path: Path):
    old = Database(tmp_path)
    kept = finding()
    keep(old, findings=[kept])
    Journal(old).judge(kept, "worried", scope="file", until=None)
    with old.writing() as connection:
        for table in ("program_loads", "programs", "program_sources", "known_programs", "known_places", *LATER):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 3")
    old.close()
    assert (tmp_path / FILE_NAME).exists()
    new = Database(tmp_path)
    with new.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(STEPS)
    [one] = Findings(new).select()
    assert (one.finding, one.judgement) == (kept, "worried")
    keep(new, row(1), habits=(Habit("pair", "aa"),), places=(ENTRY,))
    assert (pids(new), ProgramBook(new).places()) == ([1], (ENTRY,))


# --- what programs used in the course of time --------------------------------------------------------------------
def points(*times_s: float) -> tuple[LoadPoint, ...]:
    return tuple(LoadPoint(START_S + at_s, 0.25, 1_000, None) for at_s in times_s)


def kept_loads(database: Database, one: ProgramRow) -> tuple[LoadPoint, ...]:
    book = ProgramBook(database)
    return book.loads(one, book.view().source)


def test_loads_of_several_looks_are_one_story(database: Database):
    keep(database, row(1, loads=points(1, 2)), row(2))
    keep(database, row(1, loads=points(2, 60)))
    assert kept_loads(database, row(1)) == points(1, 2, 60)
    assert kept_loads(database, row(2)) == ()
    assert {one.loads for one in ProgramBook(database).view().rows} == {()}


def test_the_oldest_loads_are_forgotten_first(database: Database):
    for look in range(4):
        keep(database, row(1, loads=points(*range(look * 60, look * 60 + 60))))
    assert kept_loads(database, row(1)) == points(*range(240 - MOST_LOADS, 240))


def test_loads_go_with_their_program(database: Database):
    keep(database, row(1, loads=points(1)), source="/x/monday.jsonl")
    keep(database, row(2, loads=points(1)), source="/x/monday.jsonl")
    with database.reading() as connection:
        assert [tuple(one) for one in connection.execute("SELECT key, at_s FROM program_loads")] == [
            (row(2).key, START_S + 1)
        ]

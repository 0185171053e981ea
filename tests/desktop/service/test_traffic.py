"""Traffic on its way through the service: kept, told, named, and never mistaken for a look at files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.service.events import Control, Event, FindingSeen, Progress, Skipped, SourceChecked, Summary
from desktop.service.keeping.activity_book import ActivityBook
from desktop.service.keeping.database import Database
from desktop.service.keeping.retention import forget_old
from desktop.service.service import Service
from detectors.contract.activity import ActivityRow
from detectors.contract.errors import InputUnreadable, SkippedCheck, SkipReason, WorkerStopped
from detectors.contract.finding import Subject
from detectors.worker.wire import (
    BatchDone,
    CheckCaptures,
    CheckConnections,
    CheckFiles,
    CheckLive,
    CheckPrograms,
    JobDone,
    Known,
    LayerShown,
    LookedUp,
    LookUp,
    PacketShown,
    PacketsWritten,
    SourcePart,
    SourceRead,
    TakePackets,
    WorkerReady,
)
from tests.factories import make_finding, network_finding

UNITS = {"packets": 10, "flows": 2, "bytes": 900}
MINUTE = 1_700_000_040
ROW = ActivityRow(MINUTE, "", "192.0.2.7", "93.184.216.34", 443, "tcp", "tls", "example.org", "", "", "", 100, 900, 1)


def ended(source: str, **facts) -> SourcePart:
    return SourcePart(source, source_done=True, **{"checked": 1, "units": UNITS} | facts)


@pytest.fixture
def capture(tmp_path: Path) -> str:
    path = tmp_path / "office.pcap"
    path.touch()
    return str(path)


def check(service: Service, stand_in, *paths: str, reports=()) -> list[Event]:
    stand_in.reports = [WorkerReady("limits"), *reports, JobDone()]
    return list(service.check_captures(paths, Control()))


def of(kind: type, events: list[Event]) -> list:
    return [event for event in events if isinstance(event, kind)]


def test_a_capture_is_one_and_its_packets_are_counted(service: Service, stand_in, capture: str):
    other = f"{capture}/../office.pcap"
    line = SkippedCheck(Subject.file(other), SkipReason.CAPTURE_DAMAGED, other, {"offset": 24, "packets": 3})
    finding = network_finding(source=capture)
    events = check(
        service,
        stand_in,
        capture,
        other,
        reports=[
            SourceRead(capture, 500, 2000),
            SourcePart(capture, findings=(finding,)),
            ended(capture, findings=(finding,)),
            ended(other, checked=0, skipped=(line,)),
        ],
    )
    assert stand_in.jobs == [CheckCaptures((capture, other))]
    assert [seen.finding for seen in of(FindingSeen, events)] == [finding]
    assert of(SourceChecked, events) == [SourceChecked(capture, UNITS)]
    assert of(Skipped, events) == [Skipped(line)]
    assert (of(Progress, events)[-1].done, of(Progress, events)[-1].total, of(Progress, events)[-1].unit) == (
        500,
        2000,
        "bytes",
    )
    summary = events[-1]
    assert isinstance(summary, Summary)
    assert (summary.seen, summary.checked, summary.skipped, summary.findings) == (2, 1, 1, 1)
    assert summary.units == {name: 2 * number for name, number in UNITS.items()}


def test_findings_about_files_stay_when_the_same_file_is_checked_as_traffic(service: Service, stand_in, capture: str):
    stand_in.reports = [
        WorkerReady(""),
        BatchDone(capture, "0", "/", 1, 0, 1, 9, (make_finding(capture),), (), True),
        JobDone(),
    ]
    list(service.check_files([capture], Control()))
    check(service, stand_in, capture, reports=[ended(capture)])
    assert [one.state for one in service.findings(state="all")] == ["open"]


def test_a_recording_that_no_longer_shows_it_does_not_solve_a_finding(service: Service, stand_in, capture: str):
    check(service, stand_in, capture, reports=[ended(capture, findings=(network_finding(source=capture),))])
    check(service, stand_in, capture, reports=[ended(capture)])
    assert [one.state for one in service.findings(state="all")] == ["open"]


def test_a_worker_that_is_given_up_leaves_a_line_for_each_capture(service: Service, stand_in, capture: str):
    stand_in.reports = [WorkerReady(""), WorkerStopped(deaths=5)]
    events = list(service.check_captures([capture], Control()))
    assert [(line.skipped.source, line.skipped.reason) for line in of(Skipped, events)] == [
        (capture, SkipReason.ENGINE_STOPPED)
    ]
    assert isinstance(events[-1], Summary)
    assert (events[-1].seen, events[-1].verdict) == (1, "not_fully_checked")


def test_a_capture_that_is_not_there_is_refused(service: Service):
    with pytest.raises(InputUnreadable):
        list(service.check_captures(["/nothing.pcap"], Control()))


# --- everything at once -------------------------------------------------------------------------------------------
def test_a_check_of_everything_looks_at_connections_too(service: Service, stand_in, tmp_path: Path):
    stand_in.reports = [WorkerReady(""), JobDone()]
    list(service.check_now("folders", Control(), folders=[str(tmp_path)]))
    assert [type(job) for job in stand_in.jobs] == [CheckFiles, CheckConnections, CheckPrograms]
    assert stand_in.jobs[1].source == "network"


def test_a_check_that_is_stopped_early_says_that_network_and_programs_were_not_looked_at(
    service: Service, stand_in, tmp_path: Path
):
    stand_in.reports = [WorkerReady(""), JobDone(stopped=True)]
    events = list(service.check_now("folders", Control(), folders=[str(tmp_path)]))
    assert len(stand_in.jobs) == 1
    stopped = {
        (line.skipped.subject.kind, line.skipped.source)
        for line in of(Skipped, events)
        if line.skipped.reason is SkipReason.STOPPED
    }
    assert stopped == {("file", str(tmp_path)), ("sense", "network"), ("sense", "programs")}


# --- who talked to whom -------------------------------------------------------------------------------------------
def test_activity_of_a_recording_is_kept_and_replaced_when_it_is_read_again(service: Service, stand_in, capture: str):
    later = replace(ROW, minute=MINUTE + 60, name="\udcff\x1b[31m")
    for rows in ((ROW, ROW, later), (later, ROW)):
        check(
            service,
            stand_in,
            capture,
            reports=[SourcePart(capture, activity=rows[:1]), ended(capture, activity=rows[1:])],
        )
    view = service.activity()
    assert view.source is not None
    assert (view.source.name, view.source.how, view.source.first, view.source.last) == (
        capture,
        "recording",
        MINUTE,
        MINUTE + 60,
    )
    assert view.rows == (ROW, later)
    assert (view.left_out, view.usual_out_bytes) == (0, None)


def test_a_span_of_time_can_be_chosen(service: Service, stand_in, capture: str):
    rows = tuple(replace(ROW, minute=MINUTE + 60 * n) for n in range(5))
    check(service, stand_in, capture, reports=[ended(capture, activity=rows)])
    at = datetime.fromtimestamp(MINUTE, UTC)
    view = service.activity(at + timedelta(minutes=1), at + timedelta(minutes=3), source=capture)
    assert [row.minute for row in view.rows] == [MINUTE + 60, MINUTE + 120, MINUTE + 180]


def test_nothing_seen_is_an_empty_view(service: Service):
    view = service.activity()
    assert (view.source, view.sources, view.rows) == (None, (), ())


def watch(service: Service, stand_in, *rows: ActivityRow) -> None:
    stand_in.reports = [WorkerReady(""), ended("connections", activity=rows, units={"flows": 1}), JobDone()]
    list(service.check_connections(Control(), seconds=1))


def test_this_computer_comes_first_and_learns_where_it_goes(service: Service, stand_in, capture: str):
    watch(service, stand_in, ROW, replace(ROW, address="192.168.1.1", name=""))
    check(service, stand_in, capture, reports=[ended(capture, activity=(replace(ROW, name="elsewhere.test"),))])
    view = service.activity()
    assert view.source is not None
    assert (view.source.name, view.source.how) == ("", "connections")
    assert {one.name for one in view.sources} == {"", capture}
    with Database(service.data_folder).reading() as connection:
        rows = connection.execute("SELECT kind, name, days FROM known_network").fetchall()
    assert [tuple(row) for row in rows] == [("destination", "example.org", 1)]


def test_a_destination_is_known_after_three_days_and_days_count_once(service: Service, stand_in):
    book = ActivityBook(Database(service.data_folder))
    for day in range(3):
        assert book.known() == Known()
        watch(service, stand_in, ROW)
        watch(service, stand_in, ROW)
        with Database(service.data_folder).writing() as connection:  # a night passes
            connection.execute("UPDATE known_network SET last_on = ?", (f"2026-01-0{day + 1}",))
    assert book.known() == Known(destinations=("example.org",), is_learned=True)


def test_devices_are_learned_from_live_traffic(service: Service, stand_in):
    stand_in.reports = [WorkerReady(""), ended("eth0", devices=("02:00:00:00:00:01",)), JobDone()]
    list(service.check_live("eth0", Control(), seconds=1))
    assert service._activity.known() == Known(devices=("02:00:00:00:00:01",))
    assert stand_in.jobs == [CheckLive("eth0", 1)]


def test_what_is_older_than_thirty_days_is_forgotten(service: Service, stand_in):
    watch(service, stand_in, ROW)
    database = Database(service.data_folder)
    for days, left in ((29, 1), (32, 0)):
        forget_old(database, findings_days=180, journal_days=365, now=datetime.now(UTC) + timedelta(days=days))
        assert len(ActivityBook(database).view().rows) == left


def test_usual_bytes_need_three_days(service: Service, stand_in):
    for day in range(3):
        assert service.activity().usual_out_bytes is None
        watch(service, stand_in, replace(ROW, minute=MINUTE + 86_400 * day, out_bytes=300 * (day + 1)))
    assert service.activity().usual_out_bytes == {MINUTE // 60 % 1440: 600}


def test_places_and_makers_are_looked_up_once_and_the_age_of_the_data_is_told(service: Service, stand_in, capture: str):
    row = replace(ROW, maker="00:1b:77")
    check(service, stand_in, capture, reports=[ended(capture, activity=(row, replace(row, address="192.168.1.1")))])
    stand_in.reports = [
        LookedUp({"93.184.216.34": ("US", "EDGECAST")}, {"00:1b:77": "Intel Corporate"}, "2024-06-18", "2024-05-28"),
        JobDone(),
    ]
    for _ in range(2):
        view = service.activity()
        assert {(one.address, one.country, one.owner, one.maker) for one in view.rows} == {
            ("93.184.216.34", "US", "EDGECAST", "Intel Corporate"),
            ("192.168.1.1", "", "", "Intel Corporate"),
        }
        assert (view.places_from, view.makers_from) == ("2024-06-18", "2024-05-28")
    assert stand_in.jobs[1:] == [LookUp(("93.184.216.34",), ("00:1b:77",))]


# --- packets ------------------------------------------------------------------------------------------------------
def test_packets_of_a_finding_are_taken_from_its_recording(
    service: Service, stand_in, capture: str, tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    finding = network_finding(source="office.pcap")
    check(service, stand_in, "office.pcap", reports=[ended("office.pcap", findings=(finding,))])
    stand_in.reports = [PacketShown(17, 1.5, 60, 70, (LayerShown("IP", (("src", "192.0.2.7"),)),)), JobDone()]
    shown = service.packet(finding.id, 17)
    assert (shown.number, shown.wire_bytes, shown.layers[0].name, shown.layers[0].fields) == (
        17,
        70,
        "IP",
        (("src", "192.0.2.7"),),
    )
    stand_in.reports = [PacketsWritten(3), JobDone()]
    assert service.export_packets(finding.id, tmp_path / "out.pcapng") == 3
    assert stand_in.jobs[1:] == [
        TakePackets(capture, (17,)),
        TakePackets(capture, (17, 18, 19), str(tmp_path / "out.pcapng")),
    ]


def test_a_finding_about_a_file_has_no_packets(service: Service, stand_in, capture: str):
    check(service, stand_in, capture, reports=[ended(capture, findings=(make_finding(capture),))])
    with pytest.raises(InputUnreadable):
        service.packet(make_finding(capture).id, 1)


# --- words --------------------------------------------------------------------------------------------------------
def test_a_gap_says_all_its_reasons(service: Service):
    values = {"offset": 1234, "packets": 5, "trouble": "cut_short", "also": ["detector_failed", "nonsense"]}
    text = service.skip_text(SkippedCheck(Subject.file("/a"), SkipReason.CAPTURE_DAMAGED, "a", values), "en")
    assert text == (
        "The recording ends in the middle of a packet. Byte 1,234; packets looked at before it: 5."
        " One of our checks did not work."
    )

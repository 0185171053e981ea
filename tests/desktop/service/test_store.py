from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.service.keeping.database import Database
from desktop.service.keeping.documents import column_text, document_of, read_document
from desktop.service.keeping.findings import LAST_JUDGEMENTS, Findings
from desktop.service.keeping.journal import Journal
from desktop.service.keeping.store import Counts, SourceCounts, Store
from detectors.contract.errors import FindingUnknown, SkippedCheck, SkipReason
from detectors.contract.finding import Evidence, Finding, Severity, Subject
from tests.factories import A_MORNING, make_finding, network_finding

HOSTILE_NAMES = (
    "/x/caf\udce9.docm",  # a byte that is not UTF-8
    "/x/\udc80\udcff",
    "/x/\ud83d alone",
    "/x/\x1b[31mred\x07\r\n.exe",
    "/x/<b>bold</b> & 'quote' \"double\" \\udce9.docm",
    "/x/\u202excod.exe",
    "/x/" + "n" * 5000,
    "/x/%s {file} {0}",
)


def begin(store: Store) -> int:
    return store.begin_run("scan files", "paths", {"paths": ["/x"]})


def save(store: Store, run: int, *findings: Finding):
    return store.save_batch(run, Counts(), findings=findings)


def listed(store: Store, state: str = "all", **wishes):
    return Findings(store.database).select(state=state, **wishes)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_names_come_back_exactly(store: Store, name: str):
    run = begin(store)
    finding = make_finding(name, source=name, evidence=(Evidence("inside", [name, name]),))
    skipped = SkippedCheck(Subject.file(name), SkipReason.NO_PERMISSION, name, {"inside": name})
    store.save_batch(run, Counts(), position=name, findings=[finding], skipped=[skipped])
    assert [one.finding for one in listed(store)] == [finding]
    assert store.skipped_of(run) == [skipped]
    assert store.unfinished_run("scan files", "paths", {"paths": ["/x"]}).position == name


any_text = st.text(st.characters(), max_size=30)  # lone surrogates included


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=any_text, value=st.one_of(any_text, st.integers(-(2**53), 2**53), st.booleans(), st.lists(any_text)))
def test_any_finding_survives_being_a_document(name: str, value: object):
    finding = make_finding(name, evidence=(Evidence("e", value),), identity=(name, "2026-11-23"))
    document = document_of(finding)
    assert document.isascii()
    assert read_document(document, Finding) == finding
    column_text(name).encode("utf-8")


def test_different_names_stay_different_in_key_columns():
    names = ["/x/\udce9", "/x/\\udce9", "/x/é", "/x/\\\\udce9"]
    assert len({column_text(name) for name in names}) == len(names)


def test_a_second_look_updates_and_does_not_double(store: Store):
    first_run, second_run = begin(store), begin(store)
    later = replace(make_finding(), severity=Severity.HIGH, first_seen_at=A_MORNING + timedelta(days=1),
                    last_seen_at=A_MORNING + timedelta(days=1))  # fmt: skip
    assert [seen.is_new for seen in save(store, first_run, make_finding())] == [True]
    assert [seen.is_new for seen in save(store, second_run, later)] == [False]
    (kept,) = listed(store)
    assert kept.finding.severity == Severity.HIGH
    assert kept.finding.first_seen_at == A_MORNING
    assert kept.finding.last_seen_at == A_MORNING + timedelta(days=1)
    assert kept.times_seen == 2


def test_the_same_run_counts_a_finding_once(store: Store):
    run = begin(store)
    save(store, run, make_finding())
    save(store, run, make_finding())
    (kept,) = listed(store)
    assert kept.times_seen == 1
    assert store.runs(1)[0].findings == 1


def with_fingerprint(letter: str, **changes) -> Finding:
    return make_finding(evidence=(Evidence("sha256", letter * 64),), **changes)


def test_a_known_finding_stays_known_until_the_file_changes(store: Store, journal: Journal):
    save(store, begin(store), with_fingerprint("a"))
    journal.judge(with_fingerprint("a"), "known", scope="file", until=None)
    assert [seen.is_known for seen in save(store, begin(store), with_fingerprint("a"))] == [True]
    assert [one.state for one in listed(store)] == ["solved"]
    assert [seen.is_known for seen in save(store, begin(store), with_fingerprint("b"))] == [False]
    assert [(one.state, one.judgement) for one in listed(store)] == [("open", None)]
    assert [seen.is_known for seen in save(store, begin(store), with_fingerprint("a"))] == [True]


def test_what_is_fine_about_a_computer_is_fine_tomorrow_too_but_not_towards_another_one(store: Store, journal: Journal):
    def on(day: str, other_side: str, *source: str) -> Finding:
        return network_finding(evidence=(Evidence("other_side", other_side),), identity=(*source, day))

    def is_known(finding: Finding) -> bool:
        (seen,) = save(store, begin(store), finding)
        return seen.is_known

    assert not is_known(on("2026-11-23", "192.0.2.9"))
    journal.judge(on("2026-11-23", "192.0.2.9"), "known", scope="file", until=None)
    assert is_known(on("2026-11-24", "192.0.2.9"))
    assert not is_known(on("2026-11-24", "192.0.2.10"))
    assert not is_known(on("2026-11-24", "192.0.2.9", "office.pcap"))


def test_a_known_finding_is_open_again_when_its_time_is_over(store: Store, journal: Journal):
    save(store, begin(store), make_finding())
    journal.judge(make_finding(), "known", scope="file", until=datetime.now(UTC) - timedelta(seconds=1))
    assert [(one.state, one.judgement) for one in listed(store)] == [("open", None)]
    journal.judge(make_finding(), "known", scope="file", until=datetime.now(UTC) + timedelta(days=1))
    assert [(one.state, one.judgement) for one in listed(store)] == [("solved", "known")]


def test_the_last_judgement_counts_and_can_be_taken_back(store: Store, journal: Journal):
    save(store, begin(store), make_finding())
    journal.judge(make_finding(), "known", scope="file", until=None)
    worried = journal.judge(make_finding(), "worried", scope="file", until=None)
    assert [(one.state, one.judgement) for one in listed(store)] == [("open", "worried")]
    journal.undo(worried)
    assert [(one.state, one.judgement) for one in listed(store)] == [("solved", "known")]


def test_worried_ones_come_first_then_the_most_serious(store: Store, journal: Journal):
    low, high, worried = (
        make_finding(f"/x/{name}", severity=severity)
        for name, severity in (("low", Severity.LOW), ("high", Severity.HIGH), ("worried", Severity.INFORMATIONAL))
    )
    save(store, begin(store), low, high, worried)
    journal.judge(worried, "worried", scope="file", until=None)
    assert [one.finding for one in listed(store)] == [worried, high, low]
    assert [one.finding for one in listed(store, min_severity=Severity.LOW)] == [high, low]
    assert [one.finding for one in listed(store, limit=1)] == [worried]


@pytest.mark.parametrize(("wish", "found"), [("INVOICE", 1), ("macro_doc", 1), ("café\udce9", 1), ("%", 0), ("_", 2)])
def test_search_takes_letters_as_they_are(store: Store, wish: str, found: int):
    save(store, begin(store), make_finding("/x/Invoice.docm", reason="lure_file"), make_finding("/x/Café\udce9"))
    assert len(listed(store, search=wish)) == found


def test_a_beginning_of_an_id_is_enough_when_only_one_has_it(store: Store, findings: Findings):
    finding = make_finding()
    save(store, begin(store), finding, make_finding("/x/other"))
    assert findings.get(finding.id[:8]).finding == finding
    for unknown in ("", "zz", finding.id + "0", "%", "_" * 32):
        with pytest.raises(FindingUnknown):
            findings.get(unknown)


def test_new_since_the_last_visit(store: Store):
    save(store, begin(store), make_finding())
    now = datetime.now(UTC)
    assert listed(store)[0].is_new_since_last_visit
    assert listed(store, last_visit=now - timedelta(hours=1))[0].is_new_since_last_visit
    assert not listed(store, last_visit=now + timedelta(seconds=1))[0].is_new_since_last_visit


def skipped(name: str, reason: SkipReason = SkipReason.NO_PERMISSION) -> SkippedCheck:
    return SkippedCheck(Subject.file(name), reason, "/x")


def test_what_a_later_check_of_the_same_place_no_longer_finds_is_closed(store: Store, findings: Findings):
    names = ("/x/gone", "/x/packed.zip!member", "/x/locked.zip!member", "/x/closed/file", "/xy/elsewhere", "/x/still")
    save(store, begin(store), *(make_finding(name) for name in names))
    run = begin(store)
    store.save_batch(run, Counts(), findings=[make_finding("/x/still")],
                     skipped=[skipped("/x/locked.zip"), skipped("/x/closed")])  # fmt: skip
    assert findings.mark_gone(run, ["/x"], store.skipped_of(run)) == 2
    closed = {one.finding.subject.name for one in listed(store, "solved")}
    assert closed == {"/x/gone", "/x/packed.zip!member"}
    save(store, begin(store), make_finding("/x/gone"))
    assert {one.finding.subject.name for one in listed(store, "solved")} == {"/x/packed.zip!member"}


@pytest.mark.parametrize(
    "reason", [SkipReason.RULES_BROKEN, SkipReason.ENGINE_STOPPED, SkipReason.DETECTOR_FAILED, SkipReason.STOPPED]
)
def test_after_a_broken_check_nothing_is_closed(store: Store, findings: Findings, reason: SkipReason):
    save(store, begin(store), make_finding("/x/a"))
    run = begin(store)
    store.save_batch(run, Counts(), skipped=[skipped("/x/another", reason)])
    assert findings.mark_gone(run, ["/x"], store.skipped_of(run)) == 0
    assert [one.state for one in listed(store)] == ["open"]


def test_a_run_that_was_cut_off_can_go_on_with_its_counts(store: Store):
    inputs = {"paths": ["/x"], "exclude": []}
    run = store.begin_run("scan files", "paths", inputs)
    assert store.unfinished_run("scan files", "paths", inputs) is None  # nothing done yet: begin again
    done = Counts(5, 2, 3.5, {"files": 6, "members": 1, "bytes": 900})
    store.save_batch(run, done, position="0:a", skipped=[skipped("/x/1"), skipped("/x", SkipReason.STOPPED)])
    store.end_run(run, done, "not_fully_checked", stopped=True)
    unfinished = store.unfinished_run("scan files", "paths", inputs)
    assert unfinished is not None
    assert (unfinished.id, unfinished.position, unfinished.counts) == (run, "0:a", done)
    assert store.unfinished_run("check", "paths", inputs) is None
    assert store.unfinished_run("scan files", "paths", {"paths": ["/y"], "exclude": []}) is None
    assert store.reopen_run(unfinished) == replace(done, skipped=1)  # the line "stopped here" is taken back
    assert store.skipped_of(run) == [skipped("/x/1")]
    store.end_run(run, done, "clean", stopped=False)
    assert store.unfinished_run("scan files", "paths", inputs) is None


@pytest.mark.parametrize("position", [None, "/x/400"])
def test_a_long_list_of_inputs_is_not_written_again_for_each_of_them(store: Store, database: Database, position):
    run = begin(store)
    sources = {f"/x/{number}": SourceCounts({"files": 1}, is_done=True) for number in range(400)}
    store.save_batch(run, Counts(400, sources=sources), position=position)

    def kept() -> int:
        with database.reading() as connection:
            return len(json.loads(connection.execute("SELECT sources FROM runs").fetchone()["sources"]))

    assert kept() == (400 if position else 0)
    store.end_run(run, Counts(400, sources=sources), "clean", stopped=False)
    assert kept() == 400


def test_run_facts_add_up(store: Store, journal: Journal):
    save(store, begin(store), make_finding("/x/known"))
    journal.judge(make_finding("/x/known"), "known", scope="file", until=None)
    run = begin(store)
    counts = Counts(98, 3, 4.2, {"files": 90, "members": 11, "bytes": 12_345})
    store.save_batch(run, counts, findings=[make_finding("/x/known"), make_finding("/x/b")],
                     skipped=[skipped("/x/1"), skipped("/x/2"), skipped("/x/3", SkipReason.FIFO)])  # fmt: skip
    store.end_run(run, counts, "found", stopped=False)
    facts = store.runs(1)[0]
    assert (facts.seen, facts.checked, facts.skipped, facts.findings) == (101, 98, 3, 1)
    assert facts.skipped_by_reason == {"no_permission": 2, "fifo": 1}
    assert (facts.verdict, facts.stopped, facts.duration_s) == ("found", False, 4.2)
    assert facts.units == {"files": 90, "members": 11, "bytes": 12_345}
    assert facts.ended_at is not None
    assert facts.started_at <= facts.ended_at


def test_this_offices_judgements_are_counted_by_reason(store: Store, findings: Findings, journal: Journal):
    judged = [make_finding(f"/x/{i}") for i in range(5)] + [make_finding("/x/o", reason="lure_file")]
    save(store, begin(store), *judged)
    for finding in judged[:3]:
        journal.judge(finding, "known", scope="file", until=None)
    journal.judge(judged[2], "worried", scope="file", until=None)  # thought again
    taken_back = journal.judge(judged[3], "known", scope="file", until=None)
    journal.undo(taken_back)
    journal.judge(judged[5], "known", scope="file", until=None)
    assert findings.judged_by_reason("macro_document") == (2, 3)
    assert findings.judged_by_reason("lure_file") == (1, 1)
    assert findings.judged_by_reason("web_shell") == (0, 0)


def test_only_the_last_judgements_of_a_reason_are_counted(store: Store, findings: Findings, journal: Journal):
    judged = [make_finding(f"/x/{i}") for i in range(LAST_JUDGEMENTS + 3)]
    save(store, begin(store), *judged)
    for number, finding in enumerate(judged):
        journal.judge(finding, "known" if number < 5 else "worried", scope="file", until=None)
    assert findings.judged_by_reason("macro_document") == (2, LAST_JUDGEMENTS)


def test_a_run_deleted_takes_its_lines_along(database: Database, store: Store):
    run = begin(store)
    store.save_batch(run, Counts(), findings=[make_finding()], skipped=[skipped("/x/1")])
    with database.writing() as connection:
        connection.execute("DELETE FROM runs WHERE id = ?", (run,))
    assert store.skipped_of(run) == []
    assert listed(store)[0].times_seen == 0


def test_what_the_first_page_needs_is_counted(store: Store, findings: Findings, journal: Journal):
    host = make_finding(subject=Subject("host", "192.0.2.7"), severity=Severity.HIGH)
    low = [make_finding(f"/x/{i}", severity=Severity.LOW) for i in range(3)]
    save(store, begin(store), host, *low)
    journal.judge(low[0], "known", scope="file", until=None)
    counts = {(one.sense, one.severity): one.n for one in findings.open_counts()}
    assert counts == {("network", Severity.HIGH): 1, ("files", Severity.LOW): 2}
    assert [one.finding for one in findings.newest_open(1)] == [host]
    assert len(findings.newest_open(9)) == 3
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    arrived = sorted((one.severity, one.is_solved, one.n) for one in findings.arrivals(hour_ago))
    assert arrived == [(Severity.LOW, False, 2), (Severity.LOW, True, 1), (Severity.HIGH, False, 1)]
    assert all(hour_ago < one.at <= datetime.now(UTC) for one in findings.arrivals(hour_ago))
    assert findings.arrivals(datetime.now(UTC) + timedelta(hours=1)) == []

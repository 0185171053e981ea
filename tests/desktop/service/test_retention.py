from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.service.keeping.database import FILE_NAME, Database
from desktop.service.keeping.findings import Findings
from desktop.service.keeping.journal import Journal
from desktop.service.keeping.retention import forget_old
from desktop.service.keeping.store import Counts, Store
from desktop.service.service import Service
from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Subject
from tests.factories import make_finding

NOW = datetime.now(UTC)


def keep_one(database: Database, name: str) -> None:
    store = Store(database)
    run = store.begin_run("scan files", "paths", [name])
    line = SkippedCheck(Subject.file(name), SkipReason.FIFO, name)
    store.save_batch(run, Counts(), findings=[make_finding(name)], skipped=[line])


def names(database: Database) -> list[str]:
    return [one.finding.subject.name for one in Findings(database).select()]


def test_what_is_old_goes_with_everything_that_hangs_on_it(database: Database, journal: Journal):
    keep_one(database, "/x/a")
    journal.judge(make_finding("/x/a"), "known", scope="file", until=None)
    forget_old(database, findings_days=180, journal_days=365, now=NOW + timedelta(days=179))
    assert names(database) == ["/x/a"]
    forget_old(database, findings_days=180, journal_days=365, now=NOW + timedelta(days=181))
    with database.reading() as connection:
        left = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("runs", "findings", "sightings", "skipped", "judgements", "journal")}  # fmt: skip
    assert left == {"runs": 0, "findings": 0, "sightings": 0, "skipped": 0, "judgements": 0, "journal": 1}
    forget_old(database, findings_days=180, journal_days=365, now=NOW + timedelta(days=366))
    assert journal.lines(9) == []


def test_the_line_that_can_take_a_standing_judgement_back_stays(database: Database, journal: Journal):
    keep_one(database, "/x/a")
    line = journal.judge(make_finding("/x/a"), "known", scope="file", until=None)
    journal.change_setting("theme", "system", "dark")
    forget_old(database, findings_days=365, journal_days=90, now=NOW + timedelta(days=100))
    assert [one.id for one in journal.lines(9)] == [line]


def test_the_settings_are_followed_at_the_next_start(tmp_path: Path, stand_in):
    service = Service(tmp_path / "kept", run_job=stand_in)
    keep_one(service._database, "/x/very-own-name")
    with service._database.writing() as connection:
        for table, column in (("runs", "started_at"), ("findings", "last_kept_at")):
            connection.execute(f"UPDATE {table} SET {column} = ?", ((NOW - timedelta(days=100)).isoformat(),))
    service.close()
    again = Service(tmp_path / "kept", run_job=stand_in)
    assert names(again._database) == ["/x/very-own-name"]  # 180 days by default
    again.settings.set("keep_findings_days", "90")
    again.close()
    last = Service(tmp_path / "kept", run_job=stand_in)
    assert names(last._database) == []
    last.close()
    assert b"very-own-name" not in (tmp_path / "kept" / FILE_NAME).read_bytes()

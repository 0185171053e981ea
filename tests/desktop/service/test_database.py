from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.service.keeping import database as room
from desktop.service.keeping.database import FILE_NAME, RESERVE_BYTES, RESERVE_NAME, Database, copy_aside
from desktop.service.keeping.documents import document_of
from desktop.service.keeping.findings import Findings
from desktop.service.keeping.journal import Journal
from desktop.service.keeping.migrations import STEPS
from desktop.service.keeping.store import Counts, Store
from detectors.contract.errors import StoreBusy, StoreDamaged, StoreFull, StoreTooNew
from tests.factories import make_finding


def keep_findings(folder: Path, n: int) -> None:
    database = Database(folder)
    store = Store(database)
    run = store.begin_run("scan files", "paths", ["/x"])
    store.save_batch(run, Counts(), findings=[make_finding(f"/x/{i}") for i in range(n)])
    database.close()


def all_findings(database: Database) -> list[str]:
    return sorted(one.finding.subject.name for one in Findings(database).select())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes; the profile folder is private there")
def test_folder_and_files_are_private(tmp_path: Path):
    keep_findings(tmp_path / "kept", 1)
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "kept").iterdir()}
    assert modes == {FILE_NAME: 0o600, RESERVE_NAME: 0o600}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    keep_findings(shared, 1)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o777
    assert stat.S_IMODE((shared / FILE_NAME).stat().st_mode) == 0o600


def test_what_must_hold_for_every_write_is_switched_on(database: Database):
    with database.reading() as connection:
        read = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in
                ("journal_mode", "synchronous", "foreign_keys", "user_version", "secure_delete")}  # fmt: skip
        strict = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
        ).fetchall()
    assert read == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "user_version": len(STEPS), "secure_delete": 1
    }  # fmt: skip
    assert [row["name"] for row in strict if not row["name"].startswith("sqlite_")] == []


def test_a_transaction_that_breaks_leaves_nothing(database: Database):
    def break_off() -> None:
        with database.writing() as connection:
            connection.execute("INSERT INTO settings (name, value) VALUES ('a', '1')")
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    assert Journal(database).settings() == {}


def test_a_damaged_file_is_said_to_be_damaged_and_can_be_put_aside_unchanged(tmp_path: Path):
    keep_findings(tmp_path, 3)
    (tmp_path / FILE_NAME).write_bytes(b"not a database at all" * 400)
    damaged = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(StoreDamaged) as caught:
        Database(tmp_path)
    assert caught.value.values == {"path": str(tmp_path / FILE_NAME)}
    aside = copy_aside(tmp_path)
    assert aside.read_bytes() == damaged
    fresh = Database(tmp_path)
    assert all_findings(fresh) == []
    fresh.close()


def test_damage_in_the_middle_is_noticed_at_the_next_start(tmp_path: Path):
    keep_findings(tmp_path, 300)
    path = tmp_path / FILE_NAME
    content = bytearray(path.read_bytes())
    pages = len(content) // 4096
    for page in range(5, pages):  # every page but the first few loses its head
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(content)
    with pytest.raises(StoreDamaged):
        Database(tmp_path)


def test_a_kept_finding_that_is_no_finding_any_more_is_damage_too(database: Database):
    store = Store(database)
    run = store.begin_run("scan files", "paths", [])
    store.save_batch(run, Counts(), findings=[make_finding()])
    with database.writing() as connection:
        connection.execute("UPDATE findings SET document = '{\"detector\": 7}'")
    with pytest.raises(StoreDamaged):
        all_findings(database)


def test_a_newer_database_is_left_alone(tmp_path: Path):
    keep_findings(tmp_path, 1)
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(StoreTooNew) as caught:
        Database(tmp_path)
    assert caught.value.values["version"] == len(STEPS) + 1
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_an_older_database_takes_the_missing_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    keep_findings(tmp_path, 2)
    added = "CREATE TABLE stories (id TEXT PRIMARY KEY) STRICT;"
    monkeypatch.setattr(room, "STEPS", (*STEPS, added))
    database = Database(tmp_path)
    with database.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(STEPS) + 1
        assert connection.execute("SELECT count(*) FROM stories").fetchone()[0] == 0
    assert all_findings(database) == ["/x/0", "/x/1"]
    database.close()


def test_what_was_judged_in_the_first_version_is_still_judged(tmp_path: Path):
    finding = make_finding("/x/0")
    with sqlite3.connect(tmp_path / FILE_NAME) as old:
        old.executescript(STEPS[0] + "PRAGMA user_version = 1;")
        old.execute(
            "INSERT INTO findings (id, sense, detector, reason, severity, subject, search, source, fingerprint, document,"
            " first_kept_at, last_kept_at) VALUES (?, 'files', 'd', 'r', 3, 's', 's', 's', '', ?, '2026-11-23T09:10:00+00:00', '2026-11-23T09:10:00+00:00')",
            (finding.id, document_of(finding)),
        )
        old.execute("INSERT INTO journal (id, at, act, subject, details) VALUES (1, '2026', 'a', '\"s\"', '{}')")
        old.execute(
            "INSERT INTO judgements (finding_id, judgement, scope, fingerprint, judged_at, journal_id)"
            " VALUES (?, 'known', 'file', '', '2026-11-23T09:10:00.000000+00:00', 1)",
            (finding.id,),
        )
    old.close()
    database = Database(tmp_path)
    assert [one.judgement for one in Findings(database).select(state="all")] == ["known"]
    database.close()


def test_a_step_that_breaks_half_way_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    keep_findings(tmp_path, 1)
    monkeypatch.setattr(room, "STEPS", (*STEPS, "CREATE TABLE stories (id TEXT) STRICT; CREATE TABLE runs (id);"))
    with pytest.raises(sqlite3.Error):
        Database(tmp_path)
    monkeypatch.undo()
    database = Database(tmp_path)
    with database.reading() as connection:
        tables = {row["name"] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert "stories" not in tables
    database.close()


def fill_up(database: Database, more_pages: int = 8) -> None:
    """Let the database grow by a few pages only, as on a full disk (SQLite reports both the same way)."""
    with database.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + more_pages}")


def test_a_full_disk_is_said_and_keeps_what_was_there(tmp_path: Path):
    database = Database(tmp_path)
    store = Store(database)
    run = store.begin_run("scan files", "paths", [])
    store.save_batch(run, Counts(), findings=[make_finding("/x/first")])
    assert (tmp_path / RESERVE_NAME).stat().st_size == RESERVE_BYTES
    fill_up(database)
    with pytest.raises(StoreFull):
        store.save_batch(run, Counts(), findings=[make_finding(f"/x/{i}") for i in range(500)])
    assert all_findings(database) == ["/x/first"]
    assert not (tmp_path / RESERVE_NAME).exists()  # given back, so that what follows fits
    store.end_run(run, Counts(), "not_fully_checked", stopped=True)
    database.close()


def mounted_small_disk(place: Path, size: str) -> bool:
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", place], capture_output=True, check=False
    )
    return done.returncode == 0


def test_on_a_disk_that_is_really_full_findings_stay_readable_and_erasing_works(tmp_path: Path):
    place = tmp_path / "disk"
    if not mounted_small_disk(place, "8m"):
        pytest.skip("needs the right to mount a small disk")
    try:
        database = Database(place / "kept")
        store = Store(database)
        run = store.begin_run("scan files", "paths", [])
        store.save_batch(run, Counts(), findings=[make_finding("/x/first")])

        def go_on_until_full() -> None:
            for batch in range(400):
                store.save_batch(run, Counts(), findings=[make_finding(f"/x/{batch}/{i}") for i in range(40)])

        with pytest.raises(StoreFull):
            go_on_until_full()
        kept = len(all_findings(database))
        assert kept > 1
        store.end_run(run, Counts(), "not_fully_checked", stopped=True)  # in the room of the reserve
        database.close()
        again = Database(place / "kept")
        assert len(all_findings(again)) == kept
        again.delete()
        again.close()
        assert [path.name for path in (place / "kept").iterdir()] == []
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_on_a_read_only_disk_findings_stay_readable(tmp_path: Path):
    place = tmp_path / "disk"
    if not mounted_small_disk(place, "16m"):
        pytest.skip("needs the right to mount a small disk")
    try:
        keep_findings(place / "kept", 3)
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        database = Database(place / "kept")
        assert database.is_read_only
        assert all_findings(database) == ["/x/0", "/x/1", "/x/2"]
        with pytest.raises(StoreFull):
            Store(database).begin_run("scan files", "paths", [])
        database.close()
        with pytest.raises(StoreFull):
            Database(place / "elsewhere")
    finally:
        subprocess.run(["umount", "-l", place], check=True)


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.desktop.service.test_database import keep_findings
from desktop.service.keeping.database import Database
Database.close = lambda self: os.kill(os.getpid(), signal.SIGKILL)
keep_findings(Path(sys.argv[1]), 3)
"""


def test_what_a_killed_program_left_on_a_disk_that_is_now_read_only_stays_readable(tmp_path: Path):
    place = tmp_path / "disk"
    if not mounted_small_disk(place, "16m"):
        pytest.skip("needs the right to mount a small disk")
    try:
        root = Path(__file__).parents[3]
        killed = subprocess.run([sys.executable, "-c", KILLED, place / "kept"], cwd=root, check=False)
        assert killed.returncode == -9
        assert (place / "kept" / f"{FILE_NAME}-wal").stat().st_size > 0
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        database = Database(place / "kept")
        assert all_findings(database) == ["/x/0", "/x/1", "/x/2"]
        database.close()
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_second_writer_is_told_to_wait_rather_than_that_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(room, "BUSY_S", 0.05)
    first, second = Database(tmp_path), Database(tmp_path)
    with first.writing() as connection:
        connection.execute("INSERT INTO settings (name, value) VALUES ('a', '1')")
        with pytest.raises(StoreBusy):
            Journal(second).remember("b", 2)
    assert Journal(second).settings() == {"a": 1}
    first.close()
    second.close()


def test_deleting_leaves_no_trace_of_a_name(tmp_path: Path):
    database = Database(tmp_path)
    store = Store(database)
    run = store.begin_run("scan files", "paths", [])
    store.save_batch(run, Counts(), findings=[make_finding("/x/very-own-name.docm")])
    assert any(b"very-own-name" in path.read_bytes() for path in tmp_path.iterdir())
    (tmp_path / "plainwatch-aside-20261123.db").write_bytes(b"very-own-name")
    database.delete()
    assert list(tmp_path.iterdir()) == []
    assert all_findings(database) == []  # and a new one starts by itself
    database.close()


def test_a_copy_in_memory_knows_what_was_kept_and_writes_nothing_back(tmp_path: Path):
    keep_findings(tmp_path, 2)
    before = (tmp_path / FILE_NAME).read_bytes()
    copy = Database(None)
    copy.copy_from(tmp_path)
    assert all_findings(copy) == ["/x/0", "/x/1"]
    Journal(copy).remember("a", 1)
    copy.close()
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_copy_of_nothing_is_empty_and_makes_no_folder(tmp_path: Path):
    copy = Database(None)
    copy.copy_from(tmp_path / "nowhere")
    assert all_findings(copy) == []
    copy.close()
    assert not (tmp_path / "nowhere").exists()

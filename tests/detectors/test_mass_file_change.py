"""Files locked one after the other, and the many kinds of work that look like it."""

from __future__ import annotations

from detectors.contract.finding import Severity
from detectors.contract.programs import FileChange, Load
from detectors.mass_file_change import MassFileChange
from tests.program_factories import NOW_S, chain, program, programs

NOISE = {"entropy_before_bits": 4.5, "entropy_bits": 7.97, "size_bytes": 20_000}


def findings(changes=(), *running, **facts):
    return list(MassFileChange().detect(programs(*running, system="linux", file_changes=tuple(changes), **facts)))


def change(number: int, kind: str = "modified", path: str = "", **facts):
    return FileChange(NOW_S + number / 2, path or f"/home/m/Documents/{number % 5}/letter{number}.txt", kind, **facts)


def writer(name: str, written: int, read: int = 0, **facts):
    loads = [
        Load(NOW_S - 10, 0.0, read_bytes=0, written_bytes=0),
        Load(NOW_S + 60, 9.0, read_bytes=read, written_bytes=written),
    ]
    return chain("systemd", "bash", name, loads=loads, started_s=NOW_S - 10, **facts)


def test_many_files_that_turn_to_noise_are_serious_and_the_likely_writer_is_named():
    changes = [change(n, **NOISE) for n in range(40)]
    worker, other = writer("invoice", 9_000_000, path="/home/m/invoice"), writer("firefox", 100_000)
    (found,) = findings(changes, worker, other)
    assert found.severity == Severity.HIGH
    assert found.subject.name == "/home/m/invoice"
    evidence = {item.name: item.observed for item in found.evidence}
    assert evidence["files_changed"] == 40
    assert evidence["turned_to_noise"] == 40
    assert evidence["most_likely"] == ["invoice", "firefox"]
    assert evidence["folder"] == "/home/m/Documents"


def test_where_nobody_saw_the_writer_the_folder_is_named():
    (found,) = findings([change(n, **NOISE) for n in range(40)])
    assert (found.subject.kind, found.subject.name) == ("place", "/home/m/Documents")
    assert found.evidence[0].name == "place"
    assert found.evidence[0].observed == "folder"


def test_a_canary_alone_is_serious():
    (found,) = findings([change(1, path="/home/m/Documents/accounts.rtf", is_canary=True)])
    assert found.severity == Severity.HIGH
    assert found.evidence[1].name == "canaries_changed"


def test_a_new_ending_on_many_files_of_many_folders_is_serious_where_nobody_looked_inside():
    changes = [change(n, "renamed", to=f"/home/m/Documents/{n % 5}/letter{n}.txt.qqq") for n in range(40)]
    (found,) = findings(changes)
    assert found.severity == Severity.HIGH
    assert {item.name: item.observed for item in found.evidence}["new_ending"] == "qqq"


def test_the_same_hour_gives_one_finding():
    changes = [change(n, **NOISE) for n in range(1_000)]
    assert len(findings(changes)) == 1


def test_saving_copying_and_importing_much_is_let_be():
    photos = [change(n, "created", path=f"/home/m/Pictures/{n % 5}/{n}.jpg", entropy_bits=7.98) for n in range(300)]
    sync = [change(n, entropy_before_bits=4.5, entropy_bits=4.6) for n in range(300)]
    build = [change(n, "created", path=f"/home/m/work/{n % 9}/{n}.o", entropy_bits=5.9) for n in range(300)]
    atomic = [
        change(n, "renamed", path=f"/home/m/{n % 5}/{n}.pyc.9183", to=f"/home/m/{n % 5}/{n}.pyc") for n in range(300)
    ]
    for ordinary in (photos, sync, build, atomic):
        assert findings(ordinary, writer("rsync", 900_000_000)) == []


def test_packing_files_one_by_one_is_let_be():
    packed = [change(n, "created", path=f"/home/m/{n % 5}/{n}.txt.gz", entropy_bits=7.98) for n in range(50)]
    removed = [change(n, "deleted", path=f"/home/m/{n % 5}/{n}.txt") for n in range(50)]
    assert findings([*packed, *removed], writer("gzip", 9_000_000)) == []


def test_locking_all_documents_with_an_ordinary_tool_is_told_of():
    locked = [change(n, "created", path=f"/home/m/{n % 5}/{n}.txt.gpg", **NOISE) for n in range(50)]
    removed = [change(n, "deleted", path=f"/home/m/{n % 5}/{n}.txt") for n in range(50)]
    (found,) = findings([*locked, *removed])
    assert found.severity == Severity.HIGH


def test_editing_many_photos_is_let_be():
    edited = [change(n, path=f"/home/m/{n % 5}/{n}.jpg", entropy_before_bits=7.9, entropy_bits=7.98) for n in range(90)]
    assert findings(edited) == []


def test_a_backup_of_an_encrypting_program_is_let_be():
    pieces = [change(n, "created", path=f"/mnt/backup/data/{n % 9}/{n:x}", entropy_bits=7.99) for n in range(500)]
    assert findings(pieces, writer("restic", 900_000_000, 900_000_000)) == []


def test_many_renamed_files_with_whole_contents_are_to_be_looked_at_no_more():
    changes = [
        change(n, "renamed", to=f"/home/m/{n}.txt.mine", entropy_before_bits=4.5, entropy_bits=4.5, size_bytes=5_000)
        for n in range(40)
    ]
    (found,) = findings(changes)
    assert found.severity == Severity.MEDIUM


def test_a_program_that_was_seen_to_write_unknown_endings_and_notes_is_serious():
    files = [f"C:\\Users\\m\\{n % 4}\\letter{n}.docx.qqq" for n in range(12)]
    notes = [f"C:\\Users\\m\\{n}\\READ_IT.txt" for n in range(4)]
    (found,) = findings((), program("a.exe", files=(*files, *notes), file_count=400))
    assert found.severity == Severity.HIGH
    assert {item.name: item.observed for item in found.evidence}["files_changed"] == 400
    (plain,) = findings((), program("a.exe", files=tuple(files)))
    assert plain.severity == Severity.MEDIUM
    assert findings((), program("a.exe", files=tuple(files[:9]))) == []


def test_counters_alone_never_tell():
    assert findings((), writer("cp", 900_000_000, 900_000_000)) == []
    assert findings((), writer("pip", 700_000_000, 600_000_000, path="/home/m/venv/bin/pip")) == []


def test_a_rewriter_in_a_temporary_folder_is_good_to_know():
    (found,) = findings((), writer("rewriter", 600_000_000, 590_000_000, path="/tmp/rewriter"))
    assert found.severity == Severity.LOW
    assert findings((), writer("unpacker", 600_000_000, 100_000_000, path="/tmp/unpacker")) == []
    assert findings((), writer("slow", 6_000_000, 6_000_000, path="/tmp/slow")) == []

"""An open file becomes a record: bounded, and what was not fully read is said."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from detectors.contract.errors import SkipReason
from detectors.telemetry import reading
from detectors.telemetry.reading import read_opened


def read(path: Path):
    with path.open("rb") as file:
        return read_opened(str(path), "source", file.fileno())


def test_a_file_is_read_whole_with_its_facts(tmp_path):
    (tmp_path / "file").write_bytes(b"Dear Sam")
    os.utime(tmp_path / "file", ns=(0, 1_500_000_000_000_000_000))
    record, trouble = read(tmp_path / "file")
    assert trouble is None
    assert (record.data, record.size_bytes, record.is_whole, record.source) == (b"Dear Sam", 8, True, "source")
    assert record.modified_at.isoformat() == "2017-07-14T02:40:00+00:00"


def test_reading_does_not_depend_on_where_the_descriptor_stands(tmp_path):
    (tmp_path / "file").write_bytes(b"Dear Sam")
    with (tmp_path / "file").open("rb") as file:
        file.seek(5)
        assert read_opened("file", "", file.fileno())[0].data == b"Dear Sam"
        assert read_opened("file", "", file.fileno())[0].data == b"Dear Sam"


def test_of_a_large_file_the_first_part_is_read_and_that_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 10)
    (tmp_path / "file").write_bytes(b"0123456789")
    assert read(tmp_path / "file")[1] is None
    (tmp_path / "file").write_bytes(b"0123456789A")
    record, trouble = read(tmp_path / "file")
    assert (record.data, record.is_whole, record.size_bytes) == (b"0123456789", False, 11)
    assert (trouble.reason, trouble.values) == (SkipReason.FILE_TOO_LARGE, {"limit_bytes": 10, "size_bytes": 11})


def test_a_sparse_giant_is_bounded(tmp_path):
    with (tmp_path / "giant").open("wb") as file:
        file.truncate(2**40)
    resource = pytest.importorskip("resource")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    record, trouble = read(tmp_path / "giant")
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert trouble.reason is SkipReason.FILE_TOO_LARGE
    assert len(record.data) == reading.MAX_FILE_BYTES
    assert grown_kib < 1.5 * reading.MAX_FILE_BYTES / 1024


@pytest.mark.parametrize("change", ["grow", "shrink", "touch"])
def test_a_file_that_changes_under_our_hands_is_said_and_kept(tmp_path, monkeypatch, change):
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    really = reading._read_first

    def meddle(descriptor, limit):
        if change == "shrink":
            os.truncate(path, 4)
        data = really(descriptor, limit)
        if change == "grow":
            with path.open("ab") as file:
                file.write(b"more")
        elif change == "touch":
            os.utime(path, ns=(0, 1))
        return data

    monkeypatch.setattr(reading, "_read_first", meddle)
    record, trouble = read(path)
    assert trouble.reason is SkipReason.FILE_CHANGED
    assert not record.is_whole
    assert b"0123456789".startswith(record.data[:10])


def test_a_file_that_cannot_be_read_is_said(tmp_path, monkeypatch):
    def fail(_descriptor, _limit):
        raise OSError(errno.EIO, "broken")

    (tmp_path / "file").write_bytes(b"x")
    monkeypatch.setattr(reading, "_read_first", fail)
    record, trouble = read(tmp_path / "file")
    assert record is None
    assert (trouble.reason, trouble.values) == (SkipReason.READ_ERROR, {"errno": errno.EIO})


@pytest.mark.parametrize("modified_ns", [10**25, -(10**25)])
def test_a_time_no_calendar_holds_becomes_unknown(modified_ns):
    assert reading.make_record("a", "", b"", 0, modified_ns, is_whole=True).modified_at is None


@pytest.mark.parametrize("size", [0, 1, 70_000])
def test_reading_without_pread_gives_the_same(tmp_path, monkeypatch, size):
    monkeypatch.delattr(os, "pread")
    (tmp_path / "file").write_bytes(b"x" * size)
    record, trouble = read(tmp_path / "file")
    assert (record.data, trouble) == (b"x" * size, None)

"""Lines of a recording come out in order, whatever they hold; where it ends too early is said with its line."""

from __future__ import annotations

import gzip
import random
from io import BytesIO

import pytest

from detectors.contract.errors import SkipReason
from detectors.telemetry import recording_lines
from detectors.telemetry.recording_lines import MAX_LINE_BYTES, RecordingTrouble, Row, read_recording


def read(data):
    items = list(read_recording(BytesIO(data)))
    trouble = items.pop() if items and isinstance(items[-1], RecordingTrouble) else None
    return [(row.number, row.untrusted if row.untrusted is not None else row.problem) for row in items], trouble


def test_each_line_has_its_number_and_empty_ones_count():
    assert read(b'{"a":1}\n\n  \r\n{"b":2}\r\n') == ([(0, {"a": 1}), (3, {"b": 2})], None)


def test_the_last_line_needs_no_end_of_line():
    assert read(b'{"a":1}\n{"b":2}') == ([(0, {"a": 1}), (1, {"b": 2})], None)


def test_a_last_line_that_stops_in_the_middle_is_trouble():
    assert read(b'{"a":1}\n{"b":') == ([(0, {"a": 1})], RecordingTrouble(1, SkipReason.RECORDING_CUT, "row_cut"))


def test_a_mark_of_the_byte_order_is_no_part_of_the_first_line():
    assert read(b'\xef\xbb\xbf{"a":1}\n') == ([(0, {"a": 1})], None)


def test_bytes_that_are_not_utf8_are_kept_as_surrogates():
    assert read(b'{"a":"\xff"}\n') == ([(0, {"a": "\udcff"})], None)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"[" * 100_000, "too_deep"), (b'{"a":' * 100_000, "too_deep"), (b"nothing", "no_json"), (b'{"a":1', "no_json"),
        (b'{"a":' + b"9" * 5_000 + b"}", "no_json"), (b"[1]", "no_object"), (b"17", "no_object"), (b"null", "no_object"),
        (b'{"a":"' + b"x" * MAX_LINE_BYTES + b'"}', "too_long"), (b"\0" * 10, "no_json"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_row_is_named_and_the_next_ones_are_read(line, problem):
    assert read(line + b'\n{"b":2}\n') == ([(0, problem), (1, {"b": 2})], None)


def test_a_line_of_a_megabyte_is_read():
    line = b'{"a":"' + b"x" * (MAX_LINE_BYTES - 8) + b'"}'
    rows, _ = read(line + b"\n")
    assert len(rows[0][1]["a"]) == MAX_LINE_BYTES - 8


def test_packed_recordings_are_known_by_their_bytes():
    data = b'{"a":1}\n{"b":2}\n'
    packed = gzip.compress(data[:8]) + gzip.compress(data[8:]) + bytes(512)
    assert read(packed) == read(data)


def noise(count):
    dice = random.Random(3)
    return b"".join(b'{"a":"%s"}\n' % dice.randbytes(60).hex().encode() for _ in range(count))


@pytest.mark.parametrize("kept", [20, 100, 3_000, 6_000, -1])
def test_a_packed_recording_that_ends_early_gives_what_came_before(kept):
    packed = gzip.compress(noise(200))[:kept]
    rows, trouble = read(packed)
    assert trouble == RecordingTrouble(len(rows), SkipReason.RECORDING_CUT, "gzip_cut")
    assert rows == read(noise(200))[0][: len(rows)]
    assert len(rows) >= min(200, (len(packed) - 600) // 80)


def test_a_damaged_packed_recording_gives_what_came_before():
    packed = bytearray(gzip.compress(noise(200)))
    packed[7_000:7_040] = bytes(40)
    rows, trouble = read(bytes(packed))
    assert trouble is not None
    assert (trouble.line, trouble.reason) == (len(rows), SkipReason.RECORDING_DAMAGED)
    assert len(rows) > 90


def test_a_wrong_checksum_is_damage():
    packed = bytearray(gzip.compress(noise(20)))
    packed[-6] ^= 1
    rows, trouble = read(bytes(packed))
    assert len(rows) > 15
    assert trouble == RecordingTrouble(len(rows), SkipReason.RECORDING_DAMAGED, "gzip_damaged")


def test_a_file_that_cannot_be_read_on_is_trouble():
    class Broken(BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise OSError(5, "broken")
            return super().read(8)

    items = list(read_recording(Broken(b'{"a":1}\n{"b":2}\n')))
    assert items == [Row(0, {"a": 1}), RecordingTrouble(1, SkipReason.READ_ERROR, "read_error")]


def test_a_line_without_end_takes_no_memory(monkeypatch):
    monkeypatch.setattr(recording_lines, "MAX_LINE_BYTES", 1_000)
    bomb = gzip.compress(b"x" * 50_000_000 + b'\n{"a":1}\n')
    assert read(bomb) == ([(0, "too_long"), (1, {"a": 1})], None)

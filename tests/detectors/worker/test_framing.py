"""Messages cross the wall exactly, and nothing else does."""

from __future__ import annotations

import os
import socket
import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.contract.errors import MessageRefused, SkippedCheck, SkipReason
from detectors.contract.finding import Subject
from detectors.worker import wire
from detectors.worker.framing import (
    _BY_NAME,
    ANSWERS,
    JOBS,
    MAX_BODY_BYTES,
    REPORTS,
    TASKS,
    PipeChannel,
    SocketChannel,
    pack,
    unpack,
)
from tests.factories import make_finding

EVERYTHING = frozenset(_BY_NAME.values())
# Every character, and the lone surrogates that stand for bytes which are not UTF-8. High surrogates are left out:
# next to a low one they would make a pair, and no file name of any system holds them.
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from([chr(c) for c in range(0xDC80, 0xDD00)]))
TIMES = st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds UTC
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
for kind, strategy in ((str, TEXT), (float, st.floats(allow_nan=False, allow_infinity=False)), (datetime, TIMES)):
    st.register_type_strategy(kind, strategy)


@settings(max_examples=150)
@given(st.sampled_from(sorted(EVERYTHING, key=lambda kind: kind.__name__)).flatmap(st.from_type))
def test_every_message_arrives_as_it_was_sent(message: wire.Message):
    assert unpack(pack(message), EVERYTHING) == message


def test_a_name_that_is_no_text_arrives_exactly():
    name = os.fsdecode(b"/tmp/\xff\x80 \x1b[31m\xe2\x80\xae.txt")
    line = SkippedCheck(Subject.file(name), SkipReason.FIFO, name, {"signal": 9})
    batch = wire.BatchDone(name, "0:a", "/tmp", 2, 0, 1, 10, (make_finding(name),), (line,), source_done=True)
    assert unpack(pack(batch), REPORTS) == batch


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
def test_random_bytes_are_refused_and_nothing_worse(untrusted: bytes):
    with pytest.raises(MessageRefused):
        unpack(untrusted, EVERYTHING)


@pytest.mark.parametrize(
    "untrusted",
    [
        b"[" * 1_000_000,
        b'{"kind":"Order","value":' + b'{"what":' * 100_000,
        b'{"kind":"Order","value":{"what":"explode"}}',
        b'{"kind":"Order","value":{}}',
        b'{"kind":"Order"}',
        b'{"kind":["Order"],"value":{"what":"stop"}}',
        b'{"kind":"os.system","value":{}}',
        b'{"kind":"FilesCounted","value":{"total":NaN,"is_estimate":true}}',
        b'{"kind":"FilesCounted","value":{"total":' + b"9" * 10_000 + b',"is_estimate":true}}',
        b'{"kind":"FilesCounted","value":{"total":"3","is_estimate":true}}',
        '{"kind":"Order","value":{"what":"stöp"}}'.encode(),
        b"",
    ],
)
def test_what_only_looks_like_a_message_is_refused(untrusted: bytes):
    with pytest.raises(MessageRefused):
        unpack(untrusted, EVERYTHING)


def test_each_side_accepts_only_what_is_meant_for_it():
    assert unpack(pack(wire.Order("stop")), JOBS) == wire.Order("stop")
    for message, accepts in ((wire.Order("stop"), REPORTS), (wire.JobDone(), ANSWERS), (wire.Hang("segv"), TASKS)):
        with pytest.raises(MessageRefused):
            unpack(pack(message), accepts)


def test_a_message_that_is_too_long_is_not_sent():
    with pytest.raises(MessageRefused):
        pack(wire.CheckFiles(("x" * MAX_BODY_BYTES,)))


def test_a_number_that_is_none_is_not_sent():
    with pytest.raises(MessageRefused):
        pack(wire.BatchDone("", "", "", 1, 0, 1, 0, (make_finding(confidence=float("nan")),)))


@pytest.fixture
def ends():
    one, other = socket.socketpair()
    yield one, other
    one.close()
    other.close()


def test_a_socket_carries_messages_open_files_and_bytes(ends, tmp_path):
    (tmp_path / "letter").write_bytes(b"Dear Sam")
    with (tmp_path / "letter").open("rb") as letter:
        SocketChannel(ends[0], JOBS).send(wire.ParseFiles(()), [letter.fileno()], b"raw bytes")
    frame = SocketChannel(ends[1], TASKS, max_blob_bytes=100, takes_descriptors=True).receive()
    assert os.pread(frame.descriptors[0], 100, 0) == b"Dear Sam"
    assert frame.blob == b"raw bytes"
    os.close(frame.descriptors[0])


def test_a_side_that_takes_no_open_files_gets_none(ends, tmp_path):
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    with (tmp_path / "letter").open("wb") as letter:
        SocketChannel(ends[0], JOBS).send(wire.JobDone(), [letter.fileno()] * 5)
    assert SocketChannel(ends[1], REPORTS).receive().descriptors == ()
    assert not before or len(os.listdir("/proc/self/fd")) == before


def test_pipes_carry_messages_and_bytes():
    read_end, write_end = os.pipe()
    with open(read_end, "rb", buffering=0) as reading, open(write_end, "wb", buffering=0) as writing:
        channel = PipeChannel(reading, writing, REPORTS, max_blob_bytes=20)
        channel.send(wire.FilesCounted(3, is_estimate=False), blob=b"more")
        frame = channel.receive()
        assert (frame.message, frame.blob) == (wire.FilesCounted(3, is_estimate=False), b"more")
        writing.close()
        with pytest.raises(EOFError):
            channel.receive()


@pytest.mark.parametrize("head", [(MAX_BODY_BYTES + 1, 0), (2**32 - 1, 0), (10, 1)])
def test_a_length_beyond_the_limit_is_refused_before_anything_is_kept(ends, head):
    ends[0].sendall(struct.pack(">II", *head))
    with pytest.raises(MessageRefused):
        SocketChannel(ends[1], REPORTS).receive()


@pytest.mark.parametrize("sent", [b"", b"\0\0", struct.pack(">II", 10, 0) + b"half"])
def test_an_end_in_the_middle_is_an_end(ends, sent):
    ends[0].sendall(sent)
    ends[0].close()
    with pytest.raises(EOFError):
        SocketChannel(ends[1], REPORTS).receive()

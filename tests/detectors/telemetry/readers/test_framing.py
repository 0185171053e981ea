"""Messages are cut out of streams: whole, in pieces, too long, lost."""

from __future__ import annotations

from detectors.telemetry.readers.base import Piece
from detectors.telemetry.readers.framing import NO_MESSAGE, Framer


def measure(data: bytes, is_from_client: bool = True) -> int:
    """One letter M, two bytes of length, contents."""
    if data[:1] != b"M":
        return NO_MESSAGE
    return 3 + int.from_bytes(data[1:3], "big") if len(data) >= 3 else 0


def message(content: bytes) -> bytes:
    return b"M" + len(content).to_bytes(2, "big") + content


def take(framer: Framer, data: bytes, record: int = 1, **more) -> list[tuple[bytes, int, int]]:
    found = framer.take(Piece(data, True, record, float(record), **more))
    return [(one.data, one.size, one.piece.record) for one in found]


def test_messages_come_out_whole_however_they_are_cut():
    stream = message(b"one") + message(b"") + message(b"three")
    for step in range(1, len(stream) + 1):
        framer = Framer(measure)
        pieces = [stream[at : at + step] for at in range(0, len(stream), step)]
        found = [one[0] for number, piece in enumerate(pieces) for one in take(framer, piece, number)]
        assert found == [message(b"one"), message(b""), message(b"three")]
        assert framer.held_bytes == 0


def test_a_message_is_dated_by_the_packet_it_began_in():
    framer = Framer(measure)
    assert take(framer, message(b"one")[:2], 5) == []
    assert [one[2] for one in take(framer, message(b"one")[2:] + message(b"two"), 6)] == [5, 6]


def test_of_a_long_message_the_head_is_kept_and_the_rest_passed_over():
    passed = []
    framer = Framer(measure, small=10, head=5, pass_over=lambda size, side: passed.append((size, side)))
    ((data, size, _),) = take(framer, message(bytes(1_000))[:100])
    assert (len(data), size, passed) == (5, 1_003, [(903, True)])
    assert framer.held_bytes == 0


def test_without_a_helper_the_rest_is_dropped_here():
    framer = Framer(measure, small=10, head=5)
    long = message(bytes(1_000))
    stream = long + message(b"next")
    found = [one for at in range(0, len(stream), 64) for one in take(framer, stream[at : at + 64])]
    assert [one[1] for one in found] == [len(long), 7]


def test_over_a_known_loss_the_next_message_is_found():
    framer = Framer(measure)
    assert take(framer, message(b"abcdefgh")[:5]) == []
    found = take(framer, b"gh" + message(b"next"), 2, is_after_gap=True, lost_bytes=4)
    assert found == [(message(b"abcdefgh")[:5], 11, 1), (message(b"next"), 7, 2)]


def test_what_is_no_message_is_let_go():
    framer = Framer(measure)
    assert take(framer, b"xyz" + message(b"hidden")) == []
    assert take(framer, message(b"seen")) == [(message(b"seen"), 7, 1)]


def test_sides_do_not_mix():
    framer = Framer(measure)
    assert take(framer, message(b"client")[:4]) == []
    assert [one.data for one in framer.take(Piece(message(b"server"), False, 2, 2.0))] == [message(b"server")]
    assert [one[0] for one in take(framer, message(b"client")[4:])] == [message(b"client")]

import numpy as np
import pytest

from detectors.telemetry import conversations, dialogue
from detectors.telemetry.conversations import Conversations
from detectors.telemetry.packets import blank_columns
from detectors.telemetry.raw_packets import RawPackets
from tests.detectors.telemetry.readers.hello_builders import (
    dns_message,
    handshake,
    make_client_hello,
    make_server_hello,
    tls_record,
)

TCP, UDP, FIN, SYN, RST, ACK = 6, 17, 1, 2, 4, 16
GET = b"GET /a HTTP/1.1\r\nHost: www.example.com\r\n\r\n"
CLIENT, SERVER = (192, 0, 2, 1), (198, 51, 100, 2)


def packet(data=b"", *, row=0, out=True, seq=0, flags=ACK, protocol=TCP, port=80, sent=None, ack=0):
    return {"data": data, "row": row, "out": out, "seq": seq, "flags": flags, "protocol": protocol, "port": port,
            "sent": len(data) if sent is None else sent, "ack": ack}  # fmt: skip


def take(taker, packets):
    """Give packets told by ``packet`` as one window."""
    count = len(packets)
    columns = blank_columns(count)
    sizes = np.array([len(one["data"]) for one in packets], np.int64)
    starts = np.cumsum(sizes) - sizes
    for place, one in enumerate(packets):
        ends = [(CLIENT, 50_000 + one["row"]), (SERVER, one["port"])]
        (source, source_port), (target, target_port) = ends if one["out"] else ends[::-1]
        columns.source[place, :4], columns.target[place, :4] = source, target
        columns.source_port[place], columns.target_port[place] = source_port, target_port
        columns.flags[place], columns.sequence[place] = one["flags"], one["seq"] & 0xFFFFFFFF
        columns.acknowledged[place] = one["ack"]
        columns.protocol[place], columns.family[place] = one["protocol"], 4
        columns.payload[place], columns.payload_there[place] = starts[place], sizes[place]
        columns.payload_bytes[place] = one["sent"]
    data = np.frombuffer(b"".join(one["data"] for one in packets), np.uint8)
    raw = RawPackets(
        data, starts, sizes, sizes, np.arange(count, dtype=float), np.arange(1, count + 1), np.ones(count, np.int32)
    )
    rows = np.array([one["row"] for one in packets], np.int32)
    taker.take(raw, columns, rows, np.array([one["out"] for one in packets]))


def collected(packets):
    taker = Conversations()
    take(taker, packets)
    return taker, taker.collect()


def stream(data, *, size=100, start=1, **how):
    return [packet(data[at : at + size], seq=start + at, **how) for at in range(0, len(data), size)]


def test_a_session_and_a_request_are_named_by_their_content():
    hello = tls_record(handshake(1, make_client_hello()))
    taker, found = collected([*stream(hello, row=0, port=4711), *stream(GET, row=1, port=9_999)])
    assert (found["tls"][0].sni, found["tls"][0].client, found["tls"][0].server_port) == (
        "www.example.com",
        "192.0.2.1",
        4711,
    )
    assert (found["http"][0].target, found["http"][0].flow) == ("/a", 1)
    names, places = taker.services(3)
    assert [names[place] for place in places] == ["tls", "http", ""]


def test_packets_out_of_order_are_put_in_order():
    parts = stream(GET, size=10)
    _, found = collected([packet(flags=SYN, seq=0), parts[0], *reversed(parts[1:])])
    assert (found["http"][0].target, found["http"][0].host) == ("/a", "www.example.com")


def test_the_bulk_of_a_download_never_becomes_a_piece(monkeypatch):
    given = []
    real = dialogue.Dialogue.take_segment
    monkeypatch.setattr(
        dialogue.Dialogue, "take_segment", lambda self, one, data: (given.append(one), real(self, one, data))[1]
    )
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
    answer = stream(head + bytes(1_000_000), size=1_000, out=False)
    second = packet(GET.replace(b"/a", b"/b"), seq=1 + len(GET))
    last = packet(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", out=False, seq=1 + len(head) + 1_000_000)
    _, found = collected([*stream(GET), *answer, second, last])
    assert [(one.target, one.status, one.answer_bytes) for one in found["http"]] == [
        ("/a", 200, 1_000_000),
        ("/b", 404, 0),
    ]
    assert len(given) < 20


def test_an_encrypted_session_is_over_after_the_hellos():
    hello = packet(tls_record(handshake(1, make_client_hello())))
    answer = packet(tls_record(handshake(2, make_server_hello(0x0304, 0x1301))), out=False)
    taker = Conversations()
    take(taker, [hello, answer])
    assert taker._dialogues == {}
    assert taker._held_bytes == 0
    assert len(taker.collect()["tls"]) == 1


def test_what_nobody_understands_leaves_its_first_bytes():
    said = [packet(b"\x99" * 3_000, seq=1, port=4444), packet(b"ok?" * 10, out=False, seq=1, port=4444)]
    _, found = collected([packet(flags=SYN, port=4444), *said])
    (one,) = found["openings"]
    assert (one.client, one.server, one.client_record, one.server_record) == (b"\x99" * 2_048, b"ok?" * 10, 2, 3)


def test_a_known_start_later_in_a_lost_conversation_is_still_read():
    middle = [packet(b"\x99" * 2_048, seq=5_000), packet(b"\x88" * 2_048, out=False, seq=9_000)]
    _, found = collected([*middle, packet(GET, seq=900_000)])
    assert [one.target for one in found["http"]] == ["/a"]
    assert len(found["openings"]) == 1


def test_datagrams_are_read_one_by_one():
    asked = [packet(dns_message(f"n{number}.example"), protocol=UDP, port=53) for number in range(3)]
    _, found = collected(asked)
    assert [one.name for one in found["dns"]] == ["n0.example", "n1.example", "n2.example"]


@pytest.mark.parametrize("flags", [RST, FIN])
def test_the_end_of_a_flow_writes_what_is_known(flags):
    taker = Conversations()
    ends = [packet(flags=flags | ACK, out=out, seq=1_000) for out in (True, False)]
    take(taker, [*stream(GET), *ends])
    assert [one.status for one in taker.notes.of(conversations.HttpExchange)] == [0]
    assert taker._dialogues == {}


def test_a_program_in_the_middle_of_a_stream_is_a_sign():
    head = b"M" + b"Z" + bytes(58) + (0x80).to_bytes(4, "little") + bytes(64) + b"PE\0\0" + bytes(30)
    said = [packet(b"\x99" * 2_500, out=False, seq=1, port=4444), packet(head, out=False, seq=2_501, port=4444)]
    _, found = collected(said)
    (sign,) = found["signs"]
    assert (sign.kind, sign.record, sign.is_from_client, sign.head) == ("windows_program", 2, False, head[:128])


def test_a_reader_that_stumbles_ends_its_own_conversation_only(monkeypatch):
    def stumble(self, piece):
        raise ValueError("odd")

    monkeypatch.setattr("detectors.telemetry.readers.http.HttpReader.feed", stumble)
    taker, found = collected([packet(GET, row=0), packet(dns_message(), row=1, protocol=UDP, port=53)])
    assert (len(found["http"]), len(found["dns"]), taker.dropped) == (0, 1, 1)


def test_the_oldest_conversation_makes_room(monkeypatch):
    monkeypatch.setattr(conversations, "MAX_DIALOGUES", 3)
    taker = Conversations()
    take(taker, [packet(GET, row=row) for row in range(10)])
    assert len(taker._dialogues) == 3
    assert len(taker.collect()["http"]) == 10


def test_bytes_that_wait_are_bounded(monkeypatch):
    monkeypatch.setattr(conversations, "MAX_HELD_BYTES", 10_000)
    taker = Conversations()
    take(taker, [packet(b"\x99" * 1_000, row=row, port=4444) for row in range(50)])
    assert taker._held_bytes <= 10_000
    assert len(taker.collect()["openings"]) == 50


def test_a_new_epoch_keeps_what_is_under_way():
    taker = Conversations()
    take(taker, [packet(GET, row=4), packet(GET[:20], row=7)])
    assert taker.collect(is_over=False)["http"] == ()
    taker.cut(np.array([7], np.int32))
    take(taker, [packet(GET[20:], row=0, seq=20)])
    assert [(one.flow, one.target) for one in taker.collect()["http"]] == [(0, "/a")]

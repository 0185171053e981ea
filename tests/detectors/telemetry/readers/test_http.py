import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.contract.conversations import HttpExchange, Login, TlsSession
from detectors.telemetry.readers.base import NO, SURE, Notes, Piece
from detectors.telemetry.readers.http import HttpReader
from tests.detectors.telemetry.readers.hello_builders import handshake, make_client_hello, make_ends, read, tls_record

GET = b"GET /a?b=c HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: tester\r\nAccept: */*\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML\r\nContent-Length: 5\r\n\r\nhello"


def exchanges_of(*said):
    notes, _ = read(HttpReader, *said)
    return notes.of(HttpExchange)


def logins_of(*said):
    notes, _ = read(HttpReader, *said)
    return [(one.user, one.mechanism, one.outcome, one.is_cleartext) for one in notes.of(Login)]


def test_a_request_and_its_answer_are_one_exchange():
    (one,) = exchanges_of(GET, (False, OK))
    assert (one.method, one.target, one.host, one.user_agent) == ("GET", "/a?b=c", "www.example.com", "tester")
    assert one.headers == {"accept": "*/*"}
    assert (one.status, one.answer_type, one.answer_head, one.answer_bytes) == (200, "text/html", b"hello", 5)
    assert (one.record, one.answer_record) == (1, 2)


@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_pipelined_requests_meet_their_answers_in_any_pieces(size):
    asked = GET + b"HEAD /two HTTP/1.1\r\nHost: x\r\n\r\n" + GET.replace(b"/a", b"/three")
    answered = OK + OK.removesuffix(b"hello") + OK.replace(b"hello", b"third")
    said = [asked[at : at + size] for at in range(0, len(asked), size)]
    said += [(False, answered[at : at + size]) for at in range(0, len(answered), size)]
    found = exchanges_of(*said)
    assert [(one.target, one.answer_head) for one in found] == [
        ("/a?b=c", b"hello"),
        ("/two", b""),
        ("/three?b=c", b"third"),
    ]


def test_chunks_and_packing_are_undone_and_the_next_answer_is_found():
    packed = gzip.compress(b"plain words " * 400)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    chunks = (
        b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part) for part in (packed[:9], packed[9:])) + b"0\r\nT: 1\r\n\r\n"
    )
    first, second = exchanges_of(GET, GET, (False, head + chunks + OK))
    assert first.answer_head == (b"plain words " * 400)[:1_024]
    assert first.answer_bytes == len(packed)
    assert second.answer_head == b"hello"


def test_a_long_body_is_skipped_by_its_length():
    reader = HttpReader(make_ends(80), notes := Notes())
    reader.feed(Piece(GET, True, 1, 1.0))
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    reader.feed(Piece(head + bytes(2_000), False, 2, 2.0))
    assert reader.to_skip == [98_000, 0]
    reader.feed(Piece(OK, False, 9, 9.0))
    assert [(one.status, one.answer_bytes) for one in notes.of(HttpExchange)] == [(200, 100_000), (200, 5)]


def test_the_password_of_basic_never_appears():
    secret = base64.b64encode(b"ann:opensesame").decode()
    notes, _ = read(HttpReader, GET.replace(b"Accept: */*", f"Authorization: Basic {secret}".encode()), (False, OK))
    assert notes.of(HttpExchange)[0].headers == {"authorization": "Basic"}
    assert "opensesame" not in repr(notes)
    assert secret not in repr(notes)
    (login,) = notes.of(Login)
    assert (login.user, login.mechanism, login.outcome, login.is_cleartext) == ("ann", "basic", "ok", True)


@pytest.mark.parametrize(
    ("kind", "body", "kept"),
    [
        (
            b"application/x-www-form-urlencoded",
            b"user=ann%40x&password=opensesame&go=1",
            b"user=ann%40x&password=*&go=1",
        ),
        (b"application/json", b'{"login": "ann@x", "Passwd": "open\\"sesame"}', b'{"login": "ann@x", "Passwd": "*"}'),
    ],
)
def test_the_password_of_a_form_never_appears(kind, body, kept):
    head = b"POST /in HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, len(body))
    notes, _ = read(HttpReader, head + body, (False, OK))
    assert notes.of(HttpExchange)[0].body_head == kept
    assert "sesame" not in repr(notes)
    assert [(one.user, one.mechanism) for one in notes.of(Login)] == [("ann@x", "form")]


def test_a_password_in_a_target_never_appears():
    notes, _ = read(HttpReader, GET.replace(b"/a?b=c", b"/a?user=ann&pwd=opensesame"), (False, OK))
    assert notes.of(HttpExchange)[0].target == "/a?user=ann&pwd=*"
    assert "opensesame" not in repr(notes)


def test_a_refused_sign_in_has_failed():
    basic = GET.replace(b"Accept: */*", b"Authorization: Basic " + base64.b64encode(b"bob:x"))
    assert logins_of(basic, (False, OK.replace(b"200 OK", b"401 No"))) == [("bob", "basic", "failed", True)]


def test_cookies_keep_their_names_only():
    (one,) = exchanges_of(GET.replace(b"Accept: */*", b"Cookie: sid=topsecret; lang=de"))
    assert one.headers == {"cookie": "sid; lang"}
    assert one.status == 0


def test_an_answer_without_its_request_is_told():
    (one,) = exchanges_of((False, OK))
    assert (one.method, one.status, one.record) == ("", 200, 1)


def test_after_lost_bytes_reading_goes_on_with_the_next_head():
    reader = HttpReader(make_ends(80), notes := Notes())
    reader.feed(Piece(b"GET /lost HTTP/1.1\r\nHost", True, 1, 1.0))
    reader.feed(Piece(b"tail of something\r\n\r\n", True, 2, 2.0, is_after_gap=True))
    reader.feed(Piece(GET, True, 3, 3.0))
    reader.close()
    assert [(one.target, one.record) for one in notes.of(HttpExchange)] == [("/a?b=c", 3)]


def test_what_goes_through_a_proxy_is_read_by_whom_it_concerns():
    asked = b"CONNECT www.example.com:443 HTTP/1.1\r\nHost: www.example.com\r\n\r\n"
    reader = HttpReader(make_ends(3128), notes := Notes())
    reader.feed(Piece(asked, True, 1, 1.0))
    reader.feed(Piece(b"HTTP/1.1 200 Go\r\n\r\n", False, 2, 2.0))
    reader.feed(Piece(tls_record(handshake(1, make_client_hello())), True, 3, 3.0))
    assert reader.successor is not None
    reader.successor.close()
    assert notes.of(HttpExchange)[0].method == "CONNECT"
    assert notes.of(TlsSession)[0].sni == "www.example.com"


def test_requests_are_told_from_look_alikes():
    def certainty(data):
        return HttpReader.recognises(Piece(data, True, 1, 0.0), make_ends(8080))

    assert certainty(GET) == certainty(b"BITS_POST /x HTTP/1.1\r\n") == certainty(b"PRI * HTTP/2.0\r\n\r\n") == SURE
    assert certainty(b"OPTIONS rtsp://x/y RTSP/1.0\r\n") == certainty(b"EHLO example.com\r\n") == NO


def test_a_bomb_is_unpacked_for_its_first_bytes_only():
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    (one,) = exchanges_of(GET, (False, head + gzip.compress(bytes(5_000_000))[:4_000]))
    assert one.answer_head == bytes(1_024)


@given(st.lists(st.tuples(st.booleans(), st.binary(min_size=1, max_size=60)), max_size=6), st.integers(0, len(GET)))
def test_whatever_follows_a_request_holds_little(said, place):
    _, reader = read(HttpReader, GET[:place] or b"G", *said)
    assert reader.held_bytes <= 8_192

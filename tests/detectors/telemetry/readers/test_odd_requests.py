"""Requests and commands that no honest program sends leave a sign, and no secret in it."""

from __future__ import annotations

from detectors.contract.conversations import HttpExchange, StreamSign
from detectors.telemetry.readers.base import Ends, Notes, Piece
from detectors.telemetry.readers.http import HttpReader
from detectors.telemetry.readers.irc import IrcReader
from detectors.telemetry.readers.mail import ImapReader, SmtpReader

ENDS = Ends(3, "192.0.2.1", "192.0.2.2", 50_000, 25, 6)


def signs_of(reader, *pieces):
    notes = Notes()
    one = reader(ENDS, notes)
    for number, (is_from_client, data) in enumerate(pieces, 1):
        one.feed(Piece(data, is_from_client, number, float(number)))
    one.close()
    return notes, notes.of(StreamSign)


def test_a_command_filled_with_one_letter_leaves_its_first_word_only():
    _, (sign,) = signs_of(ImapReader, (False, b"* OK ready\r\n"), (True, b"a1 LOGIN m " + b"A" * 900 + b"\r\n"))
    assert (sign.kind, sign.head, sign.record, sign.flow) == ("long_line", b"a1", 2, 3)


def test_long_tokens_leave_nothing():
    token = bytes(range(48, 123)) * 10
    _, signs = signs_of(ImapReader, (False, b"* OK ready\r\n"), (True, b"a1 AUTHENTICATE X " + token + b"\r\n"))
    assert signs == ()


def test_a_command_broken_off_leaves_a_sign_and_ordinary_ones_do_not():
    _, (sign,) = signs_of(SmtpReader, (False, b"220 mail\r\n"), (True, b"VRFY \n,somebody\r\n"))
    assert (sign.kind, sign.head) == ("broken_line", b"VRFY")
    _, signs = signs_of(SmtpReader, (False, b"220 mail\r\n"), (True, b"EHLO pc\nMAIL FROM:<a@b.example>\n"))
    assert signs == ()


def test_a_request_that_is_none_leaves_its_beginning():
    answer = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
    notes, (sign,) = signs_of(HttpReader, (True, b"<X> / HTTP/1.1\r\nHost: a\r\n\r\n"), (False, answer))
    assert (sign.kind, sign.head[:14], sign.is_from_client) == ("odd_request", b"<X> / HTTP/1.1", True)
    assert [one.status for one in notes.of(HttpExchange)] == [400]


def test_a_page_that_decodes_texts_is_kept_further_than_others():
    def head_of(page):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page)
        notes, _ = signs_of(HttpReader, (True, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"), (False, answer + page))
        return notes.of(HttpExchange)[0].answer_head

    assert len(head_of(b"<html>" + b"x" * 9_000)) == 1_024
    assert len(head_of(b"<html>" + b"x" * 2_000 + b"unescape(" + b"x" * 9_000)) == 4_096


def test_the_first_name_in_a_chat_is_written_down_once():
    talk = (True, b"NICK [DEU|7]12345\r\nUSER a b c :d\r\nNICK other\r\n")
    _, (sign,) = signs_of(IrcReader, talk)
    assert (sign.kind, sign.head, sign.is_from_client) == ("chat_name", b"[DEU|7]12345", True)

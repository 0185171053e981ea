import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.contract.conversations import DnsMessage
from detectors.telemetry.readers.base import MAYBE, NO, SURE, Piece
from detectors.telemetry.readers.dns import DnsReader
from detectors.telemetry.readers.dns_message import DnsDamage, netbios_name, read_message
from tests.detectors.telemetry.readers.hello_builders import (
    CLIENT,
    SERVER,
    dns_answer,
    dns_message,
    make_ends,
    read,
    shorts,
    vector,
)

UDP = 17


def test_a_question_and_its_answer_name_the_same_asker():
    answer = dns_message(flags=0x8180, answers=dns_answer(1, bytes((192, 0, 2, 7))), count=1)
    notes, _ = read(DnsReader, dns_message("WWW.Example.com"), (False, answer), port=53, protocol=UDP)
    question, reply = notes.of(DnsMessage)
    assert (question.name, question.qtype, question.is_response, question.transport) == (
        "www.example.com",
        1,
        False,
        "udp",
    )
    assert (question.client, question.server) == (reply.client, reply.server) == (CLIENT, SERVER)
    assert reply.answers == (("www.example.com", 1, 60, "192.0.2.7"),)
    assert reply.answer_bytes == 16


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [
        (28, bytes(15) + b"\1", "::1"),
        (15, b"\0\5" + b"\4mail\xc0\x0c", "5 mail.www.example.com"),
        (33, shorts(1, 2, 5060) + b"\xc0\x0c", "1 2 5060 www.example.com"),
        (16, vector(b"v=1", 1) + vector(b" \x80\n", 1), "v=1 \\x80\\x0a"),
        (99, b"\1\2", "0102"),
    ],
)
def test_answers_are_written_as_text(kind, data, text):
    parsed = read_message(dns_message(flags=0x8180, answers=dns_answer(kind, data), count=1))
    assert parsed.answers[0][3] == text


def test_odd_bytes_in_a_name_are_written_out_and_its_dots_marked():
    message = shorts(1, 0x100, 1, 0, 0, 0) + vector(b"a.b\x1b\xff", 1) + vector(b"com", 1) + b"\0" + shorts(1, 1)
    assert read_message(message).name == "a\\.b\\x1b\\xff.com"


def test_a_name_that_points_at_itself_or_forward_is_damage():
    for pointer in (b"\xc0\x0c", b"\xc0\x20"):
        with pytest.raises(DnsDamage):
            read_message(shorts(1, 0x100, 1, 0, 0, 0) + pointer + shorts(1, 1) + bytes(40))


def test_answers_that_are_cut_off_leave_the_others():
    two = dns_answer(1, bytes(4)) + dns_answer(1, bytes(4))
    assert len(read_message(dns_message(flags=0x8180, answers=two[:-2], count=2)).answers) == 1


def test_a_stream_holds_many_messages_in_any_pieces():
    stream = vector(dns_message("a.example"), 2) + vector(dns_message("b.example", qtype=252), 2)
    notes, reader = read(DnsReader, *(stream[at : at + 5] for at in range(0, len(stream), 5)), port=53)
    assert [(one.name, one.qtype, one.transport) for one in notes.of(DnsMessage)] == [
        ("a.example", 1, "tcp"),
        ("b.example", 252, "tcp"),
    ]
    assert reader.held_bytes == 0


def test_names_of_windows_are_read():
    assert netbios_name("FHFAEBEECACACACACACACACACACACAAA".lower()) == "wpad"
    notes, reader = read(DnsReader, dns_message("FHFAEBEECACACACACACACACACACACAAA", qtype=32), port=137, protocol=UDP)
    assert (notes.of(DnsMessage)[0].name, reader.name) == ("wpad", "nbns")


def test_other_ports_need_an_unmistakable_message():
    def certainty(data, port):
        return DnsReader.recognises(Piece(data, True, 1, 0.0), make_ends(port, UDP))

    assert certainty(dns_message(), 53) == SURE
    assert certainty(dns_message(), 4711) == MAYBE
    assert certainty(dns_message(qtype=999), 4711) == NO
    assert certainty(b"\x80" * 60, 53) == NO


@given(st.binary(max_size=80))
def test_whatever_comes_is_noted_or_counted(data):
    notes, _ = read(DnsReader, b"\0\1\x81\x80\0\1\0\3\0\0\0\0" + data, port=53, protocol=UDP)
    assert len(notes.of(DnsMessage)) + notes.malformed == 1

"""The first packet of a QUIC connection, made here as RFC 9001 says, and the published keys of its example."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from detectors.contract.conversations import TlsSession
from detectors.telemetry.readers.base import NO, SURE, Notes, Piece
from detectors.telemetry.readers.quic import MIN_INITIAL_BYTES, QuicReader, _client_keys
from tests.detectors.telemetry.readers.hello_builders import handshake, make_client_hello, make_ends, read

CONNECTION = bytes.fromhex("8394c8f03e515708")
KEY = bytes.fromhex("1f369613dd76d5467730efcbe3b1a22d")
NONCE = bytes.fromhex("fa044b2f42a3fd3b46fb255c")
HEADER_KEY = bytes.fromhex("9f50449e04a0e810283a1e9933adedd2")
"""RFC 9001, appendix A.1."""


def long_number(value: int) -> bytes:
    return (value | 0x4000).to_bytes(2)


def make_initial(*parts: tuple[int, bytes], number: int = 0) -> bytes:
    """Seal CRYPTO frames as the client's packet ``number``, padded to a full datagram."""
    frames = b"".join(b"\6" + long_number(offset) + long_number(len(part)) + part for offset, part in parts)
    head = b"\xc0\0\0\0\1" + bytes((len(CONNECTION),)) + CONNECTION + b"\0\0"
    room = MIN_INITIAL_BYTES - len(head) - 2 - 1 - 16
    head += long_number(1 + room + 16) + bytes((number,))
    nonce = (int.from_bytes(NONCE) ^ number).to_bytes(12)
    sealed = AESGCM(KEY).encrypt(nonce, frames.ljust(room, b"\0"), head)
    mask = Cipher(algorithms.AES(HEADER_KEY), modes.ECB()).encryptor().update(sealed[3:19])
    at = len(head) - 1
    return bytes((head[0] ^ mask[0] & 0x0F,)) + head[1:at] + bytes((head[at] ^ mask[1],)) + sealed


def sessions_of(*said: bytes) -> tuple[tuple[TlsSession, ...], Notes]:
    notes, _ = read(QuicReader, *said, port=443, protocol=17)
    return notes.of(TlsSession), notes


def test_the_keys_of_the_published_example_come_out():
    assert _client_keys(CONNECTION, 1) == (KEY, NONCE, HEADER_KEY)


def test_the_name_in_the_first_packet_is_read():
    (session,), _ = sessions_of(make_initial((0, handshake(1, make_client_hello(b"mail.example")))))
    assert session.sni == "mail.example"
    assert session.ja4.startswith("q")
    assert not session.certificates


def test_a_hello_in_pieces_over_two_packets_out_of_order_is_joined():
    hello = handshake(1, make_client_hello(b"split.example"))
    (session,), _ = sessions_of(make_initial((60, hello[60:])), make_initial((0, hello[:60]), number=1))
    assert session.sni == "split.example"


def test_packets_of_a_session_whose_beginning_was_not_seen_are_no_damage():
    other = make_initial((0, handshake(1, make_client_hello())))
    other = other[:6] + bytes(8) + other[14:]  # another connection: the keys do not fit
    found, notes = sessions_of(other)
    assert [one.sni for one in found] in ([], [""])
    assert notes.malformed == 0


def test_a_hello_that_lies_about_its_length_is_counted():
    hello = bytearray(handshake(1, make_client_hello()))
    hello[38] = 200  # the session identifier would reach beyond the hello
    found, notes = sessions_of(make_initial((0, bytes(hello))))
    assert notes.malformed == 1
    assert all(not one.sni for one in found)


def test_it_is_known_by_its_long_header_and_version():
    ends = make_ends(443, 17)
    assert QuicReader.recognises(Piece(make_initial((0, b"x")), True, 1, 0.0), ends) == SURE
    assert QuicReader.recognises(Piece(b"\x40" + bytes(60), True, 1, 0.0), ends) == NO


@given(st.binary(max_size=300), st.integers(0, 60))
def test_nothing_raises(data: bytes, at: int):
    packet = bytearray(make_initial((0, handshake(1, make_client_hello()))))
    packet[at : at + len(data)] = data
    sessions_of(bytes(packet), data)

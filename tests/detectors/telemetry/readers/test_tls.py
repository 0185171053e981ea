import datetime as dt
import hashlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from detectors.contract.conversations import TlsSession
from detectors.telemetry.readers.base import NO, SURE, Piece
from detectors.telemetry.readers.dtls import DtlsReader
from detectors.telemetry.readers.tls import TlsReader
from detectors.telemetry.readers.tls_hello import Hello, ja4, read_client_hello
from tests.detectors.telemetry.readers.hello_builders import (
    extension,
    handshake,
    make_client_hello,
    make_ends,
    make_server_hello,
    read,
    shorts,
    tls_record,
    vector,
)


def session_of(*said):
    notes, reader = read(TlsReader, *said, port=443)
    (session,) = notes.of(TlsSession)
    return session, reader


def make_certificate():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "device.example")])
    start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(5).not_valid_before(start).not_valid_after(start + dt.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("Device.Example")]), critical=False)
    return made.sign(key, hashes.SHA256()).public_bytes(serialization_der())


def serialization_der():
    from cryptography.hazmat.primitives.serialization import Encoding

    return Encoding.DER


CLIENT_RECORD = tls_record(handshake(1, make_client_hello()))


def test_fingerprints_leave_grease_out():
    session, _ = session_of(CLIENT_RECORD)
    assert session.ja3 == hashlib.md5(b"771,4865-49199,0-10-11-16-13-43,29-23,0").hexdigest()
    ciphers = hashlib.sha256(b"1301,c02f").hexdigest()[:12]
    rest = hashlib.sha256(b"000a,000b,000d,002b_0403,0804").hexdigest()[:12]
    assert session.ja4 == f"t13d0206h2_{ciphers}_{rest}"
    assert session.client_ciphers == (0x1301, 0xC02F)


def test_the_published_example_of_ja4_comes_out():
    ciphers = "1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035"
    extensions = "001b 0000 0033 0010 4469 0017 002d 000d 0005 0023 0012 002b ff01 000b 000a 0015"
    signatures = "0403 0804 0401 0503 0805 0501 0806 0601"
    numbers = [tuple(int(one, 16) for one in text.split()) for text in (ciphers, extensions, signatures)]
    hello = Hello(
        0x0303, ciphers=numbers[0], extensions=numbers[1], signatures=numbers[2], alpn=(b"h2",), versions=(0x0304,)
    )
    assert ja4(hello, "t") == "t13d1516h2_8daaf6152771_e5627efa2ab1"


@pytest.mark.parametrize(("alpn", "letters"), [(b"http/1.1", "h1"), (b"\xab", "ab"), (b"\x30\xab", "3b"), (b"x", "xx")])
def test_alpn_gives_two_letters(alpn, letters):
    assert ja4(Hello(0x0303, alpn=(alpn,)), "t")[8:10] == letters


def test_both_hellos_and_the_name_are_read():
    session, reader = session_of(CLIENT_RECORD, (False, tls_record(handshake(2, make_server_hello(0x0304, 0x1301)))))
    assert (session.sni, session.alpn, session.version, session.cipher) == (
        "www.example.com",
        ("h2", "http/1.1"),
        0x0304,
        0x1301,
    )
    assert session.ja3s == hashlib.md5(b"771,4865,43").hexdigest()
    assert reader.is_done


def test_a_hello_in_many_records_and_packets_is_joined():
    message = handshake(1, make_client_hello())
    stream = tls_record(message[:50]) + tls_record(message[50:])
    session, _ = session_of(*(stream[at : at + 7] for at in range(0, len(stream), 7)))
    assert session.sni == "www.example.com"
    assert session.record == len(range(0, len(stream), 7))


def test_a_chain_in_the_clear_is_read_and_an_odd_certificate_stays_empty():
    der = make_certificate()
    chain = vector(vector(der, 3) + vector(b"\x30\x03nothing", 3), 3)
    answer = tls_record(handshake(2, make_server_hello())) + tls_record(handshake(11, chain))
    session, _ = session_of(CLIENT_RECORD, (False, answer), tls_record(b"\1", kind=20))
    good, odd = session.certificates
    assert (good.subject, good.is_self_signed, good.key_kind, good.key_bits) == ("CN=device.example", True, "ec", 256)
    assert (good.names, good.signature_hash, good.is_authority) == (("device.example",), "sha256", False)
    assert good.not_after_s - good.not_before_s == 86_400
    assert good.sha256 == hashlib.sha256(der).hexdigest()
    assert (odd.subject, odd.key_kind, odd.not_after_s) == ("", "", 0.0)


def test_a_refusal_in_the_clear_is_kept():
    session, _ = session_of(CLIENT_RECORD, (False, tls_record(b"\2\x28", kind=21)))
    assert (session.alert, session.has_server_hello, session.version) == (40, False, 0x0304)


def test_old_hellos_are_known_and_other_things_are_not():
    def certainty(data):
        return TlsReader.recognises(Piece(data, True, 1, 0.0), make_ends(443))

    body = b"\1\3\1" + shorts(3, 0, 16) + b"\0\0\x2f" + bytes(16)
    old = bytes((0x80, len(body))) + body
    assert certainty(CLIENT_RECORD) == certainty(old) == SURE
    assert certainty(b"GET / HTTP/1.1\r\n") == certainty(b"\x16\x02\1") == NO
    session, _ = session_of(old)
    assert (session.client_ciphers, session.version, session.ja3) == ((0x2F,), 0x0301, "")


def test_datagrams_are_read_too():
    body = (
        b"\xfe\xfd" + bytes(32) + vector(b"", 1) + vector(b"cookie", 1) + vector(shorts(0xC02B), 2) + vector(b"\0", 1)
    )
    fragment = b"\1" + len(body).to_bytes(3) + b"\0\0" + bytes(3) + vector(body, 3)
    notes, _ = read(DtlsReader, b"\x16\xfe\xfd" + bytes(8) + vector(fragment, 2), port=4433, protocol=17)
    (session,) = notes.of(TlsSession)
    assert session.ja4.startswith("dd2i010000_")
    assert session.client_ciphers == (0xC02B,)


def test_an_extension_that_lies_hides_no_other():
    hello = read_client_hello(make_client_hello(extra=extension(10, b"\xff\xff") + extension(0x15, b"\0\0")))
    assert hello.extensions[-1] == 0x15
    assert hello.sni == "www.example.com"


@given(st.binary(max_size=200), st.integers(0, 120))
def test_a_damaged_session_is_noted_once_or_not_at_all(data, place):
    damaged = CLIENT_RECORD[:place] + data + CLIENT_RECORD[place + len(data) :]
    notes, _ = read(TlsReader, damaged, (False, data))
    assert len(notes.of(TlsSession)) <= 1

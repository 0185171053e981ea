"""Whatever a stranger sends, no reader raises, and none keeps more than a little."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detectors.telemetry.readers.base import Notes, Piece, Reader
from detectors.telemetry.readers.ldap_filters import filter_text
from detectors.telemetry.readers.roster import TCP_READERS, UDP_READERS
from tests.detectors.telemetry.readers.talk_builders import (
    TCP,
    UDP,
    der,
    der_number,
    ends,
    feed,
    ntlm_message,
    rpc,
    rpc_answer,
    rpc_bind,
    rpc_request,
    session,
    smb1,
    smb2,
    smb2_create,
    smb2_setup,
    smb2_tree,
    smb2_write,
)

MAX_HELD_BYTES = 2 * 64 << 10
"""Both directions."""
PORTS = {"ftp": 21, "smtp": 25, "pop3": 110, "imap": 143, "telnet": 23, "redis": 6379, "rsh": 514, "ftp-data": 20}
FILE = b"f" * 16
LDAP_SEARCH = der(
    0x63,
    der(4),
    der_number(2, 10),
    der_number(0, 10),
    der_number(0),
    der_number(0),
    der(1, b"\0"),
    der(0xA0, der(0x87, b"cn")),
    der(0x30),
)
SEEDS = (
    session(smb2_setup(1, ntlm_message(3, "a", "b"))),
    session(smb2_tree(1, "\\\\s\\IPC$"))
    + session(smb2_create(2, "svcctl"))
    + session(smb2_write(3, FILE, rpc_bind("e1af8308-5d1f-11c9-91a4-08002b14a0fa"))),
    session(smb2(8, 4, bytes(16) + FILE + bytes(17))) + session(smb2(8, 4, bytes(80), answer=0)),
    session(smb1(0x73, bytes(26), b"\0" * 40))
    + session(smb1(0x25, bytes(32), b"\0" * 30))
    + session(smb1(0xA0, bytes(40), b"")),
    session(smb1(0x73, bytes(24), ntlm_message(3, "a", "b"))) + session(smb1(0x2F, bytes(28), b"\0" * 40)),
    rpc_bind("e1af8308-5d1f-11c9-91a4-08002b14a0fa") + rpc_request(3, b"stub") + rpc_answer(b"\0" * 8),
    rpc(16, 2, bytes(4), auth=(10, 6, ntlm_message(3, "a", "b"))),
    der(0x6A, der(0x30, der(0xA2, der_number(10)), der(0xA4, der(0x30, der(0xA1, der(0x30, der(0xA1, der(0x30))))))))
    + session(der(0x7E, der(0x30, der(0xA6, der_number(24))))),
    der(0x30, der_number(1), der(0x60, der_number(3), der(4, b"cn=a"), der(0x80, b"x")))
    + der(0x30, der_number(2), LDAP_SEARCH),
    der(0x30, der_number(1), der(4, b"public"), der(0xA0, der_number(1))),
    b"220 FTP\r\nUSER a\r\nPASS b\r\n230 ok\r\nPORT 1,2,3,4,5,6\r\nEPRT |1|1.2.3.4|99999|\r\n",
    b"EHLO x\r\nAUTH PLAIN AGEAYg==\r\nAUTH LOGIN\r\nYQ==\r\nYg==\r\nAUTH CRAM-MD5\r\nYSBi\r\n235 ok\r\n",
    b"+OK\r\nUSER a\r\nAPOP a b\r\nAUTH NTLM\r\nTlRM\r\n-ERR\r\n",
    b'* OK\r\na LOGIN {3}\r\nabc {3}\r\nb LOGIN "a" b\r\na NO\r\nb OK\r\n',
    b"\xff\xfd\x18\xff\xfa\x18\xff\xf0login: \r\na\r\nPassword: \r\nb\r\nLogin incorrect\r\n$ ",
    b"0\0a\0b\0c\0",
    b"PASS a\r\nNICK b\r\nUSER a b c :d\r\n:s 464 b :no\r\n",
    b"RFB 003.008\n\x01\x02" + bytes(40),
    b"\x03\x00\x00\x2b\x26\xe0\0\0\0\0\0Cookie: mstshash=a\r\n" + bytes(8),
    b"\x4a\0\0\0\x0a5.7\0" + bytes(70),
    b"\0\0\0\x14\0\3\0\0user\0a\0\0\0p\0\0\0\5a",
    b"\x10\1\0\x10\0\0\1\0" + bytes(60),
    b"*2\r\n$4\r\nAUTH\r\n$1\r\na\r\nAUTH b c\r\n+OK\r\n",
    b"\x10\x10\0\4MQTT\4\xc2\0\1\0\1a\0\1b\0\1c\x20\2\0\0",
    b"\5\1\2\1\1a\1b\4\1\0\1\1\2\3\4a\0",
    b"INVITE sip:a\r\n",
)


def speak(kind: type[Reader], said: list[tuple[bool, bytes, bool]], protocol: int) -> None:
    notes = Notes(max_notes=500)
    where = ends(PORTS.get(kind.service, 4_000), protocol)
    reader = kind(where, notes)
    for number, (is_from_client, data, is_after_gap) in enumerate(said, 1):
        piece = Piece(data, is_from_client, number, float(number), is_after_gap, 100 if is_after_gap else 0)
        kind.recognises(piece, where)
        if not reader.is_done:
            reader.feed(piece)
        while reader.successor is not None:
            reader.close()
            reader = reader.successor
        assert reader.held_bytes <= MAX_HELD_BYTES
    reader.close()


PLACES = [(one, TCP) for one in TCP_READERS] + [(one, UDP) for one in UDP_READERS]
TURNS = st.tuples(st.booleans(), st.binary(min_size=1, max_size=300), st.booleans())


@pytest.mark.parametrize(("kind", "protocol"), PLACES, ids=lambda one: getattr(one, "__name__", str(one)))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=st.lists(TURNS, max_size=12))
def test_random_bytes_are_borne(kind, protocol, said):
    speak(kind, said, protocol)


@st.composite
def mutated(draw) -> list[tuple[bool, bytes, bool]]:
    said = []
    for seed in draw(st.lists(st.sampled_from(SEEDS), min_size=1, max_size=6)):
        data = bytearray(seed)
        for place, value in draw(st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=6)):
            data[place] = value
        step = draw(st.sampled_from([1, 5, 40, 10_000]))
        side, gap = draw(st.booleans()), draw(st.integers(0, 40))
        said += [(side, bytes(data[at : at + step]), at // step == gap) for at in range(0, len(data), step)]
    return said


@pytest.mark.parametrize(("kind", "protocol"), PLACES, ids=lambda one: getattr(one, "__name__", str(one)))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=mutated())
def test_damaged_messages_are_borne(kind, protocol, said):
    speak(kind, said, protocol)


@pytest.mark.parametrize(("kind", "protocol"), PLACES, ids=lambda one: getattr(one, "__name__", str(one)))
def test_a_megabyte_without_an_end_is_not_kept(kind, protocol):
    for seed in (b"A", b"\x30\x84\x7f\xff\xff\xff", b"\0\xff\xff\xff\xfeSMB", b"\5\0\0\3\x10\0\0\0\xff\xff"):
        speak(kind, [(True, seed + b"\x41" * 1_000, False), *([(True, b"\x41" * 1_000, False)] * 1_000)], protocol)


@pytest.mark.parametrize("kind", TCP_READERS, ids=lambda one: one.__name__)
def test_every_damaged_seed_byte_by_byte(kind):
    for seed in SEEDS:
        for side in (True, False):
            reader = kind(ends(PORTS.get(kind.service, 4_000)), Notes())
            for at in range(len(seed)):
                if reader.successor is None:
                    feed(reader, Piece(seed[at : at + 1], side, at + 1, 1.0))
            reader.close()
            assert reader.held_bytes <= MAX_HELD_BYTES


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_short_printable_filter(data):
    text = filter_text(data)
    assert len(text) <= 1_024
    assert text.isprintable()

"""Sign-ins of files, mail, chat, terminals and databases: the name and the outcome are kept, the secret never is."""

from __future__ import annotations

import base64
import struct

import pytest

from detectors.contract.conversations import Login, Opening, StreamSign
from detectors.telemetry.dialogue import Dialogue, Packet
from detectors.telemetry.readers import by_name, roster
from detectors.telemetry.readers.base import MAYBE, NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.choose import choose
from detectors.telemetry.readers.databases import MysqlReader, PostgresReader, RedisReader, SqlServerReader
from detectors.telemetry.readers.ftp import FtpDataReader, FtpReader
from detectors.telemetry.readers.irc import IrcReader
from detectors.telemetry.readers.mail import ImapReader, PopReader, SmtpReader
from detectors.telemetry.readers.mqtt import MqttReader
from detectors.telemetry.readers.r_commands import RCommandReader
from detectors.telemetry.readers.remote_screens import RdpReader, SshReader, VncReader
from detectors.telemetry.readers.snmp import SnmpReader
from detectors.telemetry.readers.socks import SocksReader
from detectors.telemetry.readers.telnet import TelnetReader
from tests.detectors.telemetry.readers.talk_builders import (
    CLIENT,
    SECRET,
    SERVER,
    UDP,
    der,
    der_number,
    ends,
    everything,
    only,
    play,
)

HIDDEN = SECRET.encode()
TLS_HELLO = b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03"


def coded(data: bytes) -> bytes:
    return base64.b64encode(data)


def startup(user: bytes) -> bytes:
    body = struct.pack(">I", 0x30000) + b"user\0" + user + b"\0database\0x\0\0"
    return struct.pack(">I", len(body) + 4) + body


def mysql_packet(number: int, body: bytes) -> bytes:
    return len(body).to_bytes(3, "little") + bytes([number]) + body


def tds(kind: int, body: bytes) -> bytes:
    return struct.pack(">BBHHBB", kind, 1, len(body) + 8, 0, 1, 0) + body


def tds_login(user: str) -> bytes:
    raw, masked = (
        user.encode("utf-16-le"),
        bytes(((one << 4 | one >> 4) & 255) ^ 0xA5 for one in SECRET.encode("utf-16-le")),
    )
    places = struct.pack("<HHHHHH", 94, 0, 94, len(user), 94 + len(raw), len(SECRET))
    return tds(0x10, bytes(36) + places + bytes(94 - 48) + raw + masked)


def mqtt_connect() -> bytes:
    body = b"\0\4MQTT\4\xc2\0\x3c" + b"".join(struct.pack(">H", len(one)) + one for one in (b"box", b"anna", HIDDEN))
    return b"\x10" + bytes([len(body)]) + body


PLAIN = coded(b"\0anna\0" + HIDDEN)
STORIES: dict[str, tuple[type[Reader], int, list[tuple[bool, bytes]], str, str, str, bool]] = {
    "ftp ok": (FtpReader, 21, [(SERVER, b"220 hello\r\n"), (CLIENT, b"USER anna\r\n"), (SERVER, b"331 now\r\n"),
               (CLIENT, b"PASS " + HIDDEN + b"\r\n"), (SERVER, b"230 in\r\n")], "anna", "ok", "plain", True),
    "ftp refused": (FtpReader, 21, [(CLIENT, b"user anna\r\n"), (CLIENT, b"pass " + HIDDEN + b"\r\n"), (SERVER, b"530 no\r\n")],
                    "anna", "failed", "plain", True),
    "ftp name refused": (FtpReader, 21, [(CLIENT, b"USER anna\r\n"), (SERVER, b"530 no\r\n"), (CLIENT, b"SYST\r\n"),
                         (SERVER, b"530 sign in\r\n")], "anna", "failed", "name", False),
    "smtp plain": (SmtpReader, 25, [(CLIENT, b"EHLO me\r\n"), (SERVER, b"250-x\r\n250 AUTH PLAIN\r\n"),
                   (CLIENT, b"AUTH PLAIN " + PLAIN + b"\r\n"), (SERVER, b"235 ok\r\n")], "anna", "ok", "plain", True),
    "smtp login": (SmtpReader, 587, [(CLIENT, b"AUTH LOGIN\r\n"), (SERVER, b"334 VXNl\r\n"), (CLIENT, coded(b"anna") + b"\r\n"),
                   (SERVER, b"334 UGFz\r\n"), (CLIENT, coded(HIDDEN) + b"\r\n"), (SERVER, b"535 no\r\n")],
                   "anna", "failed", "login", True),
    "smtp challenge": (SmtpReader, 25, [(CLIENT, b"AUTH CRAM-MD5\r\n"), (SERVER, b"334 PDE+\r\n"),
                       (CLIENT, coded(b"anna 0123456789abcdef") + b"\r\n"), (SERVER, b"235 ok\r\n")],
                       "anna", "ok", "cram-md5", False),
    "pop3": (PopReader, 110, [(SERVER, b"+OK hi\r\n"), (CLIENT, b"USER anna\r\n"), (SERVER, b"+OK\r\n"),
             (CLIENT, b"PASS " + HIDDEN + b"\r\n"), (SERVER, b"-ERR no\r\n")], "anna", "failed", "plain", True),
    "pop3 digest": (PopReader, 110, [(SERVER, b"+OK <1@x>\r\n"), (CLIENT, b"APOP anna c4c9334bac560ecc\r\n"), (SERVER, b"+OK\r\n")],
                    "anna", "ok", "apop", False),
    "imap": (ImapReader, 143, [(SERVER, b"* OK hi\r\n"), (CLIENT, b'a1 LOGIN "anna" "' + HIDDEN + b'"\r\n'), (SERVER, b"a1 NO\r\n")],
             "anna", "failed", "login", True),
    "imap literal": (ImapReader, 143, [(CLIENT, b"a1 LOGIN {4}\r\n"), (SERVER, b"+ go\r\n"), (CLIENT, b"anna {16}\r\n"),
                     (CLIENT, HIDDEN + b"\r\n"), (SERVER, b"a1 OK\r\n")], "anna", "ok", "login", True),
    "imap sasl": (ImapReader, 143, [(CLIENT, b"a1 AUTHENTICATE PLAIN\r\n"), (SERVER, b"+\r\n"), (CLIENT, PLAIN + b"\r\n"),
                  (SERVER, b"a1 OK\r\n")], "anna", "ok", "plain", True),
    "telnet ok": (TelnetReader, 23, [(SERVER, b"\xff\xfd\x18\r\nhost login: "), (CLIENT, b"ab\x7fnna\r\n"), (SERVER, b"\r\nPassword: "),
                  (CLIENT, HIDDEN + b"\r\n"), (SERVER, b"\r\nLast login: today\r\n$ ")], "anna", "ok", "plain", True),
    "telnet refused": (TelnetReader, 23, [(SERVER, b"Username: "), (CLIENT, b"anna\r\n"), (SERVER, b"Password: "),
                       (CLIENT, HIDDEN + b"\r\n"), (SERVER, b"\r\nLogin incorrect\r\n")], "anna", "failed", "plain", True),
    "rexec": (RCommandReader, 512, [(CLIENT, b"1023\0anna\0" + HIDDEN + b"\0id\0"), (SERVER, b"\1no\n")], "anna", "failed", "plain", True),
    "rsh": (RCommandReader, 514, [(CLIENT, b"1023\0bob\0anna\0id\0"), (SERVER, b"\0")], "anna", "ok", "trust", True),
    "irc": (IrcReader, 6667, [(CLIENT, b"PASS " + HIDDEN + b"\r\nNICK anna\r\nUSER a b c :d\r\n"), (SERVER, b":s 001 anna :hi\r\n")],
            "anna", "ok", "pass", True),
    "mysql": (MysqlReader, 3306, [(SERVER, mysql_packet(0, b"\x0a8.0.1\0" + bytes(60))),
              (CLIENT, mysql_packet(1, struct.pack("<IIB23x", 0xA685, 1 << 24, 33) + b"anna\0\x14" + b"h" * 20)),
              (SERVER, mysql_packet(2, b"\xff\x15\x04denied"))], "anna", "failed", "challenge", False),
    "postgres plain": (PostgresReader, 5432, [(CLIENT, startup(b"anna")), (SERVER, b"R" + struct.pack(">II", 8, 3)),
                       (CLIENT, b"p" + struct.pack(">I", 5 + len(HIDDEN)) + HIDDEN + b"\0"), (SERVER, b"R" + struct.pack(">II", 8, 0))],
                       "anna", "ok", "plain", True),
    "postgres challenge": (PostgresReader, 5432, [(CLIENT, startup(b"anna")), (SERVER, b"R" + struct.pack(">II", 8, 10)),
                           (CLIENT, b"p\0\0\0\x08scra"),
                           (SERVER, b"R" + struct.pack(">II", 12, 12) + b"v=x=" + b"R" + struct.pack(">II", 8, 0))],
                           "anna", "ok", "challenge", False),
    "mssql": (SqlServerReader, 1433, [(CLIENT, tds_login("anna")), (SERVER, tds(4, b"\xaa" + b"\0" * 40))], "anna", "failed", "masked", True),
    "redis": (RedisReader, 6379, [(CLIENT, b"*3\r\n$4\r\nAUTH\r\n$4\r\nanna\r\n$16\r\n" + HIDDEN + b"\r\n"), (SERVER, b"+OK\r\n")],
              "anna", "ok", "plain", True),
    "redis inline": (RedisReader, 6379, [(CLIENT, b"AUTH " + HIDDEN + b"\r\n"), (SERVER, b"-WRONGPASS\r\n")], "", "failed", "plain", True),
    "mqtt": (MqttReader, 1883, [(CLIENT, mqtt_connect()), (SERVER, b"\x20\2\0\5")], "anna", "failed", "plain", True),
    "socks": (SocksReader, 1080, [(CLIENT, b"\5\1\2"), (SERVER, b"\5\2"), (CLIENT, b"\1\4anna" + bytes([len(HIDDEN)]) + HIDDEN),
              (SERVER, b"\1\1")], "anna", "failed", "plain", True),
    "vnc": (VncReader, 5900, [(SERVER, b"RFB 003.008\n"), (CLIENT, b"RFB 003.008\n"), (SERVER, b"\1\2"), (CLIENT, b"\2"),
            (SERVER, b"C" * 16), (CLIENT, b"R" * 16), (SERVER, b"\0\0\0\1")], "", "failed", "des", True),
    "rdp": (RdpReader, 3389, [(CLIENT, b"\3\0\0\x24\x1f\xe0\0\0\0\0\0Cookie: mstshash=anna\r\n")], "anna", "unknown", "cookie", False),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_a_sign_in_is_told_without_its_secret(story: str):
    kind, port, said, user, outcome, mechanism, is_cleartext = STORIES[story]
    notes = play(kind, port, said)
    login = only(notes, Login)
    assert (login.user, login.outcome, login.mechanism, login.is_cleartext) == (user, outcome, mechanism, is_cleartext)
    assert (login.client, login.server, login.server_port) == ("192.0.2.10", "192.0.2.20", port)
    assert SECRET not in everything(notes)
    assert coded(HIDDEN).decode() not in everything(notes)


@pytest.mark.parametrize("story", ["ftp ok", "smtp login", "pop3", "imap literal", "telnet refused", "irc", "redis"])
def test_typed_letter_by_letter_it_is_the_same(story: str):
    kind, port, said, user, outcome, _, _ = STORIES[story]
    login = only(play(kind, port, said, cut=1), Login)
    assert (login.user, login.outcome) == (user, outcome)


@pytest.mark.parametrize("story", STORIES)
def test_each_conversation_is_given_to_its_own_reader(story: str):
    kind, port, said, *_ = STORIES[story]
    chosen = [choose(ends(port), Piece(data, side, 1, 1.0)) for side, data in said]
    assert next(one for one in chosen if one is not None) is kind


def test_many_tries_in_one_conversation_are_many_sign_ins():
    tries = [(CLIENT, b"USER anna\r\nPASS x\r\n"), (SERVER, b"331 now\r\n530 no\r\n")] * 30
    assert [one.outcome for one in play(FtpReader, 21, tries).of(Login)] == ["failed"] * 30


def test_communities_are_counted_and_not_kept():
    def question(community: bytes, kind: int = 0xA0) -> bytes:
        return der(0x30, der_number(1), der(4, community), der(kind, der_number(1)))

    said = [
        (CLIENT, question(HIDDEN)),
        (CLIENT, question(HIDDEN)),
        (CLIENT, question(b"public")),
        (SERVER, question(b"public", 0xA2)),
    ]
    notes = play(SnmpReader, 161, said, protocol=UDP)
    assert [(one.outcome, one.mechanism) for one in notes.of(Login)] == [("unknown", "community"), ("ok", "community")]
    assert SECRET not in everything(notes)


@pytest.mark.parametrize(
    ("kind", "port", "wish", "consent"),
    [
        (FtpReader, 21, b"AUTH TLS\r\n", b"234 go\r\n"),
        (SmtpReader, 25, b"STARTTLS\r\n", b"220 go\r\n"),
        (PopReader, 110, b"STLS\r\n", b"+OK go\r\n"),
        (ImapReader, 143, b"a STARTTLS\r\n", b"a OK go\r\n"),
        (PostgresReader, 5432, struct.pack(">II", 8, 80_877_103), b"S"),
    ],
)
def test_when_both_agree_to_encrypt_the_tls_reader_reads_on(kind: type[Reader], port: int, wish: bytes, consent: bytes):
    reader = kind(ends(port), Notes())
    reader.feed(Piece(wish, True, 1, 1.0))
    reader.feed(Piece(consent, False, 2, 2.0))
    assert reader.successor is not None
    assert reader.successor.service == "tls"


def test_a_refused_wish_to_encrypt_changes_nothing():
    said = [(CLIENT, b"AUTH TLS\r\n"), (SERVER, b"500 what\r\n"), *STORIES["ftp ok"][2][1:]]
    assert only(play(FtpReader, 21, said), Login).outcome == "ok"


def test_files_and_their_connections_are_announced():
    said = [
        (CLIENT, b"PORT 192,0,2,10,4,1\r\nSTOR tool.exe\r\nRETR list.txt\r\n"),
        (SERVER, b"227 ok (192,0,2,20,200,10)\r\n229 ok (|||5001|)\r\n"),
    ]
    notes = play(FtpReader, 21, said)
    assert [(one.kind, one.head) for one in notes.of(StreamSign)] == [
        ("ftp_store", b"tool.exe"),
        ("ftp_retrieve", b"list.txt"),
    ]
    assert set(notes.expected) == {("192.0.2.10", 1025), ("192.0.2.20", 51_210), ("192.0.2.20", 5_001)}
    assert FtpDataReader.recognises(Piece(b"x", True, 1, 1.0), ends(20)) == MAYBE


@pytest.mark.parametrize("is_announced_first", [True, False])
def test_an_announced_connection_has_its_name_even_when_the_announcement_is_read_later(*, is_announced_first: bool):
    notes = Notes()
    dialogue = Dialogue(ends(5_001), notes, (None, None), is_late=False)
    if is_announced_first:
        notes.expect("192.0.2.20", 5_001, FtpDataReader)
    dialogue.take_segment(Packet(0, 0, False, True, True, 24, 1, 1, 0, 4, 4, 1, 1.0), b"list")
    notes.expect("192.0.2.20", 5_001, FtpDataReader)
    dialogue.close()
    assert dialogue.reader.service == "ftp-data"
    assert only(notes, Opening).server == b"list"


def test_a_named_protocol_is_named():
    names = {
        b"INVITE sip:anna@home SIP/2.0\r\n": (5060, "sip"),
        b"\0\1\0\0\x21\x12\xa4\x42" + bytes(12): (3478, "stun"),
        b"\x23" + bytes(47): (123, "ntp"),
        bytes(236) + b"\x63\x82\x53\x63": (67, "dhcp"),
        b"M-SEARCH * HTTP/1.1\r\n": (1900, "ssdp"),
        b"nothing of these": (9_999, ""),
    }
    for data, (port, name) in names.items():
        where = Ends(1, "192.0.2.1", "192.0.2.2", 50_000, port, UDP)
        assert by_name.name_of(data, where) == name
    reader = by_name.NamedReader(ends(5060), Notes())
    reader.feed(Piece(b"SIP/2.0 200 OK\r\n", True, 1, 1.0))
    assert (reader.name, reader.is_done) == ("sip", True)


def test_ssh_is_known_by_its_banner_and_let_be():
    banner = Piece(b"SSH-2.0-x\r\n", False, 1, 1.0)
    assert SshReader.recognises(banner, ends(2_222)) == SURE
    reader = SshReader(ends(2_222), Notes())
    reader.feed(banner)
    assert reader.is_done


def test_an_answer_of_sql_server_is_no_proxy_request():
    assert SocksReader.recognises(Piece(b"\4\1\0\x0c" + bytes(8), True, 1, 1.0), ends(1_433)) == NO


def test_every_reader_has_a_service_of_its_own_name():
    assert all(one.service for one in (*roster.TCP_READERS, *roster.UDP_READERS))

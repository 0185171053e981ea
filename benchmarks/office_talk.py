"""What people's programs say in an office, as lists of messages: the words of ``make_capture.py``.

Everything is made here from a seed: names are reserved ones, keys and certificates belong to nobody.
"""

from __future__ import annotations

import datetime as dt
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

Message: TypeAlias = tuple[bool, bytes, float]
"""From the client?, bytes, seconds of waiting before it."""

SITES = tuple(
    f"{host}.{site}.example"
    for site in ("news", "mail", "maps", "shop", "bank", "films")
    for host in ("www", "cdn", "api")
)
_START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_BROWSER = "User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: */*\r\n\r\n"
_HANDSHAKE, _SWITCH, _DATA = 22, 20, 23
_CLIENT_HELLO, _SERVER_HELLO, _CERTIFICATE, _KEY, _DONE = 1, 2, 11, 12, 14
_SECURE = 0x0303


@dataclass(frozen=True, slots=True)
class Talk:
    """One kind of conversation."""

    weight: float
    """How often, among all conversations."""
    protocol: str
    """``tcp``, ``udp``, ``icmp`` or ``arp``."""
    port: int
    """Of the server; 0 for ICMP and ARP."""
    place: str
    """Where the server is: ``out``, ``files``, ``router``."""
    messages: tuple[Message, ...]
    is_v6: bool = False


def make_talks(dice: random.Random) -> list[Talk]:
    """Make all kinds of conversations, several examples of each."""
    return [*_web(dice), *_names(dice), *_files(dice), *_shells_and_mail(dice), *_small(dice), *_quic(dice)]


def _web(dice: random.Random) -> Iterator[Talk]:
    sizes = ((0.20, 12_000), (0.10, 50_000), (0.03, 300_000), (0.01, 1_500_000))
    for weight, size in sizes:
        for place in range(6):
            site = dice.choice(SITES)
            hello = _secure_start(dice, site, is_new=place % 3 != 0)
            spoken = (*hello, *_exchange(dice, size, dice.randint(2, 6)))
            yield Talk(weight / 6, "tcp", 443, "out", spoken, is_v6=place % 3 == 1)
    for _ in range(4):
        site, size = dice.choice(SITES), dice.randint(4_000, 16_000)
        asked = f"GET /pages/{dice.randrange(99)} HTTP/1.1\r\nHost: {site}\r\n" + _BROWSER
        head = f"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html\r\nContent-Length: {size}\r\n\r\n"
        words = (b"<p>a quiet page with many words</p>\n" * (size // 36 + 1))[:size]
        yield Talk(0.06 / 4, "tcp", 80, "out", ((True, asked.encode(), 0.0), (False, head.encode() + words, 0.04)))


def _secure_start(dice: random.Random, site: str, *, is_new: bool) -> tuple[Message, ...]:
    """Begin TLS: 1.3 hides the certificate, 1.2 shows it."""
    share = struct.pack(">HH", 0x1D, 32) + dice.randbytes(32)
    known = _extension(0x0A, struct.pack(">HHH", 4, 0x1D, 0x17)) + _extension(0x0D, bytes.fromhex("0006040308040401"))
    name = struct.pack(">HBH", len(site) + 3, 0, len(site)) + site.encode()
    offered = _extension(0, name) + known + _extension(0x10, b"\0\x0c\x02h2\x08http/1.1")
    if is_new:
        offered += _extension(0x33, struct.pack(">H", len(share)) + share) + _extension(0x2B, b"\x04\x03\x04\x03\x03")
    suites = struct.pack(">7H", 12, 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC030)
    head = struct.pack(">H", _SECURE) + dice.randbytes(32) + b"\x20" + dice.randbytes(32)
    hello = _message(_CLIENT_HELLO, head + suites + b"\x01\0" + struct.pack(">H", len(offered)) + offered)
    answer = struct.pack(">H", _SECURE) + dice.randbytes(32) + b"\0"
    switch = _record(_SWITCH, b"\x01")
    if is_new:
        chosen = _extension(0x2B, b"\x03\x04") + _extension(0x33, share)
        reply = answer + b"\x13\x01\0" + struct.pack(">H", len(chosen)) + chosen
        hidden = _record(_HANDSHAKE, _message(_SERVER_HELLO, reply)) + switch + _record(_DATA, dice.randbytes(2_900))
        return (
            (True, _record(_HANDSHAKE, hello), 0.0),
            (False, hidden, 0.03),
            (True, switch + _record(_DATA, dice.randbytes(53)), 0.01),
        )
    reply = _message(_SERVER_HELLO, answer + b"\xc0\x2b\0\0\0")
    signed = _message(_KEY, b"\x03\0\x1d\x20" + dice.randbytes(32) + b"\x08\x07\0\x40" + dice.randbytes(64))
    shown = reply + _message(_CERTIFICATE, _certificates(dice, site)) + signed + _message(_DONE, b"")
    key = _record(_HANDSHAKE, _message(16, b"\x20" + dice.randbytes(32)))
    finished = switch + _record(_HANDSHAKE, dice.randbytes(40))
    return (
        (True, _record(_HANDSHAKE, hello), 0.0),
        (False, _record(_HANDSHAKE, shown), 0.03),
        (True, key + finished, 0.01),
        (False, finished, 0.03),
    )


def _certificates(dice: random.Random, site: str) -> bytes:
    """Make a certificate and its issuer's; keys come from the seed, so that the bytes are the same each time."""
    issuer_key, key = (Ed25519PrivateKey.from_private_bytes(dice.randbytes(32)) for _ in range(2))
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Office Benchmark Issuer")])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, site)])
    chain = b""
    for who, own in ((subject, key), (issuer, issuer_key)):
        builder = x509.CertificateBuilder(
            issuer, who, own.public_key(), dice.getrandbits(64) | 1, _START, _START + dt.timedelta(days=365)
        )
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(site)]), critical=False)
        made = builder.sign(issuer_key, None).public_bytes(Encoding.DER)
        chain += len(made).to_bytes(3, "big") + made
    return len(chain).to_bytes(3, "big") + chain


def _exchange(dice: random.Random, size: int, rounds: int) -> Iterator[Message]:
    """Ask and answer in records that nobody can read."""
    for _ in range(rounds):
        yield True, _record(_DATA, dice.randbytes(dice.randint(80, 600))), dice.expovariate(2.0)
        share = size // rounds
        yield (
            False,
            b"".join(_record(_DATA, dice.randbytes(min(16_000, share - at))) for at in range(0, share, 16_000)),
            0.05,
        )


def _extension(kind: int, body: bytes) -> bytes:
    return struct.pack(">HH", kind, len(body)) + body


def _message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack(">BHH", kind, _SECURE, len(body)) + body


def _names(dice: random.Random) -> Iterator[Talk]:
    for place, site in enumerate(SITES):
        labels = b"".join(bytes([len(label)]) + label.encode() for label in site.split(".")) + b"\0"
        kind = 28 if place % 3 == 1 else 1
        address = dice.randbytes(16 if kind == 28 else 4)  # noqa: PLR2004 - AAAA
        asked = struct.pack(">6H", 0, 0x0100, 1, 0, 0, 0) + labels + struct.pack(">HH", kind, 1)
        record = struct.pack(">HHHIH", 0xC00C, kind, 1, 300, len(address)) + address
        answer = struct.pack(">6H", 0, 0x8180, 1, 1, 0, 0) + asked[12:] + record
        yield Talk(
            0.40 / len(SITES), "udp", 53, "router", ((True, asked, 0.0), (False, answer, 0.02)), is_v6=place % 4 == 1
        )


def _files(dice: random.Random) -> Iterator[Talk]:
    def packet(command: int, body: bytes, *, is_answer: bool) -> bytes:
        head = b"\xfeSMB" + struct.pack("<HHIHHIIQIIQ16x", 64, 1, 0, command, 1, int(is_answer), 0, 1, 0, 1, 1)
        return struct.pack(">I", len(head) + len(body)) + head + body

    for size in (3_000, 20_000, 90_000):
        spoken: list[Message] = []
        for command in (0, 1, 3, 5):
            spoken.append((True, packet(command, dice.randbytes(90), is_answer=False), 0.01))
            spoken.append((False, packet(command, dice.randbytes(120), is_answer=True), 0.002))
        for at in range(0, size, 8_192):
            spoken.append((True, packet(8, bytes(49), is_answer=False), 0.01))
            spoken.append((False, packet(8, dice.randbytes(min(8_192, size - at)), is_answer=True), 0.002))
        yield Talk(0.04 / 3, "tcp", 445, "files", tuple(spoken))


def _shells_and_mail(dice: random.Random) -> Iterator[Talk]:
    keys = [
        (place % 2 == 0, dice.randbytes(dice.choice((36, 36, 52, 120))), dice.expovariate(3.0)) for place in range(60)
    ]
    banners = ((False, b"SSH-2.0-OpenSSH_9.6\r\n", 0.01), (True, b"SSH-2.0-OpenSSH_9.2\r\n", 0.01))
    agreed = ((True, dice.randbytes(1_400), 0.01), (False, dice.randbytes(1_080), 0.01))
    yield Talk(0.01, "tcp", 22, "files", (*banners, *agreed, *keys))
    lines = (
        "220 post.mail.example ESMTP",
        "EHLO desk.office.example",
        "250-post.mail.example\r\n250 STARTTLS",
        "STARTTLS",
        "220 go ahead",
    )
    start = [(place % 2 == 1, line.encode() + b"\r\n", 0.02) for place, line in enumerate(lines)]
    secure = _secure_start(dice, "post.mail.example", is_new=False)
    yield Talk(0.03, "tcp", 587, "out", (*start, *secure, *_exchange(dice, 9_000, 3)))


def _small(dice: random.Random) -> Iterator[Talk]:
    echo = bytes(range(8, 64))
    yield Talk(0.05, "arp", 0, "router", ((True, b"\x01", 0.0), (False, b"\x02", 0.001)))
    chat = [(dice.random() < 0.5, _record(_DATA, dice.randbytes(dice.randint(30, 300))), 0.4) for _ in range(500)]  # noqa: PLR2004
    yield Talk(0.05, "tcp", 443, "out", (*_secure_start(dice, "chat.mail.example", is_new=True), *chat))
    yield Talk(0.03, "icmp", 0, "out", tuple((place % 2 == 0, echo, 0.5 - 0.49 * (place % 2)) for place in range(8)))
    clock = (
        (True, b"\x23" + bytes(39) + dice.randbytes(8), 0.0),
        (False, b"\x24\x02\x06\xec" + dice.randbytes(44), 0.02),
    )
    yield Talk(0.03, "udp", 123, "out", clock)


def _quic(dice: random.Random) -> Iterator[Talk]:
    for place, size in enumerate((15_000, 60_000, 400_000)):
        first = b"\xc3\0\0\0\x01\x08" + dice.randbytes(8)
        spoken = [(True, first + dice.randbytes(1_186), 0.0), (False, first + dice.randbytes(1_186), 0.03)]
        for at in range(0, size, 1_200):
            spoken.append((False, b"\x41" + dice.randbytes(1_199), 0.001))
            if at % 4_800 == 0:
                spoken.append((True, b"\x41" + dice.randbytes(34), 0.001))
        yield Talk(0.08 / 3, "udp", 443, "out", tuple(spoken), is_v6=place == 1)

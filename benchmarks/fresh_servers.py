"""Plays the whole internet inside one network namespace: the far end of ``fresh_network.py``.

Before this on the path: ``fresh_network.py``, which starts it in a namespace that leads nowhere. After it: whatever the
clients there say to it. Every address of ``WORLD`` is answered, every address of ``VOID`` is silent. Sign-ins are
always refused; nothing is stored.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import ipaddress
import socket
import ssl
import struct
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

WORLD, VOID = "45.77.0.0/16", "45.78.0.0/16"
"""Public by number, reached by nobody: the namespaces have no way out."""
MISSING = ("missing", "invalid", "com", "net", "org", "top", "info")
"""Last labels of names that this world does not know."""
SITE = "site.example"
Talk: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

_PACKET_INFO = 8
"""IP_PKTINFO of Linux."""
_A, _TXT, _NULL, _CNAME = 1, 16, 10, 5
_NO_SUCH_NAME = 3
_PROGRAM = b"M" + b"Z" + bytes(58) + struct.pack("<I", 64) + b"PE" + bytes(2) + b"\x64\x86" + bytes(40_000)
"""The head of a Windows program and nothing behind it: it cannot run."""


def address_of(name: str) -> str:
    """Give a name its address in the world: the same one each time."""
    low = hashlib.sha256(name.lower().encode()).digest()
    return str(ipaddress.ip_network(WORLD)[256 + low[0] * 200 + low[1] % 200])


def open_datagrams(loop: asyncio.AbstractEventLoop, port: int, answer: Callable[[bytes], bytes]) -> None:
    """Answer datagrams from the very address they were sent to, which may be any."""
    door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    door.setsockopt(socket.IPPROTO_IP, _PACKET_INFO, 1)
    door.setblocking(False)  # noqa: FBT003 - the library's way
    door.bind(("0.0.0.0", port))

    def take() -> None:
        try:
            data, told, _, sender = door.recvmsg(4_096, 256)
            way = [(level, kind, bytes(4) + info[8:12] + bytes(4)) for level, kind, info in told]
            door.sendmsg([answer(data)], way, 0, sender)
        except (OSError, IndexError):
            return

    loop.add_reader(door.fileno(), take)


def _echo(data: bytes) -> bytes:
    """Send it back, a question for the time as an answer."""
    is_time = len(data) == 48 and data[0] & 7 == 3  # noqa: PLR2004 - NTP, client
    return b"\x24" + data[1:] if is_time else data


def _answer(question: bytes) -> bytes:
    place, labels = 12, []
    while place < len(question) and question[place]:
        size = question[place]
        labels.append(question[place + 1 : place + 1 + size].decode("latin-1"))
        place += 1 + size
    kind = int.from_bytes(question[place + 1 : place + 3], "big")
    asked = question[12 : place + 5]
    name = ".".join(labels)
    if not labels or labels[-1].lower() in MISSING:
        return question[:2] + struct.pack(">HHHHH", 0x8180 | _NO_SUCH_NAME, 1, 0, 0, 0) + asked
    noise = hashlib.sha256(name.encode()).hexdigest().encode()
    data = {
        _A: ipaddress.IPv4Address(address_of(name)).packed,
        _TXT: bytes([len(noise)]) + noise,
        _NULL: noise * 3,
        _CNAME: bytes([32]) + noise[:32] + b"\xc0\x0c",
    }.get(kind)
    if data is None:
        return question[:2] + struct.pack(">HHHHH", 0x8180, 1, 0, 0, 0) + asked
    record = struct.pack(">HHHIH", 0xC00C, kind, 1, 60, len(data)) + data
    return question[:2] + struct.pack(">HHHHH", 0x8180, 1, 1, 0, 0) + asked + record


async def talk_web(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer web requests by their path, many on one connection."""
    while head := await reader.readuntil(b"\r\n\r\n"):
        line, *fields = head.decode("latin-1").split("\r\n")
        size = next((int(one.split(":")[1]) for one in fields if one.lower().startswith("content-length:")), 0)
        left = size
        while left:
            left -= len(await reader.read(min(left, 65_536)))
        status, kind, body = _page(line.split(" ")[1])
        answer = f"HTTP/1.1 {status}\r\nServer: far\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(answer.encode() + body)
        await writer.drain()


def _page(target: str) -> tuple[str, str, bytes]:
    path = target.partition("?")[0]
    if path.endswith((".exe", ".dat")):
        return "200 OK", "application/octet-stream" if path.endswith(".exe") else "image/png", _PROGRAM
    if path.startswith("/private"):
        return "401 Unauthorized", "text/html", b"no"
    if path.startswith("/big"):
        return "200 OK", "video/mp4", hashlib.sha256(target.encode()).digest() * 20_000
    if path.startswith("/page"):
        return "200 OK", "text/html", b"<html>" + target.encode("latin-1", "replace") * (len(target) % 37 + 9)
    if path.startswith("/none"):
        return "404 Not Found", "text/html", b"nothing here"
    return "200 OK", "text/plain", b"ok"


def talk_lines(greeting: bytes, refusals: dict[str, bytes], otherwise: bytes) -> Talk:
    """Make a server of one of the old line protocols, which refuses every sign-in.

    Args:
        greeting: First line.
        refusals: First word of an order (or second, behind a tag) -> answer; "TAG" stands for the tag.
        otherwise: Answer to everything else.
    """

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        while line := await reader.readline():
            words = line.decode("latin-1").upper().split() or [""]
            answer = next((refusals[word] for word in words[:2] if word in refusals), otherwise)
            writer.write(answer.replace(b"TAG", line.split()[0] if line.split() else b"*"))
            await writer.drain()

    return talk


async def talk_echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer every message with a short one."""
    while data := await reader.read(65_536):
        writer.write(hashlib.sha256(data).digest()[:24])
        await writer.drain()


async def talk_broker(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speak as much MQTT as keeping a connection alive takes."""
    while data := await reader.read(4_096):
        writer.write({0x10: b"\x20\x02\x00\x00", 0xC0: b"\xd0\x00"}.get(data[0], b""))
        await writer.drain()


async def talk_orders(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Type what a stranger types into a command line that came to him."""
    for order in (b"id\n", b"uname -a\n", b"ls -la /\n"):
        await asyncio.sleep(1)
        writer.write(order)
        await writer.drain()
        await reader.read(4_096)


async def talk_pool(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hand out work, one JSON order a line."""
    while await reader.readline():
        writer.write(b'{"id":1,"jsonrpc":"2.0","error":null,"result":{"id":"7","job":{"blob":"' + b"0e" * 70)
        writer.write(b'","job_id":"4","target":"b88d0600"},"status":"OK"}}\n')
        await writer.drain()


def _quietly(talk: Talk) -> Talk:
    """End a talk as its client ends it: without words."""

    async def run(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError, IndexError):
            pass
        finally:
            writer.close()

    return run


def make_certificate(folder: Path, name: str, *, is_self_signed: bool) -> ssl.SSLContext:
    """Make a server's key and certificate; the authority that signs is made up, too."""
    key, parent = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = subject if is_self_signed else x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Example Authority")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=9))
        .not_valid_after(now + dt.timedelta(days=81))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name), x509.DNSName(f"*.{name}")]), critical=False)
        .sign(key if is_self_signed else parent, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    words = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*words) + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = ssl.TLSVersion.TLSv1_2  # certificates are readable
    context.load_cert_chain(path)
    return context


async def serve() -> None:
    """Open every door and wait."""
    folder = Path(tempfile.mkdtemp())
    named = make_certificate(folder, SITE, is_self_signed=False)
    bare = make_certificate(folder, "localhost", is_self_signed=True)
    refuse = {
        21: talk_lines(b"220 ready\r\n", {"USER": b"331 password\r\n", "PASS": b"530 wrong\r\n"}, b"200 ok\r\n"),
        25: talk_lines(
            b"220 mx.example ESMTP\r\n",
            {"AUTH": b"535 wrong\r\n", "EHLO": b"250-mx\r\n250 AUTH PLAIN\r\n", "DATA": b"354 go\r\n"},
            b"250 ok\r\n",
        ),
        110: talk_lines(b"+OK ready\r\n", {"PASS": b"-ERR wrong\r\n"}, b"+OK\r\n"),
        143: talk_lines(b"* OK ready\r\n", {"LOGIN": b"TAG NO wrong\r\n"}, b"TAG OK done\r\n"),
    }
    doors: dict[int, Talk] = {
        **dict.fromkeys((80, 8080, 8000), talk_web), **refuse, 1883: talk_broker, 3333: talk_pool, 4444: talk_orders,
        **dict.fromkeys((445, 5222, 5432, 6667, 9999, 12_345, 27_017), talk_echo),
    }  # fmt: skip
    for port, talk in doors.items():
        await asyncio.start_server(_quietly(talk), "0.0.0.0", port)
    await asyncio.start_server(_quietly(talk_web), "0.0.0.0", 443, ssl=named)
    await asyncio.start_server(_quietly(talk_web), "0.0.0.0", 8443, ssl=bare)
    loop = asyncio.get_running_loop()
    for port in (123, 3478, 5060, 51_820, 6881):
        open_datagrams(loop, port, _echo)
    open_datagrams(loop, 53, _answer)
    await asyncio.Event().wait()

"""Small clients for ``fresh_network.py``: what programs say to each other, by the bytes, in a loop and at a pace.

Before this on the path: ``fresh_attacks.py`` and ``fresh_harmless.py``, which say who talks how. After it: the network
of one namespace.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import shutil
import socket
import ssl
import struct
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence

from fresh_servers import address_of

HOME = "FRESH_HOME"
"""Variable that holds the number of a namespace's own network, 10.77.x.0/24."""


class ToolMissing(Exception):
    """A program that a scenario needs is not installed."""


def near(last: int) -> str:
    """Give an address of the own network; 1 is the router and resolver, 2 the client, 20 to 39 answer, too."""
    return f"10.77.{os.environ.get(HOME, '1')}.{last}"


def run(*command: str, timeout_s: float = 90.0, feed: bytes = b"") -> None:
    """Run a tool and forget what it says."""
    if not shutil.which(command[0]):
        raise ToolMissing(command[0])
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(command, input=feed, capture_output=True, timeout=timeout_s, check=False)


def sign_in_by_ssh(user: str, password: str, server: str) -> None:
    """Try one password over ssh."""
    options = ("StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "PreferredAuthentications=password")
    told = [word for one in options for word in ("-o", one)]
    run("sshpass", "-p", password, "ssh", "-F", "/dev/null", *told, f"{user}@{server}", "true")


def paced(times: int, period_s: float, jitter: float = 0.0) -> Iterator[int]:
    """Count, with a pause before each number but the first; jitter is a share of the period, both ways."""
    for place in range(times):
        if place:
            time.sleep(period_s * random.uniform(1 - jitter, 1 + jitter))
        yield place


def question(name: str, kind: int = 1) -> bytes:
    """Write one question for a resolver."""
    labels = b"".join(bytes([len(one)]) + one.encode() for one in name.split("."))
    return struct.pack(">HHHHHH", random.getrandbits(16), 0x100, 1, 0, 0, 0) + labels + struct.pack(">BHH", 0, kind, 1)


def look_up(name: str, kind: int = 1) -> None:
    """Ask the resolver, on a socket of its own, and wait for the answer."""
    send_datagram(near(1), 53, question(name, kind))


def send_datagram(server: str, port: int, data: bytes, *, wait_s: float = 1.0) -> None:
    """Send one datagram and wait a little for an answer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.settimeout(wait_s)
        way.sendto(data, (server, port))
        with contextlib.suppress(OSError):
            way.recv(4_096)


def connect(server: str, port: int, timeout_s: float = 5.0) -> socket.socket:
    """Open a connection."""
    return socket.create_connection((server, port), timeout_s)


def knock(server: str, port: int, timeout_s: float = 0.3) -> None:
    """Open a connection and close it, if it can be opened."""
    with contextlib.suppress(OSError):
        connect(server, port, timeout_s).close()


def converse(server: str, port: int, words: Iterable[bytes], *, listens_first: bool = False) -> None:
    """Say one message after the other and read an answer to each."""
    with contextlib.suppress(OSError), connect(server, port) as way:
        if listens_first:
            way.recv(4_096)
        for one in words:
            way.sendall(one)
            way.recv(65_536)


def fetch(
    host: str,
    target: str = "/",
    *,
    method: str = "GET",
    body: bytes | None = None,
    agent: str = "",
    headers: Mapping[str, str] | None = None,
    port: int | None = None,
    is_numeric: bool = False,
    asks_first: bool = True,
) -> None:
    """Make one web request in the open, on a connection of its own."""
    server = host if is_numeric else address_of(host)
    if not is_numeric and asks_first:
        look_up(host)
    with contextlib.suppress(OSError, http.client.HTTPException):
        link = http.client.HTTPConnection(server, port or 80, timeout=5)
        named = {"Host": host} | ({"User-Agent": agent} if agent else {}) | dict(headers or {})
        link.request(method, target, body, named)
        link.getresponse().read()
        link.close()


def open_tls(server: str, port: int = 443, name: str = "") -> ssl.SSLSocket:
    """Open an encrypted connection, whoever the server says he is."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(connect(server, port), server_hostname=name or None)


def fetch_tls(host: str, target: str = "/", *, port: int = 443, body: bytes = b"", is_numeric: bool = False) -> None:
    """Make one encrypted web request."""
    if not is_numeric:
        look_up(host)
    with contextlib.suppress(OSError):
        way = open_tls(host if is_numeric else address_of(host), port, "" if is_numeric else host)
        order = "POST" if body else "GET"
        way.sendall(f"{order} {target} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        way.recv(65_536)
        way.close()


def send_frames(frames: Sequence[bytes], pause_s: float = 0.0, device: str = "eth0") -> None:
    """Send whole frames as they are."""
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as way:
        way.bind((device, 0))
        for frame in frames:
            way.send(frame)
            time.sleep(pause_s)


def frame_of(payload: bytes, *, kind: int = 0x0800, source: str = "02:00:00:00:00:66", target: str = "ff" * 6) -> bytes:
    """Put a packet into an Ethernet frame."""
    return (
        bytes.fromhex(target.replace(":", ""))
        + bytes.fromhex(source.replace(":", ""))
        + struct.pack(">H", kind)
        + payload
    )


def packet_of(source: str, target: str, protocol: int, payload: bytes, ttl: int = 64) -> bytes:
    """Put a payload into an internet packet with a right check sum."""
    ends = socket.inet_aton(source) + socket.inet_aton(target)
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), random.getrandbits(16), 0, ttl, protocol, 0) + ends
    return head[:10] + struct.pack(">H", check_sum(head)) + head[12:] + payload


def datagram_of(source: str, target: str, ports: tuple[int, int], data: bytes, ttl: int = 64) -> bytes:
    """Make a UDP packet without a check sum, which is allowed."""
    return packet_of(source, target, 17, struct.pack(">HHHH", *ports, 8 + len(data), 0) + data, ttl)


def echo_of(source: str, target: str, data: bytes, number: int, kind: int = 8) -> bytes:
    """Make a ping packet."""
    body = struct.pack(">BBHHH", kind, 0, 0, 77, number) + data
    return packet_of(source, target, 1, body[:2] + struct.pack(">H", check_sum(body)) + body[4:])


def check_sum(data: bytes) -> int:
    """Add up 16-bit words as internet packets do."""
    total: int = sum(struct.unpack(f">{len(data) // 2}H", data[: len(data) // 2 * 2])) + (
        data[-1] << 8 if len(data) % 2 else 0
    )
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def letters(count: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz234567") -> str:
    """Draw letters by lot."""
    return "".join(random.choices(alphabet, k=count))


def neighbours(count: int = 20) -> list[str]:
    """List computers of the own network that answer."""
    return [near(20 + place) for place in range(count)]

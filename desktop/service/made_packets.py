"""Makes small recordings out of nothing, for the self-test: frames from plain numbers, written as pcap.

Before this on the path: ``network_samples.py``, which says who sends what. After it: bytes that the network worker
reads like any recording. Check sums stay empty: nobody on this path looks at them, and nothing here is ever sent.
"""

from __future__ import annotations

import ipaddress
import struct
from dataclasses import dataclass, field

STARTED_S = 1_767_600_000.0
"""A fixed time, so that the same recipe always makes the same bytes."""
FIN, SYN, RST, PSH, ACK, URG = 1, 2, 4, 8, 16, 32
TCP, UDP, ICMP, ICMP6 = 6, 17, 1, 58
SEGMENT_BYTES = 1_400
EVERYBODY = 0xFFFFFFFFFFFF
_ARP, _IP4, _IP6 = 0x0806, 0x0800, 0x86DD
_PCAP_HEAD = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, 1)


@dataclass(slots=True)
class Recording:
    """Packets with their times, in any order."""

    frames: list[tuple[float, bytes]] = field(default_factory=list)
    """(seconds after the start, frame)."""

    def pcap(self) -> bytes:
        """Write everything as pcap, by time."""
        parts = [_PCAP_HEAD]
        for after_s, frame in sorted(self.frames, key=lambda one: one[0]):
            second, part = divmod(round((STARTED_S + after_s) * 1_000_000), 1_000_000)
            parts += [struct.pack("<IIII", second, part, len(frame), len(frame)), frame]
        return b"".join(parts)

    def packet(self, after_s: float, source: str, target: str, protocol: int, body: bytes) -> None:
        """Send one internet packet."""
        ends = ipaddress.ip_address(source).packed + ipaddress.ip_address(target).packed
        if ":" in source:
            kind, head = _IP6, struct.pack(">IHBB", 6 << 28, len(body), protocol, 255)
        else:
            kind, head = _IP4, struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(body), 0, 0x4000, 64, protocol, 0)
        self._frame(after_s, card_of(source), card_of(target), kind, head + ends + body)

    def datagram(self, after_s: float, source: tuple[str, int], target: tuple[str, int], data: bytes) -> None:
        """Send one UDP datagram between (address, port) and (address, port)."""
        head = struct.pack(">HHHH", source[1], target[1], 8 + len(data), 0)
        self.packet(after_s, source[0], target[0], UDP, head + data)

    def segment(
        self,
        after_s: float,
        source: tuple[str, int],
        target: tuple[str, int],
        flags: int,
        data: bytes = b"",
        *,
        number: int = 0,
        known: int = 0,
    ) -> None:
        """Send one TCP segment between (address, port) and (address, port)."""
        head = struct.pack(">HHIIBBHHH", source[1], target[1], number, known, 5 << 4, flags, 64_000, 0, 0)
        self.packet(after_s, source[0], target[0], TCP, head + data)

    def echo(self, after_s: float, source: str, target: str, number: int, data: bytes, *, is_answer: bool) -> None:
        """Send one ping, or the answer to one."""
        head = struct.pack(">BBHHH", 0 if is_answer else 8, 0, 0, 7, number)
        self.packet(after_s, source, target, ICMP, head + data)

    def arp(self, after_s: float, card: int, sender: str, target: str, *, answers: int = 0) -> None:
        """Ask who has ``target``, or tell the card ``answers`` that ``sender`` is here."""
        ends = [ipaddress.ip_address(one).packed for one in (sender, target)]
        head = struct.pack(">HHBBH", 1, _IP4, 6, 4, 2 if answers else 1)
        body = head + _card(card) + ends[0] + _card(answers) + ends[1]
        self._frame(after_s, card, answers or EVERYBODY, _ARP, body)

    def _frame(self, after_s: float, source: int, target: int, kind: int, body: bytes) -> None:
        frame = _card(target) + _card(source) + struct.pack(">H", kind) + body
        self.frames.append((after_s, frame.ljust(60, b"\0")))


class Talk:
    """One TCP connection, from the handshake to the farewell."""

    def __init__(
        self,
        recording: Recording,
        after_s: float,
        client: tuple[str, int],
        server: tuple[str, int],
        step_s: float = 0.01,
    ) -> None:
        """Open it.

        Args:
            recording: Where its packets go.
            after_s: When, after the start.
            client: Address and port.
            server: The same.
            step_s: Between packets.
        """
        self._recording, self._ends, self._step_s = recording, {True: client, False: server}, step_s
        self._after_s = after_s
        self._sent = {True: 1_000, False: 9_000}
        self._segment(SYN, is_client=True)
        self._segment(SYN | ACK, is_client=False)
        self._segment(ACK, is_client=True)

    def say(self, data: bytes) -> Talk:
        """Let the client speak."""
        return self._tell(data, is_client=True)

    def hear(self, data: bytes) -> Talk:
        """Let the server speak."""
        return self._tell(data, is_client=False)

    def close(self) -> None:
        """Take leave."""
        self._segment(FIN | ACK, is_client=True)
        self._segment(FIN | ACK, is_client=False)
        self._segment(ACK, is_client=True)

    def _tell(self, data: bytes, *, is_client: bool) -> Talk:
        for at in range(0, len(data), SEGMENT_BYTES):
            self._segment(PSH | ACK, data[at : at + SEGMENT_BYTES], is_client=is_client)
        self._segment(ACK, is_client=not is_client)
        return self

    def _segment(self, flags: int, data: bytes = b"", *, is_client: bool) -> None:
        self._recording.segment(
            self._after_s,
            self._ends[is_client],
            self._ends[not is_client],
            flags,
            data,
            number=self._sent[is_client],
            known=self._sent[not is_client] if flags & ACK else 0,
        )
        self._sent[is_client] += len(data) + bool(flags & (SYN | FIN))
        self._after_s += self._step_s


def card_of(address: str) -> int:
    """Give each address of the made-up network a card of its own; all of the internet stands behind the router's."""
    one = ipaddress.ip_address(address)
    is_near = one.is_private or one.is_link_local or one.is_multicast
    return 0x02_00_00_00_00_00 + (one.packed[-1] if is_near else 1)


def dns(name: str, kind: int = 1, *, answer: bytes = b"", code: int = 0, is_answer: bool = False) -> bytes:
    """Ask for a name, or answer: with data of that kind, or with an error code."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"
    flags = (0x8180 if is_answer else 0x0100) | code
    head = struct.pack(">6H", 7, flags, 1, 1 if answer else 0, 0, 0)
    found = struct.pack(">HHHIH", 0xC00C, kind, 1, 60, len(answer)) + answer if answer else b""
    return head + labels + struct.pack(">HH", kind, 1) + found


def dhcp(kind: int, card: int, *, server: str, router: str) -> bytes:
    """Write an answer of an address server: 2 offers, 5 agrees."""
    fixed = struct.pack(">BBBBIHH4s4s4s4s", 2, 1, 6, 0, 7, 0, 0, b"", b"\xc0\xa8\x01\x32", b"", b"")
    ends = [ipaddress.ip_address(one).packed for one in (server, router)]
    options = bytes([53, 1, kind, 54, 4]) + ends[0] + bytes([3, 4]) + ends[1] + bytes([6, 4]) + ends[1] + b"\xff"
    return fixed + _card(card).ljust(208, b"\0") + bytes([99, 130, 83, 99]) + options


def router_advert(prefix: str) -> bytes:
    """Announce a network to everybody."""
    option = struct.pack(">BBBBIII", 3, 4, 64, 0xC0, 86_400, 14_400, 0) + ipaddress.ip_address(prefix).packed
    return struct.pack(">BBHBBHII", 134, 0, 0, 64, 0, 1_800, 0, 0) + option


def tls_hellos(cipher: int) -> tuple[bytes, bytes]:
    """Write the two first messages of a session for which the server chooses ``cipher``; no name is asked for."""
    ask = b"\3\3" + bytes(32) + b"\0" + struct.pack(">HHH", 4, cipher, 0xC02F) + b"\1\0"
    choose = b"\3\3" + b"\7" * 32 + b"\0" + struct.pack(">H", cipher) + b"\0"
    return _handshake(1, ask), _handshake(2, choose)


def _handshake(kind: int, body: bytes) -> bytes:
    message = bytes([kind]) + len(body).to_bytes(3, "big") + body
    return b"\x16\3\3" + struct.pack(">H", len(message)) + message


def rpc_bind(interface: bytes) -> bytes:
    """Open an interface of Windows' remote calls; ``interface`` is its number as it is sent."""
    body = struct.pack("<HHIBBHHBB", 4_280, 4_280, 0, 1, 0, 0, 0, 1, 0) + interface + struct.pack("<HH", 2, 0)
    return _rpc(11, 1, body + bytes(20))


def rpc_call(number: int, opnum: int) -> bytes:
    """Call one function of it, with nothing in hand."""
    return _rpc(0, number, struct.pack("<IHH", 16, 0, opnum) + bytes(16))


def _rpc(kind: int, number: int, body: bytes) -> bytes:
    return struct.pack("<BBBB4sHHI", 5, 0, kind, 3, b"\x10\0\0\0", 16 + len(body), 0, number) + body


def _card(number: int) -> bytes:
    return number.to_bytes(6, "big")

"""Makes a recording of an office's traffic from a seed: same seed, same bytes.

Before this on the path: ``office_talk.py``, which says what is spoken. After it: a file for ``speed.py`` and for tests.
Each kind of conversation is laid out once, packet by packet: handshake, segments, acknowledgements, repeats, farewell.
The recording is many of them between changing ends; addresses, numbers and check sums are set in columns.

    python benchmarks/make_capture.py OUT.pcap --packets 1000000 --seed 1
    python benchmarks/make_capture.py OUT.pcapng --packets 1000000 --seed 1 --pcapng
"""

from __future__ import annotations

import argparse
import random
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from office_talk import Talk, make_talks  # noqa: E402 - the paths above come first

from detectors.telemetry.capture_writer import CaptureWriter  # noqa: E402
from detectors.telemetry.raw_packets import RawPackets  # noqa: E402

STARTED_S = 1_767_600_000
PACKETS_A_SECOND = 500
CLIENTS, SERVERS = 40, 120
SEGMENT_BYTES = 1_400
REPEAT_SHARE = 0.008
"""Segments sent twice."""
SINGLE_ACK_SHARE = 0.6
"""Last segments that are acknowledged on their own."""
BLOCK_PACKETS = 1 << 16
FIN, SYN, PSH, ACK = 1, 2, 8, 16
PROTOCOLS = {"tcp": 6, "udp": 17, "icmp": 1, "arp": 0}
LOOK_UP_PORT = 53
"""Its messages carry a number of their own."""


@dataclass(slots=True)
class Scripts:
    """The packets of all kinds of conversations, one after the other; ends and numbers are still zero."""

    frames: list[bytes] = field(default_factory=list)
    is_out: list[bool] = field(default_factory=list)
    at_s: list[float] = field(default_factory=list)
    sequence: list[int] = field(default_factory=list)
    """Relative to the sender's first number."""
    acknowledged: list[int] = field(default_factory=list)
    """Relative to the other side's first number; -1: nothing yet."""
    protocol: list[int] = field(default_factory=list)
    is_v6: list[bool] = field(default_factory=list)


class _Conversation:
    """Lays out one kind of conversation."""

    def __init__(self, scripts: Scripts, talk: Talk, dice: random.Random) -> None:
        self._scripts, self._talk, self._dice = scripts, talk, dice
        self._at_s = 0.0
        self._sent = {True: 0, False: 0}

    def lay_out(self) -> None:
        if self._talk.protocol != "tcp":
            for is_out, data, gap_s in self._talk.messages:
                self._datagram(data, gap_s, is_out=is_out)
            return
        self._segment(b"", SYN, 0.0, is_out=True)
        self._segment(b"", SYN | ACK, 0.02, is_out=False)
        self._segment(b"", ACK, 0.0005, is_out=True)
        for is_out, data, gap_s in self._talk.messages:
            self._say(data, gap_s, is_out=is_out)
        self._segment(b"", FIN | ACK, 0.1, is_out=True)
        self._segment(b"", FIN | ACK, 0.02, is_out=False)
        self._segment(b"", ACK, 0.0005, is_out=True)

    def _say(self, data: bytes, gap_s: float, *, is_out: bool) -> None:
        """Send one message in segments; every second one is acknowledged, a few are sent twice."""
        for count, at in enumerate(range(0, len(data), SEGMENT_BYTES)):
            piece = data[at : at + SEGMENT_BYTES]
            flags = ACK | (PSH if at + SEGMENT_BYTES >= len(data) else 0)
            self._segment(piece, flags, gap_s if at == 0 else 0.0002, is_out=is_out)
            if self._dice.random() < REPEAT_SHARE:
                self._sent[is_out] -= len(piece)
                self._segment(piece, flags, 0.2, is_out=is_out)
            if count % 2 == 1 or (at + SEGMENT_BYTES >= len(data) and self._dice.random() < SINGLE_ACK_SHARE):
                self._segment(b"", ACK, 0.0002, is_out=not is_out)

    def _segment(self, data: bytes, flags: int, gap_s: float, *, is_out: bool) -> None:
        options = struct.pack(">BBH", 2, 4, 1460) if flags & SYN else b""
        head = struct.pack(">HHIIBBHHH", 0, 0, 0, 0, (20 + len(options)) // 4 << 4, flags, 64_000, 0, 0)
        known = self._sent[not is_out] if flags & ACK else -1
        self._add(head + options + data, gap_s, self._sent[is_out], known, is_out=is_out)
        self._sent[is_out] += len(data) + bool(flags & (SYN | FIN))

    def _datagram(self, data: bytes, gap_s: float, *, is_out: bool) -> None:
        head = b""
        if self._talk.protocol == "udp":
            head = struct.pack(">HHHH", 0, 0, 8 + len(data), 0)
        elif self._talk.protocol == "icmp":
            head = struct.pack(">BBHHH", 8 if is_out else 0, 0, 0, 0, 0)
        self._add(head + data, gap_s, 0, -1, is_out=is_out)

    def _add(self, body: bytes, gap_s: float, sequence: int, acknowledged: int, *, is_out: bool) -> None:
        protocol, scripts = PROTOCOLS[self._talk.protocol], self._scripts
        if self._talk.protocol == "arp":
            kind, head = b"\x08\x06", struct.pack(">HHBBx", 1, 0x0800, 6, 4)
            body += bytes(38)
        elif self._talk.is_v6:
            kind, head = b"\x86\xdd", struct.pack(">IHBB32x", 6 << 28, len(body), protocol, 64)
        else:
            lengths = (0x45, 0, 20 + len(body), 0, 0x4000)
            kind, head = b"\x08\0", struct.pack(">BBHHHBBH8x", *lengths, 64 if is_out else 57, protocol, 0)
        self._at_s += gap_s
        scripts.frames.append(bytes(12) + kind + head + body)
        scripts.is_out.append(is_out)
        scripts.at_s.append(self._at_s)
        scripts.sequence.append(sequence)
        scripts.acknowledged.append(acknowledged)
        scripts.protocol.append(protocol)
        scripts.is_v6.append(self._talk.is_v6)


class Office:
    """Who speaks: addresses and hardware addresses as columns of 16-bit words."""

    def __init__(self, dice: np.random.Generator) -> None:
        self._dice = dice
        self.client_v4 = self._v4([(192, 168, 10, 20 + place) for place in range(CLIENTS)])
        self.server_v4 = self._v4(
            [(int(dice.choice((23, 34, 52, 104, 142, 151))), *dice.integers(1, 255, 3)) for _ in range(SERVERS)]
        )
        self.near_v4 = self._v4([(192, 168, 10, 1), (192, 168, 10, 5)])
        self.client_v6 = self._v6(0x2001, 0x0DB8, CLIENTS)
        self.server_v6 = self._v6(0x2600, 0x1F18, SERVERS)
        self.near_v6 = self._v6(0x2001, 0x0DB8, 2)
        self.client_mac = self._macs(0x0200, CLIENTS)
        self.near_mac = self._macs(0x0210, 2)

    def _v4(self, rows: list[tuple[int, ...]]) -> NDArray[np.int64]:
        words = np.zeros((len(rows), 8), np.int64)
        words[:, :2] = np.array(rows, np.uint8).view(">u2")
        return words

    def _v6(self, first: int, second: int, count: int) -> NDArray[np.int64]:
        words = self._dice.integers(0, 1 << 16, (count, 8))
        words[:, :4] = (first, second, 0, 1)
        return words

    def _macs(self, first: int, count: int) -> NDArray[np.int64]:
        words = self._dice.integers(0, 1 << 16, (count, 3))
        words[:, 0] = first
        return words


@dataclass(frozen=True, slots=True)
class Calls:
    """One row a conversation that takes place."""

    talk: NDArray[np.int64]
    client: NDArray[np.int64]
    """[n, 8] words of the address."""
    server: NDArray[np.int64]
    client_mac: NDArray[np.int64]
    """[n, 3]"""
    server_mac: NDArray[np.int64]
    client_port: NDArray[np.int64]
    server_port: NDArray[np.int64]
    client_first: NDArray[np.int64]
    """First sequence number."""
    server_first: NDArray[np.int64]
    started_s: NDArray[np.float64]
    pace: NDArray[np.float64]


def make_calls(talks: list[Talk], sizes: NDArray[np.int64], packets: int, dice: np.random.Generator) -> Calls:
    """Choose conversations until there are packets enough, and who holds them when."""
    weights = np.array([talk.weight for talk in talks])
    weights /= weights.sum()
    count = int(packets / (weights @ sizes) * 1.05) + 20
    talk = dice.choice(len(talks), count, p=weights)
    while sizes[talk].sum() < packets:
        talk = np.append(talk, dice.choice(len(talks), count // 20 + 1, p=weights))
    talk = talk[: int(np.searchsorted(np.cumsum(sizes[talk]), packets)) + 1]
    count = len(talk)
    office = Office(dice)
    is_v6 = np.array([one.is_v6 for one in talks])[talk][:, None]
    near = np.array([("router", "files").index(one.place) if one.place != "out" else -1 for one in talks])[talk]
    client, server = dice.integers(0, CLIENTS, count), dice.integers(0, SERVERS, count)
    far_words = np.where(is_v6, office.server_v6[server], office.server_v4[server])
    near_words = np.where(is_v6, office.near_v6[near], office.near_v4[near])
    return Calls(
        talk=talk,
        client=np.where(is_v6, office.client_v6[client], office.client_v4[client]),
        server=np.where((near >= 0)[:, None], near_words, far_words),
        client_mac=office.client_mac[client],
        server_mac=office.near_mac[np.maximum(near, 0)],
        client_port=32_768 + (np.arange(count) * 7) % 28_000,
        server_port=np.array([one.port for one in talks])[talk],
        client_first=dice.integers(0, 1 << 32, count),
        server_first=dice.integers(0, 1 << 32, count),
        started_s=STARTED_S + np.sort(dice.random(count)) * packets / PACKETS_A_SECOND,
        pace=dice.lognormal(0.0, 0.5, count),
    )


def make_windows(packets: int, seed: int) -> Iterator[RawPackets]:
    """Make the recording, a part at a time."""
    talks, scripts = make_talks(random.Random(seed)), Scripts()
    firsts = []
    plain_dice = random.Random(seed + 1)
    for talk in talks:
        firsts.append(len(scripts.frames))
        _Conversation(scripts, talk, plain_dice).lay_out()
    first = np.array(firsts)
    sizes = np.diff(np.append(first, len(scripts.frames)))
    calls = make_calls(talks, sizes, packets, np.random.default_rng(seed))
    call = np.repeat(np.arange(len(calls.talk)), sizes[calls.talk])
    begins = np.repeat(np.cumsum(sizes[calls.talk]) - sizes[calls.talk], sizes[calls.talk])
    script = np.arange(len(call)) - begins + first[calls.talk[call]]
    at_s = calls.started_s[call] + np.array(scripts.at_s)[script] * calls.pace[call]
    order = np.argsort(at_s, kind="stable")[:packets]
    layout = Layout(scripts)
    for at in range(0, packets, BLOCK_PACKETS):
        rows = order[at : at + BLOCK_PACKETS]
        yield layout.fill(calls, call[rows], script[rows], np.rint(at_s[rows] * 1e6) / 1e6, at)


class Layout:
    """Copies frames and sets what differs between conversations."""

    def __init__(self, scripts: Scripts) -> None:
        self._frames = [memoryview(frame) for frame in scripts.frames]
        self._length = np.array([len(frame) for frame in scripts.frames])
        self._is_out = np.array(scripts.is_out)
        self._sequence, self._known = np.array(scripts.sequence), np.array(scripts.acknowledged)
        self._protocol, self._is_v6 = np.array(scripts.protocol), np.array(scripts.is_v6)
        self._head_sum = np.array([_add_words(frame[14:34]) for frame in scripts.frames])
        self._body_sum = np.array(
            [
                _add_words(frame[54 if is_v6 else 34 :]) + protocol + len(frame) - (54 if is_v6 else 34)
                for frame, is_v6, protocol in zip(scripts.frames, scripts.is_v6, scripts.protocol, strict=True)
            ]
        )
        self._body_sum -= np.where(self._protocol == PROTOCOLS["icmp"], 1 + self._length - 34, 0)  # no false header

    def fill(
        self, calls: Calls, call: NDArray[np.int64], script: NDArray[np.int64], at_s: NDArray[np.float64], before: int
    ) -> RawPackets:
        """Make one part of the recording."""
        length = self._length[script]
        ends = np.cumsum(length)
        starts = ends - length
        data = np.empty(int(ends[-1]) + 2, np.uint8)
        room = data.data
        for start, end, place in zip(starts.tolist(), ends.tolist(), script.tolist(), strict=True):
            room[start:end] = self._frames[place]
        words = np.ndarray(len(data) - 1, ">u2", data, 0, (1,))
        self._set_ends(words, starts, calls, call, script)
        count = len(script)
        numbers = np.arange(before + 1, before + 1 + count)
        return RawPackets(data, starts, length, length, at_s, numbers, np.ones(count, np.int32))

    def _set_ends(
        self,
        words: NDArray[np.uint16],
        starts: NDArray[np.int64],
        calls: Calls,
        call: NDArray[np.int64],
        script: NDArray[np.int64],
    ) -> None:
        is_out = self._is_out[script]
        turned = is_out[:, None]
        source = np.where(turned, calls.client[call], calls.server[call])
        target = np.where(turned, calls.server[call], calls.client[call])
        source_mac = np.where(turned, calls.client_mac[call], calls.server_mac[call])
        target_mac = np.where(turned, calls.server_mac[call], calls.client_mac[call])
        for place in range(3):
            words[starts + 2 * place] = target_mac[:, place]
            words[starts + 6 + 2 * place] = source_mac[:, place]
        is_v6, protocol = self._is_v6[script], self._protocol[script]
        tcp, udp, icmp, arp = (protocol == number for number in PROTOCOLS.values())
        for place in range(3):
            words[starts[arp & is_out] + 2 * place] = 0xFFFF
            words[starts[arp] + 22 + 2 * place] = source_mac[arp, place]
            words[starts[arp & ~is_out] + 32 + 2 * place] = target_mac[arp & ~is_out, place]
        for rows, size, at, further in ((is_v6, 8, 22, 16), (~is_v6 & ~arp, 2, 26, 4), (arp, 2, 28, 10)):
            for place in range(size):
                words[starts[rows] + at + 2 * place] = source[rows, place]
                words[starts[rows] + at + 2 * place + further] = target[rows, place]
        address_sum = source.sum(1) + target.sum(1)
        ident = starts & 0xFFFF
        old = ~is_v6 & ~arp
        words[starts[old] + 18] = ident[old]
        words[starts[old] + 24] = _fold(self._head_sum[script] + address_sum + ident)[old]
        body = starts + np.where(is_v6, 54, 34)
        total = self._body_sum[script] + np.where(icmp, 0, address_sum)
        for rows, offset, values in self._numbers(calls, call, script, tcp, udp, icmp):
            value = values & 0xFFFF
            words[body[rows] + offset] = value[rows]
            total += np.where(rows, value, 0)
        total = _fold(total)
        for rows, offset in ((tcp, 16), (udp, 6), (icmp, 2)):
            words[body[rows] + offset] = total[rows]

    def _numbers(
        self, calls: Calls, call: NDArray[np.int64], script: NDArray[np.int64], *kinds: NDArray[np.bool_]
    ) -> list[tuple[NDArray[np.bool_], int, NDArray[np.int64]]]:
        """Tell what to write behind the addresses: which rows, where, and the value."""
        tcp, udp, icmp = kinds
        is_out = self._is_out[script]
        client, server = calls.client_port[call], calls.server_port[call]
        sequence = np.where(is_out, calls.client_first[call], calls.server_first[call]) + self._sequence[script]
        known = np.where(is_out, calls.server_first[call], calls.client_first[call]) + self._known[script]
        known = np.where(self._known[script] < 0, 0, known)
        return [
            (tcp | udp, 0, np.where(is_out, client, server)),
            (tcp | udp, 2, np.where(is_out, server, client)),
            (icmp, 4, client),
            (tcp, 4, sequence >> 16),
            (tcp, 6, sequence),
            (tcp, 8, known >> 16),
            (tcp, 10, known),
            (udp & (server == LOOK_UP_PORT), 8, calls.client_first[call]),
        ]


def _add_words(data: bytes) -> int:
    return sum(struct.unpack(f">{(len(data) + 1) // 2}H", data + bytes(len(data) % 2)))


def _fold(total: NDArray[np.int64]) -> NDArray[np.int64]:
    """Make the check sum of the internet protocols (RFC 1071)."""
    for _ in range(3):
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def to_pcap(raw: RawPackets) -> NDArray[np.uint8]:
    """Lay packets out as pcap records."""
    size = raw.captured + 16
    starts = np.cumsum(size) - size
    out = np.empty(int(size.sum()), np.uint8)
    room, data = out.data, raw.data.data
    for start, source, count in zip(starts.tolist(), raw.start.tolist(), raw.captured.tolist(), strict=True):
        room[start + 16 : start + 16 + count] = data[source : source + count]
    words = np.ndarray(len(out) - 3, "<u4", out, 0, (1,))
    ticks = np.rint(raw.at_s * 1e6).astype(np.int64)
    for place, column in enumerate((ticks // 1_000_000, ticks % 1_000_000, raw.captured, raw.wire)):
        words[starts + 4 * place] = column
    return out


def main() -> None:
    """Write the recording that the command line asks for."""
    ask = argparse.ArgumentParser(description="Make a recording of an office's traffic from a seed.")
    ask.add_argument("out", type=Path)
    ask.add_argument("--packets", type=int, default=1_000_000)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--pcapng", action="store_true")
    told = ask.parse_args()
    with told.out.open("wb") as stream:
        if told.pcapng:
            writer = CaptureWriter(stream)
            for raw in make_windows(told.packets, told.seed):
                writer.write(raw)
            return
        stream.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, 1))
        for raw in make_windows(told.packets, told.seed):
            stream.write(to_pcap(raw))


if __name__ == "__main__":
    main()

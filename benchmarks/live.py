"""Measures live capture: how many packets are lost while flows are metered, and what each packet costs.

Before this on the path: a sender of our own, in a network namespace with nothing but loopback. After it: a table.
The reader does what a watching Plainwatch does with every packet: take it from the ring, read its headers, meter its
flow.

    python benchmarks/live.py                                 10,000 to 200,000 packets a second, 5 s each
    python benchmarks/live.py --rates 100000 --seconds 20     one rate, longer
"""

from __future__ import annotations

import argparse
import fcntl
import mmap
import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

import numpy as np  # noqa: E402 - one thread is set above

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from detectors.telemetry.capture_socket import open_capture_socket  # noqa: E402 - the paths above come first
from detectors.telemetry.flows import FlowMeter  # noqa: E402
from detectors.telemetry.live_ring import LiveRing  # noqa: E402
from detectors.telemetry.packets import read_packets  # noqa: E402

RATES = (10_000, 50_000, 100_000, 200_000)
PAYLOAD_BYTES = 200
SENDERS = 64
"""Source ports, each a flow of its own."""
FRAMES, FRAME_BYTES = 1_024, 512
PORT = 9_999
QUIET_READS = 4
"""Times nothing came, after which the ring is empty."""
INSIDE = "--inside"
_PACKET, _VERSION, _V2, _SENDING_RING, _PLEASE_SEND = 263, 10, 1, 13, 1
_SET_FLAGS, _UP_AND_RUNNING = 0x8914, 0x49


def make_frame(place: int) -> bytes:
    """Make one datagram of one flow, as it travels on loopback."""
    total = 28 + PAYLOAD_BYTES
    head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, total, place, 0x4000, 64, 17, 0, b"\x7f\0\0\1", b"\x7f\0\0\1")
    words = sum(struct.unpack(">10H", head))
    check = ~((words & 0xFFFF) + (words >> 16)) & 0xFFFF
    ports = struct.pack(">HHHH", 20_000 + place % SENDERS, PORT, total - 20, 0)
    return bytes(12) + b"\x08\0" + head[:10] + struct.pack(">H", check) + head[12:] + ports + bytes(PAYLOAD_BYTES)


def send(rate: int, seconds: float) -> tuple[int, float]:
    """Send packets as evenly as the machine allows, many with one call: from a ring that is filled once (TPACKET_V2).

    Returns:
        How many were sent, and the seconds it took.
    """
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as giver:
        giver.bind(("lo", 0))
        giver.setsockopt(_PACKET, _VERSION, _V2)
        giver.setsockopt(_PACKET, _SENDING_RING, struct.pack("4I", FRAMES * FRAME_BYTES, 1, FRAME_BYTES, FRAMES))
        ring = np.frombuffer(mmap.mmap(giver.fileno(), FRAMES * FRAME_BYTES), np.uint8).reshape(FRAMES, FRAME_BYTES)
        heads = ring[:, :8].view("u4")
        for place in range(FRAMES):
            frame = make_frame(place)
            ring[place, 32 : 32 + len(frame)] = np.frombuffer(frame, np.uint8)
            heads[place, 1] = len(frame)
        sent, total, started = 0, int(rate * seconds), time.perf_counter()
        while sent < total:
            due = min(total, int((time.perf_counter() - started) * rate)) - sent
            at = sent % FRAMES
            count = min(due, FRAMES - at)
            if count:
                heads[at : at + count, 0] = _PLEASE_SEND
                giver.send(b"")
                sent += count
            else:
                time.sleep(0.0005)
        return sent, time.perf_counter() - started


def measure(rate: int, seconds: float) -> None:
    """Read while another process sends, and print one row."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sink, LiveRing(open_capture_socket("lo")) as ring:
        sink.bind(("127.0.0.1", PORT))  # never read: what does not fit is thrown away behind the ring
        meter = FlowMeter()
        command = [sys.executable, __file__, INSIDE, "--send", str(rate), "--seconds", str(seconds)]
        started, busy = time.perf_counter(), time.process_time()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sender:
            seen, quiet = 0, 0
            while sender.poll() is None or quiet < QUIET_READS:
                raw = ring.read(0.25)
                quiet = quiet + 1 if raw is None else 0
                if raw is not None:
                    meter.take(raw, read_packets(raw))
                    seen += len(raw)
            told = (sender.stdout.read() if sender.stdout else "").split()
            sent, sending_s = int(told[0]), float(told[1])
        busy, took = time.process_time() - busy, time.perf_counter() - started
        lost = sent - seen
        share, cost_us, load = 100 * lost / sent, 1e6 * busy / max(seen, 1), 100 * busy / took
        print(f"{rate:>9,} {sent / sending_s:>10,.0f} {sent:>10,} {seen:>10,} {lost:>8,} {share:>7.3f}", end=" ")
        print(f"{ring.dropped:>8,} {cost_us:>9.2f} {load:>7.0f} {len(meter.table()):>6}", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Make the namespace, then measure in it."""
    ask = argparse.ArgumentParser(description="Measure live capture on loopback.")
    ask.add_argument("--rates", type=int, nargs="+", default=RATES)
    ask.add_argument("--seconds", type=float, default=5.0)
    ask.add_argument("--send", type=int, help=argparse.SUPPRESS)
    ask.add_argument(INSIDE, action="store_true", help=argparse.SUPPRESS)
    told = ask.parse_args(arguments)
    if told.send:
        print(*send(told.send, told.seconds))
        return 0
    if not told.inside:
        apart = ["unshare", "--user", "--map-root-user", "--net", "--", sys.executable, __file__, INSIDE, *arguments]
        return subprocess.run(apart, check=False).returncode
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        fcntl.ioctl(asked, _SET_FLAGS, struct.pack("16sH14x", b"lo", _UP_AND_RUNNING))
    print("     rate   sent a s       sent       read     lost  lost %  dropped us/packet   CPU %  flows")
    for rate in told.rates:
        measure(rate, told.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

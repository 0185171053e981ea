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

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from detectors.telemetry.capture_socket import open_capture_socket  # noqa: E402 - the paths above come first
from detectors.telemetry.flows import FlowMeter  # noqa: E402
from detectors.telemetry.live_ring import LiveRing  # noqa: E402
from detectors.telemetry.packets import read_packets  # noqa: E402

RATES = (10_000, 50_000, 100_000, 200_000)
PAYLOAD_BYTES = 200
SENDERS = 64
"""Sockets, each a flow of its own."""
PORT = 9_999
QUIET_READS = 4
"""Times nothing came, after which the ring is empty."""
INSIDE = "--inside"
_SET_FLAGS, _UP_AND_RUNNING = 0x8914, 0x49


def send(rate: int, seconds: float) -> int:
    """Send packets evenly.

    Returns:
        How many were sent.
    """
    payload = bytes(PAYLOAD_BYTES)
    takers = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(SENDERS)]
    for taker in takers:
        taker.connect(("127.0.0.1", PORT))
    calls = [taker.send for taker in takers]
    sent, total, started = 0, int(rate * seconds), time.perf_counter()
    while sent < total:
        due = min(total, int((time.perf_counter() - started) * rate))
        while sent < due:
            calls[sent % SENDERS](payload)
            sent += 1
        time.sleep(0.0005)
    return sent


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
            sent = int(sender.stdout.read() if sender.stdout else 0)
        busy, took = time.process_time() - busy, time.perf_counter() - started
        lost = sent - seen
        share, cost_us, load = 100 * lost / sent, 1e6 * busy / max(seen, 1), 100 * busy / took
        print(f"{rate:>9,} {sent / seconds:>10,.0f} {sent:>10,} {seen:>10,} {lost:>8,} {share:>7.3f}", end=" ")
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
        print(send(told.send, told.seconds))
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

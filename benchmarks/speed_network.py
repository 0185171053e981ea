"""Measures how fast captures are read, metered and judged, beside other programs on the same capture in the same run.

Before this on the path: ``make_capture.py`` makes an office's traffic from a seed. After it: a table, and JSON.
Sides take turns in fresh processes; what is compared is processor time of whole processes, start-up included. Nobody
does the same work: what each one counted is printed beside its time, and whether these are the same packets. A peer
that is missing or fails says so in its row, and the table goes on.

    python benchmarks/speed_network.py                       1,000,000 packets
    python benchmarks/speed_network.py --memory              and private memory at one, two and four times as many
    python benchmarks/speed_network.py --peers PYTHON        an interpreter that has nfstream and cicflowmeter
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from speed import ROOT, Measurement, _spread, describe_machine, run

SMALL_SHARE = 10
"""The slowest peers get a tenth of the packets, and their time is multiplied."""
METER = """
import json, os, sys
sys.path.insert(0, {root!r})
from detectors.telemetry.capture_file import read_capture
from detectors.telemetry.flows import FlowMeter
from detectors.telemetry.packets import read_packets
meter, packets, ip_packets = FlowMeter(), 0, 0
with open(sys.argv[1], "rb") as stream:
    for raw in read_capture(stream):
        columns = read_packets(raw)
        meter.take(raw, columns)
        packets += len(raw)
        ip_packets += int((columns.family > 0).sum())
meter.table(), meter.turns()
print(json.dumps({{"packets": packets, "ip_packets": ip_packets, "flows": len(meter)}}))
"""
NFSTREAM = """
import json, sys
from nfstream import NFStreamer
flows = packets = 0
for flow in NFStreamer(source=sys.argv[1], n_dissections=0, statistical_analysis=True):
    flows, packets = flows + 1, packets + flow.bidirectional_packets
print(json.dumps({"packets": packets, "flows": flows}))
"""
SCAPY = """
import json, sys
from scapy.all import PcapReader
packets = 0
for packet in PcapReader(sys.argv[1]):
    packet.layers()
    packets += 1
print(json.dumps({"packets": packets}))
"""

POLL_S = 0.02
Counts = set[tuple[str, str]]
Side = Callable[[], Measurement]


@dataclass(slots=True)
class Pairing:
    """One line of the table."""

    ours: str
    peer: str
    run_ours: Side
    run_peer: Side | None
    """None where the peer is not installed."""
    times: int = 1
    """What the peer's time is multiplied with, since it got a part of the packets."""
    check: str = ""
    """Whether the peer counted the same packets, or why it has no time."""
    sides: tuple[list[Measurement], list[Measurement]] = field(default_factory=lambda: ([], []))


def _read_json(text: str) -> Counts:
    return {(name, str(value)) for name, value in json.loads(text.splitlines()[-1]).items()}


def _python(code: str, capture: Path, interpreter: str = sys.executable) -> Measurement:
    return run([interpreter, "-c", code, str(capture)], _read_json)


def meter(capture: Path) -> Measurement:
    """Run our reading and metering, without contents and detectors."""
    return _python(METER.format(root=str(ROOT)), capture)


def scan(capture: Path) -> Measurement:
    """Run the whole command, from the file to explained findings."""
    return run(scan_command(capture), _read_findings, good=(0, 1, 3))


def scan_command(capture: Path) -> list[str]:
    """Write the command that checks one capture and keeps nothing."""
    options = ["--format", "jsonl", "--no-store", "--quiet", "--data-folder", str(capture.parent / "data")]
    return [sys.executable, "main.py", "scan", "network", str(capture), *options]


def _read_findings(text: str) -> Counts:
    told = [json.loads(line) for line in text.splitlines()]
    units = next((one["units"] for one in told if one["type"] == "summary"), {})
    findings = sum(one["type"] == "finding" for one in told)
    return {("findings", str(findings)), *((name, str(units.get(name))) for name in ("packets", "flows"))}


def run_softflowd(command: str, capture: Path) -> Measurement:
    """Run softflowd; it sends its flows to a port of this computer where nobody listens."""
    told = ["-p", str(capture.with_suffix(".pid")), "-c", "none"]
    line = [command, "-r", str(capture), "-n", "127.0.0.1:9", "-m", "1000000", "-6", "-d", *told]
    return run(["sh", "-c", 'exec "$@" 2>&1', "sh", *line], _read_softflowd)


def _read_softflowd(text: str) -> Counts:
    numbers = re.search(r"Packets processed: (\d+).*Flows expired: (\d+)", text, re.DOTALL)
    return {("packets", numbers[1]), ("flows", numbers[2])} if numbers else {("unread", text[-200:])}


def run_cicflowmeter(interpreter: str, capture: Path) -> Measurement:
    """Run cicflowmeter; it writes a table with a line for each flow."""
    table = capture.with_suffix(".csv")
    command = [str(Path(interpreter).with_name("cicflowmeter")), "-f", str(capture), "-c", str(table)]
    done = run(command, lambda _: {("flows", str(len(table.read_text().splitlines()) - 1))})
    if ("flows", "-1") in done.found:
        raise SystemExit("cicflowmeter wrote no flows; its version 0.2.0 does so with a scapy newer than 2.5")
    return done


def pairings(capture: Path, small: Path, softflowd: str | None, peers: str | None) -> list[Pairing]:
    """List what is compared."""
    has = {name: _has(peers, name) for name in ("nfstream", "cicflowmeter")}
    ours = (("metering", lambda: meter(capture)), ("file to findings", lambda: scan(capture)))
    rows = []
    for name, side in ours:
        rows += [
            Pairing(name, "softflowd", side, (lambda: run_softflowd(softflowd, capture)) if softflowd else None),
            Pairing(
                name,
                "nfstream, statistics on, dissection off",
                side,
                (lambda: _python(NFSTREAM, capture, str(peers))) if has["nfstream"] else None,
            ),
            Pairing(
                name,
                f"cicflowmeter, 1/{SMALL_SHARE} of the packets, times {SMALL_SHARE}",
                side,
                (lambda: run_cicflowmeter(str(peers), small)) if has["cicflowmeter"] else None,
                SMALL_SHARE,
            ),
            Pairing(
                name,
                f"scapy, all layers, 1/{SMALL_SHARE} of the packets, times {SMALL_SHARE}",
                side,
                lambda: _python(SCAPY, small),
                SMALL_SHARE,
            ),
        ]
    return rows


def _has(interpreter: str | None, module: str) -> bool:
    if interpreter is None:
        return False
    return subprocess.run([interpreter, "-c", f"import {module}"], check=False, capture_output=True).returncode == 0


def measure(rows: Sequence[Pairing], pairs: int, seen: dict[int, Counts]) -> None:
    """Let the sides take turns, and print each row when it is done.

    Args:
        rows: What is compared.
        pairs: Runs of each side.
        seen: What our metering counts, of the whole capture (1) and of the small one.
    """
    for row in rows:
        print(f"\n{row.ours}  against  {row.peer}", flush=True)
        try:
            _take_turns(row, pairs)
        except (SystemExit, OSError) as failure:
            row.check = f"no time: {failure}"
        if row.check:
            print(f"  {row.check}")
            continue
        row.check = _compare(dict(row.sides[1][-1].found), dict(seen[row.times]))
        for name, side, times in (("ours", row.sides[0], 1), ("peer", row.sides[1], row.times)):
            counted = ", ".join(f"{value} {what}" for what, value in sorted(side[-1].found))
            print(f"  {name}   cpu {_spread([one.cpu_s * times for one in side])} s   {counted}")
        ratios = [theirs.cpu_s * row.times / ours.cpu_s for ours, theirs in zip(*row.sides, strict=True)]
        print(f"  peer / ours   cpu {_spread(ratios)}   {row.check}", flush=True)


def _take_turns(row: Pairing, pairs: int) -> None:
    if row.run_peer is None:
        row.check = "no time: not installed"
        return
    for _ in range(pairs):
        row.sides[1].append(row.run_peer())
        row.sides[0].append(row.run_ours())


def _compare(theirs: dict[str, str], ours: dict[str, str]) -> str:
    """Say whether a peer has seen the packets that we have seen."""
    packets = theirs.get("packets")
    if packets is None:
        return "packets: not told"
    if packets == ours["packets"]:
        return "packets: equal"
    if packets == ours["ip_packets"]:
        return "packets: equal without those that are not IP"
    return f"packets: ours {ours['packets']}, of them IP {ours['ip_packets']}"


def measure_memory(captures: Sequence[Path]) -> None:
    """Print the largest private memory of the worker that reads, for each capture."""
    for capture in captures:
        running = subprocess.Popen(scan_command(capture), cwd=ROOT, stdout=subprocess.PIPE, text=True)
        peak_kb = 0
        while running.poll() is None:
            peak_kb = max([peak_kb, *map(_private_kb, _workers_of(running.pid))])
            time.sleep(POLL_S)
        told = dict(_read_findings(running.stdout.read() if running.stdout else ""))
        print(f"memory   {told['packets']} packets, {told['flows']} flows: {peak_kb / 1024:.0f} MB private", flush=True)


def _workers_of(parent: int) -> list[int]:
    """List the processes that one has started."""
    try:
        return [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []


def _private_kb(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))


def make(folder: Path, packets: int) -> Path:
    """Make a capture from the seed."""
    capture = folder / f"{packets}.pcap"
    command = [sys.executable, "benchmarks/make_capture.py", str(capture), "--packets", str(packets), "--seed", "1"]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return capture


def main() -> None:
    """Make the captures, measure, print, and write JSON when asked."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--packets", type=int, default=1_000_000)
    options.add_argument("--pairs", type=int, default=5, help="runs of each side")
    options.add_argument("--softflowd", default=shutil.which("softflowd"), help="where that program is")
    options.add_argument("--peers", help="a Python interpreter with nfstream and cicflowmeter")
    options.add_argument("--only", default="", help="rows whose names hold this")
    options.add_argument("--memory", action="store_true", help="measure memory, too")
    options.add_argument("--json", type=Path, help="write the single measurements here")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        capture, small = make(Path(folder), chosen.packets), make(Path(folder), chosen.packets // SMALL_SHARE)
        print(f"{describe_machine()}\n{chosen.packets} packets, {capture.stat().st_size / 1e6:.0f} MB")
        rows = pairings(capture, small, chosen.softflowd, chosen.peers)
        rows = [row for row in rows if chosen.only in f"{row.ours} {row.peer}"]
        measure(rows, chosen.pairs, {1: set(meter(capture).found), SMALL_SHARE: set(meter(small).found)})
        if chosen.memory:
            measure_memory([capture, *(make(Path(folder), chosen.packets * times) for times in (2, 4))])
    if chosen.json:
        lines = [
            {
                "ours": row.ours,
                "peer": row.peer,
                "check": row.check,
                "cpu_s": [[one.cpu_s for one in side] for side in row.sides],
            }
            for row in rows
        ]
        chosen.json.write_text(json.dumps({"machine": describe_machine(), "rows": lines}, indent=1) + "\n")


if __name__ == "__main__":
    main()

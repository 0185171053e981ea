"""Measures what looking at running programs costs, beside psutil and ``ps``, and what share of short lives is seen.

Before this on the path: nothing but this machine; harmless ``sleep``s are started until 400 processes run, and ended
afterwards. After it: tables, and JSON. Linux only. Sides take turns in one run; what is compared is processor time.

    python benchmarks/speed_processes.py                      all tables
    python benchmarks/speed_processes.py --processes 800      with more programs
    python benchmarks/speed_processes.py --only starts        what share of 300 short-lived programs is seen
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import psutil
from speed import ROOT, _spread, describe_machine

sys.path.insert(0, str(ROOT))

from detectors.telemetry.processes import Pace, ProgramWatch
from detectors.telemetry.processes_linux import FRESH_S, LinuxProcesses
from detectors.telemetry.program_log import ProgramLog
from detectors.telemetry.start_events import open_start_events

PROCESSES = 400
STARTS = 300
ATTRIBUTES = (
    *("pid", "ppid", "name", "exe", "cmdline", "username", "status", "create_time", "cpu_times", "memory_info"),
    *("num_threads", "nice", "cwd", "uids", "gids", "terminal", "io_counters", "num_ctx_switches", "num_fds"),
    "memory_percent",
)
COLUMNS = "pid,ppid,user,stat,pcpu,pmem,rss,vsz,nlwp,ni,tty,lstart,time,comm,args"
GOALS = {"psutil, 20 attributes": 25, "ps, 15 columns": 8}
REPEATS = 5
"""Looks in one measurement: a single one is near the grain of the clock."""


def own_cpu_s() -> float:
    """Count processor time of this process alone."""
    return time.process_time()


def with_children_cpu_s() -> float:
    """Count processor time of this process and of children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def cost_ms(work: Callable[[], object], clock: Callable[[], float] = own_cpu_s, times: int = REPEATS) -> float:
    """Measure one piece of work in milliseconds of processor time."""
    before = clock()
    for _ in range(times):
        work()
    return (clock() - before) / times * 1e3


def start_sleepers(wanted: int) -> list[subprocess.Popen[bytes]]:
    """Start as many harmless programs as are missing."""
    missing = max(0, wanted - len(psutil.pids()))
    return [subprocess.Popen(["sleep", "3600"], stdin=subprocess.DEVNULL) for _ in range(missing)]


def end_all(programs: Sequence[subprocess.Popen[bytes]]) -> None:
    """End what was started here."""
    for one in programs:
        one.kill()
    for one in programs:
        one.wait()


def check_equal(source: LinuxProcesses) -> str:
    """Tell whether we see the programs that psutil sees."""
    source.look(time.time(), is_close=True)
    ours = {one.pid for one in source.running()}
    theirs = set(psutil.pids())
    return f"ours {len(ours)}, psutil {len(theirs)} programs, {len(ours ^ theirs)} differ (started or ended between)"


def compare_looks(pairs: int) -> dict[str, object]:
    """Compare a close look with a whole psutil snapshot and with ``ps``, in turns."""
    source = LinuxProcesses()
    source.look(time.time(), is_close=True)
    sides: dict[str, Callable[[], float]] = {
        "ours, close look": lambda: cost_ms(lambda: source.look(time.time(), is_close=True)),
        "ours, quick look": lambda: cost_ms(lambda: source.look(time.time(), is_close=False)),
        "ours, sockets": lambda: cost_ms(lambda: list(source.sockets(time.time()))),
        "psutil, 20 attributes": lambda: cost_ms(lambda: list(psutil.process_iter(list(ATTRIBUTES))), times=1),
        "psutil, sockets": lambda: cost_ms(lambda: psutil.net_connections("inet"), times=1),
        "ps, 15 columns": lambda: cost_ms(_run_ps, with_children_cpu_s, times=2),
        "limit: pids() and one read each": lambda: cost_ms(lambda: _limit(source)),
    }
    print(f"\nlooks at {len(psutil.pids())} programs, ms of processor time; {check_equal(source)}")
    measured: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(pairs + 1):
        for name, side in sides.items():
            value = side()
            if turn:  # the first turn warms up
                measured[name].append(value)
    source.close()
    for name, values in measured.items():
        print(f"  {name:34}{_spread(values):>24}")
    for name in ("psutil, 20 attributes", "ps, 15 columns", "limit: pids() and one read each"):
        ratios = [theirs / ours for theirs, ours in zip(measured[name], measured["ours, close look"], strict=True)]
        goal = f"   goal at least {GOALS[name]}" if name in GOALS else ""
        print(f"  {name} / ours, close look   {_spread(ratios, '.1f')}{goal}")
    return {"looks_ms": measured}


def _run_ps() -> None:
    subprocess.run(["ps", "-eo", COLUMNS], check=True, stdout=subprocess.DEVNULL)


def _limit(source: LinuxProcesses) -> None:
    psutil.pids()
    for held in source._held.values():  # noqa: SLF001 - the least that any look must do
        if held.descriptor >= 0:
            try:
                os.pread(held.descriptor, 1024, 0)
            except ProcessLookupError:
                continue


def watch_idle(seconds: float) -> dict[str, object]:
    """Measure watching without starts: every two seconds closely, and at the usual pace."""
    print(f"\nwatching for {seconds:.0f} s while little happens, share of one core")
    shares = {}
    for name, pace, pause_s in (
        ("close look every 2 s, no more (goal 0.25 %)", Pace(2.0, 2.0), 2.0),
        ("usual pace: quick 0.25 s, close and sockets 5 s, events", Pace(), 0.25),
    ):
        log = ProgramLog("programs", "", "linux", is_recording=False)
        watch = ProgramWatch(log, pace=pace, wants_events=pace == Pace())
        if pace != Pace():
            watch._look_at_sockets = lambda _: None  # type: ignore[method-assign] # noqa: SLF001 - the goal is about programs
        watch.look(time.time())
        before, began = own_cpu_s(), time.monotonic()
        while time.monotonic() - began < seconds:
            time.sleep(pause_s)
            watch.look(time.time())
        shares[name] = (own_cpu_s() - before) / (time.monotonic() - began) * 100
        watch.close()
        print(f"  {name:58}{shares[name]:.2f} %")
    return {"idle_percent": shares}


def see_starts(rounds: int) -> dict[str, object]:
    """Start short-lived programs and count which of them each way of looking has seen."""
    print(f"\n{STARTS} short-lived starts in a row (`true`, and `sh -c` of it), share seen / with its command line")
    ways: dict[str, list[tuple[float, float]]] = {}
    for _ in range(rounds):
        for name, pace, has_events in (
            ("events", Pace(0.25, 5.0), True),
            ("looking every 0.25 s", Pace(0.25, 5.0), False),
            ("looking every 1 s", Pace(1.0, 5.0), False),
        ):
            ways.setdefault(name, []).append(_see(pace, has_events=has_events))
    for name, shares in ways.items():
        seen, known = ([one[place] for one in shares] for place in (0, 1))
        print(f"  {name:24}{_spread(seen, '.1%'):>30}{_spread(known, '.1%'):>30}")
    return {"shares_seen": ways}


def _see(pace: Pace, *, has_events: bool) -> tuple[float, float]:
    log = ProgramLog("programs", "", "linux", is_recording=False)
    watch = ProgramWatch(log, pace=pace, wants_events=has_events)
    if has_events and watch.no_events_reason:
        raise SystemExit(f"no start events here: {watch.no_events_reason}")
    watch.look(time.time())
    before = len(log.stretch(time.time()).starts)
    script = f'for n in $(seq {STARTS // 3}); do /bin/true mark$n; /bin/sh -c "/bin/true mark-$n; :"; done'
    maker = subprocess.Popen(["sh", "-c", script])
    ended = threading.Event()
    threading.Thread(target=lambda: (maker.wait(), ended.set()), daemon=True).start()
    while not ended.wait(0.05):
        watch.look(time.time())
    time.sleep(pace.quick_s)
    watch.look(time.time())
    family = [one for one in log.stretch(time.time()).starts[before:] if _is_below(one, maker.pid)]
    watch.close()
    return len(family) / STARTS, sum(one.command is not None for one in family) / STARTS


def _is_below(program: object, pid: int) -> bool:
    return getattr(program, "name", "") != "seq" and any(one.pid == pid for one in program.parents())  # type: ignore[attr-defined]


def watch_busy(seconds: float, starts_per_minute: int = 5_000) -> dict[str, object]:
    """Measure watching while many programs start; the starts themselves are another process' work."""
    print(f"\n{starts_per_minute} starts a minute for {seconds:.0f} s, share of one core (goal 2 %)")
    gap_s = 60 / starts_per_minute
    code = f"import subprocess,time\nend=time.monotonic()+{seconds}\nwhile time.monotonic()<end:\n"
    code += f" due=time.monotonic()+{gap_s}\n subprocess.run(['true'])\n time.sleep(max(0,due-time.monotonic()))\n"
    shares = {}
    for name, has_events in (("with events", True), ("looking alone", False)):
        log = ProgramLog("programs", "", "linux", is_recording=False)
        watch = ProgramWatch(log, wants_events=has_events)
        watch.look(time.time())
        maker = subprocess.Popen([sys.executable, "-c", code])
        before, began = own_cpu_s(), time.monotonic()
        while maker.poll() is None:
            time.sleep(0.25)
            watch.look(time.time())
        shares[name] = (own_cpu_s() - before) / (time.monotonic() - began) * 100
        told = watch.coverage()
        counted = f"{told.seen} of {told.started} seen, {told.without_command} without command"
        print(f"  {name:24}{shares[name]:.2f} %   {counted}")
        watch.close()
    return {"busy_percent": shares}


def main() -> None:
    """Run what was asked for and write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=20, help="of each way of watching")
    parser.add_argument("--only", choices=("looks", "idle", "busy", "starts"))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    events, reason = open_start_events()
    if events is not None:
        events.close()
    print(f"{describe_machine()}\naccount {os.getuid()}, start events: {reason or 'yes'}")
    parts: dict[str, Callable[[], dict[str, object]]] = {
        "looks": lambda: compare_looks(options.pairs),
        "idle": lambda: watch_idle(options.seconds),
        "busy": lambda: watch_busy(options.seconds),
        "starts": lambda: see_starts(max(3, options.pairs // 2)),
    }
    sleepers = start_sleepers(options.processes)
    found: dict[str, object] = {}
    try:
        time.sleep(FRESH_S + 1)  # fresh programs are looked at more closely
        for name, part in parts.items():
            if options.only in (None, name):
                found |= part()
    finally:
        end_all(sleepers)
    found["median_close_look_ms"] = median(found["looks_ms"]["ours, close look"]) if "looks_ms" in found else None  # type: ignore[index]
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()

"""Makes fresh traffic of real tools and small clients, and asks whether Plainwatch finds what it should, and no more.

Before this on the path: ``fresh_attacks.py`` and ``fresh_harmless.py``. After it: a table. Each scenario runs in a
network namespace of its own; all lead to one more that plays the internet, and nowhere else. Needs root on Linux,
``ip`` and ``tcpdump``; tools that are not installed are named and their scenarios left out.

    python benchmarks/fresh_network.py                       everything, a few minutes
    python benchmarks/fresh_network.py --only beacon         scenarios whose name holds the word
    python benchmarks/fresh_network.py --keep FOLDER         keep the recordings; judge them again with --again FOLDER
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ctypes
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from fresh_attacks import ATTACKS  # noqa: E402 - the paths above come first
from fresh_harmless import HARMLESS, Act  # noqa: E402
from fresh_servers import VOID, WORLD, serve  # noqa: E402
from fresh_talk import HOME, ToolMissing  # noqa: E402
from quality_network import judge_file, network_judges  # noqa: E402

from detectors.contract.finding import Severity  # noqa: E402

FAR_END = "pw-fresh-far"
AT_ONCE = 40
"""Scenarios that run at the same time; most of them wait most of the time."""
_NEW_NETWORK = 0x40000000
"""CLONE_NEWNET."""
_MISSING = 3
"""How a scenario ends whose tool is not installed."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing to do, and what should be said about it."""

    name: str
    act: Act
    expected: str
    """Reason, or empty for harmless."""
    number: int

    @property
    def space(self) -> str:
        """Name its namespace."""
        return f"pw-fresh-{self.number}"

    @property
    def device(self) -> str:
        """Name the far end of its cable."""
        return f"pwf{self.number}"

    @property
    def file(self) -> str:
        """Name its recording."""
        return "".join(letter if letter.isalnum() else "_" for letter in self.name) + ".pcap"


def main() -> int:
    """Run, record, judge."""
    args = _read_arguments()
    scenarios = [one for one in _list_scenarios() if args.only in one.name]
    if args.again:
        return _judge(scenarios, args.again)
    if sys.platform != "linux" or os.geteuid() or not shutil.which("ip") or not shutil.which("tcpdump"):
        print("needs root, ip and tcpdump: not measured")
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = args.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        with _far_end():
            for first in range(0, len(scenarios), AT_ONCE):
                _run_together(scenarios[first : first + AT_ONCE], folder)
        return _judge(scenarios, folder)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORD", help="scenarios whose name holds this")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the recordings here")
    parser.add_argument("--again", type=Path, metavar="FOLDER", help="judge recordings that were kept")
    return parser.parse_args()


def _list_scenarios() -> list[Scenario]:
    told = [(name, act, reason) for name, (act, reason) in ATTACKS.items()]
    told += [(name, act, "") for name, act in HARMLESS.items()]
    return [Scenario(*one, number) for number, one in enumerate(told, 1)]


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


@contextlib.contextmanager
def _far_end() -> Iterator[None]:
    """Keep a namespace in which every address of the world answers."""
    _ip("netns", "add", FAR_END)
    inside = ("netns", "exec", FAR_END)
    try:
        _ip("-n", FAR_END, "link", "set", "lo", "up")
        _ip("-n", FAR_END, "route", "add", "local", WORLD, "dev", "lo")
        _ip("-n", FAR_END, "route", "add", "blackhole", VOID)
        for word in ("net.ipv4.ip_forward=1", "net.ipv4.icmp_ratelimit=0"):
            _ip(*inside, "sysctl", "-qw", word)
        children = [_fork(FAR_END, lambda: asyncio.run(serve()), 0), *_start_ssh()]
        time.sleep(1.5)
        yield
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    finally:
        _ip("netns", "del", FAR_END)


def _start_ssh() -> list[int]:
    """Start a real ssh server where one is installed; nobody can sign in."""
    program = shutil.which("sshd") or "/usr/sbin/sshd"
    if not Path(program).exists():
        return []
    folder = Path(tempfile.mkdtemp())
    Path("/run/sshd").mkdir(exist_ok=True)
    subprocess.run(["ssh-keygen", "-qt", "ed25519", "-N", "", "-f", folder / "key"], check=True)
    (folder / "config").write_text("PasswordAuthentication yes\nUsePAM no\nMaxStartups 100\n")
    words = [program, "-D", "-f", str(folder / "config"), "-h", str(folder / "key")]
    return [_fork(FAR_END, lambda: os.execv(program, words), 0)]


def _fork(space: str, act: Act, number: int) -> int:
    """Run something in a namespace, in a process of its own."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        with Path(f"/run/netns/{space}").open("rb") as door:
            _enter(door.fileno())
        os.environ[HOME] = str(number)
        random.seed(number)
        act()
        code = 0
    except ToolMissing as missing:
        print(f"{missing} is not installed", file=sys.stderr)
        code = _MISSING
    except Exception:  # noqa: BLE001 - told here, since nobody else sees it
        traceback.print_exc()
    finally:
        os._exit(code)


def _enter(namespace: int) -> None:
    if ctypes.CDLL(None, use_errno=True).setns(namespace, _NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "setns")


def _run_together(scenarios: Sequence[Scenario], folder: Path) -> None:
    """Lay a cable for each, record, act, and take the cable away."""
    recorders = []
    for one in scenarios:
        _ip("netns", "add", one.space)
        _ip("link", "add", one.device, "type", "veth", "peer", "name", "eth0", "netns", one.space)
        _ip("link", "set", one.device, "netns", FAR_END)
        _ip("-n", FAR_END, "addr", "add", f"10.77.{one.number}.1/24", "dev", one.device)
        for place in range(20, 40):
            _ip("-n", FAR_END, "addr", "add", f"10.77.{one.number}.{place}/24", "dev", one.device)
        _ip("-n", FAR_END, "link", "set", one.device, "up")
        _ip("-n", one.space, "addr", "add", f"10.77.{one.number}.2/24", "dev", "eth0")
        _ip("-n", one.space, "link", "set", "eth0", "up")
        _ip("-n", one.space, "link", "set", "lo", "up")
        _ip("-n", one.space, "route", "add", "default", "via", f"10.77.{one.number}.1")
        command = [
            "ip",
            "netns",
            "exec",
            FAR_END,
            "tcpdump",
            "-i",
            one.device,
            "-n",
            "-s0",
            "-B",
            "8192",
            "--immediate-mode",
        ]
        recorders.append(subprocess.Popen([*command, "-Z", "root", "-w", folder / one.file], stderr=subprocess.DEVNULL))
    time.sleep(2)
    children = {_fork(one.space, one.act, one.number): one for one in scenarios}
    for child, one in children.items():
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code:
            print(f"{one.name}: {'left out' if code == _MISSING else 'failed'}", file=sys.stderr)
            (folder / one.file).with_suffix(".left_out").touch()
    time.sleep(1)
    for one, recorder in zip(scenarios, recorders, strict=True):
        recorder.terminate()
        recorder.wait()
        _ip("netns", "del", one.space)


def _judge(scenarios: Sequence[Scenario], folder: Path) -> int:
    """Print what was said about each recording, and the sums."""
    judges = network_judges()
    found = quiet = attacks = harmless = 0
    print(f"{'scenario':28}{'expected':24}{'':8}said (medium and above; low and below in brackets)")
    for one in scenarios:
        path = folder / one.file
        if not path.is_file() or path.with_suffix(".left_out").exists():
            continue
        findings = judge_file(judges, path)
        loud = sorted({finding.reason for finding in findings if finding.severity >= Severity.MEDIUM})
        soft = sorted({f"({finding.reason})" for finding in findings if finding.severity < Severity.MEDIUM})
        is_good = one.expected in loud if one.expected else not loud
        attacks, harmless = attacks + bool(one.expected), harmless + (not one.expected)
        found, quiet = found + (is_good and bool(one.expected)), quiet + (is_good and not one.expected)
        print(f"{one.name:28}{one.expected or 'nothing':24}{'' if is_good else 'WRONG':8}{' '.join([*loud, *soft])}")
    print(f"\nfound {found} of {attacks}; quiet about {quiet} of {harmless} harmless")
    return 0


if __name__ == "__main__":
    sys.exit(main())

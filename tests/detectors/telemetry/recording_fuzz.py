"""Damages recordings of programs at random and reads them: nothing raises, and nothing damaged is called whole.

python -m tests.detectors.telemetry.recording_fuzz 2000     from the top of the tree
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import zlib
from io import BytesIO
from typing import Any

from detectors.contract.programs import Programs
from detectors.features.secrets import mask_secrets
from detectors.telemetry.program_recording import RecordingReader
from detectors.telemetry.program_writer import ProgramWriter

ODD: tuple[Any, ...] = (
    None, "", "-", 0, -1, 1, True, 1e308, -1e308, 2**31, 2**63, 10**300, float("nan"), float("inf"), "x" * 5_000, "\udcff\0\x1b[31m\u202e",
    [], [None], [[[]]], {}, {"a": {}}, ["a"] * 2_000, [{"path": "a"}], [{"raddr": "::1", "lport": "x"}], "sample", "end", "place", "1",
)  # fmt: skip
"""Put in the place of any value."""
FIELDS = (
    "unit", "host", "t", "end", "os", "pid", "ppid", "name", "exe", "cmdline", "argv", "username", "cwd", "integrity", "pname", "pexe",
    "pcmdline", "conns", "nconn", "files", "nfile", "n", "x", "kind", "streams", "deleted", "denied", "create_t", "cpu_s", "path", "change",
    "place", "item", "state", "proto",
)  # fmt: skip


def make_row(dice: random.Random, number: int) -> dict[str, Any]:
    """Make a row of some kind."""
    row = {
        "unit": dice.choice(("a", "b")),
        "t": 1.7e9 + number,
        "pid": dice.randrange(1, 12),
        "ppid": dice.randrange(1, 12),
    }
    kind = dice.choice(("start", "start", "start", "sample", "connection", "file", "place", "end"))
    if kind == "start":
        line = dice.choice(("a.exe -p secret", "net user a b /add", "a --token=b", "'\""))
        return row | {
            "name": "a.exe",
            "exe": "C:\\a.exe",
            "cmdline": line,
            "pname": "b.exe",
            "pcmdline": "b",
            "os": "windows",
        }
    path = {"path": "/a", "change": "modified", "place": "cron", "item": "/b"}
    return (
        row
        | path
        | {"kind": kind, "cpu_s": 1.0, "proto": "tcp", "laddr": "::", "lport": 22, "raddr": "::1", "rport": 5}
    )


def make_odd(row: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """Change some values of a row into what nobody expects."""
    return row | {dice.choice(FIELDS): dice.choice(ODD) for _ in range(dice.choice((0, 0, 1, 3)))}


def damage(data: bytes, dice: random.Random) -> bytes:
    """Change a few places: bits, missing, doubled and foreign pieces, an early end."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5))):
        at = dice.randrange(max(1, len(changed)))
        kind = dice.randrange(5)
        if kind == 0 and changed:
            changed[at] ^= 1 << dice.randrange(8)
        elif kind == 1:
            del changed[at : at + dice.randrange(1, 40)]
        elif kind == 2:
            changed[at:at] = changed[at : at + dice.randrange(1, 200)]
        elif kind == 3:
            changed[at:at] = dice.randbytes(dice.randrange(1, 40))
        else:
            del changed[at:]
    return bytes(changed)


def read(data: bytes, dice: random.Random) -> str:
    """Read a recording as a worker would; returns how it ended."""
    reader = RecordingReader("a", dice.choice((None, None, 1.0)))
    for programs in reader.read(BytesIO(data)):
        _use(programs)
        reader.flag({one: one.started_s or 0.0 for one in programs.starts[:1]})
    reasons = sorted(one.reason for one in reader.skipped())
    for one in reader.skipped():
        json.dumps(one.values)
    return ", ".join(reasons) or "whole"


def _use(programs: Programs) -> None:
    """Do what follows: walk the chains, mask the commands, write it all down."""
    assert (
        programs.starts
        or programs.running
        or programs.listeners
        or programs.file_changes
        or programs.place_changes
        or programs.ended
    )
    for one in programs.starts:
        assert len(list(one.parents())) <= 64
        assert isinstance(mask_secrets(one.command or ""), str)
    ProgramWriter(BytesIO()).write(programs)


def fuzz(count: int, seed: int = 1) -> dict[str, int]:
    """Damage and read ``count`` recordings.

    Returns:
        How many ended how.
    """
    ends: dict[str, int] = {}
    for place in range(count):
        dice = random.Random(f"{seed} {place}")
        rows = [make_row(dice, number) for number in range(dice.randrange(1, 60))]
        is_odd, is_packed, is_damaged = dice.random() < 0.5, dice.random() < 0.5, dice.random() < 0.6
        told = [make_odd(row, dice) if is_odd else row for row in rows]
        whole = "".join(json.dumps(row) + "\n" for row in told).encode()
        whole = gzip.compress(whole, mtime=0) if is_packed else whole
        data = damage(whole, dice) if is_damaged else whole
        try:
            end = read(data, dice)
            # A bit of a plain text may change a letter of a name: only packed recordings know that they were changed.
            assert not (is_packed and data != whole and end == "whole" and _differs(data, whole)), "called whole"
        except Exception as error:
            raise AssertionError(f"seed {seed}, recording {place}") from error
        ends[end] = ends.get(end, 0) + 1
    return ends


def _differs(data: bytes, whole: bytes) -> bool:
    """Tell whether a packed recording holds something else; a changed time stamp in its head changes nothing."""
    try:
        return gzip.decompress(data) != gzip.decompress(whole)
    except (OSError, EOFError, zlib.error):
        return True


if __name__ == "__main__":
    print(fuzz(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))  # noqa: T201 - a command

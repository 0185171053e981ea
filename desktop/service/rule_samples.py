"""Makes the harmless starts of programs that show whether each process rule fires, and twins that must stay quiet.

Before this on the path: ``resources/selftest/processes/*.toml``, which hold every command line in pieces so that
nothing in the tree looks dangerous. After it: tests of the rules and the self-test, which read the rows as a recording.
Nothing of it is ever started.
"""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = "processes"
"""Where the pieces lie inside the folder given to ``load_rule_samples``."""
NOW_S = 1_700_000_000.0


@dataclass(frozen=True, slots=True)
class RuleSample:
    """One start for one rule, beside its harmless twin, as rows of a recording."""

    rule: str
    """``file.title``."""
    row: dict[str, Any]
    """What the rule must match."""
    twin: dict[str, Any]
    """What the rule must leave alone although it looks alike."""


def load_rule_samples(folder: Path) -> list[RuleSample]:
    """Put all starts together from the pieces below ``folder``.

    Raises:
        KeyError, ValueError: a data file is not as it should be; it ships with the program.
    """
    found = []
    for path in sorted((folder / FOLDER).glob("*.toml")):
        with path.open("rb") as stream:
            data = tomllib.load(stream)
        found += [_sample_of(data["system"], one) for one in data["sample"]]
    return found


def pieces_of(folder: Path) -> list[str]:
    """List all pieces as they stand in the files, for the test that none of them is a command by itself."""
    rows = [row for path in sorted((folder / FOLDER).glob("*.toml")) for row in _rows_in(path)]
    return [piece for row in rows for value in row.values() if isinstance(value, list) for piece in value]


def _rows_in(path: Path) -> list[dict[str, Any]]:
    with path.open("rb") as stream:
        samples = tomllib.load(stream)["sample"]
    return [sample[kind] for sample in samples for kind in ("start", "twin")]


def _sample_of(system: str, one: Mapping[str, Any]) -> RuleSample:
    return RuleSample(one["rule"], _row_of(system, one["start"]), _row_of(system, one["twin"]))


def _row_of(system: str, pieces: Mapping[str, Any]) -> dict[str, Any]:
    """Write a start as a row of a recording: texts put together, the rest as it stands."""
    row = {key: _join(value) if isinstance(value, list) else value for key, value in pieces.items()}
    calls, original = row.pop("calls", None), row.pop("original", None)
    if calls is not None:
        row["conns"] = [{"proto": "tcp", "raddr": calls, "rport": 443, "out": True}]
        row["nconn"] = 1
    if original is not None:
        row["x"] = {"OriginalFileName": original}
    return {"t": NOW_S, "os": system, "pid": 4_000, "ppid": 3_000, **row}


def _join(pieces: Sequence[str]) -> str:
    return "".join(_text_of(piece) for piece in pieces)


def _text_of(piece: str) -> str:
    """Turn a piece into text: ``times:N:`` repeated, ``code:`` as PowerShell encodes, ``mark:`` a letter by number."""
    kind, _, rest = piece.partition(":")
    if kind == "times":
        count, _, word = rest.partition(":")
        return word * int(count)
    if kind == "code":
        return base64.b64encode(rest.encode("utf-16-le")).decode("ascii")
    return chr(int(rest, 16)) if kind == "mark" else piece

"""Changes that are planted in harmless telemetry, so that it is known what is odd about it.

Before this on the path: harmless flows and starts of programs. After it: ``reasons.py``, which asks the models why.
A change moves one to three numbers, and what hangs on them: who sends more in a flow also sends more in that minute.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detectors.contract.programs import Program
from detectors.features.flow_features import FEATURES, NAMES, YES_OR_NO
from detectors.features.program_features import NUMBERS, number_columns, program_row, split_words

Rows = NDArray[np.float32]
Values = dict[str, float]
Dice = np.random.Generator
PACKET_BYTES = 1_450
"""A full packet."""
CHANGED = 1e-3
"""Of a value: less is rounding."""


def _sends(flow: Values, dice: Dice, way: str = "out") -> None:
    flow[f"flow_{way}_packets"] = packets = float(dice.integers(20_000, 200_000))
    flow[f"flow_{way}_bytes"] = packets * PACKET_BYTES
    flow[f"flow_{way}_payload_per_packet"] = PACKET_BYTES - 50
    flow[f"flow_{way}_largest"] = PACKET_BYTES + 50


def _receives(flow: Values, dice: Dice) -> None:
    _sends(flow, dice, "in")


def _stays(flow: Values, dice: Dice) -> None:
    flow["flow_duration_s"] = length = float(dice.integers(20_000, 86_400))
    flow["flow_gap_longest_s"] = length / 2


def _calls_many(flow: Values, dice: Dice) -> None:
    flow["minute_servers"] = flow["minute_servers_on_one_port"] = count = float(dice.integers(100, 1_000))
    flow["minute_flows"] = max(flow["minute_flows"], count)


def _tries_doors(flow: Values, dice: Dice) -> None:
    flow["minute_ports"] = flow["minute_ports_on_one_server"] = count = float(dice.integers(100, 1_000))
    flow["minute_flows"] = max(flow["minute_flows"], count)


def _asks_names(flow: Values, dice: Dice) -> None:
    flow["minute_names_asked"] = float(dice.integers(100, 1_000))
    flow["minute_names_unknown_share"] = 0.9
    flow["minute_name_length"] = float(dice.integers(40, 60))


def _keeps_time(flow: Values, dice: Dice) -> None:
    flow["habit_calls"] = float(dice.integers(200, 1_000))
    flow["habit_unevenness"] = 0.0
    flow["habit_same_size_share"] = 1.0


def _repeats(flow: Values, dice: Dice) -> None:
    flow["flow_repeated_share"] = float(dice.uniform(0.6, 0.9))


def _says(*names: str) -> Callable[[Values, Dice], None]:
    """Plant what was said: counts far above any harmless one, shares near the whole, no to yes."""

    def plant(flow: Values, dice: Dice) -> None:
        for name in names:
            unit = FEATURES[NAMES.index(name)].unit
            count = float(dice.integers(30, 400))
            flow[name] = {YES_OR_NO: 1.0, "%": 0.9, "bits/letter": 4.5}.get(unit, count)

    return plant


FLOW_PLANTS: dict[str, Callable[[Values, Dice], None]] = {
    "sends very much": _sends,
    "receives very much": _receives,
    "stays very long": _stays,
    "calls many computers": _calls_many,
    "tries many doors": _tries_doors,
    "asks for names that are not there": _asks_names,
    "calls like a clock": _keeps_time,
    "says it again and again": _repeats,
    "calls of control": _says("content_remote_calls", "content_remote_call_kinds", "content_control_calls"),
    "refused requests": _says("content_requests", "content_refused_share"),
    "files in hidden folders": _says("content_pipes", "content_files_written", "content_hidden_shares"),
    "odd requests": _says("content_odd_signs", "content_longest_request"),
    "a program from outside": _says(
        "content_program_received", "content_program_from_outside", "content_numeric_server"
    ),
    "a certificate of its own": _says("content_own_certificate", "content_no_server_name", "content_old_encryption"),
    "refused sign-ins": _says("content_sign_ins_refused"),
    "an open password": _says("content_open_password"),
    "disordered names": _says("content_name_disorder", "content_name_long_part"),
    "weak tickets": _says("content_weak_tickets", "content_ticket_refusals"),
    "sends unasked": _says("content_posts_unprompted", "content_no_client_name"),
    "searches the directory": _says("content_directory_searches"),
}


def _link(flow: Values, before: Values) -> None:
    """Let follow what hangs on a change."""
    flow["flow_packets_per_s"] = (flow["flow_out_packets"] + flow["flow_in_packets"]) / max(flow["flow_duration_s"], 1)
    for way in ("out", "in"):
        flow[f"minute_{way}_bytes"] += max(flow[f"flow_{way}_bytes"] - before[f"flow_{way}_bytes"], 0)
        flow["minute_packets"] += max(flow[f"flow_{way}_packets"] - before[f"flow_{way}_packets"], 0)
    for part in ("flow", "minute"):
        sent, received = flow[f"{part}_out_bytes"], flow[f"{part}_in_bytes"]
        if (sent, received) != (before[f"{part}_out_bytes"], before[f"{part}_in_bytes"]):
            flow[f"{part}_out_share"] = sent / (sent + received)


def plant_in_flows(rows: Rows, name: str, seed: int) -> tuple[Rows, frozenset[int]]:
    """Plant one change in each of [k, F] flows.

    Returns:
        The flows, and the columns that are not as they were in one of them at least.
    """
    planted, columns = rows.copy(), set[int]()
    for place, row in enumerate(rows):
        before = {
            one.name: float(np.expm1(value)) if one.is_log else float(value)
            for one, value in zip(FEATURES, row.tolist(), strict=True)
        }
        after = dict(before)
        FLOW_PLANTS[name](after, np.random.default_rng(seed))
        _link(after, before)
        for column, one in enumerate(FEATURES):
            if abs(after[one.name] - before[one.name]) > CHANGED * max(1, abs(before[one.name])):
                planted[place, column] = np.log1p(after[one.name]) if one.is_log else after[one.name]
                columns.add(column)
    return planted, frozenset(columns)


def make_noise(rows: Rows, share: float, dice: Dice) -> Rows:
    """Shake every count and share of [n, F] flows a little; yes stays yes, and nothing stays nothing."""
    plain = np.where([one.is_log for one in FEATURES], np.expm1(rows), rows)
    shaken = plain * np.where([one.unit == YES_OR_NO for one in FEATURES], 1, 1 + dice.normal(0, share, rows.shape))
    return np.asarray(np.where([one.is_log for one in FEATURES], np.log1p(np.maximum(shaken, 0)), shaken), np.float32)


@dataclass(frozen=True, slots=True)
class PlantedStart:
    """A harmless start with something planted in it."""

    program: Program
    words: frozenset[str]
    """Words that the command did not have."""
    is_parent: bool
    """Another program started it."""
    numbers: frozenset[str]
    """Plain numbers that are not as they were."""


_PLACES = {"windows": "C:\\Users\\anna\\AppData\\Local\\Temp\\", "linux": "/tmp/", "macos": "/private/tmp/"}
_PARENTS = {
    "windows": ("C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE", "C:\\inetpub\\w3wp.exe"),
    "linux": ("/usr/sbin/nginx", "/usr/lib/libreoffice/program/soffice.bin"),
    "macos": ("/Applications/Microsoft Word.app/Contents/MacOS/Microsoft Word", "/usr/sbin/httpd"),
}


def _moves(start: Program, dice: Dice, others: Sequence[Program]) -> Program:
    del dice, others
    name = (start.name or "x").replace("\\", "/").rpartition("/")[2]
    return replace(start, path=_PLACES[start.system] + name)


def _has_other_parent(start: Program, dice: Dice, others: Sequence[Program]) -> Program:
    del others
    path = _PARENTS[start.system][int(dice.integers(2))]
    above = Program(-1, start.system, path=path, name=path.replace("\\", "/").rpartition("/")[2], user=start.user)
    return replace(start, parent=above)


def _fetches(start: Program, dice: Dice, others: Sequence[Program]) -> Program:
    del others
    return replace(start, command=f"{start.command} http://192.0.2.{dice.integers(1, 250)}/{dice.integers(1000)}.bin")


def _carries_data(start: Program, dice: Dice, others: Sequence[Program]) -> Program:
    del others
    data = base64.b64encode(dice.bytes(int(dice.integers(150, 600)))).decode()
    return replace(start, command=f"{start.command} {data}")


def _borrows_words(start: Program, dice: Dice, others: Sequence[Program]) -> Program:
    """Take up to six words in a row of a command that is labelled as an attack."""
    words = split_words((others[int(dice.integers(len(others)))].command or "")[:5_000])[1:]
    at = int(dice.integers(max(len(words) - 5, 1)))
    return replace(start, command=" ".join([start.command or "", *words[at : at + 6]]))


START_PLANTS: dict[str, Callable[[Program, Dice, Sequence[Program]], Program]] = {
    "lies in a folder for passing files": _moves,
    "started by another program": _has_other_parent,
    "names an address": _fetches,
    "carries scrambled data": _carries_data,
    "words of a labelled attack": _borrows_words,
}


def plant_in_start(start: Program, names: Sequence[str], others: Sequence[Program], seed: int) -> PlantedStart:
    """Plant changes in a start.

    Args:
        start: A harmless one, with a command.
        names: Of ``START_PLANTS``.
        others: Labelled attacks of the same system.
        seed: Of the dice.
    """
    changed, dice = start, np.random.default_rng(seed)
    for name in names:
        changed = START_PLANTS[name](changed, dice, others)
    columns = number_columns()
    moved = np.flatnonzero(np.abs(program_row(changed)[columns] - program_row(start)[columns]) > CHANGED)
    known = set(split_words(start.command or ""))
    return PlantedStart(
        changed,
        frozenset(split_words(changed.command or "")) - known,
        changed.parent is not start.parent,
        frozenset(NUMBERS[place].name for place in moved.tolist()),
    )

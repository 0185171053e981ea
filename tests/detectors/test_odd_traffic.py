"""Tables full of numbers that no honest capture holds: no detector may raise, warn or flood."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from detectors.contract.detector import DetectorContext
from detectors.contract.traffic import Addresses, ArpTable, BusyTable, FlowTable, IcmpTable, Traffic, TurnTable
from detectors.worker.registry import find_detectors

KINDS = [kind for kind in find_detectors() if kind.reads is Traffic]
CONTEXT = DetectorContext(Path(__file__).parents[2] / "rules", None)
ENDS = {"client", "server", "sender", "target", "source"}
TIMES = [0.0, 1e-9, 3.0, 5.0, 1.7e9, 1e12, -1e9]
MAX_SAID = 200


def fill(kind, rows, ends, dice):
    """Choose small numbers or enormous ones, a whole column at a time."""
    table = kind.blank(rows)
    for one in fields(kind):
        column = getattr(table, one.name)
        if one.name in ENDS:
            column[:] = dice.integers(0, ends, rows)
        elif one.name == "flow":
            column[:] = dice.integers(0, max(rows, 1), rows)
        elif one.name == "service":
            column[:] = dice.integers(0, 4, rows)
        elif one.name == "program":
            column[:] = 0
        elif column.dtype.kind == "f":
            column[:] = dice.choice(TIMES, column.shape)
        else:
            top = 1 if column.dtype == bool else min(np.iinfo(column.dtype).max, 2**45)
            column[:] = dice.integers(0, dice.choice([2, 6, top + 1]), column.shape)
    return table


def make_up(seed):
    dice = np.random.default_rng(seed)
    rows, ends = int(dice.integers(0, 300)), int(dice.integers(1, 40))
    book = Addresses(dice.integers(0, 256, (ends, 16)).astype(np.uint8), dice.choice([4, 6], ends).astype(np.uint8))
    tables = (fill(kind, rows, ends, dice) for kind in (FlowTable, TurnTable, ArpTable, IcmpTable, BusyTable))
    return Traffic("odd.pcap", book, *tables, services=("", "tls", "ssh", "http"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_numbers_that_no_capture_holds_make_nobody_stumble(kind):
    detector = kind.build(CONTEXT)
    for seed in range(12):
        assert len(list(detector.detect(make_up(seed)))) <= MAX_SAID

"""Measures how soon the light of a changed computer goes on, and how often it goes on for nothing.

    python benchmarks/drift.py                 # six kinds of office, four of each
    python benchmarks/drift.py --seeds 2 --only "night shift"
    python benchmarks/drift.py --poisoned      # scores that rise by two percent a day, learned again every month

Every day goes the real way: made-up packets and starts, real features, models, counters, store and comparison (see
``tests/made_days.py``). Offices of the table were not used for any constant: seeds below 100 are for trying things out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from desktop.service.keeping.database import Database  # noqa: E402 - the path above comes first
from desktop.service.learning.baseline import QUIET_SHARE  # noqa: E402
from desktop.service.learning.views import DriftView  # noqa: E402
from detectors.features.spread import score_quantile  # noqa: E402
from tests.made_days import SHAPES, MadeComputer, Office, Shape, is_on  # noqa: E402

FIRST_SEED = 100
NORMAL_DAYS = 23
"""Lived after learning: three say nothing yet, the others make four working weeks."""
WEEK = 5
MOVE_DAYS = 6
STATED_DAYS = 4
"""Working days after which the light of a moved office shall be on."""
RISE = 1.02
RISING_DAYS = 60
MONTH_DAYS = 30
LOUD = 0.9
"""Of the limit: so close comes the poisoned office before anything rises. In a calmer one no limit would move."""
MODEL = "program_rank"
POISONED = Shape("poisoned", flows=20, starts=90, weekdays=(0, 1, 2, 3, 4, 5, 6))


def main() -> None:
    """Read the options and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seeds", type=int, default=4)
    options.add_argument("--first", type=int, default=FIRST_SEED)
    options.add_argument("--only", default="")
    options.add_argument("--poisoned", action="store_true")
    chosen = options.parse_args()
    seeds = range(chosen.first, chosen.first + chosen.seeds)
    if chosen.poisoned:
        for seed in seeds:
            print_poisoned(seed)
        return
    print(f"{'office':16} {'weeks':>6} {'calm':>6} {'false':>6} {'looks on':>9}  working days until the light, moved")
    totals = [print_shape(shape, seeds) for shape in SHAPES if chosen.only in shape.name]
    weeks, false = sum(one[0] for one in totals), sum(one[1] for one in totals)
    until = [days for one in totals for days in one[2]]
    print(f"together: {weeks - false} of {weeks} normal weeks without a light ({1 - false / max(weeks, 1):.1%});")
    soon = sum(0 < days <= STATED_DAYS for days in until)
    print(f"moved: light within {STATED_DAYS} working days in {soon} of {len(until)} ({until})")


def print_shape(shape: Shape, seeds: range) -> tuple[int, int, list[int]]:
    """Live some offices of one kind; returns weeks, weeks with a light, and days until the light after a move."""
    weeks = false = on = 0
    until: list[int] = []
    for seed in seeds:
        pc = MadeComputer(Office(shape, seed), Database(None))
        pc.learn_first()
        lights = pc.live(NORMAL_DAYS)[NORMAL_DAYS % WEEK :]
        strips = [lights[at : at + WEEK] for at in range(0, len(lights), WEEK)]
        weeks += len(strips)
        false += sum(any(map(is_on, strip)) for strip in strips)
        on += sum(map(is_on, lights))
        print_causes(lights)
        until.append(days_until(pc))
    print(f"{shape.name:16} {weeks:>6} {weeks - false:>6} {false:>6} {on:>9}  {until}", flush=True)
    return weeks, false, until


def print_causes(lights: list[DriftView]) -> None:
    """Say why a light went on for nothing."""
    for view in filter(is_on, lights):
        causes = [f"{one.kind} {one.name} {one.usual:.3g}->{one.today:.3g} ({one.distance:.2f})" for one in view.causes]
        print(f"    false light: {', '.join(causes[:3])}")


def days_until(pc: MadeComputer) -> int:
    """Move, and count the working days until the light is on and stays on; 0: it stays off."""
    pc.office.move()
    seen = [is_on(view) for view in pc.live(MOVE_DAYS)]
    return next((day for day in range(1, MOVE_DAYS + 1) if all(seen[day - 1 :])), 0)


def print_poisoned(seed: int) -> None:
    """Let scores rise by two percent a day, and a person learn again every month whatever the light says."""
    start = loud_start(seed)
    pc = MadeComputer(Office(POISONED, seed, rise=start), Database(None))
    pc.learn_first()
    factors = [limit_of(pc)]
    on = 0
    first_on = 0
    for day in range(1, RISING_DAYS + 1):
        pc.office.rise = start * RISE**day
        view = pc.live(1)[0]
        on += is_on(view)
        first_on = first_on or (day if is_on(view) else 0)
        if day % MONTH_DAYS == 0:
            told = [f"{one.kind} {one.name} {one.usual:.3g}->{one.today:.3g}" for one in view.causes[:2]]
            pc.again.learn(pc.today)
            factors.append(limit_of(pc))
            print(f"    day {day}: scores x{RISE**day:.2f}, light {view.light.value}: {'; '.join(told)}")
    steps = np.abs(np.diff(factors)).max()
    print(
        f"seed {seed}: limit {factors}, largest step {steps:.2f}; light from day {first_on}, {on} of {RISING_DAYS} days"
    )


def loud_start(seed: int) -> float:
    """Find by how much an office's scores must be higher for one in a thousand to come close to the limit by itself."""
    pc = MadeComputer(Office(POISONED, seed), Database(None))
    pc.live(5)
    scores = [sum(column) for column in zip(*(day.models[MODEL].scores for day in pc.book.days()), strict=True)]
    return LOUD / (score_quantile(scores, QUIET_SHARE) or LOUD)


def limit_of(pc: MadeComputer) -> float:
    """Tell by how much the limit of program starts is lifted."""
    used = pc.book.in_use()
    return 1.0 if used is None or used.learned is None else used.learned.limits.get(MODEL, 1.0)


if __name__ == "__main__":
    main()

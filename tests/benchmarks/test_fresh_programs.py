import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))

from fresh_trees import BREAK, Filler, read_trees, start_rows  # noqa: E402 - the path above comes first

SYSTEMS = ("windows", "linux", "macos")


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_same_seed_makes_the_same_starts_and_another_one_others(system):
    tree = read_trees(system, harmful=False)[0]
    made = [[row for row, _ in start_rows(tree, "unit", seed)] for seed in ("1", "1", "2")]
    assert made[0] == made[1] != made[2]


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_harmful_tree_has_an_attack_and_nothing_is_left_unfilled(system):
    for tree in read_trees(system, harmful=True):
        rows = list(start_rows(tree, "unit", "1"))
        assert any(line.lstrip().startswith("!") for _, line in rows), tree.title
        assert not any(BREAK in row["cmdline"] or "{name}" in row["cmdline"] for row, _ in rows), tree.title


def test_there_are_enough_of_both():
    harmful = sum(len(read_trees(one, harmful=True)) for one in SYSTEMS)
    harmless = sum(len(list(start_rows(tree, "", "1"))) for one in SYSTEMS for tree in read_trees(one, harmful=False))
    assert harmful >= 250
    assert harmless >= 400


def test_code_is_written_as_powershell_reads_it():
    assert Filler("1").fill("{enc:ab}") == "YQBiAA=="

"""Run every check of the code, as ``main.py test`` does: style, types, floors of the house, dependencies, tests.

Before this on the path: ``first_start.py``, which has brought the tools. After it: a closing line and an exit code.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

QUICK_CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "style": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "floors": ["-c", "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"],
    "dependencies": ["-m", "deptry", "."],
}
"""Name and arguments for Python, cheapest first."""

AT_ONCE = ["-n", "logical", "--maxprocesses=8", "--dist=worksteal"]
"""One process of tests for each core; who is through takes from the others. Each holds up to 0.8 GB."""

TESTS_ALONE = ["-m", "pytest", "-p", "no:xdist", "-m", "alone", "--cov", "--cov-report="]
"""What measures time comes first, one after the other."""
TESTS = ["-m", "pytest", *AT_ONCE, "-m", "not alone", "--cov", "--cov-append", "--cov-report=term:skip-covered"]
NONE_CHOSEN = 5
"""Pytest's exit code where no test was chosen: those named may all be of the other kind."""


def run_checks(pytest_arguments: list[str]) -> int:
    """Run all checks, even when one fails; the tests come last, because their closing line is what is read."""
    failed = [name for name, check in QUICK_CHECKS.items() if not _passes(name, check)]
    if failed:
        print(f"Not in order: {', '.join(failed)}. The tests follow.", flush=True)
    codes = {
        _run("tests that measure time", [*TESTS_ALONE, *pytest_arguments]),
        _run("tests", [*TESTS, *pytest_arguments]),
    }
    tests_pass = codes in ({0}, {0, NONE_CHOSEN})
    return 0 if tests_pass and not failed else 1


def _passes(name: str, check: list[str]) -> bool:
    """Run one check and tell whether it is content."""
    return _run(name, check) == 0


def _run(name: str, check: list[str]) -> int:
    """Run one check without a screen and give its exit code."""
    print(f"--- {name}", flush=True)
    settings = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run([sys.executable, *check], cwd=ROOT, env=settings, check=False).returncode

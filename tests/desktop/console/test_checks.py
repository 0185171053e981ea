"""``main.py test`` runs every check, and the tests come last."""

from __future__ import annotations

import subprocess

import pytest

from desktop.console import checks


@pytest.fixture
def ran(monkeypatch):
    """What was run, with the exit code a test wants for it."""
    commands: list[list[str]] = []
    codes: dict[str, int] = {}

    def run(command, *, cwd, env, check):
        assert cwd == checks.ROOT
        assert env["QT_QPA_PLATFORM"] == "offscreen"
        commands.append(command)
        code = next((code for word, code in codes.items() if word in command), 0)
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(subprocess, "run", run)
    return commands, codes


def test_all_checks_run_and_the_tests_come_last_with_the_arguments_given(ran):
    commands, _ = ran
    assert checks.run_checks(["-k", "doors"]) == 0
    assert commands[0][1:] == ["-m", "ruff", "format", "--check", "."]
    assert commands[1][1:] == ["-m", "ruff", "check", "."]
    assert commands[2][1:] == ["-m", "mypy"]
    assert any("deptry" in command for command in commands)
    assert any("lint_imports_command" in command[2] for command in commands)
    assert "pytest" in commands[-1]
    assert commands[-1][-2:] == ["-k", "doors"]
    assert "--cov" in commands[-1]
    assert {"-n", "--dist=worksteal", "not alone"} <= set(commands[-1])
    assert {"alone", "no:xdist", "--cov"} <= set(commands[-2])
    assert commands[-2][-2:] == ["-k", "doors"]


@pytest.mark.parametrize("failing", ["ruff", "mypy", "deptry", "pytest"])
def test_one_failing_check_fails_the_whole_but_stops_nothing(ran, failing, capfd):
    commands, codes = ran
    codes[failing] = 1
    assert checks.run_checks([]) == 1
    assert len(commands) == len(checks.QUICK_CHECKS) + 2
    assert ("Not in order" in capfd.readouterr().out) is (failing != "pytest")


@pytest.mark.parametrize(
    ("alone", "beside", "answer"),
    [(0, 0, 0), (5, 0, 0), (0, 5, 0), (5, 5, 1), (1, 0, 1), (0, 1, 1), (5, 1, 1), (2, 5, 1)],
)
def test_a_kind_of_tests_of_which_none_was_chosen_fails_nothing(ran, alone, beside, answer):
    _, codes = ran
    codes |= {"alone": alone, "not alone": beside}
    assert checks.run_checks(["-k", "doors"]) == answer

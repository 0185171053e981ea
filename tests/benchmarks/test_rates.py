"""How cases of tests become rates, and who is alarmed more often than others."""

from __future__ import annotations

import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

import fairness
import harmless_packages
import rates
from fairness import Group
from rate_cases import Case


def case(group: str, *, harmless: bool = False, reason: str = "web_shell", band: str = "high") -> Case:
    return Case("files", reason, band, group, "somebody", is_harmless=harmless)


def test_near_duplicates_are_one_case_and_each_strength_has_its_own():
    kinds = rates.group_cases([case("a"), case("a"), case("b", harmless=True), case("a", band="medium")])
    assert {kind: len(own) for kind, own in kinds.items()} == {
        ("files", "web_shell", "high"): 2,
        ("files", "web_shell", "medium"): 1,
    }


def test_a_row_counts_what_is_harmless_and_gives_the_range_of_wilson():
    cases = [case(str(number), harmless=number < 10) for number in range(100)]
    row = rates.rate_row(("files", "web_shell", "high"), cases)
    assert (row["cases"], row["harmless"], row["models"]) == (100, 10, [])
    assert (row["lowest"], row["highest"]) == pytest.approx((0.0552, 0.1744), abs=1e-4)


def test_ranges_of_one_part_hold_for_the_rest_where_cases_are_alike():
    kind = ("files", "a", "high")
    alike = [case(str(number), harmless=number % 4 == 0) for number in range(400)]
    told = rates.measure_ranges({kind: alike})
    assert told["kinds"] == 1
    assert 0.88 < told["stated_by_a_fifth"]["held"] < 0.99
    assert 0.7 < told["stated_by_a_half"]["held"] < told["stated_by_a_fifth"]["held"]
    assert told["stated_by_a_fifth"]["by_kind"] == {"files-a-high": told["stated_by_a_fifth"]["held"]}
    assert rates.measure_ranges({kind: alike[: rates.FEWEST_TO_CUT - 1]})["kinds"] == 0


def test_the_fingerprint_of_the_rules_changes_with_any_rule(tmp_path: Path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "one.yar").write_text("rule a", encoding="utf-8")
    first = rates.rules_fingerprint(tmp_path)
    (tmp_path / "notes.md").write_text("no rule", encoding="utf-8")
    assert rates.rules_fingerprint(tmp_path) == first
    (tmp_path / "files" / "one.yar").write_text("rule b", encoding="utf-8")
    assert rates.rules_fingerprint(tmp_path) != first


def test_a_group_above_twice_the_middle_of_its_kind_is_the_worst():
    groups = [Group("j", "role", name, alarms, 1.0) for name, alarms in (("a", 1), ("b", 2), ("c", 5))]
    assert {one.group for one in fairness.worst_of(groups)} == {"c"}
    told = fairness.tables([*groups, Group("j", "shift", "night", 4, 1.0)])
    assert [row["is_worst"] for row in told] == [False, False, True, False]


def test_one_alarm_where_others_have_none_is_the_worst_and_no_time_gives_no_rate():
    quiet = Group("j", "system", "linux", 0, 2.0)
    assert fairness.worst_of([quiet, quiet, Group("j", "system", "macos", 1, 2.0)])
    assert not fairness.worst_of([quiet, quiet])
    assert Group("j", "system", "other", 0, 0.0).alarms_a_week == 0


def test_captures_are_counted_by_how_many_computers_call_and_by_their_time():
    week = fairness.WEEK_S
    groups = fairness.count_captures(
        "flow_rank", {"a": 1, "b": 4, "c": 4}, {"a": week, "b": week / 4, "c": week / 2}, Counter({"b": 3})
    )
    found = {one.group: (one.alarms, one.weeks) for one in groups}
    assert found["one computer"] == (0, 1.0)
    assert found["2 to 5 computers"] == (3, 3.0)
    assert found["more computers"] == (0, 0)


def test_a_start_is_written_as_a_system_of_another_language_shows_it():
    row = {"username": "CONTOSO\\anna", "exe": "C:\\Users\\anna\\a.exe", "argv": ["C:\\Users\\anna\\x"], "t": 1.0}
    german = fairness.in_language(row, "windows", "German")
    assert german == {
        "username": "CONTOSO\\jörg", "exe": "C:\\Users\\jörg\\a.exe", "argv": ["C:\\Users\\jörg\\x"], "t": 1.0,
    }  # fmt: skip
    service = fairness.in_language({"username": "NT AUTHORITY\\SYSTEM"}, "windows", "French")
    assert service == {"username": "AUTORITE NT\\Système"}
    assert fairness.in_language(row, "windows", "English") == row
    paths = fairness.in_language({"username": "anna", "cmdline": "cat /home/anna/Downloads/a"}, "linux", "French")
    assert paths["cmdline"] == "cat /home/chloé/Téléchargements/a"


def test_every_line_of_the_list_of_packages_can_be_fetched_by_an_ordinary_client():
    packages = harmless_packages.read_list()
    assert {one.kind for one in packages} == {"debian", "npm", "pypi"}
    assert all(one.version for one in packages if one.kind != "debian")
    assert len({one.name for one in packages}) == len(packages)


def test_a_package_is_read_in_memory_by_the_endings_that_are_wanted(tmp_path: Path):
    path = tmp_path / "tool-1.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tool/a.js", b"one")
        archive.writestr("tool/b.png", b"two")
    assert list(harmless_packages.read_files(path, (".js",))) == [("tool/a.js", b"one")]
    assert len(list(harmless_packages.read_files(path))) == 2
    assert [one.name for one in tmp_path.iterdir()] == ["tool-1.whl"]

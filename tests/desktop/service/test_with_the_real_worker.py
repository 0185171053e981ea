"""The whole way: files on disk, the real worker behind its wall, the store, and words."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from desktop.service.events import Control, Event, FindingSeen, Progress, Skipped, SourceChecked, Started, Summary
from desktop.service.samples import load_samples
from desktop.service.service import PROGRAM_FOLDER, Service

PRACTICE = next(
    sample.data
    for sample in load_samples(PROGRAM_FOLDER / "resources" / "selftest")
    if sample.rule == "test.PracticeFile"
)


@pytest.fixture
def real(tmp_path: Path):
    service = Service(tmp_path / "kept")
    yield service
    service.close()


def check(service: Service, *paths: Path, control: Control | None = None, **wishes) -> list[Event]:
    return list(service.check_files([str(path) for path in paths], control or Control(), **wishes))


def of(kind: type, events: list[Event]) -> list:
    return [event for event in events if isinstance(event, kind)]


def test_a_finding_from_the_disk_to_the_words(real: Service, tmp_path: Path):
    place = tmp_path / "in"
    place.mkdir()
    (place / "lesson.txt").write_bytes(PRACTICE)
    (place / "letter.txt").write_bytes(b"Dear Sam,\n")
    (place / "pointer").symlink_to(place / "letter.txt")
    events = check(real, place, tmp_path / "missing")
    assert of(Started, events)[0].isolation
    assert [seen.finding.reason for seen in of(FindingSeen, events)] == ["test_file"]
    assert {(line.skipped.subject.name, line.skipped.reason.value) for line in of(Skipped, events)} == {
        (str(place / "pointer"), "symlink"), (str(tmp_path / "missing"), "not_found")
    }  # fmt: skip
    assert [told.source for told in of(SourceChecked, events)] == [str(place), str(tmp_path / "missing")]
    end = events[-1]
    assert (end.verdict, end.seen, end.checked, end.skipped, end.findings) == ("found", 4, 2, 2, 1)
    told = real.explain(of(FindingSeen, events)[0].finding, "de")
    assert "lesson.txt" in told.what_we_saw
    assert told.level == "Gut zu wissen"


def test_known_changed_gone(real: Service, tmp_path: Path):
    place = tmp_path / "in"
    place.mkdir()
    (place / "lesson.txt").write_bytes(PRACTICE)
    finding = of(FindingSeen, check(real, place))[0].finding
    real.judge(finding.id, "known")
    assert check(real, place)[-1].verdict == "clean"
    (place / "lesson.txt").write_bytes(PRACTICE + b" and more")
    assert check(real, place)[-1].verdict == "found"
    assert real.finding(finding.id).state == "open"
    (place / "lesson.txt").unlink()
    assert check(real, place)[-1].verdict == "clean"
    assert real.finding(finding.id).state == "solved"


def test_the_self_test_fires_every_detector_in_time(real: Service):
    began_at = time.monotonic()
    told = list(real.selftest(Control()))
    assert [line for line in told if not line.fired] == []
    assert {"test.StandardTestFile", "disguised_file", "archive_not_opened"} <= {line.name for line in told}
    assert time.monotonic() - began_at < 30


def test_our_own_rules_compile(real: Service):
    told = real.rules()
    assert told.problems == ()
    assert {rule.name for rule in told.rules} >= {"StandardTestFile", "PracticeFile"}


def make_many(place: Path, n: int) -> None:
    for folder in range(n // 50):
        (place / f"{folder:03}").mkdir(parents=True)
        for i in range(50):
            content = PRACTICE if i % 25 == 0 else b"Dear Sam,\n" * 200
            (place / f"{folder:03}" / f"{i:03}.txt").write_bytes(content)


CHECKER = """
import sys
from pathlib import Path
from desktop.service.events import Control, Progress
from desktop.service.service import Service
for event in Service(Path(sys.argv[1])).check_files([sys.argv[2]], Control()):
    if isinstance(event, Progress) and event.done:
        print(event.done, flush=True)
"""


def test_a_killed_check_goes_on_where_it_was_with_the_same_result(tmp_path: Path):
    place = tmp_path / "in"
    make_many(place, 3000)
    with subprocess.Popen(
        [sys.executable, "-c", CHECKER, str(tmp_path / "kept"), str(place)],
        cwd=PROGRAM_FOLDER, stdout=subprocess.PIPE, text=True,
    ) as checker:  # fmt: skip
        assert checker.stdout is not None
        done_before = int(checker.stdout.readline())
        checker.kill()
    resumed, unbroken = Service(tmp_path / "kept"), Service(tmp_path / "other")
    assert resumed.home().level in {"never", "calm"}
    events, whole = check(resumed, place, resume=True), check(unbroken, place)
    first_told = next(event.done for event in events if isinstance(event, Progress) and event.done)
    assert 0 < done_before <= first_told
    assert outcome(events) == outcome(whole)
    assert (events[-1].seen, events[-1].findings) == (3000, 120)
    assert len(resumed.runs()) == 1
    resumed.close()
    unbroken.close()


def outcome(events: list[Event]) -> tuple:
    end = events[-1]
    assert isinstance(end, Summary)
    found = sorted(seen.finding.id for seen in of(FindingSeen, events))
    return end.verdict, end.seen, end.checked, end.skipped, end.findings, end.units, found


def test_stop_is_quick_and_honest_and_can_be_followed_by_going_on(real: Service, tmp_path: Path):
    place = tmp_path / "in"
    make_many(place, 3000)
    control = Control()
    stopped_at = 0.0
    events: list[Event] = []
    for event in real.check_files([str(place)], control):
        events.append(event)
        if not stopped_at and isinstance(event, Progress) and event.done > 100:
            control.stop()
            stopped_at = time.monotonic()
    assert time.monotonic() - stopped_at < 2
    end = events[-1]
    assert end.stopped
    assert end.seen == end.checked + end.skipped
    assert end.units["files"] < 3000
    assert [line.skipped.reason.value for line in of(Skipped, events)] == ["stopped"]
    again = check(real, place, resume=True)
    assert (again[-1].seen, again[-1].skipped, again[-1].findings, again[-1].stopped) == (3000, 0, 120, False)


def test_a_pause_waits_and_does_not_count(real: Service, tmp_path: Path):
    place = tmp_path / "in"
    make_many(place, 1000)
    control = Control()
    control.pause()
    threading.Timer(1.5, control.resume).start()
    began_at = time.monotonic()
    end = check(real, place, control=control)[-1]
    took_s = time.monotonic() - began_at
    assert took_s > 1.5
    assert end.duration_s < took_s - 1.4
    assert end.seen == 1000

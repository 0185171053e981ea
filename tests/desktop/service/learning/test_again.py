"""Learning again: only for a person, after a preview, and bounded."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.service.keeping.database import Database
from desktop.service.keeping.store import Counts, Store
from desktop.service.learning.again import NEW_DAYS, alarms_a_day
from desktop.service.learning.baseline import MOST_FACTOR, MOST_FACTOR_OF, MOST_STEP
from desktop.service.learning.drift import picture_in
from detectors.contract.errors import LearningRefused
from detectors.contract.finding import Severity
from tests.factories import make_finding
from tests.learned_factories import MODEL, CountedComputer, at_noon, count_look
from tests.made_days import is_on


@pytest.fixture
def computer(tmp_path: Path) -> CountedComputer:
    return CountedComputer(Database(tmp_path / "kept"))


def factor_in_use(computer: CountedComputer) -> float:
    version = computer.usual.book.in_use()
    assert version is not None
    assert version.learned is not None
    return version.learned.limits[MODEL]


def test_while_nothing_was_learned_there_is_nothing_to_learn_again(computer: CountedComputer) -> None:
    computer.live(9)
    assert computer.again.preview() is None
    with pytest.raises(LearningRefused):
        computer.again.learn()


def test_a_week_of_new_days_is_needed(computer: CountedComputer) -> None:
    computer.learn_first()
    computer.live(NEW_DAYS - 1)
    preview = computer.again.preview()
    assert preview is not None
    assert preview.refused_because == "too_few_days"
    with pytest.raises(LearningRefused):
        computer.again.learn()
    computer.live(1)
    preview = computer.again.preview()
    assert preview is not None
    assert (preview.refused_because, preview.days) == ("", 15)


def test_nothing_is_learned_while_a_serious_finding_is_open(computer: CountedComputer) -> None:
    computer.learn_first()
    computer.live(6)
    store = Store(computer.database)
    run = store.begin_run("check", "quick", {})
    store.save_batch(run, Counts(), findings=[make_finding(severity=Severity.MEDIUM)])
    preview = computer.again.preview()
    assert preview is not None
    assert preview.refused_because == "open_findings"
    with pytest.raises(LearningRefused):
        computer.again.learn()
    assert len(computer.usual.book.versions()) == 1


def test_an_hour_with_a_serious_finding_is_left_out(computer: CountedComputer) -> None:
    computer.learn_first()
    computer.live(5)
    finding = make_finding(severity=Severity.HIGH)
    store = Store(computer.database)
    store.save_batch(store.begin_run("check", "quick", {}), Counts(), findings=[finding])
    at = at_noon(computer.today + timedelta(days=1))
    count_look(computer.database, at, rise=9.0, found=[finding.id])
    preview = computer.again.preview()
    assert preview is not None
    assert (preview.days, preview.left_out_days) == (15, 1)
    assert preview.alarms_before == 0


def test_a_preview_changes_nothing_and_says_what_learning_then_does(computer: CountedComputer) -> None:
    computer.learn_first()
    computer.live(10, rise=2.5)
    preview = computer.again.preview()
    assert preview is not None
    assert len(computer.usual.book.versions()) == 1
    assert preview.alarms_after < preview.alarms_before
    assert preview.limits[[name for name, _, _ in preview.limits].index(MODEL)] == (MODEL, 1.0, 1.0 + MOST_STEP)
    version = computer.again.learn(computer.today)
    assert (version.number, version.made_by, version.days) == (2, "person", preview.days)
    assert factor_in_use(computer) == 1.0 + MOST_STEP
    days = computer.usual.book.days()
    used = computer.usual.book.in_use()
    assert used is not None
    assert alarms_a_day(days, used.learned) == preview.alarms_after


def test_going_back_brings_the_same_limits_and_the_same_light_back(computer: CountedComputer) -> None:
    computer.learn_first()
    before = computer.usual.book.in_use()
    computer.live(10, moved=True)
    light = computer.drift.view(computer.today)
    assert is_on(light)
    computer.again.learn(computer.today)
    assert not is_on(computer.drift.view(computer.today))
    computer.usual.restore(1)
    after = computer.usual.book.in_use()
    assert before is not None
    assert after is not None
    assert (after.learned, after.fingerprint) == (before.learned, before.fingerprint)
    assert computer.drift.view(computer.today) == light


def test_after_a_move_the_new_days_alone_are_the_measure(computer: CountedComputer) -> None:
    computer.learn_first()
    computer.live(12, moved=True)
    computer.again.learn(computer.today)
    picture = picture_in(computer.usual.book.in_use())
    assert picture is not None
    assert picture.days < 12
    computer.live(5)
    assert is_on(computer.drift.view(computer.today))  # the old work would be the change now


def test_scores_that_rise_slowly_move_the_limit_no_more_than_stated_and_the_light_says_it(
    computer: CountedComputer,
) -> None:
    computer.learn_first()
    factors, lights = [factor_in_use(computer)], []
    for day in range(1, 61):  # two percent a day; a person learns again every month, whatever the light says
        computer.live(1, rise=1.02**day, rows=120)
        lights.append(is_on(computer.drift.view(computer.today)))
        if day % 30 == 0:
            computer.again.learn(computer.today)
            factors.append(factor_in_use(computer))
    steps = [round(after - before, 4) for before, after in itertools.pairwise(factors)]
    assert all(0 <= step <= MOST_STEP for step in steps)
    assert factors[-1] <= 1.2
    assert any(lights[:30])
    assert any(lights[30:])


def test_no_number_of_learnings_lifts_a_limit_beyond_the_bound(computer: CountedComputer) -> None:
    computer.learn_first()
    for _ in range(8):
        computer.live(NEW_DAYS, rise=20.0)
        computer.again.learn(computer.today)
    assert factor_in_use(computer) == min(MOST_FACTOR, MOST_FACTOR_OF[MODEL])

"""The light that tells whether this computer's work is still what was learned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from desktop.service.keeping.database import Database
from desktop.service.keeping.learned import DayRow
from desktop.service.learning.baseline import COLUMNS
from desktop.service.learning.drift import drift_of, light_of, picture_in, view_of
from desktop.service.learning.views import Light
from detectors.features.drift import Change, DriftPicture
from detectors.features.program_features import NUMBERS
from tests.learned_factories import CountedComputer
from tests.made_days import SHAPES, MadeComputer, Office, is_on


@pytest.fixture
def computer(tmp_path: Path) -> CountedComputer:
    return CountedComputer(Database(tmp_path / "kept"))


def test_before_anything_was_learned_the_light_is_not_known(computer: CountedComputer) -> None:
    computer.live(5)
    assert computer.drift.view(computer.today).light is Light.NOT_KNOWN_YET


def test_in_the_first_days_after_learning_the_light_is_not_known(computer: CountedComputer) -> None:
    computer.learn_first()
    computer.live(2)
    view = computer.drift.view(computer.today)
    assert (view.light, view.days) == (Light.NOT_KNOWN_YET, 2)


def test_an_ordinary_week_leaves_the_light_as_learned(computer: CountedComputer) -> None:
    computer.learn_first()
    computer.live(5)
    view = computer.drift.view(computer.today)
    assert (view.light, view.days, view.since, view.causes) == (Light.AS_LEARNED, 5, None, ())


def test_another_kind_of_work_is_told_with_what_changed_and_since_when(computer: CountedComputer) -> None:
    computer.learn_first()
    computer.live(5)
    last_of_old = computer.today
    computer.live(3, moved=True)
    view = computer.drift.view(computer.today)
    assert is_on(view)
    assert view.since is not None
    assert last_of_old < view.since <= computer.today
    moved = {one.name for one in NUMBERS[::3]}
    columns = [one for one in view.causes if one.kind == "input"]
    assert columns
    assert {one.name for one in columns} <= moved
    assert all(one.today > one.usual for one in columns)
    assert [one.distance for one in view.causes] == sorted((one.distance for one in view.causes), reverse=True)


def test_after_a_long_stillness_old_days_do_not_speak_for_now(computer: CountedComputer) -> None:
    computer.learn_first()
    computer.live(5)
    assert computer.drift.view(computer.today + timedelta(days=30)).light is Light.NOT_KNOWN_YET


def test_the_same_looks_are_not_compared_twice(computer: CountedComputer, monkeypatch: pytest.MonkeyPatch) -> None:
    computer.learn_first()
    computer.live(5)
    first = computer.drift.view(computer.today)
    monkeypatch.setattr(computer.usual.book, "days", lambda *_, **__: pytest.fail("days were read again"))
    assert computer.drift.view(computer.today) is first


def test_a_picture_with_impossible_limits_says_nothing(computer: CountedComputer) -> None:
    computer.learn_first()
    version = computer.usual.book.in_use()
    assert version is not None
    assert version.learned is not None
    assert version.learned.drift is not None
    assert picture_in(version) is not None
    learned = version.learned.drift
    ragged = [{**learned["models"][0], "inputs": [[1.0], *learned["models"][0]["inputs"][1:]]}]
    lies = [{"joint_limit": 0.0}, {"joint_limit": float("nan")}, {"models": ragged}, {"days": "many"}, {"figures": 7}]
    for broken in [*({**learned, **lie} for lie in lies), {}, None]:
        assert picture_in(replace(version, learned=replace(version.learned, drift=broken))) is None


def test_where_more_was_looked_at_the_figures_of_a_day_are_not_compared() -> None:
    first = date(2026, 3, 2)

    def row(number: int, hours: float, sent: float) -> DayRow:
        figures = {"hours_looked": hours, "sent_bytes": sent}
        return DayRow(first + timedelta(days=number), looks=1, hours=1, left_out_hours=0, figures=figures)

    learned = [row(number, 3.0, 1e6 + number) for number in range(10)]
    document = drift_of(learned)
    assert document is not None
    picture = msgspec.convert(document, DriftPicture)
    busier = [row(20 + number, 3.0, 9e6) for number in range(5)]
    longer = [row(20 + number, 9.0, 9e6) for number in range(5)]
    today = first + timedelta(days=24)
    assert [one.name for one in view_of(picture, busier, learned, today, COLUMNS).causes] == ["sent_bytes"]
    assert view_of(picture, longer, learned, today, COLUMNS).causes == ()


def test_a_light_has_three_words_for_what_it_knows() -> None:
    change = Change("figure", "sent_bytes", None, (1.0,), (2.0,), 0.9)
    lights = [light_of([replace(change, distance=distance)]) for distance in (0.9, 1.1, 3.1)]
    assert lights == [Light.AS_LEARNED, Light.CHANGED, Light.VERY_DIFFERENT]


def test_alarms_that_people_call_harmless_far_more_often_are_a_change(computer: CountedComputer) -> None:
    computer.learn_first()
    computer.live(5)
    version = computer.usual.book.in_use()
    picture = picture_in(version)
    assert picture is not None
    days = computer.usual.book.days(until=computer.today)
    judged = [replace(day, judged={"program_rank": 6}, harmless={"program_rank": 1}) for day in days[:10]]
    since = [replace(day, judged={"program_rank": 6}, harmless={"program_rank": 5}) for day in days[10:]]
    causes = view_of(picture, since, judged, computer.today, COLUMNS).causes
    told = [(one.kind, round(one.usual), round(one.today), one.unit) for one in causes]
    assert told == [("judgements", 17, 83, "%")]


def test_a_moved_office_turns_the_light_on_within_three_working_days() -> None:
    pc = MadeComputer(Office(SHAPES[0], 1), Database(None))
    pc.learn_first()
    assert not any(is_on(view) for view in pc.live(6))
    pc.office.move()
    moved = pc.live(3)
    assert is_on(moved[-1])
    assert moved[-1].causes[0].distance > 1

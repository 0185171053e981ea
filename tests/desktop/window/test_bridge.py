"""Work happens behind the bridge; signals come out in the GUI thread, in batches."""

import threading
import time
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject

from desktop.service.events import FindingSeen, Progress, Skipped, Started, Summary
from desktop.window.bridge import Bridge
from detectors.contract.errors import SkippedCheck, SkipReason, WorkerStopped
from detectors.contract.finding import Subject
from tests.factories import make_finding

A_MOMENT = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)


def make_summary(*, stopped=False):
    return Summary("clean", 3, 3, 0, 0, 1.0, {"files": 3}, stopped)


@pytest.fixture
def bridge(application):
    made = Bridge(object())
    yield made
    assert made.close()


def test_a_run_is_told_in_order_and_in_batches(bridge, qtbot):
    heard = []
    for name in ("started", "progressed", "found", "skipped", "finished"):
        getattr(bridge, name).connect(lambda value, name=name: heard.append((name, value)))

    def events(_service, _control):
        yield Started(A_MOMENT, "check", 1, "full")
        for number in range(300):
            yield FindingSeen(make_finding(f"/home/maria/{number}.docm"), is_new=True)
            yield Skipped(SkippedCheck(Subject.file(f"/{number}"), SkipReason.IN_USE, "/"))
        yield Progress(3, 3, False, "/home/maria", None)
        yield make_summary()

    with qtbot.waitSignal(bridge.finished, timeout=5_000):
        assert bridge.start(events, "quick")
    names = [name for name, _value in heard]
    assert names[0] == "started"
    assert names[-1] == "finished"
    batches = [value for name, value in heard if name == "found"]
    assert sum(map(len, batches)) == 300
    assert len(batches) < 30
    assert bridge.run.found_count == 300
    assert bridge.run.skipped_by_reason == {"in_use": 300}
    assert not bridge.is_running


def test_work_runs_in_another_thread_and_answers_come_back_to_this_one(bridge, qtbot):
    threads = []

    def work(_service):
        threads.append(threading.current_thread())
        return 42

    answers = []
    bridge.call(work, lambda value: answers.append((value, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(42, threading.main_thread())]
    assert threads[0] is not threading.main_thread()


def test_questions_are_answered_while_a_check_is_paused(bridge, qtbot):
    def events(_service, control):
        while not control.is_stopped:
            time.sleep(0.005)
        yield make_summary(stopped=True)

    bridge.start(events)
    bridge.pause()
    answers = []
    bridge.call(lambda _service: "here", answers.append)
    qtbot.waitUntil(lambda: answers == ["here"])
    assert bridge.run.is_paused
    with qtbot.waitSignal(bridge.finished, timeout=2_000):
        bridge.stop()


def test_a_failing_check_is_reported(bridge, qtbot):
    def events(_service, _control):
        yield Started(A_MOMENT, "check", 1, "full")
        raise WorkerStopped(deaths=5)

    with qtbot.waitSignal(bridge.failed, timeout=2_000) as caught:
        bridge.start(events)
    assert caught.args[0].code == "worker_stopped"
    assert not bridge.is_running


def test_a_failing_question_goes_to_its_own_handler_or_to_the_signal(bridge, qtbot):
    errors = []

    def fail(_service):
        raise ValueError("no")

    bridge.call(fail, None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    with qtbot.waitSignal(bridge.failed, timeout=2_000) as caught:
        bridge.call(fail)
    assert isinstance(caught.args[0], ValueError)


def test_an_answer_for_a_widget_that_is_gone_is_dropped(bridge, qtbot):
    class Asker(QObject):
        def take(self, _value):
            raise AssertionError("must not be called")

    asker = Asker()
    may_answer = threading.Event()
    bridge.call(lambda _service: may_answer.wait(2), asker.take)
    import shiboken6

    shiboken6.delete(asker)
    may_answer.set()
    qtbot.waitUntil(lambda: not bridge.has_open_questions)


def test_a_second_check_is_not_started_beside_the_first(bridge, qtbot):
    def events(_service, control):
        while not control.is_stopped:
            time.sleep(0.005)
        yield make_summary(stopped=True)

    assert bridge.start(events)
    assert not bridge.start(events)
    with qtbot.waitSignal(bridge.finished, timeout=2_000):
        bridge.stop()


def test_nothing_ticks_when_nothing_runs(bridge, qtbot):
    bridge.call(lambda _service: None)
    qtbot.waitUntil(lambda: not bridge.has_open_questions)
    qtbot.waitUntil(lambda: not bridge._timer.isActive())


def test_closing_ends_a_running_check_within_a_second(application):
    made = Bridge(object())

    def events(_service, control):
        while not control.is_stopped:
            time.sleep(0.01)
            yield Progress(1, 2, True, "/", None)

    made.start(events)
    begun = time.monotonic()
    assert made.close()
    assert time.monotonic() - begun < 1.0


def test_a_flood_of_findings_never_holds_the_window_up(bridge, qtbot):  # the heartbeat watches every test
    def events(_service, _control):
        finding = make_finding()
        for _ in range(20_000):
            yield FindingSeen(finding, is_new=False)
        yield make_summary()

    with qtbot.waitSignal(bridge.finished, timeout=20_000):
        bridge.start(events)
    assert bridge.run.found_count == 20_000
    assert len(bridge.run.found) == 500

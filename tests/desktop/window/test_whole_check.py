"""A whole check from the window: the real service, the real workers, real files; nothing is made up here.

``PLAINWATCH_TREE=/some/folder`` checks that folder instead of a small one made for the test (20,000 files, say).
"""

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import psutil
import pytest

from desktop.service.service import Service
from desktop.window.app import make_application
from desktop.window.bridge import Bridge
from desktop.window.main_window import MainWindow
from desktop.window.theme import Appearance, Theme

pytestmark = pytest.mark.timeout(900)
LONGEST_CHECK_MS = 600_000


@pytest.fixture
def tree(tmp_path):
    """Some thousand small files in a few folders; one of them is a practice file."""
    named = os.environ.get("PLAINWATCH_TREE")
    if named:
        return Path(named)
    folder = tmp_path / "office"
    for room in range(20):
        (folder / f"room {room}").mkdir(parents=True)
        for number in range(120):
            text = f"Letter {number} from room {room}.\n" * 40
            (folder / f"room {room}" / f"letter {number}.txt").write_text(text)
    (folder / "room 1" / "practice.txt").write_bytes(practice_mark())
    return folder


def practice_mark() -> bytes:
    from desktop.service.samples import load_samples

    resources = Path(__file__).parents[3] / "resources" / "selftest"
    return next(sample.data for sample in load_samples(resources) if "practice" in sample.rule.lower())


@contextmanager
def opened(data_folder, qtbot):
    make_application()
    service = Service(data_folder)
    service.settings.set("welcome_done", True)
    service.settings.set("language", "en")
    bridge = Bridge(service)
    window = MainWindow(bridge, Appearance(Theme()), service.settings.all(), use_language=lambda _: None)
    window.resize(1280, 800)
    window.show()
    try:
        yield window, bridge, service
    finally:
        window.close()
        assert bridge.close()
        service.close()
        window.deleteLater()


def workers():
    return [child for child in psutil.Process().children(recursive=True) if "worker" in child.cmdline()]


def test_a_check_shows_progress_pauses_goes_on_and_is_there_after_a_restart(qapp, tree, tmp_path, qtbot):
    data_folder = tmp_path / "data"
    progress, found_at = [], []
    with opened(data_folder, qtbot) as (window, bridge, _service):
        bridge.progressed.connect(progress.append)
        bridge.found.connect(lambda batch: found_at.append((len(progress), len(batch))))
        window.start_check("folders", [str(tree)])
        qtbot.waitUntil(lambda: len(progress) > 3 and progress[-1].done > 0, timeout=30_000)

        bridge.pause()
        qtbot.wait(1500)  # what was in work is finished first
        before = progress[-1].done
        qtbot.wait(800)
        assert progress[-1].done == before, "nothing goes on while it is paused"
        window.open_page("home")  # leaving the page ends nothing
        bridge.resume()
        with qtbot.waitSignal(bridge.finished, timeout=LONGEST_CHECK_MS):
            pass

        done = [step.done for step in progress]
        summary = bridge.run.summary
        assert done == sorted(done)
        assert progress[-1].done == progress[-1].total == summary.units["files"]
        assert not progress[-1].total_is_estimate
        assert summary.seen == summary.checked + summary.skipped
        assert found_at, "findings appear while it runs"
        assert found_at[0][0] < len(progress)
    with opened(data_folder, qtbot) as (_window, _bridge, service):
        kept = {one.finding.reason for one in service.findings(state="all")}
        assert "test_file" in kept or os.environ.get("PLAINWATCH_TREE")
        assert service.last_run().seen == summary.seen


def test_stop_ends_within_a_second_and_keeps_what_was_found(qapp, tree, tmp_path, qtbot):
    with opened(tmp_path / "data", qtbot) as (window, bridge, service):
        progress = []
        bridge.progressed.connect(progress.append)
        window.start_check("folders", [str(tree)])
        qtbot.waitUntil(lambda: bool(progress) and progress[-1].done > 0, timeout=30_000)
        with qtbot.waitSignal(bridge.finished, timeout=3_000):
            bridge.stop()
        qtbot.waitUntil(lambda: workers() == [], timeout=1_000)
        assert bridge.run.summary.stopped
        assert service.last_run().seen == bridge.run.summary.seen


@pytest.mark.skipif(sys.platform == "win32", reason="signals that end a process are a Unix matter")
@pytest.mark.parametrize("role", ["files", "parse"])
def test_a_killed_worker_loses_nothing_is_said_and_the_check_goes_on(qapp, tree, tmp_path, qtbot, role):
    with opened(tmp_path / "data", qtbot) as (window, bridge, service):
        found, restarts, progress = [], [], []
        bridge.found.connect(found.extend)
        bridge.restarted.connect(restarts.append)
        bridge.progressed.connect(progress.append)
        window.start_check("folders", [str(tree)])
        qtbot.waitUntil(lambda: bool(progress) and progress[-1].done > 0, timeout=30_000)
        victim = next(one for one in workers() if one.cmdline()[-1] == role)
        victim.send_signal(signal.SIGSEGV if role == "parse" else signal.SIGKILL)
        with qtbot.waitSignal(bridge.finished, timeout=LONGEST_CHECK_MS):
            pass
        summary = bridge.run.summary
        assert restarts
        assert summary.seen == summary.checked + summary.skipped
        assert summary.units["files"] == progress[-1].total
        kept = {one.finding.id for one in service.findings(state="all")}
        assert {one.finding.id for one in found} <= kept
        assert len(found) == len(kept)

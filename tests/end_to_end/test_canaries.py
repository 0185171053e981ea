"""Canary files the whole way: switched on, said, watched, told when touched, and gone when nobody wants them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.service.events import Control, FindingSeen
from desktop.service.service import Service

ROOT = Path(__file__).parents[2]
MADE = 4


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear reader")
    return folder


@pytest.fixture
def service(tmp_path: Path, documents: Path):
    with_canaries = Service(tmp_path / "kept")
    with_canaries.settings.set("watched_folders", [str(documents)])
    with_canaries.canaries.take_news()
    yield with_canaries
    with_canaries.close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_nothing_is_made_before_somebody_wants_it(service: Service, documents: Path):
    assert names(documents) == {"letter.txt"}
    service.settings.set("canaries", "no")
    assert names(documents) == {"letter.txt"}


def test_every_file_is_named_and_removed_again(service: Service, documents: Path):
    service.settings.set("canaries", "yes")
    news = service.canaries.take_news()
    assert {Path(path).name for path in news.made} == names(documents) - {"letter.txt"}
    assert len(news.made) == MADE
    assert all(path in service.journal()[0].subject for path in news.made)
    service.settings.set("canaries", "no")
    assert set(service.canaries.take_news().removed) == set(news.made)
    assert names(documents) == {"letter.txt"}
    assert not service.canaries.listed.exists()


@pytest.mark.parametrize("act", ["canaries_made", "setting_changed"])
def test_undo_removes_them(service: Service, documents: Path, act: str):
    service.settings.set("canaries", "yes")
    service.undo(next(line.id for line in service.journal() if line.act == act))
    assert names(documents) == {"letter.txt"}
    assert service.settings.get("canaries") is False


def test_they_follow_the_watched_folders(service: Service, documents: Path, tmp_path: Path):
    service.settings.set("canaries", "yes")
    other, copied = tmp_path / "pictures", tmp_path / "Dropbox"
    other.mkdir()
    copied.mkdir()
    service.canaries.take_news()
    service.settings.set("watched_folders", [str(other), str(copied)])
    news = service.canaries.take_news()
    assert (len(news.made), len(news.removed), news.refused) == (MADE, MADE, (str(copied),))
    assert (names(documents), len(names(other)), names(copied)) == ({"letter.txt"}, MADE, set())


def test_a_changed_one_is_left_and_named(service: Service, documents: Path):
    service.settings.set("canaries", "yes")
    changed = Path(service.canaries.take_news().made[0])
    changed.write_text("noise")
    service.settings.set("canaries", "no")
    news = service.canaries.take_news()
    assert (news.left, len(news.removed)) == ((str(changed),), MADE - 1)
    assert names(documents) == {"letter.txt", changed.name}


def test_erase_removes_all_but_changed_ones(service: Service, documents: Path):
    service.settings.set("canaries", "yes")
    made = service.canaries.take_news().made
    Path(made[0]).write_text("noise")
    service.close()
    assert Service.erase_unread(service.data_folder) == (made[0],)
    assert names(documents) == {"letter.txt", Path(made[0]).name}
    assert not service.canaries.listed.exists()


def test_looking_only_touches_no_file(service: Service, documents: Path):
    service.settings.set("canaries", "yes")
    before = names(documents)
    only_looking = Service(service.data_folder, keep=False)
    only_looking.settings.set("canaries", "no")
    only_looking.close()
    assert names(documents) == before


def blamed(service: Service) -> list[str]:
    found = [
        event.finding for event in service.check_programs(Control(), seconds=1.0) if isinstance(event, FindingSeen)
    ]
    return [one.id for one in found if one.reason == "mass_file_change"]


def test_one_that_was_touched_between_looks_is_told(service: Service):
    service.settings.set("canaries", "yes")
    first, second, *_ = service.canaries.take_news().made
    assert blamed(service) == []
    Path(first).write_text("noise")
    told = blamed(service)
    assert len(told) == 1
    assert blamed(service) == told  # the same one, not a new one at each look
    Path(first).unlink()
    Path(second).unlink()
    assert blamed(service)
    assert blamed(service) == []  # gone ones are told once


def test_scripts_are_told_which_files_were_made(documents, tmp_path):
    def settings(name: str, value: str) -> dict[str, object]:
        words = [sys.executable, "main.py", "settings", "set", name, value]
        how = ["--format", "jsonl", "--data-folder", str(tmp_path / "script")]
        done = subprocess.run([*words, *how], cwd=ROOT, capture_output=True, timeout=60, check=True)
        return json.loads(done.stdout)

    assert "canaries_made" not in settings("watched_folders", str(documents))
    made = settings("canaries", "yes")["canaries_made"]
    assert made
    assert all(Path(path).is_file() for path in made)
    assert sorted(settings("canaries", "no")["canaries_removed"]) == sorted(made)

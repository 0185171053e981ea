"""What a watch keeps an eye on is chosen in Settings, and what became of trap files is said in one sentence."""

import pytest

from desktop.service.canaries import CanaryNews
from desktop.window.pages.watch_form import TrapWords
from desktop.window.pictures import settle


@pytest.fixture
def window(open_made_up, heartbeat):
    heartbeat.allowed_s = 10.0  # a whole window is built here
    return open_made_up("settings")


def form(window):
    return window.page._forms[2]


def trap_choice(window):
    return [key for key, button in form(window).traps.buttons.items() if button.isChecked()]


def kept(window, name):
    return window._bridge._service.settings.get(name)


def test_nothing_is_watched_and_no_trap_lies_anywhere_until_a_person_wants_it(window):
    assert (form(window).folders.folders, trap_choice(window)) == ([], ["no"])


def test_a_folder_is_kept_and_can_be_undone(window, tmp_path):
    form(window).folders._use([str(tmp_path)])
    settle(window)
    assert kept(window, "watched_folders") == [str(tmp_path)]
    window.undo_bar.button.click()
    settle(window)
    assert (kept(window, "watched_folders"), form(window).folders.folders) == ([], [])


def test_traps_without_a_folder_are_kept_and_said_and_undone(window):
    form(window).traps._choose("yes")
    settle(window)
    assert kept(window, "canaries") is True
    assert window.undo_bar.label.full_text == "Kept. Trap files are made as soon as a folder is chosen."
    window.undo_bar.button.click()
    settle(window)
    assert (kept(window, "canaries"), trap_choice(window)) == (False, ["no"])


def test_what_became_of_the_files_is_said_after_the_change(window, monkeypatch, tmp_path):
    news = CanaryNews(made=("a", "b", "c"))
    monkeypatch.setattr(window._bridge._service.canaries, "take_news", lambda: news)
    form(window).folders._use([str(tmp_path)])
    settle(window)
    assert window.undo_bar.label.full_text == "3 trap files made. Leave them as they are."


@pytest.mark.parametrize(
    ("news", "words"),
    [
        (CanaryNews(left=("/a\u202eb",), made=("c",)), "changed this trap file, so it was not deleted: /a[U+202E]b"),
        (CanaryNews(refused=("/sync\nme",), made=("c",)), "the folder is missing or is copied elsewhere: /sync"),
        (CanaryNews(removed=("a",)), "1 trap file removed."),
        (CanaryNews(), ""),
    ],
)
def test_what_a_person_must_know_first_comes_first_with_hostile_names_made_harmless(application, news, words):
    said = TrapWords().say(news, are_wanted=True, is_anything_watched=True)
    assert words in said
    assert bool(words) == bool(said)
    assert not set(said) & set("\u202e\n")

"""Settings are kept at once, and each change can be undone."""

import pytest
from PySide6.QtTest import QTest

from desktop.window.pictures import settle
from desktop.window.widgets.button import IconButton


@pytest.fixture
def window(open_made_up, heartbeat):
    heartbeat.allowed_s = 10.0  # a whole window is built here
    return open_made_up("settings")


def kept(window):
    return window._bridge._service.settings.all()


def test_a_name_is_kept_when_one_is_done_typing(window):
    field = window.page._forms[0].fields["helper_name"][0].edit
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Jos & <b>Mia</b>")
    field.editingFinished.emit()
    settle(window)
    assert kept(window)["helper_name"] == "Jos & <b>Mia</b>"
    assert window.undo_bar.isVisible()
    window.undo_bar.button.click()
    settle(window)
    assert kept(window)["helper_name"] == "Sam"
    assert field.text() == "Sam"


def test_a_value_that_cannot_be_kept_is_said_in_words(window):
    window.page._save("helper_name", "x" * 500)
    settle(window)
    assert window.undo_bar.label.full_text.startswith("This cannot be kept.")
    assert not window.undo_bar.button.isVisible()
    assert kept(window)["helper_name"] == "Sam"


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_colours_change_at_once_and_the_page_stays(window, theme):
    window.page._forms[1].theme._choose(theme)
    settle(window)
    settle(window)
    assert kept(window)["theme"] == theme
    assert window._appearance.theme.name == theme
    assert window.page_name == "settings"
    assert window.undo_bar.isVisible()


def test_undoing_colours_brings_the_old_ones_back(window):
    window.page._forms[1].theme._choose("dark")
    settle(window)
    settle(window)
    window.undo_bar.button.click()
    settle(window)
    settle(window)
    assert window._appearance.theme.name == "light"


def test_a_folder_can_be_left_out_by_its_button(window):
    folders = window.page.folders
    button = folders.findChildren(IconButton)[1]
    assert "<i>" in button.accessibleName()  # a hostile name, as letters
    button.click()
    settle(window)
    assert kept(window)["folders"] == ["/home/maria/Documents/Offers"]


def test_it_is_said_when_settings_cannot_be_read(window):
    window._bridge._service.is_broken = True
    window.page.enter()
    settle(window)
    assert window.page.state == "error"
    window._bridge._service.is_broken = False
    window.page.enter()
    settle(window)
    assert window.page.state == "full"


def test_what_was_kept_is_said_in_the_language_just_chosen(window):
    window.page._save("language", "fr")
    settle(window)
    assert window.undo_bar.label.full_text == "Gardé."
    window.undo_bar.button.click()
    settle(window)
    assert kept(window)["language"] == "en"

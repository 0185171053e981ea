"""The first start: every question can be answered, skipped, and changed later."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.window.pictures import settle


@pytest.fixture
def window(open_made_up, heartbeat):
    heartbeat.allowed_s = 10.0  # a whole window is built here
    return open_made_up("welcome", story="empty")


def kept(window):
    return window._bridge._service.settings.all()


def test_the_rail_is_not_there_yet(window):
    assert not window.rail.isVisible()
    assert window.page.step == 0


def test_the_helper_is_kept_when_one_goes_on(window):
    page = window.page
    page.helper.choice._choose("colleague")
    field = page.helper.fields["helper_name"][0].edit
    field.setFocus()
    QTest.keyClicks(field, "Sam")
    page.next.click()
    settle(window)
    assert kept(window)["helper_name"] == "Sam"
    assert kept(window)["helper_kind"] == "colleague"
    assert window.page.step == 1


def test_all_questions_can_be_skipped_and_the_first_check_starts(window):
    for _ in range(3):
        window.page.skip.click()
        settle(window)
    assert window.page_name == "check"
    assert window._bridge.run.scope == "quick"
    assert kept(window)["welcome_done"] is True
    assert kept(window)["helper_kind"] == ""


def test_chosen_folders_are_kept_and_checked_first(window):
    page = window.page
    page.skip.click()
    page.where._choose("folders")
    page.folders._use(["/home/maria/Offers"])
    page.next.click()
    settle(window)
    assert kept(window)["folders"] == ["/home/maria/Offers"]
    window.page.next.click()
    settle(window)
    assert window._bridge.run.scope == "folders"
    assert window._bridge.run.folders == ("/home/maria/Offers",)


def test_only_some_folders_but_none_named_means_the_usual_places(window):
    page = window.page
    page.skip.click()
    page.where._choose("folders")
    page.next.click()
    settle(window)
    window.page.next.click()
    settle(window)
    assert window._bridge.run.scope == "quick"


def test_the_look_changes_at_once_and_the_question_stays(window):
    page = window.page
    page.skip.click()
    page.skip.click()
    page.look.theme._choose("contrast")
    settle(window)
    settle(window)
    assert window._appearance.theme.name == "contrast"
    assert window.page_name == "welcome"
    assert window.page.step == 2


def test_another_language_keeps_what_was_typed(window, qtbot):
    page = window.page
    page.helper.choice._choose("firm")
    page.helper.fields["helper_name"][1].edit.setText("Jos & Co")
    page.language._choose("fr")
    qtbot.waitUntil(lambda: window.page.heading.full_text == "Bienvenue")
    settle(window)
    assert window.page.helper.values()["helper_name"] == "Jos & Co"
    assert window.page.helper.choice.current == "firm"
    window._use_language("en")


def test_it_is_said_when_answers_cannot_be_kept(window):
    window._bridge._service.is_broken = True
    window.page.enter()
    settle(window)
    assert window.page.state == "error"


def test_one_can_go_back_to_the_question_before(window):
    assert window.page.back.isHidden()
    window.page.skip.click()
    window.page.back.click()
    assert window.page.step == 0
    assert window.page.back.isHidden()


def test_tab_goes_from_an_answer_to_its_own_fields_then_to_the_next_answer(window):
    form = window.page.helper
    form.choice._choose("colleague")
    form.choice.cards["colleague"].setFocus()
    reached = []
    for _ in range(4):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(window.focusWidget())
    fields = [form.fields[name][0].edit for name in ("helper_name", "helper_phone", "helper_hours")]
    assert reached == [*fields, form.choice.cards["firm"]]

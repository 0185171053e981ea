"""The Models page: four states, the card, the light, learning again, going back, the keyboard, strangers' cards."""

import json
from contextlib import ExitStack
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.window.made_up_models import make_model
from desktop.window.pages.models import ModelsPage
from desktop.window.pages.models_cards import ModelRow
from desktop.window.pages.models_facts import USUAL
from desktop.window.pages.models_usual import UsualRow
from desktop.window.pictures import settle, wait
from desktop.window.theme import Theme
from desktop.window.widgets.painted import Painted
from desktop.window.widgets.ranges import LightBar, RangeRows, UsualBand
from desktop.window.widgets.reliability import ReliabilityPlot
from tests.desktop.window.steps import buttons, on_stage, rich_labels, sees, texts

HOSTILE = "<img src=x onerror=1>\u202e\x07 & <b>bold</b>"


@pytest.fixture
def visit(application, light):
    """Show the page over a story, about a model or all of them; closed at the end."""
    with ExitStack() as stages:

        def show(about="", story="look", **changes):
            stage = stages.enter_context(on_stage(ModelsPage, story, **changes))
            stage.page.show_model(about)
            return stage.enter()

        yield show


# Four states


def test_a_computer_without_models_says_what_still_works(visit):
    stage = visit(story="empty")
    assert stage.page.state == "empty"
    assert sees(stage.page, "There are no models here")
    assert sees(stage.page, "The fixed rules still work.")


def test_an_error_says_what_to_do_and_a_second_try_helps(visit):
    stage = visit(is_broken=True)
    assert stage.page.state == "error"
    assert sees(stage.page, "The models could not be read")
    stage.service.is_broken = False
    stage.press("Try again")
    wait(lambda: stage.page.state == "full")


def test_before_the_answer_the_page_says_one_moment(visit):
    stage = visit()
    assert ModelsPage(stage.page.context).state == "running"


def test_the_list_names_each_model_and_says_which_one_is_not_used(visit):
    stage = visit()
    assert stage.page.state == "full"
    names = [row.accessibleName() for row in stage.page.findChildren(ModelRow)]
    assert len(names) == 4
    assert any(name.startswith("Not used: The model of made-up names") for name in names)
    assert any("Of 100 alarms like this in our tests, about 14 turned out harmless" in name for name in names)
    usual = stage.page.findChildren(UsualRow)[0]
    assert usual.accessibleName().startswith("Changed: What is usual here")
    usual.opened.emit()
    assert stage.navigator.sent == [("open_model", USUAL)]


def test_while_learning_the_day_is_told(visit):
    stage = visit(USUAL, story="calm")
    assert sees(stage.page, "We are still learning what is normal here: day 4 of 10.")
    assert stage.page.drift.button is None
    assert buttons(stage.page, "primary") == []


# The card


def test_a_card_answers_what_it_looks_at_and_how_often_it_is_wrong(visit):
    stage = visit("flow_rank")
    assert stage.page.state == "card"
    assert sees(stage.page, "Of 100 alarms like this in our tests, about 14 turned out harmless (between 11 and 18")
    assert sees(stage.page, "Of 100 attacks in our tests, it missed about 6 (between 3 and 11; 190 cases).")
    assert sees(stage.page, "How much is sent and received, how often, and how evenly")
    assert sees(stage.page, "Never: the words that are written, the passwords themselves, who sits here")
    plot = stage.page.findChildren(ReliabilityPlot)[0].accessibleName()
    assert "It said 5.0 of 10 and was right 5.3 of 10 times (between 4.2 and 6.3)." in plot
    assert stage.page.findChildren(RangeRows)[0].accessibleName().startswith("web attack 19 (")
    stage.press("Show all 6 things it looks at")
    assert sees(stage.page, "length of the connection, data sent")
    stage.press("Show less")
    assert not sees(stage.page, "length of the connection, data sent")


def test_a_changed_model_is_refused_in_words(visit):
    stage = visit("dga_names")
    assert sees(stage.page, "It was changed after its makers signed it. It is not used. The fixed rules still work.")


def test_a_card_is_saved_as_plain_ascii(visit, tmp_path):
    stage = visit("flow_rank")
    stage.page.save(str(tmp_path / "card.json"))
    stage.settle()
    kept = json.loads((tmp_path / "card.json").read_text(encoding="ascii"))
    assert (kept["name"], kept["wrong"]["cases"]) == ("flow_rank", 412)
    assert stage.navigator.said == [("The card is saved in card.json.", ())]


def test_a_strangers_card_is_shown_as_letters(visit):
    card = replace(make_model(HOSTILE, (HOSTILE,) * 400), is_own=True, purpose=HOSTILE * 200, known_misses=HOSTILE)
    card = replace(card, reasons=tuple(replace(one, reason=HOSTILE) for one in card.reasons))
    groups = tuple(replace(one, kind=HOSTILE, group=HOSTILE) for one in card.groups)
    card = replace(card, groups=groups, sources=tuple(replace(one, name=HOSTILE, kind=HOSTILE) for one in card.sources))

    def change(service):
        service.learning.models = lambda: (card,)

    stage = visit(HOSTILE, change=change)
    assert stage.page.state == "card"
    stage.press("Show all 400 things it looks at")
    assert rich_labels(stage.page) == []
    assert sees(stage.page, "<img src=x onerror=1>")
    assert not any(mark in text for text in texts(stage.page) for mark in ("\u202e", "\x07"))
    assert "\u202e" not in stage.page.findChildren(RangeRows)[0].accessibleName()


# Learning again, and going back


def test_nothing_is_learned_without_a_preview_and_a_click(visit):
    stage = visit(USUAL)
    assert "Learn again" not in [one.accessibleName() for one in buttons(stage.page)]
    stage.press("See what learning again would change")
    wait(lambda: sees(stage.page, "Above our limits on these days: 2.4 a day as it is now, 0.6 a day afterwards."))
    assert len(stage.service.learning.versions) == 3
    stage.press("Leave it as it is")
    wait(lambda: stage.page.state == "card")
    assert len(stage.service.learning.versions) == 3
    stage.press("See what learning again would change")
    stage.press("Learn again")
    wait(lambda: stage.navigator.said != [])
    assert stage.navigator.said[0][0].startswith("Learned.")
    stage.settle()
    assert sees(stage.page, "Your office is as learned")


def test_a_refusal_is_said_and_offers_no_learning(visit):
    def change(service):
        service.learning.refused = "open_findings"

    stage = visit(USUAL, change=change)
    stage.press("See what learning again would change")
    wait(lambda: sees(stage.page, "Not now: a serious finding is still open."))
    assert [one.accessibleName() for one in buttons(stage.page, "primary")] == []


def test_an_earlier_picture_is_put_back_by_its_button(visit):
    stage = visit(USUAL)
    stage.press("Go back to picture 2, 3 August to 31 August 2026")
    wait(lambda: stage.navigator.said != [])
    assert [one.number for one in stage.service.learning.versions if one.is_in_use] == [2]


def test_the_pictures_say_in_words_what_they_show(visit):
    stage = visit(USUAL)
    bands = [band.accessibleName() for band in stage.page.findChildren(UsualBand)]
    assert "New internet addresses: 3 to 9  ·  today 17  ·  outside what is usual" in bands
    assert "Programs started: 210 to 480  ·  not counted today" in bands
    light = stage.page.findChildren(LightBar)[0]
    assert light.accessibleName().startswith("This computer's work has changed since we learned")


# The whole window


@pytest.fixture
def window(open_made_up, heartbeat):
    heartbeat.allowed_s = 10.0  # a whole window is built here
    return open_made_up("settings")


def shown(window, state):
    wait(lambda: window.page is not None and window.page.state == state)
    settle(window)


def test_with_the_keyboard_from_settings_to_a_card_to_the_preview_and_back(window):
    window.page.models_button.setFocus()
    QTest.keyClick(window.page.models_button, Qt.Key.Key_Return)
    shown(window, "full")
    row = window.page.findChildren(ModelRow)[1]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    shown(window, "card")
    wait(lambda: window.page.drift is not None)
    assert window.page.heading.full_text == "The model of traffic like attacks"
    QTest.keyClick(window.page.drift.button, Qt.Key.Key_Return)
    shown(window, "preview")
    wait(window.page.panel.learn_button.hasFocus)
    for state in ("card", "full"):
        window.go_back()
        shown(window, state)
    window.go_back()
    assert window.page_name == "settings"


def test_home_says_that_the_office_has_changed_and_leads_there(window):
    window.open_page("home")
    settle(window)
    wait(lambda: sees(window.page, "This computer's work has changed since we learned what is normal"))
    next(one for one in buttons(window.page) if one.accessibleName() == "Show what has changed").click()
    shown(window, "card")
    assert window.page.heading.full_text == "What is usual here"


@pytest.mark.parametrize(("language", "about"), [("de", "flow_rank"), ("fr", USUAL), ("lb", "program_rank")])
def test_at_twice_the_text_size_nothing_is_cut(open_made_up, heartbeat, language, about):
    heartbeat.allowed_s = 10.0  # a whole window is built here
    window = open_made_up("models", Theme("light", 200), language=language)
    window.open_model(about)
    shown(window, "card")
    wait(lambda: window.page.drift is not None)
    settle(window)
    area = next(one for one in window.page.findChildren(QScrollArea) if one.isVisible())
    assert area.widget().width() <= area.viewport().width()
    for widget in area.widget().findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, Painted):
            assert widget.width() >= widget.minimumSizeHint().width() > 0

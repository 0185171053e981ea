"""One finding: the fixed order, the answers, the summary, the technical part."""

from contextlib import ExitStack
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from desktop.service.learning.rates import MeasuredRate
from desktop.window.pages.finding import FindingPage
from desktop.window.pages.finding_parts import (
    HeadlineCard,
    HelperCard,
    JudgementCard,
    ReadingCard,
    SignsCard,
    StepsCard,
)
from desktop.window.widgets.dots import HundredDots
from detectors.contract.errors import WorkerStopped
from tests.desktop.window.steps import button, buttons, on_stage, rename, rich_labels, sees, texts


@pytest.fixture
def visit(application, light):
    """Show one of the made-up findings; closed at the end."""
    with ExitStack() as stages:

        def show(number=0, story="look", **changes):
            stage = stages.enter_context(on_stage(FindingPage, story, **changes))
            kept = stage.service.kept
            stage.page.show_finding(kept[number].finding.id if kept else "0" * 32)
            return stage.enter()

        yield show


def test_the_parts_stand_in_their_order_with_every_word_of_the_explanation(visit):
    stage = visit()
    page, explanation = stage.page, stage.service.explain(stage.service.kept[0].finding, "en")
    assert page.state == "full"
    for text in (explanation.what_we_saw, explanation.why_it_matters, explanation.how_sure):
        assert sees(page, text)
    for step in explanation.what_to_do:
        assert sees(page, step.do)
    for sign in explanation.signs:
        assert sees(page, sign.text)
    tops = [
        page.findChild(card).mapTo(page, page.rect().topLeft()).y() for card in (HeadlineCard, ReadingCard, StepsCard)
    ]
    assert tops == sorted(tops)
    side = [
        page.findChild(card).mapTo(page, page.rect().topLeft()).y() for card in (HelperCard, SignsCard, JudgementCard)
    ]
    assert side == sorted(side)


def test_there_is_one_primary_button_and_no_dots_without_a_measured_rate(visit):
    page = visit().page
    assert [one.accessibleName() for one in buttons(page, "primary")] == ["Copy a summary for Sam"]
    assert page.findChild(HundredDots) is None


def test_the_summary_is_copied_and_said(visit):
    stage = visit()
    QApplication.clipboard().clear()
    button(stage.page, "Copy a summary for Sam").click()
    stage.settle()
    assert "invoice_0423.docm" in QApplication.clipboard().text()
    assert stage.navigator.said == [("The summary is copied. Paste it into a mail to your helper.", ())]


def test_this_is_fine_asks_how_far_and_can_be_undone(visit):
    stage = visit()
    button(stage.page, "This is fine").click()
    assert not sees(stage.page, "I am still worried")
    button(stage.page, "Back").click()
    assert button(stage.page, "I am still worried")
    button(stage.page, "This is fine").click()
    assert stage.page.focusWidget().accessibleName() == "Only this file, until it changes"
    button(stage.page, "Only this file, until it changes").click()
    stage.settle()
    kept = stage.service.kept[0]
    assert (kept.judgement, kept.state) == ("known", "solved")
    text, undo_ids = stage.navigator.said[-1]
    assert text == "Thank you. We will stay quiet about this file until it changes."
    assert sees(stage.page, "You said this is fine.")
    stage.service.undo(undo_ids[0])
    assert stage.service.kept[0].judgement is None


def test_this_is_fine_for_30_days(visit):
    asked = []

    def change(service):
        judge = service.judge
        service.judge = lambda *args, **more: asked.append((args[1:], more)) or judge(*args, **more)

    stage = visit(change=change)
    button(stage.page, "This is fine").click()
    stage.page.judgement.days_button.click()
    stage.settle()
    assert asked == [(("known",), {"days": 30})]
    assert "30" in stage.navigator.said[-1][0]


def test_still_worried_copies_a_summary_and_says_what_happens_next(visit):
    stage = visit()
    QApplication.clipboard().clear()
    button(stage.page, "I am still worried").click()
    stage.settle()
    assert stage.service.kept[0].judgement == "worried"
    assert "invoice_0423.docm" in QApplication.clipboard().text()
    assert stage.navigator.said[-1][0].endswith("This finding stays on top.")
    assert sees(stage.page, "You are still worried.")
    assert ("refresh",) in stage.navigator.sent


def test_technical_details_are_folded_until_asked_for(visit):
    page = visit().page
    assert not sees(page, "0f" * 32)
    page.toggle_details()
    assert sees(page, "0f" * 32)
    button(page, "Copy details").click()
    assert "0f" * 32 in QApplication.clipboard().text()
    button(page, "Technical details").click()
    assert not sees(page, "0f" * 32)


def test_a_measured_rate_is_drawn_as_a_hundred_dots(visit):
    stage = visit()
    explain = stage.service.explain
    rate = MeasuredRate(cases=120, harmless=9, lowest=5, highest=16)
    stage.service.explain = lambda *args: replace(explain(*args), rate=rate)
    stage.enter()
    (dots,) = stage.page.findChildren(HundredDots)
    assert dots.accessibleName().startswith("Of 100 alarms like this, 9 ")


def test_details_stay_open_while_the_same_finding_is_read_again(visit):
    stage = visit()
    stage.page.toggle_details()
    stage.service.kept[0] = replace(stage.service.kept[0], times_seen=3)
    stage.enter()
    assert stage.page.technical.is_open
    assert sees(stage.page, "seen 3 time")


def test_a_finding_that_is_gone_is_said_kindly(visit):
    stage = visit(story="empty")
    assert stage.page.state == "empty"
    buttons(stage.page, "primary")[0].click()
    assert stage.navigator.sent == [("open_page", "findings")]


def test_an_error_says_what_still_works(visit):
    stage = visit(is_broken=True)
    assert stage.page.state == "error"
    assert sees(stage.page, stage.service.error_text(WorkerStopped(deaths=5), "en"))
    stage.service.is_broken = False
    button(stage.page, "Try again").click()
    stage.settle()
    assert stage.page.state == "full"


def test_a_summary_that_cannot_be_made_is_said(visit):
    stage = visit()
    stage.service.is_broken = True
    button(stage.page, "Copy a summary for Sam").click()
    stage.settle()
    assert stage.page.state == "error"
    assert stage.navigator.said == []


def test_while_it_is_looked_up_the_page_says_so(visit):
    stage = visit()
    stage.page.show_finding(stage.service.kept[1].finding.id)
    assert stage.page.state == "running"
    stage.enter()
    assert stage.page.state == "full"


def test_hostile_names_are_shown_as_what_they_are(visit):
    def change(service):
        service.kept[0] = rename(service.kept[0], "/home/maria/<img src=x>&amp;\u202e\udcff.docm")

    page = visit(change=change).page
    page.toggle_details()
    assert any("<img src=x>&amp;" in text for text in texts(page))
    assert rich_labels(page) == []
    assert not any("\u202e" in text for text in texts(page))


def test_without_a_helper_the_page_offers_to_name_one(visit):
    def change(service):
        service.settings.set("helper_kind", "")
        service.settings.set("helper_name", "")

    stage = visit(change=change)
    assert button(stage.page, "Copy a summary")
    button(stage.page, "Name your helper").click()
    assert stage.navigator.sent == [("open_page", "settings")]


def test_back_leads_to_the_list(visit):
    stage = visit()
    button(stage.page, "All findings").click()
    assert stage.navigator.sent == [("open_page", "findings")]

"""Text from outside stays text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.window.widgets.button import OutlineButton
from desktop.window.widgets.label import (
    ElidedLabel,
    PlainLabel,
    SentenceLabel,
    bold_markup,
    for_tool_tip,
    one_line,
    visible,
)

MAY_BREAK = "\u200b"  # our own, put in after everything hidden was made visible

HOSTILE = [
    "<b>evil</b>.docm",
    "<a href='http://198.51.100.7/'>click</a>",
    "<img src='file:///etc/passwd'>",
    "gpj.\u202ecod.exe",
    "a\x00b\x1b[31m.txt",
    "line\nbreak.txt",
    "byte\udcff.txt",
    "\ud800 alone",
    "R&D &amp; co.docx",
    "\u200bzero\ufeff",
]


def shown_text(markup: str) -> str:
    document = QTextDocument()
    document.setHtml(markup)
    return document.toPlainText()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_plain_label_shows_markup_as_letters(light, name):
    label = PlainLabel(name)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert not label.openExternalLinks()
    assert label.text().replace(MAY_BREAK, "") == visible(name)
    label.deleteLater()


def test_direction_and_control_characters_become_visible():
    assert visible("gpj.\u202ecod.exe") == "gpj.[U+202E]cod.exe"
    assert visible("a\x00b\x1b") == "a\u2400b\u241b"
    assert visible("byte\udcff") == "byte[FF]"
    assert one_line("two\nlines") == "two\u240alines"


def test_far_too_long_text_is_cut():
    assert len(visible("x" * 1_000_000)) < 5_000


@pytest.mark.parametrize("name", HOSTILE)
def test_a_tool_tip_shows_markup_as_letters(application, name):
    assert shown_text(for_tool_tip(name)) == one_line(name)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_sentence_shows_the_name_in_bold_and_nothing_else(light, name):
    label = SentenceLabel(f"We looked into {name} today.", [name])
    assert shown_text(label.text()).replace(MAY_BREAK, "") == visible(f"We looked into {name} today.")
    assert label.text().count("<b>") == 1
    assert "<a " not in label.text()
    assert "<img" not in label.text()
    label.deleteLater()


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=12), max_size=3))
@settings(max_examples=60, deadline=None)
def test_bold_markup_never_loses_or_adds_a_letter(text, values):
    plain = one_line(text)
    markup = bold_markup(plain, [one_line(value) for value in values])
    bare = markup.replace("<b>", "").replace("</b>", "")
    assert "<" not in bare
    unescaped = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#x27;", "'")
    assert unescaped.replace("&amp;", "&").replace(MAY_BREAK, "") == plain


def test_a_long_name_is_shortened_in_the_middle_and_keeps_its_ending(light, qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    label = ElidedLabel("a_very_long_name_that_does_not_fit_at_all_invoice.docm", parent=holder)
    label.resize(120, 20)
    holder.grab()  # lays it out
    qtbot.wait(20)
    assert label.text().endswith(".docm") or label.text().endswith("ocm")
    assert "…" in label.text()
    assert label.full_text == "a_very_long_name_that_does_not_fit_at_all_invoice.docm"
    assert label.accessibleName() == label.full_text


def test_a_button_shows_the_ampersand(light):
    button = OutlineButton("Look at R&D")
    assert button.text() == "Look at R&&D"
    assert button.accessibleName() == "Look at R&D"
    button.deleteLater()


def test_a_sentence_with_a_widest_line_is_never_cut_in_a_wider_column(application, light, qtbot):
    words = " ".join(["word"] * 40)
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    label = SentenceLabel(words)
    label.setMaximumWidth(200)
    column.addWidget(label)
    column.addStretch(1)
    holder.resize(900, 900)
    holder.grab()  # lays it out
    assert label.width() == 200
    assert label.height() >= label.heightForWidth(200) > label.fontMetrics().height() * 4

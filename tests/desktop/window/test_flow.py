"""Widgets that go on in the next line, as words do."""

import pytest
from PySide6.QtWidgets import QWidget

from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.label import PlainLabel

GAP = 8


@pytest.fixture
def holder(application):
    """Three boxes of 100 x 20 in a flow."""
    holder = QWidget()
    flow = FlowLayout(holder, gap=GAP)
    for _box in range(3):
        box = QWidget()
        box.setFixedSize(100, 20)
        flow.addWidget(box)
    yield holder
    holder.deleteLater()


def places(holder):
    layout = holder.layout()
    layout.setGeometry(holder.rect())
    items = [layout.itemAt(place) for place in range(layout.count())]
    return [(item.geometry().x(), item.geometry().y()) for item in items]


def test_all_in_one_line_where_there_is_room(holder):
    holder.resize(316, 20)
    assert places(holder) == [(0, 0), (108, 0), (216, 0)]
    assert holder.layout().heightForWidth(316) == 20


def test_the_rest_goes_on_in_the_next_line(holder):
    holder.resize(315, 60)
    assert places(holder) == [(0, 0), (108, 0), (0, 28)]
    assert holder.layout().heightForWidth(315) == 48
    assert holder.layout().heightForWidth(100) == 76


def test_what_is_hidden_takes_no_room(holder):
    holder.layout().itemAt(1).widget().hide()
    holder.resize(208, 20)
    layout = holder.layout()
    layout.setGeometry(holder.rect())
    assert layout.itemAt(2).geometry().x() == 108
    assert layout.heightForWidth(208) == 20


def test_low_things_stand_in_the_middle_of_their_line(holder):
    high = QWidget()
    high.setFixedSize(10, 40)
    holder.layout().addWidget(high)
    holder.resize(400, 40)
    assert places(holder)[0] == (0, 10)


def test_text_wraps_when_a_line_is_too_short_for_it(holder):
    holder.layout().addWidget(label := PlainLabel("These words need more room than one short line has", "small"))
    one_line = label.heightForWidth(1_000)
    assert holder.layout().heightForWidth(1_000) == max(20, one_line)
    assert holder.layout().heightForWidth(100) > 76 + GAP + one_line


def test_items_can_be_taken_out(holder):
    layout = holder.layout()
    taken = layout.takeAt(0).widget()
    assert layout.count() == 2
    assert layout.takeAt(9) is None
    assert layout.itemAt(9) is None
    taken.deleteLater()

"""The packets a finding rests on: shown one by one, layer by layer, or saved into a file.

Before this on the path: the numbers a finding keeps. After it: the service, whose worker opens the recording again.
Everything in a packet is a stranger's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.service.activity import PacketLayer, PacketView
from desktop.service.explain import Compared
from desktop.window import say
from desktop.window.page import GAP
from desktop.window.pages.found import join_facts
from desktop.window.pages.turns import add_in_turns
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton, OutlineButton
from desktop.window.widgets.card import Card, line
from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.label import PlainLabel

LAYERS_SHOWN = 16
"""More layers than this in one packet are a trick."""
FIELDS_SHOWN, ALL_FIELDS_SHOWN = 40, 140
"""Fields of one layer and of all on the screen; the copy has them all. More would keep the window busy."""


class EvidenceCard(Card):
    """What was observed, beside what is usual."""

    def __init__(self, compared: Sequence[Compared]) -> None:
        super().__init__(padding=26, gap=8)
        self.body.addWidget(PlainLabel(self.tr("What was different"), "h3"))
        grid, theme = QGridLayout(), current_theme()
        grid.setHorizontalSpacing(theme.px(20))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(0, 2)
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        for column, words in enumerate(("", self.tr("observed"), self.tr("usual"))):
            grid.addWidget(PlainLabel(words, "small"), 0, column)
        for row, one in enumerate(compared, start=1):
            cells = (one.label, "body"), (one.observed, "strong"), (one.usual, "sub")
            for column, (text, role) in enumerate(cells):
                cell = PlainLabel(text, role)
                names = (text, f"{one.label}: {self.tr('observed')} {text}", f"{one.label}: {self.tr('usual')} {text}")
                cell.setAccessibleName(names[column])
                grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)


class PacketsCard(Card):
    """How many packets there are, and the two things one can do with them."""

    show_asked = Signal()
    """The person wants to see the first one."""
    save_asked = Signal()
    """The person wants them in a file."""

    def __init__(self, count: int, recording: str, locale: QLocale) -> None:
        super().__init__(padding=26, gap=8)
        self.body.addWidget(PlainLabel(self.tr("The packets behind it"), "h3"))
        if recording:
            text = self.tr("{n} of the packets in {recording} show it. For somebody who knows networks.")
        else:
            text = self.tr("{n} packets show it. For somebody who knows networks.")
        text = text.replace("{n}", say.number(locale, count)).replace("{recording}", say.file_name(recording))
        self.body.addWidget(PlainLabel(text, "sub"))
        self.show_button = OutlineButton(self.tr("Show a packet"), "search")
        self.save_button = OutlineButton(self.tr("Save these packets"), "download")
        self.show_button.clicked.connect(self.show_asked)
        self.save_button.clicked.connect(self.save_asked)
        holder = QWidget()
        flow = FlowLayout(holder, gap=current_theme().px(10))
        for button in (self.show_button, self.save_button):
            flow.addWidget(button)
        self.body.addWidget(holder)


class PacketPanel(QWidget):
    """One packet with its layers, and the way to the next one."""

    closed = Signal()
    """The person has seen enough."""
    asked = Signal(int)
    """Place of another packet in the list of the finding."""

    def __init__(self, packet: PacketView, place: int, count: int, locale: QLocale) -> None:
        super().__init__()
        self._packet, self._place, self._locale = packet, place, locale
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(GAP))
        layers, room = [], ALL_FIELDS_SHOWN
        for layer in packet.layers[:LAYERS_SHOWN]:
            shown = min(len(layer.fields), FIELDS_SHOWN, room)
            layers.append(partial(self._layer, layer, shown))
            room -= shown
        add_in_turns(column, [partial(self._head, count), *layers])

    def _head(self, count: int) -> QWidget:
        head = Card(padding=18, gap=8)
        row = QHBoxLayout()
        self.back_button = LinkButton(self.tr("Back to the finding"), "arrow-left")
        self.back_button.clicked.connect(self.closed)
        row.addWidget(self.back_button)
        row.addStretch(1)
        head.body.addLayout(row)
        number = say.number(self._locale, self._packet.number)
        self.title = PlainLabel(self.tr("Packet {n}").replace("{n}", number), "h2")
        head.body.addWidget(self.title)
        head.body.addWidget(PlainLabel(self._say_facts(), "sub"))
        holder = QWidget()
        flow = FlowLayout(holder, gap=current_theme().px(10))
        place = self.tr("{n} of {count}").replace("{n}", str(self._place + 1)).replace("{count}", str(count))
        self.back_one = OutlineButton(self.tr("Previous packet"), "arrow-left")
        self.next_one = OutlineButton(self.tr("Next packet"), "chevron-right")
        copy = LinkButton(self.tr("Copy details"), "copy")
        self.back_one.setEnabled(self._place > 0)
        self.next_one.setEnabled(self._place + 1 < count)
        self.back_one.clicked.connect(lambda: self.asked.emit(self._place - 1))
        self.next_one.clicked.connect(lambda: self.asked.emit(self._place + 1))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(packet_text(self._packet)))
        for widget in (self.back_one, PlainLabel(place, "strong", wrap=False), self.next_one, copy):
            flow.addWidget(widget)
        head.body.addWidget(holder)
        return head

    def _say_facts(self) -> str:
        packet, at = self._packet, say.moment(self._packet.at_s)
        exact = at.isoformat(sep=" ", timespec="milliseconds")
        if packet.captured_bytes < packet.wire_bytes:
            size = self.tr("{size} long, of which {kept} were recorded")
        else:
            size = self.tr("{size} long")
        size = size.replace("{size}", say.size(self._locale, packet.wire_bytes))
        return join_facts(exact, size.replace("{kept}", say.size(self._locale, packet.captured_bytes)))

    def _layer(self, layer: PacketLayer, shown: int) -> QWidget:
        card, theme = Card(padding=18, gap=6), current_theme()
        card.body.addWidget(PlainLabel(layer.name, "h3"))
        card.body.addWidget(line())
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(20))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(layer.fields[:shown]):
            grid.addWidget(PlainLabel(name, "small"), row, 0, Qt.AlignmentFlag.AlignTop)
            exact = PlainLabel(value, "mono")
            exact.setAccessibleName(f"{name}: {exact.full_text}")
            grid.addWidget(exact, row, 1, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(grid)
        left_out = len(layer.fields) - shown
        if left_out > 0:
            card.body.addWidget(PlainLabel(self.tr("and %Ln more; the copy has them all", "", left_out), "small"))
        return card


def packet_text(packet: PacketView) -> str:
    """Write a packet as text, for the clipboard."""
    lines = [f"#{packet.number} {say.moment(packet.at_s).isoformat()} {packet.captured_bytes}/{packet.wire_bytes}"]
    for layer in packet.layers:
        lines.append(layer.name)
        lines += [f"    {name}: {value}" for name, value in layer.fields]
    return "\n".join(lines)

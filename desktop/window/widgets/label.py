"""Text from outside, shown as what it is: plain, with control and direction characters made visible.

Before this on the path: file names, rule texts, sentences that carry them. After it: the screen.
Qt labels and tool tips read markup by default; nothing here lets them.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

LONGEST = 4_000  # characters a label takes; longer text is hostile or belongs into a file
PIECE = 12  # letters of a long word that stay together
_LONG_WORD = re.compile(r"\S{21,}")
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
_HARMLESS_JOINERS = {"\u00ad"}  # soft hyphen: invisible by design, and ours in German words


def visible(untrusted_text: str) -> str:
    """Make control, direction-changing and broken characters visible, and cut what is far too long.

    Source: Unicode general categories Cc, Cf, Co, Cs, Zl, Zp; control pictures block U+2400.
    """
    cut = untrusted_text if len(untrusted_text) <= LONGEST else untrusted_text[:LONGEST] + "…"
    if cut.isprintable():  # nearly always, and thousands of names are shown in one list
        return cut
    return "".join(map(_visible_char, cut))


def _visible_char(char: str) -> str:
    if char in _HARMLESS_JOINERS or char == "\n":
        return char
    if unicodedata.category(char) not in _HIDDEN:
        return char
    code = ord(char)
    if code < 0x20:  # noqa: PLR2004 - the C0 controls have pictures of their own
        return chr(0x2400 + code)
    if 0xDC80 <= code <= 0xDCFF:  # noqa: PLR2004 - a byte that was not UTF-8, as Python carries it
        return f"[{code - 0xDC00:02X}]"
    return f"[U+{code:04X}]"


def one_line(untrusted_text: str) -> str:
    """As ``visible``, with line ends made visible too: for names, rows and tool tips."""
    return visible(untrusted_text).replace("\n", "\u240a")


def breakable(plain_text: str) -> str:
    """Let long words, such as file names and fingerprints, go on in the next line: by places nobody sees."""
    return _LONG_WORD.sub(lambda found: "\u200b".join(_pieces(found[0])), plain_text)


def _pieces(word: str) -> list[str]:
    return [word[start : start + PIECE] for start in range(0, len(word), PIECE)]


def for_tool_tip(untrusted_text: str) -> str:
    """Escape for a tool tip, which Qt would read as markup if it looked like it."""
    return f"<qt>{html.escape(one_line(untrusted_text))}</qt>"


def for_button(untrusted_text: str) -> str:
    """Escape for a button or menu, where ``&`` would underline the next letter."""
    return one_line(untrusted_text).replace("&", "&&")


class PlainLabel(QLabel):
    """A label that shows its text and nothing else: no markup, no links."""

    def __init__(self, text: str = "", role: str = "body", *, wrap: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full_text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.setMinimumWidth(0)
        self.set_text(text)

    def set_text(self, untrusted_text: str) -> None:
        """Show this text."""
        self._full_text = visible(untrusted_text)
        self.setText(breakable(self._full_text) if self.wordWrap() else self._full_text)

    @property
    def full_text(self) -> str:
        """The whole text, also when the middle is left out on the screen."""
        return self._full_text

    def set_role(self, role: str) -> None:
        """Change the type size and colour."""
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)


class ElidedLabel(PlainLabel):
    """One line that leaves out its middle when there is too little room. Apart, so that plain labels stay cheap."""

    def __init__(self, text: str = "", role: str = "body", *, parent: QWidget | None = None) -> None:
        super().__init__(text, role, wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_text(self, untrusted_text: str) -> None:
        """Show this text."""
        self._full_text = one_line(untrusted_text)
        self._show()

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole text."""
        hint = super().sizeHint()
        hint.setWidth(QFontMetrics(self.font()).horizontalAdvance(self._full_text) + 2)
        return hint

    def _show(self) -> None:
        room = max(self.contentsRect().width(), 0)
        shown = QFontMetrics(self.font()).elidedText(self._full_text, Qt.TextElideMode.ElideMiddle, room)
        self.setText(shown)
        self.setToolTip("" if shown == self._full_text else for_tool_tip(self._full_text))
        self.setAccessibleName(self._full_text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten in the middle for the new width, so that the ending stays."""
        super().resizeEvent(event)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Shorten again when the text size changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._show()


class SentenceLabel(QLabel):
    """A sentence in which the values from outside stand in bold. Everything is escaped before it becomes markup."""

    def __init__(
        self, text: str = "", bold_values: Sequence[str] = (), role: str = "body", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setOpenExternalLinks(False)
        self.setWordWrap(True)
        self.setProperty("role", role)
        self.set_text(text, bold_values)

    def heightForWidth(self, width: int) -> int:
        """Say how high it is at a width; Qt's layouts ask for widths beyond the widest it may have."""
        return super().heightForWidth(min(width, self.maximumWidth()))

    def set_text(self, untrusted_text: str, bold_values: Sequence[str] = ()) -> None:
        """Show the sentence with each of ``bold_values`` in bold where it stands."""
        plain = visible(untrusted_text)
        self.setText(f"<div style='line-height:150%'>{bold_markup(plain, bold_values)}</div>")
        self.setAccessibleName(plain)


def bold_markup(plain_text: str, bold_values: Sequence[str]) -> str:
    """Escape a text and set bold tags around the given values only."""
    values = sorted({visible(value) for value in bold_values if value}, key=len, reverse=True)
    pieces: list[tuple[str, bool]] = [(plain_text, False)]
    for value in values:
        pieces = [piece for old in pieces for piece in _cut_out(old, value)]
    return "".join(f"<b>{_safe(text)}</b>" if bold else _safe(text) for text, bold in pieces)


def _cut_out(piece: tuple[str, bool], value: str) -> list[tuple[str, bool]]:
    text, bold = piece
    if bold or value not in text:
        return [piece]
    parts: list[tuple[str, bool]] = []
    for part in text.split(value):
        parts += [(part, False), (value, True)]
    return parts[:-1]


def _safe(text: str) -> str:
    return html.escape(breakable(text)).replace("\n", "<br>")

"""The lines of the findings list: kept findings become rows, filtered and grouped by an index list of our own.

Before this on the path: ``FindingLine`` values made from kept findings outside the GUI thread.
After it: ``FindingsView``, which paints them. A proxy model is too slow for long lists (measured: seconds to sort).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from detectors.contract.finding import Level

AnyIndex: TypeAlias = QModelIndex | QPersistentModelIndex
"""What Qt passes as a place in a table."""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding as the list shows it. Its texts went through ``one_line``: painting a row has no time to."""

    id: str
    """Id of the kept finding."""
    level: Level
    """How urgent."""
    reason: str
    """What was found; gives the picture."""
    headline: str
    """One sentence."""
    name: str
    """Name of the file, program or address."""
    rest: str
    """Folder and time in one line."""
    sentence: str
    """The whole row as one sentence for a screen reader."""
    at: datetime
    """When it was found, aware."""
    day: date
    """The same as a day on this computer's clock."""
    area: str
    """``files``, ``programs`` or ``network``."""
    is_open: bool
    """False when solved."""
    is_worried: bool
    """True when a person is still worried: such lines stay on top."""
    needle: str
    """Folded text that the search looks in; hostile text."""

    @property
    def is_on_top(self) -> bool:
        """True for what somebody still worries about."""
        return self.is_worried and self.is_open


def order_lines(lines: Iterable[FindingLine]) -> list[FindingLine]:
    """Put what somebody worries about first, then the newest; away from the GUI thread, since sorting takes time."""
    return sorted(lines, key=lambda line: (line.is_on_top, line.at), reverse=True)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The heading of a group: a day, or the lines kept on top."""

    title: str
    """"Today"; may be empty."""
    date: str
    """"Monday 23 November"; may be empty."""


@dataclass(frozen=True, slots=True)
class FindingsFilter:
    """What the list shows."""

    level: Level | None = None
    """None: all levels."""
    area: str = ""
    """Empty: all areas."""
    state: str = "open"
    """``open``, ``solved`` or ``all``."""
    text: str = ""
    """Looked for in headline and name."""

    def keeps(self, line: FindingLine) -> bool:
        """Tell whether a line is shown."""
        return (
            (self.level is None or line.level == self.level)
            and (not self.area or line.area == self.area)
            and (self.state == "all" or line.is_open == (self.state == "open"))
            and self.text in line.needle
        )


class FindingsTable(QAbstractTableModel):
    """Holds every line once and an index list of what is shown. One column: the view paints the whole row."""

    marked_changed = Signal()
    """Other lines are marked now."""

    def __init__(self, name_day: Callable[[date], GroupLine], title_on_top: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name_day = name_day
        self._on_top = GroupLine(title_on_top, "")
        self._lines: Sequence[FindingLine] = ()
        self._rows: list[FindingLine | GroupLine] = []
        self._filter = FindingsFilter()
        self._marked: set[str] = set()

    @property
    def lines(self) -> Sequence[FindingLine]:
        """Every line, shown or not."""
        return self._lines

    @property
    def filter(self) -> FindingsFilter:
        """What is shown now."""
        return self._filter

    def set_lines(self, ordered_lines: Sequence[FindingLine]) -> None:
        """Take new lines, ordered by ``order_lines``; marks of lines that are gone are dropped."""
        self._lines = ordered_lines
        self._show()

    def set_filter(self, wanted: FindingsFilter) -> None:
        """Show other lines. Hidden lines lose their mark, so that no act touches what nobody sees."""
        self._filter = wanted
        self._show()

    def _show(self) -> None:
        self.beginResetModel()
        shown = [line for line in self._lines if self._filter.keeps(line)]
        self._rows = list(self._grouped(shown))
        if self._marked:
            self._marked &= {line.id for line in shown}
        self.endResetModel()
        self.marked_changed.emit()

    def _grouped(self, shown: Iterable[FindingLine]) -> Iterator[FindingLine | GroupLine]:
        def group_of(line: FindingLine) -> date | None:
            return None if line.is_on_top else line.day

        for day, lines in groupby(shown, group_of):
            yield self._on_top if day is None else self._name_day(day)
            yield from lines

    def group_rows(self) -> list[int]:
        """List the rows that are headings."""
        return [row for row, line in enumerate(self._rows) if isinstance(line, GroupLine)]

    def shown_count(self) -> int:
        """Count the findings that are shown."""
        return sum(isinstance(line, FindingLine) for line in self._rows)

    def line_at(self, row: int) -> FindingLine | GroupLine:
        """Give what stands in a row."""
        return self._rows[row]

    def marked_lines(self) -> list[FindingLine]:
        """List the marked lines, in the order of the list."""
        return [line for line in self._rows if isinstance(line, FindingLine) and line.id in self._marked]

    def is_marked(self, row: int) -> bool:
        """Tell whether a row is marked."""
        line = self._rows[row]
        return isinstance(line, FindingLine) and line.id in self._marked

    def toggle(self, row: int) -> None:
        """Mark a line, or take the mark away."""
        line = self._rows[row]
        if isinstance(line, FindingLine):
            self._marked ^= {line.id}
            self._tell_marks(row, row)

    def mark_range(self, first: int, last: int) -> None:
        """Mark every line between two rows."""
        first, last = sorted((first, last))
        self._marked |= {line.id for line in self._rows[first : last + 1] if isinstance(line, FindingLine)}
        self._tell_marks(first, last)

    def clear_marks(self) -> None:
        """Take every mark away."""
        self._marked.clear()
        self._tell_marks(0, max(0, len(self._rows) - 1))

    def _tell_marks(self, first: int, last: int) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))
        self.marked_changed.emit()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Count headings and lines."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Say one: the whole row is painted at once."""
        return 0 if parent is not None and parent.isValid() else 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let lines take the focus; headings do not."""
        if isinstance(self._rows[index.row()], GroupLine):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Give the text of a row; painting takes the line itself."""
        line = self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.sentence if isinstance(line, FindingLine) else f"{line.title} {line.date}".strip()
        if role == Qt.ItemDataRole.DisplayRole:
            return line.headline if isinstance(line, FindingLine) else line.title
        return None

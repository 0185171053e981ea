"""Remembers programs by number and time, so that a child finds its parent long after that one is gone.

Before this on the path: ``program_log.py``, which is told of starts and ends. After it: the same, which hands the
programs on. A number alone names nothing: Windows gives it to another program within minutes.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator

from detectors.contract.programs import Program

REMEMBERED_S = 1800.0
"""How long an ended program is kept (shared experience with process telemetry: chains outlive their middle)."""
MAX_REMEMBERED = 30_000
"""Programs kept for one machine; a desktop runs some hundreds, a busy server some thousands."""
KEPT_SHARE = 0.8
"""Of programs and text, when there were too many."""
MAX_TEXT = 16_000_000
"""Characters of their paths and commands: 20,000 ordinary programs have six million."""
MAX_STAND_INS = 5_000
GRAIN_S = 0.05
"""Two clocks may order the same moment differently: Linux counts starts in hundredths of a second."""
SAME_START_S = 2.0
"""Start times of one program, told by two sources, differ by less."""
_SHORT_NAME = 15
"""Linux cuts a name there."""

_Facts = tuple[int | None, str | None, str | None, str | None]


class ProgramKin:
    """The programs of one machine that may still become parents."""

    def __init__(self) -> None:
        self._programs: dict[Program, None] = {}
        self._by_pid: defaultdict[int, list[Program]] = defaultdict(list)
        self._by_line: dict[tuple[str | None, str], Program] = {}
        self._stand_ins: OrderedDict[_Facts, Program] = OrderedDict()
        self.text = 0
        """Characters held."""
        self.dropped = 0
        """Programs that were forgotten too early, for want of room."""

    def __iter__(self) -> Iterator[Program]:
        """Oldest first."""
        return iter(self._programs)

    def __len__(self) -> int:
        return len(self._programs)

    def add(self, program: Program) -> None:
        """Remember a program; the oldest make room."""
        self._programs[program] = None
        self.text += _text_of(program)
        if program.pid is not None:
            self._by_pid[program.pid].append(program)
        elif program.command:
            self._by_line[_line_of(program.name, program.command)] = program
        if len(self._programs) > MAX_REMEMBERED or self.text > MAX_TEXT:
            self._make_room(program)

    def find(self, pid: int, started_s: float | None = None) -> Program | None:
        """Find a program by its number: the one that began at that time, else the last that has it."""
        for one in reversed(self._by_pid.get(pid, ())):
            if started_s is None or one.started_s is None or abs(one.started_s - started_s) <= SAME_START_S:
                return one
        return None

    def parent_of(self, child: Program, told: Program | None) -> Program | None:
        """Find who started a program, or make a stand-in of what the child's record tells of its parent."""
        if child.parent_pid is None:
            found = self._by_line.get(_line_of(told.name, told.command)) if told and told.command else None
            return found or self._stand_in(told)
        for one in reversed(self._by_pid.get(child.parent_pid, ())):
            if one is not child and _may_be_parent(one, child) and _agrees(one, told):
                return one
        return self._stand_in(told)

    def keep(self, now_s: float | None, also: Iterable[Program] = ()) -> None:
        """Forget what ended long ago, but for ancestors of those that are kept."""
        since_s = None if now_s is None else now_s - REMEMBERED_S
        kept = {one: None for one in self._programs if not _ended_before(one, since_s)}
        reached = _with_ancestors((*kept, *also, *self._stand_ins.values()))
        for one in [one for one in self._programs if one not in reached]:
            self._forget(one)
        for one in reached:
            if one.parent is not None and one.parent not in reached:
                one.parent = None  # else a chain of a million would be held by its last

    def _make_room(self, newest: Program) -> None:
        """Forget the ended ones first, then those without children, the oldest before others."""
        above = {one.parent for one in self._programs}
        order = sorted(self._programs, key=lambda one: (one.ended_s is None, one in above))
        for one in order:
            if len(self._programs) <= MAX_REMEMBERED * KEPT_SHARE and self.text <= MAX_TEXT * KEPT_SHARE:
                return
            if one is not newest:
                self._forget(one)
                self.dropped += _is_recent(one, newest)

    def _stand_in(self, told: Program | None) -> Program | None:
        """Siblings share one, so that trees hold together."""
        if told is None or (told.name is None and told.path is None and told.command is None):
            return None
        facts = (told.pid, told.name, told.path, told.command)
        found = self._stand_ins.get(facts)
        if found is None:
            found = self._stand_ins[facts] = told
            self.text += _text_of(found)
        self._stand_ins.move_to_end(facts)
        while len(self._stand_ins) > MAX_STAND_INS or (self.text > MAX_TEXT and len(self._stand_ins) > 1):
            self.text -= _text_of(self._stand_ins.popitem(last=False)[1])
        return found

    def _forget(self, program: Program) -> None:
        del self._programs[program]
        self.text -= _text_of(program)
        if program.pid is None:
            line = _line_of(program.name, program.command or "")
            if self._by_line.get(line) is program:
                del self._by_line[line]
            return
        same = self._by_pid[program.pid]
        same.remove(program)
        if not same:
            del self._by_pid[program.pid]


def _may_be_parent(one: Program, child: Program) -> bool:
    """Tell whether a program lived when the child began, as far as times are known."""
    if child.started_s is None:
        return True
    if one.started_s is not None and one.started_s > child.started_s + GRAIN_S:
        return False
    return one.ended_s is None or one.ended_s >= child.started_s - SAME_START_S


def _agrees(one: Program, told: Program | None) -> bool:
    """Tell whether a program can be the one that the child's record names: a reused number has another name."""
    if told is None:
        return True
    pairs = ((one.path, told.path), (one.name, told.name))
    known = [(_short_name(ours), _short_name(theirs)) for ours, theirs in pairs if ours and theirs]
    return not known or any(ours == theirs for ours, theirs in known)


def _short_name(path: str) -> str:
    return path[max(path.rfind("\\"), path.rfind("/")) + 1 :][:_SHORT_NAME].casefold()


def _is_recent(one: Program, newest: Program) -> bool:
    """Tell whether a program began less than half an hour before another, as far as times are known."""
    times = one.started_s, newest.started_s
    return times[0] is None or times[1] is None or times[1] - times[0] < REMEMBERED_S


def _ended_before(program: Program, since_s: float | None) -> bool:
    return program.ended_s is not None and since_s is not None and program.ended_s < since_s


def _with_ancestors(programs: Iterable[Program]) -> set[Program]:
    """Add the parents of each, up to the length of a chain."""
    reached: set[Program] = set()
    for one in programs:
        reached.add(one)
        for above in one.parents():
            if above in reached:
                break
            reached.add(above)
    return reached


def _line_of(name: str | None, command: str) -> tuple[str | None, str]:
    return (name.casefold() if name else None, command)


def _text_of(program: Program) -> int:
    """Count the characters a program holds."""
    return len(program.path or "") + len(program.command or "") + len(program.folder or "")

"""Everything the view "Programs" shows, read in one go away from the window's thread.

Before this on the path: what a person wants to see (``ProgramWish``). After it: the page, which only draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop.service.keeping.kept import KeptFinding
from desktop.service.programs import HERE, ProgramSource, ProgramStory, ProgramsView, finding_key
from desktop.window.pages.found import Found, explain_each
from detectors.contract.activity import ProgramRow
from detectors.contract.finding import Level

if TYPE_CHECKING:
    from desktop.service.service import Service

ORDERS = ("load", "start", "name")
LOOK_S = 2.0
"""Programs whose last sign lies within this time of the last look were there then."""
FINDINGS_TOLD = 5


@dataclass(frozen=True, slots=True)
class ProgramWish:
    """What a person wants to see."""

    source: str | None = None
    """A recording as given; empty for this computer; None for whatever there is."""
    order: str = "load"
    """One of ``ORDERS``."""
    needle: str = ""
    """What a name, a path, an account or another end must hold."""
    with_ended: bool = False
    """Also programs that have ended. A recording is always shown whole."""
    only_found: bool = False
    """Only programs with an open finding."""


@dataclass(frozen=True, slots=True)
class ShownProgram:
    """One row: a program, and what stands around it."""

    row: ProgramRow
    started_by: str
    """Name of the program that started it, or empty: hostile text."""
    is_running: bool
    level: Level | None
    """Of its most serious open finding."""
    needles: str
    """Everything a search looks at, folded."""


@dataclass(frozen=True, slots=True)
class ProgramFacts:
    """What the list shows."""

    source_asked: str | None
    """What it answers."""
    view: ProgramsView
    """As the service tells it."""
    programs: Sequence[ShownProgram]
    """By start."""
    computer: str
    """Name of this computer, or empty."""


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """One program with everything around it, in words where that needs the service."""

    key: str
    """Of the program that was asked for."""
    source: ProgramSource | None
    story: ProgramStory | None
    """None: it is not kept any more."""
    found: Sequence[Found]
    """Open findings about it or those above it, the most serious first."""


def read_programs(service: Service, source: str | None) -> ProgramFacts:
    """Read all programs of a source; runs in the answering thread."""
    known = {one.name for one in service.programs().sources} if source else set()
    view = service.programs(source if not source or source in known else None)
    levels = _levels(view.source, service.findings(state="open"))
    running = _running(service, view)
    names = {row.key: row.name for row in view.rows}
    programs = [
        ShownProgram(row, names.get(row.parent, ""), row.key in running, levels.get(row.key), _needles(row))
        for row in view.rows
    ]
    return ProgramFacts(source, view, programs, service.settings.text("computer_name"))


def read_story(service: Service, source: str | None, key: str, language: str) -> StoryFacts:
    """Read one program's story and word its findings; runs in the answering thread."""
    story = service.program_story(key, source)
    sources = service.programs(source).sources
    where = next((one for one in sources if one.name == (source or "")), None)
    if story is None:
        return StoryFacts(key, where, None, ())
    serious = sorted(story.findings, key=lambda kept: kept.finding.severity, reverse=True)
    return StoryFacts(key, where, story, explain_each(service, serious[:FINDINGS_TOLD], language))


def arrange(programs: Iterable[ShownProgram], wish: ProgramWish, *, is_recording: bool) -> list[ShownProgram]:
    """Choose and sort rows as a person wants them."""
    needle = wish.needle.strip().casefold()
    chosen = [
        one
        for one in programs
        if (is_recording or wish.with_ended or one.is_running)
        and (not wish.only_found or one.level is not None)
        and needle in one.needles
    ]
    if wish.order == "name":
        return sorted(chosen, key=lambda one: one.row.name.casefold())
    if wish.order == "start":
        return sorted(chosen, key=lambda one: one.row.started_s or 0.0, reverse=True)
    return sorted(chosen, key=_load, reverse=True)


def _load(one: ShownProgram) -> tuple[bool, float, int]:
    row = one.row
    return one.is_running, row.cpu_share or 0.0, row.memory_bytes or 0


def _needles(row: ProgramRow) -> str:
    return "\n".join((row.name, row.path, row.user, *row.far)).casefold()


def _levels(source: ProgramSource | None, kept: Iterable[KeptFinding]) -> Mapping[str, Level]:
    """Give each program with open findings the level of the most serious one."""
    if source is None:
        return {}
    names = {source.name} if source.how == "recording" else HERE
    worst: dict[str, KeptFinding] = {}
    for one in kept:
        key = finding_key(one.finding) if one.finding.source in names else ""
        if key and (key not in worst or worst[key].finding.severity < one.finding.severity):
            worst[key] = one
    return {key: one.finding.level for key, one in worst.items()}


def _running(service: Service, view: ProgramsView) -> set[str]:
    """Name the programs that the last look still saw; of a recording those without an end."""
    source = view.source
    if source is None:
        return set()
    rows: Sequence[ProgramRow] = view.rows
    if source.how != "recording" and source.last_s is not None:
        rows = service.programs("", since=datetime.fromtimestamp(source.last_s - LOOK_S, UTC)).rows
    return {row.key for row in rows if row.ended_s is None}


def turned(wish: ProgramWish, **changes: object) -> ProgramWish:
    """Change a wish; another source begins without a search."""
    if "source" in changes:
        changes = {"needle": "", "only_found": False} | changes
    return replace(wish, **changes)  # type: ignore[arg-type] # the caller names fields

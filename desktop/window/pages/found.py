"""Findings with their words, as pages show them.

Before this on the path: the service, asked in the bridge's answering thread. After it: rows, cards and the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.service.events import FindingSeen
from desktop.service.explain import Explanation
from desktop.service.keeping.kept import KeptFinding
from desktop.service.texts import shorten
from desktop.window import present, say
from desktop.window.widgets.row import FindingRow
from detectors.contract.finding import Finding, Level, Subject

if TYPE_CHECKING:
    from desktop.service.service import Service

SEPARATOR = "  ·  "
NAME_LETTERS = 30
"""A longer file name is shortened in its middle, so that folder and time stay readable."""
_A_MINUTE_S, _AN_HOUR_S = 60, 3600
_AREA_OF_KIND = {"file": "files", "process": "programs", "place": "programs"}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and its explanation."""

    kept: KeptFinding | FindingSeen
    """From the store, or just told by a running check."""
    explanation: Explanation
    """In the reader's language."""

    @property
    def finding(self) -> Finding:
        """What was found."""
        return self.kept.finding

    @property
    def headline(self) -> str:
        """The one sentence, without its full stop: it stands alone."""
        return as_title(self.explanation.headline)

    @property
    def at(self) -> datetime:
        """When it came to light."""
        return self.kept.first_kept_at if isinstance(self.kept, KeptFinding) else self.kept.finding.last_seen_at


def explain_each(service: Service, kept: Iterable[KeptFinding | FindingSeen], language: str) -> list[Found]:
    """Explain findings; runs in the answering thread."""
    return [Found(one, service.explain(one.finding, language)) for one in kept]


def tell_headlines(service: Service, kept: Iterable[KeptFinding], language: str) -> Iterator[tuple[KeptFinding, str]]:
    """Give each finding its headline; a reason whose headline names no file is explained only once."""
    known: dict[str, str] = {}
    for one in kept:
        reason = one.finding.reason
        if reason in known:
            yield one, known[reason]
            continue
        explanation = service.explain(one.finding, language)
        if not any(value and value in explanation.headline for value in explanation.headline_values):
            known[reason] = as_title(explanation.headline)
        yield one, as_title(explanation.headline)


def as_title(sentence: str) -> str:
    """Take the full stop off a sentence that stands alone."""
    return sentence.removesuffix(".")


def act_last(found: Iterable[FindingSeen]) -> list[FindingSeen]:
    """Order findings so that the end, which a list shows on top, has *Act now* first and then the newest."""
    return sorted(found, key=lambda one: one.finding.level is Level.ACT_NOW)


def area_of(subject: Subject) -> str:
    """Name the area of a subject: ``files``, ``programs`` or ``network``."""
    return _AREA_OF_KIND.get(subject.kind, "network")


def place_of(finding: Finding) -> str:
    """Name the folder a file lies in, or the recording a computer or program was seen in: hostile text."""
    subject = finding.subject
    if subject.kind in {"host", "process", "place"}:
        return say.file_name(finding.source) if is_recorded(finding) else ""
    if subject.kind != "file":
        return ""
    folder = subject.name.replace("\\", "/").rpartition("/")[0].rpartition("/")[2]
    return folder.rpartition("!")[2] or folder


def is_recorded(finding: Finding) -> bool:
    """Tell whether a finding about a computer or program is from a recording: then that stands in its identity."""
    return finding.subject.kind != "file" and finding.identity[:1] == (finding.source,)


def join_facts(*facts: str) -> str:
    """Put short facts on one line and leave out the empty ones."""
    return SEPARATOR.join(fact for fact in facts if fact)


def how_long_ago(locale: QLocale, at: datetime, now: datetime | None = None) -> str:
    """Say "just now" and minutes for what is fresh, the time for the rest."""
    age_s = ((now or present.now()) - at).total_seconds()
    if 0 <= age_s < _A_MINUTE_S:
        return QCoreApplication.translate("found", "just now")
    if 0 <= age_s < _AN_HOUR_S:
        return say.Counted().minutes_ago(int(age_s // _A_MINUTE_S))
    return say.when(locale, at, now)


def capitalized(text: str) -> str:
    """Begin a sentence with a capital letter."""
    return text[:1].upper() + text[1:]


def make_row(locale: QLocale, found: Found, *, fresh: bool = False) -> FindingRow:
    """Build the row of one finding: name, folder and time below its headline."""
    time = how_long_ago(locale, found.at) if fresh else say.when(locale, found.at)
    subject = found.finding.subject
    name = shorten(say.file_name(subject.name), NAME_LETTERS)
    facts = join_facts(name, place_of(found.finding), time)
    return FindingRow(found.kept, found.headline, facts, found.finding.level)

"""Invented models and pictures of an office that does not exist, for pictures and tests of the window.

Before this on the path: ``made_up.py``. After it: the Models page. The figures are samples; none was measured.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from desktop.service.learning.learning import Learning
from desktop.service.learning.views import (
    BaselineVersion,
    BaselineView,
    DriftCause,
    DriftView,
    GroupResult,
    LearningPreview,
    Light,
    ModelView,
    ReasonResult,
    ReliabilityPoint,
    Share,
    TrainingSource,
    UsualFigure,
)
from detectors.contract.errors import LearningRefused

if TYPE_CHECKING:
    from desktop.window.made_up import MadeUpService

_TODAY = date(2026, 11, 23)
_POINTS = ((0.1, 0.07, 0.02, 0.15), (0.3, 0.27, 0.18, 0.36), (0.5, 0.53, 0.42, 0.63), (0.7, 0.66, 0.55, 0.75),
           (0.9, 0.86, 0.79, 0.92))  # fmt: skip
_FOUND = (
    ("brute force", 31, 38), ("dns tunnel", 22, 24), ("exfiltration", 12, 19), ("beaconing", 17, 31),
    ("network sweep", 9, 12), ("web attack", 3, 16), ("crypto mining", 4, 7), ("c2 channel", 2, 9),
    ("tor", 5, 5), ("lateral tool", 6, 8),
)  # fmt: skip
_COLUMNS = (
    "flow_duration_s",
    "flow_out_bytes",
    "flow_in_bytes",
    "flow_out_share",
    "minute_servers",
    "minute_failed_share",
)
_PROGRAM_COLUMNS = ("program_in_temporary", "program_behind_it_office", "command_length", "command_odd_marks")


def _share(right: int, cases: int) -> Share:
    share, half = right / cases, 0.9 / cases**0.5
    return Share(cases, share, max(share - half, 0.0), min(share + half, 1.0))


def make_model(name: str, columns: tuple[str, ...] = _COLUMNS) -> ModelView:
    """Invent one card."""
    return ModelView(
        name=name,
        purpose="Ranks computers by how much their traffic resembles labelled attacks, to support other findings.",
        not_for="Not a verdict: alone it is never more than good to know. Never to judge a person's work.",
        method="additive judge",
        known_misses="Attacks whose telling part stands in the text of a request, which no column holds.",
        looks_at=columns,
        sources=(
            TrainingSource("invented/recordings", "CC0", "harmful", 190, "2014 to 2023"),
            TrainingSource("invented/office", "CC0", "harmless", 477, "2019 to 2026"),
        ),
        period="2014 to 2026",
        limit_was_set="one false alarm for each hour of active traffic, on sources not trained on",
        wrong=Share(412, 0.14, 0.11, 0.18),
        missed=Share(190, 0.06, 0.03, 0.11),
        reliability=tuple(ReliabilityPoint(said, Share(82, *rest)) for said, *rest in _POINTS),
        brier=0.11,
        calibration_error=0.034,
        reasons=tuple(ReasonResult(reason, _share(found, of)) for reason, found, of in _FOUND),
        groups=(
            GroupResult("system", "Windows", 0.4, 120.0),
            GroupResult("system", "Linux", 0.3, 80.0),
            GroupResult("shift", "at night", 1.1, 22.0, is_worst=True),
        ),
        worst_group_because="Copies of all files run at night.",
        sha256="0f" * 32,
        measured_on=date(2026, 11, 20),
        review_by=date(2027, 11, 20),
        is_trusted=True,
        units=("",) * len(columns),
    )


def make_models() -> tuple[ModelView, ...]:
    """Invent four cards: one of them was made here, one was changed after it was signed."""
    names = make_model("dga_names", ("name_length", "name_entropy"))
    own = replace(make_model("our <b>own</b> one", ("<i>x</i>",)), is_own=True, purpose="<img src=x> made here")
    return (
        replace(own, wrong=None, missed=None, reliability=(), groups=(), reasons=(), sources=()),
        make_model("flow_rank"),
        replace(make_model("program_rank", _PROGRAM_COLUMNS), groups=()),
        replace(names, is_trusted=False, problem="fingerprint", reliability=()),
    )


def _version(number: int, first: date, days: int, left_out: int, *, is_in_use: bool) -> BaselineVersion:
    last = first + timedelta(days=days - 1)
    made_at = datetime(last.year, last.month, last.day, 17, tzinfo=UTC)
    made_by = "learning_period" if number == 1 else "person"
    return BaselineVersion(number, made_at, first, last, days, left_out, made_by, is_in_use, f"{number:064x}")


_FIGURES = (
    UsualFigure("sent_bytes", "bytes", 110e6, 420e6, 240e6),
    UsualFigure("programs_calling", "", 18, 26, 21),
    UsualFigure("new_destinations", "", 3, 9, 17),
    UsualFigure("programs_started", "", 210, 480, None),
)
_CAUSES = (
    DriftCause("figure", "new_destinations", 6, 17, "", 2.1),
    DriftCause("figure", "programs_calling", 22, 31, "", 1.6),
    DriftCause("input", "flow_out_bytes", 2.4e4, 9.1e4, "bytes", 1.4),
)


class MadeUpLearning(Learning):
    """What an invented office has learned; ``story`` of the service tells how far it is."""

    def __init__(self, service: MadeUpService, real: Learning) -> None:
        self.__dict__.update(real.__dict__)  # what is not invented is the real one's
        self._service = service
        self.versions = [
            _version(3, date(2026, 10, 2), 29, 0, is_in_use=True),
            _version(2, date(2026, 8, 3), 29, 2, is_in_use=False),
            _version(1, date(2026, 6, 1), 28, 0, is_in_use=False),
        ]
        self.refused = ""

    @property
    def _is_learning(self) -> bool:
        return self._service.story in ("empty", "calm")

    def models(self) -> tuple[ModelView, ...]:
        """List the invented cards."""
        self._service.fail_if_broken()
        return () if self._service.story == "empty" else make_models()

    def baseline(self) -> BaselineView:
        """Tell what is usual in that office, or that it still learns."""
        if self._is_learning:
            return BaselineView(is_learning=True, days_done=4, days_needed=10, versions=(), figures=_FIGURES[:2])
        versions = tuple(self.versions)
        return BaselineView(is_learning=False, days_done=10, days_needed=10, versions=versions, figures=_FIGURES)

    def drift(self) -> DriftView:
        """Tell that the office has moved."""
        if self._is_learning:
            return DriftView(Light.NOT_KNOWN_YET, None, 0, ())
        is_new = len(self.versions) > 3  # noqa: PLR2004 - learned again
        light = Light.AS_LEARNED if is_new else Light.CHANGED
        return DriftView(light, None if is_new else date(2026, 11, 18), 5, () if is_new else _CAUSES)

    def light(self) -> DriftView | None:
        """Tell the same for the first page."""
        return None if self._is_learning else self.drift()

    def preview(self) -> LearningPreview | None:
        """Invent what would change."""
        if self._is_learning:
            return None
        limits = (("flow_rank", 1.0, 1.1), ("flow_usual", 1.0, 1.0), ("program_rank", 1.0, 1.05))
        first, last = date(2026, 10, 12), _TODAY
        return LearningPreview(first, last, 30, 1, 2.4, 0.6, 14, 3, limits, self.refused)

    def learn(self) -> BaselineVersion:
        """Invent a picture and put it in use."""
        if self.refused:
            raise LearningRefused(problem=self.refused)
        self.versions = [replace(one, is_in_use=False) for one in self.versions]
        self.versions.insert(0, _version(4, date(2026, 10, 12), 30, 1, is_in_use=True))
        return self.versions[0]

    def restore(self, number: int) -> BaselineVersion:
        """Put an invented picture back in use."""
        self.versions = [replace(one, is_in_use=one.number == number) for one in self.versions]
        return next(one for one in self.versions if one.is_in_use)

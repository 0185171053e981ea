"""Everything the Models page shows, read in one go away from the window's thread, and its words.

Before this on the path: ``Service.learning``. After it: the page, which only draws. Words stand in
``resources/texts``; those of cards and of the light are the same on the console.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from desktop.service.learning.card_words import column_words, of_hundred, problem_words, wrong_words
from desktop.service.learning.drift_words import cause_words, light_words, measured, model_name, preview_words
from desktop.service.learning.views import (
    BaselineVersion,
    BaselineView,
    DriftView,
    LearningPreview,
    ModelView,
    Share,
    UsualFigure,
)
from desktop.service.texts import Texts, harmless
from desktop.window.pages.found import join_facts
from detectors.contract.finding import Finding, FoundBy

if TYPE_CHECKING:
    from desktop.service.service import Service

USUAL = "\0usual"
"""Names the picture of this computer where a model's name stands otherwise; no file can be called so."""
LOCAL = ("flow_rank", "flow_usual", "program_rank")
"""Models whose limits follow what is usual here."""
MODEL_OF_REASON = {"unusual_traffic": "flow_rank", "unusual_program": "program_rank", "dga": "dga_names"}
"""Reason of a finding -> the model that found it, where it was one."""
MOST_LOOKS = 4
"""Plain sentences on what a model looks at."""
CAUSES = 3
"""Things that explain a change, told on the card."""


@dataclass(frozen=True, slots=True)
class ModelsFacts:
    """What the page shows."""

    models: Sequence[ModelView]
    """Cards of all models, those of this computer first."""
    baseline: BaselineView
    """What is usual here."""
    drift: DriftView
    """Whether it still is."""
    texts: Texts
    """All sentences; read once by the service, and only looked up here."""


def read_models(service: Service) -> ModelsFacts:
    """Read cards, pictures and light; runs in the answering thread."""
    learning = service.learning
    return ModelsFacts(learning.models(), learning.baseline(), learning.drift(), service.texts)


def save_card(card: ModelView, path: Path) -> None:
    """Write a card into a file of plain ASCII; runs in the answering thread."""
    told = json.dumps(dataclasses.asdict(card), indent=2, default=str)
    path.write_text(told + "\n", encoding="ascii")


def model_behind(finding: Finding) -> str:
    """Name the model that found something; empty: none did."""
    return MODEL_OF_REASON.get(finding.reason, "") if finding.found_by is FoundBy.MODEL else ""


class ModelWords:
    """Says what stands on the page, in one language."""

    def __init__(self, texts: Texts, locale: QLocale, language: str) -> None:
        self.texts, self.locale, self.language = texts, locale, language

    def say(self, key: str, **values: str | float) -> str:
        """Look up a sentence of the page."""
        return self.texts.get(f"models_page.{key}", self.language, **values)

    def count(self, key: str, n: int) -> str:
        """Look up one that depends on a number."""
        return self.texts.count(f"models_page.{key}", n, self.language)

    def head(self, key: str) -> str:
        """Look up the title of a part of a card."""
        return self.texts.get(f"models.head_{key}", self.language)

    def name(self, model: str) -> str:
        """Give a model's plain name."""
        return model_name(model, self.texts, self.language)

    def looks(self, card: ModelView) -> list[str]:
        """Say in a few sentences what one of our models looks at; nothing of one that we do not know."""
        keys = [f"{card.name}_{number}" for number in range(1, MOST_LOOKS + 1)]
        known = not card.is_own
        return [self.say(key) for key in keys if known and self.texts.has(f"models_page.{key}")]

    def never(self, card: ModelView) -> str:
        """Say what one of our models never looks at."""
        key = f"{card.name}_never"
        return self.say(key) if not card.is_own and self.texts.has(f"models_page.{key}") else ""

    def columns(self, card: ModelView) -> str:
        """Name everything a model looks at."""
        return ", ".join(column_words(one, self.texts, self.language) for one in card.looks_at)

    def wrong(self, card: ModelView) -> list[str]:
        """Say how often it is wrong."""
        return wrong_words(card, self.texts, self.language)

    def problem(self, card: ModelView) -> str:
        """Say why it is not used, and that other checks go on."""
        return f"{problem_words(card.problem, self.texts, self.language)} {self.card_text('not_used')}"

    def card_text(self, key: str, **values: str | float) -> str:
        """Look up a sentence that cards have on the console too."""
        return self.texts.get(f"models.{key}", self.language, **values)

    def share(self, share: Share) -> str:
        """Say a share in few signs: 57 (39 to 74)."""
        told = of_hundred(share)
        return f"{told['share']} ({self.say('span', low=told['low'], high=told['high'])})"

    def day(self, day: date) -> str:
        """Write a day: 2 October 2026."""
        return self._date(day, "MMMM yyyy")

    def _date(self, day: date, rest: str) -> str:
        """Write a date; German and Luxembourgish put a point behind the day."""
        point = "." if self.language in ("de", "lb") else ""
        return self.locale.toString(QDate(day.year, day.month, day.day), f"d{point} {rest}")

    def since(self, card: ModelView) -> str:
        """Say when a model was measured and when somebody should look again."""
        measured_on = self.card_text("measured_on", day=self.day(card.measured_on)) if card.measured_on else ""
        review = self.card_text("review_by", day=self.day(card.review_by)) if card.review_by else ""
        return join_facts(measured_on, review)

    # What is usual here

    def light(self, drift: DriftView) -> str:
        """Say the light in a sentence."""
        return light_words(drift, self.texts, self.language)

    def light_names(self) -> tuple[str, str, str]:
        """Name its three places."""
        names = ("as_learned", "changed", "very_different")
        first, second, third = (self.texts.get(f"drift.short_{name}", self.language) for name in names)
        return first, second, third

    def learning(self, baseline: BaselineView) -> str:
        """Say how far the learning period is."""
        done, needed = baseline.days_done, baseline.days_needed
        return self.texts.get("drift.learning", self.language, done=done, needed=needed)

    def causes(self, drift: DriftView) -> list[str]:
        """Say what has changed most."""
        return [cause_words(one, self.texts, self.language) for one in drift.causes[:CAUSES]]

    def compared(self, drift: DriftView) -> str:
        """Say what the light rests on."""
        since = self.texts.get("drift.since", self.language, day=self.day(drift.since)) if drift.since else ""
        days = self.texts.count("drift.days_compared", drift.days, self.language)
        return f"{since} {days}".strip()

    def preview(self, preview: LearningPreview) -> list[str]:
        """Say what learning again would change."""
        return preview_words(preview, self.texts, self.language)

    def version_days(self, version: BaselineVersion) -> str:
        """Name a picture by its days."""
        first, last = version.first_day, version.last_day
        low = self._date(first, "MMMM" if first.year == last.year else "MMMM yyyy")
        return self.say("span", low=low, high=self.day(last))

    def version_note(self, version: BaselineVersion) -> str:
        """Say from how many days a picture is, and who made it."""
        left_out = self.count("left_out", version.left_out_days) if version.left_out_days else ""
        key = f"drift.by_{version.made_by}"
        made_by = self.texts.get(key, self.language) if self.texts.has(key) else ""
        return join_facts(self.count("days", version.days), left_out, made_by)

    def figure_name(self, figure: UsualFigure) -> str:
        """Name a figure of a day; one that nobody named keeps its own name."""
        key = f"drift.figure_{figure.name}"
        return self.texts.get(key, self.language) if self.texts.has(key) else harmless(figure.name)

    def figure_span(self, figure: UsualFigure) -> str:
        """Say what is usual, and today."""
        low, high = (measured(figure.unit, value, self.language) for value in (figure.low, figure.high))
        span = low if low == high else self.say("span", low=low, high=high)
        if figure.today is None:
            return join_facts(span, self.say("not_today"))
        now = self.say("today_is", now=measured(figure.unit, figure.today, self.language))
        return join_facts(span, now, "" if is_inside(figure) else self.say("outside"))


def is_inside(figure: UsualFigure) -> bool:
    """Tell whether today is within what is usual; what was not counted is not outside."""
    return figure.today is None or figure.low <= figure.today <= figure.high

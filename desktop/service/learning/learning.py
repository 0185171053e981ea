"""Joins what people are told of the learned models and of what is usual here; ``Service.learning`` is one of these.

Before this on the path: cards, measured rates, the baseline and its days. After it: the Models page and ``models`` on
the console. Each part lives in a file of its own; nothing is decided here.
"""

from __future__ import annotations

from pathlib import Path

from desktop.service.checking import RunJob
from desktop.service.keeping.database import Database
from desktop.service.keeping.journal import Journal
from desktop.service.learning.views import (
    BaselineVersion,
    BaselineView,
    DriftView,
    LearningPreview,
    Light,
    ModelView,
)

LEARNING_DAYS = 10
"""Quiet days that a learning period needs: two working weeks, so that each weekday is seen twice."""


class Learning:
    """What is known of the models, and of what is usual on this computer."""

    def __init__(
        self, program_folder: Path, data_folder: Path, database: Database, journal: Journal, run_job: RunJob
    ) -> None:
        """Name where things lie.

        Args:
            program_folder: where ``models`` lies.
            data_folder: private folder of this person; models trained here lie in it.
            database: what is kept.
            journal: where acts of a person are written.
            run_job: how a job is done; tests put a stand-in here.
        """
        self._program_folder = program_folder
        self._data_folder = data_folder
        self._database = database
        self._journal = journal
        self._run_job = run_job

    # --- models -------------------------------------------------------------------------------------------------
    def models(self) -> tuple[ModelView, ...]:
        """List the card of every model."""
        return ()

    def card(self, name: str) -> ModelView | None:
        """Find one card; None when there is no such model."""
        return next((one for one in self.models() if one.name == name), None)

    # --- what is usual here -------------------------------------------------------------------------------------
    def baseline(self) -> BaselineView:
        """Tell what this computer has learned to call usual."""
        return BaselineView(is_learning=True, days_done=0, days_needed=LEARNING_DAYS, versions=(), figures=())

    def drift(self) -> DriftView:
        """Tell whether this computer's work is still what was learned."""
        return DriftView(Light.NOT_KNOWN_YET, None, 0, ())

    def preview(self) -> LearningPreview | None:
        """Tell what learning again would change; None while nothing was learned yet."""
        return None

    def learn(self) -> BaselineVersion:
        """Learn again what is usual; only a person asks for this."""
        raise NotImplementedError

    def restore(self, number: int) -> BaselineVersion:
        """Put an earlier picture back in use."""
        raise NotImplementedError

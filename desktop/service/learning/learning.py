"""Joins what people are told of the learned models and of what is usual here; ``Service.learning`` is one of these.

Before this on the path: cards, measured rates, the baseline and its days. After it: the Models page and ``models`` on
the console. Each part lives in a file of its own; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.service.checking import RunJob
from desktop.service.events import Control
from desktop.service.keeping.baseline_book import BaselineBook
from desktop.service.keeping.database import Database
from desktop.service.keeping.journal import Journal
from desktop.service.learning.cards import read_cards
from desktop.service.learning.evaluating import Evaluated, evaluate
from desktop.service.learning.rates import Rates, fingerprints_of
from desktop.service.learning.training import Training
from desktop.service.learning.views import (
    BaselineVersion,
    BaselineView,
    DriftView,
    LearningPreview,
    ModelView,
)
from detectors.contract.errors import PlainwatchError
from detectors.worker.model_wire import CheckModels, ModelsChecked

if TYPE_CHECKING:
    from desktop.service.learning.again import LearningAgain
    from desktop.service.learning.baseline import Baseline
    from desktop.service.learning.drift import Drift

OWN_MODELS, OWN_KEYS = "models", "keys"
"""Folders of models that were trained here, and of the key that signs them, beside the database."""


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
        self._book = BaselineBook(database, journal)

    # --- models -------------------------------------------------------------------------------------------------
    def models(self) -> tuple[ModelView, ...]:
        """List the card of every model, those of this computer first: they are asked where both are there."""
        ours, own = self._program_folder / "models", self._data_folder / OWN_MODELS
        checked = self._signatures(CheckModels(str(ours), str(own)))
        told = (checked.own, checked.shipped) if checked else (None, None)
        return read_cards(own, told[0], is_own=True) + read_cards(ours, told[1], is_own=False)

    def _signatures(self, job: CheckModels) -> ModelsChecked | None:
        """Ask the worker which models are what their makers signed; None when it cannot say."""
        try:
            reports = list(self._run_job(job, Control()))
        except PlainwatchError:
            return None
        return next((one for one in reports if isinstance(one, ModelsChecked)), None)

    def card(self, name: str) -> ModelView | None:
        """Find one card, that of the model that is asked; None when there is no such model."""
        return next((one for one in self.models() if one.name == name), None)

    def training(self) -> Training:
        """Begin a training, as a ``with`` block."""
        return Training(self._program_folder, self._data_folder, self._journal)

    def evaluate(self, names: tuple[str, ...]) -> Iterator[Evaluated]:
        """Measure models that came with the program anew, and write the numbers onto their cards."""
        return evaluate(self._program_folder, names)

    def rates(self) -> Rates:
        """Read how often alarms were harmless in our tests."""
        models = fingerprints_of(self._program_folder / "models", self._data_folder / OWN_MODELS)
        return Rates.read(self._program_folder / "resources" / "measured" / "rates.toml", models)

    # --- what is usual here -------------------------------------------------------------------------------------
    @cached_property
    def usual(self) -> Baseline:
        """What is usual on this computer: looks ask it what is nothing new, and tell it when they are over."""
        from desktop.service.learning.baseline import Baseline  # noqa: PLC0415 - loads numpy; the first picture has none

        return Baseline(self._database, self._journal)

    @cached_property
    def _drift(self) -> Drift:
        from desktop.service.learning.baseline import COLUMNS  # noqa: PLC0415 - as above
        from desktop.service.learning.drift import Drift  # noqa: PLC0415 - as above

        return Drift(self._book, COLUMNS)

    @cached_property
    def _again(self) -> LearningAgain:
        from desktop.service.learning.again import LearningAgain  # noqa: PLC0415 - as above

        return LearningAgain(self.usual, self._drift)

    def baseline(self) -> BaselineView:
        """Tell what this computer has learned to call usual."""
        return self.usual.view()

    def drift(self) -> DriftView:
        """Tell whether this computer's work is still what was learned."""
        return self._drift.view()

    def light(self) -> DriftView | None:
        """Tell the same for the first page; None while nothing was learned yet."""
        return self._drift.view() if self._book.number_in_use() is not None else None

    def preview(self) -> LearningPreview | None:
        """Tell what learning again would change; None while nothing was learned yet."""
        return self._again.preview()

    def learn(self) -> BaselineVersion:
        """Learn again what is usual; only a person asks for this.

        Raises:
            LearningRefused: a serious finding is open, too few days are new, or nothing was learned yet.
        """
        return self._again.learn()

    def restore(self, number: int) -> BaselineVersion:
        """Put an earlier picture back in use, whole.

        Raises:
            BaselineRefused: there is none of this number, or it is no longer what was learned.
        """
        return self.usual.restore(number)

"""Runs our own ONNX models: checked against their card, loaded from bytes, one thread, scores that are numbers.

Before this on the path: features, float32 [n, F]. After it: a detector, which asks what the scores mean.
A model is two files: ``<name>.onnx`` and its card ``<name>.toml``. Models from elsewhere are never loaded: a crafted
graph may run for ever or fill the memory, so only bytes whose SHA-256 stands in a manifest that was signed
(``signed_manifest.py``), and on their card, are given to the library.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from detectors.contract.detector import DetectorContext
from detectors.contract.errors import ModelRefused
from detectors.engines.signed_manifest import Trust, own_trust, read_named, shipped_trust

MAX_HASHED = 100_000
"""Columns of hashed text: a wrong number on a card must not fill the memory."""
BATCH_ROWS = 4_096
"""Rows scored at once: larger batches are no faster per row, and memory stays small (measured)."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a detector needs of a model's card."""

    name: str
    """File name without ending."""
    features: tuple[str, ...]
    """Names of the input's columns, in order."""
    threshold: float
    """Scores from here on are said."""
    facts: dict[str, Any]
    """The whole card."""


class OnnxModel:
    """One model, ready to score."""

    def __init__(self, card: ModelCard, session: onnxruntime.InferenceSession) -> None:
        self.card = card
        self._session = session
        self._input = session.get_inputs()[0].name

    @classmethod
    def load_for(cls, context: DetectorContext, name: str, form: str | None = None) -> OnnxModel:
        """Load what a detector shall ask: the model trained on this computer where there is one, else the shipped one.

        Raises:
            ModelRefused: as ``load``. A refused own model is said, and not replaced in silence.
        """
        own = context.own_models_folder
        if own is not None and os.path.exists(own / f"{name}.onnx"):  # noqa: PTH110 - False where the way is closed, too
            return cls.load(own, name, form, own_trust(own))
        if context.models_folder is None:
            raise ModelRefused(name=name, problem="missing")
        return cls.load(context.models_folder, name, form)

    @classmethod
    def load(cls, folder: Path, name: str, form: str | None = None, trust: Trust | None = None) -> OnnxModel:
        """Read a model and its card.

        Args:
            folder: Where both files lie, with a signed manifest.
            name: Their name without ending.
            form: How the rows of hashed columns are made; a card that names another form is refused.
            trust: Whose signature counts; by default that of the program's own makers.

        Raises:
            ModelRefused: it is missing, is not what a good manifest and its card name, or does not fit its card.
        """
        data, untrusted_card = read_named(folder, name, trust or shipped_trust())
        try:
            facts = tomllib.loads(untrusted_card.decode("utf-8"))
        except ValueError as error:
            raise ModelRefused(name=name, problem="card") from error
        if hashlib.sha256(data).hexdigest() != facts.get("sha256"):
            raise ModelRefused(name=name, problem="fingerprint")
        try:
            card = ModelCard(name, _columns(facts), float(facts["threshold"]), facts)
        except (KeyError, TypeError, ValueError) as error:
            raise ModelRefused(name=name, problem="card") from error
        if form is not None and facts.get("form") != form:
            raise ModelRefused(name=name, problem="does_not_fit")
        model = cls(card, onnxruntime.InferenceSession(data, _options(), providers=["CPUExecutionProvider"]))
        model.score(np.zeros((1, len(card.features)), np.float32))  # a graph of another width fails here, not later
        return model

    def score(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Score rows; higher is more unusual.

        Args:
            features: [n, F], finite.

        Returns:
            [n]; never NaN.

        Raises:
            ModelRefused: the model does not take such rows, or answers with something that is no number.
        """
        if features.ndim != 2 or features.shape[1] != len(self.card.features):  # noqa: PLR2004 - rows and columns
            raise ModelRefused(name=self.card.name, problem="does_not_fit")  # a tree would read past the row
        if 0 < len(features) <= BATCH_ROWS:
            scores = self._run(features)  # the reasons of a finding ask often about few rows
        else:
            parts = [self._run(features[at : at + BATCH_ROWS]) for at in range(0, len(features), BATCH_ROWS)]
            scores = np.concatenate([np.zeros(0, np.float32), *parts])
        if not np.isfinite(scores).all():
            raise ModelRefused(name=self.card.name, problem="not_a_number")
        return scores

    def _run(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        try:
            answer = self._session.run(["score"], {self._input: np.ascontiguousarray(rows, np.float32)})[0]
        except (RuntimeError, ValueError) as error:  # the library's own errors are RuntimeErrors
            raise ModelRefused(name=self.card.name, problem="does_not_fit") from error
        return np.asarray(answer, np.float32).reshape(len(rows))


def _columns(facts: dict[str, Any]) -> tuple[str, ...]:
    """Name a model's columns: blocks of hashed places first (``{name, places}`` on the card), then those with names."""
    blocks = [(str(one["name"]), int(one["places"])) for one in facts.get("hashed", ())]
    if sum(places for _, places in blocks) > MAX_HASHED:
        raise ValueError("wider than any model of ours")
    hashed = [f"{name}_{place}" for name, places in blocks for place in range(places)]
    return (*hashed, *facts["features"])


def _options() -> Any:
    """Ask for one quiet thread: the worker lives beside other people's work."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4
    return options

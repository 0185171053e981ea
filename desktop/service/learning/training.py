"""Trains models on a person's own recordings, puts one in use on a person's word, and takes it back.

Before this on the path: ``models train`` on the console. After it: ``models/train/own.py``, a process of its own, which
reads the recordings and has the training library; here nothing of it is loaded. A trained model waits in a folder of
its own until somebody decides; whatever ends early leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from desktop.service.keeping.journal import Journal
from desktop.service.keeping.kept import JournalLine
from detectors.contract.errors import TrainingRefused
from detectors.contract.finding import Scalar

TRAINABLE = ("flow_usual", "flow_rank", "program_rank")
VERDICTS = ("better", "same", "worse", "unknown")
WAYS_BACK = ("earlier", "shipped", "none")
INSTALLED = "model_installed"
SCRIPT = Path("models/train/own.py")
KEY = "models.key"
LONGEST_LINE = 100_000
"""Letters of one line that the training process may say."""
WAITING = "model-in-training-"
LEFT_BEHIND_S = 86_400.0

Tell = Callable[[str, Mapping[str, Any]], None]
"""Told of each step: ``reading`` or ``training``, with its numbers."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one model is worth on sources that it did not see."""

    found: int
    """Harmful recordings above the limit."""
    harmful: int
    false: int
    """Harmless ones above it."""
    harmless: int
    area: float | None
    """Share of pairs in which the harmful one scores higher; None without harmful ones."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A model that waits for a person's word."""

    name: str
    verdict: str
    """Beside the installed one, on the same sources: ``better``, ``same``, ``worse`` or ``unknown``."""
    own: Figures
    installed: Figures
    sources: int
    left_out: tuple[str, ...]
    """Some of the files that could not be read."""
    left_out_count: int


class Training:
    """One training: a ``with`` block in which its folder exists."""

    def __init__(self, program_folder: Path, data_folder: Path, journal: Journal) -> None:
        self._program_folder = program_folder
        self._models, self._key = data_folder / "models", data_folder / "keys" / KEY
        self._data_folder = data_folder
        self._journal = journal
        self._made: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._made is not None:
            shutil.rmtree(self._made, ignore_errors=True)

    def train(self, name: str, harmless: Sequence[str], harmful: Sequence[str], tell: Tell) -> Trained:
        """Train a model and measure it; nothing is put in use.

        Raises:
            TrainingRefused: it cannot be trained, with the problem.
        """
        missing = next((one for one in (*harmless, *harmful) if not os.path.exists(one)), None)  # noqa: PTH110 - as given
        if missing is not None:
            raise TrainingRefused(problem="not_found", path=missing)
        self._made = self._make_folder()
        wanted = {"harmless": [os.path.abspath(one) for one in harmless]}  # noqa: PTH100 - names stay as given
        wanted["harmful"] = [os.path.abspath(one) for one in harmful]  # noqa: PTH100
        before: Mapping[str, Any] = {}
        with contextlib.closing(self._run("train", name, wanted | {"made": str(self._made)})) as lines:
            for line in lines:
                if line["type"] == "training":
                    before = line
                elif line["type"] == "made":
                    return _read_made(name, before, line)
                tell(line["type"], line)
        raise TrainingRefused(problem="ended")

    def _make_folder(self) -> Path:
        """Make the folder in which a model waits; those that a power cut left behind are removed after a day."""
        try:
            self._data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for old in self._data_folder.glob(f"{WAITING}*"):
                if time.time() - old.stat().st_mtime > LEFT_BEHIND_S:
                    shutil.rmtree(old, ignore_errors=True)
            return Path(tempfile.mkdtemp(prefix=WAITING, dir=self._data_folder))
        except OSError as error:
            raise TrainingRefused(problem="no_place", path=str(self._data_folder)) from error

    def install(self, trained: Trained) -> int:
        """Put the trained model in use; the one before is kept. Returns the journal id."""
        list(self._run("install", trained.name, {"made": str(self._made)}))
        details: dict[str, Scalar] = {"verdict": trained.verdict, "sources": trained.sources}
        return self._journal.note(INSTALLED, trained.name, details | {"sha256": self._in_use(trained.name)})

    def follow_undo(self, line: JournalLine) -> None:
        """Take a model back whose line in the journal was undone, where it is still the one in use."""
        is_in_use = line.values.get("sha256") == self._in_use(line.subject) != ""
        if line.can_be_undone and line.act == INSTALLED and line.subject in TRAINABLE and is_in_use:
            self.take_back(line.subject)

    def _in_use(self, name: str) -> str:
        """Fingerprint the own model in use; empty where there is none."""
        try:
            return hashlib.sha256((self._models / f"{name}.onnx").read_bytes()).hexdigest()
        except OSError:
            return ""

    def take_back(self, name: str) -> str:
        """Put back what was in use before: ``earlier``, ``shipped``, or ``none`` where there was no own model."""
        if not (self._models / f"{name}.onnx").exists():
            return "none"
        to = next((str(line.get("to")) for line in list(self._run("take_back", name, {}))), "")
        if to not in WAYS_BACK:
            raise TrainingRefused(problem="ended")
        self._journal.note("model_taken_back", name, {"to": to})
        return to

    def _run(self, act: str, name: str, more: Mapping[str, Any]) -> Generator[dict[str, Any], None, None]:
        """Start the process, hand over the request, and give each line it says; it never outlives this.

        Raises:
            TrainingRefused: it said why not, or ended without a word.
        """
        request = {"act": act, "name": name, "folder": str(self._models), "key": str(self._key), **more}
        process = subprocess.Popen(
            [sys.executable, str(self._program_folder / SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            cwd=self._program_folder,
            start_new_session=True,  # Ctrl+C reaches us, and we end it
        )
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - both are pipes
        try:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps(request) + "\n")
                process.stdin.close()
            while line := process.stdout.readline(LONGEST_LINE):
                told = _read_line(line)
                if told["type"] == "stopped":
                    raise TrainingRefused(problem=told["problem"], **told["values"])
                yield told
            if process.wait() != 0:
                raise TrainingRefused(problem="ended")
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def _read_made(name: str, before: Mapping[str, Any], line: Mapping[str, Any]) -> Trained:
    """Read what a model is worth.

    Raises:
        TrainingRefused: it has another form.
    """
    try:
        return Trained(
            name,
            VERDICTS[VERDICTS.index(line["verdict"])],
            Figures(**line["own"]),
            Figures(**line["installed"]),
            int(before["sources"]),
            tuple(map(str, before["names"])),
            int(before["left_out"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TrainingRefused(problem="ended") from error


def _read_line(text: str) -> dict[str, Any]:
    """Read one line of the process; what is no line of its kind counts as its end."""
    try:
        told = json.loads(text)
    except ValueError as error:
        raise TrainingRefused(problem="ended") from error
    if not isinstance(told, dict) or not isinstance(told.get("type"), str):
        raise TrainingRefused(problem="ended")
    return told

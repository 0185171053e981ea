"""Puts a model that was trained here in use, and takes it back: the one before it is always kept.

Before this on the path: the two files of a trained model, and a person's word. After it: the folder that workers read
first. Files are put in place whole, then signed with this computer's key. Needs no training library.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.train.sign import sign_own

EARLIER = "earlier"
"""Folder of the models that were in use before: ``<number>-<name>.onnx``."""
ENDINGS = (".onnx", ".toml")


def install(name: str, made: Path, folder: Path, key: Path) -> int:
    """Put a model in use.

    Args:
        name: Of the model.
        made: Folder with its two files; they are moved.
        folder: Where own models lie.
        key: Of this computer; made the first time.

    Returns:
        How many earlier ones are kept; 0: the shipped one was in use.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = _kept(name, folder)
    if (folder / f"{name}.onnx").exists():
        _move(folder, name, folder / EARLIER, f"{kept[-1] + 1 if kept else 1}-{name}")
    _move(made, name, folder, name)
    sign_own(folder, key)
    return len(_kept(name, folder))


def take_back(name: str, folder: Path, key: Path) -> str:
    """Put back what was in use before.

    Returns:
        ``earlier``: the own model before it; ``shipped``: none is left, so the shipped one is in use; ``none``: there
        was no own model.
    """
    if not (folder / f"{name}.onnx").exists():
        return "none"
    kept = _kept(name, folder)
    for ending in ENDINGS:
        (folder / f"{name}{ending}").unlink(missing_ok=True)
    if kept:
        _move(folder / EARLIER, f"{kept[-1]}-{name}", folder, name)
    sign_own(folder, key)
    return "earlier" if kept else "shipped"


def _kept(name: str, folder: Path) -> list[int]:
    """List the numbers of earlier models, oldest first."""
    found = (path.stem.partition("-") for path in (folder / EARLIER).glob("*.onnx"))
    return sorted(int(number) for number, _, own in found if own == name and number.isdigit())


def _move(source: Path, source_name: str, target: Path, target_name: str) -> None:
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for ending in ENDINGS:
        (source / f"{source_name}{ending}").replace(target / f"{target_name}{ending}")

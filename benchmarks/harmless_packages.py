"""Fetches harmless programs of other people and reads their files: what no rule was written or mended with.

Before this on the path: ``harmless_packages.txt`` and the ordinary clients of three package registries. After it:
``rate_cases.py``, which counts what is said of them. Nothing is unpacked to disk or run; a package that cannot be had
is named, and its files are not among the cases.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("harmless_packages.txt")
MAX_BYTES = 3_000_000
"""Of one file: more is no source text."""
WAIT_S = 300


@dataclass(frozen=True, slots=True)
class Package:
    """One line of the list."""

    kind: str
    """``debian``, ``npm`` or ``pypi``."""
    name: str
    version: str
    endings: tuple[str, ...]
    """Of the files that are read; empty: all."""

    def command(self) -> list[str]:
        """Give the client's command that puts the package into the folder it runs in."""
        if self.kind == "debian":
            return ["apt-get", "download", "-o", "APT::Sandbox::User=root", self.name]
        if self.kind == "npm":
            return ["npm", "pack", f"{self.name}@{self.version}", "--silent"]
        fetch = ["download", "--no-deps", "--quiet", "--disable-pip-version-check"]
        return [sys.executable, "-m", "pip", *fetch, f"{self.name}=={self.version}"]


def read_list(path: Path = LIST) -> list[Package]:
    """Read the list."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        words, _, endings = line.partition("=")
        kind, name, version = [*words.split(), "", "", ""][:3]
        if line and not line.startswith("#"):
            found.append(Package(kind, name, version, tuple(endings.split())))
    return found


def fetch(package: Package, folder: Path) -> Path | None:
    """Fetch a package once into a folder of its own; None where it cannot be had."""
    place = folder / f"{package.kind}-{package.name}"
    place.mkdir(parents=True, exist_ok=True)
    if not any(place.iterdir()) and shutil.which(package.command()[0]):
        try:
            subprocess.run(package.command(), cwd=place, check=True, capture_output=True, timeout=WAIT_S)
        except (subprocess.SubprocessError, OSError) as error:
            print(f"  not fetched: {package.name} ({type(error).__name__})", file=sys.stderr)
    return next(iter(sorted(place.iterdir())), None)


def read_files(path: Path, endings: tuple[str, ...] = ()) -> Iterator[tuple[str, bytes]]:
    """Read what a package holds, in memory."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if _is_wanted(info.filename, info.file_size, endings) and not info.is_dir():
                    yield info.filename, archive.read(info)
        return
    with _open_tar(path) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None and _is_wanted(member.name, member.size, endings):
                yield member.name, stream.read()


def _open_tar(path: Path) -> tarfile.TarFile:
    if path.suffix != ".deb":
        return tarfile.open(path)
    unpacked = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], capture_output=True, check=True, timeout=WAIT_S)
    return tarfile.open(fileobj=io.BytesIO(unpacked.stdout))


def _is_wanted(name: str, size: int, endings: tuple[str, ...]) -> bool:
    return size <= MAX_BYTES and (not endings or name.endswith(endings))

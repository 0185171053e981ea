"""Names of files, folders, computers and programs as people say them: "your downloads" instead of a path.

Before this on the path: a subject's name, which is hostile text. After it: sentences of an explanation.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop.service.texts import Harmless, Texts, harmless
from detectors.contract.places import Place, pure_path

_TOLD_KINDS = ("downloads", "desktop", "documents", "mail", "temporary", "startup")


@dataclass(frozen=True, slots=True)
class FileName:
    """A file's name, taken apart."""

    base: str
    """The last part: what people call the file."""
    path: str
    """The file on disk: for a member, its archive."""
    archive: str
    """Base name of the archive it lies in, or empty."""


def take_apart(untrusted_name: str, system: str) -> FileName:
    """Split ``ARCHIVE!MEMBER`` and paths; a ``!`` in an ordinary name is left alone.

    A member follows a name with an ending and never begins with a separator, so ``/home/a/Wow!/b.txt`` is one path.
    """
    path, mark, member = untrusted_name.partition("!")
    archive = _last(path, system)
    if mark and member and "." in archive and member[0] not in "/\\":
        return FileName(_last(member.rpartition("!")[2].replace("\\", "/"), "linux") or member, path, archive)
    return FileName(_last(untrusted_name, system) or untrusted_name, untrusted_name, "")


def folder_words(name: FileName, places: Sequence[Place], texts: Texts, language: str, system: str) -> Harmless:
    """Say where a file lies, as words that fit behind "in"."""
    if name.archive:
        return Harmless(texts.get("place.archive", language, name=name.archive))
    path = pure_path(name.path, system)
    above = {path, *path.parents}
    inside = [place for place in places if place.kind in _TOLD_KINDS and pure_path(place.path, system) in above]
    if inside:
        deepest = max(inside, key=lambda place: len(place.path))
        return Harmless(texts.get(f"place.{deepest.kind}", language))
    folder = str(path.parent)
    if any(place.kind == "home" and place.path == folder for place in places):
        return Harmless(texts.get("place.home", language))
    return Harmless(texts.get("place.folder", language, name=_last(folder, system) or folder))


def host_words(untrusted_address: str, own_addresses: Collection[str], texts: Texts, language: str) -> Harmless:
    """Name a computer so that it fits anywhere in a sentence: by its address, and whether it is this one."""
    address = harmless(untrusted_address)
    if untrusted_address in own_addresses:
        return Harmless(texts.get("host.here", language, address=address))
    return address


def program_words(untrusted_path: str, texts: Texts, language: str) -> Harmless:
    """Name a program by the last part of its path, whatever system it comes from."""
    if not untrusted_path:
        return Harmless(texts.get("program.unseen", language))
    return harmless(_last(untrusted_path, system_of(untrusted_path)) or untrusted_path)


def place_words(kind: str, texts: Texts, language: str) -> Harmless:
    """Name a kind of place that starts programs or lets people in; one we do not know keeps its own name."""
    known = texts.has(f"known_place.{kind}")
    return Harmless(texts.get(f"known_place.{kind}", language)) if known else harmless(kind)


def system_of(untrusted_path: str) -> str:
    """Tell by a path how it is written: recordings come from other systems than this one."""
    return "linux" if untrusted_path.startswith("/") or "\\" not in untrusted_path else "win32"


def _last(path: str, system: str) -> str:
    return pure_path(path, system).name
